-- title: New commitments
-- grain: One row per target that a release first seen in the edition's time sets.
SELECT
    report_series.*,
    report_origin.source_ids,
    report_origin.publishers,
    target_history.shown,
    target_history.bound,
    target_history.value,
    target_history.value_max,
    target_history.deadline,
    target_history.deadline_precision,
    target_history.stated_on,
    target_history.is_ceiling,
    target_history.fact_id
FROM target_history
INNER JOIN report_series ON target_history.series_id = report_series.series_id
INNER JOIN report_origin ON target_history.release_id = report_origin.release_id
WHERE
    within_edition(target_history.first_seen)
    AND NOT target_history.is_baseline AND NOT target_history.is_archive
ORDER BY
    target_history.is_ceiling,
    target_history.deadline NULLS LAST,
    report_series.initiative NULLS LAST,
    target_history.fact_id;
