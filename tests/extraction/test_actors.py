"""Actors: named people and bodies without title and article, and whom a role means."""

from __future__ import annotations

import pytest

from flows.extraction.actors import Actor, ActorIndex
from flows.extraction.document import document_from_text
from flows.extraction.initiatives import InitiativeIndex
from flows.extraction.places import PlaceIndex


def _actors(text: str, title: str | None = None) -> list[Actor]:
    doc = document_from_text(text, title=title)
    index = ActorIndex.of(doc, InitiativeIndex.of(doc), PlaceIndex.of(doc))
    return [actor for sentence in doc.sentences for actor in index.between(sentence.start, sentence.end)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tampa, FL Mayor Ana Diaz and Secretary of Ports Lee Wong spoke.", ["Ana Diaz", "Lee Wong"]),
        ("HUD and DOJ announced it.", ["HUD", "DOJ"]),
        ("The Department of Ports (DOP) began. Then DOP grew.", ["Department of Ports", "Department of Ports"]),
        ("The Housing and Harbor Authority opened a pier.", ["Housing and Harbor Authority"]),
        ("Blue Line has trained pilots.", ["Blue Line"]),
        ("The Department of Justice (DOJ) and HUD met.", ["Department of Justice", "HUD"]),
        ("The General Services Administration met Justice Ana Diaz.", ["General Services Administration", "Ana Diaz"]),
        ("The U.S. Conference of Mayors met the U.S. Forest Service.", ["U.S. Conference of Mayors", "Forest Service"]),
    ],
)
def test_people_and_bodies_are_named_in_full(text: str, expected: list[str]) -> None:
    assert [actor.name for actor in _actors(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Acme Tools and Ferro will join.", ["Acme Tools", "Ferro"]),
        ("The Department of Ports and Department of Piers met.", ["Department of Ports", "Department of Piers"]),
        ("Ferro and Marel will join. Ferro sails. Marel rows.", ["Ferro", "Marel", "Ferro", "Marel"]),
        ("Ferro and Marel will join.", ["Ferro and Marel"]),
        ("Marel and Marel will join. Marel rows.", ["Marel and Marel", "Marel"]),
        ("The Boat and Ferry Administration met.", ["Boat and Ferry Administration"]),
        ("The Bureau of Piers and Docks met.", ["Bureau of Piers and Docks"]),
        ("Tidal Locks and Navigation met.", ["Tidal Locks and Navigation"]),
    ],
)
def test_and_joins_two_names_or_belongs_to_one(text: str, expected: list[str]) -> None:
    assert [actor.name for actor in _actors(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Bureau of Docks, Piers and Locks (DPL) met.", ["Bureau of Docks, Piers and Locks"]),
        ("The Office of Docks, Piers, and Locks met.", ["Office of Docks, Piers, and Locks"]),
        ("The Committee on Labor, Ports, and Pensions met.", ["Committee on Labor, Ports, and Pensions"]),
        ("The Department of Labor, Ferro, and Acme Locks met.", ["Department of Labor", "Ferro", "Acme Locks"]),
        ("The Office of Docks, Ferro, and Harbor Board (HB) met.", ["Office of Docks", "Ferro", "Harbor Board"]),
        ("The Departments of Labor, Commerce, and Energy met.", ["Departments of Labor", "Commerce", "Energy"]),
    ],
)
def test_commas_part_bodies_or_belong_to_a_name(text: str, expected: list[str]) -> None:
    assert [actor.name for actor in _actors(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The plan is for EV ferries, R&D, and a signed MOU.", []),
        ("It grew since FY2021, said NHTSA.", ["NHTSA"]),
        ("The Northern Marine Association (NMA) met. NMA rows.", ["Northern Marine Association"] * 2),
        ("Electric Ferry Vehicles (EFV) met NHTSA. EFVs row.", ["Electric Ferry Vehicles", "NHTSA"]),
        ("Today QXN announced a ferry.", ["QXN"]),
        ("In May the QXN announced was a ferry.", []),
    ],
)
def test_an_abbreviation_is_an_actor_if_an_organisation_has_it(text: str, expected: list[str]) -> None:
    assert [actor.name for actor in _actors(text)] == expected


def test_an_abbreviation_stands_for_the_last_name_before_it() -> None:
    found = _actors(
        "President Obama and the Department of Ports (DOP) met. The Secretary of the Department met. DOP rows."
    )
    assert found[-1].name == "Department of Ports"
    found = _actors("Both Departments of Ports (DOP) met. DOP rows.")
    assert found[-1].name == "Department of Ports"
    found = _actors("The Secretary of the Department of Locks and Human Piers (LHP) met. LHP rows.")
    assert found[-1].name == "Department of Locks and Human Piers"


