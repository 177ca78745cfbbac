"""The `commitments` command. Thin: each command reads its words, calls a stage and prints what came of it.

Exit codes: 0 done (troubles of single sources are in the report), 1 held or failed and nothing published, 2 wrong use.
Rooms are imported inside the commands that need them, so that none pays for another's libraries; Prefect only inside
those that run flows.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import click

from flows import showing
from flows.settings import Settings, SettingsError, find_checkout, load_settings, parse_now
from warehouse.errors import LedgerError

if TYPE_CHECKING:
    from flows.extraction.document import Document
    from flows.stages.outcome import Outcome

P = ParamSpec("P")
R = TypeVar("R")

DEFAULT_API = "http://127.0.0.1:4200/api"
STARTING = "starting Prefect (without a server of its own it takes some 15 seconds)"
DATE = click.DateTime(["%Y-%m-%d"])
FILES = click.Path(path_type=Path)


class Failure(click.ClickException):
    """One plain sentence on stderr and exit code 1."""

    exit_code = 1


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="commitment-ledger")
def main() -> None:
    """Keep count of what officials commit to: collect their releases, extract the facts, report the progress."""


def in_plain_words(command: Callable[P, R]) -> Callable[P, R]:
    """Turn the errors that a user can mend into one sentence without a traceback."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except SettingsError as error:
            raise click.UsageError(str(error)) from error
        except OSError as error:  # an unwritable home, a full disk, a file that is not there
            raise Failure(f"{error.strerror or error}: {error.filename}" if error.filename else str(error)) from error
        except LedgerError as error:
            raise Failure(str(error)) from error

    return wrapped


# ----------------------------------------------------------------------------------------------------------- flows

now_option = click.option(
    "--now", metavar="ISO", help="The run's logical time; without an offset in COMMITMENTS_TZ. Default: this moment."
)
since_option = click.option("--since", type=DATE, help="How far back a source's first run goes. Default: 30 days.")
sample_option = click.option("--sample", is_flag=True, help="In the sample's home.")
verbose_option = click.option("--verbose", is_flag=True, help="Show Prefect's own log as well.")
dry_run_option = click.option("--dry-run", is_flag=True, help="Do it all on a shadow of the home; nothing is kept.")


@main.command()
@click.option("--sample", is_flag=True, help="Run on the embedded newsroom, in a home of its own.")
@now_option
@since_option
@click.option("--no-send", is_flag=True, help="Make and publish the edition, but write and send no mail.")
@click.option("--release-held", metavar="2016-W03", help="After the remedy: make the edition that a check held.")
@dry_run_option
@verbose_option
@in_plain_words
def weekly(
    sample: bool,
    now: str | None,
    since: datetime | None,
    no_send: bool,
    release_held: str | None,
    dry_run: bool,
    verbose: bool,
) -> None:
    """Collect, extract, load, check, make the week's edition, publish it and mail it.

    The same moment twice adds nothing, and a week that has its edition gets no second one.
    """
    if sample and (dry_run or release_held):
        raise click.UsageError("--sample runs in a home of its own; --dry-run and --release-held are for the ledger.")
    settings = load_settings()
    logical = parse_now(now, settings.zone) if now else None
    prepare_flows(verbose)
    from flows.weekly import weekly as weekly_flow

    if sample:
        from flows.stages.sampling import run_sample

        outcomes = run_sample(settings, weekly_flow, logical, send=not no_send)
    else:
        outcomes = [
            weekly_flow(
                now=logical,
                since=since.date() if since else None,
                send=not no_send,
                dry_run=dry_run,
                release_held=release_held,
            )
        ]
    _finish(outcomes)


