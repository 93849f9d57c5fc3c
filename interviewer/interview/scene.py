"""A drawing becomes a component graph: an Excalidraw scene, or a text with arrows (Mermaid, or `[API] -> [Redis]`).

Positions only decide what is inside what; the graph is the same when the whole scene is moved or its elements are
shuffled. An arrow with a loose end is reported, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from interviewer.interview.diagram import Box, Graph, Link, Oddity
from interviewer.interview.pack import Part

_SHAPES = {"rectangle", "ellipse", "diamond"}
_GENERAL_ROLES = (
    ("client", r"\b(?:client|browser|phone|mobile|app|user|rider|driver|web)s?\b"),
    ("queue", r"\b(?:queue|kafka|sqs|rabbit\w*|stream|topic|bus|pub.?sub|kinesis)s?\b"),
    ("cache", r"\b(?:cache|redis|memcached?|cdn)s?\b"),
    (
        "store",
        r"\b(?:db|database|store|storage|postgres\w*|mysql|cassandra|dynamo\w*|mongo\w*|s3|blob|table|sql|disk)s?\b",
    ),
)
_MERMAID_NODE = re.compile(
    r"^\s*(?P<id>[\w.-]+)(?:[\[({>]{1,3}\s*\"?(?P<label>[^\])}\"]+)\"?\s*[\])}]{1,3})?\s*$"
)
_MERMAID_HEAD = re.compile(
    r"^\s*(?:graph|flowchart)\b.*$|^\s*(?:subgraph\b.*|end|%%.*|style\b.*|classDef\b.*|class\b.*)$", re.I
)
_ARROW = re.compile(
    r"""\s*(?:
      (?:--|==|-\.)\s+(?P<inner>[^-=<>|.]{1,80}?)\s+(?:-{2,4}|={2,4}|\.-)>     # A -- reads --> B
    | -{1,3}\|(?P<within>[^|]*)\|-{0,3}>                                       # A --|reads|--> B
    | <?(?:-{1,4}|={1,4}|-\.{1,3}-)>{1,2} | → | ↔                              # onwards, or both ways
    | (?P<back><(?:-{1,4}|={2,4}|-\.{1,3}-)|←)                                 # A <- B
    | -{3,4} | ={3,4} | -\.-                                                   # A --- B, read onwards
    )\s*(?:\|(?P<after>[^|]*)\|)?\s*""",
    re.VERBOSE,
)
MOST_LINES = 400


def read_scene(scene: Mapping[str, Any], parts: Iterable[Part] = ()) -> Graph:  # Any: somebody else's JSON
    """The graph of a scene. `parts` give roles by their aliases. Anything unknown in the scene is passed over."""
    if isinstance(scene.get("text"), str):
        boxes, links = _from_text(str(scene["text"]))
    else:
        elements = scene.get("elements")
        boxes, links = _from_elements(elements if isinstance(elements, list) else [])
    named = tuple(box.model_copy(update={"role": role_of(box.label, parts)}) for box in boxes)
    graph = Graph(
        boxes=named, links=tuple(sorted(links, key=lambda link: (link.source, link.target, link.label)))
    )
    return graph.model_copy(update={"oddities": _oddities(graph)})


def role_of(label: str, parts: Iterable[Part]) -> str:
    """The part whose alias stands in the label (the longest wins), else a general role, else empty."""
    low = label.lower()
    found = [
        (len(alias), part.id)
        for part in parts
        for alias in part.aliases
        if re.search(rf"(?<!\w){re.escape(alias.lower())}s?(?!\w)", low)
    ]
    if found:
        return max(found, key=lambda pair: (pair[0], pair[1]))[1]
    return next((role for role, cue in _GENERAL_ROLES if re.search(cue, low)), "")


def _from_elements(elements: list[Any]) -> tuple[list[Box], list[Link]]:  # Any: somebody else's JSON
    alive = {
        str(element.get("id")): element
        for element in elements
        if isinstance(element, dict) and element.get("id") and not element.get("isDeleted")
    }
    texts: dict[str, list[str]] = {}
    for id in sorted(alive):
        element = alive[id]
        if element.get("type") == "text" and str(element.get("text", "")).strip():
            owner = str(element.get("containerId") or _around(element, alive))
            if owner in alive:
                texts.setdefault(owner, []).append(" ".join(str(element["text"]).split()))
    boxes = [
        Box(id=id, label=" ".join(texts.get(id, [])))
        for id in sorted(alive, key=lambda id: (" ".join(texts.get(id, [])), id))
        if _type(alive[id]) in _SHAPES
    ]
    known = {box.id for box in boxes}
    links = []
    for id in sorted(alive):
        arrow = alive[id]
        if _type(arrow) not in ("arrow", "line"):
            continue
        ends = [_bound(arrow, side, known) for side in ("startBinding", "endBinding")]
        if _type(arrow) == "line" and not any(ends):
            continue
        if arrow.get("startArrowhead") and not arrow.get("endArrowhead"):
            ends.reverse()
        links.append(Link(source=ends[0], target=ends[1], label=" ".join(texts.get(id, [])), bound=all(ends)))
    return boxes, links


def _bound(arrow: dict[str, Any], side: str, known: set[str]) -> str:  # Any: somebody else's JSON
    binding = arrow.get(side)
    id = str(binding.get("elementId", "")) if isinstance(binding, dict) else ""
    return id if id in known else ""


def _around(text: dict[str, Any], alive: dict[str, Any]) -> str | None:  # Any: somebody else's JSON
    x, y = _number(text, "x") + _number(text, "width") / 2, _number(text, "y") + _number(text, "height") / 2
    holders = [
        (_number(one, "width") * _number(one, "height"), id)
        for id, one in alive.items()
        if _type(one) in _SHAPES
        and _number(one, "x") <= x <= _number(one, "x") + _number(one, "width")
        and _number(one, "y") <= y <= _number(one, "y") + _number(one, "height")
    ]
    return min(holders)[1] if holders else None


def _type(element: dict[str, Any]) -> str:  # Any: somebody else's JSON
    return str(element.get("type"))


def _number(element: dict[str, Any], key: str) -> float:  # Any: somebody else's JSON
    value = element.get(key)
    return float(value) if isinstance(value, int | float) and abs(value) < 1e9 else 0.0


def _from_text(text: str) -> tuple[list[Box], list[Link]]:
    labels: dict[str, str] = {}
    links: list[Link] = []
    for line in text.splitlines()[:MOST_LINES]:
        line = line.strip().strip("`").rstrip(";")[:500]
        if not re.search(r"\w", line) or _MERMAID_HEAD.match(line):
            continue
        arrows = list(_ARROW.finditer(line))
        starts, ends = (
            [0, *(arrow.end() for arrow in arrows)],
            [*(arrow.start() for arrow in arrows), len(line)],
        )
        names = [_node(line[start:end].strip(), labels) for start, end in zip(starts, ends, strict=True)]
        for arrow, before, after in zip(arrows, names[:-1], names[1:], strict=True):
            source, target = (after, before) if arrow["back"] else (before, after)
            caption = (arrow["inner"] or arrow["within"] or arrow["after"] or "").strip()
            links.append(Link(source=source, target=target, label=caption, bound=bool(source and target)))
    boxes = [
        Box(id=id, label=label) for id, label in sorted(labels.items(), key=lambda pair: (pair[1], pair[0]))
    ]
    return boxes, links


def _node(text: str, labels: dict[str, str]) -> str:
    match = _MERMAID_NODE.match(text)
    if match:
        id, label = match["id"], match["label"]
    else:
        label = text.strip("[](){}\"' |+") if text[:1] in tuple("[({\"'|+") else text
        id = label
    key = id.strip().lower()
    if key:
        labels[key] = (label or labels.get(key) or id).strip()
    return key


def _oddities(graph: Graph) -> tuple[Oddity, ...]:
    found: list[Oddity] = []
    into = {link.target for link in graph.links if link.bound}
    out_of = {link.source for link in graph.links if link.bound}
    for box in graph.boxes:
        if not box.label:
            found.append(Oddity(kind="unlabelled", box=box.id))
        elif box.id not in into | out_of and len(graph.boxes) > 1:
            found.append(Oddity(kind="isolated", box=box.id, label=box.label))
        elif _is(box, "queue") and box.id in into and box.id not in out_of:
            found.append(Oddity(kind="queue_without_consumer", box=box.id, label=box.label))
        elif _is(box, "cache") and box.id not in into and box.id in out_of:
            found.append(Oddity(kind="cache_without_source", box=box.id, label=box.label))
    found += [
        Oddity(kind="loose_arrow", box=link.source or link.target, label=_label(graph, link))
        for link in graph.links
        if not link.bound
    ]
    stores = [box for box in graph.boxes if _is(box, "store")]
    clients = [box for box in graph.boxes if _is(box, "client")]
    if (
        stores
        and clients
        and not any(_reaches(graph, client.id, {store.id for store in stores}) for client in clients)
    ):
        found.append(Oddity(kind="no_path_to_store", box=stores[0].id, label=stores[0].label))
    return tuple(found)


def _label(graph: Graph, link: Link) -> str:
    return next((box.label for box in graph.boxes if box.id == (link.source or link.target)), "")


def _is(box: Box, role: str) -> bool:
    cue = dict(_GENERAL_ROLES)[role]
    return box.role == role or bool(re.search(cue, box.label.lower()))


def _reaches(graph: Graph, start: str, goals: set[str]) -> bool:
    seen, todo = {start}, [start]
    while todo:
        here = todo.pop()
        if here in goals:
            return True
        following = {link.target for link in graph.links if link.bound and link.source == here} - seen
        seen |= following
        todo += sorted(following)
    return False
