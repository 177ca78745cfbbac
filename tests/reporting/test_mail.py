"""The mail in both dresses: what it says, what it must never contain, how big it gets."""

from __future__ import annotations

import copy
import re

import pytest
from lxml import html as lxml_html

from flows.reporting import mail
from flows.reporting.mail import Mail
from flows.reporting.payload import Edition, Filter, read_edition
from flows.reporting.present import Part, Presenter
from tests.reporting import examples

SITE_URL = "https://ledger.example"


@pytest.fixture
def whole(edition: Edition) -> Mail:
    return mail.compose(edition, site_url=SITE_URL)


def _words(page: str) -> str:
    body = lxml_html.fromstring(page).find("body")
    return " ".join(body.text_content().split())


def test_both_dresses_tell_the_same(whole: Mail) -> None:
    plain, rich = " ".join(whole.text.split()).replace(" | ", " "), _words(whole.html)
    for said in (
        "Compact of Mayors passes 100",
        "US cities taking part",
        "122",
        "+4",
        "118 on 15 Dec 2015",
        "more than 440 on 5 Feb 2015",
        "Target 100 by 30 Nov 2015: met",
        "At its pace it gets there on 2 Aug 2017 (between 20 Jun 2017 and 14 Sep 2017)",
        "Denver, CO; Fayetteville, NC; Orlando, FL; Spokane, WA and Tucson, AZ",
        "Norfolk, VA",
        "one group includes the other",
        "Number: 90 → 100",
        "Deadline: 30 November 2015 added",
        "told 3 times",
        "the hedge was lost",
        "Bright streets",
        "Department of Streets",
        "Two pages answered with a block page; they lie in quarantine",
        "18%",
    ):
        assert said in plain, f"missing in the text part: {said}"
        assert said in rich, f"missing in the HTML part: {said}"


def test_every_figure_leads_to_its_sentence(whole: Mail) -> None:
    page = lxml_html.fromstring(whole.html)
    hrefs = {link.text_content(): link.get("href") for link in page.iterfind(".//a")}
    fact = examples.fact_id("mayors-122")
    assert hrefs["122"] == f"{SITE_URL}/evidence/{examples.version_id(1)}.html#f-{fact}"
    for figure in page.xpath("//*[contains(@class, 'x-never')] | //a"):
        assert figure.get("href").startswith(("https://", "mailto:"))


def test_text_lines_hold_within_78_columns_but_for_lone_addresses(whole: Mail) -> None:
    too_long = [line for line in whole.text.splitlines() if len(line) > 78]
    assert all(re.fullmatch(r"\[\d+\] https?://\S+", line) for line in too_long), too_long


def test_every_numbered_link_of_the_text_is_listed_once(whole: Mail) -> None:
    body, _, listed = whole.text.partition("\nLinks\n")
    used = {int(number) for number in re.findall(r"\[(\d+)\]", body)}
    given = [int(number) for number in re.findall(r"^\[(\d+)\] ", listed, re.MULTILINE)]
    assert given == sorted(used) == list(range(1, len(given) + 1))


def test_the_html_asks_for_nothing_from_outside(whole: Mail) -> None:
    lowered = whole.html.lower()
    for forbidden in ("<script", "<svg", "<link", "<iframe", "<object", "@import", "url(", "javascript:", "onerror="):
        assert forbidden not in lowered
    sources = re.findall(r'src="([^"]*)"', whole.html)
    assert sources and all(source.startswith("cid:") for source in sources)


def test_dark_and_narrow_rules_survive_the_inlining(whole: Mail) -> None:
    assert "prefers-color-scheme:dark" in whole.html.replace(" ", "")
    assert "max-width:520px" in whole.html.replace(" ", "")
    assert 'style="' in whole.html


def test_every_picture_says_what_it_shows(whole: Mail) -> None:
    pictures = lxml_html.fromstring(whole.html).xpath("//img")
    assert {picture.get("src").removeprefix("cid:") for picture in pictures} == set(whole.pictures)
    alts = [picture.get("alt") for picture in pictures]
    assert any("34 (24 Aug 2015)" in alt and "122 (21 Jan 2016)" in alt for alt in alts)
    assert all(png.startswith(b"\x89PNG") for png in whole.pictures.values())


