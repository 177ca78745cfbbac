-- What the flows did: runs, what they saw, the troubles they met, the editions they made.
-- All times in the ledger are the run's logical time, in UTC.

CREATE TABLE run (
    run_id UUID PRIMARY KEY,
    flow VARCHAR NOT NULL,
    logical_time TIMESTAMP NOT NULL,
    status VARCHAR NOT NULL CHECK (status IN ('running', 'done', 'held', 'failed')),
    code_version VARCHAR,
    arguments JSON,
    counts JSON,
    seconds DOUBLE,
    message VARCHAR
);

COMMENT ON TABLE run IS 'One row per run of a flow or of a command that writes. The audit of the ledger.';
COMMENT ON COLUMN run.run_id IS 'Key of the run.';
COMMENT ON COLUMN run.flow IS 'Name of the flow or command: collect, weekly, rebuild.';
COMMENT ON COLUMN run.logical_time IS 'The time (UTC) that the run stands for; drives every stored time.';
COMMENT ON COLUMN run.status IS 'running, done, held (a check stopped publication) or failed.';
COMMENT ON COLUMN run.code_version IS 'Version of the code that ran, where it is known.';
COMMENT ON COLUMN run.arguments IS 'The settings that the run was called with, as JSON; never a secret or an address.';
COMMENT ON COLUMN run.counts IS 'What was seen, new, changed, unchanged, skipped and failed, as JSON.';
COMMENT ON COLUMN run.seconds IS 'Seconds of real time that the run took.';
COMMENT ON COLUMN run.message IS 'Why a run was held or failed, in one sentence.';

CREATE TABLE source (
    source_id VARCHAR NOT NULL,
    publisher VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    base_url VARCHAR NOT NULL,
    time_zone VARCHAR NOT NULL,
    cadence VARCHAR NOT NULL,
    licence VARCHAR NOT NULL,
    topics VARCHAR NOT NULL,
    floor INTEGER,
    ceiling INTEGER,
    quiet_days INTEGER,
    run_id UUID NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    superseded_at TIMESTAMP,
    PRIMARY KEY (source_id, recorded_at),
    CHECK (superseded_at IS NULL OR superseded_at >= recorded_at)
);

COMMENT ON TABLE source IS 'One row per publisher''s site and state of its declaration; the state in force has no superseded_at.';
COMMENT ON COLUMN source.source_id IS 'Short stable name of the source.';
COMMENT ON COLUMN source.publisher IS 'Who publishes, in full.';
COMMENT ON COLUMN source.name IS 'Name of the site or section.';
COMMENT ON COLUMN source.base_url IS 'Public address of the site.';
COMMENT ON COLUMN source.time_zone IS 'Time zone of the publisher''s dates.';
COMMENT ON COLUMN source.cadence IS 'How often the source is looked at: hourly, daily, weekly, once.';
COMMENT ON COLUMN source.licence IS 'Under what terms the text may be kept and quoted.';
COMMENT ON COLUMN source.topics IS 'Topics of the source, separated by "; ".';
COMMENT ON COLUMN source.floor IS 'Releases a week that are usual at least; empty where none is declared.';
COMMENT ON COLUMN source.ceiling IS 'Releases a week that are usual at most; empty where none is declared.';
COMMENT ON COLUMN source.quiet_days IS 'Days of silence that are the source''s habit; empty where none are declared.';
COMMENT ON COLUMN source.run_id IS 'Run that recorded the row.';
COMMENT ON COLUMN source.recorded_at IS 'Logical time (UTC) from which the ledger holds the row.';
COMMENT ON COLUMN source.superseded_at IS 'Logical time (UTC) from which it holds it no longer; empty while it is in force.';

CREATE TABLE source_visit (
    run_id UUID NOT NULL,
    source_id VARCHAR NOT NULL,
    visited_at TIMESTAMP NOT NULL,
    is_ok BOOLEAN NOT NULL,
    listed INTEGER NOT NULL,
    new INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    skipped INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    PRIMARY KEY (run_id, source_id)
);

