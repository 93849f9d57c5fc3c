"""What takes a sentence's meaning away: denying it, supposing it, placing it in another job, asking it, handing it over."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from interviewer.interview.chance import pick

_NOT_TWICE = re.compile(
    r"n't\b|\b(?:not|no|never|nobody|nothing|none|neither|without|cannot)\b", re.IGNORECASE
)


_INTENDS = re.compile(
    r"^(?:I'd|I would|I'll|I will|we'd|we would|we'll|we will|I'm going to)\b", re.IGNORECASE
)


def denied(say: str, seed: int) -> str:
    """The sentence denied: at its own verb where it says what they would do, else before all of it."""
    if found := _INTENDS.match(say.strip()):
        return f"I wouldn't{say.strip()[found.end() :]}"
    frames = (
        "I wouldn't say that {0}",
        "It's not the case that {0}",
        "I don't want this at all: {0}",
        "I'm not going to claim that {0}",
        "No, I wouldn't do it like this: {0}",
    )
    return _framed(frames, say, seed, "denied")


def supposed(say: str, seed: int) -> str:
    """As something that might be done, in another world."""
    frames = (
        "If we were a much bigger company I might say: {0} But we aren't, so I leave it.",
        "Suppose somebody wanted to, then perhaps {0} I haven't decided anything, though.",
        "One could imagine, in theory, that {0} I'm not proposing it.",
    )
    return _framed(frames, say, seed, "supposed")


def elsewhere(say: str, seed: int) -> str:
    """As what was done in another job."""
    frames = (
        "At my last company it was like this: {0} Here I haven't thought about it yet.",
        "In my old job we did it this way, {0} That was another system, though.",
        "Three years ago, at the bank where I worked, the rule was: {0} For this one I don't know.",
    )
    return _framed(frames, say, seed, "elsewhere")


def quoted(say: str, seed: int) -> str:
    """As somebody else's words."""
    frames = (
        'My old boss used to tell everybody: "{1}" I never found out whether he was right.',
        "There's a blog post that says \"{1}\" and I haven't made up my mind about it.",
        'Some people would tell you, "{1}" I\'m not one of them.',
    )
    return _framed(frames, say, seed, "quoted")


def asked(say: str, seed: int) -> str:
    """As a question to us, answered by nobody."""
    frames = (
        "Would you want me to say that {0}?",
        "Do people really do that, I mean, {0}?",
        "Is it a good idea in your opinion that {0}?",
    )
    return _framed(frames, say.rstrip(" .!?"), seed, "asked")


SWAPS: Mapping[str, Callable[[str, int], str]] = {
    "negation": denied,
    "hypothetical": supposed,
    "past": elsewhere,
    "question": asked,
    "quotation": quoted,
}


MOST_WORDS = 22
_OWN_FRAME = re.compile(
    r"^(?:if|when|suppose|unless|so|and|but|then|now|okay|ok|um|well|let me|let's)\b", re.IGNORECASE
)


def is_plain(say: str) -> bool:
    """Whether a sentence can be put into these frames: one statement, not long, no question, no frame, nothing denied."""
    return (
        not re.search(r'[.!;:?"=>]', say.strip().rstrip("."))
        and len(say.split()) <= MOST_WORDS
        and not _NOT_TWICE.search(say)
        and not _OWN_FRAME.match(say.strip())
    )


def _framed(frames: tuple[str, ...], say: str, seed: int, what: str) -> str:
    text = say.strip()
    ends = frames[0].endswith("?") or text.endswith((".", "!"))
    text = text if ends else f"{text}."
    first = text.split(maxsplit=1)[0] if text else ""
    inner = text if first[:1] == "I" and len(first) <= 4 or first.isupper() else text[:1].lower() + text[1:]
    return frames[pick(len(frames), seed, what, say)].format(inner, text)
