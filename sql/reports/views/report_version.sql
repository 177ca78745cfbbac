-- One row per release version with its neighbours in time and whether its page is gone; its text is left where it is.
CREATE OR REPLACE TEMP VIEW report_version AS
WITH standing AS (
    SELECT
        release_version.* EXCLUDE (text), -- noqa: RF03
        lag(release_version.version_id) OVER in_time AS previous_version_id,
        lead(release_version.version_id) OVER in_time AS next_version_id
    FROM release_version
    WHERE release_version.superseded_at IS NULL
    WINDOW in_time AS (PARTITION BY release_version.release_id ORDER BY release_version.first_seen)
)

SELECT
    standing.* EXCLUDE (superseded_at),
    report_origin.url,
    report_origin.publisher,
    CASE WHEN page_check.last_checked::DATE > page_check.gone_since::DATE THEN page_check.gone_since END AS gone_since
FROM standing
INNER JOIN report_origin ON standing.release_id = report_origin.release_id
LEFT JOIN page_check ON report_origin.url = page_check.url
QUALIFY row_number() OVER (PARTITION BY standing.version_id ORDER BY standing.first_seen DESC) = 1;
