"""Where a release names initiatives or points back to them: full names, short forms, `the forum`, `this initiative`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from flows.extraction.document import Document
from flows.extraction.headings import Headings
from flows.extraction.lexicon import opening, words
from flows.extraction.names import AGENCY_INITIALS, STRONG_HEADS, Name, initiative_names

MentionKind = Literal["name", "short", "anaphor"]

_LAW_HEADS = words("act acts law bill")
_OF_YEAR = re.compile(r" of \d{4}$")
_FUNDING_LAWS = re.compile(r"(?:American Rescue Plan|Recovery Act)\b", re.IGNORECASE)

# What makes a body or a work an initiative: somebody launches, founds, funds or joins it.
_FOUNDING = re.compile(
    r"\b(?:launch\w*|found(?:ed|ing)|establish\w*|creat\w+|form(?:ed|ing)|join(?:ed|ing)?|stand(?:ing|s)? up|stood up|"
    r"unveil\w*|announc\w+|kick\w*[- ]?off (?:of|for)|set of|one of|fund(?:ed|ing)|a partnership .{0,60}\bfor) "
    r"(?:(?:an?|the|its|their|his|our|first|new|first-ever|landmark|national|nationwide|of|for|up|launch|creation|"
    r"establishment|\w+een|two|three|four|five|six|seven|eight|nine|ten|\d+) )*[“\"]*\Z"
)
# "The X Network now counts more than 20 partnerships"
_GROWING = re.compile(
    r"(?: \([^()]{2,12}\))?[”\"]* "
    r"(?:now (?:counts|has|includes|spans|numbers)|has (?:now )?grown|launched (?:in|on|last|at|by)) "
)
# "the Harbor Power Alliance (HPA), a public-private partnership"
_IS_JOINT_WORK = re.compile(
    r" ?,? (?:which is |is )?an? (?:[\w-]+ ){0,4}?"
    r"(?:partnership|initiative|program|network|coalition|campaign|collaboration)\b"
)
# "an Electric Vehicle Charging Apprenticeship program" names a kind, no programme.
_INDEFINITE = re.compile(
    r"(?:\b(?:an?|its|their|our|new|ever|other|these|such|several|many|some|more|\d+)|\)) [“\"]*\Z"
)
_DETERMINED = re.compile(r"(?:\b(?:an?|the|its|their|our|his|her|this|that)|[’']s?) [“\"*]*\Z", re.IGNORECASE)
# "grants to 39 projects under TIGER"
_UNDER = re.compile(r" under ([A-Z]{4,9})\b(?! [A-Z])")
_FUNDED = re.compile(r"\b(?:projects?|grants?|awards?|cities|communities|funds?|funded)\Z")
_CAPITALS = r"[A-Z][\w’'-]*"
_LAUNCHING = re.compile(
    rf"(?:{opening('launch')}(?:ing|ed|es)?|{opening('announc')}(?:ed|ing)|{opening('unveil')}(?:ed|ing)|"
    rf"{opening('kick')}(?:ed|ing) off|{opening('creat')}(?:ed|ing)|{opening('stood')} up) "
    r"(?:the )?(?=[“\"A-Z])"
)
# "launching Online For All, a digital equity campaign"
_APPOSED = re.compile(
    rf"[“\"]*({_CAPITALS}(?: (?:of |for |the |in |to )?{_CAPITALS}){{0,5}})[”\"]* *, *"
    r"(?:an?|the|its|our) (?:[\w’-]+ ){0,5}"
    r"(?:initiative|program|campaign|challenge|effort|partnership|pledge|movement|project|team)\b"
)
# "urging passage of Trade Promotion Authority"
_PASSAGE = re.compile(
    opening("passage", "enactment", "ratification")
    + rf" of (?:the )?({_CAPITALS}(?: (?:of |for |the |and )?{_CAPITALS}){{1,5}})"
)

_ANAPHOR = re.compile(
    rf"(?P<lead>{opening('The', 'the', 'This', 'this', 'That', 'that', 'Its', 'its', 'These', 'these', 'same')}) "
    r"(?:(?:new|same|national|bipartisan|historic|landmark) )?"
    r"(?P<head>[Ii]nitiative|[Pp]rogram|[Cc]hallenge|[Ff]orum|[Cc]ompact|[Pp]ledge|[Cc]ampaign|[Pp]artnership|[Nn]etwork|"
    r"[Ff]und|[Ll]aw|[Aa]ct|[Ss]tatute|[Ll]egislation|[Ww]eek|[Ee]ffort|[Cc]oalition|[Aa]genda|[Pp]roject|[Ss]trategy|"
    r"[Tt]ask [Ff]orce|[Aa]lert|[Ss]print|[Aa]ccelerator|[Cc]onsortium|[Ss]tandards|[Cc]hampions|[Pp]lan|"
    r"Corps|Summit|Hubs?|Alliance|Tour)"
    r"(?:[’']?s)?\b(?! of | to [A-Z]|-)"
)
_ANY_ANTECEDENT = words("initiative effort program project")
_LAW_ANTECEDENT = words("law act statute legislation")

_OWNERS = r"(?:(?:the|its|their|our|historic|President) |\w+[’']s )*[“]*"
# A name that is only the matter of something else: `information about the X`, `jobs created by the X`.
_TOPIC_BEFORE = re.compile(
    r"(?:\b(?:about(?: how)?|regarding|on|awareness of|aware of|discuss\w*|[Ii]n line with|[Cc]onsistent with|"
    r"[Ii]n addition to|[Bb]eyond|[Bb]uilds? (?:up)?on|[Bb]uilding on|complement\w*|such as|[Ff]ollowing|"
    r"[Tt]hanks to|at|[Aa]head of|[Bb]efore|"
    r"(?:created|bolstered|authorized|enacted|made possible|made) (?:by|in|under)|"
    r"(?:collaboration|partnership|partners?|partnered|[Tt]ogether|[Aa]long|work(?:ing|ed)?) with|"
    rf"(?:funded|funding|provided|financed|paid for) (?:by|through|under|in|from)) {_OWNERS})\Z"
)
_TOPIC_AFTER = re.compile(
    r"[”]*(?: \([A-Z]+\))? (?:builds? (?:up)?on|complements?|sign-up|enrollment|application|awareness|outreach|"
    r"information|event|resource|eligib|recipient|holder|dollars)\w*"
)
# `its Registered Apprenticeship programs`: a class of things more than the initiative itself.
_CLASS_AFTER = re.compile(
    r"s?[”]* (?:(?:and other )?(?:\w+ )?programs|opportunities|slots|positions|models|[A-Z]\w+ [A-Z]\w+s)\b"
)
_MONEY_BEFORE = re.compile(
    r"\b(?:from|through|by|under|in|using|with|of)"
    r"(?: (?:the|funding|funds|dollars|resources|investments?|President|\w+[’']s|his|historic|both|and))*[ “]*\Z"
)
_OBEYED = re.compile(r"\b(?:compl\w+ with|subject to|implement\w+ of|requirements of) (?:the )?\Z")
# A law that somebody broke is no initiative of anybody.
_BROKEN_BEFORE = re.compile(
    r"\b(?:violat\w+|breach\w*|alleg\w+|pursuant to|in accordance with|liab\w+ under|under)"
    r"(?: \w+){0,4} (?:the |of )?(?:federal |U\.S\. )?\Z"
)
_BROKEN = re.compile(r"\bviolat|\bbreach|\balleg|\bpenalt|\bsettle", re.IGNORECASE)
_FIRM_BEFORE = re.compile(
    r"\b(?:[Aa]s part of|through|under|join(?:ed|ing|s)?|signed|took on|take up|partner(?:ed)? (?:on|in)|supporting|"
    r"launch(?:ed|ing|es)?|launch of|announced|formed|created?|establish\w*) "
    r"(?:(?:the|an?|its|our|new|his|President) |[\w\u2060-]+(?: Administration)?[’']s )*[“]*\Z"
)
_SOON = 600  # characters after a body's name in which somebody joins it
_SHORTEST_INITIALS = 3
_LONGEST_FUNDED = len("-communities")
_LOOK_BACK = 200  # mentions before `the forum` among which its name is looked for
_WORD_AFTER = re.compile(r"[”\"]? [a-z]+")  # the `campaign` in `its Real Catch campaign`
_PARAGRAPH_END = re.compile(r"\n\s*")
_PARAGRAPH = 1000  # characters that a paragraph may have between a name and a word for it
_ENDING = re.compile(r"(?:s|[’']s)?(?!\w)")
_WORD_BEFORE = re.compile(r"[\w’'-]")
_LOWER_HEADS_OF_NAMES = words("program partnership challenge pledge coalition fund framework")
_GOES_ON = re.compile(r" (?:program|grant|partnership|challenge|\(|[A-Z])")
_LAW_GOES_ON = re.compile(r" (?:and|Act|Law)")
_JOINT_WORKS = words("Summit Hub Hubs Network Alliance Dialogue Zones Portal")
_AGAIN = 3  # times that a release names what matters to it
_MOST_NAMES = 300
"""A release names far fewer; a text that seems to name more is none, and its other spellings are not looked for."""


class Mention(NamedTuple):
    """A place where the text names an initiative or points back to one; `name` is its fullest form in the release."""

    start: int
    end: int
    name: str
    kind: MentionKind
    is_law: bool
    is_topic: bool
    """The name is only the matter of something else, or where the money comes from."""
    is_firm: bool
    """The text says that something is done as part of it, or that it is launched or joined."""
    is_class: bool = False
    """The name only tells of what kind some things are (`its Registered Apprenticeship programs`)."""


@lru_cache(maxsize=4096)
def initiative_key(name: str) -> str:
    """The form under which two spellings of one name meet."""
    plain = re.sub(r"[^\w\s]", "", name.replace("\u2060", "").casefold().replace("&", " and ").replace("-", " "))
    return " ".join(word for word in plain.split() if word not in {"the", "a", "an", "of", "for", "to"})


def is_law(name: str) -> bool:
    """Whether the name is a law's: where money comes from, more than what people join."""
    last = _OF_YEAR.sub("", name).split()[-1]
    return last.casefold() in _LAW_HEADS or bool(_FUNDING_LAWS.match(name))


