"""Reads what a number counts: the head noun after it, its coordinated heads, or a measure or currency.

A noun phrase is followed word by word from the number: modifiers, then the plural head; compounds go on ("civil rights
groups"), coordination adds heads ("mayors and other state and local leaders"). What stands away from its number is
looked for in `away`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flows.extraction.document import Token
from flows.extraction.lexicon import (
    ADJECTIVES,
    DETERMINERS,
    EITHER_S_FORMS,
    POSSESSIVES,
    S_FORMS,
    WordClass,
    singular,
    word_class,
    words,
)
from flows.extraction.numerals import Numeral

Tokens = Sequence[Token]


@dataclass(frozen=True, slots=True)
class Unit:
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
_EMPTY_HEADS = words("set foot fixture authority action")
_LEADING_OUT = words("such more other additional further new extra")


def is_measure(unit: str) -> bool:
    """Whether the unit measures rather than counts things."""
    return unit in _MEASURE_NOUNS or unit in ("cent", "penny")


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


# --- noun phrases


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: head token, tokens `first:next`."""

    head: int
    first: int
    next: int
    is_plural: bool


_PHRASE_LENGTH = 14  # a longer stretch without a head is no noun phrase


def kind_of(token: Token) -> WordClass:
    """The class of a token: as `word_class`, and plural acronyms (`HBCUs`), and `US`, which is no pronoun."""
    text = token.text
    if len(text) > 2 and text[-1] == "s" and text[:-1].isupper():
        return "plural"
    return "noun" if text in _ACRONYM_PRONOUNS else word_class(token.lower)


_ACRONYM_PRONOUNS = words("US IT WHO")


def head_name(token: Token) -> str:
    """The singular of a head noun."""
    return token.lower[:-1] if token.text[:-1].isupper() and token.text[-1] == "s" else unit_name(token.lower)


def plural_phrase(tokens: Tokens, at: int) -> Phrase | None:
    """The noun phrase from token `at` up to its plural head: `state and local leaders`, `civil rights groups`."""
    here = at
    stop = min(len(tokens), at + _PHRASE_LENGTH)
    while here < stop:
        kind = kind_of(tokens[here])
        if kind == "plural" and _is_acronym_modifier(tokens, here):
            here += 1
            continue
        if kind == "plural" or (kind == "verb" and tokens[here].lower in S_FORMS):
            if not _is_possessive(tokens, here):
                return _extended(tokens, at, here)
        elif tokens[here].text == "$" and here + 1 < stop and tokens[here + 1].text[0].isdigit():
            here += 1  # "ten $10,000 scholarships"
        elif kind == "number" and here + 2 < stop and tokens[here + 1].text == "-" and _is_glued(tokens, here + 1):
            here += 2  # "3.2 million 60-kg bags"
        elif _is_acronym(tokens, here):
            here += 2
        elif (
            kind == "number"
            and here > at
            and tokens[here - 1].lower in _NUMBERED_KINDS
            and tokens[here - 1].text[0].isupper()
        ):
            pass
        elif not _goes_on(tokens, here, at, kind):
            return None
        here += 1
    return None


_NUMBERED_KINDS = words("category level tier phase type title section class grade part")


def _is_glued(tokens: Tokens, here: int) -> bool:
    return tokens[here - 1].end == tokens[here].start and tokens[here].end == tokens[here + 1].start


def _is_acronym(tokens: Tokens, here: int) -> bool:
    """`(RGN)` inside a name: `14 Regional Grant Navigator (RGN) positions`."""
    return (
        tokens[here].text == "("
        and here + 2 < len(tokens)
        and tokens[here + 2].text == ")"
        and tokens[here + 1].text.isupper()
    )


def _is_acronym_modifier(tokens: Tokens, here: int) -> bool:
    """`18 RAMPS awards`: capitals alone before a word in small letters make a name, no plural."""
    if not tokens[here].text.isupper() or here + 1 >= len(tokens) or not tokens[here + 1].text.islower():
        return False
    return kind_of(tokens[here + 1]) == "plural"


def _is_inside_name(tokens: Tokens, here: int, at: int) -> bool:
    """`10 Department of Energy laboratories`, `12 Boeing 787 Dreamliner aircraft`."""
    if here == at or here + 1 >= len(tokens) or not tokens[here + 1].text[0].isupper():
        return False
    return tokens[here - 1].text[0].isupper() and (tokens[here].lower in ("of", "for") or tokens[here].text.isdecimal())


