"""Paths: one thing passing through the parts of a system, and one person passing through a product."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from interviewer.interview.words import Span
from interviewer.scoring.interview_reading import InterviewReading
from interviewer.scoring.sightings import MACHINE, PERSON, VAGUE, Sighting
from interviewer.scoring.signs import Reading, quote_at

WINDOW = 420
"""A path through the parts is told within so many characters."""


def _words(text: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(text.split())})\b", re.IGNORECASE)


_PART = _words(
    "balancers? gateways? servers? services? workers? consumers? producers? brokers? queues? kafka sqs rabbit\\w* kinesis streams? topics? logs? caches? redis memcached? "
    "cdn edge pops? prox(?:y|ies) sidecars? routers? coordinator leaders? followers? primary replicas? standby master namenode nodes? shards? partitions? databases? "
    "postgres mysql cassandra dynamo\\w* scylla\\w* buckets? s3 storage index(?:er)? agents? collectors? evaluators? notifiers? schedulers? relay outbox registry librar(?:y|ies) "
    "clients? phones? apps? devices? sockets? tables? disks? memory rows? machines? owners? neighbours? producers? dns resolvers?"
)
_FLOW = _words(
    "appends? writes? wrote reads? sends? sent puts? publish\\w* picks? pulls? pushes returns? answers? acks? acknowledg\\w+ commits? inserts? deletes? looks? "
    "checks? stores? uploads? forwards? replicates? passes hands? lands? drops? fetch\\w* ask asks batch\\w* ships? flush\\w* hashes redirects? goes takes? "
    "caches? merges? marks? updates? assigns? produces? consumes? serves? routes? gives? compares? cuts? keeps? holds? tells? reaches gets falls? adds?"
)
_ROLE = re.compile(
    r"^\W{0,3}(?:\w+ ){0,2}?(?:for|holds?|keeps?|stores?|does|do|takes?|serves?|owns?|reads?|writes?|checks?|decides?|pulls?|picks?|sends?|appends?|answers?|maps?|merges?|knows?"
    r"|computes?|watch(?:es)?|counts?|routes?|gives?|gets?|that|which|where|with|leads?|asks?|absorbs?|makes?|says?|who|makes?|builds?|fills?|publish\w*|subtracts?|hands?|owns)\b",
    re.IGNORECASE,
)


def end_to_end_flow(interview: InterviewReading) -> Iterator[Sighting]:
    """A stretch of talk in which one thing passes through several parts, each doing something to it."""
    for reading in interview.own:
        span = _path(reading)
        if span is not None:
            yield Sighting(reading, span, 0.75)


def _dense(reading: Reading, words: re.Pattern[str]) -> Iterator[int]:
    """Where the clauses begin from which on at least four of these words may stand within the window."""
    places = [match.start() for match in words.finditer(reading.text)]
    for low in reading.starts:
        if (
            bisect_left(places, low + WINDOW) - bisect_left(places, low) >= 3
        ):  # the window's end may make one more
            yield low


def _path(reading: Reading) -> Span | None:
    for low in _dense(reading, _PART):
        stretch = reading.text[low : low + WINDOW]
        parts = {m.group().lower().rstrip("s") for m in _PART.finditer(stretch)}
        doings = {m.group().lower()[:4] for m in _FLOW.finditer(stretch)}
        if len(parts) >= 4 and len(doings) >= 4 and not VAGUE.search(stretch):
            end = max(m.end() for pattern in (_PART, _FLOW) for m in pattern.finditer(stretch))
            return quote_at(reading, low, low + min(end, WINDOW // 2))
    return None


def parts_with_roles(interview: InterviewReading) -> Iterator[Sighting]:
    """At least four different parts, each followed by what it does."""
    found: dict[str, tuple[Reading, int, int]] = {}
    for reading in interview.own:
        for match in _PART.finditer(reading.text):
            if _ROLE.match(reading.text[match.end() : match.end() + 40]) and not VAGUE.search(
                reading.text, match.start(), match.end() + 80
            ):
                found.setdefault(match.group().lower().rstrip("s"), (reading, match.start(), match.end()))
    if len(found) >= 5:
        for reading, start, end in list(found.values())[:3]:
            yield Sighting(reading, quote_at(reading, start, end), 0.7)


_TAP = _words(
    "opens? taps? sees? pays? finds? types? pastes? scrolls? search\\w* picks? chooses? waits? watch\\w* uploads? receives? tracks? books? returns? cancels? prints? presses "
    "posts? publish\\w* follows? shows? shown gets? sends? looks? drags? books? requests? accepts? rates? joins? refresh\\w* clicks? shares? reads? abandon tries carries"
)


def journey(interview: InterviewReading) -> Iterator[Sighting]:
    """A stretch in which people, not machines, do four things or more one after the other."""
    for reading in interview.own:
        for low in _dense(reading, _TAP):
            stretch = reading.text[low : low + WINDOW]
            taps = {m.group().lower()[:4] for m in _TAP.finditer(stretch)}
            people = len(PERSON.findall(stretch))
            machines = len(MACHINE.findall(stretch))
            if (
                len(taps) >= 4
                and people >= 3
                and people > machines
                and not reading.text[low : low + WINDOW].count("?")
            ):
                yield Sighting(reading, quote_at(reading, low, low + min(len(stretch), WINDOW // 2)), 0.7)
                break
