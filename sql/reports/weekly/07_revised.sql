-- title: Revised and withdrawn
-- grain: One row per new state of a page that its publisher had shown otherwise before, and per page withdrawn or come back.
WITH changed AS (
    SELECT
        release_id,
        version_id,
        first_seen AS seen_at,
        'revised' AS kind,
        list(
            { 'what': what, 'kind': kind, 'old': old, 'new': new, 'fact_id_old': fact_id_old, 'fact_id_new': fact_id_new }
            ORDER BY
                CASE what
                    WHEN 'value' THEN 0 WHEN 'deadline' THEN 1 WHEN 'as of' THEN 2 WHEN 'fact' THEN 4 WHEN 'wording' THEN 5 ELSE 3
                END,
                what,
                revision_id
        ) FILTER (WHERE what <> 'text') AS changes
    FROM revision
    WHERE within_edition(first_seen)
    GROUP BY release_id, version_id, first_seen
),

told AS (
    SELECT
        issue.subject AS url,
        max(issue_sighting.sighted_at) AS seen_at,
        CASE issue.code WHEN 'page-withdrawn' THEN 'withdrawn' ELSE 'returned' END AS kind
    FROM issue
    INNER JOIN issue_sighting ON issue.issue_id = issue_sighting.issue_id
    WHERE
        issue.code IN ('page-withdrawn', 'page-returned')
        AND within_edition(issue_sighting.sighted_at)
    GROUP BY issue.subject, issue.code
),

gone AS (
    SELECT
        release.release_id,
        arg_max(release_version.version_id, release_version.first_seen) AS version_id,
        told.seen_at,
        told.kind,
        NULL AS changes
    FROM told
    INNER JOIN release ON told.url = release.url AND release.superseded_at IS NULL
    INNER JOIN release_version
        ON release.release_id = release_version.release_id AND release_version.superseded_at IS NULL
    GROUP BY release.release_id, told.seen_at, told.kind
),

event AS (
    SELECT * FROM changed
    UNION ALL
    SELECT * FROM gone
),

said AS (
    SELECT
        release_id,
        list(DISTINCT initiative_id ORDER BY initiative_id) AS initiative_ids
    FROM report_fact
    WHERE initiative_id IS NOT NULL AND release_id IN (SELECT release_id FROM event)
    GROUP BY release_id
),

spoken AS (
    SELECT
        said.release_id,
        flatten(list(report_initiative.topics ORDER BY report_initiative.initiative_id)) AS topics
    FROM said
    INNER JOIN report_initiative ON list_contains(said.initiative_ids, report_initiative.initiative_id)
    GROUP BY said.release_id
)

SELECT
    event.release_id,
    event.version_id,
    event.kind,
    strftime(event.seen_at, '%Y-%m-%dT%H:%M:%SZ') AS seen_at,
    release_version.title,
    release_version.published,
    report_origin.url,
    report_origin.publisher,
    report_origin.source_ids,
    report_origin.publishers,
    coalesce(said.initiative_ids, []) AS initiative_id,
    list_sort(list_distinct(coalesce(spoken.topics, []))) AS topics,
    coalesce(event.changes, []) AS changes
FROM event
INNER JOIN report_origin ON event.release_id = report_origin.release_id
INNER JOIN release_version
    ON
        event.version_id = release_version.version_id AND release_version.superseded_at IS NULL
LEFT JOIN said ON event.release_id = said.release_id
LEFT JOIN spoken ON event.release_id = spoken.release_id
QUALIFY
    row_number() OVER (
        PARTITION BY event.release_id, event.version_id, event.seen_at, event.kind ORDER BY release_version.first_seen DESC
    ) = 1
ORDER BY
    CASE event.kind WHEN 'withdrawn' THEN 0 WHEN 'returned' THEN 1 ELSE 2 END,
    len(list_filter(coalesce(event.changes, []), LAMBDA change: change['what'] IN ('value', 'deadline', 'as of'))) DESC,
    len(coalesce(event.changes, [])) DESC,
    report_origin.url,
    event.seen_at ASC;
