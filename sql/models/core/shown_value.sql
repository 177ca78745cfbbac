-- shown_value: a number with its hedge, as the release said it: more than 800, up to $40 million, 10 to 15.
CREATE OR REPLACE MACRO shown_value(bound, value, value_max, unit) AS -- noqa: CP05
CASE bound
    WHEN '=' THEN shown_number(value, unit)
    WHEN '>' THEN 'more than ' || shown_number(value, unit)
    WHEN '>=' THEN 'at least ' || shown_number(value, unit)
    WHEN '<' THEN if(unit IN ('USD', '%'), 'less than ', 'fewer than ') || shown_number(value, unit)
    WHEN '<=' THEN 'up to ' || shown_number(value, unit)
    WHEN '~' THEN 'about ' || shown_number(value, unit)
    WHEN 'range' THEN shown_number(value, unit) || ' to ' || shown_number(value_max, unit)
END;
