"""Cards over HTTP: the scorecard in every format, its page, what is contested, moments taken up again, and one's history.

A card is its candidate's at once; a coach sees somebody else's only after own levels or a look by choice.
"""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.responses import Response

from interviewer.auth import Principal
from interviewer.channels.access import HIDDEN, Signed, own, reach
from interviewer.channels.card_file import (
    CardFile,
    boards_of,
    card_file,
    comment_shown,
    contest_shown,
    noted,
    rating_shown,
    scenario_of,
)
from interviewer.channels.files import FILES, as_file
from interviewer.channels.once import IdempotencyKey, Made, made_once
from interviewer.channels.problems import PROBLEMS, Refused
from interviewer.channels.resources import (
    AttemptShown,
    CardPage,
    Comparison,
    Contest,
    ContestShown,
    CriterionName,
    ForScoring,
    History,
    LevelName,
    NewRetry,
    OpenFix,
    RetryCompared,
    Scored,
    SessionShown,
)
from interviewer.channels.room import Room, TurnShown
from interviewer.channels.service import Handed, Service
from interviewer.channels.shown import room_of, session_shown
from interviewer.coach import marking
from interviewer.coach.changes import at_level, current_card
from interviewer.coach.comparing import compared, taken_up_again
from interviewer.coach.export import export
from interviewer.coach.history import Attempt, in_order, open_fix
from interviewer.coach.retry import board_then, forked
from interviewer.coach.review import comments_of, contests_of, is_hidden, issued_card, rating_of
from interviewer.coach.sheets import sheet
from interviewer.errors import BadInput, NotFound, NotNow
from interviewer.interview.events import SessionId
from interviewer.interview.rubric import CandidateLevel, Kind
from interviewer.interview.scorecard import Scorecard
from interviewer.interview.transcript import Transcript
from interviewer.store.index import Filters, Row
from interviewer.transcripts import Wanted, parse, settle

router = APIRouter(tags=["cards"], responses=PROBLEMS)

MOST_CHARACTERS = 400_000
_OPTION = re.compile(r" Say --[^.]*\.")
"""How a note ends that speaks to somebody at a command line."""


@router.get(
    "/sessions/{id}/scorecard",
    operation_id="read_scorecard",
    response_class=Response,
    responses={
        200: {"model": Scorecard, "content": FILES, "description": "The card; other formats come as files."}
    },
)
async def read_scorecard(
    service: Handed,
    principal: Signed,
    id: str,
    format: Literal["json", "markdown", "html", "csv"] = "json",
) -> Response:
    """The card that holds now, with a coach's changes in it and listed."""
    _, file = await _seen(service, principal, id)
    name = f"scorecard-{file.session[:8]}"
    if format == "csv":
        return as_file(sheet(file.card, file.issued), format, name)
    text = export(file.card, format, rating_of(file.events))
    return Response(text, media_type="application/json") if format == "json" else as_file(text, format, name)


@router.get("/sessions/{id}/card-page", operation_id="show_card_page")
async def show_card_page(
    service: Handed, principal: Signed, id: str, level: LevelName | None = None
) -> CardPage:
    """Everything that the card's page shows; with `level` the card is seen as that level's, by the same evidence."""
    row, file = await _seen(service, principal, id)
    now = service.clock()
    card = file.card
    if level is not None and level != card.level:
        card = at_level(file.issued, file.events, service.shelf.rubric, CandidateLevel(level), file.scenario)
    return CardPage(
        session=session_shown(row, now, row.owner),
        card=card,
        issued=file.issued,
        room=await room_of(service, row.id),
        boards=await boards_of(service, file),
        rating=rating_shown(file),
        contests=tuple(map(contest_shown, contests_of(file.events))),
        comments=tuple(comment_shown(one) for one in comments_of(file.events) if one.shared),
        earlier=tuple(session_shown(one, now, principal.account.id) for one in await _earlier(service, row)),
        retry=await _retried(service, principal, row, file),
    )


@router.get("/sessions/{id}/comparison", operation_id="compare_cards")
async def compare_cards(
    service: Handed, principal: Signed, id: str, other: Annotated[str, Query(alias="with", max_length=100)]
) -> Comparison:
    """This card against that of an earlier interview: levels before and after, items gained and lost."""
    _, file = await _seen(service, principal, id)
    _, earlier = await _seen(service, principal, other)
    both = asdict(compared(earlier.card, file.card))
    return Comparison.model_validate({"session": file.session, "earlier": earlier.session, **both})


@router.post("/sessions/{id}/contests", operation_id="contest_line", status_code=201)
async def contest_line(service: Handed, principal: Signed, id: str, contest: Contest) -> ContestShown:
    """Say that a line of one's own card is wrong, and why; a coach will see it."""
    row = await own(service, principal, id)
    file = await card_file(service, row.id)
    said = marking.contested(file.card, contest.line, principal.account.name, contest.reason)
    await noted(service, row.id, said)
    standing = contests_of((await card_file(service, row.id)).events)
    return contest_shown(next(one for one in reversed(standing) if one.line == contest.line))


