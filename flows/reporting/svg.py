"""Charts of the pages as SVG, drawn by hand so that two thousand of them cost seconds and each mark is a link to its
sentence.

A reading is a dot at its value; a bound or an estimate is an open mark, with a tick that points where the true value
may lie; a derived reading is an open square; a repeat is a small hollow dot at the day on which it was told again. A
target is a dashed line from the day it was set to its deadline. What the publisher revised is a cross where the number
stood before. Readings are joined by straight lines and nothing is smoothed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup, escape

from flows.reporting import wording
from flows.reporting.present import Chart

Reading = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Frame:
    """The size of a chart and the room around its plot."""

    name: str
    width: int
    height: int
    left: int
    right: int
    top: int = 22
    bottom: int = 30


FRAMES = (Frame("wide", 680, 250, 64, 70), Frame("narrow", 350, 210, 48, 46))
"""Each chart is drawn twice and the style sheet shows one: letters keep their size on a phone."""


def series_chart(
    readings: Sequence[Reading],
    targets: Sequence[Mapping[str, Any]],
    colour: str,
    label: str,
    revisions: Sequence[Mapping[str, Any]] = (),
) -> Markup | None:
    """The chart of one series; None where a line of words says as much: one dated reading and no target, or none."""
    placed = [r for r in readings if r["as_of"] and level(r) is not None]
    goals = [t for t in targets if t["value"] is not None and (t["stated_on"] or t["deadline"])]
    if len(placed) + len(goals) < 2 or not placed:
        return None
    former = [r for r in revisions if can_be_placed(r)]
    return Markup("").join(_Plot(frame, placed, goals, former, colour, label).draw() for frame in FRAMES)


def can_be_placed(revision: Mapping[str, Any]) -> bool:
    """Whether a former number has a date at which it can stand in a chart."""
    return revision["value"] is not None and revision["stood_on"] is not None


def level(reading: Reading) -> float | None:
    """Where a reading's mark stands: at its value, of one-sided readings at their bound."""
    for column in ("value", "lower", "upper"):
        if reading[column] is not None:
            return float(reading[column])
    return None


def sparkline(readings: Sequence[Reading], target: float | None, deadline: str | None, colour: str, alt: str) -> Markup:
    """A small chart without words for lists; what it shows is its label."""
    width, height, room = 168, 44, 7
    points = [(date.fromisoformat(r["as_of"][:10]).toordinal(), level(r), is_open(r)) for r in readings]
    known = [(x, y, is_bound) for x, y, is_bound in points if y is not None]
    ys = [y for _, y, _ in known] + ([target] if target is not None else [])
    across = scale(known[0][0], known[-1][0], room, width - room)
    up = scale(min(ys), max(ys), height - room, room)
    parts = []
    if target is not None:
        due = across(_ordinal(deadline)) if deadline else width
        y, end = up(target), min(max(due, 1), width)  # a deadline before all readings has its tick at the left edge
        parts.append(_tag("line", x1=0, x2=end, y1=y, y2=y, class_="goal"))
        if due < width:
            parts.append(_tag("line", x1=end, x2=end, y1=y - 4.5, y2=y + 4.5, class_="goal"))
    parts.append(_tag("polyline", points=" ".join(f"{across(x)},{up(y)}" for x, y, _ in known), class_="thread"))
    for place, (x, y, is_bound) in enumerate(known):
        is_last = place == len(known) - 1
        style = f"--c:{colour}" if is_last else None
        kind = ("open" if is_bound else "dot") + ("" if is_last else " past")
        parts.append(_tag("circle", cx=across(x), cy=up(y), r=4.5 if is_last else 2.6, class_=kind, style=style))
    return _svg(width, height, "spark", alt, parts)


def bullet(level_at: float, target: float, *, is_bound: bool, colour: str, alt: str) -> Markup:
    """A bar from nothing to the level, with a line at the target."""
    width, height = 560, 22
    along = scale(0, max(level_at, target) * 1.04, 0, width)
    parts = [
        _tag("rect", x=0, y=7, width=width, height=8, rx=2, class_="track"),
        _tag("rect", x=0, y=7, width=along(level_at), height=8, rx=2, class_="fill", style=f"--c:{colour}"),
        _tag("line", x1=along(target), x2=along(target), y1=0, y2=height, class_="goal-tick"),
    ]
    if is_bound:
        parts.append(_tag("circle", cx=along(level_at), cy=11, r=5.5, class_="open", style=f"--c:{colour}"))
    return _svg(width, height, "bullet", alt, parts)


def is_open(reading: Reading) -> bool:
    """Whether a reading is a bound or an estimate and not one known value."""
    return bool(reading["lower"] != reading["upper"])


