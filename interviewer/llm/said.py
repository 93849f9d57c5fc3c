"""What somebody said, as it stands in a prompt: between marks that nobody outside can guess, with look-alikes made harmless.

The code of a mark is an HMAC of what names the place (session, turn, call), so that it differs from turn to turn and is
the same on replay: the beginning of a prompt stays the same from call to call, which provider caches need.
"""

from __future__ import annotations

import hashlib
import hmac
import re

TRIAL_KEY = b"a fixed key, for tests and replays"
_LIKE_A_MARK = re.compile(r"\[\s*(/?)\s*said\s*:", re.I)
_LIKE_A_ROLE = re.compile(
    r"<\|?/?(?:im_start|im_end|system|assistant|user|desk|s|inst|start_of_turn|end_of_turn)[^>\n]{0,20}>|\[/?INST\]",
    re.I,
)


def code_of(key: bytes, *place: object) -> str:
    """Ten hexadecimal figures for a place."""
    return hmac.new(key, "\0".join(map(str, place)).encode(), hashlib.sha256).hexdigest()[:10]


def marked(text: str, code: str) -> str:
    """The text between its marks."""
    return f"[said:{code}]\n{harmless(text)}\n[/said:{code}]"


def harmless(text: str) -> str:
    """The text with nothing in it that could pass for a mark of ours or a model's own delimiters."""
    text = _LIKE_A_MARK.sub(r"(\1said:", text)
    return _LIKE_A_ROLE.sub(
        lambda match: match.group().replace("<", "‹").replace(">", "›").replace("[", "("), text
    )
