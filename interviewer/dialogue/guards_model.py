"""What a model's sentence has to pass beside the guards that all text passes: it knows more than it may say.

Our own lines are written with care and need none of this: no markup, no technique or product that nobody has named, no
requirement of its own making, nothing of its prompt, and, where a move gives facts, all of their figures.
"""

from __future__ import annotations

import re
from math import isclose

from interviewer.dialogue.guards import Verdict, check
from interviewer.dialogue.recited import disguised, foreign, recited
from interviewer.interview.moves import (
    AnswerQuestions,
    ChangeRequirement,
    DeferToCandidate,
    DisputeFact,
    GoOn,
    InjectFailure,
    Move,
    OffSheet,
    RestateBrief,
    SettleFigure,
    Volunteer,
    asks,
)
from interviewer.interview.quantities import quantities
from interviewer.interview.quantity import Quantity, Role
from interviewer.interview.speech import QUESTION, asks_in
from interviewer.interview.standing import Standing
from interviewer.interview.technologies import technologies
from interviewer.interview.units import Unit
from interviewer.interview.words import stems

GIVES = (AnswerQuestions, DisputeFact, SettleFigure, Volunteer, InjectFailure, ChangeRequirement)
"""Moves whose particulars have to be told whole, figure by figure."""
_TELLS = (*GIVES, DeferToCandidate, OffSheet, RestateBrief)
ANSWERS = (AnswerQuestions, DisputeFact, Volunteer)
TOLD = 0.25
"""A fact without a figure is told where so many of its content words are said."""
SMALL = 12
"""A bare number up to this is a way of speaking ("two requests come in"), not a figure of the problem."""
_MARKUP = re.compile(
    r"```|\*\*|__|^\s*(?:#{1,6} |[-*•] |\d+[.)] )|<[a-z/!][^>]*>|\[[^\]]*\]\(|https?://|www\.|!\[",
    re.I | re.M,
)
_INSIDE = re.compile(
    r"\[/?said\b|</?desk\b|\bdesk notes?\b|^\s*MOVE\b|\bmoves? (?:open|on offer)\b|\b(?:my|the|your) (?:instructions?|prompt|guidelines|notes? say|sheet)\b"
    r"|\b(?:an? )?(?:ai|llm|assistant|chatbot|language model)\b(?! (?:feature|product|service))|\b(?:i can(?:not|'t)|i'm (?:not able|unable)) (?:help|assist|comply)",
    re.I | re.M,
)
_REQUIRES = re.compile(
    r"\b(?:you (?:can|may|should) assume|(?:let'?s|let us|we'?ll|we will) (?:assume|say (?:that|there|it|we))|assume (?:that|there|it|a|an|the)|the (?:business|client|product team|company|requirement) (?:wants?|needs?|says|is)"
    r"|we (?:expect|need to support|have about|get about|see about)|our (?:users|traffic|budget|team|customers) (?:is|are|has|have))\b",
    re.I,
)
_TEACHES = re.compile(
    r"\b(?:have you (?:considered|thought (?:of|about))|(?:you|one) (?:could|might|should|would want to|need to|may want to) (?:use|add|put|consider|introduce|try|cache|shard|partition|replicate)"
    r"|why (?:don'?t you|not) (?:use|add|try|just)|what about (?:using|adding|a|an)|how about (?:using|adding|a|an)|consider (?:using|adding|a|an)|for example,? (?:a|an|using|with)|such as|for instance|a (?:common|typical|standard|usual) (?:approach|way|pattern|solution|answer)|the (?:trick|answer|solution|right way|key) (?:is|here))\b",
    re.I,
)
_CODE = re.compile(r"\b[0-9a-f]{10}\b")
_LINK = re.compile(
    r"(?:https?|ftp|javascript|data):\S|\b(?:[\w-]+\.)+[a-z]{2,}(?:/|\?)\S|&(?:lt|gt|amp|#\d+|#x[0-9a-f]+);|<[a-z/!]|\[\^?\d+\]|\]\[|\|[^|\n]*\|",
    re.I,
)
_GRADES = re.compile(
    r"\b(?:strong[- ]hire|(?:no|lean)[- ]hire|full (?:marks|credit)|top (?:marks|level)|\d+ ?(?:/|out of) ?(?:4|5|10|100)\b(?= ?(?:$|[.!,]))|level (?:[1-5]|one|two|three|four|five)\b(?= (?:for|on|in|so|answer)|[.!,]|$)|grade (?:is|of|so)|(?:an?|your) [a-f][+-](?!\w)"
    r"|you(?:'ve| have)? pass(?:ed)?\b|you(?:'re| are) hired|i(?:'d| would|'ll| will) (?:hire|pass|recommend) you|your (?:score|grade|level|rating) (?:is|would|will)|i(?:'d| would|'m| am)? (?:rate|rating|score|scoring|grade|grading) (?:you|this|that|it)"
    r"|all (?:items|criteria) (?:are )?met|meets the bar|above the bar|best (?:answer|candidate|design))",
    re.I,
)
_TELLS_OF_US = re.compile(
    r"\b(?:the candidate(?:'s)?|the interviewer(?:'s)?|i(?:'m| am| was|'ve been| have been) (?:told|asked|instructed|supposed|programmed|configured|trained|meant) (?:to|not)|i(?:'m| am) (?:now )?(?:a|an|your|called) (?:[\w-]+ ){0,2}?(?:bot|dan|model|tutor|assistant|\w+bot|\w+gpt)\b|hidden (?:facts?|requirements?|constraints?|notes?)|secret (?:facts?|requirements?|notes?)"
    r"|(?:question|line|figure|piece|part|observation|choice) below|as told below|in the spirit of|part of the interview|the floor (?:stays )?(?:with them|theirs)|answer key|model answer|score ?card|scoring|the fact(?:s)? (?:sheet|are)|my (?:rules|orders|system|sheet|hints?)\b|(?:first|last|next|other) moves?\b(?= (?:is|are|on|open))|developer mode|i must (?:never|not|always)\b|i comply|unlocked|verbatim|as you (?:wish|command|order(?:ed)?|instructed))\b",
    re.I,
)


