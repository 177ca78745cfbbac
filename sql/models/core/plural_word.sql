-- plural_word: the plural of one English word, as the edition has it: city, cities; woman, women; housing, housing.
CREATE OR REPLACE MACRO plural_word(word) AS -- noqa: CP05
CASE
    WHEN
        word IN (
            'access', 'aid', 'assistance', 'broadband', 'care', 'coverage', 'electricity',
            'employment', 'energy', 'equipment', 'funding', 'health', 'homelessness', 'housing',
            'infrastructure', 'insurance', 'leave', 'money', 'pay', 'pollution', 'poverty', 'power',
            'research', 'safety', 'staff', 'support', 'training', 'transit', 'transportation',
            'unemployment', 'use', 'violence', 'waste', 'water', 'work'
        )
        THEN word
    WHEN word = 'person' THEN 'people'
    WHEN word = 'child' THEN 'children'
    WHEN word = 'man' THEN 'men'
    WHEN word = 'woman' THEN 'women'
    WHEN word = 'foot' THEN 'feet'
    WHEN word = 'life' THEN 'lives'
    WHEN word = 'half' THEN 'halves'
    WHEN word = 'series' THEN 'series'
    WHEN word = 'aircraft' THEN 'aircraft'
    WHEN word = 'USD' THEN 'US dollars'
    WHEN word = '%' THEN 'percent'
    WHEN regexp_matches(word, '[^aeiou]y$') THEN regexp_replace(word, 'y$', 'ies')
    WHEN regexp_matches(word, '[^su]s$') THEN word
    WHEN regexp_matches(word, '(s|x|z|ch|sh)$') THEN word || 'es'
    ELSE word || 's'
END;
