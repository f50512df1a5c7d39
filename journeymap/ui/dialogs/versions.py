"""Versions: name the map as it is now, look at an earlier state, restore it. Restoring is a step that can be undone."""

from __future__ import annotations

import tempfile
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model.change import Change
from journeymap.model.document import Conflict, Document
from journeymap.model.figures import Figures
from journeymap.model.records import Version
from journeymap.session import Session
from journeymap.ui import theme, thumbnail
from journeymap.ui.controls import ink
from journeymap.ui.controls.buttons import Pill
from journeymap.ui.controls.fields import TextField
from journeymap.ui.controls.heads import Message, Words
from journeymap.ui.map import OpenMap
from journeymap.ui.panels.reading import day_month
from journeymap.ui.selection import Selection


class VersionRow(QFrame):
    """One named version: a small picture, its name, when and by whom; look at it, restore it."""

    def __init__(self, owner: VersionsDialog, version: Version, document: Document | None) -> None:
        super().__init__(owner)
        self.version = version
        self._image = None
        if document is not None:
            self._image = thumbnail.sketch(
                document, Figures(), dark=theme.current().dark, ratio=owner.devicePixelRatioF()
            )
        self.setMinimumHeight(84)
        row = QHBoxLayout(self)
        row.setContentsMargins(132, 8, 0, 8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(Words(version.name, self, weight=600))
        words.addWidget(
            Words(" · ".join(part for part in (_when(version.time), version.author) if part), self, tint="text3")
        )
        words.addStretch(1)
        row.addLayout(words, 1)
        self.look = Pill(_("Look at it"), self)
        self.restore = Pill(_("Restore"), self)
        self.look.clicked.connect(lambda: owner.look(version))
        self.restore.clicked.connect(lambda: owner.restore(version))
        self.restore.setEnabled(not owner.open_map.session.read_only)
        for button in (self.look, self.restore):
            button.setAccessibleDescription(version.name)
            row.addWidget(button)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(0, 9, 117, 66)
        if self._image is not None:
            painter.drawImage(box, self._image)
        else:
            ink.icon(painter, "warning", QPointF(box.center()), 16, "text3")
        ink.panel(painter, box, None, "border", 4)
        painter.fillRect(0, self.height() - 1, self.width(), 1, ink.colour("hair"))


class VersionsDialog(QDialog):
    """`VersionsDialog(open_map, parent)`."""

    signed = Signal(str)

    def __init__(self, open_map: OpenMap, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(_("Versions – {map}").format(map=open_map.document.map.title))
        self.setAccessibleName(self.windowTitle())
        self.open_map = open_map
        self.views: list[VersionView] = []
        self.rows: list[VersionRow] = []
        self.resize(640, 560)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(Words(_("Versions"), self, size=19, weight=600))
        column.addWidget(
            Words(
                _("Everything is saved as you go. A version is a name for the map as it is now."),
                self,
                tint="text2",
                wrap=True,
            )
        )
        row = QHBoxLayout()
        self.name = TextField(_("Name of the version"), self, prompt=_("What has been reached?"), flat=False)
        self.keep = Pill(_("Name this version"), self, tone="primary", height=32, weight=600)
        self.name.entered.connect(self.name_version)
        self.keep.clicked.connect(self.name_version)
        row.addWidget(self.name, 1)
        row.addWidget(self.keep)
        column.addLayout(row)
        self.name.setEnabled(not open_map.session.read_only)
        self.keep.setEnabled(not open_map.session.read_only)
        self.message = Message(self)
        column.addWidget(self.message)
        column.addWidget(self._list(), 1)
        foot = QHBoxLayout()
        close = Pill(_("Close"), self, height=32)
        close.clicked.connect(self.close)
        self.author = TextField(_("Your name or role"), self, prompt=_("Nobody: your name or role"), flat=False)
        self.author.show_value(open_map.session.author)
        self.author.setEnabled(not open_map.session.read_only)
        self.author.committed.connect(self.sign)
        foot.addWidget(Words(_("Changes are signed by"), self, tint="text3"))
        foot.addWidget(self.author, 3)
        foot.addStretch(1)
        foot.addWidget(close)
        column.addLayout(foot)
        open_map.changed.connect(self._follow)
        self.refresh()

    def _list(self) -> QScrollArea:
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget(scroll)
        self._rows = QVBoxLayout(page)
        self._rows.setContentsMargins(0, 0, 8, 0)
        self._rows.setSpacing(0)
        scroll.setWidget(page)
        return scroll

    def sizeHint(self) -> QSize:
        """A small window."""
        return QSize(640, 560)

    def refresh(self) -> None:
        """Lists the versions, the newest first."""
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = []
        for version in reversed(self.open_map.session.versions()):
            try:
                document: Document | None = self.open_map.session.version_document(version.id)
            except Failure:
                document = None
            row = VersionRow(self, version, document)
            self.rows.append(row)
            self._rows.addWidget(row)
        if not self.rows:
            self._rows.addWidget(Words(_("No version has been named yet."), self, tint="text3"))
        self._rows.addStretch(1)

    def name_version(self) -> None:
        """Gives the map as it is now the name that was typed."""
        name = self.name.text().strip()
        if not name:
            self.message.say(_("Type a name first: what has been reached?"))
            return
        try:
            self.open_map.session.name_version(name)
        except (Failure, Conflict) as problem:
            self.message.say(str(problem))
            return
        self.name.clear()
        self.message.say(_("Kept as “{name}”.").format(name=name), "info")

    def sign(self, author: str) -> None:
        """From now on the log says who changed the map: a name, a role, or nobody."""
        self.open_map.session.author = author.strip()
        self.signed.emit(author.strip())

    def restore(self, version: Version) -> None:
        """Makes the map what it was."""
        try:
            change = self.open_map.session.restore(version.id)
        except (Failure, Conflict) as problem:
            self.message.say(str(problem))
            return
        said = (
            _("The map is again as in “{name}”. Undo takes that back.")
            if change
            else _("The map is as in “{name}” already.")
        )
        self.message.say(said.format(name=version.name), "info")

    def look(self, version: Version) -> None:
        """Opens a version in a window of its own, to be read only."""
        try:
            view = VersionView(self.open_map, version, self)
        except Failure as problem:
            self.message.say(str(problem))
            return
        self.views.append(view)
        view.show()

    def _follow(self, change: Change) -> None:
        if any(isinstance(record, Version) for record in (*change.added.values(), *change.removed.values())):
            self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes; Enter belongs to the field."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closes its views with it."""
        for view in self.views:
            view.close()
        super().closeEvent(event)


class VersionView(QDialog):
    """A version on the real canvas, from a copy in a private folder that goes with the window."""

    def __init__(self, open_map: OpenMap, version: Version, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        from journeymap.ui.canvas.canvas import Canvas

        self.setWindowTitle(_("{name} (can only be read)").format(name=version.name))
        self._folder = tempfile.TemporaryDirectory(prefix="journeymap-", ignore_cleanup_errors=True)
        path = Path(self._folder.name) / "version.journey"
        then = open_map.session.version_document(version.id)
        Session.create(path, then).close()
        counts = partial(open_map.session.cube, document=then)  # they stay in the map's file, whatever became of it
        self.map = OpenMap(Session.open(path, read_only=True), self, counts)
        self.canvas = Canvas(self.map, Selection(self))
        self.resize(1200, 760)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.canvas)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The copy goes."""
        self.map.close()
        self._folder.cleanup()
        super().closeEvent(event)


def _when(text: str) -> str:
    try:
        then = datetime.fromisoformat(text).astimezone()
    except ValueError:
        return text
    return f"{day_month(then)} {then.year}, {then:%H:%M}"
