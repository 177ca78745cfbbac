-- One row per series with a reading or a target, with what was revised of them, for the page of its initiative and, where it is confined to one, of its place.
WITH stating AS (
    SELECT
        fact_id,
        version_id
    FROM report_fact
),

readings AS (
    SELECT
        observation.series_id,
        list(
            {
                'as_of': observation.as_of,
                'as_of_precision': observation.as_of_precision,
                'shown': observation.shown,
                'value': observation.value,
                'lower': observation.lower,
                'upper': observation.upper,
                'bound': observation.bound,
                'basis': observation.basis,
                'sightings': observation.sightings,
                'last_stated': observation.last_stated,
                'fact_id': observation.fact_id::VARCHAR,
                'version_id': stating.version_id::VARCHAR,
                'last_fact_id': observation.last_fact_id::VARCHAR,
                'last_version_id': last_stating.version_id::VARCHAR
            }
            ORDER BY observation.as_of ASC NULLS FIRST, observation.observation_id ASC
        ) AS readings
    FROM observation
    INNER JOIN stating ON observation.fact_id = stating.fact_id
    INNER JOIN stating AS last_stating ON observation.last_fact_id = last_stating.fact_id
    GROUP BY observation.series_id
),

targets AS (
    SELECT
        target_history.series_id,
        list(
            {
                'shown': target_history.shown,
                'value': target_history.value,
                'bound': target_history.bound,
                'deadline': target_history.deadline,
                'deadline_precision': target_history.deadline_precision,
                'stated_on': target_history.stated_on,
                'valid_to': target_history.valid_to,
                'is_current': target_history.is_current,
                'is_ceiling': target_history.is_ceiling,
                'fact_id': target_history.fact_id::VARCHAR,
                'version_id': stating.version_id::VARCHAR
            }
            ORDER BY target_history.stated_on ASC, target_history.target_id ASC
        ) AS targets
    FROM target_history
    INNER JOIN stating ON target_history.fact_id = stating.fact_id
    GROUP BY target_history.series_id
),

-- What a publisher changed after the fact: the former number, or the same number at its former date.
revised_fact AS (
    SELECT
        fact_id,
        arg_max(series_id, recorded_at) AS series_id,
        arg_max(stage, recorded_at) AS stage,
        arg_max(value, recorded_at) AS value,
        arg_max(as_of, recorded_at) AS as_of,
        arg_max(deadline, recorded_at) AS deadline
    FROM fact
    WHERE
        fact_id IN (
            SELECT fact_id_old FROM revision
            UNION ALL
            SELECT fact_id_new FROM revision
        )
    GROUP BY fact_id
),

-- A text that comes back stands twice; its date is told once.
dated AS (
    SELECT
        version_id,
        arg_max(published, first_seen) AS published
    FROM release_version
    WHERE superseded_at IS NULL
    GROUP BY version_id
),

revisions AS (
    SELECT
        latter.series_id,
        list(
            {
                'what': revision.what,
                'old': revision.old,
                'new': revision.new,
                'seen_on': revision.first_seen::DATE,
                'value': former.value,
                'stood_on': CASE
                    WHEN revision.what = 'deadline' OR former.stage = 'target' THEN former.deadline
                    ELSE coalesce(former.as_of, dated.published)
                END,
                'fact_id': revision.fact_id_old::VARCHAR,
                'version_id': revision.previous_version_id::VARCHAR,
                'new_fact_id': revision.fact_id_new::VARCHAR,
                'new_version_id': revision.version_id::VARCHAR
            }
            ORDER BY revision.first_seen ASC, revision.revision_id ASC
        ) AS revisions
    FROM revision
    INNER JOIN revised_fact AS former ON revision.fact_id_old = former.fact_id
    INNER JOIN revised_fact AS latter ON revision.fact_id_new = latter.fact_id
    INNER JOIN dated ON revision.version_id = dated.version_id
    WHERE revision.kind = 'changed' AND revision.what IN ('value', 'as of', 'deadline')
    GROUP BY latter.series_id
),

judged AS (
    SELECT *
    FROM progress
    QUALIFY row_number() OVER (
        PARTITION BY series_id ORDER BY is_current DESC, is_ceiling ASC, deadline DESC NULLS LAST, target_id ASC
    ) = 1
),

level AS (
    SELECT
        series.series_id,
        {
            'shown': series.level_shown,
            'as_of': series.level_as_of,
            'as_of_precision': coalesce(observation.as_of_precision, 'day'),
            'fact_id': series.level_fact_id::VARCHAR,
            'version_id': stating.version_id::VARCHAR
        } AS level
    FROM series
    INNER JOIN stating ON series.level_fact_id = stating.fact_id
    LEFT JOIN observation ON series.level_fact_id = observation.fact_id
)

SELECT
    series.series_id,
    series.initiative_id,
    series.initiative,
    series.measure,
    series.population,
    series.scope,
    series.scope_place_id,
    series.unit,
    coalesce(readings.readings, []) AS readings,
    coalesce(targets.targets, []) AS targets,
    coalesce(revisions.revisions, []) AS revisions,
    level.level,
    CASE
        WHEN judged.series_id IS NOT NULL
            THEN
                {
                    'status': judged.status,
                    'target_shown': judged.target_shown,
                    'met_on': judged.met_on,
                    'projected_on': judged.projected_on,
                    'projected_earliest': judged.projected_earliest,
                    'projected_latest': judged.projected_latest
                }
    END AS progress
FROM series
LEFT JOIN readings ON series.series_id = readings.series_id
LEFT JOIN targets ON series.series_id = targets.series_id
LEFT JOIN revisions ON series.series_id = revisions.series_id
LEFT JOIN judged ON series.series_id = judged.series_id
LEFT JOIN level ON series.series_id = level.series_id
WHERE readings.series_id IS NOT NULL OR targets.series_id IS NOT NULL
ORDER BY len(coalesce(readings.readings, [])) DESC, series.measure, series.population ASC, series.series_id ASC;
