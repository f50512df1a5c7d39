"""The journey as a tree for Qt: phases, their touchpoints, and what stands at an opened touchpoint; over the document,
without a widget or object a row.

With more than one state the states are the top level. Ids are the model's only memory; everything shown is read from
the document when a row is painted, so that a map of 5,000 touchpoints costs what is visible.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from journeymap.model import commands
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.records import Id, Phase, Record, State, Touchpoint
from journeymap.ui.controls import marks
from journeymap.ui.map import OpenMap
from journeymap.ui.panels import contents
from journeymap.ui.panels.contents import Content
from journeymap.ui.panels.doing import attempt
from journeymap.ui.panels.opened import CONTENT, GROUP, ID, NUMBER, POINT, TRUTH, VERDICT, WHAT, Opened

Index = QModelIndex | QPersistentModelIndex
ROOT = ""
NO_INDEX = QModelIndex()

MIME = "application/x-journeymap-ids"
MANY = 40
"""A change of more rows than this is a new tree; fewer come in one by one."""

_FLAG = Qt.ItemFlag
_READ = _FLAG.ItemIsEnabled | _FLAG.ItemIsSelectable
_EDIT = _READ | _FLAG.ItemIsEditable | _FLAG.ItemIsDragEnabled
_FLAGS = {
    (what, read_only): (_READ if read_only else _EDIT) | (_FLAG.ItemIsDropEnabled if what == GROUP else _READ)
    for what in (GROUP, POINT)
    for read_only in (False, True)
} | {
    (CONTENT, True): _READ | _FLAG.ItemNeverHasChildren,
    (CONTENT, False): _READ | _FLAG.ItemIsEditable | _FLAG.ItemNeverHasChildren,
}
"""By the kind of row, and whether the map can only be read. Qt asks a thousand times a change."""

_PARENT: dict[type[Record], str] = {Touchpoint: "phase_id", Phase: "state_id"}


class Branches(QAbstractItemModel):
    """Which rows there are, and which stands under which; what they show is told by `JourneyModel`."""

    def __init__(self, open_map: OpenMap, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._map = open_map
        self._opened = Opened(open_map)
        self._serial: dict[Id, int] = {}
        self._of: list[Id] = []
        self._build()

    # ------------------------------------------------------------ the rows

    @property
    def _document(self) -> Document:
        return self._map.document

    def _build(self) -> None:
        document = self._document
        self._opened.clear()
        self._rows: dict[Id, list[Id]] = {}
        self._above: dict[Id, Id] = {}
        self._numbers: dict[Id, int] | None = None
        states = document.all(State)
        self._flat = len(states) < 2
        top: list[Id] = []
        for state in states:
            phases = [phase.id for phase in document.referring(Phase, "state_id", state.id)]
            if self._flat:
                top = phases
            else:
                top.append(state.id)
                self._rows[state.id] = phases
            for phase in phases:
                self._above[phase] = ROOT if self._flat else state.id
                self._rows[phase] = [one.id for one in document.referring(Touchpoint, "phase_id", phase)]
                self._above.update(dict.fromkeys(self._rows[phase], phase))
        self._above.update(dict.fromkeys(top, ROOT))
        self._rows[ROOT] = top

    def _number(self, id_: Id) -> int:
        if self._numbers is None:
            self._numbers = {}
            for state in self._document.all(State):
                phases = self._rows.get(ROOT if self._flat else state.id, ())
                run = [one for phase in phases for one in self._rows.get(phase, ())]
                self._numbers.update({one: place + 1 for place, one in enumerate(run)})
        return self._numbers.get(id_, 0)

    def id_at(self, index: Index) -> Id:
        """The record of a row; "" for the invisible root, and for a content that is no record of its own."""
        key = self._key_at(index)
        content = self._opened.contents.get(key)
        return content.record if content is not None else key

    def content_at(self, index: Index) -> Content | None:
        """The place at a touchpoint that a row stands for; None for all other rows."""
        return self._opened.contents.get(self._key_at(index))

    def _key_at(self, index: Index) -> Id:
        return self._of[index.internalId()] if index.isValid() else ROOT

    def index_of(self, id_: Id | None) -> QModelIndex:
        """The row of a record; an invalid index where it has none, or where its touchpoint was never opened."""
        id_ = self._opened.key_of.get(id_ or "", id_)
        if not id_ or id_ not in self._above:
            return QModelIndex()
        return self.createIndex(self._rows[self._above[id_]].index(id_), 0, self._key(id_))

    def _key(self, id_: Id) -> int:
        if id_ not in self._serial:
            self._serial[id_] = len(self._of)
            self._of.append(id_)
        return self._serial[id_]

    def opened(self) -> list[Id]:
        """The rows that may be open, from the top down: states, phases, touchpoints whose contents were gathered."""
        return [key for key in self._rows if key]

    def count(self) -> int:
        """How many touchpoints there are."""
        return sum(isinstance(self._document.record(id_), Touchpoint) for id_ in self._above)

    # ------------------------------------------------------------ what Qt asks

    def index(self, row: int, column: int, parent: Index = NO_INDEX) -> QModelIndex:
        """A row under another."""
        rows = self._rows.get(self._key_at(parent), ())
        return self.createIndex(row, column, self._key(rows[row])) if 0 <= row < len(rows) else QModelIndex()

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        """The row above another in the tree."""
        return self.index_of(self._above.get(self._key_at(index)))

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """How many rows stand under this one."""
        return len(self._rows.get(self._key_at(parent), ()))

    def hasChildren(self, parent: Index = NO_INDEX) -> bool:
        """A touchpoint can always be opened; what stands there is gathered then."""
        key = self._key_at(parent)
        return bool(self._rows.get(key)) or (self._is_touchpoint(key) and key not in self._rows)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether a touchpoint was not opened yet."""
        key = self._key_at(parent)
        return self._is_touchpoint(key) and key not in self._rows

    def fetchMore(self, parent: Index) -> None:
        """Gathers what stands at a touchpoint."""
        key = self._key_at(parent)
        self._rows[key] = []  # from now on there is no more to fetch, whoever asks meanwhile
        keys = self._opened.gather(key)
        if keys:
            self.beginInsertRows(self.index_of(key), 0, len(keys) - 1)
            self._rows[key] = keys
            self._above.update(dict.fromkeys(keys, key))
            self.endInsertRows()

    def offer(self, content: Content) -> QModelIndex:
        """A row for one more text in the lane of a content; an invalid index where that lane takes no more."""
        self._opened.offered = content.touchpoint, content.lane
        self._refresh_contents()
        key = next((key for key in reversed(self._rows.get(content.touchpoint, [])) if self._opened.is_new(key)), "")
        return self.index_of(key)

    def columnCount(self, parent: Index = NO_INDEX) -> int:  # noqa: ARG002
        """One; the delegate writes number, name and marks into it."""
        return 1

    def _refresh_contents(self) -> None:
        """Brings the opened touchpoints up to date; rows that stay are kept."""
        for point in [key for key in self._rows if key in self._opened.points]:
            before, after = self._rows[point], self._opened.gather(point)
            same = sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
            most = min(len(before), len(after)) - same
            rest = sum(
                1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(before[::-1], after[::-1], strict=False))
            )
            rest = min(rest, most)
            parent, gone, come = self.index_of(point), len(before) - same - rest, len(after) - same - rest
            if gone:
                self.beginRemoveRows(parent, same, same + gone - 1)
                for key in before[same : same + gone]:
                    del self._above[key]
                self._rows[point] = before[:same] + before[same + gone :]
                self.endRemoveRows()
            if come:
                self.beginInsertRows(parent, same, same + come - 1)
                self._rows[point] = after
                self._above.update(dict.fromkeys(after, point))
                self.endInsertRows()
            if after:
                self.dataChanged.emit(self.index(0, 0, parent), self.index(len(after) - 1, 0, parent))

    def _is_touchpoint(self, id_: Id) -> bool:
        return self._map.document.get(Touchpoint, id_) is not None


