-- One row per place and fact that names it, the latest 60 of each place.
WITH latest AS (
    SELECT
        fact_place.place_id,
        report_fact.fact_id,
        report_fact.release_id,
        report_fact.published,
        report_fact.stated_on
    FROM fact_place
    INNER JOIN report_fact ON fact_place.fact_id = report_fact.fact_id
    WHERE fact_place.superseded_at IS NULL AND fact_place.place_id IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY fact_place.place_id ORDER BY report_fact.stated_on DESC, report_fact.fact_id ASC
    ) <= 60
)

SELECT
    latest.place_id,
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
ORDER BY latest.place_id ASC, latest.stated_on DESC, latest.fact_id ASC;
