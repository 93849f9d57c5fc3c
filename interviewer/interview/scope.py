"""Scope: how far the speaker stands behind the words of a clause.

Cues come before or after what they govern and reach to the end of the clause at most (the NegEx and ConText
idea, without their sentence-wide windows). A condition about growth or choice makes its sentence
hypothetical; a condition about failure ("if the leader dies") is design, and stays asserted. What the words
are about is for others to say.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from interviewer.interview.words import Clause, Normalised, clauses, normalise, phrases


@dataclass(frozen=True, slots=True)
class Scope:
    """What keeps a statement from counting as the speaker's own, plain claim about this design.

    past: a job or system of theirs elsewhere. quoted: somebody else's words. rejected: an idea turned away.
    corrected: they take something of their own back. conceded: they grant a fault or the other's point.
    """

    negated: bool = False
    hypothetical: bool = False
    past: bool = False
    quoted: bool = False
    question: bool = False
    rejected: bool = False
    corrected: bool = False
    conceded: bool = False

    @property
    def plain(self) -> bool:
        """Whether it is asserted of this design: not taken back, moved away, put in another's mouth, or
        asked.
        """
        away = self.negated or self.rejected or self.hypothetical
        return not (away or self.past or self.quoted or self.question)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with its clauses and the scope of each: for callers that ask about many spans of one turn."""

    text: str
    clauses: tuple[Clause, ...]
    scopes: tuple[Scope, ...]
    forms: tuple[Normalised, ...]
    quotations: tuple[tuple[int, int], ...]
    starts: tuple[int, ...]

    def clause_at(self, offset: int) -> int:
        """The number of the clause that holds this offset; the last one for offsets past the end."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def scope_at(self, start: int, end: int) -> Scope:
        """The scope of the words from start to end, counted from the beginning of the text."""
        return _narrowed(self, start, end) if self.clauses else Scope()


@lru_cache(maxsize=512)
def read(text: str) -> Reading:
    """Clauses and scopes of a whole text, in one linear pass; kept, since several readers ask for the same turns."""
    parts = clauses(text)
    forms = tuple(normalise(clause.text) for clause in parts)
    normals = [form.text.strip() for form in forms]
    quotations = tuple(_quotations(text))
    found = [_alone(clause, normal, quotations) for clause, normal in zip(parts, normals, strict=True)]
    for sentence in _sentences(parts):
        _spread_conditions(sentence, normals, found)
        _spread_questions(sentence, parts, normals, found)
        _spread_verdicts(sentence, normals, found)
        _spread_frames(sentence, normals, found)
    _spread_past(parts, normals, found)
    _spread_disclaimers(parts, normals, found)
    _spread_farewells(parts, normals, found)
    return Reading(text, parts, tuple(found), forms, quotations, tuple(clause.start for clause in parts))


def second_thoughts(normal: str) -> bool:
    """Whether a text in normal form takes something back or grants a fault."""
    return _CORRECTED.search(normal) is not None or _CONCEDED.search(normal) is not None


def scope_of(clause: Clause, text: str) -> Scope:
    """The scope of one clause of `text`. Whoever needs all of them reads once, with `read`."""
    reading = read(text)
    return reading.scopes[reading.clause_at(clause.start)] if reading.clauses else Scope()


def scope_at(text: str, start: int, end: int) -> Scope:
    """The scope of a span: a cue governs it when it stands before it in its clause, or closes on it from
    behind.
    """
    return read(text).scope_at(start, end)


# -------------------------------------------------------------------------------------------------------- cues
# Patterns run on the normal form of one clause: lower case, straight quotes, single spaces. Every gap is bounded,
# and every pattern begins at a word, so that a clause costs time in proportion to its length.


def _words(words: str) -> str:
    return "(?:" + "|".join(words.split()) + ")"


_SOME, _FEW, _ONE = r"(?:[^ ]{1,30} ){0,5}?", r"(?:[^ ]{1,30} ){0,2}?", r"(?:[^ ]{1,20} )?"
_ME = r"(?:i|we|you|one|let's|lets)"
_WOULD = r"(?:i|we|you)(?:'d|'ll| would| will| can| could| should)?"
_NT = r"(?:n'?t| not| never)"
_DONT = rf"(?:(?:do|does|did|would|could|should|need|wo|ca|ai){_NT}|will not|can not|cannot|(?:am|are|'m|'re|'d|'ll) not|never|not)"
_ADOPT = _words(
    "use using start starting begin go going reach add adopt bring introduce choose pick take build bother want need put"
    " deploy touch buy shard split rely depend lean roll insist jump try run have like recommend consider worry complicate"
    " pay overengineer over-engineer implement support spin"
)
_HERE = r"(?: (?:it|that|this|them|these|those|here|yet|now|at all|for (?:this|that|now|us)|any|anything|in this design|today))*"

_NEGATION = phrases(
    r"not|never|no|none|nobody|nothing|neither|nor|nowhere|without|cannot|hardly|barely|lack(?:s|ing)?",
    r"(?:unable|fail(?:s|ed|ing)?|refus(?:e|es|ing)) to|free of|no longer",
    r"(?:do|does|did|is|are|was|were|would|could|should|wo|ca|ai|have|has|had|need|must|sha)n'?t",
)
_NO_NEGATION = phrases(
    r"did(?:n'?t| not) (?:say|mention)",
    r"not (?:only|just|merely|simply|to mention|sure|certain|bad|until|before|entirely sure|so sure)",
    r"no (?:doubt|problem|matter|worries|question|wonder|surprise|idea|way around|\d+)",
    r"(?:not|no) (?:more|less|fewer|later|longer|sooner|bigger) than|nothing (?:but|more than|less than)",
    r"why (?:not|don'?t we|don'?t i)|(?:can'?t|cannot) wait|if not|or not|if no|isn't it|aren't they"
    r"|doesn't it|don't we",
    r"(?:don'?t|do not|let's not|mustn't|not|never) (?:forget|worry)|not forgetting|without (?:a "
    r"|any )?doubt",
    r"(?:don'?t|do not|didn'?t|not|doesn't) (?:really |yet |actually )?(?:know|mind|remember)|not yet sure"
    r"|whether or not",
    r"i (?:don't|do not) (?:see|have) (?:a|any) (?:problem|issue)|not (?:\w+ )?but",
)
_SPEAKER_GOES_ON = re.compile(
    r"(?<!that)(?<!which)(?<!what) (?:i|we|i'd|we'd|i'll|we'll|let's)(?= (?:use|take|put|keep|would|will|do"
    r"|have|just|go|make"
    r"|store|want|read|write|send|also|then|can|could|should|split|start|hold|give|let|pay)\b)|^ (?:it"
    r"|them)(?= [a-z])"
)
_TWO_NEGATIVES = phrases(r"without|lack(?:s|ing)?|unable to|fail(?:s|ed|ing)? to|un(?:less|til)")
_WINDOW_CLOSES = re.compile(
    r"(?<!\w)(?:but|however|although|though|except|because|so|since|therefore|whereas|until|unless|when"
    r"|while|if|then"
    r"|other than|apart from)(?!\w)|, (?:just|only|simply|merely|rather|instead|plain|but|then|use|we|i|it"
    r"|that|they)(?!\w)|[;:]"
)
_SUBJECT_CLOSES = re.compile(r" (?:we|i|it|they|she|he|i'd|we'd|i'll|we'll|it's|there|let's)(?!\w)")
_WINDOW_WORDS = 14
_NEGATED_AFTER = phrases(
    r"(?:is|are|was|were|will be|would be|'s|'re) (?:\w+ )?not (?:\w+ )?"
    r"(?:needed|used|required|necessary|there|wanted|involved|included|in play|part of|an issue|relevant)",
    r"(?:is|are|was|were|wo|would)n'?t (?:be )?(?:\w+ )?(?:needed|used|required|necessary|there|wanted"
    r"|involved|included|relevant)",
    r"(?:does|do|did|would|will)(?:n'?t| not) (?:\w+ )?(?:exist|apply|happen|come in|appear|enter)"
    r"|is no longer|are gone",
)

_IS = r"(?:(?:is|are|was|were|be|being|seems?|feels?|looks?|sounds?|becomes?)|(?:it|that|this|they|which)(?:'s|'re|s))"
_TOO = (
    r"(?:over-?kill|unnecessary|premature|excessive|pointless|useless|wasteful|a waste|a distraction"
    r"|over-?engineer\w{0,4}"
    r"|over-?complicated|gold[- ]plating|vanity|off the table|out of (?:scope|the question)|a non-?starter"
    r"|no good|silly"
    r"|too (?:much|heavy|complex|complicated|expensive|early|soon|clever|fancy|costly|risky|weak|many|slow"
    r"|big)(?! to\b)"
    r"|(?:the |a )?(?:wrong|bad|poor|worse|terrible) (?:tool|fit|choice|place|answer|idea|trade|way|one|here)"
    r"|more than (?:we|i|you|this|it) needs?"
    r"|not (?:\w+ )?(?:worth|needed|necessary|required|justified|enough|sufficient|warranted|suitable"
    r"|for (?:us|me|this)"
    r"|an option|a good|the right|a fit|my choice|what we need|my first|going to work))"
)
_USELESS = (
    r"(?:(?:wo|would|does|do|ca|could|did)n'?t|(?:does|do|will|would|can|could)(?: not"
    r"|not)) (?:\w+ )?(?:work|help|fit|scale|cut it"
    r"|pay (?:off|for itself)|fly|make sense|earn its keep|hold up|do it|be enough|suffice|be needed|survive"
    r"|buy us (?:much|anything))"
)
_BUYS_NOTHING = (
    r"(?:buy|give|gain|bring|get|earn|add|save|help)s? (?:us |me |you |them )?"
    r"(?:nothing|little|very little|almost nothing|no (?:benefit|value|real|advantage))"
)
_REJECTED_BEFORE = phrases(
    rf"{_ME}(?:'d|'ll|'m|'re)? (?:\w+ )?{_DONT} {_FEW}{_ADOPT}",
    rf"(?:would|should|will){_NT} {_ONE}{_ADOPT}|wo(?:n'?t) {_ONE}{_ADOPT}|{_ME} no (?:need|use"
    rf"|want)",
    r"(?:no|not any|little|zero|without any|not much) (?:real )?(?:need|reason|point|sense|case|use"
    r"|value) (?:for|of|to|in)",
    r"(?:do|does|did|would|will)(?:n'?t| not) (?:\w+ )?(?:need|want|require|justify|call for|warrant"
    r"|deserve)|(?:i|we|you|one) need(?:n'?t| not)",
    r"not worth|isn'?t worth|hold(?:ing)? off on|(?:stay|keep|steer)(?:ing)? (?:away from|clear of|out of)"
    r"|against using",
    r"decid(?:e|ed|ing) against|argue against|rul(?:e|ed|ing) out|refrain from"
    r"|forget about|say no to",
    r"(?:not|no) (?:a )?(?:big )?fan of|not (?:convinced|sold) (?:by|of|on|that)|not (?:going|gonna"
    r"|planning|about) to",
    rf"{_WOULD} (?:\w+ )?(?:skip|avoid|reject|discard|dismiss|resist|drop the idea of|pass on|leave out"
    rf"|leave aside)(?! out)",
    r"(?:skipping|leaving out|avoid(?:ing)? using|i (?:rejected|discarded|dismissed|skipped|dropped"
    r"|ruled out|passed on|turned down|(?:would|will) turn down))",
    rf"leave(?= {_SOME}(?:out|aside|for later)(?!\w))|why (?:would|should|bother|do) (?:i|we|you|anyone|one"
    rf"|with)|no need",
    r"no (?:kafka|redis|queue|cache|microservices?|sharding|kubernetes|mesh)(?= (?:here|yet|for now|needed"
    r"|at all))",
)
_PUT_ASIDE = phrases(r"instead of", r"rather than", r"as opposed to", r"in place of", r"in preference to")
_REJECTED_AFTER = re.compile(
    rf"(?<!\w){_IS} {_FEW}{_TOO}(?!\w)|(?<=\w)'s {_FEW}{_TOO}(?!\w)|(?<!\w){_USELESS}(?!\w)"
    rf"|(?<!\w){_BUYS_NOTHING}(?!\w)"
    r"|(?<!\w)(?:is|are|was|would)n'?t (?:be )?(?:\w+ ){0,2}(?:needed|necessary|worth|required|justified"
    r"|an option|warranted"
    r"|enough|the right|a (?:good )?fit|sufficient|suitable|my choice|what we need|in scope)(?!\w)"
    rf"|(?<!\w)(?:{_WOULD}(?: do)?(?: not| never| no)|(?:i|we) (?:would|do|wo|did|should)n'?t)(?: really)?"
    rf" (?:need|use|want|touch|take|add|do|choose|have|put|go there|bother)(?:{_HERE}|(?: with)?(?: that"
    rf"| it)?)[ .!,]{{0,9}}$"
    rf"|^\W{{0,9}}(?:[^ ]+ ){{0,3}}(?:is |= )?(?:overkill|unnecessary|premature)(?!\w)"
)
_VERDICT_ON_WHAT_CAME_BEFORE = re.compile(
    r"^\W{0,9}(?:(?:and|but|so|then|which|hence|therefore|yet)\b,? ?)?(?:(?:i think|to me|honestly|frankly"
    r"|here|for (?:us|this|now)),? )?(?:"
    rf"(?:it|that|this|they|those|which|these)?(?:'s|'re| is| are| would be| seems?| feels?"
    rf"| looks?)?(?: [a-z]+){{0,2}}? ?{_TOO}(?!\w)"
    rf"|(?:it|that|this|they|which|these) (?:\w+ )?(?:{_USELESS}|{_BUYS_NOTHING})(?!\w)"
    rf"|{_WOULD} (?:not|never|rather not)(?: (?:use|need|want|do|go|take|choose|add|have"
    rf"|start))?(?: with)?{_HERE}[ .!,]{{0,9}}$"
    rf"|(?:i|we) (?:would|do|wo|did)n'?t (?:\w+ )?(?:use|need|want|do|go|take|choose|add|have"
    rf"|bother)(?: with)?{_HERE}[ .!,]{{0,9}}$)"
)
_NOTHING_ASKS_FOR_IT = re.compile(
    r"^\W{0,9}(?:(?:and|but|so) )?(?:nothing|nobody|no one|no \w{1,15}) (?:[^ ]{1,20} ){0,4}?(?:wants?"
    r"|asks? for|needs?|calls? for|requires?"
    r"|justif(?:y|ies)) (?:that|it|this|them)(?!\w)"
)
_WALKS_AWAY = re.compile(
    r"^\W{0,9}(?:(?:so|and|but|then|here|this) )?(?:i|we)(?:'d| would|'ll| will)?(?: not|n't| never"
    r"| rather not)? ?(?:go there|do (?:that|it|this)|use (?:that|it)|go that way"
    r"|take (?:that|it)|want (?:that|it)|touch (?:that|it))[ .!,]{0,9}$"
)
_VERDICTS = (_VERDICT_ON_WHAT_CAME_BEFORE, _NOTHING_ASKS_FOR_IT)
_OPTION_OPENS = re.compile(
    r"^\W{0,9}(?:(?:so|and|well|okay),? )?(?:one (?:way|option|idea|possibility|approach)|(?:the )?(?:first"
    r"|second|third|other|simplest|obvious|usual|naive|classic) (?:\w+ )?(?:way|option|idea|one|approach)"
    r"|another|option|alternatively|you could|(?:i|we|one) could|there(?:'s| is) (?:also )?(?:the|a))\b"
)
_FEW_SENTENCES = 4
_SO_NO = re.compile(
    r"^\W{0,9}(?:so|hence|therefore|which is why)\b,? (?:it's |that's |for me )?(?:a )?(?:no|not (?:that"
    r"|this) one|out)[ .!,]{0,9}$"
)
_FLAT_NO = re.compile(
    r"^\W{0,9}(?:(?:well|honestly|um|uh),? )?(?:no|nope|nah|overkill|not (?:needed|yet|here|now|for this"
    r"|worth it|necessary)|no need|never)[ .!,]*(?:$|,)"
)

_CONDITION_OPENS = re.compile(
    r"^\W{0,9}(?:(?:and|but|so|or|now|then|well|okay|ok|because|only|even|maybe|um|uh)\b,? )*"
    r"(?:if|when|whenever|should|once|unless|in case|supposing|suppose|imagine|as soon as|until)\b"
)
_BACK_TO_FACT = re.compile(r"\W{0,9}(?:but|however|for now|today)\b")
_ABOUT_CHOICE_OR_GROWTH = phrases(
    r"ever|(?:if|when|as|where|once) (?:it's |it is |really |ever )?(?:necessary|needed|required|possible)"
    r"|need be|(?:time|money|budget) (?:allows|permits)"
    r"|more time",
    r"(?:if|should|suppose|supposing|imagine) (?:i|we),? (?:\w+ )?(?:use|used|pick|picked|choose|chose|put"
    r"|go|went|add|added"
    r"|shard|sharded|take|took|had|were|did|said|made|stored|kept|switched|split|moved|wanted)",
    r"(?:i|we|one|somebody|someone|(?:the |a )?(?:business|product|team|company|customers?|boss|management"
    r"|legal|marketing))"
    r" (?:\w+ )?(?:needs?|needed|wants?|wanted|outgrows?|outgrew|ha[sd] to(?! choose| pick| decide)"
    r"|have to(?! choose| pick| decide)|decides?|decided|asks?"
    r"|asked|insists?|requires?)",
    r"(?:it|this|that|things|traffic|load|volume|demand|usage|data|numbers?|users|growth|(?:the|one"
    r"|a single) [^ ]{1,20}) (?:\w+ )?"
    r"(?:grows?|grew|doubles?|doubled|becomes? (?:a|too|the)|became|turn(?:s|ed)? out|were|proves?|proved"
    r"|matters|mattered|explodes?"
    r"|is(?:n'?t| not) (?:\w+ )?enough|(?:gets?|got) (?:too|bigger|worse|serious)|changes?|changed|goes up"
    r"|went up)",
)
_DISOWNS = phrases(
    r"(?:i|we)(?:'d| would| will|'m| am|'ll| do| can)?(?:n'?t| not| never) (?:\w+ )?(?:(?:going|about|trying|here) to )?"
    r"(?:say|claim|argue|pretend|promise|suggest|propose|mean|maintain|recommend)(?: that)?",
    r"(?:it|that)(?:'s| is) not (?:the case|true|so|right|as if|my (?:view|plan|proposal)|what i (?:mean|say|propose))(?: that)?",
    r"it isn'?t (?:the case|true|so|right)(?: that)?|not (?:the case|true) that",
    r"(?:i|we) (?:do|would|did)(?:n'?t| not) want (?:any of )?(?:this|that|it)(?: at all| here)?(?= ?:)",
    r"(?:i|we) (?:would|do|will|wo)(?:n'?t| not)? (?:do|have|build|run) (?:it|this|that) (?:like (?:this|that)|this way|that way)",
)
_THAT = re.compile(r"^\W{0,4}that\b")
_SPEAKER_WOULD_NOT = re.compile(
    r"^\W{0,9}(?:(?:no|so|and|but|well|um|uh|honestly|actually|then)\b,? ?){0,3}(?:i|we)(?: would|'d| will|'ll|'m| am)?"
    r"(?:n'?t| not| never)(?: going to| gonna)? (?!(?:lose|wait|block|need|have|be|notice|care|know|mind|see|get|trust|rely|say|allow|let|accept|ask|make|only|just|even|touch|store|keep|want|hold|double|count)\b)[a-z]"
    r"|^\W{0,9}(?:(?:no|so|and|but|well)\b,? ?){0,3}(?:i|we) won'?t (?!(?:lose|wait|block|need|have|be|notice|care|know|mind|see|get|trust|rely|say|allow|let|accept|ask|make)\b)[a-z]"
)
_HYPOTHETICAL = phrases(
    r"(?:one|you|we|i|somebody|someone|people) (?:could|might) (?:\w+ )?(?:imagine|argue|claim|say|think|dream)",
    r"(?:i|we|you) (?:also |then )?(?:might|may)(?: also| even| later| well)?(?! (?:ask|see|think"
    r"|say|wonder|call|have heard))",
    r"could (?:also |then )?(?:maybe|perhaps|later|eventually|always|one day|someday)|can always",
    r"(?:might|may) (?:\w+ )?(?:be worth|want to|need to|make sense|someday|one day|eventually)",
    r"(?:maybe|perhaps|possibly|conceivably),? (?:\w+ )?(?:later|someday|one day|eventually"
    r"|in (?:the )?future|we|i|add|use|also)",
    r"in theory|in principle|theoretically|hypothetically|in an ideal world|with (?:more|infinite"
    r"|unlimited) (?:time|money|budget)",
    r"(?:would|could|might|should)(?:'ve| have|'a| of) (?:[a-z]{2,15}(?:ed|en|n|t|d)|been|had|put|gone|done"
    r"|made|run|read|become)",
    r"what if|for the sake of argument|as an option|an option (?:would|could|might) be|one option (?:would"
    r"|could|might)",
    r"(?:not (?:\w+ )?sure|unsure|don'?t know|do not know|wondering|unclear|no idea|not clear"
    r"|remains to be seen) (?:whether|if|that)",
)
_LATER = phrases(
    r"(?<!the )(?<!a )(?<!\d )(?<!seconds )(?<!second )(?<!minutes )(?<!minute )(?<!hours )(?<!hour )(?<!days )(?<!day )(?<!moment )(?<!ms )"
    r"(?<!sooner or )(?<!or )(?<!again )(?<!back )(?<!try )(?<!than )later(?: on)?(?! than)",
    r"someday|some day|one day|down the (?:road|line|track)|in (?:the )?(?:distant |near )?future"
    r"|at some (?:later )?(?:point|stage)",
    r"(?:in |for )?(?:version|phase|release|iteration|v)[ -]?(?:two|three|2|3)|next year|a year from now"
    r"|when we grow|future work",
    r"as a (?:next|later|future|second|follow-?up) step|eventually(?= (?:we|i|you|move|migrate|switch"
    r"|replace|add|introduce|adopt))",
)
_PUT_OFF = phrases(
    r"might|may|could|can|would|will|maybe|perhaps|possibly|consider|i'd|we'd|i'll|we'll|for later|leave",
    r"(?:i|we|to) (?:\w+ )?(?:move|migrate|add|introduce|switch|defer|postpone|revisit|think about|look at"
    r"|split)",
    r"defer(?:red)?|postponed?|revisit|future work|(?:comes?|stays?|waits?|is something|is"
    r"|are) (?:for )?(?:later|in v|in version)",
)

_JOB = _words(
    "job jobs company companies employer (?<!first.)place team role gig position startup start-up firm shop project projects life client bank"
    " workplace office work boss colleague colleagues system platform systems"
)
_PAST = phrases(
    rf"(?:at|in|with|for|from|on|of) (?:my|our|a|the|one of my|an) {_ONE}(?:last|previous|old|former|earlier"
    rf"|prior|first|past|current|ex|day)"
    rf"[ -]?{_ONE}{_JOB}",
    rf"(?:my|our) (?:old|former|previous|last|ex-?|past|first|current) ?{_ONE}{_JOB}|(?:at|in) (?:my"
    rf"|our) (?:{_ONE})?(?:company|work|job|workplace|office|employer)",
    r"where i (?:work|worked|used to work|was|am now)|when i (?:worked|was (?:at|in|with|working|on)|did"
    r"|built|ran|joined|led|used)",
    r"back (?:at (?:the|my|our)|when (?:i|we)|in the day|then)|(?:in|from|by) my (?:own |past |previous "
    r"|work |limited )?experience"
    r"|in a (?:previous|former|past) life",
    r"(?:i|we) (?:once|used to|had once|previously)(?! (?:said|mentioned|agreed))|(?:i|we) already (?:used"
    r"|ran|built|did|saw|worked|operated)",
    r"(?:i|we)(?:'ve| have) (?:\w+ )?(?:used|run|built|seen|worked|operated|deployed|maintained|tuned"
    r"|shipped|migrated|owned|done (?:this|that|it)"
    r"|had this|been (?:burned|burnt|bitten))|i'?ve done",
    r"(?:i|we) (?:worked|operated|maintained|migrated|inherited|shipped|interned|got (?:burned|burnt|bitten"
    r"|paged))",
    rf"we (?:used|ran|built|had|did|moved|switched|saw|tried)(?= {_SOME}(?:at|in production"
    rf"|for (?:\w+ )?(?:years?|months?)|back|there|last year|before"
    r"|once|internally|in 20\d\d|and it (?:was|worked|broke|fell|failed))(?!\w))",
    r"(?:years?|months?|jobs?) ago|last year|in production at|(?:has|have|'s) (?:bitten|burned|burnt|caught"
    r"|saved) (?:us|me)",
    r"(?:i|we) (?:use|run|have) (?:[^ ]{1,20} ){1,5}at work|i tuned|i saw (?:this|that|it|one|a)",
)
_STORY_GOES_ON = re.compile(
    r"^\W{0,9}(?:(?:and|so|but|then|because|which|until|also|later|um|uh|well|where|when|as|since"
    r"|once)\b,? ){0,2}"
    r"(?:(?:we|they|it|that|he|she|everyone|everybody|nobody|somebody|people|this|i|there|(?:the|our"
    r"|my) [^ ]{1,20}) )?(?:\w+ )?"
    r"(?:[a-z]{2,14}ed|was|were|had|did|ran|fell|broke|took|got|went|came|lost|kept|made|wrote|spent|saw"
    r"|found|paid|became|began|built|grew|hit"
    r"|cost|woke|(?:did|was|were|could|had)n'?t|never)(?!\w)"
)
_BACK_TO_NOW = phrases(
    r"here|now|for this|in this (?:case|design|system|problem)|i'd|i would|we'd|we would|i'll|i will|we'll"
    r"|we will|let's|lets|today|this time",
    r"so i|so we|i want|i choose|i go|i put|i use|i keep|i take|we should|i'm|i am|i think|i propose",
)

_OPENS_A_STORY = (":", "this way", "like this", "like that", "that way")
_TURNS_TO_THIS = re.compile(
    r"^\W{0,9}(?:(?:so|and|but|now|then)\b,? ){0,2}(?:here|now|this time|today|in this (?:case|design|system|one)|for this(?: one)?)\b"
    r"|^\W{0,9}(?:so|but) (?:i'd|i would|we'd|we would|i'll|let's)\b|\bin this (?:case|design|system|problem)\b|\bfor this one\b"
)
_THIS_ONE = (
    r"(?:here|for this(?: one| system| design)?|in this (?:case|design|one|system)|this time|for (?:us|now))"
)
_DISCLAIMS = phrases(
    r"(?<!\w )(?:so |but |and )?(?:that|this|it) was (?:\w+ )?(?:another|a different|some other|a whole other|back) (?:\w+ ){0,2}?"
    r"(?:systems?|compan(?:y|ies)|jobs?|teams?|places?|products?|stor(?:y|ies)|worlds?|times?|then|there|projects?|scale)",
    r"(?<!\w )(?:so |but |and )?(?:i'm|i am|i was|we're|we are) not (?:really |actually )?(?:proposing|suggesting|recommending|advocating|promising|planning)"
    r" (?:it|that|this|any of (?:it|that|this)|anything)",
    r"(?<!\w )(?:so |but |and )?(?:i|we) (?:have(?:n'?t| not)) (?:really |actually )?(?:decided|settled|made up my mind|committed to)",
    rf"(?<!\w )(?:so |but |and )?{_THIS_ONE},? (?:i|we) (?:do(?:n'?t| not) know|have(?:n'?t| not)|am not sure|'m not sure|have no idea|would have to think)",
    r"(?<!\w )(?:but |and )?(?:we|i|it) (?:are|'re|am|'m|is|'s)(?:n'?t| not)(?: that| one| there| them)?[ .!,]{0,9}$",
)


_PEOPLE = (
    r"(?:he|she|they|people|everyone|everybody|folks|some|some people|someone|others|many|most|(?:most"
    r"|many) (?:people|teams|candidates|engineers)|vendors?"
    r"|critics|experts|sales(?:people|men)?|marketing|(?:a |my )?(?:colleague|boss|manager|friend|lead)s?"
    r"|textbooks?|blogs?|documentation|slides?|brochures?|tutorials?"
    r"|the (?:vendors?|docs?|documentation|books?|papers?|slides?|brochure|marketing|salesman|sales|blogs?"
    r"|blog posts?|brief|website|manual|textbook|internet|article"
    r"|hype|readme|interviewer|prompt|tutorials?|video|landing page|sales deck))"
)
_REPORTED = phrases(
    r"(?:as )?you (?:\w+ )?(?:said|say|mentioned|told|asked|gave|wrote|described|stated|put it|specified"
    r"|allowed|suggested|proposed)",
    rf"{_PEOPLE} (?:\w+ )?(?:said|says?|claim(?:s|ed)?|promis(?:e|es|ed)|argue[sd]?|swears?|insists?"
    rf"|preach(?:es)?|advertises?|recommend(?:s|ed)?|suggest(?:s|ed)?"
    r"|(?:would |will |like to |love to |tend to )?(?:tells?|told) (?:you|me|us)"
    r"|(?:would|like to|love to|tend to|always|usually|often) (?:say|claim|argue|reach|answer|cut|split"
    r"|build|reply|start with"
    r"|draw|jump|shard|go|present|throw|put|pick|use|quote|promise|add)"
    r"|(?:reach|reaches) for|jumps? (?:straight )?to)",
    r"according to (?:you|their|its|some|people|everyone|my|the (?:docs?|documentation|vendors?|papers?"
    r"|books?|blogs?|manual|article|brief|slides?|prompt|task|internet|textbook|website))|supposedly"
    r"|allegedly|so-called|so called|quote unquote|conventional wisdom|(?:it"
    r"|that) is (?:often |sometimes |usually |always )?(?:said|claimed)",
    r"i(?:'ve| have)? (?:(?:once|often|also|always|just|recently|never) )?(?:heard|been told"
    r"|was told)(?! (?:from|by|back))",
    r"i(?:'ve| have)? (?:(?:once|often|also|always|just|recently) )?read (?:that|somewhere|about|online"
    r"|in an?)",
    r"the (?:usual|classic|common|typical|standard|textbook|conventional) (?:advice|pitch|story|claim"
    r"|promise|line|slogan|belief)",
    r"the (?:claim|promise|belief|slogan|myth) that",
)
_REPORT_STOPS = re.compile(r"(?<!\w)(?:but|however|although|so|i'd|i would|i'll|we'd|i think)(?!\w)")
_REPORT_OPENS_NEXT = re.compile(
    r"(?:said|says?|mentioned|told (?:me|us)|claims?|promises?|argues?|according to [^ ]{1,30}|asked"
    r"|wrote)(?: that)?[ ,:]{0,9}$"
)

_FILLERS = (
    r"(?:(?:and|so|or|but|okay|ok|um|uh|er|well|yeah|yes|right|now|then|also|again|hmm|oh|alright|sorry"
    r"|please|thanks|thank you|great|cool|first|second"
    r"|third|firstly|secondly|next|finally|lastly|last|actually|just|basically|like|hey|sure|good|another"
    r"|one more|maybe|for example|quick question|question"
    r"|before (?:that|this|i start|i begin|anything)|to start|for reads|for writes|and then)\b[,:.]? ?){0,5}"
)
_PRONOUN = r"(?:i|we|you|he|she|it|they|there|this|that|these|those|anyone|anybody|somebody|someone|people)"
_ASKS = re.compile(
    rf"^\W{{0,4}}{_FILLERS}(?:"
    r"(?:what|who|whose|where|when|why|how)(?:'s|'re| is| are| was| were| do| does| did| can| could| should"
    r"| would| will| has| must| may| happens| exactly is)(?!\w)"
    r"|(?:which|what|how) (?!i\b|i'|we\b|we'|you\b|you')(?:[^ ]{1,20} ){1,4}?(?:is|are|was|were|do|does|did"
    r"|can|could|should|would|will|has|must|may)(?: the| a| our| my)? "
    rf"(?:{_PRONOUN}|[^ ]{{1,30}})(?!\w)"
    r"|how (?:many|much|big|large|fast|often|long|old|fresh|strict|quickly|soon|far|bad|important) (?!the\b"
    r"|we\b|i\b|it\b|they\b)|how about|what about|what (?:kind|sort|size|scale) of"
    rf"|(?:do|have|had|were|should|shall|am|did) {_PRONOUN}(?!\w)|shall (?:i|we)"
    rf"|(?:is|are|was|does|can|could|would|will|has|may|must|isn'?t|aren'?t|don'?t|doesn'?t|shouldn'?t"
    rf"|can'?t) (?:{_PRONOUN}|the|a|an|our|my|any|users?|everyone|all|both|each|one"
    r"|riders?|drivers?|sellers?|buyers?|customers?|clients?|guests?|messages?|posts?|writes?|reads?|data"
    r"|order|search)(?!\w)"
    r"|any (?:[^ ]{1,20} ){1,5}(?:i should|we should|to worry|to respect|or)(?!\w))"
)
_ASKS_OUTRIGHT = phrases(
    r"i(?:'d| would)? (?:\w+ )?(?:want|like|need|have) to (?:know|ask|understand|clarify|check"
    r"|confirm)(?: \w+)? ?(?:what|which|who|whose|where|when|why|how|if|whether|about)",
    r"i (?:wonder|am wondering|was wondering)|i'm wondering|(?:could|can|would) you (?:tell|clarify|confirm"
    r"|say|share|explain|give)|(?:can|may|could) (?:i|we) (?:assume|ask)",
    r"tell me (?:what|which|who|how|if|whether)|my (?:first |next |other |last )?question is",
)
_INDIRECT = re.compile(r"^\W{0,9}(?:i|we)\b|^\W{0,9}what (?:i|we)\b")
_TAG = re.compile(
    r"^\W{0,9}(?:and |so |or )?(?:right|correct|ok|okay|yes|yeah|no|fine|agreed|clear|sounds good|see"
    r"|makes? sense|is that (?:right|fair|ok|okay|correct|fine)"
    r"|does that make sense|you know|isn't it|all right|alright|if that(?:'s| is) (?:all right|ok|okay"
    r"|fine))\W{0,9}$"
)
_TAG_AT_END = re.compile(
    r",? (?:right|correct|ok|okay|yes|yeah|no|isn't it|don't we|you know|all right|see|fine|huh)\W{0,9}$"
)

_CORRECTED = phrases(
    r"(?:scratch|strike) that|let me (?:correct|fix|redo|rephrase|take (?:that|it) back|start over|rethink"
    r"|revise|amend|back up|undo)",
    r"i (?:misspoke|miscounted|miscalculated|misread|was wrong|got (?:that|it|this) wrong|made (?:a"
    r"|an) (?:mistake|error)|take (?:that|it|this) back|meant"
    r"|should(?:'ve|ve| have| of) (?:said|mentioned|asked|put|done|started|counted|added)|forgot|overlooked"
    r"|contradicted myself|withdraw|retract|stand corrected)",
    r"i (?:did(?:n'?t| not) (?:say|mention)|was missing|skipped|(?:don'?t|do not) trust what"
    r"|need to correct|have to correct|change my mind|changed my mind)",
    r"my (?:mistake|bad|error)|on second thoughts?|that(?:'s| is| was) (?:wrong|not right|a mistake"
    r"|incorrect|off by)|that can'?t be right|what i (?:just )?(?:said|wrote|promised)",
    r"wait,? (?:no|that's|i)|no,? wait|sorry,? (?:i meant|no|that's)|(?:i'd|i would|i'll"
    r"|i will) (?:change|revise|correct) (?:that|what|my)|correction",
)
_ACTUALLY = re.compile(
    r"^\W{0,9}(?:(?:oh|no|um|uh|so|and|but|well|hmm|ah|or|yeah)\b,? ?){0,3}(?:actually,"
    r"|actually (?:no|that"
    r"|i|we|wait|let|scratch|it|not)\b|wait\b|one moment\b|hmm,? no\b)"
)
_HANG_ON = re.compile(r"^\W{0,9}(?:\w{1,6},? ){0,2}(?:hold|hang) on[ .,!-]{0,4}$")
_CONCEDED = phrases(
    r"you(?:'re| are) (?:\w+ )?(?:right|correct)|you have a point|(?:good|fair|valid|great) (?:point|catch)"
    r"|fair enough|point taken|touch[eé]|caught me|guilty",
    r"that(?:'s| is) (?:fair|on me|true|my fault|a (?:\w+ )?(?:gap|hole|weakness|problem|bug|race|flaw"
    r"|good point|fair point))",
    r"i (?:\w+ )?(?:admit|concede|grant|accept that|stand corrected|was wrong|missed (?:that|this|it)"
    r"|had(?:n'?t| not) (?:thought|considered)|did(?:n'?t| not) (?:think|consider|see)|overlooked)",
    r"i see (?:the|your) (?:problem|point|issue)|(?:it|that|this|which|i promised|promise) does(?:n'?t"
    r"| not) (?:hold|survive|protect|cover)|my (?:mistake|bad)|i (?:have|'ve) no (?:good )?answer",
    r"my (?:design|plan|answer|scheme) (?:fails|breaks|does(?:n'?t| not)|has a (?:gap|hole))|(?:then|so"
    r"|right),? (?:that|it|this) (?:breaks|fails|is wrong|is not safe)",
)


# ------------------------------------------------------------------------------------------------------- rules


def _alone(clause: Clause, normal: str, quotations: tuple[tuple[int, int], ...]) -> Scope:
    """The scope of a clause by its own words; what its neighbours add comes after."""
    report = _REPORTED.search(normal)
    return Scope(
        negated=bool(_live_negations(normal)) or _NEGATED_AFTER.search(normal) is not None,
        hypothetical=_is_hypothetical(normal),
        past=_PAST.search(normal) is not None,
        quoted=report is not None or _is_mostly_quoted(clause, quotations),
        rejected=_rejects(normal),
        corrected=any(cue.search(normal) for cue in (_CORRECTED, _ACTUALLY, _HANG_ON)),
        conceded=_CONCEDED.search(normal) is not None,
    )


def _rejects(normal: str) -> bool:
    if _SPEAKER_WOULD_NOT.match(normal) or _DISOWNS.search(normal):
        return True
    before = _REJECTED_BEFORE.search(normal)
    if before is not None and not _TWO_NEGATIVES.search(normal, before.end()):
        return True
    return _PUT_ASIDE.search(normal) is not None or _REJECTED_AFTER.search(normal) is not None


def _is_hypothetical(normal: str) -> bool:
    if _HYPOTHETICAL.search(normal):
        return True
    return _LATER.search(normal) is not None and _PUT_OFF.search(normal) is not None


def _is_mostly_quoted(clause: Clause, quotations: tuple[tuple[int, int], ...]) -> bool:
    first = bisect_left(quotations, (clause.start, clause.start)) - 1
    inside = 0
    for start, end in quotations[max(first, 0) :]:
        if start >= clause.end:
            break
        inside += max(0, min(end, clause.end) - max(start, clause.start))
    return inside * 2 > len(clause.text.strip())


def _live_negations(normal: str) -> list[tuple[int, int]]:
    """Negation cues that negate what follows: no set phrases, and none that a second negative undoes."""
    dead = [match.span() for match in _NO_NEGATION.finditer(normal)]
    cues = [
        match.span()
        for match in _NEGATION.finditer(normal)
        if not any(start <= match.start() < end for start, end in dead)
    ]
    alive: list[tuple[int, int]] = []
    for start, end in cues:
        undone = alive and _TWO_NEGATIVES.match(normal, start) and not _closed(normal[alive[-1][1] : start])
        if undone:
            alive.pop()
        else:
            alive.append((start, end))
    return alive


def _closed(between: str) -> bool:
    """Whether a cue's reach ends somewhere in the words that follow it."""
    return between.count(" ") > _WINDOW_WORDS or _WINDOW_CLOSES.search(between) is not None


