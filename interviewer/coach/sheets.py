"""A scorecard as a sheet: CSV that no spreadsheet takes for a formula, with issued values beside those that hold now."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from interviewer.coach.export import visible
from interviewer.interview.ledger import Quoted
from interviewer.interview.scorecard import CriterionResult, FlagResult, Override, Scorecard

COLUMNS = ("kind", "id", "name", "weight", "issued", "now", "detail", "turn", "quote", "by", "at")
"""What a line is about, its value as issued and now, and for changes who made them and when."""
_FORMULA = "=+-@"
Cell = str | int | float | None


def sheet(card: Scorecard, issued: Scorecard | None = None, more: Iterable[Sequence[Cell]] = ()) -> str:
    """The card's lines: criteria, their items, flags, sums, changes; `more` are lines of the same columns. Lines end in CRLF."""
    return as_csv([COLUMNS, *_lines(card, issued or card), *more])


def as_csv(lines: Iterable[Sequence[Cell]]) -> str:
    """Cells as CSV, every one quoted, none of which begins a formula."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([safe(cell) for cell in line] for line in lines)
    return out.getvalue()


def safe(cell: Cell) -> str:
    """A cell's text; an apostrophe stands before what a spreadsheet could take for a formula, also after blanks and in
    full-width signs."""
    if cell is None:
        return ""
    text = visible(str(cell))
    begun = next((sign for sign in text if not _is_blank(sign)), "")
    first = unicodedata.normalize("NFKC", begun)[:1]
    return f"'{text}" if text[:1] in ("\t", "\r", "\n") or (first and first in _FORMULA) else text


def _is_blank(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in ("Cf", "Cc", "Mn")


def _lines(card: Scorecard, issued: Scorecard) -> Iterator[Sequence[Cell]]:
    was = {one.id: one for one in issued.criteria}
    quotes = {row.id: row for row in card.evidence if isinstance(row, Quoted)}
    yield ("verdict", "overall", "Weighted mean", None, issued.overall, card.overall, None, None, None, None, None)  # fmt: skip
    yield ("verdict", "recommendation", "Recommendation", None, issued.recommendation, card.recommendation,
           ", ".join(card.capped_by), None, None, None, None)  # fmt: skip
    for one in card.criteria:
        yield from _criterion(one, was.get(one.id), quotes)
    statuses = {flag.id: flag for flag in issued.flags}
    for flag in card.flags:
        yield _flag(flag, statuses.get(flag.id), quotes)
    for id, flag in statuses.items():
        if id not in {one.id for one in card.flags}:
            yield ("flag", id, flag.name, flag.severity, _status(flag), "dropped", flag.why, None, None, None, None)  # fmt: skip
    for sum_ in card.estimates:
        yield ("sum", None, sum_.verdict, None, None, None, sum_.formula, sum_.turn, sum_.text, None, None)
    yield from map(_change, card.overrides)


def _criterion(
    one: CriterionResult, was: CriterionResult | None, quotes: dict[str, Quoted]
) -> Iterator[Sequence[Cell]]:
    before = was.level if was else None
    detail = one.unassessed or one.path
    yield ("criterion", one.id, one.name, one.weight, _level(before), _level(one.level), detail, None, None, None, None)  # fmt: skip
    states = {item.id: item.state for item in was.items} if was else {}
    for item in one.items:
        words = next((quotes[id] for id in item.evidence if id in quotes), None)
        yield ("item", f"{one.id}/{item.id}", item.text, item.tier, states.get(item.id), item.state,
               item.credit.value if item.credit else None, words.turn if words else None,
               words.quote if words else None, None, None)  # fmt: skip


def _flag(flag: FlagResult, was: FlagResult | None, quotes: dict[str, Quoted]) -> Sequence[Cell]:
    words = next((quotes[id] for id in flag.evidence if id in quotes), None)
    before = _status(was) if was else "not on the card"
    return ("flag", flag.id, flag.name, flag.severity, before, _status(flag), flag.why,
            words.turn if words else None, words.quote if words else None,
            flag.settled.by if flag.settled else None, flag.settled.at if flag.settled else None)  # fmt: skip


def _change(one: Override) -> Sequence[Cell]:
    return ("change", one.target, None, None, _value(one.from_), _value(one.to), one.reason, None, None, one.by, one.at)  # fmt: skip


def _status(flag: FlagResult) -> str:
    return flag.status if flag.stated else f"possibly {flag.status}"


def _level(level: int | None) -> Cell:
    return "not assessed" if level is None else level


def _value(value: object) -> str:
    return "" if value is None else str(value)
