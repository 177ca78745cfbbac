"""Word classes for finding the head of a noun phrase: a small closed-world lexicon, and endings for the rest.

Not a tagger: the question asked of it is only "can the noun phrase that began at the number go on through this word?".
Verbs come from the vocabulary of official releases and news, parted by how they are used there: `VERBS` are (almost)
never nouns, `EITHER` are both (`plan`, `support`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal, TypeVar

T = TypeVar("T")

WordClass = Literal[
    "stop", "and", "verb", "either", "past", "ing", "adverb", "adjective", "plural", "noun", "number", "mark"
]


def words(text: str) -> frozenset[str]:
    """The words of a white-space separated list."""
    return frozenset(text.split())


class Memo(dict[str, T]):
    """What a function says of each word, kept: asking it costs a third of a call of a cached function.

    For what is asked of every word of a text. It forgets everything when it has grown to `most` words.
    """

    def __init__(self, function: Callable[[str], T], most: int = 1 << 16) -> None:
        self._function = function
        self._most = most

    def __missing__(self, word: str) -> T:
        if len(self) >= self._most:
            self.clear()
        value = self[word] = self._function(word)
        return value


def opening(*stems: str) -> str:
    """A pattern for one of the stems where it opens a word, as `\\b(?:one|other)` finds it, only faster.

    A search through a whole text leaps to the next letter that a pattern can begin with; `\\b` has no such letter and
    would be tried at each character. So the look back comes after the stem.
    """
    return "(?:" + "|".join(rf"{re.escape(stem)}(?<!\w{'.' * len(stem)})" for stem in stems) + ")"


DETERMINERS = words("the a an this that these those each every any no both either neither such another")
POSSESSIVES = words("its their our his her my your whose")
PRONOUNS = words(
    """i you he she it we they me him us them who whom which what that there here themselves itself himself herself
    ourselves yourself  ours theirs someone anyone everyone nobody everybody everything something anything
    nothing"""
)
PREPOSITIONS = words(
    """of in on at by for from with to into onto through throughout across against among amongst along alongside
    around before after behind below beneath beside besides between beyond despite during except inside near off
    out outside over past per since under underneath until till up upon via within without toward towards than
    as like unlike amid above down about regarding concerning including excluding following versus vs vs. aboard
    plus minus whether because if although though while when where why how unless once so but yet nor then ago
    apart instead"""
)
AUXILIARIES = words(
    """is are was were be been being am has have had having do does did will would shall should can could may might
    must cannot isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't
    couldn't shouldn't isn’t aren’t wasn’t weren’t hasn’t haven’t hadn’t don’t doesn’t didn’t won’t wouldn’t
    can’t couldn’t shouldn’t let"""
)
ADVERBS = words(
    """not also already now just still even only ever never always often again soon together today yesterday
    tomorrow tonight currently recently previously well too there here ahead away back forward forth abroad each
    apiece altogether alone instead later earlier further respectively thereafter anywhere everywhere elsewhere
    else rather quite very almost nearly approximately roughly directly"""
)
# Adverbs that also stand before a noun: "28 million monthly users", "40 online courses".
_SOFT_ADVERBS = words(
    """daily weekly monthly yearly online overseas nationwide worldwide annually overall combined home live indoors
    outdoors downtown"""
)
STOPS = DETERMINERS | POSSESSIVES | PRONOUNS | PREPOSITIONS | AUXILIARIES

VERBS = words(
    """abide accelerate accept accompany accomplish accrue accuse achieve acknowledge acquire activate adapt add
    address adjust administer admit adopt advise affect afford agree align alleviate allocate allow amplify
    analyze announce annex anticipate apologize appear applaud apply appoint appreciate approve argue arise
    arrive ask assemble assert assess assist assume assure attain attend attract augment avoid bear beat become
    begin behave believe belong bind bless boost bother breathe bring broaden build bury calculate cancel
    capitalize carry catch cease celebrate choose circumvent cite clarify click climb cling collaborate collapse
    collect come commemorate commend commit communicate compare compel compensate compete compile complain
    complete comply compose comprise concede conduct confess confirm confront congratulate connect consider
    consist consolidate constitute construct consult consume contain contend continue contribute convene convert
    convey convict convince cooperate coordinate cope count cover create cultivate curb cure decide declare
    decline decorate decrease deem deepen defend define defy delegate delete deliver demolish demonstrate deny
    depart depend depict deploy deprive derive descend describe deserve destroy detain detect deter determine
    devastate develop devote diagnose die differ digest disagree disappear disclose discourage discover
    discriminate discuss dismiss disperse displace dispute disrupt dissolve distribute diversify divert dominate
    donate double draw drink drive dwindle earn eat echo educate elaborate elect eliminate embark embed emerge
    emit emphasize employ empower enable encompass encounter encourage endanger endorse endure enforce engage
    enhance enjoy enlist enrich enroll enrol ensure entail enter entitle equip eradicate erase erode erupt
    escape establish evacuate evade evaluate evolve examine exceed excel exclude execute exemplify exist expand
    expect expedite expel expire explain exploit explode explore expose express extend extract facilitate fail
    fasten feed feel fill finalize find flee flourish fly follow forbid forget forgive formalize fortify found
    free freeze fulfil fulfill gather generate get give go govern grapple grieve grow guess halt halve handle
    happen heal hear hesitate hide highlight hinder hire hold identify ignore illustrate imagine impede
    implement imply import impose improve inaugurate include incorporate incur indicate inflict inform inhabit
    inherit inhibit initiate injure insert insist inspect inspire install insult integrate intend intensify
    interact interfere interpret interrupt intervene introduce invade invent invest investigate invite invoke
    involve isolate join justify keep kick kill know lag last launch lay leap learn lend let liberate lie lift
    like linger listen live locate look lose lower loom maintain make manage marry maximize mean meet mention
    merge migrate minimize miss mitigate mobilize modernize modify mourn move multiply narrow navigate negotiate
    nominate notice notify obey obtain occupy occur omit operate oppose opt organize outline outlive outnumber
    outpace outperform outsell outweigh overcome oversee overtake overturn overwhelm owe own participate pay
    perceive perform perish persist persuade plead plunge portray pose possess postpone pour praise pray predict
    prefer prepare prescribe preserve prevail prevent proceed proclaim procure produce prohibit prolong promote
    prompt propel propose prosecute protect prove provide publish punish pursue qualify quantify quit raise
    reaffirm realize reap reassure reauthorize rebuild recall receive recite reckon reclaim recognise recognize
    recommend reconsider reconstruct recover redeem reduce refer refine reflect refrain refuse regain register
    regret regulate rehire reimburse reinforce reiterate reject relate relax release relocate rely remain remark
    remember remind remove render renew reopen repay replace replicate represent reproduce require rescind
    reside resign resist resort respond restore restrict resume retain retire retrieve reveal reverse revise
    revive revolve reward ride rid rise rob rotate ruin rule safeguard save saw say scatter secure see seek seem
    select sell send serve settle sever shatter shine shoot showcase shrink shut simplify sing sink sit slash
    sleep slide slip slow smash soar solicit solve spark speak specialize specify spend spur squeeze stabilize
    stand starve stay steal stem stimulate strengthen stretch strive struggle submit succeed suffer suggest
    summon supervise suppress surge surpass surrender survive suspect suspend sustain sway swear sweep swell
    swim swing tackle take talk teach tear tell tend terminate testify thank think threaten thrive throw
    tolerate topple tout track transform translate transmit treat trigger triple try tumble undergo undermine
    underscore understand undertake unify unite unleash unlock unveil uphold urge utilize vacate vanish vary
    verify violate vow walk wander want warn warrant wash weaken wear weigh welcome widen win wish withdraw
    withhold withstand wonder worsen write yell yield revitalize incentivize conclude underpin conserve recommit
    dismantle innovate seize bolster criminalize prioritize rehabilitate elevate forge electrify streamline
    galvanize avert catalyze decarbonize redouble undo institutionalize infringe curtail enact harden reshape
    waive codify solidify reconnect rehouse disapprove disseminate operationalize crack dispatch usher vie opine
    allege amass oust unearth outsource offload embrace recoup recur slam trounce ponder mull eye hail lure
    vault clinch notch snap edge nab"""
)
EITHER = words(
    """foster access account act address advance advocate aid aim answer appeal approach attack attempt attribute
    auction average award balance ban bank bar base battle benefit bet blame block bomb boost border break
    bridge budget burn buy call camp campaign cap capture care cast cause centre challenge champion change
    charge chart check claim clash class climb close club collapse combat comment commute compact compound
    concern conflict contact content contest contract contrast control cost counsel counter count coup cover
    craft crash credit crowd cruise cure cut cycle damage dance date deal debate decline decrease default defeat
    delay demand deposit design detail dip discount display dispute distance divide dive doubt draft dream dress
    drift drill drink drive drop dump ease edge effect embrace end escape estimate exchange excuse exercise exit
    experience exploit export express extract face fail fall farm fast fate favor favour fear feature fee fight
    figure file fill film finance fine finish fire fish fit fix flash flight float flood flow fly fold force
    forecast form found frame fuel function fund gain gap gather grade grant grip group guarantee guard guess
    guide halt hand harm harvest head heat help hike hit hold honor honour hope host house hunt hurt impact
    import increase influence initiate insert interest interview issue journey judge jump kick kill lack land
    laugh launch lead leak lease leave lie lift light limit line link list load loan lock look loop love mail
    mandate manufacture map march mark market master match matter measure mentor mind mix model mount move
    murder name need network note notice object offer open order outline output pace pack paint panel park part
    partner pass patch pattern pause pay peak perfect phase phone photograph pick picture pilot pioneer pitch
    place plan plant play pledge plot point poll position post pour power practice present press price probe
    process produce profile profit program progress project promise protest purchase push question quote race
    raid rain raise rally range rank rate ration reach rebel record recruit reform refund regard release relief
    remark rent repair repeal repeat report request rescue research reserve resort respect rest result retail
    retreat return reveal review reward ride ring rise risk rock role roll rough round rule run rush sack sail
    sale sample sanction saw scale schedule scheme score screen search seat sentence sequence service set shape
    share shelter shift ship shock shoot shop shot shout show shower sign signal silence site slide slip smile
    smoke snow sound source space spark speed spell spin split sponsor spot spread staff stage stake stamp stand
    start state station stay steal stem step stick stock stop store storm strain stream stress stretch strike
    strip stroke struggle study style subject suit sum supply support surge surprise survey suspect swap swing
    switch table talk tank target task taste tax team test thought threat tie time tip title toll top total
    touch tour tow trace track trade trail train transfer transit transport trap travel treat trend trial trick
    trip trouble trust turn twist type upgrade use value view visit voice volunteer vote wage walk want warrant
    waste watch water wave weight whisper win wind wish witness wonder work worry worship worth wrap wreck
    arrest bid focus graduate permit update sense wait resolve grab supplement leverage harness plug fan monitor
    complement uplift retrofit duck read live"""
)
_PAST = words(
    """became been began begun born borne bought broke broken brought built came chose chosen dealt did done drawn
    drew driven drove eaten fallen fed fell felt fled flew flown forgave forgiven fought forgot forgotten found
    froze frozen gave given gone got gotten grew grown had heard held hid hidden kept knew known laid led left
    lent lost made meant met oversaw paid proven put ran read rebuilt risen rode rose said sang sank sat saw
    seen sent sold sought spent spoke spoken sprang stole stolen stood strode struck stuck sunk swept swore
    sworn swung taken taught thought threw thrown told took torn undergone understood undertaken undertook
    upheld went withdrew won wore worn wove written wrote shut hurt"""
)
ADJECTIVES = words(
    """new other more additional further many several major top leading large larger largest big bigger biggest
    small smaller smallest local global national federal regional rural urban private civil social economic
    international foreign domestic military nuclear medical clean green renewable affordable high low higher
    lower highest lowest full separate different similar same such own first second third last next previous
    former current eligible qualified remaining existing extra older younger tribal mental physical active open
    good better best great greater early late long short free safe strong fresh hot cold dead live poor rich
    final initial innocent homeless uninsured unemployed special single real whole entire recent net gross raw
    daily annual monthly weekly so-called would-be likely unlikely non-profit for-profit able available heavy
    deep wide direct unique absent present alive secure narrow complete double select prompt nonprofit
    bipartisan"""
)
INVARIANT_PLURALS = words(
    """people men women children feet teeth mice geese data media criteria alumni alumnae phenomena police cattle
    personnel staff youth aircraft spacecraft sheep deer fish series species headquarters crossroads barracks
    bacteria larvae fungi nuclei stimuli curricula memoranda referenda oxen pence salmon offspring livestock
    poultry crew faculty dice lice salespeople townspeople grandchildren schoolchildren stepchildren godchildren
    midwives troops folk folks yen yuan baht ringgit symposia fora consortia millennia stadia addenda strata
    spectra formulae vertebrae antennae algae cacti foci loci radii syllabi renminbi hertz kilohertz megahertz
    gigahertz rpm mph kph square-feet"""
)
_SINGULAR_S = words(
    """news texas kansas arkansas illinois paris congress campus virus crisis basis analysis status bus gas lens
    chaos corps emphasis thesis hypothesis diagnosis process progress access business witness illness fitness
    wellness bias atlas canvas christmas diabetes physics economics politics mathematics ethics athletics
    logistics measles mars massachusetts dallas minneapolis indianapolis annapolis los las des les laos honduras
    cyprus athens brussels naples wales netherlands philippines perhaps always sometimes besides afterwards
    towards nowadays thus this his its plus versus minus iris debris apparatus census consensus focus bonus
    genius radius stimulus surplus nexus corpus plus as is was has does yes us overseas whereas series' alas
    means charles james thomas williams jones davis harris adams"""
)
_NOUN_ENDINGS = ("tion", "sion", "ment", "ness", "ship", "ance", "ence", "hood", "ism", "ist", "ity", "logy", "graphy")
_NOUN_ING = words(
    """advertising bank banking bargaining beginning billing biomanufacturing boarding borrowing briefing budgeting
    building bullying captioning caregiving ceiling charging clothing coaching computing contracting convening
    counseling counselling crossing drafting drilling drinking dwelling earning engineering evening farming
    feeling filing financing finding firefighting fishing flooding footing funding gambling gaming gathering
    governing grazing healing hearing heating holding housing killing king landing learning lending licensing
    lighting listing living lodging longing manufacturing mapping marketing matching meaning meeting mentoring
    messaging mining modeling monitoring morning networking nursing offering opening outing packaging painting
    parking parenting planning policing posting pricing printing proceeding processing programming racing
    ranking rating reading recording recycling reporting ring roofing rulemaking ruling sailing sampling saving
    scheduling screening seating sentencing servicing setting sharing shipping shooting shopping showing sibling
    signing sitting skiing spending spring staffing standing string swimming teaching testing thing ticketing
    trading trafficking training trucking turning understanding undertaking underwriting upbringing viewing
    voting warehousing warning wedding wellbeing wing writing"""
)
_NOUNS_ALL_THE_SAME = words(
    """cable traffic coal fabric official music withdrawal initiative capital perspective goal incentive renewal
    epidemic material proposal reversal approval hospital anniversary library salary removal mineral portal
    objective topic directive appraisal individual terminal animal rental metal medal journal festival trial
    deal meal principal professional criminal memorial arrival survival carnival secretary boundary dictionary
    documentary commentary beneficiary missionary mechanic critic clinic picnic statistic pandemic republic
    table vegetable executive detective relative native representative alternative archive cooperative narrative
    motive dish parish signal tribunal denial burial disposal referral"""
)
_ADJECTIVE_ENDINGS = ("ous", "ful", "less", "able", "ible", "ish", "ical", "ive", "ary", "ic", "al")


def _s_form(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in "aeou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


S_FORMS = frozenset(_s_form(verb) for verb in VERBS - EITHER)
EITHER_S_FORMS = frozenset(_s_form(verb) for verb in EITHER)


def is_plural(lower: str) -> bool:
    """Whether the word looks like a plural noun (a verb in -s is left to the caller)."""
    if lower in INVARIANT_PLURALS or lower.endswith(("people", "women", "children")):
        return True
    if lower.endswith("men") and len(lower) > 4 and lower not in _NOT_MEN:
        return True
    if len(lower) < 3 or lower[-1] != "s" or lower in _SINGULAR_S:
        return False
    return lower[-2] not in "su'’i" or lower in _PLURAL_ODD


_NOT_MEN = words("specimen regimen abdomen acumen omen semen stamen yemen women men")
_PLURAL_ODD = words(
    "menus gurus taxis skis emus gnus tofus haitis iraqis israelis pakistanis alibis rabbis bikinis safaris"
)


_NUMBER_WORDS = words(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion
    dozen dozens hundreds thousands millions billions trillions"""
)