def _narrowed(reading: Reading, start: int, end: int) -> Scope:
    """The clause's scope with negation, rejection and quotation measured at one span of it."""
    number = reading.clause_at(start)
    clause, whole = reading.clauses[number], reading.scopes[number]
    form = reading.forms[number]
    at = bisect_left(form.index, start - clause.start)
    until = max(bisect_left(form.index, min(end, clause.end) - clause.start), at)
    in_marks = any(opens <= start and end <= closes for opens, closes in reading.quotations)
    own_report = _REPORTED.search(form.text) is not None or _is_mostly_quoted(clause, reading.quotations)
    return replace(
        whole,
        negated=_negated_at(form.text, at, until),
        rejected=(whole.rejected and not _rejects(form.text)) or _rejected_at(form.text, at, until),
        quoted=in_marks or (whole.quoted and not own_report) or _reported_at(form.text, at),
    )


def _negated_at(text: str, at: int, until: int) -> bool:
    cues = [end for _, end in _live_negations(text) if end <= at]
    if cues and not _closed(text[cues[-1] : at]) and not _SPEAKER_GOES_ON.search(text[cues[-1] : at]):
        return True
    found = _NEGATED_AFTER.search(text, until)
    return found is not None and found.start() <= until + 30 and not _closed(text[until : found.start()])


