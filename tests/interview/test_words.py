"""The normal form, tokens, stems and clauses: exact offsets on any string, and how people really write and dictate."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from interviewer.interview.words import clauses, normalise, phrases, stem, stems, tokens

SAME = [
    ("Don’t", "don't"),
    ("“so”", '"so"'),
    ("a \t\n b", "a b"),
    ("zero\u200bwidth\ufeff", "zerowidth"),
    ("soft\u00adhyphen", "softhyphen"),
    ("ﬁle", "file"),
    ("½", "1⁄2"),
    ("cafe\u0301", "café"),
    ("e\u200d\u0301", "é"),
    ("Straße", "strasse"),
    ("\u1112\u1161\u11ab", "한"),
    ("ＡＢＣ", "abc"),  # noqa: RUF001
    ("5\u00a0GB", "5 gb"),
    ("wait…", "wait..."),
]


@pytest.mark.parametrize(("raw", "normal"), SAME)
def test_what_reads_the_same_has_one_normal_form(raw: str, normal: str) -> None:
    assert normalise(raw).text == normal


def test_a_place_in_the_normal_form_leads_back_to_the_raw_text() -> None:
    raw = "so\u200b  the ﬁle  stays"
    normal = normalise(raw)
    span = normal.span(normal.text.index("file"), normal.text.index("file") + 4)
    assert raw[span.start : span.end] == "ﬁle"


@given(st.text())
@example("\ud800")
@example("a" + "\u0301" * 100)
def test_the_map_back_is_ordered_and_complete(text: str) -> None:
    normal = normalise(text)
    assert len(normal.text) == len(normal.index) == len(normal.ends)
    assert list(normal.index) == sorted(normal.index)
    assert all(0 <= start < end <= len(text) for start, end in zip(normal.index, normal.ends, strict=True))
    assert "  " not in normal.text


@given(st.text())
def test_a_normal_form_is_its_own_normal_form(text: str) -> None:
    once = normalise(text).text
    assert normalise(once).text == normalise(normalise(once).text).text


WORDS = [
    ("3.5 GB, 10k users", ["3.5", "gb", "10k", "users"]),
    ("e.g. Kafka", ["e.g", "kafka"]),
    ("POST /v1/holds/{id}.", ["post", "/v1/holds/{id}"]),
    ("see https://example.org/a?b=1.", ["see", "https://example.org/a?b=1"]),
    ("at 99.9%", ["at", "99.9%"]),
    ("node.js and v1.2", ["node.js", "and", "v1.2"]),
    ("all done.Then the api", ["all", "done", "then", "the", "api"]),
    ("it’s the users' cart", ["it's", "the", "users'", "cart"]),
    ("exactly-once", ["exactly-once"]),
    ("p99, 86,400 and 10:30", ["p99", "86,400", "and", "10:30"]),
    ("get(key) → value", ["get", "key", "value"]),
    ("!?", []),
]


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_tokens_keep_whole_what_is_one_word(text: str, words: list[str]) -> None:
    assert [token.text for token in tokens(text)] == words


@given(st.text())
def test_tokens_stand_where_they_say(text: str) -> None:
    found = tokens(text)
    for token in found:
        assert token.text in normalise(text[token.start : token.end]).text
    assert [token.start for token in found] == sorted(token.start for token in found)


FAMILIES = [
    "cache caches cached caching",
    "partition partitions partitioned partitioning",
    "idempotent idempotency",
    "replicate replicated replication replicates",
    "optimise optimize optimised optimizing",
    "behaviour behavior",
    "query queries querying queried",
    "latency latencies",
    "cancel cancelled canceling",
    "write writes writing wrote written",
    "organisation organization",
    "queue queues queued queuing",
    "lose lost loses losing",
    "consistent consistency",
    "size sizes",
]


@pytest.mark.parametrize("family", FAMILIES)
def test_forms_of_one_word_share_a_stem(family: str) -> None:
    assert len({stem(word) for word in family.split()}) == 1


def test_different_words_keep_different_stems() -> None:
    words = "cache cash region register speed spec string strong user use latency late shard share".split()
    assert len({stem(word) for word in words}) == len(words)


def test_content_is_what_is_left_without_function_words_and_numbers() -> None:
    assert stems("So we would keep the 3 copies of each row-lock, um, in 10k shards") == stems(
        "copy row lock shard"
    )


SPLITS = [
    # one clause a line, as a bar
    ("I would not use Kafka, but we keep a table.", "I would not use Kafka, |but we keep a table."),
    ("One row per seat. Zero rows means no.", "One row per seat. |Zero rows means no."),
    ("It is about 3.5 GB a day.", "It is about 3.5 GB a day."),
    ("We use e.g. Postgres for orders.", "We use e.g. Postgres for orders."),
    ("If the leader dies, a follower takes over.", "If the leader dies, |a follower takes over."),
    ("first the api; then the store", "first the api; |then the store"),
    ("Cheap - and it lasts", "Cheap - |and it lasts"),
    ("Reads 10 - 20 a second", "Reads 10 - 20 a second"),
    ("A cache (not the store) answers.", "A cache |(not the store) |answers."),
    ("get(key) gives it", "get(key) gives it"),
    ("- carts\n- orders\n", "- carts\n|- orders\n"),
    ("POST /v1/x. Then GET /v1/x/{id}.", "POST /v1/x. |Then GET /v1/x/{id}."),
    ("Cost: one disk.", "Cost: |one disk."),
    ("We lock it because two may write.", "We lock it |because two may write."),
    ("It waits, which means the page is slow.", "It waits, |which means the page is slow."),
    ("Redis, Kafka, and the disk", "Redis, Kafka, and the disk"),
    ("We don't cache it and we read the primary.", "We don't cache it |and we read the primary."),
    ("It is so fast that nobody waits", "It is so fast that nobody waits"),
    ("two or so of them", "two or so of them"),
    ("1. Users\n2. Load", "1. Users\n|2. Load"),
    ("done.Then the api", "done.|Then the api"),
    ("Why? Because it lasts!", "Why? |Because it lasts!"),
    ("nothing but a table", "nothing but a table"),
    ("check if the key exists", "check if the key exists"),
    ("So... yeah, a queue.", "So... |yeah, a queue."),
    ("It says “no.” Then it stops.", "It says “no.” |Then it stops."),
    ("", ""),
    ("?!", "?!"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "split"), SPLITS)
def test_clauses_end_where_a_reader_would_end_them(text: str, split: str) -> None:
    assert "|".join(clause.text for clause in clauses(text)) == split


def test_clauses_of_one_sentence_share_its_number() -> None:
    assert [clause.sentence for clause in clauses("It waits, but we go on. Then it stops.")] == [0, 0, 1]


def test_a_line_that_was_only_wrapped_does_not_end_a_sentence() -> None:
    text = "I would certainly not begin with a broker in front of the\nstore for ten writes a second."
    assert len(clauses(text)) == 1


def test_dictated_speech_is_split_at_its_markers() -> None:
    text = (
        "okay so we have maybe ten million users and each of them posts twice a day so thats twenty million posts "
        "and then i would put a queue in front because the database cannot take it okay now for the read path "
        "i would keep the timeline ready and the app just asks for it"
    )
    found = clauses(text)
    assert max(len(clause.text.split()) for clause in found) <= 25
    assert len(found) >= 5


def test_no_clause_runs_for_ever() -> None:
    assert max(len(clause.text.split()) for clause in clauses("word " * 1000)) <= 60


@given(st.text() | st.text(alphabet=st.sampled_from("ab.,;:?! \n\r-—('\"“é\u0301\u200b1/{}I¼")))
def test_clauses_cover_a_text_in_order(text: str) -> None:
    found = clauses(text)
    assert "".join(clause.text for clause in found) == text
    assert all(clause.text == text[clause.start : clause.end] != "" for clause in found)
    numbers = [clause.sentence for clause in found]
    assert numbers == sorted(numbers)


def test_phrases_match_whole_words_only() -> None:
    found = phrases("so no", "wait")
    assert found.search("well, so no thanks")
    assert not found.search("also nothing awaits")


@pytest.mark.parametrize(
    "unit", ["a ", "/{", "é", "\u0301", "so we ", ".", " \n", "'", "1,", "a.b", "(a ", "/", "가"]
)
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        began = time.process_time()
        clauses(text)
        return time.process_time() - began

    seconds(1_000)
    most = 24 * max(min(seconds(20_000) for _ in range(3)), 0.004)
    # Another process on the machine may slow one of them.
    assert any(seconds(160_000) < most for _ in range(3)), most
