"""Dialogue acts: what each side does with its words, by form and not by subject.

For the candidate, acts stand on clauses and several may share one. For the interviewer, one act stands on
each sentence, with whether it names anything at all: a question that names nothing lowers nobody's credit.
Whether a question names a certain concept is asked where the concept is known, in scoring.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from interviewer.interview.scope import Reading, Scope, read
from interviewer.interview.words import normal_text, phrases, stems


class InterviewerAct(StrEnum):
    """What an interviewer's sentence does. A hint offers a way; a probe asks about a case, a part or a
    reason.
    """

    open_question = "open_question"
    probe = "probe"
    hint = "hint"
    correction = "correction"
    acceptance = "acceptance"
    logistics = "logistics"
    answer = "answer"
    curveball = "curveball"
    redirect = "redirect"


@dataclass(frozen=True, slots=True)
class InterviewerSpan:
    """One sentence of the interviewer's. `content_free`: it names no part, case or idea of any design."""

    act: InterviewerAct
    start: int
    end: int
    content_free: bool


class CandidateAct(StrEnum):
    """What a candidate's clause does."""

    ask = "ask"
    state_requirement = "state_requirement"
    estimate = "estimate"
    propose = "propose"
    commit = "commit"
    justify = "justify"
    compare = "compare"
    concede = "concede"
    not_know = "not_know"
    wants_answer = "wants_answer"
    stuck = "stuck"
    recall_past = "recall_past"
    restate = "restate"
    instruct = "instruct"
    signpost = "signpost"
    agree_only = "agree_only"
    """The whole turn says yes and nothing more; it stands alone."""


@dataclass(frozen=True, slots=True)
class ActSpan:
    """One act of the candidate's and the clause that does it, without the space around it."""

    act: CandidateAct
    start: int
    end: int


def interviewer_acts(text: str, asked: bool = False) -> tuple[InterviewerSpan, ...]:
    """The act of each sentence in order. `asked`: the candidate's turn before this one held a question."""
    reading = read(text)
    found: list[InterviewerSpan] = []
    for first, last in _sentences(reading):
        start, end = _trimmed(text, reading.clauses[first].start, reading.clauses[last].end)
        if start == end:
            continue
        scopes = reading.scopes[first : last + 1]
        act = _interviewer_act(normal_text(text[start:end]), scopes, asked)
        found.append(InterviewerSpan(act, start, end, names_nothing(text[start:end])))
    return tuple(found)


def candidate_acts(text: str) -> tuple[ActSpan, ...]:
    """The acts of a candidate's turn in order of place; clauses that do none of them are left out."""
    return acts_in(read(text))


def acts_in(reading: Reading) -> tuple[ActSpan, ...]:
    """The same for a turn that has been read."""
    found: list[ActSpan] = []
    if _only_agrees(reading):
        start, end = _trimmed(reading.text, 0, len(reading.text))
        return (ActSpan(CandidateAct.agree_only, start, end),)
    for first, last in _sentences(reading):
        rhetorical = _answers_itself(reading, first, last)
        for number in range(first, last + 1):
            clause = reading.clauses[number]
            start, end = _trimmed(reading.text, clause.start, clause.end)
            if start < end:
                found += [ActSpan(act, start, end) for act in _clause_acts(reading, number, rhetorical)]
    return tuple(found)


def names_nothing(text: str) -> bool:
    """Whether a prompt holds no content of its own: "go on", "where does this break first?", "why that
    one?".
    """
    return not stems(text) - _EMPTY_IN_A_PROMPT


# ------------------------------------------------------------------------------------------------- interviewer

_EMPTY_IN_A_PROMPT = stems(
    "system design break breaks first happen happens next go continue continue on tell more explain choose choice cost costs"
    " price alternative option else why walk start begin lead part piece whole big picture wrong worst worry matter hard"
    " harder hardest easy summarise wrap improve different differently change changes minute minutes time question"
    " approach solution architecture idea decision trade-off trade-offs answer detail details deeper elaborate expand describe"
    " clarify example think thoughts pick finish finished draw drawn show anything everything something mind reason done good"
    " great fine nice okay interesting weak weakest strong give gives way side hour today begin wherever like"
    " comfortable sure convince hello hi thanks welcome last ahead follow understood noted ready please care interview case"
    " under pressure hurt hurts suffer suffers plan step steps point again make makes sense left feel get let agree agreed correct"
    " right perfect excellent clear precise reasonable lovely brilliant cool fair one two three four five six seven eight"
    " nine ten fifteen twenty thirty forty"
)

