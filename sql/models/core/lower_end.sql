-- lower_end: the lower end of the interval that a stated number stands for (values are intervals, never points by accident).
CREATE OR REPLACE MACRO lower_end(bound, value) AS -- noqa: CP05
CASE
    WHEN bound IN ('=', '>', '>=', 'range') THEN value
    WHEN bound = '~' THEN 0.9 * value
    WHEN bound IN ('<', '<=') THEN '-infinity'::DOUBLE
END;