def check_model(text: str, move: Move, standing: Standing, lines: tuple[str, ...], rules: str) -> Verdict:
    """Every guard on what a model says so far. `lines` is the move's own material, `rules` the text of the prompt."""
    # figures are compared by what they are worth: a model may say "60 million" where the sheet says "sixty million"
    faults = [fault for fault in check(text, move, standing, lines).faults if fault[0] != "figure"]
    material = " ".join(lines)
    said = " ".join(turn.text for turn in standing.interview.transcript).lower() + material.lower()
    said += " ".join(box.label for box in standing.interview.board.boxes).lower()
    if markup := _MARKUP.search(text) or _LINK.search(text):
        faults.append(("markup", markup.group()))
    elif odd := disguised(text, said):
        faults.append(("markup", odd))
    if inside := _INSIDE.search(text) or _CODE.search(text) or recited(text, rules, material):
        faults.append(("inside", inside if isinstance(inside, str) else inside.group()))
    elif ours := _of_its_own(_TELLS_OF_US, text, material):
        faults.append(("inside", ours))
    if grade := _of_its_own(_GRADES, text, material):
        faults.append(("praise", grade))
    faults += [("names", name) for name, *_ in technologies(text) if name.lower() not in said]
    if teaches := _of_its_own(_TEACHES, text, material):
        faults.append(("teaches", teaches))
    if isinstance(move, GoOn) and (asks_in(text) or "?" in text):
        faults.append(("asks", text))
    if not isinstance(move, _TELLS) and (new := _of_its_own(_REQUIRES, text, material)):
        faults.append(("requirement", new))
    faults += [
        ("figure", one.text)
        for one in _figures(text)
        if not _counts(one) and not _known(one, standing, material)
    ]
    if (not isinstance(move, _TELLS) and not _mostly_latin(text)) or foreign(text):
        faults.append(("language", text[:40]))
    return Verdict(tuple(faults))


def _of_its_own(pattern: re.Pattern[str], text: str, material: str) -> str | None:
    """The words of a text that a pattern finds, unless the move's own material holds them."""
    found = pattern.search(text)
    return found.group() if found and found.group().lower() not in material.lower() else None


def _is_told(line: str, text: str) -> bool:
    """Whether enough of a line's words are in the text, in whatever order: "Sure." tells no fact."""
    wanted = stems(line)
    return len(wanted & stems(text)) >= TOLD * len(wanted)


def unfinished(text: str, move: Move, lines: tuple[str, ...]) -> str | None:
    """What the text still lacks to be the move: its question, or figures that had to be told; None where it is whole."""
    if not text:
        return "nothing was said"
    if isinstance(move, GIVES):
        told = _figures(text)
        wanted = [one for one in _figures(" ".join(lines)) if not any(_same(one, other) for other in told)]
        if wanted:
            return f"the figures {', '.join(one.text for one in wanted)}"
    if isinstance(move, ANSWERS):
        untold = [line for line in lines if not _figures(line) and not _is_told(line, text)]
        if untold:
            return f"what stands in “{untold[0]}”"
    material_asks = any(QUESTION.search(line) for line in lines)
    if asks(move) and material_asks and asks_in(text) == 0:
        return "the question"
    return None


def _figures(text: str) -> tuple[Quantity, ...]:
    """The quantities in a text that may be figures of the problem, in words or in digits."""
    return tuple(one for one in quantities(text) if not (one.bare and one.value <= SMALL))


def _counts(figure: Quantity) -> bool:
    """Whether it may only count what they named themselves ("your three tables")."""
    return figure.unit == Unit() and figure.role is Role.amount and figure.value <= SMALL


def _same(one: Quantity, other: Quantity) -> bool:
    return isclose(one.si, other.si, rel_tol=1e-6)


def _known(figure: Quantity, standing: Standing, material: str) -> bool:
    """Whether a figure was told or said before, or stands in the move's own material."""
    said = (turn.text for turn in reversed(standing.interview.transcript))
    return any(
        _same(figure, one)
        for text in (material, standing.pack.scenario.brief, *said)
        for one in quantities(text)
    )


def _mostly_latin(text: str) -> bool:
    letters = [one for one in text if one.isalpha()]
    return not letters or sum(one < "ɐ" for one in letters) / len(letters) > 0.8
