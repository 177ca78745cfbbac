-- Participants with their coordinates and in how many initiatives they take part, ready for a map.
SELECT
    place.name,
    place.state,
    place.latitude,
    place.longitude,
    place.population,
    count(DISTINCT participation.initiative_id) AS initiatives
FROM participation
INNER JOIN place ON participation.place_id = place.place_id AND place.superseded_at IS NULL
GROUP BY place.name, place.state, place.latitude, place.longitude, place.population
ORDER BY initiatives DESC, place.name ASC;
