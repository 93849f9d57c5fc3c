"""Drawings as graphs: Excalidraw scenes and texts with arrows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.interview.diagram import Graph
from interviewer.interview.scene import MOST_LINES, read_scene, role_of
from tests.builders import a_pack


def text(drawn: str) -> Graph:
    return read_scene({"text": drawn})


def links(graph: Graph) -> list[tuple[str, str, str]]:
    labels = {box.id: box.label for box in graph.boxes}
    return [(labels.get(link.source, ""), labels.get(link.target, ""), link.label) for link in graph.links]


def oddities(graph: Graph) -> set[tuple[str, str]]:
    return {(odd.kind, odd.label) for odd in graph.oddities}


@pytest.mark.parametrize(
    ("drawn", "linked"),
    [
        ("API -> Redis", [("API", "Redis", "")]),
        ("[API] -> [Redis]", [("API", "Redis", "")]),
        ("API → Redis → Disk", [("API", "Redis", ""), ("Redis", "Disk", "")]),
        ("Redis <- API", [("API", "Redis", "")]),
        ("graph TD\n  a[API] --> b[(Redis)];\n", [("API", "Redis", "")]),
        ("flowchart LR\na[API] -->|reads| b[Redis]", [("API", "Redis", "reads")]),
        ("a[API] -- reads --> b[Redis]", [("API", "Redis", "reads")]),
        ("a[API] -. reads .-> b[Redis]", [("API", "Redis", "reads")]),
        ("a[API] --|reads|--> b[Redis]", [("API", "Redis", "reads")]),
        ("API ==> Redis\nAPI -.-> Disk", [("API", "Disk", ""), ("API", "Redis", "")]),
        ("API --- Redis", [("API", "Redis", "")]),
        ("a[API]\nb[Redis]\na --> b", [("API", "Redis", "")]),
        ("a --> b\na[API]\nb[Redis]", [("API", "Redis", "")]),
        ("load-balancer -> key-value", [("load-balancer", "key-value", "")]),
        ("lb -> api (three of them)", [("lb", "api (three of them)", "")]),
        ("%% note\nstyle a fill:red\nsubgraph x\na --> b\nend", [("a", "b", "")]),
    ],
)
def test_texts_with_arrows(drawn: str, linked: list[tuple[str, str, str]]) -> None:
    graph = text(drawn)
    assert sorted(links(graph)) == sorted(linked)
    assert all(link.bound for link in graph.links)


@pytest.mark.parametrize("drawn", ["API ->", "-> API", "[] -> API", "API -->|writes|"])
def test_a_loose_arrow_in_a_text_is_reported(drawn: str) -> None:
    graph = text(drawn)
    assert [link.bound for link in graph.links] == [False]
    assert ("loose_arrow", "API") in oddities(graph)


@pytest.mark.parametrize("drawn", ["", "\n\n", "-----", "->", "```", "%% nothing"])
def test_nothing_drawn_is_an_empty_board(drawn: str) -> None:
    assert text(drawn) == Graph()


def test_a_very_long_text_is_cut() -> None:
    graph = text("\n".join(f"n{line} -> m{line}" for line in range(MOST_LINES + 50)))
    assert len(graph.links) == MOST_LINES


# ------------------------------------------------------------------------------------------------ Excalidraw scenes


def box(id: str, label: str, x: int, y: int = 0, kind: str = "rectangle") -> list[dict[str, object]]:
    return [
        {"id": id, "type": kind, "x": x, "y": y, "width": 100, "height": 60},
        {"id": f"{id}-t", "type": "text", "text": label, "x": x + 10, "y": y + 20, "width": 60, "height": 20, "containerId": id},
    ]  # fmt: skip


def arrow(id: str, source: str | None, target: str | None, **fields: object) -> dict[str, object]:
    ends = {
        name: {"elementId": end} if end else None
        for name, end in (("startBinding", source), ("endBinding", target))
    }
    return {"id": id, "type": "arrow", "x": 0, "y": 0, "endArrowhead": "arrow", **ends, **fields}


def drawn(*elements: object) -> dict[str, object]:
    flat: list[object] = []
    for element in elements:
        flat += element if isinstance(element, list) else [element]
    return {"type": "excalidraw", "elements": flat}


BOARD = drawn(
    box("c", "Phone", 0), box("a", "API", 200), box("r", "Redis\ncache", 400, 0, "ellipse"), box("d", "Postgres", 400, 200),
    box("q", "Kafka", 600), arrow("1", "c", "a"), arrow("2", "a", "r"), arrow("3", "a", "d"), arrow("4", "a", "q"),
    {"id": "2-t", "type": "text", "text": "reads", "x": 0, "y": 0, "width": 5, "height": 5, "containerId": "2"},
)  # fmt: skip


def test_boxes_have_their_labels_and_arrows_their_ends() -> None:
    graph = read_scene(BOARD)
    assert [box.label for box in graph.boxes] == ["API", "Kafka", "Phone", "Postgres", "Redis cache"]
    assert ("API", "Redis cache", "reads") in links(graph)
    assert oddities(graph) == {("queue_without_consumer", "Kafka")}


def test_a_text_that_lies_in_a_box_is_its_label() -> None:
    loose = {"id": "t", "type": "text", "text": "Ledger", "x": 20, "y": 20, "width": 40, "height": 20}
    outside = {**loose, "id": "u", "text": "a title", "x": 900}
    graph = read_scene(
        drawn({"id": "b", "type": "diamond", "x": 0, "y": 0, "width": 100, "height": 60}, loose, outside)
    )
    assert [box.label for box in graph.boxes] == ["Ledger"]


def test_what_was_deleted_is_gone() -> None:
    gone = [{**element, "isDeleted": True} for element in box("x", "Old", 900)]
    elements = BOARD["elements"]
    assert isinstance(elements, list)
    assert read_scene(drawn(elements, gone, {**arrow("9", "x", "a"), "isDeleted": True})) == read_scene(BOARD)


def test_an_arrow_drawn_backwards_points_where_its_head_is() -> None:
    backwards = arrow("1", "d", "a", startArrowhead="arrow", endArrowhead=None)
    graph = read_scene(drawn(box("a", "API", 0), box("d", "Postgres", 200), backwards))
    assert links(graph) == [("API", "Postgres", "")]


def test_odd_things_are_reported_and_never_guessed() -> None:
    scene = drawn(
        box("p", "Phone", 0), box("d", "Postgres", 200), box("m", "Memcached", 400), box("x", "Billing", 600),
        {"id": "n", "type": "rectangle", "x": 0, "y": 500, "width": 10, "height": 10},
        arrow("1", "p", None), arrow("2", "m", "d"), arrow("3", "p", "nowhere"),
        {"id": "l", "type": "line", "x": 0, "y": 0},
    )  # fmt: skip
    graph = read_scene(scene)
    assert oddities(graph) == {
        ("loose_arrow", "Phone"),
        ("unlabelled", ""),
        ("isolated", "Billing"),
        ("isolated", "Phone"),
        ("cache_without_source", "Memcached"),
        ("no_path_to_store", "Postgres"),
    }
    assert len(graph.links) == 3


def test_roles_come_from_the_pack_and_else_from_the_trade() -> None:
    parts = a_pack().scenario.parts
    part = parts[0]
    assert role_of(f"our {part.aliases[0].upper()} (two of them)", parts) == part.id
    assert role_of("Kafka topic", ()) == "queue"
    assert role_of("the ledger", ()) == ""


@given(st.permutations(BOARD["elements"]), st.integers(-5000, 5000), st.integers(-5000, 5000))  # type: ignore[arg-type]  # a list
@settings(max_examples=50)
def test_moving_or_shuffling_the_scene_changes_nothing(
    elements: list[dict[str, int]], x: int, y: int
) -> None:
    moved = [{**element, "x": element["x"] + x, "y": element["y"] + y} for element in elements]
    assert read_scene({"elements": moved}) == read_scene(BOARD)


@given(st.text(alphabet="aB1[](){}<>-=|.→ \n\"'%", max_size=80))
def test_any_text_is_read(drawing: str) -> None:
    graph = text(drawing)
    known = {box.id for box in graph.boxes}
    for link in graph.links:
        assert link.bound == bool(link.source and link.target)
        assert {link.source, link.target} - {""} <= known


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=4,
)
ELEMENT = st.dictionaries(
    st.sampled_from(["id", "type", "text", "x", "y", "width", "height", "containerId", "startBinding", "endBinding", "isDeleted"]),
    st.one_of(ODD, st.sampled_from(["rectangle", "text", "arrow", "line", "a", "b"])),
)  # fmt: skip


@given(st.one_of(ODD, st.lists(st.one_of(ELEMENT, ODD), max_size=6)))
def test_any_scene_is_read(elements: object) -> None:
    graph = read_scene({"elements": elements})
    assert all(link.bound == bool(link.source and link.target) for link in graph.links)
