-- What each place takes part in, what it has achieved, and what is counted in it alone.
SELECT
    place,
    state,
    initiative,
    joined_on,
    achieved_on,
    measure,
    level_shown
FROM place_progress
ORDER BY state, place, initiative;
