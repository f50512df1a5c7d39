"""The small window of one figure's column: KPI, place, satisfied codes, codes of no answer, which end is best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from journeymap.data import Question
from journeymap.data.recipe import KPIS, STATISTICS
from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model import kpi, wording
from journeymap.model.figures import Figure
from journeymap.ui.controls import ink, marks
from journeymap.ui.controls.buttons import Painted, Switch
from journeymap.ui.controls.fields import ChoiceField, TextField
from journeymap.ui.controls.heads import Message, Words
from journeymap.ui.dialogs.choices import satisfied, steps, where
from journeymap.ui.panels import reading

WIDTH = 304


class Code(Painted):
    """One answer code that counts or does not."""

    def __init__(self, text: str, parent: QWidget, *, tip: str = "") -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setText(text)
        self.setAccessibleName(tip or text)
        self.setToolTip(tip)
        self.setFixedSize(max(28, round(ink.text_width(text)) + 14), 28)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        painter = QPainter(self)
        on = self.isChecked()
        ink.panel(
            painter, self.box(), "brand" if on else "hover" if self.underMouse() else "card", None if on else "border"
        )
        ink.write(
            painter, self.box(), self.text(), 13, 600 if on else 400, "on_brand" if on else "text",
            Qt.AlignmentFlag.AlignHCenter, figures=True,
        )  # fmt: skip
        if self.hasFocus():
            if on:
                ink.panel(painter, self.box().adjusted(2, 2, -2, -2), None, "on_brand", 4)
            else:
                ink.focus_ring(painter, self.box(), 6)


class Live(QWidget):
    """The figure as it comes out under the present choices."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(28)
        self._figure: Figure | None = None
        self._note = ""

    def show_figure(self, figure: Figure | None, note: str = "") -> None:
        """Shows it; None while it is being counted."""
        self._figure, self._note = figure, note
        self.setAccessibleName(wording.spoken(figure) if figure is not None else note)
        self.setToolTip(figure.note if figure is not None else "")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        painter = QPainter(self)
        box = self.rect().toRectF()
        if self._figure is None:
            ink.write(painter, box, self._note or _("Counting …"), 13, 400, "text3")
            return
        marks.status(painter, QPointF(6, box.center().y()), self._figure.status)
        value = wording.value(self._figure)
        wide = ink.text_width(value, 13, 700, figures=True)
        ink.write(painter, box.adjusted(18, 0, 0, 0), value, 13, 700, figures=True)
        rest = ", ".join(
            part for part in (wording.interval(self._figure), wording.answers(self._figure), self._note) if part
        )
        ink.write(painter, box.adjusted(18 + wide + 8, 0, 0, 0), rest, 13, 400, "text2", figures=True)


