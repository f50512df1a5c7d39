"""The plan as a table for Qt: a line for each pain and each action that answers it, the most urgent pain first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from journeymap.failure import Failure
from journeymap.formats.plan import rows
from journeymap.i18n import _
from journeymap.model import commands, wording
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.priority import Ranked, ranked
from journeymap.model.records import Action, Answer, Department, Id, PainPoint, Touchpoint, Value
from journeymap.ui.map import OpenMap
from journeymap.ui.panels import reading
from journeymap.ui.panels.doing import attempt
from journeymap.ui.panels.tasks import states

Index = QModelIndex | QPersistentModelIndex
PAIN, SEVERITY, FREQUENCY, ACTION, OWNER, DUE, EFFORT, COST, STATUS = range(9)
NO_INDEX = QModelIndex()
LINE = int(Qt.ItemDataRole.UserRole) + 1


class Line(Struct, frozen=True):
    """A pain with one of its actions; a pain without one; or an action that answers none. `first`: the pain's first line."""

    rank: int
    pain: Ranked | None
    action: Id | None
    first: bool = True


FIELDS: dict[int, tuple[str, Callable[[str], Value], Callable[[Value], str]]] = {
    ACTION: ("title", str.strip, reading.show),
    OWNER: ("owner", str.strip, reading.show),
    DUE: ("due", reading.day, reading.show_day),
    EFFORT: ("effort", reading.whole(1, 5), reading.show),
    COST: ("cost", reading.between(0, 1e12), reading.show),
    STATUS: ("status", str, reading.show),
}
"""Columns that edit an action: field, how it is read, how it is written."""


class PlanModel(QAbstractTableModel):
    """Lines of the plan. `refused(str)`: why an edit was not possible, "" when it was."""

    refused = Signal(str)

    def __init__(self, open_map: OpenMap, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._map = open_map
        self.lines: list[Line] = []
        self.build()

    def build(self) -> None:
        """Ranks the pains anew. The same lines in the same order are only repainted."""
        lines = _lines(self._map)
        shape = [(line.pain.pain.id if line.pain else None, line.action) for line in lines]
        before = [(line.pain.pain.id if line.pain else None, line.action) for line in self.lines]
        if shape != before:
            self.beginResetModel()
            self.lines = lines
            self.endResetModel()
        else:
            self.lines = lines
            if lines:
                self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, STATUS))

    @property
    def document(self) -> Document:
        """The map's records."""
        return self._map.document

    def action(self, index: Index) -> Action | None:
        """The action of a line."""
        return self.document.get(Action, self.lines[index.row()].action) if index.isValid() else None

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """The lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """The columns."""
        return 0 if parent.isValid() else STATUS + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What the columns hold."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        currency = self.document.map.currency
        return [
            _("Pain, the most urgent first"), _("Severity"), _("Frequency"), _("Action"), _("Owner"),
            _("Due"), _("Effort"), _("Cost, {currency}").format(currency=currency), _("Status"),
        ][section]  # fmt: skip

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell as text; the delegate draws from the line itself."""
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.text(index)
        if role == Qt.ItemDataRole.ToolTipRole and index.column() in {PAIN, ACTION}:
            return self.text(index) + ("\n" + _why(line.pain) if index.column() == PAIN and line.pain else "")
        return self.text(index) if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole} else None

    def text(self, index: Index) -> str:
        """A cell in words."""
        line, column = self.lines[index.row()], index.column()
        if column in FIELDS:
            action = self.action(index)
            if action is None:
                return ""
            name, _read, write = FIELDS[column]
            return write(getattr(action, name))
        if line.pain is None:
            return ""
        if column == PAIN:
            return line.pain.pain.text
        return str(line.pain.severity) if column == SEVERITY else reading.show_percent(line.pain.frequency)

    def place(self, line: Line) -> str:
        """Where a pain stands: "P1 · Queue for security"."""
        if line.pain is None:
            return _("answers no pain yet")
        point = self.document.get(Touchpoint, line.pain.pain.touchpoint_id)
        return f"P{line.pain.pain.number} · {point.name if point is not None else ''}"

    def department(self, action: Action) -> str:
        """The department of an action."""
        department = self.document.get(Department, action.department_id)
        return department.name if department is not None else ""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What can be edited where."""
        flag = Qt.ItemFlag
        common = flag.ItemIsEnabled | flag.ItemIsSelectable
        if not index.isValid() or self._map.session.read_only:
            return common
        line, column = self.lines[index.row()], index.column()
        pain = column in {PAIN, SEVERITY, FREQUENCY} and line.pain is not None and line.first
        answer = column == ACTION or (column in FIELDS and line.action is not None)
        return common | flag.ItemIsEditable if pain or answer else common

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """One cell, one change. Naming an action where there is none makes it."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        try:
            make = self._edit(index, str(value))
        except Failure as problem:
            self.refused.emit(str(problem))
            return False
        reason = attempt(self._map, make)
        self.refused.emit(reason)
        return not reason

    def _edit(self, index: Index, text: str) -> Callable[[Document], Change]:
        line, column = self.lines[index.row()], index.column()
        name: str
        value: Value
        if column in FIELDS and line.action is not None:
            action = line.action
            name, read, _write = FIELDS[column]
            value = read(text)
            return lambda document: commands.edit(document, action, **{name: value})
        assert line.pain is not None
        pain = line.pain.pain.id
        if column == ACTION:
            title = text.strip()
            return lambda document: commands.add_action(document, title, pains=[pain]) if title else Change()
        if column == PAIN:
            name, value = "text", text.strip()
        elif column == SEVERITY:
            name, value = "severity", reading.whole(1, 5)(text)
        else:
            name, value = "frequency", reading.percent(text)
        return lambda document: commands.edit(document, pain, **{name: value})

    def add_action(self, index: Index) -> None:
        """One more action for the pain of a line (or one that answers no pain yet)."""
        line = self.lines[index.row()] if index.isValid() else None
        pains = [line.pain.pain.id] if line is not None and line.pain is not None else []
        self.refused.emit(
            attempt(self._map, lambda document: commands.add_action(document, _("New action"), pains=pains))
        )

    def delete_action(self, index: Index) -> None:
        """Deletes the action of a line; the pain stays."""
        action = self.action(index)
        if action is not None:
            self.refused.emit(attempt(self._map, lambda document: commands.delete(document, action.id)))

    def touched(self, change: Change) -> bool:
        """Whether a change bears on the plan."""
        kinds = (PainPoint, Action, Answer, Touchpoint, Department)
        records = [*change.added.values(), *change.removed.values()]
        records += [one for id_ in change.updated if (one := self.document.record(id_)) is not None]
        return any(isinstance(record, kinds) for record in records)


def _lines(open_map: OpenMap) -> list[Line]:
    document = open_map.document
    lines: list[Line] = []
    answered: set[Id] = set()
    for rank, pain in enumerate(ranked(document, open_map.figures, drivers=open_map.driver_weights), 1):
        actions = [answer.action_id for answer in document.referring(Answer, "pain_id", pain.pain.id)]
        answered.update(actions)
        lines += [Line(rank, pain, action, place == 0) for place, action in enumerate(actions or [None])]
    return lines + [Line(0, None, one.id) for one in document.all(Action) if one.id not in answered]


def _why(pain: Ranked) -> str:
    """The factors of a pain's rank, in words."""
    if pain.score is None:
        return _("No rank: nobody knows how often it happens.")
    return _("Rank {score} = {factors}").format(score=wording.number(pain.score, 2), factors=rows.factors(pain))


def state_names() -> dict[str, str]:
    """The states of an action by their key."""
    return {str(key): name for key, name in states()}
