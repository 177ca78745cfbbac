-- title: Added to the archive
-- grain: One row per release first seen in the edition's time that was old already at the look before: known late, no news.
WITH told AS (
    SELECT
        release_id,
        count(*) AS facts,
        list(DISTINCT initiative_id ORDER BY initiative_id) FILTER (WHERE initiative_id IS NOT NULL) AS initiative_ids
    FROM report_fact
    WHERE is_archive AND within_edition(first_seen)
    GROUP BY release_id
),

newest AS (
    SELECT
        release_id,
        arg_max(title, first_seen) AS title,
        arg_max(published, first_seen) AS published,
        arg_max(version_id, first_seen) AS version_id
    FROM release_version
    WHERE superseded_at IS NULL
    GROUP BY release_id
)

SELECT
    release.release_id,
    newest.version_id,
    newest.title,
    newest.published,
    release.url,
    report_origin.publisher,
    report_origin.source_ids,
    report_origin.publishers,
    coalesce(told.initiative_ids, []) AS initiative_id,
    coalesce(told.facts, 0) AS facts
FROM release
INNER JOIN newest ON release.release_id = newest.release_id
INNER JOIN report_origin ON release.release_id = report_origin.release_id
LEFT JOIN told ON release.release_id = told.release_id
WHERE
    release.superseded_at IS NULL AND release.same_as IS NULL
    AND within_edition(release.first_seen)
    AND newest.published < release.previous_look::DATE - 14
ORDER BY newest.published, release.url;
