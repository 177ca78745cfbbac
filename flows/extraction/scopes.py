"""What an initiative holds for beyond its own sentence: the list after it, its paragraph, its section, the release."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from flows.extraction.document import Document
from flows.extraction.mentions import Mention, Mentions, is_law

_LEAD_IN_END = re.compile(r":[*”\"\s]*\Z")
# A paragraph that begins so is no item of the list before it, where a text has lost its bullets.
_NEW_TOPIC = re.compile(
    r"(?:These (?:efforts|actions|steps|announcements|commitments|investments|new)|Today[’']?s|"
    r"This (?:week|announcement)|In addition to|To see|For more|Visit|"
    r"The (?:Biden|Obama|President|Administration))\b"
)
_ITEM_VERB = re.compile(r"[*\s]*[A-Z][a-z]+(?:ed|ing) ")  # "Launching", "Secured": an item that says what was done
_CONTINUED = re.compile(
    r"(?:Together|Collectively|These|They|Those|Of these|Among (?:them|these)|Since (?:that|then)|Their|This|"
    r"The (?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|dozen|participating|remaining|original))\b"
)
# "HUD also allocated", "In addition": one more thing, which the name before need not hold for.
_ADDED = re.compile(
    r"(?:And,|In addition|Additionally|Also|Meanwhile|Separately|Similarly|Finally)\b|"
    r"(?:The )?[A-Z][\w.&’'-]*(?: (?:of |the |and |for )*[A-Z][\w.&’'()-]*){0,8}(?: has| have| is| are| will)? also\b"
)
# "**Training Leaders:** ..." opens a part of its own.
_LABELLED = re.compile(r"[*\s]*[A-Z][^.:;]{3,90}:[*\s]")
# "will join a White House initiative": the name comes in the next sentence.
_CATAPHOR = re.compile(
    r"\b(?:an?|its|their|a new) (?:[\w’-]+ ){0,4}(?:initiative|program|campaign|challenge|pledge|partnership)\b"
)
# "The Harbor Authority (HA) is awarding", "In May, the Department of Ports released": a body and what it does.
_ACTING_BODY = re.compile(
    r"[*\s]*(?:(?:Today|Already|This \w+|Last \w+|Earlier this \w+|In [A-Z]\w+(?: \d{4})?),? )?(?:[Tt]he )?"
    r"(?:[A-Z][\w.&’'-]*)(?: (?:(?:of|the|and|for|on) )*[A-Z][\w.&’'-]*){0,9}(?: \([A-Z][\w&]+\))?[*]* "
    r"(?:is|are|has|have|will|also|[a-z]+ed)\b"
)
_BEFORE_TODAY = re.compile(
    r"[*\s]*(?:Earlier this|Last (?:year|month|week|spring|summer|fall|winter|[A-Z])|Previously|In recent|Since \d{4}|"
    r"Over the (?:past|last)|In (?:19|20)\d\d)\b"
)
_AS_PART_OF = re.compile(r"As part of (?:the |this |that |its |our |his )*[“]*\Z")
_MAIN_SHARE = 0.3  # of the paragraphs that must name the initiative which the release is about
_SPOKEN_OF_LAW = 0.25  # of a law's mentions that must not just name it as a source of money
# "is announcing the launch of the", "today launched the"
_ANNOUNCING = re.compile(
    r"\b(?:[Tt]oday|is|are|will)\b[^.;]{0,120}\b(?:announc\w+|launch\w*|unveil\w*|kick\w*[ -]?off|declar\w+|"
    r"establish\w*|celebrat\w+|mark\w*|mobiliz\w+|call\w* (?:on|for)|lay\w* out)\b[^.;]{0,160}\Z"
)
# "The awards, made under the X Program": what is announced before without a name
_GRANTED = re.compile(
    r"\bThe(?:se)? (?:\w+ )?(?:awards?|grants?|funds|funding|investments?|projects?)\b[^.;:]{0,60}"
    r"\b(?:made|funded|provided|awarded|offered|available)\b[^.;:]{0,20}\b(?:under|through|by|from|via)\b[^.;:]{0,120}\Z"
)
_OPENING_PARAGRAPHS = 2
_UMBRELLAS = (" agenda", " plan")  # what whole governments do, and not one release
_TOLD_AGAIN = 3  # times that a release names what it is about
_BEFORE = 300  # characters before a name in which its announcement stands
_OPENING = 90  # characters in which a paragraph says what it is about
_PARAGRAPH = 80  # characters that make a block a paragraph
_LOOK_BACK = 40  # mentions of a paragraph that are looked at


@dataclass(frozen=True, slots=True)
class ListScope:
    """The paragraph `text[start:end]` that leads into a list, and the initiative that it names."""

    start: int
    end: int
    initiative: str | None


class Scopes:
    """What holds for a sentence from outside of it: its list's lead-in, its paragraph, its section, the release."""

    def __init__(self, document: Document, mentions: Mentions) -> None:
        self._document = document
        self._mentions = mentions.found
        self._abbreviations = mentions.abbreviations
        self._starts = [mention.start for mention in mentions.found]
        self._opening: dict[int, int] = {}  # by block, where its first sentence ends
        self._closing: dict[int, int] = {}  # by block, where its last sentence begins
        for sentence in document.sentences:
            self._opening.setdefault(sentence.block, sentence.end)
            self._closing[sentence.block] = sentence.start
        self._has_bullets = any(block.kind == "list_item" for block in document.blocks)
        self.main = self._spread_widest()
        self.announced = self.main or self._in_title() or self._in_opening()
        self._sections = self._find_sections()
        self._lists = self._find_lists()

    def between(self, start: int, end: int) -> tuple[Mention, ...]:
        """The mentions that begin in `text[start:end]`."""
        return self._mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def whole_of(self, name: str) -> str:
        """The initiative that the release is about, where the name is built upon its abbreviation; else the name."""
        return self.main if self.main and self._is_part(name, self.main) else name

    def _is_part(self, name: str, whole: str) -> bool:
        """Whether a name is built upon the abbreviation of another (`National PREA Standards`)."""
        return not is_law(name) and any(part in self._abbreviations.get(whole, ()) for part in name.split())

    def of_list(self, sentence: int) -> ListScope | None:
        """The scope of the list that the sentence is an item of; without initiative where the lead-in names none."""
        return self._lists.get(self._document.sentences[sentence].block)

    def mention_of_paragraph(self, sentence: int) -> Mention | None:
        """The latest mention earlier in the paragraph that something belongs to."""
        where = self._document.sentences[sentence]
        before = self.between(self._document.blocks[where.block].start, where.start)[-_LOOK_BACK:]
        if (
            len({m.name for m in before if not m.is_topic and m.start >= self._document.sentences[sentence - 1].start})
            > 2
        ):
            return None
        firm = (m for m in reversed(before) if not m.is_topic and not (m.is_law and m.name != self.main))
        return next(firm, None)

    def of_paragraph(self, sentence: int) -> str | None:
        """The initiative that an earlier sentence of the paragraph names."""
        mention = self.mention_of_paragraph(sentence)
        if mention is None:
            return None
        if self.whole_of(mention.name) == self.main:
            return self.main
        here, before = self._document.sentences[sentence], self._document.sentences[sentence - 1]
        is_next = before.start <= mention.start and not _ADDED.match(self._document.text, here.start)
        return mention.name if is_next else None

    def of_running_text(self, sentence: int) -> str | None:
        """The initiative of the text just before a sentence that takes it up (`Together, these ...`)."""
        where = self._document.sentences[sentence]
        if not _CONTINUED.match(self._document.text, where.start):
            return None
        block = self._document.blocks[where.block]
        begin = block.start
        if where.start == block.start and where.block > 0:
            begin = self._document.blocks[where.block - 1].start
        before = self.between(begin, where.start)
        return before[-1].name if before else self.main

    def announced_next(self, sentence: int) -> str | None:
        """The name that the next sentence gives to `a White House initiative` of this one."""
        where = self._document.sentences[sentence]
        is_last = sentence + 1 == len(self._document.sentences)
        if is_last or not _CATAPHOR.search(self._document.text, where.start, where.end):
            return None
        following = self._document.sentences[sentence + 1]
        named = self.between(following.start, following.end)
        return named[0].name if named and following.block == where.block else None

    def tells_of_before(self, sentence: int) -> bool:
        """Whether the sentence's paragraph opens with a time before what the release announces."""
        block = self._document.blocks[self._document.sentences[sentence].block]
        return bool(_BEFORE_TODAY.match(block.text))

    def of_section(self, sentence: int) -> str | None:
        """The initiative that the section's heading or opening sentence names."""
        return self._sections.get(self._document.sentences[sentence].block)

    def _find_lists(self) -> dict[int, ListScope]:
        scopes: dict[int, ListScope] = {}
        current: ListScope | None = None
        for number, block in enumerate(self._document.blocks):
            if block.kind == "heading":
                current = None
                continue
            if current and block.kind != "list_item" and self._ends_list(number, current):
                current = None
            if _LEAD_IN_END.search(block.text):
                current = self._scope_of(number)
            elif current:
                scopes[number] = current
        return scopes

    def _ends_list(self, number: int, current: ListScope) -> bool:
        """Whether a paragraph stands after a list and not in it: the bullets end, or it opens a topic."""
        block = self._document.blocks[number]
        if self._has_bullets or _NEW_TOPIC.match(block.text):
            return True
        if _ITEM_VERB.match(block.text):
            return False
        return current.initiative is None and bool(self.between(block.start, block.start + _OPENING))

    def _scope_of(self, number: int) -> ListScope:
        block = self._document.blocks[number]
        last = self._closing.get(number, block.start)
        initiative = (
            self._principal(self.between(last, block.end))
            or self._principal(self.between(block.start, last))
            or self._sections.get(number)
        )
        return ListScope(block.start, block.end, initiative)

    def _principal(self, named: tuple[Mention, ...]) -> str | None:
        """What a lead-in is about: a name that things are part of before any other, a name before a word for it."""
        if not named:
            return None
        best = max(named, key=lambda m: (not m.is_topic, m.kind != "anaphor" and m.is_firm, m.is_firm, -m.start))
        return best.name

    def _find_sections(self) -> dict[int, str]:
        held: dict[int, str] = {}
        current: str | None = None
        fresh = is_body_s = is_heading_s = False
        for number, block in enumerate(self._document.blocks):
            named = self.between(block.start, block.end)
            if block.kind == "heading":
                current, is_body_s = named[0].name if named else None, False
                fresh, is_heading_s = True, bool(named)
                continue
            if not is_heading_s and _LABELLED.match(block.text):  # labels stand for headings
                current = None
            opens_with_body = bool(_ACTING_BODY.match(block.text))
            if is_body_s and opens_with_body:  # another body's own work
                current, is_body_s = None, False
            if named and self._opens_section(number, named[0], fresh and current is None):
                current, is_body_s, is_heading_s = named[0].name, opens_with_body, False
            fresh = False
            if current:
                held[number] = current
        return held

    def _opens_section(self, block: int, mention: Mention, is_first: bool) -> bool:
        if _AS_PART_OF.search(self._document.text[max(0, mention.start - 40) : mention.start]):
            return not mention.is_law
        opens = is_first and mention.start < self._opening.get(block, 0)
        is_subject = mention.start - self._document.blocks[block].start < _OPENING
        return opens and (mention.is_firm or is_subject) and not mention.is_topic and not mention.is_law

    def _in_opening(self) -> str | None:
        """The initiative that the release's first paragraphs announce today, or name first and the rest names again."""
        opening = [block for block in self._document.blocks if block.kind != "heading"][:_OPENING_PARAGRAPHS]
        told = Counter(mention.name for mention in self._mentions if mention.kind != "anaphor")
        for mention in self.between(0, opening[-1].end) if opening else ():
            is_wide = mention.is_law or mention.name.casefold().endswith(_UMBRELLAS)
            before = self._document.text[max(0, mention.start - _BEFORE) : mention.start]
            if not is_wide and _GRANTED.search(before):
                return mention.name
            if is_wide or mention.is_topic or mention.kind == "anaphor":
                continue
            if _ANNOUNCING.search(before) or told[mention.name] >= _TOLD_AGAIN:
                return mention.name
        return None

    def _in_title(self) -> str | None:
        """The initiative that the title names."""
        title = (self._document.title or "").casefold()
        named = [mention.name for mention in self._mentions if not mention.is_law and mention.name.casefold() in title]
        return max(named, key=len, default=None)

    def _spread_widest(self) -> str | None:
        """The one initiative that is named in many of the release's paragraphs, far more than any other."""
        spread: Counter[str] = Counter()
        paragraphs = 0
        for block in self._document.blocks:
            if block.kind == "heading" or block.end - block.start < _PARAGRAPH:
                continue
            paragraphs += 1
            spread.update({mention.name for mention in self.between(block.start, block.end)})
        wholes = {short: whole for whole, shorts in self._abbreviations.items() for short in shorts}
        for part in list(spread):
            whole = next((wholes[word] for word in part.split() if word in wholes), part)
            if whole != part:
                spread[whole] += spread.pop(part)
        ranked = spread.most_common(2)
        if not ranked:
            return None
        name, count = ranked[0]
        if count < max(3, _MAIN_SHARE * paragraphs) or (len(ranked) > 1 and count < 2 * ranked[1][1]):
            return None
        own = [mention for mention in self._mentions if mention.name == name]
        spoken_of = sum(not mention.is_topic for mention in own)
        return name if not is_law(name) or (count > 3 and spoken_of >= _SPOKEN_OF_LAW * len(own)) else None
