"""Looks at a source: what is new, changed, moved, withdrawn, broken, and what a look costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from flows.fetching.archive import ArchiveWriter, read_snapshot, scan, verify
from flows.sources.spec import Discovery, SourceSpec
from flows.stages.collecting import Collected, broken_off, collect_source
from tests.fetching.site import PUBLIC, Answer, Asked, Site, feed, release, serve, source, unless_known
from tests.replay import quick_client
from warehouse.records import PageCheck

START = datetime(2023, 6, 12, 14, tzinfo=UTC)
SINCE = date(2023, 5, 13)
PLAN, OTHER = f"{PUBLIC}/news/plan", f"{PUBLIC}/news/other"


@dataclass
class Desk:
    """A collector with the ledger's memory: it keeps the checks that each look returned."""

    archive: Path
    spec: SourceSpec
    known: dict[str, PageCheck] = field(default_factory=dict)

    def look(self, day: float = 0, *, load: bool = True, **settings: float) -> Collected:
        now = START + timedelta(days=day)
        with quick_client(**settings) as client:
            found = collect_source(self.spec, self.known, self.archive, now, SINCE, client)
        if load:
            self.known |= {check.url: check for check in found.checks}
        return found

    def text(self, found: Collected, url: str) -> bytes:
        (snapshot,) = [s for s in found.snapshots if s.url == url and s.kind == "release"]
        return read_snapshot(self.archive / snapshot.archive_file, snapshot.archive_offset)


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as running:
        running.answers["/feed"] = feed(PLAN, OTHER)
        running.page("/news/plan", "A plan")
        running.page("/news/other", "Another plan")
        yield running


@pytest.fixture
def desk(site: Site, tmp_path: Path) -> Desk:
    return Desk(tmp_path / "archive", source(site))


def codes(found: Collected) -> list[str]:
    return sorted(issue.code for issue in found.issues)


def releases(found: Collected) -> list[str]:
    return sorted(
        snapshot.url for snapshot in found.snapshots if snapshot.kind == "release" and snapshot.quality == "ok"
    )


def test_a_first_look_archives_what_is_listed(desk: Desk, site: Site) -> None:
    found = desk.look()
    assert releases(found) == [OTHER, PLAN]
    assert desk.text(found, PLAN) == release("A plan")
    assert (found.visit.ok, found.visit.listed, found.visit.new, found.visit.failed) == (True, 2, 2, 0)
    assert found.visit.requests == len(site.asked) == 4  # robots.txt, the feed, two pages
    assert {(check.url, check.status, check.first_seen) for check in found.checks} == {
        (PLAN, 200, START),
        (OTHER, 200, START),
    }
    assert found.issues == ()


def test_neither_port_nor_loopback_address_enters_a_row_or_a_record(desk: Desk, site: Site) -> None:
    site.answers["/feed"] = feed(f"{site.url}/news/plan")
    found = desk.look()
    assert [check.url for check in found.checks] == [PLAN]
    assert "127.0.0.1" not in repr((found.snapshots, found.checks, found.visit, found.issues, found.listed))
    assert all("127.0.0.1" not in record.url for record in scan(desk.archive))


def test_the_same_moment_again_changes_nothing_and_asks_conditionally(desk: Desk, site: Site) -> None:
    site.answers["/feed"] = unless_known(feed(PLAN, OTHER), '"f1"')
    desk.look()
    asked = len(site.asked)
    again = desk.look()
    assert (again.snapshots, again.checks, again.issues) == ((), (), ())
    assert [request.path for request in site.asked[asked:]] == ["/robots.txt", "/feed"]
    assert site.asked[-1].headers["if-none-match"] == '"f1"'
    assert again.visit.listed == 2  # a 304 is read as the answer of the last time


def test_a_page_that_failed_is_not_forgotten_when_the_feed_answers_304(desk: Desk, site: Site) -> None:
    site.answers["/feed"] = unless_known(feed(PLAN), '"f1"')
    site.answers["/news/plan"] = [Answer(b"", 500)] * 9 + [Answer(release("A plan"))]
    found = desk.look(breaker_threshold=99)
    assert codes(found) == ["http-500"] and found.visit.failed == 1
    assert releases(desk.look(1)) == [PLAN]


