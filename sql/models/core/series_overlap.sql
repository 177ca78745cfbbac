-- series_overlap: one row per pair of series of one initiative, measure and scope whose populations differ and of which the wider
-- includes the narrower: each of its heads is a head of the wider, or such a head with a modifier (US city among city).
CREATE OR REPLACE TABLE store.series_overlap AS
WITH headed AS (
    SELECT
        series_id,
        initiative_id,
        measure,
        scope_place_id,
        population,
        string_split(population, '|') AS heads
    FROM store.series_state
    WHERE population IS NOT NULL AND initiative_id IS NOT NULL
)

SELECT
    wider.series_id AS wider_series_id,
    narrower.series_id AS narrower_series_id,
    wider.population AS wider_population,
    narrower.population AS narrower_population
FROM headed AS wider
INNER JOIN headed AS narrower
    ON
        wider.initiative_id = narrower.initiative_id
        AND wider.measure = narrower.measure
        AND wider.scope_place_id IS NOT DISTINCT FROM narrower.scope_place_id
        AND wider.population <> narrower.population
WHERE
    list_bool_and(
        list_transform(
            narrower.heads,
            LAMBDA head: list_bool_or(
                list_transform(wider.heads, LAMBDA whole: head = whole OR ends_with(head, ' ' || whole))
            )
        )
    );

COMMENT ON TABLE store.series_overlap IS
'One row per pair of series of which one counts a population that includes the other''s: linked as scope, never in conflict.';
COMMENT ON COLUMN store.series_overlap.wider_series_id IS 'The series that counts more.';
COMMENT ON COLUMN store.series_overlap.narrower_series_id IS 'The series that counts a part of it.';
COMMENT ON COLUMN store.series_overlap.wider_population IS 'Population of the wider series.';
COMMENT ON COLUMN store.series_overlap.narrower_population IS 'Population of the narrower series.';
