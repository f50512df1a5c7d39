"""The networkx graph of a map and the questions to it. Only this module knows networkx, and only once asked.

Nodes are touchpoint ids. Edges are

* the order of the grid: within a state, from each touchpoint to the next one, along the phases, under the key ""
  with kind "next"; left out where the touchpoint has a `Link` of kind "next", which says the order itself;
* the `Link`s, under their own id, with their kind (next, branch, loop, switch), share and persona.

`Document.graph()` builds it at the first question, `follow` keeps it in step, at a cost of the phases touched.
Every search is bounded; an answer that met its bound says so.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from journeymap.model import journey
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.journey import HandOver, Mood
from journeymap.model.records import Emotion, Id, Link, PainPoint, Phase, State, Touchpoint

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
        _chain(graph, document, journey.phases(document, state.id))
    return graph


def follow(graph: Graph, document: Document, change: Change) -> None:
    """Brings the graph in step with `change`, which `document` has already taken; the result equals `build`."""
    before = _Before(document, change)
    states, phases, links = before.touched()
    for link in links:
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
    for state_id in states:
        _chain(graph, document, journey.phases(document, state_id))
    for state_id, some in _by_state(document, phases).items():
        if state_id not in states:
            _chain(graph, document, _with_before(document, state_id, some))


class _Before:
    """What a Change touches of the graph, read from the document after and the Change's own `from` values."""

    def __init__(self, document: Document, change: Change) -> None:
        self.document = document
        self.change = change
        self.states: set[Id] = set()
        self.phases: set[Id] = set()
        self.links: list[Link] = []

    def touched(self) -> tuple[set[Id], set[Id], list[Link]]:
        """States to chain anew, phases to chain anew, and links as they were before."""
        for record in (*self.change.added.values(), *self.change.removed.values()):
            self._record(record)
            if isinstance(record, Link) and record.id in self.change.removed:
                self.links.append(record)
        for id_, edits in self.change.updated.items():
            now = self.document.record(id_)
            old = {name: from_ for name, (from_, _) in edits.items()}
            if isinstance(now, Link):
                was = replace(now, **old)  # type: ignore[arg-type]  # the fields of a Link
                self.links.append(was)
                self._record(was)
                self._record(now)
            elif isinstance(now, (Touchpoint, Phase)) and old.keys() & {"order", "phase_id", "state_id"}:
                self._record(replace(now, **old))  # type: ignore[arg-type]  # the fields of that record
                self._record(now)
        return self.states, self.phases, self.links

    def _record(self, record: object) -> None:
        match record:
            case Phase():
                self.states.add(record.state_id)
            case Touchpoint():
                self.phases.add(record.phase_id)
            case Link(kind="next"):
                source = self.document.get(Touchpoint, record.source_id)
                if source is not None:
                    self.phases.add(source.phase_id)
            case _:
                pass


def _by_state(document: Document, phase_ids: Iterable[Id]) -> dict[Id, set[Id]]:
    found: dict[Id, set[Id]] = {}
    for id_ in phase_ids:
        phase = document.get(Phase, id_)
        if phase is not None:
            found.setdefault(phase.state_id, set()).add(id_)
    return found


def _with_before(document: Document, state_id: Id, some: set[Id]) -> list[Phase]:
    """The first to the last of these phases, and the last filled phase before them."""
    row = journey.phases(document, state_id)
    places = [at for at, phase in enumerate(row) if phase.id in some]
    first = min(places)
    while first > 0:
        first -= 1
        if document.referring(Touchpoint, "phase_id", row[first].id):
            break
    return row[first : max(places) + 1]


def _draw(graph: Graph, link: Link) -> None:
    if link.source_id in graph and link.target_id in graph:
        graph.add_edge(
            link.source_id, link.target_id, link.id, kind=link.kind, share=link.share, persona=link.persona_id
        )


def _chain(graph: Graph, document: Document, phases: list[Phase]) -> None:
    """Draws the implied edges inside and between `phases`, which follow each other in one state.

    The last touchpoint of these keeps its edge when more phases come after them (it leads out of the stretch).
    """
    row = [one.id for phase in phases for one in document.referring(Touchpoint, "phase_id", phase.id)]
    if not row:
        return
    followed = set(pairwise(row))
    after = _following(document, phases[-1])
    if after is not None:
        followed.add((row[-1], after))
    for id_ in row:
        stale = [(id_, other) for _, other, key in graph.out_edges(id_, keys=True) if key == IMPLIED]
        graph.remove_edges_from((a, b, IMPLIED) for a, b in stale)
    for a, b in followed:
        if not any(link.kind == "next" for link in document.referring(Link, "source_id", a)):
            graph.add_edge(a, b, IMPLIED, kind="next", share=None, persona=None)


def _following(document: Document, phase: Phase) -> Id | None:
    """The first touchpoint after a phase, in the phases that come later in its state."""
    row = journey.phases(document, phase.state_id)
    for later in row[[one.id for one in row].index(phase.id) + 1 :]:
        found = document.referring(Touchpoint, "phase_id", later.id)
        if found:
            return found[0].id
    return None


# ---------------------------------------------------------------- questions


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
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