def test_a_changed_page_is_kept_beside_its_first_state(desk: Desk, site: Site) -> None:
    first = desk.look()
    site.page("/news/plan", "A better plan")
    second = desk.look(1)
    assert releases(second) == [PLAN] and (second.visit.changed, second.visit.unchanged) == (1, 1)
    assert desk.text(first, PLAN) != desk.text(second, PLAN)
    assert desk.known[PLAN].first_seen == START and desk.known[PLAN].last_checked == START + timedelta(days=1)


def test_a_page_without_validators_is_compared_by_its_bytes(desk: Desk, site: Site) -> None:
    desk.look()
    again = desk.look(1)
    assert releases(again) == [] and again.visit.unchanged == 2


def test_a_page_that_answers_304_keeps_its_validators_and_its_status(desk: Desk, site: Site) -> None:
    site.answers["/news/plan"] = unless_known(Answer(release("A plan")), '"p1"')
    desk.look()
    desk.look(1)
    assert (desk.known[PLAN].status, desk.known[PLAN].etag) == (200, '"p1"')
    assert desk.known[PLAN].last_checked == START + timedelta(days=1)


def test_an_edit_behind_a_date_that_stands_still_is_found_after_a_week(desk: Desk, site: Site) -> None:
    day = "Mon, 12 Jun 2023 14:00:00 GMT"

    def dated(title: str) -> Callable[[Asked], Answer]:
        page = Answer(release(title), headers={"Last-Modified": day})
        return lambda asked: Answer(b"", 304) if asked.headers.get("if-modified-since") == day else page

    site.answers["/news/plan"] = dated("A plan")
    desk.look()
    site.answers["/news/plan"] = dated("Another plan than before")
    assert [releases(desk.look(number)) for number in (1, 3, 7, 30)] == [[], [], [PLAN], []]


def test_a_quiet_look_costs_no_page(desk: Desk, site: Site) -> None:
    desk.look()
    desk.look(1)
    asked = len(site.asked)
    desk.look(2)
    assert [request.path for request in site.asked[asked:]] == ["/robots.txt", "/feed"]


def test_the_budget_bounds_the_looks_at_known_pages(desk: Desk, site: Site) -> None:
    urls = [f"{PUBLIC}/news/{n}" for n in range(12)]
    site.answers["/feed"] = feed(*urls)
    for n in range(12):
        site.page(f"/news/{n}")
    desk.spec = replace(desk.spec, recheck_budget=5)
    desk.look()
    second = desk.look(1)
    assert second.visit.unchanged == 5 and codes(second) == ["recheck-budget"]
    assert desk.look(1).visit.unchanged == 0
    assert desk.look(1.5).visit.unchanged == 5


def test_new_pages_beyond_the_ceiling_wait_for_the_next_run_even_if_no_longer_listed(desk: Desk, site: Site) -> None:
    desk.spec = replace(desk.spec, max_pages=1)
    first = desk.look()
    assert releases(first) == [PLAN] and first.visit.skipped == 1 and codes(first) == ["max-pages"]
    site.answers["/feed"] = feed(PLAN)
    assert releases(desk.look(1)) == [OTHER]


# Troubles of single pages


@pytest.mark.parametrize(
    ("answer", "code", "attempts"),
    [
        (Answer(b"", 404), "http-404", 1),
        (Answer(b"", 403), "http-403", 1),
        (Answer(b"", 503), "http-503", 9),
        (Answer(release("x"), announce=99_999), "cut", 9),
        (Answer(b""), "empty-page", 9),
        (Answer(b"<html><body></body></html>"), "empty-page", 9),
        (Answer(b"<html><title>Access Denied</title><h1>Access Denied</h1></html>"), "block-page", 9),
        (Answer(b"%PDF-1.7 ...", headers={"Content-Type": "application/pdf"}), "not-html", 1),
        (Answer(b"<title>Page not found</title><h1>Page not found</h1>"), "page-gone", 1),
        (Answer(b"", 302, {"Location": "https://elsewhere.invalid/"}), "redirect-off-site", 1),
        (Answer(b"", 302, {"Location": "/"}), "page-gone", 1),
    ],
)
def test_a_page_in_trouble_is_an_issue_and_the_others_go_on(
    desk: Desk, site: Site, answer: Answer, code: str, attempts: int
) -> None:
    site.answers["/news/plan"] = answer
    site.page("/", "Front page")
    found = desk.look(breaker_threshold=99)
    assert codes(found) == [code]
    assert PLAN in found.issues[0].message and "Agency news" in found.issues[0].message
    assert releases(found) == [OTHER] and found.visit.failed == 1
    assert site.paths().count("/news/plan") == attempts
    assert verify(desk.archive).problems == ()


