"""Beginning an interview at a server, or finding the one to go on with.

The interview lives on the server. Leaving the terminal, or losing the network, loses nothing of it.
"""

from __future__ import annotations

from typing import Literal, cast

from rich.console import Console
from rich.text import Text

from interviewer.assembly import new_seed, new_session_id
from interviewer.channels.resources import NewSession
from interviewer.channels.screen import minutes
from interviewer.client import Client
from interviewer.errors import BadInput, NotFound
from interviewer.interview.phases import TYPED_PACE, Pace
from interviewer.practise import Chosen, choose
from interviewer.remote.talk import Talk

LENGTHS = (15, 30, 45, 60)


async def practise_remote(
    url: str, token: str | None, chosen: Chosen, resume: bool = False, session: str | None = None
) -> None:
    """An interview at the server `url`: a new one, or with `resume` the one named, else the latest that has not ended.

    Raises Unavailable where the server does not answer, NotSignedIn, NotFound, BadInput.
    """
    if not token:
        raise BadInput(
            "A server wants a token: --token, or INTERVIEWER_TOKEN. `interviewer token` makes one."
        )
    console = Console(highlight=False)
    async with Client(url, token, chance=_chance, new_id=new_session_id) as client:
        id = await (_to_resume(client, session) if resume else _begun(client, chosen, console))
        await Talk(client, id, console, chosen, resume).hold()


def _chance() -> float:
    return new_seed() / 2**31


async def _begun(client: Client, chosen: Chosen, console: Console) -> str:
    if chosen.pace_s is not None:
        raise BadInput("A server's clock is a real one: --pace spoken or typed.")
    if chosen.minutes is not None and chosen.minutes not in LENGTHS:
        raise BadInput(f"At a server an interview takes {', '.join(map(str, LENGTHS))} minutes.")
    if chosen.scenario is None:
        titles = {one.id: one.title for one in (await client.scenarios()).items}
        chosen = choose(titles, chosen, console)
    begun = await client.start(
        NewSession(
            scenario=chosen.scenario or "",
            level=chosen.level.value,
            mode=chosen.mode.value,
            plan=chosen.plan,
            minutes=cast(Literal[15, 30, 45, 60] | None, chosen.minutes and int(chosen.minutes)),
            pace=(chosen.pace or Pace.typed).value,
            seed=chosen.seed,
        )  # fmt: skip
    )
    console.print(Text(begun.title, style="bold"))
    length = begun.minutes * (TYPED_PACE if begun.pace == Pace.typed else 1)
    what = f"{begun.level} · {begun.mode} · {minutes(60 * length)} minutes · {begun.plan} plan · at {client.base_url}"
    console.print(Text(f"{what} · /help lists the commands.", style="dim"), soft_wrap=not console.is_terminal)
    return begun.id


async def _to_resume(client: Client, session: str | None) -> str:
    if session is not None:
        return (await client.session(session)).id
    unfinished = [one for one in (await client.sessions(mine=True)).items if one.state != "ended"]
    if not unfinished:
        raise NotFound("There is no unfinished interview at this server.")
    return max(unfinished, key=lambda one: one.last_at).id
