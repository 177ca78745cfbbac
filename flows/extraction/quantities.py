"""Finds the quantities of a text: number, comparator, unit, direction, and whether a commitment ledger counts it.

    number expression -> mask -> comparator -> unit -> direction -> countable

A sentence without a number sign costs one look at its tokens. Every step looks at a bounded stretch around the number,
so a text is read in time linear in its length whatever it holds.
"""

from __future__ import annotations

from typing import NamedTuple

from flows.extraction.ages import is_age
from flows.extraction.away import (
    bracketed,
    changed_thing,
    group_size,
    hurt_people,
    is_aside,
    is_money_talk,
    is_object,
    is_subject,
    number_of,
    refers_back,
    risen_plural,
)
from flows.extraction.comparators import comparison_after, comparison_before
from flows.extraction.countable import Candidate, Mentions, reason_out
from flows.extraction.document import Document, Token
from flows.extraction.figures import DASHES, can_begin
from flows.extraction.lexicon import Memo, word_class, words
from flows.extraction.masks import masked_until
from flows.extraction.measuring import Unit, currency_of, is_duration, is_measure, measure_at, unit_name
from flows.extraction.numerals import Numeral, read_numeral
from flows.extraction.quantity import Quantity, QuantityKind, Trend
from flows.extraction.trends import trend_of
from flows.extraction.units import unit_after
from warehouse.records import Block, Bound

Tokens = tuple[Token, ...]


def find_quantities(doc: Document) -> list[Quantity]:
    """Every quantity of the document in reading order; those that no ledger counts have `is_countable` False."""
    found: list[Quantity] = []
    mentions = Mentions()
    earlier: Unit | None = None
    for index, sentence in enumerate(doc.sentences):
        numerals = _numerals(doc.text, sentence.tokens)
        if not numerals:
            continue
        drafts = _drafts(sentence.tokens, numerals, earlier)
        block = doc.blocks[sentence.block]
        for draft, trend in zip(drafts, _trends(sentence.tokens, drafts), strict=True):
            found.append(_quantity(index, sentence.tokens, draft, trend, mentions, block))
            if draft.kind == "count" and draft.unit is not None:
                earlier = draft.unit
    return found


class Amount(NamedTuple):
    """What one number says, at `text[start:end]`, before it is asked what it counts."""

    start: int
    end: int
    value: float
    value_max: float | None
    bound: Bound


def read_amounts(text: str, tokens: Tokens) -> list[Amount]:
    """The amounts of one sentence: numbers and bounds as `find_quantities` gives them, without what they count."""
    drafts = _drafts_beside(tokens, _numerals(text, tokens))
    return [Amount(d.numeral.start, d.end, d.numeral.value, d.numeral.value_max, d.bound) for d in drafts]


_BEGINNINGS = Memo(can_begin)


def _numerals(text: str, tokens: Tokens) -> list[Numeral]:
    found: list[Numeral] = []
    other_side: int | None = None  # where the second number of `3-1` begins
    resume = 0
    for at in [at for at, token in enumerate(tokens) if _BEGINNINGS[token.lower]]:
        if at < resume:
            continue
        masked = masked_until(text, tokens, at)
        if masked is not None:
            resume = masked
            continue
        numeral = read_numeral(tokens, at)
        if numeral is None:
            continue
        found.append(numeral._replace(is_pair=True) if at == other_side else numeral)
        other_side = numeral.next + 1 if numeral.is_pair else None
        resume = numeral.next
    return found


class _Draft(NamedTuple):
    """A number with what was read around it: tokens from its comparator to what follows its unit."""

    numeral: Numeral
    first: int
    next: int
    end: int
    bound: Bound
    unit: Unit | None
    kind: QuantityKind
    source: str
    """How the unit was found: it becomes part of the rule's name."""
    floor: int
    """The end of the number before: comparators and trends reach no further back."""


def _drafts(tokens: Tokens, numerals: list[Numeral], earlier: Unit | None) -> list[_Draft]:
    drafts = _share_forward(tokens, _drafts_beside(tokens, numerals))
    return _find_away(tokens, drafts, earlier)


def _drafts_beside(tokens: Tokens, numerals: list[Numeral]) -> list[_Draft]:
    """Each number with what stands right beside it."""
    drafts: list[_Draft] = []
    floor = 0
    for numeral in numerals:
        was_age = bool(drafts) and drafts[-1].kind == "age"
        draft = _draft(tokens, _with_figures(tokens, numeral), floor, was_age)
        drafts.append(draft)
        floor = numeral.next
    return drafts


