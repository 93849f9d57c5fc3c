"""The script of a move: which lines say it, in which order, from the pack or from a purpose of the phrases.

A purpose may carry named slots after a bar: `redirect_tech_again|number=15 services`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import assert_never

from interviewer.dialogue.lines import Line
from interviewer.interview.asked_before import asked_before
from interviewer.interview.chance import pick
from interviewer.interview.heard import Act
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
)
from interviewer.interview.pack import Scenario, Topic
from interviewer.interview.questions import asks_to_ask
from interviewer.interview.standing import Standing
from interviewer.interview.state import MoveMade

MOST_SPAN_WORDS = 14
SOON_S = 240.0
"""With more of it left nothing is said of how little time there is."""
_SENTENCE = re.compile(r"[^.!?]*[.!?]+['\"”]?(?=\s|$)|[^.!?]+$")


@dataclass(frozen=True)
class Script:
    """`body` is lines and purposes in order, `bridge` a purpose said before them, `figures` lines whose numbers are ours to say."""

    body: tuple[Line | str, ...]
    bridge: str | None = None
    figures: tuple[str, ...] = ()


def script_for(move: Move, standing: Standing, enters: str | None = None) -> Script:
    """The script of any move; `enters` is the phase that it takes the interview into, if any."""
    body = tuple(_body(move, standing))
    lines = tuple(
        text for piece in body if isinstance(piece, Line) for text in (piece.say, piece.otherwise or "")
    )
    bridge = f"bridge_{enters}" if enters and not isinstance(move, Close) else None
    return Script(body, bridge, lines)


def purpose_of(piece: str) -> tuple[str, dict[str, str]]:
    """The purpose that a piece of a script names, and the values it gives to slots."""
    purpose, _, named = piece.partition("|")
    return purpose, dict(pair.split("=", 1) for pair in named.split("|") if "=" in pair)


def _body(move: Move, standing: Standing) -> list[Line | str]:
    scenario = standing.pack.scenario
    match move:
        case Open():
            return [Line(scenario.brief), "open_rules"]
        case AnswerQuestions():
            return _answers(move, scenario, standing)
        case OffSheet(shared=shared):
            return _shared(shared, standing) or [Line(_varied(scenario.off_sheet, standing, "off sheet"))]
        case DeferToCandidate(fact=fact):
            return [Line(scenario.fact(fact).say)]
        case Volunteer(facts=facts):
            return [Line(scenario.fact(fact).volunteer or scenario.fact(fact).say) for fact in facts]
        case DisputeFact(fact=fact):
            return ["dispute", Line(scenario.fact(fact).say)]
        case SettleFigure(fact=fact, turn=turn, start=start, end=end):
            span = standing.interview.transcript[turn - 1].text[start:end].replace("|", " ")
            return [f"settle_figure|span={span}", Line(scenario.fact(fact).say), "settle_figure_ask"]
        case RestateBrief():
            return [Line(scenario.brief_again)]
        case Park():
            return ["park"]
        case ReturnTo(topic=topic, release=release):
            return ["release"] if release else ["return_to", *_next_question(scenario.topic(topic), standing)]
        case AskForNumbers():
            return ["ask_numbers"]
        case CheckArithmetic():
            return _sum_check(move, standing)
        case Probe():
            return _probe(move, scenario.topic(move.topic))
        case ProbeClaim(probe=probe, name=name, follow=follow):
            library_probe = next(one for one in standing.pack.library.probes if one.id == probe)
            if follow and library_probe.then:
                return [Line(library_probe.then)]
            if name is None:  # what they named has no name of its own, and another thing's would not fit
                return [Line(library_probe.else_ or library_probe.say)]
            return [Line(library_probe.say, library_probe.else_, _named(name))]
        case ProbeBottleneck(bottleneck=None):
            return ["bottleneck_open"]
        case ProbeBottleneck(bottleneck=id):
            spot = next(one for one in scenario.bottlenecks if one.id == id)
            return [Line(spot.probe, spot.else_)]
        case InjectFailure(failure=None):
            return ["failure_open"]
        case InjectFailure(failure=id, follow=follow):
            failure = next(one for one in scenario.failures if one.id == id)
            return (
                [Line(failure.follow)]
                if follow
                else [Line(failure.inject), Line(failure.follow)]
                if "?" not in failure.inject
                else [Line(failure.inject)]
            )
        case ChallengeChoice(choice=None):
            return ["challenge_open"]
        case ChallengeChoice(choice=id, name=name):
            choice = next(one for one in scenario.choices if one.id == id)
            return [Line(choice.say, choice.else_, _named(name, "choice", "store"))]
        case PressContradiction(contradiction=id):
            pair = next(one for one in scenario.contradictions if one.id == id)
            return [Line(pair.say, pair.else_)]
        case ChangeRequirement(curveball=None):
            return ["curveball_small"]
        case ChangeRequirement(curveball=id):
            return [Line(next(one for one in scenario.curveballs if one.id == id).say)]
        case ReadBoard(lint=lint, name=name):
            return [f"board_{lint}|name={name}"]
        case PartQuestion(part=part, name=name):
            return [Line(next(one for one in scenario.parts if one.id == part).must_ask, named=_named(name))]
        case Hint(topic=topic, rung=rung):
            return [
                "hint_lead",
                Line(next(one.say for one in scenario.topic(topic).hints if one.rung == rung)),
            ]
        case Redirect():
            return [_redirect(move)]
        case WalkOneObject(own_up=own_up, name=name):
            if own_up:
                return [f"own_up|name={name}" if name else "own_up"]
            return [f"walk_name|name={name}" if name else "walk"]
        case FindOut():
            return ["find_out"]
        case SmallerQuestion(number=number):
            return ["smaller_question", f"smaller_sum|what={_sum_in_words(number, standing)}"]
        case Decline(why="language"):
            last = standing.said_last
            return ["decline_language", *([Line(words_of(last, standing))] if last else [])]
        case Decline(why=why):
            return [f"decline_{why}"]
        case AskAgain() if move.wish:
            return _said_again(move, standing)
        case AskAgain(topic=topic, slot=slot):
            if topic and slot:
                return [
                    "again",
                    Line(scenario.topic(topic).slot(slot).ask, scenario.topic(topic).slot(slot).else_),
                ]
            return ["again", "again_open"]
        case Nudge(step=1):
            return ["nudge_presence"]
        case Nudge(step=2, name=name):
            return [f"nudge_noun|name={name}" if name else "nudge_noun"]
        case Nudge():
            return ["nudge_easier"]
        case GoOn():
            if standing.heard and standing.heard.has(Act.needs_time):
                return ["take_time"]
            return ["ask_away" if asks_to_ask(_heard_last(standing)) else "go_on"]
        case Advance(phase=phase, topic=topic):
            if topic:
                chosen = scenario.topic(topic)
                return [Line(chosen.probes[0], _at(chosen.probe_else, 0))]
            return [f"phase_open_{phase}"]
        case AskForSummary():
            return ["summary"]
        case Close(step=1):
            words = scenario.close[0]
            return [Line(words if standing.left_s <= SOON_S else _without_time(words))]
        case Close(step=2):
            return [Line(scenario.close[1])]
        case Close():
            return ["goodbye"]
        case _ as never:
            assert_never(never)


def _heard_last(standing: Standing) -> str:
    last = standing.interview.transcript[-1]
    return last.text if last.role == "candidate" else ""


def _said_again(move: AskAgain, standing: Standing) -> list[Line | str]:
    """The same once more, or a wording of it that has not been said; of a wide question its first open part."""
    scenario = standing.pack.scenario
    if move.topic and move.slot:
        slot = scenario.topic(move.topic).slot(move.slot)
        return ["said_plainer", Line(slot.ask, slot.else_)]
    last = next((made for made in standing.interview.moves if made.turn == move.of_turn), None)
    if last is None:
        return ["again_open"]
    said, body = words_of(last, standing), _body(last.move, standing)
    if move.wish == "plainer":
        if all(isinstance(piece, str) for piece in body):  # a purpose has other lines that say the same
            return ["said_plainer", *body]
        for piece in body:
            if isinstance(piece, Line) and piece.otherwise and piece.otherwise != said:
                if not asked_before(piece.otherwise, standing.interview.transcript):
                    return ["said_plainer", Line(piece.otherwise)]
    return ["said_again", Line(said)]


def words_of(made: MoveMade, standing: Standing) -> str:
    """What we said there, without what only led up to it: as many sentences from its end as the pack's lines have."""
    if isinstance(made.move, Open):
        return standing.pack.scenario.brief_again
    text = standing.interview.transcript[made.turn - 1].text
    count = 0
    for piece in reversed(_body(made.move, standing)):
        if not isinstance(piece, Line):
            break
        count += len(_SENTENCE.findall(piece.say))
    sentences = _SENTENCE.findall(text)
    return " ".join(one.strip() for one in sentences[-count:]) if 0 < count < len(sentences) else text


