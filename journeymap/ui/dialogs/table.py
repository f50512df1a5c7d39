"""The rows of a source as they are, with the role of each column above: what is counted, left out, unreadable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from journeymap.data import Question
from journeymap.data.answers import day, reader
from journeymap.i18n import _
from journeymap.ui import fonts
from journeymap.ui.controls import ink
from journeymap.ui.controls.bars import histogram
from journeymap.ui.dialogs.asking import settled
from journeymap.ui.dialogs.choices import MEASURE, PSEUDONYM, Choices, Column, date_words, roles

Index = QModelIndex | QPersistentModelIndex
STRIP, HEAD, ROW = 64, 72, 32
STATE = int(Qt.ItemDataRole.UserRole) + 1
"""Of a cell: "", "personal", "muted", "bad", "twice"."""
WIDEST = 240
MOST = 300
"""Rows that are shown; the figures count all of them."""
NOWHERE = QModelIndex()


class Rows(QAbstractTableModel):
    """The first rows of the sample, and how each cell is read under the present choices."""

    def __init__(self, choices: Choices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.choices = choices
        self.bars: dict[str, list[tuple[int, str]]] = {}
        self._readers: dict[str, tuple[Question, Callable[[str], Any]]] = {}  # of the columns that were painted
        self._written: dict[tuple[str, str], str] = {}
        layout = choices.sample.layout
        self.first = layout.first + 1 if layout is not None else 2
        self.follow()

    def follow(self) -> None:
        """The choices have changed."""
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
        if self.columnCount():
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def column(self, number: int) -> Column:
        """What was chosen for a column."""
        return self.choices.columns[number]

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """The rows that are shown."""
        return 0 if parent.isValid() else min(len(self.choices.sample.rows), MOST)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """The columns of the file."""
        return 0 if parent.isValid() else len(self.choices.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The column's name; the row's number in the file."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Vertical:
            return str(section + self.first)
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.AccessibleTextRole:
            column = self.column(section)
            return f"{column.name}: {roles()[column.kind].name}. {self.remark(column)}. {column.reason}"
        if role == Qt.ItemDataRole.DisplayRole:
            return self.column(section).name
        if role == Qt.ItemDataRole.ToolTipRole and orientation == Qt.Orientation.Horizontal:
            column = self.column(section)
            asked = self.choices.sample.facts.texts.get(column.name, "")
            return "\n".join(filter(None, [column.name, asked, column.reason]))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell as it stands in the file; personal ones masked."""
        text = self.choices.sample.rows[index.row()][index.column()]
        column = self.column(index.column())
        if role == STATE:
            return self._state(column, text)
        if role == Qt.ItemDataRole.DisplayRole:
            return masked(text) if column.kind == "personal" or column.hashed else self._said(column, text)
        if role == Qt.ItemDataRole.ToolTipRole and self._state(column, text) == "bad":
            return _("Cannot be read as {role}; it is counted as unreadable.").format(role=roles()[column.kind].name)
        return None

    @property
    def dated(self) -> str:
        """How the dates of the date column are written; "" where there are none."""
        key = (self.choices.single("date"), self.choices.recipe.columns.date_format)
        if key not in self._written:
            self._written[key] = self._date_format(*key)
        return self._written[key]

    def _reader(self, column: Column) -> Callable[[str], Any] | None:
        """What reads the cells of a figure's column; None for another one."""
        if column.kind != MEASURE or column.question is None:
            return None
        asked, read = self._readers.get(column.name, (None, None))
        if read is None or asked is not column.question:
            sample, asked = self.choices.sample, column.question
            read = reader(settled(asked, sample.column(column.name), sample.decimal), sample.decimal or ".")
            self._readers[column.name] = (asked, read)
        return read

    def _said(self, column: Column, text: str) -> str:
        from journeymap.data.answers import MISSING, NOT_APPLICABLE

        read = self._reader(column)
        if read is None or not text:
            return text or "–"
        status = read(text).status
        if status == MISSING:
            return _("{text}, no answer").format(text=text)
        return _("{text}, does not apply").format(text=text) if status == NOT_APPLICABLE else text

    def _state(self, column: Column, text: str) -> str:
        from journeymap.data.answers import ANSWER, UNREADABLE

        if column.kind == "personal" or column.hashed:
            return "personal"
        if not text or column.kind in {"other", "respondent"}:
            return "muted"
        read = self._reader(column)
        if read is not None:
            status = read(text).status
            return "bad" if status == UNREADABLE else "" if status == ANSWER else "muted"
        if column.kind == "date" and self.dated:
            return "" if day(text, self.dated) is not None else "bad"
        return ""

    def remark(self, column: Column) -> str:
        """The few words under the pill."""
        words = self._remark(column)
        also = [_("also a segment")] if column.segment else []
        also += [_("pseudonyms")] if column.hashed and column.kind != PSEUDONYM else []
        return ", ".join([*filter(None, [words]), *also])

    def _remark(self, column: Column) -> str:
        if column.kind == MEASURE and column.question is not None:
            return column.question.touchpoint or column.question.phase or self._long_form()
        if column.kind == "personal":
            return self.choices.personal.get(column.name, _("personal"))
        if column.kind == PSEUDONYM:
            return _("kept as a keyed pseudonym")
        if column.name == self.choices.offered and column.kind != "weight":
            return _("a weight? not applied")
        if column.kind == "date" and self.dated:
            return date_words(self.dated, begins=False)
        return column.reason

    def _long_form(self) -> str:
        return _("where each row says") if self.choices.single("touchpoint") else _("the whole journey")

    def _date_format(self, named: str, stated: str) -> str:
        from journeymap.data.answers import date_formats

        if stated or not named:
            return stated
        return next(iter(date_formats([text for text in self.choices.sample.column(named) if text])), "")


