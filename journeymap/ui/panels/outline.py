"""The outline: the journey as a tree, personas and lanes as lists; select, rename, add, delete, move, hide."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QPoint,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QMenu, QSizePolicy, QTreeView, QVBoxLayout, QWidget

from journeymap.i18n import _
from journeymap.model import commands
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.records import Id, Lane, Persona, Phase, State, Touchpoint
from journeymap.ui.controls.heads import Message, Rule, SectionHead
from journeymap.ui.lanemenu import LaneMenu, fill
from journeymap.ui.map import OpenMap
from journeymap.ui.panels import contents, rows
from journeymap.ui.panels.doing import attempt
from journeymap.ui.panels.journey import JourneyModel, after_phase, after_touchpoint, move, neighbour
from journeymap.ui.panels.lists import RowsModel
from journeymap.ui.panels.outline_views import WIDTH, JourneyTree, RecordList
from journeymap.ui.personas import copying
from journeymap.ui.selection import Cell, Selection

ALL_OPEN = 60
"""Up to so many touchpoints every phase is open at first; beyond, only the selected one."""


def _whole(height: int) -> int:
    """So many whole rows."""
    return height // rows.HEIGHT * rows.HEIGHT


class Sections(QFrame):
    """The three lists below each other, each with its head."""

    def __init__(self, open_map: OpenMap, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.setMinimumWidth(160)
        self._map, self._selection = open_map, selection
        self.journey = JourneyModel(open_map, self)
        self.personas = RowsModel(open_map, Persona, self)
        self.lanes = RowsModel(open_map, Lane, self)
        self.tree, self.people, self.rows = JourneyTree(self), RecordList(self), RecordList(self)
        self.message = Message(self)

    def sizeHint(self) -> QSize:
        """The width of the design."""
        return QSize(WIDTH, 600)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The room is shared anew."""
        super().resizeEvent(event)
        self._share()

    def event(self, event: QEvent) -> bool:
        """So it is when rows come and go, or a sentence."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._share()
        return super().event(event)

    def _share(self) -> None:
        """Each list is as high as whole rows; the journey keeps at least half of the room, and many lanes scroll."""
        column = self.layout()
        if column is None or self.height() < rows.HEIGHT * 4:
            return
        views = (self.tree, self.people, self.rows)
        items = [item for n in range(column.count()) if (item := column.itemAt(n)) is not None]
        others = (one.sizeHint().height() for one in items if one.widget() not in views and not one.isEmpty())
        room = self.height() - 16 - sum(others)
        lanes = _whole(min(self.rows.sizeHint().height(), max(rows.HEIGHT * 3, self.height() * 4 // 10)))
        people = _whole(min(self.people.sizeHint().height(), max(rows.HEIGHT * 2, self.height() // 6)))
        for view, high in zip(views, (max(rows.HEIGHT * 4, _whole(room - lanes - people)), people, lanes), strict=True):
            if view.maximumHeight() != high:
                view.setFixedHeight(high)

    def _lay_out(self, *acts: Callable[[], object]) -> None:
        """`acts` are what the plus of each head does."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(0)
        self._heads: dict[QAbstractItemView, SectionHead] = {}
        titles = (
            (self.tree, _("Journey"), _("Add a phase or touchpoint")),
            (self.people, _("Personas"), _("Add a persona")),
            (self.rows, _("Lanes"), _("Add a lane")),
        )
        for (view, title, add), act in zip(titles, acts, strict=True):
            if view is not self.tree:
                column.addWidget(Rule(self))
            head = SectionHead(title, self, add="" if self._map.session.read_only else add, tint="text2")
            head.setContentsMargins(16, 0, 8, 0)
            head.added.connect(act)
            self._heads[view] = head
            column.addWidget(head)
            column.addWidget(view)
            view.setAccessibleName(title)
        column.addWidget(self.message)
        column.addStretch(1)
        self._dress()

    def _dress(self) -> None:
        for view, model in ((self.tree, self.journey), (self.people, self.personas), (self.rows, self.lanes)):
            view.setModel(cast("QAbstractItemModel", model))
            view.setItemDelegate(rows.JourneyRows(view) if view is self.tree else rows.ListRows(view))
            view.setFrameShape(QFrame.Shape.NoFrame)
            view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
            view.setEditTriggers(
                QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
            )
            view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
            view.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
            view.setDefaultDropAction(Qt.DropAction.MoveAction)
            view.setMouseTracking(True)
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.setHeaderHidden(True)
        self.tree.setRootIsDecorated(False)
        self.tree.setIndentation(0)
        self.tree.setUniformRowHeights(True)
        self.tree.setExpandsOnDoubleClick(False)
        for view in (self.people, self.rows):
            view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
            view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            view.setUniformItemSizes(True)