@router.post(
    "/sessions/{id}/retries", operation_id="retry_moment", status_code=201, response_model=SessionShown
)
async def retry_moment(
    service: Handed, principal: Signed, id: str, wanted: NewRetry, key: IdempotencyKey = None
) -> Response:
    """Take a moment of one's own finished interview up again: a short interview that begins with the same question."""
    row = await own(service, principal, id)

    async def begin() -> Made:
        events = await service.log.read(row.id)
        service.shelf.pack(row.summary.scenario)  # a problem that is gone cannot be gone on with
        session = SessionId(service.new_id())
        await service.turns.begin(session, principal.account.id, forked(events, wanted.turn, session), None)
        rev = board_then(events, wanted.turn)
        scene = await service.boards.scene(row.id, rev) if rev else None
        if scene is not None:
            await service.boards.save(session, scene.text, 0)
        await service.host.rang(session)
        return Made(session, session_shown(await service.index.row(session), service.clock(), row.owner))

    return await made_once(service, principal, key, (f"/v1/sessions/{row.id}/retries", wanted), begin)


@router.get("/history", operation_id="show_history")
async def show_history(service: Handed, principal: Signed) -> History:
    """One's own scored interviews, oldest first, and the one fix that is open."""
    rows = await _scored_rows(service, principal.account.id)
    attempts = {row.id: await _attempt(service, row) for row in rows}
    shown = {row.id: session_shown(row, service.clock(), row.owner) for row in rows}
    ordered = in_order([one for one in attempts.values() if one])
    fix = open_fix(ordered, service.shelf.scenarios)
    return History(
        criteria=tuple(CriterionName(id=one.id, name=one.name) for one in service.shelf.rubric.criteria),
        items=tuple(
            AttemptShown(
                session=shown[SessionId(one.session)],
                levels=one.levels,
                unprompted=one.unprompted,
                met=one.met,
            )
            for one in ordered
        ),
        fix=OpenFix(**asdict(fix)) if fix else None,
    )


@router.post("/transcripts:score", operation_id="score_transcript")
async def score_transcript(service: Handed, _: Signed, given: ForScoring) -> Scored:
    """The card of somebody else's interview, handed in as text or turns. Nothing of it is kept."""
    transcript = await asyncio.to_thread(_transcript, service, given)
    card = await service.judge(transcript)
    notes = tuple(_OPTION.sub("", note) for note in card.notes)
    return Scored(card=card.model_copy(update={"notes": notes}), room=_room(transcript, service.clock()))


def _transcript(service: Service, given: ForScoring) -> Transcript:
    if (given.text is None) == (given.turns is None):
        raise BadInput("Give either a text or turns.")
    text, name = given.text or "", given.name
    if given.turns is not None:
        turns = [turn.model_dump(exclude_none=True) for turn in given.turns]
        text, name = json.dumps({"turns": turns}), "turns.json"
    if len(text) > MOST_CHARACTERS:
        raise Refused(
            413,
            "too-large",
            f"A transcript has at most {MOST_CHARACTERS:,} characters. Cut it to one interview.",
        )
    wanted = Wanted(
        scenario=given.scenario,
        level=CandidateLevel(given.level) if given.level else None,
        kind=Kind(given.kind) if given.kind else None,
        plan=given.plan,
        candidate=given.candidate if given.turns is None else None,
    )
    return settle(parse(text, "transcript", name, wanted.candidate), service.shelf, wanted)


def _room(transcript: Transcript, now: datetime) -> Room:
    turns = tuple(
        TurnShown(
            seq=turn.n,
            n=turn.n,
            role=turn.role,
            text=turn.text,
            at=now + timedelta(minutes=turn.minute or 0.0),
            phase=turn.phase,
        )
        for turn in transcript.turns
    )
    return Room(seq=len(turns), turns=turns)


async def _seen(service: Service, principal: Principal, id: str) -> tuple[Row, CardFile]:
    """One's own card; for a coach somebody else's, once own levels are given."""
    row = await reach(service, principal, id)
    file = await card_file(service, row.id)
    if is_hidden(row.owner, file.events, principal.account.id):
        raise NotNow(HIDDEN)
    return row, file


async def _scored_rows(service: Service, owner: str, scenario: str | None = None) -> list[Row]:
    """Whole interviews with a card that count: not dismissed, and not a moment taken up again."""
    rows: list[Row] = []
    cursor: str | None = None
    while True:
        page = await service.index.page(owner, cursor, 100, Filters(scenario=scenario, scorecard="ready"))
        rows += [row for row in page.rows if not row.summary.dismissed and row.summary.retry_of is None]
        cursor = page.next
        if cursor is None:
            return rows


async def _earlier(service: Service, row: Row) -> list[Row]:
    rows = await _scored_rows(service, row.owner, row.summary.scenario)
    before = [one for one in rows if one.id != row.id and one.started_at < row.started_at]
    return sorted(before, key=lambda one: one.started_at)


async def _attempt(service: Service, row: Row) -> Attempt | None:
    events = await service.log.read(row.id)
    issued = issued_card(events)
    if issued is None:
        return None
    scenario = scenario_of(service, issued.scenario)
    card = current_card(issued, events, service.shelf.rubric, scenario)
    rated = rating_of(events)
    return Attempt(row.id, row.summary.scenario, row.started_at, card, rated.next_time if rated else "")


async def _retried(service: Service, principal: Principal, row: Row, file: CardFile) -> RetryCompared | None:
    moment = file.interview.begun.retry_of
    if moment is None:
        return None
    try:
        # the first interview may have been forgotten, and its words with it
        first_row = await service.index.row(SessionId(moment.session))
        first = await card_file(service, first_row.id)
    except (NotFound, NotNow):
        return None
    if first_row.owner != row.owner or is_hidden(row.owner, first.events, principal.account.id):
        return None
    again = taken_up_again(
        moment.turn, first.interview.transcript, first.card, file.interview.transcript, file.card
    )
    return RetryCompared.model_validate({"session": moment.session, "turn": moment.turn, **asdict(again)})