class MeasurePopover(QFrame):
    """Edits one `Question`; `edited(question)` after each choice. It closes by Escape or by a click elsewhere."""

    edited = Signal(object)

    def __init__(
        self, question: Question, places: Sequence[tuple[str, str]], parent: QWidget | None = None, *, long_form: bool = False
    ) -> None:  # fmt: skip
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("look", "card")
        self.setFixedWidth(WIDTH)
        self.question = question
        self._places = list(places)
        self._long = long_form
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 12)
        self._column.setSpacing(4)
        self.title = Words("", self, weight=600)
        self._column.addWidget(self.title)
        self._build()
        self.message = Message(self)
        self.live = Live(self)
        self._column.addWidget(self.message)
        self._column.addWidget(self.live)
        self.show_question(question)

    def _build(self) -> None:
        self.kpi = ChoiceField(_("KPI"), self)
        self.kpi.chosen.connect(lambda name: self._set(kpi=str(name), statistic="", positive=()))
        self.place = ChoiceField(_("Belongs to"), self, creates=True, prompt=_("The whole journey"))
        self.place.chosen.connect(lambda key: self._put(str(key or "")))
        self.place.named.connect(lambda name: self._set(touchpoint=name, phase=""))
        self.place.setEnabled(not self._long)
        self.statistic = ChoiceField(_("Shown as"), self)
        self.statistic.chosen.connect(lambda name: self._set(statistic=str(name or "")))
        self.low, self.high = (
            TextField(_("Lowest code"), self, flat=False),
            TextField(_("Highest code"), self, flat=False),
        )
        for field in (self.low, self.high):
            field.committed.connect(lambda _text: self._scale())
        self.missing = TextField(_("No answer"), self, prompt=_("codes, e.g. 9, 99"), flat=False)
        self.absent = TextField(_("Does not apply"), self, prompt=_("codes"), flat=False)
        self.missing.committed.connect(lambda text: self._set(missing=_codes(text)))
        self.absent.committed.connect(lambda text: self._set(not_applicable=_codes(text)))
        self.reversed = Switch(_("1 is best"), self)
        self.reversed.clicked.connect(lambda on: self._set(reversed=on, positive=()))
        ends = QWidget(self)
        row = QHBoxLayout(ends)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.low)
        row.addWidget(Words("–", ends, tint="text3"))
        row.addWidget(self.high)
        self._codes = QWidget(self)
        self._grid = QGridLayout(self._codes)
        self._grid.setContentsMargins(0, 2, 0, 2)
        self._grid.setSpacing(4)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignLeft)
        for label, widget in (
            (_("KPI"), self.kpi), (_("Belongs to"), self.place), (_("Shown as"), self.statistic), (_("Scale"), ends),
            (_("Satisfied"), self._codes), (_("No answer"), self.missing), (_("Not applicable"), self.absent),
            (_("1 is best"), self.reversed),
        ):  # fmt: skip
            self._row(label, widget)

    def _row(self, label: str, widget: QWidget) -> None:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        words = Words(label, holder, tint="text2")
        words.setFixedWidth(96)
        row.addWidget(words)
        row.addWidget(widget, 0 if widget is self.reversed else 1)
        if widget is self.reversed:
            row.addStretch(1)
        self._column.addWidget(holder)
        widget.setProperty("row", holder)

    def open_at(self, at: QPoint) -> None:
        """Shows it there, or as near as the screen allows."""
        screen = self.screen()
        if screen is not None:
            room = screen.availableGeometry()
            at = QPoint(
                min(at.x(), room.right() - self.width() - 8), min(at.y(), room.bottom() - self.sizeHint().height() - 8)
            )
        self.move(at)
        self.show()

    def show_question(self, question: Question) -> None:
        """Shows what holds."""
        self.question = question
        place = (
            question.touchpoint
            or question.phase
            or (_("where each row says") if self._long else _("the whole journey"))
        )
        label = kpi.KPIS[question.kpi].label() if question.kpi in kpi.KPIS else question.kpi
        self.title.setText(f"{label}, {place}")
        self.kpi.show_options([(name, kpi.KPIS[name].label()) for name in KPIS], question.kpi)
        options = list(self._places)
        if where(question) not in {key for key, _name in options}:
            options.append((where(question), _("New: {name}").format(name=question.touchpoint or question.phase)))
        self.place.show_options(options, where(question))
        kinds = [("", _("usual")), *((name, _statistics()[name]) for name in STATISTICS if name != "nps")]
        self.statistic.show_options(kinds, question.statistic)
        ends = question.scale if len(question.scale) > 1 else (None, None)
        self.low.show_value(reading.show(ends[0]))
        self.high.show_value(reading.show(ends[1]))
        self.missing.show_value(", ".join(reading.show(code) for code in question.missing))
        self.absent.show_value(", ".join(reading.show(code) for code in question.not_applicable))
        self.reversed.setChecked(question.reversed)
        self._show_codes()
        self.statistic.property("row").setVisible(question.kpi != "nps")
        self.adjustSize()

    def _show_codes(self) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        good, labels = satisfied(self.question), {code: label for label, code in self.question.labels}
        fixed = self.question.kpi == "nps"
        for place, code in enumerate(steps(self.question)):
            button = Code(reading.show(code), self._codes, tip=labels.get(code, ""))
            button.setChecked(code in good)
            button.setEnabled(not fixed)
            button.clicked.connect(self._satisfy)
            self._grid.addWidget(button, place // 5, place % 5)
        self._codes.property("row").setVisible(bool(steps(self.question)) and self.question.kpi != "number")

    def _satisfy(self) -> None:
        items = (self._grid.itemAt(place) for place in range(self._grid.count()))
        buttons = [item.widget() for item in items if item is not None]
        chosen = tuple(float(one.text()) for one in buttons if isinstance(one, Code) and one.isChecked())
        if not chosen:
            self.message.say(_("At least one code has to count as satisfied."))
            self._show_codes()
            return
        self._set(positive=chosen)

    def _put(self, key: str) -> None:
        kind, _space, name = key.partition(" ")
        self._set(touchpoint=name if kind == "touchpoint" else "", phase=name if kind == "phase" else "")

    def _scale(self) -> None:
        try:
            low, high = reading.number(self.low.text()), reading.number(self.high.text())
        except Failure as problem:
            self.message.say(str(problem))
            return
        if low is None or high is None:
            self._set(scale=())
        elif low >= high:
            self.message.say(_("The lowest code has to be below the highest."))
        else:
            self._set(scale=(low, high), positive=())

    def _set(self, **fields: object) -> None:
        self.message.say("")
        self.show_question(replace(self.question, **fields))  # type: ignore[arg-type]
        self.edited.emit(self.question)


def _codes(text: str) -> tuple[float | str, ...]:
    found: list[float | str] = []
    for part in text.replace(";", ",").split(","):
        plain = part.strip()
        if plain:
            try:
                found.append(float(plain))
            except ValueError:
                found.append(plain)
    return tuple(found)


def _statistics() -> dict[str, str]:
    return {
        "share": _("share of satisfied"), "mean": _("mean"), "median": _("median"), "p90": _("90th percentile"),
        "nps": _("NPS"),
    }  # fmt: skip
