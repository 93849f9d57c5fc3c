"""Cards to show: those of the labelled interviews, made once, and one made by hand that has every section."""

from __future__ import annotations

import asyncio
from functools import lru_cache

from interviewer.interview.scorecard import Amount, EstimateResult, Scorecard
from interviewer.interview.transcript import Transcript
from interviewer.judges import judge
from interviewer.transcripts import read_transcript
from tests.builders import FIXTURES, a_pack, a_shelf
from tests.scoring.rows import a_card, a_flag, a_row, a_transcript

TRANSCRIPTS = [file.stem for file in sorted((FIXTURES / "transcripts" / "dev").glob("dev-??.json"))]


@lru_cache(maxsize=64)
def a_card_of(name: str) -> tuple[Transcript, Scorecard]:
    """A labelled interview and its card."""
    transcript = read_transcript(FIXTURES / "transcripts" / "dev" / f"{name}.json", a_shelf())
    return transcript, asyncio.run(judge(transcript, a_shelf()))


@lru_cache(maxsize=1)
def a_full_card() -> Scorecard:
    """A card with something in every section."""
    rubric = a_pack().rubric
    flags = [flag.id for flag in rubric.flags if flag.type == "said" and "h" in flag.kinds]
    found = (
        a_flag(flags[0]),
        a_flag(flags[1], status="recovered", how="self", start=80),
        a_flag(flags[2], p=0.5, start=120),
    )
    items = [
        a_row(item.id, start=5 * place) for place, item in enumerate(rubric.criterion("cr.framing").items)
    ]
    card = a_card(*items, flags=found, asked=("cr.api",), transcript=a_transcript(foreign=False))
    sum_ = EstimateResult(
        turn=2, start=0, end=5, text="word0", claimed=Amount(value=4, unit="1/s"),
        recomputed=Amount(value=2, unit="1/s"), ratio=2.0, verdict="off", formula="2",
    )  # fmt: skip
    return card.model_copy(update={"estimates": (sum_,), "overall": 2.5})
