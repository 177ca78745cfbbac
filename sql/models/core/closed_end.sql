-- closed_end: an end of an interval as the marts show it: empty where the interval is open.
CREATE OR REPLACE MACRO closed_end(interval_end) AS -- noqa: CP05
CASE WHEN isfinite(interval_end) THEN interval_end END;
