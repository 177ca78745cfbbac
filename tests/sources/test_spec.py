"""What a source means: public and fetched addresses, own hosts, what is a release."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from flows.sources.registry import load_sources
from flows.sources.spec import Count, SourceSpec, is_loopback

SPECS = {spec.id: spec for spec in load_sources()[0]}
LOCAL = "http://127.0.0.1:8800"


@pytest.fixture
def justice() -> SourceSpec:
    return SPECS["us_doj"]


@pytest.mark.parametrize(("given", "public"), [
    ("https://www.justice.gov/opa/pr/a", "https://www.justice.gov/opa/pr/a"),
    ("http://www.justice.gov/opa/pr/a#top", "https://www.justice.gov/opa/pr/a"),
    ("HTTPS://WWW.Justice.GOV:443/opa/pr/A", "https://www.justice.gov/opa/pr/A"),
    ("https://justice.gov/opa/pr/a?b=1", "https://www.justice.gov/opa/pr/a?b=1"),
    ("https://www.justice.gov/a?utm_source=feed&id=7&utm_medium=rss", "https://www.justice.gov/a?id=7"),
    ("https://www.justice.gov", "https://www.justice.gov/"),
    (f"{LOCAL}/opa/pr/a", "https://www.justice.gov/opa/pr/a"),
    ("http://127.0.0.1:9900/opa/pr/a", "http://127.0.0.1:9900/opa/pr/a"),
    ("https://other.example:8443/x", "https://other.example:8443/x"),
    ("http://[broken", "http://[broken"),
])  # fmt: skip
def test_identity_has_no_port_no_fragment_and_one_host(justice: SourceSpec, given: str, public: str) -> None:
    assert justice.with_fetch_from(LOCAL).to_public(given) == public


def test_addresses_to_fetch_are_at_the_declared_place(justice: SourceSpec) -> None:
    assert justice.to_fetch("https://www.justice.gov/a?b=1") == "https://www.justice.gov/a?b=1"
    local = justice.with_fetch_from(LOCAL + "/")
    assert local.to_fetch("https://www.justice.gov/a?b=1") == f"{LOCAL}/a?b=1"
    assert local.to_fetch("https://elsewhere.example/a") == "https://elsewhere.example/a"
    assert local.to_public(local.to_fetch("https://www.justice.gov/a?b=1")) == "https://www.justice.gov/a?b=1"


def test_a_rate_limit_falls_away_on_loopback_only(justice: SourceSpec) -> None:
    assert justice.with_fetch_from(LOCAL).rate is None
    assert justice.with_fetch_from("https://mirror.example").rate == justice.rate


def test_releases_are_told_by_own_host_and_pattern(justice: SourceSpec) -> None:
    assert justice.is_release("https://www.justice.gov/opa/pr/a-release")
    assert not justice.is_release("https://www.justice.gov/opa/video/a")
    assert not justice.is_release("https://elsewhere.example/https://www.justice.gov/opa/pr/a")
    assert justice.with_fetch_from(LOCAL).is_release(f"{LOCAL}/opa/pr/a-release")


def test_own_hosts_are_the_base_with_and_without_www_and_those_listed(justice: SourceSpec) -> None:
    spec = replace(justice, hosts=("ojp.gov",))
    assert all(spec.owns(f"https://{host}/x") for host in ("www.justice.gov", "justice.gov", "ojp.gov"))
    assert not spec.owns("https://www.ojp.gov/x") and not spec.owns("https://notjustice.gov/x")


def test_the_record_lists_the_source(justice: SourceSpec) -> None:
    record = justice.record()
    assert (record.source_id, record.base_url, record.time_zone) == (
        "us_doj",
        "https://www.justice.gov",
        "America/New_York",
    )


@pytest.mark.parametrize(("url", "loopback"), [
    ("http://127.0.0.1:1/", True), ("http://localhost/", True), ("http://[::1]:80/", True),
    ("http://a.localhost/", True),
    ("http://127.0.0.1.example/", False), ("https://www.gov.uk/", False), ("http://10.0.0.1/", False), ("", False),
])  # fmt: skip
def test_loopback(url: str, loopback: bool) -> None:
    assert is_loopback(url) == loopback


def test_counts() -> None:
    assert Count(1, 3).admits(1) and Count(1, 3).admits(3) and not Count(1, 3).admits(0) and not Count(1, 3).admits(4)
    assert Count(1, None).admits(10_000)
    assert [str(count) for count in (Count(1, 1), Count(0, 1), Count(1, None))] == ["1", "0..1", "1.."]


def test_a_question_may_ask_for_what_came_out_since_a_day() -> None:
    way = SPECS["us_federal_register"].discovery[0]
    assert "[gte]=2016-01-21&" in way.start_url(date(2016, 1, 21))


def test_fifteen_publishers_are_declared_and_what_is_unproved_stays_off() -> None:
    wanted = """us_white_house us_white_house_obama us_white_house_trump us_white_house_biden us_mayors us_hud us_va
    us_dot us_doj us_dol us_epa us_energy us_hhs us_federal_register uk_gov"""
    assert set(SPECS) >= set(wanted.split())
    for spec in SPECS.values():
        assert (spec.verified == "never") == (not spec.proved), spec.id
        if spec.enabled:
            assert spec.verified not in ("never",) and "discovery" in spec.proved, spec.id
    assert sum(spec.verified == "saved pages" for spec in SPECS.values()) >= 5
    assert {spec.cadence for spec in SPECS.values() if "archives.gov" in spec.base_url} == {"once"}
