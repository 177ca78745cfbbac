"""Capitalised names in running text: the runs of words that proper names are made of, and the initiatives among them.

A run is a stretch of capitalised words with the small words that tie them (`of`, `for`, `and the`). An initiative's
name is the part of a run around a head such as `Initiative`, `Challenge` or `Act`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from flows.extraction.lexicon import words

# U.S., U.S.-Africa | TechHire, Biden-Harris | 21st Century
_WORD = (
    r"(?:(?:[A-Z]\.){2,}(?:[-–][A-Z]\w+)*"
    r"|[A-Z][\w’'&\u2060\u2011+]*(?:-[\w\u2060\u2011’']+)*(?:\.(?=[A-Z][a-z]))?"
    r"|\d{1,4}(?:st|nd|rd|th)?(?= [A-Z]))"
)
_LINK = r"(?:of|for|to|on|and|or|in|with|an?|at|by|against|from|&|the|into|our|–)"
_SHORT = r"(?:\([A-Z][\w&-]{1,9}\)[ \u00a0]+)?"  # Drug-Free Harbors (DFH) Support Program
# Bounded, so that a text in capitals throughout is read in pieces.
_RUN = re.compile(rf"(?<![\w’'.@/-]){_WORD}(?:[ \u00a0/]+{_SHORT}(?:{_LINK}[ \u00a0]+){{0,3}}{_WORD}){{0,40}}")
_PART = re.compile(r"[^ \u00a0]+")

# Heads that make a capitalised phrase an initiative.
STRONG_HEADS = words(
    """Initiative Initiatives Challenge Challenges Program Programme Compact Act Acts Law Pledge Plan Partnership
    Campaign Fund Agenda Movement Promise Accord Accords Strategy Framework Blueprint Roadmap Project Corps Sprint
    Accelerator Moonshot Mission Deal Declaration Grant Grants Week Champions Forum Standards Review Alert
    Convening Process Protocol Boost Treaty Reform Forgiveness Bill Coalition Commitment Collaborative Pilot Goals
    Pact Prize Scholarship Fellowship AmeriCorps Taskforce Effort Guarantee Credit Credits Vouchers Funds Tour"""
)
# Heads of bodies and works, which are initiatives only where somebody launches, founds or joins them.
WEAK_HEADS = words(
    """Network Alliance Council Committee Consortium Academy Center Centers Institute Institutes Hub Hubs Toolkit
    Playbook Commission Force Programs Summit Zone Zones Lab Registry Portal Day Month Dialogue Agreement Bank
    Report Guide"""
)
# Heads in lower case after a capitalised name, and whether the head belongs to the name.
LOWER_HEADS = dict.fromkeys(
    words("program programme agenda challenge pledge plan partnership law fund compact coalition framework"), True
) | dict.fromkeys(
    words("initiative initiatives effort efforts campaign movement programs grant grants projects award awards"), False
)
# Heads that a lower-case `program` belongs to: "Child Care Block Grant program".
_OPEN_HEADS = words("Grant Grants Credit Scholarship Fellowship Fund")
# After these a single ordinary word is no name: "a Mega grant", but "TIGER grants".
_LOOSE_HEADS = words("effort efforts grant grants projects programs initiatives award awards")
_HEADS = STRONG_HEADS | WEAK_HEADS
_BEFORE_HEAD = frozenset(' ”"*')
_HEAD_IN_RUN = re.compile(rf"\b(?:{'|'.join(sorted(STRONG_HEADS | WEAK_HEADS))})\b")
_LOWER_HEAD_AFTER = re.compile(
    rf"[”\"*]{{0,3}} (?:grant )?({'|'.join(sorted(LOWER_HEADS))})\b"
    r"(?!-| (?:enforcement|schools?|firms?|professors?|makers?)\b)"
)
# (PDI)  (“FAST Act”)  (the Act is too short to be an abbreviation)
_BRACKET = re.compile(
    r"[”\"]?[ *]{0,4}\((?:the |or |“|\")*"
    r"([A-Z][\w&/+-]{1,11}(?: (?:Act|Program|Initiative|Plan|Fund))?|[A-Z][A-Z &]{2,14})[”\"]?\)\**"
)
# "the Broadband Equity, Access, and" before the run that ends the name.
_SERIES = re.compile(
    r"(?:[Tt]he|[’']s) [*]*((?:[A-Z][\w-]+(?: (?:(?:of|for|with|in|to) )?[A-Z][\w-]+){0,6}, )+(?:and|or|&) )\Z"
)
_LONGEST_SERIES = 120  # characters
# "Strategy to Advance Equity" goes on ", Justice, and Opportunity".
_EXTENDED = re.compile(r" (?:to [A-Z]\w+|on) [A-Z][\w’-]*(?: [A-Z][\w’-]*)?$")
_SERIES_AFTER = re.compile(
    r"(?:, [A-Z][\w’-]+(?: [A-Z][\w’-]+)?){1,4},? and [A-Z][\w’-]+(?: [A-Z][\w’-]+)?(?= [a-z(]|[,;.:*])"
)
_YEAR_AFTER = re.compile(r" of (?:19|20)\d\d\b")
# "a part of All Aboard: The Federal Plan": a title of two parts, within a sentence.
# A quoted motto belongs to the name as well: "“Time to Sail” Harbor Tour".
_TITLE_BEFORE = re.compile(
    r"\b[a-z]+ [“]?([A-Z][\w’-]*(?: [A-Z][\w’-]*){0,3}: (?:The |A |An )?)\Z|(“[A-Z][\w’,!? -]{3,40}” )\Z"
)
_HEAD_EXTENSION = frozenset({"of", "for", "to", "on", "against"})

# Words at the front of a run that belong to the sentence and not to the name.
_LEADING = words(
    """the a an this that these those our its their his her my new through under as in at by with for from during
    since and but when while after before today tomorrow yesterday also additionally finally further across among
    both each if to of on more over all some many other including president vice secretary attorney general
    congress january february march april may june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday fourth annual former u.s. us biden-harris biden obama democrats
    republicans million billion because thanks although however specifically similarly here there where who what how
    senator senators representative mr ms mrs dr governor mayor americans administration thus together included"""
)
_GERUNDS = words(
    """launching announcing establishing creating building expanding supporting implementing advancing funding using
    leveraging joining strengthening releasing developing signing passing reauthorizing opening awarding issuing
    hosting convening publishing updating improving increasing providing continuing announces establishes launches
    expands releases signs hosts issues awards creates unveils takes secures expand develop deploy establish create
    strengthen provide increase"""
)
# Modifiers that name nothing: a head with these alone is no initiative.
_GENERIC = words(
    """federal national state local action new american u.s. us white house strategic annual public grant grants
    pilot program final proposed executive presidential biden-harris biden obama administration united states
    joint interagency international global general community communities review budget order senate congressional
    first special regional nation work"""
)
# Initials of bodies: `HUD programs` and `ASEAN efforts` name no programme.
AGENCY_INITIALS = words(
    """DOJ FBI HUD EPA DOT DOL DOE DOD DOI VA HHS FCC FTC USDA FEMA NOAA DHS FDA CDC NIH NASA USAID SBA OMB OPM GSA
    NSF NEH NEA EXIM DFC IRS SEC CFPB CMS HRSA SAMHSA ONDCP OSTP NSC DEA ATF USMS BOP TSA CBP ICE EU UN NATO ASEAN
    G7 G20 WHO IMF IAEA OSHA EDA NIST NTIA STLT LGBTQ LGBTQI AI EV US U.S. UK PRC OJP COPS OCC FDIC NCUA"""
)
# Standing payers of benefits: `Medicare patients` and `the Medicare program` are where people are insured.
_PAYERS = words("Medicare Medicaid TRICARE Tricare")
_OFFICE_TITLES = words("Chief Director Administrator Secretary Chair Coordinator Head Commissioner Counsel Officer")
# Single-word owners that are part of a name; owners of more words are kept where they begin with a verb or with `My`.
_OWNERS = words(
    """mayor mayors women children veteran veterans people peoples governor governors america student students
    patient patients worker workers girl girls boy boys nation world teacher teachers parent parents victim
    victims consumer consumers youth father fathers mother mothers king queen farmer farmers family"""
)
_POSSESSIVE_END = re.compile(r"(?:[’']s|(?<=s)[’'])$")
_OFFICES = words("Office Bureau Department Departments Division Agency Center Council Administration Commission")
_COINED = re.compile(r"[A-Z][a-z]+[A-Z][A-Za-z]+")
_BODIES = words("Foundation Service Corporation Authority Board Company Association University")
_OFFICE_IN_RUN = re.compile(rf"\b(?:{'|'.join(sorted(_OFFICES))})\b")
# "Department of Labor" and the like, whose names end where another name may begin.
_DEPARTMENT = re.compile(
    r"(?:The )?(?:U\.S\. )?Department of (?:the )?(?:Labor|Commerce|Justice|Energy|Education|Transportation|Treasury|"
    r"State|Defense|Agriculture|Interior|Homeland Security|Veterans Affairs|Health and Human Services|"
    r"Housing and Urban Development)(?:[’']s)? "
)
_LOST_POSSESSIVES = words("Generals Presidents Departments Administrations Secretarys Governments Obamas")
_INITIAL = re.compile(r"\b[A-Z]\. \Z")
_DETERMINER = re.compile(r"(?:\b(?:[Tt]he|[Ii]ts|our|his|their)|[a-z][’']s) [“\"]?\Z")
_LAW_WORDS = words("Act Acts Law")
_ORDINALS = words("last next first second third earlier later")
_CALENDAR = words(
    """January February March April May June July August September October November December Monday Tuesday Wednesday
    Thursday Friday Saturday Sunday Week Month Year"""
)


_LONGEST_NAME = 10  # words


class Word(NamedTuple):
    """A word of a run at its place in the text."""

    start: int
    end: int
    text: str

    @property
    def is_capital(self) -> bool:
        """Whether it can be part of a name by itself (small linking words cannot)."""
        return self.text[0].isupper() or self.text[0].isdigit()


class Name(NamedTuple):
    """An initiative as the text names it at one place, with the abbreviation that it introduces, if any.

    `end` is the end of the name itself, `after` of all that belongs to the mention (bracket and lower-case head).
    """

    start: int
    end: int
    after: int
    text: str
    abbreviation: str | None = None
    is_weak: bool = False


class _Cut(NamedTuple):
    words: list[Word]
    is_weak: bool


def initiative_names(text: str) -> Iterator[Name]:
    """Every full naming of an initiative, by its shape alone."""
    for run in _RUN.finditer(text):
        if not _may_name(text, run):
            continue
        parts = [Word(run.start() + m.start(), run.start() + m.end(), m.group()) for m in _PART.finditer(run.group())]
        for stretch, inner in _stretches(parts):
            determined = bool(_DETERMINER.search(text[max(0, run.start() - 8) : run.start()]))
            for piece in _pieces(stretch, determined and stretch[0] is parts[0]):
                name = _name_of(text, piece, is_last=piece[-1] is stretch[-1])
                if name:
                    yield _whole(text, _with_inner(name, inner), opens=name.start == parts[0].start)


def _stretches(parts: list[Word]) -> Iterator[tuple[list[Word], Word | None]]:
    """A run without the abbreviations in brackets: parted where one ends a name, whole where the name goes on."""
    stretch: list[Word] = []
    inner: Word | None = None
    for index, word in enumerate(parts):
        if word.text[0] != "(":
            stretch.append(word)
        elif _goes_on_after(stretch, word, parts[index + 1 :]):
            inner = word
        else:
            yield _trim_links(stretch), inner
            stretch, inner = [], None
    yield _trim_links(stretch), inner


def _goes_on_after(before: list[Word], bracket: Word, rest: list[Word]) -> bool:
    """Whether a name goes on after a bracket (`Body-Worn Camera (BWC) Program`), and no finished one or body stands
    before it (`Capital Projects Fund (CPF) Congress`, `Department of Labor (DOL) Programs`)."""
    if not before or _has_head(before[-1:]):
        return False
    return _has_head(rest) and not any(word.text in _OFFICES | WEAK_HEADS | _BODIES for word in before)


def _with_inner(name: Name, inner: Word | None) -> Name:
    """The name with the short form that a bracket inside of it gives: `BWC Program`."""
    if inner is None or name.abbreviation or not name.start < inner.start < name.end:
        return name
    return name._replace(abbreviation=f"{inner.text[1:-1]} {name.text[len(name.text) - (name.end - inner.end) + 1 :]}")


def _may_name(text: str, run: re.Match[str]) -> bool:
    """Whether a run has a head in it or after it; asked of every run, so the common answer comes fast."""
    words = run.group()
    if _HEADS.isdisjoint(words.split()) and "’" not in words and "/" not in words:
        end = run.end()
        follows = text[end : end + 2]
        if follows[:1] not in _BEFORE_HEAD or not (follows[1:].islower() or follows[1:] in '(“"*”'):
            return False
        if not (_BRACKET.match(text, end) or _LOWER_HEAD_AFTER.match(text, end)):
            return False
    before = text[max(0, run.start() - 4) : run.start()]
    return not (before.endswith(". ") and _INITIAL.search(before))  # "Andrew F. Grant of the agency"


def _whole(text: str, name: Name, opens: bool) -> Name:
    """The name with what belongs to it from before the run that it opens, or from before a `The` in the run."""
    if year := _YEAR_AFTER.match(text, name.end) if name.text.endswith(" Act") else None:
        name = name._replace(end=year.end(), after=max(name.after, year.end()), text=name.text + year.group())
    if tail := _SERIES_AFTER.match(text, name.end) if _EXTENDED.search(name.text) else None:
        name = name._replace(end=tail.end(), after=tail.end(), text=name.text + tail.group())
    named = _with_series(text, name) if opens else name
    title = _TITLE_BEFORE.search(text[max(0, name.start - 60) : name.start]) if named is name else None
    if not title:
        return named
    start = name.start - len(title.group(title.lastindex or 0))
    return name._replace(start=start, text=text[start : name.start] + name.text)


def _with_series(text: str, name: Name) -> Name:
    """The name with the list that it ends: `the Broadband Equity, Access, and Deployment program`."""
    before = _SERIES.search(text[max(0, name.start - _LONGEST_SERIES) : name.start])
    if not before or _HEAD_IN_RUN.search(before.group(1)) or _OFFICE_IN_RUN.search(before.group(1)):
        return name
    start = name.start - len(before.group(1))
    return name._replace(start=start, text=f"{' '.join(before.group(1).split())} {name.text}")


def _pieces(parts: list[Word], determined: bool) -> Iterator[list[Word]]:
    """Parts a run where one name ends and the next begins: at `the` and at `and` between two finished names.

    After `the` and one capitalised word a second `the` can only be the name's own: `the Bay the Beautiful Challenge`.
    """
    piece: list[Word] = []
    for index, word in enumerate(parts):
        if determined and index == 1 and word.text == "the":
            piece.append(word)
        elif _parts_names(piece, word, parts[index + 1 :]):
            if piece:
                yield _trim_links(piece)
            piece = []
        else:
            piece.append(word)
    if piece:
        yield _trim_links(piece)


def _parts_names(piece: list[Word], word: Word, rest: list[Word]) -> bool:
    if word.text == "to" and piece and _has_head(rest) and _has_head(piece) and not _has_head(piece[-1:]):
        return True
    if word.text == "the":
        return not _goes_on(piece)
    if word.text in {"and", "&"} and piece:
        parts_here = bool(rest) and rest[0].text in {"a", "an"}
        return parts_here or (piece[-1].text in STRONG_HEADS and (_has_head(rest) or not rest) and len(piece) > 1)
    return word.text in {"at", "by", "with", "from", "into"} and _has_head(piece)


def _goes_on(piece: list[Word]) -> bool:
    """Whether `the` belongs to a name's extension: `Strategy to Address the Root Causes`, `Support for the Poorest`."""
    if len(piece) == 1 and piece[0].text.endswith("ing"):  # "Opening the Harbors to All Program"
        return True
    heads = [index for index, part in enumerate(piece) if part.text in _HEADS]
    if not heads or len(piece) < 2:
        return False
    extension = [part.text for part in piece[heads[0] + 1 :]]
    return piece[-1].text in {"for", "of", "on"} or extension[:1] == ["to"]