def masked(text: str) -> str:
    """Personal data as they are shown: the first letter, and what kind of thing it is."""
    if "@" in text:
        tail = text.rsplit(".", 1)[-1] if "." in text.rsplit("@", 1)[-1] else ""
        return f"{text[:1]}•••@•••" + (f".{tail}" if tail else "")
    return f"{text[:1]}•••" if text else "–"


class _Cells(QStyledItemDelegate):
    """Cells: grounds of personal and selected columns, unreadable ones framed."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws it."""
        box = QRectF(option.rect)
        state = index.data(STATE)
        view = option.widget
        current = isinstance(view, Table) and view.currentIndex().column() == index.column()
        painter.fillRect(box, ink.colour("stage1" if state == "personal" else "brand1" if current else "card"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), ink.colour("hair"))
        tint = {"bad": "pain", "personal": "text3", "muted": "text3"}.get(state, "text")
        ink.write(painter, box.adjusted(14, 0, -8, 0), str(index.data()), 13, 400, tint, figures=_numeric(index.data()))
        if state == "bad":
            painter.setPen(QPen(ink.colour("pain"), 1.5))
            painter.drawRect(box.adjusted(1, 1, -1.5, -2))
        if isinstance(view, Table) and view.hasFocus() and view.currentIndex() == index:
            ink.focus_ring(painter, box.adjusted(0, 0, 0, -1), 4)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Every row is as high."""
        del option, index
        return QSize(100, ROW)


def _numeric(text: object) -> bool:
    return str(text)[:1].isdigit()


class _Strip(QHeaderView):
    """Above each column: the role as a pill, a few words, the column's name and the distribution of its answers."""

    pressed_role = Signal(int)
    pressed_name = Signal(int)

    def __init__(self, rows: Rows, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._rows = rows
        self.setSectionsClickable(True)
        self.setMouseTracking(True)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)

    def sizeHint(self) -> QSize:
        """Strip and head."""
        return QSize(100, STRIP + HEAD)

    def paintSection(self, painter: QPainter, rect: Any, section: int) -> None:
        """Draws one column's head."""
        if section >= self._rows.columnCount():
            return
        column = self._rows.column(section)
        role = roles()[column.kind]
        box = QRectF(rect)
        view = self.parent()
        current = isinstance(view, Table) and view.currentIndex().column() == section
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(QRectF(box.left(), 0, box.width(), STRIP), ink.colour("ground"))
        painter.fillRect(QRectF(box.left(), STRIP, box.width(), HEAD), ink.colour("brand1" if current else "card"))
        painter.fillRect(QRectF(box.left(), STRIP + HEAD - 1, box.width(), 1), ink.colour("border"))
        self._pill(painter, QRectF(box.left() + 6, 10, box.width() - 12, 28), column, role.tone, role.icon)
        ink.write(
            painter, QRectF(box.left() + 14, 40, box.width() - 18, 18), self._rows.remark(column), 11, 400, "text2"
        )
        self._name(painter, QRectF(box.left() + 14, STRIP + 8, box.width() - 22, 34), column.name)
        bars = self._rows.bars.get(column.name, ())
        histogram(painter, QRectF(box.left() + 14, STRIP + HEAD - 29, box.width() - 28, 22), bars)
        painter.restore()

    def _pill(self, painter: QPainter, box: QRectF, column: Column, tone: str, icon: str) -> None:
        fill, stroke, tint = {
            "plain": ("card", "border", "text"), "brand": ("brand", "brand", "on_brand"), "personal": ("painb", "pain", "pain"),
        }[tone]  # fmt: skip
        muted = column.kind == "other"
        ink.panel(painter, box, "ground" if muted else fill, stroke, 6)
        tint = "text3" if muted else tint
        ink.icon(painter, icon, QPointF(box.left() + 14, box.center().y()), 14, tint)
        ink.icon(painter, "caret-down", QPointF(box.right() - 12, box.center().y()), 12, tint)
        ink.write(painter, box.adjusted(26, 0, -22, 0), self.title(column), 13, 400 if muted else 600, tint)

    def title(self, column: Column) -> str:
        """What the pill says."""
        if column.kind == MEASURE and column.question is not None:
            from journeymap.model.kpi import KPIS

            known = KPIS.get(column.question.kpi)
            return known.label() if known is not None else column.question.kpi
        return roles()[column.kind].name

    def _name(self, painter: QPainter, box: QRectF, name: str) -> None:
        painter.setFont(fonts.font(13, 600))
        painter.setPen(ink.colour("text"))
        lines = _two_lines(name, box.width())
        asked = self._rows.choices.sample.facts.texts.get(name, "")
        if asked and len(lines) == 1:
            ink.write(painter, QRectF(box.left(), box.top() + 17, box.width(), 14), asked, 11, 400, "text2")
        for place, text in enumerate(lines):
            ink.write(painter, QRectF(box.left(), box.top() + 16 * place, box.width(), 16), text, 13, 600)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The pill opens the menu of roles; the head the question."""
        section = self.logicalIndexAt(event.position().toPoint())
        edge = self.sectionViewportPosition(section) + self.sectionSize(section)
        if section < 0 or abs(edge - event.position().x()) < 4:
            super().mousePressEvent(event)
        elif event.position().y() < STRIP:
            self.pressed_role.emit(section)
        else:
            self.pressed_name.emit(section)


class _Numbers(QHeaderView):
    """The rows' numbers in the file."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setDefaultSectionSize(ROW)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFixedWidth(48)

    def paintSection(self, painter: QPainter, rect: Any, section: int) -> None:
        """Draws one number."""
        box = QRectF(rect)
        painter.fillRect(box, ink.colour("card"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), ink.colour("hair"))
        ink.write(
            painter, box.adjusted(0, 0, -10, 0), str(self.model().headerData(section, Qt.Orientation.Vertical)), 11, tint="text3", figures=True,
            align=Qt.AlignmentFlag.AlignRight,
        )  # fmt: skip


