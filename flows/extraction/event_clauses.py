"""The clauses of a release that might be events: somebody named is the subject of a verb of doing, without a number."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from flows.extraction.actors import ActorIndex
from flows.extraction.clauses import VerbGroup, verb_groups
from flows.extraction.deeds import ACTING, can_act, count_careers, finite_verbs, is_career, is_empty, tells_careers
from flows.extraction.document import Document, Sentence
from flows.extraction.initiatives import InitiativeIndex
from flows.extraction.lexicon import words
from flows.extraction.places import PlaceIndex
from flows.extraction.toponyms import PlaceFound

_CUT = re.compile(r";|—|\s–\s|,? and |, but |, while |, resulting in |, which |, bringing |, when ")
_APPOSED = re.compile(r"[*]*,? (?:an?|the) | to (?!all\b|more\b|over\b|at\b)[a-z]+")
_CUT_BEFORE_NUMBER = re.compile(r",\*{0,2} | [–—-] |—|\*\* | (?:that|which|who) ")
_HARD_CUT = re.compile(r"; |—")
_CLAUSE_MARK = re.compile(r";\s|—|\s–\s|(?:^|, )(?:and|but) ")
# "The Harbor Agency (HA), the Pier Board, and": the first of several that act together
_NAMES = re.compile(
    r"[*•\s]*(?:[Tt]he )?[A-Z][\w’'.&-]*(?: (?:(?:of|for|on|and|the) ){0,2}[A-Z][\w’'.&-]*| \([A-Z][\w&-]+\)"
    r"|,(?: and)? (?:the )?[A-Z][\w’'.&-]*){0,30}, and "
)
_SUBORDINATE = re.compile(r"(?:Since|When|While|After|Before|As|Because|If|Although)\b")
_JOINERS = words("and , but or")
_MODALS = words("can could may might must should would")
_RELATIVE = words("who which that whom whose")
_PRONOUN = re.compile(
    r"\b(?:It|They|He|She|[Tt]he (?:companies|company|organizations?|firms?|providers|foundation|university|"
    r"union|college|department|agency|group|partnership))(?: \w+ly| also| all| each)*\s*\Z"
)
_LOWER_WORD = re.compile(r" ([a-z]+)\b")
# Words that may stand between a name and its verb.
_AFTER_NAME = words(
    """also today recently now then still last this earlier yesterday tomorrow in on at of for and with to who which
    from through by along alongside under based that as or the all both each itself"""
)
_WILL = re.compile(r"\b(?:will|plans? to|aims? to)\b")
_HAS_OR_WILL = re.compile(r"\b(has|have|will)(?: also)?:[*\s]*\Z")
_THE_PLACE = re.compile(r"\b[Tt]he (?:city|state|county|commonwealth)\s*\Z")
_ITEM_GERUND = re.compile(r"[*•\s]*([A-Z][a-z]+(?:-[a-z]+)?ing)\b")
# ", launched in 2014 by First Lady Michelle Obama" after an initiative's name
_BY_AGENT = re.compile(
    r"(?:,? (?:which|that) (?:was|were|has been)|,| \([A-Z]\w+\),? (?:which|that) (?:was|were)| \([A-Z]\w+\),)? ?"
    r"(?:launched|created|established|signed|passed|announced|enacted|founded|introduced|unveiled)\b"
    r"[^.;]{0,80}?\b(?:by|at the direction of|of) (?=(?:the )?[A-Z])"
)
# "Launched in 2010 at the direction of President Obama, the forum ..."
_LAUNCHED_OPENING = re.compile(
    r"(Launched|Created|Established|Founded|Announced|Signed)\b[^,.;]{0,60}"
    r"\b(?:by|at the direction of) [^,.;]{3,60}, "
)
_OPENING_WORDS = 60  # characters after the verb in which an empty deed shows
_SHORTEST = 25  # characters of a sentence that can say who did what
_LONGEST = 1500  # characters of a sentence; what is longer is a table or a list without ends
_NEAR = 25  # characters between a place that acts and its verb
_LOOK_BACK = 30  # sentences before a pronoun in which its list of companies may stand
_LISTED = 4  # named bodies that make a sentence a list of who acts
_SHORTEST_OBJECT = 8  # characters after the verb that say what was done
_FULL_OBJECT = 30  # the same without any name in them
_PLACE_BACK = 400  # characters before `the city` in which its name stands


class Candidate(NamedTuple):
    """A clause that might be an event: its span, its verb and who acts, by name.

    `subject` tells how the text names who acts: person, agency, body, role, place, pronoun, shared (with an earlier
    verb), lead-in (of the list), agent (after `by`).
    """

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


class ClauseFinder:
    """Finds the candidates of one document; `numbers` are the spans of its quantities."""

    def __init__(
        self,
        document: Document,
        initiatives: InitiativeIndex,
        places: PlaceIndex,
        actors: ActorIndex,
        numbers: Sequence[tuple[int, int]],
        verbs: Mapping[int, list[VerbGroup]],
    ) -> None:
        self._document = document
        self._text = document.text
        self._initiatives = initiatives
        self._places = places
        self._actors = actors
        self._numbers = sorted(numbers)
        self._verbs = verbs
        self._careers = count_careers(document.text)

    def candidates(self) -> Iterator[Candidate]:
        """Every clause in which somebody named does something and that holds no number."""
        if tells_careers(self._careers, len(self._document.sentences), self._document.title):
            return
        for index, sentence in enumerate(self._document.sentences):
            if not self._is_open(sentence):
                continue
            for candidate in self._of_sentence(index, sentence):
                shortened = self._without_number(candidate)
                if shortened and not self._is_empty(shortened):
                    yield shortened

    def _is_open(self, sentence: Sentence) -> bool:
        """Whether the sentence can hold an event at all."""
        if self._document.blocks[sentence.block].kind in {"heading", "table_row"}:
            return False
        if not _SHORTEST <= sentence.end - sentence.start <= _LONGEST or not can_act(sentence):
            return False
        return not (self._careers and is_career(self._text, sentence.start, sentence.end))

    def _is_empty(self, candidate: Candidate) -> bool:
        """Whether the clause says nothing specific, or quotes somebody else's words."""
        if is_empty(self._text, candidate.start, min(candidate.end, candidate.verb_end + _OPENING_WORDS)):
            return True
        block = self._document.blocks[self._document.sentences[candidate.sentence].block]
        begin = max(block.start, candidate.verb_end - _LONGEST)
        return self._text.count("“", begin, candidate.verb_end) > self._text.count("”", begin, candidate.verb_end)

    def _of_sentence(self, index: int, sentence: Sentence) -> Iterator[Candidate]:
        groups = self._verbs[index] if index in self._verbs else verb_groups(sentence.tokens)
        item = self._gerund_item(index, sentence, groups) or self._bare_item(index, sentence, groups)
        if item:
            yield item
        yield from self._by_agent(index, sentence)
        yield from self._opening_agent(index, sentence)
        yield from self._of_verbs(index, sentence, finite_verbs(sentence, groups))

    def _of_verbs(self, index: int, sentence: Sentence, finite: list[VerbGroup]) -> Iterator[Candidate]:
        begin = sentence.start
        subject: tuple[str, ...] = ()
        finite = [self._called_on(sentence, group) for group in finite]
        sharing = max((at for at, group in enumerate(finite) if self._may_share(sentence, group)), default=-1)
        for position, group in enumerate(finite):
            before = self._word_before(sentence, group)
            if before in _RELATIVE or sentence.tokens[group.first].lower in _MODALS:
                continue
            if group.lemma not in ACTING and position > sharing:  # nobody asks for its subject
                begin = sentence.tokens[group.head].end
                continue
            verb_start = sentence.tokens[group.first].start
            start = self._clause_start(begin, verb_start)
            own, kind = self._subject(index, start, verb_start)
            if own:
                subject = own
            elif subject and before in _JOINERS:
                start, kind = verb_start, "shared"
            if kind != "none" and group.lemma in ACTING:
                end = self._clause_end(sentence, finite, position)
                yield self._candidate(index, start, end, sentence, group, subject, kind)
            begin = sentence.tokens[group.head].end

    def _word_before(self, sentence: Sentence, group: VerbGroup) -> str:
        return sentence.tokens[group.first - 1].lower if group.first else ""

    def _may_share(self, sentence: Sentence, group: VerbGroup) -> bool:
        """Whether a deed may have the subject of a verb before it: a conjunction ties them."""
        return group.lemma in ACTING and self._word_before(sentence, group) in _JOINERS

    def _called_on(self, sentence: Sentence, group: VerbGroup) -> VerbGroup:
        """`call` of `I continue to call on Congress`, which is a call as well."""
        end = sentence.tokens[group.head].end
        is_call = group.lemma == "continue" and group.tense == "present" and self._text.startswith(" to call on ", end)
        return group._replace(lemma="call") if is_call else group

    def _candidate(
        self, index: int, start: int, end: int, sentence: Sentence, group: VerbGroup, actors: tuple[str, ...], kind: str
    ) -> Candidate:
        start, end = self._trimmed(start, end)
        verb_end = sentence.tokens[group.head].end
        return Candidate(index, start, end, group.lemma, group.tense, verb_end, actors, kind, group.passive)

    def _subject(self, index: int, start: int, verb: int) -> tuple[tuple[str, ...], str]:
        """Who acts in `text[start:verb]`, and how the text says it."""
        named = self._actors.between(start, verb)
        if named and named[-1].kind != "person" and self._is_modifier(named[-1].end, verb):
            return (), "none"
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

    def _is_modifier(self, end: int, verb: int) -> bool:
        """Whether a name only tells of which kind the true subject is: `the Armenian people have ...`."""
        following = _LOWER_WORD.match(self._text, end, verb)
        word = following.group(1) if following else ""
        return bool(word) and word not in _AFTER_NAME and not word.endswith("ly")

    def _place_meant(self, stretch: str, start: int) -> list[PlaceFound]:
        """The latest place, for `the city`."""
        return self._places.between(max(0, start - _PLACE_BACK), start)[-1:] if _THE_PLACE.search(stretch) else []

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
        if actors is None or group is None or self._is_label(sentence, opening.end()):
            return None
        named = tuple(dict.fromkeys(actor.name for actor in self._actors.between(*actors)))
        if not named:
            return None
        start, end = self._trimmed(opening.start(1), self._item_end(sentence, opening.end()))
        tense = "future" if _WILL.search(self._text, *actors) else "gerund"
        return Candidate(index, start, end, group.lemma, tense, opening.end(), named, "lead-in")

    def _bare_item(self, index: int, sentence: Sentence, groups: list[VerbGroup]) -> Candidate | None:
        """`Secured ...` as the item of a list whose lead-in ends with `the Authority has:`."""
        lead_in = self._initiatives.list_lead_in(index)
        if sentence.start != self._document.blocks[sentence.block].start or not lead_in:
            return None
        ending = _HAS_OR_WILL.search(self._text, max(lead_in[0], lead_in[1] - _NEAR), lead_in[1])
        first = groups[0] if groups and groups[0].first == 0 else None
        if not ending or first is None:
            return None
        named = tuple(dict.fromkeys(actor.name for actor in self._actors.between(*lead_in)))
        if not named:
            return None
        verb_end = sentence.tokens[first.head].end
        start, end = self._trimmed(sentence.start, self._item_end(sentence, verb_end))
        tense = "future" if ending.group(1) == "will" else "past"
        return Candidate(index, start, end, first.lemma, tense, verb_end, named, "lead-in")

    def _is_label(self, sentence: Sentence, after: int) -> bool:
        """Whether the item opens with a label, in bold or before a colon, of the sentences that follow it."""
        block = self._document.blocks[sentence.block]
        colon = self._text.find(": ", after, sentence.end)
        if colon >= 0:
            return block.end - colon > _FULL_OBJECT
        bold = self._text[block.start : block.start + 2] == "**" or self._text[block.start - 2 : block.start] == "**"
        return bold and block.end - sentence.end > _FULL_OBJECT

    def _item_end(self, sentence: Sentence, after: int) -> int:
        colon = self._text.find(": ", after, sentence.end)
        return colon if colon >= 0 else sentence.end

    def _by_agent(self, index: int, sentence: Sentence) -> Iterator[Candidate]:
        """`the X, launched in 2014 by First Lady Michelle Obama`."""
        for mention in self._initiatives.between(sentence.start, sentence.end):
            agent = _BY_AGENT.match(self._text, mention.end, sentence.end)
            if not agent:
                continue
            comma = self._text.find(", ", agent.end(), sentence.end)
            start, end = self._trimmed(mention.start, comma if comma >= 0 else sentence.end)
            actors = self._actors.between(agent.end(), end)
            if actors:
                yield Candidate(index, start, end, "launch", "past", mention.end, (actors[0].name,), "agent")

    def _opening_agent(self, index: int, sentence: Sentence) -> Iterator[Candidate]:
        """`Launched in 2010 at the direction of President Obama, the forum`."""
        opening = _LAUNCHED_OPENING.match(self._text, sentence.start, sentence.end)
        if not opening:
            return
        actors = self._actors.between(sentence.start, opening.end())
        thing = self._initiatives.between(opening.end(), opening.end() + _NEAR)
        if actors and thing:
            end = thing[0].end
            yield Candidate(index, sentence.start, end, "launch", "past", opening.end(1), (actors[-1].name,), "agent")

    def _clause_start(self, begin: int, verb: int) -> int:
        marks = [mark.end() for mark in _CLAUSE_MARK.finditer(self._text[begin:verb])]
        if not marks or _NAMES.fullmatch(self._text, begin, begin + marks[-1]):
            return begin
        return begin + marks[-1]

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
        return candidate._replace(start=start, end=end, is_cut=True)

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
