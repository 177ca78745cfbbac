-- participation: one row per initiative and participant (a place or an actor) that joined it or achieved its goal, from join and
-- achieve events and from the lists that stand with counts. A place listed beside a count takes part; the count is never its own.
-- A cohort named in full beside its count ("ten cities were chosen: ...") takes part from then on, as by joining.
CREATE OR REPLACE TABLE store.participation AS
WITH taking_part AS (
    SELECT
        fact_id,
        initiative_id,
        if(action = 'achieve', 'achieve', 'join') AS action,
        coalesce(stands_on, stated_on) AS took_part_on,
        first_seen,
        is_baseline,
        is_archive
    FROM store.fact_state
    WHERE
        initiative_id IS NOT NULL
        AND (action IN ('join', 'achieve') OR (action = 'act' AND kind = 'quantity' AND list_complete))
        AND coalesce(stage, 'total') NOT IN ('target', 'context')
),

participant_fact AS (
    SELECT
        'place' AS participant_kind,
        coalesce(fact_place.place_id, fact_place.name) AS participant_id,
        coalesce(place.name, fact_place.name) AS participant,
        fact_place.place_id,
        taking_part.*
    FROM taking_part
    INNER JOIN fact_place ON taking_part.fact_id = fact_place.fact_id AND fact_place.superseded_at IS NULL
    LEFT JOIN place ON fact_place.place_id = place.place_id AND place.superseded_at IS NULL
    WHERE fact_place.role = 'participant'
    UNION ALL
    SELECT
        'actor' AS participant_kind,
        actor.actor_id::VARCHAR AS participant_id,
        actor.name AS participant,
        NULL AS place_id,
        taking_part.*
    FROM taking_part
    INNER JOIN fact_actor ON taking_part.fact_id = fact_actor.fact_id AND fact_actor.superseded_at IS NULL
    INNER JOIN actor ON fact_actor.actor_id = actor.actor_id
    INNER JOIN fact ON taking_part.fact_id = fact.fact_id AND fact.superseded_at IS NULL
    -- Beside a count, actors take part only where they are listed; else they may as well report or receive it.
    WHERE fact.kind = 'event' OR regexp_matches(fact.quote, '\b(includ|such as|among (them|which)|namely)|:')
),

folded AS (
    SELECT
        initiative_id,
        participant_kind,
        participant_id,
        min(participant) AS participant,
        min(place_id) AS place_id,
        min(took_part_on) FILTER (WHERE action = 'join') AS joined_on,
        arg_min(fact_id, (took_part_on, first_seen, fact_id)) FILTER (WHERE action = 'join') AS joined_fact_id,
        min(took_part_on) FILTER (WHERE action = 'achieve') AS achieved_on,
        arg_min(fact_id, (took_part_on, first_seen, fact_id)) FILTER (WHERE action = 'achieve') AS achieved_fact_id,
        list(DISTINCT fact_id ORDER BY fact_id) AS fact_ids,
        min(first_seen) AS first_seen,
        min(first_seen) FILTER (WHERE action = 'achieve') AS achieved_first_seen,
        arg_min(is_baseline, (first_seen, took_part_on, fact_id)) AS is_baseline,
        arg_min(is_archive, (first_seen, took_part_on, fact_id)) AS is_archive
    FROM participant_fact
    GROUP BY initiative_id, participant_kind, participant_id
)

SELECT
    row_id([folded.initiative_id, folded.participant_kind, folded.participant_id]) AS participation_id,
    folded.initiative_id,
    coalesce(initiative.name, folded.initiative_id) AS initiative,
    folded.* EXCLUDE (initiative_id)
FROM folded
LEFT JOIN initiative ON folded.initiative_id = initiative.initiative_id AND initiative.superseded_at IS NULL;

COMMENT ON TABLE store.participation IS
'One row per initiative and participant (a place or an actor): when it joined, when it achieved the goal, by which facts.';
COMMENT ON COLUMN store.participation.participation_id IS 'Key of the row.';
COMMENT ON COLUMN store.participation.initiative IS 'Name of the initiative.';
COMMENT ON COLUMN store.participation.participant_kind IS 'place or actor.';
COMMENT ON COLUMN store.participation.participant_id IS 'place_id (the name, where the place was not resolved) or actor_id.';
COMMENT ON COLUMN store.participation.participant IS 'Name of the place or actor.';
COMMENT ON COLUMN store.participation.place_id IS 'The place in the gazetteer; empty for actors and unresolved places.';
COMMENT ON COLUMN store.participation.joined_on IS 'Earliest date of a fact by which it takes part.';
COMMENT ON COLUMN store.participation.joined_fact_id IS 'That fact.';
COMMENT ON COLUMN store.participation.achieved_on IS 'Earliest date of a fact by which it achieved the goal.';
COMMENT ON COLUMN store.participation.achieved_fact_id IS 'That fact.';
COMMENT ON COLUMN store.participation.fact_ids IS 'All facts that say so.';
COMMENT ON COLUMN store.participation.achieved_first_seen IS 'When its achievement was first seen (UTC).';
