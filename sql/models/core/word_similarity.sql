-- word_similarity: how far two sets of words are the same, 0 to 1: twice the shared words by the words of both (Dice).
CREATE OR REPLACE MACRO word_similarity(words_a, words_b) AS -- noqa: CP05
2.0 * len(list_intersect(words_a, words_b)) / nullif(len(words_a) + len(words_b), 0);
