-- One row per place and fact that names it, the latest 60 of each place.
SELECT
    fact_place.place_id,
    fact_current.fact_id,
    fact_current.version_id,
    fact_current.quote,
    fact_current.number_start - fact_current.start_offset AS number_start,
    fact_current.number_end - fact_current.start_offset AS number_end,
    report_origin.publisher,
    fact_current.published
FROM fact_place
INNER JOIN fact_current ON fact_place.fact_id = fact_current.fact_id
INNER JOIN report_origin ON fact_current.release_id = report_origin.release_id
WHERE fact_place.superseded_at IS NULL AND fact_place.place_id IS NOT NULL
QUALIFY
    row_number() OVER (
        PARTITION BY fact_place.place_id ORDER BY fact_current.stated_on DESC, fact_current.fact_id ASC
    ) <= 60
ORDER BY fact_place.place_id ASC, fact_current.stated_on DESC, fact_current.fact_id ASC;
