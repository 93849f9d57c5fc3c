"""The words between two quantities: is the second a result, and how is it joined to the first?

Both questions are asked of the stretch of text before a quantity. A result may be announced like an equation ("is", "=",
"that's", "comes to"), follow by "so", or merely stand after a comma and a hedge; operators may be signs or words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

WINDOW = 90
"""How many code points before a quantity are read: enough for any cue, and what keeps reading linear."""


class Cue(IntEnum):
    """How clearly a quantity is announced as a result, from not at all to an equation."""

    none = 0
    comma = 1
    loose = 2
    so = 3
    equation = 4


@dataclass(frozen=True, slots=True)
class Join:
    """An operator: `prefer` is 1 (times) or -1 (over), `sure` when only that reading is possible.

    `spreads` marks words that share out when each part is asked for ("on sixteen"), `keeps` those that hold a factor to
    what came before ("with three copies").
    """

    prefer: int
    sure: bool
    plus: bool = False
    spreads: bool = False
    keeps: bool = False


def _phrases(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(line.split()) for line in text.replace("\n", "|").split("|") if line.strip())


_HEDGES = _phrases("""
about|around|roughly|approximately|approx|approx .|circa|ca|ca .|near|nearly|almost|some|like|say|let's say|maybe|perhaps|only|just
merely|exactly|precisely|probably|basically|actually|honestly|really|easily|right|um|uh|uhm|er|erm|hm|hmm|you know|i mean|i think
i guess|i suppose|well|ok|okay|again|still|even|not even|not quite|quite|in total|total|under|over|just under|just over|a bit over
a bit under|a bit more than|a little over|a little under|slightly over|slightly under|below|above|less than|fewer than
more than|more like|no more than|at least|at most|up to|close to|something like|somewhere around|somewhere near|in the region of
on the order of|in the order of|of the order of|order of|between|the|a|an|another|those|these|a total of|it|that|yeah|yes|good
~|≈|≃|<|>|≤|≥|$|€|£|-|–|—|,|:|(|*|"|call it|call that|let me say|we're talking|we are talking|ish|raw|a further|a good|what|worst case|in the worst case|at worst|at best
all told|overall|altogether|tops|max|in sum|in all|together|taken together|i say|i'd say|we say|i take it
""")  # fmt: skip
_EQUATION = _phrases("""
=|=>|->|→|⇒|≈|≃|is|are|was|were|equals|equal|equal to|makes|make|making|gives|give|giving|gives us|give us|gives me|gives you
that's|thats|it's|they're|that'd be|comes to|come to|coming to|comes out to|comes out at|comes out as|works out|works out to
works out at|works out as|works out to be|work out to|work out at|adds up to|add up to|becomes|become|would be|will be|may be|might be|could be|'d be|i'd be|we'd be|it'd be|yields|yield|amounts to|amount to|totals|total of|turns into|turns out to be
i get|we get|you get|gets us|i count|we count|i arrive at|we arrive at|i land at|we land at|we land on|to reach
ends up at|ends up around|ends up with|end up with|end up at|translates to|translates into|leaves|leaves us|leaves us with|leaves me|leaves me with|left with|leaving|we'd be at|we'd be around|we are at|we're at|would be at|means|call
call it|call that|goes to|go to|falls to|drops to|rises to|grows to|climbs to|results in|resulting in|converts to|equivalent to
averages|averages out at|averages out to|average of|sum is|sums to|sums up to|boils down to|reduces to|lands at
""")  # fmt: skip
_NEEDS = _phrases(
    "sees|see|wants|want|admits|allows|admits only|allows only|needs|need|requires|require|sits at|reaches|hits|does|do|has|have|i'd take|i take|i'd plan|plan for|takes|take|lasts|each gets"
    "|each holds|each carries|each handles|each serves|each stores|each keeps|each receives"
)
_SO = _phrases("so|hence|therefore|thus|then|and that|i.e.|i . e .|ie|which|meaning")
_BREAKS = frozenset([",", "...", "…", "(", ":", "—", "–", "-", ";"])
_SOFT = _phrases(
    "worst case|in the worst case|all told|overall|altogether|about|around|roughly|approximately|nearly|almost|~|call it|near|just under|just over|some"
)

_WORDS = re.compile(r"=>|->|\*\*|\.\.\.|[^\W\d_]+(?:'[^\W\d_]+)*|[^\s\w]|[0-9]")


def _words(text: str, *, last: bool = True) -> list[str]:
    part = text[-WINDOW:] if last else text[:WINDOW]
    return _WORDS.findall(part.lower().replace("’", "'"))


def _ending(words: Sequence[str], phrases: frozenset[tuple[str, ...]]) -> int:
    """How many of the last words make one of the phrases, the longest first; 0 for none."""
    for n in range(min(5, len(words)), 0, -1):
        if tuple(words[-n:]) in phrases:
            return n
    return 0


def cue(lead: str) -> Cue:
    """How the text before a quantity announces it. `lead` reaches back to the quantity before, or the sentence's start."""
    words = _words(lead)
    stripped = 0
    seen_break = seen_soft = False
    while words:
        if _ending(words, _EQUATION):
            return Cue.equation
        if _ending(words, _SO):
            return Cue.so
        if _ending(words, _NEEDS):
            return Cue.loose
        n = _ending(words, _HEDGES)
        if n == 0:
            break
        seen_break = seen_break or words[-1] in _BREAKS
        seen_soft = seen_soft or _ending(words, _SOFT) > 0
        words, stripped = words[:-n], stripped + n
    for back in range(1, min(7, len(words)) + 1):
        part = words[: len(words) - back]
        if part and part[-1] not in (",", ".", ";") and (_ending(part, _EQUATION) or _ending(part, _SO)):
            return Cue.loose
    if seen_break or seen_soft or (words and words[-1] in ("...", "…")):
        return Cue.comma
    return Cue.none


_LIGHT = _HEDGES - _phrases(
    "over|under|between|-|–|—|above|below|at least|at most|less than|more than|=|≈|, "
) | _phrases(
    "its|their|your|our|all|both|each of|every one of|my|replication|peak|safety|growth|overhead|read|write|ratio|ratio of"
)
_DIVIDE = _phrases("""
÷|/|divided by|divide by|divided over|divide that by|divide it by|divide this by|dividing by|divided across|divided among|divided into
split over|split across|split between|split among|split by|spread over|spread across|spread between|shared by|shared between
shared among|over|across|between|among
""")  # fmt: skip
_SURE_DIVIDE = _phrases("÷|/|divided by|divide by|divide that by|divide it by|divide this by|dividing by")
_MULTIPLY = _phrases("""
×|*|·|times|x|in each of|on each of|for each of|to each of|multiply by|multiplied by|multiply that by|multiply it by|multiply this by|multiplying by|multiply with|multiplied with
""")  # fmt: skip
_BESIDE = _phrases("""
@|at|of|with|for|by|into|on|from|in|per|having|holding|carrying|weighs|weigh|weighing|kept for|keep|keeping|every|stored for|retained for
""")  # fmt: skip
_PLUS = _phrases("plus|+")


def join(gap: str) -> Join | None:
    """The operator that stands right before a quantity, or None. `gap` reaches back like the lead of a cue."""
    words = _words(gap)
    while words:
        if _ending(words, _MULTIPLY):
            return Join(1, sure=True)
        if _ending(words, _DIVIDE):
            return Join(-1, sure=_ending(words, _SURE_DIVIDE) > 0, spreads=True)
        if _ending(words, _PLUS):
            return Join(1, sure=True, plus=True)
        if _ending(words, _BESIDE):
            return Join(1, sure=False, spreads=words[-1] in ("on", "from"), keeps=words[-1] in ("with", "of"))
        n = _ending(words, _LIGHT)
        if n == 0:
            return None
        words = words[:-n]
    return None


_AT_MOST = _phrases(
    "less than|fewer than|under|below|at most|not even|no more than|up to|within|<|≤|just under"
)
_SUMS_UP = _phrases("adds up to|add up to|sums up to|adding up to|ends up under|comes up to")
_AT_LEAST = _phrases("more than|at least|above|well over|north of|>|≥|over|just over|a bit over")


def bound(lead: str) -> int:
    """-1 when the quantity is announced as an upper bound ("less than"), 1 as a lower one, 0 as itself."""
    words = _words(lead)
    if _ending(words, _SUMS_UP):
        return 0
    if _ending(words, _AT_MOST):
        return -1
    return 1 if _ending(words, _AT_LEAST) else 0


_OPERATORS = frozenset("× * / ÷ · @ x times multiplied divided over at by of with".split())


def goes_on_as_operand(after: str) -> bool:
    """Whether the text after a quantity, up to the next one, makes it an operand ("5M times 1 KB")."""
    words = _words(after, last=False)
    return bool(words) and (
        words[0] in _OPERATORS or (len(words) > 1 and words[1] in _OPERATORS and words[0].isalpha())
    )
