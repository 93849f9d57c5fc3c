"""When somebody did not follow us, wants our words again, asks for leave to ask, or does not speak English."""

from __future__ import annotations

import pytest

from interviewer.dialogue.moods import other_language
from interviewer.dialogue.speaker_llm import ModelSpeaker
from interviewer.dialogue.speaker_prompt import SpeakerPrompt
from interviewer.interview.moves import AskAgain, Decline, GoOn, RestateBrief
from interviewer.interview.said_again import wanted_again
from interviewer.llm.model import Prompt, Scripted
from interviewer.llm.prompts import Prompts
from interviewer.llm.said import TRIAL_KEY
from interviewer.packs.files import data_folder
from interviewer.packs.phrases import load_phrases
from tests.builders import Held, a_session, voices

BEGIN = "I'd put an API in front and keep the links in one Postgres table, because the reads are by key."


def last_move(held: Held) -> object:
    return held.session.interview.moves[-1].move


def question_in(text: str) -> str:
    return text[: text.rindex("?") + 1].rpartition(". ")[2]


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("Can you repeat the question?", "same"),
        ("Sorry, I missed that.", "same"),
        ("What was the question again?", "same"),
        ("Pardon?", "same"),
        ("I did not understand that. What do you mean?", "plainer"),
        ("Sorry, can you say that differently?", "plainer"),
        ("I'm not sure what you are asking.", "plainer"),
        ("Could you put your question in other words?", "plainer"),
        ("???", "plainer"),
        ("The client can repeat the request with the same key.", None),
        ("We don't get that from the first store.", None),
        ("What happens if they repeat the question to the cache?", None),
        ("I don't understand yet how the shops pay. Do they?", None),
        ("I can't get that from the cache, so it goes to the table.", None),
        ("I missed that the copy can be stale, so I'd read my own writes.", None),
        ("What does that mean? The second write is refused.", None),
        ("I don't follow you at all, sorry.", "plainer"),
        ("Could you repeat the figures for the peak?", None),
    ],
)
def test_wanting_our_words_again_is_told_from_everything_else(text: str, wish: str | None) -> None:
    assert wanted_again(text) == wish


@pytest.mark.parametrize(
    "wish", ["Can you repeat the question?", "Could you say that again, please?", "Pardon?"]
)
async def test_whoever_wants_the_question_again_gets_that_question(wish: str) -> None:
    held = await a_session()
    asked = await held.say(BEGIN)
    again = await held.say(wish)
    assert question_in(asked) in again
    assert again != asked
    assert question_in(asked) in await held.say(wish)


async def test_what_was_told_is_told_again_too() -> None:
    held = await a_session()
    await held.say("How many new links a month do you expect?")
    assert "Sixty million" in await held.say("Sorry, can you say that again?")


@pytest.mark.parametrize("scenario", ["url-shortener", "rate-limiter", "ride-sharing"])
async def test_what_was_not_understood_is_asked_in_other_words(scenario: str) -> None:
    held = await a_session(scenario)
    asked = await held.say("I'd put a service in front and keep it all in one Postgres table.")
    other = await held.say("I did not understand that. What do you mean?")
    move = last_move(held)
    assert isinstance(move, AskAgain) and move.wish == "plainer"
    assert other.endswith("?") and question_in(other) != question_in(asked)


async def test_what_is_meant_by_a_word_of_an_open_question_brings_that_question_and_no_other() -> None:
    held = await a_session("rate-limiter")
    await held.say("How many calls a day, and who calls?")
    asked = await held.say("A gateway asks one Redis for each call and counts per key in a fixed window.")
    assert "?" in asked
    await held.say("What do you mean by that last word?")
    move = last_move(held)
    assert isinstance(move, AskAgain) and move.of_turn == held.session.interview.moves[-2].turn


async def test_what_is_not_understood_in_other_words_either_is_let_go() -> None:
    held = await a_session()
    await held.say(BEGIN, *["Sorry, I don't understand the question."] * 4)
    moves = [made.move for made in held.session.interview.moves]
    again = [isinstance(one, AskAgain) for one in moves]
    assert True in again
    assert not any(all(again[at : at + 3]) for at in range(len(again) - 2))
    assert not held.session.interview.ended


async def test_before_any_question_it_is_the_problem_that_is_said_again() -> None:
    held = await a_session()
    await held.say("I did not understand that. What do you mean?")
    assert isinstance(last_move(held), RestateBrief)


async def test_a_model_is_given_the_very_question_and_may_ask_it_again() -> None:
    def says(prompt: Prompt) -> str:
        asked.append(prompt.messages[-1].text)
        return "MOVE 1\n" + asked[-1].split("MOVE 1:")[1].split("MOVE 2:")[0].splitlines()[1].strip()

    asked: list[str] = []
    prompts = SpeakerPrompt(Prompts.read(data_folder("prompts")), load_phrases(), TRIAL_KEY)
    held = await a_session(speaker=ModelSpeaker(Scripted(says), voices().speaker, prompts))
    question = await held.say(BEGIN)
    again = await held.say("Can you repeat the question?")
    assert question_in(question) in again
    assert question_in(question) in asked[-1].split("<desk>")[1]


@pytest.mark.parametrize(
    "leave",
    [
        "Can I ask some questions?",
        "May I ask you a few clarifying questions first?",
        "Is it okay if I ask you something?",
    ],
)
async def test_leave_to_ask_is_given_and_is_no_question_itself(leave: str) -> None:
    held = await a_session()
    answer = await held.say(leave)
    assert isinstance(last_move(held), GoOn)
    assert "?" not in answer
    both = await a_session()
    told = await both.say(f"{leave} How many new links a month, and how long do they live?")
    assert "Sixty million" in told and "Ten years" in told
    assert len(both.session.interview.given) == 2
    assert not both.session.interview.heard[-1].off_sheet


@pytest.mark.parametrize(
    "text",
    [
        "No entiendo la pregunta, ¿me lo puede decir de otra manera?",
        "Ich verstehe die Frage leider nicht.",
        "我不明白这个问题",
        "👍",
        "🤔🤔",
    ],
)
async def test_that_it_is_held_in_english_is_said_kindly_and_the_question_stays(text: str) -> None:
    held = await a_session()
    asked = await held.say(BEGIN)
    answer = await held.say(text)
    assert last_move(held) == Decline(why="language")
    assert "English" in answer
    assert question_in(asked) in answer


@pytest.mark.parametrize(
    "text",
    [
        "Redis, Postgres, Kafka.",
        "5 μs",
        "99.9 % ✅",
        "Okay 👍",
        "GET /{code} → 301",
        "Café menu lookup",
        "no",
        "S3 → Lambda → SQS",
        "A de facto standard, en route to the queue.",
    ],
)
def test_names_signs_and_borrowed_words_are_no_other_language(text: str) -> None:
    assert not other_language(text)
