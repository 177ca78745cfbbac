"""The client against a site that misbehaves in every way that real ones do."""

from __future__ import annotations

import gzip
import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace

import pytest
import requests
from urllib3.exceptions import MaxRetryError, SSLError

from flows.fetching import sessions
from flows.fetching.addresses import is_public
from flows.fetching.client import Client, ClientSettings, Response, Validators, named
from flows.fetching.failures import FetchFailure
from flows.fetching.pace import Pace
from flows.fetching.queue import work_through
from tests.fetching.site import PUBLIC, Answer, Asked, Site, release, serve, source, unless_known
from tests.replay import ShortPace, quick_client


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as running:
        running.page("/news/plan")
        yield running


@pytest.fixture
def client() -> Iterator[Client]:
    with quick_client() as running:
        yield running


PLAN = f"{PUBLIC}/news/plan"
CHUNKED = {"Transfer-Encoding": "chunked", "Connection": "close"}


def failure_of(client: Client, site: Site, url: str = PLAN, **settings: object) -> FetchFailure:
    with pytest.raises(FetchFailure) as caught:
        client.get(source(site, **settings), url)
    return caught.value


def test_a_page_comes_under_its_public_address(client: Client, site: Site) -> None:
    answer = client.get(source(site), f"{site.url}/news/plan#top")
    assert (answer.url, answer.requested, answer.status) == (PLAN, PLAN, 200)
    assert answer.body == release("A plan")


def test_the_user_agent_is_honest_and_names_a_contact(site: Site) -> None:
    with Client(ClientSettings(contact="press-desk@ledger.example"), ShortPace()) as client:
        client.get(source(site), PLAN)
    agent = site.asked[-1].headers["user-agent"]
    assert agent.startswith("CommitmentLedger/") and "press-desk@ledger.example" in agent
    assert site.asked[-1].headers["accept-encoding"] == "gzip"


def test_an_address_is_asked_for_as_the_site_spells_it(client: Client, site: Site) -> None:
    site.page("/news/a-%e2%81%a0b")
    assert client.get(source(site), f"{PUBLIC}/news/a-%e2%81%a0b").status == 200
    assert site.paths()[-1] == "/news/a-%e2%81%a0b"
    client.get(source(site), f"{PUBLIC}/news/a b\u2060c?q=1 2")
    assert site.paths()[-1] == "/news/a%20b%E2%81%A0c?q=1%202"


def test_a_conditional_request_sends_both_validators(client: Client, site: Site) -> None:
    site.answers["/news/plan"] = unless_known(Answer(release("A plan")), '"v1"')
    first = client.get(source(site), PLAN)
    second = client.get(
        source(site), PLAN, validators=Validators(first.validators.etag, "Mon, 12 Jun 2023 14:00:00 GMT")
    )
    assert (first.not_modified, second.not_modified) == (False, True)
    assert site.asked[-1].headers["if-modified-since"] == "Mon, 12 Jun 2023 14:00:00 GMT"


@pytest.mark.parametrize(
    ("answer", "code", "transient"),
    [
        (Answer(drop=True), "dropped", True),
        (Answer(release("x"), announce=100_000), "cut", True),
        (Answer(b"busy", 503), "http-503", True),
        (Answer(b"slower", 429, {"Retry-After": "7"}), "http-429", True),
        (Answer(b"x" * 5000, headers={"Content-Encoding": "br"}), "bad-encoding", False),
        (Answer(b"no gzip at all", headers={"Content-Encoding": "gzip"}), "bad-encoding", True),
        (Answer(gzip.compress(release("x") * 9)[:-20], headers={"Content-Encoding": "gzip"}), "cut", True),
        (
            Answer(b"5\r\nabcde\r\n9\r\nshort", headers=CHUNKED),
            "cut",
            True,
        ),
        (Answer(release("x"), stall=1.5), "timeout", True),
        (Answer(b"x" * 20_001), "too-large", False),
        (Answer(gzip.compress(b"x" * 5_000_000), headers={"Content-Encoding": "gzip"}), "too-large", False),
        (Answer(b"", 302), "bad-redirect", False),
        (Answer(b"", 302, {"Location": "/news/plan"}), "too-many-redirects", False),
        (Answer(b"", 302, {"Location": "file:///etc/hostname"}), "bad-scheme", False),
        (Answer(b"", 302, {"Location": "ftp://files.example/x"}), "bad-scheme", False),
    ],
)
def test_each_trouble_has_its_name(client: Client, site: Site, answer: Answer, code: str, transient: bool) -> None:
    site.answers["/news/plan"] = answer
    failure = failure_of(client, site, max_bytes=20_000)
    assert (failure.code, failure.transient) == (code, transient)