def test_what_is_no_page_goes_to_quarantine_and_never_becomes_a_release(desk: Desk, site: Site) -> None:
    blocked = b"<html><title>Access Denied</title><h1>Access Denied</h1></html>"
    site.answers["/news/plan"] = Answer(blocked)
    found = desk.look(breaker_threshold=99)
    (snapshot,) = [s for s in found.snapshots if s.url == PLAN]
    assert snapshot.quality == "block" and "-quarantine." in snapshot.archive_file
    assert [record.body for record in scan(desk.archive) if record.quality != "ok"] == [blocked]


def test_a_block_page_that_passes_is_quarantined_and_the_page_is_had(desk: Desk, site: Site) -> None:
    blocked = Answer(b"<html><title>Access Denied</title><h1>Access Denied</h1></html>")
    site.answers["/news/plan"] = [blocked, Answer(release("A plan"))]
    found = desk.look()
    assert releases(found) == [OTHER, PLAN] and found.issues == ()
    assert [record.quality for record in scan(desk.archive) if record.url == PLAN] == ["ok", "block"]


def test_a_block_page_never_hides_a_known_release(desk: Desk, site: Site) -> None:
    desk.look()
    before = desk.known[PLAN]
    site.answers["/news/plan"] = Answer(b"<html><title>Access Denied</title><h1>Access Denied</h1></html>")
    desk.look(1, breaker_threshold=99)
    assert (desk.known[PLAN].sha256, desk.known[PLAN].failures) == (before.sha256, 1)
    site.page("/news/plan", "A plan")
    assert desk.look(2).visit.unchanged == 1


def test_a_file_that_is_no_page_is_told_once_and_not_fetched_every_time(desk: Desk, site: Site) -> None:
    site.answers["/news/plan"] = unless_known(Answer(b"%PDF-1.7"), '"p"')
    assert codes(desk.look()) == ["not-html"]
    assert codes(desk.look(0.5)) == [] and site.paths().count("/news/plan") == 1


def test_many_pages_in_the_same_trouble_are_counted_and_not_all_named(desk: Desk, site: Site) -> None:
    site.answers["/feed"] = feed(*(f"{PUBLIC}/news/missing-{n}" for n in range(30)))
    found = desk.look()
    assert codes(found) == ["http-404"] * 11
    assert "20 further pages" in found.issues[-1].message


# Withdrawals and moves


def test_a_withdrawal_is_told_after_a_second_look_on_another_day(desk: Desk, site: Site) -> None:
    desk.look()
    site.answers["/news/plan"] = Answer(b"gone", 410)
    assert codes(desk.look(1)) == []
    assert codes(desk.look(1.1)) == []
    confirmed = desk.look(2)
    assert codes(confirmed) == ["page-withdrawn"] and confirmed.issues[0].subject == PLAN
    assert desk.known[PLAN].gone_since == START + timedelta(days=1) and desk.known[PLAN].status == 410
    assert codes(desk.look(3)) == []


def test_a_page_missed_once_and_back_the_next_day_is_no_withdrawal(desk: Desk, site: Site) -> None:
    desk.look()
    site.answers["/news/plan"] = Answer(b"", 404)
    desk.look(1)
    assert desk.known[PLAN].gone_since is not None
    site.page("/news/plan", "A plan")
    assert codes(desk.look(2)) == []
    assert desk.known[PLAN].gone_since is None and desk.known[PLAN].status == 200


