-- clock_runs_forward: rows recorded or superseded after the last run's logical time.
-- expected: 0
-- kind: structure
-- remedy: A load was given a wrong time: restore the published file as build file.
WITH this_run AS (
    SELECT max(logical_time) AS logical_time FROM run
),

latest AS (
    SELECT
        'fact' AS object,
        max(recorded_at) AS recorded_at,
        max(superseded_at) AS superseded_at
    FROM fact
    UNION ALL
    SELECT
        'release' AS object,
        max(recorded_at) AS recorded_at,
        max(superseded_at) AS superseded_at
    FROM release
    UNION ALL
    SELECT
        'release_version' AS object,
        max(recorded_at) AS recorded_at,
        max(superseded_at) AS superseded_at
    FROM release_version
)

SELECT latest.*
FROM latest
CROSS JOIN this_run
WHERE latest.recorded_at > this_run.logical_time OR latest.superseded_at > this_run.logical_time
