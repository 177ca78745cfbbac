-- What a careful reader would point out, gravest first, with both sides' sentences.
SELECT
    finding.kind,
    finding.severity,
    finding.initiative,
    finding.message,
    first_side.quote AS quote_a,
    second_side.quote AS quote_b
FROM finding
LEFT JOIN fact_current AS first_side ON finding.fact_id_a = first_side.fact_id
LEFT JOIN fact_current AS second_side ON finding.fact_id_b = second_side.fact_id
ORDER BY
    array_position(['error', 'warning', 'info'], finding.severity), finding.kind, finding.message;
