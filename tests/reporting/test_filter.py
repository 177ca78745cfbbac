import pytest

from flows.reporting.payload import Edition, Filter


@pytest.mark.parametrize(
    ("wanted", "initiatives"),
    [
        (Filter(), {"Compact of Mayors", "Mayors Challenge", "Police Data Initiative", "TechHire"}),
        (Filter(topics=("climate",)), {"Compact of Mayors"}),
        (Filter(topics=("Climate", "jobs")), {"Compact of Mayors", "TechHire"}),
        (Filter(initiatives=("police-data-initiative",)), {"Police Data Initiative"}),
        (Filter(initiatives=("Police Data Initiative",)), {"Police Data Initiative"}),
        (Filter(topics=("climate",), publishers=("The Newsroom",)), {"Compact of Mayors"}),
        (Filter(topics=("climate",), publishers=("Another House",)), set()),
        (Filter(topics=("sports",)), set()),
    ],
)
def test_rows_pass_that_meet_every_field_in_one_of_its_values(
    edition: Edition, wanted: Filter, initiatives: set[str]
) -> None:
    assert {row["initiative"] for row in edition.narrowed(wanted).rows("moved")} == initiatives


def test_a_place_is_found_by_its_name_and_by_its_id(edition: Edition) -> None:
    for name in ("Denver, CO", "geonames:0"):
        narrowed = edition.narrowed(Filter(places=(name,)))
        assert [row["participant"] for row in narrowed.rows("participants")] == ["Denver, CO"]
        assert [row["place"] for row in narrowed.rows("places")] == ["Denver, CO"]


def test_what_describes_the_ledger_itself_is_never_narrowed(edition: Edition) -> None:
    narrowed = edition.narrowed(Filter(topics=("sports",)))
    assert narrowed.rows("sources") == edition.rows("sources")
    assert narrowed.is_quiet()


def test_the_filter_is_told_in_words() -> None:
    wanted = Filter(topics=("climate", "jobs"), places=("Ohio",))
    assert wanted.words() == "topic climate or jobs; place Ohio"