def _is_contraction(lower: str) -> bool:
    """`we're`, `it's`, `who've`."""
    base, mark, ending = lower.replace("’", "'").partition("'")
    return bool(mark) and (base in PRONOUNS or (ending != "s" and base in STOPS))


@lru_cache(maxsize=1 << 16)
def word_class(lower: str) -> WordClass:
    """The class of a word given in lower case."""
    if not lower[0].isalpha():
        return "number" if lower[0].isdigit() else "mark"
    if lower in ("and", "or"):
        return "and"
    if lower in STOPS or _is_contraction(lower):
        return "stop"
    if lower in _NUMBER_WORDS:
        return "number"
    if lower in _SOFT_ADVERBS:
        return "adjective"
    if lower in ADVERBS or (lower.endswith("ly") and lower not in _LY_NOT_ADVERBS):
        return "adverb"
    if lower in ADJECTIVES:
        return "adjective"
    if lower in INVARIANT_PLURALS:
        return "plural"
    if lower in _PAST:
        return "past"
    if lower in EITHER:
        return "either"
    if lower in VERBS or lower in S_FORMS:
        return "verb"
    if is_plural(lower):
        return "plural"
    return _class_by_ending(lower)


_LY_NOT_ADVERBS = words(
    """family assembly supply reply ally rally bully jelly belly fly butterfly monopoly anomaly friendly elderly
    costly deadly italy july emily lively lovely homily lily"""
)
_ED_NOT_PAST = words("red bed shed seed feed speed deed need weed breed hundred united")


