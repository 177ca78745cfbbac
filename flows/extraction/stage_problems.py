"""Rules for context: what a number is compared with, the problem that is described, what is merely known."""

from __future__ import annotations

import re

from flows.extraction.cues import Cues
from flows.extraction.lexicon import words
from flows.extraction.stage_rules import Rules

_CHANGE = (
    r"(?:down|up|\w*creas\w+|rise|rose|risen|gr[eo]wn?|growing|fell|fall\w*|drop\w*|reduc\w+|cut\w*|lower\w*|rais\w+"
    r"|expand\w*|declin\w+|improv\w+|went|gone|doubl\w+|tripl\w+|moved?|speeds?|jump\w*|climb\w*)"
)
_BASELINE = re.compile(
    rf" (?:{_CHANGE}|rang\w+) (?:[^;—.]* )?from $| (?:rather|other|instead) (?:than|of) (?:[^,;]* )?$"
    r"| (?:compared|relative) (?:to|with) (?:\w+ ){0,4}$| versus $| below $| above $"
)
_THEN_TO = re.compile(r"^(?: / \w+)?(?: \w+){0,2} to (?:[$€£]|\d|now|more|over|nearly|about|an?)")


def baseline(cues: Cues) -> bool:
    """`down from 12`, `more than`, `compared with`: what another number is measured by."""
    if cues.before.endswith(" from ") and _THEN_TO.match(cues.after):
        return True
    if cues.before.endswith((" below ", " above ")):
        return cues.unit_class == "percent" and not cues.has_sense("achieve")
    if cues.before.endswith(" at risk ") or cues.after.startswith(_TIMES):
        return True
    compared = cues.before.endswith(" than ") and _MORE_THAN_WHAT.search(cues.before)
    return bool(compared or _BASELINE.search(cues.before))


_TIMES = (" as many as ", " as much as ", " times as ", " times more ", " times higher ", " times less ")
_MORE_THAN_WHAT = re.compile(r" (?:more|less|greater|fewer|higher|lower|better|worse|larger|faster) (?:\w+ )?than $")


_KNOWN_SUM = re.compile(
    r"^ (?:in |of )?(?:\w+ ){0,2}(?:acquisition|merger|takeover|industry|market|scheme|fraud|conspiracy|revenues?|sales"
    r"|profits?|assets|gdp|economy) "
)
_PENALTY = re.compile(
    r" (?:maximum|minimum|statutory|carries|penalties of|valued at|worth|eligibility|threshold) (?:\w+ ){0,4}$"
)


# "signed a contract with a builder worth"
_DEAL_WORTH = re.compile(
    r" (?:deals?|contracts?|agreements?|orders?|grants?|awards?|settlements?|packages?|projects?|investments?)"
    r" (?:[^;.]{0,80} )?(?:worth|valued at) (?:\w+ ){0,3}$"
)
_GIVING = words("provide offer receive announce award donate sign give deliver grant approve")


_POVERTY = re.compile(r"^ of (?:the )?(?:\S+ ){0,7}(?:poverty|median income)")
_EARNS = re.compile(
    r" (?:who|that) (?:makes?|earns?|has|have|owes?) $"
    r"| (?:earning|making|incomes?|balances?|salar(?:y|ies)) (?:\w+ )?(?:of |under |below |above )?$"
)
_IF = re.compile(r" if (?:\w+ ){1,4}(?:has|have|earns?|makes?|owes?|pays?) $")
_HOURLY = re.compile(r"^ (?:an|per) hour |^ minimum wage ")


def _threshold(cues: Cues) -> bool:
    """Who may have a benefit: `below 150 percent of the poverty line`, `who makes $15 an hour`."""
    if cues.unit_class == "percent":
        return bool(_POVERTY.match(cues.after))
    if cues.unit_class != "money" or cues.quantity.value >= 1e6:
        return False
    if cues.nearest_is("raise", "increase", "lift", "pay", "receive"):
        return False
    return any(pattern.search(cues.before) for pattern in (_EARNS, _IF)) or bool(_HOURLY.match(cues.after))


def _parameter(cues: Cues) -> bool:
    """A firm's or a market's size, the range of a penalty: the setting."""
    if cues.unit_class not in ("money", "percent", "thing") or cues.has_sense("achieve"):
        return False
    if " maximum " in cues.before and cues.nearest_is("be", "carry"):
        return True
    if _PENALTY.search(cues.before[-60:]) and not (cues.nearest_is(*_GIVING) or _DEAL_WORTH.search(cues.before)):
        return True
    return cues.unit_class == "money" and bool(_KNOWN_SUM.match(cues.after))


def _had(cues: Cues) -> bool:
    """`had 3,000 accounts`, `was $45 million`: a state of the past."""
    return cues.nearest_is("have", "be", "own", "know") and cues.tense == "past" and cues.setting.role == "object"


