-- finding_arithmetic: one row per sum that does not come out: a total less its increase against the earlier reading, a list
-- against its count, parts against their sum.
CREATE OR REPLACE VIEW store.finding_arithmetic AS
WITH exact_total AS (
    SELECT * FROM store.sighting
    WHERE role = 'level' AND bound = '='
),

-- A total M and an increase N of one release say that M - N was the level before: at `since`, else at the reading before.
-- More added than there is in all is no such pair.
implied AS (
    SELECT
        increase.fact_id AS increase_fact_id,
        total.fact_id AS total_fact_id,
        total.series_id,
        total.release_id,
        total.first_fact_id,
        total.stated_on,
        total.value - increase.value AS implied_value,
        total.value AS total_value,
        increase.value AS increase_value,
        increase.since
    FROM store.sighting AS increase
    INNER JOIN exact_total AS total
        ON increase.series_id = total.series_id AND increase.release_id = total.release_id
    WHERE increase.role = 'increase' AND increase.bound = '=' AND increase.repeat_kind IN ('first', 'restated')
    QUALIFY
        row_number() OVER (
            PARTITION BY increase.fact_id ORDER BY abs(total.start_offset - increase.start_offset), total.fact_id
        ) = 1
),

nearest AS (
    SELECT
        implied.*,
        earlier.fact_id AS earlier_fact_id,
        earlier.lower AS earlier_lower,
        earlier.upper AS earlier_upper,
        shown_value(earlier.bound, earlier.value, earlier.value_max, earlier.unit) AS earlier_shown,
        earlier.stands_on AS earlier_on
    FROM implied
    INNER JOIN store.sighting AS earlier
        ON
            implied.series_id = earlier.series_id
            AND implied.release_id <> earlier.release_id
            AND implied.first_fact_id <> earlier.first_fact_id
            AND implied.stated_on > earlier.stands_on
            AND (implied.since IS NULL OR abs(earlier.stands_on - implied.since) <= 62)
    WHERE earlier.role = 'level' AND earlier.repeat_kind IN ('first', 'restated')
    QUALIFY
        row_number() OVER (
            PARTITION BY implied.increase_fact_id
            ORDER BY
                abs(earlier.stands_on - coalesce(implied.since, implied.stated_on)), earlier.stated_on DESC, earlier.fact_id ASC
        ) = 1
),

listed AS (
    SELECT
        state.fact_id,
        state.series_id,
        state.value,
        state.upper,
        state.unit,
        state.bound,
        fact.list_complete,
        greatest(
            (
                SELECT count(*) FROM fact_place
                WHERE fact_place.fact_id = state.fact_id AND fact_place.superseded_at IS NULL
            ),
            (
                SELECT count(*) FROM fact_actor
                WHERE fact_actor.fact_id = state.fact_id AND fact_actor.superseded_at IS NULL
            )
        ) AS listed
    FROM store.fact_state AS state
    INNER JOIN fact ON state.fact_id = fact.fact_id AND fact.superseded_at IS NULL
    WHERE
        fact.list_complete IS NOT NULL AND state.value IS NOT NULL
        AND coalesce(state.measure, '') <> 'money' AND coalesce(state.unit, '') NOT IN ('USD', '%')
),

-- A population of several heads is the sum of its parts where one release gives each part once.
whole_and_parts AS (
    SELECT
        whole.fact_id AS whole_fact_id,
        any_value(whole.series_id) AS series_id,
        any_value(whole.value) AS whole_value,
        sum(part.value) AS parts_value,
        max(part.fact_id) AS part_fact_id,
        count(DISTINCT overlap.narrower_population) AS parts,
        count(*) AS part_facts,
        any_value(len(string_split(overlap.wider_population, '|'))) AS heads
    FROM exact_total AS whole
    INNER JOIN store.series_overlap AS overlap ON whole.series_id = overlap.wider_series_id
    INNER JOIN exact_total AS part
        ON overlap.narrower_series_id = part.series_id AND whole.release_id = part.release_id
    WHERE contains(overlap.wider_population, '|') AND NOT contains(overlap.narrower_population, '|')
    GROUP BY whole.fact_id
)

SELECT
    'arithmetic' AS kind,
    'warning' AS severity,
    series_id,
    earlier_fact_id AS fact_id_a,
    total_fact_id AS fact_id_b,
    shown_number(total_value, NULL) || ' less the ' || shown_number(increase_value, NULL) || ' added gives '
    || shown_number(implied_value, NULL) || ', but ' || earlier_shown || ' were stated for ' || earlier_on::VARCHAR || '.' AS message,
    concat_ws('|', 'increase', earlier_fact_id, increase_fact_id) AS finding_key
FROM nearest
WHERE implied_value >= 0 AND (implied_value < earlier_lower OR implied_value > earlier_upper)
UNION ALL
SELECT
    'arithmetic' AS kind,
    'warning' AS severity,
    series_id,
    fact_id AS fact_id_a,
    NULL AS fact_id_b,
    'The text counts ' || shown_value(bound, value, NULL, unit) || ' and lists ' || listed::VARCHAR || '.' AS message,
    concat_ws('|', 'list', fact_id) AS finding_key
FROM listed
WHERE (list_complete AND bound = '=' AND listed > 0 AND listed <> value) OR listed > upper
UNION ALL
SELECT
    'arithmetic' AS kind,
    'warning' AS severity,
    series_id,
    whole_fact_id AS fact_id_a,
    part_fact_id AS fact_id_b,
    'The parts add up to ' || shown_number(parts_value, NULL) || ', the sum is given as ' || shown_number(whole_value, NULL)
    || '.' AS message,
    concat_ws('|', 'sum', whole_fact_id) AS finding_key
FROM whole_and_parts
WHERE parts = heads AND part_facts = heads AND parts_value <> whole_value;

COMMENT ON VIEW store.finding_arithmetic IS 'One row per sum that does not come out.';
COMMENT ON COLUMN store.finding_arithmetic.finding_key IS 'What the finding is known by among those of its kind.';