class _Plot:
    """One chart in one frame."""

    def __init__(
        self,
        frame: Frame,
        readings: Sequence[Reading],
        targets: Sequence[Mapping[str, Any]],
        revisions: Sequence[Mapping[str, Any]],
        colour: str,
        label: str,
    ) -> None:
        self.frame, self.colour, self.label = frame, colour, label
        self.readings, self.targets, self.revisions = readings, targets, revisions
        days = sorted(self._days())
        margin = max(1, (days[-1] - days[0]) // 40)
        self.first, self.last = days[0] - margin, days[-1] + margin
        self.ticks = _nice_ticks([*self._values()])
        self.x = scale(self.first, self.last, frame.left, frame.width - frame.right)
        self.y = scale(self.ticks[0], self.ticks[-1], frame.height - frame.bottom, frame.top)

    def draw(self) -> Markup:
        lines = [*self._grid(), *self._goals(), self._thread()]
        parts = [*lines, *self._repeats(), *self._former(), *self._marks(), *self._last_word()]
        return _svg(self.frame.width, self.frame.height, f"plot {self.frame.name}", self.label, parts, is_image=False)

    def _days(self) -> Iterator[int]:
        for reading in self.readings:
            yield _ordinal(reading["as_of"])
            if reading["last_stated"]:
                yield _ordinal(reading["last_stated"])
        for target in self.targets:
            yield from (_ordinal(target[column]) for column in ("stated_on", "deadline") if target[column])
        yield from (_ordinal(revision["stood_on"]) for revision in self.revisions)

    def _values(self) -> Iterator[float]:
        yield from (value for reading in self.readings if (value := level(reading)) is not None)
        yield from (float(told["value"]) for told in (*self.targets, *self.revisions))

    def _grid(self) -> Iterator[str]:
        frame = self.frame
        for value in self.ticks:
            y = self.y(value)
            yield _tag("line", x1=frame.left, x2=frame.width - frame.right, y1=y, y2=y, class_="grid")
            yield _text(frame.left - 8, y + 4, short_number(value), "end")
        for day, words in _time_ticks(self.first, self.last, most=6 if frame.name == "wide" else 3):
            yield _text(self.x(day), frame.height - 8, words, "middle")

    def _goals(self) -> Iterator[str]:
        for target in self.targets:
            begin = _ordinal(target["stated_on"]) if target["stated_on"] else self.first
            end = _ordinal(target["deadline"]) if target["deadline"] else self.last
            if target["valid_to"]:
                end = min(end, _ordinal(target["valid_to"]))
            x1, x2, y = self.x(min(begin, end)), self.x(max(begin, end)), self.y(float(target["value"]))
            kind = "goal" if target["is_current"] else "goal past"
            words = f"Target {target['shown']}"
            if target["deadline"]:
                words += f" by {wording.day(target['deadline'], target['deadline_precision'])}"
            line = _tag("line", x1=x1, x2=x2, y1=y, y2=y, class_=kind)
            due = _tag("line", x1=x2, x2=x2, y1=y - 6, y2=y + 6, class_=kind) if target["deadline"] else ""
            yield _link(target.get("href"), words, line + due)
            if target["is_current"]:
                yield self._goal_label(x1, y, words)

    def _goal_label(self, x: float, y: float, words: str) -> str:
        """The target's words above its line, or below where the top is too near; ended at the right where it runs
        out."""
        above = y - 7 if y - 18 > 2 else y + 16
        if x > self.frame.width * 0.55:
            return _text(self.frame.width - self.frame.right, above, words, "end", "goal-label")
        return _text(x, above, words, "start", "goal-label")

    def _thread(self) -> str:
        points = [f"{self.x(_ordinal(r['as_of']))},{self.y(level(r) or 0.0)}" for r in self.readings]
        return _tag("polyline", points=" ".join(points), class_="thread", style=f"--c:{self.colour}")

    def _repeats(self) -> Iterator[str]:
        for reading in self.readings:
            if reading["sightings"] > 1 and reading["last_stated"] and reading["last_stated"] > reading["as_of"]:
                x1, x2 = self.x(_ordinal(reading["as_of"])), self.x(_ordinal(reading["last_stated"]))
                y = self.y(level(reading) or 0.0)
                yield _tag("line", x1=x1, x2=x2, y1=y, y2=y, class_="again", style=f"--c:{self.colour}")
                words = f"{reading['shown']}, told again {wording.day(reading['last_stated'])}"
                dot = _tag("circle", cx=x2, cy=y, r=3, class_="open", style=f"--c:{self.colour}")
                yield _link(reading.get("last_href"), words, dot)

    def _former(self) -> Iterator[str]:
        for revision in self.revisions:
            x, y = self.x(_ordinal(revision["stood_on"])), self.y(float(revision["value"]))
            cross = f"M{x - 4} {y - 4}l8 8m0 -8l-8 8"
            words = f"{wording.change(revision)}, seen {wording.day(revision['seen_on'])}"
            yield _link(revision.get("href"), words, _tag("path", d=cross, class_="former", style=f"--c:{self.colour}"))

    def _marks(self) -> Iterator[str]:
        for reading in self.readings:
            x, y = self.x(_ordinal(reading["as_of"])), self.y(level(reading) or 0.0)
            words = f"{reading['shown']}, {wording.day(reading['as_of'], reading['as_of_precision'])}"
            yield _link(reading.get("href"), words, self._mark(reading, x, y))

    def _mark(self, reading: Reading, x: float, y: float) -> str:
        style = f"--c:{self.colour}"
        if reading["basis"] == "derived":
            return _tag("rect", x=x - 4, y=y - 4, width=8, height=8, class_="open", style=style)
        if not is_open(reading):
            return _tag("circle", cx=x, cy=y, r=4.5, class_="dot", style=style)
        whiskers = ""
        if reading["upper"] is None or reading["upper"] > reading["value"]:
            whiskers += _tag("line", x1=x, x2=x, y1=y - 5, y2=y - 12, class_="whisker", style=style)
        if reading["lower"] is None or reading["lower"] < reading["value"]:
            whiskers += _tag("line", x1=x, x2=x, y1=y + 5, y2=y + 12, class_="whisker", style=style)
        return whiskers + _tag("circle", cx=x, cy=y, r=4.5, class_="open", style=style)

    def _last_word(self) -> Iterator[str]:
        last = self.readings[-1]
        x, y = self.x(_ordinal(last["as_of"])), self.y(level(last) or 0.0)
        mark = {">": ">", ">=": "\N{GREATER-THAN OR EQUAL TO}", "<": "<", "<=": "\N{LESS-THAN OR EQUAL TO}", "~": "~"}
        words = mark.get(last["bound"], "") + short_number(level(last) or 0.0)
        yield _text(x + 10, y + 4, words, "start", "last")


def short_number(value: float) -> str:
    """A number as an axis has it: 1.5M, 40k, 122."""
    for size, mark in ((1e9, "B"), (1e6, "M"), (1e4, "k")):
        if abs(value) >= size:
            return f"{value / (1e3 if mark == 'k' else size):.3g}{mark}"
    return wording.number(value)


def _nice_ticks(values: Sequence[float]) -> list[float]:
    """Three to six round values that hold all given ones; from zero where the least is far below the most."""
    low, high = min(values), max(values)
    if 0 < low < 0.6 * high or low == high:
        low = min(0.0, low)
    if low == high:
        high = low + 1
    step = _nice_step((high - low) / 4)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [step * place for place in range(first, last + 1)]


def _nice_step(rough: float) -> float:
    size = 10.0 ** math.floor(math.log10(rough))
    return next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= rough)


