-- sighting: one row per fact in force that states a level, an increase or a target of a series, in the order in which they
-- were stated, and whether it repeats an earlier one. The same series, stage, bound and value stated again is `verbatim`
-- (nearly the same words) or `restated` (new words); a second statement in the same release is `same release`. None is news.
--
-- An increase without a total of its series in the same release is a derived level: "at least N".
CREATE OR REPLACE TABLE store.sighting AS
WITH stated AS (
    SELECT
        *,
        CASE
            WHEN stage = 'total' THEN 'level'
            WHEN stage = 'target' THEN 'target'
            WHEN bool_or(stage = 'total') OVER (PARTITION BY series_id, release_id) THEN 'increase'
            ELSE 'derived'
        END AS role
    FROM store.fact_state
    WHERE series_id IS NOT NULL AND value IS NOT NULL AND stage IN ('total', 'increase', 'target')
),

ranked AS (
    SELECT
        *,
        row_number() OVER same_figure AS sighting_number,
        lag(fact_id) OVER same_figure AS previous_fact_id,
        lag(release_id) OVER same_figure AS previous_release_id,
        first_value(fact_id) OVER same_figure AS first_fact_id
    FROM stated
    WINDOW same_figure AS (
        PARTITION BY series_id, role, bound, value, value_max
        ORDER BY stated_on, first_seen, release_id, start_offset, fact_id
    )
),

compared AS (
    SELECT
        ranked.fact_id,
        ranked.release_id = ranked.previous_release_id AS is_same_release,
        is_verbatim(fact.quote, first_fact.quote) OR is_verbatim(fact.quote, previous_fact.quote) AS is_close
    FROM ranked
    INNER JOIN fact ON ranked.fact_id = fact.fact_id AND fact.superseded_at IS NULL
    INNER JOIN fact AS first_fact ON ranked.first_fact_id = first_fact.fact_id AND first_fact.superseded_at IS NULL
    INNER JOIN fact AS previous_fact
        ON ranked.previous_fact_id = previous_fact.fact_id AND previous_fact.superseded_at IS NULL
    WHERE ranked.sighting_number > 1
),

-- What resembles neither the first nor the previous statement may still repeat one between them.
repeated_from_between AS (
    SELECT DISTINCT ranked.fact_id
    FROM compared
    INNER JOIN ranked ON compared.fact_id = ranked.fact_id
    INNER JOIN ranked AS earlier
        ON
            ranked.first_fact_id = earlier.first_fact_id
            AND earlier.sighting_number > 1
            AND ranked.sighting_number > earlier.sighting_number + 1
    INNER JOIN fact ON ranked.fact_id = fact.fact_id AND fact.superseded_at IS NULL
    INNER JOIN fact AS earlier_fact ON earlier.fact_id = earlier_fact.fact_id AND earlier_fact.superseded_at IS NULL
    WHERE
        NOT compared.is_close AND NOT compared.is_same_release AND ranked.sighting_number > 3
        AND is_verbatim(fact.quote, earlier_fact.quote)
)

SELECT
    ranked.fact_id,
    ranked.series_id,
    ranked.role,
    ranked.bound,
    ranked.value,
    ranked.value_max,
    ranked.lower,
    ranked.upper,
    ranked.unit,
    ranked.since,
    ranked.deadline,
    ranked.deadline_precision,
    ranked.release_id,
    ranked.start_offset,
    ranked.stated_on,
    ranked.stands_on,
    ranked.stands_precision,
    ranked.first_seen,
    ranked.is_baseline,
    ranked.is_archive,
    ranked.first_fact_id,
    ranked.previous_fact_id,
    CASE
        WHEN ranked.sighting_number = 1 THEN 'first'
        WHEN compared.is_same_release THEN 'same release'
        WHEN compared.is_close OR repeated_from_between.fact_id IS NOT NULL THEN 'verbatim'
        ELSE 'restated'
    END AS repeat_kind
FROM ranked
LEFT JOIN compared ON ranked.fact_id = compared.fact_id
LEFT JOIN repeated_from_between ON ranked.fact_id = repeated_from_between.fact_id;

COMMENT ON TABLE store.sighting IS
'One row per fact in force that states a level, an increase or a target of a series, and whether it repeats an earlier one.';
COMMENT ON COLUMN store.sighting.role IS
'level (a total), target, increase (beside a total, which it checks) or derived (an increase alone: at least that many).';
COMMENT ON COLUMN store.sighting.first_fact_id IS 'The first statement of the same figure.';
COMMENT ON COLUMN store.sighting.previous_fact_id IS 'The statement of the same figure before this one.';
COMMENT ON COLUMN store.sighting.repeat_kind IS 'first, same release, verbatim or restated.';
