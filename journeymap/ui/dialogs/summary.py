"""The right side of the import: figures as they come out, every row accounted for, personal data, what will change."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from journeymap.i18n import _, ngettext
from journeymap.model import wording
from journeymap.model.figures import Figure
from journeymap.ui.controls import ink, marks
from journeymap.ui.controls.bars import ShareBar
from journeymap.ui.controls.heads import SectionHead, Words
from journeymap.ui.dialogs.matches import Match
from journeymap.ui.dialogs.matching import Matching

if TYPE_CHECKING:
    from journeymap.data import Intake

WIDTH = 360
SHOWN = 6
"""Figures that are listed; the rest is counted."""
LOSSES = ("control", "pain", "border", "text3")


class Line(Struct, frozen=True):
    """One line of a list: an icon or a coloured square, words, a quiet remark, an end at the right."""

    text: str
    end: str = ""
    remark: str = ""
    icon: str = ""
    square: str = ""
    tint: str = "text2"


class Lines(QWidget):
    """A list of lines, each 28 high."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Shows these."""
        self.lines = list(lines)
        self.setFixedHeight(28 * len(self.lines))
        self.setAccessibleName("; ".join(f"{line.text} {line.remark} {line.end}" for line in lines))
        self.setToolTip("\n".join(f"{line.text} {line.end}".strip() for line in lines))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        painter = QPainter(self)
        for place, line in enumerate(self.lines):
            box = QRectF(0, 28 * place, self.width(), 28)
            if line.icon:
                ink.icon(painter, line.icon, QPointF(8, box.center().y()), 16, line.tint)
            elif line.square:
                ink.panel(painter, QRectF(1, box.center().y() - 5, 10, 10), line.square, radius=2)
            wide = ink.text_width(line.end, figures=True)
            ink.write(painter, box, line.end, tint="text2", align=Qt.AlignmentFlag.AlignRight, figures=True)
            room = QRectF(24, box.top(), box.width() - 24 - wide - 12, 28)
            said = ink.text_width(line.text)
            ink.write(painter, room, line.text)
            if line.remark and said + 12 < room.width():
                ink.write(painter, room.adjusted(said + 8, 0, 0, 0), line.remark, tint="text3")


