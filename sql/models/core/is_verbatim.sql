-- is_verbatim: whether a similarity of two quotes means that one repeats the other word for word, or nearly so. The one place
-- of the threshold.
CREATE OR REPLACE MACRO is_verbatim(similarity) AS -- noqa: CP05
similarity >= 0.8;