def _two_lines(text: str, width: float) -> list[str]:
    words, lines = text.split(" "), [""]
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and ink.text_width(longer, weight=600) > width and len(lines) < 2:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


class Table(QTableView):
    """The rows. `role_asked(column, point)` and `question_asked(column, point)` with where to open what is asked for;
    `stood(column)` when another column is current.

    Enter asks for the role of the current column, Space for its question; Tab leaves.
    """

    role_asked = Signal(int, QPoint)
    stood = Signal(int)
    question_asked = Signal(int, QPoint)

    def __init__(self, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = Rows(choices, self)
        self.strip = _Strip(self.rows, self)
        self.setHorizontalHeader(self.strip)
        self.setModel(self.rows)
        self.setItemDelegate(_Cells(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setAccessibleName(_("Rows of the file"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalHeader(_Numbers(self))
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        edge = STRIP / (STRIP + HEAD)  # the strip's ground runs on over the numbers of the rows
        self.setStyleSheet(
            f"QTableCornerButton::section {{ border: none; background: qlineargradient(x1:0, y1:0, x2:0, y2:1, "
            f"stop:0 {ink.colour('ground').name()}, stop:{edge:.5f} {ink.colour('ground').name()}, "
            f"stop:{edge + 0.0001:.5f} {ink.colour('card').name()}, stop:1 {ink.colour('card').name()}); }}"
        )
        self._widen()
        self.strip.pressed_role.connect(lambda section: self._ask(self.role_asked, section, STRIP - 24))
        self.strip.pressed_name.connect(lambda section: self._ask(self.question_asked, section, STRIP + HEAD))

    def _widen(self) -> None:
        """Gives every column its width, with one layout for all of them."""
        widths: dict[tuple[str, float, int, bool], float] = {}  # titles and remarks come again and again

        def width(text: str, size: float = ink.BODY, weight: int = 400, *, figures: bool = False) -> float:
            key = (text, size, weight, figures)
            if key not in widths:
                widths[key] = ink.text_width(text, size, weight, figures=figures)
            return widths[key]

        self.strip.blockSignals(True)
        self.strip.setUpdatesEnabled(False)
        for section in range(self.rows.columnCount()):
            self.strip.resizeSection(section, self._wide(section, width))
        self.strip.setUpdatesEnabled(True)
        self.strip.blockSignals(False)
        self.strip.setStretchLastSection(True)
        self.doItemsLayout()

    def _wide(self, section: int, width: Callable[..., float]) -> int:
        column = self.rows.column(section)
        cells = [row[section][:40] for row in self.rows.choices.sample.rows[:40]]
        cell = max(cells, key=len, default="")
        longest = width(cell, figures=_numeric(cell)) + 30
        if longest >= WIDEST:
            return WIDEST
        title = width(self.strip.title(column), weight=600) + 66
        name = max((width(word, weight=600) for word in column.name.split(" ")), default=0) + 28
        remark = min(width(self.rows.remark(column), 11) + 22, 168)
        return round(min(max(longest, title, name, remark, 104), WIDEST))

    def show_column(self, name: str) -> None:
        """Brings a column into sight and lights it."""
        index = self.rows.index(max(self.currentIndex().row(), 0), self.rows.choices.place(name))
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _ask(self, signal: Any, section: int, y: int) -> None:
        self.setCurrentIndex(self.rows.index(max(self.currentIndex().row(), 0), section))
        x = self.strip.sectionViewportPosition(section) + 6
        signal.emit(section, self.strip.viewport().mapToGlobal(QPoint(x, y)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space open what belongs to the current column."""
        section = self.currentIndex().column()
        if section >= 0 and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._ask(self.role_asked, section, STRIP - 24)
        elif section >= 0 and event.key() == Qt.Key.Key_Space:
            self._ask(self.question_asked, section, STRIP + HEAD)
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        """The current column is lit."""
        super().currentChanged(current, previous)
        if current.column() != previous.column():
            self.stood.emit(current.column())
        self.viewport().update()
        self.strip.viewport().update()

    def follow(self, bars: dict[str, list[tuple[int, str]]] | None = None) -> None:
        """The choices have changed, or their counts are known."""
        if bars is not None:
            self.rows.bars = bars
        self.rows.follow()
        self.strip.viewport().update()
