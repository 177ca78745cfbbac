-- Which sources answer, which have gone quiet, and how much of what they say with numbers is understood?
SELECT
    source_health.source_id,
    source_health.status,
    source_health.last_ok_look,
    source_health.quiet_days_now,
    sum(coverage.releases) AS releases,
    round(100 * (1 - sum(coverage.silent_sentences) / nullif(sum(coverage.number_sentences), 0))) AS percent_understood
FROM source_health
LEFT JOIN coverage ON source_health.source_id = coverage.source_id
GROUP BY ALL
ORDER BY source_health.source_id;
