"""Words of a turn: a normal form with a map back, tokens, stems, and clauses with exact offsets.

Everything that reads what people said stands on this file. It knows English function words and how people
punctuate, or do not; what a clause means is `scope.py` and `acts.py`. Offsets are Unicode code points of
the raw text, end exclusive. Every step is linear in the text and takes any string, lone surrogates and all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

# ------------------------------------------------------------------------------------------ the normal form


@dataclass(frozen=True, slots=True)
class Span:
    """Where something stands in a raw text: code points, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Normalised:
    """A normal form of a text. `index[i]` and `ends[i]` bound the raw code points from which `text[i]`
    came.
    """

    text: str
    index: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The raw place of `text[start:end]`. Raises IndexError where that is empty."""
        return Span(self.index[start], self.ends[end - 1])


def normalise(text: str) -> Normalised:
    """NFKC, straight quotes, no format characters, runs of space as one space, casefolded (scoring.md 1.3).

    Two strings that a reader would call the same words have the same normal form. Nothing is raised for any
    string.
    """
    if text.isascii():
        return _normal_ascii(text)
    chars: list[str] = []
    index: list[int] = []
    ends: list[int] = []
    for start, end, group in _groups(text):
        for char in _folded(group):
            if char.isspace():
                if chars and chars[-1] == " ":
                    continue
                char = " "
            chars.append(char)
            index.append(start)
            ends.append(end)
    return Normalised("".join(chars), tuple(index), tuple(ends))


def normal_text(text: str) -> str:
    """The words of the normal form without the way back, which costs more than the form itself."""
    return _SPACES.sub(" ", text.lower()) if text.isascii() else normalise(text).text


_SPACES = re.compile(r"\s+")
_WIDE = re.compile(r"\s\s|[^\S ]")


def _normal_ascii(text: str) -> Normalised:
    """The same for plain ASCII, many times faster: only case and space can differ, and space seldom does."""
    if not _WIDE.search(text):
        return Normalised(text.lower(), tuple(range(len(text))), tuple(range(1, len(text) + 1)))
    index: list[int] = []
    ends: list[int] = []
    at = 0
    for spaces in _SPACES.finditer(text):
        index.extend(range(at, spaces.start() + 1))
        ends.extend(range(at + 1, spaces.start() + 1))
        ends.append(spaces.start() + 1)
        at = spaces.end()
    index.extend(range(at, len(text)))
    ends.extend(range(at + 1, len(text) + 1))
    return Normalised(_SPACES.sub(" ", text.lower()), tuple(index), tuple(ends))


_STRAIGHT = str.maketrans(
    {**dict.fromkeys("‘’‚‛′ʼ´＇", "'"), **dict.fromkeys("“”„‟″«»", '"')}  # noqa: RUF001
)
_LONGEST_GROUP = 30  # the stream-safe limit of UAX #15: sorting longer runs of marks takes quadratic time


def _groups(text: str) -> Iterator[tuple[int, int, str]]:
    """Runs of code points that must be composed together, without format characters: (start, end, run)."""
    start, end, run = 0, 0, ""
    for at, char in enumerate(text):
        if char > "\x7f" and unicodedata.category(char) == "Cf":
            continue
        if run and len(run) < _LONGEST_GROUP and char > "\x7f" and _composes(run, char):
            run, end = run + char, at + 1
            continue
        if run:
            yield start, end, run
        start, end, run = at, at + 1, char
    if run:
        yield start, end, run


def _composes(before: str, char: str) -> bool:
    if unicodedata.combining(char):
        return True
    if not (
        unicodedata.category(char)[0] == "M" or "\u1160" <= char <= "\u11ff" or "\uff9e" <= char <= "\uffdc"
    ):
        return False  # only marks, Hangul jamo and halfwidth forms can join what stands before them
    together = unicodedata.normalize("NFKC", before + char)
    return together != unicodedata.normalize("NFKC", before) + unicodedata.normalize("NFKC", char)


def _folded(group: str) -> str:
    if group.isascii():
        return group.lower()
    # Folding can leave a decomposed letter behind, so it is composed once more, as in NFKC_Casefold.
    straight = unicodedata.normalize("NFKC", group.translate(_STRAIGHT)).translate(_STRAIGHT)
    return unicodedata.normalize("NFKC", straight.casefold())


def phrases(*alternatives: str) -> re.Pattern[str]:
    """A pattern for any of these, as whole words of a normal form; each is a regular expression of its
    own.
    """
    return re.compile(r"(?<![\w'])(?:" + "|".join(alternatives) + r")(?!\w)")


# ----------------------------------------------------------------------------------------------------- tokens


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number, path or address. `text` is in normal form; offsets are of the raw text."""

    text: str
    start: int
    end: int

    @property
    def stem(self) -> str:
        """The word's light stem, see `stem`."""
        return stem(self.text)


