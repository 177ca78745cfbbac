-- All that is known of one initiative, by any of its names.
SELECT
    stands_on,
    stage,
    shown,
    unit,
    quote,
    url
FROM initiative_facts('Compact of Mayors')
ORDER BY stands_on, quote;
