"""A source file is read strictly: what is missing, mistyped or unknown is named with file and field."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.sources.reading import SpecError, read_spec
from flows.sources.registry import load_sources
from flows.sources.spec import Count, Selection

GOOD = """
id = "towns"
publisher = "Association of Towns"
name = "News of towns"
base_url = "https://towns.example"
time_zone = "Europe/Paris"
cadence = "weekly"
licence = "free to quote"
enabled = true
verified = 2026-01-31
rate = 0.5
quiet_days = 30
[[discovery]]
kind = "listing"
url = "https://towns.example/news?page={page}"
expect = "1..20"
rows = "li.item"
[article]
shape = "generic"
url_pattern = '/news/\\d+$'
body = { css = "div.text", expect = "1.." }
"""

# what to replace, by what, which field the error names
BAD = [
    ('publisher = "Association of Towns"', "", "publisher"),
    ('publisher = "Association of Towns"', "publisher = 7", "publisher"),
    ('publisher = "Association of Towns"', 'publisher = " "', "publisher"),
    ('id = "towns"', 'id = "cities"', "id"),
    ('"https://towns.example"\ntime', '"towns.example"\ntime', "base_url"),
    ('"https://towns.example"\ntime', '"https://towns.example/news"\ntime', "base_url"),
    ("Europe/Paris", "Europe/Atlantis", "time_zone"),
    ("weekly", "sometimes", "cadence"),
    ("enabled = true", 'enabled = "yes"', "enabled"),
    ("verified = 2026-01-31", 'verified = "surely"', "verified"),
    ("rate = 0.5", "", "rate"),
    ("rate = 0.5", "rate = 0", "rate"),
    ("rate = 0.5", "rate = true", "rate"),
    ("quiet_days = 30", "quiet_days = 0", "quiet_days"),
    ("quiet_days = 30", "quiet_days = 30\nhosts = ['https://towns.example']", "hosts"),
    ("quiet_days = 30", "quiet_days = 30\nfetch_from = 'ftp://towns.example'", "fetch_from"),
    ("quiet_days = 30", "quiet_days = 30\nceiling = 5\nfloor = 6", "ceiling"),
    ("quiet_days = 30", "quiet_days = 30\ncolour = 'blue'", "colour"),
    ("quiet_days = 30", "quiet_days = 30\nproved = ['weather']", "proved"),
    ('kind = "listing"', 'kind = "guess"', "discovery[0].kind"),
    ('rows = "li.item"', "", "discovery[0].rows"),
    ('rows = "li.item"', 'rows = "li:nth-child(2)"', "discovery[0].rows"),
    ('rows = "li.item"', 'rows = "li.item"\nitems = "data"', "discovery[0].items"),
    ('expect = "1..20"', 'expect = "some"', "discovery[0].expect"),
    ('expect = "1..20"', 'expect = "20..1"', "discovery[0].expect"),
    ('expect = "1..20"', 'expect = 1\ndate_formats = ["%Q"]', "discovery[0].date_formats"),
    ('"https://towns.example/news?', '"https://elsewhere.example/news?', "discovery[0].url"),
    ('shape = "generic"', 'shape = "round"', "article.shape"),
    ("'/news/\\d+$'", "'/news/(\\d+$'", "article.url_pattern"),
    ('body = { css = "div.text", expect = "1.." }', 'body = { css = "div.text" }', "article.body.expect"),
    ('body = { css = "div.text", expect = "1.." }', 'body = "div.text"', "article.body"),
    ('body = { css = "div.text", expect = "1.." }', 'drop = ["div["]', "article.drop"),
]


def written(folder: Path, text: str, name: str = "towns.toml") -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_a_good_file_is_read_whole(tmp_path: Path) -> None:
    spec = read_spec(written(tmp_path, GOOD))
    assert (spec.id, spec.verified, spec.rate, spec.topics) == ("towns", "2026-01-31", 0.5, ())
    assert spec.discovery[0].expect == Count(1, 20) and spec.discovery[0].counts_pages
    assert spec.article.body == Selection("div.text", Count(1, None))


@pytest.mark.parametrize(("old", "new", "field"), BAD)
def test_a_bad_field_is_named_with_its_file(tmp_path: Path, old: str, new: str, field: str) -> None:
    assert old in GOOD
    with pytest.raises(SpecError) as raised:
        read_spec(written(tmp_path, GOOD.replace(old, new)))
    assert raised.value.field == field
    assert f"towns.toml: field `{field}`" in str(raised.value)


def test_only_a_loopback_place_goes_without_a_rate(tmp_path: Path) -> None:
    text = GOOD.replace("rate = 0.5", 'fetch_from = "http://127.0.0.1:8800"')
    assert read_spec(written(tmp_path, text)).rate is None


@pytest.mark.parametrize("text", ["id = ", "\udcff"])
def test_what_is_no_toml_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "towns.toml"
    file.write_bytes(text.encode("utf-8", errors="surrogateescape"))
    with pytest.raises(SpecError, match=r"towns\.toml.*cannot be read"):
        read_spec(file)


def test_one_bad_file_is_an_issue_and_the_others_go_on(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    written(tmp_path, GOOD.replace('"towns"', '"villages"').replace('licence = "free to quote"', ""), "villages.toml")
    specs, issues = load_sources(tmp_path)
    assert [spec.id for spec in specs] == ["towns"]
    assert [(issue.code, issue.source_id) for issue in issues] == [("source-invalid", "villages")]
    assert "villages.toml" in issues[0].message and "`licence` is missing" in issues[0].message


def test_no_folder_and_an_empty_folder_are_issues(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        specs, issues = load_sources(folder)
        assert specs == [] and [issue.code for issue in issues] == ["sources-missing"]


def test_the_built_in_sources_are_all_good() -> None:
    specs, issues = load_sources()
    assert issues == [] and len(specs) >= 15
