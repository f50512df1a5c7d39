"""The small window of one figure: KPI, place, and every key that applies to it, with the figure as it comes out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from journeymap.data import Question
from journeymap.data.recipe import KPIS, STATISTICS
from journeymap.data.recipe.question import SENTIMENT, Worth
from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model import kpi, wording
from journeymap.model.figures import Figure
from journeymap.ui.controls import ink, marks
from journeymap.ui.controls.buttons import Pill, Switch
from journeymap.ui.controls.fields import ChoiceField, TextField
from journeymap.ui.controls.heads import Message, Words
from journeymap.ui.dialogs import asking
from journeymap.ui.dialogs.choices import Choices, satisfied, steps, where
from journeymap.ui.dialogs.composed import Parts
from journeymap.ui.dialogs.parts import NAMES, Answers, CodeGrid, headed, labelled, split
from journeymap.ui.panels import reading

WIDTH = 372
TALLEST = 620


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


class Asked(Struct, frozen=True):
    """What a figure is asked about: the question, and what the file and the map have to choose from."""

    question: Question
    choices: Choices
    places: Sequence[tuple[str, str]]
    composed: bool = False

    @property
    def long_form(self) -> bool:
        """Whether each row names its touchpoint."""
        return bool(self.choices.single("touchpoint"))


class MeasurePopover(QFrame):
    """Edits one `Question`; `edited(question)` after each choice, `removed` where it is to go.

    It closes by Escape or by a click elsewhere.
    """

    edited = Signal(object)
    removed = Signal()

    def __init__(self, asked: Asked, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("look", "card")
        self.setFixedWidth(WIDTH)
        self.asked, self.question = asked, asked.question
        self._choices = asked.choices
        self._decimal = asked.choices.recipe.source.decimal or asked.choices.sample.decimal or "."
        self.rows: dict[str, QWidget] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(4)
        self.title = Words("", self, weight=600, size=16)
        column.addWidget(self.title)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        self._page = QWidget(self._scroll)
        self._page.setObjectName("page")
        self._scroll.setStyleSheet("QScrollArea, QWidget#page { background: transparent; }")
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(0, 0, 4, 0)
        self._column.setSpacing(4)
        self._scroll.setWidget(self._page)
        column.addWidget(self._scroll, 1)
        self._build()
        self.message = Message(self)
        self.live = Live(self)
        foot = QHBoxLayout()
        foot.addWidget(self.live, 1)
        self.away = Pill(_("Remove"), self, tone="quiet", icon="trash")
        self.away.setVisible(asked.composed)
        self.away.clicked.connect(self.removed)
        foot.addWidget(self.away)
        column.addWidget(self.message)
        column.addLayout(foot)
        self.show_question(self.question)

    # ------------------------------------------------------------ building

    def _build(self) -> None:
        self.kpi = ChoiceField(_("KPI"), self._page)
        self.kpi.chosen.connect(lambda name: self._take_kpi(str(name)))
        self.place = ChoiceField(_("Belongs to"), self._page, creates=True, prompt=_("The whole journey"))
        self.place.chosen.connect(lambda key: self._put(str(key or "")))
        self.place.named.connect(lambda name: self._set(touchpoint=name, phase=""))
        self.name = self._text("name", _("Name"), _("as the KPI is called"))
        self._add("kpi", _("KPI"), self.kpi)
        self._add("place", _("Belongs to"), self.place)
        self._add("name", _("Name"), self.name)
        self.parts = Parts(self._choices, self._page)
        self.parts.edited.connect(lambda fields: self._set(**fields))
        self._column.addWidget(self.parts)
        self._build_scale()
        self.statistic = ChoiceField(_("Shown as"), self._page)
        self.statistic.chosen.connect(lambda name: self._set(statistic=str(name or "")))
        self._add("statistic", _("Shown as"), self.statistic)
        self.hours = self._text("hours", _("Hours of business"), _("all; else Mon-Fri 9-17"))
        self._add("hours", _("Within"), self.hours)
        self.missing = self._text("missing", _("No answer"), _("codes, e.g. 9, 99"), split)
        self.absent = self._text("not_applicable", _("Does not apply"), _("codes"), split)
        self._add("missing", _("No answer"), self.missing)
        self._add("not_applicable", _("Not applicable"), self.absent)
        self.unit = ChoiceField(_("Unit"), self._page, creates=True, prompt=_("none"))
        self.unit.chosen.connect(lambda unit: self._set(unit=str(unit or "")))
        self.unit.named.connect(lambda unit: self._set(unit=unit))
        self._add("unit", _("Unit"), self.unit)
        self.worth = {
            "years": self._number("years", _("Years"), "1"), "margin": self._number("margin", _("Margin"), _("0.25 of the revenue")),
            "acquisition_cost": self._number("acquisition_cost", _("Acquisition"), _("cost of winning a customer")),
            "discount": self._number("discount", _("Discount"), _("0.05 a year")),
        }  # fmt: skip
        for key, field in self.worth.items():
            self._add(key, field.accessibleName(), field)
        self.aggregate = self._switch("aggregate", _("Summed up"), _("Each cell is a mean or a rate of many answers"))  # fmt: skip

    def _build_scale(self) -> None:
        self.low, self.high = (
            TextField(_("Lowest code"), self._page, flat=False),
            TextField(_("Highest code"), self._page, flat=False),
        )
        for field in (self.low, self.high):
            field.committed.connect(lambda _text: self._scale())
        ends = QWidget(self._page)
        row = QHBoxLayout(ends)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.low)
        row.addWidget(Words("–", ends, tint="text3"))
        row.addWidget(self.high)
        self._add("scale", _("Scale"), ends)
        self.codes = CodeGrid(self._page, WIDTH - NAMES - 56)
        self.codes.pressed.connect(self._satisfy)
        self._add("positive", _("Satisfied"), self.codes)
        self.reversed = self._switch("reversed", _("1 is best"))
        self.answers = Answers(self._page)
        self.answers.meant.connect(self._mean)
        self.rows["answers"] = headed(_("Answers"), self.answers, self._page)
        self._column.addWidget(self.rows["answers"])

    def _text(self, key: str, label: str, prompt: str = "", read: Any = str) -> TextField:
        field = TextField(label, self._page, prompt=prompt, flat=False)
        field.committed.connect(lambda text: self._set(**{key: read(text.strip())}))
        return field

    def _number(self, key: str, label: str, prompt: str) -> TextField:
        field = TextField(label, self._page, prompt=prompt, flat=False)
        field.committed.connect(lambda text: self._take_worth(key, text))
        return field

    def _switch(self, key: str, label: str, tip: str = "") -> Switch:
        switch = Switch(label, self._page)
        switch.setToolTip(tip)
        clear: dict[str, Any] = {"positive": ()} if key == "reversed" else {}
        switch.clicked.connect(lambda on: self._set(**{key: on}, **clear))
        self._add(key, label, switch)
        return switch

    def _add(self, key: str, label: str, widget: QWidget) -> None:
        self.rows[key] = labelled(label, widget, self._page)
        self._column.addWidget(self.rows[key])

    # ------------------------------------------------------------ showing

    def open_at(self, at: QPoint) -> None:
        """Shows it there, or as near as the screen allows."""
        self._fit()
        screen = self.screen()
        if screen is not None:
            room = screen.availableGeometry()
            at = QPoint(
                max(min(at.x(), room.right() - self.width() - 8), room.left()),
                max(min(at.y(), room.bottom() - self.height() - 8), room.top()),
            )
        self.move(at)
        self.show()
        self.kpi.setFocus(Qt.FocusReason.PopupFocusReason)

    def _fit(self) -> None:
        """As high as what it asks, up to a limit; then it scrolls."""
        self._page.layout().activate()  # type: ignore[union-attr]
        wanted = self._page.sizeHint().height()
        self._scroll.setFixedHeight(min(wanted, TALLEST - 120))
        self.adjustSize()

    def show_question(self, question: Question) -> None:
        """Shows what holds."""
        self.question = question
        long = self.asked.long_form
        place = question.touchpoint or question.phase or (_("where each row says") if long else _("the whole journey"))
        label = kpi.KPIS[question.kpi].label() if question.kpi in kpi.KPIS else question.kpi
        self.title.setText(f"{label}, {place}")
        kinds = asking.COMPOSED if self.asked.composed else (SENTIMENT,) if question.kpi == SENTIMENT else KPIS
        self.kpi.show_options([(name, kpi.KPIS[name].label()) for name in kinds], question.kpi)
        self._show_place()
        self.name.show_value(question.name)
        self._show_statistic()
        self._show_scale()
        self.parts.show_question(question)
        shown = set(asking.keys(question, composed=self.asked.composed))
        shown -= {"positive"} if not steps(question) else set()
        shown -= {"answers"} if not self.answers.fields else set()
        for key, row in (self.rows | self.parts.rows).items():
            row.setVisible(key in shown)
        self.parts.setVisible(not shown.isdisjoint(self.parts.rows))
        self.message.say(asking.lacking(question, composed=self.asked.composed), "info")
        if self.isVisible():
            self._fit()

    def _show_place(self) -> None:
        question, options = self.question, list(self.asked.places)
        if where(question) not in {key for key, _name in options}:
            options.append((where(question), _("New: {name}").format(name=question.touchpoint or question.phase)))
        if self.asked.long_form:
            options[0] = ("", _("Where each row says"))
        self.place.show_options(options, where(question))

    def _show_statistic(self) -> None:
        question = self.question
        allowed = [name for name in STATISTICS if name != "nps" and not (self.asked.composed and name == "share")]
        kinds = [("", _("usual")), *((name, _statistics()[name]) for name in allowed)]
        self.statistic.show_options(kinds, question.statistic)
        units = list(dict.fromkeys([*asking.units(question), *filter(None, [question.unit])]))
        self.unit.show_options([("", _("usual")), *((unit, unit) for unit in units)], question.unit)
        for key, field in self.worth.items():
            value = getattr(question.worth, key)
            field.show_value("" if value == getattr(Worth(), key) else f"{value:g}")
        self.aggregate.setChecked(question.aggregate)
        self.hours.show_value(question.hours)

    def _show_scale(self) -> None:
        question = self.question
        ends = question.scale if len(question.scale) > 1 else (None, None)
        self.low.show_value(reading.show(ends[0]))
        self.high.show_value(reading.show(ends[1]))
        self.missing.show_value(", ".join(reading.show(code) for code in question.missing))
        self.absent.show_value(", ".join(reading.show(code) for code in question.not_applicable))
        self.reversed.setChecked(question.reversed)
        good, labels = satisfied(question), {code: label for label, code in question.labels}
        self.codes.show_codes(
            [(reading.show(code), labels.get(code, ""), code in good) for code in steps(question)],
            fixed=question.kpi == "nps",
        )
        texts = asking.listed(question, self._choices.texts(question.column), self._decimal)
        self.answers.show_answers(
            [(text, asking.meaning(question, text, self._decimal)) for text in texts],
            steps(question) or [0.0, 1.0],
        )

    def complain(self, sentence: str) -> None:
        """Says why this cannot be counted."""
        self.message.say(sentence)
        self._fit()

    # ------------------------------------------------------------ choosing

    def _take_kpi(self, name: str) -> None:
        if self.asked.composed:
            begun = asking.fresh(name, self._choices)
            self._show(replace(begun, touchpoint=self.question.touchpoint, phase=self.question.phase))
            return
        question = self.question
        scale = question.scale if name in {"csat", "ces", "rating", "nps"} else ()
        scale = (0.0, 10.0) if name == "nps" else scale
        self._show(
            Question(
                name,
                question.column,
                question.touchpoint,
                question.phase,
                scale,
                question.missing,
                question.not_applicable,
                question.labels,
                question.reversed and name != "nps",
                name=question.name,
            )
        )

    def _take_worth(self, key: str, text: str) -> None:
        try:
            value = reading.number(text)
        except Failure as problem:
            self.message.say(str(problem))
            return
        if value is None:
            value = getattr(Worth(), key)
        if (key == "years" and value <= 0) or (key == "discount" and value < 0):
            self.message.say(_("Years are above 0, and a discount is not below it."))
            return
        self._set(worth=replace(self.question.worth, **{key: value}))

    def _mean(self, text: str, meaning: str) -> None:
        self._show(asking.mean(self.question, text, meaning, self._decimal))

    def _satisfy(self) -> None:
        chosen = tuple(float(text) for text in self.codes.chosen())
        if not chosen:
            self._show_scale()
            self.message.say(_("At least one code has to count as satisfied."))
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
        self._show(replace(self.question, **fields))

    def _show(self, question: Question) -> None:
        self.show_question(question)
        self.edited.emit(question)


def _statistics() -> dict[str, str]:
    return {
        "share": _("share of satisfied"), "mean": _("mean"), "median": _("median"), "p90": _("90th percentile"),
        "nps": _("NPS"),
    }  # fmt: skip
