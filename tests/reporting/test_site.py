"""The static site: every page is there, every link resolves, nothing breaks out, only what changed is written."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html as lxml_html

from flows.reporting.links import evidence_path
from flows.reporting.site import Download, write_site
from tests.reporting.ledger import INITIATIVES, JANUARY
from tests.warehouse.builders import LedgerBuilder, at, release, stated
from warehouse.site_data import SiteData


@pytest.fixture(scope="module")
def site(mondays: tuple[LedgerBuilder, list[Any]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home") / "site"
    export = folder.parent / "figures.csv"
    export.write_text("a,b\n1,2\n")
    write_site(SiteData(mondays[0].con), folder, [Download(export, "a table")])
    return folder


_PUBLIC_VIEWS = "SELECT view_name FROM duckdb_views() WHERE schema_name = 'main' AND NOT internal AND NOT temporary"


def _pages(site: Path) -> Iterator[tuple[Path, Any]]:
    for page in sorted(site.rglob("*.html")):
        yield page, lxml_html.fromstring(page.read_text(encoding="utf-8"))


def test_there_is_a_page_for_everything(site: Path) -> None:
    found = {str(page.relative_to(site)) for page in site.rglob("*.html")}
    assert {
        "index.html",
        "data.html",
        "editions/index.html",
        "editions/2016-W03.html",
        "editions/2015-W45.html",
        "initiatives/index.html",
        "initiatives/compact.html",
        "places/index.html",
        "places/geonames-1.html",
    } <= found
    assert len([name for name in found if name.startswith("evidence/")]) == 7


def test_every_link_between_pages_resolves_to_its_anchor(site: Path) -> None:
    checked = 0
    for page, tree in _pages(site):
        for element in tree.xpath("//*[@href or @src]"):
            target = urlsplit(element.get("href") or element.get("src"))
            if target.scheme:
                assert target.scheme in ("https", "http", "data")
                continue
            file = (page.parent / unquote(target.path)).resolve() if target.path else page
            assert file.is_file(), f"{page.name} links to {target.path}, which is not there"
            if target.fragment:
                other = lxml_html.fromstring(file.read_text(encoding="utf-8"))
                assert other.xpath(f"//*[@id='{target.fragment}']"), f"{target.path} has no #{target.fragment}"
            checked += 1
    assert checked > 200


def test_the_front_page_tells_the_newest_edition_and_leads_to_all_earlier_ones(site: Path) -> None:
    front = lxml_html.fromstring((site / "index.html").read_text())
    assert front.xpath("//h1")[0].text_content() == "Compact of Mayors reaches 122"
    earlier = [link.get("href") for link in front.xpath("//nav[@aria-labelledby='s-earlier']//a")]
    assert earlier == [f"editions/{name}.html" for name in ("2016-W02", "2015-W47", "2015-W45")]


def test_facts_are_marked_and_anchored_where_they_stand(site: Path, mondays: tuple[LedgerBuilder, list[Any]]) -> None:
    rows = mondays[0].rows("SELECT version_id, fact_id, quote FROM fact_current ORDER BY fact_id")
    assert rows
    for version_id, fact_id, quote in rows:
        tree = lxml_html.fromstring((site / evidence_path(str(version_id))).read_text(encoding="utf-8"))
        [anchor] = tree.xpath(f"//*[@id='f-{fact_id}']")
        assert quote.startswith(anchor.text_content())
        assert anchor.xpath(".//mark")


def test_release_text_is_escaped(site: Path) -> None:
    sheet = next(page for page in (site / "evidence").iterdir() if "goes on until Friday" in page.read_text())
    tree = lxml_html.fromstring(sheet.read_text())
    assert "<script>alert('never')</script>" in tree.xpath("//article")[0].text_content()
    assert all(script.get("src") for script in tree.xpath("//script"))


def test_pages_bear_what_screen_readers_and_keyboards_need(site: Path) -> None:
    for page, tree in _pages(site):
        assert tree.get("lang") == "en", page
        assert len(tree.xpath("//h1")) == 1, page
        assert tree.xpath("//main[@id='content']") and tree.xpath("//a[@class='skip'][@href='#content']"), page
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids)), f"{page} has an id twice"
        assert all(tree.xpath(f"//*[@id='{name}']") for name in tree.xpath("//@aria-labelledby")), page
        for picture in tree.xpath("//*[local-name()='svg']"):
            assert picture.get("aria-label") and picture.get("role") in ("img", "group"), page


def test_the_dictionary_explains_every_column(site: Path, mondays: tuple[LedgerBuilder, list[Any]]) -> None:
    text = (site / "data.html").read_text()
    for (name,) in mondays[0].rows(_PUBLIC_VIEWS):
        assert f'id="t-{name}"' in text
    assert "report_series" not in text
    tree = lxml_html.fromstring(text)
    assert all(
        row.xpath("td")[0].text_content().strip() for row in tree.xpath("//table[contains(@class,'plain')]/tbody/tr")
    )


def test_files_to_download_lie_beside_the_pages(site: Path) -> None:
    assert (site / "downloads" / "figures.csv").read_text() == "a,b\n1,2\n"
    assert 'href="downloads/figures.csv"' in (site / "data.html").read_text()


def test_the_searchs_index_names_every_initiative_and_place(site: Path) -> None:
    script = (site / "assets" / "search-index.js").read_text()
    entries = json.loads(script.removeprefix("window.LEDGER_INDEX=").rstrip(";\n"))
    assert ["Compact of Mayors", "initiatives/compact.html", "CoM"] in entries
    assert ["Denver, CO", "places/geonames-1.html", "city"] in entries
    assert all((site / path).is_file() for _, path, _ in entries)


def test_nothing_is_written_twice_and_news_touch_only_what_they_change(tmp_path: Path) -> None:
    ledger = LedgerBuilder(initiatives=INITIATIVES)
    police = {"unit": "agency", "initiative": "police-data"}
    ledger.run(
        at("2015-11-02"),
        [
            release("a", "2015-08-24", [stated("34 cities are in.", 34)]),
            release("b", "2015-05-18", [stated("21 agencies take part.", 21, **police)]),
        ],
    )
    first = write_site(SiteData(ledger.con), tmp_path)
    assert first.written == first.pages == len([path for path in tmp_path.rglob("*") if path.is_file()]) - 1
    again = write_site(SiteData(ledger.con), tmp_path)
    assert (again.written, again.pages) == (0, first.pages)
    ledger.run(at("2015-11-09"), [release("c", "2015-11-05", [stated("30 agencies by now.", 30, **police)])])
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.html")}
    third = write_site(SiteData(ledger.con), tmp_path)
    changed = {
        str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.html") if before.get(path) != path.read_bytes()
    }
    assert third.written == len(changed) == 3
    assert {"initiatives/police-data.html", "initiatives/index.html"} < changed
    assert {name.partition("/")[0] for name in changed} == {"initiatives", "evidence"}


def test_a_page_that_was_lost_or_meddled_with_is_put_back(tmp_path: Path) -> None:
    ledger = LedgerBuilder()
    ledger.run(at("2015-11-02"), [release("a", "2015-08-24", [stated("34 cities are in.", 34)])])
    write_site(SiteData(ledger.con), tmp_path)
    whole = {path: path.read_bytes() for path in tmp_path.rglob("*.html")}
    shutil.rmtree(tmp_path / "evidence")
    (tmp_path / "index.html").write_text("nonsense")
    write_site(SiteData(ledger.con), tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.html")} == whole


def test_both_versions_of_a_revised_page_stand_with_the_difference(tmp_path: Path) -> None:
    ledger = LedgerBuilder()
    ledger.run(at("2015-11-02"), [release("a", "2015-08-24", [stated("34 cities are in.", 34)])])
    ledger.run(at("2015-11-09"), [release("a", "2015-08-24", [stated("35 cities are in.", 35)])])
    write_site(SiteData(ledger.con), tmp_path)
    versions = ledger.rows("SELECT version_id FROM release_version WHERE superseded_at IS NULL ORDER BY first_seen")
    old, new = (lxml_html.fromstring((tmp_path / evidence_path(str(v))).read_text()) for (v,) in versions)
    [change] = new.xpath("//section[@aria-labelledby='changes']/p")
    assert [part.text_content() for part in change.xpath("./del|./ins")] == ["34", "35"]
    assert new.xpath("//a[text()='see it']/@href") == [f"../{evidence_path(str(versions[0][0]))}"]
    assert old.xpath("//a[text()='see the next version']/@href") == [f"../{evidence_path(str(versions[1][0]))}"]
    assert old.xpath("//mark") and not old.xpath("//section[@aria-labelledby='changes']")


def test_what_was_revised_is_marked_in_the_chart_and_told_below_it(tmp_path: Path) -> None:
    ledger = LedgerBuilder()
    told = [release("a", "2015-08-24", [stated("34 cities are in.", 34)])]
    ledger.run(at("2015-11-02"), [*told, release("b", "2015-10-01", [stated("50 cities are in.", 50)])])
    ledger.run(at("2015-11-09"), [release("a", "2015-08-24", [stated("35 cities are in.", 35)])])
    write_site(SiteData(ledger.con), tmp_path)
    page = lxml_html.fromstring((tmp_path / "initiatives" / "compact.html").read_text())
    [item] = page.xpath("//section[@class='series']//li")
    assert " ".join(item.text_content().split()) == "Revised. Number: 34 → 35 seen 9 Nov 2015: before, after"
    crosses = page.xpath("//*[@class='former']/..")
    assert len(crosses) == 2  # the wide and the narrow chart
    before, after = item.xpath(".//a/@href")
    assert {cross.get("href") for cross in crosses} == {before}
    for href in (before, after):
        path, _, anchor = href.removeprefix("../").partition("#")
        assert lxml_html.fromstring((tmp_path / path).read_text()).xpath(f"//*[@id='{anchor}']")
    sides = page.xpath("//section[@aria-labelledby='findings']//a/@href")
    assert sides == [before, after]  # the finding leads to both sides, the one no longer in force too
    assert "cross: where the number stood" in page.xpath("string(//figcaption)")


def test_a_text_that_stands_a_second_time_does_not_double_its_crosses(tmp_path: Path) -> None:
    ledger = LedgerBuilder()
    first, second = (release("a", "2015-08-24", [stated(f"{count} cities are in.", count)]) for count in (34, 35))
    other = release("b", "2015-10-01", [stated("50 cities are in.", 50)])
    for day, told in (("2015-11-02", [first, other]), ("2015-11-09", [second]), ("2015-11-16", [first])):
        ledger.run(at(day), told)
    assert ledger.rows("SELECT count(*) FROM revision WHERE kind = 'changed' AND what = 'value'") == [(2,)]
    write_site(SiteData(ledger.con), tmp_path)
    page = lxml_html.fromstring((tmp_path / "initiatives" / "compact.html").read_text())
    told_below = [" ".join(item.text_content().split()) for item in page.xpath("//section[@class='series']//li")]
    assert told_below == [
        "Revised. Number: 34 \N{RIGHTWARDS ARROW} 35 seen 9 Nov 2015: before, after",
        "Revised. Number: 35 \N{RIGHTWARDS ARROW} 34 seen 16 Nov 2015: before, after",
    ]
    assert len(page.xpath("//*[@class='former']")) == 4  # two in the wide chart and two in the narrow one


def test_a_ledger_without_an_edition_still_has_a_front_page(tmp_path: Path) -> None:
    ledger = LedgerBuilder()
    ledger.run(at("2015-11-02"), JANUARY)
    written = write_site(SiteData(ledger.con), tmp_path)
    assert "No edition yet." in written.index.read_text()
