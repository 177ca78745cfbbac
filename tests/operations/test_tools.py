"""What an operator asks: status, doctor, backup, the operator's mail, the log. Without a flow, so all of it is fast."""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Event, Thread, current_thread, main_thread

import pytest
import yaml

from flows import sample
from flows.cli import main
from flows.fetching.archive import ArchiveWriter
from flows.settings import Settings, SettingsError
from flows.sources.reading import read_spec
from flows.stages import alerting, doctoring, keeping, logbook, planning, rehearsing, running, watching
from flows.stages.alerting import Trouble
from flows.stages.ledger import ledger_run
from flows.stages.reading import ReleaseHistory, Rules
from tests.conftest import SampleRun, commitments
from tests.operations.box import ROOT
from tests.operations.newsroom import MONDAYS
from tests.reporting.postoffice import open_post_office
from warehouse import models, publishing, runs
from warehouse.connection import open_published, writer_lock
from warehouse.errors import LedgerError

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MAYORS_PAGE = b"""<html><body><h1>Harbour lights</h1><div id="text">
<p class="dateline">For immediate release: January 21, 2016</p>
<p>So far, 122 cities have joined the Harbour Lights Initiative and look after the lamps along their quays.</p>
</div></body></html>"""


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    """A home in which one run published nothing much and a later one failed."""
    settings = Settings(home=tmp_path / "home", sources_dir=tmp_path)
    with ledger_run(settings, "weekly", NOON) as run:
        models.refresh(run.connection)
        run.finish("done")
    publishing.publish(settings.build_file, settings.published_file)
    with pytest.raises(ZeroDivisionError), ledger_run(settings, "collect", NOON + timedelta(days=1)):
        raise ZeroDivisionError("a mistake of ours")
    return settings


# ---------------------------------------------------------------------------------------------------------- status


def test_status_fits_on_one_screen(sample_run: SampleRun) -> None:
    shown = commitments("status", "--sample", home=sample_run.home, PREFECT_API_URL="http://127.0.0.1:9/api").out
    for part in (
        "Last runs", "Next runs", "Sources", "Last edition", "Open troubles", "Disk", "2016-W03", "in the outbox",
        "no Prefect server answers", "sample_mayors",
    ):  # fmt: skip
        assert part in shown
    assert len(shown.splitlines()) <= 50
    assert max(map(len, shown.splitlines())) <= 140


def test_status_shows_a_run_that_failed_after_the_last_publish(home: Settings) -> None:
    shown = commitments("status", home=home.home).out
    assert "a mistake of ours" in shown


def test_status_names_the_run_that_is_going_on(home: Settings) -> None:
    with writer_lock(home.lock_file, "weekly, as of Monday"):
        shown = commitments("status", home=home.home).out
    assert "Running now: weekly, as of Monday" in shown
    assert str(os.getpid()) in shown


