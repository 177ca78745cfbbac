-- finding_scope: one row per pair of series of which one population includes the other and both have a stated level.
CREATE OR REPLACE VIEW store.finding_scope AS
SELECT
    'scope' AS kind,
    'info' AS severity,
    overlap.wider_series_id AS series_id,
    wider.level_fact_id AS fact_id_a,
    narrower.level_fact_id AS fact_id_b,
    wider.level_shown || ' ' || counted_words(overlap.wider_population, wider.level_shown)
    || if(wider.level_shown = '1', ' includes ', ' include ')
    || narrower.level_shown || ' ' || counted_words(overlap.narrower_population, narrower.level_shown)
    || ': no conflict.' AS message,
    concat_ws('|', overlap.wider_series_id, overlap.narrower_series_id) AS finding_key
FROM store.series_overlap AS overlap
INNER JOIN store.series_level AS wider ON overlap.wider_series_id = wider.series_id
INNER JOIN store.series_level AS narrower ON overlap.narrower_series_id = narrower.series_id
WHERE wider.level_basis = 'stated' AND narrower.level_basis = 'stated';

COMMENT ON VIEW store.finding_scope IS 'One row per pair of series of which one population includes the other''s.';
COMMENT ON COLUMN store.finding_scope.finding_key IS 'What the finding is known by among those of its kind.';
