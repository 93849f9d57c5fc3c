"""What an endpoint's refusal means: a status, an error object, a Retry-After become one of our faults.

Only what tells apart what to do next is read: wait, ask in another way, or have somebody change a setting. The
provider's own words are looked at and never passed on, since they may hold a key or what was asked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from interviewer.errors import ModelBusy, ModelDeclined, ModelFault, ModelUnfit

_CODES = {
    400: "bad_request",
    401: "key_refused",
    402: "no_credit",
    403: "key_refused",
    404: "no_such_model",
    413: "too_long",
    422: "bad_request",
}
_BUSY_STATUS = (408, 409, 425, 429)
_NO_CREDIT = ("insufficient_quota", "billing_hard_limit", "insufficient_balance")
_TOO_LONG = (
    "context_length_exceeded",
    "context length",
    "context size",
    "maximum context",
    "too many tokens",
    "prompt is too long",
)
_DECLINED = ("content_filter", "content_policy", "content management policy", "responsibleaipolicy")
_BUSY = ("rate_limit", "rate limit", "overloaded", "server_error", "unavailable", "timeout")


def fault_in(error: Any) -> ModelFault:  # Any: JSON
    """The fault that an error object tells of."""
    told = json.dumps(error).lower()
    code = error.get("code") if isinstance(error, dict) else None
    if any(sign in told for sign in _NO_CREDIT):
        return ModelUnfit("no_credit")
    if "rate limit" in told or "rate_limit" in told:
        return ModelBusy("busy")
    if any(sign in told for sign in _TOO_LONG):
        return ModelUnfit("too_long")
    if any(sign in told for sign in _DECLINED):
        return ModelDeclined("declined")
    if any(sign in told for sign in _BUSY) or (isinstance(code, int) and is_busy(code)):
        return ModelBusy("busy")
    return ModelFault("error_told")


def fault_of_status(status: int, error: Any, headers: Mapping[str, str]) -> ModelFault:  # Any: JSON
    """The fault that a status other than 2xx tells of, with its error object or text, and its headers in lower case."""
    if 300 <= status < 400:
        return ModelUnfit("redirected")
    told = fault_in(error)
    if told.code == "no_credit":
        return told
    if status == 429 or (is_busy(status) and told.code != "too_long"):
        wait_s = retry_after(headers.get("retry-after"), headers.get("date"))
        return ModelBusy(f"status_{status}", retry_after_s=wait_s)
    if isinstance(told, ModelUnfit | ModelDeclined):
        return told
    return ModelUnfit(_CODES.get(status, f"status_{status}"))


def is_busy(status: int) -> bool:
    """Whether a status says that the same call may be answered soon."""
    return status in _BUSY_STATUS or status >= 500


def retry_after(header: str | None, sent: str | None = None) -> float | None:
    """Seconds that a Retry-After header asks for, None where it cannot be read. A date counts from `sent`, the sender's own."""
    if not header:
        return None
    with suppress(ValueError):
        seconds = float(header)
        return seconds if 0 <= seconds < float("inf") else None
    with suppress(ValueError, TypeError):
        return max(0.0, (_moment(header) - _moment(sent or "")).total_seconds())
    return None


def _moment(date: str) -> datetime:
    at = parsedate_to_datetime(date)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
