"""A card judged anew where a coach has touched it, by the scorer's own gates and caps."""

from __future__ import annotations

from dataclasses import dataclass, replace

from interviewer.coach.last_words import Words, target_of
from interviewer.interview.events import EvidenceAdded
from interviewer.interview.ledger import CREDIT_WEIGHT, Absent, Credit, Quoted
from interviewer.interview.pack import Scenario
from interviewer.interview.rubric import CandidateLevel, Criterion, Item, Kind, Rubric, Tier
from interviewer.interview.scorecard import (
    CriterionResult,
    FlagResult,
    ItemResult,
    Scorecard,
    Settlement,
)
from interviewer.scoring.fairness import lead_share_of
from interviewer.scoring.judging import (
    ALWAYS_REACHED,
    Judged,
    criterion_result,
    judged_of,
    most_of,
    overall_of,
    recommended,
    severity_in,
)
from interviewer.scoring.points import MOST_STRENGTHS, decided_most_of, fix_first_of, strengths_of
from interviewer.scoring.resolver import Resolved, resolve

COACH = "coach"
"""The observer of evidence that a coach has added."""


@dataclass(frozen=True)
class Certain(Resolved):
    """An item whose state a coach has given: there is nothing probable about it."""

    def met_at(self, threshold: float) -> bool:
        """Met is met at every threshold."""
        return self.state == "met"

    @property
    def worth(self) -> float:
        """The coach's word needs no quote: it is worth what its credit is."""
        return CREDIT_WEIGHT[self.credit] if self.state == "met" and self.credit else 0.0


def is_reached(card: Scorecard, criterion: CriterionResult) -> bool:
    """Whether the interview gave the criterion a chance."""
    return criterion.id in ALWAYS_REACHED or _is_asked(card, criterion)


def _is_asked(card: Scorecard, criterion: CriterionResult) -> bool:
    return any(offer.what == criterion.name for offer in card.fairness.offered)


