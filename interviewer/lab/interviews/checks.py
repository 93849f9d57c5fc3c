"""What must hold in every interview, whoever came: each check gives how often it looked and where it did not hold.

Legal moves, one question a turn, nothing given away, nothing said twice, facts as the sheet has them, questions answered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from interviewer.dialogue.guards import leaks
from interviewer.interview.moves import (
    AnswerQuestions,
    ChallengeChoice,
    CheckArithmetic,
    DeferToCandidate,
    DisputeFact,
    GoOn,
    Nudge,
    OffSheet,
    Open,
    PartQuestion,
    PressContradiction,
    ProbeClaim,
    RestateBrief,
    Volunteer,
)
from interviewer.interview.pack import Scenario
from interviewer.interview.rules import MOST_IN_A_ROW, legal_moves
from interviewer.interview.speech import INSIDE, PRAISE, QUESTION, asks_in, too_long
from interviewer.interview.topics import topic_of
from interviewer.lab.interviews.holding import Held
from interviewer.lab.interviews.replay import OurTurn

_FROM_THE_SHEET = (Open, RestateBrief, AnswerQuestions, DeferToCandidate, Volunteer, DisputeFact, OffSheet)


_PUSHES_BACK = (PressContradiction, ProbeClaim, PartQuestion, ChallengeChoice, CheckArithmetic)
BARE = 3
"""A question of so few words asks for nothing in particular."""


@dataclass(frozen=True)
class Looked:
    """What a check found in one interview: how often it looked, and a sentence for each time it did not hold."""

    times: int
    faults: tuple[str, ...] = ()


Check = Callable[[Held, Sequence[OurTurn], Scenario], Looked]


def is_legal(held: Held, turns: Sequence[OurTurn], scenario: Scenario) -> Looked:
    """Every move is one of those that the rules allow at that moment."""
    return _each(turns, lambda one: None if one.move in legal_moves(one.stood).moves else one.move.kind)


def asks_one_thing(held: Held, turns: Sequence[OurTurn], scenario: Scenario) -> Looked:
    """No turn of ours asks two things; the opening may say more."""
    return _each(
        [one for one in turns if not isinstance(one.move, Open)],
        lambda one: one.turn.text if asks_in(one.turn.text) > 1 else None,
    )


def gives_nothing_away(held: Held, turns: Sequence[OurTurn], scenario: Scenario) -> Looked:
    """No guarded word before its rung or the candidate's own use of it."""

    def leaked(one: OurTurn) -> str | None:
        words = leaks(one.turn.text, one.move, one.speaking)
        return f"{', '.join(words)}: {one.turn.text}" if words else None

    return _each([one for one in turns if not isinstance(one.move, _FROM_THE_SHEET)], leaked)


def judges_nothing(held: Held, turns: Sequence[OurTurn], scenario: Scenario) -> Looked:
    """No praise, no grade, and nothing of how we work inside."""

    def judged(one: OurTurn) -> str | None:
        found = PRAISE.search(one.turn.text) or INSIDE.search(one.turn.text)
        return f"{found.group()}: {one.turn.text}" if found else None

    return _each(turns, judged)


def asks_nothing_twice(held: Held, turns: Sequence[OurTurn], scenario: Scenario) -> Looked:
    """No question of ours stands in an earlier turn word for word; a bare "And then?" asks for nothing of its own."""
    seen: set[str] = set()
    times, faults = 0, []
    for one in turns:
        questions = {_plain(match.group()) for match in QUESTION.finditer(one.turn.text)}
        real = {question for question in questions if len(question.split()) > BARE}
        times += bool(real)
        if real & seen and not isinstance(one.move, GoOn | Nudge):
            faults.append(f"turn {one.turn.n}: {one.turn.text}")
        seen |= real
    return Looked(times, tuple(faults))


def says_nothing_twice(held: Held, turns: Sequence[OurTurn], scenario: Scenario) -> Looked:
    """No turn of ours is an earlier one word for word, not even a bare one."""
    seen: set[str] = set()
    faults = []
    for one in turns:
        whole = _plain(one.turn.text)
        if whole in seen:
            faults.append(f"turn {one.turn.n}: {one.turn.text}")
        seen.add(whole)
    return Looked(len(turns), tuple(faults))


