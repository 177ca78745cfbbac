-- sighting: one row per fact in force that states a level, an increase or a target of a series, in the order in which they
-- were stated, and whether it repeats an earlier one. The same series, stage, bound and value stated again is `verbatim`
-- (nearly the same words) or `restated` (new words); a second statement in the same release is `same release`. None is news.
--
-- An increase without a total of its series in the same release is a derived level: "at least N".
CREATE OR REPLACE TABLE store.sighting AS
WITH stated AS (
    SELECT
        *,
        CASE
            WHEN stage = 'total' THEN 'level'
            WHEN stage = 'target' THEN 'target'
            WHEN bool_or(stage = 'total') OVER (PARTITION BY series_id, release_id) THEN 'increase'
            ELSE 'derived'
        END AS role
    FROM store.fact_state
    WHERE series_id IS NOT NULL AND value IS NOT NULL AND stage IN ('total', 'increase', 'target')
),

ranked AS (
    SELECT
        *,
        row_number() OVER same_figure AS sighting_number,
        lag(release_id) OVER same_figure AS previous_release_id,
        first_value(fact_id) OVER same_figure AS first_fact_id
    FROM stated
    WINDOW same_figure AS (
        PARTITION BY series_id, role, bound, value, value_max
        ORDER BY stated_on, first_seen, release_id, start_offset, fact_id
    )
),

-- Equal quotes are found by their hash; only different wordings of one figure are compared word by word.
worded AS (
    SELECT
        *,
        lag(fact_id) OVER same_words AS same_words_fact_id
    FROM ranked
    WINDOW same_words AS (PARTITION BY first_fact_id, wording ORDER BY sighting_number)
),

new_wording AS (
    SELECT
        worded.fact_id,
        worded.first_fact_id,
        worded.sighting_number,
        quote_words(fact.quote) AS words
    FROM worded
    INNER JOIN fact ON worded.fact_id = fact.fact_id AND fact.superseded_at IS NULL
    WHERE
        worded.same_words_fact_id IS NULL
        AND worded.first_fact_id IN (
            SELECT other.first_fact_id FROM worded AS other
            WHERE other.same_words_fact_id IS NULL AND other.sighting_number > 1
        )
),

close_wording AS (
    SELECT
        later.fact_id,
        arg_max(earlier.fact_id, earlier.sighting_number) AS close_fact_id
    FROM new_wording AS later
    INNER JOIN new_wording AS earlier
        ON later.first_fact_id = earlier.first_fact_id AND later.sighting_number > earlier.sighting_number
    WHERE is_verbatim(word_similarity(later.words, earlier.words))
    GROUP BY later.fact_id
)

SELECT
    worded.fact_id,
    worded.series_id,
    worded.role,
    worded.bound,
    worded.value,
    worded.value_max,
    worded.lower,
    worded.upper,
    worded.unit,
    worded.since,
    worded.deadline,
    worded.deadline_precision,
    worded.release_id,
    worded.start_offset,
    worded.stated_on,
    worded.stands_on,
    worded.stands_precision,
    worded.first_seen,
    worded.is_baseline,
    worded.is_archive,
    worded.first_fact_id,
    coalesce(worded.same_words_fact_id, close_wording.close_fact_id) AS repeated_fact_id,
    CASE
        WHEN worded.sighting_number = 1 THEN 'first'
        WHEN worded.release_id = worded.previous_release_id THEN 'same release'
        WHEN coalesce(worded.same_words_fact_id, close_wording.close_fact_id) IS NOT NULL THEN 'verbatim'
        ELSE 'restated'
    END AS repeat_kind
FROM worded
LEFT JOIN close_wording ON worded.fact_id = close_wording.fact_id;

COMMENT ON TABLE store.sighting IS
'One row per fact in force that states a level, an increase or a target of a series, and whether it repeats an earlier one.';
COMMENT ON COLUMN store.sighting.role IS
'level (a total), target, increase (beside a total, which it checks) or derived (an increase alone: at least that many).';
COMMENT ON COLUMN store.sighting.first_fact_id IS 'The first statement of the same figure.';
COMMENT ON COLUMN store.sighting.repeated_fact_id IS
'The latest earlier statement of the figure in the same or nearly the same words; empty where there is none.';
COMMENT ON COLUMN store.sighting.repeat_kind IS 'first, same release, verbatim or restated.';
