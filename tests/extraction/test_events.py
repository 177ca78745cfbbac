"""Events: a named actor did or promised one specific thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from flows.extraction.document import document_from_text
from flows.extraction.facts import extract_facts
from warehouse.records import Fact

DAY = date(2023, 6, 15)


def _events(text: str) -> list[Fact]:
    return [fact for fact in extract_facts(document_from_text(text, published=DAY)) if fact.kind == "event"]


@pytest.mark.parametrize(
    ("text", "action", "actor"),
    [
        ("In March, Mayor Ana Diaz launched the Clean Rivers Initiative.", "act", "Ana Diaz"),
        ("The Department of Ports will publish a rule on ferry safety.", "pledge", "Department of Ports"),
        ("Blue Line committed to sharing its training plans with other ferry firms.", "pledge", "Blue Line"),
        (
            "In May, the Harbor Union sent a letter to Congress urging it to pass the Clean Ports Act.",
            "advocate",
            "Harbor Union",
        ),
        ("The Harbor Union joined the Compact of Harbors in May.", "join", "Harbor Union"),
    ],
)
def test_an_event_has_actor_and_action(text: str, action: str, actor: str) -> None:
    (event,) = _events(text)
    assert (event.action, actor in event.actors) == (action, True)
    assert event.quote in text
    assert event.value is None


def test_an_event_takes_its_initiative_places_and_dates() -> None:
    (event,) = _events("In March, Denver Mayor Ana Diaz launched the Clean Rivers Initiative.")
    assert event.initiative == "Clean Rivers Initiative"
    assert [place.name for place in event.places] == ["Denver, CO"]
    assert (event.as_of, event.as_of_precision, event.as_of_basis) == (date(2023, 3, 31), "month", "text")


def test_an_event_beside_a_number_ends_before_it() -> None:
    text = "The Department of Ports launched the Safe Docks Challenge, a $500 million fund for small harbors."
    (event,) = _events(text)
    assert event.quote == "The Department of Ports launched the Safe Docks Challenge"


def test_the_clause_of_a_number_is_no_event() -> None:
    assert _events("The Department of Ports awarded 381 grants to small harbors.") == []


def test_the_items_of_a_list_are_done_by_whom_its_lead_in_names() -> None:
    text = "The Department of Ports is helping, including by:\n\n- Developing a Safe Docks Toolkit for small harbors."
    (event,) = _events(text)
    assert event.actors == ("Department of Ports",)


def test_all_who_act_together_are_named() -> None:
    text = "The Harbor Agency (HA), HUD, and the Ferry Board signed the Safe Docks Compact in May."
    (event,) = _events(text)
    assert event.actors == ("Harbor Agency", "HUD", "Ferry Board")


def test_who_launched_it_may_stand_behind() -> None:
    text = "The Clean Rivers Initiative, launched in 2014 by First Lady Michelle Obama, goes on."
    (event,) = _events(text)
    assert event.actors == ("Michelle Obama",)
    assert event.as_of == date(2014, 12, 31)


@pytest.mark.parametrize(
    "text",
    [
        "The Administration will continue to work with partners on the Clean Rivers Initiative.",
        "Ports matter to all of us.",
        "Mayors across the country launched programs.",
        "Ms. Lee received her J.D. from Harbor Law School and launched a firm.",
        "The Department of Ports has taken historic action on ferry programs.",
        "Harbor Union: “The Administration launched the Clean Rivers Initiative for us.",
        "The Department of Ports will work to strengthen programs for ferries.",
        "Blue Line conspired to launch a scheme that defrauded the Harbor Program.",
    ],
)
def test_praise_intentions_and_biographies_are_none(text: str) -> None:
    assert _events(text) == []


def test_releases_about_appointments_hold_none() -> None:
    careers = (
        "Lee graduated from Harbor College and served as clerk. She launched the Ferry Program of the Ports Agency. "
    )
    assert _events(careers * 6) == []


def test_a_title_about_appointments_ends_the_search() -> None:
    text = "In March, Mayor Ana Diaz launched the Clean Rivers Initiative."
    document = replace(document_from_text(text, published=DAY), title="Mayor Announces Key Appointments to Boards")
    assert [fact for fact in extract_facts(document) if fact.kind == "event"] == []


def test_items_without_subject_are_done_by_whom_the_lead_in_names() -> None:
    text = (
        "The Harbor Department has:\n\nLaunched a website on the Clean Rivers Initiative for all towns.\n\n"
        "Signed an agreement with the Ferry Union on the Clean Rivers Initiative."
    )
    assert len(_events(text)) == 2


def test_items_of_a_lead_in_about_the_future_are_pledges() -> None:
    text = (
        "The Harbor Department will help towns under the Clean Rivers Initiative, including by:\n\n"
        "Launching a website on clean rivers for all towns."
    )
    facts = extract_facts(document_from_text(text, published=DAY))
    assert [fact.action for fact in facts if fact.quote.startswith("Launching")] == ["pledge"]


def test_a_label_is_no_event() -> None:
    text = (
        "The Harbor Department announced these actions for the Clean Rivers Initiative:\n\n"
        "Launching Better Programs For All Towns: The department sees that towns have much to do and few to do it."
    )
    assert not any(fact.quote.startswith("Launching") for fact in extract_facts(document_from_text(text)))


def test_what_could_be_done_is_not_done() -> None:
    assert _events("The Harbor Department could launch the Clean Rivers Initiative.") == []
