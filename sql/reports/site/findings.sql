-- One row per finding of an initiative, at most 50 an initiative.
-- A side that is no longer in force (a number that the publisher revised) stands on the page of a version that stated it.
WITH placed AS (
    SELECT
        fact_id,
        arg_max(version_id, (recorded_at, version_id)) AS version_id
    FROM fact_evidence
    WHERE
        superseded_at IS NULL
        AND fact_id IN (
            SELECT fact_id_a FROM finding
            UNION ALL
            SELECT fact_id_b FROM finding
        )
    GROUP BY fact_id
)

SELECT
    finding.initiative_id,
    finding.kind,
    finding.severity,
    finding.message,
    finding.shown_a,
    finding.shown_b,
    finding.fact_id_a,
    coalesce(side_a.version_id, placed_a.version_id) AS version_id_a,
    finding.fact_id_b,
    coalesce(side_b.version_id, placed_b.version_id) AS version_id_b
FROM finding
LEFT JOIN report_fact AS side_a ON finding.fact_id_a = side_a.fact_id
LEFT JOIN report_fact AS side_b ON finding.fact_id_b = side_b.fact_id
LEFT JOIN placed AS placed_a ON finding.fact_id_a = placed_a.fact_id
LEFT JOIN placed AS placed_b ON finding.fact_id_b = placed_b.fact_id
WHERE finding.initiative_id IS NOT NULL
QUALIFY
    row_number() OVER (
        PARTITION BY finding.initiative_id ORDER BY finding.severity = 'info', finding.first_seen DESC, finding.finding_id ASC
    ) <= 50
ORDER BY finding.initiative_id ASC, finding.severity = 'info', finding.first_seen DESC, finding.finding_id ASC;
