"""Figures in the inspector: status shape, value, interval bar with target, period and n; targets and typed figures."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model import commands, days, kpi, wording, xo
from journeymap.model.figures import Figure
from journeymap.model.records import DataSet, Id, Persona
from journeymap.ui.controls import marks
from journeymap.ui.controls.bars import IntervalBar
from journeymap.ui.controls.buttons import Pill
from journeymap.ui.controls.fields import ChoiceField, TextField
from journeymap.ui.controls.heads import Message, Words
from journeymap.ui.panels import reading
from journeymap.ui.panels.form import INDENT, Desk, column, line
from journeymap.ui.panels.page import Page


class Shape(QWidget):
    """A verdict's shape."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(14, 20)
        self._verdict, self._hollow = "none", False

    def show_verdict(self, verdict: str, *, hollow: bool = False) -> None:
        """Shows this verdict."""
        self._verdict, self._hollow = verdict, hollow
        self.setAccessibleName(verdict_text(verdict))
        self.setToolTip(verdict_text(verdict))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        marks.status(QPainter(self), QPointF(6, 10), self._verdict, hollow=self._hollow)


def verdict_text(verdict: str) -> str:
    """A verdict in words."""
    return {
        "met": _("Target met: the whole interval is on the good side"),
        "open": _("Cannot be told yet: the target lies within the interval"),
        "missed": _("Target missed: the whole interval is on the wrong side"),
    }.get(verdict, _("No target"))


def scale_of(figure: Figure) -> tuple[float, float]:
    """The two ends of the bar of a figure, in its own units."""
    if figure.unit == "%":
        return (0.0, 100.0)
    if figure.kpi == "nps":
        return (-100.0, 100.0)
    if figure.statistic in {"mean", "median", "p90"} and len(figure.scale) > 1:
        return (figure.scale[0], figure.scale[-1])
    ends = [abs(value) for value in (figure.value, figure.high, figure.target) if value is not None]
    return (0.0, max(ends, default=1.0) * 1.25 or 1.0)


def key_of(figure: Figure) -> str:
    """What tells one figure of a place from another."""
    return figure.measure_id or figure.typed_id or f"{figure.kpi} {figure.name}"


class FigureRow(QWidget):
    """One figure; its target is edited in place."""

    def __init__(self, page: Page, figure: Figure, target: Callable[[str, float | None], str]) -> None:
        super().__init__(page)
        self._desk: Desk = page.desk
        self._figure = figure
        self._set_target = target
        self.key = key_of(figure)
        self._shape, self._bar = Shape(self), IntervalBar(self)
        self._name = Words("", self)
        self._name.setContentsMargins(4, 0, 0, 0)  # where the text of a typed figure's button begins
        self._value = Words("", self, weight=700, figures=True)
        self._interval = Words("", self, tint="text2", figures=True)
        self._source = Words("", self, size=11, tint="text3")
        self._n = Words("", self, size=11, tint="text3", figures=True)
        self._target = TextField(_("Target"), self, prompt=_("none"))
        self._message = Message(self)
        self._lay_out(figure)
        self._target.committed.connect(self._commit)
        self._target.setEnabled(not self._desk.open_map.session.read_only)
        self.show_figure(figure)

    def _lay_out(self, figure: Figure) -> None:
        rows = column(self, margins=(INDENT, 0, 0, 0))
        top, foot = line(spacing=4), line(spacing=4)
        top.addWidget(self._shape)
        if figure.typed_id:
            name = Pill(figure.name, self, tone="quiet", height=24)
            name.setToolTip(_("Typed in by hand. Press to edit."))
            name.clicked.connect(lambda: self._desk.selection.select(str(figure.typed_id)))
            self._pill: Pill | None = name
            top.addWidget(name)
            self._name.hide()
        else:
            self._pill = None
            top.addWidget(self._name)
        top.addStretch(1)
        top.addWidget(self._value)
        top.addWidget(self._interval)
        foot.addWidget(self._source, 1)
        foot.addWidget(self._n)
        foot.addWidget(Words(_("target"), self, size=11, tint="text3"))
        self._target.setStyleSheet(
            "QLineEdit { font-size: 11px; min-height: 20px; padding: 0 3px; border-radius: 5px; }"
        )
        self._target.setAlignment(Qt.AlignmentFlag.AlignRight)
        foot.addWidget(self._target)
        rows.addLayout(top)
        rows.addWidget(self._bar)
        rows.addLayout(foot)
        rows.addWidget(self._message)
        rows.addSpacing(6)

    def show_figure(self, figure: Figure) -> None:
        """Shows the figure as it is now."""
        self._figure = figure
        self._shape.show_verdict(figure.status, hollow=figure.hollow or figure.hatched)
        self._name.setText(figure.name)
        if self._pill is not None:
            self._pill.relabel(figure.name)
        self._value.setText(wording.value(figure))
        self._interval.setText(wording.interval(figure))
        self._bar.show_figure(scale_of(figure), figure.value, figure.low, figure.high, figure.target, figure.status)
        self._bar.setAccessibleName(wording.spoken(figure))
        self._source.setText(" · ".join(part for part in (self._period(figure), figure.note) if part))
        self._source.setToolTip("\n".join(part for part in (figure.formula, figure.period, figure.note) if part))
        self._n.setText(wording.answers(figure))
        self._target.show_value(reading.show(figure.target))
        self._target.setFixedWidth(40 if len(self._target.text()) < 5 else 64)  # the period needs the rest

    def _period(self, figure: Figure) -> str:
        """The period of a figure, in short where it is whole months."""
        data_set = self._desk.document.get(DataSet, figure.data_set_id)
        return (days.months(data_set.first_day, data_set.last_day) if data_set is not None else "") or figure.period

    def _commit(self, text: str) -> None:
        try:
            value = reading.number(text)
        except Failure as problem:
            self._message.say(str(problem))
            self._target.show_draft(text)
            return
        self._message.say(self._set_target(self._figure.kpi, value))


