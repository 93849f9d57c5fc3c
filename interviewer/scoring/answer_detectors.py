"""How a candidate answers: to the point or past it, below the names, and under a challenge."""

from __future__ import annotations

import re
from collections.abc import Iterator

from interviewer.interview.words import Span, stems
from interviewer.scoring.interview_reading import Exchange, InterviewReading
from interviewer.scoring.sightings import VAGUE, Sighting
from interviewer.scoring.signs import Reading, quote_at

_EVADES = re.compile(
    r"\b(?:i (?:don.?t|do not|wouldn.?t) (?:like|want) to guess|(?:it )?depends (?:on|really)|(?:not|nothing) (?:a lot|much|really)\W|i think we.?re (?:good|fine)"
    r"|(?:wouldn.?t|would not) (?:hang|worry|overthink|burn|bother|spend)|(?:somebody|someone) else.?s?\b|another (?:squad|team|group)"
    r"|(?:front-?end|web|moderation|product|finance|data|pm|mobile|design|platform|other) (?:squad|folks|people|team|layer|side|guys)(?:.?s)? (?:can|would|will|world|comes?|sorts?|decides?|handles?|owns?)"
    r"|(?:product|they|pms?|ops) can (?:settle|decide|sort)|will get there|i.?ll get to that|leave (?:that|this|it) to|it (?:just )?scales|scales? (?:by itself|automatically)|you just (?:add|tune|buy)"
    r"|the (?:app|client|framework|library|cloud) (?:just )?(?:handles|takes care|does that)|details? later|something like that|in the nature of|not my (?:area|side|part)|nothing (?:really )?(?:breaks|gives|to add))\b",
    re.IGNORECASE,
)
_ASKED_AGAIN = re.compile(
    r"\b(?:i (?:lost|couldn.?t follow|could not follow|didn.?t follow|don.?t follow|didn.?t get)|concretely|same question|let me (?:narrow|step in|stop you|repeat|rephrase|ask again)"
    r"|(?:isn.?t|is not|wasn.?t|not) what i(?:.?m| am| was)? (?:after|asked|asking|looking)|all the same|please (?:settle|answer|stay)|(?:put|leave|set) .{0,40} aside|belongs? to another team"
    r"|let me give you .{0,20}anyway|once more|back to (?:my|the) question|you haven.?t (?:said|answered|told)|but (?:which|what|where|how) (?:exactly|precisely|then|do|does|is)\b)",
    re.IGNORECASE,
)


def answers_the_question(interview: InterviewReading) -> Iterator[Sighting]:
    """Most questions are met by their subject; few are evaded or have to be put twice."""
    asked = [one for one in interview.exchanges if one.question and len(stems(one.asked)) >= 3]
    if len(asked) < 3:
        return
    missed = sum(1 for one in asked if _EVADES.search(one.said[:400]))
    again = sum(1 for one in asked if _ASKED_AGAIN.search(one.asked))
    if missed + again > 0.25 * len(asked):
        return
    best = max(
        asked,
        key=lambda one: (len(stems(one.asked) & stems(one.answer[0].text[:300])), -one.answer[0].turn.n),
    )
    yield Sighting(best.answer[0], _opening(best.answer[0]), 0.7)


def _opening(reading: Reading) -> Span:
    return quote_at(reading, 0, min(len(reading.text), 60)) if reading.text.strip() else Span(0, 0)


_MECHANISM = re.compile(
    r"\b(?:if|when|until|after|before|once|then|unless)\b.{4,140}\b(?:reject\w*|refus\w*|retri\w*|elect\w*|promot\w*|expire\w*|drops?|delet\w+|append\w*|commit\w*|merg\w+|copies|moves?|writes?|reads?|version|"
    r"takes over|catch\w*|replay\w*|returns?|increment\w*|invalidat\w+|waits?|gets? the|fetch\w*|skips?|fails?|answers?)\b",
    re.IGNORECASE,
)


