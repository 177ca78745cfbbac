"""Numbers that are no quantities: dates, years, ordinals, clock times, phone numbers, citations, labels, addresses.

`masked_until` answers for a token at which a number could begin: the token after the masked stretch, or None. Each rule
looks at a few tokens around the number, never at the whole sentence. Names and idioms stand in `idioms`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.extraction.document import Token
from flows.extraction.figures import DASHES
from flows.extraction.idioms import IDIOM_RULES
from flows.extraction.lexicon import word_class, words

Tokens = Sequence[Token]

MONTHS = words(
    """january february march april may june july august september october november december jan feb mar apr jun jul
    aug sep sept oct nov dec"""
)
# Shapes that digits and marks make by themselves, tried where a digit token begins.
_SHAPE = re.compile(
    r"""
      \d{1,4}/\d{1,2}/\d{1,4}\b | \d{1,2}\.\d{1,2}\.\d{4}\b        # 12/31/2015  11.06.2015
    | \d{4}-\d{1,2}-\d{1,2}(?:T[\d:.+Z-]+)?\b                     # 2015-06-11
    | \d{1,2}-\d{1,2}-\d{2}(?:\d{2})?\b                           # 6-11-15
    | (?:\d{1,3}[-.\s])?\(?\d{3}\)?[-.\s]\d{3}[-.]\d{4}\b         # 202-555-0143
    | \d{3}-\d{4}\b(?!\s*(?:percent|%))                           # 555-0143
    | \d{2,4}(?:\s\d{2,4}){2,5}\b                                 # 020 7946 0958
    | \d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?\b                        # 10:30, 2:03:23
    | \d{1,2}(?:\.\d\d)?(?:\s?[ap]\.?\s?m\b\.?|\so['’]clock\b|\s?(?i:noon|midnight)\b)   # 10 a.m.
    | \d{1,2}\s?(?:-|–|to)\s?\d{1,2}\s?[ap]\.?m\b\.?              # 9 to 5 p.m.
    | \d+(?:,\d{3})*(?:st|nd|rd|th|ST|ND|RD|TH)\b                 # 21st
    | (?:\d{4}|[2-9]0)['’]?s\b                                    # 1990s, 40s
    | \d{1,4}\([a-z]\)(?:\(\d+\))?                                # 401(k), 501(c)(3)
    | \d+\.\d+(?:\.\d+)+\b                                        # 3.5.1
    | \d{1,2}[GDX]\b                                              # 5G, 3D
    | (?:1[5-9]|20)\d\d\s?[-–/]\s?(?:(?:1[5-9]|20)\d\d|\d\d)\b(?![,.]?\d|\s?%)   # 2014-15, 2014–2016
    | \d{4}\s(?:GMT|UTC|EDT|EST|ET|BST|CET)\b | 0\d{3}\shours\b     # 0915 GMT
    | 7[0-8]7(?=\sM(?:ax|AX)\b|s\b|-\d)                           # aircraft
    | (?P<both>\d\d)\s(?:[Bb]y|[Uu]nder|[Ff]or)\s(?P=both)\b      # 30 by 30, 40 under 40
    | 0\d{2,4}(?:\s\d{5,7})?\b                                     # 0800 776600
    | \d{4}-\d{3}\b                                               # 2022-002
    | (?:24/7|9/11|50/50|20/20|7/7|1/6)(?!\d)
    | 1-8\d\d-[A-Z\d][A-Z\d-]+                                   # 1-800-FLOWERS
    | (?:911|988|999|112|211|311)(?=\s(?:[Cc]all|[Ss]uicide|[Ll]ifeline|[Hh]otline|[Oo]perat|[Dd]ispatch|[Cc]risis))
    | \d+(?!(?:MPH|KPH|RPM|MWH|KWH|GWH|TWH|PPM|FPS|PSI|BTU|MGD)\b)[A-Z]{3,}\b   # 3GPP
    | (?!(?:1/2|[12]/3|[13]/4|[1-4]/5|[1357]/8)\b)\d{1,2}/\d{1,2}\b  # 8/16
    | \d{3}-[A-Z]{3,}\b                                             # 411-CFPB
    | \d{10,}\b                                                  # 18005550143
    | \d{5}-\d{4}\b                                               # ZIP+4
    | \d{1,2}-(?:cv|cr|mc|md|mj)-\d+                              # dockets
    | \d+-\d+-\d+(?:-\d+)*\b                                      # other codes
    | \d+\s{1,3}(?:U\.?S\.?C\.?|C\.?F\.?R\.?|Fed\.|Stat\.|F\.\d?d?)(?:\s{1,3}§*\s?\d+)?
    """,
    re.VERBOSE,
)


def masked_until(text: str, tokens: Tokens, at: int) -> int | None:
    """The token after the masked stretch that begins at `at`, None where the number may be a quantity."""
    token = tokens[at]
    if _is_inside_word(text, token):
        return at + 1
    if token.text[0].isdigit():
        shape = None if _has_currency(tokens, at) else _SHAPE.match(text, token.start, tokens[-1].end)
        if shape is not None:
            return _token_after(tokens, at, shape.end())
        for rule in _DIGIT_RULES:
            until = rule(tokens, at)
            if until is not None:
                return until
    for rule in (_clock_time, *IDIOM_RULES):
        until = rule(tokens, at)
        if until is not None:
            return until
    return _label(tokens, at)


_DOMAIN = re.compile(r"\.(?:org|com|gov|net|edu|uk)\b")


def _is_inside_word(text: str, token: Token) -> bool:
    """What letters, a slash, an at sign or a dot tie to something before it: `H.R.1234`, `/2014/`, `@100cities`."""
    if _DOMAIN.match(text, token.end):
        return True
    if token.start == 0:
        return False
    before = text[token.start - 1]
    if (
        before in "/@_#=&\\×"
        or (before in "'’‘" and len(token.text) == 2)
        or (before in "–-" and text[token.end : token.end + 1] == before)
    ):
        return True
    if before == ".":
        return token.start > 1 and text[token.start - 2].isalnum() and text[token.start - 3 : token.start] != "Rs."
    return before.isalpha() and token.text[0].isdigit() and text[token.start - 2 : token.start] != "Rs"


def _token_after(tokens: Tokens, at: int, end: int) -> int:
    here = at + 1
    while here < len(tokens) and tokens[here].start < end:
        here += 1
    return here


def _lower(tokens: Tokens, at: int) -> str:
    return tokens[at].lower if 0 <= at < len(tokens) else ""


def _has_currency(tokens: Tokens, at: int) -> bool:
    return at > 0 and tokens[at - 1].text in "$€£¥₹"


# --- years

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d|2100")
_BEFORE_YEAR = words(
    """in since by until till through before after during from fiscal fy year years late early mid spring summer fall
    autumn winter the election elections circa c. calendar season"""
)
_COMPARING = words("than over about nearly approximately roughly almost some estimated least exceeding under up")
_COUNTING = words("of all these those only just another additional")


def _year(tokens: Tokens, at: int) -> int | None:
    if not _YEAR.fullmatch(tokens[at].text) or _has_currency(tokens, at):
        return None
    after = _lower(tokens, at + 1)
    if after in ("%", "percent", "per", "million", "billion", "thousand", "°", "+") or _counts_something(tokens, at):
        return None
    return at + 1


def _counts_something(tokens: Tokens, at: int) -> bool:
    """A year-like number is a count where a plural or a measure follows, and nothing before speaks of time."""
    before = _lower(tokens, at - 1)
    if before in _BEFORE_YEAR or before in MONTHS or before.endswith(("'s", "’s")) or _ends_date(tokens, at - 1):
        return False
    if next_plural(tokens, at + 1) is None:
        return False
    if before not in _COMPARING and tokens[at + 1].text[0].isupper():
        return False  # "these 2020 Census data products"
    value = int(tokens[at].text)
    return before in _COMPARING or before in _COUNTING or value < 1900 or value > 2060 or value % 500 == 0


def _ends_date(tokens: Tokens, at: int) -> bool:
    """`June 4, 2014`, `June, 2014`."""
    return _lower(tokens, at) == "," and (_is_day(tokens, at - 1) or _lower(tokens, at - 1) in MONTHS)


def _is_day(tokens: Tokens, at: int) -> bool:
    lower = _lower(tokens, at)
    return lower.isdecimal() and len(lower) <= 2 and 1 <= int(lower) <= 31


_MEASURE_AFTER = words(
    "km kg mw ft lb lbs mph kph m cm mm square sq feet foot mile acre hour calorie kwh mwh gwh gw kw"
)


def next_plural(tokens: Tokens, at: int) -> str | None:
    """The plural or measure within the next words, before the noun phrase ends."""
    for token in tokens[at : at + 4]:
        kind = word_class(token.lower)
        if kind == "plural" or token.lower in _MEASURE_AFTER:
            return token.lower
        if kind not in ("noun", "adjective", "ing", "either"):
            return None
    return None


# --- dates and times


def _day_of_month(tokens: Tokens, at: int) -> int | None:
    """`June 4, 2014`, `June 4-6`, `4 June`, `June 4 and 5`."""
    if not _is_day(tokens, at):
        return None
    month = at - 2 if _lower(tokens, at - 1) == "." else at - 1
    if month >= 0 and tokens[month].lower in MONTHS and tokens[month].text[0].isupper():
        if tokens[month].lower in ("may", "march") and next_plural(tokens, at + 1) is not None:
            return None
        return _rest_of_days(tokens, at + 1)
    month = _rest_of_days(tokens, at + 1)
    month += _lower(tokens, month) == "of"
    if _lower(tokens, month) in MONTHS and tokens[month].text[0].isupper():
        return month + 1
    return None


_MOST_DAYS = 24  # tokens: a longer list of days is none


def _rest_of_days(tokens: Tokens, at: int) -> int:
    """After a day: `-6`, `and 5`, `through 8`; the year is masked by itself."""
    here = at
    while here < at + _MOST_DAYS and _lower(tokens, here) in {*DASHES, "and", "through", "to", ",", "&", "or"}:
        here += _lower(tokens, here) == "," and _lower(tokens, here + 1) == "and"
        if not _is_day(tokens, here + 1):
            break
        joined = _lower(tokens, here) in DASHES
        if (next_plural(tokens, here + 2) is not None and not joined) or _lower(tokens, here + 2) in (
            "percent",
            "%",
            "million",
        ):
            break
        here += 2
    return here


def _clock_time(tokens: Tokens, at: int) -> int | None:
    if _lower(tokens, at + 1) in ("a.m", "p.m", "a.m.", "p.m.", "am", "pm", "o'clock", "o’clock"):
        return at + 2
    return None


# --- labels, addresses, list numbers

# A number after one of these names a thing and counts nothing: "Section 5", "Title 18", "phase 2", "Route 66".
_LABELS = words(
    """res unscr unscrs infcirc dial dialing press pressing region district section sections sec secs § §§ title
    titles law pillar pillars sdg article articles rule rules chapter chapters form forms schedule table tables
    figure figures fig figs exhibit appendix annex page pages pp paragraph paragraphs para clause clauses no nos
    number numbers docket order orders proclamation resolution amendment proposition prop directive regulation
    route highway interstate flight room suite ste apt unit building gate terminal pier ward precinct division
    phase phases tier stage step steps grade grades category type zone volume vol issue version windows iphone
    ios android channel apollo formula boeing airbus catch fortune s&p nasdaq ftse russell nikkei cac topix
    stoxx asx local lot count counts psalm verse act bill measure question item items episode season part parts
    level levels round rounds game hole agenda vision covid mk psc circular notice bulletin release standard iso
    model serial track lane platform publication week day days cop # ufc ps xbox galaxy area pub p.l eo e.o e.o. h.r
    h.r. s.b h.b h.con.res h.res h.j.res s.j.res s.res file camp exit marker station bowl class box no. zip code
    line op appendices recommendation principle"""
)
# These stay labels only in capitals, or where no plural noun follows.
_CAPITAL_LABELS = words(
    """law pillar pillars act bill measure order orders count counts unit building local mark part parts item items
    form forms class district region question notice release standard area file code line station camp division track
    issue table tables game season numbers principle recommendation rule rules schedule figure figures local lot
    exit model box"""
)


def _label(tokens: Tokens, at: int) -> int | None:
    """`Section 5`, `No. 12`, `Phase 2 and 3`, `Phase two`."""
    here = at - 1
    if _lower(tokens, here) in (".", ":", ")") and here > 0:
        here -= 1
    if here < 0 or tokens[here].lower not in _LABELS:
        return None
    if tokens[here].lower in _CAPITAL_LABELS and not tokens[here].text[0].isupper():
        return None
    is_brand = tokens[here].lower in ("iphone", "ios", "ipad")
    is_weak = tokens[here].lower in _CAPITAL_LABELS or not (is_brand or tokens[here].text[0].isupper())
    if is_weak and next_plural(tokens, at + 1) is not None:
        return None
    until = at + 1
    while (
        _lower(tokens, until) in {*DASHES, "and", ",", "or", "to", "through", "&"}
        and _lower(tokens, until + 1).isdecimal()
    ):
        if next_plural(tokens, until + 2) is not None:
            break
        until += 2
    return until


_STREETS = words(
    """street st avenue ave road rd boulevard blvd drive dr lane ln court ct place pl parkway pkwy nw sw ne se highway
    plaza"""
)


def _address(tokens: Tokens, at: int) -> int | None:
    """`1600 Pennsylvania Avenue NW`, `Washington, DC 20530`."""
    text = tokens[at].text
    if not text.isdecimal():
        return None
    before = tokens[at - 1].text if at else ""
    if len(text) == 5 and before.isupper() and len(before.replace(".", "")) == 2 and before.replace(".", "").isalpha():
        return at + 1
    for here in range(at + 1, min(len(tokens), at + 5)):
        if not tokens[here].text[0].isupper() and tokens[here].text not in ".’'":
            return None
        if tokens[here].lower in _STREETS and here > at + 1:
            return here + 1
    return None


def _list_number(tokens: Tokens, at: int) -> int | None:
    """`(1)`, `[2]`, and `1.`, `1)` or a lone `1` at the beginning."""
    if not tokens[at].text.isdecimal() or len(tokens[at].text) > 3:
        return None
    before, after = _lower(tokens, at - 1), _lower(tokens, at + 1)
    if (before, after) in (("(", ")"), ("[", "]")):
        return at + 2
    if (at == 0 and after in (".", ")")) or (after == ")" and not _is_open(tokens, at)):
        return at + 2
    if at == 0 and (after == "" or (word_class(after) in ("stop", "verb", "ing") and tokens[at + 1].text[0].isupper())):
        return at + 1
    return None


def _is_open(tokens: Tokens, at: int) -> bool:
    """Whether a bracket stands open before the number: `(up to 20)`."""
    return any(token.text in "([" for token in tokens[max(0, at - 40) : at])


_DIGIT_RULES = (_list_number, _day_of_month, _year, _address)
