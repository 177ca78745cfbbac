-- One row per series: what every section says of the series that it tells about, with what filters look for.
CREATE OR REPLACE TEMP VIEW report_series AS
SELECT
    series.series_id,
    series.initiative_id,
    series.initiative,
    series.measure,
    series.population,
    series.scope,
    series.unit,
    coalesce(report_initiative.topics, []) AS topics,
    CASE WHEN series.scope_place_id IS NULL THEN [] ELSE [series.scope_place_id] END AS place_ids,
    CASE WHEN series.scope IS NULL THEN [] ELSE [series.scope] END AS places
FROM series
LEFT JOIN report_initiative ON series.initiative_id = report_initiative.initiative_id;
