"""Numbers that are no quantities: dates, years, ordinals, clock times, phone numbers, citations, labels, names.

`masked_until` answers for a token at which a number could begin; it returns the token after the masked stretch, or None.
Each rule looks at a few tokens around the number, never at the whole sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.extraction.document import Token
from flows.extraction.lexicon import PREPOSITIONS, STOPS, is_plural, word_class, words
from flows.extraction.numerals import DASHES

Tokens = Sequence[Token]

MONTHS = words(
    """january february march april may june july august september october november december jan feb mar apr jun
    jul aug sep sept oct nov dec"""
)
_WEEKDAYS = words(
    """monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun"""
)

# Shapes that digits and marks make by themselves, tried where a digit token begins.
_SHAPE = re.compile(
    r"""
      \d{1,4}[/.]\d{1,2}[/.]\d{1,4}\b                             # 12/31/2015  11.06.2015
    | \d{4}-\d{1,2}-\d{1,2}(?:T[\d:.+Z-]+)?\b                     # 2015-06-11
    | \d{1,2}-\d{1,2}-\d{2}(?:\d{2})?\b                           # 6-11-15
    | (?:\d{1,3}[-.\s])?\(?\d{3}\)?[-.\s]\d{3}[-.]\d{4}\b         # 202-555-0143
    | \d{3}-\d{4}\b(?![-\s]*(?:year|percent|%))                   # 555-0143
    | \d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?                          # 10:30, 2:03:23
    | \d{1,2}(?:\s?[ap]\.?\s?m\b\.?|\so['’]clock\b|\s?(?i:noon|midnight)\b)   # 10 a.m.
    | \d{1,2}\s?(?:-|–|to)\s?\d{1,2}\s?[ap]\.?m\b\.?              # 9 to 5 p.m.
    | \d+(?:st|nd|rd|th|ST|ND|RD|TH)\b                            # 21st
    | (?:\d{4}|\d0)['’]?s\b                                       # 1990s, 40s
    | \d{3,4}\([a-z]\)(?:\(\d+\))?                                # 401(k), 501(c)(3)
    | \d+\.\d+(?:\.\d+)+                                          # 3.5.1
    | (?:1[5-9]|20)\d\d\s?[-–/]\s?(?:(?:1[5-9]|20)\d\d|\d\d)\b(?![,\d]) # 2014-15, 2014–2016
    | (?:24/7|9/11|50/50|20/20|7/7)\b
    | \d{5}-\d{4}\b                                               # ZIP+4
    | \d{1,2}-(?:cv|cr|mc|md|mj)-\d+                              # dockets
    | \d+-\d+-\d+(?:-\d+)*                                        # other codes
    | \d+\s(?:U\.?S\.?C\.?|C\.?F\.?R\.?|Fed\.|Stat\.|F\.\d?d?)(?:\s§*\s?\d+)?
    """,
    re.VERBOSE,
)

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")

# A number after one of these names a thing and counts nothing: "Section 5", "Title 18", "phase 2", "Route 66".
_LABELS = words(
    """section sections sec secs § §§ title titles article articles rule rules chapter chapters form forms schedule
    table tables figure fig exhibit appendix annex page pages pp paragraph paragraphs para clause clauses no nos
    number numbers docket order orders proclamation resolution amendment proposition prop directive regulation
    route highway interstate flight room suite apt unit building gate terminal pier ward precinct division phase
    phases tier stage step steps grade grades category type zone volume vol issue version windows iphone ios
    android channel apollo formula boeing airbus catch fortune s&p nasdaq ftse russell nikkei cac topix stoxx
    asx hang local lot count counts psalm chapter verse act bill measure question item items episode season
    sequel part parts level levels round rounds game games hole holes agenda vision horizon covid mark mach mk
    psc hr s.b h.b a.b public-law circular notice bulletin release standard iso model serial track lane platform
    week day days cop win # ufc wwii ps xbox galaxy area pub pub.l p.l nos. eo e.o h.r h.con.res h.res h.j.res
    s.j.res s.con.res s.res u.s.c c.f.r camp fort exit mile marker station bowl class dec page-"""
)
# Only these stay labels where a plural noun follows ("Title 20 schools" is odd, "days 20 people" is not).
_WEAK_LABELS = words(
    """act bill measure order orders count counts unit building local mark part parts week day days item items
    issue game games number numbers area release notice standard question track division table station lot rule
    rules season class forms form stage step steps camp"""
)
_BEFORE_YEAR = words(
    """in since by until till through before after during from of fiscal fy year years late early mid spring summer
    fall autumn winter the election elections circa c. calendar season class"""
)
_TIME_ZONES = words("et est edt ct cst cdt mt mst mdt pt pst pdt gmt utc bst eastern central pacific")
_STREETS = words(
    "street st avenue ave road rd boulevard blvd drive dr lane ln court ct place pl parkway pkwy nw sw ne se highway plaza"
)


def masked_until(text: str, tokens: Tokens, at: int) -> int | None:
    """The token after the masked stretch that begins at `at`, None where the number may be a quantity."""
    token = tokens[at]
    if _is_inside_word(text, token):
        return at + 1
    if token.text[0].isdigit():
        shape = _SHAPE.match(text, token.start)
        if shape is not None and _shape_holds(text, tokens, at, shape):
            return _token_after(tokens, at, shape.end())
        year = _year_until(tokens, at)
        if year is not None:
            return year
    for rule in _RULES:
        until = rule(tokens, at)
        if until is not None:
            return until
    return None


def _is_inside_word(text: str, token: Token) -> bool:
    """Digits that letters, a slash, an at sign or a dot tie to something before them: `H.R.1234`, `v2`, `/2014/`."""
    if token.start == 0:
        return False
    before = text[token.start - 1]
    if before in "/@_#=&\\" or (before == "." and token.start > 1 and not text[token.start - 2].isspace()):
        return True
    return before.isalpha() and token.text[0].isdigit() and not text[token.start - 2 : token.start].lower() == "rs"


def _shape_holds(text: str, tokens: Tokens, at: int, shape: re.Match[str]) -> bool:
    """A shape does not hold where a unit shows it to be a quantity (`2014-15 percent` never occurs, `555-1000 people` does)."""
    before = text[max(0, shape.start() - 1) : shape.start()]
    return before not in "$€£¥" or not before


def _token_after(tokens: Tokens, at: int, end: int) -> int:
    here = at + 1
    while here < len(tokens) and tokens[here].start < end:
        here += 1
    return here


def _lower(tokens: Tokens, at: int) -> str:
    return tokens[at].lower if 0 <= at < len(tokens) else ""


# --- years


def _year_until(tokens: Tokens, at: int) -> int | None:
    if not _YEAR.fullmatch(tokens[at].text) or _has_currency(tokens, at):
        return None
    before, after = _lower(tokens, at - 1), _lower(tokens, at + 1)
    if after in ("%", "percent", "per", "million", "billion", "thousand", "-") and after != "-":
        return None
    if _counts_something(tokens, at, before):
        return None
    return at + 1


def _has_currency(tokens: Tokens, at: int) -> bool:
    return at > 0 and tokens[at - 1].text in "$€£¥₹"


_COMPARING = words("than over about nearly approximately roughly almost around some estimated least exceeding to under")


def _counts_something(tokens: Tokens, at: int, before: str) -> bool:
    """A year-like number is a count where a plural or a measure follows, and nothing before speaks of time."""
    if before in _BEFORE_YEAR or before in MONTHS or before.endswith(("'s", "’s")) or _is_day(tokens, at - 1):
        return False
    following = _next_noun(tokens, at + 1)
    if following is None:
        return False
    value = int(tokens[at].text)
    if before in _COMPARING and before not in ("to", "around"):
        return True
    return value < 1900 or value % 500 == 0 or before in ("of", "all", "these", "those") or value > 2060


def _is_day(tokens: Tokens, at: int) -> bool:
    return _lower(tokens, at) == "," and (_lower(tokens, at - 1).isdigit() or _lower(tokens, at - 1) in MONTHS)


def _next_noun(tokens: Tokens, at: int) -> str | None:
    """The plural within the next words, before the noun phrase ends."""
    for token in tokens[at : at + 4]:
        kind = word_class(token.lower)
        if kind == "plural" or token.lower in ("km", "kg", "mw", "ft", "square", "feet", "hours"):
            return token.lower
        if kind not in ("noun", "adjective", "ing", "either"):
            return None
    return None


# --- dates, times, ages in words, labels, addresses, list numbers


def _day_of_month(tokens: Tokens, at: int) -> int | None:
    """`June 4, 2014`, `June 4-6`, `4 June`, `June 4 and 5`, `Sunday the 4`."""
    text = tokens[at].text
    if not text.isdecimal() or len(text) > 2 or not 1 <= int(text) <= 31:
        return None
    before = tokens[at - 1] if at else None
    if before is not None and before.text == "." and at > 1:
        before = tokens[at - 2]
    if before is not None and before.lower in MONTHS and (before.text[0].isupper()):
        if before.lower in ("may", "march") and at + 1 < len(tokens) and word_class(_lower(tokens, at + 1)) == "plural":
            return None
        return _rest_of_days(tokens, at + 1)
    here = at + 1
    if _lower(tokens, here) == "of":
        here += 1
    if _lower(tokens, here) in MONTHS and tokens[here].text[0].isupper():
        return here + 1
    return None


def _rest_of_days(tokens: Tokens, at: int) -> int:
    """After a day: `-6`, `, 5 and 6`, `through 8`, a year."""
    here = at
    while _lower(tokens, here) in {*DASHES, "and", "through", "to", ",", "&", "or"} and _is_small(tokens, here + 1):
        following = _lower(tokens, here + 2)
        if word_class(following or ".") in ("plural", "noun", "adjective") and following not in MONTHS:
            break
        here += 2
    return here


def _is_small(tokens: Tokens, at: int) -> bool:
    lower = _lower(tokens, at)
    return lower.isdecimal() and len(lower) <= 2 and 1 <= int(lower) <= 31


def _clock_time(tokens: Tokens, at: int) -> int | None:
    after = _lower(tokens, at + 1)
    if after in ("a.m", "p.m", "a.m.", "p.m.", "am", "pm", "o'clock", "o’clock") or after.startswith("o'clock"):
        return at + 2
    return None


def _label(tokens: Tokens, at: int) -> int | None:
    """`Section 5`, `No. 12`, `Phase 2 and 3`."""
    here = at - 1
    if _lower(tokens, here) == "." and here > 0 and tokens[here].end >= tokens[at].start - 1:
        here -= 1
    if here < 0:
        return None
    label = tokens[here]
    if label.lower not in _LABELS:
        return None
    if (
        label.lower in ("count", "counts", "order", "act", "bill", "form", "forms", "mark", "class")
        and not label.text[0].isupper()
    ):
        return None
    if _next_noun(tokens, at + 1) is not None and (label.lower in _WEAK_LABELS or label.text.islower()):
        return None
    until = at + 1
    while (
        _lower(tokens, until) in {*DASHES, "and", ",", "or", "to", "through", "&"}
        and _lower(tokens, until + 1).isdecimal()
    ):
        until += 2
    return until


def _address(tokens: Tokens, at: int) -> int | None:
    """`1600 Pennsylvania Avenue NW`, `P.O. Box 12`, `Washington, DC 20530`."""
    if not tokens[at].text.isdecimal():
        return None
    before = tokens[at - 1] if at else None
    if (
        before is not None
        and len(tokens[at].text) == 5
        and before.text.isupper()
        and len(before.text) == 2
        and before.text.isalpha()
    ):
        return at + 1
    if _lower(tokens, at - 1) == "box":
        return at + 1
    here = at + 1
    while here < min(len(tokens), at + 4) and tokens[here].text[0].isupper():
        if tokens[here].lower in _STREETS and here > at + 1:
            return here + 1
        here += 1
    return None


def _list_number(tokens: Tokens, at: int) -> int | None:
    """`(1)`, `[2]`, `1.` or `1)` at the beginning."""
    if not tokens[at].text.isdecimal() or len(tokens[at].text) > 3:
        return None
    before, after = _lower(tokens, at - 1), _lower(tokens, at + 1)
    if (before, after) in (("(", ")"), ("[", "]")):
        return at + 2
    if at == 0 and after in (".", ")") and len(tokens) > 2:
        return at + 2
    if at == 0 and len(tokens) == 1:
        return at + 1
    return None


_NAME_KINDS = words(
    """initiative program programme network challenge campaign fund partnership project coalition index club list
    commission group committee foundation summit forum act award awards plan agenda movement alliance podcast
    series show movie band"""
)
# Names that begin with a number and look like a count of capitalised things.
_NUMBERED_NAMES = (
    ("resilient", "cities"), ("small", "businesses"), ("black", "women"), ("million", "cups"), ("hour", "fitness"),
    ("eleven",), ("men", "out"), ("direction",), ("mile", "island"), ("nations",), ("flags",), ("pillars", "fund"),
)  # fmt: skip


def _in_name(tokens: Tokens, at: int) -> int | None:
    """`100 Resilient Cities`, `the 10,000 Small Businesses program`, `Vision 2030`."""
    here = at + 1
    if _lower(tokens, here) in ("-", "–") and here + 1 < len(tokens) and tokens[here].start == tokens[at].end:
        here += 1
    for name in _NUMBERED_NAMES:
        if tuple(token.lower for token in tokens[here : here + len(name)]) == name and tokens[here].text[0].isupper():
            return here + len(name)
    while here < len(tokens) and tokens[here].text[0].isupper() and here < at + 7:
        here += 1
    capitals = here - at - 1
    if capitals < 2 or _is_titled(tokens):
        return None
    if (
        tokens[here - 1].lower in _NAME_KINDS
        and not is_plural(tokens[here - 1].lower)
        and is_plural(tokens[here - 2].lower)
    ):
        return here
    if (
        _lower(tokens, here) in _NAME_KINDS
        and is_plural(tokens[here - 1].lower)
        and _lower(tokens, at - 1) in ("the", "a", "its")
    ):
        return here + 1
    return None


def _is_titled(tokens: Tokens) -> bool:
    """A sentence in title case or capitals: there capital letters say nothing."""
    long = [token for token in tokens if len(token.text) > 4 and token.text[0].isalpha()]
    return bool(long) and sum(token.text[0].isupper() for token in long) > 0.7 * len(long)


def _after_name(tokens: Tokens, at: int) -> int | None:
    """`Super Bowl 50`, `Vision 2030`, `Studio 54`: digits right after a capital word, with nothing counted after them."""
    if at == 0 or not tokens[at].text.isdecimal() or len(tokens[at].text) > 4:
        return None
    before = tokens[at - 1]
    if not before.text[0].isupper() or before.lower in STOPS or at - 1 == 0 or before.lower in MONTHS:
        return None
    if before.lower in _WEEKDAYS or _is_titled(tokens) or word_class(before.lower) in ("adverb", "past", "verb"):
        return None
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None or following.lower in ("(", ")", ":", ";", "'", "’", '"', "”"):
        return at + 1
    if following.lower in PREPOSITIONS or word_class(following.lower) == "stop":
        return at + 1
    return None


_IDIOM_AFTER = {
    ("one", "another"), ("one", "of"), ("one", "and"), ("one", "-"), ("one", "day"), ("one", "thing"),
}  # fmt: skip
_PRONOUN_ONE_BEFORE = words(
    """the this that which no any every each another last next right wrong only first second third big little new
    good bad best great better loved dear a some single third-party number"""
)
_TIED_OUT = words(
    """time way on off stop sided party dimensional size self hand handed fold liner piece star person-one third
    quarter way-street half size-fits-all on-one click room and-done"""
)


def _idiom(tokens: Tokens, at: int) -> int | None:
    """`one of the`, `one another`, `the one that`, `one-time`, `number one`, `zero-sum`, `in the first half`."""
    lower = tokens[at].lower
    word, _, tail = lower.partition("-")
    if word == "one":
        return _idiom_one(tokens, at, tail)
    if word == "two" and tail in ("way", "fold", "sided", "time", "thirds-majority", "faced", "tone"):
        return at + 1
    if word in ("zero",) and (
        tail or word_class(_lower(tokens, at + 1) or ".") in ("noun", "adjective", "stop", "mark", "past", "ing")
    ):
        return at + 1
    if word in ("four", "six", "nine", "ten") and tail in ("letter", "pack", "figure-one"):
        return at + 1
    if word == "ten" and _lower(tokens, at + 1) == "commandments":
        return at + 1
    if lower in ("second", "thousandth", "millionth", "billionth"):
        return at + 1
    return None


def _idiom_one(tokens: Tokens, at: int, tail: str) -> int | None:
    if tail:
        return at + 1 if tail in _TIED_OUT or tail.startswith(("size", "on", "of")) else None
    before, after = _lower(tokens, at - 1), _lower(tokens, at + 1)
    if before in _PRONOUN_ONE_BEFORE and not (before == "the" and word_class(after or ".") in ("noun", "adjective")):
        return at + 1
    if after in (
        "of",
        "another",
        "who",
        "that",
        "can",
        "must",
        "should",
        "would",
        "may",
        "might",
        "'s",
        "’s",
        "thing",
        "day",
        "way",
        "reason",
        "time",
    ):
        return at + 1
    if (
        after == ""
        or word_class(after) in ("mark", "stop", "verb", "past")
        and after not in ("in", "out", "or", "to", "and", "%", "per", "(")
    ):
        return at + 1
    return None


_RULES = (_list_number, _day_of_month, _clock_time, _label, _address, _in_name, _after_name, _idiom)
