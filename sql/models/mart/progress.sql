-- progress: one row per target of target_history, judged against the levels of its series.
--
-- All comparisons are made on signed values, so that "more" is progress also where the number should go down (direction -1).
-- Pace: the straight line from the first to the latest reading since the day the target was set, that day included, with at
-- least three distinct dates; the range comes from the lines from each earlier reading to the latest. A word-for-word repeat
-- of a level confirms nothing. A level stated as "about" never proves that a target is met.
CREATE OR REPLACE TABLE store.progress AS
WITH goal AS (
    SELECT
        target.*,
        series.direction,
        series.direction * target.value AS goal_value,
        target.bound IN ('>', '<') AS is_strict
    FROM store.target_history AS target
    INNER JOIN store.series_state AS series ON target.series_id = series.series_id
),

signed_reading AS (
    SELECT
        sighting.series_id,
        sighting.fact_id,
        sighting.stands_on,
        sighting.first_seen,
        sighting.bound = '~' AS is_rough,
        -- An open end does not contain its own bound.
        sighting.bound = if(series.direction = 1, '>', '<') AS is_floor_open,
        sighting.bound = if(series.direction = 1, '<', '>') AS is_top_open,
        if(series.direction = 1, sighting.lower, -sighting.upper) AS floor_value,
        if(series.direction = 1, sighting.upper, -sighting.lower) AS top_value,
        series.direction * (sighting.value + coalesce(sighting.value_max, sighting.value)) / 2 AS point
    FROM store.sighting AS sighting
    INNER JOIN store.series_state AS series ON sighting.series_id = series.series_id
    WHERE sighting.role = 'level' AND sighting.repeat_kind IN ('first', 'restated')
),

meeting AS (
    SELECT
        goal.target_id,
        min(reading.stands_on) AS met_on,
        arg_min(reading.fact_id, (coalesce(reading.stands_on, 'infinity'::DATE), reading.fact_id)) AS met_fact_id,
        arg_min(reading.first_seen, (coalesce(reading.stands_on, 'infinity'::DATE), reading.fact_id)) AS met_first_seen
    FROM goal
    INNER JOIN signed_reading AS reading ON goal.series_id = reading.series_id
    WHERE
        NOT goal.is_ceiling AND NOT reading.is_rough
        AND (
            reading.floor_value > goal.goal_value
            OR (reading.floor_value = goal.goal_value AND (NOT goal.is_strict OR reading.is_floor_open))
        )
    GROUP BY goal.target_id
),

missing AS (
    SELECT
        goal.target_id,
        arg_min(reading.fact_id, (reading.stands_on, reading.fact_id)) AS missed_fact_id,
        arg_min(reading.first_seen, (reading.stands_on, reading.fact_id)) AS missed_first_seen
    FROM goal
    INNER JOIN signed_reading AS reading
        ON goal.series_id = reading.series_id AND goal.deadline <= reading.stands_on
    WHERE
        reading.top_value < goal.goal_value
        OR (reading.top_value = goal.goal_value AND reading.is_top_open)
    GROUP BY goal.target_id
),

pace_point AS (
    SELECT
        goal.target_id,
        goal.goal_value,
        reading.stands_on,
        max(reading.point) AS point
    FROM goal
    INNER JOIN signed_reading AS reading
        ON goal.series_id = reading.series_id AND goal.stated_on <= reading.stands_on
    WHERE NOT goal.is_ceiling
    GROUP BY goal.target_id, goal.goal_value, reading.stands_on
),

pace_line AS (
    SELECT
        target_id,
        goal_value,
        count(*) AS pace_readings,
        min(stands_on) AS first_on,
        arg_min(point, stands_on) AS first_point,
        max(stands_on) AS last_on,
        arg_max(point, stands_on) AS last_point
    FROM pace_point
    GROUP BY target_id, goal_value
),

