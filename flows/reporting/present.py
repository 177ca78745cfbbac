"""What a reader is told: each section's rows turned into items of finished words, links and charts.

The HTML and the text part of the mail are two dresses of these same items, so that neither knows more than the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flows.reporting import links, wording
from flows.reporting.colours import series_colour
from flows.reporting.payload import Edition, Evidence, Row


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence from a release, parted around its number, with where it stands."""

    before: str
    number: str
    after: str
    source: str
    href: str | None

    @property
    def text(self) -> str:
        """The sentence in one piece."""
        return self.before + self.number + self.after


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture to be drawn: its kind, what it says in words, and the data it draws."""

    kind: str
    key: str
    alt: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing told. Which fields are filled depends on the section; `lead` is the figure or the name that stands
    out.
    """

    kicker: str = ""
    initiative_id: str | None = None
    lead: str = ""
    lead_href: str | None = None
    title: str = ""
    note: str = ""
    tag: str = ""
    tone: str = "plain"
    lines: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One section of the mail. `style` names its layout: figures, bars, list or table."""

    name: str
    title: str
    style: str
    intro: str
    items: tuple[Item, ...]
    more: int = 0
    head: tuple[str, ...] = ()


class Presenter:
    """Turns an edition into parts. `site_url` decides where figures lead to."""

    def __init__(self, edition: Edition, site_url: str | None) -> None:
        self.edition = edition
        self.site_url = site_url

    def parts(self, most: int) -> list[Part]:
        """All sections that have something to say, each with at most `most` items."""
        made = [build(self, most) for build in _BUILDERS]
        return [part for part in made if part.items]

    def href(self, fact_id: str | None) -> str | None:
        """The address of a fact's sentence."""
        evidence = self.evidence(fact_id)
        return links.evidence_url(evidence, self.site_url) if evidence else None

    def evidence(self, fact_id: str | None) -> Evidence | None:
        """What is known of a fact's sentence."""
        return self.edition.evidence.get(fact_id) if fact_id else None

    def quote(self, fact_id: str | None) -> Quote | None:
        """A fact's sentence with its number set apart."""
        evidence = self.evidence(fact_id)
        if evidence is None:
            return None
        text, start, end = evidence.quote, evidence.number_start, evidence.number_end
        if start is None or end is None:
            start = end = min(len(text), _QUOTE_LENGTH)
        first, last = _window(text, start, end)
        source = f"{evidence.publisher}, {wording.day(evidence.published)}"
        return Quote(
            before=("\N{HORIZONTAL ELLIPSIS}" if first else "") + _spaced(text[first:start]),
            number=_spaced(text[start:end]),
            after=_spaced(text[end:last]) + ("\N{HORIZONTAL ELLIPSIS}" if last < len(text) else ""),
            source=wording.one_line(source),
            href=links.evidence_url(evidence, self.site_url),
        )

    def quotes(self, *fact_ids: str | None) -> tuple[Quote, ...]:
        """The sentences of several facts, each once."""
        found = [self.quote(fact_id) for fact_id in dict.fromkeys(fact_ids)]
        return tuple(quote for quote in found if quote)


_QUOTE_LENGTH = 260