def test_a_name_with_commas_has_its_abbreviation() -> None:
    found = _actors("The Bureau of Docks, Piers and Locks (DPL) met. DPL rows.")
    assert [actor.name for actor in found] == ["Bureau of Docks, Piers and Locks"] * 2


@pytest.mark.parametrize("name", ["Government of Peru", "University of Texas", "Government of the Republic of Korea"])
def test_a_place_belongs_to_a_name(name: str) -> None:
    assert [actor.name for actor in _actors(f"The {name} met the mayors.")] == [name]


def test_a_word_is_no_actor_for_opening_a_sentence() -> None:
    text = "Ports matter. Therefore work goes on. Towns gain from ports and from towns."
    assert _actors(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Announcing the Department of Ports rule on ferries.", ["Department of Ports"]),
        ("Addressing the Rise in Fares.", []),
        ("Improving and Expanding Ferry Reviews. HUD met.", ["HUD"]),
        ("Directing HUD to meet.", ["HUD"]),
        ("Joining President Diaz in June, HUD met.", ["Diaz", "HUD"]),
        ("Building Technical and Ferry Skills: HUD met.", ["HUD"]),
        ("Feeding Towns will donate boats.", ["Feeding Towns"]),
        ("Expanding Boats Foundation met.", ["Expanding Boats Foundation"]),
    ],
)
def test_an_opening_gerund_is_no_part_of_a_name(text: str, expected: list[str]) -> None:
    assert [actor.name for actor in _actors(text)] == expected


def test_initiatives_and_places_are_no_actors() -> None:
    assert _actors("Denver joined the Clean Rivers Initiative.") == []


def test_roles_mean_whom_the_release_names() -> None:
    text = "President Obama met the mayors. The President signed an order. The Administration agrees."
    assert [actor.name for actor in _actors(text) if actor.is_role] == ["Obama", "Administration"]


def test_the_commission_is_the_last_one_named() -> None:
    text = "The Texas Ferry Commission met. And the Commission committed to courses."
    assert [actor.name for actor in _actors(text)] == ["Texas Ferry Commission", "Texas Ferry Commission"]


def test_a_role_is_no_name_across_the_end_of_a_sentence() -> None:
    found = _actors("The Harbor Department met under the Ferry Act. The Department rows. Then the Department sailed.")
    assert [actor.name for actor in found] == ["Harbor Department"] * 3


def test_i_is_whose_statement_it_is() -> None:
    found = _actors("Last year I launched a plan.", title="Statement from President Joe Biden on Ports")
    assert [actor.name for actor in found] == ["Joe Biden"]


def test_a_couple_is_told_apart_by_its_titles() -> None:
    found = _actors("President Diaz met First Lady Ana Diaz. President Diaz spoke to Mayor Lee Wong. Ms. Wong rowed.")
    assert [actor.name for actor in found] == ["Diaz", "Ana Diaz", "Diaz", "Lee Wong", "Lee Wong"]


def test_new_is_a_word_of_its_place() -> None:
    assert [actor.name for actor in _actors("The New Jersey Transit met the New Ferry Board.")] == [
        "New Jersey Transit",
        "Ferry Board",
    ]


def test_i_of_a_title_is_named_without_what_it_is_about() -> None:
    found = _actors("Last year I launched a plan.", title="Remarks by President Biden on Ports")
    assert [actor.name for actor in found] == ["Biden"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Today’s plan is America’s own, and I’m proud of it.", []),
        ("Acme Ferries, Inc. will row.", ["Acme Ferries"]),
        ("At the Summit, the Mexican firm met our Alliance.", []),
        (
            "In his Executive Order on Clean Docks he spoke to the Office of Docks and Budget.",
            ["Office of Docks and Budget"],
        ),
        ("The Harbor River and the Ferry Agreement matter.", []),
        ("After Hurricane Ana, the Denver-based firm met HUD-assisted tenants in Latin America.", []),
        ("Bridge the Harbor Gap: HUD met.", ["HUD"]),
        ("Meals on Boats: “We row.”", ["Meals on Boats"]),
        ("Mayor Ana Diaz on Monday met the Ferry Board in June.", ["Ana Diaz", "Ferry Board"]),
    ],
)
def test_what_does_nothing_is_no_actor(text: str, expected: list[str]) -> None:
    assert [actor.name for actor in _actors(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HUD’s Office of Docks met.", ["Office of Docks"]),
        ("The Department of Ports’s Clean Docks rule is out.", ["Department of Ports"]),
        ("The Ferry Board’s Director Lee Wong spoke.", ["Lee Wong"]),
        ("The Women’s Ferry Board met.", ["Women’s Ferry Board"]),
    ],
)
def test_of_what_belongs_to_a_body_the_body_is_named_that_acts(text: str, expected: list[str]) -> None:
    assert [actor.name for actor in _actors(text)] == expected


def test_days_are_no_actors() -> None:
    assert _actors("Ahead of Harbor Day, ferries were mended.") == []
