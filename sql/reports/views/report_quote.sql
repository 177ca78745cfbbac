-- One row per fact in force: its sentence, with the place of its number in it.
CREATE OR REPLACE TEMP VIEW report_quote AS
SELECT
    fact.fact_id,
    fact.quote,
    fact_evidence.version_id,
    fact_evidence.number_start - fact_evidence.start_offset AS number_start,
    fact_evidence.number_end - fact_evidence.start_offset AS number_end
FROM store.fact_state AS state
INNER JOIN fact ON state.fact_id = fact.fact_id AND fact.superseded_at IS NULL
INNER JOIN fact_evidence
    ON
        state.fact_id = fact_evidence.fact_id AND state.version_id = fact_evidence.version_id
        AND fact_evidence.superseded_at IS NULL;
