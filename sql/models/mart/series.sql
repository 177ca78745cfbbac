-- series: one row per series: one measure of one counted population of one initiative in one scope.
CREATE OR REPLACE TABLE store.series AS
WITH counted AS (
    SELECT
        series_id,
        count(DISTINCT first_fact_id) FILTER (WHERE role = 'level') AS readings,
        count(DISTINCT first_fact_id) FILTER (WHERE role = 'target') AS targets
    FROM store.sighting
    GROUP BY series_id
)

SELECT
    state.*,
    coalesce(counted.readings, 0) AS readings,
    coalesce(counted.targets, 0) AS targets,
    level.* EXCLUDE (series_id)
FROM store.series_state AS state
LEFT JOIN counted ON state.series_id = counted.series_id
LEFT JOIN store.series_level AS level ON state.series_id = level.series_id;

COMMENT ON TABLE store.series IS
'One row per series: one measure of one counted population of one initiative in one scope, with its latest level.';
COMMENT ON COLUMN store.series.readings IS 'Distinct levels that were stated.';
COMMENT ON COLUMN store.series.targets IS 'Distinct targets that were stated.';
