from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from flows import showing
from warehouse.records import Bound, Fact

ROWS = [("Compact", 122, None), ("Pledge, the", 7, date(2016, 1, 21))]


def test_json_is_one_array_of_objects() -> None:
    rows = [(UUID(int=1), Decimal("2.50"), [date(2016, 1, 2)])]
    assert json.loads(showing.as_json(["id", "value", "days"], rows)) == [
        {"id": "00000000-0000-0000-0000-000000000001", "value": 2.5, "days": ["2016-01-02"]}
    ]


def test_csv_reads_back() -> None:
    text = showing.as_csv(["name", "n", "day"], ROWS)
    assert list(csv.reader(io.StringIO(text))) == [
        ["name", "n", "day"],
        ["Compact", "122", ""],
        ["Pledge, the", "7", "2016-01-21"],
    ]


def test_table_puts_numbers_to_the_right_and_cuts_long_cells() -> None:
    lines = showing.as_table(["name", "n"], [("a" * 80, 5), ("b", 1200)], widest=10).splitlines()
    assert lines[2] == "aaaaaaaaa…     5"
    assert lines[3] == "b           1200"


def test_table_without_rows_shows_its_columns() -> None:
    assert showing.as_table(["name"], []) == "name\n----"


@pytest.mark.parametrize(
    ("bound", "value_max", "shown"),
    [
        ("=", None, "1,432"),
        (">", None, "more than 1,432"),
        ("<=", None, "up to 1,432"),
        ("range", 2000.0, "1,432 to 2,000"),
    ],
)
def test_a_value_is_shown_with_its_hedge(bound: Bound, value_max: float | None, shown: str) -> None:
    fact = Fact("quantity", 0, 4, "1432", "act", 0, 4, value=1432.0, value_max=value_max, bound=bound)
    assert showing.shown_value(fact) == shown


def test_marked_text_marks_the_number_and_says_what_was_read() -> None:
    text = "No number here.\n\nMore than 40 towns joined."
    fact = Fact(
        "quantity",
        17,
        43,
        "More than 40 towns joined.",
        "join",
        27,
        29,
        value=40.0,
        bound=">",
        unit="town",
        stage="total",
        rule="r",
    )
    shown = showing.marked_text(text, [fact], colour=False)
    assert "More than [40](1) towns joined." in shown
    assert "more than 40 town · total · join" in shown
    assert shown.startswith("No number here.\n\n")