def _rejected_at(text: str, at: int, until: int) -> bool:
    cue = _last(_REJECTED_BEFORE, text, at)
    reach = text[cue:at] if cue is not None else ""
    if cue is not None and not (
        _closed(reach) or _SPEAKER_GOES_ON.search(reach) or _TWO_NEGATIVES.search(reach)
    ):
        return True
    aside = _last(_PUT_ASIDE, text, at)
    if aside is not None and not _closed(text[aside:at]) and not _SUBJECT_CLOSES.search(text, aside, at):
        return True
    found = _REJECTED_AFTER.search(text, until)
    if found is None:
        return False
    between = text[until : found.start()]
    return between.count(" ") <= 8 and not _closed(between)


def _reported_at(text: str, at: int) -> bool:
    cues = [match.end() for match in _REPORTED.finditer(text) if match.start() < at]
    return bool(cues) and not _REPORT_STOPS.search(text, min(cues[-1], at), at)


def _last(cue: re.Pattern[str], text: str, at: int) -> int | None:
    """Where the last match before `at` ends."""
    ends = [match.end() for match in cue.finditer(text) if match.end() <= at]
    return ends[-1] if ends else None


def _sentences(parts: tuple[Clause, ...]) -> Iterator[range]:
    """The clause numbers of each sentence."""
    began = 0
    for number in range(1, len(parts) + 1):
        if number == len(parts) or parts[number].sentence != parts[began].sentence:
            yield range(began, number)
            began = number


