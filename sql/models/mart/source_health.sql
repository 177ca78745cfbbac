-- source_health: one row per declared source: whether it answers, whether it has gone quiet against its habit, what stands open.
CREATE OR REPLACE TABLE store.source_health AS
WITH last_visit AS (
    SELECT
        source_id,
        max(visited_at) AS last_look,
        max(visited_at) FILTER (WHERE is_ok) AS last_ok_look,
        arg_max(is_ok, visited_at) AS was_ok,
        arg_max(run_id, visited_at) AS last_run_id,
        arg_max(listed, visited_at) AS listed,
        arg_max(new, visited_at) AS new,
        arg_max(changed, visited_at) AS changed,
        arg_max(unchanged, visited_at) AS unchanged,
        arg_max(skipped, visited_at) AS skipped,
        arg_max(failed, visited_at) AS failed,
        arg_max(requests, visited_at) AS requests
    FROM source_visit
    GROUP BY source_id
),

dated_release AS (
    SELECT
        release.source_id,
        release.release_id,
        release.first_seen,
        arg_max(version.published, version.first_seen) AS published
    FROM release
    INNER JOIN release_version AS version ON release.release_id = version.release_id AND version.superseded_at IS NULL
    WHERE release.superseded_at IS NULL
    GROUP BY release.source_id, release.release_id, release.first_seen
),

silence AS (
    SELECT
        source_id,
        published - lag(published) OVER (PARTITION BY source_id ORDER BY published) AS quiet_days
    FROM (SELECT DISTINCT
        source_id,
        published
    FROM dated_release
    WHERE published IS NOT NULL) AS day
),

-- Where no habit is declared, the longest nineteen in twenty silences of the past are it, a week at least.
habit AS (
    SELECT
        source_id,
        greatest(7, quantile_disc(quiet_days, 0.95)) AS habit_days
    FROM silence
    GROUP BY source_id
),

output AS (
    SELECT
        dated_release.source_id,
        count(*) AS releases,
        count(*) FILTER (WHERE dated_release.first_seen > ledger_clock.ledger_time - INTERVAL 7 DAY) AS releases_last_week,
        count(*) FILTER (
            WHERE dated_release.published > ledger_clock.today - 8 AND dated_release.published < ledger_clock.today
        ) AS published_last_week,
        max(dated_release.first_seen) AS last_release_seen,
        max(dated_release.published) AS last_published
    FROM dated_release
    CROSS JOIN store.ledger_clock AS ledger_clock
    GROUP BY dated_release.source_id
),

standing_issue AS (
    SELECT
        issue.source_id,
        count(*) AS standing_issues,
        arg_max(issue.message, (issue.severity = 'error', issue.severity = 'warning', issue.issue_id)) AS worst_issue
    FROM issue
    INNER JOIN issue_sighting ON issue.issue_id = issue_sighting.issue_id
    INNER JOIN last_visit ON issue.source_id = last_visit.source_id AND issue_sighting.run_id = last_visit.last_run_id
    GROUP BY issue.source_id
),

measured AS (
    SELECT
        source.source_id,
        source.publisher,
        source.name,
        source.floor,
        source.ceiling,
        last_visit.* EXCLUDE (source_id),
        coalesce(output.releases, 0) AS releases,
        coalesce(output.releases_last_week, 0) AS releases_last_week,
        coalesce(output.published_last_week, 0) AS published_last_week,
        output.last_release_seen,
        output.last_published,
        ledger_clock.today - coalesce(output.last_published, output.last_release_seen::DATE) AS quiet_days_now,
        coalesce(source.quiet_days, habit.habit_days, 14) AS habit_days,
        coalesce(standing_issue.standing_issues, 0) AS standing_issues,
        standing_issue.worst_issue
    FROM source
    CROSS JOIN store.ledger_clock AS ledger_clock
    LEFT JOIN last_visit ON source.source_id = last_visit.source_id
    LEFT JOIN output ON source.source_id = output.source_id
    LEFT JOIN habit ON source.source_id = habit.source_id
    LEFT JOIN standing_issue ON source.source_id = standing_issue.source_id
    WHERE source.superseded_at IS NULL
)

SELECT
    source_id,
    publisher,
    name,
    CASE
        WHEN last_look IS NULL THEN 'never looked'
        WHEN NOT was_ok THEN 'failing'
        WHEN releases = 0 OR quiet_days_now > habit_days THEN 'silent'
        WHEN published_last_week < floor THEN 'below floor'
        WHEN published_last_week > ceiling THEN 'above ceiling'
        ELSE 'ok'
    END AS status,
    last_look,
    last_ok_look,
    last_release_seen,
    last_published,
    quiet_days_now,
    habit_days,
    releases,
    releases_last_week,
    published_last_week,
    floor,
    ceiling,
    listed,
    new,
    changed,
    unchanged,
    skipped,
    failed,
    requests,
    standing_issues,
    worst_issue
FROM measured;

COMMENT ON TABLE store.source_health IS
'One row per declared source: whether it answers, whether it has gone quiet against its habit, what troubles stand.';
COMMENT ON COLUMN store.source_health.source_id IS 'The source.';
COMMENT ON COLUMN store.source_health.publisher IS 'Who publishes, in full.';
COMMENT ON COLUMN store.source_health.name IS 'Name of the site or section.';
COMMENT ON COLUMN store.source_health.status IS 'never looked, failing, silent, below floor, above ceiling or ok.';
COMMENT ON COLUMN store.source_health.last_look IS 'Last look at it (UTC).';
COMMENT ON COLUMN store.source_health.last_ok_look IS 'Last look that succeeded (UTC).';
COMMENT ON COLUMN store.source_health.last_release_seen IS 'When a new release of it was last seen (UTC).';
COMMENT ON COLUMN store.source_health.last_published IS 'Its latest publication date.';
COMMENT ON COLUMN store.source_health.quiet_days_now IS 'Days since it last published.';
COMMENT ON COLUMN store.source_health.habit_days IS 'Days of silence that are its habit: declared, else the 95th percentile of the past.';
COMMENT ON COLUMN store.source_health.releases IS 'Releases known of it.';
COMMENT ON COLUMN store.source_health.releases_last_week IS 'Releases first seen in the last seven days.';
COMMENT ON COLUMN store.source_health.published_last_week IS 'Releases published in the seven days before today.';
COMMENT ON COLUMN store.source_health.floor IS 'Releases a week that are usual at least.';
COMMENT ON COLUMN store.source_health.ceiling IS 'Releases a week that are usual at most.';
COMMENT ON COLUMN store.source_health.listed IS 'Releases listed at the last look.';
COMMENT ON COLUMN store.source_health.new IS 'Releases new at the last look.';
COMMENT ON COLUMN store.source_health.changed IS 'Releases changed at the last look.';
COMMENT ON COLUMN store.source_health.unchanged IS 'Releases unchanged at the last look.';
COMMENT ON COLUMN store.source_health.skipped IS 'Pages left out at the last look.';
COMMENT ON COLUMN store.source_health.failed IS 'Pages that could not be had at the last look.';
COMMENT ON COLUMN store.source_health.requests IS 'Requests made at the last look.';
COMMENT ON COLUMN store.source_health.standing_issues IS 'Troubles met at the last look.';
COMMENT ON COLUMN store.source_health.worst_issue IS 'The gravest of them.';
