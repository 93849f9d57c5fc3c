"""`interviewer people …`: who may sign in to the server, and the links that let them in.

The accounts, and the store under them, are loaded by the command that needs them.
"""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from interviewer.auth import Role
from interviewer.cli_options import Data, settings_of
from interviewer.settings import Settings

if TYPE_CHECKING:
    from interviewer.people import Link

people_app = typer.Typer(no_args_is_help=True, help="Who may sign in to the server.")

Url = Annotated[
    str | None, typer.Option(help="The server's address for the link, where it is not the usual one.")
]


@people_app.command("add")
def add_person(
    name: Annotated[str, typer.Argument(help="What they are called.")],
    role: Annotated[
        Role,
        typer.Option(help="A candidate sees their own interviews; a coach reads and reviews everybody's."),
    ] = Role.candidate,
    url: Url = None,
    data: Data = None,
) -> None:
    """Add somebody, and print the link that lets them in."""
    from interviewer import people

    settings = settings_of(data, None)
    _print_link(asyncio.run(people.add_person(settings, name, role, url or _usual_address(settings))))


@people_app.command("link")
def print_link(
    who: Annotated[str, typer.Argument(help="Their name, or owner.")] = "owner",
    url: Url = None,
    data: Data = None,
) -> None:
    """Print a new link that signs somebody in."""
    from interviewer import people

    settings = settings_of(data, None)
    _print_link(asyncio.run(people.link_for(settings, who, url or _usual_address(settings))))


@people_app.command("list")
def list_people(data: Data = None) -> None:
    """Who may sign in, and as what."""
    from interviewer import people

    table = Table("name", "roles", "since", "id")
    for one in asyncio.run(people.everybody(settings_of(data, None))):
        roles = ", ".join(role.value for role in Role if one.may(role))
        table.add_row(Text(one.name), roles, f"{one.created_at:%Y-%m-%d}", one.id)
    Console().print(table)


@people_app.command("sign-out")
def sign_out(who: Annotated[str, typer.Argument(help="Their name.")], data: Data = None) -> None:
    """End all sign-ins, tokens and unused links of somebody."""
    from interviewer import people

    account = asyncio.run(people.sign_out_everywhere(settings_of(data, None), who))
    sys.stdout.write(f"{account.name} is signed out everywhere.\n")


def _usual_address(settings: Settings) -> str:
    from interviewer.serve import last_address

    return last_address(settings)


def _print_link(link: Link) -> None:
    sys.stdout.write(f"{link.address}\n")
    sys.stderr.write(f"It signs {link.account.name} in, once, {link.lives}.\n")
