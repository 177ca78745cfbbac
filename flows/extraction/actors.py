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
from flows.extraction.names import AGENCY_INITIALS
from flows.extraction.places import PlaceIndex
from flows.extraction.verbs import lexicon

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
    Tribes Nations Band Pueblo Community Organization Programs Academy Trust Initiative Task Centers
    Offices Command Endowment"""
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
# "U.S. Conference of Mayors", "New Jersey Transit": names that are never said without their first word
_AFTER_OWN = {
    "U.S.": words("Conference Chamber Digital Steel Soccer Bank"),
    "New": words("York Jersey Mexico Hampshire Orleans England Zealand Haven"),
}
_COUPLES = words("President Lady Gentleman")
_OFFICES = words("Secretary Administrator")  # "the Secretary of Education", without a name
# Names that begin with the word of a title.
_BODIES_LIKE_TITLES = frozenset(
    {
        *("General Services", "General Electric", "General Motors", "General Mills", "General Dynamics"),
        "Executive Order",
        *("General Assembly", "General Accounting", "Executive Office", "Executive Branch", "Justice Department"),
    }
)
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
_STATEMENT = re.compile(
    r"(?:Statement|Remarks) (?:from|by|of) (?:the )?(?:Vice )?President "
    r"([A-Z]\w+(?: [A-Z]\.)?(?: (?!(?:On|In|At|Before|After|During|And|To|As)\b)[A-Z]\w+)?)"
)
# "Department of Justice (DOJ)"
_ABBREVIATION = re.compile(r"\([A-Z][\w&/+-]{1,11}\)")
_INTRODUCED = re.compile(rf"({_WORD}(?: (?:{_LINK} ){{0,2}}{_WORD}){{1,7}}) ?\(([A-Z][\w&/+-]{{1,11}})\)")
_CAPITALS = re.compile(r"(?:[A-Z]\.)+[A-Z]?|[A-Z][A-Z0-9&+.-]*[A-Z0-9+]s?|[A-Z]+\d+\w*")
# Abbreviations that need no introduction.
_KNOWN_SHORT = (AGENCY_INITIALS - words("STLT LGBTQ LGBTQI AI EV US U.S. UK COPS")) | words(
    """AARP ACF ACL ACLU ADB AFL-CIO AFSCME AFT AHRQ AMD APEC ARPA-E ARPA-H AT&T AU BIA BIE BLM BMW CEPI CEQ CIA CISA
    COVAX CVS DARPA DPC EBRD ECOWAS ED EEOC FAA FDIC FERC FHA FHFA FHWA FMCSA FRA FTA FWS GAO GE IBEW IBM IDB IEA IFC
    IHS ILO INL IRENA MARAD MBDA MCC NAACP NASCAR NBA NCAA NCI NEC NFL NHTSA NIFA NIJ NLRB NPS NRC NREL NSA NTSB OAS
    OCR OECD OIRA OJJDP OPEC ORR OSCE OVC OVW PBGC PHMSA SAP SEIU SSA TDA TSMC UAW UNDP UNESCO UNFPA UNHCR UNICEF UPS
    USCIS USDOT USGS USIP USPS USTDA USTR WFP WTO"""
)
# "Feeding Towns will" is a body, "Feeding Towns:" a heading.
_NAMES_VERB = re.compile(r",? (?:will|has|have|is|are|was|also|[a-z]+ed)\b")
_ACTING = re.compile(
    r"(?<![\w’'(-])(?<!\b[Tt]he )(?<!\ban )(?<!\ba )([A-Z][A-Z0-9&-]+[A-Z0-9])"
    r"(?:, an? [^,.;]{0,60}\b(?:company|firm|nonprofit|organization|association|manufacturer|provider),|"
    r" (?:also |today |recently |has )?(?:announc|launch|pledg|committ|agre|sign|join|award|publish|releas|host|"
    r"invest|partner)ed\b|"
    r" will (?:announce|launch|sign|join|award|publish|release|host|invest|partner|hire|offer|donate|commit)\b|"
    r" is (?:announcing|launching|pledging|committing|joining)\b)"
)
_NO_ACTORS = words(
    """Americans American Federal State States Nation National Medicaid Medicare Mayors Mayor Cities Veterans Veteran
    Congressional Tribal Republicans Democrats Republican Democratic Internet President English Spanish Executive
    Order Cabinet Hispanic Black Latino Asian Native Covid COVID-19 STEM AI White America Chinese Russian
    Ukrainian European Presidents Leaders Ministers Highlights Healthcare Jewish Muslim Christian Significant
    Therefore Furthermore Moreover Meanwhile Today Tomorrow Tonight U.S Earth Initiative Program Act Law
    Challenge Plan Agenda Pursuant Building Decarbonizing Following Recognizing Commonwealth Compact"""
) | {"United States", "State of the Union Address", "Executive Order", "Tribal Nations", "Presidential Memorandum"}
_NO_ACTORS |= {f"{part} District" for part in ("Northern", "Southern", "Eastern", "Western", "Central", "Middle")}
_NO_ACTORS |= {f"{part} America" for part in ("North", "South", "Central", "Latin")}
_NO_ACTORS |= {
    "Southeast Asia",
    "Middle East",
    "Western Hemisphere",
    "Eastern Europe",
    "Pacific Islander",
    "Alaska Native",
}
_NO_ACTORS |= {"Native Hawaiian", "American Indian", "Native American", "Asian American", "Black Americans"}
_ABSTRACT = re.compile(r"(?:ed|tion|sion|ment|ity|ics|ance|ence|ness|ship|ure|ian|ican)$")  # no company's name
_DAYS = words("Day Week Month Year")  # "Ahead of Veterans Day"
# "Bureau of Docks, Piers and Locks (BDPL)"
_SERIAL = re.compile(
    r"(?:(?:President’s|National|Federal|Senate|House|White House) )?(?P<head>Department|Ministry|Bureau|Office|"
    r"Cent(?:er|re)s?|Committee|Subcommittee|Academ(?:y|ies)|Institute|Commission|Council|Division) (?:of|for|on) "
    rf"(?P<list>{_WORD}(?: {_WORD})?(?:, {_WORD}(?: {_WORD})?)+,? (?:and|&) {_WORD})"
    rf"(?:(?P<rest>(?: {_WORD})?) \((?P<short>[A-Z][A-Z&]{{1,11}})\))?"
)
# What begins a list of bodies, not a name: "the Department of Energy, Ferro, and ..."
_WHOLE_FIELDS = words(
    """Agriculture Commerce Defense Education Energy Justice Labor State Transportation Investigation Reclamation
    Prisons Mayors Governors"""
)
_OF_FIELDS = words("Committee Subcommittee Ministry Academies")
# "Government of Peru"
_OF_PLACES = words("Government Republic Kingdom University Bank Parliament Commonwealth")
_OF_PLACE = re.compile(r" of (?:the )?(?=[A-Z])")
_CALENDAR = words(
    """January February March April May June July August September October November December Monday Tuesday Wednesday
    Thursday Friday Saturday Sunday"""
)
# Last words of what is made, signed or held, and does nothing itself.
_THINGS = words(
    """Order Orders Budget Guidelines Rule Rules Shutdown Agreement Understanding Basin River Summit Act Code Guidebook
    Manual Hubs Wildfire Jr Sr Esq"""
)
_OPENING_THINGS = words("Summit Manual Rules Part Title Hurricane Operation Level Section")
_KIND = re.compile(r"-[a-z]+$")  # "Denver-based", "American-made"
# Words that are no names by themselves: a body's or a place's head, a part of the world, a word of tables.
_ALONE = (_BODY_HEADS - words("Congress House Senate Army Navy")) | words(
    """Government Republic Kingdom County District Region Southwest Southeast Northwest Northeast West East South North
    Western Eastern Southern Northern Midwest Africa Europe Asia Caribbean Americas Indo-Pacific African Asian Indian
    Mexican Canadian European Philippine Vietnamese Section Level Tier Part Title Offense Sentence Tweet Billion Million
    Lower Prior Big Celsius Ltd L.L.C LLP Invested Created Allies Lab Order Children Women Infants Roe Wade"""
)
_CONTRACTION = re.compile(r"(?:I|It|That|There|What|Who|Here|We|They|You|He|She|Let|Don|Can)[’'](?:m|s|re|ve|d|ll|t)")
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
        # Where the names of places end, without a state or country behind them
        self._place_ends = {
            place.start: place.start + len(self._text[place.start : place.end].partition(",")[0])
            for place in places.found
        }
        self._short = {m.group(2): _introduced_name(m.group(1)) for m in _introductions(self._text)}
        serial = list(self._serial_names())
        self._serial = [body for body, _ in serial]
        self._short |= {short: body.name for body, short in serial if short}
        self._taken = sorted([*self._taken, *((body.start, body.end) for body in self._serial)])
        self._surnames = {
            (_of_couple(m.group().split(" ")[0]), m.group(2)): m.group(1)
            for m in reversed(list(_TITLED.finditer(self._text)))
        }
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
        serial = [body for body in self._serial if body.start < end and start < body.end]
        if not roles and not serial:
            return named
        named = [
            actor for actor in named if not any(role.start <= actor.start and actor.end <= role.end for role in roles)
        ]
        named += serial
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
        whole = _split_run(_words(start, text.rstrip(".")))
        for parts in (part for piece in whole for part in self._apart(piece)):
            parts = _owned(_before_date(_without_leading(self._without_gerund(parts))))
            if (
                not parts
                or self._is_introduced(parts)
                or self._is_plain_word(parts)
                or self._is_other_abbreviation(parts)
                or self._is_label(parts)
                or (_is_thing(parts) and self._end_of(parts) == parts[-1][0] + len(parts[-1][1]))
            ):
                continue
            title = _last_title(parts)
            if title is not None and title + 1 < len(parts):
                yield from self._person(parts, title)
            elif title is None:
                yield self._body(parts)

    def _apart(self, parts: list[_Part]) -> Iterable[list[_Part]]:
        """Parts `Acme Tools and Google`: two names that are whole without each other."""
        for index, (_, word) in enumerate(parts):
            if word == "and" and self._are_two(_without_leading(parts[:index]), parts[index + 1 :]):
                yield parts[:index]
                yield from self._apart(parts[index + 1 :])
                return
        yield parts

    def _are_two(self, left: list[_Part], right: list[_Part]) -> bool:
        """Whether no word on one side of `and` belongs to the other side too (`Food and Drug Administration`)."""
        if len(right) > 1 and right[1][1] in {"of", "for"} and right[0][1] in _BODY_HEADS and len(left) > 1:
            return True
        if not left or not right or not all(word[0].isupper() for _, word in left + right):
            return False
        if any(_plain(word) in _BODY_HEADS or self._is_common(word) for _, word in right):
            return False
        return len(left) > 1 or self._stand_apart(_joined(left), _joined(right))

    def _is_common(self, word: str) -> bool:
        plain = _plain(word).lower()
        return plain in self._lower_words or word_class(plain) in {"plural", "ing"} or bool(_ABSTRACT.search(plain))

    def _stand_apart(self, left: str, right: str) -> bool:
        """Whether `Ferro and Marel` are also named apart, unlike `Procter and Gamble`."""
        together = self._text.count(f"{left} and {right}")
        apart = (len(re.findall(rf"\b{re.escape(name)}\b", self._text)) for name in (left, right))
        return left != right and min(apart) > together

    def _is_introduced(self, parts: list[_Part]) -> bool:
        """Whether it is the abbreviation in brackets after its own name."""
        start, word = parts[0]
        return word in self._short and self._text[start - 1 : start] == "("

    def _is_plain_word(self, parts: list[_Part]) -> bool:
        """Whether a single capitalised word is capitalised only because it opens the sentence."""
        if len(parts) > 1:
            return False
        start, word = parts[0]
        if not self._opens_sentence(start) or word.isupper():
            return False
        plain = word.lower()
        if plain in self._lower_words or plain.removesuffix("s") in self._lower_words:
            return True
        return word_class(plain) not in {"noun", "plural"}

    def _is_label(self, parts: list[_Part]) -> bool:
        """Whether it is an item's heading (`Bridge the Gap:`), and not who speaks or acts (`Meals on Wheels:`)."""
        end = parts[-1][0] + len(parts[-1][1])
        if not self._text[end : end + 3].lstrip(" *").startswith(":") or _last_title(parts) is not None:
            return False
        found = {word for _, word in parts}
        verb = lexicon().get(parts[0][1].lower())
        demands = verb is not None and "base" in verb.forms
        has_link = not found.isdisjoint({"the", "to"} | ({"for", "and"} if demands else set()))
        return has_link and found.isdisjoint(_BODY_HEADS)

    def _opens_sentence(self, start: int) -> bool:
        before = self._text[max(0, start - 4) : start].rstrip(' "“*')[-1:]  # a dash: after the dateline
        return before in {"", ".", "!", "?", ":", "\n", "•", "-", "–", "—"}

    def _without_gerund(self, parts: list[_Part]) -> list[_Part]:
        """The body that an opening gerund is about (`Announcing the Department of Ports`), if there is one."""
        if not parts or not self._opens_sentence(parts[0][0]) or not _is_gerund(parts[0][1]):
            return parts
        if _last_title(parts) is not None:  # "Joining President Biden"
            return parts[1:]
        the = next((index for index, (_, word) in enumerate(parts) if word == "the"), None)
        if the is not None:
            told = _without_leading(parts[the + 1 :])
            return told if any(_plain(word) in _BODY_HEADS for _, word in told) else []
        end = parts[-1][0] + len(parts[-1][1])
        is_name = parts[-1][1] in _BODY_HEADS or _NAMES_VERB.match(self._text, end)
        return parts if is_name else parts[1:] if parts[-1][1] in _KNOWN_SHORT else []

    def _is_other_abbreviation(self, parts: list[_Part]) -> bool:
        """Whether it is an abbreviation that no organisation is known by or introduced with (`EV`, `MOU`, `GDP`)."""
        short = _plain(parts[0][1])
        if len(parts) > 1 or not _CAPITALS.fullmatch(short) or short in _KNOWN_SHORT:
            return False
        full = self._short.get(short, "")
        return not (_AGENCY.search(full) or not _BODY_HEADS.isdisjoint(full.split()) or short in self._acting)

    @cached_property
    def _acting(self) -> frozenset[str]:
        """The abbreviations that do what only organisations do: `NMA announced a plan`."""
        return frozenset(match.group(1) for match in _ACTING.finditer(self._text))

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
        full = self._surnames.get((_of_couple(parts[title][1]), name), name)
        yield Actor(parts[0][0], following[-1][0] + len(following[-1][1]), full, "person")

    def _end_of(self, parts: list[_Part]) -> int:
        """Where a name ends, with the place that belongs to it (`Government of Peru`)."""
        end = parts[-1][0] + len(parts[-1][1])
        place = _OF_PLACE.match(self._text, end) if parts[-1][1] in _OF_PLACES else None
        return self._place_ends.get(place.end(), end) if place else end

    def _serial_names(self) -> Iterable[tuple[Actor, str | None]]:
        """Bodies with commas in their names, and their abbreviations."""
        for found in _SERIAL.finditer(self._text):
            if self._is_serial(found):
                end = found.end("list") if found["rest"] is None else found.end("rest")
                name = self._text[found.start() : end].replace("\u2060", "")
                yield Actor(found.start(), end, name, "agency"), found["short"]

    def _is_serial(self, found: re.Match[str]) -> bool:
        """Whether the list is of fields of work and not of bodies: its abbreviation counts them, or they are common."""
        listed = found["list"] + (found["rest"] or "")
        items = re.split(r", (?:and )?| and | & ", listed)
        if found["short"]:
            return _counts(found["short"], f"{found['head']} {listed}") and not _counts(found["short"], items[-1])
        is_one = found["head"] in _OF_FIELDS or items[0] not in _WHOLE_FIELDS
        return is_one and self._is_common(items[-1].split()[-1])

    def _body(self, parts: list[_Part]) -> Actor:
        start = parts[0][0]
        end = self._end_of(parts)
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
            name = _introduced_name(stretch)
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


