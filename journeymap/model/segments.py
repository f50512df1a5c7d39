"""The segments of the data that personas are bound to: their values, and how many answered like a persona.

How many answered is what the most answered question of a data set says; rows are not kept. Groups that are too small
to be shown, and those that would give one away, have no number (`model.hiding`).
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from journeymap.model import hiding, series
from journeymap.model.cube import EVERYBODY, Cube
from journeymap.model.document import Document
from journeymap.model.records import DataSet, Id, Measure, Persona
from journeymap.model.tally import by_segment


class Group(Struct, frozen=True):
    """One value of a segment column in one data set: how many answered, None where that is not shown."""

    data_set: DataSet
    column: str
    value: str
    n: int | None
    least: int  # smaller groups than this are not shown


def columns(document: Document) -> list[str]:
    """The segment columns of the map's data sets."""
    return sorted({name for data_set in document.all(DataSet) for name in data_set.segments})


def groups(document: Document, cube_of: Callable[[Id], Cube], column: str) -> list[Group]:
    """The values of a segment column, data set by data set (of a series the newest), in their order."""
    if column == EVERYBODY:
        return []
    found: list[Group] = []
    for data_set in series.newest(document):
        if column not in data_set.segments:
            continue
        sizes = _sizes(document, cube_of(data_set.id), data_set, column)
        least = hiding.limit(document, data_set.id)
        gone = hiding.hidden(sizes, [list(sizes)], least)
        found += [
            Group(data_set, column, value, None if value in gone else n, least)
            for value, n in sorted(sizes.items())
            if value and n
        ]
    return found


def like(document: Document, cube_of: Callable[[Id], Cube], persona: Persona) -> list[Group]:
    """The groups of respondents that a persona is bound to, one a data set, the largest first."""
    if not persona.segment_column or not persona.segment_value:
        return []
    known = groups(document, cube_of, persona.segment_column)
    return sorted((one for one in known if one.value == persona.segment_value), key=lambda one: -(one.n or 0))


def _sizes(document: Document, cube: Cube, data_set: DataSet, column: str) -> dict[str, int]:
    sizes: dict[str, int] = {}
    for measure in document.referring(Measure, "data_set_id", data_set.id):
        block = cube.blocks.get((measure.id, column))
        for value, counts in (by_segment(block) if block is not None else {}).items():
            sizes[value] = max(sizes.get(value, 0), counts.answers)
    return sizes
