"""Named people and organisations, and which of them does what a fact says.

A name is a run of capitalised words that is neither an initiative nor a place: a person after a title (`Mayor Kasim
Reed`), a body with its head (`Department of Labor`, `National League of Cities`), a company that acts. Abbreviations
stand for the names that introduce them; `the President` and `the Department` for the last one named.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import Literal, NamedTuple

from flows.extraction.document import Document
from flows.extraction.initiatives import InitiativeIndex
from flows.extraction.lexicon import opening, word_class, words
from flows.extraction.places import PlaceIndex

ActorKind = Literal["person", "agency", "body"]

_WORD = r"(?:(?:[A-Z]\.){2,}|[A-Z][\w’'&\u2060\u2011.+]*(?:-[\w\u2060\u2011’']+)*)"
_LINK = r"(?:of|for|and|the|on|&|in|to|at)"
_RUN = re.compile(rf"(?<![\w’'.@/#-]){_WORD}(?: (?:{_LINK} ){{0,2}}{_WORD}){{0,40}}")

_TITLES = words(
    """President Secretary General Mr Mr. Ms Ms. Mrs Mrs. Dr Dr. Judge Justice Senator Sen. Representative Rep.
    Congressman Congresswoman Director Administrator Ambassador Chairman Chairwoman Chair Mayor Governor Gov.
    Commissioner Lady Gentleman Minister Advisor Adviser Coordinator Chief CEO Superintendent Sheriff Attorney
    Prince King Chancellor Officer Executive Founder Treasurer Comptroller Envoy Counselor Leader Speaker"""
)
# Words that end the name of a body.
_BODY_HEADS = words(
    """Department Departments Agency Administration Commission Council Board Bureau Office Service Services Authority
    Corporation Foundation Institute Institutes University College Association Society Union Federation League
    Conference Committee Center Company Inc Inc. LLC Co. Corp Corp. Bank Fund Group Alliance Coalition Network
    Partnership Congress House Senate Court Church School Schools Library Hospital Museum Press Chamber Corps
    Guard Force Army Navy Laboratory Industries Technologies Systems Partners Products Works Division Nation Tribe
    Tribes Nations Band Pueblo Community Organization Programs Academy Trust Initiative Task"""
)
_LEADING = words(
    """The A An In On At By With For From During Since And But When While After Before Today Tomorrow Yesterday Also
    Additionally Finally Further This That These Those Its Their Our His Her My Under Through As If Each Every All
    Both New Earlier Later Last Next To Of Together Because Thanks Although However Specifically Here There Where
    Who What How Why It They He She We You I January February March April May June July August September October
    November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday Over More Nearly Many Most Some
    Other FACT SHEET WASHINGTON Washington U.S. Other Already Democrats Republicans Not No
    Instead Even Just So Now Then Building Following Recently Throughout Within Across According
    Once Until Unless Alongside"""
)
_OFFICES = words("Secretary Administrator")  # "the Secretary of Education", without a name
# "Mayor Kasim Reed": the full name by its surname
_TITLED = re.compile(
    opening(*sorted(title for title in _TITLES if title[-1] != "."), "Gov.", "Sen.", "Rep.", "Dr.", "Mr.", "Ms.")
    + r" ([A-Z][\w’-]+ (?:[A-Z]\. )?([A-Z][\w’-]+))"
)
_ROLE = re.compile(
    opening("The", "the", "My", "my", "Our", "our", "his")
    + r" ((?:Vice )?President|First Lady|(?:Deputy )?Attorney General|Secretary|"
    r"Administration|[Dd]epartment|Mayor|Governor|[Cc]ommission|[Cc]ompany|organization|foundation|university|agency|"
    r"Justice Department)"
)
_ROLE_END = re.compile(r"\b(?! of | [A-Z])")
_SPEAKER = re.compile(r"I(?<![\w’'].)(?:[’']ve)?(?= [a-z])")
_PRESIDENT = re.compile(
    opening("President") + r" (?:Joe |Barack |Donald J\. |Donald )?(Biden|Obama|Trump|Bush|Clinton)\b"
)
_FIRST_LADY = re.compile(r"\bFirst Lady (?:Dr\. )?((?:[A-Z][a-z]+ )?[A-Z][a-z]+)\b")
_ADMINISTRATION = re.compile(
    r"\b(Biden[-\u2060\u2011]+Harris|Biden|Obama|Trump|Obama-Biden) Administration\b", re.IGNORECASE
)
_AGENCY = re.compile(
    r"\b(?:Departments?|Agency|Administration|Office|Bureau|Commission|Service|Council|Congress|White House|House|"
    r"Senate|Treasury|National Science Foundation|Authority|Corps)\b"
)
_NAME_BEFORE = re.compile(rf"(?:{_WORD} ){{1,4}}\Z")
_NAME_AFTER = re.compile(rf" of (?:the )?{_WORD}(?: {_WORD})?(?:,? and (?:{_WORD} )?{_WORD})?")
_STATEMENT = re.compile(r"(?:Statement|Remarks) (?:from|by|of) (?:the )?(?:Vice )?President (\w+ \w+)")
# "Department of Justice (DOJ)"
_ABBREVIATION = re.compile(r"\([A-Z][\w&/+-]{1,11}\)")
_INTRODUCED = re.compile(rf"({_WORD}(?: (?:{_LINK} ){{0,2}}{_WORD}){{1,7}}) ?\(([A-Z][\w&/+-]{{1,11}})\)")
_NO_ACTORS = words(
    """Americans American Federal State States Nation National Medicaid Medicare Mayors Mayor Cities Veterans Veteran
    Congressional Tribal Republicans Democrats Republican Democratic Internet President English Spanish Executive
    Order Cabinet Hispanic Black Latino Asian Native Covid COVID-19 STEM AI White America Chinese Russian
    Ukrainian European Presidents Leaders Ministers Highlights Healthcare Jewish Muslim Christian Significant
    Therefore Furthermore Moreover Meanwhile Today Tomorrow Tonight U.S Earth Initiative Program Act Law
    Challenge Plan Agenda Pursuant Building Decarbonizing Following Recognizing Commonwealth Compact"""
) | {"United States", "State of the Union Address", "Executive Order", "Tribal Nations", "Presidential Memorandum"}
_DAYS = words("Day Week Month Year")  # "Ahead of Veterans Day"
_SHORTENED = re.compile(
    r"(?:[A-Z]\.)+|(?:Inc|Corp|Co|Ltd|Mfg|Bros|Jr|Sr|St|Dr|Mr|Ms|Mrs|Gov|Sen|Rep|Gen|Lt|Col|Assn|Dept)\."
)
_LONGEST_PERSON = 4  # words
_LONGEST_STRETCH = 3000  # characters that are read for actors at once

_Part = tuple[int, str]
"""A word and where it begins."""


class Actor(NamedTuple):
    """A named person or body at `text[start:end]`; `name` is its fullest form in the release, without title."""

    start: int
    end: int
    name: str
    kind: ActorKind
    is_role: bool = False
    """Named only by a role (`the President`, `the company`)."""


class ActorIndex:
    """Finds the people and organisations that a stretch of one document names."""

    def __init__(self, document: Document, initiatives: InitiativeIndex, places: PlaceIndex) -> None:
        self._document = document
        self._text = document.text.replace("*", " ")
        spans = [(m.start, m.end) for m in initiatives.mentions if m.kind != "anaphor"]
        self._taken = sorted(spans + [(place.start, place.end) for place in places.found])
        self._short = {m.group(2): _bare_name(m.group(1)) for m in _introductions(self._text)}
        self._surnames = {m.group(2): m.group(1) for m in reversed(list(_TITLED.finditer(self._text)))}
        self._of_runs: dict[tuple[int, int], list[Actor]] = {}
        self._headed: dict[str, list[_Part]] = {}

    @classmethod
    def of(cls, document: Document, initiatives: InitiativeIndex, places: PlaceIndex) -> ActorIndex:
        """Read the document once."""
        return cls(document, initiatives, places)

    def between(self, start: int, end: int) -> list[Actor]:
        """The actors that `text[start:end]` names, by name or by role."""
        end = min(end, start + _LONGEST_STRETCH)
        roles = list(self._roles(start, end))
        named = [
            actor
            for first, last in self._free(start, end)
            for run in _RUN.finditer(self._text, first, last)
            for actor in self._of_run(*run.span())
        ]
        if not roles:
            return named
        named = [
            actor for actor in named if not any(role.start <= actor.start and actor.end <= role.end for role in roles)
        ]
        free = [role for role in roles if not any(actor.start < role.end and role.start < actor.end for actor in named)]
        return sorted([*named, *free], key=lambda actor: actor.start)

    def _free(self, start: int, end: int) -> Iterable[tuple[int, int]]:
        """The parts of the stretch that no initiative and no place takes up."""
        at = max(0, bisect_left(self._taken, (start, 0)) - 1)
        for first, last in islice(self._taken, at, None):
            if first >= end:
                break
            if last > start:
                if first > start:
                    yield start, first
                start = max(start, last)
        if start < end:
            yield start, end

    def _of_run(self, start: int, end: int) -> list[Actor]:
        """The actor or actors of a run of capitalised words, which several clauses and facts ask for."""
        known = self._of_runs.get((start, end))
        if known is None:
            self._of_runs[start, end] = known = list(self._read_run(start, self._text[start:end]))
        return known

    def _read_run(self, start: int, text: str) -> Iterator[Actor]:
        for parts in _split_run(_words(start, text.rstrip("."))):
            parts = _without_leading(parts)
            if (
                not parts
                or self._is_introduced(parts)
                or self._is_plain_word(parts)
                or _joined(parts).rstrip(".") in _NO_ACTORS
                or len(_joined(parts)) == 1
                or parts[-1][1] in _DAYS
            ):
                continue
            title = _last_title(parts)
            if title is not None and title + 1 < len(parts):
                yield from self._person(parts, title)
            elif title is None:
                yield self._body(parts)

    def _is_introduced(self, parts: list[_Part]) -> bool:
        """Whether it is the abbreviation in brackets after its own name."""
        start, word = parts[0]
        return word in self._short and self._text[start - 1 : start] == "("

    def _is_plain_word(self, parts: list[_Part]) -> bool:
        """Whether a single capitalised word is capitalised only because it opens the sentence."""
        if len(parts) > 1:
            return False
        start, word = parts[0]
        before = self._text[max(0, start - 4) : start].rstrip(' "“')[-1:]  # a dash: after the dateline
        if before not in {"", ".", "!", "?", ":", "\n", "•", "-", "–", "—"} or word.isupper():
            return False
        plain = word.lower()
        if plain in self._lower_words or plain.removesuffix("s") in self._lower_words:
            return True
        return word_class(plain) not in {"noun", "plural"}

    @cached_property
    def _lower_words(self) -> frozenset[str]:
        return frozenset(re.findall(r"(?<![\w’'-])[a-z]{2,}\b", self._text))

    def _person(self, parts: list[_Part], title: int) -> Iterable[Actor]:
        following = parts[title + 1 :]
        if not following[0][1][0].isupper():
            office = parts[title:]
            following = _after_office(following)
            if not following and office[1][1] == "of" and parts[title][1] in _OFFICES:
                yield Actor(parts[0][0], office[-1][0] + len(office[-1][1]), _plain(_joined(office)), "person", True)
        if not following:
            return
        name = _plain(_joined(following[:_LONGEST_PERSON]))
        full = self._surnames.get(name, name)
        yield Actor(parts[0][0], following[-1][0] + len(following[-1][1]), full, "person")

    def _body(self, parts: list[_Part]) -> Actor:
        start = parts[0][0]
        end = parts[-1][0] + len(parts[-1][1])
        name = _plain(self._text[start:end])
        full = self._short.get(name, name)
        kind: ActorKind = "agency" if _AGENCY.search(full) else "body"
        return Actor(start, end, full, kind)

    def _roles(self, start: int, end: int) -> Iterable[Actor]:
        """`the President`, `the Administration`, `I` and the like, each as whom it means here."""
        for match in _within(self._role_matches, start, end):
            holder = self._holder(match) if _ROLE_END.match(self._text, match.end(), end) else None
            if holder:
                yield Actor(match.start(), match.end(), holder, "body", True)
        for match in _within(self._speaker_matches, start, end):
            if self._speaker:
                yield Actor(match.start(), match.end(), self._speaker, "person", True)

    @cached_property
    def _role_matches(self) -> list[re.Match[str]]:
        return list(_ROLE.finditer(self._text))

    @cached_property
    def _speaker_matches(self) -> list[re.Match[str]]:
        return list(_SPEAKER.finditer(self._text))

    def _holder(self, match: re.Match[str]) -> str | None:
        """Who holds the role here."""
        role = match.group(1)
        plain = role.casefold()
        if plain == "president":
            return self._first(_PRESIDENT) or "President"
        if plain == "first lady":
            return self._first(_FIRST_LADY) or "First Lady"
        if plain == "administration":
            name = self._first(_ADMINISTRATION)
            return f"{name.replace(chr(0x2060), '')} Administration" if name else "Administration"
        return self._latest(role.split()[-1].capitalize(), match.start())

    def _latest(self, head: str, position: int) -> str | None:
        """The nearest earlier body with this head (`the Commission`)."""
        if head not in self._headed:
            self._headed[head] = list(self._bodies_with(head))
        at = bisect_left(self._headed[head], (position, ""))
        return self._headed[head][at - 1][1] if at else None

    def _bodies_with(self, head: str) -> Iterable[tuple[int, str]]:
        for found in re.finditer(rf"\b{head}\b", self._text):
            before = _NAME_BEFORE.search(self._text[max(0, found.start() - 80) : found.start()])
            after = _NAME_AFTER.match(self._text, found.end())
            stretch = (before.group() if before else "") + head + (after.group() if after else "")
            name = _bare_name(stretch)
            if " " in name:
                yield found.start(), name

    def _first(self, pattern: re.Pattern[str]) -> str | None:
        match = pattern.search(self._document.title or "") or pattern.search(self._text)
        return match.group(1) if match else None

    @cached_property
    def _speaker(self) -> str | None:
        """Who says `I`: whose statement it is."""
        match = _STATEMENT.search(self._document.title or "")
        return match.group(1) if match else self._first(_PRESIDENT)


def _within(matches: list[re.Match[str]], start: int, end: int) -> Iterator[re.Match[str]]:
    """The matches that lie in a stretch, of all that a text has in reading order."""
    for match in matches[bisect_left(matches, start, key=re.Match.start) :]:
        if match.start() >= end:
            break
        if match.end() <= end:
            yield match


def _introductions(text: str) -> Iterable[re.Match[str]]:
    """Names with their abbreviation in brackets, looked for only in the lines that have such brackets."""
    end = 0
    for bracket in _ABBREVIATION.finditer(text):
        if bracket.start() >= end:
            begin = text.rfind("\n", end, bracket.start()) + 1
            end = text.find("\n", bracket.end())
            end = len(text) if end < 0 else end
            yield from _INTRODUCED.finditer(text, begin, end)


def _split_run(parts: list[_Part]) -> Iterable[list[_Part]]:
    """Parts `HUD and DOJ` and `National Park Service and the Army`, but not `Housing and Urban Development`."""
    piece: list[_Part] = []
    for index, (start, word) in enumerate(parts):
        if word in {"and", "&"} and piece and _ends_name(piece, parts[index + 1 :]):
            yield piece
            piece = []
            continue
        piece.append((start, word))
        if word.endswith(".") and not _SHORTENED.fullmatch(word):  # a sentence ends within the run
            yield piece
            piece = []
    if piece:
        yield piece


def _ends_name(left: list[_Part], right: list[_Part]) -> bool:
    if not right:
        return True
    whole = left[-1][1] in _BODY_HEADS or _last_title(left) is not None or left[-1][1].isupper()
    return whole or right[0][1] in {"the", "The"} or right[0][1].isupper()


def _words(start: int, text: str) -> list[_Part]:
    parts = []
    for word in text.split(" "):
        if word:
            parts.append((start, word))
        start += len(word) + 1
    return parts


def _joined(parts: list[_Part]) -> str:
    return " ".join(word for _, word in parts)


def _without_leading(parts: list[_Part]) -> list[_Part]:
    first = 0
    while first < len(parts) and (parts[first][1] in _LEADING or not parts[first][1][0].isupper()):
        first += 1
    return parts[first:]


def _last_title(parts: list[_Part]) -> int | None:
    at = None
    for index, (_, word) in enumerate(parts):
        if word in _TITLES:
            at = index
    return at


def _after_office(parts: list[_Part]) -> list[_Part]:
    """`Miguel Cardona` of `(Secretary) of Education Miguel Cardona`: the last two words, three with an initial."""
    if len(parts) < 4:
        return []
    size = 3 if re.fullmatch(r"[A-Z]\.?", parts[-2][1]) and len(parts) > 4 else 2
    return parts[-size:]


def _bare_name(text: str) -> str:
    return _plain(_joined(_without_leading(_words(0, text))))


def _plain(name: str) -> str:
    name = re.sub(r"[’']s$|[’']$", "", name.replace("\u2060", ""))
    return re.sub(r"^(?:U\.S\. |United States )(?=Department|Attorney|Environmental)", "", name).strip(" .,")
