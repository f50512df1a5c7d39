"""A workbook's sheet cell by cell, blank rows too, with its merged ranges. Runs in the child process.

For tables that people lay out by hand, where a merged heading stands over several columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from journeymap.data.sources import workbook
from journeymap.failure import Failure
from journeymap.i18n import _

MOST_CELLS = 2_000_000


def read(path: Path, sheet: str) -> tuple[dict[str, Any], Iterator[Sequence[str]]]:
    """The rows of a sheet from its very first cell, and {"merged": [[top, left, bottom, right]]}, all from 0. Raises Failure."""
    said, found = workbook.chosen(path, sheet)
    if found.total_height * found.total_width > MOST_CELLS:
        raise Failure(
            _("{path} has too many cells for a map; a map is a sheet that a person can read.").format(path=path.name)
        )
    ranges = [[*start, *end] for start, end in found.merged_cell_ranges or ()]
    return {**said, "merged": ranges}, _rows(found)


def _rows(sheet: Any) -> Iterator[Sequence[str]]:
    for row in sheet.to_python(skip_empty_area=False):
        yield [workbook.text(cell) for cell in row]
