-- One row per finding of an initiative, at most 50 an initiative.
SELECT
    finding.initiative_id,
    finding.kind,
    finding.severity,
    finding.message,
    finding.shown_a,
    finding.shown_b,
    finding.fact_id_a,
    side_a.version_id AS version_id_a,
    finding.fact_id_b,
    side_b.version_id AS version_id_b
FROM finding
LEFT JOIN report_fact AS side_a ON finding.fact_id_a = side_a.fact_id
LEFT JOIN report_fact AS side_b ON finding.fact_id_b = side_b.fact_id
WHERE finding.initiative_id IS NOT NULL
QUALIFY
    row_number() OVER (
        PARTITION BY finding.initiative_id ORDER BY finding.severity = 'info', finding.first_seen DESC, finding.finding_id ASC
    ) <= 50
ORDER BY finding.initiative_id ASC, finding.severity = 'info', finding.first_seen DESC, finding.finding_id ASC;
