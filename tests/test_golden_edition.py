"""The sample's last edition, word for word: whoever changes what readers are told sees it here, and looks at it.

After a change that is meant: delete `tests/golden/2016-W03.txt`, run this test, which writes it anew and fails, read
the difference, and commit it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import SampleRun

GOLDEN = Path(__file__).resolve().parent / "golden" / "2016-W03.txt"


def test_the_samples_last_edition_says_what_was_agreed(sample_run: SampleRun) -> None:
    assert sample_run.ended.code == 0, sample_run.ended.err
    told = (sample_run.data / "editions" / "2016-W03" / "edition.txt").read_text(encoding="utf-8")
    if not GOLDEN.exists():
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(told, encoding="utf-8")
        pytest.fail(f"{GOLDEN.name} was missing and is written now: read it and commit it")
    assert told == GOLDEN.read_text(encoding="utf-8")
