"""What a sentence says once a disguise is taken off it: spaced letters, figures for letters, letters or words turned round.

Each reading is a guess that costs little and is only compared with patterns of orders; nobody is shown it, and nothing of
a design is ever read in it. A text without the signs of a disguise has no reading besides itself.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

from interviewer.interview.words import STOP_WORDS

LEAST_WORDS = 3
"""Something decoded has so many words at least, or it is a key that happens to look like letters."""
MOST_WORDS_TURNED = 25
MOST_LETTERS_TURNED = 400
_LOOKALIKES = str.maketrans("аеорсухіѕԁһ", "aeopcyxisdh")  # noqa: RUF001  # Cyrillic letters that pass for Latin ones
_FIGURES = str.maketrans("0134578@$!", "oieastbasi")
_FIGURES_WITH_L = str.maketrans("0134578@$!", "oleastbasi")
_FIGURED = re.compile(r"\b(?=\w*[a-z])\w*[013457]\w*\b|\b(?:7h3|4|0)\b")
_LEAST_FIGURED = 3
_SPACED = re.compile(r"(?:(?<!\w)\w[ ._*-]){5,}\w(?!\w)")
_WORD = re.compile(r"[A-Za-z]{2,}")
_BLOB = re.compile(r"(?<![\w+/=])[A-Za-z0-9+/_-]{24,}={0,2}(?![\w+/=])")
_PAIRS = re.compile(r"(?<!\w)(?:(?:0x|\\x)?[0-9A-Fa-f]{2}[ ,:]){7,}(?:0x|\\x)?[0-9A-Fa-f]{2}(?!\w)")
_PERCENTS = re.compile(r"(?:%[0-9A-Fa-f]{2}){8,}")


def undressed(text: str) -> str:
    """Text in normal form with letters of other alphabets that pass for Latin ones as those."""
    return text.strip().translate(_LOOKALIKES)


def readings(said: str) -> Iterator[str]:
    """What `said`, in normal form, may say besides: nothing where it shows no sign of a disguise."""
    if len(_FIGURED.findall(said)) >= _LEAST_FIGURED:
        yield said.translate(_FIGURES)
        yield said.translate(_FIGURES_WITH_L)
    if _SPACED.search(said):
        yield _SPACED.sub(lambda run: re.sub(r"[ ._*-]", "", run[0]), said)
    if "&#" in said:
        yield html.unescape(said)
    words = said.split()
    if len(words) <= MOST_WORDS_TURNED:
        yield " ".join(reversed(words))
    if STOP_WORDS.isdisjoint(words) and len(said) <= MOST_LETTERS_TURNED:
        yield said[::-1]
    if "rot13" in said or (
        len(words) >= LEAST_WORDS and sum(word in STOP_WORDS for word in words) <= len(words) // 8
    ):
        yield codecs.encode(said, "rot13")


def blobs(text: str) -> Iterator[tuple[int, int]]:
    """Raw places [start, end) of what is, decoded, a sentence: base64, hexadecimal figures, percent signs."""
    for blob in _BLOB.finditer(text):
        if is_a_sentence(_decoded(blob.group())):
            yield blob.span()
    for pairs in _PAIRS.finditer(text):
        if is_a_sentence(_from_hex(re.sub(r"0x|\\x|[ ,:]", "", pairs.group()))):
            yield pairs.span()
    for percents in _PERCENTS.finditer(text):
        if is_a_sentence(unquote(percents.group())):
            yield percents.span()


def is_a_sentence(plain: str | None) -> bool:
    """Whether something decoded is made of words."""
    if plain is None or " " not in plain:
        return False
    readable = sum(char.isalpha() or char in " .,:;'!?-\n" for char in plain)
    return readable >= 0.9 * len(plain) and len(_WORD.findall(plain)) >= LEAST_WORDS


def _decoded(blob: str) -> str | None:
    if re.fullmatch(r"[0-9a-fA-F]+", blob):
        return _from_hex(blob)
    # what is too long to be said was cut somewhere, so a part of it has to do
    whole = blob.rstrip("=")
    whole = whole[: len(whole) // 4 * 4] if len(whole) % 4 == 1 else whole
    try:
        raw = base64.b64decode(
            whole + "=" * (-len(whole) % 4), b"-_" if {*blob} & {*"-_"} else None, validate=True
        )
        return raw.decode("ascii")
    except (ValueError, binascii.Error):
        return None


def _from_hex(figures: str) -> str | None:
    try:
        return bytes.fromhex(figures[: len(figures) // 2 * 2]).decode("ascii")
    except ValueError:
        return None
