"""The register of personal data: every touchpoint with its entries, edited in place; gaps; what imports found.

`RegisterPanel(open_map, selection)` is a page for the middle of the window; made narrow it drops columns.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from journeymap.formats import tables
from journeymap.i18n import _, ngettext
from journeymap.model import register
from journeymap.model.change import Change
from journeymap.model.records import Id
from journeymap.ui.controls.buttons import Pill
from journeymap.ui.controls.heads import Message, Words
from journeymap.ui.map import OpenMap
from journeymap.ui.panels.full_table import HEAD, FullTable
from journeymap.ui.panels.offers import OfferList
from journeymap.ui.panels.register_cells import HEIGHTS, Cells
from journeymap.ui.panels.register_rows import (
    BASIS,
    DATA,
    ENTRY,
    PHASE,
    PURPOSE,
    RECIPIENTS,
    RETENTION,
    TOUCHPOINT,
    Line,
    RegisterModel,
)
from journeymap.ui.selection import Selection

SHARES = {TOUCHPOINT: 15, DATA: 22, PURPOSE: 20, BASIS: 17, RETENTION: 12, RECIPIENTS: 14}
STACKED = 720
"""Below this width the buttons stand under the title."""
NARROW = {RECIPIENTS: 640, PURPOSE: 540, RETENTION: 440}
"""Columns that are shown only from this width of the page."""


class RegisterTable(FullTable):
    """As high as its rows, so that the page scrolls and not the table.

    Enter edits, Insert adds an entry, Delete deletes, Alt+↑ and Alt+↓ move, Ctrl+C and Ctrl+V copy and paste rows.
    """

    def __init__(self, model: RegisterModel, parent: QWidget) -> None:
        super().__init__(_("Register of personal data"), model, parent)
        self.register = model
        self.parts = SHARES
        self.setItemDelegate(Cells(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        model.modelReset.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """As high as its rows; headings go across."""
        self.clearSpans()
        for row, line in enumerate(self.register.lines):
            self.setRowHeight(row, HEIGHTS[line.kind])
            if line.kind == PHASE:
                self.setSpan(row, 0, 1, RECIPIENTS + 1)
        self.be_as_high_as(HEIGHTS[line.kind] for line in self.register.lines)

    def chosen(self) -> list[Line]:
        """The selected lines, from the top."""
        rows = sorted({index.row() for index in self.selectionModel().selectedIndexes()})
        lines = [self.register.lines[row] for row in rows]
        return [line for line in lines if line.kind != PHASE]

    def go(self, key: tuple[str, Id] | None, column: int = DATA) -> bool:
        """Makes a line the current one."""
        index = self.register.find(key, column)
        if index.isValid():
            self.make_current(index)
        return index.isValid()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the table."""
        if self.state() == QAbstractItemView.State.EditingState or not self._key(event):
            super().keyPressEvent(event)

    def _key(self, event: QKeyEvent) -> bool:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif alt and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.move_entry(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._edit()
        elif event.key() == Qt.Key.Key_Insert:
            self.add()
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.register.delete(self.chosen())
        else:
            return False
        return True

    def _edit(self) -> None:
        index = self.currentIndex()
        if index.column() == TOUCHPOINT:
            index = index.siblingAtColumn(DATA)
            self.setCurrentIndex(index)
        if index.isValid() and self.register.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)

    def add(self) -> None:
        """An entry at the current touchpoint, the first where there is none, its first field open."""
        line = self.register.line(self.currentIndex()) or next(iter(self.register.lines), None)
        if line is None or not self.register.writable:
            return
        key = self.register.add(line) if line.kind in {ENTRY, PHASE} else line.key
        self.register.build()
        if self.go(key):
            self.edit(self.currentIndex())

    def move_entry(self, way: int) -> None:
        """Moves the current entry, and stays with it."""
        line, column = self.register.line(self.currentIndex()), self.currentIndex().column()
        if line is not None:
            self.register.move(line, way)
            self.register.build()
            self.go(line.key, column)

    def copy(self) -> None:
        """The selected rows with their head, for a spreadsheet or another map."""
        from journeymap.formats.register.rows import head, table_row

        rows = [table_row(line.place, line.entry if line.kind == ENTRY else None) for line in self.chosen()]
        if rows:
            QGuiApplication.clipboard().setText(tables.clipboard([head(), *rows]))

    def paste(self) -> None:
        """Rows of a spreadsheet become entries."""
        text = QGuiApplication.clipboard().text()
        guessed = tables.read(text)
        named = bool(guessed) and register.names_columns(guessed[0])
        rows = guessed if named else tables.read(text, "\t")  # a list of data may well hold commas
        self.register.paste(rows, self.register.line(self.currentIndex()))