class JourneyModel(Branches):
    """States, phases and touchpoints by id. `refused(str)` when a rename or a move is not allowed."""

    refused = Signal(str)

    def __init__(self, open_map: OpenMap, parent: QObject | None = None) -> None:
        super().__init__(open_map, parent)
        open_map.changed.connect(self._follow)

    # ------------------------------------------------------------ what is shown

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row shows, read from the document."""
        content = self.content_at(index)
        if content is not None:
            return self._opened.data(content, role)
        record = self._document.record(self._key_at(index))
        if role == WHAT:
            return POINT if isinstance(record, Touchpoint) else GROUP
        if role == ID or record is None:
            return record.id if record is not None else None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole}:
            return getattr(record, "name", "")
        if role == NUMBER:
            return self._number(record.id) if isinstance(record, Touchpoint) else len(self._rows.get(record.id, ()))
        if role == TRUTH:
            return isinstance(record, Touchpoint) and record.moment_of_truth
        if role == VERDICT:
            return marks.worst([figure.status for figure in self._map.figures.touchpoint.get(record.id, ())])
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every row can be edited; phases and touchpoints can be dragged."""
        if not index.isValid():
            return _FLAG.ItemIsDropEnabled
        key = self._of[index.internalId()]  # asked of every row whenever one has come or gone
        what = CONTENT if key in self._opened.contents else POINT if self._is_touchpoint(key) else GROUP
        return _FLAGS[what, self._map.session.read_only]

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Renames a row, or says what stands at a touchpoint."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        content = self.content_at(index)
        if content is not None:
            said = attempt(self._map, lambda document: contents.changed(document, content, str(value)))
            self.refused.emit(said)
            return not said
        id_ = self.id_at(index)
        reason = attempt(self._map, lambda document: commands.rename(document, id_, str(value).strip()))
        self.refused.emit(reason)
        return not reason

    # ------------------------------------------------------------ drag

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
        """A touchpoint goes into a phase, a phase between phases."""
        del action, column
        return self._landing(_ids(data), row, self.id_at(parent)) is not None

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Moves them. Always False: the rows move because the document changes, the view must not remove them itself."""
        del action, column
        ids = _ids(data)
        landing = self._landing(ids, row, self.id_at(parent))
        if landing is not None:
            above, before = landing
            self.refused.emit(attempt(self._map, lambda document: move(document, ids[0], above, before)))
        return False

    def _landing(self, ids: list[Id], row: int, above: Id) -> tuple[Id, Id | None] | None:
        record = self._document.record(ids[0]) if ids else None
        if isinstance(record, Touchpoint) and isinstance(self._document.record(above), Phase):
            wanted = above
        elif isinstance(record, Phase) and (above == ROOT or isinstance(self._document.record(above), State)):
            wanted = record.state_id if above == ROOT else above
        else:
            return None
        rows = [one for one in self._rows.get(above, ()) if one != ids[0]]
        if row < 0:
            return wanted, None
        earlier = ids[0] in self._rows.get(above, ())[:row]
        place = row - earlier
        return wanted, rows[place] if place < len(rows) else None

    # ------------------------------------------------------------ keeping step

    def _follow(self, change: Change) -> None:
        moved = [id_ for id_, edits in change.updated.items() if {"order", "phase_id", "state_id"} & edits.keys()]
        structural = [id_ for id_ in moved if id_ in self._above]
        structural += [id_ for id_, record in (*change.added.items(), *change.removed.items()) if _stands(record)]
        if structural:
            self._restructure(change, structural)
        self._opened.offered = ("", "")
        if self._opened.points:
            self._refresh_contents()
        for id_ in change.updated:
            index = self.index_of(id_)
            if index.isValid():
                self.dataChanged.emit(index, index)

    def _restructure(self, change: Change, ids: list[Id]) -> None:
        single = len(ids) <= MANY and all(self._leaf(change, id_) for id_ in ids)
        self._numbers = None
        if not single:
            self.beginResetModel()
            self._build()
            self.endResetModel()
            return
        if len(ids) == 1 and ids[0] in change.updated:
            self._shift(ids[0])
            return
        for id_ in ids:
            self._drop(id_)
        for id_ in sorted((id_ for id_ in ids if id_ in self._document), key=self._sort_key):
            self._insert(id_)

    def _leaf(self, change: Change, id_: Id) -> bool:
        record = self._document.record(id_) or change.removed[id_]
        if isinstance(record, Touchpoint):
            return record.phase_id in self._rows or id_ in change.removed
        return isinstance(record, Phase) and self._flat and not self._rows.get(id_) and id_ not in change.updated

    def _sort_key(self, id_: Id) -> tuple[str, Id]:
        return (str(getattr(self._document.record(id_), "order", "")), id_)

    def _landing_row(self, id_: Id) -> tuple[Id, int]:
        record = self._document.one(Touchpoint, id_) if self._is_touchpoint(id_) else None
        above = record.phase_id if record is not None else ROOT
        keys = [self._sort_key(one) for one in self._rows[above] if one != id_]
        return above, sum(key < self._sort_key(id_) for key in keys)

    def _insert(self, id_: Id) -> None:
        above, row = self._landing_row(id_)
        self.beginInsertRows(self.index_of(above), row, row)
        self._rows[above].insert(row, id_)
        self._above[id_] = above
        if not self._is_touchpoint(id_):
            self._rows.setdefault(id_, [])
        self.endInsertRows()

    def _drop(self, id_: Id) -> None:
        above = self._above.get(id_)
        if above is None:
            return
        row = self._rows[above].index(id_)
        self.beginRemoveRows(self.index_of(above), row, row)
        self._rows[above].pop(row)
        del self._above[id_]
        for key in self._rows.pop(id_, ()):
            self._above.pop(key, None)
        self._opened.forget(id_)
        self.endRemoveRows()

    def _shift(self, id_: Id) -> None:
        old_above = self._above[id_]
        old_row = self._rows[old_above].index(id_)
        above, row = self._landing_row(id_)
        if (above, row) == (old_above, old_row):
            return
        target = row + 1 if above == old_above and row > old_row else row
        self.beginMoveRows(self.index_of(old_above), old_row, old_row, self.index_of(above), target)
        self._rows[old_above].pop(old_row)
        self._rows[above].insert(row, id_)
        self._above[id_] = above
        self.endMoveRows()


def _stands(record: Record) -> bool:
    return isinstance(record, State | Phase | Touchpoint)


def _ids(data: QMimeData) -> list[Id]:
    text = bytes(data.data(MIME).data()).decode()
    return text.split("\n") if text else []


def move(document: Document, id_: Id, above: Id, before: Id | None) -> Change:
    """Puts a touchpoint into the phase `above`, or a phase into the state `above`, before another one or at the end."""
    if isinstance(document.record(id_), Touchpoint):
        return commands.move_touchpoint(document, id_, above, before)
    return commands.move_phase(document, id_, before)


def neighbour(document: Document, id_: Id, step: int) -> tuple[Id, Id | None] | None:
    """Where a row lands one step up (-1) or down (+1): (above, before). Touchpoints walk on into the next phase.

    None where there is nowhere to go.
    """
    record = document.record(id_)
    field = _PARENT.get(type(record)) if record is not None else None
    if record is None or field is None:
        return None
    above: Id = getattr(record, field)
    kind = type(record)
    row = [one.id for one in document.referring(kind, field, above)]
    here = row.index(id_)
    if 0 <= here + step < len(row):
        after = here + (2 if step > 0 else -1)
        return above, row[after] if after < len(row) else None
    if not isinstance(record, Touchpoint):
        return None
    phases = [phase.id for phase in document.referring(Phase, "state_id", document.one(Phase, above).state_id)]
    there = phases.index(above) + step
    if not 0 <= there < len(phases):
        return None
    first = next(iter(document.referring(Touchpoint, "phase_id", phases[there])), None)
    return phases[there], first.id if first is not None and step > 0 else None


def after_touchpoint(document: Document, here: Id) -> tuple[Id, Id | None] | None:
    """Where a new touchpoint belongs: (phase, before), right behind the touchpoint `here` or at the end of the phase
    `here`, else at the end of the last phase. None where there is no phase.
    """
    record = document.record(here)
    if isinstance(record, Touchpoint):
        return record.phase_id, _next(document, record, "phase_id")
    phases = [record] if isinstance(record, Phase) else document.all(Phase)[-1:]
    return (phases[0].id, None) if phases else None


def after_phase(document: Document, here: Id) -> tuple[Id | None, Id | None]:
    """Where a new phase belongs: (state, before), right behind the phase of `here`, else at the end of the first state."""
    record = document.record(here)
    phase = document.get(Phase, record.phase_id) if isinstance(record, Touchpoint) else record
    if isinstance(phase, Phase):
        return phase.state_id, _next(document, phase, "state_id")
    return None, None


def _next(document: Document, record: Touchpoint | Phase, field: str) -> Id | None:
    row = [one.id for one in document.referring(type(record), field, getattr(record, field))]
    return next(iter(row[row.index(record.id) + 1 :]), None)