def _class_by_ending(lower: str) -> WordClass:
    if "-" in lower:
        return "adjective"
    if lower.endswith("ing") and len(lower) > 5 and lower not in _NOUN_ING:
        return "ing"
    if lower.endswith("ed") and len(lower) > 3 and lower not in _ED_NOT_PAST:
        return "past"
    if lower.endswith(_NOUN_ENDINGS):
        return "noun"
    return "adjective" if lower.endswith(_ADJECTIVE_ENDINGS) and lower not in _NOUNS_ALL_THE_SAME else "noun"


# --- singulars

_IRREGULAR = dict(
    pair.split(":")
    for pair in words(
        """people:person symposia:symposium fora:forum consortia:consortium millennia:millennium stadia:stadium
    addenda:addendum strata:stratum spectra:spectrum formulae:formula vertebrae:vertebra antennae:antenna
    algae:alga cacti:cactus foci:focus loci:locus radii:radius syllabi:syllabus sorties:sortie prairies:prairie
    birdies:birdie hoodies:hoodie smoothies:smoothie foodies:foodie hippies:hippie collies:collie
    brownies:brownie men:man women:woman children:child feet:foot teeth:tooth mice:mouse geese:goose
    criteria:criterion alumni:alumnus alumnae:alumna phenomena:phenomenon bacteria:bacterium larvae:larva
    fungi:fungus nuclei:nucleus stimuli:stimulus curricula:curriculum memoranda:memorandum referenda:referendum
    oxen:ox dice:die lice:louse pence:penny lives:life wives:wife knives:knife halves:half leaves:leaf
    wolves:wolf shelves:shelf calves:calf thieves:thief loaves:loaf selves:self scarves:scarf hooves:hoof
    elves:elf sheaves:sheaf analyses:analysis crises:crisis bases:base theses:thesis diagnoses:diagnosis
    hypotheses:hypothesis synopses:synopsis oases:oasis parentheses:parenthesis axes:axis buses:bus gases:gas
    viruses:virus campuses:campus statuses:status bonuses:bonus censuses:census lenses:lens movies:movie
    cookies:cookie zombies:zombie calories:calorie ties:tie lies:lie pies:pie dies:die rookies:rookie
    selfies:selfie species:species series:series headquarters:headquarters barracks:barracks
    crossroads:crossroads aircraft:aircraft spacecraft:spacecraft heroes:hero potatoes:potato tomatoes:tomato
    vetoes:veto echoes:echo torpedoes:torpedo volcanoes:volcano mosquitoes:mosquito embargoes:embargo
    cargoes:cargo shoes:shoe toes:toe canoes:canoe indices:index matrices:matrix vertices:vertex
    appendices:appendix quizzes:quiz data:data media:media police:police caches:cache aches:ache
    headaches:headache avalanches:avalanche niches:niche psyches:psyche moustaches:moustache troops:troop
    means:means persons:person works:works"""
    )
)


@lru_cache(maxsize=1 << 14)
def singular(lower: str) -> str:
    """The singular of a noun in lower case; a word that is none already stays as it is."""
    if lower in _IRREGULAR:
        return _IRREGULAR[lower]
    if "-" in lower:
        stem, _, last = lower.rpartition("-")
        return f"{stem}-{singular(last)}"
    for plural, single in (("wives", "wife"), ("people", "person"), ("women", "woman"), ("children", "child")):
        if lower.endswith(plural):
            return lower.removesuffix(plural) + single
    if lower.endswith("men") and is_plural(lower):
        return lower[:-2] + "an"
    if not is_plural(lower) or lower in INVARIANT_PLURALS:
        return lower
    return _without_s(lower)


def _without_s(lower: str) -> str:
    if lower.endswith("ies") and len(lower) > 4:
        return lower[:-3] + "y"
    return lower[:-2] if lower.endswith(("sses", "shes", "ches", "xes", "zzes")) else lower[:-1]
