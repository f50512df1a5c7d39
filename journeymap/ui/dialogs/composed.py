"""The fields of a figure that stands in several columns: two times, who left and joined, amounts, steps."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from journeymap.data import Question
from journeymap.i18n import _
from journeymap.ui.controls.fields import ChoiceField
from journeymap.ui.dialogs.choices import Choices
from journeymap.ui.dialogs.parts import Ordered, WhoField, column_options, labelled

MOST_STEPS = 200
"""Values of a column of events that are offered as steps."""


class Parts(QWidget):
    """One row for each key; `edited(fields)` after each choice. Whoever shows it hides the rows that do not apply."""

    edited = Signal(object)

    def __init__(self, choices: Choices, parent: QWidget) -> None:
        super().__init__(parent)
        self._choices = choices
        self.rows: dict[str, QWidget] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        columns = {"begin": _("From"), "end": _("To"), "column": _("Events"), "customer": _("Customer")}
        self.columns = {key: self._column_field(key, label) for key, label in columns.items()}
        whos = {"stayed": _("Stayed"), "lost": _("Left"), "joined": _("Joined"), "start": _("Was there")}
        self.whos = {key: self._who_field(key, label) for key, label in whos.items()}
        self.amount = self._ordered("amount", _("Amount"))
        self.steps = self._ordered("steps", _("Steps"))

    def _column_field(self, key: str, label: str) -> ChoiceField:
        field = ChoiceField(label, self)
        field.chosen.connect(lambda name: self._take_column(key, str(name or "")))
        self._add(key, label, field)
        return field

    def _who_field(self, key: str, label: str) -> WhoField:
        field = WhoField(label, self._choices.sample.columns, self._choices.texts, self)
        field.edited.connect(lambda who: self.edited.emit({key: who}))
        self._add(key, label, field)
        return field

    def _ordered(self, key: str, label: str) -> Ordered:
        field = Ordered(label, self)
        field.edited.connect(lambda names: self.edited.emit({key: names}))
        self._add(key, label, field)
        return field

    def _add(self, key: str, label: str, widget: QWidget) -> None:
        self.rows[key] = labelled(label, widget, self)
        self._column.addWidget(self.rows[key])

    def _take_column(self, key: str, name: str) -> None:
        """Other events have other steps."""
        self.edited.emit({key: name, **({"steps": ()} if key == "column" else {})})

    def show_question(self, question: Question) -> None:
        """Shows what holds."""
        names = self._choices.sample.columns
        for key, field in self.columns.items():
            nothing = _("Each step is a column") if key == "column" else "–"
            field.show_options(column_options(names, nothing), getattr(question, key))
        for key, who in self.whos.items():
            who.show_who(getattr(question, key), self._choices.single("date"))
        self.amount.show_names(question.amount, names)
        events = self._choices.texts(question.column)[:MOST_STEPS] if question.column else names
        self.steps.show_names(question.steps, events)
