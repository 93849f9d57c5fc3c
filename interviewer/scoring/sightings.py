"""What detectors of items work with: a sighting, and the words for people, wishes, machines and mere vapour."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from interviewer.interview.words import Span
from interviewer.scoring.interview_reading import InterviewReading
from interviewer.scoring.signs import Reading


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where an observable shows: the turn as read, the raw span that shows it, and how sure that is."""

    reading: Reading
    span: Span
    p: float


Detector = Callable[[InterviewReading], Iterator[Sighting]]

PERSON = re.compile(
    r"\b(?:users?|people|persons?|somebody|anybody|buyers?|sellers?|riders?|drivers?|viewers?|uploaders?|creators?|clickers?|readers?|followers?"
    r"|visitors?|guests?|customers?|marketers?|owners?|shoppers?|friends?|family|passengers?|couriers?|she|he|her|him|audiences?|who (?:is|are|uses|creates|posts)"
    r"|the public|anonymous|pupils|home ?page|phones?|mobile|screens?|apps?)\b",
    re.IGNORECASE,
)
WISH = re.compile(
    r"\b(?:wants?|needs?|cares?|sees?|shown|looks? for|opens?|taps?|pays?|buys?|pastes?|choose|chooses|can they|can he|do they|edit(?:ing)?|features?|in scope"
    r"|aliases|expiry|stats|blocks?|private|comments?|posting|following|follow|likes?|guests?|account|offline|signal|catalogue|clips|live|pictures|goes to|journey|problem are we solving)\b",
    re.IGNORECASE,
)
SYSTEM = re.compile(
    r"\b(?:latency|ms|millis?(?:econds?)?|how (?:many|much|big|large|fat|fast|quick\w*|often|old|long|late|strict)|size|volume|traffic|throughput|peak|reads?|writes?|per second|a second"
    r"|stale|staleness|old|los[et]|lost|disappears?|down|available|availability|uptime|durab\w+|retention|order(?:ing)?|region|regions|zones?|sites?|data cent\w+|delay|budget|worse|dead"
    r"|consisten\w+|wrong|safe|reachable|fails?|gone|cut|target|keep)\b",
    re.IGNORECASE,
)
MACHINE = re.compile(
    r"\b(?:database|postgres|mysql|redis|cassandra|kafka|queue|replicas?|shards?|partitions?|cdn|cache|servers?|nodes?|primary|leader|index|log|workers?|hash|token|ttl|gateway|broker|s3|object storage|bytes|gb|tb)\b",
    re.IGNORECASE,
)

VAGUE = re.compile(
    r"\b(?:event backbone|choreograph\w*|bounded contexts?|fabric|topology|elasticity|paradigm|synerg\w*|cloud[- ]native|mesh|data gravity|self-heal\w*|convergence|converging|reactive|leverag\w*|holistic|seamless\w*|best of breed|event-driven|correlation|optimiser)\b",
    re.IGNORECASE,
)


def frames(one: re.Pattern[str], other: re.Pattern[str], reading: Reading) -> Iterator[re.Match[str]]:
    """Where `one` stands with `other` within sixty characters of it."""
    for match in one.finditer(reading.text):
        if other.search(reading.text, max(0, match.start() - 60), min(len(reading.text), match.end() + 60)):
            yield match