_ACKNOWLEDGES = re.compile(
    r"\W{0,4}(?:(?:all right|alright|okay|ok|got it|go on|go ahead|fair enough|i see|understood|noted|right"
    r"|mm-?hm+|uh-?huh|hm+|sure|yes|no|thanks?"
    r"|thank you|i follow|carry on|please|continue|then|so|well|and|i believe you"
    r"|i hear you)\b[ ,.!-]{0,4}){1,4}$"
)
_ACCEPTS = re.compile(
    r"\W{0,4}(?:(?:(?:yes|yeah|okay|ok|right|and|so|that's|that is|this is|it's|i think that's|sounds|looks"
    r"|very|quite|pretty|really|perfectly|all|a|an) ){0,4}"
    r"(?:good|fine|great|nice|nicely done|perfect|excellent|correct|right|exactly|agreed|clear|precise"
    r"|reasonable|sensible|well done|i like (?:that|this|it)"
    r"|(?:that |it )?makes sense|(?:that |this |it )?works(?: for me)?|good (?:answer|point|question|idea)"
    r"|fair|cool|brilliant|lovely|i agree|spot on|convincing)"
    r"(?:,? (?:thanks|thank you|to me|then|enough|so far|one|answer|choice|reasoning))?[ ,.!]{0,3}){1,3}$"
)
_LOGISTICS = phrases(
    r"(?:we (?:have|'ve got)|we've|there (?:are|is)|with|you have|in the) (?:about |some |only "
    r"|the )?(?:\w+ ){0,2}(?:minutes?|time) (?:left|remaining|to go)?",
    r"(?:good )?(?:morning|afternoon|evening)(?=\W*$|,)|reached the end|to the end|place to stop|out of time"
    r"|close to time|our time|hello|hi|welcome|nice to (?:meet|have|see)|thank(?:s| you)"
    r"|the recruiter|hear from us|that(?:'s| is) (?:all|time|it|everything)",
    r"let(?:'s|s| us) (?:move on|continue|go on|start|begin|stop|wrap up|switch|turn)|moving on"
    r"|next (?:topic|part|one)|last (?:one|question|thing)|two (?:things|more)",
    r"take your time|(?:please )?(?:lead|drive)(?: the (?:conversation|way|interview))?|start (?:where"
    r"|when)ever|begin (?:where|when)ever|feel free|you lead|up to you|your call"
    r"|use the (?:board|whiteboard|pad)|i'?ll (?:stop|interrupt|step in|be quiet|take notes)|can you hear"
    r"|share your screen|before we (?:start|begin)|see you|good luck|bye",
)
_REDIRECTS = phrases(
    r"(?:is|was|are)(?:n'?t| not) (?:really |quite )?(?:what|where) i(?:'m| am| was)? ?(?:\w+ )?(?:after"
    r"|asked|asking|looking|want|wanted|meant|interested)",
    r"(?:let's|lets|let us|can we|could we|i'd like to|shall we) (?:\w+ )?(?:come back|go back|step back"
    r"|return|park|leave|zoom out|stay|focus|back up|not go|skip)",
    r"(?:park|keep|save|leave) (?:that|this|it|those|the \w+)(?: \w+){0,2}? (?:for|until|aside|there|here)"
    r"|keep that|for later|too (?:deep|detailed|far)|(?:before|rather than) you go (?:deeper|further|into"
    r"|down)",
    r"i(?:'d| would) (?:rather|prefer)|back to (?:the|my|what)|i(?:'m| am) more interested|my question was"
    r"|that(?:'s| is) not (?:the|my) question|never mind|set (?:that|it) aside|one level up",
)
_THE_BUSINESS = (
    r"(?:(?:the |our |a )?(?:business|product|legal|company|management|marketing|billing|finance|sales"
    r"|customers?|ceo|boss|regulators?|artists?|owner|investors?|lawyers?"
    r"|promoters?|another team|teams?|clients?|partners?))"
)
_CURVES = phrases(
    r"new (?:requirement|constraint|rule|law|wish|need|demand|request|ask|feature)|change of plan|(?:change"
    r"|changed|changing) (?:in|of|to) (?:the )?(?:plan|requirements?|brief)|from (?:tomorrow|monday"
    r"|next \w+)",
    r"(?:i|we)(?:'ve| have)? chang(?:e|ed) (?:my|our) minds?|here(?:'s| is) (?:a|the|another|one) (?:change"
    r"|twist|new|complication)|it turns out|next year|budget is (?:cut|halved)",
    rf"{_THE_BUSINESS} (?:\w+ )?(?:now (?:asks?|wants?|says?|needs?)|(?:has|have) (?:decided|changed)"
    rf"|no longer|doubles?|wants? us|asks? us|would like (?:us )?to|comes? (?:back|to you)|insists?"
    rf"|tells? us|decides?)",
    rf"(?<!i )(?:suppose|imagine|assume|say|pretend|what if) (?:that |now )?(?:we|i need|i want|i'd like"
    rf"|you (?:had|have) to|traffic|the load|{_THE_BUSINESS})",
    r"we(?:'ve| have|'re| are)? (?:\w+ )?(?:acquir|merg|launch|expand|enter)\w{1,4}|we(?:'ve"
    r"| have)? (?:now |just )?(?:bought|signed|decided)|we open (?:a|our|an)",
)
_GROWS = phrases(
    r"(?:two|three|five|ten|twenty|a hundred|hundred|a thousand|thousand|2|3|5|10|20|100|1000)(?: ?x"
    r"| times)(?: (?:more|the (?:traffic|load|users|size|volume|data|machines|audience)|as (?:many|much)"
    r"|bigger|larger))",
    r"(?:company|traffic|load|volume|audience|user base|users|data|business) (?:\w+ )?(?:doubles?|triples?"
    r"|grows?)|twice as many|double the",
)
_WH = re.compile(r"\b(?:what|which|how|where|why|who)\b")
_CORRECTS = phrases(
    r"(?:is|are|was|does|do|did|has|have|wo|would|ca|could)(?:n'?t| not) (?:quite |really "
    r"|exactly )?(?:right|correct|true|hold|add up|follow|what (?:i|we) said|the case|how)",
    r"are you (?:sure|certain|comfortable|happy with)|check (?:that|your|the) (?:\w+ )?(?:number|sum|maths?"
    r"|arithmetic|figure|calculation)|(?:that|this)(?:'s| is) (?:wrong|off|incorrect|not so)",
    r"i(?:'m| am) not (?:sure|convinced|so sure)|i (?:don't|do not|doubt) (?:think|believe|follow|buy)"
    r"|i disagree|(?:you|earlier you|before,? you) (?:said|told me|mentioned|claimed"
    r"|promised) [^?]{1,80}(?:but|now|yet)",
    r"careful|look again|once more|run (?:that|it|those) past me|count (?:that|it) again|actually,? (?:it"
    r"|that|the|we|no)|no, (?:it|that|we|the)|not quite|how do those (?:two )?(?:go|fit)",
)
_DO = (
    r"(?:use|put|keep|store|let|make|send|split|cache|batch|queue|move|add|have|turn|combine|precompute|mix"
    r"|limit|drop|write|read|push|pull|leave|share|shard|hash|serve|fetch|solve|handle|copy)"
)
_HINTS = phrases(
    r"(?:have|had|did) you (?:\w+ )?(?:consider(?:ed)?|thought|think|tried|looked|heard)",
    rf"(?<!what )(?<!how )(?<!where )(?:could|couldn't|can|can't|might|wouldn't|couldnt"
    rf"|cant) you (?:\w+ )?(?:not |also |just |instead )?{_DO}(?! (?:(?:some |any "
    rf"|a )?(?:rough )?(?:numbers?|sizes?|figures?)|numbers?|some numbers|sizes?|figures?"
    rf"|a (?:rough )?(?:figure|number)|that|it|this|us|me)\b)",
    rf"(?<!what )(?<!whatever )(?<!as )(?<!if )you (?:could|might|may|can)(?: also| always| just"
    rf"| perhaps)? {_DO}|(?<!with )i(?:'d| would) (?:use|put|expect|suggest|keep|have|let|mix)",
    rf"(?:maybe|perhaps) (?:a|an|some|you|use|there|the|we|it)|(?:some|many|most|other) (?:teams|people"
    rf"|companies|systems|designs|places) (?:\w+ )?{_DO}|one (?:way|trick|approach|idea) (?:is|would|could"
    rf"|to)",
    r"a (?:common|usual|typical|standard|classic) (?:way|trick|approach|answer|pattern|technique)"
    r"|there(?:'s| is) (?:a|an) (?:\w+ )?(?:technique|pattern|trick|structure|algorithm)|(?:a|another|one"
    r"|here's a) (?:hint|clue|nudge)|hint",
    r"what if (?:you|the (?:client|server|phone|app|caller|producer|agent)) (?!(?:dies|fails|crashes|goes"
    r"|is|loses|lost)\b)|what if (?:each|every) \w+ (?:had|kept|carried|held|got)|why not (?:just )?(?:use"
    r"|keep|put|let|have|split)",
    r"(?:would|could|might|wouldn't|couldn't) (?:a|an|some|it|that|there|the"
    r"|this) (?:[^ ]{1,20} ){0,4}(?:help|work|be enough|solve|save|avoid|suffice|be (?:better|cheaper"
    r"|simpler))|consider (?:a|an|the|using)",
    r"i suppose|presumably|people often|usually (?:people|one|you|teams)|is there (?:a|any) way to"
    r"|should(?:n't)? (?:there|you|that|the \w+) (?:not |also )?(?:be|have|keep|use)|need(?:n't| not) (?:be"
    r"|survive)",
)
_OFFERS = re.compile(
    r"(?:^|[.,;] )\W{0,3}(?:(?:and|so|or|but|then) )?(?:what|how) about (?:using |keeping |having |making "
    r"|letting |a |an |some |the )"
    r"(?!.{0,40}\b(?:fails?|dies?|rack|zone|region|machine|user|person|somebody|someone|people|down|lost"
    r"|slow|goes|other|rest|api|data|database|case|reads?|writes?|numbers?|cost|price)\b)"
)
_COMMANDS = re.compile(
    r"\W{0,4}(?:(?:so|and|now|then|okay|ok|please|good|fine|right|but|well|next"
    r"|first)\b,? ){0,3}(?:please )?(?:tell|walk|show|give|take|describe|explain|talk|sketch|design|draw"
    r"|continue|follow|start|say|convince"
    r"|defend|compare|name|list|put|trace|define|go (?:deeper|through|into)|let's (?:talk|turn|look|go|see"
    r"|hear|take)|same question|pick|choose|estimate|size)\b"
)
_INVITES = phrases(
    r"(?:i'd|i would|we'd|we would)(?:'d)? (?:like|love) (?:you|to (?:hear|see|have|know))|(?:i'd"
    r"|i would) like us|we(?:'d| would)? (?:want|like) (?:you )?to|the (?:problem|task|question) is"
    r"|your (?:task|job) is|you(?:'re| are) going to"
)
_WIDE = phrases(
    r"how (?:would|do|will) you (?:\w+ )?(?:begin|start|approach|design|build|go about|structure|tackle)"
    r"|(?:what|where) would you (?:\w+ )?(?:begin|start|do (?:first|next|differently))|design (?:a|an|the|us"
    r"|such)|design|anything (?:else|you)"
    r"|what else|talk me through|walk me through (?:it|the|your|this)|what comes (?:next|after|first)"
    r"|what(?:'s| is) (?:next|missing|the simplest)|how does (?:it|this|that) (?:all )?(?:look|work|fit)"
    r"|what do you (?:store|need|want|think)"
)
_STATES_A_FACT = re.compile(
    r"\d|\b(?:hundred|thousand|million|billion|dozen|percent|per cent|half|most(?:ly)?|only|at most|about"
    r"|yes|no|neither|both|out of scope|in scope|assume|you may|none|one region|never mind)\b"
    r"|(?:^|\b(?:and|so|but|now) )\W{0,3}(?:we(?:'re| are| have| want| use| run| keep| see| get| do| don't)"
    r"|our|ours|there(?:'s| are| is)|it(?:'s| is)|they(?:'re| are| want)|users?|people)\b"
    r"(?!.{0,80}\b(?:dies|down|gone|dark|crash\w*|lost|full|dead|cut|fails?|slow)\b)"
)