@dataclass(frozen=True, slots=True)
class Mentions:
    """All mentions of a document in reading order, and the abbreviations of its names."""

    found: tuple[Mention, ...]
    abbreviations: dict[str, set[str]]


def mentions_of(document: Document) -> Mentions:
    """Read the whole document once."""
    text = document.text.replace("*", " ")
    headings = Headings(document)
    named = list(initiative_names(text))
    told = Counter(initiative_key(name.text) for name in named)
    introduced = {name.abbreviation for name in named}
    found = [
        name
        for name in named
        if not headings.hold(name.start)
        and (_counts(text, name) or _is_told_again(name, told))
        and not _is_body(text, name, introduced)
    ]
    vocabulary = _Vocabulary(text, found)
    mentions = [_mention(text, *occurrence) for occurrence in vocabulary.occurrences()]
    kept = [mention for mention in mentions if not _is_broken_law(text, mention)]
    return Mentions(tuple(_with_anaphors(text, kept)), vocabulary.abbreviations)


def _counts(text: str, name: Name) -> bool:
    """Drops kinds of things (`a Head Start program`) and bodies that nobody founds here."""
    before = text[max(0, name.start - 100) : name.start]
    if name.text.endswith(" plan") and text.startswith(" to ", name.after) and not _DETERMINED.search(before):
        return False  # "SANS and NCSF plan to engage"
    if name.text.rpartition(" ")[2].islower() and before[-1:] != "“" and _INDEFINITE.search(before):
        return False
    if not name.is_weak or _FOUNDING.search(before):
        return True
    if _GROWING.match(text, name.after) or _IS_JOINT_WORK.match(text, name.after):
        return True
    joined = rf"\b(?:join\w*|members? of|part of) (?:the|this) {re.escape(name.text.split()[-1].lower())}\b"
    return re.search(joined, text[name.after : name.after + _SOON]) is not None


