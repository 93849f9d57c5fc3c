"""Whether the candidate had a fair interview: what was offered and when, what never came up, and who led."""

from __future__ import annotations

from interviewer.interview.ledger import Credit
from interviewer.interview.pack import Scenario
from interviewer.interview.rubric import Rubric
from interviewer.interview.scorecard import Fairness, LeadShare, NeverAsked, Offer
from interviewer.interview.transcript import Transcript
from interviewer.scoring.findings import Observed
from interviewer.scoring.judging import Judged


def fairness_of(transcript: Transcript, rubric: Rubric, observed: Observed) -> Fairness:
    """What was asked about and when, what was not, minutes by phase, and our own failed turns."""
    names = {
        criterion.id: criterion.name
        for criterion in rubric.criteria
        if criterion.weights.get(transcript.kind, 0)
    }
    offered = tuple(
        Offer(what=names[id], turn=turn, minute=transcript.turn(turn).minute)  # type: ignore[index]  # str against its NewType
        for id, turn in observed.asked
        if id in names
    )
    seen = {id for id, _ in observed.asked}
    return Fairness(
        offered=offered,
        not_offered=tuple(name for id, name in names.items() if id not in seen),
        our_failed_turns=transcript.our_failed_turns,
        minutes_by_topic=_minutes_by_phase(transcript),
    )


def _minutes_by_phase(transcript: Transcript) -> dict[str, float]:
    spent: dict[str, float] = {}
    for turn, following in zip(transcript.turns, transcript.turns[1:], strict=False):
        if turn.minute is not None and following.minute is not None and turn.phase:
            spent[turn.phase] = spent.get(turn.phase, 0.0) + max(0.0, following.minute - turn.minute)
    return {phase: round(minutes, 1) for phase, minutes in spent.items()}


def lead_share_of(judged: tuple[Judged, ...]) -> LeadShare | None:
    """How many of the things that were met the candidate brought up unprompted; None where nothing was met."""
    credits = [item.credit for one in judged if one.levelled for item in one.items if item.state == "met"]
    if not credits:
        return None
    return LeadShare(
        opened_by_candidate=sum(credit is Credit.unprompted for credit in credits), of=len(credits)
    )


def never_asked_of(transcript: Transcript, scenario: Scenario | None) -> tuple[NeverAsked, ...]:
    """Lines of the hidden sheet that the candidate never asked for."""
    if scenario is None or transcript.foreign:
        return ()  # somebody else's interview had another sheet
    asked = {given.fact for given in transcript.given if given.asked}
    return tuple(NeverAsked(fact=fact.id, say=fact.say) for fact in scenario.facts if fact.id not in asked)
