-- finding_implausible: one row per figure of a place that is too large to be a part: at least nine tenths of the nearest figure
-- of the same measure and population in its parent scope, whatever the initiative, or more than a tenth of the place's people.
-- Money and percentages count no population: a grant to a city is no part of another one to the state.
CREATE OR REPLACE VIEW store.finding_implausible AS
WITH figure AS (
    SELECT
        state.*,
        place.name AS place_name,
        place.kind AS place_kind,
        place.state AS place_state,
        place.country AS place_country,
        place.population AS inhabitants
    FROM store.fact_state AS state
    LEFT JOIN place ON state.scope = place.place_id AND place.superseded_at IS NULL
    WHERE
        state.value IS NOT NULL AND state.measure <> 'money' AND coalesce(state.unit, '') <> '%'
        AND state.stage IN ('total', 'context', 'increase', 'amount')
),

part AS (
    SELECT * FROM figure
    WHERE scope IS NOT NULL
),

beside_parent AS (
    SELECT
        part.fact_id,
        part.series_id,
        part.place_name,
        shown_value(part.bound, part.value, part.value_max, part.unit) AS shown,
        parent.fact_id AS parent_fact_id,
        parent.value AS parent_value,
        shown_value(parent.bound, parent.value, parent.value_max, parent.unit) AS parent_shown,
        coalesce(parent.place_name, 'all') AS parent_name,
        part.value AS part_value
    FROM part
    INNER JOIN figure AS parent
        ON
            part.measure = parent.measure
            AND part.population = parent.population
            AND part.unit IS NOT DISTINCT FROM parent.unit
            AND (
                parent.scope IS NULL
                OR (parent.place_kind = 'state' AND part.place_kind <> 'state' AND part.place_state = parent.place_state)
                OR (parent.place_kind = 'country' AND part.place_kind <> 'country' AND part.place_country = parent.place_country)
            )
    WHERE
        parent.value > 0 AND parent.stage IN ('total', 'context')
    QUALIFY
        row_number() OVER (
            PARTITION BY part.fact_id
            ORDER BY
                abs(coalesce(part.stands_on, part.stated_on) - coalesce(parent.stands_on, parent.stated_on)),
                parent.stated_on DESC, parent.fact_id ASC
        ) = 1
),

beyond_people AS (
    SELECT
        part.fact_id,
        part.series_id,
        part.place_name,
        part.inhabitants,
        shown_value(part.bound, part.value, part.value_max, part.unit) AS shown
    FROM part
    INNER JOIN store.people_unit AS people ON part.unit = people.unit
    WHERE part.inhabitants > 0 AND part.place_kind IN ('city', 'county') AND part.value > 0.1 * part.inhabitants
)

SELECT
    'implausible' AS kind,
    'warning' AS severity,
    series_id,
    parent_fact_id AS fact_id_a,
    fact_id AS fact_id_b,
    shown || ' in ' || coalesce(place_name, 'one place') || ', of ' || parent_shown || ' in ' || parent_name || '.' AS message,
    concat_ws('|', 'parent', fact_id) AS finding_key
FROM beside_parent
WHERE part_value >= 0.9 * parent_value
UNION ALL
SELECT
    'implausible' AS kind,
    'warning' AS severity,
    beyond_people.series_id,
    NULL AS fact_id_a,
    beyond_people.fact_id AS fact_id_b,
    beyond_people.shown || ' in ' || beyond_people.place_name || ', which has ' || format('{:,}', beyond_people.inhabitants)
    || ' inhabitants.' AS message,
    concat_ws('|', 'people', beyond_people.fact_id) AS finding_key
FROM beyond_people
ANTI JOIN (
    SELECT fact_id FROM beside_parent
    WHERE part_value >= 0.9 * parent_value
) AS listed
    ON beyond_people.fact_id = listed.fact_id;

COMMENT ON VIEW store.finding_implausible IS 'One row per figure of a place that is too large to be a part of its parent.';
COMMENT ON COLUMN store.finding_implausible.finding_key IS 'What the finding is known by among those of its kind.';
