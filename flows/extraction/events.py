"""Events: a named actor did or promised one specific thing, without a number of its own.

Each finite verb of a sentence gives a candidate clause: its subject, the verb, what follows. It is an event where the subject is
named (or the list's lead-in names who acts), the verb is one that does something, and the thing done is specific: a named
initiative or law, a rule, a letter, a toolkit. Framing, praise, intentions (`will continue to`) and standing descriptions are none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.extraction.actors import Actor, ActorIndex
from flows.extraction.clauses import FINITE, VerbGroup, verb_groups
from flows.extraction.document import Document, Sentence
from flows.extraction.initiatives import InitiativeIndex
from flows.extraction.places import PlaceIndex
from warehouse.records import Action, Fact

_JOINING = frozenset("join sign enroll endorse accept participate".split())
_PROMISING = frozenset("commit pledge promise plan agree vow aim intend".split())
_ADVOCATING = frozenset("ask urge call advocate encourage request challenge testify petition sue lobby rally demand tour co-author recommend".split())
_ACHIEVING = frozenset("end eliminate achieve meet reach attain".split())
# What a named actor does in an event; everything else that verbs say is description, praise or intention.
_DOING = frozenset(
    """announce launch release publish issue establish create award sign host convene open propose finalize adopt pass enact approve direct
    form expand develop build fund appoint nominate recruit record send hold unveil start introduce partner work secure fix sponsor
    conduct invest share provide train strengthen lead require ramp include kick participate consult implement modernize accept
    complete deliver dedicate designate hire produce promote raise spread drive host headline notify support update reform restore
    revise suspend terminate withdraw transfer file settle resolve enter veto ban restrict impose sanction designate order mobilize
    deploy donate pay offer grant select name join return""".split()
) | _JOINING | _PROMISING | _ADVOCATING | _ACHIEVING  # fmt: skip
_NEVER = frozenset("continue believe remain know recognize thank applaud look hope".split())
_VAGUE = re.compile(
    r"\b(?:continue|continues|continued|continuing) to\b|\bwill (?:also )?(?:focus|highlight|discuss|deliver remarks|meet|travel|thank|outline|host over|ensure|mean|"
    r"help|support|allow|make clear|interact)\b|\b(?:stands? ready|remains? committed|is committed to (?:continuing|working|ensuring))\b"
)
_RELATIVE = frozenset("who which that whom where whose when as if while because after before since".split())
_SPECIFIC = re.compile(
    r"\b(?:letters?|resolutions?|op-eds?|rules?|guidance|reports?|toolkits?|campaigns?|executive (?:orders?|actions?)|memorand(?:um|a)|agreements?|bills?|"
    r"legislation|laws?|websites?|courses?|cent(?:er|re)s?|programs?|initiatives?|plans?|strateg(?:y|ies)|events?|conferences?|summits?|roundtables?|"
    r"task forces?|councils?|committees?|partnerships?|coalitions?|pledges?|challenges?|grants?|funds?|investments?|blueprints?|frameworks?|"
    r"standards?|portals?|pilots?|projects?|facilit(?:y|ies)|foundr(?:y|ies)|drives?|tours?|mailers?|PSAs?|ads?|videos?|proposals?|playbooks?|trainings?|"
    r"commitments?|enforcement|efforts?|steps|hubs?|consortium|testing|mechanisms?|systems?|research|application|network)\b",
    re.IGNORECASE,
)
_GERUND_ITEM = re.compile(r"[*•\s]*(?:Today, )?([A-Z][a-z-]+ing)\b")
_CUT = re.compile(r";|—|\s–\s|,? and |, but |, while |, resulting in |, which |, bringing ")
_TODAY = re.compile(r"\b(?:[Tt]oday|[Tt]his (?:morning|afternoon|evening|week))\b")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clause that might be an event: the verb at token `verb` of the sentence, its span and its actors."""

    sentence: int
    start: int
    end: int
    verb: VerbGroup
    actors: tuple[Actor, ...]
    inherited: bool


