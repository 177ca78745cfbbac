"""The mail's small pictures: sparklines and bullet bars as PNG, drawn by Altair and vl-convert without a browser.

They carry no words, so that they are the same on every machine; what they show stands beside them and in their
alternative text. The ground is transparent and every ink has enough contrast on white and on near-black, so that one
picture serves light and dark. A bound is an open mark, a target a line up to its deadline. Nothing is smoothed.

A kind of picture is one Altair chart for all data: places are fractions of its frame, colours stand in the data. So it
is built and checked against Altair's schema once, and fifty subscribers' pictures cost only their drawing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

import altair as alt
import vl_convert

from flows.reporting.present import Chart
from flows.reporting.svg import is_open, level, scale

INK = "#7c8790"
FAINT = "#9aa4ac"

SIZES = {"sparkline": (168, 44), "bullet": (560, 22)}
_SCALE = 2.0
_LEFT_EDGE = 1 / SIZES["sparkline"][0]
"""Where the tick of a deadline before all readings stands: a pixel in, so that it is seen whole."""
_DATA = "marks"

Mark = dict[str, float | str]


def draw(chart: Chart) -> bytes:
    """The picture as PNG."""
    return _drawn(chart.kind, _frozen(chart.data))


def size(chart: Chart) -> tuple[int, int]:
    """Width and height in the mail, in CSS pixels."""
    return SIZES[chart.kind]


def _frozen(data: Any) -> Any:
    """The data in a form that can be remembered, so that a picture that fifty subscribers get is drawn once."""
    if isinstance(data, Mapping):
        return tuple((key, _frozen(data[key])) for key in sorted(data))
    return tuple(_frozen(value) for value in data) if isinstance(data, list | tuple) else data


@lru_cache(maxsize=4096)
def _drawn(kind: str, data: tuple[tuple[str, Any], ...]) -> bytes:
    marks = _MARKS[kind](**dict(data))
    spec = {**template(kind), "datasets": {_DATA: list(marks)}}
    return bytes(vl_convert.vegalite_to_png(spec, scale=_SCALE))


@cache
def template(kind: str) -> dict[str, Any]:
    """The Altair chart of a kind, as the specification that its data are put into."""
    width, height = SIZES[kind]
    base = alt.Chart(alt.NamedData(_DATA)).encode(
        x=alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False)),
        y=alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False)),
        color=alt.Color("ink:N", scale=None),
    )
    layered = alt.layer(*_LAYERS[kind](base)).properties(width=width, height=height, padding=0)
    spec: dict[str, Any] = layered.to_dict()
    spec["config"] = {"background": "transparent", "view": {"stroke": None}}
    return spec


def _sparkline_layers(base: Any) -> Iterator[Any]:
    """The last reading's mark comes last: nothing of the past may lie on it."""
    yield _only(base, "target").mark_rule(strokeDash=[3, 3], strokeWidth=1).encode(x2=alt.value(0))
    yield _only(base, "due").mark_tick(orient="vertical", thickness=1, size=9)
    yield (
        _only(base, "past dot", "past open", "dot", "open")
        .mark_line(color=FAINT, strokeWidth=1.5, interpolate="linear")
        .encode(color=alt.value(FAINT))
    )
    for when in ("past ", ""):
        sized = {"size": alt.Size("area:Q", scale=None)}
        yield _only(base, f"{when}dot").mark_point(filled=True, opacity=1).encode(**sized)
        yield (
            _only(base, f"{when}open")
            .mark_point(filled=False, fill="#ffffff", strokeWidth=1.8, opacity=1)
            .encode(**sized)
        )


def _bullet_layers(base: Any) -> Iterator[Any]:
    bar = {"height": 8, "cornerRadius": 2}
    middle = {"y": alt.value(SIZES["bullet"][1] / 2)}
    yield _only(base, "track").mark_bar(opacity=0.28, **bar).encode(x2=alt.value(0), **middle)
    yield _only(base, "level").mark_bar(opacity=1, **bar).encode(x2=alt.value(0), **middle)
    yield _only(base, "target").mark_rule(strokeWidth=2.5).encode(y=alt.value(0), y2=alt.value("height"))
    yield (
        _only(base, "open").mark_point(filled=False, fill="#ffffff", size=90, strokeWidth=2, opacity=1).encode(**middle)
    )


def _only(base: Any, *kinds: str) -> Any:
    return base.transform_filter(alt.FieldOneOfPredicate(field="kind", oneOf=list(kinds)))


def _sparkline_marks(
    readings: Sequence[Any], target: float | None, deadline: str | None, colour: str
) -> Iterator[Mark]:
    told = [dict(reading) for reading in readings]
    points = [(date.fromisoformat(r["as_of"][:10]).toordinal(), level(r), is_open(r)) for r in told]
    known = [(day, value, is_bound) for day, value, is_bound in points if value is not None]
    values = [value for _, value, _ in known] + ([target] if target is not None else [])
    across = scale(known[0][0], known[-1][0], 0.04, 0.96)
    up = scale(min(values), max(values), 0.14, 0.86)
    if target is not None:
        due = across(date.fromisoformat(deadline[:10]).toordinal()) if deadline else 1.0
        end = min(max(due, _LEFT_EDGE), 1.0)
        yield {"kind": "target", "x": end, "y": up(target), "ink": INK}
        if due < 1:
            yield {"kind": "due", "x": end, "y": up(target), "ink": INK}
    for place, (day, value, is_bound) in enumerate(known):
        is_last = place == len(known) - 1
        kind = ("" if is_last else "past ") + ("open" if is_bound else "dot")
        ink, area = (colour, 64) if is_last else (FAINT, 26)
        yield {"kind": kind, "x": across(day), "y": up(value), "ink": ink, "area": area}


def _bullet_marks(level: float, target: float, is_open: bool, colour: str) -> Iterator[Mark]:
    along = scale(0, max(level, target) * 1.04, 0, 1)
    yield {"kind": "track", "x": 1.0, "y": 0.5, "ink": FAINT}
    yield {"kind": "level", "x": along(level), "y": 0.5, "ink": colour}
    yield {"kind": "target", "x": along(target), "y": 0.5, "ink": INK}
    if is_open:
        yield {"kind": "open", "x": along(level), "y": 0.5, "ink": colour}


_LAYERS: dict[str, Callable[[Any], Iterator[Any]]] = {"sparkline": _sparkline_layers, "bullet": _bullet_layers}
_MARKS: dict[str, Callable[..., Iterator[Mark]]] = {"sparkline": _sparkline_marks, "bullet": _bullet_marks}
