"""Named initiatives: found by their shape, joined to their short forms, carried to the facts that do not repeat them.

`InitiativeIndex.of(document)` reads a document once; `at` then answers for any place in it, from the nearest context
to the widest: the clause and sentence, the list that it stands in, its paragraph, its section, the whole release.
"""

from __future__ import annotations

import re

from flows.extraction.document import Document
from flows.extraction.mentions import Mention, mentions_of
from flows.extraction.scopes import ListScope, Scopes
from warehouse.records import Stage

_SUBJECT_WITHIN = 25  # characters before a name that the sentence is still about
# What follows belongs to another thing done: `and launching an X`, `and their commitment ...`, a further number.
_NEXT_CONJUNCT = re.compile(r"; |\band \w+ing\b|, and |\band (?:its|their|to)\b|(?!(?:19|20)\d\d\b)\b\d[\d,.]* \w+ \w+")
# "$7 billion for ports, including $3 million for a ferry through the X Program": the name is that of a part.
_OTHER_PART = re.compile(r"\bincluding\b.*[$\d]|[,;] and \w+ing (?:the|its|a) \Z")
_BARE_OPENING = re.compile(r"(?:The|This|That|These|Our|Its|Today,|New|new|A|[“ ])*\Z")
_OF_NUMBER = re.compile(r"[^,;]{0,60}\b(?:of|for|through|under|in) (?:the )?\Z")
# "$5 million for the agency’s", "164 new": nothing but an amount's own words stand before the name that it belongs to.
_BOUND = re.compile(
    r"(?: (?:million|billion|trillion|thousand|new|additional|\w+ing))*"
    r"(?:(?: [\w-]+){0,3} (?:for|to|in|into|through|under)(?: (?:the|its|their|an?|new|[\d,.]+))*"
    r"(?: [A-Z][\w’'.()]*(?: of| and)?)*)?"
    r"[ “]*\Z"
)
# "$2 billion for the Harbor Authority’s", "An additional $5 million to": an item opens with what it is about.
_ITEM_OPENING = re.compile(
    r"(?:(?:[A-Z“*$(\d]\S*|million|billion|new|additional|for|to|in|through|under|over|nearly|about|up|approximately|"
    r"more|than|the|of|and|its|an?) *)*\Z"
)
# "the X Program, which aims to reach 50 towns"
_RELATIVE = re.compile(r"[”]?(?: \([^()]{2,12}\))?,? (?:which|that) [^,;:.]*\Z")
_LABEL = re.compile(r"\W*[A-Z]\w+ing (?:the |its |our )?")
_OPENING_WITHIN = 90
_OPENING = 60  # characters in which a sentence names what all of its parts belong to
_FARTHEST_MONEY = 90  # characters between an amount and the law that pays it
_FARTHEST = 1500  # characters between a fact and a name that can be its own