class EventFinder:
    """Finds the events of one document."""

    def __init__(
        self,
        document: Document,
        initiatives: InitiativeIndex,
        places: PlaceIndex,
        actors: ActorIndex,
        numbers: Sequence[tuple[int, int]],
    ) -> None:
        self._document = document
        self._text = document.text
        self._initiatives = initiatives
        self._places = places
        self._actors = actors
        self._numbers = sorted(numbers)

    def events(self) -> list[Fact]:
        """The events in reading order."""
        return [self._fact(candidate) for candidate in self.candidates() if self._is_event(candidate)]

    def candidates(self) -> Iterator[Candidate]:
        """Every clause with a verb of doing and somebody who does it."""
        for index, sentence in enumerate(self._document.sentences):
            if self._document.blocks[sentence.block].kind == "heading" and index:
                continue
            yield from self._of_sentence(index, sentence)

    def _of_sentence(self, index: int, sentence: Sentence) -> Iterator[Candidate]:
        groups = verb_groups(sentence.tokens)
        finite = [group for group in groups if group.tense in FINITE and not _in_relative(sentence, group)]
        subject: tuple[Actor, ...] = ()
        begin = sentence.start
        for position, group in enumerate(finite):
            verb_start = sentence.tokens[group.first].start
            start = self._clause_start(begin, verb_start)
            own = tuple(self._actors.between(start, verb_start))
            end = self._clause_end(sentence, finite, position)
            actors = own or subject
            if actors and group.lemma in _DOING:
                yield Candidate(index, self._opening(sentence, start, own, verb_start), end, group, actors, not own)
            subject = actors
            begin = sentence.tokens[group.head].end

    def _clause_start(self, begin: int, verb: int) -> int:
        """Where the clause of a verb begins: after the last semicolon or conjunction before its subject."""
        cuts = [cut.end() for cut in re.finditer(r";\s|—|\s–\s", self._text[begin:verb])]
        return begin + cuts[-1] if cuts else begin

    def _opening(self, sentence: Sentence, start: int, own: tuple[Actor, ...], verb: int) -> int:
        """The clause from its subject on; without a subject of its own from the verb on."""
        if not own:
            return verb
        while start < verb and self._text[start] in " *•,–—":
            start += 1
        return start

    def _clause_end(self, sentence: Sentence, finite: list[VerbGroup], position: int) -> int:
        end = sentence.end
        if position + 1 < len(finite):
            following = sentence.tokens[finite[position + 1].first].start
            cuts = list(_CUT.finditer(self._text, sentence.tokens[finite[position].head].end, following))
            end = cuts[-1].start() if cuts else following
        return end

    def _is_event(self, candidate: Candidate) -> bool:
        clause = self._text[candidate.start : candidate.end]
        if candidate.verb.lemma in _NEVER or _VAGUE.search(clause):
            return False
        if self._has_number(candidate.start, candidate.end):
            return False
        verb_end = self._document.sentences[candidate.sentence].tokens[candidate.verb.head].end
        thing = self._text[verb_end : candidate.end]
        named = bool(self._initiatives.between(verb_end, candidate.end))
        return named or (bool(_SPECIFIC.search(thing)) and len(thing.split()) > 3)

    def _has_number(self, start: int, end: int) -> bool:
        at = bisect_left(self._numbers, (start, 0))
        return at < len(self._numbers) and self._numbers[at][0] < end

    def _fact(self, candidate: Candidate) -> Fact:
        start, end = candidate.start, candidate.end
        while end > start and self._text[end - 1] in " .,;:*–—":
            end -= 1
        places = self._places.of_fact(candidate.sentence, start, end)
        return Fact(
            kind="event",
            start=start,
            end=end,
            quote=self._text[start:end],
            action=self._action(candidate),
            initiative=self._initiatives.at(candidate.sentence, start, end),
            as_of=self._document.published,
            places=places.places,
            list_complete=places.complete,
            actors=tuple(dict.fromkeys(actor.name for actor in candidate.actors)),
            rule="event",
            confidence=0.6,
        )

    def _action(self, candidate: Candidate) -> Action:
        verb = candidate.verb
        clause = self._text[candidate.start : candidate.end]
        if verb.lemma in _ADVOCATING or re.search(r"\b(?:letters? to|resolution|op-ed|amicus)\b", clause):
            return "advocate"
        if verb.lemma in _PROMISING:
            return "pledge"
        if verb.tense == "future" and not _TODAY.search(self._text[self._document.sentences[candidate.sentence].start : candidate.end]):
            return "pledge"
        if verb.lemma in _JOINING and not re.search(r"\b(?:executive order|act|law|bill|memorandum)\b", clause, re.IGNORECASE):
            return "join"
        if verb.lemma in _ACHIEVING:
            return "achieve"
        return "act"


def _in_relative(sentence: Sentence, group: VerbGroup) -> bool:
    return group.first > 0 and sentence.tokens[group.first - 1].lower in _RELATIVE


def find_events(
    document: Document,
    initiatives: InitiativeIndex,
    places: PlaceIndex,
    actors: ActorIndex,
    numbers: Sequence[tuple[int, int]],
) -> list[Fact]:
    """The events of a document; `numbers` are the spans of its quantities, whose clauses are no events."""
    return EventFinder(document, initiatives, places, actors, numbers).events()
