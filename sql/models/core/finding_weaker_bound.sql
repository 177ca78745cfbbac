-- finding_weaker_bound: one row per later lower bound that is below an earlier one. It takes nothing back: no fall.
CREATE OR REPLACE VIEW store.finding_weaker_bound AS
SELECT
    'weaker bound' AS kind,
    'info' AS severity,
    series_id,
    strongest_fact_id AS fact_id_a,
    fact_id AS fact_id_b,
    shown_value(strongest_bound, strongest_value, strongest_value_max, unit) || ', later '
    || shown_value(bound, value, value_max, unit) || ': a vaguer number, no fall.' AS message,
    concat_ws('|', strongest_fact_id, fact_id) AS finding_key
FROM store.known_lower
WHERE bound IN ('>', '>=') AND lower < strongest_lower;

COMMENT ON VIEW store.finding_weaker_bound IS 'One row per later lower bound that is below an earlier one.';
COMMENT ON COLUMN store.finding_weaker_bound.finding_key IS 'What the finding is known by among those of its kind.';
