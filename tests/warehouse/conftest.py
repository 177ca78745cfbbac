"""Ledgers that are filled once and copied for each test that changes them: a copy costs a hundredth of a refresh."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.warehouse.builders import LedgerBuilder, at, release, stated
from tests.warehouse.ledgers import fill
from warehouse.connection import open_build


@pytest.fixture(scope="session")
def filled_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build file of `ledgers.fill`; not to be changed."""
    path = tmp_path_factory.mktemp("filled") / "commitments.duckdb"
    fill(path).con.close()
    return path


@pytest.fixture
def build(filled_once: Path, tmp_path: Path) -> Path:
    """A build file after two runs, of the test's own."""
    path = tmp_path / "build" / "commitments.duckdb"
    path.parent.mkdir()
    return Path(shutil.copyfile(filled_once, path))


@pytest.fixture(scope="session")
def sound_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with one release and one fact, whose source is well; not to be changed."""
    path = tmp_path_factory.mktemp("sound") / "commitments.duckdb"
    ledger = LedgerBuilder(con=open_build(path))
    ledger.run(at("2015-11-09"), [release("a", "2015-11-02", [stated("Eighty cities", 80)])])
    ledger.con.close()
    return path


@pytest.fixture
def sound(sound_once: Path, tmp_path: Path) -> LedgerBuilder:
    """A ledger with one release and one fact, of the test's own."""
    con = open_build(Path(shutil.copyfile(sound_once, tmp_path / "commitments.duckdb")))
    ledger = LedgerBuilder(con=con)
    ledger.run_id = ledger.rows("SELECT run_id FROM run")[0][0]
    return ledger
