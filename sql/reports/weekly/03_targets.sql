-- title: Targets
-- grain: One row per target that has news, is still ahead, or fell due within the edition's time.
WITH touched AS (
    SELECT DISTINCT series_id
    FROM observation
    WHERE within_edition(first_seen) AND NOT is_baseline AND NOT is_archive
),

judged AS (
    SELECT
        progress.*,
        touched.series_id IS NOT NULL AS has_new_reading,
        progress.status IN ('met', 'met late')
        AND within_edition(progress.first_seen)
        AND NOT meeting.is_baseline AND NOT meeting.is_archive AS is_newly_met,
        progress.status IN ('missed', 'due without a reading')
        AND progress.deadline >= getvariable('since_day') AND progress.deadline < getvariable('until_day') AS is_newly_due
    FROM progress
    LEFT JOIN touched ON progress.series_id = touched.series_id
    LEFT JOIN report_fact AS meeting ON progress.met_fact_id = meeting.fact_id
    WHERE progress.status <> 'superseded'
)

SELECT
    report_series.*,
    report_origin.source_ids,
    report_origin.publishers,
    judged.target_shown,
    judged.target_value,
    judged.target_bound,
    judged.target_stated_on,
    judged.deadline,
    judged.deadline_precision,
    judged.level_shown,
    newest.bound AS level_bound,
    judged.level_as_of,
    judged.level_lower,
    judged.level_upper,
    judged.status,
    judged.met_on,
    judged.projected_on,
    judged.projected_earliest,
    judged.projected_latest,
    judged.pace_needed,
    judged.pace_achieved,
    judged.has_new_reading,
    coalesce(judged.is_newly_met, FALSE) AS is_newly_met,
    coalesce(judged.is_newly_due, FALSE) AS is_newly_due,
    judged.target_fact_id,
    judged.level_fact_id,
    judged.met_fact_id
FROM judged
INNER JOIN report_series ON judged.series_id = report_series.series_id
INNER JOIN report_origin ON judged.target_release_id = report_origin.release_id
LEFT JOIN report_fact AS newest ON judged.level_fact_id = newest.fact_id
WHERE
    judged.has_new_reading
    OR judged.is_newly_met
    OR judged.is_newly_due
    OR (judged.deadline >= getvariable('until_day') AND judged.status NOT IN ('met', 'met late'))
ORDER BY
    judged.is_newly_met DESC NULLS LAST,
    judged.is_newly_due DESC NULLS LAST,
    judged.has_new_reading DESC,
    judged.level_shown IS NULL,
    judged.deadline ASC NULLS LAST,
    report_series.initiative ASC NULLS LAST,
    judged.target_fact_id ASC;
