-- Which pages were changed after publication, and in what?
SELECT
    first_seen,
    title,
    url,
    kind,
    what,
    old,
    new
FROM revision
WHERE what <> 'text'
ORDER BY first_seen, url, what;
