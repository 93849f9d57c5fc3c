"""heads.json made anew: heads from the labelled sentences, their weights from the labelled interviews."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from interviewer.interview.heads import Heads
from interviewer.lab.labels import Labelled, labelled_in
from interviewer.lab.learning.examples import digest_of, pack_examples, read_examples
from interviewer.lab.learning.fit import Fitted, fit, with_fitted
from interviewer.lab.learning.idle import read_idle_talk, train_idle
from interviewer.lab.learning.train import train
from interviewer.packs.files import data_folder
from interviewer.packs.load import HEADS, RUBRIC, Shelf, with_bars


@dataclass(frozen=True)
class Made:
    """New heads with their weights, and for each problem the weights fitted without the interviews about it."""

    heads: Heads
    folds: dict[str, Fitted]
    sentences: int


def make(shelf: Shelf, rubrics: Path | None, interviews: Sequence[Path], retrain: bool = True) -> Made:
    """Heads for a rubric's items and flags; without `retrain` only the weights are fitted anew."""
    folder = data_folder("rubrics", rubrics)
    missing = frozenset(str(flag.id) for flag in shelf.rubric.flags if flag.type == "missing")
    examples = (*read_examples(folder, missing), *pack_examples(shelf.scenarios))
    heads = train(examples, digest_of(folder)) if retrain else shelf.rubric.heads
    if retrain:
        heads = heads.model_copy(
            update={"idle": train_idle(read_idle_talk(folder), examples, heads.familiar)}
        )
    heads = heads.model_copy(update={"fusion": {}, "trees": {}})
    bare = replace(shelf, rubric=with_bars(shelf.rubric.model_copy(update={"heads": heads})))
    labelled: list[Labelled] = [one for path in interviews for one in labelled_in(path, bare)]
    fitted, folds = fit(labelled, bare)
    return Made(with_fitted(heads, fitted), folds, len(examples))


def write(made: Made, rubrics: Path | None, folds: Path) -> Path:
    """Write heads.json beside the rubric, and the folds where the lab looks for them."""
    file = data_folder("rubrics", rubrics) / RUBRIC / HEADS
    whole = made.heads.model_dump(mode="json")
    lines = (f'"{name}": {_told(value)}' for name, value in whole.items())
    file.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    without = {
        out: {
            "fusion": one.fusion,
            "trees": {kind: trees.model_dump(mode="json") for kind, trees in one.trees.items()},
        }
        for out, one in made.folds.items()
    }
    folds.write_text(
        "{\n" + ",\n".join(f'"{out}": {_told(one)}' for out, one in without.items()) + "\n}\n",
        encoding="utf-8",
    )
    return file


def _told(value: object) -> str:
    """A dictionary with one entry a line, so that a difference can be read; anything else on one."""
    if not isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    rows = (
        f" {json.dumps(key, ensure_ascii=False)}: {json.dumps(one, ensure_ascii=False, separators=(',', ':'))}"
        for key, one in value.items()
    )
    return "{\n" + ",\n".join(rows) + "\n}"
