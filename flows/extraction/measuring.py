"""What a number measures: abbreviations, compound measures, currencies, and the names of units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from flows.extraction.document import Token
from flows.extraction.lexicon import singular, words

Tokens = Sequence[Token]


class Unit(NamedTuple):
    """A unit and the tokens `first:next` that name it (modifiers included)."""

    name: str
    first: int
    next: int
    modifiers: tuple[str, ...] = ()
    is_measure: bool = False
    is_plural: bool = True


# Abbreviations and their unit; the rest of the measures are ordinary nouns.

_MEASURES = {
    "km": "kilometer", "kms": "kilometer", "cm": "centimeter", "mm": "millimeter", "m": "meter", "mi": "mile",
    "ft": "foot",
    "yd": "yard", "yds": "yard", "kg": "kilogram", "kgs": "kilogram", "kilo": "kilogram", "kilos": "kilogram",
    "g": "gram",
    "mg": "milligram", "mcg": "microgram", "µg": "microgram", "μg": "microgram", "lb": "pound", "lbs": "pound",
    "oz": "ounce",
    "l": "liter", "ml": "milliliter", "cl": "centiliter", "hr": "hour", "hrs": "hour", "h": "hour", "min": "minute",
    "mins": "minute", "sec": "second", "secs": "second", "ms": "millisecond", "yr": "year", "yrs": "year",
    "mo": "month",
    "mos": "month", "wk": "week", "wks": "week", "mph": "mph", "kph": "km/h", "kmh": "km/h", "kmph": "km/h",
    "mpg": "mpg",
    "rpm": "rpm", "mbps": "mbps", "gbps": "gbps", "kbps": "kbps", "mw": "mw", "gw": "gw", "kw": "kw", "tw": "tw",
    "mwh": "mwh",
    "gwh": "gwh", "kwh": "kwh", "twh": "twh", "hz": "hertz", "khz": "kilohertz", "mhz": "megahertz", "ghz": "gigahertz",
    "kb": "kilobyte", "mb": "megabyte", "gb": "gigabyte", "tb": "terabyte", "pb": "petabyte", "ha": "hectare",
    "°": "degree",
    "°c": "degree", "°f": "degree", "º": "degree", "bps": "basis point", "bp": "basis point", "pp": "percentage point",
    "ppm": "ppm", "ppb": "ppb", "hp": "horsepower", "cc": "cc", "mgd": "mgd", "boe": "boe", "bpd": "bpd",
    "db": "decibel",
    "lux": "lux", "nm": "nanometer", "mwe": "mw", "v": "volt", "w": "watt", "kt": "kiloton", "mt": "megaton",
    "pt": "point",
    "pts": "point", "cu": "cubic", "sq": "square", "x": "time", "c": "degree", "f": "degree", "pc": "%", "p": "penny",
    "dpi": "dpi", "px": "pixel", "fps": "fps", "psi": "psi", "btu": "btu", "mp": "megapixel", "kcal": "kilocalorie",
    "in": "inch", "cal": "calorie", "mya": "year", "cwt": "hundredweight", "st": "stone", "j": "joule", "kn": "knot",
}  # fmt: skip
_SPACED_OUT = words("x p v w st j in pt mt kt mo b pp bp pc min ms cu k")
_DEGREE_SCALES = words("celsius fahrenheit centigrade c f kelvin")
_CURRENCY_NOUNS = {
    "dollar": "USD", "euro": "EUR", "yen": "JPY", "rupee": "INR", "yuan": "CNY", "renminbi": "CNY", "franc": "CHF",
    "peso": "MXN",
    "rouble": "RUB", "ruble": "RUB", "rand": "ZAR", "krona": "SEK", "kronor": "SEK", "krone": "NOK", "kroner": "NOK",
    "zloty": "PLN", "shekel": "ILS", "ringgit": "MYR", "baht": "THB", "lira": "TRY", "naira": "NGN", "dirham": "AED",
    "riyal": "SAR", "rupiah": "IDR", "forint": "HUF", "hryvnia": "UAH", "buck": "USD", "won": "KRW", "bitcoin": "BTC",
}  # fmt: skip
_CURRENCY_OF = {
    "us": "USD", "u.s.": "USD", "american": "USD", "canadian": "CAD", "australian": "AUD", "hong": "HKD",
    "singapore": "SGD",
    "new": "NZD", "taiwan": "TWD",
}  # fmt: skip
_DURATIONS = words(
    """year month week day hour minute second decade century millisecond microsecond fortnight quarter semester
    night weekend millennium generation"""
)
# Heads that say nothing by themselves keep the word before them.
MEASURE_NOUNS = words(
    """mile foot inch yard acre hectare meter metre kilometer kilometre centimeter millimeter ton tonne pound ounce
    gram kilogram kilo gallon liter litre barrel megawatt gigawatt kilowatt watt volt megabit gigabit megabyte
    gigabyte terabyte degree hour minute second day week month year decade point percentage knot carat calorie
    bushel horsepower pixel megapixel fold"""
)


def is_measure(unit: str) -> bool:
    """Whether the unit measures rather than counts things."""
    return unit in MEASURE_NOUNS or unit in ("cent", "penny")


def is_duration(unit: str) -> bool:
    return unit.rsplit(" ", 1)[-1] in _DURATIONS


def currency_of(name: str, modifiers: tuple[str, ...]) -> str | None:
    """The currency of a unit noun: `dollar`, `euro`, `Canadian dollar`."""
    code = _CURRENCY_NOUNS.get(name)
    if code == "USD" and name == "dollar":
        for modifier in modifiers:
            if modifier in _CURRENCY_OF:
                return _CURRENCY_OF[modifier]
    return code


# --- measures


def measure_at(tokens: Tokens, at: int, glued: bool = False) -> Unit | None:
    """A measure named by an abbreviation or by more than one word: `km/h`, `sq. ft.`, `percentage points`, `°C`."""
    if at >= len(tokens):
        return None
    lower = tokens[at].lower
    two = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    if lower in ("square", "sq", "cubic", "cu"):
        return _square(tokens, at)
    if lower in ("percentage", "basis", "percent") and two in ("point", "points"):
        return Unit(f"{'basis' if lower == 'basis' else 'percentage'} point", at, at + 2, is_measure=True)
    if (lower, two) == ("fl", "oz"):
        return Unit("fluid ounce", at, at + 2, is_measure=True)
    if lower in ("°", "º", "degrees", "degree"):
        last = at + 2 if two in _DEGREE_SCALES else at + 1
        return Unit("degree", at, last, is_measure=True)
    if _is_speed(tokens, at):
        return _speed(tokens, at)
    name = _MEASURES.get(lower)
    if name is None or (lower in _SPACED_OUT and not glued):
        return None
    if len(lower) == 1 and not glued and tokens[at].text not in "mglhCF":
        return None
    following = (
        at + 2
        if two == "." and at + 2 < len(tokens) and lower in ("ft", "lb", "lbs", "oz", "yd", "hr", "hrs")
        else at + 1
    )
    return Unit(name, at, following, is_measure=True)


def _square(tokens: Tokens, at: int) -> Unit | None:
    kind = "square" if tokens[at].lower in ("square", "sq") else "cubic"
    here = at + 1
    if here < len(tokens) and tokens[here].text in (".", "-"):
        here += 1
    if here >= len(tokens):
        return None
    lower = tokens[here].lower
    name = _MEASURES.get(lower) or singular(lower)
    if name not in ("foot", "mile", "meter", "metre", "kilometer", "kilometre", "inch", "yard", "centimeter", "block"):
        return None
    last = here + 1
    if last < len(tokens) and tokens[last].text == "." and lower in ("ft", "mi", "in", "yd", "m", "km"):
        last += 1
    return Unit(f"{kind} {_american(name)}", at, last, is_measure=True)


_SPEED_HEADS = {
    "mile": "mph", "kilometer": "km/h", "kilometre": "km/h", "km": "km/h", "megabit": "mbps", "gigabit": "gbps",
    "kilobit": "kbps", "m": "m/s", "meter": "m/s", "metre": "m/s",
}  # fmt: skip
_SPEED_TIMES = {"mph": "hour h hr", "km/h": "hour h hr", "mbps": "second s sec", "gbps": "second s sec",
                "kbps": "second s sec",
                "m/s": "second s sec"}  # fmt: skip


def _is_speed(tokens: Tokens, at: int) -> bool:
    head = _SPEED_HEADS.get(singular(tokens[at].lower))
    if head is None or at + 2 >= len(tokens) or tokens[at + 1].lower not in ("per", "an", "/", "a"):
        return False
    return tokens[at + 2].lower in _SPEED_TIMES[head].split()


def _speed(tokens: Tokens, at: int) -> Unit:
    return Unit(_SPEED_HEADS[singular(tokens[at].lower)], at, at + 3, is_measure=True)


def _american(name: str) -> str:
    return name[:-3] + "meter" if name.endswith("metre") and len(name) > 5 else "meter" if name == "metre" else name


_SPELLINGS = {
    "kilometre": "kilometer", "metre": "meter", "centimetre": "centimeter", "millimetre": "millimeter",
    "litre": "liter",
    "millilitre": "milliliter", "programme": "program", "centre": "center", "kilogramme": "kilogram", "gramme": "gram",
    "organisation": "organization", "neighbour": "neighbor", "labour": "labor", "theatre": "theater",
}  # fmt: skip


def unit_name(lower: str) -> str:
    """The singular of a head noun, measures in American spelling."""
    name = singular(lower)
    return _SPELLINGS.get(name, name) if name.endswith(("metre", "litre", "gramme")) else name
