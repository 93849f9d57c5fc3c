"""What somebody said, as it stands in a prompt: between marks that nobody outside can guess, with look-alikes made harmless.

The code of a mark is an HMAC of what names the place (session, turn, call), so that it differs from turn to turn and is
the same on replay: the beginning of a prompt stays the same from call to call, which provider caches need.
"""

from __future__ import annotations

import hashlib
import hmac
import re

TRIAL_KEY = b"a fixed key, for tests and replays"
_UNSEEN = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)
_LIKE_A_MARK = re.compile(r"[\[［【]\s*([/／]?)\s*said\s*[:：]", re.I)
_LIKE_A_PICK = re.compile(r"^([ \t]*)MOVE(?=[ \t]+#?\d)", re.M)
_NAMES = (
    r"(?:im_start|im_end|system|assistant|user|human|desk|s|sys|inst|bos|eos|pad|unk|think|thinking|analysis|final|tool|tools|tool_calls?|tool_response|tool_results?"
    r"|function_calls?|function_results?|invoke|start_of_turn|end_of_turn|start_header_id|end_header_id|eot_id|begin_of_text|end_of_text|endoftext|endofprompt)"
)
_LIKE_A_ROLE = re.compile(
    rf"[<＜]\s*[|｜][^<>\n]{{0,40}}[>＞]|[<＜]{{1,2}}\s*[/／]?\s*{_NAMES}\b[^<>\n]{{0,20}}[>＞]{{1,2}}"
    r"|[\[［]\s*[/／]?\s*(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS)\s*[\]］]",
    re.I,
)
_LIKE_A_TURN = re.compile(
    r"^([ \t]*(?:Human|Assistant))(?=:)|^([ \t]*)(?=#{2,}[ \t]*(?:Instructions?|Response|System|Input)[ \t]*:)",
    re.M,
)
_TAMED = str.maketrans("<>[]＜＞［］", "‹›()‹›()")  # noqa: RUF001  # signs of other widths pass for the plain ones


def code_of(key: bytes, *place: object) -> str:
    """Ten hexadecimal figures for a place."""
    return hmac.new(key, "\0".join(map(str, place)).encode(), hashlib.sha256).hexdigest()[:10]


def marked(text: str, code: str) -> str:
    """The text between its marks."""
    return f"[said:{code}]\n{harmless(text)}\n[/said:{code}]"


def marked_inline(text: str, code: str) -> str:
    """The same in one line."""
    return f"[said:{code}] {harmless(' '.join(text.split()))} [/said:{code}]"


def harmless(text: str) -> str:
    """The text with nothing in it that could pass for a mark of ours or a model's own delimiters.

    What nobody sees is left out of it as well, since an order may hide there, and a delimiter behind it.
    """
    text = _UNSEEN.sub("", text)
    text = _LIKE_A_MARK.sub(r"(\1said:", text)
    text = _LIKE_A_ROLE.sub(lambda match: match.group().translate(_TAMED), text)
    text = _LIKE_A_PICK.sub(r"\1Move", text)
    return _LIKE_A_TURN.sub(lambda match: f"{match[1]} " if match[1] else f"{match[2]}'", text)
