"""An endpoint for each test that wants one, and a model that is checked to have let go of everything afterwards."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from langchain_openai.chat_models._client_utils import _cached_async_httpx_client

from interviewer.llm.acceptor import Bounds
from interviewer.llm.model_langchain import LangChainModel
from interviewer.llm.model_openai import OpenAIModel
from tests.llm.endpoint import Endpoint, serving
from tests.llm.reading import BOUNDS

KEY = "sk-nobody-may-read-this"
Adapter = OpenAIModel | LangChainModel


@pytest.fixture(autouse=True)
def no_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here is encrypted, and reading the world's certificates anew costs 25 ms a client."""
    monkeypatch.setattr(ssl.SSLContext, "load_verify_locations", lambda *_, **__: None)


@pytest.fixture
async def endpoint() -> AsyncIterator[Endpoint]:
    """One fake endpoint."""
    async with serving() as served:
        yield served


@pytest.fixture
async def second() -> AsyncIterator[Endpoint]:
    """Another one: a fallback, or a place that must not be reached."""
    async with serving() as served:
        yield served


@pytest.fixture
async def openai_at(endpoint: Endpoint) -> AsyncIterator[Callable[..., OpenAIModel]]:
    """Makes models at an address; the endpoint's where none is given. In the end nothing of them may be left."""
    made: list[OpenAIModel] = []

    def make(
        url: str | None = None, bounds: Bounds = BOUNDS, name: str = "fake", key: str = KEY
    ) -> OpenAIModel:
        made.append(OpenAIModel(name, url or endpoint.url, key, bounds))
        return made[-1]

    yield make
    await endpoint.settled()
    for one in made:
        await one.aclose()
    await endpoint.deserted()
    await no_task_is_left(endpoint)


@pytest.fixture(params=["openai", "langchain"])
async def adapter_with(
    request: pytest.FixtureRequest, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Callable[[Bounds], Adapter]]:
    """Makes each of the two adapters in turn, at the endpoint. In the end nothing of it may be left."""
    closing: list[Callable[[], Awaitable[None]]] = []
    monkeypatch.setenv("OPENAI_API_BASE", endpoint.url)

    def make(bounds: Bounds) -> Adapter:
        if request.param == "openai":
            model = OpenAIModel("fake", endpoint.url, KEY, bounds)
            closing.append(model.aclose)
            return model
        other = LangChainModel("openai:fake", KEY, bounds)
        closing.append(other._chat.root_async_client.close)  # type: ignore[attr-defined]  # LangChain closes nothing
        return other

    yield make
    await endpoint.settled()
    for close in closing:
        await close()
    _cached_async_httpx_client.cache_clear()  # a later endpoint may have the same port, and the client is closed
    await endpoint.deserted()
    await no_task_is_left(endpoint)


@pytest.fixture
def adapter(adapter_with: Callable[[Bounds], Adapter]) -> Adapter:
    """Each of the two adapters in turn, with deadlines that are not missed."""
    return adapter_with(BOUNDS)


async def no_task_is_left(endpoint: Endpoint) -> None:
    """Whatever was started for an answer has ended."""
    for _ in range(20):
        left = asyncio.all_tasks() - {asyncio.current_task()} - endpoint.connections
        if not left:
            return
        await asyncio.sleep(0.005)
    raise AssertionError(f"still running: {left}")