-- Each earlier reading gives a line to the latest; only a rising one gives a date.
projection AS (
    SELECT
        pace_line.target_id,
        pace_point.stands_on = pace_line.first_on AS is_whole_line,
        least(
            floor(
                greatest(pace_line.goal_value - pace_line.last_point, 0) * (pace_line.last_on - pace_point.stands_on)
                / nullif(pace_line.last_point - pace_point.point, 0)
            ),
            1e6
        )::INTEGER AS days_to_go,
        pace_line.last_on
    FROM pace_line
    INNER JOIN pace_point ON pace_line.target_id = pace_point.target_id AND pace_line.last_on > pace_point.stands_on
    WHERE pace_line.pace_readings >= 3 AND pace_line.last_point > pace_point.point
),

projected AS (
    SELECT
        target_id,
        max(last_on + days_to_go) FILTER (WHERE is_whole_line) AS projected_on,
        min(last_on + days_to_go) AS projected_earliest,
        max(last_on + days_to_go) AS projected_latest
    FROM projection
    GROUP BY target_id
),

paced AS (
    SELECT
        pace_line.*,
        (pace_line.last_point - pace_line.first_point) / nullif(pace_line.last_on - pace_line.first_on, 0) AS slope,
        projected.projected_on,
        -- The range belongs to a forecast: without one there is none.
        if(projected.projected_on IS NULL, NULL, projected.projected_earliest) AS projected_earliest,
        if(projected.projected_on IS NULL, NULL, projected.projected_latest) AS projected_latest
    FROM pace_line
    LEFT JOIN projected ON pace_line.target_id = projected.target_id
),

read_series AS (
    SELECT DISTINCT series_id FROM signed_reading
),

judged AS (
    SELECT
        goal.*,
        meeting.met_on,
        meeting.met_fact_id,
        meeting.met_first_seen,
        missing.missed_first_seen,
        paced.* EXCLUDE (target_id, goal_value),
        CASE
            WHEN goal.is_ceiling THEN 'ceiling'
            WHEN NOT goal.is_current AND coalesce(meeting.met_on >= goal.valid_to, meeting.target_id IS NULL) THEN 'superseded'
            WHEN meeting.met_on > goal.deadline THEN 'met late'
            WHEN meeting.target_id IS NOT NULL THEN 'met'
            WHEN missing.target_id IS NOT NULL THEN 'missed'
            WHEN goal.deadline < ledger_clock.today THEN 'due without a reading'
            WHEN read_series.series_id IS NULL THEN 'no reading'
            WHEN goal.deadline IS NULL THEN 'no deadline'
            WHEN coalesce(paced.pace_readings, 0) < 3 THEN 'too few readings'
            WHEN paced.projected_on <= goal.deadline THEN 'on pace'
            ELSE 'behind'
        END AS status
    FROM goal
    CROSS JOIN store.ledger_clock AS ledger_clock
    LEFT JOIN meeting ON goal.target_id = meeting.target_id
    LEFT JOIN missing ON goal.target_id = missing.target_id
    LEFT JOIN paced ON goal.target_id = paced.target_id
    LEFT JOIN read_series ON goal.series_id = read_series.series_id
),

-- What is decided, or replaced, is not forecast.
forecast AS (
    SELECT
        *,
        status IN ('on pace', 'behind', 'no deadline', 'too few readings', 'due without a reading') AS is_open
    FROM judged
)

