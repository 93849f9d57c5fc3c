"""Sessions in lists: found, filtered and paged, the one that began last first.

A list is read from summaries, never from events. Those of an older database are made when a list is first asked for.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Select, and_, exists, func, or_, select
from sqlalchemy import Row as SqlRow

from interviewer.errors import BadInput, NotFound
from interviewer.interview.events import SessionId
from interviewer.store import tables
from interviewer.store.appending import lock, put_summary, summarise_anew
from interviewer.store.database import Database
from interviewer.store.log import State
from interviewer.store.summary import Summary

_session = tables.session.c
_summary = tables.summary.c
_account = tables.account.c

Holding = Callable[[SessionId], Awaitable[tuple[float | None, str | None]]]
"""The overall score and the recommendation of a session's card as it holds now; None for what there is not."""

BATCH = 200
"""How many sessions are looked through at a time."""
MOST_CURSOR = 1000


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; None and "" narrow nothing. `q` is looked for in titles and in candidates' names."""

    scenario: str | None = None
    state: State | None = None
    q: str = ""
    scorecard: str | None = None
    reviewed: bool | None = None
    contested: bool | None = None

    def admit(self, row: Row) -> bool:
        """Whether a row passes what is not looked for in SQL."""
        summary, words = row.summary, self.q.strip().casefold()
        return (
            (self.scorecard is None or summary.scorecard == self.scorecard)
            and (self.reviewed is None or summary.reviewed == self.reviewed)
            and (self.contested is None or (summary.contested > 0) == self.contested)
            and (words in f"{summary.title}\n{summary.scenario}\n{row.owner_name}".casefold())
        )


@dataclass(frozen=True)
class Row:
    """A session in a list. Moments are UTC; `owner` is an account's id."""

    id: SessionId
    owner: str
    owner_name: str
    state: State
    started_at: datetime
    last_at: datetime
    head_public: int
    head_internal: int
    summary: Summary


@dataclass(frozen=True)
class Page:
    """Some of a list; `next` is the cursor of what follows, None at its end."""

    rows: tuple[Row, ...]
    next: str | None


class SessionIndex:
    """The sessions in the tables of `database`. `holding` tells what holds of a card that a coach has changed.

    A summary is made from events alone, and what follows from a coach's changes depends on the rubric.
    """

    def __init__(self, database: Database, holding: Holding | None = None) -> None:
        self._database = database
        self._holding = holding
        self._complete = False

    async def page(
        self,
        owner: str | None = None,
        cursor: str | None = None,
        limit: int = 50,
        filters: Filters | None = None,
    ) -> Page:
        """At most `limit` sessions, of one owner where that is said. Raises BadInput for a cursor that is none of ours."""
        filters, found = filters or Filters(), list[Row]()
        query = _narrowed(owner, filters)
        after = None if cursor is None else _read_cursor(cursor)
        await self._complete_it()
        while True:
            rows = [_as_row(row) for row in await self._rows(_after(query, after).limit(BATCH))]
            found += filter(filters.admit, rows)
            if len(found) > limit:
                return Page(tuple(found[:limit]), _cursor(found[limit - 1]))
            if len(rows) < BATCH:
                return Page(tuple(found), None)
            after = (rows[-1].started_at, rows[-1].id)

    async def row(self, session: SessionId) -> Row:
        """One session as lists show it. Raises NotFound."""
        await self._complete_it()
        rows = await self._rows(_rows_query().where(_session.id == session))
        if not rows:
            raise NotFound(f"No session {session}.")
        return _as_row(rows[0])

    async def attempts(self, owner: str, scenario: str) -> int:
        """How many interviews somebody began on a scenario; moments taken up again are not counted."""
        await self._complete_it()
        of_it = (_session.owner == owner, _summary.scenario == scenario, _summary.retry_of.is_(None))
        joined = tables.session.join(tables.summary)
        rows = await self._rows(select(func.count()).select_from(joined).where(*of_it))
        return int(rows[0][0])

    async def idle(self, before: datetime, limit: int = 100) -> list[SessionId]:
        """Sessions that have not ended and in which nothing happened since `before`."""
        still = select(_session.id).where(_session.state != "ended", _session.last_at < before)
        rows = await self._rows(still.order_by(_session.last_at).limit(limit))
        return [SessionId(row.id) for row in rows]

    async def holds(self, session: SessionId, overall: float | None, recommendation: str | None) -> None:
        """What holds of a session's card now that a coach has changed it."""
        change = {"overall": overall, "recommendation": recommendation}
        await self._database.write(lambda db: _hold(db, session, change))

    async def reindex(self) -> int:
        """Make the summaries that are missing, as in a database of an older version; how many were."""
        missing = select(_session.id).where(~_summarised())
        made = 0
        for row in await self._rows(missing):
            summary = await self._database.write(partial(_summarise, session=SessionId(row.id)))
            if summary is not None:
                made += 1
                if summary.reviewed and self._holding is not None:
                    await self.holds(SessionId(row.id), *await self._holding(SessionId(row.id)))
        return made

    async def _complete_it(self) -> None:
        if not self._complete:
            await self.reindex()
            self._complete = True

    async def _rows(self, query: Select[Any]) -> list[SqlRow[Any]]:  # Any: rows of any columns
        return await self._database.read(lambda db: list(db.execute(query).all()))


