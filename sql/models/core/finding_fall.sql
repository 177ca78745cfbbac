-- finding_fall: one row per later exact figure below an earlier lower bound: a contradiction of a count that only grows, a fall
-- of a size.
CREATE OR REPLACE VIEW store.finding_fall AS
SELECT
    'fall' AS kind,
    if(series.is_cumulative, 'error', 'info') AS severity,
    known.series_id,
    known.strongest_fact_id AS fact_id_a,
    known.fact_id AS fact_id_b,
    shown_value(known.strongest_bound, known.strongest_value, known.strongest_value_max, known.unit) || ', later '
    || shown_value(known.bound, known.value, known.value_max, known.unit)
    || if(series.is_cumulative, ': contradicts a count that only grows.', ': a fall.') AS message,
    concat_ws('|', known.strongest_fact_id, known.fact_id) AS finding_key
FROM store.known_lower AS known
INNER JOIN store.series_state AS series ON known.series_id = series.series_id
WHERE known.bound = '=' AND known.lower < known.strongest_lower;

COMMENT ON VIEW store.finding_fall IS 'One row per later exact figure below an earlier lower bound.';
COMMENT ON COLUMN store.finding_fall.finding_key IS 'What the finding is known by among those of its kind.';