class Outline(Sections):
    """The left panel of a window: `Outline(open_map, selection)`."""

    def __init__(self, open_map: OpenMap, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(open_map, selection, parent)
        self.setAccessibleName(_("Outline"))
        self._busy = False
        # Once everybody has heard: where rows came or went, Qt looks at all of them before it can show one.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._show_selection)
        self._lay_out(self._ask_what, self.add_persona, self._ask_lane)
        self._connect()
        self._open_phases()
        self._show_selection()

    # ------------------------------------------------------------ building

    def _connect(self) -> None:
        for view, model in ((self.tree, self.journey), (self.people, self.personas), (self.rows, self.lanes)):
            view.selectionModel().selectionChanged.connect(lambda *_, view=view: self._chosen(view))
            view.wanted.connect(lambda ask, view=view: self._act(view, ask))
            view.customContextMenuRequested.connect(lambda at, view=view: self._menu(view, at))
            model.refused.connect(self.message.say)
        for view, model in ((self.people, self.personas), (self.rows, self.lanes)):
            view.toggled.connect(model.toggle)
            model.modelReset.connect(view.updateGeometry)
        self.journey.modelAboutToBeReset.connect(self._remember)
        self.journey.modelReset.connect(self._restore)
        self._selection.changed.connect(self._soon.start)
        self._map.changed.connect(self._follow)

    def _open_phases(self) -> None:
        small = self.journey.count() <= ALL_OPEN
        for row in range(self.journey.rowCount()):
            index = self.journey.index(row, 0)
            nested = isinstance(self._map.document.record(self.journey.id_at(index)), State)
            if small or nested:
                self.tree.expandRecursively(index, 1 if small and nested else 0)

    # ------------------------------------------------------------ selection

    def _chosen(self, view: QAbstractItemView) -> None:
        if self._busy:
            return
        model = cast("JourneyModel | RowsModel", view.model())
        current = view.currentIndex()
        indexes = view.selectionModel().selectedIndexes()
        ids = [model.id_at(index) for index in sorted(indexes, key=lambda one: one != current)]
        content = self.journey.content_at(current) if view is self.tree else None
        if content is not None:
            self._selection.select(*filter(None, ids), cell=content.spot.cell)
        elif ids:
            self._selection.select(*ids, cell=self._cell(ids[0]))

    def _cell(self, id_: Id) -> Cell:
        record = self._map.document.record(id_)
        if isinstance(record, Touchpoint):
            return Cell(self._selection.cell.lane, id_)
        if isinstance(record, Lane):
            return Cell(id_, self._selection.cell.touchpoint)
        if isinstance(record, Phase):
            first = next(iter(self._map.document.referring(Touchpoint, "phase_id", id_)), None)
            return Cell(None, first.id if first is not None else None)
        return self._selection.cell

    def _show_selection(self) -> None:
        self._soon.stop()
        self._busy = True
        shown = [*self._selection.ids]
        if not any(self.journey.index_of(id_).isValid() for id_ in shown) and self._selection.touchpoint:
            record = self._map.document.record(shown[0]) if shown else None
            if not isinstance(record, Phase | Persona | Lane | State):
                shown.append(self._selection.touchpoint)
        for view, model in ((self.tree, self.journey), (self.people, self.personas), (self.rows, self.lanes)):
            marks = view.selectionModel()
            indexes = [index for index in map(model.index_of, shown) if index.isValid()]
            if view is self.tree and self._stays():
                indexes = [self.tree.currentIndex()]  # an empty place has no record that could be selected
            if set(marks.selectedIndexes()) != set(indexes):
                chosen = QItemSelection()
                for index in indexes:
                    chosen.select(index, index)
                marks.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)  # all at once: told of once
            if indexes and view.currentIndex() not in indexes:
                marks.setCurrentIndex(indexes[0], QItemSelectionModel.SelectionFlag.NoUpdate)
            if indexes:
                view.scrollTo(indexes[0])
        self._busy = False

    def _stays(self) -> bool:
        """Whether the keyboard stands on a place at a touchpoint that is the selected cell."""
        content = self.journey.content_at(self.tree.currentIndex())
        if content is None or content.spot.cell != self._selection.cell:
            return False
        return not content.record and self._selection.first in {None, content.touchpoint}

    def _remember(self) -> None:
        self._expanded = [id_ for id_ in self.journey.opened() if self.tree.isExpanded(self.journey.index_of(id_))]

    def _restore(self) -> None:
        for id_ in self._expanded:
            self.tree.setExpanded(self.journey.index_of(id_), True)
        self._show_selection()

    def _follow(self, change: Change) -> None:
        self._selection.forget(change.removed)
        self.tree.viewport().update()  # numbers after an inserted row, verdicts after new data
        if any(isinstance(record, Touchpoint | Phase) for record in change.added.values()):
            self._soon.start()

    # ------------------------------------------------------------ doing

    def _act(self, view: QAbstractItemView, ask: str) -> None:
        if ask == "delete":
            self.delete(view)
        elif ask in {"up", "down"}:
            self._shift(view, -1 if ask == "up" else 1)
        elif view is self.people:
            self.add_persona()
        elif view is self.rows:
            self._ask_lane()
        elif ask == "add":
            self.add_touchpoint()
        else:
            self.add_phase()

    def _do(self, make: Callable[[Document], Change]) -> Change | None:
        """Performs it; the Change where it was allowed."""
        made: list[Change] = []

        def remember(document: Document) -> Change:
            made.append(make(document))
            return made[0]

        self.message.say(attempt(self._map, remember))
        return made[0] if made and not self.message.text() else None

    def delete(self, view: QAbstractItemView) -> None:
        """Deletes what is selected in a list; the neighbour is selected then."""
        model = cast("JourneyModel | RowsModel", view.model())
        indexes = view.selectionModel().selectedIndexes()
        content = self.journey.content_at(view.currentIndex()) if view is self.tree else None
        if content is not None and len(indexes) <= 1:
            self._do(lambda document: contents.emptied(document, content))
            return
        ids = [id_ for id_ in map(model.id_at, indexes) if id_]
        if not ids:
            return
        after = view.currentIndex().siblingAtRow(view.currentIndex().row() + 1)
        before = view.currentIndex().siblingAtRow(view.currentIndex().row() - 1)
        rest = [id_ for id_ in (model.id_at(after), model.id_at(before)) if id_ and id_ not in ids]
        if self._do(lambda document: commands.delete(document, *ids)) is not None and rest:
            self._selection.select(rest[0], cell=self._cell(rest[0]))

    def _shift(self, view: QAbstractItemView, step: int) -> None:
        if view is not self.tree:
            cast("RowsModel", view.model()).shift(view.currentIndex(), step)
            self._show_selection()
            return
        content = self.journey.content_at(self.tree.currentIndex())
        if content is not None:
            if self._do(lambda document: contents.shifted(document, content, step)) is not None:
                self.tree.setCurrentIndex(self.journey.index_of(content.record))
            return
        id_ = self.journey.id_at(self.tree.currentIndex())
        landing = neighbour(self._map.document, id_, step) if id_ else None
        if landing is not None:
            above, before = landing
            self._do(lambda document: move(document, id_, above, before))
            self._show_selection()

    def _reveal(self, view: QTreeView | QListView, change: Change | None, kind: type) -> None:
        """Selects the new record and begins to name it."""
        new = (
            next((record.id for record in change.added.values() if isinstance(record, kind)), None) if change else None
        )
        if new is None:
            return
        self._selection.select(new, cell=self._cell(new))
        self._show_selection()
        index = cast("JourneyModel | RowsModel", view.model()).index_of(new)
        if index.isValid():
            view.setFocus()
            view.scrollTo(index)
            view.edit(index)

    def add_touchpoint(self) -> None:
        """A touchpoint after the selected one, or at the end of the selected phase; a phase where there is none."""
        content = self.journey.content_at(self.tree.currentIndex())
        if content is not None:
            index = self.journey.offer(content)
            if index.isValid():
                self.tree.setCurrentIndex(index)
                self.tree.edit(index)
            return
        landing = after_touchpoint(self._map.document, self.journey.id_at(self.tree.currentIndex()))
        if landing is None:
            self.add_phase()
            return
        phase, before = landing
        made = self._do(lambda document: commands.add_touchpoint(document, phase, "", before_id=before))
        self._reveal(self.tree, made, Touchpoint)

    def add_phase(self) -> None:
        """A phase after the selected one, or at the end."""
        state, before = after_phase(self._map.document, self.journey.id_at(self.tree.currentIndex()))
        made = self._do(lambda document: commands.add_phase(document, "", state_id=state, before_id=before))
        self._reveal(self.tree, made, Phase)

    def add_persona(self) -> None:
        """A new persona."""
        self._reveal(self.people, self._do(lambda document: commands.add_persona(document, "")), Persona)

    def add_lane(self, kind: str, _checked: object = None) -> None:
        """A new lane of a kind (model.lanes)."""
        self._reveal(self.rows, self._do(lambda document: commands.add_lane(document, kind)), Lane)

    # ------------------------------------------------------------ menus

    def _ask_what(self) -> None:
        menu = QMenu(self)
        menu.addAction(_("Touchpoint") + "\tIns", self.add_touchpoint)
        menu.addAction(_("Phase") + "\tAlt+Ins", self.add_phase)
        menu.popup(self._under(self.tree))

    def _ask_lane(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fill(menu, self._map, self._name_lane)
        menu.popup(self._under(self.rows))

    def _name_lane(self, id_: Id) -> None:
        """Selects a lane that was made and begins to name it."""
        self._selection.select(id_, cell=self._cell(id_))
        self._show_selection()
        index = self.lanes.index_of(id_)
        if index.isValid():
            self.rows.setFocus()
            self.rows.scrollTo(index)
            self.rows.edit(index)

    def _under(self, view: QAbstractItemView) -> QPoint:
        head = self._heads[view]
        return head.mapToGlobal(QPoint(head.width() - 40, head.height()))

    def _menu(self, view: QAbstractItemView, at: QPoint) -> None:
        index = view.indexAt(at)
        if not index.isValid() or self._map.session.read_only:
            return
        view.setCurrentIndex(index)
        lane = self._map.document.get(Lane, self.lanes.id_at(index)) if view is self.rows else None
        if lane is not None:
            of_lane = LaneMenu(self._map, lane, lambda: view.edit(index), self._name_lane, self)
            of_lane.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            of_lane.popup(view.viewport().mapToGlobal(at))
            return
        menu = QMenu(self)
        asks = (
            (_("Rename") + "\tF2", lambda: view.edit(index)),
            (_("Move up") + "\tAlt+↑", lambda: self._shift(view, -1)),
            (_("Move down") + "\tAlt+↓", lambda: self._shift(view, 1)),
            (_("Delete") + "\tDel", lambda: self.delete(view)),
        )
        if view is self.people:
            whom = self.personas.id_at(index)
            menu.addAction(_("Show all of this person"), lambda: copying.show_page(self.window(), whom))
            menu.addAction(
                _("Copy, for another map too"), lambda: self.message.say(copying.copy(self._map, whom), "info")
            )
        if isinstance(view, RecordList):
            menu.addAction(_("Hide or show") + "\t" + _("Space"), lambda: view.toggled.emit(index, "hidden"))
        for text, act in asks:
            action = QAction(text, menu)
            action.triggered.connect(act)
            menu.addAction(action)
        menu.popup(view.viewport().mapToGlobal(at))