def test_a_body_is_unpacked_whatever_its_members(client: Client, site: Site) -> None:
    packed = gzip.compress(b"first half, ") + gzip.compress(b"second half")
    site.answers["/news/plan"] = Answer(packed, headers={"Content-Encoding": "gzip"})
    assert client.get(source(site), PLAN).body == b"first half, second half"


def test_a_slow_drip_ends_at_the_total_timeout(site: Site) -> None:
    def drip(asked: Asked) -> Answer:
        return Answer(b"x" * 1000)

    site.answers["/news/plan"] = drip

    class Racing(Pace):
        """A clock on which each look is a minute after the one before."""

        at = 0.0

        def now(self) -> float:
            self.at += 60.0
            return self.at

        def wait(self, seconds: float) -> None:
            pass

    with Client(ClientSettings(total_timeout=30.0), Racing()) as client:
        assert failure_of(client, site).code == "timeout"


def test_more_redirects_than_allowed_end_it(client: Client, site: Site) -> None:
    for step in range(9):
        site.answers[f"/news/{step}"] = Answer(b"", 301, {"Location": f"/news/{step + 1}"})
    assert failure_of(client, site, f"{PUBLIC}/news/0").code == "too-many-redirects"


def test_a_redirect_to_the_public_address_is_fetched_where_the_source_is(client: Client, site: Site) -> None:
    site.answers["/news/old"] = Answer(b"", 301, {"Location": PLAN})
    answer = client.get(source(site), f"{PUBLIC}/news/old")
    assert (answer.url, answer.redirect_status, answer.status) == (PLAN, 301, 200)


def test_a_refused_connection_and_an_unknown_name_are_told_apart(client: Client, site: Site) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nobody = replace(source(site), fetch_from=f"http://127.0.0.1:{unused.getsockname()[1]}")
        with pytest.raises(FetchFailure) as refused:
            client.get(nobody, PLAN)
    nameless = replace(source(), base_url="https://no-such-host.invalid", rate=None)
    with pytest.raises(FetchFailure) as unknown:
        client.get(nameless, "https://no-such-host.invalid/news/plan")
    assert (refused.value.code, unknown.value.code) == ("unreachable", "dns")


# Addresses


