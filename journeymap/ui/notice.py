"""A quiet bar over the canvas: what happened, what is safe, what to do. Never a box that must be clicked away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QToolButton, QWidget

from journeymap.i18n import _
from journeymap.ui import icons, theme


class Notice(QFrame):
    """One sentence with at most two things to do; or one question with a line to answer it in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._asked: Callable[[str], None] | None = None
        self._about = ""
        self._mark, self._text, self._line = QLabel(), QLabel(), QLineEdit()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._line.setMaximumWidth(320)
        self._line.returnPressed.connect(self._answer)
        self._buttons = [QPushButton(), QPushButton()]
        self._close = QToolButton()
        self._close.setProperty("look", "icon")
        self._close.setToolTip(_("Close"))
        self._close.setAccessibleName(_("Close"))
        self._close.clicked.connect(self.hide)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(10)
        for widget in (self._mark, self._text, self._line, *self._buttons, self._close):
            row.addWidget(widget)
        row.insertStretch(3)  # an answer stands beside its question; what is to be done, at the right
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text() if self.isVisible() else ""

    @property
    def said(self) -> str:
        """What it said last, shown or not."""
        return self._text.text()

    def tell(self, text: str, *deeds: tuple[str, Callable[[], object]], bad: bool = True, about: str = "") -> None:
        """Says a sentence; `deeds` are (label, what it does). `bad` is for what went wrong; `about` for `forget`."""
        self._about = about
        self._show(text, "warning" if bad else "info", "pain" if bad else "brand", "painb" if bad else "brand1")
        self._line.hide()
        for button, deed in zip(self._buttons, (*deeds, None, None), strict=False):
            button.setVisible(deed is not None)
            if deed is not None:
                button.setText(deed[0])
                self._rewire(button, deed[1])

    def ask(self, text: str, done: Callable[[str], None], value: str = "") -> None:
        """Asks for one line; Enter answers, Escape does not."""
        self._about = ""
        self._show(text, "pencil", "brand", "brand1")
        self._make_room(0)
        for button in self._buttons:
            button.hide()
        self._asked = done
        self._line.setText(value)
        self._line.show()
        self._line.selectAll()
        self._line.setFocus()

    def forget(self, about: str) -> None:
        """What it says about something is no longer of use; anything else it says stays."""
        if about and self._about == about:
            self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _show(self, text: str, icon: str, ink: str, ground: str) -> None:
        self._asked = None
        self._text.setText(text)
        self._make_room(1)
        self._mark.setPixmap(icons.icon(icon, theme.colour(ink)).pixmap(16, 16))
        self._close.setIcon(icons.icon("close", theme.colour("text2")))
        self.setStyleSheet(
            f"QFrame#notice {{ background: {theme.colour(ground).name()}; border: none;"
            f" border-bottom: 1px solid {theme.colour('hair').name()}; }}"
        )
        self.show()

    def _make_room(self, share: int) -> None:
        """A sentence takes what room there is and may break (1); a question is as wide as its words (0)."""
        self._text.setWordWrap(bool(share))
        wide = QSizePolicy.Policy.Expanding if share else QSizePolicy.Policy.Maximum
        self._text.setSizePolicy(wide, QSizePolicy.Policy.Preferred)
        self._row.setStretchFactor(self._text, share)

    def _answer(self) -> None:
        asked, value = self._asked, self._line.text().strip()
        if asked is not None and value:
            self.hide()
            asked(value)

    def _rewire(self, button: QPushButton, do: Callable[[], object]) -> None:
        def press() -> None:
            self.hide()
            do()

        if button.property("wired"):
            button.clicked.disconnect()
        button.setProperty("wired", True)
        button.clicked.connect(press)
