-- readers_differ: releases whose versions were read by different readers, so that their changes cannot be told.
-- expected: 0
-- kind: structure
-- remedy: Run `commitments rebuild`, which reads all versions with one reader.
SELECT
    version.release_id,
    count(DISTINCT reading.reader) AS readers
FROM release_version AS version
INNER JOIN version_reading AS reading ON version.version_id = reading.version_id AND reading.superseded_at IS NULL
WHERE version.superseded_at IS NULL
GROUP BY version.release_id
HAVING count(DISTINCT reading.reader) > 1