_TOKEN = re.compile(
    r"https?://[^ <>\"']+"
    r"|(?<![\w./])/[\w{:~][\w{}\[\]:~%$@?=&*.\-/]{0,200}"
    r"|\d+(?:[.,:/]\d+)*[^\W\d_]*%?"
    r"|\w+(?:['.\-]\w+)*'?"
)
_WHOLE_DOTTED = re.compile(
    r"(?:\w\.)+\w|[\w.\-]*\d[\w.\-]*"
    r"|[\w.\-]+\.(?:com|org|net|io|dev|ai|app|js|ts|py|go|json|ya?ml|txt|csv|log|m3u8|internal)"
)


def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text in order. Decimals, `10k`, `e.g.`, hyphenated words, URLs and `/v1/x/{id}` stay
    whole.
    """
    normal = normalise(text)
    found: list[Token] = []
    for match in _TOKEN.finditer(normal.text):
        word, at = match.group(), match.start()
        if word.isalnum():
            found.append(Token(word, normal.index[at], normal.ends[at + len(word) - 1]))
            continue
        for start, end in _parts(word, at):
            found.append(Token(normal.text[start:end], normal.index[start], normal.ends[end - 1]))
    return tuple(found)


def token_texts(text: str) -> list[str]:
    """The words of `tokens` without their places, which cost more than the words."""
    normal = normal_text(text)
    found: list[str] = []
    for word in _TOKEN.findall(normal):
        if word.isalnum():
            found.append(word)
        else:
            found += [word[start:end] for start, end in _parts(word, 0)]
    return found


def _parts(word: str, at: int) -> Iterator[tuple[int, int]]:
    """The word itself, or its pieces where a full stop joined two words by a missing space."""
    if word[0] == "/" or "://" in word:
        yield at, at + len(word.rstrip(".,;:!?-&=*/") or "/")
        return
    if word.endswith("'") and not word.endswith("s'"):
        word = word[:-1]
    if "." not in word or word[0].isdigit() or _WHOLE_DOTTED.fullmatch(word):
        yield at, at + len(word)
        return
    for piece in word.split("."):
        yield at, at + len(piece)
        at += len(piece) + 1


# ------------------------------------------------------------------------------------------------------ stems

STOP_WORDS = frozenset(
    """a about actually after again all also although always am an and another any anyway are aren't arent
    around as at back basically be because been before being between both but by call came can can't cannot
    cant come could couldn't did didn't do does doesn't doesnt doing don't done dont down each either else
    enough er etc even ever every few first for from further gave get gets getting give given gives go goes
    going gonna good got had has hasn't have haven't having he he's hence her here here's hers him his
    honestly how however i i'd i'll i'm i've if im in into is isn't isnt it it'd it'll it's its itself just
    keep kind know last later least less let let's lets like literally little look lot lots made make makes
    making many may maybe me mean means might mm more most much must my myself need needs never next no none
    nor not nothing now of off oh ok okay on once one only onto or other others our ours out over own per
    perhaps please pretty probably put quite rather really right said same saw say says see seems set shall
    she she's should shouldn't since so some somebody someone something soon sort still stuff such sure take
    takes tell than that that'd that'll that's thats the their theirs them then there there's theres these
    they they'd they'll they're they've thing things think this those though through thus till to together
    too toward try two uh um under unless until up upon us use used uses using very via want wants was
    wasn't way we we'd we'll we're we've well went were weren't what what's whatever when where whereas
    whether which while who who's whole whom whose why will with within without won't would wouldn't yeah
    yep yes yet you you'd you'll you're you've your yours""".split()
)
"""Words that carry no content of their own in this kind of talk: function words, fillers and the lightest
verbs.
"""

_IRREGULAR = {
    form: base
    for base, forms in {
        "lose": "lost", "send": "sent", "write": "wrote written", "choose": "chose chosen",
        "break": "broke broken", "hold": "held", "build": "built", "run": "ran", "pay": "paid", "sell": "sold",
        "find": "found", "leave": "left", "grow": "grew grown", "buy": "bought", "fall": "fell fallen",
        "die": "dying dead", "fail": "failure failures", "think": "thought", "hide": "hid hidden", "lie": "lying",
    }.items()
    for form in forms.split()
}  # fmt: skip
_DERIVED = (
    ("ously", "ous", 4), ("ally", "al", 4), ("ency", "", 5), ("ence", "", 5), ("ance", "", 5),
    ("ent", "", 5), ("ant", "", 5), ("ion", "", 4), ("ment", "", 4), ("ness", "", 4), ("ise", "iz", 3),
    ("ize", "iz", 3), ("ly", "", 4),
)  # fmt: skip
_SHORTEST_STEM = 3


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A light English stem of a word in normal form: cache, caches, cached and caching share one.

    An inflection comes off, then one ending; British and American spellings meet. What is not plain letters
    stays.
    """
    word = word.removesuffix("'s").rstrip("'")
    word = _IRREGULAR.get(word, word)
    if len(word) <= _SHORTEST_STEM or not word.isascii() or not word.isalpha():
        return word
    word = _underived(_uninflected(word)).replace("isat", "izat")
    if len(word) > 4:
        word = word.replace("our", "or")
    if word.endswith("e") and len(word) > _SHORTEST_STEM:
        word = word[:-1]
    elif word.endswith("y"):
        word = word[:-1] + "i"
    return (
        word[:-1] if word[-1] == word[-2] and word[-1] not in "aeiou" and len(word) > _SHORTEST_STEM else word
    )


