"""Cards that span several columns keep to their touchpoints when columns come, go or move."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec import Struct, field

from journeymap.model import journey
from journeymap.model.change import Edit
from journeymap.model.document import Document
from journeymap.model.records import Card, Id, Touchpoint


class Spans(Struct, frozen=True):
    """Updates of cards that cover several columns, and the cards that are thereby saved from deletion."""

    updated: Mapping[Id, Mapping[str, Edit]] = field(default_factory=dict)
    saved: frozenset[Id] = frozenset()


def columns(document: Document, state_id: Id) -> dict[Id, list[Id]]:
    """The touchpoint ids of a state by phase, in their order."""
    return {
        phase.id: [one.id for one in document.referring(Touchpoint, "phase_id", phase.id)]
        for phase in journey.phases(document, state_id)
    }


def flat(columns: Mapping[Id, Iterable[Id]]) -> list[Id]:
    """The touchpoint ids of a state in their order."""
    return [id_ for ids in columns.values() for id_ in ids]


def kept(cards: Iterable[Card], before: Sequence[Id], after: Sequence[Id], leaving: Collection[Id] = ()) -> Spans:
    """How `cards` (see `Document.spanning`) follow when the columns `before` become `after`.

    A card goes on covering what it covered, and what has come in between; `leaving` are touchpoints that go or
    move, so they do not pull it along. Where its first touchpoint leaves, the card begins at the next one.
    """
    was = {id_: at for at, id_ in enumerate(before)}
    will = {id_: at for at, id_ in enumerate(after)}
    updated: dict[Id, dict[str, Edit]] = {}
    saved = set()
    same, rest = _outside(before, after, [was[id_] for id_ in leaving if id_ in was])
    for card in cards:
        if card.touchpoint_id not in was:
            continue
        start = was[card.touchpoint_id]
        if start + card.span <= same or start >= rest:
            continue
        covered = [id_ for id_ in before[start : start + card.span] if id_ not in leaving and id_ in will]
        if not covered:
            continue
        first = last = will[covered[0]]
        for id_ in covered[1:]:
            between = after[last + 1 : will[id_]]
            if will[id_] <= last or any(one in was and one not in leaving for one in between):
                break  # its phase was moved away; the card stays with the beginning
            last = will[id_]
        edits: dict[str, Edit] = {}
        if after[first] != card.touchpoint_id:
            edits["touchpoint_id"] = (card.touchpoint_id, after[first])
            saved.add(card.id)
        if last - first + 1 != card.span:
            edits["span"] = (card.span, last - first + 1)
        if edits:
            updated[card.id] = edits
    return Spans(updated, frozenset(saved))


def _outside(before: Sequence[Id], after: Sequence[Id], leaving: Sequence[int]) -> tuple[int, int]:
    """(so many columns from the start stay as they are; from this column of `before` on it is the same to the end)."""
    least = min(len(before), len(after))
    same = next((at for at in range(least) if before[at] != after[at]), least)
    tail = next((at for at in range(least - same) if before[-1 - at] != after[-1 - at]), least - same)
    return min([same, *leaving]), max([len(before) - tail, *(at + 1 for at in leaving)])