def _interviewer_act(normal: str, scopes: tuple[Scope, ...], asked: bool) -> InterviewerAct:
    if _ACCEPTS.match(normal):
        return InterviewerAct.acceptance
    if _ACKNOWLEDGES.match(normal):
        return InterviewerAct.logistics
    asks = any(scope.question for scope in scopes) or normal.rstrip("\"') ").endswith("?")
    invites = asks or _COMMANDS.match(normal) is not None or _INVITES.search(normal) is not None
    if _REDIRECTS.search(normal):
        return InterviewerAct.redirect
    if invites or not asked:
        for act, form in _BY_FORM:
            if form.search(normal):
                return act
        if _GROWS.search(normal) and not _WH.search(normal):
            return InterviewerAct.curveball
    if invites and not _is_only_logistics(normal, asks):
        return InterviewerAct.open_question if _is_wide(normal) else InterviewerAct.probe
    if _LOGISTICS.search(normal):
        return InterviewerAct.logistics
    return InterviewerAct.answer if asked or _STATES_A_FACT.search(normal) else InterviewerAct.probe


_BY_FORM = (
    (InterviewerAct.curveball, _CURVES),
    (InterviewerAct.correction, _CORRECTS),
    (InterviewerAct.hint, _HINTS),
    (InterviewerAct.hint, _OFFERS),
)


