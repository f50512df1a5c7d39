"""A plain table of words and figures: as high as its rows, so that the page scrolls; a row stands for a record."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QWidget

from journeymap.model.records import Id
from journeymap.ui import fonts
from journeymap.ui.controls import ink
from journeymap.ui.panels.full_table import EDGE, LEFT, FullTable

ROW = 32
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Column(Struct, frozen=True):
    """A column: its heading, its part of the width, figures at the right, and from which width of the table it shows."""

    head: str
    share: int
    right: bool = False
    least: int = 0


class Row(Struct, frozen=True):
    """A row: the record that it leads to (None: none), its cells, and what a tooltip adds."""

    record: Id | None
    cells: tuple[str, ...]
    tip: str = ""


class FlatTable(FullTable):
    """`chosen(id)` when a row is made the current one by hand."""

    chosen = Signal(str)

    def __init__(self, name: str, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        self._columns = tuple(columns)
        self.rows: tuple[Row, ...] = ()
        self._model = QStandardItemModel(0, len(columns))
        self._model.setHorizontalHeaderLabels([column.head for column in columns])
        for place, column in enumerate(columns):
            item = self._model.horizontalHeaderItem(place)
            if item is not None:
                item.setTextAlignment(RIGHT if column.right else LEFT)
        super().__init__(name, self._model, parent)
        self.parts = {place: column.share for place, column in enumerate(columns)}
        self.setWordWrap(False)
        self.setStyleSheet("QTableView::item { padding: 0 5px; }")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setDefaultSectionSize(ROW)
        self._quiet = False
        self.selectionModel().currentRowChanged.connect(self._choose)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Shows other rows; the current record stays the current one where it is still there."""
        current = self.current()
        self._quiet = True
        self.rows = tuple(rows)
        self._model.setRowCount(0)
        for row in self.rows:
            self._model.appendRow([self._item(row, place) for place in range(len(self._columns))])
        self.be_as_high_as(ROW for _row in self.rows)
        self._quiet = False
        self.part_width()
        self.go(current)

    def current(self) -> Id | None:
        """The record of the current row."""
        at = self.currentIndex().row()
        return self.rows[at].record if 0 <= at < len(self.rows) else None

    def go(self, record: Id | None) -> None:
        """Makes the row of a record the current one, without a signal; of another record: none."""
        place = next((i for i, row in enumerate(self.rows) if record is not None and row.record == record), -1)
        self._quiet = True
        if place < 0:
            self.clearSelection()
            self.selectionModel().clearCurrentIndex()
        else:
            self.make_current(self._model.index(place, 0))
        self._quiet = False

    def least(self, column: int) -> int:
        """Figures are whole too: a number that is cut would be another one."""
        head = super().least(column)
        if not self._columns[column].right:
            return head
        cells = (ink.text_width(row.cells[column], figures=True) for row in self.rows)
        return max(head, math.ceil(max(cells, default=0)) + 2 * EDGE)

    def _item(self, row: Row, place: int) -> QStandardItem:
        column, text = self._columns[place], row.cells[place]
        item = QStandardItem(text)
        item.setTextAlignment(RIGHT if column.right else LEFT)
        item.setFont(fonts.font(13, 600 if place == 0 else 400, column.right))
        item.setToolTip(row.tip or text)
        return item

    def _choose(self) -> None:
        record = self.current()
        if not self._quiet and record is not None:
            self.chosen.emit(record)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Drops the columns that there is no room for."""
        for place, column in enumerate(self._columns):
            self.setColumnHidden(place, self.width() < column.least)
        super().resizeEvent(event)
