"""Counts and times, by prometheus-client. Labels are few and never hold an id or anything that somebody said."""

from __future__ import annotations

from prometheus_client import Counter, Histogram

MODEL_CALLS = Counter("llm_requests", "Calls of a model, by how they ended.", ("model", "outcome"))
MODEL_TOKENS = Counter("llm_tokens", "Tokens, of prompts and of answers.", ("model", "kind"))
MODEL_FIRST_S = Histogram("llm_first_token_seconds", "From a call to the first of its answer.", ("model",))
GUARDED = Counter(
    "guard_verdicts", "Sentences of a model that a guard looked at, by its verdict.", ("verdict",)
)
STOOD_IN = Counter("offline_stood_in", "Turns that the offline speaker took for a model, by why.", ("why",))
