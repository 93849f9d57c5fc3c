"""Sentences that say nothing of the matter: breath between thoughts ("let me think about that for a second") and the
speaker's own life. They earn nothing and cost nothing, so a talk is heard without them; offsets stay what they were.

Which sentences those are is learned: a weight for each word and pair of words, from written examples of idle talk and of
talk that only sounds idle (rubrics/system_design/idle/). A question, a figure, second thoughts, and a turn that says
nothing else are always heard: there they may be an answer.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from math import exp

from interviewer.interview.scope import second_thoughts
from interviewer.interview.words import STOP_WORDS, normal_text, stem

SURE = 0.7
"""From this probability on a sentence is idle."""
SURER = 0.9
"""What holds a denial or a name is more often an answer."""
LEAST_WORDS = 3
"""Shorter sentences ("Yes.", "Never, no.") are answers."""
BIAS, STRANGE, FAMILIAR, FIGURES, QUESTION = "#bias", "#strange", "#familiar", "#figures", "#question"
"""Weights that are no words': the constant, and for words that no design talk holds, that it does hold, figures, questions."""
MOST_STRANGE, MOST_FAMILIAR = 5, 8

Weights = Mapping[str, float]

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d[\d.,:%]*")
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?]+(?=\s|$)|\n|$)")
_DENIES = re.compile(r"n't\b|\b(?:not|no|never|none|neither|cannot|unless|instead)\b")
_FIGURE = re.compile(r"\d|\b(?:hundred|thousand|million|billion|kilo|mega|giga|tera)")
_NAME = re.compile(r"[a-z,;] (?!I\b)[A-Z][\w-]+")
_SMALL = frozenset(map(stem, STOP_WORDS))


def without_idle(text: str, weights: Weights, known: Container[str]) -> str:
    """The text, as long as before in code points, with idle sentences as blanks; the text itself where all are idle.

    `known` holds the stems that are common in talk about designs.
    """
    if not weights:
        return text
    found = [match for match in _SENTENCE.finditer(text) if match.group().strip()]
    idle = [match for match in found if is_idle(match.group(), weights, known)]
    if not idle or len(idle) == len(found):
        return text
    for match in idle:
        end = match.end() - match.group().endswith("\n")
        text = f"{text[: match.start()]}{' ' * (end - match.start())}{text[end:]}"
    return text


def is_idle(sentence: str, weights: Weights, known: Container[str]) -> bool:
    """Whether a sentence by itself says nothing of any design."""
    said = normal_text(sentence).strip()
    if said.endswith("?") or _FIGURE.search(said) or second_thoughts(said):
        return False
    names = _NAME.search(sentence.strip()) is not None
    return idleness(said, weights, known) >= (SURER if names or _DENIES.search(said) else SURE)


def idleness(said: str, weights: Weights, known: Container[str]) -> float:
    """How likely a sentence in normal form says nothing of any design, 0 to 1; nothing is made of a few words."""
    words = roots(said)
    if not weights or len(words) < LEAST_WORDS:
        return 0.0
    told = traits(said, words, known)
    odds = weights.get(BIAS, 0.0) + sum(weights.get(name, 0.0) * value for name, value in told.items())
    return 1 / (1 + exp(-odds))


def roots(said: str) -> list[str]:
    """The stems of a sentence in normal form, in order, figures as one word."""
    return ["0" if word[0].isdigit() else stem(word) for word in _WORD.findall(said)]


def traits(said: str, words: list[str], known: Container[str]) -> dict[str, float]:
    """What is weighed of a sentence: its words, pairs of them, and how many belong to talk about designs."""
    told = dict.fromkeys([*words, *map(" ".join, zip(["^", *words], [*words, "$"], strict=True))], 1.0)
    content = [word for word in words if word not in _SMALL]
    strange = sum(word not in known for word in content if word != "0")
    told[STRANGE] = min(strange, MOST_STRANGE) / 2
    told[FAMILIAR] = min(len(content) - strange, MOST_FAMILIAR) / 4
    told[FIGURES] = float("0" in words)
    told[QUESTION] = float(said.endswith("?"))
    return told
