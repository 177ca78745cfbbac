-- ledger_clock: one row: the logical time that the marts speak of, that of the last run.
CREATE OR REPLACE TABLE store.ledger_clock AS
SELECT
    max(logical_time) AS ledger_time,
    max(logical_time)::DATE AS today
FROM run;

COMMENT ON TABLE store.ledger_clock IS 'One row: the logical time that the marts speak of, that of the last run.';
COMMENT ON COLUMN store.ledger_clock.ledger_time IS 'Logical time (UTC) of the last run.';
COMMENT ON COLUMN store.ledger_clock.today IS 'Its date; deadlines are held against it.';
