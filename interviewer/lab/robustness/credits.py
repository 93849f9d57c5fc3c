"""Who gets credit for words: not whoever denies, supposes, quotes or asks them, nor whoever only agrees with ours.

Made from sentences that earn their item on their own; each is then said in a way that must not earn it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from interviewer.lab.figure import Figure, Told
from interviewer.lab.metrics import mean, ratio
from interviewer.lab.robustness.family import Case, Family, Outcome
from interviewer.lab.robustness.frames import SWAPS, is_plain
from interviewer.lab.robustness.material import Material, Sentence
from interviewer.lab.robustness.talks import small_talk
from interviewer.lab.robustness.tasks import Task

GO_ON = "Go on."
AGREES = (
    "Yes, exactly, that makes sense.",
    "Right, agreed, I'd do the same.",
    "Okay, sure, sounds good to me.",
    "Good point, yes.",
)
HINT = 2
"""The rung of the ladder that gives a hint, as our director's log would say."""
NOT_STATEMENTS = ("cr.estimation", "cr.communication")
"""What two numbers come to is true in every mood, and how somebody talks is no statement: neither can be supposed away."""
SPARE = 2
"""So many sentences are tried for each case that is wanted: not every one earns its item alone."""


def _alone(one: Sentence, material: Material, id: str) -> Task:
    return _talk(id, (("interviewer", one.after or GO_ON), ("candidate", one.say)), one, material)


def _talk(
    id: str,
    lines: Sequence[tuple[str, str]],
    one: Sentence,
    material: Material,
    hints: tuple[tuple[int, str], ...] = (),
) -> Task:
    return Task(replace(small_talk(id, lines, material.shelf, one.kind, one.about), hints=hints), "items")


def _usable(material: Material, count: int, seed: int, what: str) -> list[Sentence]:
    plain = [
        one
        for one in material.some_sentences(len(material.sentences), seed, what)
        if one.shows and is_plain(one.say) and not one.topic and one.voice != "terse"
    ]
    rest = [
        one
        for one in material.some_sentences(len(material.sentences), seed, what)
        if one.shows and one.topic and is_plain(one.say)
    ]
    return [*plain, *rest][: count * SPARE]


def _swapped(material: Material, count: int, seed: int) -> list[Case]:
    cases = []
    left_out = {
        str(item.id)
        for one in material.shelf.rubric.criteria
        if one.id in NOT_STATEMENTS
        for item in one.items
    }
    usable = _usable(material, count, seed, "swap")
    for at, one in enumerate(one for one in usable if not left_out & set(one.shows)):
        for name, swap in SWAPS.items():
            said = swap(one.say, seed + at)
            changed = _talk(
                f"{name}-{at}", (("interviewer", one.after or GO_ON), ("candidate", said)), one, material
            )
            cases.append(
                Case(f"{name}: {said}", (_alone(one, material, f"as-{at}"), changed), name, one.shows)
            )
    return cases


def _swapped_told(outcomes: Sequence[Outcome]) -> Told:
    earned = _earned(outcomes)
    by_kind = {
        name: mean(_lost(one) for one in earned if one.case.group == name)
        for name in SWAPS
        if any(one.case.group == name for one in earned)
    }
    return Told(
        (
            Figure("credit lost", mean(_lost(one) for one in earned), "more", 0.90, 0.98, len(earned)),
            *(
                Figure(
                    f"credit lost by {name}",
                    share,
                    "more",
                    0.90,
                    0.98,
                    sum(one.case.group == name for one in earned),
                )
                for name, share in by_kind.items()
            ),
        ),
        _kept_credit(earned),
    )


def _handed_over(material: Material, count: int, seed: int) -> list[Case]:
    cases = []
    for at, one in enumerate(_usable(material, count, seed, "speaker")):
        agrees = AGREES[at % len(AGREES)]
        changed = _talk(f"swap-{at}", (("interviewer", one.say), ("candidate", agrees)), one, material)
        cases.append(Case(f"we said: {one.say}", (_alone(one, material, f"as-{at}"), changed), "", one.shows))
    return cases


