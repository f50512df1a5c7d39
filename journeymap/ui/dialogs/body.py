"""The middle of the import dialog: figures from several columns, the rows with their roles, why, and what comes of it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from journeymap.ui.dialogs.band import FigureBand
from journeymap.ui.dialogs.choices import Choices
from journeymap.ui.dialogs.reasons import ReasonLine
from journeymap.ui.dialogs.summary import Summary
from journeymap.ui.dialogs.table import Table


class Body(QWidget):
    """Parts only; the dialog connects them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        left = QVBoxLayout()
        left.setSpacing(0)
        self.table: Table | None = None
        self.band = FigureBand(self)
        self._place = QVBoxLayout()
        self.reasons = ReasonLine(self)
        left.addWidget(self.band)
        left.addLayout(self._place, 1)
        below, beside = rule(self), rule(self, upright=True)
        left.addWidget(below)
        left.addWidget(self.reasons)
        row.addLayout(left, 1)
        row.addWidget(beside)
        self.summary = Summary(self)
        row.addWidget(self.summary)
        self._about = (self.band, below, self.reasons, beside, self.summary)
        for part in self._about:  # nothing to say as long as there are no rows
            part.hide()

    def show_table(self, choices: Choices) -> Table:
        """The rows under these choices, in place of others."""
        if self.table is not None:
            self._place.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
        self.table = Table(choices, self)
        self._place.addWidget(self.table)
        for part in self._about:
            part.show()
        QWidget.setTabOrder(self.band.add, self.table)
        QWidget.setTabOrder(self.table, self.summary.figures)
        return self.table


def rule(parent: QWidget, *, upright: bool = False) -> QFrame:
    """A hairline."""
    line = QFrame(parent)
    line.setProperty("look", "rule")
    if upright:
        line.setFixedWidth(1)
        line.setStyleSheet("QFrame { max-height: 16777215px; }")
    return line
