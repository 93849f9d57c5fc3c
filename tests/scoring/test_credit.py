"""Who raised a concept: small conversations about a marketplace of used bicycles, each settled for one concept."""

import pytest

from interviewer.interview.ledger import Credit, Turn
from interviewer.interview.words import Span
from interviewer.scoring.credit import Concept, Talk, credit_of, first_raised

REPEAT = Concept(
    "safe repeat",
    cues=(
        r"idempoten\w+",
        r"same (?:key|id|number) (?:again|twice)",
        r"pay(?:s|ing)? twice",
        r"key (?:it|the phone) makes",
    ),
    guarded=("idempotency", "idempotent", "dedupe"),
    asked=(r"presses? (?:buy|pay) (?:again|twice)", r"\bretr(?:y|ies)\b", r"no answer comes"),
)
HOT = Concept(
    "hot listing",
    cues=(r"hot (?:key|row|listing)", r"one listing takes", r"everybody opens the same"),
    guarded=("hot key",),
)
PEAK = Concept("peak", cues=(r"peak", r"on (?:a )?saturdays?", r"spring rush"), guarded=("peak", "spike"))
CACHE = Concept("edge copy", cues=(r"\bcdn\b", r"at the edge", r"cached? pages?"), guarded=("cdn", "cache"))


def _talk(*said: str) -> list[Turn]:
    """Turns from "I …" and "C …", numbered from 1."""
    roles = {"I": "interviewer", "C": "candidate"}
    return [
        Turn.model_validate({"n": number, "role": roles[line[0]], "text": line[2:]})
        for number, line in enumerate(said, start=1)
    ]


# concept, the conversation, the credit of the candidate's first mention, the interviewer's turn it goes back to
CASES = [
    # raised by the candidate
    (REPEAT, ("I How would you begin?", "C The app sends an idempotency key with each order."), "unprompted", None),
    (REPEAT, ("C Orders carry a key the phone makes, so a second tap changes nothing.",), "unprompted", None),
    (HOT, ("I Where does this break first?", "C One listing takes nearly all the traffic: a hot key."), "unprompted", None),
    (HOT, ("I Go on.", "C Then there is the hot listing, which I serve from memory."), "unprompted", None),
    (HOT, ("I What else?", "C A hot row."), "unprompted", None),
    (HOT, ("I Why?", "C Since everybody opens the same bicycle after the show."), "unprompted", None),
    (CACHE, ("I How does a seller get paid?", "C A weekly job.\nPhotos lie at the edge, far from all this."), "unprompted", None),
    (REPEAT, ("I How do buyers find a bicycle?", "C By town and size. And orders are idempotent by their number."), "unprompted", None),
    # given on request is the candidate's own
    (PEAK, ("C How even is the load?", "I Saturdays in April are ten times a normal day, that is the peak.", "C So at peak it is 4,000 a second."), "unprompted", None),
    (PEAK, ("C Is there a season?", "I Yes, a spring rush.", "C Then I size for the spring rush."), "unprompted", None),
    # asked for, without being given away
    (REPEAT, ("I Somebody presses buy twice. What happens?", "C They can't end up paying twice, the order number is the key."), "asked", 1),
    (REPEAT, ("I What if no answer comes from the bank?", "C I ask again with the same id twice if need be, idempotently."), "asked", 1),
    (REPEAT, ("I When does your worker retry?", "C Every minute. The call is idempotent."), "asked", 1),
    (CACHE, ("I What do you do about photos that load slowly?", "C Copies at the edge."), "asked", 1),
    (HOT, ("I Which listing would worry the database?", "C The hot listing of the day."), "asked", 1),
    # given away, with something added
    (REPEAT, ("I Would an idempotency key help?", "C Yes: idempotent by the order number, because the phone may resend in a tunnel."), "hinted", 1),
    (HOT, ("I What about a hot key?", "C A hot key I would copy to 8 rows."), "hinted", 1),
    (CACHE, ("I Have you considered a CDN?", "C A CDN with pages of five minutes, purged when the seller edits the listing, and signed photos."), "hinted", 1),
    (CACHE, ("I Couldn't you use a cache?", "C Yes.", "I Go on.", "C Cached pages, so that the store sees only misses."), "hinted", 1),
    # volunteered by the interviewer, then used
    (PEAK, ("C It is a small shop.", "I Our peak is on Saturdays.", "C So the peak is 40 thousand an hour."), "asked", 2),
    # long ago
    (CACHE, ("I You could use a CDN.", "C First the orders.", "I Fine.", "C Then money.", "I Fine.", "C Photos: a CDN, because phones are far away."), "asked", 1),
    # agreement alone
    (REPEAT, ("I Would an idempotency key help?", "C Yes, an idempotency key would help."), "echo", 1),
    (HOT, ("I What about a hot key?", "C True, a hot key."), "echo", 1),
    (CACHE, ("I Maybe you could put the pages on a CDN.", "C Good idea, I'd put the pages on a CDN."), "echo", 1),
    (CACHE, ("I Some teams keep that at the edge.", "C Sure, could be at the edge.\n\nSizes: 40 million photos of 200 KB are 8 TB, because each has five."), "echo", 1),
    (PEAK, ("I Saturdays are the peak.", "C Ok, peak on Saturdays, noted."), "echo", 1),
    # quoting somebody raises nothing, and a bare no gives nothing away
    (CACHE, ("C You said a CDN is there already.", "I No.", "C Then I'd add one CDN with a day of life."), "unprompted", None),
]  # fmt: skip


