"""The prompt of the model speaker, laid out for provider caches: what never changes, then the talk, then this turn's notes.

Nothing stands in it that must not be said: no fact before it is given, no hint before its rung, no sound answer, no
rubric; of each move on offer only its own material (interviewer.md 6). Older turns are folded away in blocks of eight, so
that the beginning changes once a block and the prompt grows slowly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from interviewer.dialogue.director import Choice, Ranked
from interviewer.dialogue.lines import Line, filled
from interviewer.dialogue.script import MOST_SPAN_WORDS, purpose_of, script_for, words_of
from interviewer.interview.diagram import Graph
from interviewer.interview.ledger import Turn
from interviewer.interview.moves import (
    Advance,
    AnswerQuestions,
    AskAgain,
    Close,
    DeferToCandidate,
    DisputeFact,
    GoOn,
    Move,
    OffSheet,
    Redirect,
    RestateBrief,
)
from interviewer.interview.standing import Standing
from interviewer.llm.model import Message, Prompt
from interviewer.llm.prompts import SAID_BY_HEART, Prompts
from interviewer.llm.said import code_of, harmless, marked, marked_inline
from interviewer.packs.phrases import Phrases

FOLDED = 8
"""Turns are folded in blocks of so many, and at least as many stay as they were said."""
MOST_FOLDED_WORDS = 18
MOST_SLOT_WORDS, MOST_SLOT_CHARS = MOST_SPAN_WORDS, 140
"""So much of a candidate's own words stands in a line of ours or at a box: a name is short, and a speech belongs to the talk."""
MOST_REFUSED_CHARS = 200
MOST_TOKENS = 2000
"""Room for a model that thinks before it speaks; how much is said is the guards' affair."""
TEMPERATURE = 0.4
NAME = "speaker"
BY_HEART = SAID_BY_HEART
"""What is said by heart is never offered."""
MISHEARD = (AnswerQuestions, OffSheet, DeferToCandidate, DisputeFact, RestateBrief, AskAgain, Redirect)
"""Moves that rest on what the listener took a sentence for."""
BEGINS = "(The candidate comes in and sits down.)"
"""Some endpoints take no talk that the assistant begins."""


@dataclass(frozen=True)
class Offered:
    """A move on offer, the lines that say it, and the words of the pack whose figures and names it may use."""

    ranked: Ranked
    lines: tuple[str, ...]
    told: frozenset[str] = frozenset()
    """Those of the lines that they were told before."""

    @property
    def move(self) -> Move:
        """The move."""
        return self.ranked.move

    @property
    def owed(self) -> tuple[str, ...]:
        """The lines that have to be told whole."""
        return tuple(line for line in self.lines if line not in self.told)


@dataclass(frozen=True)
class Refused:
    """A try that was not said aloud: its words, and why."""

    words: str
    why: str

    @property
    def quoted(self) -> str:
        """The words as they are told to whoever tries anew, so that the same is not built again."""
        words = harmless(" ".join(self.words.split()))
        return words if len(words) <= MOST_REFUSED_CHARS else f"{words[:MOST_REFUSED_CHARS].rstrip()} …"