SELECT
    forecast.target_id,
    forecast.series_id,
    series.initiative_id,
    series.initiative,
    series.measure,
    series.population,
    series.scope_place_id,
    series.scope,
    series.label,
    series.unit,
    forecast.bound AS target_bound,
    forecast.value AS target_value,
    forecast.value_max AS target_value_max,
    forecast.shown AS target_shown,
    forecast.stated_on AS target_stated_on,
    forecast.valid_to,
    forecast.deadline,
    forecast.deadline_precision,
    forecast.is_current,
    forecast.is_ceiling,
    level.level_basis,
    level.level_as_of,
    level.level_shown,
    level.level_lower,
    level.level_upper,
    forecast.status,
    forecast.met_on,
    forecast.met_fact_id,
    if(forecast.is_open, forecast.projected_on, NULL) AS projected_on,
    if(forecast.is_open, forecast.projected_earliest, NULL) AS projected_earliest,
    if(forecast.is_open, forecast.projected_latest, NULL) AS projected_latest,
    if(
        forecast.is_open AND forecast.deadline > forecast.last_on,
        forecast.direction * (forecast.goal_value - forecast.last_point) / (forecast.deadline - forecast.last_on),
        NULL
    ) AS pace_needed,
    if(forecast.pace_readings >= 3, forecast.direction * forecast.slope, NULL) AS pace_achieved,
    coalesce(forecast.pace_readings, 0) AS pace_readings,
    if(
        forecast.direction = 1,
        level.level_lower / nullif(forecast.value, 0),
        NULL
    ) AS share,
    forecast.fact_id AS target_fact_id,
    forecast.release_id AS target_release_id,
    level.level_fact_id,
    level.level_release_id,
    greatest(
        forecast.first_seen,
        CASE
            WHEN forecast.status IN ('met', 'met late') THEN forecast.met_first_seen
            WHEN forecast.status = 'missed' THEN forecast.missed_first_seen
            WHEN forecast.status IN ('on pace', 'behind', 'no deadline', 'too few readings') THEN level.level_first_seen
        END
    ) AS first_seen,
    forecast.is_baseline,
    forecast.is_archive
FROM forecast
INNER JOIN store.series_state AS series ON forecast.series_id = series.series_id
LEFT JOIN store.series_level AS level ON forecast.series_id = level.series_id;

COMMENT ON TABLE store.progress IS
'One row per target of target_history, judged against the levels of its series: status, pace, projected date with its range.';
COMMENT ON COLUMN store.progress.target_bound IS 'The target''s hedge as stated.';
COMMENT ON COLUMN store.progress.target_value IS 'The target''s number in full.';
COMMENT ON COLUMN store.progress.target_value_max IS 'Upper end of a target that is a range.';
COMMENT ON COLUMN store.progress.target_shown IS 'The target with its hedge, as the release said it.';
COMMENT ON COLUMN store.progress.target_stated_on IS 'The day on which the target was set.';
COMMENT ON COLUMN store.progress.status IS
'met, met late, on pace, behind, missed, due without a reading, too few readings, no deadline, ceiling, superseded or no reading.';
COMMENT ON COLUMN store.progress.met_on IS 'Date of the first reading whose lower end reaches the target.';
COMMENT ON COLUMN store.progress.met_fact_id IS 'The fact that states that reading.';
COMMENT ON COLUMN store.progress.projected_on IS
'Date at which the line from the first to the latest reading reaches the target, a fraction of a day cut off.';
COMMENT ON COLUMN store.progress.projected_earliest IS 'Earliest date by the lines from each earlier reading to the latest.';
COMMENT ON COLUMN store.progress.projected_latest IS 'Latest date by these lines.';
COMMENT ON COLUMN store.progress.pace_needed IS 'Units a day that are needed from the latest reading to the deadline.';
COMMENT ON COLUMN store.progress.pace_achieved IS 'Units a day from the first to the latest reading since the target was set.';
COMMENT ON COLUMN store.progress.pace_readings IS 'Distinct dates of readings since the target was set.';
COMMENT ON COLUMN store.progress.share IS 'Lower end of the latest level as a share of the target; empty where the number should fall.';
COMMENT ON COLUMN store.progress.target_fact_id IS 'The fact that sets the target.';
COMMENT ON COLUMN store.progress.target_release_id IS 'The release that sets it.';
COMMENT ON COLUMN store.progress.first_seen IS
'When what gives the status was first seen (UTC): the target, or the reading that meets, misses or moves it.';
