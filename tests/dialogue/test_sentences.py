"""A sentence leaves as soon as it cannot grow any more, however the text was cut into pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.dialogue.sentences import Sentences

TEXT = "All right, a row lock. It costs 3.5 ms, i.e. little. What happens when Idris (or nobody!) comes back?"


def test_a_sentence_is_whole_with_its_last_sign() -> None:
    sentences = Sentences()
    assert sentences.more("All right, a row ") == ()
    assert sentences.more("lock.") == ("All right, a row lock.",)
    assert sentences.more(" What then?") == ("What then?",)
    assert sentences.last() == ""


@pytest.mark.parametrize("text", ["It takes 3.", "about 1.", "see e.g.", "i.e.", "vs.", "node.", "a.b."])
def test_a_point_that_may_go_on_waits(text: str) -> None:
    sentences = Sentences()
    assert sentences.more(text) == ()
    assert sentences.last() == text


@given(st.lists(st.integers(min_value=1, max_value=len(TEXT) - 1), max_size=12))
def test_however_it_is_cut_nothing_is_lost_and_nothing_doubled(cuts: list[int]) -> None:
    sentences, found = Sentences(), list[str]()
    places = sorted({0, *cuts, len(TEXT)})
    for start, end in zip(places, places[1:], strict=False):
        found += sentences.more(TEXT[start:end])
    found += [last for last in [sentences.last()] if last]
    assert " ".join(found).split() == TEXT.split()
