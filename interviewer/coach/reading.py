"""A scorecard as people read it: sections in the order that helps, each line with the words that it rests on.

The order is that of the design: the moment that decided most, strengths, what to fix first with a stronger answer,
levels, flags, possible flags apart and quieter, what was not assessed and whose fault that was, sums, what was never
asked, the fairness of the interview, and the verdict last. Markdown and HTML only dress what stands here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from interviewer.coach.lines import line_names, named
from interviewer.coach.phrasing import amount, changed, heard, sources
from interviewer.interview.ledger import Absent, Quoted
from interviewer.interview.scorecard import CriterionResult, FlagResult, Point, Scorecard

BARS = {1: "■□□□", 2: "■■□□", 3: "■■■□", 4: "■■■■"}
VERDICTS = {
    "strong-no-hire": "strong no hire",
    "no-hire": "no hire",
    "lean-no-hire": "leaning no hire",
    "lean-hire": "leaning hire",
    "hire": "hire",
    "strong-hire": "strong hire",
    "not-assessed": "not assessed",
}
MOST_QUOTES = 2
_HEADED = re.compile(r"([^.:]{3,90})[.:] (.+)", re.DOTALL)


@dataclass(frozen=True)
class Words:
    """A quote with the turn it stands in."""

    turn: int
    quote: str


@dataclass(frozen=True)
class Entry:
    """One line of a section: what is said, the words it rests on, quieter notes, and a stronger answer where there is one."""

    title: str
    text: str = ""
    quotes: tuple[Words, ...] = ()
    notes: tuple[str, ...] = ()
    stronger: str = ""


@dataclass(frozen=True)
class Section:
    """A heading with its entries. A `folded` section is shown closed where the medium can."""

    id: str
    heading: str
    entries: tuple[Entry, ...]
    lead: str = ""
    folded: bool = False


@dataclass(frozen=True)
class Reading:
    """A whole card as text. `stamp` says how the interview was held and who scored it."""

    title: str
    stamp: tuple[str, ...]
    sections: tuple[Section, ...]


def reading_of(card: Scorecard) -> Reading:
    """The card in reading order; sections with nothing in them are left out."""
    rows = {row.id: row for row in card.evidence}
    sections = (
        _moment(card, rows),
        _points("strengths", "What was strong", card.strengths, rows),
        _points("fix", "What to fix first", card.fix_first, rows),
        _disputed(card, rows),
        _levels(card, rows),
        _flags(card, rows),
        _recovered(card, rows),
        _possible(card, rows),
        _unassessed(card),
        _sums(card),
        _never_asked(card),
        _changes(card),
        _fairness(card),
        _verdict(card),
    )
    return Reading(
        _title(card), _stamp(card), tuple(section for section in sections if section and section.entries)
    )


def _title(card: Scorecard) -> str:
    return f"Scorecard: {card.title or card.scenario or card.session}"


def _lasted(minutes: float) -> str:
    return (
        "under a minute" if minutes < 0.5 else "one minute" if round(minutes) == 1 else f"{minutes:g} minutes"
    )


def _stamp(card: Scorecard) -> tuple[str, ...]:
    kinds = {"d": "distributed systems", "p": "product", "h": "distributed systems and product"}
    held = card.conditions
    conditions = [
        f"level {card.level}",
        kinds[card.kind],
        *([f"{held.mode} mode"] if held.mode else []),
        *([f"{held.pace} pace"] if held.pace else []),
        *([_lasted(held.minutes)] if held.minutes is not None else []),
        "no hints" if held.hints == 0 else "one hint" if held.hints == 1 else f"{held.hints} hints",
        *([f"attempt {held.attempt}"] if held.attempt > 1 else []),
    ]
    by = [
        "the offline scorer" if one == "offline" else f"the model {one.removeprefix('llm:')}"
        for one in card.by
    ]
    rubric = f"{card.rubric.name.replace('_', ' ')} {card.rubric.version.removeprefix('sha256:')[:12]}"
    return (
        f"Held: {', '.join(conditions)}",
        f"Scored by {', '.join(by)}, rubric {rubric}, plan {card.plan}",
        f"Interview {card.session}",
        *card.notes,
    )


def _disputed(card: Scorecard, rows: dict[str, Quoted | Absent]) -> Section | None:
    """What the rules and the model read differently: a coach looks at these first."""
    flags = {flag.id: flag for flag in card.flags}
    items = {item.id: (one, item) for one in card.criteria for item in one.items}
    entries = tuple(
        Entry(flags[id].name, flags[id].why, quotes=_quotes(flags[id].evidence, rows))
        if id in flags
        else Entry(items[id][1].text, items[id][0].name, quotes=_quotes(items[id][1].evidence, rows))
        for id in card.disputes
        if id in flags or id in items
    )
    lead = "The rules and the model do not agree on these. They count for half; a coach's word settles them."
    return Section("disputed", "Read two ways", entries, lead=lead) if entries else None


def _quotes(ids: tuple[str, ...], rows: dict[str, Quoted | Absent]) -> tuple[Words, ...]:
    found = [rows[id] for id in ids if id in rows]
    words = dict.fromkeys(Words(row.turn, row.quote) for row in found if isinstance(row, Quoted))
    return tuple(words)[:MOST_QUOTES]


def _searched(ids: tuple[str, ...], rows: dict[str, Quoted | Absent]) -> tuple[str, ...]:
    notes: list[str] = []
    for row in (rows[id] for id in ids if id in rows):
        if isinstance(row, Absent):
            turns = row.searched_turns
            span = (
                f"turns {turns[0]} to {turns[-1]}"
                if len(turns) > 1
                else f"turn {turns[0]}"
                if turns
                else "no turn"
            )
            asked = (
                f"; asked in turn {', '.join(map(str, dict.fromkeys(row.opportunity.asked_in)))}"
                if row.opportunity.asked_in
                else ""
            )
            notes.append(
                f"Looked for in {span} ({row.opportunity.candidate_words} words) and not found{asked}."
            )
            notes += [
                f"Closest, turn {miss.turn}: “{miss.quote}” ({miss.why})" for miss in row.nearest_misses[:2]
            ]
    return tuple(notes)


def _point(point: Point, rows: dict[str, Quoted | Absent]) -> Entry:
    headed = _HEADED.fullmatch(point.text)
    head, rest = (headed[1], headed[2]) if headed else (point.text, "")
    return Entry(
        head,
        rest,
        quotes=_quotes(point.evidence, rows),
        notes=_searched(point.evidence, rows),
        stronger=point.example,
    )


def _moment(card: Scorecard, rows: dict[str, Quoted | Absent]) -> Section | None:
    if card.decided_most is None:
        return None
    return Section("moment", "The moment that decided most", (_point(card.decided_most, rows),))


def _points(id: str, heading: str, points: tuple[Point, ...], rows: dict[str, Quoted | Absent]) -> Section:
    return Section(id, heading, tuple(_point(point, rows) for point in points))


def _levels(card: Scorecard, rows: dict[str, Quoted | Absent]) -> Section:
    entries = tuple(_level(one, rows) for one in card.criteria if one.level is not None)
    return Section(
        "levels", "Levels", entries, "1 missing or wrong, 2 partial or when led, 3 solid, 4 exceptional."
    )


def _level(one: CriterionResult, rows: dict[str, Quoted | Absent]) -> Entry:
    assert one.level is not None and one.interval is not None
    low, high = one.interval
    span = f", between {low} and {high}" if low != high else ""
    met = [item for item in one.items if item.state == "met"]
    best = tuple(id for item in met for id in item.evidence[:1])
    notes = [one.path]
    if one.why_not_next and one.level < 4 and not one.capped_by:
        missing = next((item.you for item in one.items if item.text == one.why_not_next), "")
        unheard = f"I did not hear you {missing}." if missing else f"Not heard: {one.why_not_next}"
        notes.append(f"Why not a {one.level + 1}? {unheard}")
    return Entry(
        f"{BARS[one.level]} {one.level} · {one.name} (weight {one.weight}{span})",
        text=heard(met),
        quotes=_quotes(best, rows),
        notes=tuple(notes),
    )


def _flag(flag: FlagResult, rows: dict[str, Quoted | Absent]) -> Entry:
    weight = f"severity {flag.severity} of 3" + (
        f", {flag.base_severity} as a rule" if flag.severity != flag.base_severity else ""
    )
    notes = (
        *_searched(flag.evidence, rows),
        f"Instead: {flag.advice}",
        f"Source: {sources(flag.source)}",
    )
    return Entry(f"{flag.name} ({weight})", flag.why, _quotes(flag.evidence, rows), notes)


def _flags(card: Scorecard, rows: dict[str, Quoted | Absent]) -> Section:
    flags = tuple(_flag(one, rows) for one in card.flags if one.stated and one.status == "confirmed")
    return Section("flags", "Red flags", flags)


def _recovered(card: Scorecard, rows: dict[str, Quoted | Absent]) -> Section:
    told = {"self": "put right unasked", "probed": "put right when asked", "hinted": "put right after a hint"}
    entries = tuple(
        Entry(f"{one.name}: {told.get(one.how or '', 'put right')}", one.why, _quotes(one.evidence, rows))
        for one in card.flags
        if one.stated and one.status == "recovered"
    )
    return Section("recovered", "Put right along the way", entries)


def _possible(card: Scorecard, rows: dict[str, Quoted | Absent]) -> Section:
    entries = tuple(
        Entry(
            f"{one.name}{' (put right later)' if one.status == 'recovered' else ''}",
            one.why,
            _quotes(one.evidence, rows),
            (*_searched(one.evidence, rows), f"If it holds: {one.advice}"),
        )
        for one in card.flags
        if not one.stated
    )
    lead = "The scorer is not sure enough of these to say so. They cap no level and weigh only a little; read the quote and judge."
    return Section("possible", "Possible flags", entries, lead, folded=True)


def _unassessed(card: Scorecard) -> Section:
    names: dict[str, list[str]] = {}
    for one in card.criteria:
        if one.unassessed:
            names.setdefault(one.unassessed, []).append(one.name)
    entries = tuple(
        Entry(
            "Nothing of it" if len(alike) == len(card.criteria) else "; ".join(alike),
            f"{why[:1].upper()}{why[1:]}.",
        )
        for why, alike in names.items()
    )
    return Section("unassessed", "Not assessed", entries)


def _sums(card: Scorecard) -> Section:
    said = {"ok": "comes out", "off": "does not come out", "unchecked": "could not be recomputed"}
    entries = tuple(
        Entry(
            f"Turn {one.turn}: “{one.text}”",
            f"{said[one.verdict]}"
            + (f": recomputed {amount(one.recomputed)}" if one.recomputed else "")
            + (f", {one.ratio:.2g} times that was claimed" if one.ratio and one.verdict == "off" else ""),
        )
        for one in card.estimates
    )
    return Section("sums", "Your sums, recomputed", entries)


def _never_asked(card: Scorecard) -> Section:
    entries = tuple(Entry(one.say) for one in card.never_asked)
    return Section(
        "never-asked",
        "What you never asked for",
        entries,
        "Lines of the sheet that the interviewer had, now that it is over.",
        True,
    )


def _changes(card: Scorecard) -> Section:
    """A coach's changes beside what was issued."""
    levels = {one.id for one in card.criteria}
    names = line_names(card)
    entries = tuple(
        Entry(
            named(names, one.target),
            f"from {changed(one.from_, one.target in levels)} to {changed(one.to, one.target in levels)}",
            notes=(f"{one.by}: {one.reason}",),
        )
        for one in card.overrides
    )
    lead = "The card above holds these in. What the scorer had issued stands first."
    return Section("changes", "Changed by a coach", entries, lead)