def _goes_on(tokens: Tokens, here: int, at: int, kind: str) -> bool:
    """Whether a noun phrase that has no head yet may hold this word."""
    if kind in ("noun", "adjective", "either", "ing"):
        return True
    if kind == "past":
        return _modifies(tokens, here)
    if kind == "stop":
        return (here == at and tokens[here].lower in _LEADING_OUT) or _is_inside_name(tokens, here, at)
    if kind == "verb":
        return tokens[here].text[0].isupper() and here > at
    if kind == "adverb":
        return _leads_on(tokens, here)
    return _is_inside_name(tokens, here, at) or _joins_modifiers(tokens, here, at)


def _is_possessive(tokens: Tokens, here: int) -> bool:
    return tokens[here].lower.endswith(("'s", "’s"))


def _leads_on(tokens: Tokens, here: int) -> bool:
    """An adverb before an adjective or participle: `federally funded projects`, `highly skilled workers`."""
    if here + 1 >= len(tokens):
        return False
    allowed = {"past", "adjective", "ing", "adverb", "either"} | (
        {"noun"} if tokens[here].lower.endswith("ly") else set()
    )
    return kind_of(tokens[here + 1]) in allowed and plural_phrase(tokens, here + 1) is not None


def _modifies(tokens: Tokens, here: int) -> bool:
    """A participle before its noun: not `40 selected in May`, not `of whom 30 moved to`, not `five won medals`."""
    if here + 1 >= len(tokens) or tokens[here].lower in _NEVER_MODIFY:
        return False
    return kind_of(tokens[here + 1]) not in ("stop", "mark", "number", "adverb") or tokens[here + 1].text == ","


_NEVER_MODIFY = words(
    """became began broke came chose did drew drove ate fell felt fled flew forgave fought forgot froze gave got
    grew had hid knew led met oversaw put ran rose said sang sank sat saw sought spoke sprang stole stood swore
    swung took threw tore undertook went withdrew won wore wove wrote read shot shut hit cost quit cut let"""
)
_INNER = frozenset({"noun", "adjective", "plural", "either", "ing", "past"})


def _joins_modifiers(tokens: Tokens, here: int, at: int) -> bool:
    """Whether a mark or conjunction joins modifiers of one head: `small and medium-sized firms`, `Mfg. Co. sites`."""
    text = tokens[here].lower
    following = kind_of(tokens[here + 1]) if here + 1 < len(tokens) else "mark"
    if text in "-–" and here + 1 < len(tokens) and tokens[here + 1].lower in ("and", "or"):
        return here > at  # "lower- and middle-income families"
    if text in "-–/&’'“”\"‘+":
        return following in _INNER
    if text == "." and here > at:
        return tokens[here - 1].text[0].isupper() and len(tokens[here - 1].text) <= 5 and following in _INNER
    if here == at or text not in (",", "and", "or"):
        return False
    return _joins_adjectives(tokens, here) or _plural_after_list(tokens, here)


def _joins_adjectives(tokens: Tokens, here: int) -> bool:
    """`high-paying, high-quality jobs`: adjectives that a comma alone joins."""
    if tokens[here].text != "," or kind_of(tokens[here - 1]) not in ("adjective", "past"):
        return False
    for token in tokens[here + 1 : here + 5]:
        kind = kind_of(token)
        if kind == "plural":
            return tokens[here + 1] is not token
        if kind not in ("adjective", "noun", "ing", "past", "adverb"):
            return False
    return False


def _plural_after_list(tokens: Tokens, here: int) -> bool:
    """`, and training events`: singular items, a conjunction, then the plural head they share."""
    conjunction = tokens[here].text != ","
    for index in range(here + 1, min(len(tokens), here + 7)):
        lower = tokens[index].lower
        kind = word_class(lower)
        if kind == "and":
            conjunction = True
        elif kind == "plural":
            return conjunction and not (lower in EITHER_S_FORMS and _takes_object(tokens, index))
        elif lower != "," and kind not in _INNER:
            return False
    return False


def _takes_object(tokens: Tokens, here: int) -> bool:
    """`plans` before a determiner or number is a verb, before a preposition or a full stop a noun."""
    if here + 1 >= len(tokens):
        return False
    lower = tokens[here + 1].lower
    return lower in DETERMINERS or lower in POSSESSIVES or lower[0].isdigit() or lower in ("to", "$")


