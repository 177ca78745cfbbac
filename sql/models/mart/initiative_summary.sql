-- initiative_summary: one row per initiative that a fact in force speaks of.
CREATE OR REPLACE TABLE store.initiative_summary AS
WITH spoken_of AS (
    SELECT
        initiative_id,
        count(*) AS facts,
        count(DISTINCT release_id) AS releases,
        min(stated_on) AS first_stated,
        max(stated_on) AS last_stated
    FROM store.fact_state
    WHERE initiative_id IS NOT NULL
    GROUP BY initiative_id
),

measured AS (
    SELECT
        initiative_id,
        count(*) AS series_count
    FROM store.series
    GROUP BY initiative_id
),

took_part AS (
    SELECT
        initiative_id,
        count(*) AS participants,
        count(*) FILTER (WHERE achieved_on IS NOT NULL) AS achievers
    FROM store.participation
    GROUP BY initiative_id
),

promised AS (
    SELECT
        initiative_id,
        count(*) FILTER (WHERE status IN ('met', 'met late')) AS targets_met,
        count(*) FILTER (WHERE status NOT IN ('met', 'met late', 'missed', 'ceiling', 'superseded')) AS targets_open
    FROM store.progress
    GROUP BY initiative_id
),

found AS (
    SELECT
        initiative_id,
        count(*) AS findings
    FROM store.finding
    WHERE initiative_id IS NOT NULL
    GROUP BY initiative_id
)

SELECT
    spoken_of.initiative_id,
    coalesce(initiative.name, spoken_of.initiative_id) AS initiative,
    coalesce(initiative.is_registered, FALSE) AS is_registered,
    spoken_of.releases,
    spoken_of.facts,
    coalesce(measured.series_count, 0) AS series_count,
    coalesce(took_part.participants, 0) AS participants,
    coalesce(took_part.achievers, 0) AS achievers,
    coalesce(promised.targets_met, 0) AS targets_met,
    coalesce(promised.targets_open, 0) AS targets_open,
    coalesce(found.findings, 0) AS findings,
    spoken_of.first_stated,
    spoken_of.last_stated
FROM spoken_of
LEFT JOIN initiative ON spoken_of.initiative_id = initiative.initiative_id AND initiative.superseded_at IS NULL
LEFT JOIN measured ON spoken_of.initiative_id = measured.initiative_id
LEFT JOIN took_part ON spoken_of.initiative_id = took_part.initiative_id
LEFT JOIN promised ON spoken_of.initiative_id = promised.initiative_id
LEFT JOIN found ON spoken_of.initiative_id = found.initiative_id;

COMMENT ON TABLE store.initiative_summary IS 'One row per initiative that a fact in force speaks of.';
COMMENT ON COLUMN store.initiative_summary.initiative_id IS 'The initiative.';
COMMENT ON COLUMN store.initiative_summary.initiative IS 'Its name.';
COMMENT ON COLUMN store.initiative_summary.is_registered IS 'False where it waits for review.';
COMMENT ON COLUMN store.initiative_summary.releases IS 'Releases that speak of it.';
COMMENT ON COLUMN store.initiative_summary.facts IS 'Facts in force.';
COMMENT ON COLUMN store.initiative_summary.series_count IS 'Series.';
COMMENT ON COLUMN store.initiative_summary.participants IS 'Places and actors that take part.';
COMMENT ON COLUMN store.initiative_summary.achievers IS 'Those of them that achieved the goal.';
COMMENT ON COLUMN store.initiative_summary.targets_met IS 'Targets met, in time or late.';
COMMENT ON COLUMN store.initiative_summary.targets_open IS 'Targets neither met nor missed nor replaced.';
COMMENT ON COLUMN store.initiative_summary.findings IS 'Findings.';
COMMENT ON COLUMN store.initiative_summary.first_stated IS 'When a release first spoke of it.';
COMMENT ON COLUMN store.initiative_summary.last_stated IS 'When a release last spoke of it.';
