-- Everything that stands at a date in the world between two days.
SELECT
    stands_on,
    initiative_id,
    action,
    stage,
    shown,
    unit,
    quote
FROM facts_between(DATE '2015-11-01', DATE '2015-11-30')
ORDER BY stands_on, initiative_id, quote;
