-- title: The ledger
-- grain: One row: what the ledger holds, and what the edition's time added to it.
SELECT
    (SELECT count(*) FROM report_fact) AS facts,
    (
        SELECT count(*) FROM release
        WHERE superseded_at IS NULL AND same_as IS NULL
    ) AS releases,
    (
        SELECT count(DISTINCT source_id) FROM source
        WHERE superseded_at IS NULL
    ) AS sources,
    (
        SELECT count(*) FROM release
        WHERE superseded_at IS NULL AND same_as IS NULL AND within_edition(first_seen)
    ) AS new_releases,
    (SELECT count(*) FROM series) AS series;
