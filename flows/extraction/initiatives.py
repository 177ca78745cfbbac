"""Named initiatives: found by their shape, joined to their short forms, carried to the facts that do not repeat them.

`InitiativeIndex.of(document)` reads a document once; `at` then answers for any place in it, from the nearest context to the
widest: the clause and sentence, the list that the sentence stands in, its paragraph, its section, the whole release.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from flows.extraction.document import Document, Sentence
from flows.extraction.names import Name, initiative_names
from warehouse.records import Stage

MentionKind = Literal["name", "short", "anaphor"]

_LAW_HEADS = frozenset({"act", "acts", "law", "bill"})
_FUNDING_LAWS = re.compile(r"(?:American Rescue Plan|Recovery Act)\b", re.IGNORECASE)

# What makes a body or a work an initiative: somebody launches, founds, funds or joins it.
_FOUNDING = re.compile(
    r"\b(?:launch\w*|found(?:ed|ing)|establish\w*|creat\w+|form(?:ed|ing)|join(?:ed|ing)?|stand(?:ing|s)? up|stood up|unveil\w*|"
    r"fund(?:ed|ing)|a partnership .{0,60}\bfor) "
    r"(?:(?:an?|the|its|their|his|our|first|new|first-ever|landmark|national|nationwide|of|for|up|launch|creation|establishment|\w+een|"
    r"two|three|four|five|six|seven|eight|nine|ten|\d+) )*[“\"]*\Z"
)
# "an Electric Vehicle Charging Apprenticeship program" names a kind, no programme.
_INDEFINITE = re.compile(r"(?:\b(?:an?|its|their|our|new|ever|other|these|such|several|many|some|more|\d+)|\)) [“\"]*\Z")
_LAUNCHING = re.compile(
    r"\b(?:launch(?:ing|ed|es)?|announc(?:ed|ing)|unveil(?:ed|ing)|kick(?:ed|ing) off|creat(?:ed|ing)) (?:the )?(?=[“\"A-Z])"
)
# "launching Online For All, a digital equity campaign"
_APPOSED = re.compile(
    r"[“\"]*((?:[A-Z][\w’'-]*)(?: (?:of |for |the |in |to )?[A-Z][\w’'-]*){0,5})[”\"]* *, *(?:an?|the|its|our) (?:[\w’-]+ ){0,5}"
    r"(?:initiative|program|campaign|challenge|effort|partnership|pledge|movement|project)\b"
)
# "urging passage of Trade Promotion Authority"
_PASSAGE = re.compile(r"\b(?:passage|enactment|ratification) of (?:the )?((?:[A-Z][\w’'-]*)(?: (?:of |for |the |and )?[A-Z][\w’'-]*){1,5})")

_ANAPHOR = re.compile(
    r"\b(?P<lead>[Tt]he|[Tt]his|[Tt]hat|[Ii]ts|[Tt]hese|same) (?:(?:new|same|national|bipartisan|historic|landmark) )?"
    r"(?P<head>[Ii]nitiative|[Pp]rogram|[Cc]hallenge|[Ff]orum|[Cc]ompact|[Pp]ledge|[Cc]ampaign|[Pp]artnership|[Nn]etwork|[Ff]und|"
    r"[Ll]aw|[Aa]ct|[Ss]tatute|[Ll]egislation|[Ww]eek|[Ee]ffort|[Cc]oalition|[Aa]genda|[Pp]roject|[Ss]trategy|[Tt]ask [Ff]orce|"
    r"[Aa]lert|[Ss]print|[Aa]ccelerator|[Cc]onsortium|[Ss]tandards|[Cc]hampions|[Pp]lan)(?:[’']?s)?\b(?! of | to [A-Z]|-)"
)
_ANY_ANTECEDENT = frozenset({"initiative", "effort", "program", "project"})
_LAW_ANTECEDENT = frozenset({"law", "act", "statute", "legislation"})
# "will join a White House initiative": the name comes in the next sentence.
_CATAPHOR = re.compile(r"\b(?:an?|its|their|a new) (?:[\w’-]+ ){0,4}(?:initiative|program|campaign|challenge|pledge|partnership)\b")

# A name that is only the matter of something else: `information about the X`, `jobs created by the X`.
_TOPIC_BEFORE = re.compile(
    r"(?:\b(?:about(?: how)?|regarding|on|awareness of|aware of|discuss\w*|(?:created|bolstered|authorized|enacted|made possible|made) (?:by|in|under)|"
    r"in line with|consistent with|in addition to|beyond|builds? (?:up)?on|building on|complement\w*|such as|following|"
    r"(?:collaboration|partnership|partners?|partnered|together|along|work(?:ing|ed)?) with|"
    r"(?:funded|funding|provided|financed|paid for) (?:by|through|under|in|from)|thanks to)"
    r" (?:(?:the|its|their|our|historic|President) |\w+[’']s )*[“]*)\Z"
)
_TOPIC_AFTER = re.compile(
    r"[”]*(?: \([A-Z]+\))? (?:builds? (?:up)?on|complements?|sign-up|enrollment|application|awareness|outreach|information|event|resource|eligib|recipient|holder|dollars)\w*"
)
# `its Registered Apprenticeship programs`: a class of things more than the initiative itself.
_CLASS_AFTER = re.compile(r"s?[”]* (?:programs|opportunities|slots|positions|models)\b")
_MONEY_BEFORE = re.compile(
    r"\b(?:from|through|by|under|in|using|with|of)(?: (?:the|funding|funds|dollars|resources|investments?|President|\w+[’']s|his|historic|both|and))*[ “]*\Z"
)
_OBEYED = re.compile(r"\b(?:compl\w+ with|subject to|implement\w+ of|requirements of) (?:the )?\Z")
# A law that somebody broke is no initiative of anybody.
_BROKEN_BEFORE = re.compile(
    r"\b(?:violat\w+|breach\w*|alleg\w+|pursuant to|in accordance with|liab\w+ under|under)(?: \w+){0,4} (?:the |of )?(?:federal |U\.S\. )?\Z"
)
_BROKEN = re.compile(r"\bviolat|\bbreach|\balleg|\bpenalt|\bsettle", re.IGNORECASE)
_FIRM_BEFORE = re.compile(
    r"\b(?:[Aa]s part of|through|under|join(?:ed|ing|s)?|signed|took on|take up|partner(?:ed)? (?:on|in)|supporting|launch(?:ed|ing|es)?|"
    r"launch of|announced|formed|created?|establish\w*) "
    r"(?:(?:the|an?|its|our|new|his|President) |[\w\u2060-]+(?: Administration)?[’']s )*[“]*\Z"
)
_AS_PART_OF = re.compile(r"As part of (?:the |this |that |its |our |his )*[“]*\Z")

_SUBJECT_WITHIN = 25  # characters before a name that the sentence is still about
# What follows belongs to another thing done: `and launching an X`, `and their commitment ...`, a further number.
_NEXT_CONJUNCT = re.compile(r"; |\band \w+ing\b|, and |\band (?:its|their|to)\b|(?!(?:19|20)\d\d\b)\b\d[\d,.]* \w+ \w+", re.DOTALL)
_BARE_OPENING = re.compile(r"(?:The|This|That|These|Our|Its|Today,|New|new|A|[“ ])*\Z")
_OF_NUMBER = re.compile(r"[^,;]{0,60}\b(?:of|for|through|under|in) (?:the )?\Z")
_FARTHEST_MONEY = 90  # characters between an amount and the law that pays it
_LEAD_IN_END = re.compile(r":[*”\"\s]*\Z")
_NEW_TOPIC = re.compile(
    r"(?:These (?:efforts|actions|steps|announcements|commitments|investments|new)|Today[’']?s|This (?:week|announcement)|In addition to|Connecting|"
    r"To see|For more|Visit|The (?:Biden|Obama|President|Administration|Department of \w+ is (?:also )?(?:taking|expanding))|Through historic|All)\b"
)
_CONTINUED = re.compile(
    r"(?:Together|Collectively|These|They|Those|Of these|Among (?:them|these)|Since (?:that|then)|Their|This|"
    r"The (?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|dozen|participating|remaining|original))\b"
)


@dataclass(frozen=True, slots=True)
class Mention:
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
    return name.split()[-1].casefold() in _LAW_HEADS or bool(_FUNDING_LAWS.match(name))


class InitiativeIndex:
    """All mentions of initiatives in one document, and what they hold for."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._text = document.text.replace("*", " ")
        self._heading_starts = [block.start for block in document.blocks if block.kind == "heading"]
        self._heading_ends = [block.end for block in document.blocks if block.kind == "heading"]
        named = list(initiative_names(self._text))
        introduced = {name.abbreviation for name in named}
        found = [name for name in named if self._counts(name) and not self._is_body(name, introduced)]
        vocabulary = _Vocabulary(self._text, found)
        self._abbreviations = vocabulary.abbreviations
        mentions = [self._mention(*occurrence) for occurrence in vocabulary.occurrences()]
        self.mentions = _with_anaphors(self._text, [mention for mention in mentions if not self._is_broken_law(mention)])
        self._starts = [mention.start for mention in self.mentions]
        self._first_of = {mention.name: mention.start for mention in reversed(self.mentions)}
        self._scopes = _Scopes(document, self)

    @classmethod
    def of(cls, document: Document) -> InitiativeIndex:
        """Read the document once."""
        return cls(document)

    @property
    def main(self) -> str | None:
        """The initiative that the whole release is about, if there is one."""
        return self._scopes.main

    def at(
        self, sentence: int, start: int, end: int, number: int | None = None, stage: Stage | None = None
    ) -> str | None:
        """The initiative of the fact whose evidence is `text[start:end]` in the sentence, or None."""
        own = self._of_sentence(sentence, start, end, number)
        listed = self._scopes.of_list(sentence)
        if own and own.is_topic and listed is None:
            return self._scopes.of_running_text(sentence) or own.name
        if own and (listed is None or self._is_narrower(own, listed)):
            return own.name
        if listed is not None:
            return self._of_item(sentence, own, listed)
        return self._carried(sentence, stage)

    def between(self, start: int, end: int) -> list[Mention]:
        """The mentions that begin in `text[start:end]`."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def list_lead_in(self, sentence: int) -> tuple[int, int] | None:
        """The span of the paragraph that leads into the list which the sentence is an item of."""
        listed = self._scopes.of_list(sentence)
        return (listed.start, listed.end) if listed else None

    def is_part(self, name: str, whole: str) -> bool:
        """Whether a name is built upon the abbreviation of another (`National PREA Standards`)."""
        return any(word in self._abbreviations.get(whole, ()) for word in name.split())

    def is_heading(self, position: int) -> bool:
        """Whether the position lies in a heading."""
        at = bisect_left(self._heading_ends, position + 1)
        return at < len(self._heading_starts) and self._heading_starts[at] <= position

    def _counts(self, name: Name) -> bool:
        """Drops phrases of title-case headings, which only look like names, and bodies that nobody founds here."""
        if self.is_heading(name.start):
            return False
        before = self._text[max(0, name.start - 100) : name.start]
        if name.text.rpartition(" ")[2].islower() and _INDEFINITE.search(before):
            return False
        return not name.is_weak or bool(_FOUNDING.search(before))

    def _is_body(self, name: Name, introduced: set[str | None]) -> bool:
        """Whether initials before a lower-case head are those of a body (`ICN projects`)."""
        return name.text.isupper() and name.text not in introduced and f"({name.text})" in self._text

    def _mention(self, start: int, end: int, name: str, kind: MentionKind) -> Mention:
        before = self._text[max(0, start - 80) : start]
        law = is_law(name)
        topic = bool(
            _TOPIC_BEFORE.search(before)
            or _TOPIC_AFTER.match(self._text, end)
            or (law and _MONEY_BEFORE.search(before) and not _OBEYED.search(before) and not self._text.startswith(", which", end))
        )
        kind_only = bool(_CLASS_AFTER.match(self._text, end - 1) or _CLASS_AFTER.match(self._text, end))
        return Mention(start, end, name, kind, law, topic, bool(_FIRM_BEFORE.search(before)), kind_only)

    def _is_broken_law(self, mention: Mention) -> bool:
        before = self._text[max(0, mention.start - 80) : mention.start]
        return mention.is_law and bool(_BROKEN_BEFORE.search(before)) and bool(_BROKEN.search(before))

    def _of_sentence(self, sentence: int, start: int, end: int, number: int | None) -> Mention | None:
        where = self._document.sentences[sentence]
        at = start if number is None else number
        candidates = [
            mention
            for mention in self.between(where.start, where.end)
            if not self._is_far_law(mention, at) and (start <= mention.start < end or not self._is_lent(mention, at))
        ]
        return max(candidates, key=lambda mention: self._weight(mention, where.start, start, end, at), default=None)

    def _is_lent(self, mention: Mention, at: int) -> bool:
        """A law outside of the evidence counts only where it stands before the fact and is its subject."""
        if not mention.is_law or mention.name == self.main:
            return False
        return mention.is_topic or mention.start > at

    def _is_far_law(self, mention: Mention, at: int) -> bool:
        """A law that pays for something else, further on in the sentence."""
        return mention.is_law and mention.is_topic and mention.start - at > _FARTHEST_MONEY

    def _weight(self, mention: Mention, opening: int, start: int, end: int, at: int) -> float:
        """How likely a fact at `at` with the evidence `start:end`, in a sentence from `opening`, belongs to the mention."""
        between = self._text[mention.end : at] if mention.end <= at else self._text[at : mention.start].lstrip("$0123456789.,")
        weight = 1.5 * (start <= mention.start < end) + 0.7 * mention.is_firm - 2.0 * mention.is_topic
        weight -= 0.5 * (mention.is_law and mention.name != self.main) + 1.2 * mention.is_class
        weight -= 0.5 * (mention.kind == "anaphor") + len(between) / 400
        if mention.start - opening <= _SUBJECT_WITHIN and _BARE_OPENING.match(self._text[opening : mention.start]):
            weight += 1.2 * (not mention.is_topic)
        if mention.start > at:
            weight += 0.5 * bool(_OF_NUMBER.match(between)) - 1.2 * bool(_NEXT_CONJUNCT.search(between))
        return weight + 0.4 * (self._first_of.get(mention.name) == mention.start)

    def _is_narrower(self, own: Mention, listed: _ListScope) -> bool:
        """Whether a name in a list's item is the item's own, and not one that the whole release is about."""
        known_before = any(mention.name == own.name for mention in self.between(0, listed.start))
        return own.is_firm or not (known_before or own.is_topic or own.is_law)

    def _of_item(self, sentence: int, own: Mention | None, listed: _ListScope) -> str | None:
        within = self._scopes.mention_of_paragraph(sentence)
        if within and own is None and self._is_narrower(within, listed):
            return within.name
        if listed.initiative:
            return listed.initiative
        return own.name if own else None

    def _carried(self, sentence: int, stage: Stage | None) -> str | None:
        if stage == "context":
            return self._scopes.of_running_text(sentence)
        return (
            self._scopes.of_running_text(sentence)
            or self._scopes.of_paragraph(sentence)
            or self._scopes.announced_next(sentence)
            or self._scopes.of_section(sentence)
            or self.main
        )


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
        antecedent = _antecedent(match.group("head").casefold(), match.group("lead").casefold(), merged)
        if antecedent:
            before = text[max(0, match.start() - 60) : match.start()] + "the "
            firm, topic = bool(_FIRM_BEFORE.search(before)), bool(_TOPIC_BEFORE.search(before))
            merged.append(Mention(match.start(), match.end(), antecedent.name, "anaphor", antecedent.is_law, topic, firm))
    return merged + mentions[position:]


def _antecedent(head: str, lead: str, earlier: list[Mention]) -> Mention | None:
    for mention in reversed(earlier):
        words = mention.name.casefold().split()
        if head in words or f"{head}s" in words or (head in _LAW_ANTECEDENT and mention.is_law):
            return mention
    if head not in _ANY_ANTECEDENT or (lead != "this" and head != "initiative"):
        return None
    return next((mention for mention in reversed(earlier) if not mention.is_law), None)


class _Vocabulary:
    """The names of one release: their fullest forms, and every spelling under which they occur."""

    def __init__(self, text: str, found: list[Name]) -> None:
        self._text = text
        self._found = found
        self._loose: dict[str, list[str]] = {}  # spelling in lower case -> the fullest forms that it can mean
        self._exact: dict[str, list[str]] = {}  # the same for abbreviations and single words, as spelled
        settled = {name.text: self._settled(name.text) for name in found}
        names = list(dict.fromkeys(settled.values()))
        for text_form, name in settled.items():
            full = _fuller_forms(name, names)
            for surface in {text_form, name, *_short_forms(name, text)}:
                self._add(surface, full)
        self.abbreviations: dict[str, set[str]] = {}
        for naming in found:
            if naming.abbreviation:
                full = _fuller_forms(settled[naming.text], names)
                self._exact[naming.abbreviation] = full
                self.abbreviations.setdefault(full[0], set()).add(naming.abbreviation)
        for extra in _names_by_context(text):
            if extra not in settled:
                self._add(extra, _fuller_forms(extra, names))

    def _add(self, surface: str, full: list[str]) -> None:
        if " " in surface:
            self._loose.setdefault(surface.lower(), full)
        else:
            self._exact.setdefault(surface, full)

    def _settled(self, name: str) -> str:
        """A name with a lower-case `program` loses it where the release also uses the name alone."""
        bare, _, head = name.rpartition(" ")
        if head in {"program", "partnership", "challenge", "pledge", "coalition", "fund", "framework"} and " " in bare:
            alone = re.compile(re.escape(bare) + r"s?\b(?! (?:program|grant|partnership|challenge|\(|[A-Z]))")
            if alone.search(self._text):
                return bare
        return name

    def occurrences(self) -> list[tuple[int, int, str, MentionKind]]:
        """Every place where a name or an abbreviation stands, without overlaps, each with its fullest form."""
        spans: list[tuple[int, int, list[str], MentionKind]] = [
            (name.start, name.after, self._forms_of(name.text), "name") for name in self._found
        ]
        lowered = self._text.lower()
        if self._loose and len(lowered) == len(self._text):
            spans += [(m.start(), m.end(), self._loose[m[1]], "name") for m in _alternation(self._loose).finditer(lowered)]
        if self._exact:
            spans += [(m.start(), m.end(), self._exact[m[1]], "short") for m in _alternation(self._exact).finditer(self._text)]
        return _chosen(_without_overlaps(spans))

    def _forms_of(self, surface: str) -> list[str]:
        return self._loose.get(surface.lower()) or self._exact[surface]


def _short_forms(name: str, text: str) -> Iterable[str]:
    """`Apprenticeship Ambassadors` for the initiative of that name; `Davis-Bacon` for its acts, where it stands alone."""
    bare = re.sub(r"(?: and Related)? \w+$", "", name)
    if " " in bare:
        yield bare + "s"
    if is_law(name) and ("-" in bare or " " in bare) and len(re.findall(re.escape(bare) + r"\b(?! (?:and|Act|Law))", text)) >= 2:
        yield bare


def _names_by_context(text: str) -> Iterable[str]:
    """Names without a head that their context makes certain."""
    for launch in _LAUNCHING.finditer(text):
        if apposed := _APPOSED.match(text, launch.end()):
            yield apposed.group(1)
    for passage in _PASSAGE.finditer(text):
        yield passage.group(1)


def _alternation(surfaces: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(surfaces, key=len, reverse=True)
    return re.compile(rf"(?<![\w’'-])({'|'.join(map(re.escape, longest_first))})(?:s|[’']s)?(?![\w])")


def _without_overlaps(
    spans: list[tuple[int, int, list[str], MentionKind]],
) -> list[tuple[int, int, list[str], MentionKind]]:
    kept: list[tuple[int, int, list[str], MentionKind]] = []
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _chosen(spans: list[tuple[int, int, list[str], MentionKind]]) -> list[tuple[int, int, str, MentionKind]]:
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
    fuller = [
        other
        for other in names
        if initiative_key(other).startswith(key + " ") or (" " in key and initiative_key(other).endswith(" " + key))
    ]
    if not fuller or (" " not in key and all(initiative_key(other) != f"{key} initiative" for other in fuller)):
        return [name]
    longest = [other for other in fuller if not any(other != o and initiative_key(other) in initiative_key(o) for o in fuller)]
    return longest or fuller


_MAIN_SHARE = 0.35  # of the paragraphs that must name the initiative which the release is about
_SPOKEN_OF_LAW = 0.4  # of a law's mentions that must not just name it as a source of money


@dataclass(frozen=True, slots=True)
class _ListScope:
    start: int
    end: int
    """The lead-in paragraph."""
    initiative: str | None


class _Scopes:
    """What holds for a sentence from outside of it: its list's lead-in, its paragraph, its section, the release."""

    def __init__(self, document: Document, index: InitiativeIndex) -> None:
        self._document = document
        self._index = index
        self.main = self._find_main()
        self._sections = self._find_sections()
        self._lists = self._find_lists()

    def of_list(self, sentence: int) -> _ListScope | None:
        """The scope of the list that the sentence is an item of; its initiative is None where the lead-in names none."""
        return self._lists.get(self._document.sentences[sentence].block)

    def mention_of_paragraph(self, sentence: int) -> Mention | None:
        """The latest mention earlier in the paragraph that something belongs to."""
        where = self._document.sentences[sentence]
        before = self._index.between(self._document.blocks[where.block].start, where.start)
        firm = [m for m in before if not m.is_topic and not (m.is_law and m.name != self.main)]
        return firm[-1] if firm else None

    def of_paragraph(self, sentence: int) -> str | None:
        """The initiative that an earlier sentence of the paragraph names."""
        mention = self.mention_of_paragraph(sentence)
        if mention is None:
            return None
        return self.main if self.main and self._index.is_part(mention.name, self.main) else mention.name

    def of_running_text(self, sentence: int) -> str | None:
        """The initiative of the text just before a sentence that takes it up (`Together, these ...`)."""
        where = self._document.sentences[sentence]
        if not _CONTINUED.match(self._document.text, where.start):
            return None
        block = self._document.blocks[where.block]
        begin = block.start
        if where.start == block.start and where.block > 0:
            begin = self._document.blocks[where.block - 1].start
        before = self._index.between(begin, where.start)
        return before[-1].name if before else self.main

    def announced_next(self, sentence: int) -> str | None:
        """The name that the next sentence gives to `a White House initiative` of this one."""
        where = self._document.sentences[sentence]
        if sentence + 1 >= len(self._document.sentences) or not _CATAPHOR.search(self._document.text, where.start, where.end):
            return None
        following = self._document.sentences[sentence + 1]
        named = self._index.between(following.start, following.end)
        return named[0].name if named and following.block == where.block else None

    def of_section(self, sentence: int) -> str | None:
        """The initiative that the section's heading or opening sentence names."""
        return self._sections.get(self._document.sentences[sentence].block)

    def _find_lists(self) -> dict[int, _ListScope]:
        scopes: dict[int, _ListScope] = {}
        current: _ListScope | None = None
        for number, block in enumerate(self._document.blocks):
            if block.kind == "heading":
                current = None
                continue
            after_items = number > 0 and self._document.blocks[number - 1].kind == "list_item"
            if current and block.kind != "list_item" and (after_items or _NEW_TOPIC.match(block.text)):
                current = None
            if _LEAD_IN_END.search(block.text):
                current = self._scope_of(number)
            elif current:
                scopes[number] = current
        return scopes

    def _scope_of(self, number: int) -> _ListScope:
        block = self._document.blocks[number]
        last = max((s.start for s in self._document.sentences if s.block == number), default=block.start)
        initiative = (
            self._principal(self._index.between(last, block.end))
            or self._principal(self._index.between(block.start, last))
            or self._sections.get(number)
        )
        return _ListScope(block.start, block.end, initiative)

    def _principal(self, named: list[Mention]) -> str | None:
        """What a lead-in is about: a name that things are part of before any other, a name before a word for it."""
        if not named:
            return None
        best = max(named, key=lambda m: (not m.is_topic, m.kind != "anaphor" and m.is_firm, m.is_firm, -m.start))
        return best.name

    def _find_sections(self) -> dict[int, str]:
        held: dict[int, str] = {}
        current: str | None = None
        fresh = False
        for number, block in enumerate(self._document.blocks):
            named = self._index.between(block.start, block.end)
            if block.kind == "heading":
                current = named[0].name if named else None
                fresh = True
                continue
            if named and self._opens_section(number, named[0], fresh and current is None):
                current = named[0].name
            fresh = False
            if current:
                held[number] = current
        return held

    def _opens_section(self, block: int, mention: Mention, is_first: bool) -> bool:
        if _AS_PART_OF.search(self._document.text[max(0, mention.start - 40) : mention.start]):
            return not mention.is_law
        first = next((s for s in self._document.sentences if s.block == block), None)
        return is_first and first is not None and mention.start < first.end and not mention.is_topic and not mention.is_law

    def _find_main(self) -> str | None:
        """The one initiative that the whole release is about: named in many of its paragraphs, far more than any other."""
        spread: Counter[str] = Counter()
        paragraphs = 0
        for block in self._document.blocks:
            if block.kind == "heading" or block.end - block.start < 80:
                continue
            paragraphs += 1
            spread.update({mention.name for mention in self._index.between(block.start, block.end)})
        for part in [name for name in spread if any(self._index.is_part(name, whole) for whole in spread)]:
            whole = next(whole for whole in spread if self._index.is_part(part, whole))
            spread[whole] += spread.pop(part)
        ranked = spread.most_common(2)
        if not ranked:
            return None
        name, count = ranked[0]
        if count < max(3, _MAIN_SHARE * paragraphs) or (len(ranked) > 1 and count < 2 * ranked[1][1]):
            return None
        own = [mention for mention in self._index.mentions if mention.name == name]
        spoken_of = sum(not mention.is_topic for mention in own)
        return name if not is_law(name) or (count > 3 and spoken_of >= _SPOKEN_OF_LAW * len(own)) else None