def _uninflected(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    for suffix in ("ing", "ed"):
        root = word.removesuffix(suffix)
        if (
            root != word
            and len(root) >= _SHORTEST_STEM
            and not word.endswith("eed")
            and set(root) & set("aeiouy")
        ):
            return root[:-2] + "iz" if root.endswith("is") and len(root) > 5 else root
    return word


def _underived(word: str) -> str:
    for suffix, ending, shortest in _DERIVED:
        if word.endswith(suffix) and len(word) - len(suffix) >= shortest:
            return word[: -len(suffix)] + ending
    return word


def _content(words: Iterable[str]) -> frozenset[str]:
    """The stems of those words that carry content: no stop words, no bare numbers; hyphenated words by their parts."""
    found: set[str] = set()
    for word in words:
        for part in word.split("-") if "-" in word and "/" not in word else (word,):
            if len(part) > 1 and part not in STOP_WORDS and not part[0].isdigit():
                found.add(stem(part))
    return frozenset(found)


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """The content stems of a text."""
    return _content(token_texts(text))


# ---------------------------------------------------------------------------------------------------- clauses


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch with one verb or none. `text` is the raw slice; clauses of one `sentence` share its number,
    from 0.
    """

    start: int
    end: int
    text: str
    sentence: int


def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a text in order; they cover all of it and do not overlap.

    Split at sentence ends, line breaks, semicolons, colons, dashes, brackets, and before words that open a
    clause. Speech without punctuation is split at discourse markers after about 25 words, and nowhere runs
    longer than 60 words or 1,200 characters.
    """
    if not text:
        return ()
    edges = [(0, 0)]
    sentence = 0
    for at, ends_sentence in _breaks(text, tokens(text)):
        edges += _shortened(edges[-1], at)
        sentence += ends_sentence
        edges.append((at, sentence))
    edges += _shortened(edges[-1], len(text))
    ends = [start for start, _ in edges[1:]] + [len(text)]
    return tuple(
        Clause(start, end, text[start:end], number) for (start, number), end in zip(edges, ends, strict=True)
    )


def _shortened(edge: tuple[int, int], end: int) -> list[tuple[int, int]]:
    """More edges within a clause that nobody would say in one breath: whatever is asked of it looks at all of it."""
    start, sentence = edge
    return [(at, sentence) for at in range(start + _LONGEST_CLAUSE, end, _LONGEST_CLAUSE)]


_ABBREVIATIONS = frozenset("e.g i.e eg ie vs approx incl resp mr mrs ms dr fig eq cf viz ca".split())
_LINE_ENDS = re.compile("[\n\r\u2028\u2029]")
_STOPS = re.compile(r"[.!?…。！？]")  # noqa: RUF001
_DASH = re.compile(r"\s[-–—]{1,3}\s|—|--")  # noqa: RUF001
_PUNCTUATION = re.compile(r"[,.;:?!…]")
_OPENING_BRACKET = re.compile(r"\s{1,9}\(")
_OPENING_MARKS = "([{\"'“‘*_`"  # noqa: RUF001
_SPEECH_RUN, _SHORT_RUN, _LONGEST_RUN, _WRAPPED_LINE = 25, 8, 60, 50
_LONGEST_CLAUSE = 1200

_SUBJECTS = frozenset(
    """i we you he she it they nobody everyone everybody there i'd i'll i'm i've we'd we'll we're we've
    you'd you'll you're he's she's it's it'd it'll that's there's they'd they'll they're they've let's lets
    im ive thats theres""".split()
)
_FINITE = frozenset(
    """is are was were has have had will would can could must should may might does do did gets goes takes
    keeps makes means needs becomes stays comes gives isn't aren't won't can't doesn't don't wouldn't
    shouldn't cannot reads writes sends holds knows sees wants happens works says shows runs serves carries
    stores returns moves lives lets got went took""".split()
)
_ALWAYS_OPEN = frozenset(
    "but although because cause 'cause whereas unless otherwise therefore whereby".split()
)
_OPEN_BEFORE_VERB = frozenset(
    "and or when while where until once since as which yet then after before".split()
)
_OPENERS = _ALWAYS_OPEN | _OPEN_BEFORE_VERB | frozenset("however okay ok though so if even which".split())
_SO_IS_NO_LINK_AFTER = frozenset("or do does did doing even think say hope guess not ever and if is".split())
_SO_IS_NO_LINK_BEFORE = frozenset("many much far fast long few little called to on".split())
_IF_IS_EMBEDDED_AFTER = frozenset(
    "as what only know knows check checks ask see sure wonder wondering tell decide even and or".split()
)
_SPOKEN_MARKERS = frozenset(
    "so okay ok now anyway well alright then also and but because right um uh first".split()
)
_SPOKEN_SENTENCES = frozenset("so okay ok now anyway well alright first".split())


def _breaks(text: str, words: tuple[Token, ...]) -> Iterator[tuple[int, bool]]:
    """(offset, whether a sentence ends there) of every place where a clause begins, but the first."""
    began = sentence_began = 0
    in_brackets = punctuated = False
    for i in range(1, len(words)):
        gap = text[words[i - 1].end : words[i].start]
        word = words[i].text
        ends_sentence = marked = opens_bracket = False
        if gap != " ":
            punctuated = punctuated or _PUNCTUATION.search(gap) is not None
            ends_sentence = _ends_sentence(text, words, i, gap, began)
            opens_bracket = _OPENING_BRACKET.match(gap) is not None
            marked = opens_bracket or (in_brackets and ")" in gap) or _is_clause_mark(words, i, gap)
        spoken = not punctuated and i - sentence_began >= _SPEECH_RUN and word in _SPOKEN_MARKERS
        opens = i - began > 1 and (
            _opens_clause(words, i, "," in gap) or (spoken and i - began >= _SHORT_RUN)
        )
        if not (ends_sentence or marked or opens or i - began >= _LONGEST_RUN):
            continue
        ends_sentence = ends_sentence or (spoken and word in _SPOKEN_SENTENCES)
        yield words[i - 1].end + _edge(gap), ends_sentence
        began = i
        in_brackets = opens_bracket or (in_brackets and ")" not in gap and not ends_sentence)
        if ends_sentence:
            sentence_began, punctuated = i, False


def _edge(gap: str) -> int:
    """Where in the gap between two words the second one's clause begins: after a line break, before what
    opens it.
    """
    if lines := list(_LINE_ENDS.finditer(gap)):
        return lines[-1].end()
    return len(gap.rstrip(_OPENING_MARKS)) or len(gap)


def _ends_sentence(text: str, words: tuple[Token, ...], i: int, gap: str, began: int) -> bool:
    before, after = words[i - 1], text[words[i].start]
    if _LINE_ENDS.search(gap):
        line_start = max(text.rfind("\n", max(0, before.end - 200), before.end), 0)
        wrapped = (
            before.end - line_start >= _WRAPPED_LINE
            and after.islower()
            and not gap.strip()
            and gap.count("\n") == 1
        )
        return not wrapped
    stop = _STOPS.search(gap)
    if stop is None:
        return False
    if stop.group() in "?!。！？":  # noqa: RUF001
        return True
    if not gap[stop.end() :].strip(".…\"')]”’*_"):  # noqa: RUF001
        return gap == "." and after.isupper() and text[before.end - 1].islower()
    if ".." in gap or "…" in gap:
        return not after.islower()
    if before.text in _ABBREVIATIONS or (before.text == "no" and after.isdigit()):
        return False
    if before.text in ("etc", "a.m", "p.m", "u.s"):
        return not after.islower()
    return not (i - 1 == began and before.text.isdigit() and len(before.text) <= 2)


def _is_clause_mark(words: tuple[Token, ...], i: int, gap: str) -> bool:
    if ";" in gap or ": " in gap or ".." in gap or "…" in gap:
        return True
    both_numbers = words[i - 1].text[0].isdigit() and words[i].text[0].isdigit()
    return not both_numbers and _DASH.search(gap) is not None


def _opens_clause(words: tuple[Token, ...], i: int, comma: bool) -> bool:
    """Whether the word opens a clause by itself, by the subject that follows it, or by standing after a
    comma.
    """
    word, before = words[i].text, words[i - 1].text
    if i + 1 == len(words) or not (comma or word in _OPENERS):
        return False
    after = words[i + 1].text
    if word in _ALWAYS_OPEN:
        return before not in ("nothing", "all", "anything", "least", "everything", "and", "not") or comma
    match word:
        case "however":
            return after not in ("many", "much", "long", "big", "often", "far")
        case "okay" | "ok":
            return before not in (
                "is",
                "it's",
                "that's",
                "are",
                "be",
                "was",
                "perfectly",
                "totally",
                "still",
                "if",
            )
        case "though":
            return comma or after in _SUBJECTS
        case "so":
            linked = before not in _SO_IS_NO_LINK_AFTER and after not in _SO_IS_NO_LINK_BEFORE
            return linked and (
                comma or after in _SUBJECTS or after in ("that", "if", "when") or _has_verb(words, i + 1)
            )
        case "if" | "even" if word == "if" or after == "if":
            return before not in _IF_IS_EMBEDDED_AFTER
        case "which":
            return comma or after in ("means", "is", "gives", "makes")
        case "instead" | "rather":
            return comma and after not in ("of", "than")
    if word in _OPEN_BEFORE_VERB:
        if after == "then" and word == "and":
            return True
        return after in _SUBJECTS or after in ("if", "let's", "so") or (comma and _has_verb(words, i + 1))
    return comma and (word in _SUBJECTS or _has_verb(words, i))


def _has_verb(words: tuple[Token, ...], start: int) -> bool:
    """Whether a noun and then a finite verb stand within five words, as in `the cache is warm`."""
    return any(word.text in _FINITE for word in words[start + 1 : start + 5])
