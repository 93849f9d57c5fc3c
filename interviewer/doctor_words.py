"""What the doctor says: a sentence for each fault of a model, and what to do about it.

Faults come as codes (errors.py); what a provider wrote about them is shown to nobody.
"""

from __future__ import annotations

import ipaddress
from pathlib import Path
from urllib.parse import urlsplit

from interviewer.errors import ModelFault
from interviewer.models import Where

USUAL_HOST = "api.openai.com"

_FAULTS = {
    "unreachable": (
        "Nothing answers there.",
        "Start the endpoint, or put its right address into INTERVIEWER_MODEL_URL.",
    ),
    "silent": (
        "It takes the call and says nothing.",
        "See whether it is busy or still loads the model; INTERVIEWER_MODEL_FIRST_S gives it longer.",
    ),
    "stalled": (
        "It stops in mid-answer.",
        "See whether it is overloaded; INTERVIEWER_MODEL_BETWEEN_S gives it longer pauses.",
    ),
    "key_refused": (
        "It refuses the key.",
        "Put a key that is good there into INTERVIEWER_MODEL_KEY, without quotes or spaces around it.",
    ),
    "no_such_model": (
        "It knows no such model, or nothing is at this path.",
        "Correct INTERVIEWER_MODEL, or the path in INTERVIEWER_MODEL_URL; most endpoints want /v1 at its end.",
    ),
    "bad_request": (
        "It objects to the request itself.",
        "See whether the model takes chat messages; models for embeddings, speech or pictures do not.",
    ),
    "redirected": (
        "It sends calls elsewhere, which is not followed.",
        "Put the address that it leads to into INTERVIEWER_MODEL_URL.",
    ),
    "not_a_stream": (
        "It answers with something that is no stream, such as a web page.",
        "Correct the path in INTERVIEWER_MODEL_URL; most endpoints want /v1 at its end.",
    ),
    "malformed": (
        "Its answer cannot be read.",
        "See whether INTERVIEWER_MODEL_URL is the address of an OpenAI-compatible endpoint.",
    ),
    "cut_off": (
        "Its answer breaks off without an end.",
        "See whether something between cuts the line, such as a proxy.",
    ),
    "connection_lost": ("The line breaks in mid-answer.", "See whether something between cuts it, such as a proxy."),
    "empty": (
        "It answers with nothing.",
        "Take another model, or see whether the endpoint uses the model's own chat template.",
    ),
    "all_thinking": (
        "It used up its room in thinking and said nothing.",
        "Take a model that thinks less, or lower its effort.",
    ),
    "no_credit": (
        "The account has no credit left.",
        "Look at the credit and the limits of the account at its provider.",
    ),
    "bad_address": (
        "It cannot be called at this address.",
        "Put its right address into INTERVIEWER_MODEL_URL, such as http://127.0.0.1:11434/v1.",
    ),
    "too_slow": (
        "It did not come to its end in twice the time that it has.",
        "Take a faster model, or raise INTERVIEWER_MODEL_TOTAL_S.",
    ),
    "error_told": ("It answers with an error.", "Look at the endpoint's own log."),
    "declined": ("It declines to count to ten.", "Take another model, or loosen the filter of its provider."),
    "called_a_tool": ("It calls a tool instead of answering.", "Take a model without tools of its own."),
    "flood": ("It answers without end.", "See whether the endpoint uses the model's own chat template."),
    "status_429": (
        "It has too many calls, or the account has no credit left.",
        "Wait, or look at the limits and the credit of the account.",
    ),
    "till_unavailable": (
        "What it costs cannot be kept, so it is not asked.",
        "See whether the disk of the data folder is full, or may not be written.",
    ),
    "switched_off": ("Models were switched off meanwhile.", "`interviewer model on` switches them on."),
    "budget_day_tokens": (
        "The limit of the day was reached meanwhile.",
        "Wait until midnight UTC, or raise INTERVIEWER_MODEL_DAY_TOKENS.",
    ),
    "budget_day_money": (
        "The limit of the day was reached meanwhile.",
        "Wait until midnight UTC, or raise INTERVIEWER_MODEL_DAY_MONEY.",
    ),
    "busy": ("It is too busy, or the account has no credit left.", "Wait, or look at the limits of the account."),
    "too_long": (
        "Even two lines are too long for it.",
        "Give the endpoint a longer context; an interview wants 16,000 tokens at least.",
    ),
}  # fmt: skip


NONE_SET = "No model is set up, so the offline interviewer leads interviews."


def how_to_set_up(env_file: Path) -> str:
    """What to write where for a first model, and where it was looked for."""
    there = "names none" if env_file.is_file() else "is not there"
    return (
        f"{env_file} {there}. For a model put INTERVIEWER_MODEL_KEY=… into it for OpenAI, "
        "or INTERVIEWER_MODEL and INTERVIEWER_MODEL_URL for an endpoint of your own."
    )


def fault_in_words(fault: ModelFault) -> tuple[str, str]:
    """What a fault means for the person who set the model up, and what helps."""
    if fault.code in _FAULTS:
        return _FAULTS[fault.code]
    if fault.code.startswith("status_5"):
        return f"It answers {fault.code[-3:]}: it is broken or not ready.", "Look at the endpoint's own log."
    return f"It fails ({fault.code}).", "Look at the endpoint's own log."


def host_of(where: Where) -> str:
    """Where a model answers: host and port, never a path, a name or a password. A provider's own name where it is one's."""
    if where.provider:
        return where.provider
    if where.url is None:
        return USUAL_HOST
    try:
        parts = urlsplit(where.url)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    return f"[{host}]{port}" if ":" in host else f"{host}{port}"


def is_local(where: Where) -> bool:
    """Whether it answers on this machine, so that nothing leaves it."""
    if where.url is None:
        return where.provider == "ollama"
    try:
        host = urlsplit(where.url).hostname or ""
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def wrong_with_address(url: str) -> tuple[str, str] | None:
    """What is wrong with an address as it is written, None where nothing is."""
    say = "Write it like http://127.0.0.1:11434/v1."
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return "The address cannot be read.", say
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return "The address has no http:// or https://, or no host.", say
    if parts.username or parts.password:
        return "The address holds a name or a password.", "Leave it out; the key has a line of its own."
    if parts.path.rstrip("/").endswith("/chat/completions"):
        return "The address goes one step too far.", "Leave /chat/completions off; /v1 is its end."
    if parts.query or parts.fragment:
        return "The address has something after its path.", say
    return None


def wrong_with_key(key: str) -> tuple[str, str] | None:
    """What is wrong with a key as it is written; nothing of it is told."""
    if not key.strip():
        return "The key is empty.", "Take the line out, or put the key behind it."
    if not key.isascii() or not key.isprintable() or " " in key or key[0] in "'\"":
        return (
            "The key holds a space, a quote or another sign that no key holds.",
            "Copy it anew, without anything around it.",
        )
    return None
