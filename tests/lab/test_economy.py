"""What the prompts of an interview weigh: little beside sending everything, and most of it read before."""

from __future__ import annotations

from interviewer.lab.economy import EXCHANGES, told_of, weigh
from tests.builders import a_shelf


def test_prompts_stay_small_stable_and_near_linear() -> None:
    weighed = weigh("url-shortener", a_shelf())
    assert len(weighed.prompts) == EXCHANGES
    assert weighed.cached[0] == 0
    assert all(
        0 < cached < whole for cached, whole in zip(weighed.cached[1:], weighed.prompts[1:], strict=True)
    )
    told = told_of([weighed])
    assert [figure.name for figure in told.figures if figure.verdict == "fail"] == []
