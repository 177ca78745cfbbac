-- finding_true_conflict: one row per pair of neighbouring levels of one series for the same period whose intervals are disjoint.
CREATE OR REPLACE VIEW store.finding_true_conflict AS
WITH in_period AS (
    SELECT
        *,
        lag(fact_id) OVER same_period AS other_fact_id,
        lag(upper) OVER same_period AS other_upper,
        lag(shown) OVER same_period AS other_shown
    FROM store.observation
    WHERE basis = 'stated' AND as_of IS NOT NULL
    WINDOW same_period AS (PARTITION BY series_id, as_of, as_of_precision ORDER BY lower, upper, fact_id)
)

SELECT
    'true conflict' AS kind,
    'error' AS severity,
    series_id,
    other_fact_id AS fact_id_a,
    fact_id AS fact_id_b,
    other_shown || ' and ' || shown || ' for the same time, ' || as_of::VARCHAR || '.' AS message,
    concat_ws('|', other_fact_id, fact_id) AS finding_key
FROM in_period
WHERE other_upper < lower;

COMMENT ON VIEW store.finding_true_conflict IS 'One row per pair of levels of one series and period with disjoint intervals.';
COMMENT ON COLUMN store.finding_true_conflict.finding_key IS 'What the finding is known by among those of its kind.';
