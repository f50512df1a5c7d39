"""The whole picture of a layout: every group in reading order, and what had to be cut or could not be set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from journeymap.model.picture import Bookmark, Chart, Group, Item, Picture, Text
from journeymap.model.records import Id
from journeymap.model.text import missing


def composed(
    size: tuple[float, float],
    edges: Iterable[Group],
    body: Iterable[Group],
    columns: Mapping[Id, int],
    phases: Mapping[Id, int],
) -> Picture:
    """A picture of `size`: grounds, lane names, then phase by phase and touchpoint by touchpoint down the lanes.

    `columns`: place of each touchpoint; `phases`: first column of each phase.
    """

    def reading(group: Group) -> tuple[int, int]:
        meaning = group.meaning
        if meaning.role == "phase" and meaning.record is not None:
            return phases.get(meaning.record, 0), 0
        return (columns.get(meaning.touchpoint, -1), 1) if meaning.touchpoint is not None else (-1, 0)

    groups = tuple(sorted((*edges, *body), key=reading))
    return finished(size, groups)


def finished(size: tuple[float, float], groups: tuple[Group, ...]) -> Picture:
    """A picture of ready groups with its account of cut texts, missing characters, smallest type and bookmarks."""
    cut: dict[str, None] = {}
    absent: set[str] = set()
    smallest = 0.0
    for text in texts(groups):
        if text.full:
            cut[text.full] = None
        if not text.text.isascii():
            absent |= missing(text.text)
        smallest = min(smallest or text.size, text.size)
    marks = tuple(
        Bookmark(group.meaning.alt.split(",")[0], group.x, group.y) for group in groups if group.meaning.role == "phase"
    )
    return Picture(size[0], size[1], groups, tuple(cut), tuple(sorted(absent)), smallest, marks)


def texts(groups: Iterable[Group]) -> Iterator[Text]:
    """Every line of text of `groups`."""
    for group in groups:
        yield from _texts(group.items)


def _texts(items: Iterable[Item]) -> Iterator[Text]:
    for item in items:
        if isinstance(item, Text):
            yield item
        elif isinstance(item, Chart):
            yield from _texts(item.items)
