"""Whether what was said is speech at all: words that exist, in an order in which somebody would say them.

Typing slips, dictation, other ways of English and the shorthand of engineers are speech; letters at random and words
out of a hat are not. Nothing is claimed of a few words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from interviewer.interview.words import STOP_WORDS, Token, stem, tokens

LEAST_WORDS = 40
KNOWN_SHARE = 0.5
"""Share of known words below which it is no language we know; the tersest of engineers come to .9."""
LEAST_ARTICLES, LEAST_ODD = 20, 4
ODD_SHARE = 0.12
"""Share of articles before a word that none stands before: below .03 in any English, above .13 in shuffled words."""

_ARTICLES = frozenset({"the", "a", "an"})
_NEVER_NEXT = frozenset(
    "is are was were be been am and or but because so if of to in on at by for from with than then the a an we i you he "
    "she they it this that these those my your our their its have has had do does did will would can could should must "
    "may might not".split()
)


def is_speech(texts: Iterable[str], known: Collection[str]) -> bool:
    """Whether these texts together are speech. `known` holds the stems of words that are expected; where it is empty,
    only the order of words is looked at. True where too little was said to tell.
    """
    said = [tokens(text) for text in texts]
    words = [token for some in said for token in some]
    if len(words) < LEAST_WORDS:
        return True
    if known and sum(_exists(word, known) for word in words) < KNOWN_SHARE * len(words):
        return False
    after = [
        (word.text, follower.text)
        for some in said
        for word, follower in zip(some, some[1:], strict=False)
        if word.text in _ARTICLES and word.text != follower.text
    ]
    odd = sum(follower in _NEVER_NEXT for _, follower in after)
    return len(after) < LEAST_ARTICLES or odd < max(LEAST_ODD, ODD_SHARE * len(after))


def _exists(word: Token, known: Collection[str]) -> bool:
    return word.text[0].isdigit() or word.text in STOP_WORDS or stem(word.text) in known
