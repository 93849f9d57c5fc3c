"""Which probes of the shared library a turn wakes, and which it has dealt with.

A name is not enough: it has to be put to use, in a plain clause, in the role that the probe is about. What is turned
away, compared with, said of others or said back to us wakes nothing; turned away later, it is let go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from interviewer.interview.heard import ProbeMet
from interviewer.interview.moves import asks
from interviewer.interview.pack import LibraryProbe, Pack
from interviewer.interview.rubric import compiled
from interviewer.interview.scope import Reading
from interviewer.interview.state import Interview
from interviewer.interview.technologies import technologies
from interviewer.interview.words import stems

_MENTIONED = re.compile(
    r"\b(?:unlike|overrated|over-?hyped|over-?used|considered|thought about|looked at|dropped it|threw it out|similar to|is like an?|works like|compared (?:to|with)|versus|vs\.?"
    r"|for people (?:with|who)|for (?:companies|teams) (?:with|that)|premature|skip|start(?:ing)? without|do(?:ing)? without|no need|heard of|too (?:much|early|heavy)|later on|some ?day|one day|not worth)\b",
    re.I,
)
_USED = re.compile(
    r"\b(?:us(?:e|es|ed|ing)|put(?:s|ting)?|keep(?:s|ing)?|kept|hold(?:s|ing)?|stor(?:e|es|ed|ing)|have|has|add(?:s|ed|ing)?|go(?:ing)? with|went with|pick(?:ed|ing)?|choos(?:e|ing)|chose|run(?:s|ning)?|need(?:s|ed)?"
    r"|write[sn]?|writing|read(?:s|ing)?|send(?:s|ing)?|publish(?:es|ed|ing)?|push(?:es|ed|ing)?|consum(?:e|es|ed|ing)|cach(?:e|es|ed|ing)|serv(?:e|es|ed|ing)|sit(?:s|ting)?|stand(?:s|ing)?|take(?:s|n)?|absorb(?:s|ed)?"
    r"|go(?:es)?|land(?:s)?|live[sd]?|come(?:s)?|get(?:s)?|look(?:s|ed)? up|fetch(?:es|ed)?|front(?:s|ed)?|back(?:s|ed)?|on|in|into|onto|from|through|via|behind|with|between|before|by|to)\b|->|→|:\s|=|,? in front\b",
    re.I,
)
_MANY_ROLES = re.compile(r"^(?:redis|valkey|hazelcast)$", re.I)
_AS_A_CACHE = re.compile(
    r"\bcach\w*|\bin front\b|\blook(?:s|ed)?[- ]aside|\bread[- ]through|\bttl\b|\bmiss(?:es)?\b|\bfalls? (?:back|through) to\b|\bhot(?:test)?\b|\babsorb|\b(?:most|all|the) (?:of the )?reads\b|\bcop(?:y|ies) of\b",
    re.I,
)
OURS_SAID_BACK = 0.8
MOST_NAMED = 12
"""So often a probe is looked for in one turn; what was said more often is the same thing over and over."""
MOST_AROUND = 300
NEXT_TO_IT = 160
"""So many characters behind a sentence may still say what a product of many uses is there for."""


def clear(reading: Reading, start: int, end: int) -> bool:
    """Whether what stands from start to end is the candidate's own claim about this system, and no question."""
    scope = reading.scope_at(start, end)
    return not (scope.negated or scope.rejected or scope.past or scope.quoted or scope.question)


def probes_heard(reading: Reading, pack: Pack, interview: Interview) -> Iterator[ProbeMet]:
    """What a turn does to the probes of the library, each once at most."""
    open_now = {met.probe for heard in interview.heard for met in heard.probes if met.raised}
    named = technologies(reading.text)
    ours = _our_question(interview)
    for probe in pack.library.probes:
        if any(compiled(cue).search(reading.text) for cue in probe.unless):
            continue
        if (met := _met(reading, probe)) is not None:
            yield ProbeMet(probe=probe.id, raised=False, start=met[0], end=max(met[1], met[0] + 1))
            continue
        turned_away: tuple[int, int] | None = None
        for start, end in islice(_named_in(reading, probe), MOST_NAMED):
            name = next((name for name, _, low, high in named if low <= end and high >= start), None)
            scope = reading.scope_at(start, end)
            if scope.rejected and probe.id in open_now:
                turned_away = (start, end)
            if _stands(reading, probe, start, end, name, ours):
                yield ProbeMet(probe=probe.id, raised=True, name=name, start=start, end=end)
                break
        else:
            if turned_away is not None:
                yield ProbeMet(probe=probe.id, raised=False, start=turned_away[0], end=turned_away[1])


def _met(reading: Reading, probe: LibraryProbe) -> tuple[int, int] | None:
    for cue in probe.met:
        match = compiled(cue).search(reading.text)
        if match and clear(reading, match.start(), match.end()):
            return match.span()
    return None


def _named_in(reading: Reading, probe: LibraryProbe) -> Iterator[tuple[int, int]]:
    for cue in probe.when:
        for match in compiled(cue).finditer(reading.text):
            if match.end() > match.start():
                yield match.span()


def _stands(
    reading: Reading, probe: LibraryProbe, start: int, end: int, name: str | None, ours: frozenset[str]
) -> bool:
    """Whether what was named is really put there, and plays the part that the probe is about."""
    if not clear(reading, start, end) or reading.scope_at(start, end).hypothetical:
        return False
    low, high = _sentence(reading.text, start, end)
    sentence = reading.text[low:high]
    if _MENTIONED.search(sentence):
        return False
    words = stems(sentence)
    if ours and words and len(words & ours) / len(words) >= OURS_SAID_BACK:
        return False
    if name is None:
        return True
    around = f"{reading.text[low:start]} {reading.text[end:high]}"
    if not _USED.search(around) and len(sentence.split()) > 4:
        return False
    if probe.id.startswith("probe.cache") and _MANY_ROLES.match(name):
        return _AS_A_CACHE.search(reading.text[low : high + NEXT_TO_IT]) is not None
    return True


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    low = max(text.rfind(mark, 0, start) for mark in (". ", "! ", "? ", "\n", ";")) + 1
    ends = [at for mark in (". ", "! ", "? ", "\n", ";") if (at := text.find(mark, end)) >= 0]
    return max(low, start - MOST_AROUND), min([*ends, len(text), end + MOST_AROUND])


def _our_question(interview: Interview) -> frozenset[str]:
    """The words of what we said last, where it asked for something."""
    last = interview.last_move
    if last is None or not asks(last.move):
        return frozenset()
    ours = (turn.text for turn in reversed(interview.transcript) if turn.role != "candidate")
    return stems(next(ours, ""))
