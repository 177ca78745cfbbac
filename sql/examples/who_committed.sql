-- Who takes part in an initiative since when, and who has achieved its goal?
SELECT
    initiative,
    participant_kind,
    participant,
    joined_on,
    achieved_on
FROM participation
ORDER BY initiative, joined_on NULLS LAST, participant;
