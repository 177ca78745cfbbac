-- target_history: one row per target of a series and the time in which it was the valid one. Valid is what was stated last in
-- other than repeated words: a verbatim repeat of a target changes nothing, in new words it is stated anew. Targets that stand
-- side by side in one release are valid together. A restatement that leaves the deadline out keeps the one it had.
CREATE OR REPLACE TABLE store.target_history AS
WITH target_sighting AS (
    SELECT
        sighting.*,
        sighting.bound IN ('<', '<=') AND series_state.direction = 1 AS is_ceiling
    FROM store.sighting AS sighting
    INNER JOIN store.series_state AS series_state ON sighting.series_id = series_state.series_id
    WHERE sighting.role = 'target'
),

told AS (
    SELECT
        * EXCLUDE (deadline),
        coalesce(
            deadline,
            last_value(deadline IGNORE NULLS) OVER (
                PARTITION BY series_id, value, value_max, is_ceiling ORDER BY stated_on, release_id, start_offset, fact_id
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
            ),
            first_value(deadline IGNORE NULLS) OVER (
                PARTITION BY series_id, value, value_max, is_ceiling ORDER BY stated_on, release_id, start_offset, fact_id
                ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
            )
        ) AS deadline,
        dense_rank() OVER (PARTITION BY series_id ORDER BY stated_on, release_id) AS telling
    FROM target_sighting
    WHERE repeat_kind <> 'verbatim'
),

telling AS (
    SELECT
        series_id,
        telling,
        min(stated_on) AS told_on,
        lead(min(stated_on)) OVER (PARTITION BY series_id ORDER BY telling) AS next_told_on
    FROM told
    GROUP BY series_id, telling
),

-- A target told in consecutive releases is one entry; told again after another one, it is a new entry.
numbered AS (
    SELECT
        *,
        telling - dense_rank() OVER (PARTITION BY series_id, value, value_max, is_ceiling, deadline ORDER BY telling) AS run
    FROM told
),

entry AS (
    SELECT
        series_id,
        value,
        value_max,
        is_ceiling,
        deadline,
        arg_min(bound, (telling, start_offset, fact_id)) AS bound,
        arg_min(unit, (telling, start_offset, fact_id)) AS unit,
        arg_min(lower, (telling, start_offset, fact_id)) AS lower,
        arg_min(upper, (telling, start_offset, fact_id)) AS upper,
        arg_min(fact_id, (telling, start_offset, fact_id)) AS fact_id,
        arg_min(release_id, (telling, start_offset, fact_id)) AS release_id,
        arg_max(fact_id, (telling, start_offset, fact_id)) AS last_fact_id,
        arg_min(deadline_precision, (telling, start_offset, fact_id)) AS deadline_precision,
        min(stated_on) AS stated_on,
        max(stated_on) AS last_stated,
        max(telling) AS last_telling,
        count(*) AS sightings,
        min(first_seen) AS first_seen,
        arg_min(is_baseline, (first_seen, telling, start_offset, fact_id)) AS is_baseline,
        arg_min(is_archive, (first_seen, telling, start_offset, fact_id)) AS is_archive
    FROM numbered
    GROUP BY series_id, value, value_max, is_ceiling, deadline, run
)

SELECT
    row_id(['target', entry.fact_id::VARCHAR]) AS target_id,
    entry.series_id,
    entry.bound,
    entry.value,
    entry.value_max,
    closed_end(entry.lower) AS lower,
    closed_end(entry.upper) AS upper,
    entry.unit,
    shown_value(entry.bound, entry.value, entry.value_max, entry.unit) AS shown,
    entry.deadline,
    entry.deadline_precision,
    entry.stated_on,
    telling.next_told_on AS valid_to,
    telling.next_told_on IS NULL AS is_current,
    entry.is_ceiling,
    entry.last_stated,
    entry.sightings,
    entry.fact_id,
    entry.last_fact_id,
    entry.release_id,
    entry.first_seen,
    entry.is_baseline,
    entry.is_archive
FROM entry
INNER JOIN telling ON entry.series_id = telling.series_id AND entry.last_telling = telling.telling;

COMMENT ON TABLE store.target_history IS
'One row per target of a series and the time in which it was the valid one; repeats in the same words change nothing.';
COMMENT ON COLUMN store.target_history.target_id IS 'Key of the entry.';
COMMENT ON COLUMN store.target_history.shown IS 'The target with its hedge, as the release said it.';
COMMENT ON COLUMN store.target_history.stated_on IS 'The day on which it was set.';
COMMENT ON COLUMN store.target_history.valid_to IS 'The day on which another target took its place; empty while it is valid.';
COMMENT ON COLUMN store.target_history.is_current IS 'True while it is the valid target.';
COMMENT ON COLUMN store.target_history.is_ceiling IS 'True for an upper bound such as money on offer: shown, never judged.';
COMMENT ON COLUMN store.target_history.last_stated IS 'When it was last stated in other than repeated words.';
COMMENT ON COLUMN store.target_history.sightings IS 'How many statements of it there are, word-for-word repeats left out.';
COMMENT ON COLUMN store.target_history.fact_id IS 'The fact that sets it.';
COMMENT ON COLUMN store.target_history.last_fact_id IS 'The fact that states it last.';
COMMENT ON COLUMN store.target_history.release_id IS 'The release that sets it.';