def _is_told_again(name: Name, told: Counter[str]) -> bool:
    """Whether a release names a joint work, which is no body, again and again (`the Harbor Leaders Summit`)."""
    return name.is_weak and name.text.rpartition(" ")[2] in _JOINT_WORKS and told[initiative_key(name.text)] >= _AGAIN


def _is_body(text: str, name: Name, introduced: set[str | None]) -> bool:
    """Whether initials before a lower-case head are those of a body (`ICN projects`)."""
    return name.text.isupper() and name.text not in introduced and f"({name.text})" in text


def _mention(text: str, start: int, end: int, name: str, kind: MentionKind) -> Mention:
    before = text[max(0, start - 80) : start]
    law = is_law(name)
    pays = law and bool(_MONEY_BEFORE.search(before)) and not _OBEYED.search(before)
    topic = bool(_TOPIC_BEFORE.search(before) or _TOPIC_AFTER.match(text, end))
    topic = topic or (pays and not text.startswith(", which", end))
    kind_only = bool(_CLASS_AFTER.match(text, end - 1) or _CLASS_AFTER.match(text, end))
    return Mention(start, end, name, kind, law, topic, bool(_FIRM_BEFORE.search(before)), kind_only)


def _is_broken_law(text: str, mention: Mention) -> bool:
    before = text[max(0, mention.start - 80) : mention.start]
    return mention.is_law and bool(_BROKEN_BEFORE.search(before)) and bool(_BROKEN.search(before))


