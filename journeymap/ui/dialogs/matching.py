"""The touchpoints that a source names, and which of the map's they are: each can be altered."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from journeymap.i18n import _
from journeymap.ui.controls import ink
from journeymap.ui.controls.buttons import Pill
from journeymap.ui.controls.fields import ChoiceField
from journeymap.ui.controls.heads import Words
from journeymap.ui.dialogs.matches import Match
from journeymap.ui.dialogs.parts import clear

ARROW = 46
"""What a choice needs beside its words."""
FEW = 6
"""Names that are shown before a person asks for all."""
NEW, OUT = "\0new", "\0out"


class Matching(QWidget):
    """`meant(name, touchpoint)`: "" leaves a name out, None means a touchpoint of that name."""

    meant = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._matches: list[Match] = []
        self._names: list[str] = []
        self._all = False
        self.fields: dict[str, ChoiceField] = {}
        self.offers: dict[str, Pill] = {}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(2)

    def show_matches(self, matches: Sequence[Match], names: Sequence[str]) -> None:
        """Shows what each name means; `names` are the map's touchpoints."""
        if list(matches) == self._matches and list(names) == self._names:
            return
        self._matches, self._names = list(matches), list(names)
        self._lay_out()

    def _lay_out(self) -> None:
        clear(self._rows)
        self.fields, self.offers = {}, {}
        shown = self._matches if self._all else self._matches[:FEW]
        for match in shown:
            row = self._line(match)
            self._rows.addWidget(row)
            row.show()
        if len(shown) < len(self._matches):
            more = Pill(_("Show all {n}").format(n=len(self._matches)), self, tone="link")
            more.clicked.connect(self._show_all)
            self._rows.addWidget(more)
            more.show()

    def _show_all(self) -> None:
        self._all = True
        self._lay_out()

    def _line(self, match: Match) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(Words(match.name, line), 1)
        if match.near:
            offer = Pill(_("{name}?").format(name=match.near), line, icon="check")
            offer.setToolTip(_("Called nearly so on the map: press to take it"))
            offer.setMaximumWidth(110)
            offer.clicked.connect(lambda: self.meant.emit(match.name, match.near))
            self.offers[match.name] = offer
            row.addWidget(offer)
        field = ChoiceField(_("“{name}” is").format(name=match.name), line)
        field.setFixedWidth(min(184, max(138, math.ceil(ink.text_width(_("New touchpoint"))) + ARROW)))
        options = [(NEW, _("New touchpoint")), (OUT, _("Leave out")), *((name, name) for name in self._names)]
        field.show_options(options, match.meant if match.known else NEW if match.meant else OUT)
        field.chosen.connect(lambda value: self._take(match.name, str(value)))
        self.fields[match.name] = field
        row.addWidget(field)
        return line

    def _take(self, name: str, value: str) -> None:
        self.meant.emit(name, {NEW: None, OUT: ""}.get(value, value))
