"""The plan: what the data propose, then every pain by urgency with what is done about it; edited in place.

`PlanPanel(open_map, selection)` is a page for the middle of the window; made narrow it drops owner, dates and costs.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from journeymap.i18n import _, ngettext
from journeymap.model.change import Change
from journeymap.model.records import PainPoint
from journeymap.ui.controls import ink
from journeymap.ui.controls.buttons import Pill
from journeymap.ui.controls.heads import Message, Words
from journeymap.ui.map import OpenMap
from journeymap.ui.panels.full_table import FullTable
from journeymap.ui.panels.plan_cells import ROW, Cells
from journeymap.ui.panels.plan_rows import (
    COST,
    DUE,
    EFFORT,
    FREQUENCY,
    OWNER,
    SEVERITY,
    STATUS,
    PlanModel,
    state_names,
)
from journeymap.ui.panels.proposals import ProposalList
from journeymap.ui.selection import Selection

Index = QModelIndex | QPersistentModelIndex
FIXED = {SEVERITY: 72, FREQUENCY: 108, OWNER: 112, DUE: 72, EFFORT: 60, COST: 84, STATUS: 116}
NARROW = {OWNER: 900, DUE: 680, EFFORT: 960, COST: 960, FREQUENCY: 560, SEVERITY: 460}
"""Columns that are shown only from this width of the page."""


def _widest(column: int) -> int:
    """The room that the words of a state need, behind its mark."""
    words = state_names().values() if column == STATUS else ()
    return max((round(ink.text_width(word)) + 40 for word in words), default=0)


class _Table(FullTable):
    """As high as its rows, so that the page scrolls and not the table; Insert adds an action, Delete deletes one."""

    def __init__(self, model: PlanModel, parent: QWidget) -> None:
        super().__init__(_("Pains and actions"), model, parent)
        self.plan = model
        self.setItemDelegate(Cells(self))
        self.verticalHeader().setDefaultSectionSize(ROW)
        for column in range(STATUS + 1):
            wide = max(FIXED[column], self.least(column), _widest(column)) if column in FIXED else 0
            mode = QHeaderView.ResizeMode.Fixed if wide else QHeaderView.ResizeMode.Stretch
            self.horizontalHeader().setSectionResizeMode(column, mode)
            if wide:
                self.setColumnWidth(column, wide)
        model.modelReset.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """As high as its rows."""
        self.be_as_high_as(ROW for _row in range(self.plan.rowCount()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter edits, Insert adds an action, Delete deletes the action."""
        editing = self.state() == QAbstractItemView.State.EditingState
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not editing:
            self.edit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Insert:
            self.plan.add_action(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete and not editing:
            self.plan.delete_action(self.currentIndex())
        else:
            super().keyPressEvent(event)


class PlanPanel(QFrame):
    """Proposals and plan: `PlanPanel(open_map, selection)`."""

    def __init__(self, open_map: OpenMap, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.setAccessibleName(_("Plan"))
        self._map, self._selection = open_map, selection
        self._busy = False
        self.model = PlanModel(open_map, self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.addWidget(scroll)
        page = QWidget(scroll)
        scroll.setWidget(page)
        self._lay_out(page)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.refresh)
        self._stale = False
        open_map.changed.connect(self._follow)
        selection.changed.connect(self._show_selection)
        self.refresh()

    def _lay_out(self, page: QWidget) -> None:
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 20, 24, 24)
        column.setSpacing(0)
        top = QHBoxLayout()
        self.title = Words(_("Action plan"), page, size=23, weight=600)
        self.about = Words("", page, tint="text2")
        self.add = Pill(_("Add an action"), page, icon="plus", height=32)
        self.add.clicked.connect(self._add)
        self.add.setEnabled(not self._map.session.read_only)
        top.addWidget(self.title, 1)
        top.addWidget(self.add)
        column.addLayout(top)
        column.addWidget(self.about)
        column.addSpacing(12)
        self.message = Message(page)
        self.model.refused.connect(self.message.say)
        column.addWidget(self.message)
        self.table = _Table(self.model, page)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.empty = Words(
            _("No pains yet. Type them in on the map, or import a survey: what misses its target is proposed here."),
            page,
            tint="text3",
            wrap=True,
        )
        column.addWidget(self.table)
        column.addWidget(self.empty)
        column.addSpacing(24)
        self.proposals = ProposalList(self._map, self._selection, page)
        column.addWidget(self.proposals)
        column.addStretch(1)

    def _add(self) -> None:
        self.model.add_action(self.table.currentIndex())

    def sizeHint(self) -> QSize:
        """A page."""
        return QSize(960, 640)

    def refresh(self) -> None:
        """Shows the plan as it is now."""
        self._stale = False
        self._busy = True
        current = self.table.currentIndex()
        self.model.build()
        if current.isValid() and current.row() < self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(current.row(), current.column()))
        self._busy = False
        pains = self._map.document.all(PainPoint)
        open_ = len({line.pain.pain.id for line in self.model.lines if line.pain is not None and line.action is None})
        told = ngettext("{n} pain", "{n} pains", len(pains)).format(n=len(pains))
        rest = ngettext("{n} without an action", "{n} without an action", open_).format(n=open_)
        self.about.setText(f"{told}, {rest}" if open_ else told)
        self.about.setVisible(bool(pains))
        self.table.setVisible(bool(self.model.lines))
        self.empty.setVisible(not self.model.lines)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Drops columns that there is no room for."""
        super().resizeEvent(event)
        for column, width in NARROW.items():
            self.table.setColumnHidden(column, self.width() < width)

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

    def _chosen(self, current: QModelIndex) -> None:
        if self._busy or not current.isValid():
            return
        line = self.model.lines[current.row()]
        pain = line.pain.pain.id if line.pain is not None else None
        wanted = line.action or pain
        if wanted is not None:
            self._busy = True
            self._selection.select(wanted)
            self._busy = False

    def _show_selection(self) -> None:
        if self._busy or self._selection.first is None:
            return
        first = self._selection.first
        for row, line in enumerate(self.model.lines):
            if first == line.action or (line.pain is not None and first == line.pain.pain.id):
                self._busy = True
                self.table.selectRow(row)
                self._busy = False
                return
