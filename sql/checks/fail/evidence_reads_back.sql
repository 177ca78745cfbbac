-- evidence_reads_back: facts whose quote does not stand in the stored text where the ledger says it stands.
-- expected: 0
-- kind: row
-- remedy: Run `commitments rebuild`; if they remain, the extractor's offsets are wrong.
-- Texts are long and facts many, so both sides are joined by the hash of their words.
WITH stated AS (
    SELECT
        evidence.fact_id,
        evidence.start_offset,
        evidence.end_offset,
        hash(substring(version.text, evidence.start_offset + 1, evidence.end_offset - evidence.start_offset)) AS wording
    FROM fact_evidence AS evidence
    INNER JOIN release_version AS version ON evidence.version_id = version.version_id AND version.superseded_at IS NULL
    WHERE evidence.superseded_at IS NULL
),

quoted AS (
    SELECT
        fact_id,
        hash(quote) AS wording
    FROM fact
    WHERE superseded_at IS NULL
)

SELECT
    quoted.fact_id,
    'the text at ' || stated.start_offset || ' to ' || stated.end_offset || ' is not the quote' AS reason
FROM quoted
INNER JOIN stated ON quoted.fact_id = stated.fact_id
WHERE quoted.wording <> stated.wording