def _is_only_logistics(normal: str, asks: bool) -> bool:
    return not asks and _LOGISTICS.search(normal) is not None and names_nothing(_LOGISTICS.sub(" ", normal))


def _is_wide(normal: str) -> bool:
    return names_nothing(normal) or _WIDE.search(normal) is not None or _INVITES.search(normal) is not None


# --------------------------------------------------------------------------------------------------- candidate

_DESIGN_VERB = (
    r"(?:use|put|add|store|keep|cache|shard|split|write|send|make|build|start|begin|have|give|take|place|run"
    r"|hold|partition|replicate|index|queue|batch|poll|push|pull|return"
    r"|serve|save|separate|let|route|create|introduce|deploy|choose|pick|go|set|model|expose|generate|hash"
    r"|enable|limit|cap|retry|reject|publish|subscribe|buffer"
    r"|acknowledge|lock|version|move|divide|do|want|read|drop|wrap|treat|leave|require|attach|assign|stamp"
    r"|record|log|encrypt|sign|stream|copy|draw|need)"
)
_PROPOSES = phrases(
    rf"(?:i|we)(?:'d|'ll| would| will| could| should| can|'m going to| am going to|'re going to)? (?:\w+ly "
    rf"|then |also |just |first |still |rather |simply |maybe |probably "
    rf"|both ){{0,2}}{_DESIGN_VERB}(?! (?:know|you|understand|ask|think|mean|it again)\b)",
    rf"(?:i|we) (?:propose|suggest|recommend|envision|picture|favou?r|see (?:a|an|two|three|four|one))"
    rf"|(?:let's|lets|let us) (?:\w+ )?{_DESIGN_VERB}|i'm thinking (?:of )?(?:a|an|we|one)",
    r"(?:my|the|an?|one) (?:\w+ )?(?:design|proposal|idea|plan|suggestion|approach|option|solution|version"
    r"|baseline|cut) (?:is|would be|has|looks|could be|goes)|you(?:'d| would|'ll) (?:\w+ )?(?:put|use|have"
    r"|keep|add|need|store|do|run)",
    rf"there(?:'d| would|'ll| will) be|(?:would|will|could) be (?:a|an|one|two|three)"
    rf"|going to {_DESIGN_VERB}",
)
_PROPOSES_BY_COMMAND = re.compile(
    r"\W{0,4}(?:(?:so|and|then|first|next|also|okay|ok|second|finally|for \w+|just)\b,? ){0,3}(?:use|put|add"
    r"|store|keep|cache|shard|split|send|make|build|start with|partition|replicate|queue|batch|push|route"
    r"|deploy|hash|cap|publish|buffer|write|limit)\b (?!is\b|are\b|was\b|of\b|per\b)"
)
_COMMITS = phrases(
    r"(?:i|we)(?:'d|'ll|'m|'re| would| will| am| are)? (?:\w+ )?(?:go(?:ing)? (?:with|for)|choos(?:e|ing)"
    r"|chose|pick(?:ing|ed)?|settl(?:e|ing) (?:on|for)|opt(?:ing)? for|decid(?:e|ed) (?:on|for|to)"
    r"|stick(?:ing)? (?:with|to)|commit(?:ting)? to|select|take the|prefer)",
    r"(?:let's|lets|let us) (?:\w+ )?(?:go with|go for|pick|choose|take|use|settle|say it's)|my (?:choice"
    r"|pick|decision|vote|preference) (?:is|would be|goes)|final (?:answer|decision|choice)|it is then|(?:i"
    r"|we)(?:'ll| will) (?:use|take|do|put|have)",
    r"(?:i|we) (?:stay with|keep (?:it )?like this|am happy with|would bet on)|so (?:[^ ]{1,20} ){1,3}it is"
    r"|i'm (?:happy|comfortable) with|decision:|decided:|i want (?:a|an|the|one)",
)
_JUSTIFIES = phrases(
    r"because|'?cause|since (?:we|it|the|they|most|a|each|every|nobody|that|you|this|reads|writes|all|there)"
    r"|so that|the (?:main |only |first )?reasons?|that way|which (?:lets|means|gives|keeps|saves|avoids"
    r"|makes|is why|buys)|in order to|due to|as a result"
    r"|otherwise|therefore|that(?:'s| is) (?:why|the reason)|this (?:lets|means|gives|keeps|saves"
    r"|avoids|way)|it (?:lets|saves|avoids|keeps) (?:us|me|the)|thanks to|on the grounds|given (?:that|the"
    r"|this|how)|for that reason|so (?:it|we|the|they|nobody|nothing|that|reads|writes|a|no"
    r"|each) (?:\w+ ){0,3}(?:can|cannot|can't|never|don't|doesn't|does|do|is|are|stays?|has|have|survives?"
    r"|works?|gets?|won't)"
)
_COMPARES = phrases(
    r"compared (?:to|with)|versus|vs|as opposed to|rather than|instead of|on the other hand|whereas"
    r"|trade-?offs?|trad(?:e|ing) [^ ]{1,20} (?:for|against)|(?:the )?alternatives?|the other (?:option|way"
    r"|choice|approach)|another (?:option|way|approach|choice)|in contrast",
    r"(?:(?!older|young|newer|later|earlier|other|sooner)\w{2,12}er|more \w{3,15}|less \w{3,15}|better"
    r"|worse) than|at the (?:cost|price|expense) of"
    r"|the (?:price|cost|downside|drawback|upside|catch) (?:is|of|here|for)|what (?:we|you|i) (?:lose|pay"
    r"|give up|gain)|(?:i|we) (?:pay|give up|lose|sacrifice)(?: with| in| by| for)?|pros? and cons?",
    r"(?:two|three|several|2|3) (?:\w+ )?(?:options|ways|choices|alternatives|approaches|candidates)"
    r"|option (?:a|b|one|two|1|2)|either [^.]{1,60} or|(?:simpler|cheaper|faster|slower|safer|nicer|harder"
    r"|easier|heavier|lighter) (?:to|but|and)|weigh(?:ed|ing)?|both (?:work|have)|(?:one|first) (?:is"
    r"|gives) [^.]{1,50} the other",
)
_DOES_NOT_KNOW = phrases(
    r"(?:i|we) (?:\w+ )?(?:don'?t|do not|didn'?t|wouldn'?t) (?:\w+ )?(?:know|remember"
    r"|recall)(?! (?:the (?:user|client|key|address)))|(?:i'm|i am|im|not"
    r"|honestly not) (?:\w+ )?(?:not )?sure(?: (?:about|how|if|whether|what|which|of))|no (?:idea|clue)"
    r"|never (?:used|worked with|touched|done|built|tried|seen) (?:it|that|this|one|them)|i'?(?:d"
    r"| would) have to (?:look|check|read|google|measure)",
    r"(?:i'm|i am) not (?:familiar|certain|aware|an expert|too sure|sure)|i can(?:'?t|not) (?:say|tell"
    r"|remember|recall)|beyond (?:my|what i)|out of my depth|i haven'?t (?:used|worked|done|thought|looked"
    r"|seen|read)|i have not (?:used|worked|done|thought)|beats me|couldn'?t tell you|i know (?:little"
    r"|nothing|too little)",
)
_WANTS_ANSWER = phrases(
    r"(?:just |please |can you |could you )?(?:tell|give|show) me (?:just )?(?:the|your"
    r"|what the) (?:\w+ )?(?:answer|solution|design|result)|what(?:'s| is| would be) (?:the"
    r"|your) (?:\w+ )?(?:answer|solution)|what would you (?:do|use|choose|say|pick|answer)|what (?:do"
    r"|did) you (?:want|expect) (?:me to say|to hear|here)|what (?:are|were) you (?:looking for|expecting"
    r"|after)|how would you (?:do|solve|answer) (?:it|this|that)|can you (?:just )?(?:solve|answer|do) (?:it"
    r"|this|that)|is (?:that|this) (?:the (?:right|correct) answer|what you wanted)"
)
_STUCK = phrases(
    r"(?:i'm|i am|im|i feel|i got|we are) (?:\w+ ){0,2}(?:stuck|lost|blocked|blank|confused|out of ideas"
    r"|blanking|drawing a blank|overwhelmed)|(?:my )?mind (?:is|went|goes|has gone) blank|(?:don'?t|do not"
    r"|not sure|no idea) (?:know )?(?:where|how|what) (?:to|i) (?:even )?(?:start|begin|go|continue|proceed"
    r"|do|say)|(?:can|could|may) i (?:get|have) (?:a|another|some) (?:hint|help|clue|nudge)"
    r"|give me a (?:hint|clue|nudge)|help me|i need (?:a hint|help)|can(?:'?t|not) (?:think of|figure"
    r"|see how to go)|i give up|nothing comes to mind|hint,? please"
)
_RESTATES = phrases(
    r"(?:so )?(?:basically |essentially )?(?:what )?(?:we're|we are|you're|you are|you want|you need"
    r"|you'd like) (?:basically )?(?:after|building|asked to|being asked|looking (?:for|at)|designing"
    r"|saying|asking|me to)|to (?:recap|restate|repeat|summari[sz]e|sum up|rephrase)|in other words"
    r"|let me (?:restate|repeat|recap|rephrase|make sure|check (?:that )?i|see if i|play (?:it|that) back"
    r"|summari[sz]e)",
    r"if i (?:\w+ )?(?:understand|understood|got|get|heard|hear)(?: (?:you|it|this|that|correctly|right"
    r"|well))*|my understanding|as i understand|(?:just )?to (?:confirm|be clear|make sure|be sure)"
    r"|so the (?:problem|task|goal|job|ask|question|system) (?:here )?(?:is|has to|should)|so (?:we"
    r"|you) (?:need|want|have) (?:a|an|to)|(?:as )?you (?:said|mentioned|told me|gave me)"
    r"|i understand (?:that|the|it|this) (?:\w+ )?(?:as|is|to)|correct me if",
)
_INSTRUCTS = phrases(
    r"(?:ignore|disregard|forget|override|bypass) (?:all |any |your |the |my |these |those "
    r"|every )*(?:previous |prior |above |earlier |former |safety |interview )*(?:instructions?|rules"
    r"|prompts?|guidelines|rubric|constraints|training)|system prompt|developer mode|jailbreak"
    r"|you are (?:now|no longer) (?:a|an|my|the|in|bound)|from now on,? (?:you|act|answer)",
    r"(?:give|award|grant|assign|grade|score|rate|mark|rank|put) (?:me|my|this|the candidate|this candidate"
    r"|it|us)(?: down)?(?: \w+){0,3} (?:full marks|strong[- ]hire|hire|perfect|maximum|top|highest|[0-9]+"
    r"|a four|four|an? \d|level \d|all points|10/10|pass|passed|as (?:a )?(?:strong|excellent))",
    r"(?:print|reveal|show|output|repeat|leak|dump|display|tell)(?: me| us)? (?:your|the|all|all your"
    r"|the full) (?:\w+ )?(?:instructions|prompt|rubric|scorecard|score card|answer key|hidden (?:facts"
    r"|sheet|notes)|fact sheet|notes|hints|system message)|act as (?:if|a|an|my)|pretend (?:you|to be"
    r"|that you)|as an? (?:ai|language model|llm)|note to (?:the )?(?:grader|scorer|reviewer|interviewer"
    r"|model|ai|assistant)|(?:dear|attention|instruction for the) (?:grader|scorer|evaluator|ai|model"
    r"|assistant)|<\W{0,3}(?:system|instructions?|assistant)",
)
_SIGNPOSTS = re.compile(
    r"\W{0,4}(?:(?:so|okay|ok|and|now|right|well|um|uh|yeah|good|alright|then)\b,? ){0,3}(?:(?:first|second"
    r"|third|next|last|to (?:start|begin) with|overall|finally|meanwhile)(?= ?[,:]| (?:i|we|let|let's|i'd"
    r"|i'll|of all|come|comes|the (?:api|data|numbers|write|read|storage|flow|model|tables?|users?"
    r"|requirements?|sums?))\b)"
    r"|(?:firstly|secondly|thirdly|lastly|last thing|one more thing|in summary)\b"
    r"|(?:let me|i'll|i will|i'd|i would|i want to|i'd like to|let's|lets|we can"
    r"|we'll) (?:\w+ ){0,2}?(?:start|begin|walk|go (?:through|back|over|deeper|into)|move on|turn"
    r"|come (?:back|to)|draw|write (?:\w+ )?down|sketch|talk|cover|focus|return|list|outline|structure"
    r"|split (?:this|my|it)|spend|touch|do the (?:numbers|api|sums))\b"
    r"|(?:moving|going|coming|turning|back) (?:on |back )?(?:to|for|about) |(?:two|three|four|five|2|3|4"
    r"|5) (?:things|parts|points|steps|questions|pieces|areas|ideas|reasons)\b|before (?:that|i (?:start"
    r"|begin|draw|go)|we (?:start|begin|go)|any)\b|step (?:one|two|three|by step|\d)|that (?:covers|closes"
    r"|finishes)\b|as for the |on to |siz(?:es|ing)\W{0,3}$)"
)
_AGREES_ONLY = re.compile(
    r"\W{0,4}(?:(?:yes|yeah|yep|yup|sure|agreed|exactly|right|ok|okay|true|correct|indeed|absolutely"
    r"|definitely|of course|certainly|good|great|fine|nice|cool|perfect|understood|got it|fair(?: enough)?"
    r"|good (?:idea|point|catch|one|thought)|great (?:idea|point)"
    r"|i (?:fully |totally |completely )?agree(?: with (?:that|you|this))?|(?:that |it "
    r"|this )?(?:makes sense|sounds (?:good|right|fine|great|reasonable)|works(?: for me)?|would work"
    r"|is (?:right|fine|correct|true|good|better)|could work)|(?:that|this|it)(?:'s| is"
    r"| was)? (?:a )?(?:right|fine|true|correct|good|fair|better|good idea|good point|great idea|fair point)"
    r"|you(?:'re| are) right|(?:it |that |this )?(?:can|could|would) be (?:like (?:this|that)|so|good|done"
    r"|better)|we (?:can|could) do (?:that|this|it)(?: too)?|let's do (?:that|this|it)|i(?:'d"
    r"| would) do (?:that|this)|as you say|like you said|no problem|why not|point taken|totally|mm-?hm+"
    r"|thanks?|thank you|yes please|i like (?:that|it)|and|so|then|also|too|very)\b[ ,.!;-]{0,4}){1,5}$"
)
_FILLER = re.compile(
    r"\W{0,4}(?:(?:ok|okay|and|so|then|also|too|very|good|great|fine|nice|cool|thanks?|thank you|right"
    r"|mm-?hm+)\b[ ,.!;-]{0,4}){1,5}$"
)
_REQUIRES = phrases(
    r"(?:requirements?|functional|non-?functional|in scope|out of scope|scope|slo|sla|target|goal"
    r"|use cases?|must-?haves?|mvp|first version|version one)\b",
    r"(?:users?|people|customers?|clients?|riders?|drivers?|buyers?|sellers?|fans?|guests?|engineers?"
    r"|teams?|they|she|he|somebody|someone|everyone|writers?|readers?|viewers?|admins?|members?|the (?:app"
    r"|service|system|page|api|write|read|feed|search|checkout|order|answer|response)) (?:\w+ )?(?:must"
    r"|should|need(?:s)? to|ha(?:s|ve) to|wants? to|can|expects?|cannot|can't)(?! (?:i|we|you))",
    r"(?:i|we|i'll|let me|let's|i'd|we'll) (?:\w+ )?(?:assume|assuming|take it that|suppose that|presume)"
    r"|(?:assumption|assumptions|assuming)|(?:must|shall|needs? to|has to|have to) (?:be|not|never|survive"
    r"|come|open|load|work|arrive|stay|return|happen|handle|support|answer)|(?:under|below|within|at most"
    r"|less than|no more than|up to) \d[\d.,]* ?(?:ms|milliseconds?|s|seconds?|sec|minutes?|percent|%)",
    r"(?:leave|leaving|keep|keeping|put|putting) [^.]{1,60} (?:out|aside|for later|out of scope)|(?:stays?"
    r"|is|are|comes?|remain) for later|(?:availability|latency|durability|consistency"
    r"|freshness) (?:\w+ )?(?:of|is|matters|must|should|target|over|before|first)|\d[\d.]*% (?:available"
    r"|availability|uptime)|(?:three|four|five) nines|(?:p|percentile )(?:50|90|95|99)\S{0,3} (?:under"
    r"|below|of|within|at)|we (?:care|need|must|want) (?:\w+ )?(?:to|about|that|support|low|high|strong"
    r"|at least)",
)
_HAS_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety|hundreds?|thousands?|millions?"
    r"|billions?|trillions?|dozen|million)\b"
)
_MEASURED = re.compile(
    r"\d ?(?:k|m|b|bn)?/ ?(?:s|sec|second|day|min|month|h)\b|(?:\b(?:per|a|an|each|every|by|in) (?:second"
    r"|sec|minute|min|hour|day|week|month|year|user|machine|node|box|shard|message|post|line|row|request)"
    r"|\b(?:qps|rps|tps|iops|[kmgtp]i?b|bytes?|(?:kilo|mega|giga|tera|peta)bytes?|gigs?|megs?|terabytes?"
    r"|bits?|[mg]bps)\b|\d(?:k|m|[kmgtp]b|gb|tb)\b|\b(?:million|billion|thousand|hundred|users|requests"
    r"|writes|reads|messages|posts|rows|keys|machines|nodes|shards|servers|replicas|copies|orders|sockets"
    r"|connections)\b)"
)
_STRONGLY_RECKONS = re.compile(
    r"[=×÷≈~]|\d ?[x*/] ?\d|\b(?:times|multipl(?:y|ied|ying)|divid(?:e|ed|ing)"  # noqa: RUF001
    r"|over (?:a )?(?:\d|eighty|hundred)|equals|comes? to|works out|about|roughly|around"
    r"|approximately|approx|call it|say|that's|thats|which is|in total|at peak)\b"
)
_NOT_A_QUESTION_OF_SUBSTANCE = phrases(
    r"can you hear|(?:is|if) (?:that|this|it)(?:'s| is)? (?:all right|ok|okay|fine|clear|alright)|(?:shall"
    r"|should|can|may|could) i (?:\w+ )?(?:start|begin|go (?:on|ahead|deeper)|continue|proceed|draw|share"
    r"|have (?:a|one) (?:minute|moment|second)|move on|think)|do you want me to|where (?:do|should"
    r"|shall) i (?:start|begin)|does (?:that|this|it) make sense|are you (?:there|still|with me)|can you see"
    r"|you know"
)
_RHETORICAL = re.compile(
    r"\W{0,4}(?:(?:so|and|but|now|okay|then|well)\b,? ){0,3}(?:why|what (?:happens|if|about|does (?:that"
    r"|this|it)|do (?:i|we))|how (?:do|does|would|can|could) (?:i|we|it|the|that)|so what|what then"
    r"|where does|who (?:would|does)|which means what)\b"
)


