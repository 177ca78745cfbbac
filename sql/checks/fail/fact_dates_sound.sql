-- fact_dates_sound: facts whose dates cannot be meant: outside 1900 to 2200, or a period that ends before it begins.
-- expected: 0
-- kind: row
-- remedy: Look at the quote and mend the date rule, or write a correction.
SELECT
    fact_id,
    'dates ' || concat_ws(', ', 'as of ' || as_of, 'since ' || since, 'deadline ' || deadline) AS reason
FROM fact
WHERE
    superseded_at IS NULL
    AND (
        year(as_of) NOT BETWEEN 1900 AND 2200 OR year(since) NOT BETWEEN 1900 AND 2200
        OR year(deadline) NOT BETWEEN 1900 AND 2200 OR since > deadline
        OR (as_of_basis = 'text' AND stage = 'total' AND since > as_of)
    )