@pytest.mark.parametrize(("concept", "said", "credit", "source"), CASES)
def test_credit_goes_to_who_raised_the_concept(
    concept: Concept, said: tuple[str, ...], credit: str, source: int | None
) -> None:
    raised = first_raised(_talk(*said), concept)
    assert raised is not None
    assert (raised.credit, raised.source_turn) == (Credit(credit), source)


def test_a_concept_nobody_raised_has_no_credit() -> None:
    assert (
        first_raised(_talk("I Have you considered a CDN?", "C I'd rather talk about orders."), CACHE) is None
    )


def test_the_interviewer_raises_nothing_for_the_candidate() -> None:
    assert first_raised(_talk("I A hot key is the problem.", "C I see."), HOT) is None


def test_what_was_raised_unprompted_stays_so_when_it_is_asked_about_later() -> None:
    talk = Talk(
        tuple(
            _talk(
                "C Each order has an idempotency key.",
                "I Good. How does that idempotency key work?",
                "C The same key twice gives one order.",
            )
        )
    )
    assert credit_of(talk, REPEAT, 3, Span(4, 18)).credit is Credit.unprompted


def test_an_echo_that_is_worked_out_later_is_more_than_an_echo() -> None:
    talk = Talk(
        tuple(
            _talk(
                "I Would a CDN help?",
                "C Yes, a CDN would help.",
                "I Go on.",
                "C The CDN keeps a page for 5 minutes.",
            )
        )
    )
    assert credit_of(talk, CACHE, 2, Span(7, 10)).credit is Credit.echo
    assert credit_of(talk, CACHE, 4, Span(4, 7)).credit is Credit.hinted


def test_agreeing_to_a_hint_without_its_words_is_an_echo() -> None:
    talk = Talk(
        tuple(
            _talk(
                "I I suppose the view counts needn't survive a crash?",
                "C Agreed, those are disposable.\n\nNow the sizes: 3 million views.",
            )
        )
    )
    disposable = Concept("disposable data", cues=(r"disposable",))
    assert credit_of(talk, disposable, 2, Span(8, 28)).credit is Credit.echo


def test_a_span_is_credited_where_no_cue_is_known() -> None:
    talk = Talk(tuple(_talk("I Go on.", "C I stamp each photo with its seller.")))
    assert credit_of(talk, Concept("stamp", cues=()), 2, Span(2, 7)).credit is Credit.unprompted


def test_a_turn_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError):
        credit_of(_talk("C Hello."), HOT, 7, Span(0, 1))


BECAUSE = "A reader copies the page because a disk is slow and the crowd comes at once."


@pytest.mark.parametrize(
    ("said", "credit"),
    [
        # their reason, and their words
        (f"Right: {BECAUSE[:1].lower()}{BECAUSE[1:]}", "echo"),
        # a figure of one's own
        (f"{BECAUSE[:-1]}, some 9000 of them.", "unprompted"),
        # mostly one's own words
        ("I copy the page to every site overnight and let the writer drop it by name.", "unprompted"),
    ],
)
def test_whoever_says_our_sentence_back_is_credited_for_what_they_add(said: str, credit: str) -> None:
    talk = _talk(f"I {BECAUSE}", f"C {said}")
    concept = Concept("no words of its own", cues=(), asked=(r"(?!)",))
    assert credit_of(talk, concept, 2, Span(0, len(said))).credit == credit


def test_what_one_had_said_before_is_not_said_back() -> None:
    talk = _talk("I How would you begin?", f"C {BECAUSE}", f"I So: {BECAUSE}", f"C Yes. {BECAUSE}")
    concept = Concept("no words of its own", cues=(), asked=(r"(?!)",))
    assert credit_of(talk, concept, 4, Span(5, 40)).credit is Credit.unprompted


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("What would you shard by, the user id or the post id?", "I'd shard by the user id."),
        ("Would you lock the row while the user pays?", "I would not lock the row while the user pays."),
        ("Cursor or offset for paging through the list?", "Cursor for paging through the list."),
    ],
)
def test_an_answer_in_the_words_of_a_question_is_not_said_back(asked: str, said: str) -> None:
    talk = _talk(f"I {asked}", f"C {said}")
    concept = Concept("no words of its own", cues=(), asked=(r"(?!)",))
    assert credit_of(talk, concept, 2, Span(0, len(said))).credit is not Credit.echo


def test_our_summary_of_their_words_leaves_them_theirs() -> None:
    talk = _talk(
        "C I'd partition links by user id with a hash.",
        "I So links are partitioned by a hash of the user id. Hot keys?",
        "C The hot keys: links partitioned by hash of user id.",
    )
    concept = Concept("no words of its own", cues=(), asked=(r"(?!)",))
    assert credit_of(talk, concept, 3, Span(0, 40)).credit is not Credit.echo
