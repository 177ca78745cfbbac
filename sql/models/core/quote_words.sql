-- quote_words: the distinct words of a quote, in lower case, without marks.
CREATE OR REPLACE MACRO quote_words(quote) AS -- noqa: CP05
list_distinct(regexp_extract_all(lower(quote), '[[:alnum:]]+'));
