-- title: What moved
-- grain: One row per series with a new reading: its newest level, and the level that was known before this edition.
WITH reading AS (
    SELECT
        *,
        within_edition(first_seen) AND NOT is_baseline AND NOT is_archive AS is_news
    FROM observation
    WHERE first_seen <= getvariable('until')
),

-- A derived "at least N" that lies below what is known already tells nothing of the level.
floor_known AS (
    SELECT
        series_id,
        max(lower) AS lower
    FROM reading
    WHERE basis = 'stated'
    GROUP BY series_id
),

now_level AS (
    SELECT reading.*
    FROM reading
    LEFT JOIN floor_known ON reading.series_id = floor_known.series_id
    WHERE
        reading.is_news
        AND (reading.basis = 'stated' OR floor_known.lower IS NULL OR reading.lower > floor_known.lower)
    QUALIFY row_number() OVER (
        PARTITION BY reading.series_id
        ORDER BY reading.as_of DESC NULLS LAST, reading.basis DESC, reading.lower DESC NULLS LAST, reading.observation_id ASC
    ) = 1
),

before_level AS (
    SELECT reading.*
    FROM now_level
    INNER JOIN reading
        ON
            now_level.series_id = reading.series_id
            AND now_level.observation_id <> reading.observation_id
            AND NOT reading.is_news
            AND (reading.as_of IS NULL OR now_level.as_of IS NULL OR now_level.as_of >= reading.as_of)
    QUALIFY row_number() OVER (
        PARTITION BY reading.series_id
        ORDER BY reading.as_of DESC NULLS LAST, reading.basis DESC, reading.lower DESC NULLS LAST, reading.observation_id ASC
    ) = 1
),

history AS (
    SELECT
        series_id,
        list(
            {
                'as_of': as_of,
                'as_of_precision': as_of_precision,
                'shown': shown,
                'value': value,
                'lower': lower,
                'upper': upper,
                'bound': bound,
                'basis': basis,
                'sightings': sightings
            }
            ORDER BY as_of, observation_id
        ) AS readings
    FROM reading
    WHERE as_of IS NOT NULL AND series_id IN (SELECT series_id FROM now_level)
    GROUP BY series_id
),

goal AS (
    SELECT *
    FROM progress
    WHERE status <> 'superseded'
    QUALIFY row_number() OVER (PARTITION BY series_id ORDER BY deadline DESC NULLS LAST, target_fact_id ASC) = 1
)

SELECT
    report_series.*,
    report_origin.source_ids,
    report_origin.publishers,
    now_level.basis,
    now_level.shown,
    now_level.bound,
    now_level.value,
    now_level.value_max,
    now_level.lower,
    now_level.upper,
    now_level.as_of,
    now_level.as_of_precision,
    now_level.fact_id,
    before_level.shown AS before_shown,
    before_level.lower AS before_lower,
    before_level.as_of AS before_as_of,
    before_level.as_of_precision AS before_as_of_precision,
    before_level.fact_id AS before_fact_id,
    -- How far a rough number moved, nobody knows.
    CASE WHEN '~' NOT IN (now_level.bound, before_level.bound) THEN now_level.lower - before_level.upper END AS change_lower,
    CASE WHEN '~' NOT IN (now_level.bound, before_level.bound) THEN now_level.upper - before_level.lower END AS change_upper,
    history.readings[-24:] AS history,
    goal.target_shown,
    goal.target_value,
    goal.deadline,
    goal.deadline_precision,
    goal.status
FROM now_level
INNER JOIN report_series ON now_level.series_id = report_series.series_id
INNER JOIN report_origin ON now_level.release_id = report_origin.release_id
LEFT JOIN before_level ON now_level.series_id = before_level.series_id
LEFT JOIN history ON now_level.series_id = history.series_id
LEFT JOIN goal ON now_level.series_id = goal.series_id
ORDER BY
    before_level.shown IS NULL,
    goal.status IS NULL,
    len(history.readings) DESC,
    report_series.initiative NULLS LAST,
    report_series.series_id ASC;
