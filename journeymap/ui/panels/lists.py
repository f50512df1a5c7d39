"""Personas and lanes as lists for Qt: name, marker, and an eye that hides them from the picture."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from journeymap.i18n import _
from journeymap.model import commands, words
from journeymap.model.change import Change
from journeymap.model.records import Id, Lane, Persona
from journeymap.ui.map import OpenMap
from journeymap.ui.panels.doing import attempt
from journeymap.ui.panels.journey import MIME, NO_INDEX
from journeymap.ui.panels.opened import ID

Index = QModelIndex | QPersistentModelIndex
HIDDEN = ID + 10
HUE = ID + 11
FOLDED = ID + 12


class RowsModel(QAbstractListModel):
    """All records of one ordered kind (Persona or Lane). `refused(str)` when a change is not allowed."""

    refused = Signal(str)

    def __init__(self, open_map: OpenMap, kind: type[Persona] | type[Lane], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._map, self._kind = open_map, kind
        self._ids = [record.id for record in open_map.document.all(kind)]
        open_map.changed.connect(self._follow)

    def id_at(self, index: Index) -> Id:
        """The record of a row."""
        return self._ids[index.row()] if 0 <= index.row() < len(self._ids) else ""

    def index_of(self, id_: Id | None) -> QModelIndex:
        """The row of a record; an invalid index where it has none."""
        return self.index(self._ids.index(id_), 0) if id_ in self._ids else QModelIndex()

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """How many there are."""
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row shows, read from the document."""
        record = self._map.document.get(self._kind, self.id_at(index))
        if record is None:
            return None
        answers = {
            int(Qt.ItemDataRole.DisplayRole): words.name,
            int(Qt.ItemDataRole.EditRole): words.name,
            ID: lambda one: one.id,
            HIDDEN: lambda one: one.hidden,
            HUE: lambda one: getattr(one, "hue", 0),
            FOLDED: lambda one: getattr(one, "folded", False),
            int(Qt.ItemDataRole.AccessibleTextRole): _spoken,
        }
        answer = answers.get(int(role))
        return answer(record) if answer is not None else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows are renamed and dragged."""
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.ItemIsDropEnabled
        common = flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemNeverHasChildren
        return common if self._map.session.read_only else common | flag.ItemIsEditable | flag.ItemIsDragEnabled

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Renames a row."""
        if role != Qt.ItemDataRole.EditRole or value == self.data(index):
            return False
        return self._do(lambda document: commands.rename(document, self.id_at(index), str(value).strip()))

    def toggle(self, index: Index, field: str = "hidden") -> None:
        """Hides a row's record from the picture or shows it; `field` may be "folded" for lanes."""
        record = self._map.document.get(self._kind, self.id_at(index))
        if record is not None:
            self._do(lambda document: commands.edit(document, record.id, **{field: not getattr(record, field)}))

    def shift(self, index: Index, step: int) -> None:
        """Moves a row up (-1) or down (+1)."""
        to = index.row() + step
        if index.isValid() and 0 <= to < len(self._ids):
            after = to + (1 if step > 0 else 0)
            self._put(self.id_at(index), self._ids[after] if after < len(self._ids) else None)

    def supportedDropActions(self) -> Qt.DropAction:
        """Rows are moved."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Ids, in this program only."""
        return [MIME]

    def mimeData(self, indexes: Iterable[Index]) -> QMimeData:
        """The ids of the dragged rows."""
        data = QMimeData()
        data.setData(MIME, QByteArray("\n".join(self.id_at(index) for index in indexes).encode()))
        return data

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Only rows of this list, and between rows."""
        del action, row, column, parent
        return bytes(data.data(MIME).data()).decode() in self._ids

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Moves a row. Always False: the document's change moves the row, the view must not remove it itself."""
        del action, column
        id_ = bytes(data.data(MIME).data()).decode()
        place = row if row >= 0 else parent.row() if parent.isValid() else len(self._ids)
        if id_ in self._ids:
            before = next((one for one in self._ids[place:] if one != id_), None)
            self._put(id_, before)
        return False

    def _put(self, id_: Id, before: Id | None) -> None:
        self._do(lambda document: commands.move(document, id_, before))

    def _do(self, make: Any) -> bool:
        reason = attempt(self._map, make)
        self.refused.emit(reason)
        return not reason

    def _follow(self, change: Change) -> None:
        mine: set[type] = {type(record) for record in (*change.added.values(), *change.removed.values())}
        mine |= {type(self._map.document.record(id_)) for id_ in change.updated}
        if self._kind not in mine:
            return
        ids = [record.id for record in self._map.document.all(self._kind)]
        if ids != self._ids:
            self.beginResetModel()
            self._ids = ids
            self.endResetModel()
        else:
            self.dataChanged.emit(self.index(0, 0), self.index(len(ids) - 1, 0))


def _spoken(record: Persona | Lane) -> str:
    name = words.name(record)
    return _("{name}, hidden").format(name=name) if record.hidden else name
