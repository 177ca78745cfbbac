-- facts_between(first_day, last_day): one row per fact in force that stands at a date in the world between the two, both included.
CREATE OR REPLACE MACRO facts_between(first_day, last_day) AS TABLE -- noqa: CP05
    SELECT fact_current.*
    FROM fact_current
    WHERE fact_current.stands_on BETWEEN first_day::DATE AND last_day::DATE; -- noqa: RF03