_HARM = words(
    """die kill lack suffer hospitalize wound lose face flee experience struggle displace threaten victimize burn
    injure perish risk diagnose overdose force threaten harm impact affect devastate destroy destabilize push"""
)
_PROBLEM = re.compile(
    r" (?:died?|deaths?|dying|killed|kills|injur\w+|wounded|homeless|hospitali[sz]ed|lacks?|lacking|suffer\w*|victims?"
    r"|struggl\w+|unable|unaware|not aware|uninsured|do not have|don['’]?t have|had no|have no|has no"
    r"|without access|without any"
    r"|without running|experiencing"
    r"|criminal record|overdos\w+|fatalities|diagnosed|forced to|at risk|refugees|in poverty|unemployed|no access"
    r"|shortage|anxiety|depression|addiction|abuse|disease|insecurity|hunger|attacks?|losses|count on|rely on|live in"
    r"|lives? with|living with|made the ultimate|evicted|foreclos\w+) "
)
_RELIEF = re.compile(
    r" (?:help\w*|protect\w*|serv\w*|prevent\w*|sav\w*|reduc\w*|support\w*|assist\w*|end\w*|hous\w+|lift\w*|provid\w*) "
)


_TOLL = re.compile(
    r" (?:tak\w+|took|claim\w*|cost\w*|los[ti]\w*|end\w*) (?:the )?(?:lives?|life) of $| (?:deaths?|loss) of $"
)


def _toll(cues: Cues) -> bool:
    """`took the lives of five`, `800 fewer teachers`: what was lost, or would be."""
    return bool(_TOLL.search(cues.before)) or (
        " fewer " in cues.phrase
        and " fewer than " not in cues.phrase
        and not cues.has_sense("achieve")
        and cues.unit_class != "percent"
    )


_ALLEGED = re.compile(r" (?:alleg\w+|complaints?|lawsuits?|mergers?|acquisition|takeover) (?:[^;.]* )?would ")


def _only(cues: Cues) -> bool:
    """`only 14 states have such a law`: what is lacking."""
    if not (" only " in cues.phrase or cues.before.endswith(" only ")) or cues.unit_class == "money":
        return False
    return cues.setting.role == "subject" and cues.outlook in ("done", "standing", "under-way")


def _alleged(cues: Cues) -> bool:
    """`the complaint alleges that the merger would harm customers in 40 counties`."""
    return cues.outlook == "ahead" and bool(_ALLEGED.search(cues.before))


def _problem(cues: Cues) -> bool:
    if cues.outlook == "ahead" or cues.unit_class == "money":
        return False
    if cues.unit_class == "percent" and _PROBLEM.search(cues.before[-120:]):
        if cues.nearest_is("decline", "fall", "drop", "decrease", "reduce", "cut") or cues.before.endswith(" down "):
            return False
        return not _RELIEF.search(cues.before[-120:])
    verb = cues.setting.nearest
    if (
        verb is not None
        and verb.lemma in _HARM
        and not (verb.tense in ("gerund", "infinitive") and cues.setting_is_relief)
    ):
        return True
    if (
        cues.setting.role == "object"
        and verb is not None
        and ("achieve" in verb.senses or _RELIEF.search(f" {verb.lemma} "))
    ):
        return False
    if cues.setting.role == "object":
        return False
    return bool(_PROBLEM.search(cues.after[:70]) or _PROBLEM.search(cues.phrase))


_RECURRING = re.compile(r" (?:each|every|per) (?:year|month|week|day)\b| annually | a (?:year|month) ")


def _recurring(cues: Cues) -> bool:
    happens = cues.outlook in ("standing", "none")
    if cues.unit_class == "money" and cues.nearest_is("spend", "contribute", "generate", "provide") and happens:
        return bool(_RECURRING.search(cues.before[-60:]) or _RECURRING.search(cues.after[:40]))
    return (
        happens
        and cues.unit_class != "money"
        and bool(_RECURRING.search(cues.before[-40:]) or _RECURRING.search(cues.after[:60]))
    )


_FINDING = re.compile(
    r" (?:estimates?|estimated|concluded?|concludes) that "
    r"| (?:experts?|research|studies|study|survey|analysis|polls?|census|data|literature) (?:\w+ ){0,4}"
    r"(?:estimates?|shows?|showing|indicates?|suggests?|finds?|found|concludes?|concluded|reveal\w*) "
)


def _known(cues: Cues) -> bool:
    return (
        cues.outlook in ("standing", "none", "done")
        and bool(_FINDING.search(cues.before))
        and not cues.has_sense("join")
        and not cues.has_sense("act")
    )


RULES: Rules = {
    "baseline": ("context", baseline),
    "toll": ("context", _toll),
    "problem": ("context", _problem),
    "threshold": ("context", _threshold),
    "parameter": ("context", _parameter),
    "only": ("context", _only),
    "recurring": ("context", _recurring),
    "alleged": ("context", _alleged),
    "known": ("context", _known),
    "had": ("context", _had),
}
"""The stage of each rule, and when it holds."""
