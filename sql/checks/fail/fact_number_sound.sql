-- fact_number_sound: facts whose number cannot be meant: none for a quantity, negative, endless, or a range without its end.
-- expected: 0
-- kind: row
-- remedy: Look at the quote and mend the quantity rule that the fact names, or write a correction.
SELECT
    fact_id,
    CASE
        WHEN value IS NULL THEN 'a quantity without a number'
        WHEN NOT isfinite(value) OR NOT isfinite(coalesce(value_max, 0)) THEN 'a number without end'
        WHEN value < 0 THEN 'a negative number'
        WHEN bound = 'range' AND value_max IS NULL THEN 'a range without its upper end'
        ELSE 'a range that ends below its beginning'
    END AS reason
FROM fact
WHERE
    superseded_at IS NULL
    AND kind = 'quantity'
    AND (
        value IS NULL OR NOT isfinite(value) OR value < 0 OR NOT isfinite(coalesce(value_max, 0))
        OR (bound = 'range' AND value_max IS NULL) OR value_max < value
    )