@pytest.mark.parametrize("target", ["/", "/news/", "https://agency.example/"])
def test_a_redirect_to_the_front_page_is_a_withdrawal(desk: Desk, site: Site, target: str) -> None:
    desk.look()
    site.page("/", "Front page")
    site.page("/news/", "All news")
    site.answers["/news/plan"] = Answer(b"", 302, {"Location": target})
    assert codes(desk.look(1)) == []
    assert codes(desk.look(2)) == ["page-withdrawn"]


def test_a_soft_404_is_a_withdrawal_too(desk: Desk, site: Site) -> None:
    desk.look()
    site.answers["/news/plan"] = Answer(b"<title>Page not found</title><h1>Page not found</h1>")
    desk.look(1)
    assert codes(desk.look(2)) == ["page-withdrawn"]


def test_a_withdrawn_page_that_comes_back_is_told(desk: Desk, site: Site) -> None:
    desk.look()
    site.answers["/news/plan"] = Answer(b"", 404)
    desk.look(1)
    desk.look(2)
    site.page("/news/plan", "A plan")
    assert codes(desk.look(3)) == ["page-returned"]


def test_a_moved_page_is_kept_under_its_new_address_and_asked_for_once(desk: Desk, site: Site) -> None:
    site.answers["/news/plan"] = Answer(b"", 301, {"Location": "/news/plan-2"})
    site.page("/news/plan-2", "A plan")
    found = desk.look()
    assert releases(found) == [OTHER, f"{PUBLIC}/news/plan-2"] and codes(found) == ["page-moved"]
    asked = len(site.asked)
    assert releases(desk.look(0.2)) == []
    assert len(site.asked) - asked == 2
    again = desk.look(1)
    assert (codes(again), releases(again)) == ([], [])


def test_pages_that_waited_go_before_new_ones(desk: Desk, site: Site) -> None:
    desk.spec = replace(desk.spec, max_pages=1)
    desk.look()
    site.page("/news/newest")
    site.answers["/feed"] = feed(f"{PUBLIC}/news/newest", PLAN, OTHER)
    assert releases(desk.look(1)) == [OTHER]
    assert releases(desk.look(2)) == [f"{PUBLIC}/news/newest"]


# Discovery


def test_a_listing_is_read_below_known_releases(desk: Desk, site: Site) -> None:
    """A release may appear days after its date, between ones that were known before."""
    desk.spec = replace(desk.spec, discovery=(LISTING,))
    listed = {1: ["2023-06-12 a", "2023-06-11 b"], 2: ["2023-06-10 c", "2023-06-09 d"], 3: ["2023-04-01 e"]}
    put_listing(site, listed)
    for name in "abcdelate":
        site.page(f"/news/{name}")
    site.page("/news/late")
    first = desk.look()
    assert releases(first) == [f"{PUBLIC}/news/{name}" for name in "abcd"]
    assert first.listed[f"{PUBLIC}/news/c"] == date(2023, 6, 10)
    assert {s.listed for s in first.snapshots if s.url.endswith("/c")} == {date(2023, 6, 10)}
    assert {r.listed for r in scan(desk.archive) if r.url.endswith("/c")} == {date(2023, 6, 10)}
    put_listing(site, listed | {2: ["2023-06-10 c", "2023-06-09 late", "2023-06-09 d"]})
    assert releases(desk.look(1)) == [f"{PUBLIC}/news/late"]


def test_a_later_look_reads_a_listing_only_a_fortnight_further_down(desk: Desk, site: Site) -> None:
    desk.spec = replace(desk.spec, discovery=(LISTING,))
    days = [START - timedelta(days=n) for n in range(0, 40, 2)]
    put_listing(site, {n + 1: [f"{day:%Y-%m-%d} r{n}"] for n, day in enumerate(days)})
    for n in range(len(days)):
        site.page(f"/news/r{n}")
    desk.look()
    assert len([path for path in site.paths() if path.startswith("/list")]) == 17  # down to 13 May
    asked = len(site.asked)
    desk.look(1)
    assert len([path for path in site.paths()[asked:] if path.startswith("/list")]) == 9  # down to 29 May


