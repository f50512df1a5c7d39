"""The networkx graph of a map and the questions to it. Only this module knows networkx, and only once asked.

Nodes are touchpoint ids. Edges are

* the order of the grid: within a state, from each touchpoint to the next one, along the phases, under the key ""
  with kind "next"; left out where the touchpoint has a `Link` of kind "next", which says the order itself;
* the `Link`s, under their own id, with their kind (next, branch, loop, switch), share and persona.

`Document.graph()` builds it at the first question, `follow` keeps it in step, at a cost of the phases touched.
Every search is bounded; an answer that met its bound says so.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from msgspec import Struct

from journeymap.model import journey
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.journey import HandOver, Mood
from journeymap.model.records import (
    Emotion,
    Id,
    Link,
    PainPoint,
    Phase,
    Record,
    State,
    Touchpoint,
    with_fields,
)

if TYPE_CHECKING:
    import networkx as nx

    Graph: TypeAlias = "nx.MultiDiGraph[Id]"

T = TypeVar("T")

IMPLIED = ""
"""The key of an edge that the order of the grid implies."""


# ---------------------------------------------------------------- building, and keeping in step


def build(document: Document) -> Graph:
    """The graph of the whole document."""
    import networkx as nx

    graph = nx.MultiDiGraph()
    graph.add_nodes_from(touchpoint.id for touchpoint in document.all(Touchpoint))
    for link in document.all(Link):
        _draw(graph, link)
    for state in document.all(State):
        row = journey.phases(document, state.id)
        for at in range(len(row)):
            _chain(graph, document, row, at)
    return graph


def follow(graph: Graph, document: Document, change: Change) -> None:
    """Brings the graph in step with `change`, which `document` has already taken; the result equals `build`."""
    touched = _Touched(document, change)
    for link in touched.links:
        if graph.has_edge(link.source_id, link.target_id, link.id):
            graph.remove_edge(link.source_id, link.target_id, link.id)
    for id_ in change.removed:
        if id_ in graph:
            graph.remove_node(id_)
    graph.add_nodes_from(id_ for id_, record in change.added.items() if isinstance(record, Touchpoint))
    for id_ in (*change.added, *change.updated):
        current = document.record(id_)
        if isinstance(current, Link):
            _draw(graph, current)
    for state_id, places in touched.places.items():
        row = journey.phases(document, state_id)
        for at in _stale(document, row, places):
            _chain(graph, document, row, at)


class _Touched:
    """What a Change touches of the graph, read from the document after it and from the Change's own `from` values.

    `places`: by state, the (order, id) of phases that are or were there; `links` as they were before.
    """

    def __init__(self, document: Document, change: Change) -> None:
        self.document = document
        self.places: dict[Id, set[tuple[str, Id]]] = {}
        self.links: list[Link] = []
        self._gone = change.removed
        for record in (*change.added.values(), *change.removed.values()):
            self._record(record)
        self.links += [record for record in change.removed.values() if isinstance(record, Link)]
        for id_, edits in change.updated.items():
            now = document.record(id_)
            if not isinstance(now, Touchpoint | Phase | Link):
                continue
            was = with_fields(now, {name: from_ for name, (from_, _to) in edits.items()})
            if isinstance(was, Link):
                self.links.append(was)
            if edits.keys() & {"order", "phase_id", "state_id", "kind", "source_id"}:
                self._record(was)
                self._record(now)

    def _record(self, record: Record) -> None:
        match record:
            case Phase():
                self.places.setdefault(record.state_id, set()).add((record.order, record.id))
            case Touchpoint():
                phase = self.document.record(record.phase_id) or self._gone.get(record.phase_id)
                if isinstance(phase, Phase):
                    self._record(phase)
            case Link(kind="next"):
                source = self.document.get(Touchpoint, record.source_id)
                if source is not None:
                    self._record(source)
            case _:
                pass


def _stale(document: Document, row: list[Phase], places: set[tuple[str, Id]]) -> set[int]:
    """The phases of a state whose implied edges are to be drawn anew: those touched, and the last filled ones before."""
    keys = [(phase.order, phase.id) for phase in row]
    found = set()
    for place in places:
        at = bisect_left(keys, place)
        if at < len(keys) and keys[at] == place:
            found.add(at)
        while at > 0:
            at -= 1
            if document.referring(Touchpoint, "phase_id", row[at].id):
                found.add(at)
                break
    return found


def _draw(graph: Graph, link: Link) -> None:
    if link.source_id in graph and link.target_id in graph:
        graph.add_edge(
            link.source_id, link.target_id, link.id, kind=link.kind, share=link.share, persona=link.persona_id
        )


def _chain(graph: Graph, document: Document, row: list[Phase], at: int) -> None:
    """Draws the implied edges inside one phase of a state's `row`, and from its last touchpoint to the next phase."""
    ids = [one.id for one in document.referring(Touchpoint, "phase_id", row[at].id)]
    if not ids:
        return
    following = next(
        (found[0].id for later in row[at + 1 :] if (found := document.referring(Touchpoint, "phase_id", later.id))),
        None,
    )
    for a, b in zip(ids, [*ids[1:], following], strict=True):
        if any(link.kind == "next" for link in document.referring(Link, "source_id", a)):
            b = None  # noqa: PLW2901  # the touchpoint says itself where it leads
        known = [other for other, keys in graph.adj[a].items() if IMPLIED in keys]
        if known != [b]:
            graph.remove_edges_from([(a, other, IMPLIED) for other in known])
            if b is not None:
                graph.add_edge(a, b, IMPLIED, kind="next", share=None, persona=None)


