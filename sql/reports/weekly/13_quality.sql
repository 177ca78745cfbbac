-- title: How good the reading is
-- grain: One row per measure of quality: the extractor's accuracy by field on the gold set, what it passed over, what waits.
WITH field AS (
    SELECT
        key AS what,
        json_extract(value, '$.precision')::DOUBLE AS precision_share,
        json_extract(value, '$.recall')::DOUBLE AS recall_share,
        json_extract(value, '$.f1')::DOUBLE AS f1_share
    FROM json_each(getvariable('accuracy')::JSON, '$.fields')
),

read_lately AS (
    SELECT
        sum(version_reading.number_sentences) AS number_sentences,
        sum(version_reading.silent_sentences) AS silent_sentences
    FROM version_reading
    INNER JOIN release_version
        ON version_reading.version_id = release_version.version_id AND release_version.superseded_at IS NULL
    WHERE
        version_reading.superseded_at IS NULL
        AND within_edition(release_version.first_seen)
),

review AS (
    SELECT count(*) AS waiting
    FROM review_queue
),

measure AS (
    SELECT
        0 AS rank,
        what,
        f1_share AS share,
        NULL AS number,
        precision_share,
        recall_share
    FROM field
    UNION ALL
    SELECT
        1 AS rank,
        'silent sentences' AS what,
        silent_sentences / nullif(number_sentences, 0) AS share,
        number_sentences AS number,
        NULL AS precision_share,
        NULL AS recall_share
    FROM read_lately
    WHERE number_sentences > 0
    UNION ALL
    SELECT
        2 AS rank,
        'review queue' AS what,
        NULL AS share,
        waiting AS number,
        NULL AS precision_share,
        NULL AS recall_share
    FROM review
    UNION ALL
    SELECT
        3 AS rank,
        'older extractor' AS what,
        NULL AS share,
        NULL AS number,
        NULL AS precision_share,
        NULL AS recall_share
    WHERE json_extract(getvariable('accuracy')::JSON, '$.is_current')::BOOLEAN = FALSE
)

SELECT
    what,
    share,
    number,
    precision_share,
    recall_share
FROM measure
ORDER BY rank, what;
