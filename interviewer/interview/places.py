"""Where a possible result stands: its sentence, the words on both sides, what is pending, and what comes with it.

Everything here is read off the text around one quantity; no number is computed.
"""

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from interviewer.interview.cues import Cue, cue, goes_on_as_operand, join
from interviewer.interview.quantities import Quantity, Role
from interviewer.interview.readings import LONGEST, Linked, relative, summed
from interviewer.interview.units import Unit

FAR = 120
"""Code points between two quantities beyond which the first no longer belongs to the sum of the second."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of text [start, end) and the quantities that begin in it."""

    start: int
    end: int
    quantities: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One quantity's surroundings. `lead` and `after` reach to the quantities beside it, `context` some way back."""

    lead: str
    after: str
    context: str
    pending: tuple[Linked, ...]
    """Quantities of the sentence that no result has used up."""
    trailing: Quantity | None
    """A duration right behind that belongs to the result ("3.6 exabytes in 5 years"), or its rate ("80 s at 1 GB/s")."""
    opens: bool
    """Whether the quantity begins the next sum ("so 500k is 5 boxes") rather than ending the last."""
    inside: tuple[Linked, ...] = ()
    """The sum in parentheses right behind: "12k/s (1B / 86,400)"; it is then pending as well."""

    @property
    def refers(self) -> bool:
        """Whether the last factor is said of something: "three times that"."""
        return re.match(r"\W*\w*\W*(?:that|this|the)\b", self.lead[:20], re.IGNORECASE) is not None

    @property
    def answers_factor(self) -> bool:
        """Whether it follows a factor with nothing between them: "with three copies, thirty"."""
        if (
            not self.pending
            or not relative(self.pending[-1].quantity)
            or not re.fullmatch(r"\s*\w*,?\s*", self.lead)
        ):
            return False
        operator = self.pending[-1].join
        return operator is not None and (operator.keeps or operator.sure)

    @property
    def rewords(self) -> bool:
        """Whether only a hedge parts it from the quantity before, and neither is a peak or goes on to say of what."""
        ends = _CLAUSE_END.match(self.after) is not None
        peak = _PEAK.search(self.context[-60:] + self.after[:60]) is not None
        return ends and not peak and _REWORDED.fullmatch(self.lead) is not None

    @property
    def averages(self) -> bool:
        """Whether the result is a mean or a percentile, which no product gives."""
        return _AVERAGE.search(self.lead[-40:]) is not None


_REWORDED = re.compile(
    r",?\s*(?:or|so|that is)?,?\s*(?:about|around|roughly|approximately|nearly|some|~|≈)\s*", re.IGNORECASE
)
_CLAUSE_END = re.compile(r"\s*(?:$|[.,;:!?)]|(?:on average|or so|average|avg|and|so|then)\b)", re.IGNORECASE)
_PEAK = re.compile(
    r"peak|worst|busy|rush|top|evening|lunch|morning|burst|spike|night|normal|usual", re.IGNORECASE
)
_AVERAGE = re.compile(
    r"\b(?:mean|average|median|percentile|p[0-9]{2,3})\s+(?:\w+\s+)?(?:\w+\s*)$", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?][)\"'”]*\s|\n|;")
_ABBREVIATED = ("approx", "ca", "e.g", "i.e", "vs", "..")


def sentences(text: str, found: Sequence[Quantity]) -> Iterable[Sentence]:
    """The text's sentences in order, covering it whole. `found` are its quantities in order."""
    start, i = 0, 0
    for match in itertools.chain(_SENTENCE_END.finditer(text), (None,)):
        end = match.end() if match is not None else len(text)
        if match is not None and text.endswith(_ABBREVIATED, max(start, match.start() - 6), match.start()):
            continue
        first = i
        while i < len(found) and found[i].start < end:
            i += 1
        if end > start:
            yield Sentence(start, end, tuple(found[first:i]))
        start = end


def place_of(text: str, sentence: Sentence, i: int, pending: Sequence[Linked]) -> Place:
    """The surroundings of the sentence's quantity i."""
    row, quantity = sentence.quantities, sentence.quantities[i]
    lead = text[row[i - 1].end if i else sentence.start : quantity.start]
    after = text[quantity.end : row[i + 1].start if i + 1 < len(row) else sentence.end]
    context = text[max(0, quantity.start - 300) : quantity.start]
    inside = _parenthesis(text, row, i) if not summed(pending) else ()
    if inside:
        return Place(lead, after, context, inside, None, opens=False, inside=inside)
    opens = i + 1 < len(row) and _opens(after)
    return Place(lead, after, context, tuple(pending), _trailing(after, row, i), opens)


def may_claim(quantity: Quantity, place: Place, how: Cue) -> bool:
    """Whether a quantity can be the result of something, by the words on both sides of it."""
    if how is Cue.none or quantity.role in (Role.factor, Role.ratio, Role.period):
        return False
    fraction = quantity.unit == Unit() and quantity.value < 1 and quantity.role is Role.amount
    if fraction or _ADJECTIVE.search(quantity.text):
        return False
    if _said_each(place.lead) is not None and not summed(place.pending) and not _shared_out(place, how):
        return False
    if how < Cue.so and join(place.lead) is not None:
        return False
    if how < Cue.equation and place.opens:
        return False
    return how is Cue.equation or bool(place.pending) or not goes_on_as_operand(place.after)


