-- revision: one row per change between two consecutive states of a release that were read by the same reader: a fact that
-- appeared, vanished or changed in a slot, or another title, date or text. A change of our own reader is never one of theirs.
CREATE OR REPLACE TABLE store.revision AS
WITH stand AS (
    SELECT
        version.*,
        reading.reader,
        lag(version.version_id) OVER in_time AS previous_version_id,
        lag(version.title) OVER in_time AS previous_title,
        lag(version.published) OVER in_time AS previous_published,
        lag(version.text_sha256) OVER in_time AS previous_text_sha256,
        lag(reading.reader) OVER in_time AS previous_reader
    FROM release_version AS version
    INNER JOIN release
        ON version.release_id = release.release_id AND release.superseded_at IS NULL AND release.same_as IS NULL
    INNER JOIN version_reading AS reading
        ON version.version_id = reading.version_id AND reading.superseded_at IS NULL
    WHERE version.superseded_at IS NULL
    WINDOW in_time AS (PARTITION BY version.release_id ORDER BY version.first_seen)
),

pair AS (
    SELECT * FROM stand
    WHERE previous_version_id IS NOT NULL AND reader = previous_reader
),

-- The latest state of each fact that one side of a pair states; older versions' facts are no longer in force.
pair_fact AS (
    SELECT
        pair.version_id AS pair_version_id,
        pair.first_seen AS pair_first_seen,
        evidence.version_id,
        evidence.start_offset,
        fact.*
    FROM pair
    INNER JOIN fact_evidence AS evidence
        ON evidence.version_id IN (pair.version_id, pair.previous_version_id) AND evidence.superseded_at IS NULL
    INNER JOIN fact ON evidence.fact_id = fact.fact_id
    QUALIFY
        row_number() OVER (
            PARTITION BY pair.version_id, pair.first_seen, evidence.version_id, fact.fact_id ORDER BY fact.recorded_at DESC
        ) = 1
),

one_sided AS (
    SELECT *
    FROM pair_fact
    QUALIFY count(*) OVER (PARTITION BY pair_version_id, pair_first_seen, fact_id) = 1
),

vanished AS (
    SELECT * FROM one_sided
    WHERE version_id <> pair_version_id
),

appeared AS (
    SELECT * FROM one_sided
    WHERE version_id = pair_version_id
),

-- An edited sentence is one fact changed, not one gone and one come: its words stay close, or its place and unit stay.
candidate AS (
    SELECT
        appeared.pair_version_id,
        appeared.pair_first_seen,
        vanished.fact_id AS fact_id_old,
        appeared.fact_id AS fact_id_new,
        quote_similarity(vanished.quote, appeared.quote)
        + if(vanished.value IS NOT DISTINCT FROM appeared.value, 0.2, 0)
        + if(vanished.unit IS NOT DISTINCT FROM appeared.unit, 0.1, 0)
        + if(vanished.occurrence = appeared.occurrence, 0.01, 0) AS likeness
    FROM vanished
    INNER JOIN appeared
        ON
            vanished.pair_version_id = appeared.pair_version_id
            AND vanished.pair_first_seen = appeared.pair_first_seen
            AND vanished.kind = appeared.kind
    WHERE
        quote_similarity(vanished.quote, appeared.quote) >= 0.5
        AND (vanished.unit IS NOT DISTINCT FROM appeared.unit OR is_verbatim(quote_similarity(vanished.quote, appeared.quote)))
),

matched AS (
    SELECT *
    FROM candidate
    QUALIFY
        row_number() OVER (
            PARTITION BY pair_version_id, pair_first_seen, fact_id_old ORDER BY likeness DESC, fact_id_new ASC
        ) = 1
        AND row_number() OVER (
            PARTITION BY pair_version_id, pair_first_seen, fact_id_new ORDER BY likeness DESC, fact_id_old ASC
        ) = 1
),

slot AS (
    SELECT
        pair_version_id,
        pair_first_seen,
        fact_id,
        version_id = pair_version_id AS is_new,
        unnest([
            { 'what': 'value', 'text': shown_value(bound, value, value_max, unit) },
            { 'what': 'unit', 'text': unit },
            { 'what': 'stage', 'text': stage },
            { 'what': 'action', 'text': action },
            { 'what': 'initiative', 'text': initiative },
            { 'what': 'as of', 'text': if(as_of_basis = 'text', as_of::VARCHAR, NULL) },
            { 'what': 'since', 'text': since::VARCHAR },
            { 'what': 'deadline', 'text': deadline::VARCHAR }
        ]) AS entry
    FROM one_sided
),

changed_slot AS (
    SELECT
        matched.pair_version_id,
        matched.pair_first_seen,
        matched.fact_id_old,
        matched.fact_id_new,
        old_slot.entry.what,
        old_slot.entry.text AS old,
        new_slot.entry.text AS new
    FROM matched
    INNER JOIN slot AS old_slot
        ON
            matched.pair_version_id = old_slot.pair_version_id AND matched.pair_first_seen = old_slot.pair_first_seen
            AND matched.fact_id_old = old_slot.fact_id
    INNER JOIN slot AS new_slot
        ON
            matched.pair_version_id = new_slot.pair_version_id AND matched.pair_first_seen = new_slot.pair_first_seen
            AND matched.fact_id_new = new_slot.fact_id AND old_slot.entry.what = new_slot.entry.what
    WHERE old_slot.entry.text IS DISTINCT FROM new_slot.entry.text
),

