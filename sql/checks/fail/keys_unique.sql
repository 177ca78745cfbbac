-- keys_unique: things of which more than one state is in force, and marts with a key twice.
-- expected: 0
-- kind: structure
-- remedy: The load or a model is wrong: publish nothing, restore the published file as build file and report the key.
WITH keyed AS (
    SELECT
        'fact' AS object,
        fact_id::VARCHAR AS row_key
    FROM fact
    WHERE superseded_at IS NULL
    UNION ALL
    SELECT
        'release' AS object,
        release_id::VARCHAR AS row_key
    FROM release
    WHERE superseded_at IS NULL
    UNION ALL
    SELECT
        'version_reading' AS object,
        version_id::VARCHAR AS row_key
    FROM version_reading
    WHERE superseded_at IS NULL
    UNION ALL
    SELECT
        'initiative' AS object,
        initiative_id AS row_key
    FROM initiative
    WHERE superseded_at IS NULL
    UNION ALL
    SELECT
        'place' AS object,
        place_id AS row_key
    FROM place
    WHERE superseded_at IS NULL
    UNION ALL
    SELECT
        'source' AS object,
        source_id AS row_key
    FROM source
    WHERE superseded_at IS NULL
    UNION ALL
    SELECT
        'series' AS object,
        series_id::VARCHAR AS row_key
    FROM series
    UNION ALL
    SELECT
        'observation' AS object,
        observation_id::VARCHAR AS row_key
    FROM observation
    UNION ALL
    SELECT
        'target_history' AS object,
        target_id::VARCHAR AS row_key
    FROM target_history
    UNION ALL
    SELECT
        'progress' AS object,
        target_id::VARCHAR AS row_key
    FROM progress
    UNION ALL
    SELECT
        'participation' AS object,
        participation_id::VARCHAR AS row_key
    FROM participation
    UNION ALL
    SELECT
        'finding' AS object,
        finding_id::VARCHAR AS row_key
    FROM finding
    UNION ALL
    SELECT
        'revision' AS object,
        revision_id::VARCHAR AS row_key
    FROM revision
    UNION ALL
    SELECT
        'review_queue' AS object,
        review_id::VARCHAR AS row_key
    FROM review_queue
)

SELECT
    object,
    row_key,
    count(*) AS times
FROM keyed
GROUP BY object, row_key
HAVING count(*) > 1