def _spread_conditions(sentence: range, normals: list[str], found: list[Scope]) -> None:
    """A condition about choice or growth moves what follows from it, or what it is added to, into another
    world.
    """
    supposed = False
    for number in sentence:
        normal = normals[number]
        if _CONDITION_OPENS.match(normal) and _ABOUT_CHOICE_OR_GROWTH.search(normal):
            supposed = True
            if sentence.start < number == sentence.stop - 1:
                found[number - 1] = replace(found[number - 1], hypothetical=True)
        elif _BACK_TO_FACT.match(normal):
            supposed = False
        if supposed:
            found[number] = replace(found[number], hypothetical=True)


def _spread_questions(
    sentence: range, parts: tuple[Clause, ...], normals: list[str], found: list[Scope]
) -> None:
    """What is asked: from the first clause in the form of a question to the mark, or that clause where none
    is.
    """
    asking = [
        number
        for number in sentence
        if _ASKS.match(normals[number]) or _ASKS_OUTRIGHT.search(normals[number])
    ]
    last = sentence.stop - 1
    if not parts[last].text.rstrip(" \t\r\n\"'”’)*_`").endswith(("?", "？")):  # noqa: RUF001
        for number in asking:
            found[number] = replace(found[number], question=True)
        return
    if not asking and (_TAG.match(normals[last]) or _TAG_AT_END.search(normals[last])):
        return
    first = asking[0] if asking else last
    if first > sentence.start and _CONDITION_OPENS.match(normals[first - 1]):
        first -= 1
    for number in range(first, sentence.stop):
        found[number] = replace(found[number], question=True)


