"""Cards over HTTP: formats, the page, what is contested, moments taken up again, history, and foreign transcripts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator

import jsonschema
import pytest

from interviewer.coach.retry import forked
from interviewer.interview.events import (
    CandidateDrew,
    CandidateSpoke,
    ScorecardIssued,
    ScorecardReady,
    SessionEnded,
    SessionId,
)
from interviewer.interview.scorecard import Scorecard
from interviewer.interview.state import fold
from tests.channels.desk import FIRST, Desk, a_desk, told

AT = f"/v1/sessions/{FIRST}"
TALK = (
    """Interviewer: Design a URL shortener.
Candidate: Who uses it, how many links a day, and do links expire? I would start from those answers.
Interviewer: A hundred million a day, and they may expire.
Candidate: """
    + "Then that is about twelve hundred writes a second, so one table keyed by the short code will do. " * 9
)


@pytest.fixture
async def desk(tmp_path) -> AsyncIterator[Desk]:
    async with a_desk(tmp_path) as made:
        yield made


async def test_a_card_comes_in_every_format_and_json_keeps_its_contract(desk, paths) -> None:
    card = (await desk.candidate.get(f"{AT}/scorecard")).json()
    schema = json.loads((paths.rubrics / "scorecard.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(card)
    Scorecard.model_validate(card)
    for format, kind in (("markdown", "text/markdown"), ("html", "text/html"), ("csv", "text/csv")):
        answer = await desk.candidate.get(f"{AT}/scorecard", params={"format": format})
        assert answer.status_code == 200 and answer.headers["content-type"].startswith(kind)
        assert answer.headers["content-disposition"].startswith("attachment")
    lines = list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff"))))
    assert {len(line) for line in lines} == {11}
    assert sum(line[0] == "criterion" for line in lines) == len(card["criteria"])
    assert told(await desk.candidate.get(f"{AT}/scorecard", params={"format": "pdf"}), 422)


async def test_a_card_that_is_not_there_yet_is_said_to_come(desk) -> None:
    await desk.unscored("waiting")
    for path in ("scorecard", "card-page"):
        assert "no card yet" in told(await desk.candidate.get(f"/v1/sessions/waiting/{path}"), 409)


async def test_the_page_holds_all_that_quotes_point_into(desk) -> None:
    await desk.finished("second")
    page = (await desk.candidate.get("/v1/sessions/second/card-page")).json()
    turns = {turn["n"]: turn["text"] for turn in page["room"]["turns"]}
    quoted = [row for row in page["card"]["evidence"] if row["polarity"] != "absent"]
    assert quoted and all(turns[row["turn"]][row["start"] : row["end"]] == row["quote"] for row in quoted)
    assert page["rating"] == {"best": "Numbers", "worst": "", "level": "senior", "next_time": "Ask first."}
    assert [one["id"] for one in page["earlier"]] == [FIRST]
    assert page["card"] == page["issued"] and page["retry"] is None


async def test_an_interview_that_ended_early_tells_how_long_it_lasted_and_not_what_was_planned(desk) -> None:
    session = (await desk.candidate.get(f"{AT}/card-page")).json()["session"]
    assert (session["lasted"], session["minutes"]) == (
        0.0,
        45.0,
    )  # the log of this one was written in a moment
    (listed,) = (await desk.candidate.get("/v1/sessions")).json()["items"]
    assert listed["lasted"] == 0.0


async def test_the_card_as_a_file_holds_what_was_thought_beforehand(desk) -> None:
    for format in ("markdown", "html"):
        text = (await desk.candidate.get(f"{AT}/scorecard?format={format}")).text
        assert "What you thought, before the card" in text and "Ask first." in text


async def test_a_card_is_nobody_elses(desk) -> None:
    for path in ("scorecard", "card-page", f"comparison?with={FIRST}"):
        foreign = told(await desk.stranger.get(f"{AT}/{path}"), 404)
        assert foreign == told(await desk.stranger.get(f"/v1/sessions/none/{path}"), 404)
    assert told(await desk.stranger.post(f"{AT}/contests", json={"line": "cr.api", "reason": "x"}), 404)
    assert told(await desk.stranger.post(f"{AT}/retries", json={"turn": 2}), 404)
    assert (await desk.stranger.get("/v1/history")).json()["items"] == []


async def test_a_line_is_contested_by_its_candidate_and_lands_with_the_coach(desk) -> None:
    line = {"line": "cr.api", "reason": "I gave the endpoints in my second answer."}
    answer = await desk.candidate.post(f"{AT}/contests", json=line)
    assert answer.status_code == 201 and answer.json()["by"] == "Cara"
    await desk.candidate.post(f"{AT}/contests", json={**line, "reason": "And the errors."})
    page = (await desk.candidate.get(f"{AT}/card-page")).json()
    assert [(one["line"], one["reason"]) for one in page["contests"]] == [("cr.api", "And the errors.")]
    queue = (await desk.coach.get("/v1/sessions", params={"contested": True})).json()["items"]
    assert [one["id"] for one in queue] == [FIRST]
    review = (await desk.coach.post(f"{AT}/reveal")).json()
    assert len(review["contests"]) == 1


async def test_only_a_line_of_the_card_can_be_contested(desk) -> None:
    card = (await desk.candidate.get(f"{AT}/scorecard")).json()
    one = card["criteria"][0]
    good = [
        one["id"],
        one["items"][0]["id"],
        f"{one['id']}/{one['items'][0]['id']}",
        card["evidence"][0]["id"],
        "fix",
    ]
    for line in good:
        answer = await desk.candidate.post(f"{AT}/contests", json={"line": line, "reason": "x"})
        assert answer.status_code == 201, line
    bad = await desk.candidate.post(f"{AT}/contests", json={"line": "cr.nothing", "reason": "x"})
    assert "No line" in told(bad, 422)
    assert told(await desk.coach.post(f"{AT}/contests", json={"line": "cr.api", "reason": "x"}), 404)


async def test_a_moment_is_taken_up_again_as_a_short_interview_of_ones_own(desk) -> None:
    turns = (await desk.candidate.get(f"{AT}/transcript")).json()["room"]["turns"]
    turn = [one["n"] for one in turns if one["role"] == "candidate"][3]
    key = {"Idempotency-Key": "retry-0001"}
    made = await desk.candidate.post(f"{AT}/retries", json={"turn": turn}, headers=key)
    assert made.status_code == 201, made.text
    shown = made.json()
    assert (shown["retry_of"], shown["mode"], shown["minutes"], shown["state"]) == (
        FIRST,
        "practice",
        10,
        "open",
    )
    again = await desk.candidate.post(f"{AT}/retries", json={"turn": turn}, headers=key)
    assert again.json()["id"] == shown["id"]
    room = (await desk.candidate.get(f"/v1/sessions/{shown['id']}/transcript")).json()["room"]
    assert [one["text"] for one in room["turns"]] == [one["text"] for one in turns[: turn - 1]]
    assert room["state"]["retry_of"] == FIRST and room["state"]["running"] is True
    heard = await desk.candidate.post(
        f"/v1/sessions/{shown['id']}/messages",
        json={"cmid": "message-1", "body": "One table, keyed by the code."},
    )
    assert heard.status_code in (200, 201)


async def test_a_coach_reads_what_a_retry_gained_once_they_have_seen_the_first_card_as_well(desk) -> None:
    log = await desk.served.service.log.read(SessionId(FIRST))
    turn = [one.n for one in fold(log).transcript if one.role == "candidate"][2]
    card = next(one.event for one in log if isinstance(one.event, ScorecardIssued))
    retry = (*forked(log, turn, "again"), CandidateSpoke(text="One table."), SessionEnded(why="candidate"))
    again = (*retry, card, ScorecardReady())
    await desk.served.service.turns.begin(SessionId("again"), desk.candidate_id, again, None)
    page = "/v1/sessions/again/card-page"
    assert (await desk.candidate.get(page)).json()["retry"]["turn"] == turn
    await desk.coach.post("/v1/sessions/again/reveal")
    assert (await desk.coach.get(page)).json()["retry"] is None
    await desk.coach.post(f"{AT}/levels", json={"levels": {"cr.api": 2}})
    assert (await desk.coach.get(page)).json()["retry"]["turn"] == turn


async def test_a_retry_takes_up_an_answer_and_nothing_else(desk) -> None:
    assert "There are: 2" in told(await desk.candidate.post(f"{AT}/retries", json={"turn": 1}), 422)
    made = (await desk.candidate.post(f"{AT}/retries", json={"turn": 2})).json()
    assert "once the interview is over" in told(
        await desk.candidate.post(f"/v1/sessions/{made['id']}/retries", json={"turn": 2}), 409
    )


async def test_the_board_of_that_moment_comes_along(desk) -> None:
    log = await desk.served.service.log.read(SessionId(FIRST))
    events = [one.event for one in log]
    place = next(n for n, event in enumerate(events) if event.kind == "candidate_spoke")
    started = [*events[:place]]
    service = desk.served.service
    await service.turns.begin(SessionId("drawn"), desk.candidate_id, started, None)
    scene = json.dumps({"type": "text", "text": "client -> api -> table"})
    await service.boards.save(SessionId("drawn"), scene, 0)
    await service.turns.record(SessionId("drawn"), events[place:])
    assert any(isinstance(one.event, CandidateDrew) for one in await service.log.read(SessionId("drawn")))
    turn = [turn.n for turn in fold(log).transcript if turn.role == "candidate"][2]
    made = (await desk.candidate.post("/v1/sessions/drawn/retries", json={"turn": turn})).json()
    board = await desk.candidate.get(f"/v1/sessions/{made['id']}/board")
    assert board.json()["scene"] == json.loads(scene)


async def test_history_tells_what_to_work_on_next_on_another_problem(desk) -> None:
    await desk.finished("second")
    await desk.candidate.post(f"{AT}/retries", json={"turn": 2})
    history = (await desk.candidate.get("/v1/history")).json()
    assert [one["session"]["id"] for one in history["items"]] == [FIRST, "second"]
    assert history["items"][0]["met"] >= history["items"][0]["unprompted"] > 0
    fix = history["fix"]
    assert fix["session"] == "second" and fix["note_to_self"] == "Ask first."
    assert fix["drill"] not in (None, "url-shortener")
    assert fix["text"] in [
        one["text"] for one in (await desk.candidate.get(f"{AT}/scorecard")).json()["fix_first"]
    ]


async def test_two_cards_are_compared(desk) -> None:
    await desk.finished("weak", log="url-shortener-weak")
    both = (await desk.candidate.get(f"{AT}/comparison", params={"with": "weak"})).json()
    assert (both["session"], both["earlier"]) == (FIRST, "weak")
    assert both["gained"] and {one["id"] for one in both["criteria"]} >= {"cr.api", "cr.framing"}
    same = (await desk.candidate.get(f"{AT}/comparison", params={"with": FIRST})).json()
    assert (same["gained"], same["lost"], same["flags_new"]) == ([], [], [])


async def test_somebody_elses_transcript_is_scored_and_nothing_of_it_is_kept(desk) -> None:
    before = (await desk.candidate.get("/v1/sessions")).json()
    scored = await desk.candidate.post("/v1/transcripts:score", json={"text": TALK, "level": "senior"})
    assert scored.status_code == 200, scored.text
    body = scored.json()
    assert [turn["role"] for turn in body["room"]["turns"]] == ["interviewer", "candidate"] * 2
    assert body["card"]["level"] == "senior"
    assert all("--" not in note for note in body["card"]["notes"])
    turns = [
        {"role": turn["role"], "text": turn["text"], "minute": turn["n"]} for turn in body["room"]["turns"]
    ]
    again = await desk.candidate.post("/v1/transcripts:score", json={"turns": turns, "level": "senior"})
    assert again.status_code == 200 and again.json()["card"]["criteria"] == body["card"]["criteria"]
    assert (await desk.candidate.get("/v1/sessions")).json() == before


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"text": "We talked about this and that."}, "Candidate:"), ({"text": "   "}, "empty"), ({}, "Give either"),
        ({"text": "Ann: hello\nBob: hi", "candidate": "Cy"}, "ann, bob"), ({"text": TALK, "scenario": "none"}, "Known are"),
    ],
)  # fmt: skip
async def test_a_transcript_that_cannot_be_scored_is_refused_with_what_would_help(desk, given, says) -> None:
    assert says in told(await desk.candidate.post("/v1/transcripts:score", json=given), 422)


async def test_a_card_can_be_seen_as_another_levels(desk) -> None:
    page = (await desk.candidate.get(f"{AT}/card-page", params={"level": "staff"})).json()
    assert (page["card"]["level"], page["issued"]["level"]) == ("staff", "senior")
    assert page["card"]["evidence"] == page["issued"]["evidence"]
