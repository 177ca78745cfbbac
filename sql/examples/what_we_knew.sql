-- The totals as the ledger knew them at the end of a day (by the clock of recording).
SELECT
    series_label,
    shown_value(bound, value, value_max, unit) AS shown,
    as_of,
    quote
FROM known_on(DATE '2015-11-30')
WHERE stage = 'total'
ORDER BY series_label, as_of;
