-- One row per release: who published it, as filters look for it.
CREATE OR REPLACE TEMP VIEW report_origin AS
SELECT
    release.release_id,
    release.source_id,
    release.url,
    source.publisher,
    [release.source_id, source.name] AS source_ids,
    [source.publisher] AS publishers
FROM release
INNER JOIN source ON release.source_id = source.source_id AND source.superseded_at IS NULL
WHERE release.superseded_at IS NULL;
