-- row_id: a key for a row that is known by several values; equal values make an equal key in every rebuild.
CREATE OR REPLACE MACRO row_id(key_values) AS -- noqa: CP05
md5(array_to_string(list_transform(key_values, LAMBDA part: coalesce(part, '')), chr(31)))::UUID;
