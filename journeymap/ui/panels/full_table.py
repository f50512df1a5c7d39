"""A table that shows all its rows: its page scrolls, not the table. The plan, the register and the evidence stand in it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

HEAD = 32
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


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
        head = self.horizontalHeader()
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
        """Parts the width among the columns that are shown."""
        super().resizeEvent(event)
        shown = {column: part for column, part in self.parts.items() if not self.isColumnHidden(column)}
        left, whole = self.viewport().width(), sum(shown.values())
        for column, part in shown.items():
            wide = left * part // whole
            self.setColumnWidth(column, wide)
            left, whole = left - wide, whole - part
