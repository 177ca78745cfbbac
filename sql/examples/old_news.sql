-- Figures that were repeated most, and how long after they were first stated.
SELECT
    series.label,
    observation.shown,
    observation.first_stated,
    observation.last_stated,
    observation.last_stated - observation.first_stated AS days,
    observation.sightings
FROM observation
INNER JOIN series ON observation.series_id = series.series_id
WHERE observation.sightings > 1
ORDER BY days DESC, series.label ASC;
