"""Transcripts as people have them: many good forms give the same turns, and the bad ones a sentence that helps."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.coach.export import export
from interviewer.errors import BadTranscript
from interviewer.interview.rubric import CandidateLevel, Kind
from interviewer.judges import judge
from interviewer.transcripts import (
    MOST_BYTES,
    MOST_TURNS,
    MOST_WORDS,
    MOST_WORDS_A_TURN,
    Wanted,
    parse,
    read_transcript,
    settle,
)
from tests.builders import FIXTURES, a_shelf

TURNS = [
    ("interviewer", "Design a library's loan desk."),
    ("candidate", "Who borrows, and how often?\nAnd may they renew?"),
    ("interviewer", "Students, daily. Once."),
    ("candidate", "Then one row per loan."),
]
AS_JSON = [{"role": role, "text": text} for role, text in TURNS]


def of(text: str, name: str = "talk.md", candidate: str | None = None) -> list[tuple[str, str]]:
    return [(turn.role, turn.text) for turn in parse(text, "talk", name, candidate).turns]


def labelled(interviewer: str, candidate: str, between: str = "\n", after: str = " ") -> str:
    labels = {"interviewer": interviewer, "candidate": candidate}
    return between.join(f"{labels[role]}{after}{text}" for role, text in TURNS) + "\n"


GOOD = {
    "JSON with turns": json.dumps({"turns": AS_JSON}),
    "a JSON list": json.dumps(AS_JSON),
    "JSON with messages": json.dumps({"messages": AS_JSON}),
    "JSON in lines": "\n" + json.dumps({"turns": AS_JSON}, indent=2) + "\n",
    "content and speaker": json.dumps([{"speaker": role, "content": text} for role, text in TURNS]),
    "roles in capitals": json.dumps([{"role": role.upper(), "text": text} for role, text in TURNS]),
    "interviewee": json.dumps([{"role": {"candidate": "Interviewee"}.get(role, role), "text": text} for role, text in TURNS]),
    "plain labels": labelled("Interviewer:", "Candidate:"),
    "one letter": labelled("I:", "C:"),
    "question and answer": labelled("Q:", "A:"),
    "bold labels": labelled("**Interviewer:**", "**Candidate:**", "\n\n"),
    "bold labels, colon outside": labelled("**Interviewer**:", "**Candidate**:", "\n\n"),
    "bold by underscores": labelled("__Interviewer:__", "__Candidate:__", "\n\n"),
    "headings": labelled("## Interviewer:", "## Candidate:", "\n\n"),
    "headings without a colon": labelled("### Interviewer", "### Candidate", "\n\n", "\n\n"),
    "bold headings": labelled("**Interviewer**", "**Candidate**", "\n\n", "\n"),
    "a list": labelled("- Interviewer:", "- Candidate:"),
    "the label on a line of its own": labelled("Interviewer:", "Candidate:", "\n\n", "\n"),
    "times before": labelled("[00:10] Interviewer:", "[01:20] Candidate:"),
    "bare times before": labelled("0:10 - Interviewer:", "1:20 - Candidate:"),
    "times within the bold": labelled("**[00:10] Interviewer:**", "**[01:20] Candidate:**"),
    "times after": labelled("Interviewer (00:10):", "Candidate (01:20):"),
    "times after, in bold": labelled("**Interviewer (2'):**", "**Candidate (3'):**"),
    "CRLF": labelled("Interviewer:", "Candidate:").replace("\n", "\r\n"),
    "old line ends": labelled("Interviewer:", "Candidate:").replace("\n", "\r"),
    "a preface": "# Mock interview, Tuesday\n\nLevel: senior\n\n" + labelled("Interviewer:", "Candidate:"),
    "numbered interviewers": labelled("Interviewer 2:", "Candidate:"),
}  # fmt: skip


@pytest.mark.parametrize("form", GOOD)
def test_a_good_form_gives_the_turns(form: str) -> None:
    assert of(GOOD[form]) == TURNS


def test_names_need_to_be_told_who_is_who() -> None:
    talk = labelled("Dr. O'Neil:", "Jos\N{LATIN SMALL LETTER E WITH ACUTE}:")
    assert of(talk, candidate="jos\N{LATIN SMALL LETTER E WITH ACUTE}") == TURNS
    assert of(labelled("## Ben", "## Ana", "\n", "\n"), candidate="Ana") == TURNS
    with pytest.raises(BadTranscript, match=r"unknown speakers \(dr. o'neil, jos.\).*--candidate NAME"):
        of(talk)
    with pytest.raises(BadTranscript, match="nobody is called 'Bob'"):
        of(talk, candidate="Bob")
    named = [{"speaker": {"candidate": "Ana"}.get(role, "Ben"), "text": text} for role, text in TURNS]
    assert of(json.dumps(named), candidate="ana") == TURNS


def test_a_label_within_what_was_said_is_no_speaker() -> None:
    said = "Two ways.\nA: one table.\nB: two tables.\nUser: id, name\nHost: id\nReads: 4,000\nReads: at peak 9,000"
    talk = f"Interviewer: Go on.\nCandidate: {said}\nInterviewer: Why?\nCandidate: Cost: less.\n"
    assert of(talk) == [
        ("interviewer", "Go on."),
        ("candidate", said),
        ("interviewer", "Why?"),
        ("candidate", "Cost: less."),
    ]
    by_name = talk.replace("Interviewer:", "Ben:").replace("Candidate:", "Ana:")
    by_name += "Ben: And?\nAna: One more.\n" * 6
    assert of(by_name, candidate="Ana")[:2] == [("interviewer", "Go on."), ("candidate", said)]


def test_minutes_are_read_from_times() -> None:
    def minutes(text: str) -> list[float | None]:
        return [turn.minute for turn in parse(text, "t", "t.md").turns]

    assert minutes("[00:30] Interviewer: Go.\n[1:02:15] Candidate: Yes.\n") == [0.5, 62.25]
    assert minutes("Interviewer (3'): Go.\nCandidate (4.5 min): Yes.\n") == [3.0, 4.5]
    assert minutes("Interviewer (calm): Go.\nCandidate: Yes.\n") == [None, None]
    given = [{"role": "candidate", "text": "Yes.", "minute": minute} for minute in (2, "3", -1, None)]
    assert minutes(json.dumps(given)) == [2.0, None, None, None]


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    file = tmp_path / "talk.txt"
    file.write_bytes(b"\xef\xbb\xbf" + GOOD["plain labels"].encode())
    read = read_transcript(file, a_shelf())
    assert [(turn.role, turn.text) for turn in read.turns] == TURNS


BAD = {
    "an empty file": ("", "talk.txt", "talk.txt is empty"),
    "nothing but space": (" \n\n", "talk.txt", "is empty"),
    "prose": ("We talked about loans for an hour.\n", "talk.md", "unknown speakers (none)"),
    "no candidate": ("Interviewer: Go.\nInterviewer: On.\n", "talk.md", "unknown speakers (interviewer)"),
    "a silent candidate": ("Interviewer: Go.\nCandidate:\n", "talk.md", "no candidate turns"),
    "a silent candidate in JSON": ('[{"role": "candidate", "text": " "}]', "talk.json", "no candidate turns"),
    "nobody's turns": ('{"turns": []}', "talk.json", 'has no "turns"'),
    "a JSON number": ("17", "talk.json", 'has no "turns"'),
    "JSON of another thing": ('{"score": 3}', "talk.json", 'has no "turns"'),
    "turns that are none": ('{"turns": {"a": 1}}', "talk.json", 'has no "turns"'),
    "a turn that is a text": ('{"turns": ["hello"]}', "talk.json", "turn 1: a turn needs"),
    "a turn without text": ('[{"role": "candidate"}]', "talk.json", "turn 1: a turn needs"),
    "a turn with a number for text": ('[{"role": "candidate", "text": 3}]', "talk.json", "turn 1: a turn needs"),
    "an unknown role": ('[{"role": "narrator", "text": "x"}]', "talk.json", "turn 1: unknown speaker 'narrator'"),
    "no role": ('[{"text": "x"}]', "talk.json", "turn 1: unknown speaker ''"),
    "a role that is a list": ('[{"role": [], "text": "x"}]', "talk.json", "turn 1: unknown speaker '[]'"),
    "broken JSON": ('{"turns": [{"role": "candidate",]}', "talk.json", "is not JSON at line 1, column"),
    "JSON cut short": (json.dumps(AS_JSON)[:-20], "talk.json", "is not JSON at line 1"),
    "text called JSON": ("Candidate: hello", "talk.json", "is not JSON at line 1"),
    "JSON nested deep": ("[" * 100_000, "talk.json", "is not JSON"),
    "a JSON number without an end": ('{"turns": ' + "1" * 5000 + "}", "talk.json", "is not JSON"),
    "too many turns": ("Interviewer: Go.\nCandidate: Yes.\n" * (MOST_TURNS // 2 + 1), "talk.md", "turns; an interview has at most"),
    "one endless turn": ("Candidate: " + "we count. " * (MOST_WORDS_A_TURN // 2 + 1), "talk.md", "6,002 in one turn; an interview has at most"),
    "an endless turn without spaces": ("Candidate: " + "我们" * 30_000, "talk.md", "7,500 in one turn"),
    "an endless number": ("Candidate: It is " + "7" * 201, "talk.md", "turn 1: 201 characters without a space"),
    "something pasted in": ("Candidate: data:image/png;base64," + "iVBORw0KGgo" * 200, "talk.md", "characters without a space, from 'data:image/png;base6'"),
}  # fmt: skip


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_file_is_refused_with_a_sentence(fault: str) -> None:
    text, name, what = BAD[fault]
    with pytest.raises(BadTranscript) as refused:
        parse(text, "talk", name)
    assert what in str(refused.value)
    assert len(str(refused.value)) < 400


def test_hours_of_talk_are_refused() -> None:
    turn = "Candidate: " + "we count. " * 2_900 + "\n"
    parse(turn, "t", "t.md")
    with pytest.raises(BadTranscript, match=f"at most {MOST_WORDS:,}, and {MOST_WORDS_A_TURN:,} in a turn"):
        parse(("Interviewer: Go.\n" + turn) * 6, "t", "t.md")


@pytest.mark.parametrize(
    ("written", "what"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe", "not UTF-8 text"),
        ("Candidate: hello".encode("utf-16"), "not UTF-8 text"),
        (b"Candidate: x\n" * (MOST_BYTES // 12), f"at most {MOST_BYTES:,}"),
        (b"\x00" * 40, "unknown speakers"),
    ],
    ids=["a picture", "another encoding", "five megabytes", "zeros"],
)
def test_a_file_that_is_no_transcript_is_refused(tmp_path: Path, written: bytes, what: str) -> None:
    file = tmp_path / "talk.txt"
    file.write_bytes(written)
    with pytest.raises(BadTranscript, match=what):
        read_transcript(file, a_shelf())


def test_a_file_that_cannot_be_read_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(BadTranscript, match="cannot be read"):
        read_transcript(tmp_path / "nowhere.md", a_shelf())
    with pytest.raises(BadTranscript, match="cannot be read"):
        read_transcript(tmp_path, a_shelf())


def settled(talk: object, wanted: Wanted = Wanted()):  # noqa: B008  # frozen
    return settle(parse(json.dumps(talk), "talk", "talk.json"), a_shelf(), wanted)


def test_what_the_caller_says_wins_over_the_file_and_the_file_over_guesses() -> None:
    talk = {"scenario": "twitter-feed", "level": "mid", "kind": "h", "plan": "blueprint-6", "turns": AS_JSON}
    read = settled(talk)
    assert (read.scenario, read.level, read.kind, read.plan) == ("twitter-feed", "mid", "h", "blueprint-6")
    assert read.notes == ()
    wanted = Wanted(scenario="lock-service", level=CandidateLevel.staff, kind=Kind.product, plan="product")
    read = settled(talk, wanted)
    assert (read.scenario, read.level, read.kind, read.plan) == ("lock-service", "staff", "p", "product")
    read = settled(AS_JSON)
    assert (read.scenario, read.level, read.kind, read.plan) == (None, "senior", "h", "hybrid")
    assert any("kind" in note for note in read.notes)
    assert any("level" in note for note in read.notes)


def test_a_question_is_known_by_its_opening() -> None:
    opening = [{"role": "interviewer", "text": "Hi. Today, please design a rate limiter."}, AS_JSON[1]]
    read = settled(opening)
    assert (read.scenario, read.kind) == ("rate-limiter", "d")
    assert any("by its opening it is rate-limiter" in note for note in read.notes)


def test_what_is_unknown_is_noted_or_refused() -> None:
    assert any(
        "'tea-shop' is not known" in note
        for note in settled({"scenario": "tea-shop", "turns": AS_JSON}).notes
    )
    assert any(
        "'zigzag' is not known" in note for note in settled({"plan": "zigzag", "turns": AS_JSON}).notes
    )
    with pytest.raises(BadTranscript, match="No scenario 'tea-shop'. Known are: .*url-shortener"):
        settled(AS_JSON, Wanted(scenario="tea-shop"))
    with pytest.raises(BadTranscript, match="level 'boss' is not one of mid, senior, staff"):
        settled({"level": "boss", "turns": AS_JSON})
    assert settled({"level": " Staff ", "turns": AS_JSON}).level == "staff"


@pytest.mark.parametrize(
    "file", sorted((FIXTURES / "transcripts" / "dev").glob("dev-??.json")), ids=lambda file: file.stem
)
def test_the_labelled_interviews_are_read_whole(file: Path) -> None:
    said = json.loads(file.read_text(encoding="utf-8"))
    read = read_transcript(file, a_shelf())
    assert [turn.text for turn in read.turns] == [turn["text"] for turn in said["turns"]]
    assert [turn.n for turn in read.turns] == list(range(1, len(said["turns"]) + 1))
    assert (read.id, read.scenario, read.notes) == (said["id"], said["scenario"], ())
    assert all(turn.phase for turn in read.turns)


LANGUAGES = {
    "German": "Ich würde zuerst fragen, wie viele Leute das System nutzen und was auf keinen Fall schiefgehen darf. Danach rechne ich die Last aus, das sind ungefähr tausend Anfragen in der Sekunde, und lege die Daten in eine Tabelle. ",
    "French": "D'abord je demande combien de personnes utilisent le service et ce qui ne doit jamais se perdre. Ensuite je calcule la charge, environ mille requêtes par seconde, et je garde les données dans une table avec un cache devant. ",
    "Hindi in Latin letters": "Pehle main puchunga ki kitne log hain aur kya cheez kabhi nahi tootni chahiye. Phir main load nikalta hoon, matlab hazaar requests har second, aur data ko ek table mein rakhta hoon jiske aage cache hai. ",
    "Russian": "Сначала я спрошу, сколько людей пользуется системой и что не должно потеряться. Потом посчитаю нагрузку, примерно тысяча запросов в секунду, и положу данные в таблицу, перед которой стоит кэш. ",
    "Chinese": "我先问一下这个系统有多少人用，什么数据绝对不能丢。然后我算一下负载，大约每秒一千次，数据放在一张表里，前面放缓存。",
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
async def test_another_language_is_not_assessed_and_said_so(language: str) -> None:
    talk = [AS_JSON[0], {"role": "candidate", "text": LANGUAGES[language] * 6}]
    read = settled({"scenario": "url-shortener", "level": "mid", "turns": talk})
    assert any(note.startswith("language:") for note in read.notes)
    card = await judge(read, a_shelf())
    assert {one.level for one in card.criteria} == {None}
    assert all(one.unassessed for one in card.criteria)
    assert (card.overall, card.recommendation, card.flags, card.evidence) == (None, "not-assessed", (), ())


TERSE = "Scope: create, read, delete. Users 100M, reads 10:1. QPS 1200, peak 4800. DB: Postgres, shard by code hash. Cache: Redis, TTL 60 s. Queue: Kafka, clicks. Failure: replica promoted, 30 s. Hot key: copy per node. p99 80 ms. "


def test_terse_english_is_english() -> None:
    read = settled([AS_JSON[0], {"role": "candidate", "text": TERSE * 5}])
    assert not any(note.startswith("language:") for note in read.notes)


async def test_too_little_said_is_not_assessed() -> None:
    card = await judge(settled(AS_JSON), a_shelf())
    assert {one.level for one in card.criteria} == {None}
    assert all("too little was said" in (one.unassessed or "") for one in card.criteria)
    assert (card.recommendation, card.flags, card.fix_first, card.strengths) == ("not-assessed", (), (), ())


async def test_odd_characters_are_kept_in_the_card_and_shown_safely() -> None:
    odd = "We keep\x00 one\x1b[31m row\u202e per seat,\x85 because\ud800 two people\r\nmay tap it at once. "
    talk = json.dumps([AS_JSON[0], {"role": "candidate", "text": odd * 12}])
    read = settle(parse(talk, "odd\x07", "odd.json"), a_shelf(), Wanted(scenario="url-shortener"))
    said = read.candidate_turns[0].text
    assert said == (odd * 12).replace("\ud800", "\N{REPLACEMENT CHARACTER}")
    card = await judge(read, a_shelf())
    for format in ("json", "markdown", "html"):
        shown = export(card, format)
        assert not set(shown) & set("\x00\x1b\x07\x85\u202e"), format
    assert json.loads(export(card, "json"))["session"] == "odd\x07"


# ---------------------------------------------------------------------------------------------------- properties

LABELS = st.sampled_from(
    ["Interviewer: ", "Candidate: ", "**Candidate:** ", "## Candidate\n", "I: ", "[00:10] ", "", "- "]
)
TALK = st.lists(st.tuples(LABELS, st.text(max_size=30)), max_size=12).map(
    lambda lines: "\n".join(label + said for label, said in lines)
)


@given(st.one_of(st.text(), TALK), st.sampled_from(["t.md", "t.json"]), st.sampled_from([None, "Ana", ""]))
@settings(max_examples=300)
def test_any_text_is_read_or_refused(text: str, name: str, candidate: str | None) -> None:
    try:
        raw = parse(text, "t", name, candidate)
    except BadTranscript as refused:
        assert str(refused)
        return
    assert any(turn.role == "candidate" for turn in raw.turns)
    settle(raw, a_shelf(), Wanted())


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.sampled_from(["turns", "role", "text", "speaker", "content", "minute", "minutes", "kind", "level", "id"]), inner, max_size=5),
    max_leaves=12,
)  # fmt: skip


@given(JSONS)
@settings(max_examples=300)
def test_any_json_is_read_or_refused(data: object) -> None:
    try:
        raw = parse(json.dumps(data), "t", "t.json")
        settle(raw, a_shelf(), Wanted())
    except BadTranscript as refused:
        assert str(refused)


@given(TALK)
@settings(max_examples=200)
def test_a_turn_is_a_stretch_of_the_file(text: str) -> None:
    try:
        turns = parse(text, "t", "t.md").turns
    except BadTranscript:
        return
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    at = 0
    for turn in turns:
        at = whole.index(turn.text, at) + len(turn.text)


@given(
    st.lists(
        st.tuples(st.sampled_from(["interviewer", "candidate"]), st.text(max_size=40)), min_size=1, max_size=6
    )
)
@settings(max_examples=200)
def test_texts_in_json_are_kept_sign_by_sign(turns: list[tuple[str, str]]) -> None:
    try:
        read = parse(json.dumps([{"role": role, "text": text} for role, text in turns]), "t", "t.json").turns
    except BadTranscript:
        assert not any(role == "candidate" and text.strip() for role, text in turns)
        return
    assert [(turn.role, turn.text) for turn in read] == turns
