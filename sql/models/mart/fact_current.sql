-- fact_current: one row per fact in force that counts, with its release, the place of its evidence and what it stands for.
CREATE OR REPLACE VIEW fact_current AS
SELECT
    fact.* EXCLUDE (superseded_at),
    state.stated_on,
    state.stands_on,
    closed_end(state.lower) AS lower,
    closed_end(state.upper) AS upper,
    shown_value(fact.bound, fact.value, fact.value_max, fact.unit) AS shown,
    state.published,
    version.title,
    release.url,
    state.source_id,
    state.version_id,
    evidence.start_offset,
    evidence.end_offset,
    evidence.number_start,
    evidence.number_end,
    version.text_sha256,
    version.snapshot_sha256,
    state.first_seen,
    state.is_baseline,
    state.is_archive,
    fact.correction_id IS NOT NULL AS is_corrected
FROM store.fact_state AS state
INNER JOIN fact ON state.fact_id = fact.fact_id AND fact.superseded_at IS NULL
INNER JOIN release ON state.release_id = release.release_id AND release.superseded_at IS NULL
INNER JOIN fact_evidence AS evidence
    ON state.fact_id = evidence.fact_id AND state.version_id = evidence.version_id AND evidence.superseded_at IS NULL
INNER JOIN (
    SELECT
        version_id,
        any_value(title) AS title,
        any_value(text_sha256) AS text_sha256,
        any_value(snapshot_sha256) AS snapshot_sha256
    FROM release_version
    WHERE superseded_at IS NULL
    GROUP BY version_id
) AS version ON state.version_id = version.version_id;

COMMENT ON VIEW fact_current IS
'One row per commitment fact in force that counts, with its release, the place of its evidence and what it stands for.';
COMMENT ON COLUMN fact_current.shown IS 'The figure with its hedge, as the release said it.';
COMMENT ON COLUMN fact_current.is_corrected IS 'True where a correction changed its slots.';
