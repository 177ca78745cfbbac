-- finding_hedge_drift: one row per figure that is stated again within four weeks with another hedge.
CREATE OR REPLACE VIEW store.finding_hedge_drift AS
WITH same_value AS (
    SELECT
        *,
        lag(fact_id) OVER in_time AS earlier_fact_id,
        lag(bound) OVER in_time AS earlier_bound,
        lag(stated_on) OVER in_time AS earlier_stated_on
    FROM store.sighting
    WHERE role IN ('level', 'target')
    WINDOW in_time AS (
        PARTITION BY series_id, role, value ORDER BY stated_on, first_seen, release_id, start_offset, fact_id
    )
)

SELECT
    'hedge drift' AS kind,
    'info' AS severity,
    series_id,
    earlier_fact_id AS fact_id_a,
    fact_id AS fact_id_b,
    shown_value(earlier_bound, value, value_max, unit)
    || CASE stated_on - earlier_stated_on
        WHEN 0 THEN ', the same day '
        WHEN 1 THEN ', a day later '
        ELSE ', ' || (stated_on - earlier_stated_on)::VARCHAR || ' days later '
    END
    || shown_value(bound, value, value_max, unit) || '.' AS message,
    concat_ws('|', earlier_fact_id, fact_id) AS finding_key
FROM same_value
WHERE earlier_bound <> bound AND stated_on - earlier_stated_on <= 28;

COMMENT ON VIEW store.finding_hedge_drift IS 'One row per figure that is stated again within four weeks with another hedge.';
COMMENT ON COLUMN store.finding_hedge_drift.finding_key IS 'What the finding is known by among those of its kind.';
