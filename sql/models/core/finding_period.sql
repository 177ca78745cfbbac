-- finding_period: one row per series and pair of neighbouring dates since when it is counted.
CREATE OR REPLACE VIEW store.finding_period AS
WITH counted_since AS (
    SELECT
        series_id,
        role,
        since,
        arg_min(fact_id, (stated_on, start_offset, fact_id)) AS fact_id
    FROM store.sighting
    WHERE since IS NOT NULL AND role IN ('level', 'derived')
    GROUP BY series_id, role, since
),

neighbour AS (
    SELECT
        *,
        lag(since) OVER in_time AS earlier_since,
        lag(fact_id) OVER in_time AS earlier_fact_id
    FROM counted_since
    WINDOW in_time AS (PARTITION BY series_id, role ORDER BY since)
)

SELECT
    'period' AS kind,
    'info' AS severity,
    series_id,
    earlier_fact_id AS fact_id_a,
    fact_id AS fact_id_b,
    'Counted since ' || earlier_since::VARCHAR || ' and since ' || since::VARCHAR || '.' AS message,
    concat_ws('|', series_id, role, earlier_since, since) AS finding_key
FROM neighbour
WHERE earlier_since IS NOT NULL;

COMMENT ON VIEW store.finding_period IS 'One row per series and pair of dates since when it is counted.';
COMMENT ON COLUMN store.finding_period.finding_key IS 'What the finding is known by among those of its kind.';