def _fairness(card: Scorecard) -> Section:
    fair = card.fairness
    entries = []
    if fair.offered:
        first: dict[str, str] = {}
        for offer in fair.offered:
            first.setdefault(offer.what, f"{offer.what} (turn {offer.turn})")
        entries.append(Entry("Asked about", "; ".join(first.values())))
    if fair.not_offered:
        entries.append(Entry("Never asked about", "; ".join(fair.not_offered)))
    if fair.minutes_by_topic:
        spent = "; ".join(f"{phase} {minutes:g}" for phase, minutes in fair.minutes_by_topic.items())
        entries.append(Entry("Minutes by phase", spent))
    if fair.our_failed_turns:
        entries.append(Entry("Turns of ours that failed", str(fair.our_failed_turns)))
    if card.lead_share:
        share = card.lead_share
        entries.append(
            Entry(
                "Who led", f"{share.opened_by_candidate} of {share.of} things met were brought up unprompted"
            )
        )
    return Section("fairness", "The fairness of this interview", tuple(entries), folded=True)


def _verdict(card: Scorecard) -> Section:
    mean = (
        f"weighted mean {card.overall:g} of 4"
        if card.overall is not None
        else "too little was assessed for a mean"
    )
    capped = f" Capped by {', '.join(card.capped_by)}." if card.capped_by else ""
    entry = Entry(
        f"Recommendation: {VERDICTS[card.recommendation]}", f"{mean}.{capped}", notes=(card.indicative_why,)
    )
    return Section("verdict", "Verdict", (entry,), folded=True)