def _extended(tokens: Tokens, first: int, head: int) -> Phrase:
    """Goes on to the last noun of a compound: `civil rights groups`, `Veterans Treatment Courts`, `data sets`."""
    here = head + 1
    while here < len(tokens) and here <= head + 4:
        if tokens[here].text in "’'" and _reaches_capital(tokens, here):
            here += 1
            continue
        kind = kind_of(tokens[here])
        modifies = tokens[head].lower in _PLURAL_MODIFIERS
        capitals = _is_capital_pair(tokens, head, here)
        is_compound = here == head + 1 and _may_compound(tokens, head, here) and not _gives(tokens, first)
        if kind == "plural" and (modifies or capitals or is_compound) and not _takes_object(tokens, here):
            head = here
        elif not (capitals and (kind in ("noun", "adjective") or (kind == "either" and modifies))) and not (
            modifies and kind == "noun" and _reaches_plural(tokens, here)
        ):
            break  # "20 Companies Pledge Jobs" in a headline
        here += 1
    return Phrase(head, first, head + 1, True)


_PLURAL_MODIFIERS = words(
    """rights sports veterans services arms resources communications women men children data sales savings humanities
    systems"""
)


_GIVING = words(
    """give gives gave giving given award awards awarded awarding offer offers offered offering save saves saved saving
    send sends sent sending pay pays paid paying cost costs costing grant grants granted teach teaches taught bring
    brings brought hand handed lend lent owe owes owed buy bought guarantee guarantees guaranteed allow allowed"""
)


def _may_compound(tokens: Tokens, head: int, here: int) -> bool:
    """`trades workers`, `firearms transactions`; not `years degrees`, nor a plural that may be a verb."""
    return tokens[here].lower not in EITHER_S_FORMS and not is_duration(head_name(tokens[head]))


def _gives(tokens: Tokens, first: int) -> bool:
    """`gave 500 students laptops`: two objects, no compound."""
    return any(token.lower in _GIVING for token in tokens[max(0, first - 6) : first])


def _reaches_capital(tokens: Tokens, here: int) -> bool:
    """`U.S. Attorneys’ Offices`."""
    return here + 1 < len(tokens) and tokens[here + 1].text[0].isupper() and tokens[here - 1].text[0].isupper()


def _is_capital_pair(tokens: Tokens, head: int, here: int) -> bool:
    return tokens[here].text[0].isupper() and tokens[head].text[0].isupper()


def _reaches_plural(tokens: Tokens, here: int) -> bool:
    return here + 1 < len(tokens) and kind_of(tokens[here + 1]) == "plural"


def singular_phrase(tokens: Tokens, at: int) -> Phrase | None:
    """The noun phrase from token `at` up to its last singular noun: `medium-sized city`, `high-speed plan`."""
    last = None
    for here in range(at, min(len(tokens), at + 6)):
        kind = kind_of(tokens[here])
        if kind == "plural" and here + 1 < len(tokens) and kind_of(tokens[here + 1]) == "noun":
            continue  # "one ballistics laboratory"
        if (kind in ("noun", "either") or _ends_as_noun(tokens, here)) and not _is_possessive(tokens, here):
            last = here
        elif not _goes_on(tokens, here, at, kind) or tokens[here].text in (",", "and", "or"):
            break
        if last is not None and kind == "ing":
            break
    return None if last is None else Phrase(last, at, last + 1, False)


def _ends_as_noun(tokens: Tokens, here: int) -> bool:
    """`one representative from`: an ending makes it look like an adjective, but nothing follows."""
    lower = tokens[here].lower
    if word_class(lower) != "adjective" or lower in ADJECTIVES or "-" in lower:
        return False
    return here + 1 >= len(tokens) or kind_of(tokens[here + 1]) in ("stop", "mark", "and")


# --- coordination


def coordinated_heads(tokens: Tokens, phrase: Phrase) -> tuple[list[int], int]:
    """Heads of `A, B, and C` from the first phrase on, and the token after the last; only plural heads are joined."""
    heads: list[int] = []
    here = phrase.next
    while here < len(tokens):
        comma = tokens[here].text == ","
        here += comma
        conjunction = here < len(tokens) and tokens[here].lower in ("and", "or", "&")
        here += conjunction
        is_afterthought = comma and conjunction and not heads  # "20 million Americans, and new protections"
        following = (
            None if is_afterthought or not (comma or conjunction) else _conjunct(tokens, here, bool(heads) or comma)
        )
        if following is None:
            break
        heads.append(following.head)
        here = following.next
        if conjunction:
            return [phrase.head, *heads], here
    return [phrase.head], phrase.next


_OTHER_QUANTITY = words(
    "enough several many some few most including such plus thousands millions hundreds dozens countless"
)


def _conjunct(tokens: Tokens, at: int, in_list: bool) -> Phrase | None:
    """A further plural phrase without determiner and number; a verb with its object is none."""
    if at >= len(tokens) or tokens[at].lower in _OTHER_QUANTITY:
        return None
    kind = kind_of(tokens[at])
    lower_case = tokens[at].text[0].islower()
    if lower_case and (kind in ("number", "verb") or (kind in ("past", "either") and not in_list)):
        return None
    if (kind == "ing" and not in_list) or (tokens[at].lower in EITHER_S_FORMS and _takes_object(tokens, at)):
        return None
    phrase = plural_phrase(tokens, at)
    if phrase is None or any(kind_of(token) == "number" for token in tokens[phrase.first : phrase.head]):
        return None
    return phrase


