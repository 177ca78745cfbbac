-- evidence_reads_back: facts whose quote does not stand in the stored text where the ledger says it stands.
-- expected: 0
-- kind: row
-- remedy: Run `commitments rebuild`; if they remain, the extractor's offsets are wrong.
SELECT
    fact.fact_id,
    'the text at ' || evidence.start_offset || ' to ' || evidence.end_offset || ' is not the quote' AS reason
FROM fact
INNER JOIN fact_evidence AS evidence ON fact.fact_id = evidence.fact_id AND evidence.superseded_at IS NULL
INNER JOIN release_version AS version ON evidence.version_id = version.version_id AND version.superseded_at IS NULL
WHERE
    fact.superseded_at IS NULL
    AND substring(version.text, evidence.start_offset + 1, evidence.end_offset - evidence.start_offset) <> fact.quote
