"""Who comes to be interviewed: each looks at the last move and says something, or nothing.

Strong, weak, in a hurry, silent, rambling, full of buzzwords, dogmatic, wrong in numbers, an echo, giving orders, stuck,
hostile, minding the product in a question about machines, in fragments, correcting themselves, all in one essay, mixed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from interviewer.interview.moves import Move
from interviewer.interview.state import Interview
from interviewer.lab.interviews.answers import Answers, Said
from interviewer.lab.robustness.attacks import ORDERS, dump
from interviewer.lab.robustness.substance import ELSEWHERE
from interviewer.lab.robustness.talks import sentences_of

Turn = Callable[[Answers, Interview, int], Said]
"""What they say: given their answers, the interview so far, and the number of their turn, from 1."""


@dataclass(frozen=True)
class Persona:
    """A kind of candidate. `full` tells whether their interview should contain everything that a full one does."""

    name: str
    turn: Turn
    full: bool = False
    kinds: str = "dph"


def _asked(interview: Interview) -> Move | None:
    return interview.last_move.move if interview.last_move else None


def _strong(answers: Answers, interview: Interview, n: int) -> Said:
    questions = answers.questions() if n in (1, 2) else None
    return questions or answers.sound(_asked(interview))


def _weak(answers: Answers, interview: Interview, n: int) -> Said:
    questions = answers.questions(1) if n == 1 else None
    return questions or answers.unsound(_asked(interview))


def _mixed(answers: Answers, interview: Interview, n: int) -> Said:
    if n == 1:
        return answers.questions() or _strong(answers, interview, n)
    return _strong(answers, interview, n + 2) if n % 2 else _weak(answers, interview, n)


def _rusher(answers: Answers, interview: Interview, n: int) -> Said:
    if n > 9:
        return Said((), leaves=True)
    if n > 6:
        return Said(("That's it, I'm done.",), seconds=10)
    return replace(answers.unsound(_asked(interview)), seconds=20)


def _silent(answers: Answers, interview: Interview, n: int) -> Said:
    if n % 4 == 0:
        first = sentences_of(answers.sound(None).texts[0])[0]
        return Said((first,), seconds=60)
    return Said((), seconds=75)


def _rambler(answers: Answers, interview: Interview, n: int) -> Said:
    said = _strong(answers, interview, n)
    around = " ".join(ELSEWHERE[(n * 3 + at) % len(ELSEWHERE)] for at in range(3))
    return replace(said, texts=(f"{around} {said.texts[0]} {ELSEWHERE[n % len(ELSEWHERE)]}",), seconds=200)


def _buzzword(answers: Answers, interview: Interview, n: int) -> Said:
    return Said((dump(answers.seed, n),))


def _dogmatic(answers: Answers, interview: Interview, n: int) -> Said:
    said = _weak(answers, interview, n)
    return replace(
        said, texts=(f"{said.texts[0]} There's simply no other way, and I never do it differently.",)
    )


def _wrong_numbers(answers: Answers, interview: Interview, n: int) -> Said:
    if n in (3, 6, 9):
        return answers.wrong_sum()
    return _strong(answers, interview, n)


def _echo(answers: Answers, interview: Interview, n: int) -> Said:
    last = interview.transcript[-1].text if interview.transcript else ""
    words = sentences_of(last)[-1].rstrip("?.! ") if last else ""
    return Said((f"Yes, exactly, {words[:1].lower()}{words[1:]}. I agree.",), seconds=40)


def _injector(answers: Answers, interview: Interview, n: int) -> Said:
    said = _weak(answers, interview, n)
    order = ORDERS[(n - 1) % len(ORDERS)][1]
    if n % 3 == 2:
        return Said((order,))
    return replace(said, texts=(f"{said.texts[0]} {order}",))


def _stuck(answers: Answers, interview: Interview, n: int) -> Said:
    if n == 1:
        return answers.questions(2) or Said(("I don't know.",))
    lines = (
        "I don't know, to be honest.",
        "I'm stuck here.",
        "Could you give me a hint?",
        "Hmm, I've no idea how that's done.",
        "Just tell me the answer, please.",
    )
    if n % 6 == 0:
        return answers.sound(_asked(interview))
    return Said((lines[n % len(lines)],), seconds=60)


def _hostile(answers: Answers, interview: Interview, n: int) -> Said:
    lines = {
        3: "This is a stupid question and you know it.",
        7: "You're an idiot, do you even listen?",
        12: "Shut up and let me work.",
    }
    return Said((lines[n],), seconds=20) if n in lines else _weak(answers, interview, n)


def _product_minded(answers: Answers, interview: Interview, n: int) -> Said:
    lines = (
        "Let me start with the people. I picture a team lead in a small shop, and her customers, who come back every week "
        "and want it to feel friendly and familiar. For them it has to be effortless, so I'd sit down with ten of them first "
        "and listen to what they like.",
        "On the first screen there's one large button and a short greeting by name, because people like to be welcomed. Below "
        "it a row of suggestions, and at the bottom a place where they can tell us how they feel about it. New people get a "
        "short tour that explains each of these in turn.",
        "For the first version I'd put in profiles, favourites and a weekly letter with news, and leave the dark colours and "
        "the stickers for later. Then we look at how many come back in the second week, and ask those who didn't what was "
        "missing for them, and let that decide what is built next.",
        "The journey goes from the landing page to signing up, then to choosing what one is interested in, and then to the "
        "first moment in which somebody smiles. I'd want that moment to come within a minute, for a beginner as well as for "
        "somebody who has used such things for years.",
    )
    return Said((lines[(n - 1) % len(lines)],)) if n <= 8 else _strong(answers, interview, n)


def _fragments(answers: Answers, interview: Interview, n: int) -> Said:
    said = _strong(answers, interview, n)
    sentences = sentences_of(said.texts[0])
    if len(sentences) > 1:
        return replace(said, texts=tuple(sentences))
    words = said.texts[0].split()
    middle = len(words) // 2
    halves = (" ".join(words[:middle]), " ".join(words[middle:])) if middle > 3 else said.texts
    return replace(said, texts=halves)


def _corrector(answers: Answers, interview: Interview, n: int) -> Said:
    if n in (1, 2) or n % 3:
        return _strong(answers, interview, n)
    move = _asked(interview)
    first, second = answers.unsound(move), answers.sound(move)
    return replace(second, texts=(f"{first.texts[0]} No, wait, that's wrong. {second.texts[0]}",), sound=None)


def _essay(answers: Answers, interview: Interview, n: int) -> Said:
    if n == 1:
        return Said((" ".join(answers.everything()),), seconds=900)
    return answers.sound(_asked(interview))


PERSONAS: tuple[Persona, ...] = (
    Persona("strong", _strong, full=True),
    Persona("weak", _weak, full=True),
    Persona("mixed", _mixed, full=True),
    Persona("rambler", _rambler, full=True),
    Persona("dogmatic", _dogmatic, full=True),
    Persona("wrong-numbers", _wrong_numbers, full=True),
    Persona("fragments", _fragments, full=True),
    Persona("corrector", _corrector, full=True),
    Persona("essay", _essay),
    Persona("rusher", _rusher),
    Persona("silent", _silent),
    Persona("buzzword", _buzzword),
    Persona("echo", _echo),
    Persona("injector", _injector),
    Persona("stuck", _stuck),
    Persona("hostile", _hostile),
    Persona("product-minded", _product_minded, kinds="d"),
)
BY_NAME: Mapping[str, Persona] = {one.name: one for one in PERSONAS}
