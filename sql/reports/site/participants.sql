-- One row per initiative and participant, at most 300 an initiative, those that reached the goal first.
SELECT
    participation.initiative_id,
    participation.initiative,
    participation.participant_kind,
    participation.participant_id,
    coalesce(report_place.name, participation.participant) AS participant,
    participation.place_id,
    participation.joined_on,
    participation.achieved_on,
    report_fact.fact_id,
    report_fact.version_id
FROM participation
INNER JOIN report_fact
    ON coalesce(participation.achieved_fact_id, participation.joined_fact_id) = report_fact.fact_id
LEFT JOIN report_place ON participation.place_id = report_place.place_id
QUALIFY
    row_number() OVER (
        PARTITION BY participation.initiative_id
        ORDER BY participation.achieved_on IS NULL, participation.participant, participation.participant_id
    ) <= 300
ORDER BY participation.initiative_id, participation.achieved_on IS NULL, participation.participant, participation.participant_id;
