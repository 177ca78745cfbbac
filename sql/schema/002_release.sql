-- What publishers showed: saved bytes, the releases they belong to, and each state of a release's text.
-- Append-only with two clocks: a row in force has no superseded_at; nothing is overwritten.

CREATE TABLE snapshot (
    sha256 VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    fetched_at TIMESTAMP NOT NULL,
    status INTEGER NOT NULL,
    content_type VARCHAR,
    etag VARCHAR,
    last_modified VARCHAR,
    size BIGINT NOT NULL CHECK (size >= 0),
    listed DATE,
    quality VARCHAR NOT NULL,
    archive_file VARCHAR NOT NULL,
    archive_offset BIGINT NOT NULL,
    run_id UUID NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    PRIMARY KEY (sha256, url, fetched_at)
);

COMMENT ON TABLE snapshot IS 'One row per response that brought other bytes than the look at its URL before; the bytes are in the archive.';
COMMENT ON COLUMN snapshot.sha256 IS 'SHA-256 of the bytes as served.';
COMMENT ON COLUMN snapshot.source_id IS 'The source.';
COMMENT ON COLUMN snapshot.url IS 'Public address.';
COMMENT ON COLUMN snapshot.kind IS 'What was asked for: release, feed, sitemap, listing or json.';
COMMENT ON COLUMN snapshot.fetched_at IS 'Logical time (UTC) of the response.';
COMMENT ON COLUMN snapshot.status IS 'HTTP status.';
COMMENT ON COLUMN snapshot.content_type IS 'Content-Type header, as sent.';
COMMENT ON COLUMN snapshot.etag IS 'ETag header, as sent.';
COMMENT ON COLUMN snapshot.last_modified IS 'Last-Modified header, as sent.';
COMMENT ON COLUMN snapshot.size IS 'Number of bytes.';
COMMENT ON COLUMN snapshot.listed IS 'Date that the listing or feed gave for the page.';
COMMENT ON COLUMN snapshot.quality IS 'ok; anything else (block, empty, soft404, not-html) is quarantined and never becomes a release.';
COMMENT ON COLUMN snapshot.archive_file IS 'WARC file that holds the record, relative to the archive.';
COMMENT ON COLUMN snapshot.archive_offset IS 'Byte at which the record begins.';
COMMENT ON COLUMN snapshot.run_id IS 'Run that recorded the row.';
COMMENT ON COLUMN snapshot.recorded_at IS 'Logical time (UTC) from which the ledger holds the row.';

CREATE TABLE release (
    release_id UUID NOT NULL,
    source_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    first_seen TIMESTAMP NOT NULL,
    previous_look TIMESTAMP,
    same_as UUID,
    run_id UUID NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    superseded_at TIMESTAMP,
    PRIMARY KEY (release_id, recorded_at),
    CHECK (superseded_at IS NULL OR superseded_at >= recorded_at)
);

COMMENT ON TABLE release IS 'One row per canonical URL and state of what is known of it; the state in force has no superseded_at.';
COMMENT ON COLUMN release.release_id IS 'Key of the release, made from its canonical URL.';
COMMENT ON COLUMN release.source_id IS 'The source.';
COMMENT ON COLUMN release.url IS 'Canonical public address.';
COMMENT ON COLUMN release.first_seen IS 'Logical time (UTC) at which the release was first seen.';
COMMENT ON COLUMN release.previous_look IS
'Last successful look (UTC) at the source before that; empty for what the source''s first run saw (its baseline).';
COMMENT ON COLUMN release.same_as IS 'The release that this one repeats under another address; marts count only rows without.';
COMMENT ON COLUMN release.run_id IS 'Run that recorded the row.';
COMMENT ON COLUMN release.recorded_at IS 'Logical time (UTC) from which the ledger holds the row.';
COMMENT ON COLUMN release.superseded_at IS 'Logical time (UTC) from which it holds it no longer; empty while it is in force.';

CREATE TABLE release_version (
    version_id UUID NOT NULL,
    release_id UUID NOT NULL,
    snapshot_sha256 VARCHAR NOT NULL,
    first_seen TIMESTAMP NOT NULL,
    title VARCHAR NOT NULL,
    published DATE,
    published_basis VARCHAR,
    published_precision VARCHAR CHECK (published_precision IN ('day', 'month', 'quarter', 'year')),
    language VARCHAR,
    text VARCHAR NOT NULL,
    text_sha256 VARCHAR NOT NULL,
    run_id UUID NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    superseded_at TIMESTAMP,
    PRIMARY KEY (version_id, first_seen, recorded_at),
    CHECK (superseded_at IS NULL OR superseded_at >= recorded_at)
);

