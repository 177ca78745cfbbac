-- finding_revision: one row per number, date or target that changed between two versions of a page.
CREATE OR REPLACE VIEW store.finding_revision AS
SELECT
    'revision' AS kind,
    'warning' AS severity,
    coalesce(new_state.series_id, old_fact.series_id) AS series_id,
    revision.fact_id_old AS fact_id_a,
    revision.fact_id_new AS fact_id_b,
    'The page changed the '
    || CASE revision.what WHEN 'value' THEN 'number' WHEN 'as of' THEN 'date' WHEN 'since' THEN 'starting date' ELSE revision.what END
    || ' from ' || coalesce(revision.old, 'none') || ' to '
    || coalesce(revision.new, 'none') || '.' AS message,
    revision.revision_id::VARCHAR AS finding_key
FROM store.revision AS revision
LEFT JOIN store.fact_state AS new_state ON revision.fact_id_new = new_state.fact_id
LEFT JOIN (
    SELECT
        fact_id,
        arg_max(series_id, recorded_at) AS series_id
    FROM fact
    WHERE superseded_at IS NOT NULL
    GROUP BY fact_id
) AS old_fact ON revision.fact_id_old = old_fact.fact_id
WHERE revision.kind = 'changed' AND revision.what IN ('value', 'as of', 'since', 'deadline');

COMMENT ON VIEW store.finding_revision IS 'One row per number, date or target that changed between two versions of a page.';
COMMENT ON COLUMN store.finding_revision.finding_key IS 'What the finding is known by among those of its kind.';
