-- observation: one row per level of a series: a stated figure, or one derived from an increase alone ("at least N"). Later
-- statements of the same figure fold into their first sighting.
CREATE OR REPLACE TABLE store.observation AS
WITH level_sighting AS (
    SELECT
        *,
        if(role = 'level', 'stated', 'derived') AS basis,
        row_number() OVER (
            PARTITION BY first_fact_id ORDER BY stated_on, first_seen, release_id, start_offset, fact_id
        ) AS sighting_number
    FROM store.sighting
    WHERE role IN ('level', 'derived')
),

folded AS (
    SELECT
        first_fact_id,
        count(*) AS sightings,
        count(*) FILTER (WHERE repeat_kind = 'restated') AS restatements,
        min(stated_on) AS first_stated,
        max(stated_on) AS last_stated,
        arg_max(fact_id, sighting_number) AS last_fact_id,
        min(first_seen) AS first_seen,
        -- What was known first decides whether the figure was ever news.
        arg_min(is_baseline, (first_seen, sighting_number)) AS is_baseline,
        arg_min(is_archive, (first_seen, sighting_number)) AS is_archive
    FROM level_sighting
    GROUP BY first_fact_id
),

-- An increase gives only what it adds: at least its own lower end.
first_sighting AS (
    SELECT
        * EXCLUDE (bound, value, value_max, lower, upper),
        CASE WHEN basis = 'stated' OR bound = '>' THEN bound ELSE '>=' END AS bound,
        if(basis = 'stated', value, lower) AS value,
        if(basis = 'stated', value_max, NULL) AS value_max,
        lower,
        if(basis = 'stated', upper, 'infinity'::DOUBLE) AS upper
    FROM level_sighting
    WHERE sighting_number = 1 AND (basis = 'stated' OR lower > 0)
)

SELECT
    row_id([
        seen.series_id::VARCHAR, seen.basis, seen.bound, seen.value::VARCHAR, seen.value_max::VARCHAR, seen.fact_id::VARCHAR
    ]) AS observation_id,
    seen.series_id,
    seen.basis,
    seen.stands_on AS as_of,
    seen.stands_precision AS as_of_precision,
    seen.bound,
    seen.value,
    seen.value_max,
    closed_end(seen.lower) AS lower,
    closed_end(seen.upper) AS upper,
    seen.unit,
    shown_value(seen.bound, seen.value, seen.value_max, seen.unit) AS shown,
    folded.first_stated,
    folded.last_stated,
    folded.sightings,
    folded.restatements,
    seen.fact_id,
    folded.last_fact_id,
    seen.release_id,
    folded.first_seen,
    folded.is_baseline,
    folded.is_archive
FROM first_sighting AS seen
INNER JOIN folded ON seen.first_fact_id = folded.first_fact_id;

COMMENT ON TABLE store.observation IS
'One row per level of a series, stated or derived from an increase alone; later statements fold into their first sighting.';
COMMENT ON COLUMN store.observation.observation_id IS 'Key of the observation.';
COMMENT ON COLUMN store.observation.basis IS 'stated (a total) or derived (an increase alone gives "at least N").';
COMMENT ON COLUMN store.observation.as_of IS 'The date that it stands at; empty where neither text nor release gives one.';
COMMENT ON COLUMN store.observation.as_of_precision IS 'day, month, quarter or year.';
COMMENT ON COLUMN store.observation.shown IS 'The figure with its hedge, as the release said it.';
COMMENT ON COLUMN store.observation.first_stated IS 'When a release first stated it.';
COMMENT ON COLUMN store.observation.last_stated IS 'When a release last stated it.';
COMMENT ON COLUMN store.observation.sightings IS 'How many statements of it there are, the first one too.';
COMMENT ON COLUMN store.observation.restatements IS 'How many of them use new words: they confirm the level.';
COMMENT ON COLUMN store.observation.fact_id IS 'The fact that states it first.';
COMMENT ON COLUMN store.observation.last_fact_id IS 'The fact that states it last.';
COMMENT ON COLUMN store.observation.release_id IS 'The release that states it first.';
COMMENT ON COLUMN store.observation.first_seen IS
'When the first version stating it, among all its sightings, was first seen (UTC). Decides what is news.';
