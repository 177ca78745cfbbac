"""The command as a user meets it: help for everything, a plain sentence for every error, exit codes that say which."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import click
import pytest

from flows.cli import main
from tests.conftest import Command, commitments

TEXT = "More than 40 towns have joined the Harbor Light Compact since May 2015.\n\nThe mayor thanked them."
PAGE = """<!doctype html><html lang="en"><head><title>Forty towns sign | Harbor Office</title>
<meta property="article:published_time" content="2015-11-20T09:00:00-05:00"></head>
<body><nav><a href="/">Home</a></nav><main><h1>Forty towns sign</h1>
<p>More than 40 towns have joined the Harbor Light Compact since May 2015, the office said on Friday.</p>
<ul><li>Twelve towns will replace 9,000 lamps by 2020.</li></ul></main><footer>12 offices</footer></body></html>"""

FIELDS = {
    *("release", "start", "end", "number_start", "number_end", "kind", "value", "value_max", "bound", "unit", "stage"),
    *("action", "initiative", "as_of", "since", "deadline", "places", "actors", "series"),
}


def all_commands() -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []

    def walk(group: click.Group, words: tuple[str, ...]) -> None:
        for name, command in group.commands.items():
            found.append((*words, name))
            if isinstance(command, click.Group):
                walk(command, (*words, name))

    walk(main, ())
    return found


@pytest.mark.parametrize("words", all_commands(), ids=" ".join)
def test_every_command_says_what_it_does(words: tuple[str, ...]) -> None:
    command: click.Command = main
    for word in words:
        assert isinstance(command, click.Group)
        command = command.commands[word]
    assert command.help and len(command.help) > 20
    for parameter in command.params:
        assert not isinstance(parameter, click.Option) or parameter.help or parameter.name == "help"


def test_read_gives_one_object(run: Command, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE)
    ended = run("read", tmp_path / "page.html", "--json")
    assert ended.code == 0, ended.err
    page = json.loads(ended.out)
    assert page["title"] == "Forty towns sign"
    assert (page["published"], page["published_basis"]) == ("2015-11-20", "metadata")
    assert [block["kind"] for block in page["blocks"]] == ["paragraph", "list_item"]
    assert page["text"] == "\n\n".join(block["text"] for block in page["blocks"])
    assert "12 offices" not in page["text"]


def test_extract_gives_facts_a_scorer_reads(run: Command, tmp_path: Path) -> None:
    (tmp_path / "compact.txt").write_text(TEXT, newline="")
    ended = run("extract", tmp_path / "compact.txt", "--published", "2015-11-20", "--jsonl")
    assert ended.code == 0, ended.err
    facts = [json.loads(line) for line in ended.out.splitlines()]
    fact = next(fact for fact in facts if fact["kind"] == "quantity")
    assert set(fact) == FIELDS
    assert fact["release"] == "compact"
    assert TEXT[fact["number_start"] : fact["number_end"]] == "40"
    assert (fact["value"], fact["bound"], fact["unit"]) == (40, ">", "town")
    assert (fact["stage"], fact["action"], fact["initiative"]) == ("total", "join", "Harbor Light Compact")
    assert (fact["since"], fact["as_of"]) == ("2015-05-01", "2015-11-20")


def test_extract_without_a_date_leaves_open_what_depends_on_it(run: Command, tmp_path: Path) -> None:
    (tmp_path / "compact.txt").write_text("More than 40 towns have joined the Harbor Light Compact.")
    ended = run("extract", tmp_path / "compact.txt", "--jsonl")
    assert json.loads(ended.out)["as_of"] is None
    assert "no release date" in ended.err


def test_extract_on_a_page_gives_offsets_into_the_text_that_read_gives(run: Command, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE)
    text = json.loads(run("read", tmp_path / "page.html", "--json").out)["text"]
    ended = run("extract", tmp_path / "page.html", "--jsonl")
    numbers = [(fact["number_start"], fact["number_end"]) for fact in map(json.loads, ended.out.splitlines())]
    assert {text[a:b] for a, b in numbers if a is not None} == {"40", "Twelve", "9,000"}


def test_quantities_alone(run: Command, tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text("Output rose by about 12 percent to 3.5 million tonnes in 18 months.")
    ended = run("extract", "--quantities", tmp_path / "news.txt", "--jsonl")
    found = [json.loads(line) for line in ended.out.splitlines()]
    assert [(q["value"], q["bound"], q["unit"]) for q in found] == [
        (12, "~", "%"),
        (3_500_000, "=", "tonne"),
        (18, "=", "month"),
    ]
    assert set(found[0]) == {"start", "end", "value", "value_max", "bound", "trend", "unit"}


def test_extract_for_reading_marks_the_facts(run: Command, tmp_path: Path) -> None:
    (tmp_path / "compact.txt").write_text(TEXT)
    ended = run("extract", tmp_path / "compact.txt", "--published", "2015-11-20")
    assert "[40](1) towns" in ended.out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("query", "SELECT 1"), 1, "There is no ledger at"),
        (("status",), 1, "There is no ledger at"),
        (("check",), 1, "There is no ledger at"),
        (("report",), 1, "There is no ledger at"),
        (("read", "absent.html"), 1, "No such file"),
        (("extract", "absent.txt"), 1, "No such file"),
        (("extract",), 2, "Missing argument"),
        (("weekly", "--now", "soon"), 2, "not an ISO date and time"),
        (("collect", "--since", "soon"), 2, "soon"),
        (("sources", "test", "nowhere"), 2, "No source is called nowhere"),
        (("send", "--test"), 2, "--to and --test go together"),
        (("nonsense",), 2, "No such command"),
    ],
)
def test_errors_are_one_plain_sentence(run: Command, words: tuple[str, ...], code: int, said: str) -> None:
    ended = run(*words)
    assert ended.code == code, ended.err
    assert said in ended.err
    assert "Traceback" not in ended.err


def test_without_home_and_checkout_an_error_names_the_remedy(tmp_path: Path) -> None:
    ended = commitments("status", home=None, cwd=tmp_path)
    assert ended.code == 2
    assert "COMMITMENTS_HOME" in ended.err


def test_an_unwritable_home_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file stands where the home should be")
    ended = commitments("subscribers", "add", "reader@example.org", home=blocked)
    assert ended.code == 1
    assert str(blocked) in ended.err
    assert "Traceback" not in ended.err


def test_bad_input_files_never_end_in_a_traceback(run: Command, tmp_path: Path) -> None:
    files = {
        "empty.html": b"",
        "binary.html": bytes(range(256)) * 20,
        "broken.html": b"<html><body><p>Open <b>tags <p>12 towns joined the <i>Compact",
        "empty.txt": b"",
        "binary.txt": bytes(range(256)) * 20,
    }
    for name, body in files.items():
        (tmp_path / name).write_bytes(body)
        for words in (("extract", "--jsonl", tmp_path / name), ("read", "--json", tmp_path / name)):
            ended = run(*words)
            assert ended.code in (0, 1)
            assert "Traceback" not in ended.err, f"{words}: {ended.err}"


def test_the_light_commands_import_no_prefect(run: Command, tmp_path: Path) -> None:
    (tmp_path / "compact.txt").write_text(TEXT)
    ended = run("extract", tmp_path / "compact.txt", "--jsonl", PYTHONPROFILEIMPORTTIME="1")
    assert "flows.extraction" in ended.err
    assert " prefect" not in ended.err


def test_subscribers_come_and_go(run: Command) -> None:
    assert "climate" in run("subscribers", "add", "reader@example.org", "--topic", "climate").out
    assert "reader@example.org" in run("subscribers", "list").out
    assert run("subscribers", "remove", "reader@example.org").code == 0
    assert "reader@example.org" not in run("subscribers", "list").out
    assert run("subscribers", "add", "nonsense").code == 1


def test_private_files_are_for_the_operator_only(run: Command, tmp_path: Path) -> None:
    run("subscribers", "add", "reader@example.org")
    for path in (tmp_path / "home" / "private").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