def _spread_verdicts(sentence: range, normals: list[str], found: list[Scope]) -> None:
    """`…but it's overkill` rejects the clause before; `so no` the sentence; `Kafka? No.` the question before.

    A report that ends in `they said:` goes on in the next clause.
    """
    turned_down = sentence.start
    for number in sentence[1:]:
        turned_away = _FLAT_NO.match(normals[number]) and normals[number - 1].endswith((":", "?", "-", "—"))
        if turned_away or any(verdict.match(normals[number]) for verdict in _VERDICTS):
            found[number - 1] = replace(found[number - 1], rejected=True)
        if _SO_NO.match(normals[number]):
            turned_down = number
        if found[number - 1].quoted and _REPORT_OPENS_NEXT.search(normals[number - 1]):
            found[number] = replace(found[number], quoted=True)
    for number in range(sentence.start, turned_down):
        found[number] = replace(found[number], rejected=True)
    before = sentence.start - 1
    if before >= 0 and normals[before].endswith("?") and _FLAT_NO.match(normals[sentence.start]):
        found[before] = replace(found[before], rejected=True)


def _spread_frames(sentence: range, normals: list[str], found: list[Scope]) -> None:
    """What stands before a colon, or before `that`, and is turned down or supposed there, is so to the sentence's end."""
    for number in sentence[:-1]:
        frame, normal = found[number], normals[number]
        disowned = _DISOWNS.search(normal) is not None
        goes_on = normal.rstrip().endswith(":") or _THAT.match(normals[number + 1]) is not None
        if not (disowned or (goes_on and (frame.rejected or frame.hypothetical))):
            continue
        for later in range(number + 1, sentence.stop):
            found[later] = replace(
                found[later],
                rejected=found[later].rejected or disowned or frame.rejected,
                hypothetical=found[later].hypothetical or frame.hypothetical,
            )


