-- One row per fact in force: the narrow table behind fact_current, which reports join by the hundred thousand.
CREATE OR REPLACE TEMP VIEW report_fact AS
SELECT *
FROM store.fact_state;
