"""Blocks, sentences and tokens of texts of our own."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.extraction.document import Document, document_from_page, document_from_text, tokenise
from warehouse.records import Block, Page


def sentences(text: str) -> list[str]:
    document = document_from_text(text)
    return [text[sentence.start : sentence.end] for sentence in document.sentences]


@pytest.mark.parametrize(
    "text",
    [
        "Mayor Lee of St. Paul met Gov. Ito in Washington, D.C. on Sept. 4.",
        "The U.S. Conference of Mayors gave No. 12 to J. P. Morgan & Co. in June.",
        "It rose 1.5 percent to $2.3 million at 9 a.m. Tuesday.",
        "He asked: why now? and left.",
        "The Acme Mfg. Co. plant, e.g. its annex, stays.",
    ],
)
def test_one_sentence_stays_one(text: str) -> None:
    assert sentences(text) == [text]


def test_sentences_part_at_their_end_marks() -> None:
    assert sentences("Ten came. Five left! Who stayed? “Nobody.” Then it rained… All went home.") == [
        "Ten came.", "Five left!", "Who stayed?", "“Nobody.”", "Then it rained…", "All went home.",
    ]  # fmt: skip


def test_abbreviations_end_a_sentence_before_a_word_that_begins_one() -> None:
    assert sentences("They moved to the U.S. The office closed. She joined Acme Inc. It grew.") == [
        "They moved to the U.S.", "The office closed.", "She joined Acme Inc.", "It grew.",
    ]  # fmt: skip


def test_a_letter_that_names_a_part_ends_a_sentence() -> None:
    assert sentences("It falls under Part D. Ten clinics pay. Ask J. Doe.") == [
        "It falls under Part D.", "Ten clinics pay.", "Ask J. Doe.",
    ]  # fmt: skip


def test_a_lost_space_after_a_full_stop_parts_sentences() -> None:
    assert sentences("It ended the violence.The mayor spoke.") == ["It ended the violence.", "The mayor spoke."]


def test_tokens_keep_hyphens_initials_and_decimals() -> None:
    text = "The U.S. hired 1,284 mid-sized COVID-19 teams at 9.5% of $.07 in the G7, AT&T's 1,00,000 th."
    assert [token.text for token in tokenise(text)] == [
        "The", "U.S.", "hired", "1,284", "mid-sized", "COVID-19", "teams", "at", "9.5", "%", "of", "$", ".07", "in",
        "the", "G7", ",", "AT&T's", "1,00,000", "th", ".",
    ]  # fmt: skip
    assert all(text[token.start : token.end] == token.text for token in tokenise(text))


def test_tokens_of_a_part_of_a_text() -> None:
    assert [token.text for token in tokenise("alpha beta gamma", 6, 10)] == ["beta"]


LAYOUT = """JOINT ACTION ON RIVERS

Nine towns signed the accord. It runs until 2030.

Clean Water for the Valley

• Alder will plant trees
• Birch will test
  wells every month

A long line of a wrapped paragraph goes on and on until it is full and
continues in the next line, in the same block.
"""


def layout() -> Document:
    return document_from_text(LAYOUT, title="Rivers", published=date(2020, 5, 1))


def test_blocks_of_plain_text() -> None:
    assert [(block.kind, block.level) for block in layout().blocks] == [
        ("heading", 1), ("paragraph", None), ("heading", 2), ("list_item", None), ("list_item", None),
        ("paragraph", None),    ]  # fmt: skip
    assert [LAYOUT[block.start : block.end] == block.text for block in layout().blocks] == [True] * 6


def test_blocks_know_the_headings_above_them() -> None:
    paths = [block.path for block in layout().blocks]
    both = ("JOINT ACTION ON RIVERS", "Clean Water for the Valley")
    assert paths == [(), both[:1], both[:1], both, both, both]


def test_title_and_date_are_kept() -> None:
    assert (layout().title, layout().published) == ("Rivers", date(2020, 5, 1))


def test_a_page_keeps_its_blocks() -> None:
    text = "Heading\n\nOne town. Two towns.\n\n3 | 4"
    blocks = (
        Block("heading", "Heading", 0, 7, (), 2),
        Block("paragraph", "One town. Two towns.", 9, 29, ("Heading",)),
        Block("table_row", "3 | 4", 31, 36, ("Heading",)),
    )
    page = Page("https://a.test/1", "https://a.test/1", "T", date(2021, 1, 2), "text", "day", "en", text, blocks)
    document = document_from_page(page)
    assert document.blocks == blocks
    assert [(text[s.start : s.end], s.block) for s in document.sentences] == [
        ("Heading", 0), ("One town.", 1), ("Two towns.", 1), ("3 | 4", 2),
    ]  # fmt: skip
    assert (document.title, document.published) == ("T", date(2021, 1, 2))


@given(st.text(alphabet=st.sampled_from("aB1 .\n\r\t•-,\u2029É中"), max_size=120))
def test_every_word_is_in_exactly_one_sentence(text: str) -> None:
    document = document_from_text(text)
    tokens = [token for sentence in document.sentences for token in sentence.tokens]
    assert all(a.end <= b.start for a, b in pairwise(tokens))
    kept = "".join(token.text for token in tokens)
    assert [c for c in kept if c.isalpha()] == [c for c in text if c.isalpha()]
    for sentence in document.sentences:
        block = document.blocks[sentence.block]
        assert block.start <= sentence.start < sentence.end <= block.end


def test_a_page_without_a_full_stop_is_read_in_pieces_that_keep_words_and_numbers_whole() -> None:
    text = ", ".join(f"{number:,} towns joined" for number in range(1000, 3000))
    sentences = document_from_text(text).sentences
    assert max(s.end - s.start for s in sentences) <= 3000
    assert all(text[s.end - 1] in ",d" and text[s.start].isdigit() for s in sentences)
    assert len(list(document_from_text("9" * 10_000).sentences)) == 1
