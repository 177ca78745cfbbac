-- title: Who joined, who got there
-- grain: One row per participant and initiative that it newly joined or whose goal it newly reached.
WITH event AS (
    SELECT
        *,
        'joined' AS what,
        joined_on AS on_date,
        joined_fact_id AS fact_id
    FROM participation
    WHERE
        joined_fact_id IS NOT NULL
        AND within_edition(first_seen) AND NOT is_baseline AND NOT is_archive
    UNION ALL
    SELECT
        *,
        'achieved' AS what,
        achieved_on AS on_date,
        achieved_fact_id AS fact_id
    FROM participation
    WHERE
        within_edition(achieved_first_seen)
        AND NOT (is_baseline AND achieved_first_seen = first_seen)
        AND NOT (is_archive AND achieved_first_seen = first_seen)
)

SELECT
    event.initiative_id,
    event.initiative,
    coalesce(report_initiative.topics, []) AS topics,
    CASE WHEN event.place_id IS NULL THEN [] ELSE [event.place_id] END AS place_ids,
    CASE
        WHEN event.participant_kind = 'place'
            THEN list_sort(list_distinct([coalesce(report_place.name, event.participant), report_place.bare_name]))
        ELSE []
    END AS places,
    report_origin.source_ids,
    report_origin.publishers,
    event.what,
    event.participant_kind,
    event.participant_id,
    coalesce(report_place.name, event.participant) AS participant,
    event.on_date,
    event.fact_id
FROM event
LEFT JOIN report_initiative ON event.initiative_id = report_initiative.initiative_id
LEFT JOIN report_place ON event.place_id = report_place.place_id
INNER JOIN report_fact ON event.fact_id = report_fact.fact_id
INNER JOIN report_origin ON report_fact.release_id = report_origin.release_id
ORDER BY event.what, event.initiative NULLS LAST, event.participant, event.participant_id;
