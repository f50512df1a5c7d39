"""The touchpoints of a map as a table for Qt: a row each, in the order of the map."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from journeymap.failure import Failure
from journeymap.i18n import _, ngettext
from journeymap.maps.roles import role_of
from journeymap.model import commands, journey
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.draft import Draft
from journeymap.model.records import Id, Phase, State, Touchpoint
from journeymap.ui.canvas import carry
from journeymap.ui.map import OpenMap
from journeymap.ui.panels.doing import attempt
from journeymap.ui.panels.table_columns import Column, columns

Index = QModelIndex | QPersistentModelIndex
NO_INDEX: Final = QModelIndex()
COLUMN: Final = int(Qt.ItemDataRole.UserRole) + 1


class TableModel(QAbstractTableModel):
    """Touchpoints across all states. `refused(str)`: why an edit was not possible, "" when it was."""

    refused = Signal(str)

    def __init__(self, open_map: OpenMap, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._map = open_map
        self.rows: list[Id] = []
        self.columns: list[Column] = []
        self._row: dict[Id, int] = {}
        self.named = False  # row heads say the touchpoint's name: its own column is out of sight
        self.build()

    @property
    def document(self) -> Document:
        """The map's records."""
        return self._map.document

    @property
    def writable(self) -> bool:
        """Whether the map can be changed."""
        return not self._map.session.read_only

    def build(self) -> bool:
        """Reads the map anew; False where rows and columns are those that were shown, which are repainted only."""
        rows = [one.id for one in journey.every_touchpoint(self.document)]
        found = columns(self.document)
        if rows == self.rows and [(one.key, one.title) for one in found] == [(o.key, o.title) for o in self.columns]:
            self.columns = found
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(found) - 1))
                self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(rows) - 1)
            return False
        self.beginResetModel()
        self.rows, self.columns = rows, found
        self._row = {id_: n for n, id_ in enumerate(rows)}
        self.endResetModel()
        return True

    def find(self, id_: Id | None, key: str = "name") -> QModelIndex:
        """The cell of a touchpoint in a column; no cell where there is none."""
        row = self._row.get(id_ or "", -1)
        return self.index(row, self.column(key)) if row >= 0 else QModelIndex()

    def column(self, key: str) -> int:
        """Where a column stands; the name's where it is gone."""
        keys = [one.key for one in self.columns]
        return keys.index(key) if key in keys else keys.index("name")

    # ------------------------------------------------------------ for Qt

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """The touchpoints."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """The columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What the columns hold; the number of the touchpoint, with its name where that is out of sight."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self.columns[section].title
        touchpoint = self.document.get(Touchpoint, self.rows[section])
        long = touchpoint is not None and (self.named or role == Qt.ItemDataRole.ToolTipRole)
        return f"{section + 1}  {touchpoint.name}" if long and touchpoint is not None else str(section + 1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell: in one line to be shown, as it is typed to be edited."""
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole, COLUMN}:
            return None
        column = self.columns[index.column()]
        if role == COLUMN:
            return column
        text = self.text(index.row(), index.column())
        return text.replace("\n", " · ") if role == Qt.ItemDataRole.DisplayRole else text

    def text(self, row: int, column: int) -> str:
        """A cell as it is typed."""
        touchpoint = self.document.get(Touchpoint, self.rows[row])
        return self.columns[column].read(self.document, touchpoint) if touchpoint is not None else ""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What can be edited."""
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.NoItemFlags
        common = flag.ItemIsEnabled | flag.ItemIsSelectable
        editable = self.writable and self.columns[index.column()].write is not None
        return common | flag.ItemIsEditable if editable else common

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """One cell, one change."""
        write = self.columns[index.column()].write
        if role != Qt.ItemDataRole.EditRole or write is None:
            return False
        id_, text = self.rows[index.row()], str(value).strip()
        return self.do(lambda document: write(document, id_, text))

    # ------------------------------------------------------------ commands

    def do(self, make: Callable[[Document], Change]) -> bool:
        """Performs what a command makes; False after `refused` said why not."""
        reason = attempt(self._map, make)
        self.refused.emit(reason)
        return not reason

    def add(self, row: int) -> Id | None:
        """A touchpoint behind that of a row (at the end of its phase: there), or the first of the map."""
        made: list[Id] = []

        def make(document: Document) -> Change:
            draft = Draft(document)
            here = document.get(Touchpoint, self.rows[row] if 0 <= row < len(self.rows) else None)
            if here is not None:
                inside = [one.id for one in document.referring(Touchpoint, "phase_id", here.phase_id)]
                behind = next(iter(inside[inside.index(here.id) + 1 :]), None)
                made.append(draft.do(commands.add_touchpoint, here.phase_id, "", before_id=behind))
            else:
                made.append(draft.do(commands.add_touchpoint, _last_phase(draft), ""))
            return draft.change(_("Add touchpoint"))

        return made[0] if self.do(make) else None

    def delete(self, rows: Sequence[int]) -> bool:
        """Deletes the touchpoints of these rows, as one step."""
        ids = [self.rows[row] for row in rows]
        return bool(ids) and self.do(lambda document: commands.delete(document, *ids))

    def move(self, rows: Sequence[int], way: int) -> bool:
        """Touchpoints one step up or down, over the edge of a phase into the next."""
        ids = [self.rows[row] for row in rows]
        return bool(ids) and self.do(lambda document: carry.block(document, ids, way))

    def clear(self, cells: Sequence[tuple[int, int]]) -> bool:
        """Empties cells, as one step; those that cannot be empty stay."""
        return self.write([(self.rows[row], column, "") for row, column in cells], _("Clear"))

    def write(self, cells: Sequence[tuple[Id, int, str]], label: str) -> bool:
        """Texts into cells, as one step."""
        return self.do(lambda document: self._written(Draft(document), cells).change(label))

    def _written(self, draft: Draft, cells: Sequence[tuple[Id, int, str]]) -> Draft:
        for id_, place, text in cells:
            write = self.columns[place].write
            if write is not None:
                draft.take(write(draft.document, id_, text.strip()))
        return draft

    def _called(self, heading: str) -> int:
        """The place of the column that a heading names: its title, or what spreadsheets call it in English or German; else −1."""
        plain, role = heading.strip().casefold(), role_of(heading)[0]
        key = "name" if role == "touchpoint" else role
        titled = (n for n, one in enumerate(self.columns) if one.title.casefold() == plain)
        known = (n for n, one in enumerate(self.columns) if one.key == key)
        return next(titled, next(known, -1))

    def paste(self, texts: Sequence[Sequence[str]], row: int, column: int) -> int:
        """A range of a spreadsheet from a cell on, as one step; where the rows end, touchpoints are added. How many
        cells were written, 0 after `refused` said why not.
        """
        named = [self._called(text) for text in texts[0]]
        by_name = len(texts) > 1 and len(named) > 1 and all(place >= 0 for place in named)
        places = named if by_name else list(range(column, column + max(map(len, texts))))
        body = texts[1:] if by_name else texts
        count = 0

        def make(document: Document) -> Change:
            nonlocal count
            draft, rows = Draft(document), self.rows[max(row, 0) :]
            for n, line in enumerate(body):
                id_ = (
                    rows[n] if n < len(rows) else draft.do(commands.add_touchpoint, _last_phase(draft), _unnamed(draft))
                )
                cells = [(id_, at, text) for at, text in zip(places, line, strict=False) if at < len(self.columns)]
                filled = [cell for cell in cells if cell[2].strip()]
                self._written(draft, filled)
                count += len(filled)
            if not count:
                raise Failure(_("The clipboard holds no text that fits here."))
            return draft.change(ngettext("Paste {n} row", "Paste {n} rows", len(body)).format(n=len(body)))

        return count if self.do(make) else 0


def _last_phase(draft: Draft) -> Id:
    """The last phase of the last state that has any; the first one of the map where it has none."""
    document = draft.document
    for state in reversed(document.all(State)):
        row = document.referring(Phase, "state_id", state.id)
        if row:
            return row[-1].id
    return draft.do(commands.add_phase, _("Phase 1"))


def _unnamed(draft: Draft) -> str:
    return _("Touchpoint {n}").format(n=draft.document.count(Touchpoint) + 1)
