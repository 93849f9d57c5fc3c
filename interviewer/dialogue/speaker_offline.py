"""The offline speaker: a move becomes words from the pack's own lines and `prompts/phrases.yaml`.

Nothing is said twice while another line is left, what the candidate said is referred to only by words that are safe to
say back, and every text passes the guards before it leaves. What cannot pass falls back on a line that cannot fail.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace

from interviewer.dialogue.director import Choice
from interviewer.dialogue.guards import check
from interviewer.dialogue.lines import Line, filled
from interviewer.dialogue.receipts import receipt_for
from interviewer.dialogue.script import purpose_of, script_for
from interviewer.dialogue.speaker import Spoken
from interviewer.interview.chance import order, pick
from interviewer.interview.moves import Advance, Close, GoOn
from interviewer.interview.pack import Pack
from interviewer.interview.standing import Standing
from interviewer.packs.phrases import Phrases


@dataclass(frozen=True)
class OfflineSpeaker:
    """Says the director's first choice; when all its lines are withheld, the next legal one, and at last "Go on."."""

    phrases: Phrases

    async def speak(self, standing: Standing, pack: Pack, choice: Choice) -> AsyncIterator[Spoken]:
        """Sentence by sentence; each value holds all that was said so far."""
        spoken = self._composed(standing, choice)
        for count in range(1, len(spoken.sentences) + 1):
            yield replace(spoken, sentences=spoken.sentences[:count])

    def _composed(self, standing: Standing, choice: Choice) -> Spoken:
        further = [one for one in choice.others if not isinstance(one.move, Advance | Close)]
        for ranked in (*choice.on_offer, *(one for one in further if one not in choice.on_offer)):
            for spoken in self._ways(standing, replace(choice, best=ranked)):
                return spoken
        return Spoken(sentences=("Go on.",), move=GoOn(), picked_by="guard")

    def _ways(self, standing: Standing, choice: Choice) -> Iterator[Spoken]:
        """The ways of saying a choice that pass the guards, the fullest first."""
        script = script_for(choice.move, standing, choice.enters)
        receipt = receipt_for(standing, choice.move, self.phrases)
        bridge = self._line(standing, script.bridge) if script.bridge else None
        for parts in self._bodies(standing, script.body):
            texts = [text for text, _ in parts]
            ids = tuple(id for _, id in parts if id)
            for lead in ([receipt.text] if receipt else [], []):
                leads = [*lead, *([bridge[0]] if bridge else [])]
                whole = " ".join([*leads, *texts])
                if check(whole, choice.move, standing, script.figures).passed:
                    yield Spoken(
                        sentences=tuple([*leads, *texts]),
                        move=choice.move,
                        phrases=ids
                        + ((bridge[1],) if bridge else ())
                        + (receipt.phrases if receipt and lead else ()),
                        receipt=receipt.about if receipt and lead else None,
                    )

    def _bodies(self, standing: Standing, body: tuple[Line | str, ...]) -> Iterator[list[tuple[str, str]]]:
        """Fillings of a body; where a purpose has several lines, each in turn, those not yet said first."""
        choices: list[list[tuple[str, str]]] = []
        for piece in body:
            if isinstance(piece, Line):
                text = filled(piece, standing)
                choices.append([(text, "")] if text else [])
            else:
                choices.append(self._lines(standing, piece))
        if any(not options for options in choices):
            return
        longest = max((len(options) for options in choices), default=0)
        for index in range(longest):
            yield [options[min(index, len(options) - 1)] for options in choices]

    def _line(self, standing: Standing, purpose: str) -> tuple[str, str] | None:
        lines = self._lines(standing, purpose)
        return lines[0] if lines else None

    def _lines(self, standing: Standing, purpose: str) -> list[tuple[str, str]]:
        """Lines of a purpose that can be filled, with their ids: the unused first, in an order of the session's own."""
        purpose, values = purpose_of(purpose)
        used = {id for made in standing.interview.moves for id in made.phrases}
        found: list[tuple[str, str]] = []
        for key in (purpose, f"{purpose}_else"):
            lines = self.phrases.of(key)
            begun = standing.interview.begun
            for index in order(len(lines), begun.seed, key, begun.scenario):
                text = filled(Line(lines[index]), standing, values)
                if text:
                    found.append((text, f"{key}.{index}"))
            if found:
                break
        fresh = [one for one in found if one[1] not in used]
        if fresh or not found:
            return fresh
        start = pick(len(found), standing.interview.begun.seed, purpose, len(standing.interview.moves))
        return found[start:] + found[:start]
