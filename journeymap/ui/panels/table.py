"""The map as a table: a row each touchpoint, every text in a column, edited by keys like a spreadsheet.

`TablePanel(open_map, selection)` is a page for the middle of the window.
"""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from journeymap.formats import tables
from journeymap.i18n import _, ngettext
from journeymap.model.change import Change
from journeymap.model.records import Emotion, Id, Touchpoint
from journeymap.ui.controls.buttons import Pill
from journeymap.ui.controls.heads import Message, Words
from journeymap.ui.map import OpenMap
from journeymap.ui.panels.full_table import head_width
from journeymap.ui.panels.table_cells import Cells
from journeymap.ui.panels.table_rows import TableModel
from journeymap.ui.selection import Cell, Selection

ROW, HEAD = 32, 34
NUMBERS, NAMES = 44, 184
"""Width of the row heads: numbers alone, or with names."""


_WAYS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Home: (-1_000, 0), Qt.Key.Key_End: (1_000, 0),
}  # fmt: skip


class TouchpointTable(QTableView):
    """Type, F2 or Enter edits; Enter goes down, Tab right. Insert adds a row, Ctrl+Delete deletes it, Delete empties
    cells, Alt+↑ and Alt+↓ move rows, Ctrl+C, Ctrl+X and Ctrl+V are those of a spreadsheet.
    """

    def __init__(self, model: TableModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.touchpoints = model
        self.setModel(model)
        self.setItemDelegate(Cells(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAccessibleName(_("Table of touchpoints"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.AnyKeyPressed)
        self.setTabKeyNavigation(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._heads()
        model.modelReset.connect(self.fit)
        self._anchor = self._further = QPersistentModelIndex()
        self.selectionModel().currentChanged.connect(self._stand)
        self.horizontalScrollBar().valueChanged.connect(self._name_rows)
        self.fit()

    def _heads(self) -> None:
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setFixedHeight(HEAD)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setHighlightSections(False)
        across.setSectionsClickable(True)
        down.setDefaultSectionSize(ROW)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setHighlightSections(False)
        down.setFixedWidth(NUMBERS)
        self.setCornerButtonEnabled(False)
        self.setStyleSheet(
            "QHeaderView::section:vertical { border: none; padding-left: 8px; background: transparent; }"
            "QTableCornerButton::section { border: none; background: transparent; }"
        )

    def fit(self) -> None:
        """Columns as wide as they are declared, or as their headings."""
        for place, column in enumerate(self.touchpoints.columns):
            wide = max(column.width, head_width(column.title))
            if self.columnWidth(place) != wide:
                self.setColumnWidth(place, wide)

    def _name_rows(self) -> None:
        """Row heads tell the names while the column of names is out of sight."""
        place = self.touchpoints.column("name")
        named = self.columnViewportPosition(place) + self.columnWidth(place) // 2 < 0
        if named != self.touchpoints.named:
            self.touchpoints.named = named
            self.verticalHeader().setFixedWidth(NAMES if named else NUMBERS)
            self.touchpoints.headerDataChanged.emit(Qt.Orientation.Vertical, 0, max(0, len(self.touchpoints.rows) - 1))

    def begin(self) -> None:
        """From the first column, as far as the current cell is seen then."""
        self.horizontalScrollBar().setValue(0)
        self.scrollTo(self.currentIndex())

    # ------------------------------------------------------------ where one stands

    def here(self) -> tuple[Id | None, str]:
        """The touchpoint and the column of the current cell."""
        index, model = self.currentIndex(), self.touchpoints
        if not index.isValid() or index.row() >= len(model.rows):
            return None, "name"
        return model.rows[index.row()], model.columns[index.column()].key

    def go(self, id_: Id | None, key: str = "name") -> bool:
        """Makes a cell the current one."""
        index = self.touchpoints.find(id_, key)
        if index.isValid():
            self._to(index)
        return index.isValid()

    def _to(self, index: QModelIndex) -> None:
        """Makes a cell the current one and the only one selected, whatever keys are held."""
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def chosen(self) -> list[int]:
        """The rows that are selected, from the top."""
        return sorted({index.row() for index in self.selectionModel().selectedIndexes()})

    def step(self, dx: int, dy: int) -> None:
        """The keyboard goes on by so many cells; at the end of a row to the next one."""
        index, model = self.currentIndex(), self.touchpoints
        row, column = index.row() + dy, index.column() + dx
        if not 0 <= column < len(model.columns) and 0 <= row + dx < len(model.rows):
            row, column = row + dx, 0 if dx > 0 else len(model.columns) - 1
        self._to(model.index(min(max(0, row), len(model.rows) - 1), min(max(0, column), len(model.columns) - 1)))

    def _stand(self, current: QModelIndex) -> None:
        """A range by Shift begins where one stood last without it, however one came there."""
        if current != self._further:
            self._anchor = QPersistentModelIndex(current)

    def extend(self, dx: int, dy: int) -> None:
        """Draws the range so many cells further."""
        model, index = self.touchpoints, self.currentIndex()
        row, column = index.row() + dy, index.column() + dx
        there = model.index(min(max(0, row), len(model.rows) - 1), min(max(0, column), len(model.columns) - 1))
        corner = self._anchor if self._anchor.isValid() else QPersistentModelIndex(index)
        self._further = QPersistentModelIndex(there)
        marks = self.selectionModel()
        first = model.index(corner.row(), corner.column())
        marks.select(QItemSelection(first, there), QItemSelectionModel.SelectionFlag.ClearAndSelect)
        marks.setCurrentIndex(there, QItemSelectionModel.SelectionFlag.NoUpdate)
        self._further = QPersistentModelIndex()
        self._anchor = corner
        self.scrollTo(there)

    # ------------------------------------------------------------ keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the table."""
        if self.state() == QAbstractItemView.State.EditingState or not (self._clip(event) or self._key(event)):
            super().keyPressEvent(event)

    def _clip(self, event: QKeyEvent) -> bool:
        for key, act in (
            (QKeySequence.StandardKey.Copy, self.copy),
            (QKeySequence.StandardKey.Cut, self.cut),
            (QKeySequence.StandardKey.Paste, self.paste),
        ):
            if event.matches(key):
                act()
                return True
        return False

    def _key(self, event: QKeyEvent) -> bool:
        held, key = event.modifiers(), Qt.Key(event.key())
        if held & Qt.KeyboardModifier.ShiftModifier and key in _WAYS:
            self.extend(*_WAYS[key])
            return True
        control, alt = held & Qt.KeyboardModifier.ControlModifier, held & Qt.KeyboardModifier.AltModifier
        if alt and key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.move_rows(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Insert or (control and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}):
            self.add()
        elif control and key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.delete()
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.clear()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}:
            self.edit(self.currentIndex())
        else:
            return False
        return True

    # ------------------------------------------------------------ doing

    def add(self) -> None:
        """A touchpoint behind the current one; its name is asked for."""
        if not self.touchpoints.writable:
            return
        made = self.touchpoints.add(self.currentIndex().row())
        self.touchpoints.build()
        if made is not None and self.go(made):
            self.edit(self.currentIndex())

    def delete(self) -> None:
        """Deletes the touchpoints of the selected rows; the one that takes their place becomes the current one."""
        rows, key = self.chosen(), self.here()[1]
        if rows and self.touchpoints.delete(rows):
            self.touchpoints.build()
            left = self.touchpoints.rows
            self.go(left[min(rows[0], len(left) - 1)] if left else None, key)

    def clear(self) -> None:
        """Empties the selected cells."""
        indexes = self.selectionModel().selectedIndexes()
        cells = sorted((index.row(), index.column()) for index in indexes)
        self.touchpoints.clear(
            [cell for cell in cells if self.touchpoints.columns[cell[1]].key not in {"phase", "name"}]
        )

    def move_rows(self, way: int) -> None:
        """Moves the selected rows, and stays with them."""
        rows, (here, key) = self.chosen(), self.here()
        ids = [self.touchpoints.rows[row] for row in rows]
        if not self.touchpoints.move(rows, way):
            return
        self.touchpoints.build()
        self.go(here, key)
        for id_ in ids:
            index = self.touchpoints.find(id_, key)
            self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)

    def copy(self) -> bool:
        """The selected cells as a table, from the first to the last selected column."""
        indexes = self.selectionModel().selectedIndexes()
        if not indexes:
            return False
        rows, across = self.chosen(), sorted({index.column() for index in indexes})
        marked = {(index.row(), index.column()) for index in indexes}
        text = self.touchpoints.text
        found = [
            [text(row, column) if (row, column) in marked else "" for column in range(across[0], across[-1] + 1)]
            for row in rows
        ]
        alone = len(found) == 1 and len(found[0]) == 1
        QGuiApplication.clipboard().setText(found[0][0] if alone else tables.clipboard(found))
        return True

    def cut(self) -> None:
        """Copies cells and empties them."""
        if self.touchpoints.writable and self.copy():
            self.clear()

    def paste(self) -> None:
        """A range of a spreadsheet from the current cell on; with a head of known names by these."""
        text, index = QGuiApplication.clipboard().text(), self.currentIndex()
        rows = [row for row in tables.read(text, "\t") if any(cell.strip() for cell in row)]
        if not rows or not self.touchpoints.writable:
            return
        here, key = self.here()
        if self.touchpoints.paste(rows, index.row(), max(0, index.column())):
            self.touchpoints.build()
            self.go(here or self.touchpoints.rows[0], key)


class TablePanel(QFrame):
    """The table with its head: `TablePanel(open_map, selection)`."""

    def __init__(self, open_map: OpenMap, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.setAccessibleName(_("Table"))
        self._map, self._selection = open_map, selection
        self._busy = self._stale = self._seen = False
        self.model = TableModel(open_map, self)
        self._lay_out()
        self.setFocusProxy(self.table)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.refresh)
        open_map.changed.connect(self._follow)
        selection.changed.connect(self._show_selection)
        self.refresh()
        self._show_selection()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 0)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.setSpacing(8)
        self.title = Words(_("Table"), self, size=23, weight=600)
        top.addWidget(self.title, 1)
        self.table = TouchpointTable(self.model, self)
        self.paste = Pill(_("Paste rows"), self, icon="table", height=32)
        self.add = Pill(_("Add a touchpoint"), self, icon="plus", height=32)
        self.paste.setToolTip(_("A range of a spreadsheet, from the current cell on. Ctrl+V"))
        self.add.setToolTip(_("Behind the current row. Ins"))
        self.paste.clicked.connect(self.table.paste)
        self.add.clicked.connect(self.table.add)
        for button in (self.paste, self.add):
            button.setEnabled(self.model.writable)
            top.addWidget(button)
        column.addLayout(top)
        self.about = Words("", self, tint="text2", wrap=True)
        column.addWidget(self.about)
        self.message = Message(self)
        self.model.refused.connect(self.message.say)
        column.addWidget(self.message)
        column.addSpacing(4)
        column.addWidget(self.table, 1)
        self.table.selectionModel().currentChanged.connect(self._chosen)

    def sizeHint(self) -> QSize:
        """A page."""
        return QSize(960, 640)

    def refresh(self) -> None:
        """Shows the map as it is now; the current cell stays the current one."""
        self._stale = False
        self._busy = True
        here = self.table.here()
        row = self.table.currentIndex().row()
        if self.model.build() and not self.table.go(*here) and self.model.rows:
            self.table.go(self.model.rows[min(max(row, 0), len(self.model.rows) - 1)], here[1])
        self._busy = False
        count = len(self.model.rows)
        said = ngettext("{n} touchpoint", "{n} touchpoints", count).format(n=count)
        keys = _(
            "Enter goes down, Tab right; Shift+Enter begins a line of its own; Ins adds, Ctrl+Del deletes a row, Alt+↑↓ moves it"
        )
        self.about.setText(
            f"{said} · {keys}" if count else _("No touchpoint yet: press Ins, or paste rows of a spreadsheet.")
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, the buttons say less."""
        super().resizeEvent(event)
        self.paste.setVisible(self.width() >= 560)

    def showEvent(self, event: QShowEvent) -> None:
        """What was missed while it was hidden."""
        super().showEvent(event)
        if self._stale:
            self.refresh()
        if not self._seen:
            self._seen = True  # before it had a width it could not know what would be in sight
            QTimer.singleShot(0, self.table, self.table.begin)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keys are the table's."""
        super().focusInEvent(event)
        self.table.setFocus()

    def _follow(self, change: Change) -> None:  # noqa: ARG002
        self._stale = True
        if self.isVisible():
            self._later.start()

    def _chosen(self, current: QModelIndex) -> None:
        if self._busy or not current.isValid() or current.row() >= len(self.model.rows):
            return
        self._busy = True
        id_ = self.model.rows[current.row()]
        self._selection.select(id_, cell=Cell(self._selection.cell.lane, id_))
        self._busy = False

    def _show_selection(self) -> None:
        if self._busy:
            return
        document, first = self._map.document, self._selection.first
        record = document.record(first) if first is not None else None
        wanted: Id | None = self._selection.touchpoint
        if isinstance(record, Touchpoint):
            wanted = record.id
        elif isinstance(record, Emotion):
            wanted = record.touchpoint_id
        here, key = self.table.here()
        if wanted is not None and wanted != here:
            self._busy = True
            self.table.go(wanted, key)
            self._busy = False