# --- words that point back


def _with_anaphors(text: str, mentions: list[Mention]) -> list[Mention]:
    """The mentions with `the forum`, `this initiative` and the like, each resolved to the latest name that fits."""
    merged: list[Mention] = []
    position = 0
    for match in _ANAPHOR.finditer(text):
        while position < len(mentions) and mentions[position].start < match.end():
            merged.append(mentions[position])
            position += 1
        if merged and merged[-1].end > match.start():
            continue
        antecedent = _antecedent(text, match, merged)
        if antecedent:
            before = text[max(0, match.start() - 60) : match.start()] + "the "
            firm, topic = bool(_FIRM_BEFORE.search(before)), bool(_TOPIC_BEFORE.search(before))
            merged.append(
                Mention(match.start(), match.end(), antecedent.name, "anaphor", antecedent.is_law, topic, firm)
            )
    return merged + mentions[position:]


def _antecedent(text: str, pointer: re.Match[str], earlier: list[Mention]) -> Mention | None:
    head, lead = pointer.group("head").casefold(), pointer.group("lead").casefold()
    recent = earlier[-_LOOK_BACK:]
    if lead == "this" and head in _ANY_ANTECEDENT:
        latest = next((mention for mention in reversed(recent) if not mention.is_law and not mention.is_topic), None)
        if latest and _are_in_one_paragraph(text, latest, pointer):
            return latest
    for mention in reversed(recent):
        if mention.is_topic and mention.is_law and ". " not in text[mention.end : pointer.start()]:
            continue  # "Together with the X Act, the law"
        spelled = text[mention.start : mention.end] + " " + (_WORD_AFTER.match(text, mention.end) or [""])[0]
        parts = {*mention.name.casefold().split(), *spelled.casefold().split()}
        if head in parts or f"{head}s" in parts or (head in _LAW_ANTECEDENT and mention.is_law):
            return mention
    if head not in _ANY_ANTECEDENT or (lead != "this" and head != "initiative"):
        return None
    latest = next((mention for mention in reversed(recent) if not mention.is_law), None)
    return latest if latest and _is_within_reach(text, latest, pointer) else None


def _is_within_reach(text: str, mention: Mention, pointer: re.Match[str]) -> bool:
    """Whether a general word (`the project`) can still mean the name: in its paragraph or the next one."""
    if pointer.start() - mention.end > 3 * _PARAGRAPH:
        return False
    return len(_PARAGRAPH_END.findall(text, mention.end, pointer.start())) <= 1


