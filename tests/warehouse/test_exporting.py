"""Exports beside the published file, and that no secret gets into either."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.builders import at, release, stated
from tests.warehouse.ledgers import fill
from warehouse.catalogue import catalogue
from warehouse.connection import open_published
from warehouse.exporting import export
from warehouse.publishing import publish

ADDRESS, SECRET = "reader.of.the.mail@subscribers.example", "hunter2-smtp-password"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published ledger with its exports, beside private data and in an environment that holds a secret."""
    home = tmp_path_factory.mktemp("home")
    (home / "private").mkdir()
    (home / "private" / "subscribers.toml").write_text(f'mail = "{ADDRESS}"\nsmtp = "{SECRET}"\n')
    ledger = fill(home / "build" / "commitments.duckdb")
    formula = release(
        "formula", "2016-01-22", [stated("@SUM(A1) has 5 towns", 5, unit="town")], title='=HYPERLINK("x")'
    )
    ledger.run(at("2016-01-26"), [formula])
    ledger.con.close()
    publish(home / "build" / "commitments.duckdb", home / "commitments.duckdb")
    export(home / "commitments.duckdb", home / "exports")
    return home


def test_every_mart_is_there_in_both_forms(home: Path) -> None:
    with open_published(home / "commitments.duckdb") as con:
        marts = [item.name for item in catalogue(con) if item.kind == "mart"]
        for mart in marts:
            expected = con.execute(f"SELECT count(*) FROM {mart}").fetchall()
            assert duckdb.execute(f"SELECT count(*) FROM '{home}/exports/{mart}.parquet'").fetchall() == expected
            with (home / "exports" / f"{mart}.csv").open(newline="", encoding="utf-8") as file:
                assert [(len(list(csv.DictReader(file))),)] == expected


def test_no_cell_runs_as_a_formula(home: Path) -> None:
    cells = {cell for path in (home / "exports").glob("*.csv") for row in read(path) for cell in row.values()}
    assert '\'=HYPERLINK("x")' in cells and "'@SUM(A1) has 5 towns" in cells
    assert [cell for cell in cells if cell[:1] in {"=", "+", "@", "\t"}] == []
    assert [cell for cell in cells if cell.startswith("-") and not is_number(cell)] == []


def test_the_package_describes_its_files(home: Path) -> None:
    package = json.loads((home / "exports" / "datapackage.json").read_text(encoding="utf-8"))
    assert package["created"] == "2016-01-26T12:00:00+00:00"
    for resource in package["resources"]:
        body = (home / "exports" / resource["path"]).read_bytes()
        assert resource["bytes"] == len(body)
        assert resource["hash"] == f"sha256:{hashlib.sha256(body).hexdigest()}"
        assert all(field["description"] for field in resource["schema"]["fields"])
        if resource["format"] == "csv":
            assert body.decode().splitlines()[0].split(",") == [field["name"] for field in resource["schema"]["fields"]]
    names = [resource["name"] for resource in package["resources"]]
    assert len(set(names)) == len(names) == 26


def test_exports_are_the_same_bytes_again(home: Path, tmp_path: Path) -> None:
    again = export(home / "commitments.duckdb", tmp_path / "exports")
    assert [path.name for path in again if path.read_bytes() != (home / "exports" / path.name).read_bytes()] == []
    assert list(tmp_path.iterdir()) == [tmp_path / "exports"]


def test_the_dictionary_names_everything(home: Path) -> None:
    page = (home / "exports" / "DICTIONARY.md").read_text(encoding="utf-8")
    with open_published(home / "commitments.duckdb") as con:
        for item in catalogue(con):
            assert f"### {item.name}" in page
            assert all(f"`{column.name}`" in page for column in item.columns if item.kind != "macro")
            assert item.comment and item.comment.replace("|", "\\|") in page.replace("\\|", "|").replace("|", "\\|")


def test_no_address_and_no_secret_reaches_what_is_published(home: Path) -> None:
    published = [home / "commitments.duckdb", *(home / "exports").iterdir()]
    assert len(published) > 20
    for path in published:
        body = path.read_bytes()
        assert ADDRESS.encode() not in body and SECRET.encode() not in body, path.name


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
