"""Flags of type said: the fault stands in the candidate's words, and may be taken back.

A sign of the flag, unexcused in its turn, raises it. Said again or defended when it was asked about, it is surer;
put right in later words, it has recovered, by itself where nobody had asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from interviewer.interview.words import Span
from interviewer.scoring.flag_case import Case, Finding, How, Place
from interviewer.scoring.signs import cues_in

UNCHALLENGED = -0.10
"""A fault said once, about which nobody asked, is less sure to be meant as it sounds."""
STOOD_BY = 0.05
_SUGGESTS = (
    r"\bsome (?:teams|people|companies)\b|\bi suppose\b|\bwhat if (?:you|we|it)\b|\b(?:you|one|we) could\b|\bhow about\b|\bcould (?:it|we|you) (?:not )?(?:have|use|be|keep|drop)\b"
    r"|\blet me (?:step in|narrow|stop)|\bisn.?t what i.?m after\b|\bwhat i care about\b|\bwho (?:is|are) (?:holding|using)\b",
)


def said(case: Case) -> Finding | None:
    """The flag by its signs alone."""
    places = [
        place
        for place in case.places(case.flag.signs)
        if not excused_near(case, place, EXCUSE_REACH) and not reported(place)
    ]
    return raised(case, places)


def said_in_itself(case: Case) -> Finding | None:
    """Like `said`, where a turn goes through many things and an excuse holds for the one it stands beside."""
    places = [
        place
        for place in case.places(case.flag.signs)
        if not excused_near(case, place, BESIDE) and not reported(place)
    ]
    return raised(case, places)


def said_early(case: Case) -> Finding | None:
    """Like `said`, for what is a fault only while the design is being laid out."""
    places = [
        place
        for place in case.places(case.flag.signs)
        if place.exchange <= 0.6 * len(case.exchanges)
        and place.turn not in case.excused
        and not reported(place)
    ]
    return raised(case, places)


EXCUSE_REACH = 500
BESIDE = 50
"""How far from the fault, in characters of its turn, an excuse may stand."""


def excused_near(case: Case, place: Place, reach: int) -> bool:
    """Whether the candidate excuses a fault within so many characters of it."""
    return any(
        one.turn == place.turn
        and one.span.start - place.span.end <= reach
        and place.span.start - one.span.end <= reach
        for one in case.places(case.flag.excuses, [place.exchange])
    )


_OTHERS = re.compile(
    r"\b(?:(?:my|our|an?|the|one|some|old|former|that) )?(?:[a-z]+ )?(?:colleagues?|manager|boss|architects?|lead|cto|vendors?|salesm[ae]n|friend|consultant|guys?|teacher|mentor|director|blog|slides?|book|docs|people|somebody|someone)\b"
    r"[^.?!;]{0,40}\b(?:said|say|says|saying|told|tells|assur\w+|swore|swear\w*|claim\w*|promis\w+|insist\w*|believ\w+|argued?|wrote|preach\w*|convinced)\b",
    re.I,
)
REPORT = 140
"""Other people's words reach at most so many characters."""


def reported(place: Place) -> bool:
    """Whether a place tells what somebody else said, in its sentence and before it."""
    text = place.reading.turn.text[max(place.span.start - REPORT, 0) : place.span.end]
    sentence = re.split(r"(?<=[.?!])\s", text)[-1]
    return _OTHERS.search(sentence) is not None


def raised(case: Case, places: Sequence[Place], recovery: Sequence[Place] | None = None) -> Finding | None:
    """What becomes of a fault that was said at these places: confirmed, or recovered where it was put right later."""
    if not places:
        return None
    first, last = places[0], places[-1]
    challenges = [number for number in case.asked if number > first.exchange]
    mended = [
        place
        for place in (case.places(case.flag.recovers) if recovery is None else recovery)
        if place.at > last.at
    ]
    mended = [
        place
        for place in mended
        if place.turn != last.turn
        and (not case.flag.asked or place.exchange in case.asked or takes_back(place))
    ]
    turns = [place.turn for place in places]
    if mended and (mended[0].exchange <= last.exchange + 2):
        how = how_it_came(case, first, mended[0])
        return Finding(case.flag.precision - 0.02, (*places[:2], mended[0]), (first.turn, mended[0].turn), "recovered", how,
                       why="It was said, and put right later.")  # fmt: skip
    again = any(place.exchange > first.exchange for place in places)
    stood = bool(challenges) and (again or challenges[0] <= first.exchange + 2)
    p = case.flag.precision + (STOOD_BY if stood and again else 0 if stood or again else UNCHALLENGED)
    if stood:
        turns += [case.exchanges[number].answer[0].turn.n for number in challenges[:1]]
    return Finding(min(p, 0.97), tuple(places), tuple(turns), asked_in=(), why="")


def how_it_came(case: Case, fault: Place, mended: Place) -> How:
    """By itself, after a question about it, or after the interviewer had named the way."""
    if mended.exchange == fault.exchange:
        return "self"
    question = case.exchanges[mended.exchange].asked
    if cues_in(_SUGGESTS, question):
        return "hinted"
    between = range(fault.exchange + 1, mended.exchange + 1)
    return "probed" if any(number in case.asked for number in between) or not case.flag.asked else "self"


OWNS = re.compile(
    r"\b(?:careless|lazy|sloppy|skated over|(?:i was|that was|that.?s) wrong|my mistake|let me go back|go back on that|back up on that|takes? (?:that|it) back|i (?:missed|overlooked|forgot)|did(?:n.?t| not) see|was missing"
    r"|you.?re right|you are right|that is on me|on me\b|good (?:catch|point)|fair point|scrap that|strike that|no,? wait|wait,? no|i said \w+|ahead of myself|wipe that|hang on|hold on|back up|scratch that|start over|rewind)\b",
    re.I,
)


CONCEDES = re.compile(
    r"^\W*(?:(?:oh|ah|ouch|oops|ugh|damn|hm+|uh|um|eh|well|then|so|okay|ok|right)\b\W*){2,}|^\W*(?:ouch|oops|damn|ugh|hm+)\b|\b(?:my bad|(?:no|not|isn.?t|is not) (?:so |very |that |any )?(?:good|nice|great|ideal|acceptable)|that.?s (?:really )?bad|is bad|(?:a|the|this is) (?:hole|gap|problem)|"
    r"i (?:drew|didn.?t (?:say|draw|think|have|put)|spoke|see the problem|have nothing|left (?:it|that|this) out)|nonsense|would (?:double|duplicate|be lost)|charges? (?:him|her|them|you) twice)\b",
    re.I,
)
FIRST_WORDS = 260
"""A concession stands at the head of an answer, within so many characters."""


def concedes(said: str) -> bool:
    """Whether an answer opens by owning that what stood so far is at fault."""
    head = said[:FIRST_WORDS]
    return CONCEDES.search(head) is not None or OWNS.search(head) is not None


def takes_back(place: Place) -> bool:
    """Whether the speaker corrects or concedes something in the words of a place, or just before them."""
    reading = place.reading
    number = reading.scopes.clause_at(place.span.start)
    first = max(number - 4, 0)
    if any(one.corrected or one.conceded for one in reading.scopes.scopes[first : number + 2]):
        return True
    return OWNS.search(reading.turn.text[reading.clauses[first].start : place.span.end]) is not None


def whole(place: Place) -> Place:
    """The place widened to its whole turn."""
    text = place.reading.turn.text
    start = len(text) - len(text.lstrip())
    return Place(place.exchange, place.reading, Span(start, max(len(text.rstrip()), start)))
