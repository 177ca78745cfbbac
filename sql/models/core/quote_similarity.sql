-- quote_similarity: how far two quotes are the same sentence, 0 to 1: twice the shared words by the words of both (Dice).
-- Words and not letters: an edit of a sentence changes some words, while two sentences about one thing share most letters;
-- and it costs a tenth of an edit distance, which counts where every repeat in the ledger is compared.
CREATE OR REPLACE MACRO quote_similarity(quote_a, quote_b) AS -- noqa: CP05
CASE
    WHEN quote_a = quote_b THEN 1.0
    ELSE
        2.0 * len(list_intersect(quote_words(quote_a), quote_words(quote_b)))
        / nullif(len(quote_words(quote_a)) + len(quote_words(quote_b)), 0)
END;
