"""One page to talk from: three moments of the interview, two questions to ask the candidate, one drill."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from interviewer.coach.export import plain
from interviewer.coach.history import closeness
from interviewer.coach.review import Comment
from interviewer.interview.ledger import Quoted
from interviewer.interview.pack import Scenario
from interviewer.interview.rubric import Rubric
from interviewer.interview.scorecard import Point, Scorecard

MOMENTS, QUESTIONS = 3, 2


def debrief(
    card: Scorecard,
    candidate: str,
    comments: Sequence[Comment],
    rubric: Rubric,
    scenario: Scenario | None,
    drill: Scenario | None,
) -> str:
    """The page as Markdown. A coach's comments on turns come first among the moments, then what decided most, what was
    strong, and what to fix."""
    lines = [
        f"# Debrief: {plain(card.title or card.session)}",
        "",
        plain(f"With {candidate}, as {card.level}."),
    ]
    lines += ["", "## Three moments", ""]
    lines += [f"{n}. {moment}" for n, moment in enumerate(list(_moments(card, comments))[:MOMENTS], start=1)]
    lines += ["", "## Two questions", ""]
    lines += [
        f"{n}. {plain(text)}"
        for n, text in enumerate(list(_questions(card, rubric, scenario))[:QUESTIONS], 1)
    ]
    lines += ["", "## One drill", ""]
    fix = card.fix_first[0].text if card.fix_first else "Nothing stands out to fix; take a harder level."
    where = f" Practise it on another problem: {drill.title}." if drill else ""
    lines += [plain(f"{fix}{where}")]
    return "\n".join(lines).rstrip() + "\n"


def _moments(card: Scorecard, comments: Sequence[Comment]) -> Iterator[str]:
    rows = {row.id: row for row in card.evidence if isinstance(row, Quoted)}
    for comment in comments:
        if comment.turn is not None and comment.line is None:  # an answer to a dispute is no moment
            yield f"Turn {comment.turn}: {plain(comment.text)}"
    points = [point for point in (card.decided_most, *card.strengths[:1], *card.fix_first) if point]
    seen: set[str] = set()
    for point in points:
        words = next((rows[id] for id in point.evidence if id in rows), None)
        if words and words.quote not in seen:
            seen.add(words.quote)
            yield f"Turn {words.turn}: “{plain(words.quote)}” {plain(point.text)}"


def _questions(card: Scorecard, rubric: Rubric, scenario: Scenario | None) -> Iterator[str]:
    """For each thing to fix, the interview's own question about it; where no topic asks for it, the criterion's."""
    asked: set[str] = set()
    for point in card.fix_first:
        if (question := _question(point, rubric, scenario)) and question not in asked:
            asked.add(question)
            yield question
    yield from ("What would you do differently, and why?", "Which decision are you least sure of?")


def _question(point: Point, rubric: Rubric, scenario: Scenario | None) -> str:
    topics = scenario.topics if scenario else ()
    best = max(topics, key=lambda topic: closeness(topic, point.refs), default=None)
    if best is not None and closeness(best, point.refs) >= 2:
        return next((probe for probe in best.probes if "{" not in probe), "")
    return next((one.question for one in rubric.criteria if one.id in point.refs), "")
