-- One row per place that a fact in force names and the gazetteer knows.
WITH named AS (
    SELECT
        fact_place.place_id,
        count(DISTINCT fact_place.fact_id) AS facts
    FROM fact_place
    INNER JOIN report_fact ON fact_place.fact_id = report_fact.fact_id
    WHERE fact_place.superseded_at IS NULL AND fact_place.place_id IS NOT NULL
    GROUP BY fact_place.place_id
),

taking AS (
    SELECT
        place_id,
        count(*) AS participations
    FROM participation
    WHERE place_id IS NOT NULL
    GROUP BY place_id
)

SELECT
    place.place_id,
    place.name,
    place.kind,
    place.state,
    place.country,
    named.facts AS facts_total,
    coalesce(taking.participations, 0) AS participations_total
FROM named
INNER JOIN report_place AS place ON named.place_id = place.place_id
LEFT JOIN taking ON named.place_id = taking.place_id
ORDER BY place.country = 'US' DESC, place.country, place.name ASC, place.place_id ASC;
