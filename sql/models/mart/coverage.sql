-- coverage: one row per source and month of publication: how much is there, how much of it speaks. Undated releases stand under
-- the month in which they were first seen.
CREATE OR REPLACE TABLE store.coverage AS
WITH latest_version AS (
    SELECT
        release_id,
        arg_max(version_id, first_seen) AS version_id,
        arg_max(published, first_seen) AS published,
        count(*) AS versions
    FROM release_version
    WHERE superseded_at IS NULL
    GROUP BY release_id
),

fact_count AS (
    SELECT
        release_id,
        count(*) AS facts
    FROM store.fact_state
    GROUP BY release_id
),

read_release AS (
    SELECT
        release.source_id,
        date_trunc('month', coalesce(latest_version.published, release.first_seen::DATE))::DATE AS month,
        latest_version.published IS NULL AS is_undated,
        latest_version.versions,
        coalesce(fact_count.facts, 0) AS facts,
        coalesce(reading.number_sentences, 0) AS number_sentences,
        coalesce(reading.silent_sentences, 0) AS silent_sentences
    FROM release
    INNER JOIN latest_version ON release.release_id = latest_version.release_id
    LEFT JOIN fact_count ON release.release_id = fact_count.release_id
    LEFT JOIN version_reading AS reading
        ON latest_version.version_id = reading.version_id AND reading.superseded_at IS NULL
    WHERE release.superseded_at IS NULL AND release.same_as IS NULL
)

SELECT
    source_id,
    month,
    count(*) AS releases,
    count(*) FILTER (WHERE is_undated) AS releases_without_date,
    count(*) FILTER (WHERE facts = 0) AS releases_without_facts,
    sum(versions)::BIGINT AS versions,
    sum(facts)::BIGINT AS facts,
    sum(number_sentences)::BIGINT AS number_sentences,
    sum(silent_sentences)::BIGINT AS silent_sentences
FROM read_release
GROUP BY source_id, month;

COMMENT ON TABLE store.coverage IS 'One row per source and month of publication: how much is there, how much of it speaks.';
COMMENT ON COLUMN store.coverage.source_id IS 'The source.';
COMMENT ON COLUMN store.coverage.month IS 'First day of the month; undated releases stand under the month they were first seen in.';
COMMENT ON COLUMN store.coverage.releases IS 'Releases, mirrors left out.';
COMMENT ON COLUMN store.coverage.releases_without_date IS 'Those without a publication date.';
COMMENT ON COLUMN store.coverage.releases_without_facts IS 'Those in which no fact was found.';
COMMENT ON COLUMN store.coverage.versions IS 'States of their pages.';
COMMENT ON COLUMN store.coverage.facts IS 'Facts in force.';
COMMENT ON COLUMN store.coverage.number_sentences IS 'Sentences of the latest versions that hold a number.';
COMMENT ON COLUMN store.coverage.silent_sentences IS 'Those of them in which no fact was found.';
