"""The mail's small pictures: sparklines and bullet bars as PNG, drawn without a browser.

They carry no words, so that they are the same on every machine; what they show stands beside them and in their
alternative text. The ground is transparent and every ink has enough contrast on white and on near-black, so that
one picture serves light and dark. A bound is an open mark, a repeat a small hollow one, a target a line. Nothing is
smoothed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import altair as alt
import vl_convert

from flows.reporting.present import Chart

INK = "#7c8790"
FAINT = "#9aa4ac"

SPARKLINE_SIZE = (168, 44)
BULLET_SIZE = (560, 22)
_SCALE = 2.0


def draw(chart: Chart) -> bytes:
    """The picture as PNG."""
    return _drawn(chart.kind, _frozen(chart.data))


def size(chart: Chart) -> tuple[int, int]:
    """Width and height in the mail, in CSS pixels."""
    return SPARKLINE_SIZE if chart.kind == "sparkline" else BULLET_SIZE


def _frozen(data: Any) -> Any:
    """The data in a form that can be remembered, so that a picture that fifty subscribers get is drawn once."""
    if isinstance(data, Mapping):
        return tuple((key, _frozen(data[key])) for key in sorted(data))
    return tuple(_frozen(value) for value in data) if isinstance(data, list | tuple) else data


@lru_cache(maxsize=4096)
def _drawn(kind: str, data: tuple[tuple[str, Any], ...]) -> bytes:
    fields = dict(data)
    if kind == "sparkline":
        picture = _sparkline([dict(reading) for reading in fields["readings"]], fields["target"], fields["colour"])
    elif kind == "bullet":
        picture = _bullet(**fields)
    else:
        raise ValueError(f"no chart is called {kind!r}")
    spec = picture.to_dict()
    spec["config"] = {"background": "transparent", "view": {"stroke": None}}
    return bytes(vl_convert.vegalite_to_png(spec, scale=_SCALE))


def mark_value(reading: Mapping[str, Any]) -> float | None:
    """Where a reading's mark stands: at its value, of one-sided readings at their bound."""
    for column in ("value", "lower", "upper"):
        if reading[column] is not None:
            return float(reading[column])
    return None


def _sparkline(readings: Sequence[Mapping[str, Any]], target: float | None, colour: str) -> Any:
    points = [
        {
            "x": f"{reading['as_of'][:10]}T00:00:00Z",
            "y": mark_value(reading),
            "open": reading["lower"] != reading["upper"],
            "last": position == len(readings) - 1,
        }
        for position, reading in enumerate(readings)
        if mark_value(reading) is not None
    ]
    values = [point["y"] for point in points] + ([target] if target is not None else [])
    width, height = SPARKLINE_SIZE
    x = alt.X("x:T", axis=None, scale=alt.Scale(type="utc", padding=7))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=_padded(values), nice=False, zero=False))
    base = alt.Chart(_data(points)).encode(x=x, y=y)
    layers = [
        base.mark_line(color=FAINT, strokeWidth=1.5, interpolate="linear"),
        _marks(base, "!datum.open && !datum.last", FAINT, is_open=False, area=26),
        _marks(base, "datum.open && !datum.last", FAINT, is_open=True, area=26),
        _marks(base, "!datum.open && datum.last", colour, is_open=False, area=64),
        _marks(base, "datum.open && datum.last", colour, is_open=True, area=64),
    ]
    if target is not None:
        rule = alt.Chart(_data([{"y": target}])).mark_rule(color=INK, strokeDash=[3, 3], strokeWidth=1)
        layers.insert(0, rule.encode(y=alt.Y("y:Q", axis=None)))
    return alt.layer(*layers).properties(width=width, height=height, padding=0)


def _data(values: Sequence[Mapping[str, Any]]) -> alt.InlineData:
    return alt.InlineData(values=[dict(value) for value in values])


def _marks(base: Any, test: str, color: str, *, is_open: bool, area: int) -> Any:
    marks = base.transform_filter(test)
    if is_open:
        return marks.mark_point(filled=False, color=color, fill="#ffffff", size=area, strokeWidth=1.8, opacity=1)
    return marks.mark_point(filled=True, color=color, size=area, opacity=1)


def _padded(values: Sequence[float]) -> list[float]:
    low, high = min(values), max(values)
    room = (high - low) * 0.16 or abs(high) * 0.2 or 1.0
    return [low - room, high + room]


def _bullet(level: float, target: float, is_open: bool, colour: str) -> Any:
    width, height = BULLET_SIZE
    end = max(level, target) * 1.04
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, end], nice=False))
    track = _bar(end, FAINT, 8, 0.28)
    done = _bar(level, colour, 8, 1.0)
    line = (
        alt.Chart(_data([{"x": target}]))
        .mark_tick(color=INK, thickness=2.5, size=height, orient="vertical")
        .encode(x=x)
    )
    layers = [track, done, line]
    if is_open:
        mark = alt.Chart(_data([{"x": level}])).mark_point(
            filled=False, color=colour, fill="#ffffff", size=90, strokeWidth=2, opacity=1
        )
        layers.append(mark.encode(x=x))
    return alt.layer(*layers).properties(width=width, height=height, padding=0)


def _bar(length: float, color: str, thickness: int, opacity: float) -> Any:
    data = _data([{"x": 0, "x2": length}])
    bar = alt.Chart(data).mark_bar(color=color, height=thickness, opacity=opacity, cornerRadius=2)
    return bar.encode(x=alt.X("x:Q", axis=None), x2="x2:Q")
