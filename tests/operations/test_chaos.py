"""Trouble of every kind in the middle of the weeks: a clear word, and the next run holds what a quiet life would hold.

A quiet home runs week after week first and is kept as it stood after each. Every test takes one of these homes, brings
a trouble into its next week, mends it, runs again, and compares the digests. Nobody may get a mail twice.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.operations import newsroom
from tests.operations.box import COMMITMENTS, ROOT, Box, descendants, kill
from tests.replay import DATA, moment, replay
from tests.reporting.postoffice import PostOffice, open_post_office
from warehouse.connection import open_published

pytestmark = pytest.mark.slow

WEEKS = 3
KILLS = 3


@dataclass
class Site:
    """Where releases come from: the replayed newsroom where it is there, else the embedded one."""

    mondays: list[datetime]
    sources: Path
    stand_at: Callable[[datetime], object]
    since: str


@contextmanager
def open_site(folder: Path) -> Iterator[Site]:
    if DATA.exists():
        first = moment("2023-04-10T11:00:00Z")
        with replay(folder, first) as site:
            site.write_source(folder / "sources")
            mondays = [first + timedelta(weeks=week) for week in range(WEEKS)]
            yield Site(mondays, folder / "sources", site.set_clock, "2023-04-01")
    else:
        room = newsroom.Newsroom(sites=("sample_mayors", "sample_president"))
        with room.open(folder / "sources"):
            mondays = list(newsroom.MONDAYS[:WEEKS])
            yield Site(mondays, folder / "sources", lambda when: setattr(room, "now", when), "2015-01-01")


def digest(home: Path) -> dict[str, tuple[int, str]]:
    with open_published(home / "commitments.duckdb") as con:
        rows = con.execute((ROOT / "sql" / "digest.sql").read_text(encoding="utf-8")).fetchall()
    return {thing: (things, told) for thing, things, told in rows}


@dataclass
class Quiet:
    """The undisturbed life: the home after each week, and what it held."""

    site: Site
    port: int
    folder: Path
    digests: list[dict[str, tuple[int, str]]]

    def home_after(self, week: int) -> Path:
        return self.folder / f"after-{week}"


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Quiet]:
    folder = tmp_path_factory.mktemp("quiet")
    with open_site(folder) as site, Box(folder, {"COMMITMENTS_SOURCES": str(folder / "sources")}) as box:
        box.start_server()
        life = Quiet(site, box.port, folder, [])
        for week in range(WEEKS):
            done = box.run(*weekly(site, week))
            assert done.returncode == 0, done.stderr
            life.digests.append(digest(box.home))
            shutil.copytree(box.home, life.home_after(week))
        assert len({told["ledger"] for told in life.digests}) == WEEKS
        yield life


def weekly(site: Site, week: int, *more: str) -> tuple[str, ...]:
    """The command of a week, with the site standing as it did on that Monday."""
    site.stand_at(site.mondays[week])
    return (*COMMITMENTS, "weekly", "--now", newsroom.iso(site.mondays[week]), "--since", site.since, *more)


@dataclass
class Troubled:
    """A home in trouble: it stands after the first week, and its second is to come."""

    quiet: Quiet
    box: Box
    office: PostOffice
    week: int = 1

    @property
    def command(self) -> tuple[str, ...]:
        return weekly(self.quiet.site, self.week)

    def run(self) -> subprocess.CompletedProcess[str]:
        return self.box.run(*self.command)

    def ends_well(self) -> str:
        """A clean run, which ends with the digest of the quiet life and no mail sent twice; what it said."""
        done = self.run()
        assert done.returncode == 0, done.stderr
        assert digest(self.box.home) == self.quiet.digests[self.week]
        sent = Counter((to, content.split(b"Message-ID: ")[1].split(b"\r\n")[0]) for to, content in self.readers_mails)
        assert [mail for mail, times in sent.items() if times > 1] == []
        assert {to for to, _ in sent} <= {"ada@example.org", "bert@example.org"}
        return done.stderr

    @property
    def readers_mails(self) -> list[tuple[str, bytes]]:
        return [(to, content) for to, content in self.office.accepted if to != "operator@example.org"]


@pytest.fixture
def trouble(quiet: Quiet, tmp_path: Path) -> Iterator[Troubled]:
    shutil.copytree(quiet.home_after(0), tmp_path / "home")
    with open_post_office() as office:
        variables = {
            "COMMITMENTS_SOURCES": str(quiet.site.sources),
            "COMMITMENTS_SMTP_URL": f"smtp://127.0.0.1:{office.port}",
            "COMMITMENTS_SUBSCRIBERS": "ada@example.org,bert@example.org",
            "COMMITMENTS_OPERATOR": "operator@example.org",
        }
        with Box(tmp_path, variables, port=quiet.port) as box:
            yield Troubled(quiet, box, office)


def test_killed_at_random_again_and_again(trouble: Troubled) -> None:
    chance = random.Random(7)
    for trouble.week in range(1, WEEKS):
        for _ in range(KILLS):
            running = trouble.box.start("weekly", *trouble.command)
            deadline = time.monotonic() + chance.uniform(3.0, 14.0)
            while running.poll() is None and time.monotonic() < deadline:
                time.sleep(0.1)
            trouble.box.kill("weekly")
        trouble.ends_well()


def test_killed_between_archive_and_ledger_and_the_build_file_lost(trouble: Troubled) -> None:
    """What is left is the published file and the archive after its cut-off."""
    before = set(trouble.box.home.rglob("*-pages.warc.gz"))
    running = trouble.box.start("weekly", *trouble.command)
    trouble.box.wait(
        lambda: bool(set(trouble.box.home.rglob("*-pages.warc.gz")) - before) or running.poll() is not None,
        120,
        "pages are archived",
    )
    assert running.poll() is None
    trouble.box.kill("weekly")
    shutil.rmtree(trouble.box.home / "build")
    assert "made anew from the published one" in trouble.ends_well()


def test_the_server_is_killed_under_a_run(trouble: Troubled, tmp_path: Path) -> None:
    other = Box(tmp_path, trouble.box.variables)
    with other:
        other.start_server()
        running = other.start("weekly", *trouble.command)
        log = other.home / "log" / "commitments.jsonl"
        other.wait(lambda: log.exists() and "collecting from" in log.read_text(), 120, "the run is under way")
        other.kill("server")
        time.sleep(2)
        kill(running.pid, *descendants(running.pid))
    trouble.ends_well()


def test_a_damaged_build_file(trouble: Troubled) -> None:
    build = trouble.box.home / "build" / "commitments.duckdb"
    build.write_bytes(b"\0" * 8192 + build.read_bytes()[8192:])
    said = trouble.ends_well()
    assert "moved aside as commitments.damaged" in said


def test_a_clock_that_jumps_back(trouble: Troubled) -> None:
    early = newsroom.iso(trouble.quiet.site.mondays[0] - timedelta(days=30))
    done = trouble.box.run(*COMMITMENTS, "weekly", "--now", early)
    assert done.returncode == 1
    assert "logical time never goes back" in done.stderr and "Traceback" not in done.stderr
    assert [to for to, _ in trouble.office.accepted] == ["operator@example.org"]
    trouble.ends_well()


def test_a_damaged_archive_record(trouble: Troubled) -> None:
    """It is named, the rest goes on, and neither the next run nor a rebuild takes away what the ledger has of it."""
    home = trouble.box.home
    pages = next(iter(sorted(home.rglob("*-pages.warc.gz"))))
    content = bytearray(pages.read_bytes())
    content[len(content) // 2] ^= 0xFF
    pages.write_bytes(bytes(content))
    verified = trouble.box.run(*COMMITMENTS, "archive", "verify")
    assert verified.returncode == 1 and pages.name in verified.stdout
    trouble.ends_well()
    rebuilt = trouble.box.run(*COMMITMENTS, "rebuild", "--now", newsroom.iso(trouble.quiet.site.mondays[1]))
    assert rebuilt.returncode == 0, rebuilt.stderr
    assert "put the file back from a backup" in rebuilt.stderr
    assert digest(home) == trouble.quiet.digests[1]


def test_two_writers_at_once(trouble: Troubled) -> None:
    command = trouble.command
    both = [trouble.box.start(name, *command) for name in ("one", "two")]
    assert [process.wait(timeout=240) for process in both] == [0, 0]
    assert digest(trouble.box.home) == trouble.quiet.digests[1]
    assert Counter(to for to, _ in trouble.readers_mails) == {"ada@example.org": 1, "bert@example.org": 1}
    trouble.ends_well()


def test_a_source_that_is_down(trouble: Troubled, tmp_path: Path) -> None:
    """The week has its edition, which says that the source failed; the next run makes up for it."""
    there = trouble.quiet.site.sources
    away = tmp_path / "away"
    away.mkdir()
    for file in there.glob("*.toml"):
        lines = file.read_text(encoding="utf-8").splitlines()
        moved = ['fetch_from = "http://127.0.0.1:9"' if line.startswith("fetch_from") else line for line in lines]
        (away / file.name).write_text("\n".join(moved), encoding="utf-8")
    trouble.box.variables["COMMITMENTS_SOURCES"] = str(away)
    done = trouble.run()
    assert done.returncode == 0, done.stderr
    assert digest(trouble.box.home)["release"] == trouble.quiet.digests[0]["release"]
    status = trouble.box.run(*COMMITMENTS, "status").stdout
    assert "failing" in status
    trouble.box.variables["COMMITMENTS_SOURCES"] = str(there)
    trouble.ends_well()


# -------------------------------------------------------------------------------------- disks, for which root is needed


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A file system of its own in memory; the test is skipped where none may be mounted."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no tmpfs may be mounted here: {mounted.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def remount(folder: Path, option: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{option}", str(folder)], check=True)


def move_home(trouble: Troubled, disk: Path) -> None:
    """Let the home stand on another disk."""
    shutil.move(trouble.box.home, disk / "home")
    trouble.box.home.symlink_to(disk / "home")


def test_a_full_disk(trouble: Troubled, tmp_path: Path) -> None:
    size = sum(path.stat().st_size for path in trouble.box.home.rglob("*") if path.is_file()) // 1_000_000
    with small_disk(tmp_path / "disk", size + 1) as disk:
        move_home(trouble, disk)
        before = digest(trouble.box.home)
        with (disk / "ballast").open("wb", buffering=0) as ballast, pytest.raises(OSError, match="No space"):
            while True:
                ballast.write(b"\0" * 4096)
        done = trouble.run()
        assert done.returncode == 1
        assert "No space left" in done.stderr or "could not be written" in done.stderr, done.stderr
        assert "Traceback" not in done.stderr
        assert digest(trouble.box.home) == before
        assert {to for to, _ in trouble.office.accepted} == {"operator@example.org"}
        (disk / "ballast").unlink()
        remount(disk, f"size={size + 500}m")
        trouble.ends_well()


def test_a_home_that_is_read_only(trouble: Troubled, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 500) as disk:
        move_home(trouble, disk)
        remount(disk, "ro")
        done = trouble.run()
        assert done.returncode == 1
        assert "Read-only file system" in done.stderr and "Traceback" not in done.stderr
        assert {to for to, _ in trouble.office.accepted} == {"operator@example.org"}
        assert trouble.box.run(*COMMITMENTS, "status").returncode == 0
        remount(disk, "rw")
        trouble.ends_well()