@main.command()
@click.option("--source", "sources", multiple=True, metavar="ID", help="Only this source; may be given again.")
@now_option
@since_option
@click.option("--until", type=DATE, help="Leave new releases of later days for another run.")
@dry_run_option
@verbose_option
@in_plain_words
def collect(
    sources: Sequence[str],
    now: str | None,
    since: datetime | None,
    until: datetime | None,
    dry_run: bool,
    verbose: bool,
) -> None:
    """Collect what is new and changed, extract its facts, load, check and publish. Makes no edition.

    With --since and --until it fills a range of days that the ledger does not reach back to yet.
    """
    settings = load_settings()
    logical = parse_now(now, settings.zone) if now else None
    prepare_flows(verbose)
    from flows.collect import collect as collect_flow

    outcome = collect_flow(
        now=logical,
        sources=list(sources) or None,
        since=since.date() if since else None,
        until=until.date() if until else None,
        dry_run=dry_run,
    )
    _finish([outcome])


@main.command()
@now_option
@click.option("--sample", is_flag=True, help="Rebuild the sample's ledger.")
@verbose_option
@in_plain_words
def rebuild(now: str | None, sample: bool, verbose: bool) -> None:
    """Read and extract everything again from the archive, without the network."""
    settings = load_settings()
    logical = parse_now(now, settings.zone) if now else None
    prepare_flows(verbose)
    from flows.rebuild import rebuild as rebuild_flow

    _finish([rebuild_flow(now=logical, sample=sample)])


@main.command()
@now_option
@verbose_option
@in_plain_words
def watchdog(now: str | None, verbose: bool) -> None:
    """Mail the operator where last week's edition is not out."""
    settings = load_settings()
    logical = parse_now(now, settings.zone) if now else None
    prepare_flows(verbose)
    from flows.watchdog import watchdog as watchdog_flow

    click.echo(watchdog_flow(now=logical))


@main.command()
@click.option("--limit", default=4, show_default=True, help="Runs at the same time; the ledger still has one writer.")
@in_plain_words
def serve(limit: int) -> None:
    """Run everything on its schedule, on this one box, until stopped.

    Uses the Prefect server at PREFECT_API_URL; where none answers it starts one there (default: port 4200 of this box).
    """
    load_settings()
    checkout = find_checkout(Path.cwd())
    prepare_service()
    from flows.serving import serve as serve_flows

    serve_flows(checkout, limit)


@main.command()
@in_plain_words
def guard() -> None:
    """After `prefect deploy`: let the server watch for runs whose process died or that nobody takes up."""
    prepare_service()
    from flows.serving import set_guards

    click.echo(f"The guards are {set_guards()}.")


def prepare_service() -> None:
    """Set what a process that lives long, and the runs that it starts, need of Prefect."""
    os.environ.setdefault("PREFECT_API_URL", DEFAULT_API)
    os.environ.setdefault("PREFECT_FLOWS_HEARTBEAT_FREQUENCY", "30")
    os.environ.setdefault("PREFECT_LOGGING_EXTRA_LOGGERS", "commitments")
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")
    prepare_flows(verbose=False, said="")


def prepare_flows(verbose: bool, quiet: bool = False, said: str = STARTING) -> None:
    """Set what Prefect reads when it is imported (off the network, silent unless asked) and show our own progress."""
    os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "120")
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "INFO" if verbose else "CRITICAL")
    # Registered before Prefect's own, so run after them: Prefect's threads outlive the interpreter's end, and DuckDB's
    # binding then complains of leaks on stderr. There is nothing of ours left to say by then.
    atexit.register(_fall_silent)
    log = logging.getLogger("commitments")
    log.handlers, log.propagate = [logging.StreamHandler(sys.stderr)], False
    log.handlers[0].setFormatter(logging.Formatter("%(asctime)s  %(message)s", "%H:%M:%S"))
    log.setLevel(logging.WARNING if quiet else logging.INFO)
    if said:
        log.info(said)


def _fall_silent() -> None:
    sys.stderr.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _finish(outcomes: Sequence[Outcome]) -> None:
    """Print the last run's headline and where its results lie; leave with 1 where nothing was published."""
    if not outcomes:
        click.echo("Nothing to do: these moments have been run already.")
        return
    last = outcomes[-1]
    for line in last.headline:
        click.echo(line)
    width = max((len(name) for name in last.paths), default=0)
    for name, path in last.paths.items():
        click.echo(f"  {name.ljust(width)}  {_near(path)}")
    held = next((outcome for outcome in outcomes if not outcome.published), None)
    if held:
        raise Failure(held.held or "The run was held; nothing was published.")


