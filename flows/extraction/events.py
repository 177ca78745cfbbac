"""Events: a named actor did or promised one specific thing, without a number of its own.

Each verb that somebody named is the subject of gives a candidate clause. What speaks for an event and what against it are counted
as weights (`_WEIGHTS`, fitted on annotated releases): a named initiative in the object, a verb of doing, a list's item, against
praise, intentions (`will continue to`), framing of the announcement and standing descriptions.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flows.extraction.actors import Actor, ActorIndex
from flows.extraction.clauses import FINITE, VerbGroup, verb_groups
from flows.extraction.dates import FactDates, SentenceDates
from flows.extraction.document import Document, Sentence
from flows.extraction.initiatives import InitiativeIndex
from flows.extraction.lexicon import words
from flows.extraction.places import PlaceFound, PlaceIndex
from flows.extraction.verbs import lexicon
from warehouse.records import Action, Fact

_JOINING = words("join sign enroll endorse accept participate partner")
_PROMISING = words("commit pledge promise plan agree vow")
_ADVOCATING = words("ask urge call advocate encourage request challenge testify petition sue lobby rally demand tour recommend oppose")
_ACHIEVING = words("end eliminate achieve reach attain meet")
_FOUNDING = words("launch establish create form found unveil open start introduce")
_ENACTING = words("sign pass enact adopt issue publish release propose finalize approve announce award nominate appoint direct designate set")
_DOING = words(
    """expand develop build fund record send hold host secure fix sponsor conduct invest share provide train strengthen lead require ramp
    kick consult implement modernize complete deliver dedicate hire produce promote raise drive headline notify support update reform
    restore revise suspend terminate withdraw transfer file settle resolve enter veto ban restrict impose sanction order mobilize
    deploy donate pay offer grant select name return use make take work run co-author write answer convene collaborate co-host
    organize spread bring double add extend commission accelerate recruit distribute purchase install test prioritize invite"""
)
_DESCRIBING = words("be have include remain need mean show know believe continue represent require help allow enable ensure provide serve focus say")
_COURTS = words("investigate prosecute handle plead convict sentence charge allege admit arrest indict")
_ACTING = _JOINING | _PROMISING | _ADVOCATING | _ACHIEVING | _FOUNDING | _ENACTING | _DOING
_ACTING_FORMS = frozenset(form for form, verb in lexicon().items() if verb.lemma in _ACTING) | words("co-authored kick-off entered headlined rallied")
_VAGUE = re.compile(
    r"\b(?:continu(?:e|es|ed|ing)|stands? ready|remains? committed|look(?:s|ing)? forward|(?:is|are|am) committed to|proud|dedicated to|focus(?:ed|ing)? on|"
    r"working (?:to|with|across|hard)|will (?:also )?(?:discuss|meet|travel|thank|outline|ensure|mean|help|support|allow|make clear|interact|be able))\b"
)
# Deeds without content, and misdeeds: no commitment of anybody.
_EMPTY = re.compile(
    r"\b(?:tak(?:e|es|en|ing)|took) (?:\w+[ -]){0,4}(?:actions?|steps|measures)\b(?! to (?:sign|issue))|\bcontinu(?:e|es|ed|ing) to\b|"
    r"\b(?:conspir\w+|schemes?|defraud\w*|collusive|bribes?|misconduct|guilty|kickbacks?|launder\w*)\b|"
    r"\b(?:made|making) (?:\w+ ){0,2}(?:progress|strides|clear|investments)\b|\bwork(?:ed|ing|s)? (?:tirelessly|hard|closely) (?:to|with)\b"
)
_SPECIFIC = re.compile(
    r"\b(?:letters?|resolutions?|op-eds?|rules?|guidance|reports?|toolkits?|campaigns?|executive (?:orders?|actions?)|memorand(?:um|a)|agreements?|bills?|"
    r"legislation|laws?|websites?|courses?|cent(?:er|re)s?|programs?|initiatives?|plans?|strateg(?:y|ies)|events?|conferences?|summits?|roundtables?|"
    r"task forces?|councils?|committees?|partnerships?|coalitions?|pledges?|challenges?|grants?|funds?|blueprints?|frameworks?|"
    r"standards?|portals?|pilots?|projects?|facilit(?:y|ies)|foundr(?:y|ies)|drives?|mailers?|PSAs?|ads?|videos?|proposals?|playbooks?|trainings?|"
    r"mechanisms?|hubs?|consortium|application|networks?|media|fairs?|curricul\w+)\b",
    re.IGNORECASE,
)
_FRAMING = re.compile(r"\b(?:[Tt]oday|[Tt]his (?:morning|afternoon|evening|week))\b")
_CUT = re.compile(r";|—|\s–\s|,? and |, but |, while |, resulting in |, which |, bringing |, when ")
_APPOSED = re.compile(r"[*]*,? (?:an?|the) | to (?!all\b|more\b|over\b|at\b)[a-z]+")
_CUT_BEFORE_NUMBER = re.compile(r",\*{0,2} | [–—-] |—|\*\* | (?:that|which|who) ")
_HARD_CUT = re.compile(r"; |—")
_CLAUSE_MARK = re.compile(r";\s|—|\s–\s|(?:^|, )(?:and|but) ")
_SUBORDINATE = re.compile(r"(?:Since|When|While|After|Before|As|Because|If|Although)\b")
_JOINERS = words("and , but or")
_RELATIVE = words("who which that whom whose")
# Careers and degrees of people who are appointed: quoted biographies, no commitments.
_BIOGRAPHY = re.compile(
    r"\b(?:B\.?A\.?|B\.?S\.?|J\.?D\.?|M\.?A\.?|M\.?B\.?A\.?|Ph\.?D\.?|LL\.?[BM]\.?|cum laude|[Bb]achelor|[Mm]aster[’']?s? (?:degree|of)|doctorate|alumn\w+|"
    r"graduat\w+|is the founder|prior to (?:that|joining|his|her)|served as|worked as|law clerk|clerked|nominee|resides|was born|took office|unexpired term|has (?:over )?\d+ years)\b"
)
_PRONOUN = re.compile(r"\b(?:It|They|He|She|[Tt]he (?:companies|company|organizations?|firms?|providers|foundation|university|union|college|department|agency|group|partnership))(?: \w+ly| also| all| each)*\s*\Z")
_PLURAL_ROLE = re.compile(r"\b[Tt]he (?:companies|firms|providers|organizations)(?: \w+ly| also| all| each)*\s*\Z")
_THE_PLACE = re.compile(r"\b[Tt]he (?:city|state|county|commonwealth)\s*\Z")
_ITEM_GERUND = re.compile(r"[*•\s]*([A-Z][a-z]+(?:-[a-z]+)?ing)\b")
_BY_AGENT = re.compile(
    r"(?:,? (?:which|that) (?:was|were|has been)|,| \([A-Z]\w+\),? (?:which|that) (?:was|were)| \([A-Z]\w+\),)? ?"
    r"(launched|created|established|signed|passed|announced|enacted|founded|introduced|unveiled)\b([^.;]{0,80}?)\b(?:by|at the direction of|of) (?=(?:the )?[A-Z])"
)

# "Launched in 2010 at the direction of President Obama, the forum ..."
_LAUNCHED_OPENING = re.compile(r"(?:Launched|Created|Established|Founded|Announced|Signed)\b[^,.;]{0,60}\b(?:by|at the direction of) [^,.;]{3,60}, ")

# What speaks for (positive) or against an event. Fitted by logistic regression on annotated releases; rounded.
_WEIGHTS: dict[str, float] = {
    "bias": -0.62, "opens=a": 0.3, "opens=to": 0.28, "opens=the": 0.18, "opens=that": -0.25, "subject=pronoun": 0.33,
    "subject=person": 0.19, "subject=agent": 0.13, "subject=body": -0.14, "subject=shared": -0.39,
    "tense=past": 0.27, "tense=perfect": 0.25, "tense=progressive": -0.28, "tense=present": -0.55,
    "verb=promising": 0.39, "verb=founding+tense=past": 0.36, "verb=founding": 0.35, "verb=enacting": 0.25,
    "verb=enacting+tense=past": 0.23, "verb=doing+tense=perfect": 0.13, "verb=enacting+tense=future": 0.11,
    "verb=describing": -0.12, "verb=doing+tense=past": -0.15, "verb=achieving": -0.18, "verb=advocating": -0.19,
    "verb=doing+tense=present": -0.27, "verb=doing": -0.43, "verb=court": -1.0, "verb=is-committed": -1.0,
    "specific": 0.93, "has-initiative": 0.58, "opens-item": 0.29, "middling": 0.28, "in-list": 0.26,
    "mentions-initiative": 0.25, "long": 0.11, "names-initiative": 0.11, "passive": -0.13, "lead-in": -0.22,
    "cut-before-number": -0.24, "first-paragraph": -0.24, "late": -0.28, "short": -0.39, "framing": -0.42,
}  # fmt: skip
_THRESHOLD = -0.4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clause that might be an event: its span, its verb and its actors, and what speaks for and against it."""

    sentence: int
    start: int
    end: int
    lemma: str
    tense: str
    verb_end: int
    actors: tuple[str, ...]
    subject: str
    passive: bool = False
    is_cut: bool = False
    """Cut off before a number."""
    features: tuple[str, ...] = ()


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

    def candidates(self) -> Iterator[Candidate]:
        """Every clause in which somebody named does something and that holds no number."""
        if self._is_about_careers():
            return
        for index, sentence in enumerate(self._document.sentences):
            if not self._is_open(sentence):
                continue
            for candidate in self._of_sentence(index, sentence):
                shortened = self._without_number(candidate)
                if shortened and not self._is_empty(shortened):
                    yield replace(shortened, features=tuple(self._features(shortened)))

    def _is_about_careers(self) -> bool:
        """Whether the release presents people who are appointed."""
        told = len(_BIOGRAPHY.findall(self._text))
        return told >= _CAREERS and told * _SENTENCES_A_CAREER >= len(self._document.sentences)

    def _is_open(self, sentence: Sentence) -> bool:
        """Whether the sentence can hold an event at all."""
        if self._document.blocks[sentence.block].kind in {"heading", "table_row"}:
            return False
        if sentence.end - sentence.start < _SHORTEST or not any(token.lower in _ACTING_FORMS for token in sentence.tokens):
            return False
        return not _BIOGRAPHY.search(self._text, sentence.start, sentence.end)

    def _is_empty(self, candidate: Candidate) -> bool:
        """Whether the clause says nothing specific, or quotes somebody else's words."""
        if _EMPTY.search(self._text, candidate.start, min(candidate.end, candidate.verb_end + _OPENING_WORDS)):
            return True
        block = self._document.blocks[self._document.sentences[candidate.sentence].block]
        before = self._text[block.start : candidate.verb_end]
        return before.count("“") > before.count("”")

    # --- candidates

    def _of_sentence(self, index: int, sentence: Sentence) -> Iterator[Candidate]:
        groups = verb_groups(sentence.tokens)
        finite = _finite(sentence, groups)
        item = self._gerund_item(index, sentence, groups)
        if item:
            yield item
        yield from self._by_agent(index, sentence)
        begin = sentence.start
        subject: tuple[str, ...] = ()
        for position, group in enumerate(finite):
            verb_start = sentence.tokens[group.first].start
            if group.first and sentence.tokens[group.first - 1].lower in _RELATIVE:
                continue
            start = self._clause_start(begin, verb_start)
            own, kind = self._subject(index, start, verb_start)
            if own:
                subject = own
            elif subject and group.first > 0 and sentence.tokens[group.first - 1].lower in _JOINERS:
                start, kind = verb_start, "shared"
            if kind != "none" and group.lemma in _ACTING:
                end = self._clause_end(sentence, finite, position)
                yield self._candidate(index, sentence, start, end, group, subject, kind)
            begin = sentence.tokens[group.head].end

    def _candidate(
        self, index: int, sentence: Sentence, start: int, end: int, group: VerbGroup, actors: tuple[str, ...], kind: str
    ) -> Candidate:
        start, end = self._trimmed(start, end)
        verb_end = sentence.tokens[group.head].end
        return Candidate(index, start, end, group.lemma, group.tense, verb_end, actors, kind, group.passive)

    def _subject(self, index: int, start: int, verb: int) -> tuple[tuple[str, ...], str]:
        """Who acts in `text[start:verb]`, and how the text says it."""
        named = self._actors.between(start, verb)
        if named:
            kind = "role" if all(actor.is_role for actor in named) else named[-1].kind
            return tuple(dict.fromkeys(actor.name for actor in named)), kind
        stretch = self._text[start:verb]
        if _PRONOUN.search(stretch):
            meant = self._meant(index)
            return (meant, "pronoun") if meant else ((), "none")
        places = self._places.between(start, verb) or self._place_meant(stretch, start)
        if places and (_THE_PLACE.search(stretch) or len(stretch) - (places[-1].end - start) < _NEAR):
            return tuple(place.mention.name for place in places), "place"
        return (), "none"

    def _place_meant(self, stretch: str, start: int) -> list[PlaceFound]:
        """The latest place, for `the city`."""
        return self._places.between(max(0, start - 400), start)[-1:] if _THE_PLACE.search(stretch) else []

    def _meant(self, index: int) -> tuple[str, ...]:
        """Whom a pronoun in a sentence means: the companies that were listed before it, or who was named first."""
        for earlier in range(index - 1, max(-1, index - 1 - _LOOK_BACK), -1):
            sentence = self._document.sentences[earlier]
            named = self._actors.between(sentence.start, sentence.end)
            bodies = [actor for actor in named if actor.kind != "person" and not actor.is_role]
            if len(bodies) >= _LISTED:
                return tuple(dict.fromkeys(actor.name for actor in bodies))
            if named and sentence.block == self._document.sentences[index].block:
                return (named[0].name,)
        return ()

    def _gerund_item(self, index: int, sentence: Sentence, groups: list[VerbGroup]) -> Candidate | None:
        """`Launching a website ...` as the item of a list whose lead-in says who acts."""
        block = self._document.blocks[sentence.block]
        opening = _ITEM_GERUND.match(self._text, sentence.start)
        if sentence.start != block.start or not opening:
            return None
        actors = self._initiatives.list_lead_in(index)
        group = next((group for group in groups if sentence.tokens[group.head].end == opening.end()), None)
        if actors is None or group is None:
            return None
        named = tuple(dict.fromkeys(actor.name for actor in self._actors.between(*actors)))
        if not named:
            return None
        start, end = self._trimmed(opening.start(1), self._item_end(sentence, opening.end()))
        return Candidate(index, start, end, group.lemma, "gerund", opening.end(), named, "lead-in")

    def _item_end(self, sentence: Sentence, after: int) -> int:
        colon = self._text.find(": ", after, sentence.end)
        return colon if colon >= 0 else sentence.end

    def _by_agent(self, index: int, sentence: Sentence) -> Iterator[Candidate]:
        """`the X, launched in 2014 by First Lady Michelle Obama`."""
        for mention in self._initiatives.between(sentence.start, sentence.end):
            agent = _BY_AGENT.match(self._text, mention.end, sentence.end)
            if not agent:
                continue
            end = next((cut for cut in (self._text.find(", ", agent.end(), sentence.end),) if cut >= 0), sentence.end)
            actors = self._actors.between(agent.end(), end)
            if actors:
                start, end = self._trimmed(mention.start, end)
                yield Candidate(index, start, end, "launch", "past", mention.start - 1, (actors[0].name,), "agent")
        opening = _LAUNCHED_OPENING.match(self._text, sentence.start, sentence.end)
        actors = self._actors.between(sentence.start, opening.end()) if opening else []
        thing = self._initiatives.between(opening.end(), opening.end() + _NEAR) if opening else []
        if opening and actors and thing:
            yield Candidate(
                index, sentence.start, thing[0].end, "launch", "past", opening.end(), (actors[-1].name,), "agent"
            )

    def _clause_start(self, begin: int, verb: int) -> int:
        marks = [mark.end() for mark in _CLAUSE_MARK.finditer(self._text[begin:verb])]
        return begin + marks[-1] if marks else begin

    def _clause_end(self, sentence: Sentence, finite: list[VerbGroup], position: int) -> int:
        """Where the clause of a verb ends: before the next verb's clause."""
        if position + 1 == len(finite):
            return sentence.end
        verb_end = sentence.tokens[finite[position].head].end
        following = sentence.tokens[finite[position + 1].first].start
        if _SUBORDINATE.match(self._text, sentence.start) and position == 0:
            comma = self._text.rfind(", ", verb_end, following)
            return comma if comma >= 0 else following
        hard = _HARD_CUT.search(self._text, verb_end, following)
        if hard:
            return hard.start()
        if sentence.tokens[finite[position + 1].first - 1].lower in _RELATIVE:
            return self._clause_end(sentence, finite, position + 1)
        cuts = list(_CUT.finditer(self._text, verb_end, following))
        return cuts[-1].start() if cuts else following

    def _without_number(self, candidate: Candidate) -> Candidate | None:
        """The candidate up to the clause of a number, where it says something by itself before it."""
        at = bisect_left(self._numbers, (candidate.start, 0))
        if at == len(self._numbers) or self._numbers[at][0] >= candidate.end:
            return candidate
        number = self._numbers[at][0]
        end = self._end_before(candidate.verb_end, number) if number > candidate.verb_end else None
        if end is None:
            return None
        start, end = self._trimmed(candidate.start, end)
        return replace(candidate, start=start, end=end, is_cut=True)

    def _end_before(self, verb: int, number: int) -> int | None:
        """Where the clause ends that says something by itself between its verb and a number, or None."""
        named = [mention for mention in self._initiatives.between(verb, number) if mention.kind != "anaphor"]
        cuts = [cut.start() for cut in _CUT_BEFORE_NUMBER.finditer(self._text, verb, number)]
        cuts += [mention.end for mention in named if _APPOSED.match(self._text, mention.end)]
        end = max(cuts, default=verb)
        stated = self._text[verb:end]
        is_named = any(mention.start < end for mention in named) or re.match(r" (?:the )?[A-Z]", stated)
        return end if len(stated) >= (_SHORTEST_OBJECT if is_named else _FULL_OBJECT) else None

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        while start < end and self._text[start] in " *•,;:–—\n":
            start += 1
        while end > start and self._text[end - 1] in " .,;:*–—\n":
            end -= 1
        return start, end

    # --- what speaks for and against

    def _features(self, candidate: Candidate) -> Iterator[str]:
        yield "bias"
        yield f"subject={candidate.subject}"
        if candidate.is_cut:
            yield "cut-before-number"
        yield from self._verb_features(candidate)
        yield from self._object_features(candidate)
        yield from self._place_features(candidate)

    def _verb_features(self, candidate: Candidate) -> Iterator[str]:
        if candidate.lemma in _PROMISING:
            yield "verb=is-committed" if candidate.passive else "verb=promising"
            return
        yield f"tense={candidate.tense}"
        for name, lemmas in _VERB_CLASSES:
            if candidate.lemma in lemmas:
                yield f"verb={name}"
                if name in {"founding", "enacting", "doing"}:
                    yield f"verb={name}+tense={candidate.tense}"
        if candidate.lemma not in _ACTING:
            yield "verb=other"
        if candidate.passive:
            yield "passive"
        if _VAGUE.search(self._text, candidate.start, candidate.end):
            yield "vague"

    def _object_features(self, candidate: Candidate) -> Iterator[str]:
        stretch = self._text[candidate.verb_end : candidate.end]
        named = self._initiatives.between(candidate.verb_end, candidate.end)
        if any(mention.kind != "anaphor" and not mention.is_topic for mention in named):
            yield "names-initiative"
        elif named:
            yield "mentions-initiative"
        elif re.search(r"\b[A-Z][a-z]+ [A-Z]", stretch):
            yield "names-other"
        if _SPECIFIC.search(stretch):
            yield "specific"
        length = len(stretch.split())
        yield "short" if length < 5 else "long" if length > 30 else "middling"
        if re.match(r" (?:that|to)\b", stretch):
            yield f"opens={stretch.split()[0]}"
        elif re.match(r" (?:an?|its|their|the|his) ", stretch):
            yield f"opens={'the' if stretch.split()[0] == 'the' else 'a'}"

    def _place_features(self, candidate: Candidate) -> Iterator[str]:
        sentence = self._document.sentences[candidate.sentence]
        block = self._document.blocks[sentence.block]
        if self._initiatives.list_lead_in(candidate.sentence):
            yield "in-list"
            if sentence.start == block.start:
                yield "opens-item"
        if self._initiatives.at(candidate.sentence, candidate.start, candidate.end):
            yield "has-initiative"
        if self._text[sentence.start : sentence.end].rstrip("* \n\"”").endswith(":"):
            yield "lead-in"
        if _FRAMING.search(self._text, sentence.start, candidate.end):
            yield "framing"
        if sentence.block == 0:
            yield "first-paragraph"
        if candidate.start - sentence.start > _LATE:
            yield "late"

    # --- the fact

    def events(self) -> list[Fact]:
        """The events in reading order, overlapping ones once."""
        found: list[tuple[float, Candidate]] = []
        for candidate in self.candidates():
            score = sum(_WEIGHTS.get(feature, 0.0) for feature in candidate.features)
            if score > _THRESHOLD:
                found.append((score, candidate))
        return [self._fact(candidate, score) for score, candidate in _apart(found)]

    def _fact(self, candidate: Candidate, score: float) -> Fact:
        start, end = candidate.start, candidate.end
        places = self._places.of_fact(candidate.sentence, start, end)
        action = self._action(candidate)
        when = self._dates(candidate, action)
        return Fact(
            kind="event",
            start=start,
            end=end,
            quote=self._text[start:end],
            action=action,
            initiative=self._initiatives.at(candidate.sentence, start, end),
            as_of=when.as_of,
            as_of_precision=when.as_of_precision,
            as_of_basis=when.as_of_basis,
            since=when.since,
            since_precision=when.since_precision,
            deadline=when.deadline,
            deadline_precision=when.deadline_precision,
            places=places.places,
            list_complete=places.complete,
            actors=candidate.actors if candidate.subject != "place" else (),
            rule=f"event:{candidate.subject}:{candidate.lemma}",
            confidence=round(1 / (1 + math.exp(-score)), 2),
        )

    def _dates(self, candidate: Candidate, action: Action) -> FactDates:
        """When the event took place or is due, by the dates of its sentence."""
        sentence = self._document.sentences[candidate.sentence]
        block = self._document.blocks[sentence.block]
        dates = SentenceDates(
            self._text[sentence.start : sentence.end], self._document.published, self._text[block.start : sentence.start]
        )
        verb = (candidate.end if candidate.subject == "agent" else candidate.verb_end) - sentence.start
        return dates.of(verb, verb, target=action == "pledge", past=candidate.tense in {"past", "perfect"}, counts=False)

    def _action(self, candidate: Candidate) -> Action:
        clause = self._text[candidate.start : candidate.end]
        sentence = self._document.sentences[candidate.sentence]
        if candidate.lemma in _ADVOCATING or _APPEAL.search(clause):
            return "advocate"
        if candidate.lemma in _PROMISING or _PROMISE.search(clause):
            return "pledge"
        if candidate.tense == "future" and not _FRAMING.search(self._text, sentence.start, candidate.end):
            return "pledge"
        if _MET.search(clause):
            return "achieve"
        if candidate.lemma in _JOINING and _JOINED.search(clause):
            return "join"
        return "act"