def _draft(tokens: Tokens, numeral: Numeral, floor: int, was_age: bool) -> _Draft:
    before = comparison_before(tokens, numeral.first, floor)
    after = comparison_after(tokens, numeral.next)
    unit, kind, source = _unit(tokens, numeral, after.first if after else numeral.next)
    if is_age(tokens, numeral, was_age, unit.name if unit else None):
        unit, kind, source = _age_unit(unit, numeral), "age", "age"
    next_token = max(numeral.next, unit.next if unit else 0, after.first if after else 0)
    if after is None and unit is not None:
        after = comparison_after(tokens, _past_rate(tokens, next_token))
    bound: Bound = "range" if numeral.value_max is not None else ">=" if numeral.shape == "vague" else "="
    if bound != "range":
        bound = after.bound if after else before.bound if before else bound
    if kind == "duration" and bound == ">" and before and not after and _spans(tokens, before.first):
        bound = "="
    end = tokens[unit.next - 1].end if unit and source == "currency word" else numeral.end
    first = before.first if before else numeral.first
    return _Draft(numeral, first, next_token, end, bound, unit, kind, source, floor)


_LASTING = words("for been lasted took takes last after than and is was were are of just well be have has had")


def _spans(tokens: Tokens, first: int) -> bool:
    """`$5 billion over five years` spreads a sum; `for over five years` and `over 20 years ago` compare."""
    return tokens[first].lower == "over" and first > 0 and tokens[first - 1].lower not in _LASTING


def _past_rate(tokens: Tokens, at: int) -> int:
    """Past `/month`, `per person`, `a year`: "$30/month or less"."""
    if at + 1 < len(tokens) and tokens[at].lower in ("/", "per", "a", "an", "each", "every"):
        return at + 2
    return at


# --- the unit beside the number


def _unit(tokens: Tokens, numeral: Numeral, at: int) -> tuple[Unit | None, QuantityKind, str]:
    """The unit beside the number, the kind of quantity, and how the unit was found."""
    if numeral.is_pair:
        return None, "count", "pair"
    if numeral.currency:
        return Unit(numeral.currency, numeral.first, numeral.next), "money", "currency"
    if numeral.is_percent:
        return Unit("%", numeral.next - 1, numeral.next), "percent", "percent"
    is_share = numeral.shape == "fraction"
    if numeral.tail is not None:
        unit, source = _tied_unit(tokens, numeral), "tied"
    else:
        unit, source = unit_after(tokens, at, numeral), "noun"
    if unit is None:
        return None, "fraction" if is_share else "count", "none"
    code = currency_of(unit.name, unit.modifiers)
    if unit.name == "pound" and unit.next < len(tokens) and tokens[unit.next].lower == "sterling":
        code = "GBP"
    if code:
        return Unit(code, unit.first, unit.next), "money", "currency word"
    if is_duration(unit.name):
        return unit, "duration", source
    if unit.name == "%":
        return unit, "percent", source
    if unit.is_measure or is_measure(unit.name):
        return unit, "measure", source
    return unit, "fraction" if is_share else "count", source


def _tied_unit(tokens: Tokens, numeral: Numeral) -> Unit | None:
    """The unit that a hyphen or nothing at all ties to the number: `two-day`, `90,000-square-foot`, `45MW`."""
    at = numeral.next - 1
    tail = numeral.tail or ""
    measure = measure_at(tokens, at, glued=True) if tokens[at].lower == tail else None
    if measure:
        return measure
    if len(tail) > 3 and tokens[at].lower == tail and tokens[at].start == numeral.end:
        return unit_after(tokens, at, numeral)  # "107member agencies": a lost space
    name = tail.replace("-", " ")
    if name.startswith(("square ", "cubic ", "percentage ", "basis ")):
        return Unit(name, at, at + 1, is_measure=True)
    return Unit(unit_name(name.split(" ")[0]), at, at + 1)


def _age_unit(unit: Unit | None, numeral: Numeral) -> Unit:
    name = "month" if unit and unit.name.startswith("month") else "week" if unit and unit.name == "week" else "year"
    return unit._replace(name=name) if unit else Unit(name, numeral.first, numeral.next)


def _with_figures(tokens: Tokens, numeral: Numeral) -> Numeral:
    """`a nine-figure investment` is at least 100 million dollars."""
    if numeral.tail not in ("figure", "figures") or not 4 <= numeral.value <= 12 or numeral.value % 1:
        return numeral
    end = tokens[numeral.next - 1].end
    return numeral._replace(value=10.0 ** (numeral.value - 1), shape="vague", currency="USD", tail=None, end=end)


# --- the unit elsewhere

_SHARING = frozenset(
    {"to", "and", "or", ",", "/", "through", "of", "the", "a", "about", "over", "than", "more", "up", "just", *DASHES}
)


def _share_forward(tokens: Tokens, drafts: list[_Draft]) -> list[_Draft]:
    """`from 50 to 100 megabits`, `5, 10 and 15 miles`: a number without unit takes the next one's."""
    for index in range(len(drafts) - 2, -1, -1):
        draft, following = drafts[index], drafts[index + 1]
        if draft.unit or not following.unit or draft.source == "pair" or following.source in ("currency", "age"):
            continue
        between = tokens[draft.numeral.next : following.first]
        if between and all(_shares(token.lower) for token in between):
            drafts[index] = draft._replace(unit=following.unit, kind=following.kind, source="shared")
    return drafts