def test_a_longer_reach_later_reads_the_whole_listing_again(desk: Desk, site: Site) -> None:
    desk.spec = replace(desk.spec, discovery=(LISTING,))
    put_listing(site, {1: ["2023-06-12 a"], 2: ["2023-04-10 b"], 3: ["2023-01-10 c"]})
    for name in "abc":
        site.page(f"/news/{name}")
    assert releases(desk.look()) == [f"{PUBLIC}/news/a"]
    with quick_client() as client:
        further = collect_source(
            desk.spec, desk.known, desk.archive, START + timedelta(days=1), date(2023, 1, 1), client
        )
    assert releases(further) == [f"{PUBLIC}/news/b", f"{PUBLIC}/news/c"]


def test_a_listing_without_dates_ends_after_pages_of_known_entries(desk: Desk, site: Site) -> None:
    undated = replace(LISTING, date=None)
    desk.spec = replace(desk.spec, discovery=(undated,))
    put_listing(site, {n: [f"2023-06-12 r{n}"] for n in range(1, 9)})
    for n in range(1, 9):
        site.page(f"/news/r{n}")
    assert len(releases(desk.look())) == 8
    asked = len(site.asked)
    desk.look(0.5)
    assert [path for path in site.paths()[asked:] if path.startswith("/list")] == ["/list/1", "/list/2", "/list/3"]


def test_a_listing_that_lost_its_dates_says_so(desk: Desk, site: Site) -> None:
    desk.spec = replace(desk.spec, discovery=(replace(LISTING, date=".when"),))
    put_listing(site, {1: ["2023-06-12 a"]})
    site.page("/news/a")
    found = desk.look()
    assert codes(found) == ["list-dates-missing"] and releases(found) == [f"{PUBLIC}/news/a"]


def test_an_answer_of_304_to_an_unconditional_request_is_a_trouble(desk: Desk, site: Site) -> None:
    site.answers["/feed"] = Answer(b"", 304)
    assert codes(desk.look()) == ["bad-304"]
    site.answers["/feed"], site.answers["/news/plan"] = feed(PLAN), Answer(b"", 304)
    assert codes(desk.look(1)) == ["bad-304"]


def test_a_listing_longer_than_its_ceiling_says_so(desk: Desk, site: Site) -> None:
    desk.spec = replace(desk.spec, discovery=(replace(LISTING, max_pages=2),))
    put_listing(site, {n: [f"2023-06-{13 - n} r{n}"] for n in range(1, 9)})
    for n in range(1, 9):
        site.page(f"/news/r{n}")
    found = desk.look()
    assert codes(found) == ["list-truncated"] and len(releases(found)) == 2


def test_a_sitemap_tells_of_changes_and_of_pages_dropped(desk: Desk, site: Site) -> None:
    desk.spec = replace(desk.spec, discovery=(Discovery("sitemap", f"{PUBLIC}/sitemap.xml", max_pages=5),))
    site.answers["/sitemap.xml"] = sitemap_index("/map-2023-06.xml", "/map-2021-01.xml")
    site.answers["/map-2023-06.xml"] = sitemap(plan=START, other=START)
    first = desk.look()
    assert releases(first) == [OTHER, PLAN]
    assert "/map-2021-01.xml" not in site.paths()  # ended before the reach
    desk.look(1)
    site.page("/news/plan", "A better plan")
    site.answers["/map-2023-06.xml"] = sitemap(plan=START + timedelta(days=1.5))
    site.answers["/news/other"] = Answer(b"", 410)
    second = desk.look(2)
    assert releases(second) == [PLAN]
    assert desk.known[OTHER].gone_since == START + timedelta(days=2)


def test_of_too_many_maps_some_are_read_in_turn(desk: Desk, site: Site) -> None:
    desk.spec = replace(desk.spec, discovery=(Discovery("sitemap", f"{PUBLIC}/sitemap.xml", max_pages=4),))
    names = [f"/map-{letter}.xml" for letter in "abcdefghij"]
    site.answers["/sitemap.xml"] = sitemap_index(*names)
    for name in names:
        site.answers[name] = sitemap(plan=START)
    read: set[str] = set()
    for day in range(6):
        asked = len(site.asked)
        desk.look(day)
        maps = {path for path in site.paths()[asked:] if path.startswith("/map")}
        assert len(maps) == 4
        read |= maps
    assert read == set(names)


