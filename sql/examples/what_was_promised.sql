-- How targets changed: which was set when, and what took its place.
SELECT
    series.label,
    target_history.shown,
    target_history.deadline,
    target_history.stated_on,
    target_history.valid_to,
    target_history.is_current
FROM target_history
INNER JOIN series ON target_history.series_id = series.series_id
ORDER BY series.label, target_history.stated_on, target_history.value;