def _introduced_name(run: str) -> str:
    """The name at the end of a run, without `Secretary of the` before it."""
    parts = list(_split_run(_words(0, run)))[-1]
    title = _last_title(parts)
    if title is not None and not _is_person(parts, title):
        parts = parts[title + 1 :]
    return _plain(_joined(_owned(_without_leading(parts)))).replace("Departments of ", "Department of ")


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
    title = _last_title(left)
    is_person = title is not None and _is_person(left, title)
    whole = left[-1][1] in _BODY_HEADS or is_person or left[-1][1].isupper()
    return whole or right[0][1] in {"the", "The"} or right[0][1].isupper()


def _counts(short: str, name: str) -> bool:
    """Whether all letters of the abbreviation begin words of the name, in their order."""
    initials = iter(word[0] for word in re.findall(r"\w+", name))
    return all(letter in initials for letter in short if letter != "&")


def _is_thing(parts: list[_Part]) -> bool:
    """Whether it names no person and no body: `Today’s`, `I’m`, `Jr.`, `Harbor Day`, `the Summit`."""
    name = _plain(_joined(parts))
    alone = len(parts) == 1 and (name in _ALONE or len(name) < 2 or _CONTRACTION.fullmatch(parts[0][1]) is not None)
    has_head = any(word in _BODY_HEADS for _, word in parts)
    is_made = not has_head and (_plain(parts[-1][1]) in _THINGS or parts[0][1] in _OPENING_THINGS)
    is_kind = _KIND.search(parts[-1][1]) is not None
    return alone or is_made or is_kind or name in _NO_ACTORS or parts[-1][1] in _DAYS or "Executive Order" in name