COMMENT ON TABLE source_visit IS 'One row per run and source that it looked at.';
COMMENT ON COLUMN source_visit.run_id IS 'The run.';
COMMENT ON COLUMN source_visit.source_id IS 'The source.';
COMMENT ON COLUMN source_visit.visited_at IS 'Logical time (UTC) of the look.';
COMMENT ON COLUMN source_visit.is_ok IS 'False where the list of releases could not be read.';
COMMENT ON COLUMN source_visit.listed IS 'Releases that the source listed.';
COMMENT ON COLUMN source_visit.new IS 'Releases not seen before.';
COMMENT ON COLUMN source_visit.changed IS 'Known releases whose page had changed.';
COMMENT ON COLUMN source_visit.unchanged IS 'Known releases that were looked at and had not changed.';
COMMENT ON COLUMN source_visit.skipped IS 'Listed pages that were left out, with a named reason.';
COMMENT ON COLUMN source_visit.failed IS 'Pages that could not be had.';
COMMENT ON COLUMN source_visit.requests IS 'HTTP requests made.';

CREATE TABLE page_check (
    url VARCHAR PRIMARY KEY,
    source_id VARCHAR NOT NULL,
    first_seen TIMESTAMP NOT NULL,
    last_checked TIMESTAMP NOT NULL,
    status INTEGER NOT NULL,
    sha256 VARCHAR,
    etag VARCHAR,
    last_modified VARCHAR,
    failures INTEGER NOT NULL,
    gone_since TIMESTAMP
);

COMMENT ON TABLE page_check IS
'One row per URL: the last look at it. Working state for conditional requests, the only table that is overwritten.';
COMMENT ON COLUMN page_check.url IS 'Public address.';
COMMENT ON COLUMN page_check.source_id IS 'The source that listed it.';
COMMENT ON COLUMN page_check.first_seen IS 'Logical time (UTC) of the first look.';
COMMENT ON COLUMN page_check.last_checked IS 'Logical time (UTC) of the last look.';
COMMENT ON COLUMN page_check.status IS 'HTTP status of the last look.';
COMMENT ON COLUMN page_check.sha256 IS 'SHA-256 of the bytes that it last served.';
COMMENT ON COLUMN page_check.etag IS 'ETag that it last sent.';
COMMENT ON COLUMN page_check.last_modified IS 'Last-Modified header that it last sent, as sent.';
COMMENT ON COLUMN page_check.failures IS 'Failed looks in a row.';
COMMENT ON COLUMN page_check.gone_since IS 'Logical time (UTC) since when the page answers that it is gone.';

CREATE TABLE issue (
    issue_id UUID PRIMARY KEY,
    code VARCHAR NOT NULL,
    severity VARCHAR NOT NULL CHECK (severity IN ('info', 'warning', 'error')),
    source_id VARCHAR,
    subject VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    run_id UUID NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);

COMMENT ON TABLE issue IS 'One row per distinct trouble (code, source, subject, message), from when it was first met.';
COMMENT ON COLUMN issue.issue_id IS 'Key, made from code, source, subject and message.';
COMMENT ON COLUMN issue.code IS 'Stable name of the kind of trouble, such as listing-empty or http-404.';
COMMENT ON COLUMN issue.severity IS 'info, warning or error.';
COMMENT ON COLUMN issue.source_id IS 'The source it was met at; empty where there is none.';
COMMENT ON COLUMN issue.subject IS 'URL, file or key that it is about.';
COMMENT ON COLUMN issue.message IS 'Cause, and what to do.';
COMMENT ON COLUMN issue.run_id IS 'Run that met it first.';
COMMENT ON COLUMN issue.recorded_at IS 'Logical time (UTC) at which it was first met.';

