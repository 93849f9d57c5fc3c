"""The card of an interview that was held at this machine: made as the web server makes it, shown, and kept in files."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.markdown import Markdown
from rich.text import Text

from interviewer.assembly import Service, Wall, new_session_id
from interviewer.chair import seated
from interviewer.channels.chair import OFFLINE
from interviewer.coach.export import Format, export
from interviewer.errors import Conflict, NotFound
from interviewer.interview.events import CandidateRated, ScorecardIssued, ScorecardReady, SessionId
from interviewer.interview.scorecard import Scorecard
from interviewer.interview.state import fold
from interviewer.judges import judge
from interviewer.readers import readers_here
from interviewer.scoring.scorer import unscorable
from interviewer.session import Session
from interviewer.settings import Settings


async def card_here(
    session: Session, open_service: Service, settings: Settings, console: Console
) -> Scorecard:
    """The card of a session that has ended, kept and told of in its log once; a model that is set up reads along.

    Raises NotFound where the interview is forgotten meanwhile.
    """
    today, key = (lambda: Wall()().date()), (lambda: str(new_session_id()))
    async with readers_here(settings, open_service.log, today, key) as reader_of:
        if session.interview.card is None and (reader := await reader_of(session.id)) is not None:
            transcript, shelf = session.interview.as_transcript(), open_service.shelf
            if seated(settings)() != OFFLINE and not unscorable(transcript, shelf.rubric):
                told = f"{reader.model.name} reads the interview along with the rules, which may take a minute or two."
                console.print(Text(told, style="dim"), soft_wrap=True)
            card = await judge(transcript, shelf, reader)
            await _issue(card, session, open_service)
    return await open_service.card_of(session)


async def _issue(card: Scorecard, session: Session, open_service: Service) -> None:
    """Keep the card, whatever else was written into the log while it was made; one that is there by now wins."""
    while session.interview.card is None:
        try:
            await session.note(ScorecardIssued(card=card.to_json()), ScorecardReady())
        except Conflict:
            id = session.id
            session.interview = fold(await open_service.log.read(id))
            if not session.interview.head:
                raise NotFound(f"The interview {id} was forgotten, so it has no card.") from None


def hand_over(
    card: Scorecard,
    id: SessionId,
    data: Path,
    console: Console,
    format: Format,
    piped: bool,
    rated: CandidateRated | None = None,
) -> None:
    """Show the card, and keep it beside the interviews as JSON and as a page. `rated` is what they thought beforehand."""
    folder = data / "cards"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)  # what somebody said is theirs
    kept: list[Path] = []
    suffixes: tuple[tuple[Literal["json", "html"], str], ...] = (("json", "json"), ("html", "html"))
    for kind, suffix in suffixes:
        file = folder / f"{id}.{suffix}"
        file.write_text(export(card, kind, rated), encoding="utf-8")
        kept.append(file)
    if piped or format != "markdown":
        console.file.write("\n" + export(card, format, rated))
    else:
        console.print(Markdown(export(card, "markdown", rated)))
    console.print(Text(f"Kept as {kept[1]}", style="dim"), soft_wrap=True)
