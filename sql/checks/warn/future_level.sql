-- future_level: levels that stand at a date after the release that states them.
-- expected: 0
-- kind: structure
-- remedy: Look at the quote: a target may have been taken for a level, or a date misread.
SELECT
    fact_id,
    published,
    stands_on
FROM store.fact_state
WHERE stage = 'total' AND stands_on > published
