-- One row per place in force: its name with the state or the country that tells it from its namesakes.
CREATE OR REPLACE TEMP VIEW report_place AS
SELECT
    place_id,
    CASE
        WHEN kind IN ('state', 'country') OR contains(name, ',') THEN name
        WHEN country = 'US' AND state IS NOT NULL THEN name || ', ' || state
        WHEN country = 'US' THEN name
        ELSE name || ', ' || country
    END AS name,
    name AS bare_name,
    kind,
    state,
    country
FROM place
WHERE superseded_at IS NULL;
