"""The same interview in other words: longer, shorter, in synonyms, in another voice, misheard, cut into other turns.

What is known and what was said do not change, so neither may the card, or hardly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from interviewer.interview.ledger import Turn
from interviewer.interview.transcript import Transcript
from interviewer.lab.figure import Figure, Told
from interviewer.lab.labels import RECOMMENDATIONS
from interviewer.lab.metrics import deviation, mean
from interviewer.lab.robustness.changes import difference, flag_flips, level_flips
from interviewer.lab.robustness.family import Case, Family, Outcome
from interviewer.lab.robustness.material import Material
from interviewer.lab.robustness.talks import with_texts
from interviewer.lab.robustness.tasks import Task
from interviewer.lab.robustness.wording import (
    british,
    compressed,
    continental,
    disfluent,
    indian,
    misheard,
    padded,
    paraphrased,
    without_articles,
)

Rewrite = Callable[[str, int], str]

VOICES: Mapping[str, Rewrite] = {
    "speech-to-text": misheard,
    "no articles": without_articles,
    "continental": continental,
    "Indian": indian,
    "British": british,
    "disfluent": disfluent,
}


def rewritten(talk: Transcript, rewrite: Rewrite, seed: int) -> Transcript:
    """The talk with every candidate turn rewritten."""

    def change(turn: Turn) -> str:
        return rewrite(turn.text, seed + turn.n)

    return with_texts(talk, change)


def _cases(name: str, rewrite: Rewrite) -> Callable[[Material, int, int], list[Case]]:
    def cases(material: Material, count: int, seed: int) -> list[Case]:
        return [
            Case(
                one.transcript.id,
                (Task(one.transcript), Task(rewritten(one.transcript, rewrite, seed + at * 1000))),
            )
            for at, one in enumerate(material.some_interviews(count, seed, name))
        ]

    return cases


def by_turns(rewrites: Mapping[str, Rewrite], name: str) -> Callable[[Material, int, int], list[Case]]:
    """Cases in which the rewrites take turns, one an interview."""

    def cases(material: Material, count: int, seed: int) -> list[Case]:
        names = list(rewrites)
        made = []
        for at, one in enumerate(material.some_interviews(count, seed, name)):
            form = names[at % len(names)]
            changed = rewritten(one.transcript, rewrites[form], seed + at)
            made.append(Case(f"{one.transcript.id}, {form}", (Task(one.transcript), Task(changed)), form))
        return made

    return cases


def _compressed(material: Material, count: int, seed: int) -> list[Case]:
    strong = [
        one
        for one in material.some_interviews(len(material.interviews), seed, "strong")
        if RECOMMENDATIONS.index(one.reference.recommendation) >= 3
    ]
    return [
        Case(
            f"{one.transcript.id}, {_kept(one.transcript):.0%} of its words",
            (Task(one.transcript), Task(rewritten(one.transcript, _short, 0))),
        )
        for one in strong[:count]
    ]


def _short(text: str, seed: int) -> str:
    return compressed(text)


def _kept(talk: Transcript) -> float:
    return rewritten(talk, _short, 0).words / max(1, talk.words)


def _voiced(material: Material, count: int, seed: int) -> list[Case]:
    """Twice as many as asked for: they are parted into voices."""
    return by_turns(VOICES, "voice")(material, 2 * count, seed)


def _shifts(outcomes: Sequence[Outcome]) -> list[float]:
    return [one.shift for one in outcomes if one.shift is not None]


def _faults(outcomes: Sequence[Outcome], beyond: float) -> tuple[str, ...]:
    return tuple(
        f"{one.case.name}: {one.shift:+.2f}; {difference(one)}"
        for one in outcomes
        if one.shift is not None and abs(one.shift) > beyond
    )


def _padded_told(outcomes: Sequence[Outcome]) -> Told:
    shifts = _shifts(outcomes)
    middle, flips = mean(shifts), level_flips(outcomes)
    return Told(
        (
            Figure(
                "mean shift, either way",
                abs(middle) if middle is not None else None,
                "less",
                0.08,
                0.03,
                len(shifts),
            ),
            Figure("levels flipped", flips[0], "less", 0.04, 0.01, flips[1]),
            Figure(
                "stated flags flipped", flag_flips(outcomes)[0], "less", 0.08, 0.03, flag_flips(outcomes)[1]
            ),
        ),
        _faults(outcomes, 0.1),
    )


def _compressed_told(outcomes: Sequence[Outcome]) -> Told:
    shifts = _shifts(outcomes)
    return Told(
        (Figure("mean shift", mean(shifts), "more", -0.15, -0.05, len(shifts)),), _faults(outcomes, 0.15)
    )


def _paraphrased_told(outcomes: Sequence[Outcome]) -> Told:
    flags, levels = flag_flips(outcomes), level_flips(outcomes)
    exact = 1 - levels[0] if levels[0] is not None else None
    return Told(
        (
            Figure("stated flags flipped", flags[0], "less", 0.08, 0.03, flags[1]),
            Figure("levels that stayed", exact, "more", 0.88, 0.95, levels[1]),
        ),
        tuple(f"{one.case.name}: {told}" for one in outcomes if (told := difference(one))),
    )


def _voices_told(outcomes: Sequence[Outcome]) -> Told:
    shifts = _shifts(outcomes)
    middle = mean(shifts)
    spread = deviation([one.gists[0].overall for one in outcomes if one.gists[0].overall is not None])
    groups: dict[str, float] = {}
    for name in VOICES:
        moved = mean(_shifts([one for one in outcomes if one.case.group == name]))
        if moved is not None and spread:
            groups[name] = moved / spread
    worst = max(groups.values(), key=abs, default=None)
    return Told(
        (
            Figure(
                "mean shift, either way",
                abs(middle) if middle is not None else None,
                "less",
                0.15,
                0.07,
                len(shifts),
            ),
            Figure(
                "largest standardised difference of a voice",
                abs(worst) if worst is not None else None,
                "less",
                0.15,
                0.10,
                len(shifts),
            ),
        ),
        (
            *(f"{name}: standardised difference {value:+.2f}" for name, value in groups.items()),
            *_faults(outcomes, 0.2),
        ),
    )


FAMILIES = (
    Family("padding", "Twice as many words, nothing more said.", _cases("padding", padded), _padded_told),
    Family("compression", "A strong interview as notes, with the same facts.", _compressed, _compressed_told),
    Family(
        "paraphrase",
        "The same in synonyms and other forms.",
        _cases("paraphrase", paraphrased),
        _paraphrased_told,
    ),
    Family(
        "voices",
        "Speech-to-text, and English as it is spoken elsewhere.",
        _voiced,
        _voices_told,
    ),
)
