"""Sources: whatever a person has becomes one table of text that the counting engine reads.

`text` CSV and columns parted by white space; `workbook`, `parquet`, `document` (JSON) and `spss` in a process of their own
(`apart`, `child`); `archive` unpacks, `joining` puts a second table beside the first, `opening` tells them apart by their
first bytes. Where the table lies in its file, and what its columns are, the `dialects` say. What is named here is imported
when it is asked for: a child needs little of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from journeymap.data.dialects.layout import TOO_MANY_CELLS, names
    from journeymap.data.sources.opening import glance, peek, plain, tidied
    from journeymap.data.sources.sample import MOST_COLUMNS, SAMPLE_ROWS, Readable, Sample

__all__ = [
    "MOST_COLUMNS",
    "SAMPLE_ROWS",
    "TOO_MANY_CELLS",
    "Readable",
    "Sample",
    "glance",
    "names",
    "peek",
    "plain",
    "tidied",
]

_ROOMS: Final = {
    "journeymap.data.dialects.layout": ("TOO_MANY_CELLS", "names"),
    "journeymap.data.sources.opening": ("glance", "peek", "plain", "tidied"),
    "journeymap.data.sources.sample": ("MOST_COLUMNS", "SAMPLE_ROWS", "Readable", "Sample"),
}


def __getattr__(name: str) -> object:
    for room, names_ in _ROOMS.items():
        if name in names_:
            return getattr(import_module(room), name)
    raise AttributeError(name)
