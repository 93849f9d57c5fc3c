"""`lab prompts`: what the prompts of an interview weigh, and how much of each a provider has read before.

An interview with a simulated candidate is held with a model that says the first move's own line, and every prompt is
kept. Beside it stands the same interview as it is led where all is sent anew each turn: the whole talk, the whole
scenario and the whole rubric. Tokens are characters divided by four: only shares and ratios are told from them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from interviewer.dialogue.listener_llm import ModelListener, Notes
from interviewer.dialogue.listener_offline import OfflineListener, heard_in
from interviewer.dialogue.speaker_llm import ModelSpeaker
from interviewer.dialogue.speaker_offline import OfflineSpeaker
from interviewer.dialogue.speaker_prompt import SpeakerPrompt
from interviewer.interview.rubric import CandidateLevel
from interviewer.interview.state import Interview
from interviewer.lab.figure import Figure, Told
from interviewer.lab.interviews.holding import Held, hold
from interviewer.llm.model import Prompt, Scripted, request_of
from interviewer.llm.prompts import Prompts
from interviewer.llm.said import TRIAL_KEY
from interviewer.packs.files import data_folder
from interviewer.packs.load import Shelf
from interviewer.packs.phrases import load_phrases
from interviewer.session import Voices

EXCHANGES = 20
A_TOKEN = 4
MOST_SHARE, LEAST_CACHED, MOST_GROWTH = 1 / 3, 0.70, 1.5
"""At most a third of the naive way, at least so much read before, and the last quarter's prompts at most so many times the
second quarter's: near linear in all."""
_LINES = re.compile(r"^MOVE 1:.*\n((?:    .*(?:\n|\Z))+)", re.M)


@dataclass(frozen=True)
class Weighed:
    """Tokens of every prompt in order, how many of each were the beginning of the one before, and the naive ones."""

    prompts: tuple[int, ...]
    cached: tuple[int, ...]
    naive: tuple[int, ...]
    listened: int
    listened_cached: int

    @property
    def growth(self) -> float:
        """The mean prompt of the last quarter beside that of the second."""
        quarter = max(1, len(self.prompts) // 4)
        late, early = self.prompts[-quarter:], self.prompts[quarter : 2 * quarter]
        return (sum(late) / len(late)) / (sum(early) / len(early))


def weigh(scenario: str, shelf: Shelf, prompts: Path | None = None, seed: int = 7) -> Weighed:
    """The prompts of an interview of EXCHANGES exchanges about a scenario, with a candidate who does well."""
    model = Scripted(_first_line)
    folder = data_folder("prompts", prompts)
    phrases, read = load_phrases(prompts), Prompts.read(folder)
    speaker = ModelSpeaker(model, OfflineSpeaker(phrases), SpeakerPrompt(read, phrases, TRIAL_KEY))
    voices = Voices(OfflineListener(), speaker)
    held = hold(scenario, "strong", CandidateLevel.senior, seed, shelf, prompts, voices)
    asked = model.asked[:EXCHANGES]
    listened = _listened(held, shelf, read)[:EXCHANGES]
    return Weighed(
        prompts=tuple(map(_tokens, asked)),
        cached=tuple(_shared(before, now) for before, now in zip([None, *asked], asked, strict=False)),
        naive=tuple(_naive(held, shelf, folder, len(asked))),
        listened=sum(map(_tokens, listened)),
        listened_cached=sum(
            _shared(before, now) for before, now in zip([None, *listened], listened, strict=False)
        ),
    )


def told_of(weighed: Sequence[Weighed]) -> Told:
    """The figures over some interviews, with what is aimed at."""
    total, cached = sum(sum(one.prompts) for one in weighed), sum(sum(one.cached) for one in weighed)
    naive = sum(sum(one.naive) for one in weighed)
    growth = sum(one.growth for one in weighed) / len(weighed)
    count = sum(len(one.prompts) for one in weighed)
    each = len(weighed)
    lines = (
        f"an interview of {EXCHANGES} exchanges: the speaker's prompts are {total // each:,} tokens, {total // count:,} each;"
        f" sent whole each turn they would be {naive // each:,}",
        f"the listener's beside it: {sum(one.listened for one in weighed) // each:,}, of which"
        f" {sum(one.listened_cached for one in weighed) / max(1, sum(one.listened for one in weighed)):.0%} were read before",
        "turn by turn, the first of them: " + " ".join(f"{one:,}" for one in weighed[0].prompts),
    )
    return Told(
        (
            Figure("share of the naive prompts", total / naive, "less", MOST_SHARE, MOST_SHARE / 2, count),
            Figure("share read before (stable prefix)", cached / total, "more", LEAST_CACHED, 0.85, count),
            Figure("growth, last quarter to second", growth, "less", MOST_GROWTH, 1.2, each),
        ),
        lines,
    )


def _first_line(prompt: Prompt) -> str:
    found = _LINES.search(prompt.messages[-1].text)
    said = [line.strip() for line in found.group(1).splitlines()] if found else ["Go on."]
    return f"MOVE 1\n{' '.join(said)}"


def _text(prompt: Prompt) -> str:
    return json.dumps(request_of(replace(prompt, schema=None))["messages"], ensure_ascii=False)


def _tokens(prompt: Prompt) -> int:
    return len(_text(prompt)) // A_TOKEN


def _shared(before: Prompt | None, now: Prompt) -> int:
    """Tokens of the prompt's beginning that are the same as the last one's."""
    if before is None:
        return 0
    first, second = _text(before), _text(now)
    same = next(
        (at for at, (one, other) in enumerate(zip(first, second, strict=False)) if one != other), len(first)
    )
    return min(same, len(second)) // A_TOKEN


def _listened(held: Held, shelf: Shelf, prompts: Prompts) -> list[Prompt]:
    listener = ModelListener(Scripted([]), prompts, TRIAL_KEY)
    pack = shelf.pack(held.scenario)
    interview: Interview = held.interview
    return [
        replace(listener.prompt_of(interview, pack, turn), schema=Notes.model_json_schema())
        for turn in interview.transcript
        if turn.role == "candidate" and heard_in(interview, pack, turn).words >= 8
    ]


def _naive(held: Held, shelf: Shelf, folder: Path, count: int) -> list[int]:
    """The prompts of the same turns with everything in them: rules for every move, rubric, facts, probes and hints, and all
    that was said; each in plain sentences, without patterns and examples.
    """
    pack = shelf.pack(held.scenario)
    files = sorted((folder / "speaker").glob("*.md"))
    rubric = (
        text
        for one in pack.rubric.criteria
        for text in (one.name, one.question, *one.anchors.values(), *(item.text for item in one.items))
    )
    flags = (flag.name for flag in pack.rubric.flags_for(pack.scenario.kind))
    facts = (fact.say for fact in pack.scenario.facts)
    topics = (
        text
        for topic in pack.scenario.topics
        for text in (topic.title, *topic.probes, *(hint.say for hint in topic.hints))
    )
    fixed = sum(len(file.read_text(encoding="utf-8")) for file in files)
    fixed += sum(len(text) + 3 for text in (*rubric, *flags, *facts, *topics))
    spoken = [turn.n for turn in held.interview.transcript if turn.role == "candidate"][:count]
    turns = held.interview.transcript
    return [(fixed + sum(len(turn.text) + 30 for turn in turns[:n])) // A_TOKEN for n in spoken]