@dataclass(frozen=True)
class Rejudged:
    """A card judged anew where a coach has touched it."""

    issued: Scorecard
    words: Words
    rubric: Rubric
    scenario: Scenario | None
    everywhere: bool = False
    """Whether also what nobody has touched is judged anew."""

    def card(self) -> Scorecard:
        """The card with its levels, flags, points and verdict as they hold now; `overrides` as issued."""
        rows = self._rows()
        flags = self._flags(rows)
        results: list[CriterionResult] = []
        judged: list[Judged] = []
        for one in self.issued.criteria:
            result, again = self._criterion(one, flags, rows)
            results.append(result)
            judged += [again] if again else []
        criteria, seen = tuple(results), tuple(judged)
        overall = overall_of(criteria)
        recommendation, capped = recommended(overall, self.rubric.thresholds, flags)
        used = {id for one in criteria for item in one.items for id in item.evidence}
        used |= {id for flag in flags for id in flag.evidence}
        kept = tuple(row for row in rows.values() if row.id in used)
        moment = decided_most_of(seen, flags, kept)
        strengths = tuple(one for one in strengths_of(seen, flags, kept) if one != moment)
        return self.issued.model_copy(
            update={
                "criteria": criteria,
                "flags": flags,
                "evidence": kept,
                "overall": overall,
                "recommendation": recommendation,
                "capped_by": capped,
                "decided_most": moment,
                "fix_first": fix_first_of(seen, flags, kept, self.scenario),
                "strengths": strengths[:MOST_STRENGTHS],
                "lead_share": lead_share_of(seen),
            }
        )

    @property
    def _kind(self) -> Kind:
        return Kind(self.issued.kind)

    @property
    def _level(self) -> CandidateLevel:
        return CandidateLevel(self.issued.level)

    def _added(self, target: str) -> list[tuple[str, EvidenceAdded]]:
        return [
            (id, word)
            for id, (word, _) in self.words.added.items()
            if word.target == target and id not in self.words.dropped
        ]

    def _rows(self) -> dict[str, Quoted | Absent]:
        rows = {row.id: row for row in self.issued.evidence if row.id not in self.words.dropped}
        for id, (word, _) in self.words.added.items():
            if id not in self.words.dropped:
                rows[id] = self._row(id, word)
        return rows

    def _row(self, id: str, word: EvidenceAdded) -> Quoted:
        criterion, _, item = word.target.partition("/")
        name = next((one.name for one in self.issued.criteria if one.id == criterion), "")
        asked_for = any(
            one.what == name and one.turn == word.turn - 1 for one in self.issued.fairness.offered
        )
        # a flag's quotes speak against the candidate, so words for the flag do
        supports = word.stands_for if item else not word.stands_for
        return Quoted(
            id=id,
            subject=item or word.target,
            polarity="supports" if supports else "against",
            turn=word.turn,
            start=word.start,
            end=word.end,
            quote=word.quote,
            observer=COACH,
            credit=Credit.asked if asked_for else Credit.unprompted,
            source_turn=word.turn - 1 if asked_for else None,
            p=1.0,
        )

    def _flags(self, rows: dict[str, Quoted | Absent]) -> tuple[FlagResult, ...]:
        kept = [self._flag(flag, rows) for flag in self.issued.flags]
        known = {flag.id for flag in self.issued.flags}
        new = {word.target for word, _ in self.words.added.values() if "/" not in word.target} - known
        kept += [self._flag(flag, rows) for id in sorted(new) if (flag := self._new_flag(id))]
        order = {flag.id: flag.base_severity for flag in kept if flag}
        return tuple(
            sorted((flag for flag in kept if flag), key=lambda flag: (-order[flag.id], flag.id))
            if new
            else (flag for flag in kept if flag)
        )

    def _flag(self, flag: FlagResult, rows: dict[str, Quoted | Absent]) -> FlagResult | None:
        added = self._added(flag.id)
        evidence = tuple(id for id in flag.evidence if id in rows) + tuple(id for id, _ in added)
        settled = self.words.flags.get(flag.id)
        if (settled and settled[0].to == "dropped") or (not evidence and not settled):
            return None  # what rests on nothing any more is not said
        turns = tuple(sorted({*flag.turns, *(word.turn for _, word in added)}))
        flag = flag.model_copy(update={"evidence": evidence, "turns": turns})
        if settled is None:
            return flag
        word, at = settled
        return flag.model_copy(
            update={
                "status": word.to,
                "how": (flag.how or "probed") if word.to == "recovered" else None,
                "stated": True,
                "confidence": 1.0,
                "settled": Settlement(by=word.by, reason=word.reason, at=at),
            }
        )

    def _new_flag(self, id: str) -> FlagResult | None:
        flag = next((one for one in self.rubric.flags_for(self._kind) if one.id == id), None)
        words = [(word, at) for word, at in self.words.added.values() if word.target == id]
        if flag is None or not any(word.stands_for for _, word in self._added(id)):
            return None
        word, at = words[-1]
        return FlagResult(
            id=flag.id,
            name=flag.name,
            status="confirmed",
            how=None,
            stated=True,
            settled=Settlement(by=word.by, reason=word.reason, at=at),
            severity=severity_in(flag, self.scenario, self._level, self.rubric),
            base_severity=flag.severity,
            root=flag.root,
            criterion=flag.criterion,
            turns=(),
            confidence=1.0,
            evidence=(),
            why=word.reason,
            advice=flag.advice,
            source=flag.sources,
        )

    def _criterion(
        self, one: CriterionResult, flags: tuple[FlagResult, ...], rows: dict[str, Quoted | Absent]
    ) -> tuple[CriterionResult, Judged | None]:
        criterion = next((known for known in self.rubric.criteria if known.id == one.id), None)
        if criterion is None:
            return self._levelled(one), None
        if one.bars is not None:
            criterion = criterion.model_copy(update={"bars": one.bars})
        items = tuple(self._item(one, item, criterion, rows) for item in one.items)
        again = judged_of(
            criterion,
            items,
            self._kind,
            self._level,
            self.rubric,
            flags,
            _is_asked(self.issued, one),
            rest=one.rest,
            most=most_of(one.id, {other.id: other.level for other in self.issued.criteria}),
        )
        touched = self._is_touched(one, flags)
        if not touched and one.level is None:
            again = replace(again, levelled=None, unassessed=one.unassessed)
        result = criterion_result(again, self._kind) if touched else one
        if touched and result.level is None and one.level is None:
            result = one
        result = self._levelled(result)
        if again.levelled and result.level is None:
            again = replace(again, levelled=None, unassessed=result.unassessed)
        elif again.levelled and result.level is not None:
            again = replace(again, levelled=replace(again.levelled, level=result.level))
        return result, again

    def _is_touched(self, one: CriterionResult, flags: tuple[FlagResult, ...]) -> bool:
        def standing(of: tuple[FlagResult, ...]) -> set[tuple[str, str, str | None, bool]]:
            return {(flag.id, flag.status, flag.how, flag.stated) for flag in of if flag.criterion == one.id}

        targets = {target_of(one, item) for item in one.items}
        return (
            self.everywhere
            or bool(targets & {*self.words.items, *(word.target for word, _ in self.words.added.values())})
            or any(id in self.words.dropped for item in one.items for id in item.evidence)
            or standing(flags) != standing(self.issued.flags)
        )

    def _item(
        self,
        one: CriterionResult,
        result: ItemResult,
        criterion: Criterion,
        rows: dict[str, Quoted | Absent],
    ) -> Resolved:
        item = next(
            (known for known in criterion.items if known.id == result.id), None
        ) or Item.model_validate(
            {"id": result.id, "tier": Tier(result.tier), "text": result.text, "advice": result.text}
        )
        found = [rows[id] for id in result.evidence if id in rows]
        quoted = tuple(row for row in found if isinstance(row, Quoted))
        added = self._added(target_of(one, result))
        more = tuple(row for id, _ in added if isinstance(row := rows[id], Quoted))
        resolved = Resolved(item, result.state, result.p or 0.0, result.credit, quoted)
        if added:
            state = "met" if added[-1][1].stands_for else "not_met"
            resolved = _certain(resolved, state, (*more, *quoted), more[-1].credit)
        elif len(quoted) < len(result.evidence):
            resolved = resolve(item, quoted, is_reached(self.issued, one))
        word = self.words.items.get(target_of(one, result))
        if word is not None and word[0] != resolved.state:
            asked = Credit.asked if _is_asked(self.issued, one) else Credit.unprompted
            resolved = _certain(resolved, word[0], resolved.rows, asked)
        return resolved

    def _levelled(self, result: CriterionResult) -> CriterionResult:
        word = self.words.levels.get(result.id)
        if word is None or word[0] == result.level:
            return result
        level, by, reason = word
        shown = f"Set to {level}" if level is not None else "Set to not assessed"
        return result.model_copy(
            update={
                "level": level,
                "interval": None if level is None else (level, level),
                "unassessed": reason if level is None else None,
                "capped_by": (),
                "path": f"{shown} by {by}: {reason}",
                "why_not_next": None if level in (None, 4) else result.why_not_next,
            }
        )


def _certain(resolved: Resolved, state: str, rows: tuple[Quoted, ...], credit: Credit) -> Certain:
    """The item with a coach's state. A credit that was earned stays; an echo earns what the coach's word is worth."""
    match state:
        case "met":
            kept = resolved.credit if resolved.credit not in (None, Credit.echo) else credit
            return Certain(resolved.item, "met", 1.0, kept, rows)
        case "not_observable":
            return Certain(resolved.item, "not_observable", 0.0, None, rows)
        case _:
            return Certain(resolved.item, "not_met", 0.0, resolved.credit, rows)