def _has_head(parts: list[Word]) -> bool:
    return any(word.text in STRONG_HEADS or word.text in WEAK_HEADS for word in parts)


def _trim_links(parts: list[Word]) -> list[Word]:
    first, last = 0, len(parts)
    while last > first and not parts[last - 1].is_capital:
        last -= 1
    while first < last and not parts[first].is_capital:
        first += 1
    return parts[first:last] or parts[:1]


def _name_of(text: str, parts: list[Word], is_last: bool) -> Name | None:
    named_outright = bool(_DETERMINER.search(text[max(0, parts[0].start - 8) : parts[0].start]))
    whole, parts = parts, _without_leading(_without_department(parts), named_outright)
    if not parts or not parts[0].is_capital:
        return None
    if is_last and len(parts) < len(whole) and _abbreviates(text, whole[-len(parts) - 1], parts):
        parts = whole[-len(parts) - 1 :]
    cut = _cut_at_head(parts)
    tail = text[parts[-1].end : parts[-1].end + 40] if is_last else ""
    bracket = _BRACKET.match(tail)
    after = parts[-1].end + (bracket.end() if bracket else 0)
    lower = _LOWER_HEAD_AFTER.match(text, after) if is_last else None
    if lower and cut and parts[-1].text in _OPEN_HEADS and lower.group(1) == "program":
        return _with_lower_head(parts, bracket, lower)
    if cut and (len(cut.words) == len(parts) or not lower):
        return _finish(cut, bracket if len(cut.words) == len(parts) else None)
    if lower and _COINED.fullmatch(parts[-1].text) and any(part.text in _OFFICES for part in parts):
        parts = parts[-1:]  # "Department of Ports FerryBuild program"
    if lower and _can_name(parts, lower.group(1)):
        return _with_lower_head(parts, bracket, lower)
    return None


