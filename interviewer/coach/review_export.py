"""A coach's review for other eyes: the card with what coaches changed, said and left open, in any format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, assert_never

from interviewer.coach.acts import Act
from interviewer.coach.export import as_html, as_json, as_markdown
from interviewer.coach.lines import line_names, named
from interviewer.coach.reading import Entry, Reading, Section, reading_of
from interviewer.coach.review import Comment, ContestedLine
from interviewer.coach.sheets import Cell, sheet
from interviewer.interview.scorecard import Scorecard

ReviewFormat = Literal["markdown", "json", "csv", "html"]


@dataclass(frozen=True)
class ReviewFile:
    """What a review is exported from: the card as issued and now, and everything said about it. `own` are the coach's own
    levels by criterion."""

    candidate: str
    issued: Scorecard
    card: Scorecard
    own: dict[str, int | None]
    acts: tuple[Act, ...]
    comments: tuple[Comment, ...]
    contests: tuple[ContestedLine, ...]


def export_review(review: ReviewFile, format: ReviewFormat) -> str:
    """The review in a format; the same review gives the same text."""
    match format:
        case "markdown":
            return as_markdown(_reading(review))
        case "html":
            return as_html(_reading(review))
        case "csv":
            return sheet(review.card, review.issued, _lines(review))
        case "json":
            return as_json(_data(review))
        case _ as never:
            assert_never(never)


def _reading(review: ReviewFile) -> Reading:
    reading = reading_of(review.card)
    names = line_names(review.issued, review.card)
    comments = tuple(_comment(one, names) for one in review.comments)
    contests = tuple(_contest(one, review.comments, names) for one in review.contests)
    more = (
        _issued_beside_now(review),
        _dismissed(review),
        Section("comments", "Comments", comments),
        Section("contested", "Contested by the candidate", contests),
    )
    sections = reading.sections + tuple(section for section in more if section.entries)
    return replace(
        reading,
        title=reading.title.replace("Scorecard:", "Review:", 1),
        stamp=(f"Candidate: {review.candidate}", *reading.stamp),
        sections=sections,
    )


def _issued_beside_now(review: ReviewFile) -> Section:
    was = {one.id: one.level for one in review.issued.criteria}
    entries = [
        Entry(one.name, f"issued {_level(was.get(one.id))}, now {_level(one.level)}{_own(review, one.id)}")
        for one in review.card.criteria
        if one.weight or was.get(one.id) != one.level
    ]
    verdicts = f"issued {_verdict(review.issued)}, now {_verdict(review.card)}"
    return Section("beside", "As issued and now", (*entries, Entry("Recommendation", verdicts)))


def _own(review: ReviewFile, criterion: str) -> str:
    return f", the coach's own {_level(review.own[criterion])}" if criterion in review.own else ""


def _verdict(card: Scorecard) -> str:
    return card.recommendation.replace("-", " ")


def _level(level: int | None) -> str:
    return "not assessed" if level is None else str(level)


def _dismissed(review: ReviewFile) -> Section:
    entries = (
        Entry(f"By {act.by}", act.reason, notes=(act.at.date().isoformat(),))
        for act in review.acts
        if act.kind == "dismissed"
    )
    return Section("dismissed", "Dismissed: this interview counts in no trend", tuple(entries))


def _comment(comment: Comment, names: dict[str, str]) -> Entry:
    where = f"turn {comment.turn}" if comment.turn else "on the whole"
    if comment.line:
        where = f"on what was contested, {named(names, comment.line)}"
    seen = "shared" if comment.shared else "private"
    return Entry(f"{comment.by}, {where} ({seen})", comment.text)


def _contest(contest: ContestedLine, comments: Sequence[Comment], names: dict[str, str]) -> Entry:
    answers = (f"{one.by}: {one.text}" for one in comments if one.line == contest.line and one.shared)
    return Entry(named(names, contest.line), contest.reason, notes=(contest.by, *answers))


def _lines(review: ReviewFile) -> Iterator[Sequence[Cell]]:
    for id, level in review.own.items():
        yield ("own level", id, None, None, None, _level(level), None, None, None, None, None)
    for act in review.acts:
        if act.kind == "dismissed":
            yield ("dismissed", None, None, None, None, None, act.reason, None, None, act.by, act.at.isoformat())  # fmt: skip
    for one in review.comments:
        yield ("comment", one.line, "shared" if one.shared else "private", None, None, None, one.text, one.turn, None,
               one.by, one.at.isoformat())  # fmt: skip
    for line in review.contests:
        yield ("contested", line.line, None, None, None, None, line.reason, None, None, line.by, line.at.isoformat())  # fmt: skip


def _data(review: ReviewFile) -> dict[str, Any]:  # Any: JSON
    return {
        "candidate": review.candidate,
        "issued": review.issued.to_json(),
        "current": review.card.to_json(),
        "own": review.own,
        "changes": [
            {
                "kind": act.kind, "target": act.target, "from": act.was, "to": act.to, "quote": act.quote,
                "turn": act.turn, "by": act.by, "reason": act.reason, "at": act.at.isoformat(),
            }
            for act in review.acts
        ],
        "comments": [
            {"turn": one.turn, "line": one.line, "text": one.text, "by": one.by, "at": one.at.isoformat(), "shared": one.shared}
            for one in review.comments
        ],
        "contests": [
            {"line": one.line, "reason": one.reason, "by": one.by, "at": one.at.isoformat()}
            for one in review.contests
        ],
    }  # fmt: skip