def _shares(lower: str) -> bool:
    return lower in _SHARING or lower.endswith(("'s", "’s")) or word_class(lower) == "adjective"


def _find_away(tokens: Tokens, drafts: list[_Draft], earlier: Unit | None) -> list[_Draft]:
    found: list[_Draft] = []
    counted = measured = whole = None
    for draft in drafts:
        if draft.unit is None and draft.source != "pair":
            things = whole or counted or earlier
            near = things or measured if is_subject(tokens, draft.numeral) else measured or things
            if measured is not None and draft.kind == "count" and is_object(tokens, draft.numeral):
                draft = draft._replace(unit=_standing_at(measured, draft.numeral), source="back")
            else:
                draft = _with_unit_away(tokens, draft, near, counted is None)
        if draft.unit is not None and draft.kind in ("count", "measure", "fraction"):
            measured = draft.unit
            counted = counted if draft.kind == "measure" else draft.unit
            whole = draft.unit if _is_whole(tokens, draft.numeral.first) else whole
        found.append(draft)
    return found


def _is_whole(tokens: Tokens, first: int) -> bool:
    """`Of the 56 jurisdictions ..., 48 are`: what the sentence goes on to part."""
    start = first - 1 if first and tokens[first - 1].lower in ("the", "these", "those", "our", "all") else first
    return start > 0 and tokens[start - 1].text == "Of"


def _with_unit_away(tokens: Tokens, draft: _Draft, known: Unit | None, is_first: bool) -> _Draft:
    numeral = draft.numeral
    if numeral.value >= 1e6 and is_money_talk(tokens, numeral):
        return draft._replace(unit=Unit("USD", numeral.first, numeral.next), kind="money", source="money talk")
    thing = bracketed(tokens, draft.first, numeral.next)
    if thing is not None:
        return draft._replace(unit=thing, source="bracket")
    if draft.kind == "fraction":
        thing = changed_thing(tokens, draft.first)
        if thing is not None:
            return draft._replace(unit=thing, source="changed thing")
    thing = number_of(tokens, draft.first) or risen_plural(tokens, draft.first)
    if thing is not None:
        return draft._replace(unit=thing, source="number of")
    thing = group_size(tokens, draft.first) or hurt_people(tokens, numeral.next)
    if thing is not None and is_first:
        return draft._replace(unit=thing, source="group")
    is_share = draft.kind == "fraction" and not is_first and is_aside(tokens, numeral.next)
    if known is not None and (is_share or refers_back(tokens, numeral)):
        return draft._replace(unit=_standing_at(known, numeral), source="back")
    if numeral.shape != "vague" or (numeral.next < len(tokens) and tokens[numeral.next].lower == "more"):
        return draft
    if numeral.value >= 2e9:
        return draft._replace(unit=Unit("USD", numeral.first, numeral.next), kind="money", source="vague")
    return draft._replace(unit=Unit("person", numeral.first, numeral.next), source="vague")


def _standing_at(unit: Unit, numeral: Numeral) -> Unit:
    """A unit found elsewhere, placed at the number."""
    return unit._replace(first=numeral.first, next=numeral.next)


# --- the quantity


def _trends(tokens: Tokens, drafts: list[_Draft]) -> list[Trend | None]:
    """The direction of each number; `rose 12% to 40` and `from 5 to 10` hand it on to what they reach."""
    trends: list[Trend | None] = []
    for index, draft in enumerate(drafts):
        trend = trend_of(tokens, draft.first, draft.next, draft.kind, draft.floor)
        if trend is None and index and trends[-1] is not None:
            between = tokens[drafts[index - 1].next : draft.first]
            if 0 < len(between) <= _REACHED and between[-1].lower == "to":
                trend = trends[-1]
        trends.append(trend)
    return trends


_REACHED = 4  # "rose 12% this year to 40"


def _quantity(
    index: int, tokens: Tokens, draft: _Draft, trend: Trend | None, mentions: Mentions, block: Block
) -> Quantity:
    numeral, unit = draft.numeral, draft.unit
    candidate = Candidate(numeral, draft.first, unit, draft.kind, draft.bound)
    out = reason_out(tokens, candidate, mentions, block.kind, block.text)
    mentions.add(candidate)
    return Quantity(
        sentence=index,
        start=numeral.start,
        end=draft.end,
        value=numeral.value,
        value_max=numeral.value_max,
        bound=draft.bound,
        unit=unit.name if unit else None,
        unit_start=tokens[unit.first].start if unit else None,
        unit_end=tokens[unit.next - 1].end if unit else None,
        modifiers=unit.modifiers if unit else (),
        kind=draft.kind,
        trend=trend,
        is_countable=out is None,
        rule=f"{numeral.shape}/{draft.source}" + (f"/out: {out}" if out else ""),
    )