def _near(path: Path) -> str:
    """The path as seen from here, where it lies below the working directory."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


# ------------------------------------------------------------------------------------------------- reading a text


@main.command()
@click.argument("file", type=FILES)
@click.option("--url", help="The page's public address: gives its source, and a date where the page has none.")
@click.option("--json", "json_output", is_flag=True, help="One JSON object; else the text for reading.")
@in_plain_words
def read(file: Path, url: str | None, json_output: bool) -> None:
    """Read one saved page: title, date, text and blocks, without what stands around them."""
    from flows.stages.inspecting import read_file

    page = read_file(file, url, load_settings_or_none())
    if not json_output:
        click.echo(
            f"{page.title}\n{page.published or 'no date'} ({page.published_basis or 'none found'})\n\n{page.text}"
        )
        return
    shown = {
        "title": page.title,
        "published": page.published.isoformat() if page.published else None,
        "published_basis": page.published_basis,
        "text": page.text,
        "blocks": [{"kind": block.kind, "text": block.text} for block in page.blocks],
    }
    click.echo(json.dumps(shown, ensure_ascii=False, indent=1))


@main.command()
@click.argument("files", type=FILES, nargs=-1, required=True, metavar="FILE...")
@click.option("--published", type=DATE, help="The release date; without it what depends on it stays empty.")
@click.option("--jsonl", is_flag=True, help="One fact a line, with the fields of the annotation guidelines.")
@click.option("--quantities", is_flag=True, help="Every quantity of the text, commitment or not.")
@in_plain_words
def extract(files: Sequence[Path], published: datetime | None, jsonl: bool, quantities: bool) -> None:
    """Extract commitment facts from text or HTML files.

    Offsets refer to the text file as given, or to the `text` of `commitments read`.
    """
    from flows.stages import inspecting

    day = published.date() if published else None
    settings = load_settings_or_none()
    for file in files:
        document = inspecting.document_of(file, day)
        if document.published is None and not quantities:
            click.echo(f"{file}: no release date; what depends on it stays empty (give --published).", err=True)
        if quantities:
            _print_quantities(document, jsonl)
        elif jsonl:
            for fact in inspecting.facts_as_dicts(document, file.stem, settings):
                click.echo(json.dumps(fact, ensure_ascii=False))
        else:
            facts = inspecting.facts_of(document)
            click.echo(showing.marked_text(document.text, facts, colour=sys.stdout.isatty()))


def _print_quantities(document: Document, jsonl: bool) -> None:
    from flows.stages.inspecting import quantities_as_dicts

    found = quantities_as_dicts(document)
    if jsonl:
        for quantity in found:
            click.echo(json.dumps(quantity, ensure_ascii=False))
        return
    columns = ["number", "value", "value_max", "bound", "trend", "unit"]
    rows = [[document.text[q["start"] : q["end"]], *(q[name] for name in columns[1:])] for q in found]
    click.echo(showing.as_table(columns, rows))


def load_settings_or_none() -> Settings | None:
    """The settings where there is a home; reading a file needs none."""
    try:
        return load_settings()
    except SettingsError:
        return None


# ----------------------------------------------------------------------------------------------------- the ledger


@main.command()
@click.argument("sql")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="How to print the result.",
)
@sample_option
@in_plain_words
def query(sql: str, form: str, sample: bool) -> None:
    """Ask the published DuckDB file; it is opened read-only.

    SQL is a query, or the path of a file with one, such as sql/digest.sql.
    """
    from warehouse.queries import query as run_query

    asked = Path(sql).read_text(encoding="utf-8") if sql.endswith(".sql") else sql
    columns, rows = run_query(_home(sample).published_file, asked)
    show = {"table": showing.as_table, "csv": showing.as_csv, "json": showing.as_json}[form]
    click.echo(show(columns, rows))


@main.command()
@sample_option
@in_plain_words
def check(sample: bool) -> None:
    """Run the checks on the published file; says which rows offend and what was expected."""
    from flows.stages.looking import check_published

    results = check_published(_home(sample))
    rows = [["passed" if r.passed else r.severity, r.name, r.observed, r.message] for r in results]
    click.echo(showing.as_table(["result", "check", "rows", "message"], rows, widest=100))
    if any(r.stops_publication for r in results):
        raise Failure("Structural checks fail; such a state is never published.")


@main.command()
@sample_option
@in_plain_words
def status(sample: bool) -> None:
    """Last and next runs, sources, last edition, mails, troubles and disk, on one screen."""
    from flows.stages.screen import status_text

    click.echo(status_text(_home(sample)))


@main.command()
@sample_option
@in_plain_words
def doctor(sample: bool) -> None:
    """Look at settings, clock, disk, mail server and schedule, and say what to mend."""
    from flows.stages.doctoring import examine

    found = examine(_home(sample))
    click.echo(showing.as_table(["", "what", "how it is"], [[f.verdict, f.subject, f.words] for f in found], 150))
    if any(finding.verdict == "mend" for finding in found):
        raise Failure("Some things need mending.")


@main.command()
@click.argument("folder", type=FILES)
@click.option("--prove", "only_prove", is_flag=True, help="Read the backup in FOLDER again and hold it to its hashes.")
@sample_option
@in_plain_words
def backup(folder: Path, only_prove: bool, sample: bool) -> None:
    """Copy the ledger into FOLDER while no run writes; a former backup there is brought up to date.

    A backup is a home: to restore, copy it to where COMMITMENTS_HOME points, and run.
    """
    from flows.stages import keeping

    if only_prove:
        click.echo(f"{keeping.prove(folder)} files are as they were backed up.")
        return
    kept = keeping.back_up(_home(sample), folder)
    click.echo(f"{kept.files} files, {kept.size / 1e6:,.1f} MB in {kept.folder}; {kept.copied} copied now.")


@main.group(invoke_without_command=True)
@click.pass_context
@in_plain_words
def sources(context: click.Context) -> None:
    """List the sources with their state; `sources test ID` tries one."""
    if context.invoked_subcommand is None:
        from flows.stages.looking import source_table

        columns, rows, issues = source_table(load_settings())
        click.echo(showing.as_table(columns, rows))
        for issue in issues:
            click.echo(issue.message, err=True)


@sources.command("test")
@click.argument("source_id", metavar="ID")
@click.option("--pages", type=FILES, help="A folder of saved pages to read instead of asking the site.")
@in_plain_words
def sources_test(source_id: str, pages: Path | None) -> None:
    """Say in words what a source's declaration finds at the site (or in saved pages), and what is missing."""
    from flows.stages.proving import prove_source

    proof = prove_source(source_id, pages, load_settings())
    click.echo("\n".join(proof.lines))
    if not proof.passed:
        raise Failure(f"{source_id} has not passed.")


