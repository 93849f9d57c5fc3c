"""Single phrases of a card: an amount as people say it, what was heard, where a flag comes from, a coach's change."""

from __future__ import annotations

import re

from interviewer.interview.ledger import Credit
from interviewer.interview.scorecard import Amount, ItemResult

MOST_HEARD = 5
_NOTED = re.compile(r"(\d{3})#(?:\d+ )?(.+)")

CREDITS = {
    Credit.asked: " (when asked)",
    Credit.hinted: " (after a hint)",
    Credit.echo: " (after it had been said to you)",
}


def heard(met: list[ItemResult]) -> str:
    """What was heard, as one sentence: "You name the price of your own choice; compare two options (when asked)." """
    if not met:
        return ""
    said = "; ".join(
        f"{item.you or item.text.rstrip('.')}{CREDITS.get(item.credit, '') if item.credit else ''}"
        for item in met[:MOST_HEARD]
    )
    more = f"; and {len(met) - MOST_HEARD} more" if len(met) > MOST_HEARD else ""
    return f"{'You ' if met[0].you else ''}{said}{more}."


def sources(given: tuple[str, ...]) -> str:
    """Where the rubric has a flag from: note 002 (what kills answers) and note 004 (mistakes)."""
    parts = [(one, _NOTED.fullmatch(one)) for one in given]
    said = [f"note {found[1]} ({found[2].replace('-', ' ')})" if found else one for one, found in parts]
    return f"{', '.join(said[:-1])} and {said[-1]}" if len(said) > 1 else "".join(said)


_PREFIXES = (
    (1e15, "P", " quadrillion"),
    (1e12, "T", " trillion"),
    (1e9, "G", " billion"),
    (1e6, "M", " million"),
    (1e3, "K", ""),
)


def amount(given: Amount) -> str:
    """A number as people say it: 600 million a day, 2.4 MB a second, 8.8 h a year."""
    measure, _, period = given.unit.partition("/")
    long = {"s": "second", "h": "hour", "min": "minute"}.get(period, period)
    every = f" a{'n' if long == 'hour' else ''} {long}" if period else ""
    if measure in ("1", "B"):
        for size, prefix, word in _PREFIXES:
            if abs(given.value) >= size and (measure == "B" or word):
                scaled = _figures(given.value / size)
                return f"{scaled} {prefix}B{every}" if measure == "B" else f"{scaled}{word}{every}"
    if given.unit == "1" and 0 < given.value < 0.1:
        return f"1 in {_figures(1 / given.value)}"
    unit = {"1": "", "percent": "%"}.get(measure, f" {measure}")
    return f"{_figures(given.value)}{unit}{every}"


def _figures(value: float) -> str:
    """Three figures, thousands parted: 3,470."""
    shown = f"{float(f'{value:.3g}'):,.10f}".rstrip("0").rstrip(".")
    return shown if shown.strip("-0.") else f"{value:.3g}"


def changed(value: object, is_level: bool) -> str:
    """A value that a coach changed from or to: "level 3", "not met", "not assessed"."""
    match value:
        case None:
            return "not assessed" if is_level else "nothing"
        case "met" | "not_met" | "not_observable":
            return str(value).replace("_", " ")
        case int():
            return f"level {value}"
        case _:
            return f"“{value}”" if " " in str(value) else str(value)
