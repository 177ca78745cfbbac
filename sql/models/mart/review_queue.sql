-- review_queue: one row per thing that waits for a person's decision, with its evidence.
CREATE OR REPLACE TABLE store.review_queue AS
WITH waiting_initiative AS (
    SELECT
        'initiative' AS kind,
        initiative.name AS subject,
        'No entry of the registry matches this name.' AS reason,
        arg_min(state.fact_id, (state.first_seen, state.fact_id)) AS fact_id,
        initiative.initiative_id AS review_key
    FROM initiative
    INNER JOIN store.fact_state AS state ON initiative.initiative_id = state.initiative_id
    WHERE initiative.superseded_at IS NULL AND NOT initiative.is_registered
    GROUP BY initiative.initiative_id, initiative.name
),

without_series AS (
    SELECT
        'series' AS kind,
        shown_value(bound, value, value_max, unit) || coalesce(' ' || unit, '') AS subject,
        'A figure without initiative or topic forms no series.' AS reason,
        fact_id,
        fact_id::VARCHAR AS review_key
    FROM store.fact_state
    WHERE kind = 'quantity' AND series_id IS NULL AND stage IN ('total', 'increase', 'target')
),

unresolved_place AS (
    SELECT
        'place' AS kind,
        fact_place.name AS subject,
        'The gazetteer does not know this place, or knows several.' AS reason,
        arg_min(state.fact_id, (state.first_seen, state.fact_id)) AS fact_id,
        fact_place.name AS review_key
    FROM fact_place
    INNER JOIN store.fact_state AS state ON fact_place.fact_id = state.fact_id
    WHERE fact_place.superseded_at IS NULL AND fact_place.place_id IS NULL
    GROUP BY fact_place.name
),

failed_correction AS (
    SELECT
        'correction' AS kind,
        url AS subject,
        problem AS reason,
        fact_id,
        correction_id::VARCHAR AS review_key
    FROM correction
    WHERE superseded_at IS NULL AND problem IS NOT NULL
),

quarantined AS (
    SELECT
        'quarantine' AS kind,
        check_name AS subject,
        reason,
        fact_id,
        concat_ws('|', check_name, fact_id) AS review_key
    FROM quarantine
    WHERE superseded_at IS NULL
),

look_alike AS (
    SELECT
        'look-alike' AS kind,
        issue.subject,
        issue.message AS reason,
        NULL AS fact_id,
        issue.issue_id::VARCHAR AS review_key
    FROM issue
    INNER JOIN release ON issue.subject = release.url AND release.superseded_at IS NULL AND release.same_as IS NULL
    WHERE issue.code = 'near-duplicate'
),

waiting AS (
    SELECT * FROM waiting_initiative
    UNION ALL
    SELECT * FROM without_series
    UNION ALL
    SELECT * FROM unresolved_place
    UNION ALL
    SELECT * FROM failed_correction
    UNION ALL
    SELECT * FROM quarantined
    UNION ALL
    SELECT * FROM look_alike
)

SELECT
    row_id([waiting.kind, waiting.review_key]) AS review_id,
    waiting.kind,
    waiting.subject,
    waiting.reason,
    waiting.fact_id,
    fact.release_id,
    fact.quote,
    release.url,
    state.first_seen
FROM waiting
LEFT JOIN fact ON waiting.fact_id = fact.fact_id AND fact.superseded_at IS NULL
LEFT JOIN release ON fact.release_id = release.release_id AND release.superseded_at IS NULL
LEFT JOIN store.fact_state AS state ON waiting.fact_id = state.fact_id;

COMMENT ON TABLE store.review_queue IS 'One row per thing that waits for a person''s decision, with its evidence.';
COMMENT ON COLUMN store.review_queue.review_id IS 'Key of the row.';
COMMENT ON COLUMN store.review_queue.kind IS 'initiative, series, place, correction, quarantine or look-alike.';
COMMENT ON COLUMN store.review_queue.subject IS 'What it is about: a name, a figure, a check, a URL.';
COMMENT ON COLUMN store.review_queue.reason IS 'Why it waits.';
COMMENT ON COLUMN store.review_queue.fact_id IS 'A fact that shows it.';
COMMENT ON COLUMN store.review_queue.url IS 'Address of the release of that fact.';
COMMENT ON COLUMN store.review_queue.first_seen IS 'When that fact was first seen (UTC).';
