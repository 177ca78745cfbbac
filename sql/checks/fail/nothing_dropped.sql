-- nothing_dropped: facts in force that no mart counts although they are neither a mirror's nor quarantined, and the other way.
-- expected: 0
-- kind: structure
-- remedy: A model loses or invents rows: publish nothing and look at sql/models/core/fact_state.sql.
WITH expected_fact AS (
    SELECT fact.fact_id
    FROM fact
    INNER JOIN release ON fact.release_id = release.release_id AND release.superseded_at IS NULL
    WHERE
        fact.superseded_at IS NULL AND release.same_as IS NULL
        AND fact.fact_id NOT IN (
            SELECT quarantine.fact_id FROM quarantine
            WHERE quarantine.superseded_at IS NULL
        )
)

SELECT
    coalesce(expected_fact.fact_id, state.fact_id) AS fact_id,
    if(state.fact_id IS NULL, 'lost', 'invented') AS fate
FROM expected_fact
FULL OUTER JOIN store.fact_state AS state ON expected_fact.fact_id = state.fact_id
WHERE expected_fact.fact_id IS NULL OR state.fact_id IS NULL
