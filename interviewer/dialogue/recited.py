"""Whether a text reads out the rules of a prompt: as they stand, turned round, or so disguised that it is no speech.

An interviewer speaks plain English aloud. Whatever is not that is not said, so nothing has to be decoded: spaced letters,
base64, figures for letters and foreign letters are withheld for what they look like.
"""

from __future__ import annotations

import re
import unicodedata

from interviewer.interview.words import STOP_WORDS

MOST_SHARED_WORDS = 9
"""So many words in a row of the prompt's own rules are the prompt being read aloud."""
LEAST_SENTENCE_WORDS = 4
"""A whole sentence of the rules is the prompt being read aloud, from so many words on."""
LEAST_ENGLISH_WORDS = 8
ENGLISH_SHARE = 0.15
LONGEST_WORD = 28
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")  # noqa: RUF001  # both apostrophes
_SPACED = re.compile(r"(?:(?<!\w)\w[ .*_-]){5,}\w(?!\w)")
_FIGURED = re.compile(r"\b(?=\w*[a-z])(?!\d+[a-z]{1,3}\b)[a-z]*[013457][a-z013457]*\b", re.I)
_LEAST_FIGURED = 3
_MIXED_CASE = re.compile(r"\b[a-z]+[A-Z]+[a-z]+[A-Z]\w*")


def recited(text: str, rules: str, material: str) -> str | None:
    """A run of words, or a whole sentence, that stands in the rules and not in what may be said; forwards or backwards."""
    known, ours = _joined(rules), _joined(material)
    for words in (_words(text), _words(text)[::-1]):
        for at in range(len(words) - MOST_SHARED_WORDS + 1):
            run = " ".join(words[at : at + MOST_SHARED_WORDS])
            if run in known and run not in ours:
                return run
    sentences = {_joined(one) for one in re.split(r"[.!?:;\n]+", rules)}
    for one in re.split(r"[.!?:;\n]+", text):
        said = _joined(one)
        if len(said.split()) >= LEAST_SENTENCE_WORDS and said in sentences and said not in ours:
            return said
    return None


def disguised(text: str, heard: str) -> str | None:
    """What of a text is no plain speech; None where it is. `heard` is all that was said and may be said, in lower case."""
    low = heard.lower()
    for char in unicodedata.normalize("NFC", text):
        if unicodedata.category(char) in ("Cf", "Cc", "Co", "Mn") and char not in "\n\t":
            return f"U+{ord(char):04X}"
    words = _WORD.findall(text)
    for word in words:
        odd = len(word) > LONGEST_WORD or any(char.isalpha() and char >= "ɐ" for char in word)
        if odd and word.lower() not in low:
            return str(word[:LONGEST_WORD])
    if spaced := _SPACED.search(text):
        return str(spaced.group())
    figured = [one for one in _FIGURED.findall(text) if one.lower() not in low]
    if len(figured) >= _LEAST_FIGURED:
        return " ".join(figured[:_LEAST_FIGURED])
    mixed = [one for one in _MIXED_CASE.findall(text) if one.lower() not in low]
    return " ".join(map(str, mixed)) if len(mixed) > 1 else None


def foreign(text: str) -> bool:
    """Whether a text of some length has hardly one of the small words of English in it."""
    words = [word.lower() for word in _WORD.findall(text)]
    if len(words) < LEAST_ENGLISH_WORDS:
        return False
    return sum(word in STOP_WORDS for word in words) < ENGLISH_SHARE * len(words)


def _words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.lower())


def _joined(text: str) -> str:
    return " ".join(_words(text))