COMMENT ON TABLE release_version IS
'One row per state of a release''s title and text and the time it began to stand; a text that comes back stands twice.';
COMMENT ON COLUMN release_version.version_id IS 'Key of the text, made from release, snapshot and text.';
COMMENT ON COLUMN release_version.release_id IS 'The release.';
COMMENT ON COLUMN release_version.snapshot_sha256 IS 'The bytes that it was read from.';
COMMENT ON COLUMN release_version.first_seen IS 'Logical time (UTC) at which it was first seen. Decides what is news.';
COMMENT ON COLUMN release_version.title IS 'Title.';
COMMENT ON COLUMN release_version.published IS 'Publication date in the source''s time zone; empty where none was found.';
COMMENT ON COLUMN release_version.published_basis IS 'How the date is known: metadata, json-ld, time, text, url, listing.';
COMMENT ON COLUMN release_version.published_precision IS 'How precise it is: day, month, quarter, year.';
COMMENT ON COLUMN release_version.language IS 'Language of the text, where it is known.';
COMMENT ON COLUMN release_version.text IS 'Body blocks joined by one blank line. Offsets count characters (code points) from 0.';
COMMENT ON COLUMN release_version.text_sha256 IS 'SHA-256 of the text in UTF-8.';
COMMENT ON COLUMN release_version.run_id IS 'Run that recorded the row.';
COMMENT ON COLUMN release_version.recorded_at IS 'Logical time (UTC) from which the ledger holds the row.';
COMMENT ON COLUMN release_version.superseded_at IS
'Logical time (UTC) from which another reading of the same bytes replaces it; empty while it is in force.';

CREATE TABLE version_reading (
    version_id UUID NOT NULL,
    reader VARCHAR NOT NULL,
    number_sentences INTEGER NOT NULL,
    silent_sentences INTEGER NOT NULL,
    run_id UUID NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    superseded_at TIMESTAMP,
    PRIMARY KEY (version_id, recorded_at),
    CHECK (superseded_at IS NULL OR superseded_at >= recorded_at)
);

COMMENT ON TABLE version_reading IS
'One row per version and parser and extractor that read it; only versions read by the same reader are compared.';
COMMENT ON COLUMN version_reading.version_id IS 'The version.';
COMMENT ON COLUMN version_reading.reader IS 'Hash of the parser and of the extractor.';
COMMENT ON COLUMN version_reading.number_sentences IS 'Sentences of the text that hold a number.';
COMMENT ON COLUMN version_reading.silent_sentences IS 'Those of them in which no fact was found.';
COMMENT ON COLUMN version_reading.run_id IS 'Run that recorded the row.';
COMMENT ON COLUMN version_reading.recorded_at IS 'Logical time (UTC) from which the ledger holds the row.';
COMMENT ON COLUMN version_reading.superseded_at IS 'Logical time (UTC) from which it holds it no longer; empty while it is in force.';

CREATE TABLE block (
    version_id UUID NOT NULL,
    position INTEGER NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('heading', 'paragraph', 'list_item', 'table_row')),
    level INTEGER,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    path VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    PRIMARY KEY (version_id, position),
    CHECK (start_offset <= end_offset)
);

COMMENT ON TABLE block IS 'One row per body block of a version, in reading order.';
COMMENT ON COLUMN block.version_id IS 'The version.';
COMMENT ON COLUMN block.position IS 'Place in reading order, from 0.';
COMMENT ON COLUMN block.kind IS 'heading, paragraph, list_item or table_row.';
COMMENT ON COLUMN block.level IS 'Level of a heading, 1 to 6.';
COMMENT ON COLUMN block.start_offset IS 'First character in the version''s text.';
COMMENT ON COLUMN block.end_offset IS 'Character after the last.';
COMMENT ON COLUMN block.path IS 'Headings above it, outermost first, separated by " > ".';
COMMENT ON COLUMN block.recorded_at IS 'Logical time (UTC) from which the ledger holds the row.';
