-- shown_value: a number with its hedge, as the release said it: more than 800, up to $40 million, 10 to 15.
CREATE OR REPLACE MACRO shown_value(bound, value, value_max, unit) AS -- noqa: CP05
CASE bound
    WHEN '>' THEN 'more than '
    WHEN '>=' THEN 'at least '
    WHEN '<' THEN if(unit IN ('USD', '%'), 'less than ', 'fewer than ')
    WHEN '<=' THEN 'up to '
    WHEN '~' THEN 'about '
    ELSE ''
END
|| shown_number(value, unit)
|| if(bound = 'range', ' to ' || shown_number(value_max, unit), '');