def _abbreviates(text: str, owner: Word, parts: list[Word]) -> bool:
    """Whether the abbreviation after it counts the owner too: `President’s Emergency Plan for AIDS Relief (PEPFAR)`."""
    bracket = _BRACKET.match(text, parts[-1].end, parts[-1].end + 40)
    if not bracket or not owner.is_capital:
        return False
    short = bracket.group(1)
    return (
        len(short) > 2 and short[0] == owner.text[0] and short[1] == parts[0].text[0] and short[0] != parts[0].text[0]
    )


def _can_name(parts: list[Word], head: str) -> bool:
    """Whether the words before a lower-case head name something (`TechHire`), and not whose or which kind it is."""
    if len(parts) > _LONGEST_NAME or _all_generic(parts) or _is_owner(parts[-1].text):
        return False
    if any(part.text in _OFFICES or part.text in _OFFICE_TITLES for part in parts):  # "Department of Justice grants"
        return False
    if re.search(r"-[a-z]+$", parts[-1].text):  # "HUD-assisted programs"
        return False
    if len(parts) > 1:
        return True
    alone = parts[0].text
    return alone not in AGENCY_INITIALS | _PAYERS and (head not in _LOOSE_HEADS or not alone[1:].islower())


def _finish(cut: _Cut, bracket: re.Match[str] | None) -> Name:
    parts, weak = cut.words, cut.is_weak
    start, end = parts[0].start, parts[-1].end
    abbreviation = _fitting(bracket, parts) if bracket else None
    return Name(start, end, end + (bracket.end() if bracket else 0), _clean(parts), abbreviation, weak)


