-- quarantine_small: more than a fifth of all facts in quarantine (of a hundred at least): no longer single rows.
-- expected: 0
-- kind: structure
-- remedy: Look at check_result for the check that takes them out; mend the extractor and run `commitments rebuild`.
WITH counted AS (
    SELECT
        count(*) AS facts,
        count(*) FILTER (WHERE held.fact_id IS NOT NULL) AS quarantined
    FROM fact
    LEFT JOIN (
        SELECT DISTINCT quarantine.fact_id FROM quarantine
        WHERE quarantine.superseded_at IS NULL
    ) AS held ON fact.fact_id = held.fact_id
    WHERE fact.superseded_at IS NULL
)

SELECT
    facts,
    quarantined
FROM counted
WHERE facts >= 100 AND quarantined > 0.2 * facts
