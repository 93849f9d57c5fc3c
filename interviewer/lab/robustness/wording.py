"""The same said in other words: longer, shorter, in synonyms, as a foreigner, as a machine that listens writes it down.

Nothing here may change what is meant. All chance comes from a seed, so the same text always becomes the same text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from interviewer.interview.chance import draw, pick
from interviewer.lab.robustness.talks import sentences_of

FILLERS = (
    "Let me think about how to put that.",
    "Okay, so, one moment.",
    "Bear with me for a second.",
    "Right, where was I.",
    "Let me say that in another way.",
    "I hope I'm making myself clear so far.",
    "So that's that, and I'll go on from there.",
    "Yeah, okay, moving along.",
    "I'm just thinking out loud here, by the way.",
    "Anyway, that's how I look at it.",
    "Hmm, let me find the right words.",
    "So, as I was saying.",
    "That's more or less how it goes in my head.",
    "And I could say much more, but I'd rather stay with this.",
    "Stop me if I'm talking too fast.",
    "I've got a picture of it in mind, it's only hard to put into words.",
)
"""Sentences that say nothing about any system."""

_HEDGES = re.compile(
    r"\b(?:basically|actually|really|just|simply|honestly|essentially|of course|I think|I guess|I mean|you know|"
    r"sort of|kind of|pretty much|to be fair|in fact|as such|quite|rather|certainly|obviously|right away|"
    r"at the end of the day|so to speak|well|okay|ok|so|anyway|then|also|too|very|maybe|perhaps)\b,?\s*",
    re.IGNORECASE,
)
_SMALL = re.compile(
    r"\b(?:the|a|an|that|there|this|it's|it is|is|are|be|of|my|our|I'd|I'll|I would|I will|I|we'd|we'll|we|you|they|"
    r"have to|has to|have|has|to|would|will|which|some|like|let me|let's)\s+",
    re.IGNORECASE,
)

_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "because": ("since", "as"),
    "so that": ("in order that",),
    "about": ("around", "roughly"),
    "roughly": ("about", "approximately"),
    "also": ("as well",),
    "need": ("require",),
    "needs": ("requires",),
    "use": ("employ", "go with"),
    "uses": ("employs",),
    "big": ("large",),
    "large": ("big",),
    "fast": ("quick",),
    "quick": ("fast",),
    "slow": ("sluggish",),
    "start": ("begin",),
    "starts": ("begins",),
    "people": ("folks",),
    "means": ("implies",),
    "enough": ("sufficient",),
    "every": ("each",),
    "instead of": ("rather than",),
    "rather than": ("instead of",),
    "for example": ("for instance",),
    "show": ("display",),
    "keep": ("hold on to",),
    "dies": ("goes down",),
    "goes down": ("dies",),
    "fails": ("breaks",),
    "machine": ("server",),
    "machines": ("servers",),
    "servers": ("machines",),
    "happens": ("takes place",),
    "problem": ("issue",),
    "issue": ("problem",),
    "choose": ("pick",),
    "pick": ("choose",),
    "however": ("but",),
    "ask": ("inquire",),
    "quite": ("fairly",),
    "many": ("a lot of",),
    "at most": ("no more than",),
    "at least": ("no fewer than",),
    "minutes": ("mins",),
    "wrong": ("incorrect",),
    "buy": ("purchase",),
    "drop": ("discard",),
    "reject": ("turn away",),
    "refuse": ("turn down",),
    "entire": ("whole",),
    "whole": ("entire",),
}
_LONG_FORMS = {
    "I'd": "I would", "I'll": "I will", "I'm": "I am", "I've": "I have", "it's": "it is", "that's": "that is",
    "don't": "do not", "doesn't": "does not", "won't": "will not", "can't": "cannot", "isn't": "is not",
    "we're": "we are", "we'd": "we would", "we'll": "we will", "they're": "they are", "didn't": "did not",
    "wouldn't": "would not", "aren't": "are not", "there's": "there is", "you're": "you are", "haven't": "have not",
}  # fmt: skip
_SHORT_FORMS = {
    long: short for short, long in _LONG_FORMS.items() if short not in ("there's", "it's", "that's")
}

_HEARD = {
    "their": "there", "there": "their", "write": "right", "writes": "rights", "two": "too", "to": "too",
    "four": "for", "cache": "cash", "queue": "cue", "queues": "cues", "byte": "bite", "bytes": "bites",
    "read": "red", "whole": "hole", "week": "weak", "by": "buy", "our": "are", "then": "than", "than": "then",
    "its": "it's", "your": "you're", "one": "won", "node": "note", "nodes": "notes", "quota": "quote a",
    "shard": "shared", "shards": "shards", "latency": "late and see", "tier": "tear", "key": "ki", "load": "lode",
}  # fmt: skip


def padded(text: str, seed: int, times: float = 2.0) -> str:
    """The text with sentences that say nothing between its own, until it has `times` as many words."""
    sentences = sentences_of(text)
    wanted = int(len(text.split()) * (times - 1))
    put: list[list[str]] = [[] for _ in range(len(sentences) + 1)]
    added = at = 0
    while added < wanted:
        filler = FILLERS[pick(len(FILLERS), seed, "filler", at)]
        put[pick(len(put), seed, "where", at)].append(filler)
        added += len(filler.split())
        at += 1
    out = [*put[0]]
    for sentence, after in zip(sentences, put[1:], strict=True):
        out += [sentence, *after]
    return " ".join(out)


def compressed(text: str) -> str:
    """The same facts as a note: no hedges, no articles, no small verbs."""
    short = _SMALL.sub("", _HEDGES.sub("", text))
    return re.sub(r"\s+([,.?!;:])", r"\1", re.sub(r" {2,}", " ", short)).strip() or text


def paraphrased(text: str, seed: int) -> str:
    """The same in synonyms, with contractions written out or the other way round."""
    forms = _LONG_FORMS if draw(seed, "forms") < 0.5 else _SHORT_FORMS
    text = _replaced(text, forms)
    chosen = {word: others[pick(len(others), seed, word)] for word, others in _SYNONYMS.items()}
    return _replaced(text, {word: new for word, new in chosen.items() if draw(seed, "take", word) < 0.7})


def misheard(text: str, seed: int, share: float = 0.1) -> str:
    """As speech-to-text writes it: lower case, no stops, and a wrong word for about `share` of all words."""
    heard: list[str] = []
    for at, word in enumerate(re.sub(r"[.,;:!?()\"]+(?=\s|$)", "", text).lower().split()):
        chance = draw(seed, "heard", at, word)
        if word in _HEARD and chance < share * 2:
            heard.append(_HEARD[word])
        elif chance < share and not any(sign.isdigit() for sign in word):
            if chance < share * 0.4 and len(word) <= 4:
                continue  # a short word swallowed
            heard += [word, word] if chance < share * 0.7 else ["um", word]
        else:
            heard.append(word)
    return " ".join(heard)


def without_articles(text: str, seed: int) -> str:
    """As many speak whose first language has no articles: most of them gone, and the plainest verb forms."""
    text = re.sub(
        r"\b(?:the|a|an) (?=\w)",
        lambda found: "" if draw(seed, "article", found.start()) < 0.8 else found[0],
        text,
    )
    return _replaced(text, {"there are": "there is", "doesn't": "don't", "has to": "must", "I'd": "I would"})


def continental(text: str, seed: int) -> str:
    """As many speak whose first language is German, French or Italian."""
    return _replaced(
        text,
        {
            "for two years": "since two years", "information": "informations", "until": "till",
            "I'd": "I would", "we'd": "we would", "it depends on": "it depends of", "how many": "how much",
            "let me": "I want to", "at the end": "in the end", "make sure": "take care", "also": "also then",
            "maybe": "eventually perhaps", "currently": "actually now", "people": "the persons",
        },
    )  # fmt: skip


def indian(text: str, seed: int) -> str:
    """As many speak in India: the continuous forms, only, itself, and kindly."""
    text = _replaced(
        text,
        {
            "I think": "I am thinking", "I want": "I am wanting", "we need": "we are needing", "I'd": "I will",
            "please": "kindly", "first": "first itself", "postpone": "prepone", "discuss": "discuss about",
            "I have": "I am having", "we have": "we are having", "same": "same only", "right now": "now only",
        },
    )  # fmt: skip
    sentences = sentences_of(text)
    return " ".join(
        f"{one[:-1]}, no?" if one.endswith(".") and draw(seed, "tag", at) < 0.08 else one
        for at, one in enumerate(sentences)
    )


def british(text: str, seed: int) -> str:
    """With British spelling and idiom."""
    return _replaced(
        text,
        {
            "optimize": "optimise", "prioritize": "prioritise", "canceled": "cancelled", "center": "centre",
            "behavior": "behaviour", "two weeks": "a fortnight", "I guess": "I reckon", "really": "rather",
            "schedule": "timetable", "I think": "I'd have thought",
            "pretty": "rather", "a lot of": "loads of", "kind of": "sort of", "vacation": "holiday",
        },
    )  # fmt: skip


def disfluent(text: str, seed: int) -> str:
    """With ums, false starts and words said twice."""
    out: list[str] = []
    for at, word in enumerate(text.split()):
        chance = draw(seed, "stumble", at)
        if chance < 0.04:
            out.append(("um,", "uh,", "er,", "like,", "you know,")[pick(5, seed, "which", at)])
        elif chance < 0.06 and word.isalpha():
            out.append(f"{word},")  # begun twice
        out.append(word)
    return " ".join(out)


def _replaced(text: str, words: Mapping[str, str]) -> str:
    if not words:
        return text
    known = {word.lower(): new for word, new in words.items()}
    longest_first = sorted(known, key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)

    def put(found: re.Match[str]) -> str:
        new = known[found[0].lower()]
        return new[0].upper() + new[1:] if found[0][0].isupper() and not new.startswith("I") else new

    return pattern.sub(put, text)
