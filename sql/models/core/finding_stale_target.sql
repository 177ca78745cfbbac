-- finding_stale_target: one row per word-for-word repeat of a target that another one had replaced by then.
CREATE OR REPLACE VIEW store.finding_stale_target AS
WITH stale AS (
    SELECT
        sighting.*,
        successor.fact_id AS successor_fact_id,
        successor.shown AS successor_shown,
        row_number() OVER (PARTITION BY sighting.fact_id ORDER BY successor.stated_on DESC, successor.target_id ASC) AS place
    FROM store.sighting AS sighting
    INNER JOIN store.target_history AS replaced
        ON
            sighting.series_id = replaced.series_id
            AND sighting.value = replaced.value
            AND sighting.value_max IS NOT DISTINCT FROM replaced.value_max
            AND sighting.stated_on >= replaced.valid_to
    INNER JOIN store.target_history AS successor
        ON
            sighting.series_id = successor.series_id
            AND sighting.stated_on >= successor.stated_on
            AND replaced.valid_to <= successor.stated_on
    WHERE
        sighting.role = 'target' AND sighting.repeat_kind = 'verbatim'
        -- Stated anew in the meantime, it is valid again.
        AND NOT EXISTS (
            SELECT 1
            FROM store.target_history AS renewed
            WHERE
                renewed.series_id = sighting.series_id AND renewed.value = sighting.value
                AND renewed.stated_on <= sighting.stated_on
                AND coalesce(renewed.valid_to > sighting.stated_on, TRUE)
        )
)

SELECT
    'stale target' AS kind,
    'warning' AS severity,
    series_id,
    successor_fact_id AS fact_id_a,
    fact_id AS fact_id_b,
    shown_value(bound, value, value_max, unit) || ' repeats a target that ' || successor_shown || ' had replaced.' AS message,
    concat_ws('|', successor_fact_id, fact_id) AS finding_key
FROM stale
WHERE place = 1;

COMMENT ON VIEW store.finding_stale_target IS 'One row per word-for-word repeat of a target that another one had replaced.';
COMMENT ON COLUMN store.finding_stale_target.finding_key IS 'What the finding is known by among those of its kind.';