def test_a_public_name_that_leads_to_this_machine_is_refused_before_anything_is_sent(
    client: Client, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(site.url.rsplit(":", 1)[1])
    monkeypatch.setattr(socket, "getaddrinfo", _leads_to("127.0.0.1", socket.getaddrinfo))
    spec = replace(source(), base_url=f"http://www.agency.example:{port}", rate=None)
    with pytest.raises(FetchFailure) as caught:
        client.get(spec, f"http://www.agency.example:{port}/news/plan")
    assert caught.value.code == "private-address"
    assert site.asked == []


def _leads_to(address: str, real: object) -> object:
    def lookup(host: str, *args: object, **kwargs: object) -> object:
        return real(address, *args, **kwargs)  # type: ignore[operator]

    return lookup


def test_a_source_declared_on_loopback_does_not_lead_to_another_port(client: Client, site: Site) -> None:
    with serve() as other:
        other.page("/secret")
        site.answers["/news/plan"] = Answer(b"", 302, {"Location": f"{other.url}/secret"})
        assert failure_of(client, site).code == "redirect-off-site"
        assert other.asked == []


def test_a_source_may_not_use_the_loopback_connection_of_another(client: Client, site: Site) -> None:
    """The lane keeps a connection open for the source that is declared there; another source is not let onto it."""
    client.get(source(site), PLAN)
    before = len(site.asked)
    with pytest.raises(FetchFailure) as caught:
        client.get(replace(source(), rate=None), f"{site.url}/news/plan")
    assert caught.value.code == "private-address"
    assert len(site.asked) == before


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2600:1406::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_only_the_public_network_is_public(address: str, public: bool) -> None:
    assert is_public(address) == public


# Robots


def test_what_robots_disallows_is_not_asked_for(client: Client, site: Site) -> None:
    site.answers["/robots.txt"] = Answer(b"User-agent: CommitmentLedger\nDisallow: /news/\n\nUser-agent: *\nAllow: /\n")
    assert failure_of(client, site).code == "robots-disallowed"
    assert client.get(source(site), f"{PUBLIC}/other").status == 404
    assert site.paths() == ["/robots.txt", "/other"]


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_host_without_rules_allows_all(client: Client, site: Site, status: int) -> None:
    site.answers["/robots.txt"] = Answer(b"<html>Disallow: /</html>", status)
    assert client.get(source(site), PLAN).status == 200


def test_rules_that_cannot_be_had_allow_nothing(client: Client, site: Site) -> None:
    site.answers["/robots.txt"] = Answer(b"", 500)
    assert failure_of(client, site).code == "robots-unreachable"
    asked = len(site.asked)
    assert failure_of(client, site).code == "robots-unreachable"
    assert len(site.asked) == asked == 1 + client.settings.first_rounds


def test_robots_rules_may_stand_behind_a_redirect(client: Client, site: Site) -> None:
    site.answers["/robots.txt"] = Answer(b"", 301, {"Location": "/rules.txt"})
    site.answers["/rules.txt"] = Answer(b"User-agent: *\nDisallow: /news/")
    assert failure_of(client, site).code == "robots-disallowed"


def test_a_redirect_to_a_disallowed_page_is_not_followed(client: Client, site: Site) -> None:
    site.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /private/")
    site.answers["/news/plan"] = Answer(b"", 302, {"Location": "/private/plan"})
    assert failure_of(client, site).code == "robots-disallowed"
    assert "/private/plan" not in site.paths()


# Pace


def test_requests_keep_the_rate_of_the_source_and_the_crawl_delay(site: Site) -> None:
    pace = ShortPace()
    with quick_client(pace) as client:
        for _ in range(5):
            client.get(source(site, rate=0.5), PLAN)
    assert 9.0 < pace.waited <= 10.0  # robots.txt and five pages: five pauses of two seconds
    site.answers["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 7")
    slower = ShortPace()
    with quick_client(slower) as client:
        for _ in range(3):
            client.get(source(site, rate=0.5), PLAN)
    assert 15.0 < slower.waited <= 16.0  # 2 before the rules are known, then 7 and 7


def test_a_crawl_delay_beyond_patience_leaves_the_host_alone(client: Client, site: Site) -> None:
    site.answers["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 86400")
    assert failure_of(client, site).code == "crawl-delay"


def test_a_site_that_sets_a_cookie_and_redirects_to_itself_is_followed(client: Client, site: Site) -> None:
    def gate(asked: Asked) -> Answer:
        if asked.headers.get("cookie") == "seen=1":
            return Answer(release("A plan"))
        return Answer(b"", 302, {"Location": "/news/plan", "Set-Cookie": "seen=1"})

    site.answers["/news/plan"] = gate
    assert client.get(source(site), PLAN).status == 200


def test_a_slow_rate_is_no_reason_to_give_up(site: Site) -> None:
    pace = ShortPace()
    with quick_client(pace) as client:
        assert client.get(source(site, rate=0.002), PLAN).status == 200
    assert 499.0 < pace.waited <= 500.0


def test_an_untrusted_certificate_is_no_passing_trouble() -> None:
    untrusted = ssl.SSLCertVerificationError("self-signed certificate")
    error = requests.exceptions.SSLError(MaxRetryError(None, "/", SSLError(untrusted)))  # type: ignore[arg-type]
    failure = named(error, PLAN)
    assert (failure.code, failure.transient) == ("tls", False) and "self-signed" in failure.message
    broken_off = requests.exceptions.SSLError(MaxRetryError(None, "/", SSLError(ssl.SSLEOFError())))  # type: ignore[arg-type]
    assert named(broken_off, PLAN).transient


def test_retry_after_holds_back_the_whole_host(site: Site) -> None:
    site.answers["/news/plan"] = [Answer(b"", 429, {"Retry-After": "90"}), Answer(release("A plan"))]
    pace = ShortPace()
    with quick_client(pace, backoff_base=0.01) as client:
        failure_of(client, site)
        client.get(source(site), f"{PUBLIC}/news/other")
        assert 89.0 < pace.waited <= 90.0
        site.answers["/news/plan"] = Answer(b"", 503, {"Retry-After": "86400"})
        failure_of(client, site)
        assert failure_of(client, site).code == "host-busy"


def test_a_site_that_only_says_slower_is_asked_more_slowly(site: Site) -> None:
    site.answers["/news/plan"] = Answer(b"", 429)
    pace = ShortPace()
    with quick_client(pace) as client:
        for _ in range(4):
            failure_of(client, site)
    assert 6.9 < pace.waited <= 7.0  # 1, 2, 4


def test_patience_tries_again_until_it_works(site: Site) -> None:
    site.answers["/news/plan"] = [Answer(drop=True)] * 8 + [Answer(release("A plan"))]
    pace = ShortPace()
    with quick_client(pace) as client:
        assert client.get_patiently(source(site), PLAN).status == 200
    assert pace.waited == 183.0  # 1, 2, 4, 8, 16, 32, 60, 60


def test_patience_ends(client: Client, site: Site) -> None:
    site.answers["/news/plan"] = Answer(drop=True)
    with pytest.raises(FetchFailure, match="lost"):
        client.get_patiently(source(site), PLAN)
    assert site.paths().count("/news/plan") == 9


def test_the_breaker_leaves_a_failing_host_alone_and_begins_anew_later(site: Site) -> None:
    site.answers["/news/plan"] = [Answer(b"", 500)] * 5 + [Answer(release("A plan"))]
    pace = ShortPace()
    with quick_client(pace, breaker_threshold=3, breaker_cooldown=30.0) as client:
        codes = [failure_of(client, site).code for _ in range(5)]
        assert codes == ["http-500", "http-500", "http-500", "host-down", "host-down"]
        assert site.paths().count("/news/plan") == 3
        pace.wait(31.0)
        assert [failure_of(client, site).code for _ in range(2)] == ["http-500", "http-500"]
        assert client.get(source(site), PLAN).status == 200


def test_every_page_of_a_failing_host_is_tried_in_every_round(site: Site) -> None:
    """The breaker opens again and again, and still no page is given up for the failures of the others."""
    urls = [f"{PUBLIC}/news/{n}" for n in range(5)]
    for n in range(5):
        site.answers[f"/news/{n}"] = [Answer(b"", 503)] * 6 + [Answer(release("A plan"))]
    with quick_client() as client:
        done = dict(work_through(urls, lambda url: client.get(source(site), url), client))
    assert all(isinstance(answer, Response) for answer in done.values())


def test_block_pages_open_the_breaker_although_their_status_is_200(site: Site) -> None:
    def refuse(answer: Response) -> None:
        raise FetchFailure("block-page", "blocked", transient=True)

    with quick_client(breaker_threshold=2) as client:
        for expected in ("block-page", "block-page", "host-down"):
            with pytest.raises(FetchFailure) as caught:
                client.get(source(site), PLAN, judge=refuse)
            assert caught.value.code == expected


def test_a_session_takes_no_proxy_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, site: Site, client: Client
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert client.get(source(site), PLAN).status == 200


def test_only_the_case_of_percent_encodings_is_kept() -> None:
    assert sessions.as_spelt("/a%e2b", "/a%E2b") == "/a%e2b"
    assert sessions.as_spelt("/a b", "/a%20b") == "/a%20b"
    assert sessions.as_spelt("/a\r\nHost: x", "/a%0D%0AHost:%20x") == "/a%0D%0AHost:%20x"
