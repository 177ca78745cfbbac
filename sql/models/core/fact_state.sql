-- fact_state: one row per fact in force that counts (not of a mirror, not quarantined): where it is stated, since when it was
-- seen, the date it stands at and its interval. Narrow on purpose: the marts are made from it, long texts stay in fact.
CREATE OR REPLACE TABLE store.fact_state AS
WITH stating AS (
    SELECT
        evidence.fact_id,
        min(version.first_seen) AS first_seen,
        arg_max(version.version_id, version.first_seen) AS version_id,
        arg_max(evidence.start_offset, version.first_seen) AS start_offset
    FROM fact_evidence AS evidence
    INNER JOIN release_version AS version ON evidence.version_id = version.version_id
    WHERE evidence.superseded_at IS NULL AND version.superseded_at IS NULL
    GROUP BY evidence.fact_id
),

latest_version AS (
    SELECT
        release_id,
        arg_max(published, first_seen) AS published
    FROM release_version
    WHERE superseded_at IS NULL
    GROUP BY release_id
),

counted_release AS (
    SELECT
        release.release_id,
        release.source_id,
        release.first_seen AS release_seen,
        release.previous_look,
        latest_version.published
    FROM release
    INNER JOIN latest_version ON release.release_id = latest_version.release_id
    WHERE release.superseded_at IS NULL AND release.same_as IS NULL
),

quarantined AS (
    SELECT DISTINCT fact_id FROM quarantine
    WHERE superseded_at IS NULL
)

SELECT
    fact.fact_id,
    fact.release_id,
    counted_release.source_id,
    stating.version_id,
    stating.start_offset,
    stating.first_seen,
    counted_release.published,
    fact.kind,
    fact.action,
    fact.stage,
    fact.value,
    fact.value_max,
    fact.bound,
    fact.unit,
    fact.since,
    fact.deadline,
    fact.deadline_precision,
    fact.list_complete,
    fact.initiative_id,
    fact.series_id,
    fact.measure,
    fact.population,
    fact.scope,
    hash(fact.quote) AS wording,
    coalesce(counted_release.published, stating.first_seen::DATE) AS stated_on,
    -- A period that is not over when the release speaks of it ends with the release.
    CASE
        WHEN fact.as_of_basis = 'text' AND fact.as_of IS NOT NULL
            THEN
                least(
                    period_end(fact.as_of, fact.as_of_precision),
                    greatest(fact.as_of, coalesce(counted_release.published, period_end(fact.as_of, fact.as_of_precision)))
                )
        ELSE counted_release.published
    END AS stands_on,
    if(fact.as_of_basis = 'text' AND fact.as_of IS NOT NULL, fact.as_of_precision, 'day') AS stands_precision,
    lower_end(fact.bound, fact.value) AS lower,
    upper_end(fact.bound, fact.value, fact.value_max) AS upper,
    counted_release.previous_look IS NULL AND stating.first_seen <= counted_release.release_seen AS is_baseline,
    coalesce(
        stating.first_seen <= counted_release.release_seen
        AND counted_release.published < counted_release.previous_look::DATE - 14,
        FALSE
    ) AS is_archive
FROM fact
INNER JOIN stating ON fact.fact_id = stating.fact_id
INNER JOIN counted_release ON fact.release_id = counted_release.release_id
LEFT JOIN quarantined ON fact.fact_id = quarantined.fact_id
WHERE fact.superseded_at IS NULL AND quarantined.fact_id IS NULL;

COMMENT ON TABLE store.fact_state IS
'One row per fact in force that counts (not of a mirror, not quarantined): where it is stated, since when, for which date.';
COMMENT ON COLUMN store.fact_state.source_id IS 'The source of the release.';
COMMENT ON COLUMN store.fact_state.version_id IS 'The latest version that states it.';
COMMENT ON COLUMN store.fact_state.start_offset IS 'Where its quote begins in that version''s text.';
COMMENT ON COLUMN store.fact_state.first_seen IS 'When the first version that states it was first seen (UTC). Decides what is news.';
COMMENT ON COLUMN store.fact_state.published IS 'Publication date of the release.';
COMMENT ON COLUMN store.fact_state.stated_on IS 'When it was stated: publication date, else the day it was first seen.';
COMMENT ON COLUMN store.fact_state.stands_on IS
'The date that a level stands at: the text''s where it gives one, else the publication date; empty where neither is known.';
COMMENT ON COLUMN store.fact_state.stands_precision IS 'How precise that date is.';
COMMENT ON COLUMN store.fact_state.wording IS 'Hash of the quote: equal for equal words. Holds within one refresh.';
COMMENT ON COLUMN store.fact_state.lower IS 'Lower end of its interval; empty (here: -infinity) where it is open.';
COMMENT ON COLUMN store.fact_state.upper IS 'Upper end of its interval; empty (here: infinity) where it is open.';
COMMENT ON COLUMN store.fact_state.is_baseline IS 'True where the source''s first run brought it: known from the start, no news.';
COMMENT ON COLUMN store.fact_state.is_archive IS
'True where its release was more than 14 days old at the previous look: added to the archive, no news.';
