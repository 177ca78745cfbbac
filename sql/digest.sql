-- digest: what the ledger holds, as one hash a kind of thing; equal digests mean equal contents, however they came about.
-- grain: one row per kind of thing, and one for all of it ('ledger').
-- Left out is all that tells of the way there: runs, looks, issues, attempts, times, places in the archive. So a ledger
-- that was killed, restored, rebuilt or read elsewhere can be held against one that had a quiet life.
WITH release_in_force AS (
    SELECT
        release.source_id,
        release.url,
        original.url AS same_as
    FROM release
    LEFT JOIN release AS original ON release.same_as = original.release_id AND original.superseded_at IS NULL
    WHERE release.superseded_at IS NULL
),

version_in_force AS (
    SELECT DISTINCT
        release_id,
        title,
        published,
        published_basis,
        published_precision,
        language,
        text_sha256
    FROM release_version
    WHERE superseded_at IS NULL
),

fact_in_force AS (
    SELECT * EXCLUDE (run_id, recorded_at, superseded_at)
    FROM fact
    WHERE superseded_at IS NULL
),

evidence_in_force AS (
    SELECT DISTINCT
        evidence.fact_id,
        version.text_sha256,
        evidence.start_offset,
        evidence.end_offset,
        evidence.number_start,
        evidence.number_end
    FROM fact_evidence AS evidence
    INNER JOIN release_version AS version ON evidence.version_id = version.version_id AND version.superseded_at IS NULL
    WHERE evidence.superseded_at IS NULL
),

place_in_force AS (
    SELECT * EXCLUDE (recorded_at, superseded_at)
    FROM fact_place
    WHERE superseded_at IS NULL
),

actor_in_force AS (
    SELECT
        fact_actor.fact_id,
        fact_actor.position,
        actor.name
    FROM fact_actor
    INNER JOIN actor ON fact_actor.actor_id = actor.actor_id
    WHERE fact_actor.superseded_at IS NULL
),

held AS (
    SELECT
        'release' AS thing,
        md5(release_in_force::VARCHAR) AS told
    FROM release_in_force
    UNION ALL
    SELECT
        'version' AS thing,
        md5(version_in_force::VARCHAR) AS told
    FROM version_in_force
    UNION ALL
    SELECT
        'fact' AS thing,
        md5(fact_in_force::VARCHAR) AS told
    FROM fact_in_force
    UNION ALL
    SELECT
        'evidence' AS thing,
        md5(evidence_in_force::VARCHAR) AS told
    FROM evidence_in_force
    UNION ALL
    SELECT
        'place' AS thing,
        md5(place_in_force::VARCHAR) AS told
    FROM place_in_force
    UNION ALL
    SELECT
        'actor' AS thing,
        md5(actor_in_force::VARCHAR) AS told
    FROM actor_in_force
)

SELECT
    coalesce(thing, 'ledger') AS thing,
    count(*) AS things,
    md5(string_agg(told, '' ORDER BY thing, told)) AS digest
FROM held
GROUP BY rollup (thing)
ORDER BY thing = 'ledger', thing
