"""Sentences that say nothing of the matter: breath between thoughts ("let me think about that for a second") and the
speaker's own life. They earn nothing and cost nothing, so a talk is heard without them; offsets stay what they were.

A question, a denial, a figure, and a turn that says nothing else are always heard: there they may be an answer.
"""

from __future__ import annotations

import re
from functools import lru_cache

from interviewer.interview.words import STOP_WORDS, normal_text, stem, tokens

LEAST_WORDS = 3
"""Shorter sentences ("Yes.", "Never, no.") are answers."""
MOST_WORDS = 25
"""Whoever tells more in one sentence may come to the matter in it."""

_BREATH = frozenset(
    map(
        stem,
        """think thinking thought thoughts mind moment second minute question point points thing things word words way say saying
        said talk talking speak speaking tell telling mention mentioning note noting see look looking feel feeling guess suppose
        believe mean sense interesting important obvious obviously clear clearly honest honestly frank worth fair true sure
        certain kind sort stuff topic matter aspect respect general overall course fact essentially basically fundamentally
        really very quite rather perhaps maybe probably somehow little bit lot time try trying want like would could should
        hear understand know good nice great okay right well anyway actually literally simply pretty here there today
        collect gather organise organize pause breath loud aloud head brain hmm um uh er ah so now ready sorry excuse
        remember recall remind come coming go going get getting let put make take give back together""".split(),
    )
)
_OF_TALK = frozenset(
    map(
        stem,
        """think thinking thought thoughts mind moment question talk talking speak speaking mention mentioning interesting
        honest honestly frank collect gather organise organize breath loud aloud head remember recall remind sorry excuse
        sense topic speaking overall course general essentially fundamentally""".split(),
    )
)
"""One of these at least: small words alone may be an answer ("we take them all")."""
_OWN_LIFE = re.compile(
    r"\b(?:my|our) (?:\w+ )?(?:brothers?|sisters?|mum|mother|mom|dad|father|wife|husband|partner|son|daughters?|kids?|child(?:ren)?|parents|"
    r"grand\w+|uncle|aunt|cousin|neighbou?rs?|flatmate|cats?|dogs?|garden|holidays?|vacation|birthday|sofa|kitchen)\b"
    r"|\b(?:i|we)(?:'ve| have)?(?: \w+)? (?:saw an? (?:play|film|movie|concert|show)|watched an? (?:play|film|movie|match|show)|cooked|baked|hiked|walked|travelled|traveled|slept|moved house|went (?:on|to)|had (?:snow|rain|lunch|dinner|breakfast|coffee|tea|cake|guests)"
    r"|play (?:the|in)|sing|been learning|like this (?:room|office|building|chair|view)|do like this)\b"
    r"|\b(?:the|this) (?:weather|coffee|tea|cake|office|room|view|commute|chair) (?:here |in here |today )?(?:is|was|has been)\b"
    r"|\b(?:last|this|on the) (?:weekend|summer|winter|holiday|sunday)\b.{0,40}\b(?:i|we)\b|\bon (?:sundays|saturdays|weekends),? (?:i|we)\b"
    r"|\b(?:i|we) (?:was|were) (?:ill|stuck in traffic|late this morning)\b|\bon (?:the|my) way (?:here|in|over)\b|\bround the corner from here\b"
)
_MATTER = re.compile(
    r"\b(?:users?|servers?|systems?|services?|requests?|data|database|tables?|rows?|cach\w+|queues?|store[sd]?|storage|shards?|partition\w*|"
    r"replica\w*|latenc\w+|reads?|writes?|messages?|events?|keys?|index\w*|api|endpoint\w*|clients?|nodes?|machines?|load|traffic|design\w*|"
    r"seconds?|million|thousand|product|feature\w*|customers?|fail\w*|timeouts?|retr\w+|scal\w+|consisten\w+|app|team|job|company|project|production|box(?:es)?|disks?|memory|sites?|maps?|drivers?|riders?|calls?|monitor\w*|offline|online|costs?|fast|slow|network|phones?|money|pays?|clouds?|code|bugs?|links?|orders?|sellers?|people)\b"
)
_DENIES = re.compile(
    r"n't\b|\b(?:not|no|never|nobody|nothing|none|neither|without|cannot|unless|instead)\b|\d"
)
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?]+(?=\s|$)|\n|$)")


@lru_cache(maxsize=1024)
def without_idle(text: str) -> str:
    """The text, as long as before in code points, with idle sentences as blanks; the text itself where all are idle."""
    found = [match for match in _SENTENCE.finditer(text) if match.group().strip()]
    idle = [match for match in found if is_idle(match.group())]
    if not idle or len(idle) == len(found):
        return text
    for match in idle:
        end = match.end() - match.group().endswith("\n")
        text = f"{text[: match.start()]}{' ' * (end - match.start())}{text[end:]}"
    return text


def is_idle(sentence: str) -> bool:
    """Whether a sentence by itself says nothing of any design."""
    said = normal_text(sentence).strip()
    if said.endswith("?") or _MATTER.search(said):
        return False
    if _OWN_LIFE.search(said):
        return len(said.split()) <= MOST_WORDS
    if _DENIES.search(said):
        return False
    words = [(token.text, stem(token.text)) for token in tokens(said)]
    if len(words) < LEAST_WORDS or all(root not in _OF_TALK for _, root in words):
        return False
    return all(word in STOP_WORDS or root in _BREATH for word, root in words)
