"""Finished interviews: a scripted candidate against the real interviewer in memory, with the card that was issued."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

from interviewer.interview.events import CandidateRated, ScorecardIssued, ScorecardReady, Stored
from interviewer.judges import judge
from tests.builders import a_session, a_shelf, script


@lru_cache(maxsize=4)
def a_finished_log(candidate: str = "url-shortener-strong") -> tuple[Stored, ...]:
    """The whole log of an interview that has its card."""
    with ThreadPoolExecutor(1) as apart:  # a test may have a loop of its own
        return apart.submit(lambda: asyncio.run(_held(candidate))).result()


async def _held(candidate: str) -> tuple[Stored, ...]:
    held = await a_session(candidate.rpartition("-")[0], id="first")
    await held.say(*script(candidate))
    if not held.session.interview.ended:
        await held.session.end()
    await held.session.rate(CandidateRated(best="Numbers", level="senior", next_time="Ask first."))
    card = await judge(held.session.interview.as_transcript(), a_shelf())
    await held.session.note(ScorecardIssued(card=card.to_json()), ScorecardReady())
    return tuple(await held.events())
