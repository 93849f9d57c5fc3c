"""The coach's desk over HTTP: an interview under review, a coach's acts on it, and agreement with the scorer.

Blind first: until a coach has given own levels, or has chosen to look, nothing of the card goes out. Every act is an
event with the coach's name; nothing is overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Literal

from fastapi import APIRouter
from starlette.responses import Response

from interviewer.auth import Principal
from interviewer.channels.access import HIDDEN, Coach, reach
from interviewer.channels.card_file import (
    CardFile,
    boards_of,
    card_file,
    comment_shown,
    contest_shown,
    noted,
    rating_shown,
)
from interviewer.channels.files import FILES, as_file
from interviewer.channels.problems import PROBLEMS
from interviewer.channels.resources import (
    Agreement,
    AgreementRow,
    Change,
    CriterionName,
    FairnessShown,
    FlagName,
    MoveShown,
    NewComment,
    NewEvidence,
    NewOverride,
    OwnLevels,
    Reason,
    Review,
    Settling,
)
from interviewer.channels.service import Handed, Service
from interviewer.channels.shown import room_of, session_shown
from interviewer.coach import marking
from interviewer.coach.acts import Act, acts_of
from interviewer.coach.debrief import debrief
from interviewer.coach.fairness_shown import fairness_shown
from interviewer.coach.history import Attempt, open_fix
from interviewer.coach.review import (
    Looked,
    comments_of,
    contests_of,
    is_hidden,
    issued_card,
    looked_of,
    moves_of,
    pairs_of,
)
from interviewer.coach.review_export import ReviewFile, export_review
from interviewer.errors import BadInput, NotNow
from interviewer.interview.events import CoachCommented, CoachEvent, LevelsRevealed, SessionDismissed
from interviewer.interview.rubric import Kind
from interviewer.scoring.agreement import Pair, agreement_of
from interviewer.store.index import Filters, Row

router = APIRouter(tags=["coach's desk"], responses=PROBLEMS)


@router.get("/sessions/{id}/review", operation_id="review_session")
async def review_session(service: Handed, coach: Coach, id: str) -> Review:
    """The coach's page of an interview that has a card."""
    row = await reach(service, coach, id)
    return await _review(service, coach, row)


@router.post("/sessions/{id}/levels", operation_id="give_levels")
async def give_levels(service: Handed, coach: Coach, id: str, given: OwnLevels) -> Review:
    """A coach's own levels. From the first ones on, the card is shown."""
    row, file, looked = await _open(service, coach, id)
    scored = marking.own_levels(file.issued, given.levels, _name(coach), blind=looked.hidden)
    return await _note(service, coach, row, scored)


@router.post("/sessions/{id}/reveal", operation_id="reveal_card")
async def reveal_card(service: Handed, coach: Coach, id: str) -> Review:
    """Look at the card without own levels, by choice."""
    row, _, looked = await _open(service, coach, id)
    if looked.hidden:
        return await _note(service, coach, row, LevelsRevealed(by=_name(coach)))
    return await _review(service, coach, row)


@router.post("/sessions/{id}/overrides", operation_id="override_score")
async def override_score(service: Handed, coach: Coach, id: str, wanted: NewOverride) -> Review:
    """Change a criterion's level or an item's state; the issued value stays beside it."""
    row, file = await _looked_at(service, coach, id)
    changed = marking.override(file.card, wanted.target, wanted.to, _name(coach), wanted.reason)
    return await _note(service, coach, row, changed)


@router.post("/sessions/{id}/evidence", operation_id="add_evidence")
async def add_evidence(service: Handed, coach: Coach, id: str, wanted: NewEvidence) -> Review:
    """Words of a candidate's turn that the scorer missed, for or against an item or a flag."""
    row, file = await _looked_at(service, coach, id)
    added = marking.evidence(
        file.card,
        file.interview.transcript,
        service.shelf.rubric,
        wanted.target,
        (wanted.turn, wanted.start, wanted.end),
        wanted.stands_for,
        _name(coach),
        wanted.reason,
    )
    return await _note(service, coach, row, added)


