"""Rows and transcripts made by hand, where a test says what was observed instead of observing it."""

from __future__ import annotations

from dataclasses import replace

from interviewer.interview.ledger import Absent, Credit, Opportunity, Quoted, Turn
from interviewer.interview.rubric import CandidateLevel, Criterion, Gates, Item, Kind, Tier
from interviewer.interview.scorecard import Scorecard
from interviewer.interview.transcript import Transcript
from interviewer.scoring.findings import FlagFinding, Observed
from interviewer.scoring.scorer import score
from tests.builders import a_pack

SAID = " ".join(f"word{n} and what follows from it," for n in range(60))


def a_row(item: str, credit: str = "unprompted", p: float = 0.9, start: int = 0, **fields: object) -> Quoted:
    """A quote of turn 2 that supports an item."""
    quote = SAID[start : start + 20]
    return Quoted.model_validate(
        {
            "subject": item, "polarity": "supports", "turn": 2, "start": start, "end": start + 20, "quote": quote,
            "observer": "signs:1", "credit": Credit(credit), "p": p, **fields,
        }
    )  # fmt: skip


def a_certificate(subject: str) -> Absent:
    return Absent(
        subject=subject,
        window=("clarify", "wrap"),
        searched_turns=(2,),
        opportunity=Opportunity(candidate_words=360, asked_by_interviewer=True, asked_in=(1,)),
        observer="flags:1",
        p=0.9,
    )


def a_flag(
    id: str, p: float = 0.95, status: str = "confirmed", how: str | None = None, start: int = 40
) -> FlagFinding:
    row = a_row(id, p=p, start=start, polarity="against", observer="flags:1")
    return FlagFinding(id, status, how, (2,), p, (row,), "As quoted.")  # type: ignore[arg-type]  # the literals


def a_transcript(kind: str = "h", level: str = "senior", said: str = SAID, **fields: object) -> Transcript:
    turns = (
        Turn(n=1, role="interviewer", text="Design it.", phase="clarify"),
        Turn(n=2, role="candidate", text=said, phase="clarify"),
        Turn(n=3, role="interviewer", text="And how does it all hold together?", phase="wrap"),
        Turn(n=4, role="candidate", text="By its keys.", phase="wrap"),
    )
    made = Transcript("t", "url-shortener", Kind(kind), CandidateLevel(level), "hybrid", turns)
    return replace(made, **fields)  # type: ignore[arg-type]  # fields of the transcript


def a_card(
    *items: Quoted,
    flags: tuple[FlagFinding, ...] = (),
    asked: tuple[str, ...] = (),
    transcript: Transcript | None = None,
) -> Scorecard:
    """The card of what was observed, by the rubric that ships."""
    pack = a_pack()
    observed = Observed(items, flags, tuple((id, 3) for id in asked))
    return score(transcript or a_transcript(), pack.rubric, pack.scenario, observed, "sha256:test")


def level_of(card: Scorecard, criterion: str) -> int | None:
    return next(one.level for one in card.criteria if one.id == criterion)


def a_criterion(must: int = 2, good: int = 3, rare: int = 1, **gates: int) -> Criterion:
    """A criterion with so many items of each tier, named must-0, good-0, rare-0 and so on."""
    items = [
        Item(id=f"{tier}-{n}", tier=Tier(tier), text=f"{tier} {n}", advice="Do it.")  # type: ignore[arg-type]  # str for its NewType
        for tier, count in (("must", must), ("good", good), ("rare", rare))
        for n in range(count)
    ]
    weights = dict.fromkeys(Kind, 2)
    return Criterion(
        id="cr.x", name="X", weights=weights, question="?", anchors={}, items=tuple(items),  # type: ignore[arg-type]  # str for its NewType
        gates=Gates.model_validate({"three": 2, **gates}), sources=("000",),
    )  # fmt: skip
