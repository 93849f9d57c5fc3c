"""A coach's events folded onto the card as issued: the card that holds now. The issued card is never altered.

Evidence and item states come first, then flags; levels follow from both by the scorer's own gates and caps, and a level
that a coach has set stands above them. Only criteria that were touched are judged anew, so that a card made by an older
rubric keeps the rest as it was.
"""

from __future__ import annotations

from collections.abc import Iterable

from interviewer.coach.acts import Act, acts_of
from interviewer.coach.last_words import last_words
from interviewer.coach.rejudged import Rejudged
from interviewer.coach.review import issued_card
from interviewer.interview.events import Stored
from interviewer.interview.pack import Scenario
from interviewer.interview.rubric import CandidateLevel, Rubric
from interviewer.interview.scorecard import (
    FlagResult,
    Override,
    Scorecard,
)
from interviewer.scoring.judging import (
    severity_in,
)


def current_card(
    issued: Scorecard, events: Iterable[Stored], rubric: Rubric, scenario: Scenario | None = None
) -> Scorecard:
    """The card with every change applied and listed in `overrides`. Without changes it is the issued card itself.

    With the `scenario`, what to fix first keeps its stronger answers where it changes.
    """
    events = tuple(events)
    acts = tuple(act for act in acts_of(issued, events) if act.kind != "dismissed")
    if not acts:
        return issued
    overrides = issued.overrides + tuple(_override(act) for act in acts)
    words = last_words(issued, events)
    changed = Rejudged(issued, words, rubric, scenario).card()
    return changed.model_copy(update={"overrides": overrides})


def card_now(events: Iterable[Stored], rubric: Rubric, scenarios: Iterable[Scenario]) -> Scorecard | None:
    """The card of a whole log as it holds now, None where there is none yet. A scenario may be known no more."""
    events = tuple(events)
    issued = issued_card(events)
    if issued is None:
        return None
    scenario = next((one for one in scenarios if one.id == issued.scenario), None)
    return current_card(issued, events, rubric, scenario)


def _override(act: Act) -> Override:
    to: object = act.quote if act.kind == "evidence_added" else act.to
    return Override(
        target=act.target, from_=act.was, to=to, by=act.by, reason=act.reason, at=act.at.isoformat()
    )


def at_level(
    issued: Scorecard,
    events: Iterable[Stored],
    rubric: Rubric,
    level: CandidateLevel,
    scenario: Scenario | None = None,
) -> Scorecard:
    """The same evidence seen as another level's: what would hold had the candidate been interviewed for that."""
    events = tuple(events)
    flags = tuple(_weighed(flag, rubric, scenario, level) for flag in issued.flags)
    lens = issued.model_copy(update={"level": level.value, "flags": flags})
    return Rejudged(lens, last_words(issued, events), rubric, scenario, everywhere=True).card()


def _weighed(
    flag: FlagResult, rubric: Rubric, scenario: Scenario | None, level: CandidateLevel
) -> FlagResult:
    known = next((one for one in rubric.flags if one.id == flag.id), None)
    if known is None:
        return flag
    return flag.model_copy(update={"severity": severity_in(known, scenario, level, rubric)})
