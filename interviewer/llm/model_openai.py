"""Every OpenAI-compatible endpoint, through the openai client: OpenAI, vLLM, llama.cpp, Ollama, LM Studio, gateways.

The client lends its request building, its errors and a transport that bears hundreds of streams; it retries nothing,
follows no redirect and heeds no proxy of the environment. The raw bytes are read by our acceptor, since the client's
own objects cost a third of a turn and take a cut-off stream for an answer (speed.md; wire.md 9.3).
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx2
import openai
from openai import AsyncOpenAI, DefaultAioHttpClient

from interviewer.errors import ModelBusy, ModelFault, ModelUnfit
from interviewer.llm.acceptor import Bounds, Delta, accepted
from interviewer.llm.frames import deltas_of, fault_in
from interviewer.llm.model import Piece, Prompt, request_of

MOST_CONNECTIONS = 1000
CONNECT_S = 5.0
MOST_OBJECTIONS = 4
"""So many settings an endpoint may object to before a call is given up."""
_CODES = {400: "bad_request", 401: "key_refused", 403: "key_refused", 404: "no_such_model", 413: "too_long"}


class OpenAIModel:
    """One model of one endpoint. What the endpoint objects to (a schema, a temperature, a seed) is left out from then on."""

    def __init__(self, name: str, base_url: str | None, key: str, bounds: Bounds) -> None:
        self.name = name
        self._bounds = bounds
        self._without: set[str] = set()
        self._client = AsyncOpenAI(
            api_key=key,
            base_url=base_url,
            max_retries=0,
            http_client=DefaultAioHttpClient(
                follow_redirects=False,
                trust_env=False,
                timeout=httpx2.Timeout(bounds.total_s, connect=min(CONNECT_S, bounds.first_s)),
                limits=httpx2.Limits(
                    max_connections=MOST_CONNECTIONS, max_keepalive_connections=MOST_CONNECTIONS
                ),
            ),
        )

    @property
    def address(self) -> str:
        """Where it answers."""
        return str(self._client.base_url)

    async def aclose(self) -> None:
        """Let its connections go."""
        await self._client.close()

    def stream(self, prompt: Prompt) -> AsyncIterator[Piece]:
        """The answer in pieces. Raises ModelFault."""
        return accepted(self._deltas(prompt), self._bounds)

    async def models(self) -> tuple[str, ...]:
        """The models that the endpoint names. Raises ModelFault."""
        try:
            return tuple([one.id async for one in self._client.models.list()])
        except openai.APIError as error:
            raise _fault(error) from error
        except ValueError as error:  # an answer that is no JSON
            raise ModelFault("malformed") from error

    async def _deltas(self, prompt: Prompt) -> AsyncGenerator[Delta]:
        for _ in range(MOST_OBJECTIONS):
            try:
                async with self._client.chat.completions.with_streaming_response.create(
                    **self._request(prompt)
                ) as response:
                    body = response.iter_bytes()
                    deltas = deltas_of(body, response.headers.get("content-type", ""))
                    async for delta in deltas:
                        yield delta
                return
            except openai.BadRequestError as error:
                if not self._heeded(error):
                    raise _fault(error) from error
            except openai.APIError as error:
                raise _fault(error) from error
            except httpx2.HTTPError as error:
                raise ModelBusy("connection_lost", type(error).__name__) from error
        raise ModelUnfit("bad_request")

    def _request(self, prompt: Prompt) -> dict[str, Any]:  # Any: the client's own keyword arguments
        body = request_of(prompt)
        request: dict[str, Any] = {
            "model": self.name,
            "messages": body["messages"],
            "stream": True,
            "temperature": prompt.temperature,
            "stream_options": {"include_usage": True},
        }
        official = "api.openai.com" in self.address
        request["max_completion_tokens" if official else "max_tokens"] = prompt.most_tokens
        if prompt.seed is not None:
            request["seed"] = prompt.seed
        if body["response_format"]:
            plain = {"type": "json_object"}
            request["response_format"] = plain if "json_schema" in self._without else body["response_format"]
        if "max_tokens" in self._without and "max_tokens" in request:
            request["max_completion_tokens"] = request.pop("max_tokens")
        return {name: value for name, value in request.items() if name not in self._without}

    def _heeded(self, error: openai.BadRequestError) -> bool:
        """Whether the endpoint objects to a setting that can be left out, which it is from now on."""
        told = error.message.lower()
        if ("json_schema" in told or "response_format" in told or "schema" in told) and (
            "response_format" not in self._without
        ):
            self._without.add("response_format" if "json_schema" in self._without else "json_schema")
            return True
        for name in ("temperature", "seed", "stream_options", "max_tokens"):
            if name in told and name not in self._without:
                self._without.add(name)
                return True
        return False


def _fault(error: openai.APIError) -> ModelFault:
    if isinstance(error, openai.APITimeoutError):
        return ModelBusy("silent")
    if isinstance(error, openai.APIConnectionError):
        return ModelBusy("unreachable")
    if not isinstance(error, openai.APIStatusError):
        return ModelFault("malformed", type(error).__name__)
    status = error.status_code
    if 300 <= status < 400:
        return ModelUnfit("redirected")
    told = fault_in(error.body or "")
    if told.code == "too_long":
        return told
    if status in (408, 409, 425, 429) or status >= 500:
        headers = error.response.headers
        return ModelBusy(
            f"status_{status}", retry_after_s=retry_after(headers.get("retry-after"), headers.get("date"))
        )
    return ModelUnfit(_CODES.get(status, f"status_{status}"))


def retry_after(header: str | None, sent: str | None = None) -> float | None:
    """Seconds that a Retry-After header asks for, None where it cannot be read. A date counts from `sent`, the sender's own."""
    if not header:
        return None
    with suppress(ValueError):
        seconds = float(header)
        return seconds if 0 <= seconds < float("inf") else None
    with suppress(ValueError, TypeError):
        return max(0.0, (_moment(header) - _moment(sent or "")).total_seconds())
    return None


def _moment(date: str) -> datetime:
    at = parsedate_to_datetime(date)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
