"""What several routes show alike: an interview in a list, and the room folded from its public stream."""

from __future__ import annotations

from datetime import datetime

from interviewer.channels.publishing import publish
from interviewer.channels.resources import SessionShown, Snapshot
from interviewer.channels.room import Room, view
from interviewer.channels.service import Service
from interviewer.errors import NotFound
from interviewer.interview.events import SessionId, Stream
from interviewer.interview.state import Interview
from interviewer.store.index import Row

MOST_READ = 500
"""How many events are read at once where a whole stream is folded."""


def session_shown(row: Row, now: datetime, viewer: str, coaching: bool = False) -> SessionShown:
    """An interview as lists show it at `now` to the account `viewer`, who looks at it as a coach where `coaching`.

    What the scorer made of it stands in lists for the candidate alone: a coach judges before looking, and then reads it
    on the card.
    """
    summary = row.summary
    own = row.owner == viewer
    return SessionShown.model_validate(
        {
            "id": row.id,
            "scenario": summary.scenario,
            "title": summary.title or summary.scenario,
            "kind": summary.kind,
            "level": summary.level,
            "mode": summary.mode,
            "pace": summary.pace,
            "plan": summary.plan,
            "minutes": summary.minutes,
            "attempt": summary.attempt,
            "state": row.state,
            "why": summary.why,
            "phase": summary.phase,
            "scorecard": summary.scorecard,
            "started_at": row.started_at,
            "last_at": row.last_at,
            "lasted": round(summary.spent_at(now) / 60, 1) if row.state == "ended" else None,
            "left_s": None if row.state == "ended" else max(0.0, summary.left_s(now)),
            "candidate": row.owner_name,
            "candidate_id": row.owner,
            "overall": summary.overall if own else None,
            "recommendation": summary.recommendation if own else None,
            "retry_of": summary.retry_of,
            "reviewed": summary.reviewed,
            "looked_at": coaching and viewer in summary.looked_by,
            "contested": summary.contested,
            "dismissed": summary.dismissed,
        }
    )


async def room_of(service: Service, session: SessionId) -> Room:
    """The room after everything public that happened. Raises NotFound."""
    room, interview = Room(), Interview()
    while True:
        batch = await service.log.read(session, since=room.seq, stream=Stream.public, limit=MOST_READ)
        frames, interview = publish(batch, interview)
        room = view(frames, room)
        if len(batch) < MOST_READ:
            break
    if room.seq == 0:
        raise NotFound("There is no such interview.")
    return room


async def snapshot_of(service: Service, session: SessionId) -> Snapshot:
    """The room with the number it stands at, from which a client goes on. Raises NotFound."""
    room = await room_of(service, session)
    return Snapshot(session=session, epoch=service.epoch, seq=room.seq, room=room)
