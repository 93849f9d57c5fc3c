"""heads.json made anew: heads from the labelled sentences, their weights from the labelled interviews."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from interviewer.interview.heads import Heads
from interviewer.lab.labels import Labelled, labelled_in
from interviewer.lab.learning.examples import digest_of, pack_examples, read_examples
from interviewer.lab.learning.fit import Fusion, fit
from interviewer.lab.learning.train import train
from interviewer.packs.files import data_folder
from interviewer.packs.load import HEADS, RUBRIC, Shelf, with_bars


@dataclass(frozen=True)
class Made:
    """New heads with their weights, and for each problem the weights fitted without the interviews about it."""

    heads: Heads
    folds: dict[str, Fusion]
    sentences: int


def make(shelf: Shelf, rubrics: Path | None, interviews: Sequence[Path], retrain: bool = True) -> Made:
    """Heads for a rubric's items and flags; without `retrain` only the weights are fitted anew."""
    folder = data_folder("rubrics", rubrics)
    missing = frozenset(str(flag.id) for flag in shelf.rubric.flags if flag.type == "missing")
    examples = (*read_examples(folder, missing), *pack_examples(shelf.scenarios))
    heads = train(examples, digest_of(folder)) if retrain else shelf.rubric.heads
    heads = heads.model_copy(update={"fusion": {}})
    bare = replace(shelf, rubric=with_bars(shelf.rubric.model_copy(update={"heads": heads})))
    labelled: list[Labelled] = [one for path in interviews for one in labelled_in(path, bare)]
    fusion, folds = fit(labelled, bare, lambda _: 1.0)
    return Made(heads.model_copy(update={"fusion": fusion}), folds, len(examples))


def write(made: Made, rubrics: Path | None, folds: Path) -> Path:
    """Write heads.json beside the rubric, and the folds where the lab looks for them."""
    file = data_folder("rubrics", rubrics) / RUBRIC / HEADS
    whole = made.heads.model_dump(mode="json")
    lines = (f'"{name}": {_told(value)}' for name, value in whole.items())
    file.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    folds.write_text(json.dumps(made.folds, indent=1) + "\n", encoding="utf-8")
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