def _with_lower_head(parts: list[Word], bracket: re.Match[str] | None, lower: re.Match[str]) -> Name:
    start, end = parts[0].start, parts[-1].end
    head = lower.group(1)
    name = _clean(parts)
    abbreviation = _fitting(bracket, parts) if bracket else None
    if LOWER_HEADS[head]:
        name = f"{name} {head}"
    return Name(start, end, lower.end(), name, abbreviation)


def _clean(parts: list[Word]) -> str:
    name = " ".join(word.text for word in parts)
    return re.sub(r"[’']s$", "", name).replace("\u2060", "").strip('“”"*’')


def _fitting(bracket: re.Match[str], parts: list[Word]) -> str | None:
    """The abbreviation in brackets, if its first letter is the first of a word of the name."""
    short = bracket.group(1).strip()
    initials = {part[0].upper() for word in parts for part in re.split(r"[-/]", word.text) if part}
    return short if short[0].upper() in initials and len(short) > 1 else None


def _without_leading(parts: list[Word], named_outright: bool) -> list[Word]:
    """The words without the sentence's own words, numbers and owners (`President Biden’s`) at their front.

    After an article (`the Joining Forces initiative`) a gerund is the name's own.
    """
    first = 0
    for index, word in enumerate(parts):
        if _is_owner(word.text) and index + 1 < len(parts) and not _keeps_owner(parts[first : index + 1]):
            first = index + 1
        elif index == first and _is_leading(parts, index) and not _owns_next(parts, index):
            is_owned = index > 0 and _is_owner(parts[index - 1].text)  # "the agency's Building Better Ports Program"
            is_verb = word.text.endswith("ing") or word.text.casefold() in _GERUNDS
            if is_verb and (is_owned or (named_outright and index == 0)):
                break
            first = index + 1
    return parts[first:]


