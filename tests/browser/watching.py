"""What no page may ever do, listened for while a test runs: complain, ask another host, or meet a broken server."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, ConsoleMessage, Error, Request, Response, WebError

TELL = "addEventListener('securitypolicyviolation', e => console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI))"


@dataclass
class Watch:
    """The complaints of all pages of a context. What `allow` names is expected by the test and left out."""

    home: str
    complaints: list[str] = field(default_factory=list)
    allowed: list[re.Pattern[str]] = field(default_factory=list)

    async def over(self, context: BrowserContext) -> None:
        """Listen to every page of this context from now on."""
        await context.add_init_script(TELL)
        context.on("console", self._console)
        context.on("weberror", self._thrown)
        context.on("request", self._asked)
        context.on("response", self._answered)

    def allow(self, *patterns: str) -> None:
        """Complaints in which one of these patterns is found are part of the test."""
        self.allowed += map(re.compile, patterns)

    def left(self) -> list[str]:
        """The complaints that no test asked for."""
        return [one for one in self.complaints if not any(allowed.search(one) for allowed in self.allowed)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning", "assert"):
            place = message.location.get("url", "")
            self.complaints.append(f"console {message.type}: {message.text} ({place})")

    def _thrown(self, thrown: WebError) -> None:
        error: Error = thrown.error
        self.complaints.append(f"thrown: {error.message}\n{error.stack}")

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != urlsplit(self.home).netloc:
            self.complaints.append(f"outside: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.complaints.append(f"broken: {response.status} {response.url}")
