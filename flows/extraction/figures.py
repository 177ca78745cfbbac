"""Reads plain numbers over the tokens of a sentence: digits, words, scales, mixed fractions, vague sizes.

What makes of them an expression (currency, percent, ranges, ratios) stands in `numerals`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from flows.extraction.document import Token
from flows.extraction.lexicon import AUXILIARIES, is_plural, word_class, words

Tokens = Sequence[Token]
Shape = Literal["digits", "words", "vague", "fraction"]


def _numbered(text: str, start: int = 0, step: int = 1) -> dict[str, int]:
    """The words of a list with their values, from `start` on."""
    return {word: start + index * step for index, word in enumerate(text.split())}


UNITS = _numbered("zero one two three four five six seven eight nine")
TEENS = _numbered("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 10)
TENS = _numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10)
SCALES: dict[str, float] = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "quadrillion": 1e15,
    "dozen": 12, "lakh": 1e5, "crore": 1e7, "bn": 1e9, "mn": 1e6, "tn": 1e12, "trn": 1e12, "mln": 1e6, "bln": 1e9,
    "mil": 1e6,
}  # fmt: skip
_GLUED_SCALES: dict[str, float] = {"k": 1e3, "m": 1e6, "mm": 1e6, "b": 1e9, "t": 1e12, **SCALES}
VAGUE: dict[str, float] = {
    "dozens": 24, "hundreds": 200, "thousands": 2000, "millions": 2e6, "billions": 2e9, "trillions": 2e12, "lakhs": 2e5,
    "crores": 2e7,
}  # fmt: skip
_VAGUE_FACTORS: dict[str, float] = {"tens": 10, "dozens": 12, "hundreds": 100, "thousands": 1000}
_DENOMINATORS: dict[str, int] = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4, "fifth": 5,
    "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8, "ninth": 9,
    "ninths": 9,
    "tenth": 10, "tenths": 10, "twentieth": 20, "hundredth": 100, "hundredths": 100,
}  # fmt: skip
_GLYPHS = {
    "½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8,
    "⅞": 7 / 8,
}  # fmt: skip
DASHES = frozenset("-–‑‒−")
_SEVERAL = words("several few couple many")
FRACTION_NOUNS = words("third quarter fourth fifth sixth seventh eighth ninth tenth")
NUMBER_WORDS = frozenset({*UNITS, *TEENS, *TENS, *SCALES, *VAGUE, *_VAGUE_FACTORS, "half", *FRACTION_NOUNS}) - {
    "bn", "mn", "tn", "trn", "mln", "bln", "mil",
}  # fmt: skip
_LONGEST = 24


class Reading(NamedTuple):
    """A plain number: `next` is the token after it, `end` its last character, `scale` the largest scale word in it."""

    value: float
    next: int
    end: int
    scale: float = 1.0
    shape: Shape = "digits"
    tail: str | None = None
    """What a hyphen ties to the number: `day` in `two-day`, `year-old` in `167-year-old`, letters in `45MW`."""


@lru_cache(maxsize=1 << 16)
def can_begin(lower: str) -> bool:
    """Whether a number expression may begin with the word: the cheap test that most tokens fail."""
    return (
        lower in NUMBER_WORDS
        or lower[0].isdigit()
        or (lower[0] == "." and len(lower) > 1)
        or lower in _GLYPHS
        or ("-" in lower and lower.partition("-")[0] in NUMBER_WORDS)
    )


def lower_at(tokens: Tokens, at: int) -> str:
    """The token at `at` in lower case, empty beyond either end."""
    return tokens[at].lower if 0 <= at < len(tokens) else ""


# --- plain numbers


def read_number(tokens: Tokens, at: int, has_currency: bool) -> Reading | None:
    """The plain number at token `at`; a currency sign before it makes `m` millions."""
    lower = tokens[at].lower
    if lower[0].isdigit() or lower[0] == ".":
        return _read_digits(tokens, at, has_currency)
    if lower in _GLYPHS:
        return Reading(_GLYPHS[lower], at + 1, tokens[at].end, shape="fraction")
    return _read_vague(tokens, at) or _read_fraction(tokens, at) or _read_words(tokens, at)


def _read_digits(tokens: Tokens, at: int, has_currency: bool) -> Reading | None:
    token = tokens[at]
    if len(token.text) > _LONGEST:
        return None  # a key or a checksum
    try:
        value = float(token.text.replace(",", ""))
    except ValueError:  # digits of another script that float() does not know
        return None
    fraction = _mixed_fraction(tokens, at)
    if fraction is not None:
        return fraction
    reading = Reading(value, at + 1, token.end)
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None:
        return reading
    if following.start == token.end and following.lower == "s":
        return _read_plural_digits(tokens, at)
    if following.start == token.end and following.lower[0].isalpha():
        return _read_glued(tokens, reading, following, has_currency)
    if has_currency and following.lower in ("m", "b", "k", "t"):
        scale = _GLUED_SCALES[following.lower]
        return Reading(value * scale, at + 2, following.end, scale)
    return _and_a_half(tokens, _with_scales(tokens, reading))


_PLURAL_DIGITS = {"10": "tens", "100": "hundreds", "1000": "thousands", "1,000": "thousands"}


def _read_plural_digits(tokens: Tokens, at: int) -> Reading | None:
    """`100s of jobs`, `10s of thousands`; no other number has a plural."""
    word = _PLURAL_DIGITS.get(tokens[at].text)
    if word is None:
        return Reading(float(tokens[at].text.replace(",", "")), at + 2, tokens[at].end, tail="s")
    size = VAGUE.get(lower_at(tokens, at + 3)) if lower_at(tokens, at + 2) == "of" else None
    if size is not None:
        value = _VAGUE_FACTORS[word] * size
        return Reading(value, at + 4, tokens[at + 3].end, value, "vague")
    return Reading(VAGUE.get(word, 20.0), at + 2, tokens[at + 1].end, 1.0, "vague")


def _read_glued(tokens: Tokens, reading: Reading, letters: Token, has_currency: bool) -> Reading:
    """`12.5M`, `$50B`, `5km`: a scale or a unit written onto the number."""
    lower = letters.lower
    word, _, rest = lower.partition("-")
    scale = _GLUED_SCALES.get(word)
    is_scale = has_currency or letters.text[:1].isupper() or len(word) > 1 or word == "k"
    if word == "m" and not rest and _counts_plural(tokens, reading.next + 1):
        is_scale = True  # "76.1m phones" are millions, a "100m sprint" is meters
    if scale is not None and is_scale and word != "mm":
        return Reading(reading.value * scale, reading.next + 1, letters.start + len(word), scale, tail=rest or None)
    return Reading(reading.value, reading.next + 1, reading.end, tail=lower)


def _counts_plural(tokens: Tokens, at: int) -> bool:
    for token in tokens[at : at + 3]:
        if is_plural(token.lower):
            return True
        if word_class(token.lower) not in ("adjective", "noun"):
            return False
    return False


def _with_scales(tokens: Tokens, reading: Reading) -> Reading:
    """Scale words after the number: `1.5 million`, `2 hundred thousand`, `$1.5-billion`, `50-million-dollar`."""
    while reading.tail is None and reading.next < len(tokens):
        at = reading.next
        hyphen = tokens[at].text in DASHES and tokens[at].start == reading.end
        if hyphen:
            if at + 1 >= len(tokens) or tokens[at + 1].start != tokens[at].end or not tokens[at + 1].lower[0].isalpha():
                return reading
            at += 1
        word, _, rest = tokens[at].lower.partition("-")
        scale = SCALES.get(word)
        if hyphen and word in ("plus", "odd"):
            return reading  # "40-plus": a comparator
        if scale is not None and scale <= reading.scale:
            return reading
        if scale is None:
            return reading._replace(tail=tokens[at].lower, next=at + 1) if hyphen else reading
        end = tokens[at].start + len(word)
        reading = Reading(reading.value * scale, at + 1, end, max(scale, reading.scale), reading.shape, rest or None)
    return reading


def _mixed_fraction(tokens: Tokens, at: int) -> Reading | None:
    """`2/3`, `4 1/2`, `4-1/2`, `2½`."""
    simple = _slash_fraction(tokens, at)
    if simple is not None:
        return simple
    if at + 1 >= len(tokens) or not tokens[at].text.isdigit():
        return None
    whole = float(tokens[at].text)
    following = tokens[at + 1]
    if following.text in _GLYPHS:
        return Reading(whole + _GLYPHS[following.text], at + 2, following.end)
    inner = at + 2 if following.text in DASHES else at + 1
    part = _slash_fraction(tokens, inner) if inner < len(tokens) else None
    if part is None or part.value >= 1:
        return None
    return Reading(whole + part.value, part.next, part.end)


def _slash_fraction(tokens: Tokens, at: int) -> Reading | None:
    if at + 2 >= len(tokens) or tokens[at + 1].text != "/" or tokens[at + 1].start != tokens[at].end:
        return None
    above, below = tokens[at].text, tokens[at + 2].text
    if tokens[at + 2].start != tokens[at + 1].end or below not in ("2", "3", "4", "5", "8") or not above.isdigit():
        return None
    if int(above) >= int(below) or (at + 3 < len(tokens) and tokens[at + 3].text == "/"):
        return None
    return Reading(int(above) / int(below), at + 3, tokens[at + 2].end, shape="fraction")


# --- words


def _read_words(tokens: Tokens, at: int) -> Reading | None:
    """`twenty-six`, `one hundred and fifty thousand`, `a dozen` (read from the scale word), `two-day` with its tail."""
    total = current = 0.0
    room = float("inf")  # the next word must be smaller than this: "twenty six", not "six twenty"
    end, scale, tail, here, seen = tokens[at].start, 1.0, None, at, False
    while here < len(tokens):
        index = here
        if seen and tokens[here].lower == "and":
            if current % 100 or scale < 100 or here + 1 >= len(tokens):
                break
            index += 1
        part = small_number(tokens[index].lower)
        word, _, rest = tokens[index].lower.partition("-")
        if part is not None:
            value, left = part
            if value >= room or (index > here and scale < 100):
                break
            current += value
            room = 10 if value >= 20 and value % 10 == 0 else 1
            end, tail = tokens[index].end - (len(left) + 1 if left else 0), left
        elif word in SCALES and index == here and (current or not total):
            factor = SCALES[word]
            if factor == 100:
                current, room = (current or 1) * 100, 100
            else:
                total, current, room = total + (current or 1) * factor, 0.0, factor
            scale = max(scale, factor)
            end, tail = tokens[index].start + len(word), rest or None
        else:
            break
        seen, here = True, index + 1
        if tail:
            break
    if not seen:
        return None
    reading = _with_point(tokens, Reading(total + current, here, end, scale, "words", tail))
    return _and_a_half(tokens, _with_scales(tokens, reading) if tail is None else reading)


def _with_point(tokens: Tokens, reading: Reading) -> Reading:
    """`three point five`."""
    at = reading.next
    if (
        reading.tail is not None
        or reading.scale > 1
        or lower_at(tokens, at) != "point"
        or lower_at(tokens, at + 1) not in UNITS
    ):
        return reading
    value = reading.value + UNITS[tokens[at + 1].lower] / 10
    return Reading(value, at + 2, tokens[at + 1].end, 1.0, "words")


def small_number(lower: str) -> tuple[float, str | None] | None:
    """Value and hyphenated rest of `six`, `twenty-six`, `two-day`, `twenty-six-member`."""
    first, _, rest = lower.partition("-")
    if first in UNITS:
        return float(UNITS[first]), rest or None
    if first in TEENS:
        return float(TEENS[first]), rest or None
    if first not in TENS:
        return None
    second, _, more = rest.partition("-")
    if second in UNITS and second != "zero":
        return float(TENS[first] + UNITS[second]), more or None
    return float(TENS[first]), rest or None


def _and_a_half(tokens: Tokens, reading: Reading) -> Reading:
    """`nine and a half`, `two-and-a-half`, `a million and a half`, `one and a half million`."""
    tail = reading.tail or ""
    if tail.startswith(("and-a-half", "and-one-half")):
        rest = tail.partition("half")[2].lstrip("-")
        end = tokens[reading.next - 1].end - (len(rest) + 1 if rest else 0)
        return _with_scales(tokens, Reading(reading.value + 0.5, reading.next, end, 1.0, reading.shape, rest or None))
    at = reading.next
    if reading.tail is not None or at + 2 >= len(tokens) or tokens[at].lower != "and":
        return reading
    if tokens[at + 1].lower not in ("a", "one") or tokens[at + 2].lower not in ("half", "quarter"):
        return reading
    part = 1 / _DENOMINATORS[tokens[at + 2].lower]
    more = Reading(reading.value + part * reading.scale, at + 3, tokens[at + 2].end, 1.0, reading.shape)
    return _with_scales(tokens, more) if reading.scale == 1 else more


# --- vague sizes


def _read_vague(tokens: Tokens, at: int) -> Reading | None:
    """`dozens`, `tens of billions`, `hundreds of thousands`; `several hundred` is read from its scale word."""
    lower = tokens[at].lower
    several = at - 2 if lower_at(tokens, at - 1) == "of" else at - 1
    if lower in SCALES and several >= 0 and tokens[several].lower in _SEVERAL:
        return Reading(2 * SCALES[lower], at + 1, tokens[at].end, SCALES[lower], "vague")
    if at + 2 < len(tokens) and lower in _VAGUE_FACTORS and tokens[at + 1].lower == "of":
        size = VAGUE.get(tokens[at + 2].lower)
        if size is not None:
            value = _VAGUE_FACTORS[lower] * size
            return Reading(value, at + 3, tokens[at + 2].end, value, "vague")
    if lower not in VAGUE or (at and tokens[at - 1].lower[0].isdigit()):
        return None
    end = at + 1
    if at + 2 < len(tokens) and tokens[at + 1].lower in ("and", "upon", "or") and tokens[at + 2].lower in VAGUE:
        end = at + 3
    return Reading(VAGUE[lower], end, tokens[end - 1].end, VAGUE[lower], "vague")


# --- fractions


def _read_fraction(tokens: Tokens, at: int) -> Reading | None:
    """`half`, `one third`, `two-thirds`, `three quarters`, `a quarter of`, `half a million`."""
    lower = tokens[at].lower
    if lower.partition("-")[0] in ("half", *FRACTION_NOUNS):
        return _read_bare_fraction(tokens, at)
    numerator, _, denominator = lower.partition("-")
    above = UNITS.get(numerator)
    if above is None or above == 0:
        return None
    if denominator:
        name, _, rest = denominator.partition("-")
        if name not in _DENOMINATORS or rest:
            return None
        return _fraction_of_scale(
            tokens, Reading(above / _DENOMINATORS[name], at + 1, tokens[at].end, shape="fraction")
        )
    if at + 1 >= len(tokens) or tokens[at + 1].lower not in _DENOMINATORS:
        return None
    name = tokens[at + 1].lower
    if name.endswith("s") != (above > 1) or (
        name in ("second", "quarter", "fourth") and above == 1 and not _of(tokens, at + 2)
    ):
        return None
    if name == "quarters" and not _of(tokens, at + 2) and numerator != "three":
        return None
    return _fraction_of_scale(
        tokens, Reading(above / _DENOMINATORS[name], at + 2, tokens[at + 1].end, shape="fraction")
    )


def _of(tokens: Tokens, at: int) -> bool:
    return at < len(tokens) and tokens[at].lower == "of"


_NOT_HALF_AFTER = words(
    "first second other latter top bottom better this next last last each fourth either third final opening"
)


def _read_bare_fraction(tokens: Tokens, at: int) -> Reading | None:
    word, _, tail = tokens[at].lower.partition("-")
    before = tokens[at - 1].lower if at else ""
    if before in _NOT_HALF_AFTER or (before == "a" and lower_at(tokens, at - 2) == "and"):
        return None  # "a decade and a half" has no number to add to
    if word != "half" and not (before in ("a", "one") and (tail in SCALES or _is_share(tokens, at))):
        return None
    if tail and tail not in SCALES and tail not in ("hour", "mile", "inch", "percent", "point", "dozen", "century"):
        return None
    value = 1 / _DENOMINATORS[word]
    if tail in SCALES:
        return Reading(value * SCALES[tail], at + 1, tokens[at].end, SCALES[tail], "words")
    if tail:
        return Reading(value, at + 1, tokens[at].start + len(word), shape="fraction", tail=tail)
    return _fraction_of_scale(tokens, Reading(value, at + 1, tokens[at].end, shape="fraction"))


_BY = words("by than nearly about almost over around roughly approximately")


def _is_share(tokens: Tokens, at: int) -> bool:
    """`a third of`, `by a quarter`, `a third have`; not `a third man`, `in a quarter`."""
    if _of(tokens, at + 1):
        return True
    following = lower_at(tokens, at + 1)
    if following and word_class(following) not in ("stop", "mark", "past", "verb", "adverb"):
        return False
    return lower_at(tokens, at - 2) in _BY or (tokens[at].lower != "quarter" and following in AUXILIARIES)


def _fraction_of_scale(tokens: Tokens, reading: Reading) -> Reading:
    """`half a million`, `three quarters of a billion`, `half million`."""
    at = reading.next
    if at < len(tokens) and tokens[at].lower == "of":
        at += 1
    if at < len(tokens) and tokens[at].lower in ("a", "an"):
        at += 1
    elif at != reading.next:
        return reading
    if at < len(tokens) and tokens[at].lower in SCALES and tokens[at].lower not in ("hundred",):
        scale = SCALES[tokens[at].lower]
        return Reading(reading.value * scale, at + 1, tokens[at].end, scale, "words")
    return reading
