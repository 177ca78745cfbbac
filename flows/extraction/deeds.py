"""What people and bodies do in releases: the verbs of events by kind, and what makes a deed specific or empty."""

from __future__ import annotations

import re

from flows.extraction.clauses import FINITE, Tense, VerbGroup
from flows.extraction.document import Sentence
from flows.extraction.lexicon import words
from flows.extraction.verbs import lexicon
from warehouse.records import Action

JOINING = words("join sign enroll endorse accept participate partner")
PROMISING = words("commit pledge promise plan agree vow")
ADVOCATING = words(
    """ask urge call advocate encourage request challenge testify petition sue lobby rally demand tour recommend
    oppose"""
)
ACHIEVING = words("end eliminate achieve reach attain meet")
FOUNDING = words("launch establish create form found unveil open start introduce")
ENACTING = words(
    """sign pass enact adopt issue publish release propose finalize approve announce award nominate appoint direct
    designate set"""
)
DOING = words(
    """expand develop build fund record send hold host secure fix sponsor conduct invest share provide train strengthen
    lead require ramp kick consult implement modernize complete deliver dedicate hire produce promote raise drive
    headline notify support update reform restore revise suspend terminate withdraw transfer file settle resolve
    enter veto ban restrict impose sanction order mobilize deploy donate pay offer grant select name return use
    make take work run co-author write answer convene collaborate co-host organize spread bring double add extend
    connect initiate institute declare outline design arrange coordinate administer allocate embed equip
    commission accelerate recruit distribute purchase install test prioritize invite"""
)
ACTING = JOINING | PROMISING | ADVOCATING | ACHIEVING | FOUNDING | ENACTING | DOING
VERB_CLASSES: tuple[tuple[str, frozenset[str]], ...] = (
    ("joining", JOINING),
    ("advocating", ADVOCATING),
    ("achieving", ACHIEVING),
    ("founding", FOUNDING),
    ("enacting", ENACTING),
    ("doing", DOING),
)
# "will kick-off", "co-authored", "entered into": verbs that the list of verbs lacks.
_UNLISTED_PAST = words("co-authored co-hosted co-founded co-led entered headlined rallied partnered")
_UNLISTED = _UNLISTED_PAST | {"will"}
_NO_VERBS = words("be also not have now only then soon always never continue")
_ACTING_FORMS = frozenset(form for form, verb in lexicon().items() if verb.lemma in ACTING) | words(
    "co-authored co-hosted kick-off entered headlined rallied"
)

# Deeds without content, and misdeeds: no commitment of anybody.
_EMPTY = re.compile(
    r"\b(?:tak(?:e|es|en|ing)|took) (?:\w+[ -]){0,4}(?:actions?|steps|measures)\b(?! to (?:sign|issue))|"
    r"\bcontinu(?:e|es|ed|ing) to\b(?! (?:call|urge))|"
    r"\b(?:made|making) (?:\w+ ){0,2}(?:progress|strides|clear|investments)\b|"
    r"\bwork(?:ed|ing|s)? (?:(?:tirelessly|hard|closely) (?:to|with)|together)\b|\bclose (?:touch|contact)\b|"
    r"\bmet (?:\w+ )?with\b|\b(?:made|deliver(?:ed)?) (?:\w+ )?remarks\b|\badded that\b|\bresolved? to\b|"
    r"\bw(?:as|ere) joined by\b|\bannounc\w+ (?:a series of|new) (?:actions|steps|measures)\b|\bworking on\b|"
    r"\bwork(?:ing)? to (?:strengthen|develop|ensure|advance|improve|support|address|deepen|enhance)\b|"
    r"\bAs (?:I|we) (?:\w+ )?announced\b|"
    r"\b(?:conspir\w+|schemes?|defraud\w*|collusive|bribes?|misconduct|guilty|kickbacks?|launder\w*)\b"
)
# Things that somebody can do or make once.
_SPECIFIC = re.compile(
    r"\b(?:letters?|resolutions?|op-eds?|rules?|guidance|reports?|toolkits?|campaigns?|executive (?:orders?|actions?)|"
    r"memorand(?:um|a)|rulemakings?|agreements?|bills?|legislation|laws?|websites?|courses?|cent(?:er|re)s?|programs?|initiatives?|"
    r"plans?|strateg(?:y|ies)|events?|conferences?|summits?|roundtables?|task forces?|councils?|committees?|"
    r"partnerships?|coalitions?|pledges?|challenges?|grants?|funds?|blueprints?|frameworks?|standards?|portals?|pilots?|"
    r"projects?|facilit(?:y|ies)|foundr(?:y|ies)|drives?|mailers?|PSAs?|ads?|videos?|proposals?|playbooks?|trainings?|"
    r"mechanisms?|hubs?|consortium|application|networks?|media|fairs?|curricul\w+)\b",
    re.IGNORECASE,
)
# Careers and degrees of people who are appointed.
_BIOGRAPHY = re.compile(
    r"\b(?:B\.?A\.?|B\.?S\.?|J\.?D\.?|M\.?A\.?|M\.?B\.?A\.?|Ph\.?D\.?|LL\.?[BM]\.?|cum laude|[Bb]achelor|"
    r"[Mm]aster[’']?s? (?:degree|of)|doctorate|alumn\w+|graduat\w+|is the founder|prior to (?:that|joining|his|her)|"
    r"served as|worked as|law clerk|clerked|nominee|resides|was born|took office|unexpired term|"
    r"has (?:over )?\d+ years|Board of (?:Directors|Trustees)|native of|a delegate to|"
    r"is an? (?:[\w-]+ ){0,4}(?:partner|professor|attorney|lawyer|fellow|lecturer|philanthropist|entrepreneur))\b"
)
# "President Biden Announces Key Appointments to Boards and Commissions"
_APPOINTING = re.compile(
    r"\b(?:Key Appointments|Key Nominations|Nominees?|Nominations?|Appointments to)\b", re.IGNORECASE
)
_FRAMING = re.compile(r"\b(?:[Tt]oday|[Tt]his (?:morning|afternoon|evening|week))\b")

