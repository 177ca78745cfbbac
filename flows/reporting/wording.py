"""How figures, dates and lists are put into words, the same in the mail, its text part and on the pages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

STATUS_WORDS = {
    "met": "met",
    "met late": "met late",
    "on pace": "on pace",
    "behind": "behind",
    "missed": "missed",
    "due without a reading": "due, no reading",
    "too few readings": "too few readings",
    "no deadline": "no deadline",
    "ceiling": "ceiling",
    "superseded": "superseded",
    "no reading": "no reading yet",
}
STATUS_TONES = {
    "met": "good",
    "met late": "good",
    "on pace": "good",
    "behind": "warn",
    "missed": "bad",
    "due without a reading": "bad",
}
"""Tone of a status; those not named are neutral. The words always stand beside the colour."""

FINDING_WORDS = {
    "true conflict": "contradiction",
    "scope": "two groups",
    "period": "two periods",
    "revision": "revised",
    "hedge drift": "hedge changed",
    "weaker bound": "vaguer",
    "carry-over": "old news",
    "stale target": "old target",
    "arithmetic": "sum",
    "implausible": "hard to believe",
}
"""Kinds of findings that a reader would not know by the name that the ledger gives them."""

FIELD_WORDS = {
    "value": "the number",
    "bound": "the hedge, such as \N{LEFT DOUBLE QUOTATION MARK}more than\N{RIGHT DOUBLE QUOTATION MARK}",
    "unit": "what is counted",
    "stage": "whether it is a level, a goal or an increase",
    "action": "what is done",
    "initiative": "the initiative",
    "places": "the places",
    "as_of": "the date it stands for",
    "since": "since when it is counted",
    "deadline": "the deadline",
}
"""What the extractor reads of a fact, for those who do not know its fields."""

ROLE_WORDS = {
    "total": "a level",
    "target": "a target",
    "increase": "an increase",
    "amount": "a single act",
    "context": "background",
    "pledge": "a promise",
    "join": "somebody joins",
    "act": "something is done",
    "achieve": "a goal is reached",
    "advocate": "a call to others",
}
"""What a fact tells, by its stage or, where it has no number, its action."""

OVERDUE = ("missed", "due without a reading")

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_SPACE = re.compile(r"\s+")


def one_line(text: str) -> str:
    """The text on one line, without control characters or marks that turn the direction of writing."""
    return _SPACE.sub(" ", _CONTROL.sub(" ", text)).strip()


def number(value: float) -> str:
    """A number with thousands marked: 1,432; 9.5; 0.25."""
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def without_brackets(text: str) -> str:
    """The text with guillemets for angle brackets: for attributes, in which some mail programs still look for tags."""
    return text.replace("<", "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}").replace(
        ">", "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
    )


def quantity(value: float, unit: str | None) -> str:
    """A computed number as a reader wants it, with its unit where that is money: 4.8; 705,813; $706 million."""
    size = abs(value)
    told = _dollars(size) if unit == "USD" else number(round(size, 1) if size < 100 else round(size))
    is_nothing = not told.strip("$0")
    return f"\N{MINUS SIGN}{told}" if value < 0 and not is_nothing else told


def _dollars(amount: float) -> str:
    """Rounded before the word is chosen, since 999.9 million is a billion; small sums keep their cents."""
    rounded = float(f"{amount:.3g}")
    for size, word in ((1e9, " billion"), (1e6, " million")):
        if rounded >= size:
            return f"${number(rounded / size)}{word}"
    exact = round(amount, 2 if amount < 100 else None)
    return f"${exact:,.0f}" if exact == int(exact) else f"${exact:,.2f}"


_HEDGE = re.compile(r"^(more than|at least|fewer than|less than|up to|about) ")


def without_hedge(shown: str) -> str:
    """The number of a shown value alone: more than 100 is 100."""
    return _HEDGE.sub("", shown)


def signed(value: float) -> str:
    """A change with its sign; a true minus, since a hyphen is lost beside digits."""
    return f"+{number(value)}" if value > 0 else f"\N{MINUS SIGN}{number(-value)}" if value < 0 else "no change"


def plural(count: float, one: str, many: str | None = None) -> str:
    """A count with its noun: 1 target, 3 targets."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def day(value: str | date | None, precision: str | None = "day") -> str:
    """A date as precise as it is known: 21 Jan 2016, Oct 2015, autumn quarters as Q4 2015, 2015."""
    if value is None:
        return "undated"
    when = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    if precision == "year":
        return str(when.year)
    if precision == "quarter":
        return f"Q{(when.month + 2) // 3} {when.year}"
    if precision == "month":
        return f"{MONTHS[when.month - 1]} {when.year}"
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def span(first: date, last: date) -> str:
    """Two days as one phrase that repeats nothing: 18-24 Jan 2016."""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}\N{EN DASH}{day(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} \N{EN DASH} {day(last)}"
    return f"{day(first)} \N{EN DASH} {day(last)}"


def moment(value: datetime) -> str:
    """A time of day in the time zone it carries."""
    return f"{day(value.date())}, {value:%H:%M}"


def listed(names: Sequence[str], most: int = 6) -> str:
    """Names as a phrase: Denver, Orlando and 3 more. Names with a comma of their own are parted by semicolons."""
    comma = "; " if any("," in name for name in names) else ", "
    if len(names) > most + 1:
        return f"{comma.join(names[:most])} and {len(names) - most} more"
    if len(names) < 2:
        return "".join(names)
    return f"{comma.join(names[:-1])} and {names[-1]}"


def shortened(text: str, most: int) -> str:
    """The text, cut at a word where it is longer than `most` characters."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "\N{HORIZONTAL ELLIPSIS}"


_ISO_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def with_days(text: str) -> str:
    """The text with its ISO dates as readers write them."""
    return _ISO_DAY.sub(lambda match: day(match.group()), text)


SLOT_WORDS = {"value": "number", "as of": "date", "since": "starting date"}
"""Names of a fact's parts that say little to those who did not define them."""


def change(told: Mapping[str, str | None]) -> str:
    """What changed, from what to what: Number: 6 → 7; Title: Old Name → New Name."""
    slot = told["what"] or ""
    what = upper_first(SLOT_WORDS.get(slot, one_line(slot)))
    old, new = (shortened(with_days(one_line(told[side] or "")), 80) for side in ("old", "new"))
    if old and new:
        return f"{what}: {old} \N{RIGHTWARDS ARROW} {new}"
    return f"{what}: {new} added" if new else f"{what}: {old} dropped" if old else what


def upper_first(text: str) -> str:
    """The text with a capital at its beginning and no other change."""
    return text[:1].upper() + text[1:]


_IRREGULAR = {
    "person": "people",
    "child": "children",
    "man": "men",
    "woman": "women",
    "foot": "feet",
    "life": "lives",
    "half": "halves",
    "series": "series",
    "aircraft": "aircraft",
    "USD": "US dollars",
    "%": "percent",
}


_UNCOUNTED = re.compile(
    "access|aid|assistance|broadband|care|coverage|electricity|employment|energy|equipment|funding|health|homelessness"
    "|housing|infrastructure|insurance|leave|money|pay|pollution|poverty|power|research|safety|staff|support|training"
    "|transit|transportation|unemployment|use|violence|waste|water|work"
)
"""Nouns that are not counted and have no plural."""


def plural_noun(noun: str) -> str:
    """The plural of an English noun phrase: lighting fixture, lighting fixtures; city, cities; energy, energy."""
    head, _, last = noun.rpartition(" ")
    if _UNCOUNTED.fullmatch(last):
        word = last
    elif last in _IRREGULAR:
        word = _IRREGULAR[last]
    elif re.search(r"[^aeiou]y$", last):
        word = last[:-1] + "ies"
    elif re.search(r"(s|x|z|ch|sh)$", last):
        word = last if re.search(r"[^su]s$", last) else last + "es"
    else:
        word = last + "s"
    return f"{head} {word}" if head else word


def finding_words(kind: str) -> str:
    """The kind of a finding, for readers."""
    return FINDING_WORDS.get(kind, kind)


def counted(population: str | None, *, is_one: bool = False) -> str:
    """Who or what a series counts: `mayor|leader` is mayors and leaders; of one, a mayor or leader."""
    heads = [head.strip() for head in (population or "").split("|") if head.strip()]
    return " or ".join(heads) if is_one else listed([plural_noun(head) for head in heads])


def measured(
    measure: str | None,
    population: str | None,
    scope: str | None = None,
    unit: str | None = None,
    *,
    is_one: bool = False,
) -> str:
    """A series in words: who takes part, the money, or who did what; `is_one` where its figure is 1.

    `community` stands for kinds of place that were named together; where the unit names them, they are told.
    """
    who = counted(unit if population == "community" and unit else population, is_one=is_one)
    what, _, thing = (measure or "").partition(":")
    where = f" in {scope}" if scope else ""
    if what == "participants":
        return f"{who or 'participants'} taking part{where}"
    if what == "money":
        return f"money{where}"
    if population == "%" and thing:
        return f"{thing}{where}"
    if not thing or not who or thing in (population, unit):
        return (who or plural_noun(thing) if thing or who else what) + where
    return f"{who} \N{MIDDLE DOT} {thing}{where}"


def quoted(text: str) -> str:
    """The text in quotation marks."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK}"


def size(of_bytes: int) -> str:
    """The size of a file: 900 bytes, 12 kB, 3.4 MB."""
    for unit, word in ((1e9, "GB"), (1e6, "MB"), (1e3, "kB")):
        if of_bytes >= unit:
            share = of_bytes / unit
            return f"{share:.0f} {word}" if share >= 10 else f"{share:.1f} {word}"
    return plural(of_bytes, "byte")


def percent(share: float) -> str:
    """A share as a whole percentage."""
    return f"{share * 100:.0f}%"