class FigureList(QWidget):
    """The figures of a touchpoint, a phase or the journey, and a small form that types one in."""

    def __init__(
        self, page: Page, *, touchpoint_id: Id | None = None, phase_id: Id | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent or page)
        self._page = page
        self._place = {"touchpoint_id": touchpoint_id, "phase_id": phase_id}
        self._rows = column(self)
        self._shown: dict[str, FigureRow] = {}
        self._empty = Words(_("No figure yet. Import a survey, or type one in with +."), self, tint="text3", wrap=True)
        self._new: QWidget | None = None
        self._empty.setContentsMargins(INDENT, 0, 0, 0)
        self._rows.addWidget(self._empty)
        self._lack = Words("", self, tint="text3", wrap=True)
        self._lack.setContentsMargins(INDENT, 2, 0, 0)
        self._rows.addWidget(self._lack)
        self.refresh()

    def figures(self) -> tuple[Figure, ...]:
        """What stands here now."""
        all_ = self._page.desk.open_map.figures
        touchpoint, phase = self._place["touchpoint_id"], self._place["phase_id"]
        if touchpoint:
            return tuple(all_.touchpoint.get(touchpoint, ()))
        return tuple(all_.phase.get(phase, ())) if phase else tuple(all_.journey)

    def refresh(self) -> None:
        """Shows the figures as they are now."""
        figures = self.figures()
        if [key_of(figure) for figure in figures] != list(self._shown):
            for row in self._shown.values():
                self._rows.removeWidget(row)
                row.hide()
                row.deleteLater()
            self._shown = {}
            for place, figure in enumerate(figures):
                row = FigureRow(self._page, figure, self._target)
                self._shown[row.key] = row
                self._rows.insertWidget(place, row)
                row.show()
        for figure in figures:
            self._shown[key_of(figure)].show_figure(figure)
        self._empty.setVisible(not figures and self._new is None)
        lack = self._missing() if figures else ""
        self._lack.setText(lack)
        self._lack.setVisible(bool(lack))

    def _missing(self) -> str:
        """What is not known here: the what or the why of a touchpoint, which KPIs the map as a whole lacks."""
        found, touchpoint = self._page.desk.open_map.figures, self._place["touchpoint_id"]
        if touchpoint:
            personas = [persona.id for persona in self._page.desk.document.all(Persona)]
            return xo.known(found, touchpoint, personas).missing
        return "" if self._place["phase_id"] else xo.lack(found)

    def _target(self, name: str, value: float | None) -> str:
        return self._page.desk.do(lambda document: commands.set_target(document, name, value, **self._place))

    def begin(self) -> None:
        """Opens the form that types a figure in."""
        if self._new is not None:
            return
        self._new = _NewFigure(self._page, self._place, self._end)
        self._rows.addWidget(self._new)
        self._new.show()
        self._empty.hide()
        self._new.value.setFocus()

    def _end(self) -> None:
        if self._new is not None:
            self._rows.removeWidget(self._new)
            self._new.hide()
            self._new.deleteLater()
            self._new = None
        self.refresh()


class _NewFigure(QWidget):
    """KPI, value, n: Enter types it in, Escape gives up."""

    def __init__(self, page: Page, place: dict[str, Id | None], done: Callable[[], None]) -> None:
        super().__init__(page)
        self._page, self._place, self._done = page, place, done
        rows = column(self)
        row = line(spacing=4)
        self.kpi = ChoiceField(_("KPI"), self)
        self.kpi.show_options([(name, one.label()) for name, one in kpi.KPIS.items()], "csat")
        self.kpi.chosen.connect(self._choose)
        self.value = TextField(_("Value"), self, prompt=_("Value"), flat=False)
        self.n = TextField(_("Answers (n)"), self, prompt=_("n, if known"), flat=False)
        for widget, stretch in ((self.kpi, 3), (self.value, 2), (self.n, 2)):
            row.addWidget(widget, stretch)
        rows.addLayout(row)
        self.message = Message(self)
        rows.addWidget(self.message)
        buttons = line()
        keep, away = Pill(_("Add figure"), self, tone="plain"), Pill(_("Cancel"), self, tone="quiet")
        keep.clicked.connect(self._keep)
        away.clicked.connect(done)
        buttons.addWidget(keep)
        buttons.addWidget(away)
        buttons.addStretch(1)
        rows.addLayout(buttons)
        self.value.entered.connect(self._keep)
        self.n.entered.connect(self._keep)

    def _choose(self, name: object) -> None:
        self.kpi.show_options([(known, one.label()) for known, one in kpi.KPIS.items()], str(name))

    def _keep(self) -> None:
        try:
            value = reading.number(self.value.text())
            answers = reading.whole(1, 10**9)(self.n.text())
        except Failure as problem:
            self.message.say(str(problem))
            return
        if value is None:
            self.message.say(_("A figure needs a value."))
            return
        name = self.kpi.value() or "csat"
        fields = {"n": answers, "unit": kpi.KPIS[name].unit}
        reason = self._page.desk.do(
            lambda document: commands.type_kpi(document, name, value, **self._place, **fields)  # type: ignore[arg-type]
        )
        self.message.say(reason)
        if not reason:
            self._done()
