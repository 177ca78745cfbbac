-- closed_end: an end of an interval as the marts show it: empty where the interval is open.
CREATE OR REPLACE MACRO closed_end(interval_end) AS
CASE WHEN isfinite(interval_end) THEN interval_end END;

COMMENT ON MACRO closed_end IS 'An end of an interval; empty where the interval is open.';
