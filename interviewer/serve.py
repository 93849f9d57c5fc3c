"""What `interviewer serve` and `interviewer worker` do: take a port, tell the address, and end in good order.

Whoever owns the machine signs in by a link that is printed here and works once. A signal lets sockets and answers end
first; a second one ends at once. What was said is durable in any case.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import socket
import sys
import webbrowser
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import uvicorn
from rich.console import Console
from rich.text import Text

from interviewer.app import SOCKET_OPTIONS, drain, listening_socket, make_app
from interviewer.assembly import serving
from interviewer.channels.access import LOOPBACK
from interviewer.channels.service import Service
from interviewer.errors import BadInput
from interviewer.people import owners_link
from interviewer.settings import Settings

PORTS_TRIED = 20
DRAIN_S = 4.0
CLOSE_S = 5.0


ADDRESS = "address.txt"
"""Where in the data folder it stands under which address they are served, for the links that are made beside it."""


@dataclass(frozen=True)
class Asked:
    """How to serve. `exactly` forbids another port than the one in the settings; `works` runs the worker as well."""

    exactly: bool
    works: bool
    opens: bool


async def serve_here(settings: Settings, asked: Asked) -> None:
    """Serve until a signal comes. Raises BadInput where the port cannot be had, PackFault, NewerData."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    listener = listen(settings.host, settings.port, asked.exactly)
    hosts = settings.hosts | {settings.host}  # the name it was told to serve on is one of its own
    with listener:
        async with serving(settings.model_copy(update={"hosts": hosts})) as service:
            gc.collect()
            gc.freeze()  # packs and rubric stay for good, so no later collection need look through them
            address = address_of(settings, listener.getsockname()[1])
            app = make_app(service, worker=asked.works)
            config = uvicorn.Config(
                app,
                **SOCKET_OPTIONS,
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=int(CLOSE_S),
            )
            opening: list[asyncio.Task[bool]] = []

            async def ready() -> None:
                (settings.data / ADDRESS).write_text(address, encoding="utf-8")
                _tell(settings, service, address, await owners_link(service, address), asked)
                if asked.opens:
                    link = await owners_link(
                        service, address
                    )  # a link works once, and the one above is for people
                    opening.append(asyncio.create_task(asyncio.to_thread(webbrowser.open, link)))

            await _Server(config, ready, lambda: drain(app, within_s=DRAIN_S)).serve([listener])


async def work_here(settings: Settings) -> None:
    """Work off what servers on the same data leave to be done, until a signal comes; unfinished work is given back."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    async with serving(settings) as service:
        gc.collect()
        gc.freeze()
        loop = asyncio.get_running_loop()
        work = asyncio.ensure_future(service.work())
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, work.cancel)
        _console().print(
            Text(f"Working on the interviews in {settings.data}. Ctrl-C stops it."), soft_wrap=True
        )
        await asyncio.wait([work])
        if not work.cancelled():
            work.result()


def address_of(settings: Settings, port: int) -> str:
    """The address that people type: the public one where it is set, else this machine's."""
    if settings.public_url:
        return settings.public_url.rstrip("/")
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def last_address(settings: Settings) -> str:
    """The address under which these interviews are served, or were when they last were; the usual one before that."""
    try:
        served = (settings.data / ADDRESS).read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        served = ""
    return address_of(settings, settings.port) if settings.public_url or not served else served


def listen(host: str, port: int, exactly: bool) -> socket.socket:
    """A socket that listens: at `port`, or unless it must be `exactly` that one, at the next free one. Raises BadInput."""
    ports = [port] if exactly or port == 0 else range(port, min(port + PORTS_TRIED, 65536))
    reason = ""
    for one in ports:
        try:
            return _bound(host, one)
        except OSError as error:
            reason = error.strerror or str(error)
    where = f"{host}:{ports[0]}" if len(ports) == 1 else f"{host}, ports {ports[0]} to {ports[-1]}"
    raise BadInput(f"Cannot serve on {where}: {reason}. Say --port with another one.")


def _bound(host: str, port: int) -> socket.socket:
    listener = listening_socket(host, port)
    try:
        listener.listen(128)  # of two that are bound at the same moment only one can listen
    except OSError:
        listener.close()
        raise
    return listener


class _Server(uvicorn.Server):
    """Uvicorn's server, which tells when it answers, lets sockets end before it does, and takes a signal for no fault."""

    def __init__(
        self,
        config: uvicorn.Config,
        ready: Callable[[], Awaitable[None]],
        before: Callable[[], Awaitable[object]],
    ) -> None:
        super().__init__(config)
        self._ready = ready
        self._before = before

    def handle_exit(self, sig: int, frame: object) -> None:
        """The first signal ends in good order, the second at once."""
        self.force_exit, self.should_exit = self.should_exit, True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        await self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._before()
        await super().shutdown(sockets)


INTERVIEWERS: Mapping[str, str] = {"offline": "the offline interviewer: rules and written lines, no model"}


def _tell(settings: Settings, service: Service, address: str, link: str, asked: Asked) -> None:
    out = _console()

    def line(text: str, style: str = "") -> None:
        out.print(Text(text, style=style), soft_wrap=True)

    if not settings.public_url and not asked.exactly and f":{settings.port}" not in address and settings.port:
        line(f"Port {settings.port} is taken, so this is another one.", "dim")
    line(f"Serving at {address}", "bold")
    line("")
    line(f"  Sign in      {link}")
    elsewhere = "" if settings.data == Settings().data else f" --data {settings.data}"
    line("               This link works once, within 15 minutes. For another one:")
    line(f"               interviewer people link owner{elsewhere}")
    by = service.chair.seated()
    line(f"  Interviewer  {INTERVIEWERS.get(by, by)}")
    line(f"  Kept in      {settings.data}")
    if not asked.works:
        line("  Answers      none from here: interviewer worker gives them")
    if settings.host not in LOOPBACK and not address.startswith("https:"):
        line("  Mind         other machines can reach this, and nothing is encrypted on the way")
    line("")
    line("Ctrl-C stops it. An interview under way can be gone on with afterwards.")
    out.file.flush()


def _console() -> Console:
    return Console(file=sys.stdout, highlight=False)
