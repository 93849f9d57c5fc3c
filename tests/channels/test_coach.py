"""The coach's desk over HTTP: blind first, every act an event, nothing overwritten, and nobody else comes near."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
from sqlalchemy import delete

from interviewer.auth import Role
from interviewer.interview.events import SessionId
from interviewer.store import tables
from tests.channels.desk import FIRST, Desk, a_desk, told
from tests.channels.talking import Bare, an_open_socket, hello

REVIEW = f"/v1/sessions/{FIRST}/review"
AT = f"/v1/sessions/{FIRST}"


@pytest.fixture
async def desk(tmp_path) -> AsyncIterator[Desk]:
    async with a_desk(tmp_path) as made:
        yield made


async def looked(desk: Desk) -> dict[str, Any]:
    answer = await desk.coach.post(f"{AT}/levels", json={"levels": {"cr.api": 2, "cr.framing": 3}})
    assert answer.status_code == 200, answer.text
    return answer.json()


def level(card: dict[str, Any], id: str) -> int | None:
    return next(one["level"] for one in card["criteria"] if one["id"] == id)


async def test_the_card_is_hidden_until_a_coach_has_given_own_levels(desk) -> None:
    before = (await desk.coach.get(REVIEW)).json()
    assert before["hidden"] is True
    assert (before["card"], before["issued"], before["changes"], before["own"]) == (None, None, [], {})
    assert (before["session"]["overall"], before["session"]["recommendation"]) == (None, None)
    assert before["criteria"] and before["moves"] and before["room"]["turns"]
    assert before["fairness"]["minutes_by_phase"] and before["fairness"]["offered"]
    after = await looked(desk)
    assert after["hidden"] is False and after["card"] == after["issued"]
    assert after["own"] == {"cr.api": 2, "cr.framing": 3}
    assert after["session"]["reviewed"] is True


async def test_another_coach_is_still_blind_and_does_not_see_what_the_first_one_made_of_it(desk) -> None:
    await looked(desk)
    await desk.coach.post(f"{AT}/overrides", json={"target": "cr.api", "to": 1, "reason": "Too thin."})
    await desk.coach.post(f"{AT}/comments", json={"text": "A weak four.", "turn": 2})
    async with AsyncExitStack() as stack:
        bo = await desk.colleague(stack)
        seen = (await bo.get(REVIEW)).json()
        assert (seen["hidden"], seen["changes"], seen["comments"], seen["card"]) == (True, [], [], None)
        assert told(await bo.get(f"{AT}/card-page"), 409).startswith("Give your own levels")
        assert told(await bo.get(f"{AT}/review/export"), 409).startswith("Give your own levels")
        revealed = (await bo.post(f"{AT}/reveal")).json()
        assert (len(revealed["changes"]), len(revealed["comments"])) == (1, 1)
        await bo.post(f"{AT}/levels", json={"levels": {"cr.api": 3}})
    scored = [
        one.event
        for one in await desk.served.service.log.read(SessionId(FIRST))
        if one.event.kind == "coach_scored"
    ]
    assert [(one.by, one.blind) for one in scored] == [("Ada", True), ("Bo", False)]


async def test_whoever_follows_what_the_interviewer_thinks_reads_nobodys_judgement_of_the_card(desk) -> None:
    await looked(desk)
    await desk.coach.post(f"{AT}/overrides", json={"target": "cr.api", "to": 1, "reason": "Too thin."})
    await desk.coach.post(f"{AT}/comments", json={"text": "A weak four."})
    head = (await desk.served.service.index.row(SessionId(FIRST))).head_internal
    async with AsyncExitStack() as stack:
        bo = await desk.colleague(stack)
        asked = await bo.post(f"{AT}/tickets", json={"stream": "internal"})
        bare: Bare = await stack.enter_async_context(an_open_socket(desk.served))
        await bare.send(hello(asked.json()["ticket"]))
        await bare.up_to(head)
    frames = [json.loads(text) for text in bare.events]
    assert bare.seqs == list(range(1, head + 1))
    kinds = {"scorecard_issued", "coach_scored", "score_overridden", "coach_commented"}
    assert {one["kind"]: one["data"] for one in frames if one["kind"] in kinds} == dict.fromkeys(kinds, {})
    assert all(one["data"] for one in frames if one["kind"] in ("turn_heard", "move_chosen"))


async def test_a_new_coach_of_the_same_name_has_not_looked_yet(desk) -> None:
    accounts = desk.served.service.accounts
    await looked(desk)
    await desk.coach.post(f"{AT}/comments", json={"text": "Only for coaches who looked."})
    ada = next(one for one in await accounts.all() if one.name == "Ada")
    await accounts.forget(ada.id)
    another = await accounts.add("Ada", {Role.coach})
    async with desk.served.client(await accounts.issue(another.id, "token")) as new:
        seen = (await new.get(REVIEW)).json()
        assert (seen["hidden"], seen["card"], seen["own"], seen["comments"]) == (True, None, {}, [])
        assert told(await new.get(f"{AT}/card-page"), 409).startswith("Give your own levels")
        assert (await new.get("/v1/sessions")).json()["items"][0]["looked_at"] is False
        await new.post(f"{AT}/levels", json={"levels": {"cr.api": 3}})
        assert (await new.get("/v1/agreement")).json()["mine"]["n"] == 1


async def test_an_act_before_looking_is_refused(desk) -> None:
    for path, body in (
        ("overrides", {"target": "cr.api", "to": 1, "reason": "No."}),
        ("evidence", {"target": "cr.api/x", "turn": 2, "start": 0, "end": 5, "reason": "No."}),
        ("evidence/ev_0001/drop", {"reason": "No."}),
        ("flags/rf.no-numbers/settle", {"to": "dropped", "reason": "No."}),
    ):
        assert told(await desk.coach.post(f"{AT}/{path}", json=body), 409).startswith("Give your own levels")


async def test_an_override_stands_beside_the_issued_level_and_lists_show_what_holds(desk) -> None:
    issued = (await looked(desk))["issued"]
    to = 1 if level(issued, "cr.api") != 1 else 4
    review = (
        await desk.coach.post(
            f"{AT}/overrides", json={"target": "cr.api", "to": to, "reason": "As I heard it."}
        )
    ).json()
    assert (level(review["card"], "cr.api"), level(review["issued"], "cr.api")) == (
        to,
        level(issued, "cr.api"),
    )
    assert review["card"]["overrides"][0]["by"] == "Ada"
    change = review["changes"][0]
    assert (change["kind"], change["to"], change["by"]) == ("override", str(to), "Ada")
    listed = (await desk.candidate.get("/v1/sessions")).json()["items"][0]
    assert listed["overall"] == review["card"]["overall"]
    assert (await desk.candidate.get(f"{AT}/scorecard")).json() == review["card"]


async def test_lists_that_are_made_anew_show_what_holds_since_a_coach_changed_it(desk) -> None:
    await desk.finished("untouched")
    card = (await looked(desk))["card"]
    for one in card["criteria"]:
        await desk.coach.post(f"{AT}/overrides", json={"target": one["id"], "to": 1, "reason": "Too thin."})
    before = (await desk.candidate.get("/v1/sessions")).json()["items"]
    assert {one["id"]: one["overall"] for one in before} == {FIRST: 1.0, "untouched": card["overall"]}
    index = desk.served.service.index
    await index._database.write(lambda db: db.execute(delete(tables.summary)).rowcount)
    index._complete = False  # as when the next server begins
    assert (await desk.candidate.get("/v1/sessions")).json()["items"] == before


async def test_evidence_is_cut_from_the_turn_and_counts_at_once(desk) -> None:
    card = (await looked(desk))["card"]
    target = next(
        f"{one['id']}/{part['id']}" for one in card["criteria"] if one["level"] for part in one["items"]
        if part["state"] == "not_met"
    )  # fmt: skip
    turn = next(
        one for one in (await desk.coach.get(REVIEW)).json()["room"]["turns"] if one["role"] == "candidate"
    )
    place = {"target": target, "turn": turn["n"], "start": 0, "end": 12, "reason": "Here."}
    review = (await desk.coach.post(f"{AT}/evidence", json=place)).json()
    row = next(one for one in review["card"]["evidence"] if one["observer"] == "coach")
    assert row["quote"] == turn["text"][:12]
    assert review["changes"][0]["quote"] == turn["text"][:12]
    gone = (
        await desk.coach.post(f"{AT}/evidence/{row['id']}/drop", json={"reason": "On reflection, no."})
    ).json()
    assert gone["card"]["criteria"] == card["criteria"]
    assert [one["kind"] for one in gone["changes"]] == ["evidence_added", "evidence_dropped"]


@pytest.mark.parametrize(
    "place",
    [
        {"turn": 1, "start": 0, "end": 5}, {"turn": 999, "start": 0, "end": 5}, {"turn": 2, "start": 5, "end": 5},
        {"turn": 2, "start": 0, "end": 100_000}, {"target": "cr.none/x"}, {"target": "rf.nothing"},
    ],
)  # fmt: skip
async def test_evidence_that_lies_nowhere_is_refused_with_what_there_is(desk, place) -> None:
    card = (await looked(desk))["card"]
    good = {
        "target": f"cr.api/{next(one for one in card['criteria'] if one['id'] == 'cr.api')['items'][0]['id']}"
    }
    body = {"turn": 2, "start": 0, "end": 5, "reason": "Here.", **good, **place}
    assert told(await desk.coach.post(f"{AT}/evidence", json=body), 422)


async def test_an_unknown_target_is_refused_with_what_there_is(desk) -> None:
    await looked(desk)
    bad = await desk.coach.post(f"{AT}/overrides", json={"target": "cr.nothing", "to": 1, "reason": "x"})
    assert "cr.api" in told(bad, 422)
    for target, to in (("cr.api", 5), ("cr.api", "met"), ("cr.api", 0)):
        body = {"target": target, "to": to, "reason": "x"}
        assert told(await desk.coach.post(f"{AT}/overrides", json=body), 422)
    assert "cr.api" in told(await desk.coach.post(f"{AT}/levels", json={"levels": {"cr.nothing": 1}}), 422)


async def test_a_shared_comment_reaches_the_candidate_and_a_private_one_does_not(desk) -> None:
    await desk.coach.post(f"{AT}/comments", json={"text": "Only for me.", "turn": 2})
    await desk.coach.post(f"{AT}/comments", json={"text": "Well asked.", "turn": 2, "shared": True})
    page = (await desk.candidate.get(f"{AT}/card-page")).json()
    assert [one["text"] for one in page["comments"]] == ["Well asked."]
    assert "Only for me." not in (await desk.candidate.get(f"{AT}/card-page")).text


async def test_a_dismissed_interview_counts_in_no_trend_and_no_agreement(desk) -> None:
    await looked(desk)
    assert (await desk.coach.get("/v1/agreement")).json()["sessions"] == 1
    review = (await desk.coach.post(f"{AT}/dismiss", json={"reason": "The line broke."})).json()
    assert review["session"]["dismissed"] is True and review["changes"][-1]["kind"] == "dismissed"
    assert (await desk.coach.get("/v1/agreement")).json()["sessions"] == 0
    assert (await desk.candidate.get("/v1/history")).json()["items"] == []


async def test_agreement_pairs_the_issued_level_with_the_coachs_own(desk) -> None:
    issued = (await looked(desk))["issued"]
    await desk.coach.post(f"{AT}/overrides", json={"target": "cr.api", "to": 4, "reason": "x"})
    agreed = (await desk.coach.get("/v1/agreement")).json()
    row = next(one for one in agreed["criteria"] if one["criterion"] == "cr.api")
    scorer = level(issued, "cr.api")
    assert scorer is not None
    assert (agreed["sessions"], agreed["blind_sessions"]) == (1, 1)
    assert (row["n"], row["bias"], row["kappa"]) == (1, 2 - scorer, None)
    assert row["grid"][scorer - 1][1] == 1
    assert agreed["rubric_versions"] == [issued["rubric"]["version"]]


@pytest.mark.parametrize("format", ["markdown", "json", "csv", "html", "debrief"])
async def test_a_review_goes_out_as_a_file_with_both_values(desk, format) -> None:
    await looked(desk)
    await desk.coach.post(f"{AT}/overrides", json={"target": "cr.api", "to": None, "reason": "=HYPERLINK(1)"})
    await desk.coach.post(f"{AT}/comments", json={"text": "@cmd <script>x</script>", "turn": 2})
    answer = await desk.coach.get(f"{AT}/review/export", params={"format": format})
    assert answer.status_code == 200 and "attachment" in answer.headers["content-disposition"]
    assert "<script>" not in answer.text or format in ("json", "csv")
    if format == "csv":
        lines = list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff"))))
        assert {len(line) for line in lines} == {11}
        change = next(line for line in lines if line[0] == "change")
        assert (change[1], change[6]) == ("cr.api", "'=HYPERLINK(1)")
        one = next(line for line in lines if line[:2] == ["criterion", "cr.api"])
        assert one[5] == "not assessed" != one[4]


async def test_nobody_but_a_coach_finds_the_desk(desk) -> None:
    for client in (desk.candidate, desk.stranger):
        assert told(await client.get(REVIEW), 404)
        assert told(await client.get("/v1/agreement"), 404)
        assert told(await client.post(f"{AT}/levels", json={"levels": {"cr.api": 1}}), 404)
        assert told(await client.post(f"{AT}/dismiss", json={"reason": "x"}), 404)
    absent = told(await desk.coach.get("/v1/sessions/none/review"), 404)
    assert absent == told(await desk.stranger.get(f"{AT}/card-page"), 404)


async def test_a_review_waits_for_the_card(desk) -> None:
    await desk.unscored("waiting")
    assert "no card yet" in told(await desk.coach.get("/v1/sessions/waiting/review"), 409)


async def contest(desk: Desk, line: str) -> None:
    answer = await desk.candidate.post(f"{AT}/contests", json={"line": line, "reason": "I did say it."})
    assert answer.status_code == 201, answer.text


async def waiting(desk: Desk) -> int:
    found: int = (await desk.coach.get("/v1/sessions")).json()["items"][0]["contested"]
    return found


async def test_a_contested_line_waits_until_a_coach_answers_it_where_the_candidate_can_read_it(desk) -> None:
    await contest(desk, "cr.api")
    await contest(desk, "cr.api")
    await contest(desk, "fairness")
    assert await waiting(desk) == 2
    assert (await desk.coach.get(REVIEW)).json()["session"]["contested"] == 2
    answer = {"text": "You are right.", "line": "fairness"}
    assert told(await desk.coach.post(f"{AT}/comments", json=answer), 409).startswith("Give your own levels")
    await looked(desk)
    await desk.coach.post(f"{AT}/comments", json=answer)
    assert await waiting(desk) == 2
    review = (await desk.coach.post(f"{AT}/comments", json={**answer, "shared": True})).json()
    assert review["session"]["contested"] == await waiting(desk) == 1
    page = (await desk.candidate.get(f"{AT}/card-page")).json()
    assert [(one["line"], one["text"]) for one in page["comments"]] == [("fairness", "You are right.")]
    await desk.coach.post(f"{AT}/overrides", json={"target": "cr.api", "to": None, "reason": "Never asked."})
    assert await waiting(desk) == 0
    await contest(desk, "cr.api")
    assert await waiting(desk) == 1


async def test_a_contested_item_is_answered_by_its_change_however_it_was_named(desk) -> None:
    card = (await looked(desk))["card"]
    one = next(one for one in card["criteria"] if one["level"] and one["items"])
    await contest(desk, one["items"][0]["id"])
    target = f"{one['id']}/{one['items'][0]['id']}"
    to = "not_met" if one["items"][0]["state"] == "met" else "met"
    await desk.coach.post(f"{AT}/overrides", json={"target": target, "to": to, "reason": "I read it so."})
    assert await waiting(desk) == 0


async def test_a_line_that_is_not_contested_takes_no_answer(desk) -> None:
    await looked(desk)
    answer = await desk.coach.post(f"{AT}/comments", json={"text": "So.", "line": "cr.api", "shared": True})
    assert "not contested" in told(answer, 422)


async def test_a_list_tells_each_coach_what_they_have_seen_themselves(desk) -> None:
    await desk.coach.post(f"{AT}/comments", json={"text": "Read it again."})
    async with AsyncExitStack() as stack:
        bo = await desk.colleague(stack)

        async def stands() -> list[tuple[bool, bool]]:
            lists = [(await one.get("/v1/sessions")).json()["items"][0] for one in (desk.coach, bo)]
            return [(one["reviewed"], one["looked_at"]) for one in lists]

        assert await stands() == [(False, False), (False, False)]
        await looked(desk)
        assert await stands() == [(True, True), (True, False)]
        await bo.post(f"{AT}/reveal")
        assert await stands() == [(True, True), (True, True)]
    assert (await desk.candidate.get("/v1/sessions")).json()["items"][0]["looked_at"] is False


async def test_a_coachs_own_severity_is_told_beside_everybodys(desk) -> None:
    await looked(desk)
    async with AsyncExitStack() as stack:
        bo = await desk.colleague(stack)
        await bo.post(f"{AT}/levels", json={"levels": {"cr.api": 1}})
        hers, his = [(await one.get("/v1/agreement")).json() for one in (desk.coach, bo)]
    assert (hers["pooled"]["n"], his["pooled"]["n"]) == (3, 3)
    assert (hers["mine"]["n"], his["mine"]["n"]) == (2, 1)
    assert his["mine"]["bias"] < 0


async def test_agreement_leaves_out_what_is_still_hidden_from_the_asker(desk) -> None:
    await looked(desk)
    async with AsyncExitStack() as stack:
        bo = await desk.colleague(stack)
        before = (await bo.get("/v1/agreement")).json()
        assert (before["sessions"], before["blind_sessions"], before["rubric_versions"]) == (0, 0, [])
        assert {one["n"] for one in (before["pooled"], *before["criteria"])} == {0}
        await bo.post(f"{AT}/reveal")
        after = (await bo.get("/v1/agreement")).json()
        assert (after["sessions"], after["pooled"]["n"], after["mine"]["n"]) == (1, 2, 0)


async def test_a_flag_that_nobody_stated_can_be_named_once_the_card_is_seen(desk) -> None:
    assert (await desk.coach.get(REVIEW)).json()["other_flags"] == []
    review = await looked(desk)
    flag = review["other_flags"][0]
    assert flag["name"] and flag["id"] not in {one["id"] for one in review["card"]["flags"]}
    place = {"target": flag["id"], "turn": 2, "start": 0, "end": 12, "stands_for": True, "reason": "Here."}
    after = (await desk.coach.post(f"{AT}/evidence", json=place)).json()
    assert flag["id"] in {one["id"] for one in after["card"]["flags"]}
    assert flag not in after["other_flags"]