@main.group()
def archive() -> None:
    """Look after the archive of everything that was fetched."""


@archive.command("verify")
@sample_option
@in_plain_words
def archive_verify(sample: bool) -> None:
    """Read every record again and hold it against its hash."""
    from flows.fetching.archive import verify

    verified = verify(_home(sample).archive_dir)
    damaged = [issue for issue in verified.problems if issue.severity == "error"]
    click.echo(f"{verified.records} records in {verified.files} files, {len(damaged)} damaged")
    for issue in verified.problems:
        click.echo(f"  {issue.subject}: {issue.message}")
    if damaged:
        raise Failure("The archive has damaged records; the undamaged ones are still read.")


# ------------------------------------------------------------------------------------------------- edition and mail


@main.command()
@click.option("--week", metavar="2016-W03", help="Which edition; default: the newest.")
@click.option("--open", "open_it", is_flag=True, help="Open the edition in the browser.")
@click.option(
    "--remake", is_flag=True, help="Make it again from what the ledger knew then, and compare; writes nothing."
)
@sample_option
@in_plain_words
def report(week: str | None, open_it: bool, remake: bool, sample: bool) -> None:
    """Show an edition as text, and where its files lie."""
    if remake:
        _remake(_home(sample), week)
        return
    from flows.stages.mailing import stored_edition

    written = stored_edition(_home(sample), week)
    click.echo(written.text.read_text(encoding="utf-8"))
    click.echo(f"HTML: {_near(written.html)}")
    if open_it:
        click.launch(str(written.html))


