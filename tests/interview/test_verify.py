"""The verbatim gate: what passes is in the turn as said, and what differs by a word does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.interview.ledger import Turn
from interviewer.interview.verify import Quote, Refusal, Rejected, quote_of, verify
from interviewer.interview.words import Span, normalise

# the quote as offered, the turn, and the raw slice that it stands for
PASSES = [
    ("one row per seat", "I keep one row per seat, always.", "one row per seat"),
    ("ONE ROW PER SEAT", "I keep one row per seat.", "one row per seat"),
    ("it's the phone's key", "So it’s the phone’s key that counts.", "it’s the phone’s key"),
    ("it’s the phone’s key", "so it's the phone's key", "it's the phone's key"),
    ('she says "no seats left" then', "and she says “no seats left” then.", "she says “no seats left” then"),
    ("a queue in front", "a   queue\n in\tfront of it", "a   queue\n in\tfront"),
    ("a  queue   in front", "a queue in front", "a queue in front"),
    ("we keep two copies", "we k\u200beep two\u200d copies", "we k\u200beep two\u200d copies"),
    ("we k\u200beep two copies", "we keep two copies", "we keep two copies"),
    ("two\u00a0copies of it", "two copies of it", "two copies of it"),
    ("the ﬁle is closed", "then the file is closed", "the file is closed"),
    ("the file is closed", "then the ﬁle is closed", "the ﬁle is closed"),
    ("café orders are kept", "cafe\u0301 orders are kept", "cafe\u0301 orders are kept"),
    ("cafe\u0301 orders are kept", "Café orders are kept", "Café orders are kept"),
    ("ｆｕｌｌ width is kept", "full width is kept", "full width is kept"),  # noqa: RUF001
    ("STRASSE is a key", "die straße is a key", "straße is a key"),
    ("  one row per seat  ", "one row per seat", "one row per seat"),
    ("under 200 ms", "It answers under 200 ms, mostly.", "under 200 ms"),
    ("200 ms", "It answers under 200 ms, mostly.", "200 ms"),
    ("30 TB", "so 30 TB in all", "30 TB"),
    ("thirty terabytes", "so thirty terabytes in all", "thirty terabytes"),
    ("2,800/s", "about 2,800/s on Friday", "2,800/s"),
    ("well... maybe three copies", "Well... maybe three copies.", "Well... maybe three copies"),
    ("POST /v1/holds takes the seat", "POST /v1/holds takes the seats? POST /v1/holds takes the seat.", None),
]  # fmt: skip

REFUSED = [
    ("", "anything at all", Refusal.empty),
    ("  \n", "anything at all", Refusal.empty),
    ("...", "well... then", Refusal.empty),
    ("one table per seat", "I keep one row per seat.", Refusal.not_verbatim),
    ("one row a seat", "I keep one row per seat.", Refusal.not_verbatim),
    ("one row seat", "I keep one row per seat.", Refusal.not_verbatim),
    ("seat per row one", "I keep one row per seat.", Refusal.not_verbatim),
    ("I keep one row ... and a lease", "I keep one row per seat and a lease.", Refusal.stitched),
    ("I keep one row… a lease", "I keep one row per seat and a lease.", Refusal.stitched),
    ("…one row per seat", "I keep one row per seat.", Refusal.stitched),
    ("idempotency", "I'd use idempotency keys.", Refusal.too_short),
    ("idempotency keys", "I'd use idempotency keys.", Refusal.too_short),
    ("port 443", "it listens on port 443", Refusal.too_short),
    ("eep one row per seat", "I keep one row per seat.", Refusal.cut_word),
    ("I keep one row per sea", "I keep one row per seat.", Refusal.cut_word),
    ("00 ms is fine", "200 ms is fine", Refusal.cut_word),
    ("two copies, three zones", "two copies; three zones", Refusal.not_verbatim),
    ("не то слово здесь", "not the word here", Refusal.not_verbatim),
]


@pytest.mark.parametrize(("quote", "said", "shown"), PASSES)
def test_a_quote_that_was_said_passes_and_shows_the_raw_words(
    quote: str, said: str, shown: str | None
) -> None:
    span = verify(quote, said)
    assert isinstance(span, Span)
    assert said[span.start : span.end] == (quote if shown is None else shown)


@pytest.mark.parametrize(("quote", "said", "reason"), REFUSED)
def test_a_quote_that_was_not_said_is_refused(quote: str, said: str, reason: Refusal) -> None:
    assert verify(quote, said) == Rejected(reason)


def test_the_first_whole_place_is_taken_where_the_words_stand_twice() -> None:
    assert verify("a b c", "xa b c, then a b c and a b c") == Span(13, 18)
    assert verify("a b a b", "xa b a b a b") == Span(5, 12)


def test_only_the_candidate_is_quoted() -> None:
    words = "one row per seat"
    asks = Turn(n=1, role="interviewer", text=words)
    says = Turn(n=2, role="candidate", text=f"Yes: {words}.")
    assert quote_of(words, asks) == Rejected(Refusal.not_the_candidate)
    assert quote_of(words, says) == Quote(2, 5, 21, words)


def test_a_quote_over_two_turns_is_no_quote() -> None:
    first, second = "I keep one row", "per seat and a lease"
    assert all(isinstance(verify("one row per seat", turn), Rejected) for turn in (first, second))


@given(st.text(), st.text())
def test_any_two_strings_are_judged(quote: str, said: str) -> None:
    span = verify(quote, said)
    if isinstance(span, Span):
        assert normalise(quote).text.strip() in normalise(said[span.start : span.end]).text


@given(
    st.lists(
        st.sampled_from("the Queue’s row café 30 TB is kept, so— then\n x".split(" ")),
        min_size=5,
        max_size=30,
    ),
    st.data(),
)
def test_any_run_of_three_words_of_a_turn_is_a_quote_of_it(words: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(words) - 3))
    run = " ".join(words[first : first + 3])
    assert isinstance(verify(run.upper(), "  ".join(words)), Span)


def test_a_long_turn_is_judged_in_little_time() -> None:
    assert verify("b" + "a" * 3 + " c d", "a" * 500_000) == Rejected(Refusal.not_verbatim)
    assert verify("a a a b", "a " * 250_000) == Rejected(Refusal.not_verbatim)
