"""The rules of PROGRESS.md for series: measure, population, scope; never value, date or stage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from flows.normalising.identity import release_id
from flows.normalising.linking import link_facts
from flows.normalising.registry import Registry
from warehouse.records import Fact, PlaceMention

REGISTRY = Registry.load()
OHIO = PlaceMention("Ohio", "geonames:5165418", "state")
BASE = Fact(
    kind="quantity", start=0, end=10, quote="87 things.", action="act", number_start=0, number_end=2, value=87,
    unit="grant", stage="total", initiative="Clean Rivers Compact", population="grant",
)  # fmt: skip


def _label(**slots: object) -> str | None:
    (linked,) = link_facts(release_id("x"), [replace(BASE, **slots)], REGISTRY)  # type: ignore[arg-type]
    return linked.series_label


@pytest.mark.parametrize(
    ("slots", "expected"),
    [
        ({"action": "join", "unit": "mayor", "population": "mayor", "object": "letter"}, "participants/mayor"),
        ({"action": "act", "unit": "USD", "population": None}, "money/USD"),
        ({"action": "pledge", "unit": "USD", "population": None}, "money/USD"),
        ({"action": "act", "object": "summit", "unit": "community", "population": "community"}, "act:summit/community"),
        ({"action": "pledge", "object": "mentor", "unit": "mentor", "population": "mentor"}, "act:mentor/mentor"),
        ({"action": "pledge", "unit": "job", "population": "job"}, "achieve:job/job"),
        ({"action": "achieve", "object": "homelessness ended", "unit": "city"}, "achieve:homelessness ended/grant"),
        ({"action": "advocate", "object": "letter", "unit": "mayor", "population": "mayor"}, "advocate:letter/mayor"),
        ({"object": None}, "act:grant/grant"),
        ({"object": "total number"}, "act:grant/grant"),
    ],
)
def test_the_measure_follows_action_and_object(slots: dict[str, object], expected: str) -> None:
    assert _label(**slots) == f"clean-rivers-compact/{expected}"


@pytest.mark.parametrize(
    ("unit", "population", "expected"),
    [
        ("city", "US city", "US city"),
        ("city|state|community", "city|state|community", "community"),
        ("mayor|leader", "mayor|leader", "leader|mayor"),
        ("partner", "new employer partner", "employer partner"),
        ("company|organization", None, "company|organization"),
    ],
)
def test_the_population_keeps_what_restricts_it(unit: str, population: str | None, expected: str) -> None:
    assert _label(action="join", unit=unit, population=population) == f"clean-rivers-compact/participants/{expected}"


def test_one_place_is_the_scope_of_a_count_of_things() -> None:
    label = _label(unit="veteran", population="veteran", places=(OHIO,))
    assert label == "clean-rivers-compact/act:veteran/veteran/geonames:5165418"


@pytest.mark.parametrize("unit", ["city", "community", "mayor", "city|county"])
def test_places_beside_a_count_of_places_are_participants(unit: str) -> None:
    assert "geonames" not in str(_label(action="join", unit=unit, population=unit, places=(OHIO,)))


def test_two_places_are_no_scope() -> None:
    texas = PlaceMention("Texas", "geonames:4736286", "state")
    assert "geonames" not in str(_label(unit="veteran", population="veteran", places=(OHIO, texas)))


def test_value_date_and_stage_never_matter() -> None:
    labels = {
        _label(),
        _label(value=3.0, bound=">", stage="target"),
        _label(as_of=date(2020, 1, 1), deadline=date(2030, 1, 1), stage="increase"),
        _label(stage="context"),
    }
    assert len(labels) == 1


def test_the_registry_says_which_populations_are_the_same() -> None:
    slots = {"initiative": "Better Buildings Challenge", "action": "pledge"}
    poles = _label(**slots, unit="pole", population="light pole", object="light pole")
    fixtures = _label(**slots, unit="lighting fixture", population="lighting fixture", object=None)
    assert poles == fixtures == "better-buildings/act:lighting fixture/lighting fixture"


def test_members_are_counted_where_no_act_is_named() -> None:
    slots = {"initiative": "Police Data Initiative", "unit": "agency", "population": "agency"}
    assert _label(**slots, action="act", object="number") == _label(**slots, action="join")


def test_without_initiative_the_topic_of_the_heading_is_the_home() -> None:
    assert _label(initiative=None, heading="Ferries: New Lines") == "topic-ferries/act:grant/grant"
    assert _label(initiative=None, heading=None) is None


def test_events_form_no_series() -> None:
    assert _label(kind="event", value=None, unit=None) is None
