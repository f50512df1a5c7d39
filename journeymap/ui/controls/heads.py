"""Section head, rule, caption and the inline message."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from journeymap.ui import fonts
from journeymap.ui.controls import ink
from journeymap.ui.controls.buttons import IconButton

BULLET = "•  "
"""Before a line that is one of a list."""


class Words(QWidget):
    """A label in the house's type whose colour follows the theme; `tint` names the colour.

    Not a QLabel: a stylesheet's font size would win over the one asked for here.
    """

    def __init__(
        self, text: str = "", parent: QWidget | None = None, *, size: float = 13, weight: int = 400, tint: str = "text",
        wrap: bool = False, figures: bool = False, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._tint, self._align, self._wrap = tint, align, wrap
        self._face = fonts.font(size, weight, figures)
        self._line = round(size * (1.4 if wrap else 1.5))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self._text = ""
        self.setText(text)

    def text(self) -> str:
        """What it says."""
        return self._text

    def setText(self, text: str) -> None:
        """Says something else."""
        if text == self._text:
            return
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def recolour(self, tint: str) -> None:
        """Another colour."""
        self._tint = tint
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Prose grows downwards."""
        return self._wrap

    def heightForWidth(self, width: int) -> int:
        """The height of the lines at that width."""
        edge = self.contentsMargins()
        return self._laid(width - edge.left() - edge.right())[1]

    def sizeHint(self) -> QSize:
        """One line as wide as its words; prose at a comfortable measure."""
        edge = self.contentsMargins()
        wide = round(QFontMetricsF(self._face).horizontalAdvance(self._text) + 1) + edge.left() + edge.right()
        return QSize(min(wide, 240), self._laid(240)[1]) if self._wrap else QSize(wide, self._line)

    def minimumSizeHint(self) -> QSize:
        """A single line may be cut; its whole text is then in the tooltip."""
        return QSize(40, self._line) if self._wrap else QSize(min(self.sizeHint().width(), 24), self._line)

    def _laid(self, width: int) -> tuple[list[tuple[str, float, float]], int]:
        """(text, x, y) of each line, and their height; what follows a bullet hangs behind it."""
        text = self._text.replace("\n", "\u2028")  # Qt's own sign for a new line
        layout = QTextLayout(text, self._face)
        how = QTextOption()
        how.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)  # a word may be longer than a line
        layout.setTextOption(how)
        layout.beginLayout()
        lines = []
        y, hang = 0, 0.0
        while (line := layout.createLine()).isValid():
            begin = line.textStart()
            first = begin == 0 or text[begin - 1] == "\u2028"
            if first:
                hang = QFontMetricsF(self._face).horizontalAdvance(BULLET) if text[begin:].startswith(BULLET) else 0.0
            left = 0.0 if first else hang
            line.setLineWidth(max(width - left, 20))
            lines.append((text[begin : begin + line.textLength()].rstrip(), left, float(y)))
            y += self._line
        layout.endLayout()
        return lines, max(y, self._line)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        painter = QPainter(self)
        painter.setFont(self._face)
        painter.setPen(ink.colour(self._tint if self.isEnabled() else "text3"))
        if not self._wrap:
            shown = QFontMetricsF(self._face).elidedText(self._text, Qt.TextElideMode.ElideRight, self.width() + 0.5)
            if shown != self._text and not self.toolTip():
                self.setToolTip(self._text)
            painter.drawText(self.contentsRect(), int(self._align | Qt.AlignmentFlag.AlignVCenter), shown)
            return
        room = self.contentsRect()
        for line, x, y in self._laid(room.width())[0]:
            painter.drawText(
                QRectF(room.x() + x, y, room.width() - x, self._line),
                int(self._align | Qt.AlignmentFlag.AlignVCenter),
                line,
            )


class SectionHead(QWidget):
    """The name of a section, a quiet remark at the right and a plus where something can be added."""

    added = Signal()

    def __init__(
        self, text: str, parent: QWidget | None = None, *, add: str = "", tint: str = "text", size: float = 13
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.setFixedHeight(32)
        self.title = Words(text, self, weight=600, tint=tint, size=size)
        self.end = Words("", self, tint="text3", align=Qt.AlignmentFlag.AlignRight)
        row.addWidget(self.title)
        row.addWidget(self.end, 1)
        self.plus: IconButton | None = None
        if add:
            self.plus = IconButton("plus", add, self)
            self.plus.clicked.connect(self.added)
            row.addWidget(self.plus)


class Rule(QFrame):
    """A hairline across."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(17)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        QPainter(self).fillRect(0, 8, self.width(), 1, ink.colour("hair"))


class Message(QWidget):
    """A sentence beside what it is about: an error, a warning or a remark; never a dialog. Empty, it takes no room."""

    SIGNS: ClassVar[dict[str, tuple[str, str]]] = {
        "error": ("warning", "pain"),
        "warning": ("warning", "opent"),
        "info": ("info", "text2"),
    }

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = "error"
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 2, 0, 4)
        self._words = Words("", self, size=12, wrap=True)
        row.addWidget(self._words)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def say(self, text: str, kind: str = "error") -> None:
        """Says `text` ("" says nothing)."""
        self._kind = kind
        self._words.recolour(self.SIGNS[kind][1])
        self._words.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        icon, tint = self.SIGNS[self._kind]
        ink.icon(QPainter(self), icon, QPointF(8, 11), 14, tint)


class Tip(QWidget):
    """A key to press, in a small frame, and what it does."""

    def __init__(self, key: str, parent: QWidget | None = None, *, tint: str = "text3") -> None:
        super().__init__(parent)
        self._key, self._tint = key, tint
        self.setFixedSize(round(ink.text_width(key, 11)) + 12, 18)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        ink.panel(painter, box, None, "border", 4)
        ink.write(painter, box, self._key, 11, 400, self._tint, Qt.AlignmentFlag.AlignHCenter)
