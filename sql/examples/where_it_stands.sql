-- How far along is each promise, and until when is there time?
SELECT
    initiative,
    measure,
    population,
    target_shown,
    deadline,
    level_shown,
    level_as_of,
    status,
    projected_on
FROM progress
WHERE is_current
ORDER BY initiative, measure, population;
