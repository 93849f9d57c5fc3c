"""Speech is told from letters at random and from words out of a hat; every voice of a real candidate is speech."""

from __future__ import annotations

import pytest

from interviewer.interview.sense import is_speech
from interviewer.interview.words import stem

REAL = (
    "peak x4 -> 60k/s. pg primary + 2 replicas. redis for hot keys, ttl 60s. writes 200/s -> 1 box ok. idx on (user, ts). "
    "kafka between api and fanout, lag alert at 30s. p99 < 120ms. retry w/ jitter, key = order id. s3 for blobs. cdn.",
    "um so yeah what I would do is uh I would put the the requests in a queue and then uh a worker takes them one by one "
    "and if the worker dies then um another one takes it after like thirty seconds and so nothing is lost I think",
    "System is having two parts. First part take the orders and write in database. Second part is read from log and make "
    "the view for user. If second part is down, user see old view some minutes, is acceptable for this product I think.",
)
KNOWN = frozenset(
    stem(word) for text in REAL for word in text.lower().replace(".", " ").replace(",", " ").split()
)


@pytest.mark.parametrize("said", REAL)
def test_every_voice_of_a_real_candidate_is_speech(said: str) -> None:
    assert is_speech([said], KNOWN)
    assert is_speech([said], frozenset())


def test_words_that_are_none_are_no_speech() -> None:
    assert not is_speech(["bado finu kelo marotu " * 20], KNOWN)


def test_words_in_no_order_are_no_speech() -> None:
    assert not is_speech(
        ["the of queue a and worker the is the to takes a the if an or requests the we " * 8], KNOWN
    )


def test_nothing_is_claimed_of_a_few_words() -> None:
    assert is_speech(["bado finu"], KNOWN) and is_speech([], KNOWN)