_CAREERS = 5  # words of careers and degrees in a release about appointments
_SENTENCES_A_CAREER = 4  # sentences to each of them, at most
_OPENING_WORDS = 60  # characters after the verb in which an empty deed shows
_SHORTEST = 25  # characters of a sentence that can say who did what
_NEAR = 25  # characters between a place that acts and its verb
_LOOK_BACK = 30  # sentences before a pronoun in which its list of companies may stand
_LISTED = 4  # named bodies that make a sentence a list of who acts
_SHORTEST_OBJECT = 8  # characters after the verb that say what was done
_FULL_OBJECT = 30  # the same without any name in them
_LATE = 120  # characters from the sentence's begin to a clause that comes late in it
_APPEAL = re.compile(r"\b(?:letters? (?:to|from|urging)|resolution|op-eds?|amicus|testified|call(?:ed|ing)? on)\b")
_PROMISE = re.compile(r"\b(?:committed to (?:\w+ing|[a-z]+)|has also committed|set (?:the|a) goal)\b")
_MET = re.compile(r"\b(?:met (?:their|its|the) goal|ended|eliminated|first (?:state|city|community) to end|effectively end)\b")
_JOINED = re.compile(r"\b(?:join(?:ed|s|ing)?|sign(?:ed|ing) (?:up|on)|enroll\w*|accepted|endorsed|partnered on|took (?:on|up))\b(?! (?:by|into law|an? executive))")
_VERB_CLASSES: tuple[tuple[str, frozenset[str]], ...] = (
    ("joining", _JOINING), ("advocating", _ADVOCATING), ("achieving", _ACHIEVING), ("founding", _FOUNDING),
    ("enacting", _ENACTING), ("doing", _DOING), ("describing", _DESCRIBING), ("court", _COURTS),
)  # fmt: skip


