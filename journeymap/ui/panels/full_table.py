"""A table that shows all its rows: its page scrolls, not the table. The plan, the register and the evidence stand in it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QStyleOptionHeader, QTableView, QWidget

from journeymap.ui import fonts
from journeymap.ui.controls import ink

HEAD = 32
EDGE = 9
"""Beside the words of a heading."""
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class _Heads(QHeaderView):
    """Headings end in "…" where they have no room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, section: int) -> None:
        """Cuts the words by the width that they are given."""
        super().initStyleOptionForIndex(option, section)
        face = QFontMetricsF(fonts.font(13, 600))
        room = self.sectionSize(section) - 2 * EDGE + 2
        option.text = face.elidedText(option.text, Qt.TextElideMode.ElideRight, room)


class FullTable(QTableView):
    """As high as its rows, whole rows selected, columns in fixed parts of the width: `parts` of those that are shown."""

    def __init__(self, name: str, model: QAbstractItemModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts: dict[int, int] = {}
        self.setModel(model)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        head = _Heads(self)
        self.setHorizontalHeader(head)
        head.setFixedHeight(HEAD)
        head.setDefaultAlignment(LEFT)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def be_as_high_as(self, rows: Iterable[int]) -> None:
        """Takes the height of the heading and of rows of these heights."""
        self.setFixedHeight(HEAD + sum(rows) + 2)

    def make_current(self, index: QModelIndex) -> None:
        """Makes the row of a cell the current one, and the only one that is selected."""
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Parts the width among the columns that are shown; no heading is cut as long as others have room to spare."""
        super().resizeEvent(event)
        self.part_width()

    def part_width(self) -> None:
        """Parts it again, after a column has come to need more."""
        shown = {column: part for column, part in self.parts.items() if not self.isColumnHidden(column)}
        wides = parted(self.viewport().width(), list(shown.values()), [self.least(column) for column in shown])
        for column, wide in zip(shown, wides, strict=True):
            self.setColumnWidth(column, wide)

    def least(self, column: int) -> int:
        """The width at which the heading of a column is whole."""
        head = self.model().headerData(column, Qt.Orientation.Horizontal)
        return head_width(str(head or ""))


def head_width(words: str) -> int:
    """The width at which a heading is whole."""
    return math.ceil(ink.text_width(words, weight=600)) + 2 * EDGE


def parted(width: int, parts: Sequence[int], least: Sequence[int]) -> list[int]:
    """`width` in these proportions, each part at least as wide as its `least` where that is possible at all; the rest
    gives way, in proportion to what it has to spare.
    """
    if not parts:
        return []
    wides = [width * part / sum(parts) for part in parts]
    lacking = sum(max(0.0, need - wide) for wide, need in zip(wides, least, strict=True))
    spare = sum(max(0.0, wide - need) for wide, need in zip(wides, least, strict=True))
    if lacking and spare > lacking:
        keep = 1 - lacking / spare
        wides = [need + max(0.0, wide - need) * keep for wide, need in zip(wides, least, strict=True)]
    ends = [round(sum(wides[: place + 1])) for place in range(len(wides))]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]
