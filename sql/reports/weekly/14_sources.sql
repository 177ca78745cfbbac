-- title: What we could see
-- grain: One row per declared source: how it answered at the last look, and what was had of it in the edition's time.
WITH visited AS (
    SELECT
        source_id,
        count(*) AS looks,
        sum(new) AS new,
        sum(changed) AS changed,
        sum(failed) AS failed
    FROM source_visit
    WHERE within_edition(visited_at)
    GROUP BY source_id
),

first_look AS (
    SELECT
        source_id,
        min(visited_at) AS first_look
    FROM source_visit
    GROUP BY source_id
),

met AS (
    SELECT
        issue.source_id,
        list(DISTINCT issue.message ORDER BY issue.message) AS messages
    FROM issue
    INNER JOIN issue_sighting ON issue.issue_id = issue_sighting.issue_id
    WHERE
        issue.severity IN ('warning', 'error')
        AND issue.code NOT IN ('page-withdrawn', 'page-returned', 'look-alike')
        AND within_edition(issue_sighting.sighted_at)
    GROUP BY issue.source_id
)

SELECT
    source_health.source_id,
    source_health.name AS source,
    source_health.publisher,
    [source_health.source_id, source_health.name] AS source_ids,
    [source_health.publisher] AS publishers,
    source_health.status AS health,
    strftime(source_health.last_look, '%Y-%m-%dT%H:%M:%SZ') AS last_look,
    source_health.last_published,
    source_health.quiet_days_now,
    source_health.habit_days,
    source_health.releases,
    coalesce(visited.looks, 0) AS looks,
    coalesce(visited.new, 0) AS new,
    coalesce(visited.changed, 0) AS changed,
    coalesce(visited.failed, 0) AS failed,
    coalesce(first_look.first_look > getvariable('since'), FALSE) AS is_new,
    len(coalesce(met.messages, [])) AS issue_count,
    coalesce(met.messages, [])[:3] AS issues
FROM source_health
LEFT JOIN visited ON source_health.source_id = visited.source_id
LEFT JOIN first_look ON source_health.source_id = first_look.source_id
LEFT JOIN met ON source_health.source_id = met.source_id
ORDER BY source_health.status = 'ok', source_health.name, source_health.source_id;