def test_one_list_in_trouble_is_an_issue_and_the_others_go_on(desk: Desk, site: Site) -> None:
    desk.spec = replace(desk.spec, discovery=(*desk.spec.discovery, Discovery("sitemap", f"{PUBLIC}/sitemap.xml")))
    found = desk.look()
    assert codes(found) == ["list-http-404"] and found.visit.ok
    assert releases(found) == [OTHER, PLAN]


def test_one_map_in_trouble_is_an_issue_and_the_others_are_read(desk: Desk, site: Site) -> None:
    desk.spec = replace(desk.spec, discovery=(Discovery("sitemap", f"{PUBLIC}/sitemap.xml", max_pages=5),))
    site.answers["/sitemap.xml"] = sitemap_index("/map-a.xml", "/map-b.xml", "/map-c.xml")
    site.answers["/map-a.xml"] = Answer(b"<urlset>")
    site.answers["/map-c.xml"] = sitemap(plan=START)
    found = desk.look()
    assert codes(found) == ["list-bad-xml", "list-http-404"] and releases(found) == [PLAN]
    site.answers["/map-c.xml"] = Answer(b"", 404)
    found = desk.look(1)
    assert codes(found) == ["http-404"] and not found.visit.ok


def test_a_host_that_goes_down_in_the_middle_is_not_asked_for_every_list(desk: Desk, site: Site) -> None:
    lists = [Discovery("feed", f"{PUBLIC}/feed{n}") for n in range(9)]
    desk.spec = replace(desk.spec, discovery=tuple(lists))
    for n in range(9):
        site.answers[f"/feed{n}"] = Answer(drop=True)
    found = desk.look(breaker_threshold=4, breaker_cooldown=10_000.0)
    assert codes(found) == ["host-down"] and len(site.asked) == 5


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(b"", 500), "http-500"),
        (Answer(b"", 404), "http-404"),
        (Answer(b"<html><title>Access Denied</title><h1>Access Denied</h1></html>"), "block-page"),
        (Answer(b"<rss><channel></channel></rss>"), "page-shape"),
        (Answer(b"<rss><channel>"), "bad-xml"),
        (Answer(b""), "empty-page"),
        (Answer(drop=True), "dropped"),
    ],
)
def test_a_source_that_cannot_be_discovered_says_why(desk: Desk, site: Site, answer: Answer, code: str) -> None:
    site.answers["/feed"] = answer
    found = desk.look()
    assert codes(found) == [code]
    assert not found.visit.ok and releases(found) == []


def test_an_unreachable_site_is_one_issue_and_keeps_what_is_known(desk: Desk) -> None:
    desk.look()
    lists = tuple(Discovery("feed", f"{PUBLIC}/feed{n}") for n in range(3))
    desk.spec = replace(desk.spec, fetch_from="http://127.0.0.1:9", discovery=lists)
    found = desk.look(1)
    assert codes(found) == ["unreachable"] and found.issues[0].subject == PUBLIC
    assert found.checks == () and not found.visit.ok


def test_a_list_behind_a_block_page_is_tried_again(desk: Desk, site: Site) -> None:
    blocked = Answer(b"<html><title>Access Denied</title><h1>Access Denied</h1></html>")
    site.answers["/feed"] = [blocked, Answer(b"", 503), blocked, feed(PLAN)]
    found = desk.look()
    assert releases(found) == [PLAN] and found.issues == ()
    assert [r.body for r in scan(desk.archive) if r.quality == "block"] == [blocked.body]


def test_a_damaged_memory_of_lists_costs_one_unconditional_look(desk: Desk, site: Site) -> None:
    site.answers["/feed"] = unless_known(feed(PLAN, OTHER), '"f1"')
    desk.look()
    (desk.archive / "agency" / "lists.json").write_text("{ torn")
    assert desk.look(0.5).visit.ok
    assert "if-none-match" not in site.asked[-1].headers