class RegisterPanel(QFrame):
    """The register and what imports found: `RegisterPanel(open_map, selection)`."""

    def __init__(self, open_map: OpenMap, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.setAccessibleName(_("Register"))
        self._map, self._selection = open_map, selection
        self._busy = self._stale = False
        self.model = RegisterModel(open_map, self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer.addWidget(self._scroll)
        self._page = QWidget(self._scroll)
        self._scroll.setWidget(self._page)
        self._lay_out(self._page)
        self.setFocusProxy(self.table)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.refresh)
        open_map.changed.connect(self._follow)
        selection.changed.connect(self._show_selection)
        self.refresh()
        self._show_selection()

    def _lay_out(self, page: QWidget) -> None:
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 20, 24, 24)
        column.setSpacing(0)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(8)
        self._top.addWidget(Words(_("Register of personal data"), page, size=23, weight=600), 1)
        self.table = RegisterTable(self.model, page)
        self.none = Pill(_("No personal data here"), page, tone="quiet", height=24)
        self.paste = Pill(_("Paste rows"), page, icon="table", height=32)
        self.add = Pill(_("Add an entry"), page, icon="plus", height=32)
        self.none.clicked.connect(self._say_no_data)
        self.paste.clicked.connect(self.table.paste)
        self.add.clicked.connect(self.table.add)
        self.paste.setToolTip(_("Rows copied in a spreadsheet, with or without their head. Ctrl+V"))
        self.add.setToolTip(_("At the touchpoint of the current row. Ins"))
        tools = QHBoxLayout()
        tools.setSpacing(8)
        for button in (self.paste, self.add):
            button.setEnabled(self.model.writable)
            tools.addWidget(button)
        tools.addStretch(1)
        self._top.addLayout(tools)
        column.addLayout(self._top)
        said = QHBoxLayout()
        said.setSpacing(8)
        self.about = Words("", page, tint="text2", wrap=True)
        self.gap = Pill(_("Next gap"), page, icon="arrow-down", tone="quiet", height=24)
        self.gap.clicked.connect(self._next_gap)
        said.addWidget(self.about, 1)
        said.addWidget(self.none, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self.gap, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(said)
        column.addSpacing(12)
        self.message = Message(page)
        self.model.refused.connect(self.message.say)
        column.addWidget(self.message)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.table.selectionModel().currentChanged.connect(self._reveal)
        self.empty = Words(
            _("The map has no touchpoints yet. Add them on the map first."), page, tint="text3", wrap=True
        )
        column.addWidget(self.table)
        column.addWidget(self.empty)
        column.addSpacing(24)
        self.offers = OfferList(self._map, page)
        column.addWidget(self.offers)
        column.addStretch(1)

    def sizeHint(self) -> QSize:
        """A page."""
        return QSize(960, 640)

    def refresh(self) -> None:
        """Shows the register as it is now; the current line stays the current one."""
        self._stale = False
        self._busy = True
        current, line = self.table.currentIndex(), self.model.line(self.table.currentIndex())
        self.model.build()
        if line is not None and not self.table.go(line.key, current.column()):
            row = max(self.model.row_of(line.place.touchpoint.id), 0)
            self.table.setCurrentIndex(self.model.index(row, current.column()))
        self._busy = False
        gap = register.gaps(self.model.places)
        kept = ngettext("{n} entry", "{n} entries", gap.entries).format(n=gap.entries)
        self.about.setText(" · ".join([kept, *register.told(gap)]))
        self.gap.setVisible(bool(gap))
        self.table.setVisible(bool(self.model.lines))
        self.empty.setVisible(not self.model.lines)
        self.offers.refresh()
        self._enable()

    def _enable(self) -> None:
        line = self.model.line(self.table.currentIndex())
        self.none.setEnabled(self.model.writable and line is not None and line.kind != PHASE and line.place.open)

    def _say_no_data(self) -> None:
        line = self.model.line(self.table.currentIndex())
        if line is not None:
            self.model.say_no_data(line)
            self.table.setFocus()

    def _next_gap(self) -> None:
        index = self.model.next_gap(self.table.currentIndex())
        if index.isValid():
            self.table.setFocus()
            self.table.setCurrentIndex(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Drops columns that there is no room for."""
        super().resizeEvent(event)
        for column, width in NARROW.items():
            self.table.setColumnHidden(column, self.width() < width)
        stacked = self.width() < STACKED
        way = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        self._top.setDirection(way)
        self.none.setVisible(self.width() >= NARROW[RETENTION])
        self.paste.setVisible(self.width() >= NARROW[RETENTION] // 3 * 2)

    def showEvent(self, event: QShowEvent) -> None:
        """What was missed while it was hidden."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _follow(self, change: Change) -> None:
        if self.model.touched(change):
            self._stale = True
            if self.isVisible():
                self._later.start()

    def _reveal(self, current: QModelIndex) -> None:
        """Scrolls the page to the current cell; the table itself has no scroll bars."""
        box = self.table.visualRect(current).translated(0, HEAD)
        corner = self.table.mapTo(self._page, box.center())
        self._scroll.ensureVisible(corner.x(), corner.y(), 0, box.height() + HEAD)

    def _chosen(self, current: QModelIndex) -> None:
        self._enable()
        line = self.model.line(current)
        if self._busy or line is None or line.kind == PHASE:
            return
        self._busy = True
        self._selection.select(line.place.touchpoint.id)
        self._busy = False

    def _show_selection(self) -> None:
        wanted = self._selection.first
        row = self.model.row_of(wanted) if not self._busy and wanted is not None else -1
        line = self.model.line(self.table.currentIndex())
        if row < 0 or (line is not None and line.kind != PHASE and line.place.touchpoint.id == wanted):
            return
        self._busy = True
        self.table.setCurrentIndex(self.model.index(row, DATA))
        self._busy = False
