-- shown_number: a bare number as a reader writes it: 1,500,000; 0.5; $40 million; 50%.
CREATE OR REPLACE MACRO shown_number(value, unit) AS -- noqa: CP05
CASE
    WHEN unit = 'USD' AND abs(value) >= 1e9 THEN '$' || format('{:.6g}', value / 1e9) || ' billion'
    WHEN unit = 'USD' AND abs(value) >= 1e6 THEN '$' || format('{:.6g}', value / 1e6) || ' million'
    WHEN unit = 'USD' AND value <> floor(value) THEN '$' || format('{:,.2f}', value)
    WHEN unit = 'USD' THEN '$' || format('{:,}', value::BIGINT)
    WHEN value <> floor(value) OR abs(value) >= 9e18 THEN format('{:.6g}', value) || if(unit = '%', '%', '')
    ELSE format('{:,}', value::BIGINT) || if(unit = '%', '%', '')
END;