# Interrupted runs


def test_what_a_killed_run_archived_is_loaded_and_not_fetched_again(desk: Desk, site: Site) -> None:
    site.answers["/news/plan"] = unless_known(Answer(release("A plan")), '"p1"')
    killed = desk.look(load=False)
    again = desk.look()
    assert releases(again) == releases(killed) == [OTHER, PLAN]
    assert codes(again) == ["archive-reloaded"]
    assert site.paths().count("/news/plan") == 1
    assert [snapshot.sha256 for snapshot in again.snapshots] == [
        snapshot.sha256 for snapshot in killed.snapshots if snapshot.kind == "release"
    ]
    assert len([record for record in scan(desk.archive) if record.kind == "release"]) == 2
    assert desk.look(0.1).snapshots == ()


def test_a_torn_file_of_a_killed_run_is_mended_first(desk: Desk, site: Site) -> None:
    with ArchiveWriter(desk.archive, "agency", START) as archive:
        archive.add(PLAN, 200, (), release("A plan"))
        (path,) = desk.archive.rglob("*.open")
        whole = path.read_bytes()
    (path,) = desk.archive.rglob("*.warc.gz")
    path.unlink()
    path.with_name(path.name + ".open").write_bytes(whole + whole[-200:])
    found = desk.look(1)
    assert codes(found) == ["archive-recovered", "archive-reloaded"]
    assert releases(found) == [OTHER, PLAN]
    assert verify(desk.archive).problems == ()


# Many sources


def test_sources_are_looked_at_side_by_side_and_one_host_never_is(tmp_path: Path) -> None:
    with serve() as one, serve() as two:
        for running in (one, two):
            running.answers["/feed"] = feed(*(f"{PUBLIC}/news/{n}" for n in range(5)))
            for n in range(5):
                running.answers[f"/news/{n}"] = Answer(release("A plan"), stall=0.02)
        specs = [source(one, id="a"), source(one, id="b"), source(two, id="c")]
        with quick_client() as client, ThreadPoolExecutor() as pool:
            found = list(pool.map(lambda spec: collect_source(spec, {}, tmp_path, START, SINCE, client), specs))
        assert all(len(releases(each)) == 5 for each in found)
        assert one.side_by_side == two.side_by_side == 1
        first, last = one.asked[0].at, one.asked[-1].at
        assert first < two.asked[-1].at and two.asked[0].at < last  # neither waited for the other to end


def test_a_look_that_broke_off_is_the_issue_of_its_source(site: Site) -> None:
    found = broken_off(source(site), OSError(28, "No space left on device"))
    assert codes(found) == ["collect-failed"] and not found.visit.ok
    assert "Agency news" in found.issues[0].message and "No space left" in found.issues[0].message


LISTING = Discovery("listing", f"{PUBLIC}/list/1", max_pages=40, rows="li", link="a", date="time", next_page="a.next")


def put_listing(site: Site, pages: dict[int, list[str]]) -> None:
    """Listing pages by number, each entry as `date name`."""
    for number, entries in pages.items():
        rows = "".join(
            f'<li><time datetime="{day}">{day}</time><a href="/news/{name}">{name}</a></li>'
            for day, name in (entry.split() for entry in entries)
        )
        further = f'<a class="next" href="/list/{number + 1}">Next</a>' if number + 1 in pages else ""
        site.answers[f"/list/{number}"] = Answer(f"<html><body><ul>{rows}</ul>{further}</body></html>".encode())


def sitemap_index(*paths: str) -> Answer:
    maps = "".join(f"<sitemap><loc>{PUBLIC}{path}</loc></sitemap>" for path in paths)
    return Answer(f"<sitemapindex>{maps}</sitemapindex>".encode())


def sitemap(**releases: datetime) -> Answer:
    urls = "".join(
        f"<url><loc>{PUBLIC}/news/{name}</loc><lastmod>{modified.isoformat()}</lastmod></url>"
        for name, modified in releases.items()
    )
    return Answer(f"<urlset>{urls}</urlset>".encode())
