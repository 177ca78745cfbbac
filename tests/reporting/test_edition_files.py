"""The files of an edition: written whole, once, and left alone ever after."""

from __future__ import annotations

import json
from pathlib import Path

from flows.reporting.edition import write_edition
from tests.reporting import examples

CANONICAL = json.dumps(examples.payload(), sort_keys=True).encode()


def test_an_editions_files_lie_together(tmp_path: Path) -> None:
    written = write_edition(examples.payload(), CANONICAL, tmp_path, site_url="https://ledger.example")
    assert written.is_new and written.folder == tmp_path / "2016-W03"
    assert written.payload.read_bytes() == CANONICAL
    assert written.figures.name == "2016-W03.csv"
    assert written.lead == "Compact of Mayors passes 100" and written.subject.startswith(written.lead)
    page = written.html.read_text()
    assert written.lead in page and "cid:" not in page and "https://ledger.example/evidence/" in page
    assert written.lead in written.text.read_text()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2016-W03"]


def test_a_stored_edition_is_never_overwritten(tmp_path: Path) -> None:
    first = write_edition(examples.payload(), CANONICAL, tmp_path)
    first.text.write_text("as it was sent")
    again = write_edition(examples.quiet_payload(), b"{}", tmp_path)
    assert not again.is_new
    assert first.text.read_text() == "as it was sent" and first.payload.read_bytes() == CANONICAL


def test_made_again_every_file_has_equal_bytes(tmp_path: Path) -> None:
    one, two = (write_edition(examples.payload(), CANONICAL, tmp_path / name) for name in ("one", "two"))
    files = {path.name: path.read_bytes() for path in one.folder.iterdir()}
    assert files == {path.name: path.read_bytes() for path in two.folder.iterdir()}
    assert len(files) == 4