def _without_department(parts: list[Word]) -> list[Word]:
    """The words after whose it is: `Department of Labor YouthBuild`."""
    owner = _DEPARTMENT.match(" ".join(word.text for word in parts))
    return parts[len(owner.group().split()) :] if owner else parts


@lru_cache(maxsize=1 << 14)
def _is_owner(word: str) -> bool:
    """A possessive, also one whose apostrophe was lost (`VAs`, `Attorney Generals`)."""
    return bool(_POSSESSIVE_END.search(word)) or word in _LOST_POSSESSIVES or bool(re.fullmatch(r"[A-Z]{2,5}s", word))


def _is_leading(parts: list[Word], index: int) -> bool:
    word = parts[index]
    plain = word.text.casefold().replace("’", "'").replace("\u2060", "")
    if plain in _ORDINALS:  # "Last March", but "Second Chance Act"
        return index + 1 < len(parts) and parts[index + 1].text in _CALENDAR
    following = parts[index + 1].text if index + 1 < len(parts) else ""
    if plain == "americans" and following == "with":
        return False
    if plain in {"fiscal", "fy"} or following == "the":  # "Fiscal Year 2016", "Opening the Harbor Fund"
        return following == "Year" or plain == "fy" or plain.endswith("ing") or plain in _LEADING
    if plain == "year":
        return index > 0 and parts[index - 1].text == "Fiscal"
    if word.text.isupper() and len(word.text) > 2 and word.text.isalpha() and following and not following.isupper():
        return False  # "ALL INside"
    return not word.is_capital or plain in _LEADING or plain in _GERUNDS or plain.isdigit()


