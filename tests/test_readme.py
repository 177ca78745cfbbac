"""The README is true: its commands run, its variables are the ones that are read, its links lead somewhere."""

from __future__ import annotations

import re
import shlex

import pytest

from tests.conftest import ROOT, SampleRun, commitments

README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = "\n".join(re.findall(r"```sh\n(.*?)```", README, re.DOTALL))
QUERIES = [line for line in SHELL.splitlines() if " query " in line]


@pytest.mark.parametrize("line", QUERIES)
def test_its_queries_answer(line: str, sample_run: SampleRun) -> None:
    words = shlex.split(line)
    assert words[0] == ".venv/bin/commitments"
    ended = commitments(*words[1:], home=sample_run.home)
    assert ended.code == 0, ended.err
    assert len(ended.out.splitlines()) > 2


def test_its_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"^make ([\w-]+)", SHELL, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_its_commands_exist() -> None:
    from flows.cli import main

    for name in set(re.findall(r"`(?:\.venv/bin/)?commitments (\w+)", README)):
        assert name in main.commands, name


def test_its_variables_are_the_ones_that_are_read() -> None:
    read = set(re.findall(r'"(COMMITMENTS_\w+)"', (ROOT / "flows" / "settings.py").read_text()))
    assert read == set(re.findall(r"^\| `(COMMITMENTS_\w+)`", README, re.MULTILINE))


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md"))]
)
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / page).parent.joinpath(target).exists(), f"{page} links to {target}"