# ---------------------------------------------------------------- questions


class Found(Struct, Generic[T], frozen=True):
    """An answer, and whether the search came to its end (or stopped at its bound)."""

    items: tuple[T, ...]
    complete: bool = True


def paths(
    document: Document, source_id: Id, target_id: Id, *, limit: int = 100, steps: int = 100_000
) -> Found[tuple[Id, ...]]:
    """Ways from one touchpoint to another that meet none twice, at most `limit`, found in at most `steps` moves.

    Depth first, in the order of the grid; only touchpoints from which the target can be reached are entered.
    """
    import networkx as nx

    graph = document.graph()
    if source_id not in graph or target_id not in graph:
        return Found(())
    place = _places(document)

    def onward(id_: Id) -> Iterator[Id]:
        return iter(sorted(set(graph.successors(id_)) & alive, key=place.__getitem__))

    alive = nx.ancestors(graph, target_id) | {target_id}
    found: list[tuple[Id, ...]] = []
    if source_id not in alive:
        return Found(())
    path, on_path = [source_id], {source_id}
    stack = [onward(source_id)]
    while stack:
        if path[-1] == target_id:
            found.append(tuple(path))
            if len(found) >= limit:
                return Found(tuple(found), complete=False)
            following = None
        else:
            following = next((one for one in stack[-1] if one not in on_path), None)
        steps -= 1
        if steps < 0:
            return Found(tuple(found), complete=False)
        if following is None:
            stack.pop()
            on_path.discard(path.pop())
        else:
            path.append(following)
            on_path.add(following)
            stack.append(onward(following))
    return Found(tuple(found))


def loops(document: Document, *, limit: int = 100) -> Found[tuple[Id, ...]]:
    """Simple loops, each beginning at its earliest touchpoint in the grid, at most `limit`.

    Johnson's algorithm finds one after the other in a time linear in the graph, so the limit bounds the work.
    """
    import networkx as nx

    place = _places(document)
    # A plain DiGraph: parallel links between the same two touchpoints are one loop, not two.
    found = [tuple(cycle) for cycle in islice(nx.simple_cycles(nx.DiGraph(document.graph())), limit + 1)]
    turned = sorted((_turned(cycle, place) for cycle in found[:limit]), key=lambda cycle: [place[id_] for id_ in cycle])
    return Found(tuple(turned), complete=len(found) <= limit)


def dead_ends(document: Document) -> list[Id]:
    """Touchpoints from which no way leads to the end of their journey (its last touchpoint), in the grid's order."""
    return [id_ for id_, alive in _reached(document, backwards=True) if not alive]


def unreachable(document: Document) -> list[Id]:
    """Touchpoints to which no way leads from the beginning of their journey, in the grid's order."""
    return [id_ for id_, alive in _reached(document, backwards=False) if not alive]


