-- What waits for a person's decision, and the sentence that shows it.
SELECT
    kind,
    subject,
    reason,
    quote,
    url
FROM review_queue
ORDER BY kind, subject;
