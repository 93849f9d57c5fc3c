"""How much of what a rubric looks for was shown at all: the wider somebody ranges, the less is likely to be missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from interviewer.interview.ledger import Credit, Quoted
from interviewer.interview.rubric import Kind, Rubric


@dataclass(frozen=True)
class Breadth:
    """Shares from 0 to 1, each item by how sure it is: of all items that apply, and of each criterion's."""

    whole: float = 0.0
    criteria: Mapping[str, float] = field(default_factory=dict)

    def of(self, criterion: str) -> float:
        """The share of one criterion's items; the whole share where the criterion has none for this kind."""
        return self.criteria.get(criterion, self.whole)


def breadth_of(rows: Iterable[Quoted], rubric: Rubric, kind: Kind) -> Breadth | None:
    """What these rows show of the items that apply to a kind of interview; an echo shows nothing. None without items."""
    best: dict[str, float] = {}
    for row in rows:
        if row.credit is not Credit.echo:
            best[row.subject] = max(best.get(row.subject, 0.0), row.p)
    items = {str(one.id): [str(item.id) for item in one.for_kind(kind)] for one in rubric.criteria}
    if not any(items.values()):
        return None
    every = [best.get(item, 0.0) for of in items.values() for item in of]
    return Breadth(
        whole=sum(every) / len(every),
        criteria={id: sum(best.get(item, 0.0) for item in of) / len(of) for id, of in items.items() if of},
    )
