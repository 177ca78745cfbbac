"""Verbs told from nouns, their tenses, and which verb governs a number."""

from __future__ import annotations

import pytest

from flows.extraction.clauses import VerbGroup, number_phrase, setting_of, verb_groups
from flows.extraction.document import tokenise
from flows.extraction.outlook import outlook_of


def verbs(text: str) -> list[tuple[str, str]]:
    return [(group.lemma, group.tense) for group in verb_groups(tokenise(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The city will open two parks.", [("open", "future")]),
        ("Three towns have signed the compact.", [("sign", "perfect")]),
        ("The agency is hosting a summit.", [("host", "progressive")]),
        ("Firms plan to hire workers.", [("plan", "present"), ("hire", "infinitive")]),
        ("It announced plans to hire workers.", [("announce", "past"), ("hire", "infinitive")]),
        ("We’ve trained nurses.", [("train", "perfect")]),
        ("Changes were made to the rule.", [("make", "past")]),
        ("It would have cost millions.", [("cost", "unreal")]),
        ("They’d take boats to the pier.", [("take", "unreal")]),
        ("They'd taken boats to the pier.", [("take", "past")]),
        ("The plant can power homes.", [("power", "present")]),
        ("They will microgrant farmers.", [("microgrant", "future")]),
        ("Shelters were full.", [("be", "past")]),
    ],
)
def test_tenses(text: str, expected: list[tuple[str, str]]) -> None:
    assert verbs(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The grants program of the Registered Apprenticeship office",
        "A new plan for parks and the work of elected officials",
        "Since that time",
    ],
)
def test_nouns_are_no_verbs(text: str) -> None:
    assert verbs(text) == []


def governing(text: str, number: str) -> tuple[str, str | None, str]:
    tokens = tokenise(text)
    start = text.index(number)
    groups = verb_groups(tokens)
    end = start + len(number)
    unit_end = next((token.end for token in tokens if token.start > end), end)
    first, last = number_phrase(tokens, start, end, unit_end)
    setting = setting_of(tokens, groups, first, last)
    before = " " + " ".join(token.lower for token in tokens[:first]) + " "
    return setting.role, lemma_of(setting.nearest), outlook_of(setting, before).look


def lemma_of(group: VerbGroup | None) -> str | None:
    return group.lemma if group else None


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("In March, over 50 mayors signed a letter.", "50", ("subject", "sign", "done")),
        ("The company committed to hire 300 apprentices.", "300", ("object", "hire", "ahead")),
        ("Hospitals located in 5 states have agreed.", "5", ("object", "locate", "done")),
        ("Over 40 hospitals located in Ohio have agreed.", "40", ("subject", "agree", "done")),
        ("Half of the 20 towns who applied will join.", "20", ("subject", "join", "ahead")),
        ("A provider for 70 employers in the county", "70", ("none", None, "none")),
        ("She asked Congress for 12 judges.", "12", ("object", "ask", "called-for")),
        ("The group must repay the state; pay 9 vendors.", "9", ("object", "pay", "ahead")),
        ("It is building a mill that employs 80 people.", "80", ("object", "employ", "standing")),
    ],
)
def test_the_verb_that_governs_a_number(text: str, number: str, expected: tuple[str, str | None, str]) -> None:
    assert governing(text, number) == expected