def _remake(settings: Settings, week: str | None) -> None:
    from flows.stages.remaking import remake_edition

    remade = remake_edition(settings, week)
    if not remade.is_equal:
        raise Failure(remade.words)
    click.echo(remade.words)


@main.command()
@click.option("--week", metavar="2016-W03", help="Which edition; default: the newest.")
@click.option("--to", metavar="ADDRESS", help="Only to this address; needs --test.")
@click.option("--test", is_flag=True, help="One marked copy, outside the send ledger.")
@sample_option
@in_plain_words
def send(week: str | None, to: str | None, test: bool, sample: bool) -> None:
    """Send an edition to those subscribers who have not got it."""
    from flows.stages.mailing import send_edition, send_test_copy

    if bool(to) != test:
        raise click.UsageError("--to and --test go together: one marked copy to one address.")
    settings = _home(sample)
    if to:
        click.echo(send_test_copy(settings, week, to))
        return
    done = send_edition(settings, week)
    if not done.complete:
        raise Failure(done.words)
    click.echo(f"{done.words}: {_near(done.mail.parent)}" if done.mail else done.words)


@main.group()
def subscribers() -> None:
    """Who gets the Monday mail. The list lives in private/ and never enters the ledger."""


def _filter_options(command: Callable[P, R]) -> Callable[P, R]:
    for name, what in (
        ("topic", "topics"), ("initiative", "initiatives"), ("place", "places"), ("publisher", "publishers"),
    ):  # fmt: skip
        command = click.option(f"--{name}", f"{what}", multiple=True, help=f"Only these {what}; may be given again.")(
            command
        )
    return command


@subscribers.command("add")
@click.argument("address")
@_filter_options
@in_plain_words
def subscribers_add(address: str, **wanted: tuple[str, ...]) -> None:
    """Subscribe an address, or change its filter."""
    from flows.stages import mailing

    click.echo(mailing.subscribe(load_settings(), address, wanted))


@subscribers.command("list")
@in_plain_words
def subscribers_list() -> None:
    """Everyone who is subscribed, with their filters."""
    from flows.stages import mailing

    click.echo(showing.as_table(["address", "filter"], mailing.subscriber_rows(load_settings())))


@subscribers.command("remove")
@click.argument("address")
@in_plain_words
def subscribers_remove(address: str) -> None:
    """End the subscription of an address."""
    from flows.stages import mailing

    click.echo(mailing.unsubscribe_address(load_settings(), address))


@subscribers.command("unsubscribe")
@click.argument("token")
@in_plain_words
def subscribers_unsubscribe(token: str) -> None:
    """End the subscription that a mail's signed token belongs to."""
    from flows.stages import mailing

    click.echo(mailing.unsubscribe_token(load_settings(), token))


@subscribers.command("preview")
@click.argument("address")
@click.option("--week", metavar="2016-W03", help="Which edition; default: the newest.")
@sample_option
@in_plain_words
def subscribers_preview(address: str, week: str | None, sample: bool) -> None:
    """Show the mail that one subscriber would get, as text."""
    from flows.stages import mailing

    click.echo(mailing.preview(_home(sample), address, week))


def _home(sample: bool) -> Settings:
    settings = load_settings()
    return settings.for_sample() if sample else settings


if __name__ == "__main__":
    main()