def goes_below_names(interview: InterviewReading) -> Iterator[Sighting]:
    """In a good share of the longer turns the candidate says what happens, under which condition, with figures."""
    long = [reading for reading in interview.own if len(reading.turn.text.split()) >= 45]
    deep = []
    for reading in long:
        match = _MECHANISM.search(reading.text)
        if (
            match
            and not VAGUE.search(reading.text)
            and re.search(r"\d|\b(?:two|three|one|five|ten|second)\b", reading.text)
        ):
            deep.append((reading, match))
    if len(deep) >= 4 and len(deep) >= 0.5 * len(long):
        for reading, match in deep[:3]:
            yield Sighting(reading, quote_at(reading, match.start(), match.end()), 0.75)


_CHALLENGE = re.compile(
    r"\b(?:comfortable|are you sure|why (?:that|this|not|these|make|write|any|would|do you|is it)|^why\b|why\b.{0,60}\?|what made you|would you (?:go over|run|reconsider)|did you (?:consider|weigh|think)|have merit|already exist"
    r"|suppose|but (?:what|if|then|how|they|that|you|it|the)|though\b|rather than|i change my mind|here.?s a change|change of plan|new (?:requirement|wish)|now (?:asks?|wants?)|same question|what does (?:that|each|it)|has happened"
    r"|modified|would be waiting|and how many|which (?:server|machine)|cost you|they (?:have|need|tell|say)|i lost|twice)\b",
    re.IGNORECASE,
)
_YIELDS = re.compile(
    r"\b(?:you(?:.?re| are) right|fair(?: point| enough)?|good (?:catch|point|question)|point taken|(?:that.?s|that is|it.?s) on me|i (?:was|am) wrong|(?:was|is) (?:wrong|lazy|careless|sloppy|a mistake|an oversight)"
    r"|i (?:missed|overlooked|forgot|skated|skipped|glossed|hadn.?t|did(?:n.?t| not) (?:see|say|think|consider|account))|no longer (?:holds|works|true)|is void|(?:doesn.?t|does not|won.?t) (?:hold|work|fly)"
    r"|then,? no|what i.?ve described is wrong|i was missing|let me (?:see|think|redo|fix|correct)|i (?:take|took) (?:that|it) back|i must correct|i.?d have to (?:change|add)|hm+|ah\b|no,? wait|oh,? right"
    r"|that (?:changes|breaks|kills)|then i.?d|correct,|sorry|true,|yes,? that.?s (?:a problem|bad|wrong)|agreed)\b",
    re.IGNORECASE,
)
_CONCEDES = re.compile(
    r"\b(?:deserved|i (?:withdraw|retract|stand corrected|spoke (?:nonsense|too soon))|(?:take|taking) (?:that|it|this|something) back|strike (?:it|that|this)"
    r"|(?:that|this|it|which)(?:.?s| is| was) (?:a |an |my |just |simply )?(?:bad|wrong|untrue|hole|gap|mistake|error|no good|not (?:good|right|ok\w*|enough|true))|(?:is|not) (?:no )?good enough"
    r"|no good\b|something (?:untrue|wrong)|i (?:had|have|got) (?:it|that|this) (?:wrong|backwards)|fair (?:challenge|point|enough|criticism)|you(?:.?re| are) right|(?:let me|i) redo|redo\b|change it\b"
    r"|as i (?:said|described|drew|have) it\b|i (?:didn.?t|did not|hadn.?t|never) (?:say|said|think|thought|mention|mentioned|cover|account))\b",
    re.IGNORECASE,
)
"""Granting a fault in so many words: whatever brought it about, it was a push."""
_CHANGES = re.compile(
    r"\b(?:so|then|instead|therefore|now|i.?d|i would|we.?d|i take|i give|let.?s|must|becomes?|has to|make it|switch|add|mint\w*|second table|for carts|strict|keep both|goes? to|own full)\b",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"\b(?:i.?d (?:leave|keep) (?:it|the one|that|this|things)|i(?:.?d| would)? keep (?:it )?(?:like this|as it is|it)|i(?:.?d)? (?:stay|stick) with (?:it|that|my)|so i stay|i (?:would|will) not go back|no need to (?:change|add)"
    r"|nah\b|i.?m not (?:bending|changing|adding)|(?:i )?do(?:n.?t| not) want to (?:complicate|change)|(?:is|it.?s|that.?s) (?:sufficient|good enough|fine as it is)|as i (?:said|already said)|like i said|that.?s (?:already )?(?:covered|what i have|the whole point)"
    r"|yeah,? exactly|i.?d rather (?:buy|keep|not)|(?:there.?s|there is) (?:only )?one right way|that (?:never|doesn.?t|won.?t) happen|(?:won.?t|doesn.?t) happen in practice)\b",
    re.IGNORECASE,
)
_FASHION = re.compile(
    r"\b(?:netflix|uber|google|amazon|discord|linkedin|facebook|everyone (?:uses|does)|everybody (?:uses|does|knows)|every (?:developer|engineer|company)|reference architecture|best practice|industry standard|what (?:you|people|everybody) use"
    r"|always worked|never had (?:a )?problem|at (?:my|our) (?:last|old|previous)|where i worked|nobody (?:ever )?got (?:fired|in trouble)|battle[- ]tested|proven technology|state of the art)\b",
    re.IGNORECASE,
)
_CARRIES = re.compile(
    r"\b(?:because|since|otherwise|so that|which means|that.?s why|the reason|if (?:i|it|we|they|all|order|that)|costs?|price|loses?|pay|but)\b",
    re.IGNORECASE,
)


