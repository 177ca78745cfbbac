-- finding_carry_over: one row per quote of a later release that repeats an earlier one word for word and tells it as news.
CREATE OR REPLACE VIEW store.finding_carry_over AS
WITH told_as_news AS (
    SELECT
        sighting.*,
        fact.quote,
        fact.release_id AS later_release_id
    FROM store.sighting AS sighting
    INNER JOIN fact ON sighting.fact_id = fact.fact_id AND fact.superseded_at IS NULL
    WHERE
        sighting.repeat_kind = 'verbatim'
        AND regexp_matches(
            lower(fact.quote), '\b(today|new|newly|now|additional|just|this week|this month|announc\w*|launch\w*)\b'
        )
),

-- Several numbers of one sentence are one carried-over sentence.
sentence AS (
    SELECT *
    FROM told_as_news
    QUALIFY
        row_number() OVER (
            PARTITION BY later_release_id, quote ORDER BY role = 'level' DESC, start_offset, fact_id ASC
        ) = 1
)

SELECT
    'carry-over' AS kind,
    'warning' AS severity,
    sentence.series_id,
    sentence.repeated_fact_id AS fact_id_a,
    sentence.fact_id AS fact_id_b,
    'Told as news, but a repeat of ' || earlier.stated_on::VARCHAR || ' in nearly the same words.' AS message,
    concat_ws('|', sentence.repeated_fact_id, sentence.fact_id) AS finding_key
FROM sentence
INNER JOIN store.fact_state AS earlier ON sentence.repeated_fact_id = earlier.fact_id;

COMMENT ON VIEW store.finding_carry_over IS 'One row per quote that repeats an earlier release word for word and tells it as news.';
COMMENT ON COLUMN store.finding_carry_over.finding_key IS 'What the finding is known by among those of its kind.';