def handovers(document: Document, mood: Mood | None = None) -> list[HandOver]:
    """Every edge that crosses from one department to another, in the grid's order: the grid's own, then the Links'.

    `len()` counts them and `journey.worst_first` ranks them.
    """
    mood = journey.assumed(document) if mood is None else mood
    place = _places(document)
    found = [one for state in document.all(State) for one in journey.handovers(document, state.id, mood)]
    known = {(one.source_id, one.target_id) for one in found}
    for a, b, kind in document.graph().edges(data="kind"):
        source, target = document.one(Touchpoint, a), document.one(Touchpoint, b)
        if (a, b) not in known and _crosses(source, target):
            known.add((a, b))
            found.append(HandOver(a, b, str(source.department_id), str(target.department_id), kind, _fall(mood, a, b)))
    return sorted(found, key=lambda one: (place[one.source_id], place[one.target_id]))


def worst_path(document: Document, state_id: Id, weight: Callable[[Id], float] | None = None) -> tuple[Id, ...]:
    """The way through a state, first to last touchpoint, that burdens the customer most; () where there is none.

    Exact, over the edges that lead forward in the grid (loops would make it endless). `weight` says how much a
    touchpoint burdens; by default `burden`.
    """
    import networkx as nx

    weight = weight or burden(document)
    row = [touchpoint.id for touchpoint in journey.touchpoints(document, state_id)]
    place = {id_: at for at, id_ in enumerate(row)}
    if not row:
        return ()
    forward = nx.DiGraph()
    forward.add_nodes_from(row)
    for a, b in document.graph().edges():
        if a in place and b in place and place[a] < place[b]:
            forward.add_edge(a, b, weight=max(0.0, weight(b)))
    on_the_way = (nx.descendants(forward, row[0]) | {row[0]}) & (nx.ancestors(forward, row[-1]) | {row[-1]})
    if row[0] not in on_the_way:
        return ()
    # More than all the rest for arriving: a last touchpoint that burdens nobody is on the way all the same.
    arriving = 1.0 + sum(forward.edges[edge]["weight"] for edge in forward.edges)
    for edge in forward.in_edges(row[-1]):
        forward.edges[edge]["weight"] += arriving
    return tuple(nx.dag_longest_path(forward.subgraph(on_the_way), weight="weight"))


def burden(document: Document, mood: Mood | None = None) -> Callable[[Id], float]:
    """How much a touchpoint burdens: the worst persona's mood below zero, plus severity × frequency of its pains.

    A pain of unknown frequency counts as half of those who pass.
    """
    worst: dict[Id, float] = {}
    felt = mood if mood is not None else {(e.persona_id, e.touchpoint_id): e.value for e in document.all(Emotion)}
    for (_, touchpoint_id), value in felt.items():
        worst[touchpoint_id] = min(worst.get(touchpoint_id, 0.0), value)

    def of(touchpoint_id: Id) -> float:
        pains = document.referring(PainPoint, "touchpoint_id", touchpoint_id)
        hurt = sum(pain.severity * (0.5 if pain.frequency is None else pain.frequency) for pain in pains)
        return hurt - worst.get(touchpoint_id, 0.0)

    return of


def _reached(document: Document, *, backwards: bool) -> list[tuple[Id, bool]]:
    import networkx as nx

    graph = document.graph()
    reach = nx.ancestors if backwards else nx.descendants
    found = []
    for state in document.all(State):
        row = [touchpoint.id for touchpoint in journey.touchpoints(document, state.id)]
        if row:
            anchor = row[-1] if backwards else row[0]
            alive = reach(graph, anchor) | {anchor}
            found += [(id_, id_ in alive) for id_ in row]
    return found


def _places(document: Document) -> dict[Id, int]:
    return {touchpoint.id: at for at, touchpoint in enumerate(journey.every_touchpoint(document))}


def _turned(cycle: tuple[Id, ...], place: dict[Id, int]) -> tuple[Id, ...]:
    start = min(range(len(cycle)), key=lambda at: place[cycle[at]])
    return cycle[start:] + cycle[:start]


def _crosses(source: Touchpoint, target: Touchpoint) -> bool:
    return bool(source.department_id and target.department_id and source.department_id != target.department_id)


def _fall(mood: Mood, source_id: Id, target_id: Id) -> float | None:
    falls = [
        value - mood[persona, source_id]
        for (persona, touchpoint), value in mood.items()
        if touchpoint == target_id and (persona, source_id) in mood
    ]
    return min(falls, default=None)


def edges(graph: Graph) -> set[tuple[Id, Id, Hashable, tuple[tuple[str, Any], ...]]]:
    """All edges as a set of plain values, to compare two graphs."""
    return {(a, b, key, tuple(sorted(data.items()))) for a, b, key, data in graph.edges(keys=True, data=True)}
