-- counted_words: who or what a population counts, in the plural: US cities; leaders and mayors.
CREATE OR REPLACE MACRO counted_words(population) AS -- noqa: CP05
array_to_string(
    list_transform(
        string_split(population, '|'),
        LAMBDA head: CASE
            WHEN regexp_matches(head, '(^| )person$') THEN regexp_replace(head, 'person$', 'people')
            WHEN regexp_matches(head, '[^aeiou]y$') THEN regexp_replace(head, 'y$', 'ies')
            WHEN regexp_matches(head, '(s|x|z|ch|sh)$') THEN head || 'es'
            ELSE head || 's'
        END
    ),
    ' and '
);
