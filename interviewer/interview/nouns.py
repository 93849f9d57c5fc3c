"""What a number counts, and per what: the words between a number and its period ("12K tweets a second", "2 photos each").

A noun is at most three words and ends at any of the small words of English; nothing here knows a dictionary.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from interviewer.interview import numerals
from interviewer.interview.measures import ADVERBS, RATES, TIMES, data_at, rate_at
from interviewer.interview.numerals import Token, at, low, numeral
from interviewer.interview.units import PERIODS, Unit

STOP = frozenset(
    """is are was were be been being am isn't it it's its that that's thats this these those there here which what who whom
    whose when where while how why if then than so and or but nor yet because since though although however of at by with
    without for from to in into on onto onto over under above below across between among through during within after
    before until till per via as like about around roughly approximately near nearly almost some say maybe perhaps just
    only still even also too again once twice times time x a an the each every all any both either no not n't do does did
    done have has had having can could may might must shall should will would won't can't don't i i'd i'll i'm i've we we'd
    we'll we're we've you you'd you'll you're he she they they'd them their our your my me us his her make makes making made
    give gives giving gave come comes get gets got go goes going mean means equal equals call take takes need needs plus
    minus divided divide multiply multiplied double doubles half okay ok right well um uh er now hence thus therefore
    becomes become total max min most least apiece ourselves itself keep keeps kept sitting behind same more less fewer
    larger bigger smaller because 'cause cause let's lets hm actually together instead otherwise worst best let want wants
    fits fit holds hold use uses using seen see sees said says think guess count assume assuming probably usually
    doubles doubled doubling twice triple triples tripled thrice treble quadruple quadruples""".split()
)
_AUDIENCE = frozenset(
    "user users active actives visitor visitors people customers viewers players riders drivers members listeners "
    "readers shoppers accounts".split()
)
_NO_THING = frozenset(
    "bit lot little few couple half quarter good bad nice big small single new peak reasonable fair modest".split()
)
_MACHINES = frozenset("node server box machine host instance worker broker shard partition".split())
_LONGEST_NOUN = 3


@dataclass(slots=True)
class Tail:
    """What follows a number and its unit. `stop` is the token after the last that belongs to the quantity."""

    value: float
    unit: Unit
    period: str
    stop: int
    per: str = ""
    words: list[str] = field(default_factory=list)

    @property
    def noun(self) -> str:
        """The word for what is counted: the first plural, else the last word; "" where nothing is named."""
        return next(
            (w for w in self.words if w.endswith(("s", "people"))), self.words[-1] if self.words else ""
        )


def tail_at(toks: Sequence[Token], j: int, value: float, unit: Unit) -> Tail:
    """Read on from token j, behind a number and its unit: a noun, a period, and per what, in any order."""
    counted = RATES.get(low(toks, j - 1))
    tail = Tail(value, unit, unit.period, j, words=[counted[0]] if counted else [])
    k: int | None = j + _loosely(toks, j)
    while k is not None and k < len(toks):
        k = _period(toks, k, tail) or _per(toks, k, tail) or _source(toks, k, tail) or _word(toks, k, tail)
    return tail


def per_at(toks: Sequence[Token], k: int) -> tuple[str, int] | None:
    """ "each", "apiece", "per user", "/node", "a post": per what, and the token after; None for none of them."""
    word, follow = low(toks, k), at(toks, k + 1)
    named = _is_noun(follow) and not numerals.starts_number(toks, k + 1) and low(toks, k + 1) not in TIMES
    if word in ("each", "apiece"):
        thing = word == "each" and named and not numerals.plural(follow)
        return (low(toks, k + 1), k + 2) if thing else ("each", k + 1)
    if word in ("for", "on") and low(toks, k + 1) == "each":
        thing = _is_noun(at(toks, k + 2)) and not numerals.plural(at(toks, k + 2))
        return (low(toks, k + 2), k + 3) if thing and low(toks, k + 2) not in TIMES else ("each", k + 2)
    if follow is None or not named:
        return None
    if word == "per" or (word == "/" and toks[k].glued and follow.glued):
        return _thing(toks, k + 1)
    if word in ("a", "an") and not starts_amount(toks, k) and follow.low not in _NO_THING:
        return _thing(toks, k + 1)
    return None


def starts_amount(toks: Sequence[Token], i: int) -> bool:
    """Whether an article at i stands for a number: "a kilobyte", "a million", "a K"."""
    j = i + 2 if low(toks, i) == "half" else i + 1
    token = at(toks, j)
    if token is not None and (token.low == "k" or data_at(toks, j, glued=False) is not None):
        return True
    return numeral(toks, i) is not None


def _is_noun(token: Token | None) -> bool:
    return token is not None and token.kind == "word" and token.low not in STOP


def _thing(toks: Sequence[Token], k: int) -> tuple[str, int]:
    """The noun at k, of two words where the second still belongs to it ("gateway node")."""
    second = at(toks, k + 1)
    if second is not None and second.kind == "word" and not second.glued and second.low in _MACHINES:
        return second.low, k + 2
    return toks[k].low, k + 1


def _loosely(toks: Sequence[Token], j: int) -> int:
    """How many tokens of "-odd" or "plus" stand behind a number."""
    if low(toks, j) == "-" and low(toks, j + 1) in ("odd", "ish"):
        return 2
    return 1 if low(toks, j) in ("odd", "plus", "ish", "+") else 0


# Each of these takes what it knows from token k into the tail and gives the token to go on from, None when it found nothing.


def _sends(toks: Sequence[Token], k: int, tail: Tail) -> bool:
    """ "sensors sending each 5 seconds": how often each of them sends, which is no rate of sensors."""
    return bool(tail.words) and tail.words[-1].endswith("ing") and low(toks, k) in ("each", "every")


def _period(toks: Sequence[Token], k: int, tail: Tail) -> int | None:
    rate = rate_at(toks, k) if not tail.period else None
    if rate is None or _sends(toks, k, tail) or (low(toks, k) in ADVERBS and low(toks, k + 1) in _AUDIENCE):
        return None
    period, how_many, stop = rate
    length = PERIODS[period] * how_many
    if tail.unit.amount_seconds and 0.85 < tail.value * tail.unit.amount_factor / length < 1.15:
        tail.stop = stop  # "86,400 seconds in a day" says how long a day is
        return len(toks)
    tail.period, tail.value, tail.stop = period, tail.value / how_many, stop
    return stop


def _per(toks: Sequence[Token], k: int, tail: Tail) -> int | None:
    found = per_at(toks, k) if not tail.per and not _sends(toks, k, tail) else None
    if found is None:
        return None
    tail.per, tail.stop = found
    return tail.stop


def _source(toks: Sequence[Token], k: int, tail: Tail) -> int | None:
    """ "60 terabytes of source a day", "10 KB of memory each"."""
    if low(toks, k) != "of" or tail.period or tail.per:
        return None
    for later in (k + 2, k + 3):
        inside = toks[k + 1 : later]
        if len(inside) == later - k - 1 and all(map(_is_noun, inside)) and rate_at(toks, later) is not None:
            tail.words.extend(token.low for token in inside)
            return later
    if tail.unit.bytes and _is_noun(at(toks, k + 1)):
        tail.words = tail.words or [low(toks, k + 1)]
        if low(toks, k + 2) in ("each", "apiece"):
            tail.per, tail.stop = "each", k + 3
    return None


def _word(toks: Sequence[Token], k: int, tail: Tail) -> int | None:
    if tail.period or tail.per or not _is_noun(toks[k]) or len(tail.words) >= _LONGEST_NOUN:
        return None
    if numerals.starts_number(toks, k):
        return None
    tail.words.append(toks[k].low)
    return k + 1