@router.post("/sessions/{id}/evidence/{evidence}/drop", operation_id="drop_evidence")
async def drop_evidence(service: Handed, coach: Coach, id: str, evidence: str, why: Reason) -> Review:
    """A piece of evidence that shows nothing of the kind."""
    row, file = await _looked_at(service, coach, id)
    return await _note(
        service, coach, row, marking.evidence_dropped(file.card, evidence, _name(coach), why.reason)
    )


@router.post("/sessions/{id}/flags/{flag}/settle", operation_id="settle_flag")
async def settle_flag(service: Handed, coach: Coach, id: str, flag: str, word: Settling) -> Review:
    """A word on a flag: it stands, it was put right, or it is no fault here."""
    row, file = await _looked_at(service, coach, id)
    flags = [one.id for one in (*file.card.flags, *file.issued.flags)]
    return await _note(service, coach, row, marking.settled(flags, flag, word.to, _name(coach), word.reason))


@router.post("/sessions/{id}/comments", operation_id="comment_session")
async def comment_session(service: Handed, coach: Coach, id: str, comment: NewComment) -> Review:
    """A comment on a turn or on the whole, private unless it is shared; or the answer to a contested line."""
    row, file, looked = await _open(service, coach, id)
    if comment.line is not None:
        if looked.hidden:
            raise NotNow(HIDDEN)
        if comment.line not in {one.line for one in contests_of(file.events)}:
            raise BadInput(f"The line {comment.line!r} is not contested, so it needs no answer.")
    if comment.turn is not None and comment.turn > len(file.interview.transcript):
        raise BadInput(f"The conversation has {len(file.interview.transcript)} turns.")
    said = CoachCommented(
        turn=comment.turn, line=comment.line, text=comment.text, by=_name(coach), shared=comment.shared
    )
    return await _note(service, coach, row, said)


@router.post("/sessions/{id}/dismiss", operation_id="dismiss_session")
async def dismiss_session(service: Handed, coach: Coach, id: str, why: Reason) -> Review:
    """The interview is invalid: it counts in no trend and no agreement."""
    row, _, _ = await _open(service, coach, id)
    return await _note(service, coach, row, SessionDismissed(by=_name(coach), reason=why.reason))


@router.get(
    "/sessions/{id}/review/export",
    operation_id="export_review",
    response_class=Response,
    responses={
        200: {
            "content": {**FILES, "application/json": {"schema": {}}},
            "description": "The review as a file.",
        }
    },
)
async def export_one_review(
    service: Handed,
    coach: Coach,
    id: str,
    format: Literal["markdown", "json", "csv", "html", "debrief"] = "markdown",
) -> Response:
    """The review as a file: the card with issued values beside those that hold now; `debrief` is one page to talk from."""
    row, file = await _looked_at(service, coach, id)
    comments = comments_of(file.events)
    if format == "debrief":
        attempt = Attempt(row.id, row.summary.scenario, row.started_at, file.card)
        fix = open_fix((attempt,), service.shelf.scenarios)
        drill = next((one for one in service.shelf.scenarios if fix and one.id == fix.drill), None)
        text = debrief(file.card, row.owner_name, comments, service.shelf.rubric, file.scenario, drill)
        return as_file(text, format, f"debrief-{row.id[:8]}")
    review = ReviewFile(
        candidate=row.owner_name,
        issued=file.issued,
        card=file.card,
        own=looked_of(file.events, coach.account.id).own or {},
        acts=acts_of(file.issued, file.events),
        comments=comments,
        contests=contests_of(file.events),
    )
    return as_file(export_review(review, format), format, f"review-{row.id[:8]}")


