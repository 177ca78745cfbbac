"""What charts show: bounds open, repeats hollow, targets as lines, the same colour everywhere."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from flows.reporting import charts, colours, svg
from flows.reporting.payload import Edition
from flows.reporting.present import Presenter

SVG = "{http://www.w3.org/2000/svg}"


def _reading(as_of: str, value: float, bound: str = "=", **more: Any) -> dict[str, Any]:
    upper = None if bound.startswith(">") else value
    return {
        "as_of": as_of,
        "as_of_precision": "day",
        "shown": f"{bound}{value:g}",
        "value": value,
        "lower": value,
        "upper": upper,
        "bound": bound,
        "basis": "stated",
        "sightings": 1,
        "last_stated": None,
        **more,
    }


TARGET = {
    "shown": "100",
    "value": 100,
    "deadline": "2015-11-30",
    "deadline_precision": "day",
    "stated_on": "2015-08-24",
    "valid_to": None,
    "is_current": True,
}


def _drawn(readings: list[dict[str, Any]], targets: list[dict[str, Any]] | None = None) -> Any:
    drawn = svg.series_chart(readings, targets or [], "#1f8a8c", "A series")
    assert drawn is not None
    return etree.fromstring(f"<div>{drawn}</div>")[0]


def _classes(chart: Any, tag: str) -> list[str]:
    return [element.get("class") for element in chart.iter(tag)]


def test_a_stated_number_is_filled_and_a_bound_is_open() -> None:
    chart = _drawn([_reading("2015-08-24", 34), _reading("2015-11-20", 100, ">")])
    assert _classes(chart, "circle") == ["dot", "open"]
    assert _classes(chart, "line").count("whisker") == 1


def test_a_lower_bound_points_up_and_an_upper_bound_down() -> None:
    first = _reading("2015-08-24", 34)
    chart = _drawn([first, _reading("2015-11-20", 100, ">")])
    up = next(line for line in chart.iter("line") if line.get("class") == "whisker")
    assert float(up.get("y2")) < float(up.get("y1"))
    below = {**_reading("2015-11-20", 40, "<"), "lower": None, "upper": 40}
    down = next(line for line in _drawn([first, below]).iter("line") if line.get("class") == "whisker")
    assert float(down.get("y2")) > float(down.get("y1"))


def test_a_repeat_is_a_small_hollow_mark_at_the_day_it_was_told_again() -> None:
    chart = _drawn([_reading("2015-08-24", 34, sightings=3, last_stated="2016-01-21"), _reading("2015-11-20", 83)])
    [hollow] = [circle for circle in chart.iter("circle") if circle.get("class") == "open"]
    assert float(hollow.get("r")) < 4
    assert "told again 21 Jan 2016" in "".join(chart.itertext())


def test_a_derived_reading_is_an_open_square() -> None:
    chart = _drawn([_reading("2015-03-09", 21), _reading("2015-08-24", 31, ">=", basis="derived")])
    assert _classes(chart, "rect") == ["open"]


def test_a_target_is_a_line_to_its_deadline_that_says_so() -> None:
    chart = _drawn([_reading("2015-08-24", 34)], [TARGET])
    lines = [line for line in chart.iter("line") if line.get("class") == "goal"]
    assert len(lines) == 2 and lines[0].get("x2") == lines[1].get("x1")
    assert "Target 100 by 30 Nov 2015" in "".join(chart.itertext())


REVISION = {
    "what": "value",
    "old": "19",
    "new": "20",
    "seen_on": "2015-11-23",
    "value": 19,
    "stood_on": "2015-11-06",
    "href": "../evidence/before.html#f-1",
}


def _revised(revisions: list[dict[str, Any]]) -> tuple[Any, Any, float, float]:
    """The chart of two readings with what was revised of them; its one cross and where that stands."""
    readings = [_reading("2015-08-24", 12), _reading("2015-11-06", 20)]
    chart: Any = etree.fromstring(f"<div>{svg.series_chart(readings, [], '#1f8a8c', 'A series', revisions)}</div>")[0]
    [cross] = chart.iter("path")
    left, top = (float(part) for part in cross.get("d")[1:].split("l")[0].split())
    return chart, cross, left + 4, top + 4


def test_what_was_revised_is_a_cross_where_it_stood_that_leads_to_the_old_sentence() -> None:
    chart, cross, x, y = _revised([REVISION, {**REVISION, "stood_on": None}])
    assert cross.get("class") == "former"
    assert cross.getparent().get("href") == REVISION["href"]
    assert "Number: 19 → 20, seen 23 Nov 2015" in "".join(chart.itertext())
    [_, reading] = chart.iter("circle")
    assert x == pytest.approx(float(reading.get("cx")))
    assert y > float(reading.get("cy"))  # 19 stands below 20


def test_a_former_number_outside_the_readings_has_room() -> None:
    _, _, _, y = _revised([{**REVISION, "value": 400}])
    assert y > 0


def test_nothing_is_smoothed_and_every_reading_keeps_its_place() -> None:
    chart = _drawn([_reading("2015-08-24", 34), _reading("2015-10-31", 46), _reading("2015-11-05", 83)])
    [thread] = list(chart.iter("polyline"))
    marks = [(circle.get("cx"), circle.get("cy")) for circle in chart.iter("circle")]
    assert thread.get("points").split() == [f"{x},{y}" for x, y in marks]
    assert float(marks[0][1]) > float(marks[1][1]) > float(marks[2][1])


def test_what_a_line_of_words_tells_as_well_has_no_chart() -> None:
    undated = {**_reading("2015-08-24", 3), "as_of": None}
    assert svg.series_chart([_reading("2015-08-24", 3)], [], "#1f8a8c", "x") is None
    assert svg.series_chart([undated, undated], [], "#1f8a8c", "x") is None
    assert svg.series_chart([], [TARGET, TARGET], "#1f8a8c", "x") is None


@pytest.mark.parametrize("values", [[0], [5, 5], [1e-3, 2e-3], [1, 1e12], [-5, 3], [99, 100, 101]])
def test_the_axis_has_a_few_round_values_that_hold_all(values: list[float]) -> None:
    ticks = svg._nice_ticks(values)
    assert 2 <= len(ticks) <= 8
    assert ticks[0] <= min(values) and ticks[-1] >= max(values)


def test_the_colour_of_a_series_is_legible_by_day_and_by_night() -> None:
    for colour in colours.PALETTE:
        assert colours.contrast(colour, colours.PAPER) >= 3
        assert colours.contrast(colour, colours.NIGHT) >= 3


def test_the_same_series_has_the_same_colour_in_the_mail_and_on_the_pages(edition: Edition) -> None:
    parts = {part.name: part for part in Presenter(edition, None).parts(20)}
    spark, bar = parts["moved"].items[0].chart, parts["targets"].items[0].chart
    assert spark is not None and bar is not None
    colour = colours.series_colour(edition.rows("moved")[0]["series_id"])
    assert spark.data["colour"] == bar.data["colour"] == colour
    assert colour in svg.picture(spark) and colour in svg.picture(bar)


def test_the_mails_pictures_have_the_marks_of_the_pages(edition: Edition) -> None:
    parts = {part.name: part for part in Presenter(edition, None).parts(20)}
    spark, bar = parts["moved"].items[0].chart, parts["targets"].items[1].chart
    assert spark is not None and bar is not None
    marks = list(charts._sparkline_marks(**spark.data))
    past = ["past dot", "past dot", "past dot", "past open", "past dot"]
    assert [mark["kind"] for mark in marks] == ["target", "due", *past, "dot"]
    assert [mark["ink"] for mark in marks[2:]] == [charts.FAINT] * 5 + [spark.data["colour"]]
    assert marks[2]["y"] < marks[0]["y"] == marks[5]["y"] < marks[7]["y"]  # type: ignore[operator]
    assert marks[5]["x"] < marks[0]["x"] == marks[1]["x"] < marks[6]["x"]  # type: ignore[operator]
    assert [mark["kind"] for mark in charts._bullet_marks(**bar.data)] == ["track", "level", "target", "open"]


def test_a_deadline_before_all_readings_shown_has_its_tick_at_the_left_edge() -> None:
    readings = [_reading("2015-08-24", 34), _reading("2015-10-31", 46)]
    target, due = list(charts._sparkline_marks(readings, 100, "2014-12-31", "#1f8a8c"))[:2]
    assert (target["kind"], due["kind"]) == ("target", "due")
    assert target["x"] == due["x"] == pytest.approx(1 / 168)
    [line, tick] = _goals_of(svg.sparkline(readings, 100, "2014-12-31", "#1f8a8c", "x"))
    assert (line.get("x1"), line.get("x2")) == ("0", "1")
    assert tick.get("x1") == tick.get("x2") == "1" and tick.get("y1") != tick.get("y2")


def test_a_deadline_beyond_all_readings_shown_has_no_tick() -> None:
    readings = [_reading("2015-08-24", 34), _reading("2015-10-31", 46)]
    kinds = [mark["kind"] for mark in charts._sparkline_marks(readings, 100, "2016-12-31", "#1f8a8c")]
    assert kinds == ["target", "past dot", "dot"]
    [line] = _goals_of(svg.sparkline(readings, 100, "2016-12-31", "#1f8a8c", "x"))
    assert line.get("x2") == "168"


def _goals_of(drawn: str) -> list[Any]:
    chart: Any = etree.fromstring(str(drawn))
    return [line for line in chart.iter("line") if line.get("class") == "goal"]


def test_pictures_are_equal_bytes_each_time(edition: Edition) -> None:
    chart = Presenter(edition, None).parts(20)[0].items[0].chart
    assert chart is not None
    first = charts.draw(chart)
    charts._drawn.cache_clear()
    assert charts.draw(chart) == first
