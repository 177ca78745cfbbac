-- is_verbatim: whether a quote repeats another word for word, or nearly so. The one place of the threshold.
CREATE OR REPLACE MACRO is_verbatim(quote_a, quote_b) AS
quote_similarity(quote_a, quote_b) >= 0.8;

COMMENT ON MACRO is_verbatim IS 'True where a quote repeats another in nearly the same words.';