def keeps_it_short(held: Held, turns: Sequence[OurTurn], scenario: Scenario) -> Looked:
    """What we say is said in a breath; the opening and answers from the sheet may be longer."""
    return _each(
        [one for one in turns if not isinstance(one.move, Open | AnswerQuestions | Volunteer)],
        lambda one: one.turn.text if too_long(one.turn.text) else None,
    )


def gives_facts_as_written(held: Held, turns: Sequence[OurTurn], scenario: Scenario) -> Looked:
    """A fact is given in the very words of the sheet, whenever and by whichever move."""
    times, faults = 0, []
    for one in turns:
        match one.move:
            case AnswerQuestions(facts=facts) | Volunteer(facts=facts):
                given = facts
            case DeferToCandidate(fact=fact) | DisputeFact(fact=fact):
                given = (fact,)
            case _:
                continue
        for id in given:
            fact_here = scenario.fact(id)
            times += 1
            ways = [fact_here.say, *([fact_here.volunteer] if fact_here.volunteer else [])]
            if not any(_plain(way.rstrip(".")) in _plain(one.turn.text) for way in ways):
                faults.append(f"turn {one.turn.n}, {id}: {one.turn.text}")
    return Looked(times, tuple(faults))


def answers_questions(held: Held, turns: Sequence[OurTurn], scenario: Scenario) -> Looked:
    """What the sheet covers is answered at once when it is asked for, or kept for later aloud."""
    times, faults = 0, []
    known: set[str] = set()
    for one in turns:
        told = held.said.get(one.answers_turn)
        move = one.move
        if isinstance(move, AnswerQuestions | Volunteer):
            known |= set(move.facts)
        if isinstance(move, DeferToCandidate | DisputeFact):
            known.add(move.fact)
        if told is None or not told.asks:
            continue
        left = len(move.left_over) if isinstance(move, AnswerQuestions) else 0
        missing = [fact for fact in told.asks if fact not in known]
        times += len(told.asks)
        faults += [
            f"turn {one.turn.n}, {fact} asked by: {told.texts[-1]}" for fact in missing[: len(missing) - left]
        ]
    return Looked(times, tuple(faults))


def probes_weaknesses(held: Held, turns: Sequence[OurTurn], scenario: Scenario) -> Looked:
    """An answer that does not hold, and a sum that is off, is asked about before its phase is over. A topic that was
    pressed as often as may be is let go."""
    times, faults = 0, []
    for n, said in held.said.items():
        if said.sound is not False and not said.wrong_sum:
            continue
        before = next((turn for turn in held.interview.transcript if turn.n == n), None)
        after = [
            one
            for one in turns
            if one.turn.n > n
            and before is not None
            and (one.turn.phase == before.phase or one.answers_turn == n)
        ]
        pressed = sum(one.turn.n < n and topic_of(one.move, scenario) == said.topic for one in turns)
        if not after or (not said.wrong_sum and pressed >= MOST_IN_A_ROW):
            continue
        times += 1
        if said.wrong_sum:
            met = any(isinstance(one.move, CheckArithmetic) for one in after[:2])
        else:
            met = any(
                topic_of(one.move, scenario) == said.topic
                or (one.answers_turn == n and isinstance(one.move, _PUSHES_BACK))
                for one in after
            )
        if not met:
            faults.append(f"turn {n}, {said.topic or 'a sum'}: {said.texts[-1]}")
    return Looked(times, tuple(faults))


CHECKS: tuple[tuple[str, Check, float, float], ...] = (
    ("moves that are legal", is_legal, 1, 1),
    ("turns that ask one thing at most", asks_one_thing, 1, 1),
    ("turns that give nothing away", gives_nothing_away, 1, 1),
    ("turns without praise, grade or inside words", judges_nothing, 1, 1),
    ("questions that are asked once", asks_nothing_twice, 1, 1),
    ("turns that are said once", says_nothing_twice, 0.98, 1),
    ("turns that are short enough", keeps_it_short, 1, 1),
    ("facts given as they are written", gives_facts_as_written, 1, 1),
    ("questions from the sheet answered", answers_questions, 0.95, 1),
    ("planted weaknesses probed in their phase", probes_weaknesses, 0.8, 0.95),
)
"""Each check with its name, its bar and what is aimed at, as shares of how often it looked."""


def _each(turns: Sequence[OurTurn], fault: Callable[[OurTurn], str | None]) -> Looked:
    found = [(one, fault(one)) for one in turns]
    return Looked(len(turns), tuple(f"turn {one.turn.n}: {what}" for one, what in found if what))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().casefold()
