-- One row per fact of getvariable('fact_ids'): the sentence behind it, in the first version that states it, and where that stands.
WITH placed AS (
    SELECT
        fact_evidence.fact_id,
        fact_evidence.version_id,
        fact_evidence.start_offset,
        fact_evidence.number_start,
        fact_evidence.number_end,
        release_version.title,
        release_version.published,
        release_version.release_id,
        release_version.first_seen
    FROM fact_evidence
    INNER JOIN release_version ON fact_evidence.version_id = release_version.version_id
    WHERE fact_evidence.fact_id IN (SELECT unnest(getvariable('fact_ids')::UUID[]))
    QUALIFY row_number() OVER (
        PARTITION BY fact_evidence.fact_id
        ORDER BY
            fact_evidence.superseded_at IS NOT NULL,
            release_version.superseded_at IS NOT NULL,
            release_version.first_seen ASC,
            fact_evidence.recorded_at DESC,
            fact_evidence.version_id ASC
    ) = 1
),

quoted AS (
    SELECT
        fact_id,
        arg_max(quote, recorded_at) AS quote
    FROM fact
    WHERE fact_id IN (SELECT unnest(getvariable('fact_ids')::UUID[]))
    GROUP BY fact_id
)

SELECT
    placed.fact_id,
    placed.version_id,
    placed.title,
    report_origin.url,
    report_origin.publisher,
    placed.published,
    quoted.quote,
    placed.number_start - placed.start_offset AS number_start,
    placed.number_end - placed.start_offset AS number_end
FROM placed
INNER JOIN quoted ON placed.fact_id = quoted.fact_id
INNER JOIN report_origin ON placed.release_id = report_origin.release_id
ORDER BY placed.fact_id;
