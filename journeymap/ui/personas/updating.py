"""What differs from the origin of a persona, side by side; what is taken from there becomes one step."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from journeymap.failure import Failure
from journeymap.i18n import _, ngettext
from journeymap.model import origin
from journeymap.model.document import Document
from journeymap.model.origin import Difference
from journeymap.model.records import Id, Persona
from journeymap.ui.controls.buttons import Pill, Segmented
from journeymap.ui.controls.heads import Message, Rule, Words
from journeymap.ui.dialogs.work import Cancelled, Progress, Work
from journeymap.ui.map import OpenMap


class Read(NamedTuple):
    """Another map, and the picture that the original has there."""

    document: Document
    picture: bytes | None


def read(path: Path, persona: Persona, _progress: Progress, _cancelled: Cancelled) -> Read:
    """Reads the map that a persona comes from; it is not changed. Raises Failure where it cannot be, or she is not there."""
    from journeymap.session import Session

    with Session.open(path, read_only=True) as session:
        document = Document(session.document)
        original = origin.found(document, persona)
        return Read(document, session.blob(original.picture_hash) if original.picture_hash else None)


class _Row(QWidget):
    """One difference: what it is, here, there, and which holds."""

    def __init__(self, one: Difference, parent: QWidget) -> None:
        super().__init__(parent)
        self.difference = one
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(12)
        label = Words(one.label, self, tint="text3", wrap=True)
        label.setFixedWidth(96)
        row.addWidget(label)
        for said, tint in ((one.here, "text2"), (one.there, "text")):
            row.addWidget(Words(said or "–", self, tint=tint if said else "text3", wrap=True), 1)
        self.choice = Segmented([("keep", _("Keep")), ("take", _("Take over"))], one.label, self)
        self.choice.setFixedWidth(172)
        self.choice.show_value("keep" if one.own else "take")
        self.choice.chosen.connect(self.choice.show_value)
        row.addWidget(self.choice)


class Updating(QFrame):
    """Over the lists of a persona: `Updating(open_map, persona_id)`; `begin()`; `ended(words)` with what to say."""

    ended = Signal(str)

    def __init__(self, open_map: OpenMap, persona: Id, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.setAccessibleName(_("Update from origin"))
        self._map, self._persona = open_map, persona
        self._found: Read | None = None
        self.rows: list[_Row] = []
        self._work = Work(self)
        self._work.done.connect(self._show)
        self._work.failed.connect(self._ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        self.head = Words("", self, size=16, weight=600, wrap=True)
        self.message = Message(self)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.message)
        column.addLayout(self._list)
        column.addSpacing(8)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.choose = Pill(_("Choose the file…"), self, icon="open")
        self.all = Pill(_("Take over everything"), self)
        self.nothing = Pill(_("Keep everything"), self)
        self.cancel = Pill(_("Cancel"), self, tone="quiet", height=32)
        self.go = Pill(_("Update"), self, tone="primary", height=32, weight=600)
        self.choose.clicked.connect(self._choose)
        self.all.clicked.connect(partial(self._set_all, "take"))
        self.nothing.clicked.connect(partial(self._set_all, "keep"))
        self.cancel.clicked.connect(lambda: self._end(""))
        self.go.clicked.connect(self._update)
        for button in (self.choose, self.all, self.nothing):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.go)
        column.addLayout(foot)
        self._show_buttons()

    def begin(self) -> None:
        """Looks for the origin beside this map, and asks for it where it is not there."""
        persona = self._record()
        path = self._map.session.path.parent / Path(persona.origin_map.replace("\\", "/")).name
        if persona.origin_map and path.is_file():
            self._read(path)
            return
        said = _("“{file}”, where she comes from, is not beside this map; choose it.")
        self._ask(said.format(file=persona.origin_map or _("The map")))

    def close_work(self) -> None:
        """Stops what is under way."""
        self._work.finish()

    # ------------------------------------------------------------ reading

    def _record(self) -> Persona:
        return self._map.document.one(Persona, self._persona)

    def _read(self, path: Path) -> None:
        self.head.setText(_("Reading “{file}” …").format(file=path.name))
        self.message.say("")
        self._work.start(partial(read, path, self._record()))

    def _ask(self, reason: str) -> None:
        """The sentence, and the way to another file."""
        self.head.setText(_("Update from origin"))
        self.message.say(reason, "warning")
        self._show_buttons(asking=True)

    def _choose(self) -> None:
        kinds = _("Journey maps ({files})").format(files="*.journey")
        path, _kind = QFileDialog.getOpenFileName(
            self, _("The map that she comes from"), str(self._map.session.path.parent), kinds
        )
        if path:
            self._read(Path(path))

    def _show(self, found: Read) -> None:
        self._found = found
        try:
            listed = origin.differences(self._map.document, self._persona, found.document)
        except (Failure, KeyError) as problem:
            self._ask(str(problem))
            return
        persona, home = self._record(), found.document.map.title or _("Untitled map")
        if not listed:
            self._end(_("“{name}” is the same there; nothing to update.").format(name=persona.name))
            return
        said = ngettext(
            "{n} difference between this map and “{map}”", "{n} differences between this map and “{map}”", len(listed)
        )
        self.head.setText(said.format(n=len(listed), map=home))
        self._list.addWidget(self._titles(home))
        for one in listed:
            self._list.addWidget(Rule(self))
            self.rows.append(_Row(one, self))
            self._list.addWidget(self.rows[-1])
        self._show_buttons(listed=True)
        self.go.setFocus()

    def _titles(self, home: str) -> QWidget:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(12)
        row.addSpacing(108)
        row.addWidget(Words(_("Here"), holder, tint="text3"), 1)
        row.addWidget(Words(home, holder, tint="text3"), 1)
        row.addSpacing(184)
        return holder

    def _show_buttons(self, *, asking: bool = False, listed: bool = False) -> None:
        self.choose.setVisible(asking)
        for button in (self.all, self.nothing, self.go):
            button.setVisible(listed)

    # ------------------------------------------------------------ doing

    def _set_all(self, value: str, _checked: bool = False) -> None:
        for row in self.rows:
            row.choice.show_value(value)

    def _update(self) -> None:
        found = self._found
        if found is None:
            return
        taken = {row.difference.key for row in self.rows if row.choice.value() == "take"}
        session = self._map.session

        def perform() -> None:
            if "picture_hash" in taken and found.picture is not None:
                session.keep_blob(found.picture)
            change = origin.updated(self._map.document, self._persona, found.document, taken)
            if change:
                session.perform(change)

        try:
            perform()
        except Failure as problem:
            self.message.say(str(problem))
            return
        n = len(taken)
        said = ngettext("{n} thing taken over, in one step.", "{n} things taken over, in one step.", n).format(n=n)
        self._end(said if n else _("Everything is kept as it is here."))

    def _end(self, words: str) -> None:
        self._work.stop()
        self.ended.emit(words)
