-- One row per release version with a key that changes when its page would: its facts, its neighbours, the withdrawal.
WITH fact_state AS (
    SELECT
        fact_id,
        max(recorded_at) AS recorded_at
    FROM fact
    GROUP BY fact_id
),

stated AS (
    SELECT
        fact_evidence.version_id,
        md5(string_agg(concat_ws('|', fact_state.fact_id, fact_state.recorded_at), ',' ORDER BY fact_state.fact_id)) AS facts_key
    FROM fact_evidence
    INNER JOIN fact_state ON fact_evidence.fact_id = fact_state.fact_id
    WHERE fact_evidence.superseded_at IS NULL
    GROUP BY fact_evidence.version_id
)

SELECT
    report_version.version_id,
    md5(
        concat_ws(
            '|',
            report_version.title,
            report_version.published,
            report_version.previous_version_id,
            report_version.next_version_id,
            report_version.gone_since,
            stated.facts_key
        )
    ) AS page_key
FROM report_version
LEFT JOIN stated ON report_version.version_id = stated.version_id
ORDER BY report_version.version_id;