def _echoed(material: Material, count: int, seed: int) -> list[Case]:
    cases = []
    for at, one in enumerate(_usable(material, count, seed, "echo")):
        said = one.say[:1].lower() + one.say[1:]
        lines = (
            ("interviewer", f"Here's a hint. {one.say} What do you think?"),
            ("candidate", f"{AGREES[at % len(AGREES)][:-1]}: {said}"),
        )
        changed = _talk(f"echo-{at}", lines, one, material)
        cases.append(Case(f"echo of: {one.say}", (_alone(one, material, f"as-{at}"), changed), "", one.shows))
    return cases


def _handed_told(outcomes: Sequence[Outcome]) -> Told:
    earned = _earned(outcomes)
    return Told(
        (Figure("credit lost", mean(_lost(one) for one in earned), "more", 1, 1, len(earned)),),
        _kept_credit(earned),
    )


def _echoed_told(outcomes: Sequence[Outcome]) -> Told:
    earned = _earned(outcomes)
    return Told(
        (Figure("no credit", mean(_lost(one) for one in earned), "more", 0.95, 0.99, len(earned)),),
        _kept_credit(earned),
    )


def _ladder(material: Material, count: int, seed: int) -> list[Case]:
    cases = []
    packs = {one.id: one for one in material.shelf.scenarios}
    from_packs = [
        one
        for one in material.some_sentences(len(material.sentences), seed, "ladder")
        if one.topic and one.shows and one.about in packs
    ]
    for at, one in enumerate(from_packs[:count]):
        topic = next(topic for topic in packs[one.about or ""].topics if topic.id == one.topic)
        asked = (GO_ON, topic.probes[0], topic.hints[-1].say)
        tasks = tuple(
            _talk(
                f"ladder-{at}-{rung}",
                (("interviewer", words), ("candidate", one.say)),
                one,
                material,
                hints=((1, str(topic.id)),) if rung == HINT else (),
            )
            for rung, words in enumerate(asked)
        )
        cases.append(Case(f"{one.about} {one.topic}: {one.say[:60]}", tasks, "", one.shows))
    return cases


def _ladder_told(outcomes: Sequence[Outcome]) -> Told:
    wrong = []
    steps = 0
    for one in outcomes:
        for item in one.case.about:
            weights = [gist.weight(item) for gist in one.gists]
            steps += 1
            if any(later > earlier for earlier, later in zip(weights, weights[1:], strict=False)):
                wrong.append(f"{one.case.name}: {item} {', '.join(map(str, weights))}")
    rising = ratio(len(wrong), steps)
    return Told(
        (
            Figure(
                "never more for more help",
                1 - rising if rising is not None else None,
                "more",
                1,
                1,
                steps,
            ),
        ),
        tuple(wrong),
    )


def _earned(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Those in which the sentence earned at least one of its items when it was said plainly."""
    return [one for one in outcomes if set(one.case.about) & set(one.gists[0].items)]


def _lost(one: Outcome) -> float:
    items = set(one.case.about) & set(one.gists[0].items)
    return len(items - set(one.gists[-1].items)) / len(items)


def _kept_credit(outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    return tuple(
        f"{', '.join(sorted(set(one.case.about) & set(one.gists[0].items) & set(one.gists[-1].items)))} for {one.case.name}"
        for one in outcomes
        if _lost(one) < 1
    )


FAMILIES = (
    Family("scope", "Denied, supposed, from another job, asked, quoted: no credit.", _swapped, _swapped_told),
    Family("speaker-swap", "We said it, and they agreed: no credit.", _handed_over, _handed_told),
    Family("echo", "A hint said back: no credit.", _echoed, _echoed_told),
    Family("hint-ladder", "The same answer after more help never counts for more.", _ladder, _ladder_told),
)
