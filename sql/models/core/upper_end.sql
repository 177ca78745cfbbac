-- upper_end: the upper end of the interval that a stated number stands for.
CREATE OR REPLACE MACRO upper_end(bound, value, value_max) AS -- noqa: CP05
CASE
    WHEN bound IN ('=', '<', '<=') THEN value
    WHEN bound = '~' THEN 1.1 * value
    WHEN bound = 'range' THEN value_max
    WHEN bound IN ('>', '>=') THEN 'infinity'::DOUBLE
END;