def _spread_farewells(parts: tuple[Clause, ...], normals: list[str], found: list[Scope]) -> None:
    """`I would not go there` turns away the option told before it, from where that was opened, a few sentences back."""
    opened = 0
    for number, normal in enumerate(normals):
        if _OPTION_OPENS.match(normal):
            opened = number
        elif _WALKS_AWAY.match(normal) and found[number].negated:
            recent = parts[number].sentence - parts[opened].sentence < _FEW_SENTENCES
            for earlier in range(
                opened if recent and _OPTION_OPENS.match(normals[opened]) else max(number - 1, 0), number
            ):
                found[earlier] = replace(found[earlier], rejected=True)
            opened = number


def _spread_disclaimers(parts: tuple[Clause, ...], normals: list[str], found: list[Scope]) -> None:
    """`That was another system` and `I'm not proposing it` close on all of a sentence that was elsewhere or supposed at
    its beginning. What was supposed is thereby turned down: a "what if" may name a weakness, an "if we were" does not.
    """
    before = range(0)
    for sentence in _sentences(parts):
        if before and any(_DISCLAIMS.match(normals[number]) for number in sentence):
            past, supposed = found[before[0]].past, found[before[0]].hypothetical
            for number in before if past or supposed else ():
                scope, normal = found[number], normals[number]
                if _TURNS_TO_THIS.search(normal) or _BACK_TO_FACT.match(normal):
                    break
                found[number] = replace(
                    scope,
                    past=scope.past or past,
                    hypothetical=scope.hypothetical or supposed,
                    rejected=scope.rejected or supposed,
                )
        before = sentence


