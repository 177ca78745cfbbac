-- place_progress: one row per place and initiative that it takes part in, and per series that is confined to the place. A count
-- that the place merely stands beside (19 communities and Virginia) is not the place's and never appears here.
CREATE OR REPLACE TABLE store.place_progress AS
WITH taking_part AS (
    SELECT
        place_id,
        initiative_id,
        initiative,
        joined_on,
        achieved_on,
        coalesce(achieved_fact_id, joined_fact_id) AS fact_id
    FROM store.participation
    WHERE place_id IS NOT NULL
),

confined AS (
    SELECT
        scope_place_id AS place_id,
        initiative_id,
        initiative,
        series_id,
        measure,
        population,
        level_as_of,
        level_shown,
        level_lower,
        level_upper,
        level_fact_id
    FROM store.series
    WHERE scope_place_id IS NOT NULL AND level_fact_id IS NOT NULL
),

joined AS (
    SELECT
        coalesce(taking_part.place_id, confined.place_id) AS place_id,
        coalesce(taking_part.initiative_id, confined.initiative_id) AS initiative_id,
        coalesce(taking_part.initiative, confined.initiative) AS initiative,
        taking_part.joined_on,
        taking_part.achieved_on,
        taking_part.fact_id AS participation_fact_id,
        confined.* EXCLUDE (place_id, initiative_id, initiative)
    FROM taking_part
    FULL OUTER JOIN confined
        ON taking_part.place_id = confined.place_id AND taking_part.initiative_id = confined.initiative_id
)

SELECT
    joined.place_id,
    coalesce(place.name, joined.place_id) AS place,
    place.state,
    place.country,
    joined.* EXCLUDE (place_id)
FROM joined
LEFT JOIN place ON joined.place_id = place.place_id AND place.superseded_at IS NULL;

COMMENT ON TABLE store.place_progress IS
'One row per place and initiative that it takes part in, and per series that is confined to the place.';
COMMENT ON COLUMN store.place_progress.place_id IS 'The place in the gazetteer.';
COMMENT ON COLUMN store.place_progress.place IS 'Name of the place.';
COMMENT ON COLUMN store.place_progress.state IS 'State or province that it lies in, as a code.';
COMMENT ON COLUMN store.place_progress.country IS 'ISO code of the country.';
COMMENT ON COLUMN store.place_progress.initiative IS 'Name of the initiative.';
COMMENT ON COLUMN store.place_progress.joined_on IS 'Earliest date of a fact by which the place takes part.';
COMMENT ON COLUMN store.place_progress.achieved_on IS 'Earliest date of a fact by which it achieved the goal.';
COMMENT ON COLUMN store.place_progress.participation_fact_id IS 'The fact by which it achieved the goal, else takes part.';
COMMENT ON COLUMN store.place_progress.series_id IS 'A series confined to the place; empty where there is none.';
