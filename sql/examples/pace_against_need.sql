-- Which running promises are slower than they need to be, in units a month?
SELECT
    initiative,
    target_shown,
    deadline,
    round(30 * pace_needed, 1) AS needed_a_month,
    round(30 * pace_achieved, 1) AS achieved_a_month,
    projected_earliest,
    projected_on,
    projected_latest
FROM progress
WHERE status IN ('on pace', 'behind')
ORDER BY projected_on;
