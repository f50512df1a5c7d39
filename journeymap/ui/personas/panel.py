"""The page of personas: `PersonasPanel(open_map, selection)` for the middle of the window."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model import commands
from journeymap.model.change import Change
from journeymap.model.document import Conflict
from journeymap.model.records import DataSet, Id, Map, Measure, Persona, Slider, Trait
from journeymap.ui.canvas.gallery import Gallery
from journeymap.ui.controls.buttons import Pill
from journeymap.ui.controls.heads import Message, Words
from journeymap.ui.map import OpenMap
from journeymap.ui.panels.form import FLAT, Desk
from journeymap.ui.personas import copying
from journeymap.ui.personas.editor import Editor
from journeymap.ui.personas.entries import SHEET
from journeymap.ui.personas.portraits import Portraits
from journeymap.ui.personas.strip import Strip
from journeymap.ui.selection import Selection

_MINE = (Persona, Trait, Slider, DataSet, Measure, Map)
WIDEST = 1100


class PersonasPanel(QFrame):
    """Who is on the map, in a row; below all of the chosen one."""

    def __init__(self, open_map: OpenMap, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.setAccessibleName(_("Personas"))
        self.setStyleSheet(FLAT + SHEET)
        self.setAcceptDrops(True)
        self._map, self._selection = open_map, selection
        self._desk = Desk(open_map, selection)
        self._gallery = Gallery(open_map.session.blob)
        self._stale = False
        self.editor: Editor | None = None
        self.message = Message(self)
        self.portraits = Portraits(self._desk, self._gallery, lambda: self.shown, self.message.say, self)
        self._lay_out()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.refresh)
        open_map.changed.connect(self._follow)
        open_map.closed.connect(self._close)
        selection.changed.connect(self._show_selection)
        people = open_map.document.all(Persona)
        self.show_persona(self._selected() or (people[0].id if people else None))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(12, 4, 16, 4)
        row.setSpacing(8)
        self.strip = Strip(self._desk, self._gallery, self.message.say, self)
        self.strip.chosen.connect(self.show_persona)
        self.strip.asked.connect(self._ask)
        self.strip.added.connect(self.add)
        row.addWidget(self.strip, 1)
        self.print = Pill(_("Print"), self, icon="export", height=32)
        self.print.setToolTip(_("A page for each persona, as PDF or picture"))
        self.print.clicked.connect(self._print)
        row.addWidget(self.print)
        column.addLayout(row)
        column.addWidget(self.message)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(self._scroll, 1)
        self.empty = QWidget(self)
        told = QVBoxLayout(self.empty)
        told.setContentsMargins(24, 24, 24, 24)
        told.setSpacing(12)
        told.addWidget(Words(_("Whose journey is it?"), self.empty, size=23, weight=600))
        told.addWidget(
            Words(
                _(
                    "A persona is a person, not an average: a name, a face, a sentence she has said, and what she wants."
                ),
                self.empty,
                tint="text2",
                wrap=True,
            )
        )
        self.first = Pill(_("Add a persona"), self.empty, icon="plus", tone="primary", height=36, weight=600)
        self.first.clicked.connect(self.add)
        self.first.setEnabled(not self._map.session.read_only)
        told.addWidget(self.first)
        told.addStretch(1)
        column.addWidget(self.empty, 1)

    def sizeHint(self) -> QSize:
        """A page."""
        return QSize(960, 640)

    # ------------------------------------------------------------ showing

    def _selected(self) -> Id | None:
        first = self._selection.first
        return first if self._map.document.get(Persona, first) is not None else None

    @property
    def shown(self) -> Id | None:
        """Who is shown."""
        return self.editor.id if self.editor is not None else None

    def show_persona(self, id_: Id | None) -> None:
        """Shows a persona, or that there is none."""
        if self.editor is not None and self.editor.id != id_:
            self.editor.leave()
            gone = self._scroll.takeWidget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
            self.editor = None
        persona = self._map.document.get(Persona, id_)
        if self.editor is None and persona is not None:
            self.editor = Editor(self._desk, persona.id, self._gallery)
            self.editor.band.face.clicked.connect(self._show_heads)
            self.editor.band.more.clicked.connect(self._show_menu)
            self._scroll.setWidget(self.editor)
            self.editor.refresh()
            self._widen()
        self._scroll.setVisible(self.editor is not None)
        self.empty.setVisible(self.editor is None)
        self.print.setVisible(self.editor is not None)
        self.strip.show_people(self.shown)
        self.message.say("")

    def refresh(self) -> None:
        """Shows the personas as they are now; in the place of one who is gone, her neighbour."""
        self._stale = False
        people = [one.id for one in self._map.document.all(Persona)]
        if self.shown in people and self.editor is not None:
            self.strip.show_people(self.shown)
            self.editor.refresh()
        else:
            self.show_persona(self._selected() or (people[-1] if people else None))

    def setFocus(self, *_reason: object) -> None:
        """The keyboard goes to the chosen one."""
        tab = self.strip.tabs.get(self.shown or "")
        (tab or self.first).setFocus()

    def _follow(self, change: Change) -> None:
        records = [*change.added.values(), *change.removed.values()]
        records += [one for id_ in change.updated if (one := self._map.document.record(id_)) is not None]
        if any(isinstance(record, _MINE) for record in records):
            self._stale = True
            if self.isVisible():
                self._later.start()

    def showEvent(self, event: QShowEvent) -> None:
        """What was missed while it was hidden."""
        super().showEvent(event)
        if self._stale:
            self.refresh()
        self._show_selection()

    def _show_selection(self) -> None:
        wanted = self._selected()
        if wanted is not None and wanted != self.shown and self.isVisible():
            self.show_persona(wanted)

    def _close(self) -> None:
        if self.editor is not None:
            self.editor.leave()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A page is no wider than can be read."""
        super().resizeEvent(event)
        self._widen()

    def _widen(self) -> None:
        if self.editor is not None:
            self.editor.setMinimumWidth(min(self._scroll.viewport().width(), 320))

    # ------------------------------------------------------------ doing

    def add(self) -> None:
        """A new persona; her name is typed at once."""
        made: list[Change] = []

        def command() -> Change:
            made.append(commands.add_persona(self._map.document, ""))
            return made[0]

        if self._map.do(command):
            self.show_persona(commands.made(made[0]))
            if self.editor is not None:
                self.editor.band.name.setFocus()

    def _ask(self, id_: Id, what: str) -> None:
        """What the strip or the menu asks for."""
        if what == "copy":
            self.message.say(copying.copy(self._map, id_), "info")
        elif what == "paste":
            self.paste()
        elif what == "duplicate":
            self._duplicate(id_)
        elif what == "delete":
            self.message.say(self._desk.do(lambda document: commands.delete(document, id_)))
            self.refresh()
            self.setFocus()
        elif what == "hide":
            persona = self._map.document.one(Persona, id_)
            hidden = not persona.hidden
            self.message.say(self._desk.do(lambda document: commands.edit(document, id_, hidden=hidden)))

    def _duplicate(self, id_: Id) -> None:
        made: list[Change] = []

        def command() -> Change:
            made.append(commands.duplicate(self._map.document, id_))
            return made[0]

        if self._map.do(command):
            self.show_persona(commands.made(made[0]))

    def paste(self) -> bool:
        """The persona of the clipboard, or a picture for the one who is shown; whether there was either."""
        data = QApplication.clipboard().mimeData()
        if copying.on_clipboard():
            try:
                self.show_persona(copying.paste(self._map))
            except (Failure, Conflict) as problem:
                self.message.say(str(problem))
            return True
        return self.portraits.bring_data(data)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V pastes a persona or a picture, where no text has the keyboard."""
        if event.matches(QKeySequence.StandardKey.Paste) and self.paste():
            event.accept()
        elif event.matches(QKeySequence.StandardKey.Copy) and self.shown is not None:
            self._ask(self.shown, "copy")
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------ the portrait

    def _show_heads(self) -> None:
        if self.editor is not None:
            self.portraits.show_heads(self.editor.band.face)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes pictures; maps and data are for the window."""
        if self.portraits.takes(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """A dropped picture is the new portrait."""
        event.acceptProposedAction()
        self.portraits.bring_data(event.mimeData())

    # ------------------------------------------------------------ the menu

    def _show_menu(self) -> None:
        id_, editor = self.shown, self.editor
        if id_ is None or editor is None:
            return
        menu = self.menu(id_)
        corner = editor.band.more
        menu.popup(corner.mapToGlobal(QPoint(corner.width() - menu.sizeHint().width(), corner.height())))

    def menu(self, id_: Id) -> QMenu:
        """What can be done with the one who is shown."""
        made = QMenu(self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        writable = not self._map.session.read_only
        persona = self._map.document.one(Persona, id_)
        for words, what, able in (
            (_("Copy, for another map too") + "\tCtrl+C", "copy", True),
            (_("Paste a persona") + "\tCtrl+V", "paste", writable and copying.on_clipboard()),
            (_("Duplicate") + "\tCtrl+D", "duplicate", writable),
            (_("Delete") + "\tDel", "delete", writable),
        ):
            action = made.addAction(words)
            action.setEnabled(able)
            action.triggered.connect(partial(self._asked, id_, what))
        made.insertSeparator(made.actions()[-1])
        update = made.addAction(_("Update from origin…"))
        made.removeAction(update)
        made.insertAction(made.actions()[2], update)
        update.setEnabled(writable and bool(persona.origin_id))
        update.triggered.connect(lambda _checked=False: self._update())
        return made

    def _update(self) -> None:
        if self.editor is not None:
            self.editor.update_from_origin()

    def _asked(self, id_: Id, what: str, _checked: bool = False) -> None:
        self._ask(id_, what)

    def _print(self) -> None:
        from journeymap.ui import finding
        from journeymap.ui.window import Window

        window = self.window()
        if isinstance(window, Window):
            finding.open_export(window, "personas")
