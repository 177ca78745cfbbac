-- One row per fact of an initiative, the latest 60 of each.
WITH latest AS (
    SELECT
        fact_id,
        initiative_id,
        stated_on
    FROM fact_current
    WHERE initiative_id IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY initiative_id ORDER BY stated_on DESC, fact_id ASC) <= 60
)

SELECT
    latest.initiative_id,
    fact_current.fact_id,
    fact_current.version_id,
    fact_current.quote,
    fact_current.number_start - fact_current.start_offset AS number_start,
    fact_current.number_end - fact_current.start_offset AS number_end,
    report_origin.publisher,
    fact_current.published
FROM latest
INNER JOIN fact_current ON latest.fact_id = fact_current.fact_id
INNER JOIN report_origin ON fact_current.release_id = report_origin.release_id
ORDER BY latest.initiative_id ASC, latest.stated_on DESC, fact_current.fact_id ASC;
