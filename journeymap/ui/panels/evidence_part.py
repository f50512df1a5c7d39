"""A part of the evidence page: a column that is filled anew when the map has changed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from journeymap.model.records import Id
from journeymap.ui.controls.heads import Words
from journeymap.ui.map import OpenMap


class Part(QWidget):
    """Subclasses fill `column` in `build`, and show a touchpoint as selected in `select`. Signal `chosen(touchpoint)`."""

    chosen = Signal(str)

    def __init__(self, open_map: OpenMap, parent: QWidget) -> None:
        super().__init__(parent)
        self.open_map = open_map
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 4, 24, 24)
        self.column.setSpacing(0)

    def refresh(self) -> None:
        """Empties the column and builds it of the map as it is now."""
        while (item := self.column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.build()
        self.column.addStretch(1)

    def build(self) -> None:
        """Fills the column."""
        raise NotImplementedError

    def select(self, touchpoint: Id | None) -> None:
        """Shows a touchpoint as selected."""

    def words(self, text: str, *, size: float = 13, weight: int = 400, tint: str = "text2") -> Words:
        """Adds prose."""
        made = Words(text, self, size=size, weight=weight, tint=tint, wrap=True)
        self.column.addWidget(made)
        return made
