-- finding_stale_target: one row per word-for-word repeat of a target that another one had replaced by then.
CREATE OR REPLACE VIEW store.finding_stale_target AS
WITH repeat AS (
    SELECT
        sighting.fact_id,
        min(told.valid_to) FILTER (
            WHERE told.valid_to <= sighting.stated_on AND told.value_max IS NOT DISTINCT FROM sighting.value_max
        ) AS replaced_on,
        -- Stated anew in the meantime, it is valid again.
        bool_or(told.stated_on <= sighting.stated_on AND coalesce(told.valid_to > sighting.stated_on, TRUE)) AS is_valid
    FROM store.sighting AS sighting
    INNER JOIN store.target_history AS told ON sighting.series_id = told.series_id AND sighting.value = told.value
    WHERE sighting.role = 'target' AND sighting.repeat_kind = 'verbatim'
    GROUP BY sighting.fact_id
),

-- One target for each day on which a series got one: what a repeat is held against is the latest by then.
successor AS (
    SELECT
        series_id,
        stated_on,
        arg_min(fact_id, target_id) AS fact_id,
        arg_min(shown, target_id) AS shown
    FROM store.target_history
    GROUP BY series_id, stated_on
),

stale AS (
    SELECT
        sighting.*,
        successor.fact_id AS successor_fact_id,
        successor.shown AS successor_shown
    FROM repeat
    INNER JOIN store.sighting AS sighting ON repeat.fact_id = sighting.fact_id
    ASOF INNER JOIN successor ON sighting.series_id = successor.series_id AND sighting.stated_on >= successor.stated_on
    WHERE NOT repeat.is_valid AND successor.stated_on >= repeat.replaced_on
)

SELECT
    'stale target' AS kind,
    'warning' AS severity,
    series_id,
    successor_fact_id AS fact_id_a,
    fact_id AS fact_id_b,
    'Repeats the target of ' || shown_value(bound, value, value_max, unit) || ', which ' || successor_shown || ' had replaced.' AS message,
    concat_ws('|', successor_fact_id, fact_id) AS finding_key
FROM stale;

COMMENT ON VIEW store.finding_stale_target IS 'One row per word-for-word repeat of a target that another one had replaced.';
COMMENT ON COLUMN store.finding_stale_target.finding_key IS 'What the finding is known by among those of its kind.';
