"""The audit of runs."""

from __future__ import annotations

import json

import pytest

from tests.warehouse.builders import LedgerBuilder, at
from warehouse.errors import LedgerError
from warehouse.runs import begin_run, finish_run, last_run_time


def test_a_run_is_recorded_from_its_beginning_to_its_end() -> None:
    con = LedgerBuilder().con
    assert last_run_time(con) is None
    run_id = begin_run(con, "collect", at("2016-01-18"), {"send": False}, "0.1.0")
    finish_run(con, run_id, "held", {"new": 3}, 1.5, "a check failed")
    row = con.execute("SELECT flow, status, code_version, arguments, counts, seconds, message FROM run").fetchall()[0]
    assert (*row[:3], json.loads(row[3]), json.loads(row[4]), *row[5:]) == (
        "collect", "held", "0.1.0", {"send": False}, {"new": 3}, 1.5, "a check failed",
    )  # fmt: skip
    assert last_run_time(con) == at("2016-01-18")


def test_logical_time_never_goes_back() -> None:
    con = LedgerBuilder().con
    begin_run(con, "weekly", at("2016-01-25"))
    with pytest.raises(LedgerError, match=r"2016-01-18.* is before the last run's, 2016-01-25"):
        begin_run(con, "weekly", at("2016-01-18"))
    begin_run(con, "weekly", at("2016-01-25"))


def test_a_run_that_died_is_marked_by_the_next() -> None:
    con = LedgerBuilder().con
    begin_run(con, "weekly", at("2016-01-18"))
    begin_run(con, "weekly", at("2016-01-25"))
    assert con.execute("SELECT status FROM run ORDER BY logical_time").fetchall() == [("failed",), ("running",)]
