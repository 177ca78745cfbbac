-- facts_kept: a run that ends with less than half of the facts that were in force before it (of a hundred at least).
-- expected: 0
-- kind: structure
-- remedy: The reader or the extractor has broken: look at what it was changed to, and run `commitments rebuild` when it is mended.
WITH this_run AS (
    SELECT max(logical_time) AS logical_time FROM run
),

counted AS (
    SELECT
        count(*) FILTER (WHERE fact.superseded_at IS NULL) AS facts_now,
        count(*) FILTER (
            WHERE
            fact.recorded_at < this_run.logical_time
            AND (fact.superseded_at IS NULL OR fact.superseded_at >= this_run.logical_time)
        ) AS facts_before
    FROM fact
    CROSS JOIN this_run
)

SELECT
    facts_before,
    facts_now
FROM counted
WHERE facts_before >= 100 AND facts_now < 0.5 * facts_before