def takes_feedback(interview: InterviewReading) -> Iterator[Sighting]:
    """Pushed on something, the candidate grants it and changes the design, more often than not."""
    taken: list[Sighting] = []
    refused = 0
    challenged = {one.answer[0].turn.n for one in _challenged(interview)}
    for one in interview.exchanges[1:]:
        first = one.answer[0]
        head = first.text[:220]
        pushed = first.turn.n in challenged
        if pushed and _REFUSES.search(one.said):
            refused += 1
            continue
        match = _CONCEDES.search(head) or (_YIELDS.search(head) if pushed else None)
        if match and _CHANGES.search(one.said[match.end() :]):
            taken.append(Sighting(first, quote_at(first, match.start(), match.end()), 0.75))
    if len(taken) > refused:
        yield from taken[:3]


def defends_under_challenge(interview: InterviewReading) -> Iterator[Sighting]:
    """Challenged, the candidate answers with a reason and a figure or a second option, not with who else does it."""
    held: list[Sighting] = []
    dodged = 0
    for one in _challenged(interview):
        first = one.answer[0]
        if _FASHION.search(one.said) or _REFUSES.search(one.said):
            dodged += 1
            continue
        reasons = list(_CARRIES.finditer(first.text))
        if len(reasons) >= 2 and re.search(
            r"\d|\b(?:two|three|half|twice|ten|hundred|thousand)\b", first.text
        ):
            held.append(Sighting(first, quote_at(first, reasons[0].start(), reasons[0].end()), 0.7))
    if len(held) > dodged:
        yield from held[:3]


def _challenged(interview: InterviewReading) -> Iterator[Exchange]:
    for one in interview.exchanges[1:]:
        if _CHALLENGE.search(one.asked):
            yield one


_STRAYS = re.compile(
    r"\b(?:oh before|before i forget|speaking of|by the way|btw|going back to that|i should(?:.?ve| have) said|actually,? before that|lol|haha|where was i|funny story|back in the day|reminds me|long story|off topic"
    r"|fun fact|little known|interesting(?:ly)? (?:bit|part|detail)|the nice (?:part|bit|thing)|i had a (?:vp|boss|vendor|colleague)|oh and)\b",
    re.IGNORECASE,
)
LONGEST_TURN = 230


def keeps_to_the_point(interview: InterviewReading) -> Iterator[Sighting]:
    """Turns are of bearable length, strays are rare, and the interviewer need not pull them back."""
    turns = [reading for reading in interview.own if len(reading.turn.text.split()) >= 12]
    questions = sum(1 for one in interview.exchanges if len(stems(one.asked)) >= 3)
    if len(turns) < 4 or questions < 3:
        return
    strays = sum(1 for reading in turns if _STRAYS.search(reading.text))
    long = sum(1 for reading in turns if len(reading.turn.text.split()) > LONGEST_TURN)
    pulled = sum(1 for one in interview.exchanges if _ASKED_AGAIN.search(one.asked))
    evaded = sum(1 for one in interview.exchanges if _EVADES.search(one.said[:400]))
    if strays + long + pulled + evaded <= 0.2 * len(turns):
        best = min(turns, key=lambda reading: abs(len(reading.turn.text.split()) - 80))
        yield Sighting(best, _opening(best), 0.65)
