"""Which moves are legal at a moment, and why the others are not.

Legality is about fairness and sense: nothing is probed before the candidate had room to raise it, no probe comes twice,
at most three moves in a row go to one topic, a change of requirement waits for something that it can change, and near
the end only the close is left. Which legal move is best is the director's business (interviewer.md 4).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from interviewer.interview.asked_before import asked_before
from interviewer.interview.chance import draw, order
from interviewer.interview.events import Mode
from interviewer.interview.figures import differing, has_said
from interviewer.interview.heard import Act, Heard
from interviewer.interview.moves import (
    Advance,
    AnswerQuestions,
    AskAgain,
    AskForNumbers,
    AskForSummary,
    ChallengeChoice,
    ChangeRequirement,
    CheckArithmetic,
    Close,
    Decline,
    DeferToCandidate,
    DisputeFact,
    FindOut,
    GoOn,
    Hint,
    InjectFailure,
    Move,
    Nudge,
    OffSheet,
    Open,
    Park,
    PartQuestion,
    PressContradiction,
    Probe,
    ProbeBottleneck,
    ProbeClaim,
    ReadBoard,
    Redirect,
    RestateBrief,
    ReturnTo,
    SettleFigure,
    SmallerQuestion,
    Volunteer,
    WalkOneObject,
    asks,
)
from interviewer.interview.pack import Fact, Topic
from interviewer.interview.rubric import Kind
from interviewer.interview.said_again import wanted_again
from interviewer.interview.standing import Standing
from interviewer.interview.topics import topic_of
from interviewer.interview.words import stems

MOST_IN_A_ROW = 3
MOST_ON_A_TOPIC = 5
TRIGGERED = 0.5
MOST_SETTLED = 2
MOST_IN_OTHER_WORDS = 2
"""So often the same is put in other words; what is still not understood then is let go."""
SHORT_ENOUGH = 42
"""So many words a fact may have to be put beside a figure of theirs in one breath."""
CALM_CHECKS = 1 / 6
"""How often a sound sum is asked about in the same words as a wrong one, so that asking tells nothing (craft.md 3.9)."""


@dataclass(frozen=True)
class Legal:
    """The moves that are legal now, and for each kind without one the reason."""

    moves: tuple[Move, ...]
    barred: tuple[tuple[str, str], ...]


Rule = Callable[[Standing], Iterator[Move]]


def legal_moves(standing: Standing) -> Legal:
    """Everything the interviewer may do now. There is always at least one move until the goodbye."""
    interview = standing.interview
    if interview.ended:
        return Legal((), (("any", "the interview is over"),))
    if not interview.moves:
        return Legal((Open(),), (("any", "the interview has not been opened"),))
    if (step := _closing_step(standing)) is not None:
        at_once = _past_end(standing) or interview.wish == "close"
        moves = (
            (step,) if at_once else (*_said_again(standing), *_answers(standing), *_declines(standing), step)
        )
        return Legal(moves, (("any other", "the interview is closing"),))
    found: list[Move] = []
    barred: list[tuple[str, str]] = []
    for rule, why_not in _RULES:
        moves = tuple(rule(standing))
        found += moves
        if not moves:
            barred.append((rule.__name__.strip("_"), why_not))
    return Legal(tuple(found), tuple(barred))


def hints_left(standing: Standing) -> int:
    """How many hints may still be asked for on what is in hand: none in a mock, nor once the interview closes."""
    mode = standing.interview.begun.mode
    topic = _in_hand(standing)
    if topic is None or mode is not Mode.practice or standing.closing or standing.interview.ended:
        return 0
    return max(0, len(topic.hints) - standing.topics[topic.id].rungs)


def _past_end(standing: Standing) -> bool:
    return standing.left_s <= 0


def _closing_step(standing: Standing) -> Close | None:
    last = standing.closing
    leaves = standing.heard is not None and standing.heard.has(Act.wants_end)
    if last is not None:
        if last.step == 3:
            return None
        leaves = leaves or _ends_it(standing)
        return Close(step=3 if leaves or (_past_end(standing) and last.step == 1) else last.step + 1)
    if _past_end(standing):
        return Close(step=3)
    wish = standing.interview.wish
    wished = wish == "close" or (wish == "next" and standing.interview.last_phase)
    if leaves and _says_goodbye(standing):
        return Close(step=3)
    ready = wished or leaves or standing.left_s <= standing.closing_s
    said_done = standing.interview.last_phase and standing.heard is not None and standing.heard.has(Act.done)
    return Close(step=1) if ready or (said_done and not standing.missing_duties) else None


_GOODBYE = re.compile(
    r"\b(?:(?:good ?)?bye(?: bye)?|farewell|see you|have a (?:good|nice) (?:day|evening|one))\W*$", re.I
)


def _says_goodbye(standing: Standing) -> bool:
    """Whether their last words are a goodbye: whoever stands in the door is asked nothing more."""
    return _GOODBYE.search(_last_said(standing)) is not None


_ENDS_IT = re.compile(
    r"(?:^|[.!?;,]\s*)(?:please |now |just |and |so )*(?:close|end|stop|finish)(?: it| this| here| now| please)*\W*$"
    r"|\bi(?:'ve| have)? (?:already )?said (?:end|stop|close)\b|\b(?:we|let'?s|i'd) (?:can |could |just )*leave it (?:here|there|at that)\b|\bno more questions(?: please)?\W*$",
    re.I,
)
"""What ends a talk that is at its close, and might mean a design before."""


def _ends_it(standing: Standing) -> bool:
    """Whether somebody whom we ask a last question wants none."""
    return _ENDS_IT.search(_last_said(standing)) is not None


def _last_said(standing: Standing) -> str:
    said = [turn.text for turn in standing.interview.transcript if turn.role == "candidate"]
    return said[-1] if said else ""


def _answers(standing: Standing) -> Iterator[Move]:
    heard, scenario = standing.heard, standing.pack.scenario
    if heard is None:
        return
    if heard.has(Act.asks_brief):
        yield RestateBrief()
    if heard.asked:
        facts = [scenario.fact(asked.fact) for asked in heard.asked]
        if len(facts) == 1 and facts[0].mode == "your_call":
            yield DeferToCandidate(fact=facts[0].id)
            return
        fitting = _fitting(facts, scenario.batch.most_facts, scenario.batch.most_words)
        left = tuple(asked.noun for asked in heard.asked if asked.fact not in {fact.id for fact in fitting})
        yield AnswerQuestions(
            facts=tuple(fact.id for fact in fitting),
            left_over=left,
            shared=None if left else _shared(heard),
            off_sheet=any(asked.shared is None for asked in heard.off_sheet),
        )
    elif heard.off_sheet:
        yield OffSheet(shared=_shared(heard))


def _shared(heard: Heard) -> str | None:
    """The first line of off_sheet.yaml that a turn asks for."""
    return next((asked.shared for asked in heard.off_sheet if asked.shared), None)


def _fitting(facts: list[Fact], most_facts: int, most_words: int) -> list[Fact]:
    fitting: list[Fact] = []
    words = 0
    for fact in facts:
        words += len(fact.say.split())
        if len(fitting) == most_facts or (fitting and words > most_words):
            break
        if fact not in fitting:
            fitting.append(fact)
    return fitting


def _disputes(standing: Standing) -> Iterator[Move]:
    heard = standing.heard
    if heard is None or not heard.has(Act.disputes):
        return
    for given in reversed(standing.interview.given):
        fact = standing.pack.scenario.fact(given.fact)
        if fact.values:
            yield DisputeFact(fact=fact.id)
            return


def _figures(standing: Standing) -> Iterator[Move]:
    interview, facts = standing.interview, standing.pack.scenario.facts
    settled = {made.move.fact for made in interview.moves if isinstance(made.move, SettleFigure)}
    if len(settled) >= MOST_SETTLED or standing.made(ChangeRequirement):
        return
    given = frozenset(one.fact for one in interview.given)
    for turn in interview.waiting:
        for one in differing(turn, facts, given):
            say = standing.pack.scenario.fact(one.fact).say
            if one.fact not in settled and len(say.split()) <= SHORT_ENOUGH:
                yield SettleFigure(fact=one.fact, turn=one.turn, start=one.start, end=one.end)
                return


def _declines(standing: Standing) -> Iterator[Move]:
    heard = standing.heard
    if heard is None:
        return
    if heard.has(Act.other_language):
        yield Decline(why="language")
    if heard.has(Act.distressed):
        yield Decline(why="distress")
    if heard.has(Act.instructs):
        yield Decline(why="instruction")
    if heard.has(Act.abusive):
        yield Decline(why="abuse")
    if heard.has(Act.wants_grade):
        yield Decline(why="wants_grade")
    if heard.has(Act.wants_hint) and standing.interview.begun.mode is Mode.mock:
        yield Decline(why="wants_hint")


def _helps(standing: Standing) -> Iterator[Move]:
    heard, interview = standing.heard, standing.interview
    wants_hint = interview.wish == "hint" or bool(heard and heard.has(Act.wants_hint))
    wants_answer = bool(heard and heard.has(Act.wants_answer))
    lost = bool(heard and heard.has(Act.stuck, Act.not_know))
    topic = _in_hand(standing)
    practice = interview.begun.mode is Mode.practice
    state = standing.topics[topic.id] if topic else None
    if heard and heard.has(Act.not_know) and topic and state and state.not_known <= 1 and not wants_hint:
        yield FindOut(topic=topic.id)
    if wants_answer and not practice:
        yield (
            Park(topic=topic.id)
            if topic and topic.id not in _parked(standing)
            else Decline(why="wants_answer")
        )
    if wants_answer and practice:
        number = _telling_number(standing, topic)
        if number is not None:
            yield SmallerQuestion(topic=topic.id if topic else None, number=number)
    if topic and state and state.rungs < 3:
        on_request = practice and (wants_hint or wants_answer)
        offered = lost and state.not_known >= (1 if practice else 2) and state.rungs < 2
        if on_request or offered:
            yield Hint(topic=topic.id, rung=state.rungs + 1, requested=on_request)
    if lost and topic and state and state.not_known >= 2 and topic.id not in _parked(standing):
        yield Park(topic=topic.id)


def _in_hand(standing: Standing) -> Topic | None:
    """What is being talked about: what they have just spoken of, else what we asked about, else what is owed."""
    for touch in standing.heard.topics if standing.heard else ():
        if touch.topic in standing.topics and not standing.topics[touch.topic].settled:
            return standing.pack.scenario.topic(touch.topic)
    last = standing.last_topic
    if last and not standing.topics[last].settled:
        return standing.pack.scenario.topic(last)
    owed = standing.owed()
    return owed[0] if owed else None


def _telling_number(standing: Standing, topic: Topic | None) -> str | None:
    asked = {made.move.number for made in standing.interview.moves if isinstance(made.move, SmallerQuestion)}
    given = {one.fact for one in standing.interview.given}
    known = {name for fact in standing.pack.scenario.facts if fact.id in given for name in fact.values}
    values = {name for fact in standing.pack.scenario.facts for name in fact.values}
    worked = [
        {word for word in values if re.search(rf"\b{word}\b", number.formula)}
        for number in standing.pack.scenario.numbers
        if number.id in asked
    ]
    if topic is None or topic.feeds.criterion not in ("cr.estimation", "cr.scalability", "cr.performance"):
        return None
    for number in standing.pack.scenario.numbers:
        names = {word for word in known if re.search(rf"\b{word}\b", number.formula)}
        takes = {word for word in values if re.search(rf"\b{word}\b", number.formula)}
        if number.id not in asked and names == takes and len(names) >= 2 and names not in worked:
            return number.id
    return None


def _asks_again(standing: Standing) -> Iterator[Move]:
    heard, last = standing.heard, standing.interview.last_move
    if heard is None or last is None or heard.answered or heard.asked or heard.off_sheet:
        return
    if heard.has(Act.not_know, Act.stuck, Act.wants_answer, Act.wants_hint, Act.done):
        return
    if heard.has(Act.needs_time, Act.moves_on):
        return
    if not asks(last.move) or isinstance(last.move, AskAgain | Close | Redirect | Advance | ReadBoard):
        return
    if any(isinstance(made.move, AskAgain) for made in standing.interview.moves[-3:]):
        return
    topic = standing.last_topic
    slot = None
    if topic and standing.streak(topic) < MOST_IN_A_ROW:
        slot = _empty_slot(standing, standing.pack.scenario.topic(topic))
    yield AskAgain(of_turn=last.turn, topic=topic, slot=slot)


def _said_again(standing: Standing) -> Iterator[Move]:
    """What they want again is what we said last, and no other question."""
    heard, interview = standing.heard, standing.interview
    said = next((turn.text for turn in reversed(interview.transcript) if turn.role == "candidate"), "")
    wish = wanted_again(said, is_open=heard is not None and not heard.answered)
    if heard is None or wish is None or heard.has(Act.stuck, Act.wants_hint, Act.wants_answer):
        return
    lately = [made.move for made in interview.moves[-MOST_IN_OTHER_WORDS:]]
    wishes = sum(isinstance(one, AskAgain) and one.wish is not None for one in lately)
    if wish == "plainer" and wishes == MOST_IN_OTHER_WORDS:
        topic = standing.last_topic
        if topic and topic not in _parked(standing):
            yield Park(topic=topic)
        return
    last = standing.said_last
    if last is None or isinstance(last.move, Open | RestateBrief):
        yield RestateBrief()
        return
    topic, slot = topic_of(last.move, standing.pack.scenario), None
    if wish == "plainer" and topic and isinstance(last.move, Probe | Advance) and not wishes:
        wide = isinstance(last.move, Advance) or last.move.using == "probe"
        slot = _empty_slot(standing, standing.pack.scenario.topic(topic)) if wide else None
    yield AskAgain(of_turn=last.turn, topic=topic, slot=slot, wish=wish)


def _consequences(standing: Standing) -> Iterator[Move]:
    for topic in standing.pack.scenario.topics:
        state = standing.topics[topic.id]
        just_said = state.last_turn == len(standing.interview.transcript)
        if (
            state.pending_then is not None
            and not _was_asked(standing, topic.then[state.pending_then].say)
            and state.stance == "wrong"
            and just_said
            and _room_on(standing, topic)
        ):
            yield Probe(topic=topic.id, using="then", rung=state.pending_then)


def _contradictions(standing: Standing) -> Iterator[Move]:
    heard = standing.heard
    pressed = {
        made.move.contradiction
        for made in standing.interview.moves
        if isinstance(made.move, PressContradiction)
    }
    for id in heard.contradicts if heard else ():
        earlier = [made.turn for made in standing.interview.claims if made.claim.of.startswith(id)]
        if id not in pressed and earlier:
            yield PressContradiction(contradiction=id, earlier_turn=min(earlier))


def _sums(standing: Standing) -> Iterator[Move]:
    heard = standing.heard
    if heard is None:
        return
    checked = [made.move for made in standing.interview.moves if isinstance(made.move, CheckArithmetic)]
    last = standing.interview.last_move
    again = (
        last is not None and isinstance(last.move, CheckArithmetic) and last.move.step == 1 and last.move.off
    )
    for one in heard.sums:
        if one.verdict == "off" and (again or len(checked) < 3):
            yield CheckArithmetic(
                turn=heard.turn, start=one.start, end=one.end, step=2 if again else 1, off=True
            )
            return
    seed = standing.interview.begun.seed
    for one in heard.sums:
        if one.verdict == "ok" and not checked and draw(seed, "calm check", heard.turn) < CALM_CHECKS:
            yield CheckArithmetic(turn=heard.turn, start=one.start, end=one.end, step=1, off=False)
            return


def _slots(standing: Standing) -> Iterator[Move]:
    for topic in standing.pack.scenario.topics:
        state = standing.topics[topic.id]
        if state.stance in ("raised", "thin", "wrong") and _room_on(standing, topic):
            slot = _empty_slot(standing, topic)
            if slot:
                yield Probe(topic=topic.id, using="slot", slot=slot)


def _empty_slot(standing: Standing, topic: Topic) -> str | None:
    state = standing.topics[topic.id]
    first = [slot.id for slot in topic.slots if slot.id in topic.enough]
    for slot in [*first, *(slot.id for slot in topic.slots if slot.id not in topic.enough)]:
        if slot in state.slots or slot in state.slots_asked or _was_asked(standing, topic.slot(slot).ask):
            continue
        return slot
    return None


def _was_asked(standing: Standing, line: str) -> bool:
    return asked_before(line, standing.interview.transcript)


def _room_on(standing: Standing, topic: Topic) -> bool:
    state = standing.topics[topic.id]
    return (
        state.spent < MOST_ON_A_TOPIC
        and standing.streak(topic.id) < MOST_IN_A_ROW
        and topic.id not in _parked(standing)
    )


def _probes(standing: Standing) -> Iterator[Move]:
    for topic in standing.pack.scenario.topics:
        state = standing.topics[topic.id]
        if state.settled or not _room_on(standing, topic) or not standing.is_due(topic.due):
            continue
        if not state.touched and not standing.had_chance:
            continue
        rung = next(
            (
                rung
                for rung, line in enumerate(topic.probes)
                if rung not in state.probes and not _was_asked(standing, line)
            ),
            None,
        )
        if rung is not None:
            yield Probe(topic=topic.id, using="probe", rung=rung)


def _claims(standing: Standing) -> Iterator[Move]:
    raised = {met.probe: met.name for heard in standing.interview.heard for met in heard.probes if met.raised}
    met = {met.probe for heard in standing.interview.heard for met in heard.probes if not met.raised}
    asked = {made.move.probe for made in standing.interview.moves if isinstance(made.move, ProbeClaim)}
    last = standing.interview.last_move
    for probe in standing.pack.library.probes:
        if probe.id in raised and probe.id not in met | asked and standing.is_due(probe.due):
            yield ProbeClaim(probe=probe.id, name=raised[probe.id])
        follow = last is not None and isinstance(last.move, ProbeClaim) and last.move.probe == probe.id
        if follow and probe.then and not last.move.follow and probe.id not in met:  # type: ignore[union-attr]  # narrowed by follow
            yield ProbeClaim(probe=probe.id, name=raised.get(probe.id), follow=True)


def _part_questions(standing: Standing) -> Iterator[Move]:
    asked = {made.move.part for made in standing.interview.moves if isinstance(made.move, PartQuestion)}
    if len(asked) >= 2 or standing.interview.phase_index == 0 or not standing.had_chance:
        return
    names = {
        made.claim.of: made.claim.noun for made in standing.interview.claims if made.claim.kind == "part"
    }
    for part in standing.pack.scenario.parts:
        if part.id in names and part.id not in asked:
            yield PartQuestion(part=part.id, name=names[part.id])


def _bottlenecks(standing: Standing) -> Iterator[Move]:
    if (
        not standing.baseline
        or not standing.is_due("scale")
        and standing.used < 0.4
        or not standing.had_chance
    ):
        return
    asked = {
        made.move.bottleneck for made in standing.interview.moves if isinstance(made.move, ProbeBottleneck)
    }
    if len(asked) >= 2:
        return
    spots = standing.pack.scenario.bottlenecks
    for index in order(len(spots), standing.interview.begun.seed, "bottleneck"):
        spot = spots[index]
        if (
            spot.id not in asked
            and not _was_asked(standing, spot.probe)
            and triggered(standing, spot.trigger)
            and standing.topics[spot.topic].touched
            and _room_on(standing, standing.pack.scenario.topic(spot.topic))
        ):
            yield ProbeBottleneck(bottleneck=spot.id)
    if not asked:
        yield ProbeBottleneck()


_TOLD = frozenset(
    stems(
        "has named a the said says drawn draws given gives stated states put puts step candidate something any"
    )
)


def triggered(standing: Standing, triggers: tuple[str, ...]) -> bool:
    """Whether something that a trigger of the pack speaks of was said or drawn: most content words of any one of them."""
    said = frozenset().union(
        *(stems(turn.text) for turn in standing.interview.transcript if turn.role == "candidate")
    )
    said |= frozenset().union(*(stems(box.label) for box in standing.interview.board.boxes))
    for trigger in triggers:
        wanted = stems(trigger) - _TOLD
        if wanted and len(wanted & said) / len(wanted) >= TRIGGERED:
            return True
    return not triggers


def _failures(standing: Standing) -> Iterator[Move]:
    last = standing.interview.last_move
    match last.move if last is not None else None:
        case InjectFailure(failure=str() as id, follow=False):
            told = next(one for one in standing.pack.scenario.failures if one.id == id)
            if "?" in told.inject and not _was_asked(
                standing, told.follow
            ):  # else it was asked along with it
                yield InjectFailure(failure=id, follow=True)
        case _:
            pass
    if not standing.baseline or not standing.is_due("reliability") and standing.used < 0.55:
        return
    injected = {
        made.move.failure for made in standing.interview.moves if isinstance(made.move, InjectFailure)
    }
    if len(injected) >= 2:
        return
    failures = standing.pack.scenario.failures
    for index in order(len(failures), standing.interview.begun.seed, "failure"):
        failure = failures[index]
        if (
            failure.id not in injected
            and not _was_asked(standing, failure.inject)
            and set(failure.moves) & standing.parts_named
            and triggered(standing, failure.trigger)
        ):
            yield InjectFailure(failure=failure.id)
    if not injected:
        yield InjectFailure()


def _challenges(standing: Standing) -> Iterator[Move]:
    made = {one.move.choice for one in standing.interview.moves if isinstance(one.move, ChallengeChoice)}
    if standing.interview.phase_index == 0 or len(made) >= 2:
        return
    decided = {
        claim.claim.of: claim.claim.noun
        for claim in standing.interview.claims
        if claim.claim.kind == "decision"
    }
    for choice in standing.pack.scenario.choices:
        if choice.id in decided and choice.id not in made:
            yield ChallengeChoice(choice=choice.id, name=decided[choice.id])
    if not made and standing.baseline and standing.used > 0.5:
        yield ChallengeChoice()


def _curveballs(standing: Standing) -> Iterator[Move]:
    if standing.made(ChangeRequirement) or standing.used < 0.4:
        return
    if not standing.baseline:
        if standing.used > 0.6:
            yield ChangeRequirement(small=True)
        return
    if not standing.is_due("scale") and standing.used < 0.5:
        return
    level = standing.interview.begun.level
    balls = [ball for ball in standing.pack.scenario.curveballs if ball.level == level]
    for index in order(len(balls), standing.interview.begun.seed, "curveball"):
        yield ChangeRequirement(curveball=balls[index].id)


def _boards(standing: Standing) -> Iterator[Move]:
    asked = {
        (made.move.lint, made.move.part)
        for made in standing.interview.moves
        if isinstance(made.move, ReadBoard)
    }
    if len(asked) >= 3 or not standing.heard:
        return
    for oddity in standing.interview.board.oddities:
        if oddity.label and (oddity.kind, oddity.box) not in asked:
            yield ReadBoard(lint=oddity.kind, part=oddity.box, name=oddity.label)


def _volunteers(standing: Standing) -> Iterator[Move]:
    over = standing.interview.phase_index > 0 or standing.phase_used >= 0.75
    refused = sum(isinstance(made.move, Redirect) for made in standing.interview.moves) >= 2
    if not over and not refused:
        return
    known = {given.fact for given in standing.interview.given}
    owed = [
        fact.id
        for fact in standing.pack.scenario.facts
        if fact.volunteer and fact.id not in known and not has_said(fact, standing.interview.transcript)
    ]
    if owed and not standing.made(Volunteer):
        yield Volunteer(facts=tuple(owed[:2]))


def _numbers(standing: Standing) -> Iterator[Move]:
    if standing.numbers_heard or not standing.is_due("estimate"):
        return
    if standing.interview.phase_index > standing.phase_index("estimate") or (
        standing.had_chance and standing.turns_here >= 2 and standing.phase_used >= 0.5
    ):
        yield AskForNumbers()


def _redirects(standing: Standing) -> Iterator[Move]:
    heard = standing.heard
    made = [one.move for one in standing.interview.moves if isinstance(one.move, Redirect)]
    if heard is None or len(made) >= 3:
        return
    early = standing.interview.phase_index == 0 and not standing.interview.given and not heard.asked
    tech = [move for move in made if move.why == "tech_first"]
    quantity = next((claim.noun for claim in heard.claims if claim.kind == "number"), None)
    products = any(claim.kind == "technology" for claim in heard.claims) or heard.has(Act.buzzwords)
    building = heard.has(Act.decides, Act.proposes, Act.buzzwords) and (products or bool(tech))
    if early and building and len(tech) < 2:
        yield Redirect(why="tech_first", rung=len(tech) + 1, name=quantity)
    yield from _wrong_side(standing, {move.why for move in made})
    if heard.has(Act.off_topic) and not any(move.why == "off_topic" for move in made):
        yield Redirect(why="off_topic")
    deep = _rabbit_hole(standing)
    if deep and not any(move.why == "rabbit_hole" for move in made):
        yield Redirect(why="rabbit_hole", name=deep)


_ABOUT_PEOPLE = re.compile(
    r"\b(?:customers?|people|persons?|user (?:journey|research|stor(?:y|ies)|experience|interviews?)|personas?|shoppers?|beginners?|families|screens?|buttons?|pages?|landing|onboarding|sign(?:ing)?[- ]?up|profiles?|favou?rites?|themes?|colou?rs?"
    r"|stickers?|emojis?|newsletters?|features?|mvp|nice to have|feels?|friendly|delight\w*|love|enjoy\w*|engag\w+|churn|come back|conversion|funnel|a/b|revenue|market\w*|pricing|subscription|feedback|survey|interviews?|product|usability|intuitive|tutorial|tour|menus?|tabs?|swip\w+)\b",
    re.I,
)
MOST_OF_PEOPLE = 6
WORDS_BETWEEN = 18
"""One word about people and screens in so many, and six in all, and it is a talk about the product."""


def _wrong_side(standing: Standing, steered: set[str]) -> Iterator[Move]:
    """Once their first turns have shown which kind of question they took it for, and it is the other one."""
    turns, interview = standing.interview.heard, standing.interview
    if not 3 <= len(turns) <= 8 or steered & {"wants_depth", "wants_users"}:
        return
    touched = {
        standing.pack.scenario.topic(id).feeds.criterion
        for id, state in standing.topics.items()
        if state.touched
    }
    said = " ".join(turn.text for turn in interview.transcript if turn.role == "candidate")
    named = sum(made.claim.kind == "technology" for made in interview.claims)
    if interview.begun.question is not Kind.distributed and named >= 4 and "cr.product" not in touched:
        yield Redirect(why="wants_users")
    worked_out = sum(len(state.slots) for state in standing.topics.values()) + len(interview.sums)
    people, words = len(_ABOUT_PEOPLE.findall(said)), len(said.split())
    about_people = people >= MOST_OF_PEOPLE and people >= words / WORDS_BETWEEN and worked_out <= 1
    if interview.begun.question is Kind.distributed and not named and words >= 60:
        if about_people or (not touched and turns[-1].words >= 40):
            yield Redirect(why="wants_depth")


def _rabbit_hole(standing: Standing) -> str | None:
    recent = standing.interview.heard[-3:]
    if len(recent) < 3 or standing.used > 0.8 or standing.baseline and standing.used < 0.3:
        return None
    topics = [{touch.topic for touch in heard.topics} for heard in recent]
    same = set.intersection(*topics)
    only = set.union(*topics)
    if len(same) == 1 and len(only) == 1 and all(heard.words > 60 for heard in recent):
        state = standing.topics[next(iter(same))]
        return next(iter(same)) if state.settled and state.spent <= 1 else None
    return None


def _walks(standing: Standing) -> Iterator[Move]:
    heard = standing.heard
    walked = standing.made(WalkOneObject)
    if (
        heard is None
        or len(walked) >= 2
        or standing.interview.phase_index == 0
        and not heard.has(Act.rambles)
    ):
        return
    if heard.has(Act.buzzwords, Act.rambles):
        noun = next(
            (claim.noun for claim in reversed(heard.claims) if claim.kind in ("part", "technology")), None
        )
        topic = _in_hand(standing)
        yield WalkOneObject(topic=topic.id if topic else None, own_up=heard.has(Act.rambles), name=noun)


def _parked(standing: Standing) -> tuple[str, ...]:
    parked = [made.move.topic for made in standing.interview.moves if isinstance(made.move, Park)]
    returned = {made.move.topic for made in standing.interview.moves if isinstance(made.move, ReturnTo)}
    return tuple(topic for topic in parked if topic not in returned)


def _returns(standing: Standing) -> Iterator[Move]:
    if standing.used < 0.7:
        return
    for topic in _parked(standing):
        since = [
            made.turn
            for made in standing.interview.moves
            if isinstance(made.move, Park) and made.move.topic == topic
        ]
        if len(standing.interview.transcript) - max(since) >= 4:
            yield ReturnTo(topic=topic, release=standing.topics[topic].settled)


def _summaries(standing: Standing) -> Iterator[Move]:
    flow = any(heard.has(Act.proposes, Act.decides) for heard in standing.interview.heard)
    if not standing.made(AskForSummary) and standing.used > 0.35 and (not flow or not standing.baseline):
        yield AskForSummary()


def _advances(standing: Standing) -> Iterator[Move]:
    interview = standing.interview
    if interview.last_phase:
        return
    wished = standing.wants_next
    if not wished and standing.phase_used < 0.4 and not (standing.heard and standing.heard.has(Act.done)):
        return
    if standing.turns_here == 0 and not wished and standing.phase_used < 1:
        return
    index = interview.phase_index + 1
    yield Advance(phase=interview.begun.phases[index].id, topic=_first_topic(standing, index))


def _first_topic(standing: Standing, index: int) -> str | None:
    for topic in standing.pack.scenario.topics:
        state = standing.topics[topic.id]
        if (
            standing.phase_index(topic.due) == index
            and not state.touched
            and not state.probes
            and state.spent == 0
            and not _was_asked(standing, topic.probes[0])
        ):
            return topic.id
    return None


def _nudges(standing: Standing) -> Iterator[Move]:
    if standing.heard is not None or standing.interview.wish:
        return
    row = 0
    for made in reversed(standing.interview.moves):
        if not isinstance(made.move, Nudge):
            break
        row += 1
    if row < 3:
        nouns = [
            made.claim.noun for made in standing.interview.claims if made.claim.kind in ("part", "technology")
        ]
        yield Nudge(step=row + 1, name=nouns[-1] if nouns else None, topic=standing.last_topic)


def _floor(standing: Standing) -> Iterator[Move]:
    yield GoOn()


_RULES: tuple[tuple[Rule, str], ...] = (
    (_answers, "nothing was asked of us"),
    (_disputes, "no fact was disputed"),
    (_figures, "no figure was said that the sheet has otherwise"),
    (_declines, "nothing was said that has to be declined"),
    (_helps, "no help was asked for, and nobody is stuck"),
    (_said_again, "nobody wants to hear our last words again"),
    (_asks_again, "our last question was answered, or has been asked twice"),
    (_consequences, "no answer stands that has a consequence to follow"),
    (_contradictions, "no two statements stand against each other"),
    (_sums, "no sum was said that needs to be heard again"),
    (_slots, "no topic that was raised has an empty slot left to ask for"),
    (_probes, "no due topic is open, or the candidate has not had room yet"),
    (_claims, "nothing named has a question of its own open"),
    (_part_questions, "no part was named that has not been asked about"),
    (_bottlenecks, "no design stands yet that could break, or two places were asked about"),
    (_failures, "no design stands yet that could fail, or two failures were injected"),
    (_challenges, "no choice was made that could be challenged"),
    (_curveballs, "a requirement has been changed, or there is nothing yet to change"),
    (_boards, "nothing odd is on the board"),
    (_volunteers, "the candidate still has room to ask, or the figures are on the table"),
    (_numbers, "sizes were given or asked for, or are not due"),
    (_redirects, "there is nothing to steer away from"),
    (_walks, "the last turn could be followed"),
    (_returns, "nothing is parked, or it is too early to come back"),
    (_summaries, "a flow has been described"),
    (_advances, "the phase has time left"),
    (_nudges, "the candidate has just spoken"),
    (_floor, ""),
)
