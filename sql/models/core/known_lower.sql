-- known_lower: one row per stated level of a series where the number should not go down, beside the strongest lower bound that
-- was stated for an earlier date. Word-for-word repeats are old news and left out.
CREATE OR REPLACE TABLE store.known_lower AS
WITH compared AS (
    SELECT
        sighting.fact_id,
        sighting.series_id,
        sighting.bound,
        sighting.value,
        sighting.value_max,
        sighting.unit,
        sighting.lower,
        sighting.stands_on,
        -- Of equal bounds the one stated last, so that the same ledger always names the same fact.
        arg_max(
            {
                'fact_id': sighting.fact_id,
                'bound': sighting.bound,
                'value': sighting.value,
                'value_max': sighting.value_max,
                'lower': sighting.lower
            },
            (sighting.lower, sighting.stands_on, sighting.fact_id)
        ) OVER earlier AS strongest
    FROM store.sighting AS sighting
    INNER JOIN store.series_state AS series ON sighting.series_id = series.series_id
    WHERE
        sighting.role = 'level' AND sighting.repeat_kind <> 'verbatim' AND sighting.stands_on IS NOT NULL
        AND series.direction = 1
    WINDOW earlier AS (
        PARTITION BY sighting.series_id ORDER BY sighting.stands_on
        RANGE BETWEEN UNBOUNDED PRECEDING AND INTERVAL 1 DAY PRECEDING
    )
)

SELECT
    compared.* EXCLUDE (strongest), -- noqa: RF03
    compared.strongest.lower AS strongest_lower,
    compared.strongest.fact_id AS strongest_fact_id,
    compared.strongest.bound AS strongest_bound,
    compared.strongest.value AS strongest_value,
    compared.strongest.value_max AS strongest_value_max
FROM compared;

COMMENT ON TABLE store.known_lower IS 'One row per stated level, beside the strongest lower bound stated for an earlier date.';
COMMENT ON COLUMN store.known_lower.strongest_lower IS 'The strongest lower end stated for an earlier date.';
COMMENT ON COLUMN store.known_lower.strongest_fact_id IS 'The fact that states it.';
COMMENT ON COLUMN store.known_lower.strongest_bound IS 'Its hedge.';
COMMENT ON COLUMN store.known_lower.strongest_value IS 'Its number.';
COMMENT ON COLUMN store.known_lower.strongest_value_max IS 'The upper end, where it is a range.';