def _are_in_one_paragraph(text: str, mention: Mention, pointer: re.Match[str]) -> bool:
    return pointer.start() - mention.end < _PARAGRAPH and "\n" not in text[mention.end : pointer.start()]


# --- the names of one release


_INNER_ABBREVIATION = re.compile(r"\(([A-Z][A-Za-z]{1,9})\) ([A-Z][a-z]+)\b")
_Span = tuple[int, int, list[str], MentionKind]


class _Vocabulary:
    """The names of one release: their fullest forms, and every spelling under which they occur."""

    def __init__(self, text: str, found: list[Name]) -> None:
        self._text = text
        self._found = found
        self._loose: dict[str, list[str]] = {}  # spelling in lower case -> the fullest forms that it can mean
        self._exact: dict[str, list[str]] = {}  # the same for abbreviations and single words, as spelled
        self.abbreviations: dict[str, set[str]] = {}
        known = list(dict.fromkeys(name.text for name in found))
        self._keys = {initiative_key(name) for name in known[:_MOST_NAMES]}
        settled = {text_form: self._settled(text_form) for text_form in known[:_MOST_NAMES]}
        settled.update((text_form, text_form) for text_form in known[_MOST_NAMES:])
        names = list(dict.fromkeys(settled.values()))[:_MOST_NAMES]
        for text_form, name in settled.items():
            full = _fuller_forms(name, names)
            for surface in {text_form, name, *_short_forms(name, text)}:
                self._add(surface, full)
        for naming in found:
            if inner := _INNER_ABBREVIATION.search(text, naming.start, naming.after):
                # "... Clean Harbors (CLEAN) Act": from then on the CLEAN Act
                self._loose[f"{inner[1]} {inner[2]}".lower()] = _fuller_forms(settled[naming.text], names)
            if naming.abbreviation:
                self._abbreviate(naming.abbreviation, _fuller_forms(settled[naming.text], names))
        for name in names:
            self._add_initials(name)
        for text_form in known:  # "the BEAD program"
            bare, _, head = text_form.rpartition(" ")
            if head.islower() and bare in self._exact:
                self._loose[text_form.lower()] = self._exact[bare]
        for extra in _names_by_context(text):
            if extra not in settled:
                self._add(extra, [extra])

    def _abbreviate(self, short: str, full: list[str]) -> None:
        self._exact[short] = full
        self.abbreviations.setdefault(full[0], set()).add(short)

    def _add_initials(self, name: str) -> None:
        """A name's initials mean it even where the release never says so."""
        initials = "".join(part[0] for part in name.split() if part[0].isupper())
        is_free = initials not in self._exact and initials not in AGENCY_INITIALS
        if len(initials) >= _SHORTEST_INITIALS and is_free and initials in self._text:
            self._abbreviate(initials, [name])

    def _add(self, surface: str, full: list[str]) -> None:
        if " " in surface:
            self._loose.setdefault(surface.lower(), full)
        else:
            self._exact.setdefault(surface, full)

    def _settled(self, name: str) -> str:
        """A name loses a lower-case `program` and a body's initials where the release also names it without them."""
        owner, _, owned = name.partition(" ")
        if owner in AGENCY_INITIALS and any(key.startswith(initiative_key(owned)) for key in self._keys):
            name = owned
        bare, _, head = name.rpartition(" ")
        if head in _LOWER_HEADS_OF_NAMES and " " in bare:
            alone = (end for _, end in _places_of(bare, self._text) if not _GOES_ON.match(self._text, end))
            if next(alone, None) is not None:
                return bare
        return name

    def occurrences(self) -> list[tuple[int, int, str, MentionKind]]:
        """Every place where a name or an abbreviation stands, without overlaps, each with its fullest form."""
        spans: list[_Span] = [(name.start, name.after, self._forms_of(name.text), "name") for name in self._found]
        if len(self._loose) + len(self._exact) > 3 * _MOST_NAMES:
            return _chosen(_without_overlaps(spans))
        lowered = self._text.lower()
        if len(lowered) == len(self._text):
            for surface, forms in self._loose.items():
                spans += [(start, end, forms, "name") for start, end in _places_of(surface, lowered)]
        for surface, forms in self._exact.items():
            spans += [(start, end, forms, "short") for start, end in _places_of(surface, self._text)]
        return _chosen(_without_overlaps(spans))

    def _forms_of(self, surface: str) -> list[str]:
        return self._loose.get(surface.lower()) or self._exact[surface]