@router.get("/agreement", operation_id="show_agreement")
async def show_agreement(service: Handed, coach: Coach) -> Agreement:
    """How far coaches agree with the scorer, over all levelled interviews whose card is not hidden from the asker."""
    found: list[tuple[Pair, ...]] = []
    mine: list[Pair] = []
    versions: dict[str, None] = {}
    cursor: str | None = None
    while True:
        page = await service.index.page(None, cursor, 100, Filters(reviewed=True))
        for row in page.rows:
            events = await service.log.read(row.id)
            if is_hidden(row.owner, events, coach.account.id):
                continue  # a single pair beside the scorer's would tell what they are still to judge
            issued = issued_card(events)
            pairs = pairs_of(issued, events) if issued else ()
            if issued and pairs:
                found.append(pairs)
                mine += pairs_of(issued, events, coach.account.id)
                versions.setdefault(issued.rubric.version)
        cursor = page.next
        if cursor is None:
            break
    every = [pair for pairs in found for pair in pairs]
    return Agreement(
        sessions=len(found),
        blind_sessions=sum(any(pair.blind for pair in pairs) for pairs in found),
        pooled=_row("all", "All criteria", every),
        mine=_row("mine", "Your own levels", mine),
        criteria=tuple(
            _row(one.id, one.name, (pair for pair in every if pair.criterion == one.id))
            for one in service.shelf.rubric.criteria
        ),
        rubric_versions=tuple(versions),
    )


def _row(criterion: str, name: str, pairs: Iterable[Pair]) -> AgreementRow:
    return AgreementRow.model_validate({"criterion": criterion, "name": name, **asdict(agreement_of(pairs))})


def _name(coach: Principal) -> str:
    return coach.account.name


async def _open(service: Service, coach: Principal, id: str) -> tuple[Row, CardFile, Looked]:
    row = await reach(service, coach, id)
    file = await card_file(service, row.id)
    return row, file, looked_of(file.events, coach.account.id)


async def _looked_at(service: Service, coach: Principal, id: str) -> tuple[Row, CardFile]:
    row, file, looked = await _open(service, coach, id)
    if looked.hidden:
        raise NotNow(HIDDEN)
    return row, file


async def _note(service: Service, coach: Principal, row: Row, said: CoachEvent) -> Review:
    """Whatever a coach says is kept with their account beside the name, since a name may pass to somebody else."""
    await noted(service, row.id, said.model_copy(update={"by_id": coach.account.id}))
    return await _review(service, coach, row)


async def _review(service: Service, coach: Principal, row: Row) -> Review:
    row = await service.index.row(row.id)  # what was just said may have changed it
    file = await card_file(service, row.id)
    looked = looked_of(file.events, coach.account.id)
    hidden = looked.hidden
    session = session_shown(row, service.clock(), row.owner)
    if hidden:
        session = session.model_copy(update={"overall": None, "recommendation": None})
    comments = comments_of(file.events)
    return Review(
        session=session,
        room=await room_of(service, row.id),
        boards=await boards_of(service, file),
        criteria=tuple(CriterionName(id=one.id, name=one.name) for one in file.issued.criteria if one.weight),
        hidden=hidden,
        own=looked.own or {},
        card=None if hidden else file.card,
        issued=None if hidden else file.issued,
        fairness=FairnessShown.model_validate(
            asdict(fairness_shown(file.events, file.issued, file.scenario))
        ),
        moves=tuple(MoveShown.model_validate(asdict(made)) for made in moves_of(file.events, file.scenario)),
        changes=() if hidden else tuple(map(_change, acts_of(file.issued, file.events))),
        comments=tuple(comment_shown(one) for one in comments if not hidden or one.by_id == coach.account.id),
        contests=() if hidden else tuple(map(contest_shown, contests_of(file.events))),
        other_flags=() if hidden else _other_flags(service, file),
        rating=rating_shown(file),
    )


def _other_flags(service: Service, file: CardFile) -> tuple[FlagName, ...]:
    """The rubric's flags that neither the card nor the scorer's own names."""
    there = {flag.id for flag in (*file.card.flags, *file.issued.flags)}
    rubric = service.shelf.rubric.flags_for(Kind(file.issued.kind))
    return tuple(FlagName(id=flag.id, name=flag.name) for flag in rubric if flag.id not in there)


def _change(act: Act) -> Change:
    is_level = act.kind == "override" and "/" not in act.target
    return Change(
        kind=act.kind,
        target=act.target,
        was=_said(act.was, is_level),
        to=_said(act.to, is_level),
        quote=act.quote,
        turn=act.turn,
        by=act.by,
        reason=act.reason,
        at=act.at,
    )


def _said(value: int | str | None, is_level: bool) -> str:
    return ("not assessed" if is_level else "") if value is None else str(value)