def _shared_out(place: Place, how: Cue) -> bool:
    """Whether what is of each follows from a number of parts: "200 partitions, so each sees about 4,200"."""
    parts = place.pending[-1].quantity if place.pending else None
    announced = (
        how >= Cue.loose or re.search(r"\b(?:so|thus|hence|then|that)\b", place.lead[-60:]) is not None
    )
    return parts is not None and parts.unit == Unit() and parts.value >= 2 and announced


def chosen_link(quantity: Quantity, after: str) -> bool:
    """Whether the quantity is the size of a link, which people take larger than they need ("so a 10 gigabit card")."""
    return bool(quantity.unit.bytes) and _LINK.match(after) is not None


_LINK = re.compile(
    r"[\s-]*(?:networks?|networking|ethernet|nics?|(?:up)?links?|interfaces?|lines?|cards?|connections?|pipes?|ports?|wires?)\b",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(
    r"[0-9a-z]-(?:(?:nano|micro|milli)?seconds?|minute|hour|day|week|month|year|[kmgt]i?b|\w*bytes?|\w*bits?|gig|meg)$",
    re.IGNORECASE,
)
"""A measure used as an adjective ("200-byte rows") is never a result."""


def _opens(between: str) -> bool:
    operator = join(between)
    if operator is not None and operator.sure:
        return True
    return cue(between) is Cue.equation and re.search(r",|\bso\b", between) is None


_TRAILING = re.compile(
    r"\s*(?:in|over|for|after|across)\s+(?:(?:the|your|those|these|all|our|a)\s+)?(?:next\s+|whole\s+)?$",
    re.IGNORECASE,
)


_AT_A_RATE = re.compile(
    r"^[^,;:.]*\b(?:at|on|over|with|through|from)\s+(?:an?\s+|the\s+|about\s+)?$", re.IGNORECASE
)


def _trailing(after: str, row: Sequence[Quantity], i: int) -> Quantity | None:
    follow = row[i + 1] if i + 1 < len(row) else None
    if follow is None or follow.role is not Role.amount:
        return None
    if row[i].unit.seconds == 1 and follow.unit.bytes and follow.unit.period:
        return follow if len(after) < 50 and _AT_A_RATE.search(after) else None
    if follow.unit.seconds != 1:
        return None
    return follow if len(after) < 40 and _TRAILING.match(after) else None


def _parenthesis(text: str, row: Sequence[Quantity], i: int) -> tuple[Linked, ...]:
    opened = re.match(r"\s*(?:[a-z]+\s*){0,2}\(", text[row[i].end : row[i].end + 30], re.IGNORECASE)
    if opened is None:
        return ()
    start = row[i].end + opened.end()
    close = text.find(")", start, start + FAR)
    inside: list[Linked] = []
    anchor = start
    for quantity in itertools.takewhile(lambda q: q.end <= close, row[i + 1 : i + 1 + LONGEST]):
        inside.append(Linked(quantity, join(text[anchor : quantity.start])))
        anchor = quantity.end
    return tuple(inside) if len(inside) > 1 and summed(inside) and "=" not in text[start:close] else ()


_PERIOD = re.compile(
    r"\b(?:an?|one|per|each|every)\s+(second|minute|hour|day|week|month|year)\b|\b(dai|hour|week|month|year)ly\b",
    re.IGNORECASE,
)
_PERIOD_NAMES = {"second": "s", "minute": "min", "hour": "h", "dai": "day"}


def announced_period(lead: str) -> str:
    """The period named before a result instead of after it: "so a year is 146 TB"; "" where none is."""
    named = ""
    for match in _PERIOD.finditer(lead[-50:]):
        named = (match.group(1) or match.group(2)).lower()
    return _PERIOD_NAMES.get(named, "h" if named == "hour" else named)


_EACH = re.compile(r"\b(?:each|every)\b(?:\s+([a-z]+))?(?:\s+[^\W\d_]+){0,3}\W*$", re.IGNORECASE)
_AFTER_EACH = frozenset("is are makes make gives comes adds so it that works equals means".split())
"""Words after an "each" that closes what came before ("at 2 MB each is ..."), so that it says nothing of what follows."""
_NO_THINGS = frozenset(
    ["", *"of about roughly around with does has at one takes sends sending some weighs".split()]
)


def each_of(quantity: Quantity, lead: str) -> Quantity:
    """The quantity, with what it is of each of where that was said before it: "each ride is about 5 KB"."""
    thing = _said_each(lead)
    if thing is None or quantity.per or quantity.role is not Role.amount or quantity.unit.amount_seconds:
        return quantity
    return replace(quantity, per=thing)


def _said_each(lead: str) -> str | None:
    said = _EACH.search(lead[-60:])
    thing = (said.group(1) or "").lower() if said is not None else "is"
    if thing in _AFTER_EACH:
        return None
    return "each" if thing in _NO_THINGS else thing
