-- source_in_trouble: sources that fail, are silent beyond their habit, or publish less or more than they use to.
-- expected: 0
-- kind: structure
-- remedy: Open the site: it may have moved, changed its shape or blocked us. The source's TOML says what is expected.
SELECT
    source_id,
    status,
    coalesce(worst_issue, quiet_days_now || ' days since it last published') AS cause
FROM store.source_health
WHERE status <> 'ok'
