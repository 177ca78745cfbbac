-- many_silent_sentences: sources of which more than four in five sentences with a number give no fact (of a hundred at least).
-- expected: 0
-- kind: structure
-- remedy: Read some of its releases with `commitments extract`: the extractor may not know how this publisher writes.
SELECT
    source_id,
    sum(number_sentences) AS number_sentences,
    sum(silent_sentences) AS silent_sentences
FROM store.coverage
GROUP BY source_id
HAVING sum(number_sentences) >= 100 AND sum(silent_sentences) > 0.8 * sum(number_sentences)