# --- the unit after a number


def unit_after(tokens: Tokens, at: int, numeral: Numeral) -> Unit | None:
    """The unit whose phrase begins at token `at`, right after the number."""
    is_share = numeral.shape == "fraction"
    measure = measure_at(tokens, at)
    if measure is not None:
        return measure
    at = _skip_lead(tokens, at, is_share)
    if at >= len(tokens) or tokens[at].lower in ("them", "whom", "which"):
        return None
    measure = measure_at(tokens, at)
    if measure is not None:
        return measure
    one = _singular_unit(tokens, at, numeral.value, is_share) if numeral.value == 1 else None
    if one is not None:
        return one
    phrase = plural_phrase(tokens, at)
    if phrase is None:
        return None if numeral.shape == "vague" else _singular_unit(tokens, at, numeral.value, is_share)
    if tokens[phrase.head].lower == "others":
        return None  # "12 others": what they are stands before
    heads, end = coordinated_heads(tokens, phrase)
    if is_duration(unit_name(tokens[phrase.head].lower)):
        heads, end = [phrase.head], phrase.next
    names = [_with_kept_modifier(tokens, at, head) for head in heads]
    return Unit("|".join(dict.fromkeys(names)), at, end, _modifiers(tokens, at, phrase.head))


def _modifiers(tokens: Tokens, first: int, head: int) -> tuple[str, ...]:
    return tuple(token.lower for token in tokens[first:head] if token.lower[0].isalnum())


def _with_kept_modifier(tokens: Tokens, at: int, head: int) -> str:
    name = head_name(tokens[head])
    if name in _EMPTY_HEADS and head > at and kind_of(tokens[head - 1]) in ("noun", "either", "plural"):
        before = tokens[head - 1].lower
        if before not in _LEADING_OUT:
            return f"{before} {name}"
    return name


def _singular_unit(tokens: Tokens, at: int, value: float, is_share: bool) -> Unit | None:
    """One thing (`one mid-sized city`), a share (`half the population`), a noun used as measure (`17 goal lead`)."""
    first = tokens[at].lower
    if first in _MEASURE_NOUNS or (first == "won" and value >= 100):
        return Unit(unit_name(first), at, at + 1, is_measure=True, is_plural=False)
    if value == 1 or is_share:
        phrase = singular_phrase(tokens, at)
        if phrase is None:
            return None
        name = _with_kept_modifier(tokens, at, phrase.head)
        return Unit(name, at, phrase.next, _modifiers(tokens, at, phrase.head), is_plural=False)
    if word_class(first) == "noun" and first.isalpha() and tokens[at].text.islower() and not first.endswith("ing"):
        return Unit(unit_name(first), at, at + 1, is_plural=False)
    return None


_MEASURE_NOUNS = words(
    """mile foot inch yard acre hectare meter metre kilometer kilometre centimeter millimeter ton tonne pound ounce
    gram kilogram kilo gallon liter litre barrel megawatt gigawatt kilowatt watt volt megabit gigabit megabyte
    gigabyte terabyte degree hour minute second day week month year decade point percentage knot carat calorie
    bushel horsepower pixel megapixel fold"""
)


def _skip_lead(tokens: Tokens, at: int, is_share: bool) -> int:
    """`of its`, `of the nation's`, `(10)`, `(64%)`, `half the`: what may stand between a number and its phrase."""
    if at + 2 < len(tokens) and tokens[at].text == "(" and tokens[at + 1].text[0].isdigit():
        close = at + 2 + (tokens[at + 2].lower in ("%", "percent"))
        at = close + 1 if close < len(tokens) and tokens[close].text == ")" else at
    while at < len(tokens) and tokens[at].text in "*_":
        at += 1  # what Markdown leaves of emphasis
    if at < len(tokens) and (tokens[at].lower == "of" or is_share):
        at = skip_determiners(tokens, at + (tokens[at].lower == "of"))
    return at


def skip_determiners(tokens: Tokens, at: int) -> int:
    """Past `the`, `its`, `all of the nation's`."""
    while at < len(tokens) and _is_determiner(tokens, at):
        at += 1
    return at


def _is_determiner(tokens: Tokens, at: int) -> bool:
    lower = tokens[at].lower
    return lower in DETERMINERS or lower in POSSESSIVES or lower in ("all", "so-called") or _is_possessive(tokens, at)
