"""Reads number expressions: a plain number with its currency or percent, ranges, ratios, signs.

A recursive descent that never looks back further than one connector, so reading is linear. Nothing here asks what a
number means; `masks` says which are no quantities, `comparators` and `units` read what stands around them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from flows.extraction.document import Token
from flows.extraction.figures import (
    DASHES,
    FRACTION_NOUNS,
    SCALES,
    TEENS,
    UNITS,
    Reading,
    Shape,
    can_begin,
    lower_at,
    read_number,
    small_number,
)
from flows.extraction.lexicon import words
from flows.extraction.trends import direction_of

Tokens = Sequence[Token]
_SYMBOLS = {
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₽": "RUB", "₪": "ILS", "₺": "TRY",
    "₦": "NGN",
    "₱": "PHP", "₫": "VND", "฿": "THB", "₴": "UAH", "₵": "GHS", "₡": "CRC", "₸": "KZT",
}  # fmt: skip
_DOLLARS = {
    "us": "USD", "a": "AUD", "au": "AUD", "aus": "AUD", "c": "CAD", "ca": "CAD", "cdn": "CAD", "can": "CAD",
    "hk": "HKD",
    "nz": "NZD", "s": "SGD", "sg": "SGD", "nt": "TWD", "r": "BRL", "mx": "MXN", "u.s.": "USD", "mex": "MXN",
}  # fmt: skip
_CODES = {
    "usd": "USD", "eur": "EUR", "gbp": "GBP", "jpy": "JPY", "chf": "CHF", "inr": "INR", "cny": "CNY", "rmb": "CNY",
    "aud": "AUD",
    "cad": "CAD", "rs": "INR", "sek": "SEK", "nok": "NOK", "dkk": "DKK", "zar": "ZAR", "brl": "BRL", "mxn": "MXN",
    "krw": "KRW",
    "sgd": "SGD", "hkd": "HKD", "nzd": "NZD", "aed": "AED", "sar": "SAR", "pln": "PLN", "rub": "RUB",
}  # fmt: skip
_DURATION_WORDS = words(
    "year years month months week weeks day days hour hours minute minutes second seconds decade decades"
)


class Numeral(NamedTuple):
    """A number expression at tokens `first:next`, characters `start:end`."""

    first: int
    next: int
    start: int
    end: int
    value: float
    value_max: float | None = None
    shape: Shape = "digits"
    currency: str | None = None
    is_percent: bool = False
    tail: str | None = None
    is_pair: bool = False
    """One side of `5-4`, `2 to 1`: a score, a vote or a ratio, not a range."""


def read_numeral(tokens: Tokens, at: int) -> Numeral | None:
    """The number expression that begins at token `at` (its currency sign or article may stand before)."""
    first, currency = _currency_before(tokens, at)
    reading = _read_ratio(tokens, at) or read_number(tokens, at, currency is not None)
    if reading is None:
        return None
    if currency is None and first == at:
        first = _article_before(tokens, at, reading)
    numeral = Numeral(
        first,
        reading.next,
        tokens[first].start,
        reading.end,
        reading.value,
        None,
        reading.shape,
        currency,
        False,
        reading.tail,
    )
    numeral = _with_tied_range(_with_percent(tokens, numeral), tokens)
    return _with_sign(tokens, _with_range(tokens, at, numeral, reading))


def _with_sign(tokens: Tokens, numeral: Numeral) -> Numeral:
    """`minus 40 degrees`, `-12C`, `-5%`."""
    at = numeral.first - 1
    if at < 1 or numeral.value_max is not None or not numeral.value or tokens[at - 1].text[0].isdigit():
        return numeral
    sign = tokens[at]
    is_mark = sign.text in "-−" and sign.end == tokens[numeral.first].start and tokens[at - 1].end < sign.start
    if not (is_mark or sign.lower == "minus") or tokens[at - 1].lower in ("plus", "or"):
        return numeral
    return numeral._replace(first=at, start=sign.start, value=-numeral.value)


def _tied_high(last: str) -> tuple[float, str | None] | None:
    first, _, rest = last.partition("-")
    return (float(first), rest or None) if first.isdecimal() and len(first) < 7 else small_number(last)


def _with_tied_range(numeral: Numeral, tokens: Tokens) -> Numeral:
    """`two-to-three`, `five-to-ten`."""
    link, _, last = (numeral.tail or "").partition("-")
    high = _tied_high(last) if link in ("to", "or") and last else None
    if high is None or high[0] <= numeral.value:
        return numeral
    rest = high[1]
    end = tokens[numeral.next - 1].end - (len(rest) + 1 if rest else 0)
    return numeral._replace(value_max=high[0], end=end, tail=rest)


# --- currency, article, percent


def _currency_before(tokens: Tokens, at: int) -> tuple[int, str | None]:
    """Where the expression begins and its currency, from a sign or code before the number."""
    if at == 0:
        return at, None
    before = tokens[at - 1]
    if before.text in _SYMBOLS:
        if before.text == "$" and at > 1 and tokens[at - 2].end == before.start:
            code = _DOLLARS.get(tokens[at - 2].lower)
            if code:
                return at - 2, code
        return at - 1, _SYMBOLS[before.text]
    code = _CODES.get(before.lower)
    if code and (before.text.isupper() or before.text == "Rs") and tokens[at].text[0].isdigit():
        return at - 1, code
    if before.text == "." and at > 1 and tokens[at - 2].text == "Rs":
        return at - 2, "INR"
    return at, None


def _article_before(tokens: Tokens, at: int, reading: Reading) -> int:
    """`a dozen`, `a third`, `half a million` (read from `half`): the article belongs to the number."""
    if at and tokens[at].lower in (*SCALES, "half", *FRACTION_NOUNS) and tokens[at - 1].lower in ("a", "an"):
        return at - 1
    return at


def _with_percent(tokens: Tokens, numeral: Numeral) -> Numeral:
    at = numeral.next
    if numeral.tail is not None:
        if numeral.tail in ("percent", "per-cent", "pct"):
            return numeral._replace(is_percent=True, tail=None)
        return numeral
    if at >= len(tokens):
        return numeral
    lower = tokens[at].lower
    length = 0
    if lower in ("%", "percent", "pct"):
        length = 1
    elif lower == "per" and at + 1 < len(tokens) and tokens[at + 1].lower == "cent":
        length = 2
    elif lower in ("of", "a") and numeral.shape == "fraction":
        return _with_fraction_of_percent(tokens, numeral)
    if not length:
        return numeral
    following = tokens[at + length].lower if at + length < len(tokens) else ""
    if lower != "%" and following in ("point", "points"):
        return numeral  # percentage points are a unit of their own
    return numeral._replace(next=at + length, end=tokens[at + length - 1].end, is_percent=True)


def _with_fraction_of_percent(tokens: Tokens, numeral: Numeral) -> Numeral:
    """`a quarter of a percent`, `half of one percent`, `half a percent`."""
    at = numeral.next + (tokens[numeral.next].lower == "of")
    if at + 1 < len(tokens) and tokens[at].lower in ("a", "one", "1") and tokens[at + 1].lower in ("percent", "%"):
        return numeral._replace(next=at + 2, end=tokens[at + 1].end, is_percent=True)
    return numeral


# --- ratios and ranges


def _read_ratio(tokens: Tokens, at: int) -> Reading | None:
    """`one in five`, `nine out of ten`, `1 out of every 4`: a fraction of what follows."""
    above = _ratio_part(tokens, at)
    if above is None or at + 2 >= len(tokens):
        return None
    here = at + 1
    if tokens[here].lower == "out" and tokens[here + 1].lower == "of":
        here += 2
    elif tokens[here].lower == "in" and above < 10:
        here += 1
    else:
        return None
    if here < len(tokens) and tokens[here].lower == "every":
        here += 1
    below = _ratio_part(tokens, here) if here < len(tokens) else None
    if below is None or below <= above or (below > 10 and below not in (12, 20, 25, 50, 100, 1000)):
        return None
    if here + 1 < len(tokens) and (tokens[here + 1].lower in _DURATION_WORDS or tokens[here + 1].text in DASHES):
        return None
    return Reading(above / below, here + 1, tokens[here].end, shape="fraction")


def _ratio_part(tokens: Tokens, at: int) -> float | None:
    lower = tokens[at].lower
    if lower in UNITS or lower in TEENS:
        return float(UNITS.get(lower, TEENS.get(lower, 0)))
    return float(lower) if lower.isdecimal() and len(lower) <= 4 else None


def _with_range(tokens: Tokens, at: int, low: Numeral, reading: Reading) -> Numeral:
    """Joins `10 to 15`, `50-52%`, `five or six`, `between 10 and 15`, `$5-10 million` into one numeral."""
    connector = _connector(tokens, at, low)
    if connector is None:
        return low
    word, here = connector
    second, currency = here, None
    if tokens[here].text in _SYMBOLS and here + 1 < len(tokens):
        second, currency = here + 1, _SYMBOLS[tokens[here].text]
    if not can_begin(tokens[second].lower):
        return low
    high = read_number(tokens, second, (currency or low.currency) is not None)
    if high is None or high.shape == "vague" or (currency is not None and currency != low.currency):
        return low
    numeral = Numeral(
        low.first, high.next, low.start, high.end, low.value, high.value, low.shape, low.currency, False, high.tail
    )
    numeral = _with_percent(tokens, numeral)
    if low.is_percent and not numeral.is_percent:
        return low
    value = low.value
    if reading.scale < high.scale and high.scale >= 1000 and value * high.scale < high.value:
        value *= high.scale
    if word == "to" and (low.currency or low.is_percent) and _moves_by(tokens, low.first):
        return low  # "dropped $1.50 to $78.20": by the one, to the other
    if value >= high.value:
        glued = tokens[here - 1].text in DASHES and tokens[here].start == tokens[here - 1].end
        is_pair = (glued or word == "to") and not (numeral.is_percent or numeral.currency)
        return low._replace(is_pair=is_pair)
    if word == "or" and high.value > 10 * value:
        return low
    return numeral._replace(value=value)


def _moves_by(tokens: Tokens, first: int) -> bool:
    return lower_at(tokens, first - 1) == "by" or direction_of(lower_at(tokens, first - 1)) is not None


def _connector(tokens: Tokens, at: int, low: Numeral) -> tuple[str, int] | None:
    """The word that may join the number to a second one, and where that begins."""
    here = low.next
    if low.tail is not None or low.value_max is not None or here + 1 >= len(tokens):
        return None
    token = tokens[here]
    if token.text in DASHES:
        following = tokens[here + 1]
        if following.lower in ("to", "or", "and") and here + 2 < len(tokens):  # "10- to 15-year"
            return following.lower, here + 2
        spaced = token.start > low.end
        return ("-", here + 1) if spaced == (following.start > token.end) else None
    if token.lower in ("to", "or"):
        if token.lower == "to" and _follows_from(tokens, low.first):
            return None
        return token.lower, here + 1
    if token.lower == "and" and _follows_between(tokens, low.first):
        return "and", here + 1
    return None


def _follows_from(tokens: Tokens, first: int) -> bool:
    """`from 50 to 100` tells of two numbers, `ranging from 50 to 100` of one range."""
    here = first - 1
    if here >= 0 and tokens[here].lower in (
        "about",
        "nearly",
        "roughly",
        "around",
        "approximately",
        "almost",
        "just",
        "over",
    ):
        here -= 1
    if here < 0 or tokens[here].lower != "from":
        return False
    return not any(
        token.lower.startswith(("rang", "vary", "vari", "anywhere")) for token in tokens[max(0, here - 3) : here]
    )


def _follows_between(tokens: Tokens, first: int) -> bool:
    return any(token.lower in ("between", "betwen") for token in tokens[max(0, first - 3) : first])
