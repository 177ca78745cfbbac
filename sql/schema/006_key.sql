-- The keys of fact and fact_evidence begin with what a batch brings together, a release and a version. Neighbours in a key's index
-- are then written together: half the time that keys cost a bulk load, however large the ledger is.
-- That a fact_id is of one release alone is held by its making and by sql/checks/fail/keys_unique.sql.

ALTER TABLE fact RENAME TO fact_before;

CREATE TABLE fact (
    fact_id UUID NOT NULL,
    release_id UUID NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('quantity', 'event')),
    action VARCHAR NOT NULL CHECK (action IN ('pledge', 'join', 'act', 'achieve', 'advocate')),
    stage VARCHAR CHECK (stage IN ('target', 'total', 'increase', 'amount', 'context')),
    value DOUBLE,
    value_max DOUBLE,
    bound VARCHAR NOT NULL CHECK (bound IN ('=', '>', '>=', '<', '<=', '~', 'range')),
    unit VARCHAR,
    initiative VARCHAR,
    as_of DATE,
    as_of_precision VARCHAR NOT NULL CHECK (as_of_precision IN ('day', 'month', 'quarter', 'year')),
    as_of_basis VARCHAR NOT NULL CHECK (as_of_basis IN ('text', 'release', 'none')),
    since DATE,
    since_precision VARCHAR CHECK (since_precision IN ('day', 'month', 'quarter', 'year')),
    deadline DATE,
    deadline_precision VARCHAR CHECK (deadline_precision IN ('day', 'month', 'quarter', 'year')),
    list_complete BOOLEAN,
    counted VARCHAR,
    object VARCHAR,
    heading VARCHAR,
    topic VARCHAR,
    quote VARCHAR NOT NULL,
    occurrence INTEGER NOT NULL,
    rule VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    initiative_id VARCHAR,
    series_id UUID,
    series_label VARCHAR,
    measure VARCHAR,
    population VARCHAR,
    scope VARCHAR,
    correction_id UUID,
    run_id UUID NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    superseded_at TIMESTAMP,
    PRIMARY KEY (release_id, fact_id, recorded_at),
    CHECK (superseded_at IS NULL OR superseded_at >= recorded_at)
);

INSERT INTO fact BY NAME FROM fact_before;

DROP TABLE fact_before;

COMMENT ON TABLE fact IS
'One row per commitment fact and state of what is known of it; the state in force has no superseded_at. Most questions want fact_current.';
COMMENT ON COLUMN fact.fact_id IS
'Key of the fact, made from release, quote, occurrence, place of the number in the quote and the slots as extracted; never from links.';
COMMENT ON COLUMN fact.release_id IS 'The release that states it.';
COMMENT ON COLUMN fact.kind IS 'quantity (has a number) or event (a named actor''s act without one).';
COMMENT ON COLUMN fact.action IS 'pledge, join, act, achieve or advocate.';
COMMENT ON COLUMN fact.stage IS 'What the number means: target, total, increase, amount or context; empty for events.';
COMMENT ON COLUMN fact.value IS 'The number in full; the lower end of a range. Read it together with bound.';
COMMENT ON COLUMN fact.value_max IS 'Upper end of a range.';
COMMENT ON COLUMN fact.bound IS 'The hedge as stated: =, >, >=, <, <=, ~ (about) or range.';
COMMENT ON COLUMN fact.unit IS 'What is counted, as singular head noun; money is its ISO code.';
COMMENT ON COLUMN fact.initiative IS 'The initiative as the release names it.';
COMMENT ON COLUMN fact.as_of IS 'Date at which the statement holds, in the world.';
COMMENT ON COLUMN fact.as_of_precision IS 'day, month, quarter or year.';
COMMENT ON COLUMN fact.as_of_basis IS 'text (the text gives it), release (the release''s date) or none.';
COMMENT ON COLUMN fact.since IS 'Start of the counting period.';
COMMENT ON COLUMN fact.since_precision IS 'day, month, quarter or year.';
COMMENT ON COLUMN fact.deadline IS 'When a target is due.';
COMMENT ON COLUMN fact.deadline_precision IS 'day, month, quarter or year.';
COMMENT ON COLUMN fact.list_complete IS 'True where the text lists all that it counts, false where only some, empty without a list.';
COMMENT ON COLUMN fact.counted IS 'What is counted with the modifiers that restrict it, as extracted.';
COMMENT ON COLUMN fact.object IS 'Head of what is done, as extracted.';
COMMENT ON COLUMN fact.heading IS 'Nearest heading above it.';
COMMENT ON COLUMN fact.topic IS 'Topic of that heading.';
COMMENT ON COLUMN fact.quote IS 'The evidence: the clause as the release has it.';
COMMENT ON COLUMN fact.occurrence IS 'Which of equal quotes of the release it is, from 0.';
COMMENT ON COLUMN fact.rule IS 'Rule of the extractor that found it.';
COMMENT ON COLUMN fact.confidence IS 'The extractor''s confidence, 0 to 1.';
COMMENT ON COLUMN fact.initiative_id IS 'The initiative that it was linked to.';
COMMENT ON COLUMN fact.series_id IS 'The series that it belongs to; empty where it forms none and waits for review.';
COMMENT ON COLUMN fact.series_label IS 'Name of the series, for people.';
COMMENT ON COLUMN fact.measure IS 'Measure of the series: participants, money, act:summit, achieve:...';
COMMENT ON COLUMN fact.population IS 'Counted population of the series.';
COMMENT ON COLUMN fact.scope IS 'place_id of the place that the series is confined to; empty where it is not.';
COMMENT ON COLUMN fact.correction_id IS 'The correction that changed its slots; empty where none did.';
COMMENT ON COLUMN fact.run_id IS 'Run that recorded the row.';
COMMENT ON COLUMN fact.recorded_at IS 'Logical time (UTC) from which the ledger holds the row.';
COMMENT ON COLUMN fact.superseded_at IS
'Logical time (UTC) from which it holds it no longer (page revised, extractor improved, link or correction changed).';

ALTER TABLE fact_evidence RENAME TO fact_evidence_before;

CREATE TABLE fact_evidence (
    fact_id UUID NOT NULL,
    version_id UUID NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    number_start INTEGER,
    number_end INTEGER,
    recorded_at TIMESTAMP NOT NULL,
    superseded_at TIMESTAMP,
    PRIMARY KEY (version_id, fact_id, recorded_at),
    CHECK (start_offset <= end_offset)
);

INSERT INTO fact_evidence BY NAME FROM fact_evidence_before;

DROP TABLE fact_evidence_before;

COMMENT ON TABLE fact_evidence IS 'One row per fact and release version that states it: where in the version''s text.';
COMMENT ON COLUMN fact_evidence.fact_id IS 'The fact.';
COMMENT ON COLUMN fact_evidence.version_id IS 'The version.';
COMMENT ON COLUMN fact_evidence.start_offset IS 'First character of the quote in the version''s text.';
COMMENT ON COLUMN fact_evidence.end_offset IS 'Character after the last.';
COMMENT ON COLUMN fact_evidence.number_start IS 'First character of the number.';
COMMENT ON COLUMN fact_evidence.number_end IS 'Character after the last of the number.';
COMMENT ON COLUMN fact_evidence.recorded_at IS 'Logical time (UTC) from which the ledger holds the row.';
COMMENT ON COLUMN fact_evidence.superseded_at IS 'Logical time (UTC) from which it holds it no longer; empty while it is in force.';
