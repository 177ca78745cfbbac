-- One row per fact of an initiative, the latest 60 of each.
WITH latest AS (
    SELECT
        fact_id,
        initiative_id,
        release_id,
        published,
        stated_on
    FROM report_fact
    WHERE initiative_id IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY initiative_id ORDER BY stated_on DESC, fact_id ASC) <= 60
)

SELECT
    latest.initiative_id,
    latest.fact_id::VARCHAR AS fact_id,
    report_quote.version_id::VARCHAR AS version_id,
    report_quote.quote,
    report_quote.number_start,
    report_quote.number_end,
    report_origin.publisher,
    latest.published
FROM latest
INNER JOIN report_quote ON latest.fact_id = report_quote.fact_id
INNER JOIN report_origin ON latest.release_id = report_origin.release_id
ORDER BY latest.initiative_id ASC, latest.stated_on DESC, latest.fact_id ASC;
