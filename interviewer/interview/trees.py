"""Small decision trees whose answers are added up, beside plain weights: how a handful of weak signs make one probability.

Each tree asks at most two questions of named values, so that it can be read; they are made by `interviewer lab train`
(gradient boosting, Friedman 2001) and asked here without a library. Weights alone miss what holds only together, trees
alone jump where a value moves a little.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import mul

from pydantic import BaseModel, ConfigDict, model_validator

Tree = tuple[int, float, int, float, float, float, int, float, float, float]
"""The number of a value and its limit; then, for values up to the limit, another number and limit with what is added up
to it and above; then the same three for values above. A leaf is a question whose both answers are the same."""


class Trees(BaseModel):
    """Trees over the values `names`, in log-odds. `start` is added once, and each value by its weight."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    names: tuple[str, ...]
    start: float
    weights: tuple[float, ...] = ()
    trees: tuple[Tree, ...]

    @model_validator(mode="after")
    def _fits_its_names(self) -> Trees:
        count = len(self.names)
        if self.weights and len(self.weights) != count:
            raise ValueError(f"{len(self.weights)} weights for {count} values")
        if any(not 0 <= number < count for tree in self.trees for number in (tree[0], tree[2], tree[6])):
            raise ValueError(f"a tree asks about a value beyond the {count} there are")
        return self

    def odds(self, values: Mapping[str, float]) -> float:
        """The log-odds that these values make; a value that is not given is nought."""
        row = [values.get(name, 0.0) for name in self.names]
        total: float = self.start + sum(map(mul, self.weights, row))
        for first, limit, low, low_limit, a, b, high, high_limit, c, d in self.trees:
            if row[first] <= limit:
                total += a if row[low] <= low_limit else b
            else:
                total += c if row[high] <= high_limit else d
        return total

    def shifted(self, by: float) -> Trees:
        """The same with so much more at the start."""
        return self.model_copy(update={"start": round(self.start + by, 3)})