def _owns_next(parts: list[Word], index: int) -> bool:
    """Whether the word opens an owner of two words (`My Brother’s Keeper`, `New America’s Partnership`)."""
    opens = parts[index].text in {"My", "Our", "Your", "New"}
    return opens and index + 1 < len(parts) and bool(_POSSESSIVE_END.search(parts[index + 1].text))


def _keeps_owner(owner: list[Word]) -> bool:
    opening = owner[0].text
    if len(owner) > 1:
        return opening in {"My", "Our", "Your", "Every"} or opening.endswith("ing")
    return _POSSESSIVE_END.sub("", opening).casefold() in _OWNERS


def _cut_at_head(parts: list[Word]) -> _Cut | None:
    """The words through the last head and its extension (`Challenge to End Veteran Homelessness`), if they name."""
    for at in range(len(parts) - 1, -1, -1):
        head = parts[at].text.rstrip("’'s") if parts[at].text.endswith(("’s", "'s")) else parts[at].text
        if head not in STRONG_HEADS and head not in WEAK_HEADS:
            continue
        end = _extension_end(parts, at)
        if end is None or not _is_naming(parts, at, end):
            continue
        return _Cut(parts[:end], head in WEAK_HEADS and not _calls_to_action(parts[at:end]))
    return None


def _calls_to_action(parts: list[Word]) -> bool:
    """`Month of Action`, `Day of Service`: a day that is itself the initiative, unlike `Labor Day`."""
    return len(parts) > 2 and parts[2].text in {"Action", "Service"}


def _extension_end(parts: list[Word], at: int) -> int | None:
    """Where the name ends whose head is at `at`; None where the head only modifies what follows (`Law Enforcement`)."""
    if at + 1 == len(parts):
        return at + 1
    following = parts[at + 1]
    if following.is_capital:
        return None
    if following.text not in _HEAD_EXTENSION or at + 2 == len(parts):
        return at + 1
    if parts[at].text in _LAW_WORDS and following.text != "of":
        return at + 1
    calendar = next((i for i in range(at + 2, len(parts)) if parts[i].text in _CALENDAR), len(parts))
    end = calendar - (calendar < len(parts))
    return end if end > at + 2 else at + 1


def _is_naming(parts: list[Word], at: int, end: int) -> bool:
    modifiers = [word for word in parts[:at] if word.is_capital]
    if (at > 0 and not parts[at - 1].is_capital) or parts[0].text in _OFFICES | _OFFICE_TITLES:
        return False
    if any(word.text in {"Committee", "Subcommittee", "Caucus"} for word in parts[:at]):
        return False
    if at > 0 and parts[at].text == "Corps" and parts[at - 1].text in {"Army", "Marine"}:
        return False
    if end == at + 1:
        return bool(modifiers) and not _all_generic(modifiers)
    return bool(modifiers) or parts[at].text in STRONG_HEADS


def _all_generic(parts: list[Word]) -> bool:
    return all(word.text.casefold().replace("\u2060", "") in _GENERIC or not word.is_capital for word in parts)
