from typing import Any

import pytest

from flows.reporting import lead
from flows.reporting.payload import read_edition
from flows.reporting.told import tell
from tests.reporting import examples


def _only(*sections: str) -> dict[str, Any]:
    made = examples.payload()
    for section in made["sections"]:
        if section["name"] not in sections:
            section["rows"] = []
    return made


@pytest.mark.parametrize(
    ("sections", "words"),
    [
        (("targets", "moved"), "Compact of Mayors passes 100"),
        (("moved",), "Compact of Mayors reaches 122"),
        (("participants",), "Denver, CO; Fayetteville, NC and 3 more join Police Data Initiative"),
        (("commitments",), "Better Buildings promises more than 500,000 light poles"),
        (("revised",), "The Newsroom revises “A call to cities”"),
        (("sources",), "A quiet week"),
    ],
)
def test_the_week_leads_with_the_most_important_thing_it_has(sections: tuple[str, ...], words: str) -> None:
    assert lead.lead(read_edition(_only(*sections))) == words


def test_the_subject_has_substance_first_then_counts_then_the_week() -> None:
    subject = lead.subject(read_edition(examples.payload()))
    assert subject == "Compact of Mayors passes 100 · 3 moved, 1 met, 5 joined · week 3, 2016"


def test_a_promise_in_another_currency_has_its_code() -> None:
    made = _only("commitments")
    [promises] = [section for section in made["sections"] if section["name"] == "commitments"]
    promises["rows"][0].update(measure="money", population="EUR", shown="5,000,000")
    assert lead.lead(read_edition(made)) == "Better Buildings promises 5,000,000 EUR"


def test_a_stated_number_that_only_equals_the_target_reaches_it() -> None:
    made = _only("targets")
    [targets] = [section for section in made["sections"] if section["name"] == "targets"]
    targets["rows"][0].update(level_lower=100, level_upper=100, level_bound="=")
    assert lead.lead(read_edition(made)) == "Compact of Mayors reaches 100"


def test_of_several_targets_of_one_count_that_were_met_the_highest_leads_with_its_unit() -> None:
    made = _only("targets")
    [targets] = [section for section in made["sections"] if section["name"] == "targets"]
    first = targets["rows"][0]
    money = {"target_value": 20e9, "target_shown": "more than $20 billion", "level_lower": 30e9, "level_upper": 30e9}
    targets["rows"] = [{**first, "target_value": 3e9, "target_shown": "$3 billion"}, {**first, **money}]
    assert lead.lead(read_edition(made)) == "Compact of Mayors passes $20 billion"


def test_a_withdrawn_page_is_not_called_revised() -> None:
    made = _only("revised")
    [revised] = [section for section in made["sections"] if section["name"] == "revised"]
    revised["rows"] = [{**revised["rows"][0], "kind": kind} for kind in ("withdrawn", "revised", "revised")]
    edition = read_edition(made)
    assert lead.subject(edition).split(" · ")[1] == "2 revised, 1 withdrawn"
    assert ("3", "pages changed") in tell(edition, None, 5).counts


def test_the_first_edition_has_no_news_to_lead_with() -> None:
    made = examples.payload()
    made["edition"].update(previous=None, since=None)
    assert lead.lead(read_edition(made)) == "The ledger opens"
