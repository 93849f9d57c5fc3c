"""The pages as files: what a browser may keep, what it gets for an address, and what it never gets."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from interviewer.channels.problems import tell_problems
from interviewer.channels.web_files import serve_web

PAGE = "<!doctype html><title>Interviewer</title>"
A_PERSON = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A small build, beside a file that is nobody's business."""
    folder = tmp_path / "web"
    for name, text in (
        ("index.html", PAGE),
        ("boot.js", "boot()"),
        ("assets/main-1a2b.js", "main()"),
        ("assets/main-1a2b.js.br", "packed by brotli"),
        ("assets/main-1a2b.js.gz", "packed by gzip"),
        ("excalidraw/fonts/Virgil/Virgil.woff2", "font"),
        (".vite/manifest.json", "{}"),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (folder / "assets" / "link.txt").symlink_to(tmp_path / "secret.txt")
    return folder


def an_app(folder: Path) -> FastAPI:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)

    @app.get("/v1/me")
    async def me() -> dict[str, str]:
        return {"name": "owner"}

    tell_problems(app)
    serve_web(app, folder)
    return app


@pytest.fixture
async def browser(built: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with a_browser(built) as client:
        yield client


def a_browser(folder: Path) -> httpx.AsyncClient:
    headers = {**A_PERSON, "Accept-Encoding": "identity"}
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(an_app(folder)), base_url="http://127.0.0.1", headers=headers
    )


@pytest.mark.parametrize(
    "path", ["/", "/sign-in", "/coach/agreement", "/interviews/0af3/card", "/index.html"]
)
async def test_every_address_a_person_may_type_gives_the_page(browser: httpx.AsyncClient, path: str) -> None:
    answer = await browser.get(path)
    assert (answer.status_code, answer.text) == (200, PAGE)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "/v1/nothing",
        "/v1",
        "/assets/main-9z9z.js",
        "/assets/",
        "/excalidraw/fonts/Nothing.woff2",
        "/favicon.ico",
        "/metrics",
    ],
)
async def test_what_is_no_page_and_is_not_there_is_not_found(browser: httpx.AsyncClient, path: str) -> None:
    answer = await browser.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/assets/..%2f..%2fsecret.txt",
        "/assets/..%5c..%5csecret.txt",
        "/assets/link.txt",
        "/.vite/manifest.json",
        "/assets/%00",
        "/assets/" + "a" * 5000,
    ],
)
async def test_nothing_outside_of_the_build_and_nothing_hidden_is_served(
    browser: httpx.AsyncClient, path: str
) -> None:
    answer = await browser.get(path, headers={"Accept": "*/*"})
    assert answer.status_code == 404
    assert "secret" not in answer.json()["detail"]


async def test_a_file_with_a_hash_in_its_name_is_kept_for_good(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/assets/main-1a2b.js")
    assert (answer.text, answer.headers["content-type"]) == ("main()", "text/javascript; charset=utf-8")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert (await browser.get("/boot.js")).headers["cache-control"] == "no-cache"
    font = await browser.get("/excalidraw/fonts/Virgil/Virgil.woff2")
    assert (font.headers["content-type"], font.headers["cache-control"]) == (
        "font/woff2",
        "public, max-age=86400",
    )


@pytest.mark.parametrize(
    ("accepts", "encoding", "length"),
    [
        ("gzip, deflate, br", "br", 16),
        ("gzip", "gzip", 14),
        ("gzip;q=0.5", "gzip", 14),
        ("identity", None, 6),
    ],
)
async def test_what_the_build_has_packed_is_served_packed(
    browser: httpx.AsyncClient, accepts: str, encoding: str | None, length: int
) -> None:
    answer = await browser.head("/assets/main-1a2b.js", headers={"Accept-Encoding": accepts})
    assert answer.headers.get("content-encoding") == encoding
    assert int(answer.headers["content-length"]) == length
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"


async def test_a_program_that_wants_no_page_gets_none(browser: httpx.AsyncClient) -> None:
    assert (await browser.get("/sign-in", headers={"Accept": "application/json"})).status_code == 404


async def test_routes_come_first_and_keep_their_own_refusals(browser: httpx.AsyncClient) -> None:
    assert (await browser.get("/v1/me")).json() == {"name": "owner"}
    assert (await browser.put("/v1/me")).status_code == 405
    assert (await browser.post("/sign-in")).status_code == 404
    assert (await browser.head("/")).status_code == 200


async def test_without_a_build_the_page_says_what_to_do(tmp_path: Path) -> None:
    async with a_browser(tmp_path / "nowhere") as browser:
        answer = await browser.get("/")
        assert answer.status_code == 503
        assert "make run" in answer.text
        assert (await browser.get("/assets/main.js")).status_code == 404
