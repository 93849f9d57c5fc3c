"""One minute at the keyboard between the interview and its card: how somebody thinks it went, asked as the page asks it."""

from __future__ import annotations

from prompt_toolkit import PromptSession
from rich.console import Console
from rich.text import Text

from interviewer.interview.events import CandidateRated

LEVELS = ("below", "mid", "senior", "staff")
"""The levels that somebody may think they have shown; the first is below mid."""

ASKED = {
    "best": "The best part",
    "worst": "The worst part",
    "level": f"Which level did it show ({', '.join(LEVELS)})",
    "next_time": "Next time I will",
}


async def look_back(console: Console) -> CandidateRated:
    """What they think before the card says anything. Enter passes a question, Ctrl-C or Ctrl-D all that are left."""
    console.print(Text("Before the card: how do you think it went? (Enter passes.)", style="bold"))
    prompt: PromptSession[str] = PromptSession(interrupt_exception=EOFError)
    said: dict[str, str] = {}
    try:
        for field, what in ASKED.items():
            answer = (await prompt.prompt_async(f"{what}: ")).strip()
            while field == "level" and answer.lower() not in ("", *LEVELS):
                console.print(Text(f"  It is one of {', '.join(LEVELS)}. Enter passes.", style="dim"))
                answer = (await prompt.prompt_async(f"{what}: ")).strip()
            said[field] = answer.lower() if field == "level" else answer
    except EOFError:
        pass
    return CandidateRated.model_validate(said)
