-- series_level: one row per series with a level: the latest one, stated before derived. A later lower bound that is weaker than
-- what was known ("more than 200" after "more than 240") takes nothing back and is passed over.
CREATE OR REPLACE TABLE store.series_level AS
WITH ordered AS (
    SELECT
        observation.*,
        max(observation.lower) OVER (
            PARTITION BY observation.series_id, observation.basis
            ORDER BY observation.as_of, observation.first_stated
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS known_lower
    FROM store.observation AS observation
),

standing AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY series_id
            ORDER BY basis DESC, as_of DESC NULLS LAST, last_stated DESC, lower DESC, fact_id ASC
        ) AS place
    FROM ordered
    WHERE NOT coalesce(bound IN ('>', '>=') AND lower < known_lower, FALSE)
)

SELECT
    series_id,
    basis AS level_basis,
    as_of AS level_as_of,
    shown AS level_shown,
    lower AS level_lower,
    upper AS level_upper,
    fact_id AS level_fact_id,
    release_id AS level_release_id,
    first_seen AS level_first_seen
FROM standing
WHERE place = 1;

COMMENT ON TABLE store.series_level IS 'One row per series with a level: the latest one, stated before derived.';
COMMENT ON COLUMN store.series_level.level_basis IS 'Whether the latest level is stated or derived.';
COMMENT ON COLUMN store.series_level.level_as_of IS 'The date that the latest level stands at.';
COMMENT ON COLUMN store.series_level.level_shown IS 'The latest level with its hedge.';
COMMENT ON COLUMN store.series_level.level_lower IS 'Lower end of the latest level.';
COMMENT ON COLUMN store.series_level.level_upper IS 'Upper end of the latest level.';
COMMENT ON COLUMN store.series_level.level_fact_id IS 'The fact that states the latest level first.';
COMMENT ON COLUMN store.series_level.level_release_id IS 'The release of that fact.';
COMMENT ON COLUMN store.series_level.level_first_seen IS 'When the latest level was first seen (UTC).';
