-- title: What does not fit together
-- grain: One row per finding that is new in the edition's time.
SELECT
    coalesce(report_series.initiative_id, finding.initiative_id) AS initiative_id,
    coalesce(report_series.initiative, finding.initiative) AS initiative,
    report_series.topic,
    coalesce(report_series.topics, []) AS topics,
    coalesce(report_series.place_ids, []) AS place_ids,
    coalesce(report_series.places, []) AS places,
    report_series.series_id,
    report_series.measure,
    report_series.population,
    report_series.scope,
    report_origin.source_ids,
    report_origin.publishers,
    finding.kind,
    finding.severity,
    finding.message,
    finding.fact_id_a,
    finding.fact_id_b,
    finding.shown_a,
    finding.shown_b
FROM finding
INNER JOIN report_origin ON coalesce(finding.release_id_b, finding.release_id_a) = report_origin.release_id
LEFT JOIN report_series ON finding.series_id = report_series.series_id
WHERE
    within_edition(finding.first_seen)
    AND NOT finding.is_baseline AND NOT finding.is_archive
ORDER BY
    CASE finding.severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END,
    finding.kind,
    report_series.initiative NULLS LAST,
    finding.finding_id;