@contextmanager
def server(answers: dict[str, object]) -> Iterator[str]:
    """Something that answers as Prefect's API does."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            body = json.dumps(answers[self.path]).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    site = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=site.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{site.server_port}"
    finally:
        site.shutdown()
        site.server_close()
        thread.join()


def planned_run(deployment: str, state: str, at: datetime) -> dict[str, str]:
    return {"deployment_id": deployment, "state_name": state, "expected_start_time": at.isoformat()}


def test_the_plan_names_each_deployments_next_run_and_what_is_late() -> None:
    names = [{"id": "1", "name": "monday"}, {"id": "2", "name": "daily"}]
    found = [
        planned_run("2", "Late", NOON - timedelta(hours=2)),
        planned_run("2", "Scheduled", NOON + timedelta(hours=1)),
        planned_run("2", "Scheduled", NOON + timedelta(days=1)),
        planned_run("1", "Scheduled", NOON + timedelta(days=7)),
    ]
    with server({"/deployments/filter": names, "/flow_runs/filter": found}) as url:
        shown = [(run.deployment, run.state) for run in planning.planned(url)]
    assert shown == [("daily", "Late"), ("daily", "Scheduled"), ("monday", "Scheduled")]


# ---------------------------------------------------------------------------------------------------------- doctor


def told(settings: Settings, subject: str) -> list[tuple[str, str]]:
    return [(f.verdict, f.words) for f in doctoring.examine(settings) if f.subject == subject]


def test_the_doctor_finds_a_well_ledger_well(home: Settings) -> None:
    for subject in ("home", "disk", "clock", "ledger", "runner", "libraries"):
        assert {verdict for verdict, _ in told(home, subject)} == {"well"}, told(home, subject)


@pytest.mark.parametrize(
    ("change", "subject", "said"),
    [
        ({"operator": None}, "mail", "COMMITMENTS_OPERATOR is not set"),
        ({"smtp_url": "smtp://127.0.0.1:9"}, "mail", "cannot be reached"),
        ({"smtp_url": "ftp://mail.example"}, "mail", "must be smtp://"),
        ({"runner": "threads"}, "runner", "none of inline, pool"),
        ({"runner": "pool:0"}, "runner", "none of inline, pool"),
        ({"sources_dir": Path("/nowhere/at/all")}, "sources", "nowhere"),
        ({"home": Path("/proc/no-such-home")}, "home", "cannot be written to"),
    ],
)
def test_the_doctor_says_what_to_mend(home: Settings, change: dict[str, object], subject: str, said: str) -> None:
    findings = told(replace(home, **change), subject)  # type: ignore[arg-type]
    assert any(verdict == "mend" and said in words for verdict, words in findings), findings


def test_the_doctor_sees_a_clock_that_went_back(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "last_run_time", lambda con: datetime.now(UTC) + timedelta(days=3))
    assert told(home, "clock")[0][0] == "mend"


def test_the_doctor_sees_a_damaged_build_file(home: Settings) -> None:
    home.build_file.write_bytes(b"no database at all" * 1000)
    ((verdict, words),) = told(home, "ledger")
    assert verdict == "mend" and "Move it aside" in words


def test_the_doctor_tries_the_login(home: Settings) -> None:
    with open_post_office() as office:
        well = replace(home, smtp_url=f"smtp://127.0.0.1:{office.port}", operator="operator@example.org")
        assert told(well, "mail") == [("well", f"127.0.0.1:{office.port} answers")]


def test_the_doctor_misses_deployments_and_sees_late_runs(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    late = [planned_run("1", "Late", NOON)]
    with server({"/deployments/filter": [{"id": "1", "name": "monday"}], "/flow_runs/filter": late}) as url:
        monkeypatch.setenv("PREFECT_API_URL", url)
        words = " ".join(words for _, words in told(home, "server"))
    assert "daily, watchdog are not deployed" in words
    assert "late: monday" in words


# ---------------------------------------------------------------------------------------------------------- backup


def test_a_backup_is_a_home(sample_run: SampleRun, tmp_path: Path) -> None:
    before = commitments("query", "--sample", "sql/digest.sql", home=sample_run.home).out
    done = commitments("backup", "--sample", tmp_path / "kept", home=sample_run.home)
    assert done.code == 0, done.err
    restored = tmp_path / "restored" / "sample"
    shutil.copytree(tmp_path / "kept", restored)
    assert commitments("query", "--sample", "sql/digest.sql", home=tmp_path / "restored").out == before
    assert commitments("archive", "verify", "--sample", home=tmp_path / "restored").code == 0
    with ledger_run(Settings(home=restored), "collect", MONDAYS[-1] + timedelta(days=1)) as run:
        row = run.connection.execute("SELECT count(*) FROM edition").fetchone()
    assert row == (4,)


def test_a_second_backup_copies_only_what_is_new(home: Settings, tmp_path: Path) -> None:
    (home.home / "private").mkdir(mode=0o700)
    (home.home / "private" / "subscribers.jsonl").write_text("{}\n")
    (home.home / "private" / "subscribers.jsonl").chmod(0o600)
    spilled = home.home / "commitments.duckdb.tmp" / "duckdb_temp_storage-0.tmp"
    spilled.parent.mkdir()
    spilled.write_bytes(b"of a query that was killed")
    first = keeping.back_up(home, tmp_path / "kept")
    (home.home / "corrections.toml").write_text("# mine\n")
    second = keeping.back_up(home, tmp_path / "kept")
    assert (first.copied, second.copied) == (first.files, 1)
    assert (tmp_path / "kept" / "private" / "subscribers.jsonl").stat().st_mode & 0o777 == 0o600
    assert not [name for name in ("build", spilled.parent.name) if (tmp_path / "kept" / name).exists()]


def test_a_damaged_backup_is_not_believed(home: Settings, tmp_path: Path) -> None:
    keeping.back_up(home, tmp_path / "kept")
    copy = tmp_path / "kept" / "commitments.duckdb"
    copy.chmod(0o644)
    copy.write_bytes(copy.read_bytes()[:-1] + b"?")
    with pytest.raises(LedgerError, match="not as it was backed up"):
        keeping.prove(tmp_path / "kept")


@pytest.mark.parametrize("folder", ["home/kept", "others"])
def test_a_backup_belongs_elsewhere(home: Settings, tmp_path: Path, folder: str) -> None:
    (tmp_path / "others").mkdir()
    (tmp_path / "others" / "thesis.tex").write_text("mine")
    with pytest.raises(LedgerError, match=r"elsewhere|other things"):
        keeping.back_up(home, tmp_path / folder)


# ------------------------------------------------------------------------------------------------------ the mended


def test_a_damaged_build_file_is_made_anew(home: Settings) -> None:
    home.build_file.write_bytes(b"no database at all" * 1000)
    with ledger_run(home, "collect", NOON + timedelta(days=2)) as run:
        flows = run.connection.execute("SELECT flow FROM run ORDER BY logical_time").fetchall()
    assert flows == [("weekly",), ("collect",)]
    assert home.build_file.with_suffix(".damaged").exists()


def test_a_build_file_in_other_hands_is_left_alone(home: Settings) -> None:
    """Someone else's program has it open: that is no damage."""
    code = (
        f"import duckdb, time; c = duckdb.connect({str(home.build_file)!r}); print('open', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(LedgerError, match="lock"), ledger_run(home, "collect", NOON + timedelta(days=2)):
            pass
        other.kill()
    assert not home.build_file.with_suffix(".damaged").exists()


# ------------------------------------------------------------------------------------------- operator's mail and log


def test_the_operators_mail_hides_the_password_and_ends_in_the_log(home: Settings) -> None:
    secret = replace(home, smtp_url="smtp://robot:p%40ssw0rd@mail.example:587", operator="operator@example.org")
    with logbook.logged(secret, "weekly"):
        logging.getLogger("commitments").warning("the server said p@ssw0rd is wrong, p%40ssw0rd")
    mail = alerting.operator_mail(secret, Trouble("weekly", "failed", "login p@ssw0rd refused"), NOON)
    text = mail.as_string() + str(mail.get_content())
    assert "p@ssw0rd" not in text and "p%40ssw0rd" not in text
    assert "the server said (hidden) is wrong" in text
    assert "p@ssw0rd" not in logbook.log_file(secret).read_text()


@pytest.mark.parametrize(
    ("cause", "step"),
    [
        ("LedgerBusyError: The ledger is held by weekly", "Let it finish"),
        ("OSError: [Errno 28] No space left on device", "Make room"),
        ("OSError: [Errno 30] Read-only file system: 'archive'", "cannot be written"),
        ("The time 2015 is before the last run's: logical time never goes back.", "timedatectl"),
        ("held: 3 rows offend no_two_presidents", "--release-held"),
        ("Flow run process exited with status -9", "picks up"),
        ("ZeroDivisionError: division by zero", "commitments status"),
    ],
)
def test_each_cause_has_its_next_step(cause: str, step: str) -> None:
    assert step in Trouble("weekly", "failed", cause).next_step


def test_an_alarm_that_cannot_be_raised_hides_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    nowhere = Settings(home=Path("/proc/no-such-home"))
    where = alerting.tell_operator(nowhere, Trouble("weekly", "failed", "the disk is gone"))
    assert where.startswith("nowhere")


def test_the_watchdog_knows_a_ledger_that_cannot_be_read(home: Settings) -> None:
    home.published_file.chmod(0o644)
    home.published_file.write_bytes(b"no database")
    found = watching.missing_edition(home, NOON)
    assert found and "No edition 2026-W47" in found.cause


# --------------------------------------------------------------------------------------------- runner, dry run, plan


@pytest.mark.parametrize("runner", ["inline", "pool:1", "pool:2", "pool:3"])
def test_what_is_read_comes_back_in_order(
    runner: str, home: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of five pages is read once, wherever, and stands where it was given; a pool reads from both ends."""
    monkeypatch.setattr(running, "CHUNK", 1)
    with ArchiveWriter(home.archive_dir, "order", NOON) as archive:
        snapshots = [
            archive.add(f"https://www.mayors.example/releases/2016/{number}.html", 200, [], MAYORS_PAGE)
            for number in range(5)
        ]
    source = read_spec(sample.SOURCES / "sample_mayors.toml")
    histories = [ReleaseHistory(source, snapshot.url, (snapshot,), None) for snapshot in snapshots]
    rules = Rules(home.archive_dir, tmp_path / "none.toml", tmp_path / "none.toml")
    read = running.read_all(histories, rules, runner)
    assert [[head.release.url for head in part.heads] for part in read] == [[each.url] for each in histories]


def test_after_an_error_the_pool_reads_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = [], Event()

    def read(chunk: object, rules: object) -> None:
        begun.append(chunk)
        if current_thread() is not main_thread():
            go_on.wait(10)

    monkeypatch.setattr(running, "read_histories", read)
    with ThreadPoolExecutor(1) as pool:
        reading = running._side_by_side(pool, [[]] * 20, Rules(Path(), Path(), Path()))
        next(reading)
        reading.close()  # as an error in the loop over it does
        go_on.set()
    assert len(begun) <= 2


@pytest.mark.parametrize("runner", ["threads", "pool:x", "pool:-1", ""])
def test_what_is_no_runner_is_refused(runner: str) -> None:
    with pytest.raises(SettingsError, match="COMMITMENTS_RUNNER"), running.open_runner(runner):
        pass


def test_a_shadow_shares_archive_files_and_copies_what_may_change(home: Settings) -> None:
    folder = home.archive_dir / "site" / "2026"
    folder.mkdir(parents=True)
    (folder / "done-pages.warc.gz").write_bytes(b"done")
    (folder / "torn-pages.warc.gz.open").write_bytes(b"torn")
    with rehearsing.shadow(home) as shadow:
        there = shadow.archive_dir / "site" / "2026"
        assert (there / "done-pages.warc.gz").read_bytes() == b"done"
        (there / "torn-pages.warc.gz.open").write_bytes(b"mended")
        with open_published(shadow.published_file) as con:
            assert con.execute("SELECT count(*) FROM run").fetchone() == (1,)
        assert shadow.smtp_url is None
    assert (folder / "torn-pages.warc.gz.open").read_bytes() == b"torn"
    assert not shadow.home.exists()


def test_every_deployment_says_all_of_itself() -> None:
    declared = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    assert {entry["name"] for entry in declared} == {"daily", "monday", "rebuild", "watchdog"}
    for entry in declared:
        assert entry["entrypoint"].split(".")[:1] == ["flows"]
        assert entry["description"] and entry["tags"] and entry["parameters"] is not None
        assert entry["concurrency_limit"] == {"limit": 1, "collision_strategy": "CANCEL_NEW"}
        for schedule in entry["schedules"]:
            assert schedule["slug"] and schedule["timezone"] == "America/New_York"


# ------------------------------------------------------------------------------------------------------- the services


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not here")
def test_the_services_are_sound(tmp_path: Path) -> None:
    """The same files, with programs that are here in place of those of an installation."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("commitments", "prefect"):
        (programs / name).symlink_to("/bin/true")
    units = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
    assert len(units) == 3
    for unit in units:
        there = unit.read_text(encoding="utf-8").replace("/opt/commitment-ledger/.venv/bin", str(programs))
        (tmp_path / unit.name).write_text(there, encoding="utf-8")
    checked = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / unit.name) for unit in units)],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in checked.stderr.splitlines() if line.startswith(("commitments", str(tmp_path)))]
    assert not ours, ours


def test_the_guide_names_real_commands_and_files() -> None:
    guide = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    named = set(re.findall(r"commitments ([a-z]+)\b", guide)) - {"commitments"}
    services = {unit.stem.partition("-")[2] for unit in (ROOT / "deploy" / "systemd").glob("*.service")}
    assert named <= set(main.commands) | services
    for path in re.findall(r"deploy/systemd/[\w.-]+", guide):
        assert (ROOT / path).exists(), path
