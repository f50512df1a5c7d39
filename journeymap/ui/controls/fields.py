"""Fields that say when a person is done: Enter, Tab or leaving commits, Escape goes back, a second's pause drafts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from journeymap.ui import fonts
from journeymap.ui.controls import ink

DRAFT_MS = 1000
"""After this pause in typing the text is kept as a draft."""


CHASE = 12
"""More changes of size than these without a rest of `CALM_MS`, and a field only grows."""
CALM_MS = 200


class TextField(QLineEdit):
    """One line. `committed(text)` when it was changed and is done; `drafted(text)` after a pause; `dropped` on Escape;
    `entered` on Enter, changed or not.
    """

    committed = Signal(str)
    entered = Signal()
    drafted = Signal(str)
    dropped = Signal()

    def __init__(self, name: str, parent: QWidget | None = None, *, prompt: str = "", flat: bool = True) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(prompt)
        self.setProperty("look", "flat" if flat else "")
        self._shown = ""
        self._left_over = False  # a draft that nobody has touched since
        self._pause = _pause(self, lambda: self.drafted.emit(self.text()))
        self.textEdited.connect(self._typed)

    def minimumSizeHint(self) -> QSize:
        """May be narrow."""
        return QSize(36, super().minimumSizeHint().height())

    def show_value(self, text: str) -> None:
        """Shows what the map holds, unless a person is typing something else."""
        if self.isModified() and self.hasFocus():
            self._shown = text
            return
        self._shown = text
        if self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)
        self.setModified(False)

    def show_draft(self, text: str) -> None:
        """Shows typed but uncommitted text."""
        self.setText(text)
        self.setModified(True)
        self._left_over = True

    def leave(self) -> None:
        """Its page goes: what was just typed is meant, a draft from earlier stays a draft."""
        if not self._left_over:
            self.commit()

    def _typed(self) -> None:
        self._left_over = False
        self._pause.start()

    def commit(self) -> None:
        """What was typed is meant."""
        self._pause.stop()
        if self.isModified() and self.text() != self._shown:
            self.setModified(False)
            self.committed.emit(self.text())
        elif self.isModified():
            self.setModified(False)
            self.dropped.emit()

    def revert(self) -> None:
        """What was typed is forgotten."""
        self._pause.stop()
        self.setText(self._shown)
        self.setModified(False)
        self.dropped.emit()

    def event(self, event: QEvent) -> bool:
        """Undo and redo belong to the map where nothing is half typed."""
        if not self.isModified() and _takes_back(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter commits; Escape goes back, and belongs to the surroundings where nothing was typed."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.commit()
            self.selectAll()
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and self.isModified():
            self.revert()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving commits; a menu or another window does not count as leaving."""
        super().focusOutEvent(event)
        if event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self.commit()
        self.setCursorPosition(0)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Words may be dropped here; files are for the window, though file managers send their names along."""
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)


class ProseField(QPlainTextEdit):
    """Several lines, as high as its text. Enter commits, Shift+Enter breaks the line; signals as `TextField`."""

    committed = Signal(str)
    drafted = Signal(str)
    dropped = Signal()

    _around = 16
    """Height beside that of the lines."""

    def __init__(
        self, name: str, parent: QWidget | None = None, *, prompt: str = "", size: float = 13, weight: int = 400
    ) -> None:
        super().__init__(parent)
        self._type = (size, weight)
        self._step = QFontMetricsF(fonts.font(size, weight)).lineSpacing()
        if (size, weight) != (13, 400):  # a stylesheet wins over setFont
            self.setStyleSheet(f"QPlainTextEdit {{ font-size: {size}px; font-weight: {weight}; }}")
        self._shown = ""
        self._left_over = False
        self._turns = 0  # how often it was resized without a rest
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM_MS)
        self._calm.timeout.connect(self._rest)
        self.setAccessibleName(name)
        self.setPlaceholderText(prompt)
        self.setProperty("look", "flat")
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().setDocumentMargin(2)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._pause = _pause(self, lambda: self.drafted.emit(self.toPlainText()))
        self.textChanged.connect(self._typed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        self._fit()
        self.document().setModified(False)  # its margin counts as a change

    def text(self) -> str:
        """The whole text."""
        return self.toPlainText()

    def show_value(self, text: str) -> None:
        """Shows what the map holds, unless a person is typing something else."""
        typing = self.document().isModified() and self.hasFocus()
        self._shown = text
        if not typing and self.toPlainText() != text:
            self.setPlainText(text)
        if not typing:
            self.document().setModified(False)
            self._pause.stop()

    def show_draft(self, text: str) -> None:
        """Shows typed but uncommitted text."""
        self.setPlainText(text)
        self.document().setModified(True)
        self._left_over = True

    def leave(self) -> None:
        """Its page goes: what was just typed is meant, a draft from earlier stays a draft."""
        if not self._left_over:
            self.commit()

    def commit(self) -> None:
        """What was typed is meant."""
        self._pause.stop()
        if not self.document().isModified():
            return
        self.document().setModified(False)
        if self.toPlainText() != self._shown:
            self.committed.emit(self.toPlainText())
        else:
            self.dropped.emit()

    def revert(self) -> None:
        """What was typed is forgotten."""
        self.setPlainText(self._shown)
        self.document().setModified(False)
        self._pause.stop()
        self.dropped.emit()

    def event(self, event: QEvent) -> bool:
        """Undo and redo belong to the map where nothing is half typed."""
        if not self.document().isModified() and _takes_back(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter commits, Shift+Enter breaks, Escape goes back."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.commit()
        elif event.key() == Qt.Key.Key_Escape and self.document().isModified():
            self.revert()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving commits."""
        super().focusOutEvent(event)
        if event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self.commit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fits its parts."""
        super().resizeEvent(event)
        self._turns += 1
        self._calm.start()
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls, not the field."""
        event.ignore()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(120, self.height())

    def _typed(self) -> None:
        self._left_over = False
        if self.document().isModified():
            self._pause.start()
        self._fit()  # a prompt may need more lines than the first words

    def _fit(self) -> None:
        lines = max(self.document().documentLayout().documentSize().height(), 1)
        if self.document().isEmpty() and self.placeholderText():
            room = self.viewport().width() - 2 * self.document().documentMargin()
            lines = max(len(ink.broken(self.placeholderText(), room, *self._type, most=3)), 1) if room > 40 else 1
        high = round(lines * self._step) + self._around
        # A scroll bar that comes with a line and goes without it would chase the field's width and height for ever.
        self.setFixedHeight(max(high, self.height()) if self._turns > CHASE else high)

    def _rest(self) -> None:
        self._turns = 0

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Words; files are for the window."""
        return not source.hasUrls() and super().canInsertFromMimeData(source)


class ChoiceField(QComboBox):
    """One of a list of (value, text). `chosen(value)` when a person picks; with `creates` a new text may be typed too,
    which comes as `named(text)`.
    """

    chosen = Signal(object)
    named = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None, *, creates: bool = False, prompt: str = "") -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setProperty("look", "flat")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self._options: list[tuple[str | None, str]] = []
        self._value: str | None = None
        self.activated.connect(self._pick)
        if creates:
            line = QLineEdit(self)
            line.setAcceptDrops(False)  # files are for the window
            self.setLineEdit(line)
            self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            line.setPlaceholderText(prompt)
            line.setAccessibleName(name)
            line.installEventFilter(self)
            line.editingFinished.connect(self._typed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the frame by the style, text and caret in the house's hand."""
        if self.isEditable():
            super().paintEvent(event)
            painter: QPainter = QPainter(self)
        else:
            painter = QStylePainter(self)
            option = QStyleOptionComboBox()
            self.initStyleOption(option)
            painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
            chosen = self.currentIndex() >= 0
            box = QRectF(self.rect()).adjusted(11, 0, -22, 0)
            tint = "text" if chosen and self.isEnabled() else "text3"
            ink.write(painter, box, self.currentText() if chosen else self.placeholderText(), tint=tint)
        if self.isEnabled():
            ink.icon(painter, "caret-down", QPointF(self.width() - 13, self.height() / 2), 12, "text3")
        painter.end()

    def show_options(self, options: Sequence[tuple[str | None, str]], value: str | None) -> None:
        """Shows the list and which of it holds."""
        self._value = value
        if list(options) != self._options:
            self._options = list(options)
            self.blockSignals(True)
            self.clear()
            self.addItems([text for _, text in options])
            self.blockSignals(False)
        self._restore()

    def value(self) -> str | None:
        """What holds in the map."""
        return self._value

    def _restore(self) -> None:
        place = next((i for i, (value, _) in enumerate(self._options) if value == self._value), -1)
        self.setCurrentIndex(place)
        if self.isEditable():
            self.setEditText(self._options[place][1] if place >= 0 and self._value is not None else "")
            line = self.lineEdit()
            if line is not None:
                line.setCursorPosition(0)

    def _pick(self, place: int) -> None:
        value = self._options[place][0]
        if value != self._value:
            self.chosen.emit(value)
        else:
            self._restore()

    def _typed(self) -> None:
        text = self.currentText().strip()
        for value, known in self._options:
            if value is not None and known.casefold() == text.casefold():
                if value != self._value:
                    self.chosen.emit(value)
                return
        if text:
            self.named.emit(text)
        elif self._value is not None:
            self.chosen.emit(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape in the text goes back to what holds."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self._restore()
            return True
        return super().eventFilter(watched, event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the page must not change a value."""
        event.ignore()


def _takes_back(event: QEvent) -> bool:
    """Whether a field asks to have the keys of undo or redo for itself."""
    keys = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and any(event.matches(one) for one in keys)
    )


def _pause(parent: QObject, act: object) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(DRAFT_MS)
    timer.timeout.connect(act)
    return timer
