-- falling_population: one row per word that marks a counted population or measure whose number should go down. A target with an
-- upper bound on such a series is a goal to judge; on every other series it is a ceiling.
CREATE OR REPLACE VIEW store.falling_population AS
SELECT *
FROM (
    VALUES
    ('homeless'), ('homelessness'), ('unsheltered'), ('emission'), ('pollution'), ('unemployed'), ('unemployment'),
    ('uninsured'), ('death'), ('fatality'), ('injury'), ('crash'), ('suspension'), ('dropout'), ('arrest'), ('crime'),
    ('homicide'), ('shooting'), ('infection'), ('smoker'), ('backlog'), ('vacancy')
) AS words (word);

COMMENT ON VIEW store.falling_population IS 'One row per word that marks a population whose number should go down.';
COMMENT ON COLUMN store.falling_population.word IS 'The word, as it stands in population or measure.';