def _spread_past(parts: tuple[Clause, ...], normals: list[str], found: list[Scope]) -> None:
    """A story of another job goes on in the past tense or after its colon, until the speaker is back at this design."""
    told_from = -1
    for number in range(1, len(parts)):
        normal, before = normals[number], normals[number - 1]
        same = parts[number].sentence == parts[number - 1].sentence
        if same and found[number - 1].past and before.rstrip(" ,").endswith(_OPENS_A_STORY):
            told_from = parts[number].sentence
        if told_from == parts[number].sentence and not _TURNS_TO_THIS.search(normal):
            found[number] = replace(found[number], past=True)
            continue
        told_from = -1
        if not found[number - 1].past or found[number].past or _BACK_TO_NOW.search(normal):
            continue
        goes_on = _STORY_GOES_ON.match(normal) and (same or _HAS_SUBJECT.match(normal))
        if goes_on or (same and not _HAS_SUBJECT.match(normal)):
            found[number] = replace(found[number], past=True)
    for number in range(len(parts) - 2, -1, -1):
        same = parts[number].sentence == parts[number + 1].sentence
        if same and found[number + 1].past and _TOLD.match(normals[number]):
            found[number] = replace(found[number], past=True)


_TOLD = re.compile(
    r"^\W{0,4}(?:and |so |but )?(?:i|we) (?:\w{1,12} )?(?:used|ran|built|had|did|saw|tried|lost|moved)\b"
)
_HAS_SUBJECT = re.compile(
    r"^\W{0,4}(?:(?:and|so|but|then|because|which|where|when|as|since|though)\b,? ){0,2}(?:i|we|you|he|she"
    r"|it|they|there|this|that"
    r"|these|those|the|a|an|each|every|our|my|your|nobody|[^ ]{1,20} (?:is|are|has|have|can|will|would"
    r"|needs?))\b"
    r"|^\W{0,4}(?:and|so|but|because|which|where|when|as|since|though)\b"
)
_OPENING_MARK = re.compile(r"(?:(?<=[\s(\[:—-])|^)[\"'“‘](?=[^\s])")  # noqa: RUF001
_NOT_A_QUOTATION = re.compile(r"['‘’](?:cause|til|em|n|bout|round|tis|cos|coz)\b", re.IGNORECASE)  # noqa: RUF001
_LONGEST_QUOTATION = 240


def _quotations(text: str) -> Iterator[tuple[int, int]]:
    """Places between quotation marks, marks left out, in order. An apostrophe opens nothing."""
    at = 0
    while (mark := _OPENING_MARK.search(text, at)) is not None:
        at = mark.end()
        if _NOT_A_QUOTATION.match(text, mark.start()):
            continue
        closing = r"['’](?!\w)" if mark.group() in "'‘" else r"[\"”]"  # noqa: RUF001
        end = re.compile(closing).search(text, at, at + _LONGEST_QUOTATION)
        if end is not None and "\n" not in text[at : end.start()]:
            yield at, end.start()
            at = end.end()
