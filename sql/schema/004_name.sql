-- What facts are linked to: the registry of initiatives and the gazetteer of places.

CREATE TABLE initiative (
    initiative_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    topics VARCHAR NOT NULL,
    is_registered BOOLEAN NOT NULL,
    run_id UUID NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    superseded_at TIMESTAMP,
    PRIMARY KEY (initiative_id, recorded_at),
    CHECK (superseded_at IS NULL OR superseded_at >= recorded_at)
);

COMMENT ON TABLE initiative IS 'One row per initiative, programme, law or campaign and state of its entry.';
COMMENT ON COLUMN initiative.initiative_id IS 'Short stable name.';
COMMENT ON COLUMN initiative.name IS 'Full name.';
COMMENT ON COLUMN initiative.topics IS 'Topics, separated by "; ".';
COMMENT ON COLUMN initiative.is_registered IS 'False for a name that no entry of the registry matches and that waits for review.';
COMMENT ON COLUMN initiative.run_id IS 'Run that recorded the row.';
COMMENT ON COLUMN initiative.recorded_at IS 'Logical time (UTC) from which the ledger holds the row.';
COMMENT ON COLUMN initiative.superseded_at IS 'Logical time (UTC) from which it holds it no longer; empty while it is in force.';

CREATE TABLE initiative_alias (
    initiative_id VARCHAR NOT NULL,
    alias VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    superseded_at TIMESTAMP,
    PRIMARY KEY (initiative_id, alias, recorded_at)
);

COMMENT ON TABLE initiative_alias IS 'One row per initiative and other name for it.';
COMMENT ON COLUMN initiative_alias.initiative_id IS 'The initiative.';
COMMENT ON COLUMN initiative_alias.alias IS 'The other name: an abbreviation, a spelling, an older name.';
COMMENT ON COLUMN initiative_alias.recorded_at IS 'Logical time (UTC) from which the ledger holds the row.';
COMMENT ON COLUMN initiative_alias.superseded_at IS 'Logical time (UTC) from which it holds it no longer; empty while it is in force.';

CREATE TABLE initiative_parent (
    initiative_id VARCHAR NOT NULL,
    parent_id VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    superseded_at TIMESTAMP,
    PRIMARY KEY (initiative_id, parent_id, recorded_at)
);

COMMENT ON TABLE initiative_parent IS 'One row per initiative and initiative that it is part of.';
COMMENT ON COLUMN initiative_parent.initiative_id IS 'The part.';
COMMENT ON COLUMN initiative_parent.parent_id IS 'The whole.';
COMMENT ON COLUMN initiative_parent.recorded_at IS 'Logical time (UTC) from which the ledger holds the row.';
COMMENT ON COLUMN initiative_parent.superseded_at IS 'Logical time (UTC) from which it holds it no longer; empty while it is in force.';

CREATE TABLE place (
    place_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    state VARCHAR,
    country VARCHAR NOT NULL,
    latitude DOUBLE,
    longitude DOUBLE,
    population BIGINT,
    run_id UUID NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    superseded_at TIMESTAMP,
    PRIMARY KEY (place_id, recorded_at),
    CHECK (superseded_at IS NULL OR superseded_at >= recorded_at)
);

COMMENT ON TABLE place IS 'One row per place that a fact names and state of its entry in the gazetteer.';
COMMENT ON COLUMN place.place_id IS 'geonames:N, fips:N or iso:XX.';
COMMENT ON COLUMN place.name IS 'Normal spelling.';
COMMENT ON COLUMN place.kind IS 'city, county, state, country...';
COMMENT ON COLUMN place.state IS 'State or province that it lies in, as a code.';
COMMENT ON COLUMN place.country IS 'ISO code of the country.';
COMMENT ON COLUMN place.latitude IS 'Degrees north.';
COMMENT ON COLUMN place.longitude IS 'Degrees east.';
COMMENT ON COLUMN place.population IS 'Inhabitants, by the gazetteer.';
COMMENT ON COLUMN place.run_id IS 'Run that recorded the row.';
COMMENT ON COLUMN place.recorded_at IS 'Logical time (UTC) from which the ledger holds the row.';
COMMENT ON COLUMN place.superseded_at IS 'Logical time (UTC) from which it holds it no longer; empty while it is in force.';