class FigureLines(QWidget):
    """Figures, two lines each: shape, place and KPI with n, value and interval. `chosen(measure id)` on a click."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(_("Press a figure to see its column"))
        self._rows: list[tuple[str, Figure]] = []
        self._current = 0

    def show_figures(self, rows: Sequence[tuple[str, Figure]]) -> None:
        """(name of the place, figure) of each."""
        self._rows = list(rows)[:SHOWN]
        self.setFixedHeight(40 * len(self._rows))
        self.setAccessibleName("; ".join(f"{name}: {wording.spoken(figure)}" for name, figure in self._rows))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """To the column of the figure under the pointer."""
        self._choose(int(event.position().y() // 40))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys walk, Enter goes to the column."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and self._rows:
            self._current = min(max(self._current + step, 0), len(self._rows) - 1)
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._choose(self._current)
        else:
            super().keyPressEvent(event)

    def _choose(self, place: int) -> None:
        if 0 <= place < len(self._rows):
            self._current = place
            self.chosen.emit(self._rows[place][1].measure_id or "")

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(WIDTH - 48, 40 * len(self._rows))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        painter = QPainter(self)
        for place, (name, figure) in enumerate(self._rows):
            top = 40.0 * place
            if self.hasFocus() and place == self._current:
                ink.focus_ring(painter, QRectF(0, top, self.width(), 39), 4)
            painter.fillRect(QRectF(0, top + 39, self.width(), 1), ink.colour("hair"))
            marks.status(painter, QPointF(6, top + 20), figure.status, hollow=figure.hollow)
            value, interval = wording.value(figure), wording.interval(figure)
            wide_value = ink.text_width(value, 16, 700, figures=True)
            wide_interval = ink.text_width(interval, 13, figures=True) + 8 * bool(interval)
            right = self.width() - wide_interval
            ink.write(painter, QRectF(right + 8, top, wide_interval, 40), interval, tint="text2", figures=True)
            ink.write(painter, QRectF(right - wide_value, top, wide_value + 2, 40), value, 16, 700, figures=True)
            room = right - wide_value - 34
            ink.write(painter, QRectF(22, top + 3, room, 18), name)
            note = figure.note or wording.answers(figure)
            ink.write(painter, QRectF(22, top + 20, room, 16), f"{figure.name}, {note}", 11, tint="text3")


class Summary(QFrame):
    """The right panel of the import dialog."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.setFixedWidth(WIDTH)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.addWidget(scroll)
        page = QWidget(scroll)
        scroll.setWidget(page)
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(24, 12, 24, 16)
        self._column.setSpacing(0)
        self.figures = FigureLines(page)
        self.bar = ShareBar(page)
        self.account, self.personal, self.change, self.warnings = (
            Lines(page),
            Lines(page),
            Lines(page),
            Words("", page, size=12, tint="opent", wrap=True),
        )
        self.matching = Matching(page)
        self._heads: list[SectionHead] = []
        self._section(page, _("On the map"), self.figures)
        self._rows = self._section(page, _("Every row accounted for"), self.bar, self.account)
        self._places = self._section(page, _("Touchpoints"), self.matching)
        self._found = self._section(page, _("Personal data"), self.personal)
        self._coming = self._section(page, _("What will change"), self.change)
        self._column.addSpacing(8)
        self._column.addWidget(self.warnings)
        self._column.addStretch(1)
        self.forget()

    def _section(self, page: QWidget, title: str, *parts: QWidget) -> SectionHead:
        head = SectionHead(title, page, size=16)
        self._heads.append(head)
        self._column.addWidget(head)
        for part in parts:
            self._column.addWidget(part)
            self._column.addSpacing(6)
        self._column.addSpacing(6)
        return head

    def forget(self) -> None:
        """Nothing is counted: no figure of before may stand here as if it held, nor a head over nothing."""
        self.show_figures(())
        self.bar.show_parts([])
        self.account.show_lines([])
        self.change.show_lines([])
        self.warnings.setVisible(False)
        self._heads[0].end.setText(_("not counted"))
        self._rows.end.setText("")
        for part in (self._rows, self.bar, self._found, self.personal, self._coming):
            part.hide()

    def show_matches(self, matches: Sequence[Match], names: Sequence[str]) -> None:
        """What the names of the source mean on the map."""
        unsure = sum(bool(match.near) for match in matches)
        new = sum(bool(match.meant) and not match.known for match in matches)
        if unsure:
            end = ngettext("{n} to confirm", "{n} to confirm", unsure).format(n=unsure)
        elif new:
            end = ngettext("{n} new", "{n} new", new).format(n=new)
        else:
            end = _("all on the map")
        self._places.end.setText(end)
        self._places.setVisible(bool(matches))
        self.matching.show_matches(matches, names)

    def show_figures(self, rows: Sequence[tuple[str, Figure]]) -> None:
        """The figures as they come out; the worst first."""
        self.figures.show_figures(rows)
        few = len(rows) > SHOWN
        self._heads[0].end.setText(_("{few} of {all} shown").format(few=SHOWN, all=len(rows)) if few else "")

    def show_counted(self, intake: Intake, figures: Sequence[tuple[str, Figure]], out: Collection[str]) -> None:
        """What was counted: figures, rows, personal columns; `out` are those that do not stay as they are."""
        account = intake.account
        self.show_figures(figures)
        self.show_account(account["rows_read"], account["rows_used"], account["rows_dropped"], account["no_touchpoint"])
        found = [(name, why, name in out, False) for name, why in intake.personal.items()]
        found += [(name, _("keyed pseudonym"), True, True) for name in account["pseudonymised"]]
        self.show_personal(found)

    def show_account(self, read: int, used: int, dropped: dict[str, int], no_touchpoint: int = 0) -> None:
        """What becomes of every row."""
        losses = [(reason, count) for reason, count in dropped.items() if count]
        if no_touchpoint:
            losses.append((_("touchpoint unknown"), no_touchpoint))
        self._rows.end.setText(_("{n} read").format(n=wording.count(read)))
        parts = [(used - no_touchpoint, "brand")]
        parts += [(count, LOSSES[place % len(LOSSES)]) for place, (_r, count) in enumerate(losses)]
        self.bar.show_parts(parts, _("{used} of {read} rows used").format(used=used, read=read))
        lines = [Line(_("Used"), wording.count(used - no_touchpoint), square="brand")]
        lines += [
            Line(reason[:1].upper() + reason[1:], wording.count(count), square=LOSSES[place % len(LOSSES)])
            for place, (reason, count) in enumerate(losses)
        ]
        self.account.show_lines(lines)
        self._rows.show()
        self.bar.show()

    def show_personal(self, found: Sequence[tuple[str, str, bool, bool]]) -> None:
        """(column, why, left out, pseudonymised) of each column that looks personal."""
        count = len(found)
        self._found.show()
        self.personal.show()
        self._found.end.setText(
            ngettext("{n} column found", "{n} columns found", count).format(n=count) if count else _("none found")
        )
        self.personal.show_lines(
            [
                Line(
                    name,
                    why if hashed else _("left out") if out else _("kept as {kind}").format(kind=why),
                    icon="fingerprint" if hashed else "prohibit" if out else "warning",
                    tint="pain",
                )
                for name, why, out, hashed in found
            ]
        )

    def show_change(self, lines: Sequence[Line], warnings: Sequence[str] = ()) -> None:
        """What the import will do to the map, and what should be known about it."""
        self.change.show_lines(lines)
        self._coming.setVisible(bool(lines))
        self.warnings.setText("\n".join(warnings))
        self.warnings.setVisible(bool(warnings))