_APPEAL = re.compile(r"\b(?:letters? (?:to|from|urging)|resolution|op-eds?|amicus|testified|call(?:ed|ing)? on)\b")
_PROMISE = re.compile(r"\b(?:committed to (?:\w+ing|[a-z]+)|has also committed|set (?:the|a) goal)\b")
_MET = re.compile(
    r"\b(?:met (?:their|its|the) goal|ended|eliminated|first (?:state|city|community) to end|effectively end)\b"
)
_JOINED = re.compile(
    r"\b(?:join(?:ed|s|ing)?|sign(?:ed|ing) (?:up|on)|enroll\w*|accepted|endorsed|partnered on|took (?:on|up))\b"
    r"(?! (?:by|into law|an? executive))"
)
_CAREERS = 5  # words of careers and degrees in a release about appointments
_SENTENCES_A_CAREER = 6  # sentences to each of them, at most


def can_act(sentence: Sentence) -> bool:
    """Whether any word of the sentence can be a verb of doing."""
    return not _ACTING_FORMS.isdisjoint([token.lower for token in sentence.tokens])


def is_career(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` tells somebody's career or degrees."""
    return _BIOGRAPHY.search(text, start, end) is not None


def count_careers(text: str) -> int:
    """How many words of careers and degrees the text has."""
    return sum(1 for _ in _BIOGRAPHY.finditer(text))


def tells_careers(told: int, sentences: int, title: str | None = None) -> bool:
    """Whether a release of so many sentences, with so many words of careers, presents people who are appointed."""
    if title and _APPOINTING.search(title):
        return True
    return told >= _CAREERS and told * _SENTENCES_A_CAREER >= sentences


def is_empty(text: str, start: int, end: int) -> bool:
    """Whether the clause says nothing specific, or tells a misdeed."""
    return _EMPTY.search(text, start, end) is not None


def is_specific(stretch: str) -> bool:
    """Whether what is done is a thing that can be done once."""
    return _SPECIFIC.search(stretch) is not None


def is_framing(text: str, start: int, end: int) -> bool:
    """Whether the clause speaks of today, the day of the release."""
    return _FRAMING.search(text, start, end) is not None


def finite_verbs(sentence: Sentence, groups: list[VerbGroup]) -> list[VerbGroup]:
    """The finite verbs of a sentence in reading order, with those that the list of verbs lacks."""
    finite = [group for group in groups if group.tense in FINITE]
    if not finite:
        finite = [group for group in groups if group.tense == "participle" and group.lemma in ACTING][:1]
    if _UNLISTED.isdisjoint([token.lower for token in sentence.tokens]):
        return sorted(finite, key=lambda group: group.first)
    known = {group.head for group in groups}
    modal = False
    for index, token in enumerate(sentence.tokens):
        word = token.lower
        if modal and word != "also":
            if index not in known and token.text == word and word[0].isalpha() and word not in _NO_VERBS:
                finite.append(_verb(index, word, "future"))
            modal = False
        elif word in _UNLISTED_PAST and index not in known:
            finite.append(_verb(index, word.removesuffix("ed"), "past"))
        modal = modal or word == "will"
    return sorted(finite, key=lambda group: group.first)


def _verb(index: int, word: str, tense: Tense) -> VerbGroup:
    first = index - 1 if tense == "future" else index
    return VerbGroup(first, index, word.partition("-")[0] if tense == "future" else word, tense, False, frozenset())


def action_of(lemma: str, tense: str, clause: str, is_today: bool) -> Action:
    """What the deed of a clause means for a commitment; `is_today` where the release tells of its own day."""
    if lemma in ADVOCATING or _APPEAL.search(clause):
        return "advocate"
    if lemma in PROMISING or _PROMISE.search(clause) or (tense == "future" and not is_today):
        return "pledge"
    if _MET.search(clause):
        return "achieve"
    if lemma in JOINING and _JOINED.search(clause):
        return "join"
    return "act"
