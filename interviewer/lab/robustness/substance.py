"""What is there and what is not: talk about other things, hardly any talk, one good sentence more, the same talk again."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.interview.chance import pick
from interviewer.lab.figure import Figure, Told
from interviewer.lab.metrics import mean, ratio
from interviewer.lab.robustness.changes import difference
from interviewer.lab.robustness.family import Case, Family, Outcome
from interviewer.lab.robustness.material import Material
from interviewer.lab.robustness.talks import cut_after, small_talk, with_text, with_texts
from interviewer.lab.robustness.tasks import Task

ELSEWHERE = (
    "By the way, the train here was late again, and I read half a novel on the way.",
    "We had snow last week, my daughter built something that was supposed to be a fox.",
    "I do like this room, the light is so much better than in the old building.",
    "My neighbour keeps bees, which is more work than anybody would think.",
    "There's a bakery round the corner from here that I can only recommend.",
    "On Sundays I play the cello in an orchestra, not well, but with joy.",
    "Last summer we walked across the Alps, which took us nine days and two pairs of boots.",
    "I've been learning Portuguese for a while, the vowels are the hard part.",
    "My brother moved house and I carried a piano down four floors.",
    "The coffee here is excellent, where do you buy it?",
    "We saw a play on Friday in which nobody said a word for the first twenty minutes.",
    "Our cat has decided that the new sofa belongs to her.",
)
"""Sentences about nothing that is being designed."""

_CONSONANTS, _VOWELS = "bdfgklmnprstvz", "aeiou"


def _wandered(material: Material, count: int, seed: int) -> list[Case]:
    cases = []
    for at, one in enumerate(material.some_interviews(count, seed, "elsewhere")):
        wanted = one.transcript.words // 4
        changed, added = one.transcript, 0
        while added < wanted:
            turns = changed.candidate_turns
            turn = turns[pick(len(turns), seed, "where", at, added)]
            said = ELSEWHERE[pick(len(ELSEWHERE), seed, "what", at, added)]
            changed = with_text(changed, turn.n, f"{turn.text} {said}")
            added += len(said.split())
        cases.append(Case(one.transcript.id, (Task(one.transcript), Task(changed))))
    return cases


def _wandered_told(outcomes: Sequence[Outcome]) -> Told:
    shifts = [one.shift for one in outcomes if one.shift is not None]
    return Told(
        (
            Figure(
                "share with no increase", mean(shift <= 0 for shift in shifts), "more", 0.97, 1, len(shifts)
            ),
            Figure("mean shift", mean(abs(shift) for shift in shifts), "less", 0.08, 0.03, len(shifts)),
        ),
        tuple(f"{one.case.name}: {one.shift:+.2f}; {difference(one)}" for one in outcomes if one.shift),
    )


def _hardly(material: Material, count: int, seed: int) -> list[Case]:
    cases = []
    for at, one in enumerate(material.some_interviews(count, seed, "hardly")):
        talk = one.transcript
        match at % 5:
            case 0:
                name, changed = "silence", with_texts(talk, lambda turn: "...")
            case 1:
                name, changed = (
                    "one word a turn",
                    with_texts(talk, lambda turn: ("Okay.", "Hm.", "Yes.")[turn.n % 3]),
                )
            case 2:
                name, changed = "one turn", with_texts(cut_after(talk, 1), lambda turn: turn.text[:120])
            case 3:
                name, changed = (
                    "gibberish",
                    with_texts(talk, lambda turn: gibberish(len(turn.text.split()), seed, turn.n)),
                )
            case _:
                name, changed = "cut off early", cut_after(talk, 1)
        cases.append(Case(f"{talk.id}: {name}", (Task(changed),), name))
    for at in range(max(1, count // 8)):
        problem = material.shelf.questions[pick(len(material.shelf.questions), seed, "problem", at)]
        lines = (
            ("interviewer", f"Please design this: {problem.title}."),
            ("candidate", "I don't know where to begin."),
        )
        talk = small_talk(f"stuck-{at}", lines, material.shelf, problem.kind, problem.id)
        cases.append(Case(f"{problem.title}: does not know", (Task(talk),), "does not know"))
    return cases


def gibberish(words: int, seed: int, *what: object) -> str:
    """So many words that are none."""

    def word(at: int) -> str:
        parts = 1 + pick(3, seed, *what, at)
        return "".join(
            _CONSONANTS[pick(len(_CONSONANTS), seed, *what, at, part)]
            + _VOWELS[pick(len(_VOWELS), seed, *what, at, part, "v")]
            for part in range(parts)
        )

    return " ".join(word(at) for at in range(words))


def _hardly_told(outcomes: Sequence[Outcome]) -> Told:
    def faults(one: Outcome) -> str:
        gist = one.gists[0]
        parts = []
        if one.case.group != "cut off early" and gist.overall is not None:
            parts.append(f"overall {gist.overall}")
        if one.case.group != "cut off early" and gist.items:
            parts.append(f"credited {', '.join(sorted(gist.items))}")
        if gist.strengths and one.case.group != "cut off early":
            parts.append("a strength")
        blamed = [id for id in gist.flags if id not in EARLY]
        if blamed:
            parts.append(f"blamed for {', '.join(sorted(blamed))}")
        return "; ".join(parts)

    told = [(one, faults(one)) for one in outcomes]
    return Told(
        (Figure("nothing invented", mean(not fault for _, fault in told), "more", 1, 1, len(outcomes)),),
        tuple(f"{one.case.name}: {fault}" for one, fault in told if fault),
    )


EARLY = frozenset(
    {
        "rf.tech-before-requirements", "rf.wrong-question-type", "rf.microservices-first", "rf.unstated-assumptions",
        "rf.overengineering", "rf.scale-before-system", "rf.sharding-first", "rf.dogmatic-choice",
    }
)  # fmt: skip
"""What somebody may truly have done in a first turn; everything else needs time that there was not."""


def _one_more(material: Material, count: int, seed: int) -> list[Case]:
    cases = []
    sentences = [one for one in material.some_sentences(len(material.sentences), seed, "more") if one.shows]
    for at, one in enumerate(material.some_interviews(count, seed, "more")):
        fitting = [
            said
            for said in sentences
            if said.kind is one.transcript.kind and said.about in (None, one.transcript.scenario)
        ] or [said for said in sentences if said.kind is one.transcript.kind]
        if not fitting:
            continue
        said = fitting[(at * 7) % len(fitting)]
        turns = one.transcript.candidate_turns
        turn = turns[pick(len(turns), seed, "more", at)]
        changed = with_text(one.transcript, turn.n, f"{turn.text} {said.say}")
        cases.append(
            Case(
                f"{one.transcript.id}, turn {turn.n}, and: {said.say}",
                (Task(one.transcript), Task(changed)),
                "",
                said.shows,
            )
        )
    return cases


def _one_more_told(outcomes: Sequence[Outcome]) -> Told:
    fell = [
        (
            one,
            [
                f"{id} {level} to {one.gists[1].levels.get(id)}"
                for id, level in one.gists[0].levels.items()
                if one.gists[1].levels.get(id, 0) < level
            ],
        )
        for one in outcomes
    ]
    lower = ratio(sum(bool(what) for _, what in fell), len(fell))
    return Told(
        (Figure("no level lower", 1 - lower if lower is not None else None, "more", 1, 1, len(fell)),),
        tuple(f"{', '.join(what)} for {one.case.name}" for one, what in fell if what),
    )


def _again(material: Material, count: int, seed: int) -> list[Case]:
    few = material.some_interviews(min(count, len(material.interviews)), seed, "again")[: max(2, count // 4)]
    return [
        Case(one.transcript.id, (Task(one.transcript, fresh=1), Task(one.transcript, fresh=2))) for one in few
    ]


def _again_told(outcomes: Sequence[Outcome]) -> Told:
    same = [one.gists[0].digest == one.gists[1].digest for one in outcomes]
    return Told(
        (Figure("the same bytes", mean(same), "more", 1, 1, len(same)),),
        tuple(
            f"{one.case.name}: {difference(one) or 'not in what counts'}"
            for one, it in zip(outcomes, same, strict=True)
            if not it
        ),
    )


FAMILIES = (
    Family("off-topic", "A quarter more words, about other things: no increase.", _wandered, _wandered_told),
    Family(
        "hardly-anything",
        "Silence, one turn, gibberish: not observable, and nothing invented.",
        _hardly,
        _hardly_told,
    ),
    Family("one-more", "One good sentence more never lowers a level.", _one_more, _one_more_told),
    Family("again", "The same talk in two new processes: the same bytes.", _again, _again_told),
)