def _answers(move: AnswerQuestions, scenario: Scenario, standing: Standing) -> list[Line | str]:
    body: list[Line | str] = [Line(scenario.fact(fact).say) for fact in move.facts]
    body += _shared(move.shared, standing)
    if move.left_over:
        # Their questions stand before them; cut down to nouns they make no sentence ("about keep and own word").
        body.append(Line(scenario.batch.left_over.replace("{left_over}", "the rest")))
    elif move.off_sheet:
        body.append("off_sheet_rest")
    return body


def _shared(id: str | None, standing: Standing) -> list[Line | str]:
    """The line of off_sheet.yaml with this id, nothing where there is none."""
    return [Line(fact.say) for fact in standing.pack.library.shared_facts if fact.id == id]


def _varied(lines: tuple[str, ...], standing: Standing, purpose: str) -> str:
    said = " ".join(turn.text for turn in standing.interview.transcript if turn.role == "interviewer")
    fresh = [line for line in lines if line not in said] or list(lines)
    return fresh[pick(len(fresh), standing.interview.begun.seed, purpose, len(standing.interview.moves))]


def _probe(move: Probe, topic: Topic) -> list[Line | str]:
    match move.using:
        case "probe":
            return [Line(topic.probes[move.rung], _at(topic.probe_else, move.rung))]
        case "slot":
            slot = topic.slot(move.slot or "")
            return [Line(slot.ask, slot.else_)]
        case "then":
            return [Line(topic.then[move.rung].say, topic.then[move.rung].else_)]


