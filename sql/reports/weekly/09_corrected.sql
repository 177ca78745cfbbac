-- title: Corrected by us
-- grain: One row per correction newly applied (or newly failing), and one for all pages that a better reader read again.
WITH applied AS (
    SELECT
        correction.correction_id,
        correction.fact_id,
        correction.url,
        correction.reason,
        correction.problem,
        CASE
            WHEN correction.problem IS NOT NULL THEN 'failed'
            WHEN correction.is_dropped THEN 'dropped'
            ELSE 'corrected'
        END AS kind,
        list_transform(
            from_json(correction.changes, '[{"slot": "VARCHAR", "was": "JSON", "now": "JSON"}]'),
            LAMBDA change: { 'what': change.slot, 'old': change.was ->> '$', 'new': change.now ->> '$' }
        ) AS changes
    FROM correction
    WHERE
        correction.superseded_at IS NULL
        AND within_edition(correction.recorded_at)
),

latest_fact AS (
    SELECT
        fact_id,
        arg_max(release_id, recorded_at) AS release_id,
        arg_max(series_id, recorded_at) AS series_id
    FROM fact
    WHERE fact_id IN (SELECT fact_id FROM applied)
    GROUP BY fact_id
),

read_again AS (
    SELECT count(DISTINCT later.version_id) AS versions
    FROM version_reading AS later
    INNER JOIN version_reading AS earlier
        ON later.version_id = earlier.version_id AND later.recorded_at > earlier.recorded_at
    WHERE within_edition(later.recorded_at)
),

row AS (
    SELECT
        applied.kind,
        applied.reason,
        applied.problem,
        applied.changes,
        applied.fact_id,
        applied.url,
        latest_fact.series_id,
        latest_fact.release_id,
        NULL AS versions,
        applied.correction_id::VARCHAR AS position
    FROM applied
    LEFT JOIN latest_fact ON applied.fact_id = latest_fact.fact_id
    UNION ALL
    SELECT
        'read again' AS kind,
        NULL AS reason,
        NULL AS problem,
        NULL AS changes,
        NULL AS fact_id,
        NULL AS url,
        NULL AS series_id,
        NULL AS release_id,
        versions,
        'z' AS position
    FROM read_again
    WHERE versions > 0
)

SELECT
    row.kind,
    row.reason,
    row.problem,
    coalesce(row.changes, []) AS changes,
    row.versions,
    row.fact_id,
    row.url,
    report_series.initiative_id,
    report_series.initiative,
    report_series.measure,
    report_series.population,
    report_series.scope,
    coalesce(report_series.topics, []) AS topics,
    coalesce(report_series.place_ids, []) AS place_ids,
    coalesce(report_series.places, []) AS places,
    coalesce(report_origin.source_ids, []) AS source_ids,
    coalesce(report_origin.publishers, []) AS publishers
FROM row
LEFT JOIN report_series ON row.series_id = report_series.series_id
LEFT JOIN report_origin ON row.release_id = report_origin.release_id
ORDER BY row.position;
