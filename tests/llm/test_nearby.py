"""Where a key may travel without TLS: this machine, a private network, and names that nobody outside knows."""

from __future__ import annotations

import pytest

from interviewer.llm.nearby import in_the_clear, is_nearby


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "127.0.0.1",
        "127.8.8.8",
        "::1",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.20",
        "fd12::1",
        "fe80::1%eth0",
        "studio.local",
        "Studio.Local.",
        "host.docker.internal",
        "gpu.lan",
        "box.home.arpa",
        "0.0.0.0",
        "169.254.3.4",
        "::ffff:127.0.0.1",
        "vllm",
        "ollama-1",
    ],
)
def test_a_machine_of_ones_own_is_near(host: str) -> None:
    assert is_nearby(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "api.example.com",
        "8.8.8.8",
        "172.15.0.1",
        "172.32.0.1",
        "192.169.0.1",
        "100.64.0.1",
        "2001:db8::1",
        "::ffff:8.8.8.8",
        "134744072",
        "0x08080808",
        "8.8",
        "local.example.com",
        "host.docker.internal.example.com",
        "10.0.0.1.example.com",
    ],
)
def test_a_machine_somewhere_in_the_world_is_not(host: str) -> None:
    assert not is_nearby(host)


@pytest.mark.parametrize(
    ("url", "clear"),
    [
        ("http://api.example.com/v1", True),
        ("HTTP://api.example.com/v1", True),
        ("http://8.8.8.8:8000/v1", True),
        ("https://api.example.com/v1", False),
        ("http://192.168.1.20:8000/v1", False),
        ("http://[::1]:8000/v1", False),
        ("http://me:you@api.example.com/v1", True),
        (None, False),
    ],
)
def test_only_http_into_the_world_is_in_the_clear(url: str | None, clear: bool) -> None:
    assert in_the_clear(url) is clear
