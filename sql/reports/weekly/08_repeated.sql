-- title: Old news, told again
-- grain: One row per observation known before that was stated again in the edition's time.
SELECT
    report_series.*,
    report_origin.source_ids,
    report_origin.publishers,
    observation.shown,
    observation.value,
    observation.bound,
    observation.first_stated,
    observation.last_stated,
    observation.sightings,
    observation.restatements,
    observation.fact_id,
    observation.last_fact_id
FROM observation
INNER JOIN report_series ON observation.series_id = report_series.series_id
INNER JOIN report_fact ON observation.last_fact_id = report_fact.fact_id
INNER JOIN release ON report_fact.release_id = release.release_id AND release.superseded_at IS NULL
INNER JOIN report_origin ON release.release_id = report_origin.release_id
WHERE
    observation.sightings > 1
    AND observation.first_seen <= getvariable('since')
    AND within_edition(release.first_seen)
ORDER BY observation.sightings DESC, report_series.initiative ASC NULLS LAST, observation.observation_id ASC;