def _next_question(topic: Topic, standing: Standing) -> list[Line | str]:
    state = standing.topics[topic.id]
    for slot in topic.slots:
        fresh = not asked_before(slot.ask, standing.interview.transcript)
        if fresh and slot.id not in state.slots | state.slots_asked:
            return [Line(slot.ask, slot.else_)]
    return ["again_open"]


def _sum_check(move: CheckArithmetic, standing: Standing) -> list[Line | str]:
    if move.step == 2:
        return ["check_sum_input"]
    span = standing.interview.transcript[move.turn - 1].text[move.start : move.end].strip(" .,;")
    fits = span and len(span.split()) <= MOST_SPAN_WORDS and "|" not in span and "?" not in span
    return [f"check_sum|span={span}" if fits else "check_sum_else"]


def _redirect(move: Redirect) -> str:
    match move.why:
        case "tech_first" if move.rung == 1:
            return "redirect_tech"
        case "tech_first":
            return f"redirect_tech_again|number={move.name}" if move.name else "redirect_tech_again_else"
        case "rabbit_hole":
            return "redirect_rabbit_hole"
        case "off_topic":
            return "redirect_off_topic"
        case "wants_depth":
            return "redirect_depth"
        case "wants_users":
            return "redirect_users"


def _sum_in_words(number: str | None, standing: Standing) -> str:
    """The figures that a sum takes, as far as they were given: "links per month and bytes per link"."""
    scenario = standing.pack.scenario
    formula = next((one.formula for one in scenario.numbers if one.id == number), "")
    given = {one.fact for one in standing.interview.given}
    names = [
        name
        for fact in scenario.facts
        if fact.id in given
        for name in fact.values
        if re.search(rf"\b{name}\b", formula)
    ]
    return " and ".join(name.replace("_", " ") for name in names[:3])


def _named(name: str | None, *slots: str) -> tuple[tuple[str, str], ...]:
    """What the move knows the thing by, for each slot that may stand for it."""
    return tuple((slot, name) for slot in ("name", *slots)) if name else ()


def _at(lines: tuple[str, ...], index: int) -> str | None:
    return lines[index] or None if index < len(lines) else None


def _without_time(words: str) -> str:
    """A closing question without its word about the time, for whoever wants to end while there is plenty of it."""
    return words.partition(". ")[2] or words
