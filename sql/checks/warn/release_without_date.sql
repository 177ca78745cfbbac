-- release_without_date: releases without a publication date; their levels stand at no date unless the text gives one.
-- expected: 0
-- kind: structure
-- remedy: Name the page's date selector in the source's TOML.
SELECT
    release.source_id,
    release.url
FROM release
INNER JOIN release_version AS version ON release.release_id = version.release_id AND version.superseded_at IS NULL
WHERE release.superseded_at IS NULL AND release.same_as IS NULL
GROUP BY release.source_id, release.url
HAVING bool_and(version.published IS NULL)
