-- series_state: one row per series that a fact in force belongs to: its parts and in which direction it should go.
CREATE OR REPLACE TABLE store.series_state AS
WITH newest AS (
    SELECT
        series_id,
        arg_max(
            { 'initiative_id': initiative_id, 'measure': measure, 'population': population, 'scope': scope },
            (first_seen, stated_on, fact_id)
        ) AS parts,
        arg_max(unit, (first_seen, stated_on, fact_id)) AS unit,
        min(stated_on) AS first_stated,
        max(stated_on) AS last_stated
    FROM store.fact_state
    WHERE series_id IS NOT NULL
    GROUP BY series_id
),

member AS (
    SELECT
        newest.series_id,
        newest.parts.initiative_id,
        newest.parts.measure,
        newest.parts.population,
        newest.parts.scope AS scope_place_id,
        newest.unit,
        newest.first_stated,
        newest.last_stated
    FROM newest
),

label AS (
    SELECT
        series_id,
        arg_max(series_label, recorded_at) AS label
    FROM fact
    WHERE superseded_at IS NULL AND series_id IS NOT NULL
    GROUP BY series_id
),

falling AS (
    SELECT DISTINCT member.series_id
    FROM member
    INNER JOIN store.falling_population AS falls
        ON regexp_matches(
            lower(concat_ws(' ', member.population, member.measure)), '(^|[^a-z])' || falls.word || 's?([^a-z]|$)'
        )
    WHERE member.measure NOT IN ('participants', 'money') AND NOT starts_with(member.measure, 'achieve')
)

SELECT
    member.series_id,
    member.initiative_id,
    coalesce(initiative.name, member.initiative_id) AS initiative,
    member.measure,
    member.population,
    member.scope_place_id,
    place.name AS scope,
    label.label,
    member.unit,
    member.first_stated,
    member.last_stated,
    member.measure IN ('participants', 'money') AS is_cumulative,
    if(falling.series_id IS NULL, 1, -1) AS direction
FROM member
LEFT JOIN label ON member.series_id = label.series_id
LEFT JOIN falling ON member.series_id = falling.series_id
LEFT JOIN initiative ON member.initiative_id = initiative.initiative_id AND initiative.superseded_at IS NULL
LEFT JOIN place ON member.scope_place_id = place.place_id AND place.superseded_at IS NULL;

COMMENT ON TABLE store.series_state IS
'One row per series that a fact in force belongs to: its parts and in which direction it should go.';
COMMENT ON COLUMN store.series_state.initiative IS 'Name of the initiative; the topic, where the series belongs to none.';
COMMENT ON COLUMN store.series_state.scope_place_id IS 'The place that the series is confined to; empty where it is not.';
COMMENT ON COLUMN store.series_state.scope IS 'Name of that place.';
COMMENT ON COLUMN store.series_state.label IS 'Name of the series, for people.';
COMMENT ON COLUMN store.series_state.first_stated IS 'When a release first stated it.';
COMMENT ON COLUMN store.series_state.last_stated IS 'When a release last stated it.';
COMMENT ON COLUMN store.series_state.is_cumulative IS 'True for counts that only grow (participants, money): a fall contradicts them.';
COMMENT ON COLUMN store.series_state.direction IS '1 where more is progress, -1 where less is.';
