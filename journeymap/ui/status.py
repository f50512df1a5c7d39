"""The line at the foot: saved or not, the answers behind the figures, hints for the keyboard, zoom."""

from __future__ import annotations

import json

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from journeymap.i18n import _, ngettext
from journeymap.model import days, series, wording
from journeymap.model.document import Document
from journeymap.model.records import DataSet, Measure
from journeymap.ui import icons, theme
from journeymap.ui.controls.heads import Tip, Words

HINT_MS = 5000


class Status(QFrame):
    """Shows what it is told; `zoom(int)` asks for in (+1), out (−1), 100 % (0)."""

    zoom = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.setFixedHeight(28)
        self._icon, self._saved, self._base, self._data = QLabel(), QLabel(), QLabel(), QLabel()
        self._hint, self._keys = QLabel(), _Keys()
        self._state = ("", "")
        self._out, self._level, self._in = _button(_("Zoom out")), QToolButton(), _button(_("Zoom in"))
        self._level.setFixedWidth(52)
        self._level.setToolTip(_("Back to 100 %"))
        for button, way in ((self._out, -1), (self._level, 0), (self._in, 1)):
            button.clicked.connect(lambda _checked=False, way=way: self.zoom.emit(way))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(6)
        row.addWidget(self._icon)
        row.addWidget(self._saved)
        row.addSpacing(14)
        row.addWidget(self._base)
        row.addWidget(self._data)
        row.addSpacing(14)
        row.addWidget(self._hint, 1)
        row.addWidget(self._keys)
        row.addSpacing(12)
        for widget in (self._out, self._level, self._in):
            row.addWidget(widget)
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.setInterval(HINT_MS)
        self._fade.timeout.connect(self._hint.clear)
        self.dress()

    def dress(self) -> None:
        """The theme's colours and icons."""
        quiet = theme.colour("text2")
        self._in.setIcon(icons.icon("plus", quiet))
        self._out.setIcon(icons.icon("minus", quiet))
        self._base.setPixmap(icons.icon("database", quiet).pixmap(14, 14))
        for label in (self._saved, self._data, self._hint):
            label.setStyleSheet(f"color: {quiet.name()};")
        self._level.setStyleSheet(f"color: {theme.colour('text').name()}; font-weight: 600;")
        self.show_saved(*self._state)

    def show_saved(self, icon: str, text: str, ink: str = "met") -> None:
        """The saved mark."""
        self._state = (icon, text)
        self._saved.setText(text)
        ink = {"check": "met", "warning": "pain"}.get(icon, ink if icon else "text3")
        self._icon.setPixmap(icons.icon(icon, theme.colour(ink)).pixmap(14, 14))
        self._icon.setVisible(bool(icon))

    def saved_text(self) -> str:
        """What the saved mark says."""
        return self._saved.text()

    def show_data(self, document: Document | None) -> None:
        """How many answers stand behind the figures, and until when."""
        text = data_text(document) if document is not None else ""
        self._data.setText(text)
        self._data.setToolTip(data_tip(document) if document is not None else "")
        self._base.setVisible(bool(text))

    def show_zoom(self, zoom: float) -> None:
        """The zoom in percent."""
        self._level.setText(f"{zoom * 100:.0f} %")

    def tell(self, text: str) -> None:
        """A hint that goes away by itself."""
        self._hint.setText(text)
        self._fade.start()

    def hint_text(self) -> str:
        """The hint that is shown."""
        return self._hint.text()

    def show_map(self, shown: bool) -> None:
        """Zoom and key hints belong to a map, not to the start page."""
        for widget in (self._keys, self._out, self._level, self._in):
            widget.setVisible(shown)

    def make_room(self, width: int) -> None:
        """Key hints only where there is room for them."""
        self._keys.setVisible(width >= 1240 and self._level.isVisibleTo(self))


class _Keys(QWidget):
    """Keys to press, each in its frame, and what they do."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for key, word in ((_("Enter"), _("next row")), (_("Tab"), _("next column")), ("+ −", _("emotion"))):
            row.addWidget(Tip(key))
            row.addWidget(Words(word, tint="text2"))
            row.addSpacing(8)


def data_text(document: Document) -> str:
    """What the figures are made of, as in "1 212 answers to 31 Oct 2026" or "3 data sets to 31 Oct 2026"; "" without data.

    Of data sets that follow one another the newest counts, which the map shows; several of their own kind are not added
    up: the same people may stand in two of them.
    """
    shown = series.newest(document)
    if not shown:
        return ""
    several = ngettext("{n} data set", "{n} data sets", len(shown)).format(n=len(shown))
    text = _answers(document, shown[0]) if len(shown) == 1 else several
    last = max((one.last_day for one in shown), default="")
    return _("{answers} to {day}").format(answers=text, day=days.iso(last)) if last else text


def data_tip(document: Document) -> str:
    """A line for each data set that is shown: its answers, its days, how many older ones are its trend."""
    lines = []
    for one in series.newest(document):
        parts = [_answers(document, one)]
        if one.first_day and one.last_day:
            parts.append(f"{days.iso(one.first_day)} – {days.iso(one.last_day)}")
        if older := len(series.members(document, series.series_of(one))) - 1:
            parts.append(ngettext("{n} older data set as its trend", "{n} older data sets as its trend", older).format(n=older))  # fmt: skip
        lines.append(_("{name}: {what}").format(name=one.name or one.source, what=", ".join(parts)))
    return "\n".join(lines)


def _answers(document: Document, data_set: DataSet) -> str:
    """How many of its rows figures are made of."""
    try:
        account = json.loads(data_set.account or "{}")
        count = int(account["rows_used"]) - int(account.get("no_touchpoint", 0))
    except (ValueError, KeyError, TypeError):
        count = max((one.n for one in document.referring(Measure, "data_set_id", data_set.id)), default=0)
    return ngettext("{n} answer", "{n} answers", count).format(n=wording.count(count))


def _button(name: str) -> QToolButton:
    made = QToolButton()
    made.setFixedSize(24, 24)
    made.setToolTip(name)
    made.setAccessibleName(name)
    return made
