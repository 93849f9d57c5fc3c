"""The promise of a language model: a prompt becomes pieces of text, and an end that tells how it ended.

A stream that stops without its end was no answer: whoever promises this raises ModelFault instead (acceptor.py). The
twins at the bottom need no network: one says what it was told to, one replays what was recorded.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, Protocol, runtime_checkable

from interviewer.errors import ModelFault, ModelUnfit
from interviewer.llm.tape import Recorded, replies_in

Finish = Literal["stop", "length"]
_PLAIN = re.compile(r"[A-Za-z0-9_.-]{1,64}")


@dataclass(frozen=True)
class Message:
    """One message of a prompt."""

    role: Literal["system", "user", "assistant"]
    text: str


@dataclass(frozen=True)
class Prompt:
    """What a model is asked.

    `name` and `hash` tell which files of prompts/ it was made of. `schema` is the JSON Schema of the reply, where that is
    to be JSON. `session` is whose budget it is paid from, and `seed` makes repeats of the same prompt differ.
    """

    name: str
    messages: tuple[Message, ...]
    hash: str = ""
    schema: dict[str, Any] | None = None  # Any: a JSON Schema
    schema_name: str = "reply"
    most_tokens: int = 600
    temperature: float = 0.0
    seed: int | None = None
    session: str = ""

    def more(self, *messages: Message) -> Prompt:
        """The same with messages after it."""
        return replace(self, messages=(*self.messages, *messages))

    @property
    def whose(self) -> str:
        """The session as it may stand in a log: ids of transcripts are somebody else's, and may be anything."""
        return self.session if _PLAIN.fullmatch(self.session) else "-"

    def key(self) -> str:
        """sha256 over all that an answer may depend on: messages, schema and seed, not the model."""
        return request_key(request_of(self))


@dataclass(frozen=True)
class Usage:
    """Tokens of one call. `cached` are those of the prompt that the provider had already read."""

    prompt: int = 0
    completion: int = 0
    cached: int = 0
    estimated: bool = False

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.prompt + other.prompt,
            self.completion + other.completion,
            self.cached + other.cached,
            self.estimated or other.estimated,
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text; the last piece of an answer has `finish`, and the `usage` where it is known.

    One with `usage` and neither text nor `finish` tells what a call took that came to no good end. `by` names whoever
    said it, where that may be another than the one who was asked.
    """

    text: str
    finish: Finish | None = None
    usage: Usage | None = None
    by: str | None = None


class Model(Protocol):
    """Somebody who answers prompts."""

    @property
    def name(self) -> str:
        """What people may know it by, such as gpt-5-mini."""
        ...

    def stream(self, prompt: Prompt) -> AsyncGenerator[Piece]:
        """The answer in pieces, ended by one with `finish`; who leaves early closes it. Raises ModelFault."""
        ...


@runtime_checkable
class Several(Protocol):
    """A model that others stand in for."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all that may answer, the first one's first."""
        ...


@runtime_checkable
class Closes(Protocol):
    """A model that holds connections."""

    async def aclose(self) -> None:
        """Let them go."""
        ...


def names_of(model: Model) -> tuple[str, ...]:
    """The names of all that may answer where this model is asked."""
    return model.names if isinstance(model, Several) else (model.name,)


def request_of(prompt: Prompt) -> dict[str, Any]:  # Any: JSON
    """The parts of a request on the wire that an answer depends on, in the form of an OpenAI-compatible endpoint."""
    return {
        "messages": [
            {
                "role": one.role,
                "content": one.text.encode(errors="replace").decode(),
            }  # half a character has no bytes
            for one in prompt.messages
        ],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": prompt.schema_name, "strict": True, "schema": prompt.schema},
        }
        if prompt.schema
        else None,
        "seed": prompt.seed,
    }


def request_key(body: dict[str, Any]) -> str:  # Any: JSON
    """sha256 of messages, response format, tools and seed as canonical JSON: the key that recorded replies stand under."""
    seen = {name: body.get(name) for name in ("messages", "response_format", "tools", "tool_choice", "seed")}
    return hashlib.sha256(json.dumps(seen, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass
class Scripted:
    """A model that says what it was told to, in order; a fault in the script is raised. It keeps what it was asked."""

    replies: Sequence[str | ModelFault] | Callable[[Prompt], str | ModelFault]
    name: str = "scripted"
    asked: list[Prompt] = field(default_factory=list)

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Piece]:
        """The next reply, word by word."""
        self.asked.append(prompt)
        if callable(self.replies):
            reply = self.replies(prompt)
        elif len(self.asked) > len(self.replies):
            raise ModelUnfit("no_reply", "the script is at its end")
        else:
            reply = self.replies[len(self.asked) - 1]
        if isinstance(reply, ModelFault):
            raise reply
        for piece in _pieces(prompt, reply):
            yield piece


@dataclass
class Replayed:
    """A model that answers from a tape, by the key of what it is asked; what the tape lacks is a ModelUnfit."""

    tape: dict[str, Recorded]
    name: str = "replayed"

    @classmethod
    def of(cls, file: Path) -> Replayed:
        """The tape in a file. Raises OSError, and ValueError where the file holds something and no reply."""
        replies = replies_in(file)
        if not replies and file.read_bytes().strip():
            raise ValueError(f"{file} holds no replies.")
        return cls({one.key: one for one in replies})

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Piece]:
        """The recorded reply, word by word."""
        reply = self.tape.get(prompt.key())
        if reply is None:
            raise ModelUnfit("not_recorded", f"no reply for {prompt.name} {prompt.key()[:12]}")
        for piece in _pieces(prompt, reply.reply, reply.finish):
            yield piece


def estimated(prompt: Prompt, chars: int) -> Usage:
    """Tokens of an answer of so many characters, where nobody tells them: about four characters each."""
    return Usage(sum(len(one.text) for one in prompt.messages) // 4, chars // 4, estimated=True)


def _pieces(prompt: Prompt, reply: str, finish: Finish = "stop") -> list[Piece]:
    """A whole reply word by word, with its end."""
    *words, last = reply.split(" ")
    return [
        *(Piece(f"{word} ") for word in words),
        Piece(last),
        Piece("", finish, estimated(prompt, len(reply))),
    ]
