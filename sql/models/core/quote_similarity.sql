-- quote_similarity: how far two quotes are the same sentence, 0 to 1, by their words.
-- Words and not letters: an edit of a sentence changes some words, while two sentences about one thing share most letters;
-- and it costs a fraction of an edit distance, which counts where all wordings of a figure are compared.
CREATE OR REPLACE MACRO quote_similarity(quote_a, quote_b) AS -- noqa: CP05
word_similarity(quote_words(quote_a), quote_words(quote_b));
