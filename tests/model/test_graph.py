"""The graph answers what people ask of a journey."""

from __future__ import annotations

import subprocess
import sys

import pytest
from gestures import small_map

from journeymap.model import commands, graph, journey
from journeymap.model.document import Document
from journeymap.model.draft import Draft
from journeymap.model.records import Link, Phase, State, Touchpoint


@pytest.fixture
def draft() -> Draft:
    return Draft(small_map())


def ids(document: Document) -> dict[str, str]:
    return {one.name: one.id for one in document.all(Touchpoint)}


def names(document: Document, found) -> list[str]:
    return [document.one(Touchpoint, id_).name for id_ in found]


def test_the_order_of_the_grid_is_implied_across_phases_and_links_come_on_top(draft: Draft) -> None:
    found = {(*names(draft.document, (a, b)), data["kind"]) for a, b, data in draft.document.graph().edges(data=True)}
    assert found == {("T0", "T1", "next"), ("T1", "T2", "next"), ("T2", "T3", "next"), ("T0", "T2", "branch")}


def test_an_explicit_next_replaces_the_implied_one(draft: Draft) -> None:
    draft.document.graph()
    at = ids(draft.document)
    made = draft.do(commands.link, at["T0"], at["T2"], kind="next")
    assert not draft.document.graph().has_edge(at["T0"], at["T1"])
    assert names(draft.document, graph.unreachable(draft.document)) == ["T1"]
    draft.do(commands.unlink, made)
    assert draft.document.graph().has_edge(at["T0"], at["T1"])


def test_paths_are_found_in_the_order_of_the_grid(draft: Draft) -> None:
    at = ids(draft.document)
    found = graph.paths(draft.document, at["T0"], at["T3"])
    assert [names(draft.document, path) for path in found.items] == [["T0", "T1", "T2", "T3"], ["T0", "T2", "T3"]]
    assert found.complete


def test_loops_begin_at_their_earliest_touchpoint(draft: Draft) -> None:
    at = ids(draft.document)
    draft.do(commands.link, at["T3"], at["T1"])
    found = graph.loops(draft.document)
    assert [names(draft.document, loop) for loop in found.items] == [["T1", "T2", "T3"]]


def test_a_touchpoint_that_only_leads_in_a_circle_is_a_dead_end(draft: Draft) -> None:
    at = ids(draft.document)
    draft.do(commands.link, at["T2"], at["T1"], kind="next")
    assert names(draft.document, graph.dead_ends(draft.document)) == ["T0", "T1", "T2"]


def test_hand_overs_are_counted_with_the_fall_of_the_mood_and_ranked(draft: Draft) -> None:
    found = graph.handovers(draft.document)
    assert [(*names(draft.document, (one.source_id, one.target_id)), one.kind, one.fall) for one in found] == [
        ("T0", "T2", "branch", -2.5),
        ("T1", "T2", "next", -2.0),
        ("T2", "T3", "next", 2.5),
    ]
    grid = journey.handovers(draft.document, draft.document.all(State)[0].id)
    assert [one.fall for one in journey.worst_first(grid)] == [-2.0, 2.5]
    assert sum(one.fall is not None and one.fall <= journey.BREAK for one in grid) == 1


def test_a_hand_over_passes_touchpoints_without_department_and_personas_who_are_not_there(draft: Draft) -> None:
    at = ids(draft.document)
    persona = commands.made(commands.add_persona(draft.document, "Heinz"))
    draft.do(commands.set_department, at["T1"], None)
    assert persona not in draft.document
    (first, _second) = journey.handovers(draft.document, draft.document.all(State)[0].id)
    assert names(draft.document, (first.source_id, first.target_id)) == ["T0", "T2"]
    assert first.fall == -2.0


def test_the_worst_path_goes_where_it_hurts(draft: Draft) -> None:
    state = draft.document.all(State)[0].id
    at = ids(draft.document)
    assert names(draft.document, graph.worst_path(draft.document, state)) == ["T0", "T2", "T3"]
    draft.do(commands.add_pain, at["T1"], "cold")
    assert names(draft.document, graph.worst_path(draft.document, state)) == ["T0", "T1", "T2", "T3"]
    draft.do(commands.link, at["T0"], at["T3"])
    weight = {at["T1"]: 1.0, at["T2"]: 0.0, at["T3"]: 0.0, at["T0"]: 0.0}.__getitem__
    assert graph.worst_path(draft.document, state, weight)[-1] == at["T3"]
    assert at["T1"] in graph.worst_path(draft.document, state, weight)


def many(count: int) -> Draft:
    """A ladder: each touchpoint also branches over the next, so that paths double at each step."""
    draft = Draft(commands.new_map("Ladder"))
    phase = draft.do(commands.add_phase, "All")
    points = [draft.do(commands.add_touchpoint, phase, f"{at}") for at in range(count)]
    for a, b in zip(points, points[2:], strict=False):
        draft.do(commands.link, a, b)
    for a, b in zip(points[5::5], points, strict=False):
        draft.do(commands.link, a, b)
    return draft


def test_searches_stop_at_their_bound_and_say_so() -> None:
    document = many(60).document
    row = [one.id for one in journey.every_touchpoint(document)]
    found = graph.paths(document, row[0], row[-1], limit=50)
    assert len(found.items) == 50
    assert not found.complete
    assert not graph.paths(document, row[0], row[-1], limit=10**9, steps=500).complete
    loops = graph.loops(document, limit=20)
    assert len(loops.items) == 20
    assert not loops.complete


def test_an_edit_on_a_long_journey_keeps_the_graph_in_step() -> None:
    draft = many(40)
    draft.document.graph()
    phase = draft.do(commands.add_phase, "Empty in between")
    draft.do(commands.move_phase, phase, draft.document.all(Phase)[0].id)
    first = next(journey.every_touchpoint(draft.document)).id
    draft.do(commands.move_touchpoint, first, phase)
    for link in draft.document.all(Link)[:5]:
        draft.do(commands.edit, link.id, kind="next")
    assert graph.edges(draft.document.graph()) == graph.edges(graph.build(draft.document))


def test_networkx_is_loaded_at_the_first_question_only() -> None:
    program = (
        "import sys; from journeymap.model import commands, document, journey; "
        "d = document.Document(commands.new_map('x')); assert 'networkx' not in sys.modules; "
        "d.graph(); assert 'networkx' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