def test_release_text_cannot_break_out() -> None:
    made = examples.payload()
    evil = '</td><script>alert(1)</script><img src=x onerror="x">'
    for section in made["sections"]:
        for row in section["rows"]:
            row.update({key: evil for key in ("initiative", "participant", "message", "title", "reason") if key in row})
    for evidence in made["evidence"].values():
        evidence["url"] = "javascript:alert(1)"
        evidence["quote"] = evil + evidence["quote"]
        evidence["number_start"] = evidence["number_end"] = None
    written = mail.compose(read_edition(made))
    assert "<script" not in written.html and "<img src=x" not in written.html
    page = lxml_html.fromstring(written.html)
    assert not page.xpath("//script") and len(page.xpath("//img")) == len(written.pictures)
    assert "javascript:" not in written.html and "javascript:" not in written.text
    assert "alert(1)" in written.html


def test_targets_of_one_count_that_stand_alike_are_one_item() -> None:
    made = examples.payload()
    [targets] = [section for section in made["sections"] if section["name"] == "targets"]
    first = targets["rows"][0]
    others = [{**first, "target_value": 10 * n, "target_shown": str(10 * n), "deadline": None} for n in (1, 2)]
    before = len(_targets(read_edition(made)).items)
    targets["rows"] += others
    part = _targets(read_edition(made))
    assert len(part.items) == before and part.more == 0
    assert part.items[0].note == "of 100, due 30 Nov 2015"
    assert "2 more targets of this count stand the same way" in part.items[0].lines


def _targets(edition: Edition) -> Part:
    return next(part for part in Presenter(edition, None).parts(20) if part.name == "targets")


def test_a_huge_week_stays_below_the_size_at_which_mail_is_cut() -> None:
    made = examples.payload()
    for section in made["sections"]:
        section["rows"] = [copy.deepcopy(row) for row in section["rows"] for _ in range(100)]
    written = mail.compose(read_edition(made), site_url=SITE_URL)
    assert len(written.html.encode()) < 100_000
    assert "more in the attached table" in written.html
    assert written.figures.count(b"\n") > 1000


def test_a_quiet_week_is_a_short_note_with_the_sources(quiet: Edition) -> None:
    written = mail.compose(quiet)
    assert written.subject == "A quiet week · week 3, 2016"
    assert "Nothing moved, nobody joined, nothing was revised. 1 of 2 sources answered as they should." in _words(
        written.html
    )
    assert "What we could see" in written.html and "Targets" not in written.html
    assert len(written.text) < 1500


def test_a_gap_is_told() -> None:
    made = examples.payload()
    made["edition"]["weeks_covered"] = 3
    assert (
        "There was no edition for the 2 weeks before; this one covers them too."
        in mail.compose(read_edition(made)).text
    )


def test_the_readers_selection_is_printed_and_held_to(edition: Edition) -> None:
    written = mail.compose(edition, wanted=Filter(topics=("policing",)))
    assert "Your selection: topic policing." in written.text
    assert "Police Data Initiative" in written.text and "Compact of Mayors" not in written.text
    assert written.subject.startswith("Police Data Initiative reaches 26")
    assert b"Compact of Mayors" not in written.figures


def test_made_again_it_has_equal_bytes(edition: Edition) -> None:
    first, again = mail.compose(edition, site_url=SITE_URL), mail.compose(edition, site_url=SITE_URL)
    assert first == again


def test_a_test_copy_is_marked(edition: Edition) -> None:
    written = mail.compose(edition, marked="This is a test copy.")
    assert written.subject.startswith("[Test] ")
    assert "This is a test copy." in written.text and "This is a test copy." in written.html


def test_a_long_sentence_is_cut_at_words_around_its_number() -> None:
    made = examples.payload()
    fact = examples.fact_id("mayors-122")
    quote = "word " * 100 + "122 cities " + "word " * 100
    made["evidence"][fact].update(quote=quote, number_start=500, number_end=503)
    printed = Presenter(read_edition(made), None).quote(fact)
    assert printed is not None
    assert (printed.number, len(printed.text) < 280) == ("122", True)
    assert printed.before.startswith("…word") and printed.after.endswith("word…")
