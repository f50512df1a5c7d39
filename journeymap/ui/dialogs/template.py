"""Keep the map as a template: its name, one sentence, and what goes along and what does not."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model.document import Document
from journeymap.model.figures import Figures
from journeymap.templates import own
from journeymap.templates.carried import carried
from journeymap.ui import theme, thumbnail
from journeymap.ui.controls import ink
from journeymap.ui.controls.buttons import Pill
from journeymap.ui.controls.fields import TextField
from journeymap.ui.controls.heads import Message, Words
from journeymap.ui.map import OpenMap


class Preview(QWidget):
    """How the template will look on the start page."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(thumbnail.WIDTH, thumbnail.HEIGHT)
        self._image = thumbnail.sketch(document, Figures(), dark=theme.current().dark, ratio=self.devicePixelRatioF())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(self.rect())
        painter.drawImage(box, self._image)
        ink.panel(painter, box.adjusted(0.5, 0.5, -0.5, -0.5), None, "border", 10)


class TemplateDialog(QDialog):
    """`TemplateDialog(open_map, parent)`; `kept(title)` when the template is on disk."""

    kept = Signal(str)

    def __init__(self, open_map: OpenMap, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(_("Save as template"))
        self.setAccessibleName(self.windowTitle())
        self.open_map = open_map
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(Words(self.windowTitle(), self, size=19, weight=600))
        column.addSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(Preview(Document(carried(open_map.document)), self), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._fields(), 1)
        column.addLayout(row)
        self.message = Message(self)
        column.addWidget(self.message)
        column.addStretch(1)
        column.addLayout(self._foot())
        self.name.textChanged.connect(self._named)
        self._named()
        self.resize(self.sizeHint())
        self.name.setFocus()
        self.name.selectAll()

    def _fields(self) -> QVBoxLayout:
        self.name = TextField(_("Name of the template"), self, prompt=_("Name"), flat=False)
        self.name.setText(self.open_map.document.map.title)
        self.about = TextField(_("One sentence about it"), self, prompt=_("What is it for?"), flat=False)
        self.name.entered.connect(self.keep)
        self.about.entered.connect(self.keep)
        column = QVBoxLayout()
        column.setSpacing(4)
        for label, field in ((_("Name"), self.name), (_("One sentence about it"), self.about)):
            column.addWidget(Words(label, self, tint="text2", size=12))
            column.addWidget(field)
            column.addSpacing(6)
        told = (
            _(
                "Goes along: phases, touchpoints, links, lanes with their texts, personas, moods, user stories, pains,"
                " opportunities, actions, targets, tags and views."
            ),
            _(
                "Stays behind: data and figures, quotes, notes, pictures and files, the register, versions and history,"
                " client, brand and team, owners, dates and costs."
            ),
        )
        for text in told:
            column.addWidget(Words(text, self, tint="text2", size=12, wrap=True))
        return column

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        cancel = Pill(_("Cancel"), self, height=32)
        cancel.clicked.connect(self.close)
        self.ok = Pill(_("Save template"), self, tone="primary", height=32, weight=600)
        self.ok.clicked.connect(self.keep)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.ok)
        return foot

    def sizeHint(self) -> QSize:
        """Wide enough for the picture and the words beside it."""
        return QSize(720, 400)

    def _named(self) -> None:
        title = self.name.text().strip()
        self.ok.setEnabled(bool(title))
        replaces = bool(title) and own.exists(title)
        self.ok.relabel(_("Replace template") if replaces else _("Save template"))
        self.message.say(_("There is a template of this name; it will be replaced.") if replaces else "", "warning")

    def keep(self) -> None:
        """Writes it; says why where that fails."""
        title = self.name.text().strip()
        try:
            own.save(self.open_map.document, title, self.about.text())
        except Failure as failure:
            self.message.say(str(failure))
            return
        self.kept.emit(title)
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes; Enter belongs to the fields."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
