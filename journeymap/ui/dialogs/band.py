"""The band of figures that stand in no single column: a pill each, and a menu of what else can be worked out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QWidget

from journeymap.data import Question
from journeymap.i18n import _
from journeymap.model import kpi
from journeymap.ui.controls.buttons import Pill
from journeymap.ui.controls.heads import Words
from journeymap.ui.dialogs import asking


class FigureBand(QFrame):
    """Signals: `asked(place, point)` for a figure's small window, `added(kpi)` for a new one."""

    asked = Signal(int, QPoint)
    added = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "ground")
        self.setFixedHeight(44)
        self.pills: list[Pill] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(Words(_("From several columns"), self, tint="text2"))
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFixedHeight(32)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget(self._scroll)
        self._row = QHBoxLayout(page)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self.add = Pill(_("Add a figure"), page, icon="plus", caret=True)
        self.add.setToolTip(_("Response time between two columns, churn, customer value, steps … (Alt+A)"))
        self.add.setShortcut("Alt+A")
        self.add.clicked.connect(self._ask)
        self._row.addWidget(self.add)
        self._row.addStretch(1)
        self._scroll.setWidget(page)
        row.addWidget(self._scroll, 1)

    def show_figures(self, figures: Sequence[Question]) -> None:
        """Shows a pill for each."""
        while len(self.pills) > len(figures):
            pill = self.pills.pop()
            pill.hide()
            pill.deleteLater()
        while len(self.pills) < len(figures):
            place = len(self.pills)
            pill = Pill("", self, icon="gauge", caret=True, tone="brand", weight=600)
            pill.clicked.connect(lambda _on=False, place=place: self._press(place))
            self._row.insertWidget(place, pill)
            self.pills.append(pill)
        for pill, question in zip(self.pills, figures, strict=True):
            whole = bool(asking.lacking(question, composed=True))
            pill.relabel(shown(question), tone="plain" if whole else "brand", icon="warning" if whole else "gauge")
            pill.setToolTip(question.shown)
            pill.setMaximumWidth(260)

    def below(self, place: int) -> QPoint:
        """Under a figure's pill, on the screen."""
        pill = self.pills[place]
        return pill.mapToGlobal(QPoint(0, pill.height() + 2))

    def _press(self, place: int) -> None:
        self.asked.emit(place, self.below(place))

    def _ask(self) -> None:
        menu = QMenu(self)
        for name in asking.COMPOSED:
            menu.addAction(asking.described(name)).triggered.connect(lambda _on=False, name=name: self.added.emit(name))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.add.mapToGlobal(QPoint(0, self.add.height() + 2)))


def shown(question: Question) -> str:
    """What a pill says: the figure's own name, or its KPI's."""
    known = kpi.KPIS.get(question.kpi)
    return question.name or (known.label() if known is not None else question.kpi)