def _clause_acts(reading: Reading, number: int, rhetorical: bool) -> Iterator[CandidateAct]:
    scope = reading.scopes[number]
    normal = normal_text(reading.clauses[number].text).strip()
    asks = scope.question and not scope.rejected and not rhetorical
    if asks and not _NOT_A_QUESTION_OF_SUBSTANCE.search(normal):
        yield CandidateAct.ask
    if scope.past:
        yield CandidateAct.recall_past
    if scope.conceded or scope.corrected:
        yield CandidateAct.concede
    for act, form in _ANYWHERE:
        if form.search(normal):
            yield act
    if _SIGNPOSTS.match(normal):
        yield CandidateAct.signpost
    if scope.question or scope.past or scope.quoted:
        return
    if _is_estimate(normal):
        yield CandidateAct.estimate
    if scope.hypothetical:
        return
    if _PROPOSES.search(normal) or _PROPOSES_BY_COMMAND.match(normal):
        yield CandidateAct.propose
    if _COMMITS.search(normal):
        yield CandidateAct.commit
    if _REQUIRES.search(normal):
        yield CandidateAct.state_requirement


_ANYWHERE = (
    (CandidateAct.justify, _JUSTIFIES),
    (CandidateAct.compare, _COMPARES),
    (CandidateAct.not_know, _DOES_NOT_KNOW),
    (CandidateAct.wants_answer, _WANTS_ANSWER),
    (CandidateAct.stuck, _STUCK),
    (CandidateAct.restate, _RESTATES),
    (CandidateAct.instruct, _INSTRUCTS),
)