def _summarise(db: Connection, session: SessionId) -> Summary | None:
    still = select(_session.id).where(_session.id == session, ~_summarised())
    if lock(db, session) is None or db.scalar(still) is None:
        return None
    return summarise_anew(db, session)


def _hold(db: Connection, session: SessionId, change: Mapping[str, object]) -> None:
    lock(db, session)
    body = db.scalar(select(_summary.body).where(_summary.session_id == session))
    if body is not None:
        summary = Summary.model_validate_json(body).model_copy(update=change)
        put_summary(db, session, summary, new=False)


def _summarised() -> Any:  # Any: a condition
    return exists().where(_summary.session_id == _session.id)


def _rows_query() -> Select[Any]:  # Any: columns of three tables
    joined = tables.session.join(tables.summary).outerjoin(tables.account, _account.id == _session.owner)
    columns = (_session.id, _session.owner, _session.state, _session.started_at, _session.last_at)
    more = (_session.head_public, _session.head_internal, _account.name.label("owner_name"), _summary.body)
    return select(*columns, *more).select_from(joined)


def _narrowed(owner: str | None, filters: Filters) -> Select[Any]:  # Any: as above
    query = _rows_query().order_by(_session.started_at.desc(), _session.id.desc())
    if owner is not None:
        query = query.where(_session.owner == owner)
    if filters.scenario is not None:
        query = query.where(_summary.scenario == filters.scenario)
    if filters.state is not None:
        query = query.where(_session.state == filters.state)
    return query


def _after(query: Select[Any], place: tuple[datetime, str] | None) -> Select[Any]:  # Any: as above
    if place is None:
        return query
    at, id = place
    return query.where(or_(_session.started_at < at, and_(_session.started_at == at, _session.id < id)))


def _as_row(row: SqlRow[Any]) -> Row:  # Any: as above
    summary = Summary.model_validate_json(row.body)
    name = row.owner_name or row.owner
    return Row(
        SessionId(row.id),
        row.owner,
        name,
        row.state,
        row.started_at,
        row.last_at,
        row.head_public,
        row.head_internal,
        summary,
    )


def _cursor(last: Row) -> str:
    place = json.dumps([last.started_at.isoformat(), last.id])
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> tuple[datetime, str]:
    try:
        if len(cursor) > MOST_CURSOR:
            raise ValueError(cursor)
        padded = cursor + "=" * (-len(cursor) % 4)
        at, id = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        id.encode()  # half of a character can be said in JSON, and looked for in no database
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None:
            raise ValueError(cursor)
        return moment.astimezone(UTC), id
    except (ValueError, TypeError, AttributeError, OverflowError, binascii.Error) as error:
        raise BadInput("This cursor is none of ours; begin with the first page.") from error
