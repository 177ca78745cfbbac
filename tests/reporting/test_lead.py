from typing import Any

import pytest

from flows.reporting import lead
from flows.reporting.payload import read_edition
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
        (("commitments",), "Better Buildings promises more than 500,000"),
        (("revised",), "The Newsroom revises “A call to cities”"),
        (("sources",), "A quiet week"),
    ],
)
def test_the_week_leads_with_the_most_important_thing_it_has(sections: tuple[str, ...], words: str) -> None:
    assert lead.lead(read_edition(_only(*sections))) == words


def test_the_subject_has_substance_first_then_counts_then_the_week() -> None:
    subject = lead.subject(read_edition(examples.payload()))
    assert subject == "Compact of Mayors passes 100 · 3 moved, 1 met, 5 joined · week 3, 2016"


def test_a_stated_number_that_only_equals_the_target_reaches_it() -> None:
    made = _only("targets")
    [targets] = [section for section in made["sections"] if section["name"] == "targets"]
    targets["rows"][0].update(level_lower=100, level_upper=100, level_bound="=")
    assert lead.lead(read_edition(made)) == "Compact of Mayors reaches 100"


def test_the_first_edition_has_no_news_to_lead_with() -> None:
    made = examples.payload()
    made["edition"].update(previous=None, since=None)
    assert lead.lead(read_edition(made)) == "The ledger opens"