def _only_agrees(reading: Reading) -> bool:
    """Whether a whole turn is assent: yes to something and nothing more."""
    normals = [normal_text(clause.text).strip() for clause in reading.clauses]
    return bool(normals) and all(map(_AGREES_ONLY.match, normals)) and not all(map(_fills, normals))


def _fills(normal: str) -> bool:
    return _FILLER.match(normal) is not None


def _is_estimate(normal: str) -> bool:
    """A number tied to a load, a size or a count, and reckoned with or guessed at."""
    return all(form.search(normal) is not None for form in (_HAS_NUMBER, _MEASURED, _STRONGLY_RECKONS))


def _answers_itself(reading: Reading, first: int, last: int) -> bool:
    """A question the speaker answers in the same breath asks nobody: a why or a what-if, then a statement."""
    asking = next((number for number in range(first, last + 1) if reading.scopes[number].question), None)
    if asking is None or last + 1 == len(reading.clauses) or reading.scopes[last + 1].question:
        return False
    return _RHETORICAL.match(normal_text(reading.clauses[asking].text)) is not None


def _sentences(reading: Reading) -> Iterator[tuple[int, int]]:
    """First and last clause of each sentence."""
    first = 0
    for number in range(1, len(reading.clauses) + 1):
        if (
            number == len(reading.clauses)
            or reading.clauses[number].sentence != reading.clauses[first].sentence
        ):
            yield first, number - 1
            first = number


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip())
    return start, max(start, start + len(inner.strip()))