@dataclass(frozen=True)
class SpeakerPrompt:
    """Makes prompts from templates; `key` is what the codes of marks are made with."""

    prompts: Prompts
    phrases: Phrases
    key: bytes

    def offers(self, standing: Standing, choice: Choice) -> tuple[Offered, ...]:
        """The moves on offer that have something to say. Where the best one enters a phase it is the only one.

        Where the best rests on what may have been misheard, the best that does not comes along: the model has read the
        message better than any rule.
        """
        ranked = [one for one in choice.on_offer if not isinstance(one.move, BY_HEART)]
        if choice.enters:
            ranked = ranked[:1]
        elif all(isinstance(one.move, MISHEARD) for one in ranked):
            ranked += [
                one
                for one in choice.others
                if not isinstance(one.move, (*MISHEARD, *BY_HEART, Advance, Close))
            ][:1]
        told = frozenset(
            " ".join(standing.pack.scenario.fact(given.fact).say.split())
            for given in standing.interview.given
        )
        return tuple(
            Offered(
                one, lines, told & frozenset(lines) if isinstance(one.move, AnswerQuestions) else frozenset()
            )
            for one in ranked
            if (lines := tuple(self._lines(standing, one.move, choice.enters))) or isinstance(one.move, GoOn)
        )

    def of(
        self,
        standing: Standing,
        choice: Choice,
        offers: Sequence[Offered],
        refused: Refused | None = None,
        tight: bool = False,
    ) -> Prompt:
        """The prompt for one turn; `refused` is what was wrong with the last try, and a `tight` one folds all but the last turn."""
        begun = standing.interview.begun
        voice = self.prompts.of("speaker/_voice").filled(
            brief=standing.pack.scenario.brief, level=f"a {begun.level.value} role", persona=begun.persona
        )
        desk = self._desk(standing, choice, offers, refused)
        kinds = sorted({f"speaker/{one.move.kind}" for one in offers})
        return Prompt(
            name=NAME,
            hash=self.prompts.hash_of("speaker/_voice", "speaker/_desk", "speaker/_folded", *kinds),
            messages=(Message("system", voice), *self._talk(standing, desk, tight)),
            most_tokens=MOST_TOKENS,
            temperature=TEMPERATURE,
            session=standing.interview.session,
        )

    def rules(self, prompt: Prompt, offers: Sequence[Offered]) -> str:
        """What the prompt tells the model of how to do its work: none of it is for the candidate's ears."""
        hows = (self.prompts.of(f"speaker/{one.move.kind}").text for one in offers)
        return "\n".join((prompt.messages[0].text, *hows))

    def _talk(self, standing: Standing, desk: str, tight: bool) -> Iterator[Message]:
        """The talk in turns of the two, those of one side put together, with the desk notes at its end."""
        turns = standing.interview.transcript
        folded = max(0, len(turns) - 1 if tight else (len(turns) - FOLDED) // FOLDED * FOLDED)
        said: list[tuple[str, str]] = [("user", BEGINS)]
        for start in range(0, folded, FOLDED):
            said.append(("user", self._folded(standing, turns[start : min(start + FOLDED, folded)])))
        for turn in turns[folded:]:
            if turn.role == "interviewer":
                said.append(("assistant", turn.text))
            else:
                said.append(("user", marked(turn.text, self._code(standing, turn.n))))
        said.append(("user", desk))
        role, texts = said[0][0], [said[0][1]]
        for now, text in said[1:]:
            if now == role:
                texts.append(text)
                continue
            yield Message(role, "\n\n".join(texts))  # type: ignore[arg-type]  # one of the two
            role, texts = now, [text]
        yield Message(role, "\n\n".join(texts))  # type: ignore[arg-type]  # one of the two

    def _folded(self, standing: Standing, turns: Sequence[Turn]) -> str:
        lines = [
            f"You said: {turn.text}"
            if _tells(standing, turn)
            else f"You: {_short(turn.text, last=True)}"
            if turn.role == "interviewer"
            else f"They: {marked_inline(_short(turn.text), self._code(standing, turn.n))}"
            for turn in turns
        ]
        return self.prompts.of("speaker/_folded").filled(first=turns[0].n, last=turns[-1].n, lines=lines)

    def _desk(
        self, standing: Standing, choice: Choice, offers: Sequence[Offered], refused: Refused | None
    ) -> str:
        interview = standing.interview
        titles: dict[str, str] = {phase.id: phase.name for phase in interview.begun.phases}
        board = _board(interview.board)
        return self.prompts.of("speaker/_desk").filled(
            phase=titles[interview.phase.id],
            clock=_clock(standing),
            enters=titles.get(choice.enters or "", ""),
            board=marked(board, self._code(standing, f"board {interview.board_read_rev}")) if board else "",
            moves=[
                {
                    "how": self.prompts.of(f"speaker/{one.move.kind}").filled(),
                    "lines": one.lines,
                    "told": one.told,
                }
                for one in offers
            ],
            faults={"words": refused.quoted, "why": refused.why} if refused else None,
        )

    def _lines(self, standing: Standing, move: Move, enters: str | None) -> Iterator[str]:
        """What the move says, as the pack has it; a purpose of the phrases gives one of its lines as a pattern.

        Leaving the floor has no line: what is said there comes from what was heard, and a pattern would be said as it stands.
        """
        if isinstance(move, GoOn):
            return
        if isinstance(move, AskAgain) and move.wish and not move.slot:  # the words themselves, to be put anew
            last = next(made for made in standing.interview.moves if made.turn == move.of_turn)
            yield harmless(" ".join(words_of(last, standing).split()))
            return
        for piece in script_for(move, standing, enters).body:
            if isinstance(piece, Line):
                named = tuple((slot, _capped(value)) for slot, value in piece.named)
                text = filled(replace(piece, named=named), standing)
            else:
                purpose, values = purpose_of(piece)
                values = {slot: _capped(value) for slot, value in values.items()}
                lines = self.phrases.of(purpose) or self.phrases.of(f"{purpose}_else")
                text = next((said for line in lines if (said := filled(Line(line), standing, values))), None)
            if text:
                yield harmless(" ".join(text.split()))

    def _code(self, standing: Standing, place: object) -> str:
        return code_of(self.key, standing.interview.session, place, NAME)


def _clock(standing: Standing) -> str:
    minutes = max(0, round(standing.left_s / 60))
    return f"About {minutes} minutes are left." if minutes else "The time is up."


def _tells(standing: Standing, turn: Turn) -> bool:
    """Whether a turn of ours told facts: it stays whole, since its figures hold to the end."""
    return turn.role == "interviewer" and any(given.turn == turn.n for given in standing.interview.given)


def _short(text: str, last: bool = False) -> str:
    words = text.split()
    if len(words) <= MOST_FOLDED_WORDS:
        return " ".join(words)
    kept = words[-MOST_FOLDED_WORDS:] if last else words[:MOST_FOLDED_WORDS]
    return f"… {' '.join(kept)}" if last else f"{' '.join(kept)} …"


def _capped(text: str) -> str:
    """What a slot holds, cut where it is no name and no figure any more."""
    words = text.split()
    if len(words) <= MOST_SLOT_WORDS and len(text) <= MOST_SLOT_CHARS:
        return text
    return f"{' '.join(words[:MOST_SLOT_WORDS])[:MOST_SLOT_CHARS].rstrip()} …"


def _board(graph: Graph) -> str:
    labels = {box.id: _capped(box.label) or "(no label)" for box in graph.boxes}
    links = [
        f"{labels.get(link.source, '?')} -> {labels.get(link.target, '?')}"
        + (f" ({_capped(link.label)})" if link.label else "")
        for link in graph.links
    ]
    alone = [
        label
        for id, label in labels.items()
        if not any(id in (link.source, link.target) for link in graph.links)
    ]
    return "\n".join((*links, *alone))