change AS (
    SELECT
        pair_version_id,
        pair_first_seen,
        'changed' AS kind,
        what,
        old,
        new,
        fact_id_old,
        fact_id_new
    FROM changed_slot
    UNION ALL
    SELECT
        matched.pair_version_id,
        matched.pair_first_seen,
        'changed' AS kind,
        'wording' AS what,
        vanished.quote AS old,
        appeared.quote AS new,
        matched.fact_id_old,
        matched.fact_id_new
    FROM matched
    ANTI JOIN changed_slot
        ON
            matched.pair_version_id = changed_slot.pair_version_id AND matched.pair_first_seen = changed_slot.pair_first_seen
            AND matched.fact_id_old = changed_slot.fact_id_old
    INNER JOIN vanished
        ON
            matched.pair_version_id = vanished.pair_version_id AND matched.pair_first_seen = vanished.pair_first_seen
            AND matched.fact_id_old = vanished.fact_id
    INNER JOIN appeared
        ON
            matched.pair_version_id = appeared.pair_version_id AND matched.pair_first_seen = appeared.pair_first_seen
            AND matched.fact_id_new = appeared.fact_id
    UNION ALL
    SELECT
        pair_version_id,
        pair_first_seen,
        'vanished' AS kind,
        'fact' AS what,
        quote AS old,
        NULL AS new,
        fact_id AS fact_id_old,
        NULL AS fact_id_new
    FROM vanished
    ANTI JOIN matched
        ON
            vanished.pair_version_id = matched.pair_version_id AND vanished.pair_first_seen = matched.pair_first_seen
            AND vanished.fact_id = matched.fact_id_old
    UNION ALL
    SELECT
        pair_version_id,
        pair_first_seen,
        'appeared' AS kind,
        'fact' AS what,
        NULL AS old,
        quote AS new,
        NULL AS fact_id_old,
        fact_id AS fact_id_new
    FROM appeared
    ANTI JOIN matched
        ON
            appeared.pair_version_id = matched.pair_version_id AND appeared.pair_first_seen = matched.pair_first_seen
            AND appeared.fact_id = matched.fact_id_new
    UNION ALL
    SELECT
        version_id,
        first_seen,
        'changed' AS kind,
        'title' AS what,
        previous_title AS old,
        title AS new,
        NULL AS fact_id_old,
        NULL AS fact_id_new
    FROM pair
    WHERE title <> previous_title
    UNION ALL
    SELECT
        version_id,
        first_seen,
        'changed' AS kind,
        'date' AS what,
        previous_published::VARCHAR AS old,
        published::VARCHAR AS new,
        NULL AS fact_id_old,
        NULL AS fact_id_new
    FROM pair
    WHERE published IS DISTINCT FROM previous_published
    UNION ALL
    SELECT
        version_id,
        first_seen,
        'changed' AS kind,
        'text' AS what,
        NULL AS old,
        NULL AS new,
        NULL AS fact_id_old,
        NULL AS fact_id_new
    FROM pair
    WHERE text_sha256 <> previous_text_sha256
)

SELECT
    row_id([
        pair.version_id::VARCHAR, pair.first_seen::VARCHAR, change.kind, change.what,
        change.fact_id_old::VARCHAR, change.fact_id_new::VARCHAR
    ]) AS revision_id,
    pair.release_id,
    release.source_id,
    pair.title,
    release.url,
    pair.version_id,
    pair.previous_version_id,
    change.kind,
    change.what,
    change.old,
    change.new,
    change.fact_id_old,
    change.fact_id_new,
    pair.first_seen
FROM change
INNER JOIN pair ON change.pair_version_id = pair.version_id AND change.pair_first_seen = pair.first_seen
INNER JOIN release ON pair.release_id = release.release_id AND release.superseded_at IS NULL;

COMMENT ON TABLE store.revision IS
'One row per change between two consecutive states of a release''s page that were read by the same reader.';
COMMENT ON COLUMN store.revision.revision_id IS 'Key of the change.';
COMMENT ON COLUMN store.revision.release_id IS 'The release.';
COMMENT ON COLUMN store.revision.version_id IS 'The version that brought the change.';
COMMENT ON COLUMN store.revision.previous_version_id IS 'The version before it.';
COMMENT ON COLUMN store.revision.kind IS 'appeared, vanished or changed.';
COMMENT ON COLUMN store.revision.what IS
'fact (appeared, vanished); the slot that changed: value, unit, stage, action, initiative, as of, since, deadline; wording; title, date, text.';
COMMENT ON COLUMN store.revision.old IS 'What stood before; empty for an appearance and for a text.';
COMMENT ON COLUMN store.revision.new IS 'What stands now; empty for a disappearance and for a text.';
COMMENT ON COLUMN store.revision.fact_id_old IS 'The fact that stood before.';
COMMENT ON COLUMN store.revision.fact_id_new IS 'The fact that stands now.';
COMMENT ON COLUMN store.revision.first_seen IS 'When the changed page was first seen (UTC).';
