"""A model that reads along, served on loopback by a thread: for commands that have a loop of their own."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from interviewer.llm.model import Message, Prompt, request_key
from tests.scoring.reading import Reply, a_reply


@dataclass
class Endpoint:
    """A model served on loopback, and the requests that it got. It answers `told`, as in `a_reply`.

    `on_tape` is what it answered, as a tape.
    """

    told: dict[str, Reply] = field(default_factory=dict)
    url: str = ""
    asked: list[dict[str, object]] = field(default_factory=list)
    on_tape: list[str] = field(default_factory=list)
    status: int = 200

    def answer(self, body: dict[str, object]) -> dict[str, object]:
        """A whole answer to a request."""
        self.asked.append(body)
        messages: list[dict[str, str]] = body["messages"]  # type: ignore[assignment]  # as the client sends it
        prompt = Prompt("", tuple(Message(one["role"], one["content"]) for one in messages))  # type: ignore[arg-type]  # its role
        reply = a_reply(prompt, self.told)
        row = {"key": request_key(body), "messages": messages, "reply": reply}
        self.on_tape.append(json.dumps(row))
        return {
            "choices": [
                {"index": 0, "message": {"role": "assistant", "content": reply}, "finish_reason": "stop"}
            ],
            "usage": {"prompt_tokens": 90, "completion_tokens": 10, "total_tokens": 100},
        }


@contextmanager
def served(told: dict[str, Reply], own: Endpoint | None = None) -> Iterator[Endpoint]:
    """The endpoint, answering; one of the caller's own, where it does more than answer."""
    endpoint = own or Endpoint(told)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            answer = json.dumps(endpoint.answer(body)).encode()
            self.send_response(endpoint.status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    endpoint.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield endpoint
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