def _short_forms(name: str, text: str) -> Iterable[str]:
    """`Apprenticeship Ambassadors` for the initiative of that name; `Davis-Bacon` for its acts, standing alone."""
    bare = re.sub(r"(?: and Related)? \w+$", "", name)
    if " " in bare and bare + "s" in text:  # as spelled: "second chances" are no Second Chance Fellows
        yield bare + "s"
    if is_law(name) and ("-" in bare or " " in bare):
        alone = [end for _, end in _places_of(bare, text) if not _LAW_GOES_ON.match(text, end)]
        if len(alone) > 1:
            yield bare


def _names_by_context(text: str) -> Iterable[str]:
    """Names without a head that their context makes certain."""
    for launch in _LAUNCHING.finditer(text):
        if apposed := _APPOSED.match(text, launch.end()):
            yield apposed.group(1)
    for passage in _PASSAGE.finditer(text):
        yield passage.group(1)
    for under in _UNDER.finditer(text):
        before = text[max(0, under.start() - _LONGEST_FUNDED) : under.start()]
        if under.group(1) not in AGENCY_INITIALS and _FUNDED.search(before):
            yield under.group(1)


def _places_of(surface: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the text has the spelling as whole words, with a plural or possessive ending if there is one."""
    at = text.find(surface)
    while at >= 0:
        ending = _ENDING.match(text, at + len(surface))
        if ending and (at == 0 or not _WORD_BEFORE.match(text[at - 1])):
            yield at, ending.end()
        at = text.find(surface, at + 1)


def _without_overlaps(spans: list[_Span]) -> list[_Span]:
    kept: list[_Span] = []
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _chosen(spans: list[_Span]) -> list[tuple[int, int, str, MentionKind]]:
    """Where a short form can mean several names, the one that was named last before it."""
    latest: dict[str, int] = {}
    chosen: list[tuple[int, int, str, MentionKind]] = []
    for start, end, forms, kind in spans:
        name = max(forms, key=lambda form: latest.get(form, -1))
        latest[name] = start
        chosen.append((start, end, name, kind))
    return chosen


def _fuller_forms(name: str, names: list[str]) -> list[str]:
    """The longest names in the release that begin or end with this one; itself where there are none."""
    key = initiative_key(name)
    earlier = names[: names.index(name)] if name in names else names
    fuller = [
        other
        for other in names
        if initiative_key(other).startswith(key + " ")
        or (" " in key and other in earlier and _is_shortened(key, initiative_key(other)))
    ]
    fuller = [other for other in fuller if not _is_another(name, other)]
    keys = {other: initiative_key(other) for other in fuller}
    if not fuller or (" " not in key and not {f"{key} initiative", f"{key} program"} & {*keys.values()}):
        return [name]
    return [
        other for other in fuller if not any(keys[other] in longer for longer in keys.values() if longer != keys[other])
    ]


def _is_shortened(key: str, longer: str) -> bool:
    """Whether a name is the end of a longer one, or its first and last words (`Harbor Engines` for `Harbor Regional
    Innovation Engines program`)."""
    if longer.endswith(" " + key):
        return True
    first, last = key.split()[0], key.split()[-1]
    return key.count(" ") == 1 and longer.startswith(first + " ") and longer.endswith(f" {last} program")


def _is_another(name: str, longer: str) -> bool:
    """Whether a finished name goes on to a new one: `Ferry Program` and `Ferry Program Network Challenge`."""
    if not longer.startswith(name) or name.rpartition(" ")[2] not in STRONG_HEADS:
        return False
    return longer[len(name) :].lstrip(" -")[:1].isupper()
