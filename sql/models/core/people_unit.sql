-- people_unit: one row per unit that counts inhabitants, so that a count can be held against a place's population.
CREATE OR REPLACE VIEW store.people_unit AS
SELECT *
FROM (
    VALUES
    ('person'), ('people'), ('resident'), ('veteran'), ('child'), ('student'), ('worker'), ('employee'), ('family'),
    ('household'), ('individual'), ('youth'), ('adult'), ('american'), ('job'), ('teacher'), ('patient'), ('immigrant'),
    ('refugee'), ('citizen'), ('volunteer'), ('senior'), ('parent'), ('girl'), ('boy'), ('woman'), ('man')
) AS words (unit);

COMMENT ON VIEW store.people_unit IS 'One row per unit that counts inhabitants.';
COMMENT ON COLUMN store.people_unit.unit IS 'The unit, as singular head noun.';
