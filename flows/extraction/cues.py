"""What a fact's stage and action are decided from: the words around one number, read once.

`before` and `after` are the lower-case words of the sentence on either side of the number phrase (comparator and
determiner included in the phrase), parted by single blanks and with a blank at both ends, so that ` by ` finds a
word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from flows.extraction.clauses import Setting, VerbGroup, number_phrase, setting_of, verb_groups
from flows.extraction.document import Document, Sentence
from flows.extraction.lexicon import words
from flows.extraction.outlook import Look, Outlook, outlook_of
from flows.extraction.quantity import Quantity
from flows.extraction.verbs import Sense

UnitClass = Literal["money", "percent", "person", "place", "body", "job", "thing"]

_PERSON = words(
    """adult american apprentice baby beneficiary borrower caregiver child citizen client consumer customer defendant
    employee family farmer felon girl boy graduate household homeowner homeless human immigrant individual inmate
    kid learner man migrant mother offender official parent passenger patient pensioner people person prisoner
    recipient refugee renter resident retiree senior servicemember soldier student taxpayer teacher tenant trainee
    veteran victim voter woman worker youth homebuyer steelworker machinist scholar doctor visitor user guest
    delegate newcomer expert professional responder entrepreneur fan educator researcher leader staff personnel
    responder firefighter officer official nurse educator member survivor enrollee smoker young abuser volunteer
    mentor driver consumer rider"""
)
_PLACE = words(
    """area city community country county district jurisdiction locality location municipality nation neighborhood
    place province region state territory town township tribe village parish site"""
)
_BODY = words(
    """agency association authority awardee bank body business campus champion charity church club coalition college
    company contractor corporation council department developer district-attorney employer executive firm grantee
    foundation governor group hospital institution lab leader lender manufacturer mayor member nonprofit operator
    organization partner provider publisher retailer school signatory supplier system university union utility
    vendor ceo philanthropy"""
)
_JOB = words("job position role opportunity internship apprenticeship placement")

_HEADING_FORM = re.compile(r"^(?:fact sheets?|statement|readout|background|remarks|icymi)\b[:\s–—-]*", re.IGNORECASE)


class Cues(NamedTuple):
    """One quantity with what stands around it."""

    quantity: Quantity
    setting: Setting
    unit_class: UnitClass
    before: str
    phrase: str
    after: str
    in_heading: bool
    heading: str | None
    """The nearest heading above, as it stands."""
    topic: str | None
    """What that heading is about, in lower case without the marks of its form."""
    between: str
    """The words between the governing verb and the number phrase, where the verb stands before."""
    link: str | None
    """How it hangs on the number before (`beside`, `part-of`, `spread`), where it does."""
    told: Outlook
    """Is what the number tells of done, under way, standing or still to come, and what tells so?"""

    def nearest_is(self, *lemmas: str) -> bool:
        """Is the governing verb one of these?"""
        return self.setting.nearest is not None and self.setting.nearest.lemma in lemmas

    def has_sense(self, sense: Sense) -> bool:
        """Does the governing verb have this sense?"""
        return self.setting.nearest is not None and sense in self.setting.nearest.senses

    @property
    def outlook(self) -> Look:
        """Is what the number tells of done, under way, standing or still to come?"""
        return self.told.look

    @property
    def clause_before(self) -> str:
        """The words before, from the last break of the sentence on."""
        return self.before[max(self.before.rfind(mark) for mark in _BREAKS) + 1 :]

    @property
    def clause_after(self) -> str:
        """The words after, up to the next break of the sentence."""
        cuts = [at for at in (self.after.find(mark) for mark in _BREAKS) if at >= 0]
        return self.after[: min(cuts)] + " " if cuts else self.after

    @property
    def setting_is_relief(self) -> bool:
        """Does a verb of help stand above (`helped 500 families facing eviction`)?"""
        return any("achieve" in group.senses or group.lemma in _RELIEF for group in self.setting.above[1:2])

    def setting_is_after(self, pattern: re.Pattern[str]) -> bool:
        """Does a verb stand between what the pattern finds in the words before, and the number?"""
        match = pattern.search(self.before)
        if match is None or self.setting.nearest is None or self.setting.role == "subject":
            return False
        return len(self.between) < len(self.before) - match.start()

    @property
    def tense(self) -> str:
        """The governing verb's tense, or an empty string; of `have hired or trained` the first one's holds for both."""
        nearest = self.setting.nearest
        if nearest is None:
            return ""
        above = self.setting.above[1] if self.setting.role == "object" and len(self.setting.above) > 1 else None
        paired = above is not None and above.tense == "perfect" and nearest.first - above.head == _PAIRED
        return "perfect" if nearest.tense == "past" and paired else nearest.tense

    @property
    def finite_tense(self) -> str:
        """The tense of the finite verb above, or an empty string."""
        return self.setting.finite.tense if self.setting.finite else ""


def unit_class(quantity: Quantity) -> UnitClass:
    """What kind of thing is counted, by the first head of the unit."""
    if quantity.kind == "money":
        return "money"
    if quantity.kind in ("percent", "fraction") and (quantity.unit in (None, "%")):
        return "percent"
    head = (quantity.unit or "").split("|")[0]
    word = head.split()[-1] if head else ""
    for name, members in _CLASSES:
        if word in members:
            return name
    return "person" if word.endswith(_PERSONAL) and word not in _NO_PERSON else "thing"


_NO_PERSON = words("degree fee committee tree guarantee jubilee referee list assist consist")
_PERSONAL = ("ist", "ian", "ee", "worker", "owner", "goer", "comer", "man", "woman", "holder")


_CLASSES: tuple[tuple[UnitClass, frozenset[str]], ...] = (
    ("person", _PERSON),
    ("place", _PLACE),
    ("body", _BODY),
    ("job", _JOB),
)


_PAIRED = 2
"""Tokens from a verb to the next with one conjunction between them."""
_BREAKS = (" ; ", " — ", " – ", " while ", " but ", " . ")
_RELIEF = words("help protect serve prevent support assist provide aid reach")


def topic_of(heading: str) -> str | None:
    """What a heading is about, without marks, emphasis and the name of its form; None if nothing is left."""
    plain = _HEADING_FORM.sub("", heading.strip(" *_#:•.–—-\u2060"))
    return " ".join(plain.casefold().split()) or None


class SentenceCues:
    """The verbs of one sentence, found once for all its numbers."""

    def __init__(self, doc: Document, sentence: Sentence) -> None:
        self._tokens = sentence.tokens
        self.groups: list[VerbGroup] = verb_groups(sentence.tokens)
        block = doc.blocks[sentence.block]
        self._last: int | None = None
        self._last_kind: UnitClass | None = None
        self._in_heading = block.kind == "heading"
        self._heading = block.path[-1] if block.path else None
        self._topic = topic_of(self._heading) if self._heading else None

    def of(self, quantity: Quantity) -> Cues:
        """The cues of one of the sentence's quantities; to be asked in reading order."""
        first, last = number_phrase(self._tokens, quantity.start, quantity.end, quantity.unit_end)
        setting = setting_of(self._tokens, self.groups, first, last)
        before = _joined([token.lower for token in self._tokens[:first]])
        kind = unit_class(quantity)
        link = self._link(first, kind)
        self._last, self._last_kind = last, kind
        return Cues(
            quantity=quantity,
            setting=setting,
            unit_class=kind,
            before=before,
            phrase=_joined([token.lower for token in self._tokens[first : last + 1]]),
            after=_joined([token.lower for token in self._tokens[last + 1 :]]),
            in_heading=self._in_heading,
            heading=self._heading,
            topic=self._topic,
            between=self._between(setting),
            link=link,
            told=outlook_of(setting, before),
        )

    def _is_listed(self, first: int, between: Sequence[str]) -> bool:
        """No verb between `including` and the number: the number is one of what is listed."""
        begin = first - between[::-1].index("including")
        return not any(begin <= group.head < first for group in self.groups)

    def _between(self, setting: Setting) -> str:
        if setting.role != "object" or setting.nearest is None:
            return " "
        return _joined([token.lower for token in self._tokens[setting.nearest.head + 1 : setting.first]])

    def _link(self, first: int, kind: UnitClass) -> str | None:
        """What parts this number from the one before: only `and`, `including`, or `in` before a place."""
        if self._last is None or not self._last < first:
            return None
        between = [token.lower for token in self._tokens[self._last + 1 : first]]
        if all(word in _BESIDE for word in between):
            return "beside" if between else None
        if "including" in between and self._is_listed(first, between):
            return "part-of"
        apart = any(self._last < group.head < first for group in self.groups)
        if kind in ("money", "percent") and kind == self._last_kind and between[-1] in _LISTED and not apart:
            return (
                "listed" if len(between) <= _LISTED_WITHIN and "to" not in between and "from" not in between else None
            )
        if self._last_kind == "money" and kind != "money" and between[-1] in _RECIPIENTS and not apart:
            given = len(between) <= _LISTED_WITHIN // 2 and self._tokens[first].lower != "the"
            return "recipient" if given else None
        if kind == self._last_kind == "money" and (between[-1] == ";" or between[-2:] == [";", "and"]):
            return "listed"
        if between[-1] == "representing" and len(between) <= 10:
            return "spread"
        if kind == "place" and between[-1] in _SPREAD and len(between) <= 10 and not apart:
            return "spread"
        return None


_BESIDE = words("and or ( , as well plus &")
_LISTED = words("( , ; :")
_LISTED_WITHIN = 20
_RECIPIENTS = words("to for in across")
_SPREAD = words("in across from within throughout")


def _joined(words: Sequence[str]) -> str:
    return " " + " ".join(words) + " "
