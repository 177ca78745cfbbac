-- is_verbatim: whether a quote repeats another word for word, or nearly so. The one place of the threshold.
CREATE OR REPLACE MACRO is_verbatim(quote_a, quote_b) AS -- noqa: CP05
quote_similarity(quote_a, quote_b) >= 0.8;
