-- counted_words: who or what a population counts, beside the number shown: US cities; leaders and mayors; of 1, leader or mayor.
CREATE OR REPLACE MACRO counted_words(population, shown) AS -- noqa: CP05
CASE
    WHEN shown = '1' THEN replace(population, '|', ' or ')
    ELSE
        regexp_replace(
            array_to_string(
                list_transform(
                    string_split(population, '|'),
                    LAMBDA head: regexp_replace(head, '[^ ]+$', plural_word(regexp_extract(head, '[^ ]+$')))
                ),
                ', '
            ),
            ', ([^,]+)$',
            ' and \1'
        )
END;