def _before_date(parts: list[_Part]) -> list[_Part]:
    """`President Biden` of `President Biden on Monday`."""
    for index, (_, word) in enumerate(parts[1:], 1):
        if word in _CALENDAR and parts[index - 1][1] in {"on", "in"}:
            return parts[: index - 1]
    return parts


def _owned(parts: list[_Part]) -> list[_Part]:
    """The body that belongs to another (`HUD’s Office of Piers`); the owner where it only owns a thing."""
    for index, (_, word) in enumerate(parts[:-1]):
        owner = _plain(word)
        if word[-2:] in {"’s", "'s"} and (owner in _BODY_HEADS or owner.isupper() or parts[0][1] in _BODY_HEADS):
            rest = parts[index + 1 :]
            goes_on = _last_title(rest) is not None or any(_plain(part) in _BODY_HEADS for _, part in rest)
            return _owned(_without_leading(rest)) if goes_on else parts[: index + 1]
    return parts


def _of_couple(title: str) -> str:
    """The title, if people of one surname are told apart by it: `President Diaz` is not `First Lady Ana Diaz`."""
    return title if title in _COUPLES else ""


def _is_gerund(word: str) -> bool:
    verb = lexicon().get(word.lower()) if word.endswith("ing") else None
    return verb is not None and "ing" in verb.forms


