-- title: By topic
-- grain: One row per topic in which something happened.
WITH happened AS (
    SELECT
        series.initiative_id,
        'moved' AS what
    FROM observation
    INNER JOIN series ON observation.series_id = series.series_id
    WHERE
        observation.basis = 'stated'
        AND within_edition(observation.first_seen)
        AND NOT observation.is_baseline AND NOT observation.is_archive
    UNION ALL
    SELECT
        initiative_id,
        'joined' AS what
    FROM participation
    WHERE within_edition(first_seen) AND NOT is_baseline AND NOT is_archive
    UNION ALL
    SELECT
        series.initiative_id,
        'promised' AS what
    FROM target_history
    INNER JOIN series ON target_history.series_id = series.series_id
    WHERE
        within_edition(target_history.first_seen)
        AND NOT target_history.is_baseline AND NOT target_history.is_archive
),

by_topic AS (
    SELECT
        unnest(report_initiative.topics) AS topic,
        happened.what
    FROM happened
    INNER JOIN report_initiative ON happened.initiative_id = report_initiative.initiative_id
)

SELECT
    topic,
    [topic] AS topics,
    count(*) FILTER (WHERE what = 'moved') AS moved,
    count(*) FILTER (WHERE what = 'joined') AS joined,
    count(*) FILTER (WHERE what = 'promised') AS promised
FROM by_topic
GROUP BY topic
ORDER BY count(*) DESC, topic;