def _time_ticks(first: int, last: int, most: int) -> list[tuple[int, str]]:
    """Round dates between two days, at most so many: the beginnings of months, quarters, halves or years."""
    begin, end = date.fromordinal(first), date.fromordinal(last)
    for months in (1, 2, 3, 6, 12, 24, 60, 120):
        found = [day for day in _month_starts(begin, end, months) if begin <= day <= end]
        if len(found) <= most:
            break
    has_years = months >= 12
    return [(day.toordinal(), wording.day(day, "year" if has_years else "month")) for day in found]


def _month_starts(begin: date, end: date, months: int) -> Iterator[date]:
    count = begin.year * 12 // months * months
    while count <= end.year * 12 + end.month:
        yield date(count // 12, count % 12 + 1, 1)
        count += months


def _ordinal(day: str) -> int:
    return date.fromisoformat(day[:10]).toordinal()


def scale(low: float, high: float, begin: float, end: float) -> Callable[[float], float]:
    """A straight line from values to places; equal values all stand in the middle."""
    span = high - low

    def place(value: float) -> float:
        share = (value - low) / span if span else 0.5
        return round(begin + share * (end - begin), 4 if abs(end - begin) <= 1 else 1)

    return place


def _svg(width: int, height: int, kind: str, label: str, parts: Iterable[str], *, is_image: bool = True) -> Markup:
    role = "img" if is_image else "group"
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return Markup(f'<svg {size} class="{kind}" role="{role}" aria-label="{escape(label)}">{"".join(parts)}</svg>')


def _tag(name: str, **attributes: float | str | None) -> str:
    """An empty element. Its attributes are numbers, classes and colours of ours, never a release's words."""
    written = "".join(f' {key.rstrip("_")}="{value}"' for key, value in attributes.items() if value is not None)
    return f"<{name}{written}/>"


def _text(x: float, y: float, words: str, anchor: str, kind: str = "tick") -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" class="{kind}">{escape(words)}</text>'


def _link(href: str | None, words: str, inner: str) -> str:
    titled = f"<title>{escape(words)}</title>{inner}"
    if not href:
        return f"<g>{titled}</g>"
    return f'<a href="{escape(href)}" aria-label="{escape(words)}">{titled}</a>'


def picture(chart: Chart) -> Markup:
    """A mail's chart as the pages show it."""
    data = chart.data
    if chart.kind == "sparkline":
        return sparkline(data["readings"], data["target"], data["deadline"], data["colour"], chart.alt)
    return bullet(data["level"], data["target"], is_bound=data["is_open"], colour=data["colour"], alt=chart.alt)