CREATE TABLE issue_sighting (
    run_id UUID NOT NULL,
    issue_id UUID NOT NULL,
    sighted_at TIMESTAMP NOT NULL,
    PRIMARY KEY (run_id, issue_id)
);

COMMENT ON TABLE issue_sighting IS 'One row per run and trouble that it met, so that a standing trouble can be told from a past one.';
COMMENT ON COLUMN issue_sighting.run_id IS 'The run.';
COMMENT ON COLUMN issue_sighting.issue_id IS 'The trouble.';
COMMENT ON COLUMN issue_sighting.sighted_at IS 'Logical time (UTC) of the run.';

CREATE TABLE check_result (
    run_id UUID NOT NULL,
    check_name VARCHAR NOT NULL,
    severity VARCHAR NOT NULL CHECK (severity IN ('fail', 'warn')),
    kind VARCHAR NOT NULL CHECK (kind IN ('row', 'structure')),
    expected BIGINT NOT NULL,
    observed BIGINT NOT NULL,
    sample VARCHAR NOT NULL,
    remedy VARCHAR NOT NULL,
    PRIMARY KEY (run_id, check_name)
);

COMMENT ON TABLE check_result IS 'One row per run and check: how many rows offended and how many were expected to.';
COMMENT ON COLUMN check_result.run_id IS 'The run.';
COMMENT ON COLUMN check_result.check_name IS 'Name of the file in sql/checks.';
COMMENT ON COLUMN check_result.severity IS 'fail or warn, from the folder of the file.';
COMMENT ON COLUMN check_result.kind IS 'row: offending rows are quarantined and the rest goes on; structure: publication stops.';
COMMENT ON COLUMN check_result.expected IS 'Offending rows that the check allows.';
COMMENT ON COLUMN check_result.observed IS 'Offending rows that it found.';
COMMENT ON COLUMN check_result.sample IS 'The first offending rows, as text.';
COMMENT ON COLUMN check_result.remedy IS 'What to do about it.';

CREATE TABLE quarantine (
    fact_id UUID NOT NULL,
    check_name VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    run_id UUID NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    superseded_at TIMESTAMP,
    PRIMARY KEY (fact_id, check_name, recorded_at)
);

COMMENT ON TABLE quarantine IS 'One row per fact that a fail check took out of the marts, from when until when.';
COMMENT ON COLUMN quarantine.fact_id IS 'The fact.';
COMMENT ON COLUMN quarantine.check_name IS 'The check that it offends.';
COMMENT ON COLUMN quarantine.reason IS 'In what way.';
COMMENT ON COLUMN quarantine.run_id IS 'Run that took it out.';
COMMENT ON COLUMN quarantine.recorded_at IS 'Logical time (UTC) since when it is out.';
COMMENT ON COLUMN quarantine.superseded_at IS 'Logical time (UTC) since when it offends no longer; empty while it is out.';

CREATE TABLE edition (
    edition VARCHAR PRIMARY KEY,
    since TIMESTAMP,
    until TIMESTAMP NOT NULL,
    payload JSON NOT NULL,
    payload_sha256 VARCHAR NOT NULL,
    run_id UUID NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);

COMMENT ON TABLE edition IS 'One row per issued edition of the weekly report; never overwritten.';
COMMENT ON COLUMN edition.edition IS 'Name: the ISO week that it covers, such as 2016-W03.';
COMMENT ON COLUMN edition.since IS 'Cut-off (UTC) of the edition before; empty for the first.';
COMMENT ON COLUMN edition.until IS 'Cut-off (UTC) of this edition: its run''s logical time.';
COMMENT ON COLUMN edition.payload IS 'All figures and their evidence, as canonical JSON.';
COMMENT ON COLUMN edition.payload_sha256 IS 'SHA-256 of the payload''s bytes.';
COMMENT ON COLUMN edition.run_id IS 'Run that made it.';
COMMENT ON COLUMN edition.recorded_at IS 'Logical time (UTC) of that run.';
