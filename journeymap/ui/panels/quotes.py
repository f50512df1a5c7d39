"""What customers said: the quotes of a touchpoint, each with its source."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from journeymap.i18n import _
from journeymap.model.records import Id
from journeymap.ui.panels.form import Form, Several, column, line
from journeymap.ui.panels.page import Page, remove_button

SMALL = "QLineEdit { font-size: 11px; min-height: 20px; padding: 0 4px; border-radius: 5px; }"


class QuoteRow(QWidget):
    """One quote: text, source, a cross."""

    def __init__(self, page: Page, id_: Id) -> None:
        super().__init__(page)
        rows = column(self)
        self._form = Form(page.desk, id_, self)
        self.text = self._form.prose("text", "", prompt=_("In their own words"))
        foot = line(spacing=4)
        self._foot = Form(page.desk, id_, self)
        source = self._foot.text("source", "", prompt=_("Source: survey, interview, date"))
        source.setStyleSheet(SMALL)
        foot.addWidget(self._foot, 1)
        foot.addWidget(remove_button(page, id_, _("Delete this quote"), self))
        rows.addWidget(self._form)
        rows.addLayout(foot)
        rows.addSpacing(4)

    def refresh(self) -> None:
        """Shows the quote as it is now."""
        self._form.refresh()
        self._foot.refresh()


def quotes(page: Page, ids: Callable[[], Sequence[Id]]) -> Several:
    """The list of quotes."""
    return Several(ids, lambda id_: QuoteRow(page, id_), page)
