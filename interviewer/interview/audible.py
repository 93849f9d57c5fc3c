"""What of a text can be meant as speech: a run without end of letters, signs or blanks is nothing that anybody says.

Cues are looked for in every place of a text, and some look far ahead; a run as long as a message would make that a
question of minutes. So such runs are blanked out before anybody reads them, and every offset stays what it was.
"""

from __future__ import annotations

import re

LONGEST_WORD = 60
"""So many letters or digits in a row are read, and as many signs or blanks."""

LONGEST_UNBROKEN = 200
"""So many letters and signs are read in a row: the longest path or address somebody may give."""

_RUNS = tuple(
    re.compile(rf"({kind}{{{longest - 1}}}){kind}{{2,}}")
    for kind, longest in ((r"\w", LONGEST_WORD), (r"\W", LONGEST_WORD), (r"\S", LONGEST_UNBROKEN))
)
# a sign that means nothing stands in it, so that the blank is no run without end either
_BLANK = "_".ljust(LONGEST_WORD - 1)


def audible(text: str) -> str:
    """The text, as long as before in code points, with what is too long to be said blanked out behind its beginning."""
    for run in _RUNS:
        text = run.sub(_shortened, text)
    return text


def _shortened(run: re.Match[str]) -> str:
    rest = len(run[0]) - len(run[1])
    return run[1] + (" " + _BLANK * (rest // len(_BLANK) + 1))[:rest]
