"""Places: found with their state, chosen where they take part."""

from __future__ import annotations

import pytest

from flows.extraction.document import document_from_text
from flows.extraction.places import FactPlaces, PlaceIndex


def _found(text: str) -> list[str]:
    return [place.mention.name for place in PlaceIndex.of(document_from_text(text)).found if not place.is_seat]


def _of(text: str, evidence: str, value: float | None = None, unit: str | None = None) -> FactPlaces:
    doc = document_from_text(text)
    start = text.index(evidence)
    sentence = max(i for i, s in enumerate(doc.sentences) if s.start <= start)
    return PlaceIndex.of(doc).of_fact(sentence, start, start + len(evidence), start, None, value, unit)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mayors of Columbus, OH and Salinas, Calif., came.", ["Columbus, OH", "Salinas, CA"]),
        ("A library in Towson, Maryland opened.", ["Towson, MD"]),
        ("Teams from Norfolk (VA) and St. Louis met.", ["Norfolk, VA", "St. Louis, MO"]),
        ("Shelby County, TN joined.", ["Shelby County, TN"]),
        ("In Denver, work began.", ["Denver, CO"]),
        ("Two events in Milwaukee and Madison, Wisconsin", ["Milwaukee, WI", "Madison, WI"]),
        ("New York City Mayor Jones and Ohio agreed.", ["New York City, NY", "Ohio"]),
        ("Guam, the District of Columbia and Puerto Rico", ["Guam", "District of Columbia", "Puerto Rico"]),
        ("Talks with France, South Korea, the Netherlands and the UK", ["France", "South Korea", "Netherlands", "UK"]),
        ("In New Delhi, leaders met.", ["New Delhi, IN"]),
        ("They went to Lyon, France.", ["Lyon, FR"]),
        ("California, Oregon and Washington agreed.", ["California", "Oregon", "Washington"]),
    ],
)
def test_places_are_found_in_their_usual_spellings(text: str, expected: list[str]) -> None:
    assert _found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Houston Police Department hired.",
        "Secretary Austin and Attorney General Garland spoke.",
        "WASHINGTON - The agency said so.",
        "Leaders in Washington must act.",
        "The University of Texas grew.",
        "A Detroit-based firm, headquartered in Tulsa, Okla., hired.",
        "Mobile phones and Reading lessons",
        "The United States acted.",
    ],
)
def test_what_only_looks_like_a_place_is_none(text: str) -> None:
    assert _found(text) == []


def test_a_city_that_may_be_several_keeps_its_bare_name_in_a_list() -> None:
    doc = document_from_text("They are Spokane, Tucson and Fayetteville.")
    places = {place.mention.name: place.mention.place_id for place in PlaceIndex.of(doc).found}
    assert places["Fayetteville"] is None
    assert places["Spokane, WA"] == "geonames:5811696"


def test_a_city_named_with_its_state_before_is_known_after() -> None:
    assert _found("The mill stands in Decatur, Illinois. Decatur thrives.") == ["Decatur, IL", "Decatur, IL"]


def test_a_list_after_including_is_partial() -> None:
    text = "Over 100 cities including Columbus, OH and Scottsdale, AZ take part."
    found = _of(text, text[:-1], 100, "city")
    assert [place.name for place in found.places] == ["Columbus, OH", "Scottsdale, AZ"]
    assert found.complete is False


def test_a_list_is_checked_against_its_number() -> None:
    text = "Three cities joined: Denver, Tucson and Orlando."
    assert _of(text, "Three cities joined", 3, "city").complete is True
    short = "Four cities joined: Denver, Tucson and Orlando."
    assert _of(short, short[:-1], 4, "city").complete is False


def test_the_list_may_stand_in_the_next_sentence() -> None:
    text = "Four new cities will join. Boston, Denver, Tucson and Orlando will meet in May."
    names = [place.name for place in _of(text, "Four new cities will join", 4, "city").places]
    assert names == ["Boston, MA", "Denver, CO", "Tucson, AZ", "Orlando, FL"]


def test_the_subject_holds_for_the_sentences_later_clauses() -> None:
    text = "In November, Virginia was named the first state to do so, helping 1,432 veterans last year."
    assert [place.name for place in _of(text, "helping 1,432 veterans last year", 1432, "veteran").places] == [
        "Virginia"
    ]


def test_a_clause_after_a_semicolon_has_its_own_place() -> None:
    text = "Boston Mayor Lee wrote letters; Tucson Mayor Diaz recorded an ad that plays 300 times."
    assert [place.name for place in _of(text, "an ad that plays 300 times").places] == ["Tucson, AZ"]


def test_the_city_means_the_last_one_named() -> None:
    text = "Norfolk, VA signed up in May. By June the city had 40 homes."
    assert [place.name for place in _of(text, "By June the city had 40 homes").places] == ["Norfolk, VA"]


def test_a_body_called_by_its_city_acts_there() -> None:
    text = "The Dallas Ferry Alliance is hosting an event in Texas."
    assert [place.name for place in _of(text, text[:-1]).places] == ["Dallas, TX"]


def test_each_of_several_numbers_has_its_own_place() -> None:
    text = "This could save more than $250 a month in Ohio, nearly $300 in Texas, and over $350 in Utah."
    doc = document_from_text(text)
    index = PlaceIndex.of(doc)
    found = []
    for number in ("$250", "$300", "$350"):
        at = text.index(number)
        places = index.of_fact(0, 0, len(text) - 1, at, at + len(number), 1.0, "USD").places
        found.append([place.name for place in places])
    assert found == [["Ohio"], ["Texas"], ["Utah"]]


def test_shares_of_a_sum_have_places_of_their_own() -> None:
    text = "The board gave $9 million, including $6 million to Tulsa, $2 million to Dallas, and $1 million to Reno."
    doc = document_from_text(text)
    index = PlaceIndex.of(doc)
    found = []
    for number in ("$9 million", "$6 million", "$2 million"):
        at = text.index(number)
        places = index.of_fact(0, 0, len(text) - 1, at, at + len(number), 1.0, "USD").places
        found.append([place.name for place in places])
    assert found == [[], ["Tulsa, OK"], ["Dallas, TX"]]


def test_a_union_s_local_is_no_place() -> None:
    text = "Welders 172 Dallas will train 30 more. On June 12 Dallas opened a pier."
    doc = document_from_text(text)
    assert [place.start for place in PlaceIndex.of(doc).between(0, len(text))] == [text.index("Dallas opened")]
