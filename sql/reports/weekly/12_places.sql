-- title: By place
-- grain: One row per place that a release first seen in the edition's time names with a commitment.
WITH said AS (
    SELECT fact_id
    FROM report_fact
    WHERE within_edition(first_seen) AND NOT is_baseline AND NOT is_archive
),

mention AS (
    SELECT
        fact_place.place_id,
        any_value(coalesce(report_place.name, fact_place.name)) AS place,
        any_value(report_place.bare_name) AS bare_name,
        count(DISTINCT fact_place.fact_id) AS mentions
    FROM fact_place
    INNER JOIN said ON fact_place.fact_id = said.fact_id
    LEFT JOIN report_place ON fact_place.place_id = report_place.place_id
    WHERE fact_place.superseded_at IS NULL AND fact_place.place_id IS NOT NULL
    GROUP BY fact_place.place_id
),

took_part AS (
    SELECT
        place_id,
        count(*) FILTER (
            WHERE joined_fact_id IS NOT NULL AND within_edition(first_seen) AND NOT is_baseline AND NOT is_archive
        ) AS joined,
        count(*) FILTER (WHERE within_edition(achieved_first_seen)) AS achieved
    FROM participation
    WHERE place_id IS NOT NULL
    GROUP BY place_id
)

SELECT
    mention.place_id,
    mention.place,
    [mention.place_id] AS place_ids,
    list_sort(list_distinct([mention.place, mention.bare_name])) AS places,
    coalesce(took_part.joined, 0) AS joined,
    coalesce(took_part.achieved, 0) AS achieved,
    mention.mentions
FROM mention
LEFT JOIN took_part ON mention.place_id = took_part.place_id
ORDER BY coalesce(took_part.achieved, 0) DESC, coalesce(took_part.joined, 0) DESC, mention.mentions DESC, mention.place ASC, mention.place_id ASC;
