"""Finds the quantities of a text: number, comparator, unit, direction, and whether a commitment ledger counts it.

    number expression -> mask -> comparator -> unit -> direction -> countable

A sentence without a number sign costs one look at its tokens. Every step looks at a bounded stretch around the number, so a
text is read in time linear in its length whatever it holds.
"""

from __future__ import annotations

from collections.abc import Iterator

from flows.extraction.comparators import Comparison, comparison_after, comparison_before
from flows.extraction.document import Document, Sentence, Token
from flows.extraction.masks import masked_until
from flows.extraction.numerals import Numeral, can_begin, read_numeral
from flows.extraction.quantity import Quantity, QuantityKind
from flows.extraction.units import Unit, currency_of, is_duration, measure_at, unit_after, unit_name
from warehouse.records import Bound


def find_quantities(doc: Document) -> list[Quantity]:
    """Every quantity of the document in reading order; those that no ledger counts have `is_countable` False."""
    found: list[Quantity] = []
    for index, sentence in enumerate(doc.sentences):
        found.extend(_in_sentence(doc.text, index, sentence))
    return found


def _in_sentence(text: str, index: int, sentence: Sentence) -> Iterator[Quantity]:
    floor = 0
    for numeral in _numerals(text, sentence.tokens):
        quantity, floor = _quantity(text, index, sentence.tokens, numeral, floor)
        if quantity is not None:
            yield quantity


def _numerals(text: str, tokens: tuple[Token, ...]) -> Iterator[Numeral]:
    at = 0
    while at < len(tokens):
        if not can_begin(tokens[at]):
            at += 1
            continue
        masked = masked_until(text, tokens, at)
        if masked is not None:
            at = masked
            continue
        numeral = read_numeral(tokens, at)
        if numeral is None:
            at += 1
            continue
        yield numeral
        at = max(numeral.next, at + 1)


def _quantity(
    text: str, index: int, tokens: tuple[Token, ...], numeral: Numeral, floor: int
) -> tuple[Quantity | None, int]:
    if numeral.is_pair:
        return None, numeral.next
    bound: Bound = "range" if numeral.value_max is not None else ">=" if numeral.shape == "vague" else "="
    before = comparison_before(tokens, numeral.first, floor)
    after = comparison_after(tokens, numeral.next)
    unit, kind, end = _unit(tokens, numeral, after.first if after else numeral.next)
    if after is None and unit is not None:
        after = comparison_after(tokens, unit.next)
    if bound != "range":
        bound = after.bound if after else before.bound if before else bound
    name = unit.name if unit else None
    quantity = Quantity(
        index,
        numeral.start,
        end,
        numeral.value,
        numeral.value_max,
        bound,
        name,
        tokens[unit.first].start if unit and unit.first < len(tokens) else None,
        tokens[unit.next - 1].end if unit and unit.first < len(tokens) else None,
        unit.modifiers if unit else (),
        kind,
        None,
        kind not in ("duration", "age"),
        numeral.shape,
    )
    return quantity, numeral.next


def _unit(tokens: tuple[Token, ...], numeral: Numeral, at: int) -> tuple[Unit | None, QuantityKind, int]:
    """The unit, the kind of quantity, and where the number ends (`billions of dollars` takes its currency in)."""
    if numeral.currency:
        return Unit(numeral.currency, numeral.first, numeral.next), "money", numeral.end
    if numeral.is_percent:
        return Unit("%", numeral.next - 1, numeral.next), "percent", numeral.end
    if numeral.tail is not None:
        unit = _tied_unit(tokens, numeral)
    else:
        unit = unit_after(tokens, at, numeral.value)
    if unit is None:
        return None, "fraction" if numeral.shape == "fraction" else "count", numeral.end
    code = currency_of(unit.name, unit.modifiers)
    if code:
        return Unit(code, unit.first, unit.next), "money", tokens[unit.next - 1].end
    if is_duration(unit.name):
        return unit, "duration", numeral.end
    return unit, "measure" if unit.is_measure else "fraction" if numeral.shape == "fraction" else "count", numeral.end


def _tied_unit(tokens: tuple[Token, ...], numeral: Numeral) -> Unit | None:
    tail = numeral.tail or ""
    at = numeral.next - 1
    measure = measure_at(tokens, at, glued=True) if tokens[at].lower == tail else None
    if measure:
        return measure
    name = tail.replace("-", " ")
    if name.startswith("year old"):
        return Unit("year", at, at + 1)
    return Unit(unit_name(name.split(" ")[-1]) if not name.startswith("square") else name, at, at + 1)