def _window(text: str, start: int, end: int) -> tuple[int, int]:
    """The part of a long sentence that is printed: words around its number; the link shows the rest."""
    if len(text) <= _QUOTE_LENGTH:
        return 0, len(text)
    first = max(0, min(start - _QUOTE_LENGTH // 2, len(text) - _QUOTE_LENGTH))
    first = text.find(" ", first, start) + 1 if first else 0
    last = text.rfind(" ", end, first + _QUOTE_LENGTH)
    return first, last if end < last and first + _QUOTE_LENGTH < len(text) else len(text)


def _spaced(text: str) -> str:
    """Line breaks and control characters as single spaces, spaces at the ends kept."""
    inner = wording.one_line(text)
    before = " " if text[:1].isspace() and inner else ""
    after = " " if text[-1:].isspace() else ""
    return before + inner + after


def series_words(row: Row) -> str:
    """The series of a row in words, to stand beside the figure that the row tells."""
    figure = row.get("shown") or row.get("level_shown") or row.get("target_shown")
    parts = (row.get("measure"), row.get("population"), row.get("scope"), row.get("unit"))
    return wording.measured(*parts, is_one=figure == "1")


def who(row: Row) -> str:
    """The initiative a row belongs to, else its topic, as a heading."""
    topic = wording.upper_first(row.get("topic") or "Without an initiative")
    return wording.one_line(row.get("initiative") or topic)


def change_words(lower: float | None, upper: float | None, *, is_open: bool) -> str:
    """How far a level moved, as surely as its hedges allow."""
    if lower is not None and lower == upper:
        return wording.signed(lower)
    if lower is not None and lower > 0:
        return f"{'more than' if is_open else 'at least'} +{wording.number(lower)}"
    if upper is not None and upper < 0:
        return f"at least {wording.signed(upper)}"
    return ""


def _capped(rows: Sequence[Row], most: int, make: Callable[[Row], Item]) -> tuple[tuple[Item, ...], int]:
    return tuple(make(row) for row in rows[:most]), max(0, len(rows) - most)


def _moved(p: Presenter, most: int) -> Part:
    rows = [row for row in p.edition.rows("moved") if row["before_shown"]]
    items, more = _capped(rows, most, lambda row: _moved_item(p, row))
    return Part("moved", "What moved", "figures", "", items, more)


def _first_readings(p: Presenter, most: int) -> Part:
    rows = [row for row in p.edition.rows("moved") if not row["before_shown"]]
    items, more = _capped(rows, most, lambda row: _first_reading_item(p, row))
    return Part("first", "Measured for the first time", "compact", "", items, more)


def _first_reading_item(p: Presenter, row: Row) -> Item:
    return Item(
        kicker=who(row),
        initiative_id=row.get("initiative_id"),
        lead=row["shown"],
        lead_href=p.href(row["fact_id"]),
        title=series_words(row),
        note=wording.day(row["as_of"], row["as_of_precision"]),
    )


def _moved_item(p: Presenter, row: Row) -> Item:
    change = change_words(row["change_lower"], row["change_upper"], is_open=row["bound"] == ">")
    lines = [_before_words(row)]
    if row["basis"] == "derived":
        lines.append("The release tells only the increase: the level is at least that")
    if row["target_shown"]:
        lines.append(_target_words(row))
    return Item(
        kicker=who(row),
        initiative_id=row.get("initiative_id"),
        lead=row["shown"],
        lead_href=p.href(row["fact_id"]),
        title=series_words(row),
        note=f"as of {wording.day(row['as_of'], row['as_of_precision'])}",
        tag=change,
        tone="accent" if change else "plain",
        lines=tuple(lines),
        quotes=p.quotes(row["fact_id"]),
        chart=_sparkline(row),
    )


def _before_words(row: Row) -> str:
    if not row["before_as_of"]:
        return f"{row['before_shown']} before"
    precision = row["before_as_of_precision"]
    preposition = "on" if precision == "day" else "in"
    return f"{row['before_shown']} {preposition} {wording.day(row['before_as_of'], precision)}"


def _target_words(row: Row) -> str:
    words = f"Target {row['target_shown']}"
    if row["deadline"]:
        words += f" by {wording.day(row['deadline'], row['deadline_precision'])}"
    return f"{words}: {wording.STATUS_WORDS[row['status']]}" if row["status"] else words


def _sparkline(row: Row) -> Chart | None:
    readings = row["history"] or []
    if len({reading["as_of"] for reading in readings}) < 2:
        return None
    told = ", ".join(f"{r['shown']} ({wording.day(r['as_of'], r['as_of_precision'])})" for r in readings[-6:])
    alt = f"{who(row)}, {series_words(row)}: {told}"
    return Chart("sparkline", f"moved-{row['series_id']}", wording.without_brackets(alt), _data(row, readings))


def _data(row: Row, readings: Sequence[Row]) -> Mapping[str, Any]:
    goal = {"target": row["target_value"], "deadline": row["deadline"]}
    return {"readings": readings, **goal, "colour": series_colour(row["series_id"])}


def _targets(p: Presenter, most: int) -> Part:
    """One item a series and status, for its target with a deadline or else its largest; the others are counted."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in p.edition.rows("targets"):
        groups.setdefault((row["series_id"], row["status"]), []).append(row)
    items = tuple(
        _target_item(p, max(rows, key=_target_weight), len(rows) - 1) for rows in list(groups.values())[:most]
    )
    return Part("targets", "Targets", "bars", "", items, sum(len(rows) for rows in list(groups.values())[most:]))


def _target_weight(row: Row) -> tuple[bool, float]:
    return row["deadline"] is not None, row["target_value"] or 0


def _target_item(p: Presenter, row: Row, others: int) -> Item:
    if not row["level_shown"]:
        return _unread_target(p, row, others)
    status = row["status"]
    deadline = f"due {wording.day(row['deadline'], row['deadline_precision'])}" if row["deadline"] else "no deadline"
    return Item(
        kicker=who(row),
        initiative_id=row.get("initiative_id"),
        lead=row["level_shown"],
        lead_href=p.href(row["level_fact_id"]),
        title=series_words(row),
        note=f"of {row['target_shown']}, {deadline}",
        tag=wording.STATUS_WORDS[status],
        tone=wording.STATUS_TONES.get(status, "plain"),
        lines=(*_pace_lines(row), *_others_line(others)),
        quotes=p.quotes(row["target_fact_id"]),
        chart=_bullet(row),
    )


def _others_line(others: int) -> Iterable[str]:
    if others:
        stand = "stands" if others == 1 else "stand"
        yield f"{wording.plural(others, 'more target')} of this count {stand} the same way"


def _unread_target(p: Presenter, row: Row, others: int) -> Item:
    """A target that nothing was ever read against: the target itself is what can be told."""
    status = row["status"]
    return Item(
        kicker=who(row),
        initiative_id=row.get("initiative_id"),
        lead=row["target_shown"],
        lead_href=p.href(row["target_fact_id"]),
        title=series_words(row),
        note=f"due {wording.day(row['deadline'], row['deadline_precision'])}" if row["deadline"] else "no deadline",
        tag=wording.STATUS_WORDS[status],
        tone=wording.STATUS_TONES.get(status, "plain"),
        lines=tuple(_others_line(others)),
        quotes=p.quotes(row["target_fact_id"]),
    )


def _pace_lines(row: Row) -> Iterable[str]:
    if row["met_on"]:
        yield f"Reached by the reading of {wording.day(row['met_on'])}"
    elif row["projected_on"]:
        words = f"At its pace it gets there on {wording.day(row['projected_on'])}"
        if row["projected_earliest"] and row["projected_earliest"] != row["projected_latest"]:
            earliest, latest = row["projected_earliest"], row["projected_latest"]
            words += f" (between {wording.day(earliest)} and {wording.day(latest)})" if latest else ""
        yield words
    if row["pace_needed"] is not None and not row["met_on"]:
        needed = f"Needs {wording.quantity(row['pace_needed'] * 7, row['unit'])} a week"
        achieved = row["pace_achieved"]
        yield needed if achieved is None else f"{needed}, makes {wording.quantity(achieved * 7, row['unit'])}"


def _bullet(row: Row) -> Chart | None:
    lower = row["level_lower"] if row["level_lower"] is not None else row["level_upper"]
    target = row["target_value"]
    if lower is None or not target or target <= 0 or lower < 0:
        return None
    alt = f"{who(row)}: {row['level_shown']} of {row['target_shown']}, {wording.STATUS_WORDS[row['status']]}"
    is_open = row["level_lower"] is None or row["level_lower"] != row["level_upper"]
    data = {"level": lower, "target": target, "is_open": is_open, "colour": series_colour(row["series_id"])}
    return Chart("bullet", f"target-{row['series_id']}", wording.without_brackets(alt), data)


def _participants(p: Presenter, most: int) -> Part:
    """One item an initiative and kind of news: who joined, who reached the goal."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in p.edition.rows("participants"):
        groups.setdefault((row["what"], who(row)), []).append(row)
    ordered = sorted(groups.items(), key=lambda group: (group[0][0] != "achieved", -len(group[1]), group[0][1]))
    items = tuple(_participants_item(p, what, name, rows) for (what, name), rows in ordered[:most])
    return Part("participants", "Who joined, who got there", "list", "", items, max(0, len(ordered) - most))


def _participants_item(p: Presenter, what: str, initiative: str, rows: list[Row]) -> Item:
    names = [wording.one_line(row["participant"]) for row in rows]
    return Item(
        kicker=initiative,
        initiative_id=rows[0]["initiative_id"],
        lead=wording.listed(names, most=12),
        lead_href=p.href(rows[0]["fact_id"]),
        tag="goal reached" if what == "achieved" else f"{wording.plural(len(rows), 'newcomer')}",
        tone="good" if what == "achieved" else "accent",
        quotes=p.quotes(*(row["fact_id"] for row in rows))[:2],
    )


def _commitments(p: Presenter, most: int) -> Part:
    items, more = _capped(p.edition.rows("commitments"), most, lambda row: _commitment_item(p, row))
    return Part("commitments", "New commitments", "list", "", items, more)


def _commitment_item(p: Presenter, row: Row) -> Item:
    by = f"by {wording.day(row['deadline'], row['deadline_precision'])}" if row["deadline"] else "without a deadline"
    return Item(
        kicker=who(row),
        initiative_id=row.get("initiative_id"),
        lead=row["shown"],
        lead_href=p.href(row["fact_id"]),
        title=series_words(row),
        note=by,
        tag="ceiling" if row["is_ceiling"] else "",
        quotes=p.quotes(row["fact_id"]),
    )


FINDING_TONES = {"error": "bad", "warning": "warn", "info": "plain"}


def _findings(p: Presenter, most: int) -> Part:
    items, more = _capped(p.edition.rows("findings"), most, lambda row: _finding_item(p, row))
    return Part("findings", "What does not fit together", "list", "", items, more)


def _finding_item(p: Presenter, row: Row) -> Item:
    return Item(
        kicker=who(row),
        initiative_id=row.get("initiative_id"),
        lead=wording.upper_first(wording.with_days(wording.one_line(row["message"]))),
        tag=wording.finding_words(row["kind"]),
        tone=FINDING_TONES[row["severity"]],
        quotes=p.quotes(row["fact_id_a"], row["fact_id_b"]),
    )


def _revised(p: Presenter, most: int) -> Part:
    items, more = _capped(p.edition.rows("revised"), most, lambda row: _revised_item(p, row))
    return Part("revised", "Revised and withdrawn", "list", "", items, more)


def _revised_item(p: Presenter, row: Row) -> Item:
    version = row["version_id"]
    page = f"{p.site_url.rstrip('/')}/{links.evidence_path(version)}" if p.site_url and version else None
    return Item(
        kicker=wording.one_line(row["publisher"]),
        lead=wording.one_line(row["title"]),
        lead_href=page or links.safe_url(row["url"]),
        note=wording.day(row["published"]) if row["published"] else "",
        tag=row["kind"],
        tone="bad" if row["kind"] == "withdrawn" else "warn",
        lines=tuple(wording.change(change) for change in row["changes"] or []),
    )


def _repeated(p: Presenter, most: int) -> Part:
    items, more = _capped(p.edition.rows("repeated"), most, lambda row: _repeated_item(p, row))
    return Part("repeated", "Old news, told again", "compact", "", items, more)


def _repeated_item(p: Presenter, row: Row) -> Item:
    times = wording.plural(row["sightings"], "time")
    return Item(
        kicker=who(row),
        initiative_id=row.get("initiative_id"),
        lead=row["shown"],
        lead_href=p.href(row["fact_id"]),
        title=series_words(row),
        note=f"first said {wording.day(row['first_stated'])}, told {times}",
    )


def _corrected(p: Presenter, most: int) -> Part:
    items, more = _capped(p.edition.rows("corrected"), most, lambda row: _corrected_item(p, row))
    return Part("corrected", "Corrected by us", "compact", "", items, more)


def _corrected_item(p: Presenter, row: Row) -> Item:
    if row["kind"] == "read again":
        return Item(lead=f"{wording.plural(row['versions'], 'page')} read again", note="by a reader that knows more")
    told = {"failed": row["problem"], "dropped": "Taken out"}.get(row["kind"]) or "; ".join(
        wording.change(change) for change in row["changes"]
    )
    return Item(
        kicker=who(row),
        initiative_id=row.get("initiative_id"),
        lead=wording.one_line(told),
        lead_href=p.href(row["fact_id"]) or links.safe_url(row["url"]),
        title=series_words(row),
        note=wording.one_line(row["reason"]),
        tag="correction no longer fits" if row["kind"] == "failed" else "",
        tone="warn",
    )


def _archive(p: Presenter, most: int) -> Part:
    items, more = _capped(p.edition.rows("archive"), most, lambda row: _archive_item(p, row))
    return Part("archive", "Added to the archive", "compact", "", items, more)


def _archive_item(p: Presenter, row: Row) -> Item:
    return Item(
        kicker=wording.one_line(row["publisher"]),
        lead=wording.one_line(row["title"]),
        lead_href=links.safe_url(row["url"]),
        note=f"{wording.day(row['published'])}, {wording.plural(row['facts'], 'fact')}",
    )


def _topics(p: Presenter, most: int) -> Part:
    items, more = _capped(p.edition.rows("topics"), most, _topic_item)
    return Part("topics", "By topic", "table", "", items, more, ("Topic", "Moved", "Joined", "Promised"))


def _topic_item(row: Row) -> Item:
    topic = wording.upper_first(wording.one_line(row["topic"]))
    return Item(lead=topic, lines=_numbers(row, "moved", "joined", "promised"))


def _places(p: Presenter, most: int) -> Part:
    items, more = _capped(p.edition.rows("places"), most, _place_item)
    return Part("places", "By place", "table", "", items, more, ("Place", "Joined", "Goals reached", "Mentions"))


def _place_item(row: Row) -> Item:
    return Item(lead=wording.one_line(row["place"]), lines=_numbers(row, "joined", "achieved", "mentions"))


_WHOLE = 60
"""Items of the short closing sections, which describe the ledger and are not cut to a length."""


def _numbers(row: Row, *columns: str) -> tuple[str, ...]:
    return tuple(wording.number(row[c]) if row[c] else "\N{EN DASH}" for c in columns)


def _quality(p: Presenter, most: int) -> Part:
    rows = p.edition.rows("quality")
    intro = ""
    if any(row["precision_share"] is not None for row in rows):
        intro = "A program reads the releases. How often it is right was measured on releases that people have read too"
        intro += "; it has changed since." if any(row["what"] == _OLDER for row in rows) else "."
    items, more = _capped([row for row in rows if row["what"] != _OLDER], _WHOLE, _quality_item)
    return Part("quality", "How good the reading is", "pairs", intro, items, more)


_OLDER = "older extractor"


def _quality_item(row: Row) -> Item:
    if row["what"] == "silent sentences":
        note = f"of {wording.plural(row['number'], 'sentence')} with a number"
        return Item(lead=wording.percent(row["share"]), title="Gave no fact", note=note)
    if row["what"] == "review queue":
        return Item(
            lead=wording.number(row["number"]), title="Waiting for a person\N{RIGHT SINGLE QUOTATION MARK}s look"
        )
    note = f"precision {wording.percent(row['precision_share'])}, recall {wording.percent(row['recall_share'])}"
    what = wording.FIELD_WORDS.get(row["what"], row["what"].replace("_", " "))
    return Item(lead=wording.percent(row["share"]), title=f"Right about {what}", note=note)


SOURCE_TONES = {"ok": "good", "quiet": "warn", "never": "plain"}


def _sources(p: Presenter, most: int) -> Part:
    items, more = _capped(p.edition.rows("sources"), _WHOLE, _source_item)
    return Part("sources", "What we could see", "sources", "", items, more)


def _source_item(row: Row) -> Item:
    looked = f"looked {wording.day(row['last_look'])}" if row["last_look"] else "never looked at"
    counts = [f"{wording.number(row[c])} {c}" for c in ("new", "changed", "failed") if row[c]]
    return Item(
        lead=f"{wording.one_line(row['publisher'])}, {wording.one_line(row['source'])}",
        note=", ".join([looked, *(counts or ["nothing new"])]),
        tag=row["health"],
        tone=SOURCE_TONES.get(row["health"], "bad"),
        lines=tuple(wording.one_line(issue) for issue in row["issues"] or []),
    )


_BUILDERS: tuple[Callable[[Presenter, int], Part], ...] = (
    _moved,
    _first_readings,
    _targets,
    _participants,
    _commitments,
    _findings,
    _revised,
    _repeated,
    _corrected,
    _archive,
    _topics,
    _places,
    _quality,
    _sources,
)
