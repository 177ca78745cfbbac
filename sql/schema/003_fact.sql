-- What releases state. Keys between tables are held by sql/checks/fail, not by foreign keys: DuckDB checks those row by row.

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
    PRIMARY KEY (fact_id, recorded_at),
    CHECK (superseded_at IS NULL OR superseded_at >= recorded_at)
);

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

CREATE TABLE fact_evidence (
    fact_id UUID NOT NULL,
    version_id UUID NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    number_start INTEGER,
    number_end INTEGER,
    recorded_at TIMESTAMP NOT NULL,
    superseded_at TIMESTAMP,
    PRIMARY KEY (fact_id, version_id, recorded_at),
    CHECK (start_offset <= end_offset)
);

COMMENT ON TABLE fact_evidence IS 'One row per fact and release version that states it: where in the version''s text.';
COMMENT ON COLUMN fact_evidence.fact_id IS 'The fact.';
COMMENT ON COLUMN fact_evidence.version_id IS 'The version.';
COMMENT ON COLUMN fact_evidence.start_offset IS 'First character of the quote in the version''s text.';
COMMENT ON COLUMN fact_evidence.end_offset IS 'Character after the last.';
COMMENT ON COLUMN fact_evidence.number_start IS 'First character of the number.';
COMMENT ON COLUMN fact_evidence.number_end IS 'Character after the last of the number.';
COMMENT ON COLUMN fact_evidence.recorded_at IS 'Logical time (UTC) from which the ledger holds the row.';
COMMENT ON COLUMN fact_evidence.superseded_at IS 'Logical time (UTC) from which it holds it no longer; empty while it is in force.';

CREATE TABLE fact_place (
    fact_id UUID NOT NULL,
    position INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    place_id VARCHAR,
    kind VARCHAR NOT NULL,
    role VARCHAR NOT NULL CHECK (role IN ('participant', 'site', 'scope')),
    recorded_at TIMESTAMP NOT NULL,
    superseded_at TIMESTAMP,
    PRIMARY KEY (fact_id, position, recorded_at)
);

COMMENT ON TABLE fact_place IS 'One row per fact and place that stands with it.';
COMMENT ON COLUMN fact_place.fact_id IS 'The fact.';
COMMENT ON COLUMN fact_place.position IS 'Place in the order of the text, from 0.';
COMMENT ON COLUMN fact_place.name IS 'Normal spelling of the name, such as Columbus, OH.';
COMMENT ON COLUMN fact_place.place_id IS 'The place in the gazetteer; empty where it was not resolved.';
COMMENT ON COLUMN fact_place.kind IS 'Kind of place: city, county, state, country...';
COMMENT ON COLUMN fact_place.role IS 'participant (takes part), site (where it happens) or scope (what the number is confined to).';
COMMENT ON COLUMN fact_place.recorded_at IS 'Logical time (UTC) from which the ledger holds the row.';
COMMENT ON COLUMN fact_place.superseded_at IS 'Logical time (UTC) from which it holds it no longer; empty while it is in force.';

CREATE TABLE actor (
    actor_id UUID PRIMARY KEY,
    name VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);

COMMENT ON TABLE actor IS 'One row per named person or organisation.';
COMMENT ON COLUMN actor.actor_id IS 'Key of the actor, made from its name in lower case.';
COMMENT ON COLUMN actor.name IS 'The name, without title or place, as first met.';
COMMENT ON COLUMN actor.recorded_at IS 'Logical time (UTC) from which the ledger holds the row.';

CREATE TABLE fact_actor (
    fact_id UUID NOT NULL,
    position INTEGER NOT NULL,
    actor_id UUID NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    superseded_at TIMESTAMP,
    PRIMARY KEY (fact_id, position, recorded_at)
);

COMMENT ON TABLE fact_actor IS 'One row per fact and actor whose commitment or act it is.';
COMMENT ON COLUMN fact_actor.fact_id IS 'The fact.';
COMMENT ON COLUMN fact_actor.position IS 'Place in the order of the text, from 0.';
COMMENT ON COLUMN fact_actor.actor_id IS 'The actor.';
COMMENT ON COLUMN fact_actor.recorded_at IS 'Logical time (UTC) from which the ledger holds the row.';
COMMENT ON COLUMN fact_actor.superseded_at IS 'Logical time (UTC) from which it holds it no longer; empty while it is in force.';

CREATE TABLE correction (
    correction_id UUID NOT NULL,
    fact_id UUID,
    url VARCHAR NOT NULL,
    quote VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    is_dropped BOOLEAN NOT NULL,
    changes JSON NOT NULL,
    problem VARCHAR,
    run_id UUID NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    superseded_at TIMESTAMP,
    PRIMARY KEY (correction_id, recorded_at)
);

COMMENT ON TABLE correction IS 'One row per entry of a corrections file and what became of it.';
COMMENT ON COLUMN correction.correction_id IS 'Key of the correction.';
COMMENT ON COLUMN correction.fact_id IS 'The fact that it corrects; empty where it found none.';
COMMENT ON COLUMN correction.url IS 'The release whose fact it corrects.';
COMMENT ON COLUMN correction.quote IS 'The evidence that it is keyed by.';
COMMENT ON COLUMN correction.reason IS 'Why, in a sentence.';
COMMENT ON COLUMN correction.is_dropped IS 'True where the fact is taken out instead of changed.';
COMMENT ON COLUMN correction.changes IS 'Slots before and after: a list of {slot, was, now}.';
COMMENT ON COLUMN correction.problem IS 'Why it could not be applied: the guard failed, or nothing matched. Empty where it was.';
COMMENT ON COLUMN correction.run_id IS 'Run that recorded the row.';
COMMENT ON COLUMN correction.recorded_at IS 'Logical time (UTC) from which the ledger holds the row.';
COMMENT ON COLUMN correction.superseded_at IS 'Logical time (UTC) from which it holds it no longer; empty while it is in force.';
