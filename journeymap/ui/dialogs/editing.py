"""Which figure is being edited: opens its small window, passes on what is chosen, shows how it comes out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from journeymap.data import Question
from journeymap.data.recipe.question import SENTIMENT, STEPPED, expanded
from journeymap.i18n import _
from journeymap.model.document import Document
from journeymap.model.figures import Figure
from journeymap.ui.dialogs.choices import COMMENT, MEASURE, Choices, places
from journeymap.ui.dialogs.counting import Counted

if TYPE_CHECKING:
    from journeymap.ui.dialogs.measure import MeasurePopover


class Editing:
    """At most one small window is open over `window`."""

    def __init__(self, window: QWidget, document: Callable[[], Document]) -> None:
        self._window, self._document = window, document
        self._counted: Counted | None = None
        self.popover: MeasurePopover | None = None

    def ask_column(self, choices: Choices, section: int, at: QPoint) -> None:
        """Opens the small window of a figure's column, or of what is heard in comments; another column has none."""
        column = choices.columns[section]
        self.close()
        if column.kind == MEASURE and column.question is not None:
            popover = self._open(choices, column.question, at, composed=False)
            popover.edited.connect(lambda question: choices.ask(column.name, question))
        elif column.kind == COMMENT:
            heard = column.question or Question(SENTIMENT, column.name)
            popover = self._open(choices, heard, at, composed=False)
            popover.edited.connect(lambda question: choices.ask(column.name, question))

    def ask_figure(self, choices: Choices, place: int, at: QPoint) -> None:
        """Opens the small window of a figure that stands in no single column, or is a column's second."""
        self.close()
        question = choices.figures[place]
        second = bool(question.column) and not question.composed and question.kpi not in STEPPED
        popover = self._open(choices, question, at, composed=not second)
        popover.away.show()
        popover.edited.connect(lambda question: choices.ask_figure(place, question))
        popover.removed.connect(lambda: self._remove(choices, place))

    def _open(self, choices: Choices, question: Question, at: QPoint, *, composed: bool) -> MeasurePopover:
        from journeymap.ui.dialogs.measure import Asked, MeasurePopover

        asked = Asked(question, choices, places(self._document()), composed)
        self.popover = MeasurePopover(asked, self._window)
        self.show_live(self._counted, "")
        self.popover.open_at(at)
        return self.popover

    def _remove(self, choices: Choices, place: int) -> None:
        self.close()
        choices.remove_figure(place)

    def close(self) -> None:
        """Closes it; what was chosen holds."""
        if self.popover is not None:
            self.popover.close()
            self.popover.deleteLater()
            self.popover = None

    def complain(self, sentence: str) -> bool:
        """Says in the small window why this cannot be counted; False where none is open."""
        if self.popover is None or not self.popover.isVisible():
            return False
        self.popover.complain(sentence)
        return True

    def show_live(self, counted: Counted | None, note: str) -> None:
        """How the figure comes out; None while that is not known."""
        self._counted = counted
        if self.popover is not None:
            figure = figure_of(counted, self.popover.question) if counted is not None else None
            none = _("no answers") if counted is not None and figure is None else ""
            self.popover.live.show_figure(figure, note or none)


def figure_of(counted: Counted, question: Question) -> Figure | None:
    """The first figure that a question has come to."""
    named = {question.name, *(one.name for one in expanded(question))}
    mine = {
        one.id
        for one in counted.intake.measures
        if one.kpi == question.kpi and (one.column == question.shown or (question.steps and one.name in named))
    }
    return next((figure for _name, figure in counted.figures if figure.measure_id in mine), None)
