"""The preview of the export dialog: one page as large as fits, and a pager below it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from journeymap.i18n import _
from journeymap.ui.controls import ink
from journeymap.ui.controls.buttons import IconButton
from journeymap.ui.controls.heads import Words
from journeymap.ui.dialogs.printing import Preview


class Page(QWidget):
    """One page of the preview, on its ground, as large as fits; the wheel and the arrow keys turn pages."""

    turned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Preview"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.image: QImage | None = None
        self._note = ""

    def show_page(self, image: QImage | None, note: str = "") -> None:
        """Shows a page, or a note where there is none."""
        self.image, self._note = image, note
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turns pages."""
        if event.angleDelta().y():
            self.turned.emit(-1 if event.angleDelta().y() > 0 else 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left, right, Page Up and Page Down turn pages."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageDown: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.turned.emit(step)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), ink.colour("ground"))
        if self.image is None:
            ink.write(painter, QRectF(self.rect()), self._note, tint="text3", align=Qt.AlignmentFlag.AlignHCenter)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room = QSize(self.width() - 48, self.height() - 48)
        size = self.image.size().scaled(room * self.devicePixelRatioF(), Qt.AspectRatioMode.KeepAspectRatio)
        width, height = size.width() / self.devicePixelRatioF(), size.height() / self.devicePixelRatioF()
        box = QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)
        ink.panel(painter, box.adjusted(-1, -1, 1, 1), None, "border", 0)
        # Scaled once by Qt's area filter: drawing it smaller directly would drop hairlines.
        shown = self.image.scaled(
            size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        painter.drawImage(box, shown)
        if self.hasFocus():
            ink.focus_ring(painter, QRectF(self.rect()), 4)


class Pages(QWidget):
    """All pages of a preview, one at a time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preview: Preview | None = None
        self.number = 0
        self._note = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.page = Page(self)
        self.page.turned.connect(self.turn)
        column.addWidget(self.page, 1)
        pager = QFrame(self)
        pager.setProperty("look", "panel")
        row = QHBoxLayout(pager)
        row.setContentsMargins(16, 6, 16, 6)
        self.back = IconButton("caret-left", _("Previous page"), pager)
        self.on = IconButton("caret-right", _("Next page"), pager)
        self.count = Words("", pager, tint="text2", figures=True)
        self.back.clicked.connect(lambda: self.turn(-1))
        self.on.clicked.connect(lambda: self.turn(1))
        row.addStretch(1)
        for widget in (self.back, self.count, self.on):
            row.addWidget(widget)
        row.addStretch(1)
        column.addWidget(pager)

    def show_preview(self, preview: Preview, note: str) -> None:
        """Shows these pages; `note` where there are none."""
        self.preview, self._note = preview, note
        self.turn(0)

    def turn(self, step: int) -> None:
        """To the next (+1) or the previous page (-1)."""
        pages = self.preview.pages if self.preview is not None else ()
        self.number = min(max(self.number + step, 0), max(len(pages) - 1, 0))
        many = len(pages) > 1
        self.back.setVisible(many)
        self.on.setVisible(many)
        self.back.setEnabled(self.number > 0)
        self.on.setEnabled(self.number < len(pages) - 1)
        if not pages or self.preview is None:
            self.page.show_page(None, self._note)
            self.count.setText("")
            return
        self.page.show_page(QImage.fromData(pages[self.number]))
        self.count.setText(_("Page {n} of {count}").format(n=self.number + 1, count=self.preview.count))
