"""The model in the speaker's seat: it picks among the moves on offer and says it, and the guards hear every sentence first.

A sentence leaves as soon as it is whole and has passed. What does not pass is asked for once more, as long as nothing of
it was said; after that, and wherever the model fails, the offline speaker takes the move. What was said of a broken
answer is either whole by itself or taken back: two authors are never spliced. The last value tells how it ended, and
what all tries together took.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from interviewer.dialogue.director import Choice
from interviewer.dialogue.guards_model import check_model, unfinished
from interviewer.dialogue.sentences import Sentences
from interviewer.dialogue.speaker import Speaker, Spoken
from interviewer.dialogue.speaker_prompt import Offered, Refused, SpeakerPrompt
from interviewer.errors import ModelFault
from interviewer.interview.heard import Act
from interviewer.interview.moves import Close, Decline, GoOn, Nudge, Open
from interviewer.interview.pack import Pack
from interviewer.interview.standing import Standing
from interviewer.llm.model import Finish, Model, Piece, Prompt, Usage, estimated
from interviewer.telemetry import GUARDED, STOOD_IN

TRIES = 2
CUT = "length"
"""The fault of an answer that was cut off for its length after its first sentences, which are whole by themselves."""
TOO_LONG = "too_long"
"""The fault of a prompt that holds more than the model takes: it is asked once more, with the talk folded."""
_PICK = re.compile(r"\A\s*\**\s*MOVE\s*:?\s*#?(\d+)\**\s*[:.]?[ \t]*(?:\n|\Z)", re.I)
MOST_PICK_CHARS = 24
"""A first line is a pick within so many characters, or it is none."""


@dataclass(frozen=True)
class ModelSpeaker:
    """Speaks through a model; `offline` says what is said by heart, and whatever the model could not."""

    model: Model
    offline: Speaker
    prompt: SpeakerPrompt

    async def speak(self, standing: Standing, pack: Pack, choice: Choice) -> AsyncIterator[Spoken]:
        """Grows sentence by sentence. A value that does not begin with the one before takes that one back."""
        offers = self.prompt.offers(standing, choice)
        if _by_heart(standing, choice) or not offers:
            async for spoken in self.offline.speak(standing, pack, choice):
                yield spoken
            return
        guarded: tuple[str, ...] = ()
        refused, code = None, ""
        calls, usage = 0, Usage()
        for _ in range(TRIES):
            prompt = self.prompt.of(standing, choice, offers, refused, tight=code == TOO_LONG)
            answer = _Answer(self.model, prompt, standing, offers, self.prompt.rules(prompt, offers))
            async with aclosing(answer.sentences()) as growing:
                async for spoken in growing:
                    yield replace(
                        spoken,
                        guarded=tuple(dict.fromkeys((*guarded, *spoken.guarded))),
                        calls=calls + spoken.calls,
                        usage=usage + spoken.usage,
                    )
            guarded = tuple(dict.fromkeys((*guarded, *answer.guarded)))
            calls, usage = calls + answer.calls, usage + answer.usage
            if answer.whole:
                return
            code, refused = answer.code, answer.refused
            if answer.said or not answer.again:
                break
        STOOD_IN.labels(code).inc()
        async for spoken in self.offline.speak(standing, pack, choice):
            yield replace(spoken, guarded=guarded, fault=code, calls=calls, usage=usage)


class _Answer:
    """One answer of the model on its way: what of it was said, and how it ended."""

    def __init__(
        self,
        model: Model,
        prompt: Prompt,
        standing: Standing,
        offers: Sequence[Offered],
        rules: str,
    ) -> None:
        self._model = model
        self._prompt = prompt
        self._standing = standing
        self._offers = offers
        self._rules = rules
        self.said: tuple[str, ...] = ()
        self.guarded: tuple[str, ...] = ()
        self.whole = False
        self.again = False
        """Whether another try may do better."""
        self.code = ""
        self.refused: Refused | None = None
        """What a guard withheld, and why."""
        self._picked: Offered | None = None
        self._by = model.name
        self._finish: Finish | None = None
        self._calls, self._usage, self._chars = 0, Usage(), 0

    @property
    def calls(self) -> int:
        """How many calls it took, the one under way among them."""
        return self._calls + bool(self._chars)

    @property
    def usage(self) -> Usage:
        """The tokens of those calls; what was heard of one under way is estimated."""
        return self._usage + estimated(self._prompt, self._chars) if self._chars else self._usage

    async def sentences(self) -> AsyncGenerator[Spoken]:
        """What was said so far, after each sentence that passed."""
        try:
            async with aclosing(self._heard()) as heard:
                async for sentence in heard:
                    if not self._passes(sentence):
                        break
                    self.said = (*self.said, sentence)
                    yield self._spoken()
        except ModelFault as fault:
            self.code, self.again = fault.code, fault.code == TOO_LONG
        lacks = unfinished(" ".join(self.said), self._offer.move, self._offer.owed)
        self.whole = bool(self.said) and lacks is None
        if self.whole:
            if self._finish == "length" and not self.guarded:
                self.code = CUT
            yield self._spoken()  # once more, to tell how it ended and what it took
        if not self.whole and not self.code:
            self.code, self.again = "guarded" if self.guarded else "unfinished", True
            if not self.guarded:
                self.refused = Refused(" ".join(self.said), f"it lacked {lacks}")
                self.guarded = ("unfinished",)
                GUARDED.labels("unfinished").inc()

    @property
    def _offer(self) -> Offered:
        return self._picked or self._offers[0]

    async def _heard(self) -> AsyncGenerator[str]:
        """The sentences of the answer, the pick taken off; the last one only where the answer came to its own end."""
        sentences, head = Sentences(), ""
        async with aclosing(self._model.stream(self._prompt)) as stream:
            async for piece in stream:
                self._note(piece)
                text = piece.text
                if self._picked is None:
                    head += text
                    if "\n" not in head.lstrip() and len(head) < MOST_PICK_CHARS and not piece.finish:
                        continue
                    text = self._without_pick(head)
                for sentence in sentences.more(text):
                    yield sentence
        if self._finish == "stop" and (last := sentences.last()):
            yield last

    def _note(self, piece: Piece) -> None:
        """Who says it, how it ended, and what it took."""
        self._by, self._finish = piece.by or self._by, piece.finish or self._finish
        self._chars += len(piece.text)
        if piece.usage:
            self._calls, self._usage, self._chars = self._calls + 1, self._usage + piece.usage, 0

    def _without_pick(self, head: str) -> str:
        pick = _PICK.match(head)
        number = int(pick.group(1)) if pick else 1
        self._picked = self._offers[number - 1] if 1 <= number <= len(self._offers) else self._offers[0]
        return head[pick.end() :] if pick else head

    def _passes(self, sentence: str) -> bool:
        text = " ".join((*self.said, sentence))
        verdict = check_model(text, self._offer.move, self._standing, self._offer.lines, self._rules)
        for name in {name for name, _ in verdict.faults} or {"passed"}:
            GUARDED.labels(name).inc()
        if verdict.passed:
            return True
        self.guarded = tuple(dict.fromkeys(name for name, _ in verdict.faults))
        why = "; ".join(
            _FAULTS.get(name, name).format(words=words[:60]) for name, words in verdict.faults[:3]
        )
        self.refused = Refused(text, why)
        return False

    def _spoken(self) -> Spoken:
        return Spoken(
            sentences=self.said,
            move=self._offer.move,
            picked_by="director" if self._offer is self._offers[0] else "model",
            by=self._by,
            prompt=f"{self._prompt.name}@{self._prompt.hash}",
            guarded=self.guarded,
            fault=self.code or None,
            calls=self.calls,
            usage=self.usage,
        )


_FAULTS = {
    "two asks": "it asked more than one thing",
    "length": "it was too long",
    "praise": "it said what their answer is worth (“{words}”)",
    "inside": "it spoke of how you work (“{words}”)",
    "leak": "it gave away “{words}”, which the candidate has not named",
    "names": "it named {words}, which the candidate has not named",
    "repeat": "it asked again what was asked before",
    "figure": "it gave the figure {words}, which is nowhere above",
    "markup": "it was not plain speech",
    "teaches": "it told or suggested a way (“{words}”)",
    "requirement": "it made up a requirement (“{words}”)",
    "language": "it was not in English",
    "asks": "it asked something, and the floor is theirs",
}
"""What the model is told of a guard's verdict."""


def _by_heart(standing: Standing, choice: Choice) -> bool:
    """Whether it is said by heart: the brief, a refusal, a word into silence, time to think, the goodbye."""
    match choice.move:
        case Open() | Decline() | Nudge() | Close(step=3):
            return True
        case GoOn():
            return standing.heard is not None and standing.heard.has(Act.needs_time)
        case _:
            return False
