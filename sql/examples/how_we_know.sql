-- The sentence behind each of the latest levels, with its address and its place in the text.
SELECT
    series.label,
    series.level_shown,
    fact_current.quote,
    fact_current.url,
    fact_current.start_offset,
    fact_current.end_offset,
    fact_current.text_sha256
FROM series
INNER JOIN fact_current ON series.level_fact_id = fact_current.fact_id
ORDER BY series.label;