def _is_person(parts: list[_Part], title: int) -> bool:
    """Whether the title is a person's and not the head's of a body (`Secretary of the Department`)."""
    return [word for _, word in parts[title + 1 : title + 3]] != ["of", "the"]


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
        if first + 1 < len(parts) and parts[first + 1][1] in _AFTER_OWN.get(parts[first][1], ()):
            break
        first += 1
    return parts[first:]


def _last_title(parts: list[_Part]) -> int | None:
    at = None
    for index, (_, word) in enumerate(parts):
        if word in _TITLES and not _is_of_body(parts, index):
            at = index
    return at


def _is_of_body(parts: list[_Part], index: int) -> bool:
    """Whether the word of a title is a body's own: `Department of Justice`, `General Services Administration`."""
    word = parts[index][1]
    before = parts[index - 1][1] if index else ""
    after = parts[index + 1][1] if index + 1 < len(parts) else ""
    return (word == "Justice" and before in {"of", "for", "and"}) or f"{word} {after}" in _BODIES_LIKE_TITLES


def _after_office(parts: list[_Part]) -> list[_Part]:
    """`Miguel Cardona` of `(Secretary) of Education Miguel Cardona`: the last two words, three with an initial."""
    if len(parts) < 4:
        return []
    size = 3 if re.fullmatch(r"[A-Z]\.?", parts[-2][1]) and len(parts) > 4 else 2
    return parts[-size:]


def _plain(name: str) -> str:
    name = re.sub(r"[’']s$|[’']$", "", name.replace("\u2060", ""))
    return re.sub(r"^(?:U\.S\. |United States )(?=Department|Attorney|Environmental)", "", name).strip(" .,")
