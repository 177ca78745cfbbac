-- period_end: last day of the day, month, quarter or year that a date stands for.
CREATE OR REPLACE MACRO period_end(day, day_precision) AS -- noqa: CP05
CASE coalesce(day_precision, 'day')
    WHEN 'day' THEN day
    WHEN 'month' THEN (date_trunc('month', day) + INTERVAL 1 MONTH - INTERVAL 1 DAY)::DATE
    WHEN 'quarter' THEN (date_trunc('quarter', day) + INTERVAL 3 MONTH - INTERVAL 1 DAY)::DATE
    WHEN 'year' THEN (date_trunc('year', day) + INTERVAL 1 YEAR - INTERVAL 1 DAY)::DATE
END;
