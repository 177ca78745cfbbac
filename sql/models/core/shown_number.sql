-- shown_number: a bare number as a reader writes it: 1,500,000; 0.5; $40 million; 50%.
CREATE OR REPLACE MACRO shown_number(value, unit) AS -- noqa: CP05
if(unit = 'USD', '$', '')
|| CASE
    WHEN unit = 'USD' AND abs(value) >= 1e9 THEN format('{:.6g} billion', value::DOUBLE / 1e9)
    WHEN unit = 'USD' AND abs(value) >= 1e6 THEN format('{:.6g} million', value::DOUBLE / 1e6)
    WHEN unit = 'USD' AND value <> floor(value) THEN format('{:,.2f}', value::DOUBLE)
    WHEN value <> floor(value) THEN format('{:.6g}', value::DOUBLE)
    ELSE format('{:,.0f}', value::DOUBLE)
END
|| if(unit = '%', '%', '');