# "will kick-off", "co-authored", "entered into": verbs that the list of verbs lacks.
_UNLISTED_PAST = re.compile(r"co-[a-z]+ed|entered|headlined|rallied|partnered")
_NO_VERBS = words("be also not have now only then soon always never continue")


def _finite(sentence: Sentence, groups: list[VerbGroup]) -> list[VerbGroup]:
    """The finite verbs of a sentence, with those that the list of verbs lacks."""
    finite = [group for group in groups if group.tense in FINITE]
    if not finite:
        finite = [group for group in groups if group.tense == "participle" and group.lemma in _ACTING][:1]
    known = {group.head for group in groups}
    for index, token in enumerate(sentence.tokens):
        if index in known or not 0 < index:
            continue
        before = sentence.tokens[index - 1]
        if before.lower == "also" and index > 1:
            before = sentence.tokens[index - 2]
        if before.lower == "will" and token.text.islower() and token.lower not in _NO_VERBS:
            finite.append(VerbGroup(index - 1, index, token.lower.partition("-")[0], "future", False, frozenset()))
        elif _UNLISTED_PAST.fullmatch(token.text):
            finite.append(VerbGroup(index, index, token.lower.removesuffix("ed"), "past", False, frozenset()))
    return sorted(finite, key=lambda group: group.first)


def _apart(found: list[tuple[float, Candidate]]) -> list[tuple[float, Candidate]]:
    """The best of the candidates that overlap by half, in reading order."""
    kept: list[tuple[float, Candidate]] = []
    for score, candidate in sorted(found, key=lambda pair: -pair[0]):
        if all(not _overlap(candidate, other) for _, other in kept):
            kept.append((score, candidate))
    return sorted(kept, key=lambda pair: pair[1].start)


def _overlap(first: Candidate, second: Candidate) -> bool:
    common = min(first.end, second.end) - max(first.start, second.start)
    return common >= 0.5 * min(first.end - first.start, second.end - second.start)


def find_events(
    document: Document,
    initiatives: InitiativeIndex,
    places: PlaceIndex,
    actors: ActorIndex,
    numbers: Sequence[tuple[int, int]],
) -> list[Fact]:
    """The events of a document; `numbers` are the spans of its quantities, whose clauses are no events."""
    return EventFinder(document, initiatives, places, actors, numbers).events()
