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
    places = [place for place in case.places(case.flag.signs) if place.turn not in case.excused]
    return raised(case, places)


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
