-- finding: one row per thing that a careful reader would point out, typed, with both sides' evidence.
CREATE OR REPLACE TABLE store.finding AS
WITH every_kind AS (
    SELECT * FROM store.finding_true_conflict
    UNION ALL
    SELECT * FROM store.finding_scope
    UNION ALL
    SELECT * FROM store.finding_period
    UNION ALL
    SELECT * FROM store.finding_revision
    UNION ALL
    SELECT * FROM store.finding_hedge_drift
    UNION ALL
    SELECT * FROM store.finding_weaker_bound
    UNION ALL
    SELECT * FROM store.finding_fall
    UNION ALL
    SELECT * FROM store.finding_carry_over
    UNION ALL
    SELECT * FROM store.finding_stale_target
    UNION ALL
    SELECT * FROM store.finding_arithmetic
    UNION ALL
    SELECT * FROM store.finding_implausible
)

SELECT
    row_id([every_kind.kind, every_kind.finding_key]) AS finding_id,
    every_kind.kind,
    every_kind.severity,
    every_kind.series_id,
    series.initiative_id,
    series.initiative,
    every_kind.message,
    every_kind.fact_id_a,
    every_kind.fact_id_b,
    side_a.release_id AS release_id_a,
    side_b.release_id AS release_id_b,
    shown_value(side_a.bound, side_a.value, side_a.value_max, side_a.unit) AS shown_a,
    shown_value(side_b.bound, side_b.value, side_b.value_max, side_b.unit) AS shown_b,
    greatest(side_a.first_seen, side_b.first_seen) AS first_seen,
    coalesce(side_a.is_baseline, TRUE) AND coalesce(side_b.is_baseline, TRUE) AS is_baseline,
    coalesce(side_a.is_archive, TRUE) AND coalesce(side_b.is_archive, TRUE) AS is_archive
FROM every_kind
LEFT JOIN store.series_state AS series ON every_kind.series_id = series.series_id
LEFT JOIN store.fact_state AS side_a ON every_kind.fact_id_a = side_a.fact_id
LEFT JOIN store.fact_state AS side_b ON every_kind.fact_id_b = side_b.fact_id;

COMMENT ON TABLE store.finding IS
'One row per thing that a careful reader would point out (conflict, scope, repeat, fall...), with both sides'' evidence.';
COMMENT ON COLUMN store.finding.finding_id IS 'Key of the finding: stays while the finding stands.';
COMMENT ON COLUMN store.finding.kind IS
'true conflict, scope, period, revision, hedge drift, weaker bound, fall, carry-over, stale target, arithmetic or implausible.';
COMMENT ON COLUMN store.finding.severity IS 'info, warning or error.';
COMMENT ON COLUMN store.finding.message IS 'What was found, in one sentence.';
COMMENT ON COLUMN store.finding.fact_id_a IS 'The earlier or wider side; empty where there is only one.';
COMMENT ON COLUMN store.finding.fact_id_b IS 'The later or narrower side.';
COMMENT ON COLUMN store.finding.release_id_a IS 'Release of the first side.';
COMMENT ON COLUMN store.finding.release_id_b IS 'Release of the second side.';
COMMENT ON COLUMN store.finding.shown_a IS 'The first side''s figure with its hedge.';
COMMENT ON COLUMN store.finding.shown_b IS 'The second side''s figure with its hedge.';
COMMENT ON COLUMN store.finding.first_seen IS 'When the later of both sides was first seen (UTC): since when it stands.';
COMMENT ON COLUMN store.finding.is_baseline IS 'True where both sides were known from the start.';
COMMENT ON COLUMN store.finding.is_archive IS 'True where both sides were added to the archive.';
