-- equal_texts_apart: releases with the very same text that are not folded into one.
-- expected: 0
-- kind: structure
-- remedy: Look whether one is a mirror of the other; the rule stands in flows/normalising/mirrors.py.
WITH latest_version AS (
    SELECT
        version.release_id,
        arg_max(version.text_sha256, version.first_seen) AS text_sha256
    FROM release_version AS version
    INNER JOIN release
        ON version.release_id = release.release_id AND release.superseded_at IS NULL AND release.same_as IS NULL
    WHERE version.superseded_at IS NULL AND length(version.text) > 200
    GROUP BY version.release_id
)

SELECT
    text_sha256,
    count(*) AS releases,
    min(release_id) AS one_release
FROM latest_version
GROUP BY text_sha256
HAVING count(*) > 1
