-- Every level of every series in the order of time, hedges kept.
SELECT
    series.label,
    observation.as_of,
    observation.as_of_precision,
    observation.shown,
    observation.basis,
    observation.sightings
FROM observation
INNER JOIN series ON observation.series_id = series.series_id
ORDER BY series.label, observation.as_of NULLS LAST, observation.lower;
