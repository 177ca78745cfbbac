-- references_hold: rows in force that point to something that the ledger does not hold.
-- expected: 0
-- kind: structure
-- remedy: A batch was loaded in part: run `commitments rebuild`, which reads every snapshot again.
SELECT
    'fact without release' AS object,
    fact.fact_id::VARCHAR AS row_key
FROM fact
ANTI JOIN release ON fact.release_id = release.release_id AND release.superseded_at IS NULL
WHERE fact.superseded_at IS NULL
UNION ALL
SELECT
    'fact without evidence' AS object,
    fact.fact_id::VARCHAR AS row_key
FROM fact
ANTI JOIN fact_evidence AS evidence ON fact.fact_id = evidence.fact_id AND evidence.superseded_at IS NULL
WHERE fact.superseded_at IS NULL
UNION ALL
SELECT
    'evidence without version' AS object,
    evidence.fact_id::VARCHAR AS row_key
FROM fact_evidence AS evidence
ANTI JOIN release_version AS version ON evidence.version_id = version.version_id AND version.superseded_at IS NULL
WHERE evidence.superseded_at IS NULL
UNION ALL
SELECT
    'version without release' AS object,
    version.version_id::VARCHAR AS row_key
FROM release_version AS version
ANTI JOIN release ON version.release_id = release.release_id AND release.superseded_at IS NULL
WHERE version.superseded_at IS NULL
UNION ALL
SELECT
    'release without version' AS object,
    release.release_id::VARCHAR AS row_key
FROM release
ANTI JOIN release_version AS version ON release.release_id = version.release_id AND version.superseded_at IS NULL
WHERE release.superseded_at IS NULL
UNION ALL
SELECT
    'mirror of a mirror or of nothing' AS object,
    mirror.release_id::VARCHAR AS row_key
FROM release AS mirror
ANTI JOIN release AS original
    ON mirror.same_as = original.release_id AND original.superseded_at IS NULL AND original.same_as IS NULL
WHERE mirror.superseded_at IS NULL AND mirror.same_as IS NOT NULL
UNION ALL
SELECT
    'release without source' AS object,
    release.release_id::VARCHAR AS row_key
FROM release
ANTI JOIN source ON release.source_id = source.source_id AND source.superseded_at IS NULL
WHERE release.superseded_at IS NULL
