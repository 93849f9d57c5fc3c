"""Every OpenAI-compatible endpoint, through the openai client: OpenAI, vLLM, llama.cpp, Ollama, LM Studio, gateways.

The client lends its request building, its errors and a transport that bears hundreds of streams; it retries nothing,
follows no redirect and heeds no proxy of the environment. The raw bytes are read by our acceptor, since the client's
own objects cost a third of a turn and take a cut-off stream for an answer (speed.md; wire.md 9.3).
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing
from typing import Any, cast

import aiohttp
import httpx2
import openai
from openai import AsyncOpenAI, DefaultAioHttpClient

from interviewer.errors import ModelBusy, ModelFault, ModelUnfit
from interviewer.llm.acceptor import Bounds, Delta, accepted
from interviewer.llm.frames import MOST_LINE, deltas_of
from interviewer.llm.model import Piece, Prompt, request_of
from interviewer.llm.objections import names_setting, names_shape, told_the_shape
from interviewer.llm.refusals import fault_of_status

MOST_CONNECTIONS = 1000
CONNECT_S = 5.0
_OPTIONAL = ("temperature", "seed", "stream_options", "max_tokens", "max_completion_tokens")
"""Settings that an endpoint may object to, and be asked without; a schema may be objected to twice (as any JSON, at all)."""
_FAILURES = (
    openai.OpenAIError,
    httpx2.HTTPError,
    httpx2.InvalidURL,
    aiohttp.ClientError,
    OSError,
    UnicodeError,
)
"""Whatever the client and the transports below it raise: not all of it is mapped by the client."""


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
                event_hooks={"response": [_within_reason]},
                trust_env=False,
                timeout=httpx2.Timeout(bounds.total_s, connect=min(CONNECT_S, bounds.first_s)),
                limits=httpx2.Limits(
                    max_connections=MOST_CONNECTIONS, max_keepalive_connections=MOST_CONNECTIONS
                ),
            ),
        )

    @property
    def refused(self) -> frozenset[str]:
        """What the endpoint has objected to so far: `json_schema`, `response_format`, `temperature` and the like."""
        return frozenset(self._without)

    @property
    def address(self) -> str:
        """Where it answers."""
        return str(self._client.base_url)

    async def aclose(self) -> None:
        """Let its connections go."""
        await self._client.close()

    def stream(self, prompt: Prompt) -> AsyncGenerator[Piece]:
        """The answer in pieces. Raises ModelFault."""
        return accepted(self._deltas(prompt), self._bounds)

    async def models(self) -> tuple[str, ...]:
        """The models that the endpoint names. Raises ModelFault."""
        try:
            names = [one.id async for one in self._client.models.list()]
        except _FAILURES as error:
            raise _fault(error) from None
        except (ValueError, AttributeError, TypeError):  # an answer that is no list of models
            raise ModelFault("malformed") from None
        if not all(
            isinstance(one, str) for one in names
        ):  # the client builds its objects from whatever it is given
            raise ModelFault("malformed")
        return tuple(names)

    async def _deltas(self, prompt: Prompt) -> AsyncGenerator[Delta]:
        # the request goes as it is: checked against the client's types it takes as long as half of the call
        for _ in range(len(_OPTIONAL) + 3):
            request = self._request(prompt)
            try:
                async with (
                    self._client.chat.completions.with_streaming_response.create(
                        model=self.name, messages=(), stream=True, extra_body=request
                    ) as response,
                    aclosing(cast(AsyncGenerator[bytes], response.iter_bytes())) as body,
                    aclosing(deltas_of(body, response.headers.get("content-type", ""))) as deltas,
                ):
                    async for delta in deltas:
                        yield delta
                return
            except _FAILURES as error:
                fault = _fault(error)
                if fault.code != "bad_request" or not self._heeded(str(error).lower(), request):
                    raise fault from None  # the client's own errors hold the provider's words
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
            request["response_format"] = body["response_format"]
            if "json_schema" in self._without:
                request["response_format"] = {"type": "json_object"}
                request["messages"] = told_the_shape(body["messages"], prompt.schema)
        if "max_tokens" in self._without and "max_tokens" in request:
            request["max_completion_tokens"] = request.pop("max_tokens")
        return {name: value for name, value in request.items() if name not in self._without}

    def _heeded(self, told: str, request: dict[str, Any]) -> bool:  # Any: the client's own keyword arguments
        """Whether the endpoint objects to a setting of this request that can be left out, which it is from now on."""
        shape = request.get("response_format")
        if shape and names_shape(told):
            self._without.add("json_schema" if shape["type"] == "json_schema" else "response_format")
            return True
        for name in _OPTIONAL:
            if name in request and names_setting(told, name):
                self._without.add(name)
                return True
        return False


async def _within_reason(response: httpx2.Response) -> None:
    """The body of a refusal is read whole by the client, however long it is."""
    if response.status_code >= 300 and isinstance(response.stream, httpx2.AsyncByteStream):
        response.stream = _Short(response.stream)


class _Short(httpx2.AsyncByteStream):
    """A body that ends in an error where it grows beyond all use."""

    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for part in self._stream:
            size += len(part)
            if size > MOST_LINE:
                raise httpx2.ReadError("a refusal without end")
            yield part

    async def aclose(self) -> None:
        await self._stream.aclose()


def _fault(error: Exception) -> ModelFault:
    if isinstance(error, openai.APIStatusError):
        return fault_of_status(error.status_code, error.body or error.message, error.response.headers)
    causes = tuple(_causes(error))
    name = type(causes[-1]).__name__

    def was(*kinds: type[BaseException]) -> bool:
        return any(isinstance(one, kinds) for one in causes)

    if was(httpx2.UnsupportedProtocol, httpx2.InvalidURL, aiohttp.InvalidURL):
        return ModelUnfit("bad_address", name)
    if was(UnicodeError):
        return ModelUnfit("bad_request", name)
    if was(aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, httpx2.ConnectError):
        return ModelBusy("unreachable", name)
    if was(aiohttp.ServerTimeoutError):
        return ModelBusy("silent", name)
    if was(aiohttp.ClientResponseError, httpx2.DecodingError, openai.APIResponseValidationError):
        return ModelFault("malformed", name)
    return ModelBusy("connection_lost", name)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__