class InitiativeIndex:
    """All mentions of initiatives in one document, and what they hold for."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._text = document.text.replace("*", " ")
        mentions = mentions_of(document)
        self._first_of = {mention.name: mention.start for mention in reversed(mentions.found)}
        self._scopes = Scopes(document, mentions)
        self.mentions = mentions.found

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
        name = self._nearest(sentence, start, end, number, stage)
        return self._scopes.whole_of(name) if name else None

    def _nearest(self, sentence: int, start: int, end: int, number: int | None, stage: Stage | None) -> str | None:
        own = self._of_sentence(sentence, start, end, number)
        listed = self._scopes.of_list(sentence)
        if own and own.is_topic and listed is None:
            return self._scopes.of_running_text(sentence) or own.name
        at = start if number is None else number
        if own and (listed is None or self._is_narrower(own, listed) or self._is_item_s_own(own, sentence, at)):
            return own.name
        if listed is not None:
            return self._of_item(sentence, own, listed) or self._of_release(sentence, stage)
        return self._carried(sentence, stage)

    def between(self, start: int, end: int) -> tuple[Mention, ...]:
        """The mentions that begin in `text[start:end]`."""
        return self._scopes.between(start, end)

    def list_lead_in(self, sentence: int) -> tuple[int, int] | None:
        """The span of the paragraph that leads into the list which the sentence is an item of."""
        listed = self._scopes.of_list(sentence)
        return (listed.start, listed.end) if listed else None

    def _of_sentence(self, sentence: int, start: int, end: int, number: int | None) -> Mention | None:
        where = self._document.sentences[sentence]
        at = start if number is None else number
        candidates = [
            mention
            for mention in self.between(max(where.start, at - _FARTHEST), min(where.end, at + _FARTHEST))
            if self._is_near(mention, where.start, at)
            and (start <= mention.start < end or not self._is_lent(mention, at))
        ]
        paid = [m for m in candidates if not m.is_law and not m.is_class and not m.is_topic and self._is_bound(m, at)]
        if paid:  # what a law pays for goes before the law
            candidates = [m for m in candidates if not m.is_law or m.name == self.main]
        return max(candidates, key=lambda mention: self._weight(mention, where.start, start, end, at), default=None)

    def _is_lent(self, mention: Mention, at: int) -> bool:
        """A law outside of the evidence counts only where it stands before the fact and is its subject."""
        if not mention.is_law or mention.name == self.main:
            return False
        return mention.is_topic or mention.start > at

    def _is_near(self, mention: Mention, opening: int, at: int) -> bool:
        """Not a law that pays for something further on, and not what another part of an enumeration names."""
        if mention.is_law and mention.is_topic and mention.start - at > _FARTHEST_MONEY:
            return False
        if mention.start > at and _OTHER_PART.search(self._text[at : mention.start]):
            return False
        low, high = (mention.end, at) if mention.end <= at else (at, mention.start)
        return mention.start - opening <= _OPENING or "; " not in self._text[low:high]

    def _weight(self, mention: Mention, opening: int, start: int, end: int, at: int) -> float:
        """How likely a fact at `at`, with evidence `start:end` in a sentence from `opening`, belongs to the mention."""
        is_before = mention.end <= at
        between = self._text[mention.end : at] if is_before else self._text[at : mention.start].lstrip("$0123456789.,")
        weight = 1.5 * (start <= mention.start < end) + 0.7 * mention.is_firm - 2.0 * mention.is_topic
        weight -= 0.5 * (mention.is_law and mention.name != self.main) + 1.2 * mention.is_class
        weight -= 0.5 * (mention.kind == "anaphor") + len(between) / 400
        if mention.start - opening <= _SUBJECT_WITHIN and _BARE_OPENING.match(self._text[opening : mention.start]):
            weight += 1.2 * (not mention.is_topic)
        if _LABEL.fullmatch(self._text[opening : mention.start]) and self._text.startswith(": ", mention.end):
            weight += 0.8  # "Expanding the X Corps: This week"
        if is_before and _RELATIVE.match(between):
            weight += 1.5
        if mention.start > at:
            weight += 0.5 * bool(_OF_NUMBER.match(between)) - 1.2 * bool(_NEXT_CONJUNCT.search(between))
        return weight + 0.4 * (self._first_of.get(mention.name) == mention.start)

    def _is_narrower(self, own: Mention, listed: ListScope) -> bool:
        """Whether a name in a list's item is the item's own, and not one that the whole release is about."""
        known_before = self._first_of[own.name] < listed.start
        return own.is_firm or not (known_before or own.is_topic or own.is_law)

    def _is_item_s_own(self, own: Mention, sentence: int, at: int | None = None) -> bool:
        """Whether an item opens with the name, or gives it the number at `at` (`$5 million for the X Program`)."""
        opening = self._document.blocks[self._document.sentences[sentence].block].start
        is_bound = at is not None and self._is_bound(own, at)
        opens = own.start - opening <= _OPENING_WITHIN and bool(_ITEM_OPENING.match(self._text[opening : own.start]))
        is_told_before = self._opens_item(own, opening)
        if own.kind == "anaphor":
            return is_told_before or any(m.name == own.name and m.is_firm for m in self.between(opening, own.start))
        return not own.is_class and (is_bound or opens or is_told_before)

    def _opens_item(self, own: Mention, opening: int) -> bool:
        """Whether what the name means was what the item opened with, or what it pays for."""
        first = next(iter(self.between(opening, own.start)), None)
        if first is None or first.name != own.name or first.start - opening > _OPENING_WITHIN:
            return False
        return bool(_ITEM_OPENING.match(self._text[opening : first.start]))

    def _is_bound(self, mention: Mention, at: int) -> bool:
        """Whether the name follows the number at `at` as what is counted or paid (`$5 million for the X Program`)."""
        return at < mention.start and bool(_BOUND.match(self._text[at : mention.start].lstrip("$0123456789.,")))

    def _of_item(self, sentence: int, own: Mention | None, listed: ListScope) -> str | None:
        within = self._scopes.mention_of_paragraph(sentence)
        if within and own is None and (self._is_narrower(within, listed) or self._is_item_s_own(within, sentence)):
            return within.name
        return listed.initiative or (own.name if own else None)

    def _carried(self, sentence: int, stage: Stage | None) -> str | None:
        if stage == "context":
            return self._scopes.of_running_text(sentence)
        return (
            self._scopes.of_running_text(sentence)
            or self._scopes.of_paragraph(sentence)
            or self._scopes.announced_next(sentence)
            or self._scopes.of_section(sentence)
            or self._of_release(sentence, stage)
        )

    def _of_release(self, sentence: int, stage: Stage | None) -> str | None:
        """What the release is about; what it only announces today has reached no level yet."""
        if stage == "context":
            return None
        is_older = stage == "total" or self._scopes.tells_of_before(sentence)
        return self.main if is_older else self._scopes.announced
