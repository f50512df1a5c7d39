"""All of one persona, as her printed page shows it, edited where it stands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from journeymap.i18n import _
from journeymap.model import commands
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.records import Id, Persona, Slider
from journeymap.ui.canvas.paint import Pictures
from journeymap.ui.controls import ink, marks
from journeymap.ui.controls.buttons import IconButton, Painted, Pill
from journeymap.ui.controls.fields import ProseField, TextField
from journeymap.ui.controls.heads import Message, SectionHead, Words
from journeymap.ui.panels import reading
from journeymap.ui.panels.form import Desk, Form, Several
from journeymap.ui.personas.entries import EntryList
from journeymap.ui.personas.evidence import Evidence
from journeymap.ui.personas.face import Face
from journeymap.ui.personas.scales import ScaleRow
from journeymap.ui.personas.updating import Updating

PORTRAIT: Final = 132
MARGIN: Final = 24
GUTTER: Final = 24


def kinds() -> list[tuple[str, str, str]]:
    """The lists: kind, heading, what the next line is for."""
    return [
        ("goal", _("Goals"), _("What she wants to reach")),
        ("need", _("Needs"), _("What she cannot do without")),
        ("frustration", _("Frustrations"), _("What annoys her")),
        ("channel", _("Channels"), _("Where she likes to be met")),
        ("accessibility", _("Accessibility"), _("Larger type, no colour alone …")),
    ]


class Hue(Painted):
    """One colour with its marker."""

    stepped = Signal(int)

    def __init__(self, hue: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.hue = hue
        self.setCheckable(True)
        self.setFixedSize(28, 28)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right choose the neighbour."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        painter = QPainter(self)
        if self.isChecked():
            ink.panel(painter, self.box(), "card", f"p{self.hue}", 6)
        elif self.underMouse() and self.isEnabled():
            ink.panel(painter, self.box(), "hover")
        marks.persona(painter, QPointF(14, 14), self.hue, 6)
        if self.hasFocus():
            ink.focus_ring(painter, self.box(), 6)


class Hues(QWidget):
    """The six colours; `chosen(hue)`."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Colour and marker"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.parts = [Hue(hue, self) for hue in range(1, commands.HUES + 1)]
        for part in self.parts:
            part.clicked.connect(partial(self._choose, part.hue))
            part.stepped.connect(partial(self._step, part.hue))
            row.addWidget(part)

    def show_value(self, persona: Persona, others: list[Persona]) -> None:
        """Shows hers, and who else has which."""
        for part in self.parts:
            part.setChecked(part.hue == persona.hue)
            names = ", ".join(one.name or _("No name") for one in others if one.hue == part.hue)
            said = _("Colour {n}, also of {names}").format(n=part.hue, names=names) if names else ""
            part.setToolTip(said or _("Colour {n}").format(n=part.hue))
            part.setAccessibleName(part.toolTip())

    def _choose(self, hue: int, _checked: bool = False) -> None:
        self.parts[hue - 1].setChecked(True)
        self.chosen.emit(hue)

    def _step(self, hue: int, step: int) -> None:
        to = min(max(hue + step, 1), len(self.parts))
        self.parts[to - 1].setFocus()
        if to != hue:
            self.chosen.emit(to)


class Band(QWidget):
    """Portrait, name, age, role, line and quote on the tint of her colour."""

    def __init__(self, desk: Desk, persona: Id, found: Pictures, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._persona = desk, persona
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 20, MARGIN, 20)
        row.setSpacing(20)
        self.face = Face(PORTRAIT, found, self)
        row.addWidget(self.face, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        row.addLayout(column, 1)
        form = self.form = Form(desk, persona, self)
        top = QHBoxLayout()
        top.setSpacing(4)
        self.name = self._prose("name", _("Name"), size=33, weight=700)
        top.addWidget(self.name, 1)
        self.hues = Hues(self)
        self.eye = IconButton("eye", _("Hide her from the map"), self)
        self.more = IconButton("more", _("More: copy, update, print, delete"), self)
        for widget in (self.hues, self.eye, self.more):
            top.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        facts = QHBoxLayout()
        facts.setSpacing(2)
        self.age = TextField(_("Age"), self, prompt=_("Age"))
        self.age.setFixedWidth(56)
        self.role = TextField(_("Role"), self, prompt=_("Role: what this person does"))
        self.line = TextField(_("In a line"), self, prompt=_("In a line: travels twice a year"))
        self.message = Message(self)
        form.bind(self.age, "age", self.message, reading.whole(0, 130), reading.show)
        form.bind(self.role, "role", self.message)
        form.bind(self.line, "line", self.message)
        for field, share in ((self.age, 0), (self.role, 2), (self.line, 3)):
            facts.addWidget(field, share)
        column.addLayout(facts)
        self.quote = self._prose("quote", _("One sentence in her words"), size=19, weight=500)
        column.addWidget(self.quote)
        column.addWidget(self.message)
        column.addWidget(form)
        form.setFixedHeight(0)
        column.addStretch(1)
        for each in (self.name, self.age, self.role, self.line, self.quote, self.face, self.hues, self.eye):
            each.setEnabled(not desk.open_map.session.read_only)
        self.hues.chosen.connect(lambda hue: self._do(lambda document: commands.edit(document, persona, hue=hue)))
        self.eye.clicked.connect(self._hide)
        self.refresh()

    def _prose(self, name: str, prompt: str, *, size: float, weight: int) -> ProseField:
        field = ProseField(prompt, self, prompt=prompt, size=size, weight=weight)
        message = Message(self)
        self.form.bind(field, name, message)
        message.hide()
        return field

    def refresh(self) -> None:
        """Shows her as she is now."""
        persona = self._desk.document.get(Persona, self._persona)
        if persona is None:
            return
        self.form.refresh()
        self.face.show_persona(persona)
        others = [one for one in self._desk.document.all(Persona) if one.id != persona.id]
        self.hues.show_value(persona, others)
        hidden = persona.hidden
        self.eye.rename(
            _("Show her on the map") if hidden else _("Hide her from the map"), "eye-off" if hidden else "eye"
        )
        self.update()

    def _hide(self) -> None:
        persona = self._desk.document.one(Persona, self._persona)
        self._do(lambda document: commands.edit(document, self._persona, hidden=not persona.hidden))

    def _do(self, make: Callable[[Document], Change]) -> None:
        self.message.say(self._desk.do(make))
        self.refresh()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The tint."""
        persona = self._desk.document.get(Persona, self._persona)
        QPainter(self).fillRect(self.rect(), ink.colour(f"p{persona.hue if persona is not None else 1}b"))


class Block(QWidget):
    """A strong rule, a heading, and what stands below."""

    def __init__(self, title: str, content: QWidget, *, add: str = "", act: Callable[[], None] | None = None) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(2)
        self.head = SectionHead(title, self, add=add, size=16)
        if act is not None:
            self.head.added.connect(act)
        column.addWidget(self.head)
        column.addWidget(content)
        column.addStretch(1)
        content.setParent(self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The rule above."""
        QPainter(self).fillRect(0, 4, self.width(), 1, ink.colour("text"))


class Editor(QWidget):
    """`Editor(desk, persona_id, pictures)`; `told(words)` for the status line."""

    told = Signal(str)

    def __init__(self, desk: Desk, persona: Id, found: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.id = desk, persona
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, MARGIN)
        column.setSpacing(0)
        self.band = Band(desk, persona, found, self)
        column.addWidget(self.band)
        body = QWidget(self)
        inside = QVBoxLayout(body)
        inside.setContentsMargins(MARGIN, 12, MARGIN, 0)
        inside.setSpacing(8)
        self.message = Message(body)
        inside.addWidget(self.message)
        self._origin(inside, body)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GUTTER)
        self._grid.setVerticalSpacing(12)
        inside.addLayout(self._grid)
        column.addWidget(body)
        column.addStretch(1)
        self._columns = 0
        self._build()

    def sizeHint(self) -> QSize:
        """A page."""
        return QSize(840, super().sizeHint().height())

    def _build(self) -> None:
        say = self.message.say
        self.lists = {kind: EntryList(self.desk, self.id, kind, title, prompt, say) for kind, title, prompt in kinds()}
        self.scales = Several(
            lambda: [one.id for one in self.desk.document.referring(Slider, "persona_id", self.id)],
            lambda id_: ScaleRow(self.desk, id_, say),
        )
        self.evidence = Evidence(self.desk, self.id, say)
        writable = not self.desk.open_map.session.read_only
        blocks = {kind: Block(title, self.lists[kind]) for kind, title, _prompt in kinds()}
        self.skills = Block(
            _("Skills and attitudes"), self.scales, add=_("Add a scale") if writable else "", act=self.add_scale
        )
        self.proof = Block(_("What she is known from"), self.evidence)
        self._blocks = [
            blocks["goal"], blocks["need"], blocks["frustration"], self.skills, blocks["channel"],
            blocks["accessibility"],
        ]  # fmt: skip
        self._lay_out()

    def _origin(self, inside: QVBoxLayout, body: QWidget) -> None:
        """Where she comes from, and what differs there."""
        self.home = QWidget(body)
        row = QHBoxLayout(self.home)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._home_words = Words("", self.home, tint="text2")
        self.update_button = Pill(_("Update from origin…"), self.home, icon="refresh")
        self.update_button.setEnabled(not self.desk.open_map.session.read_only)
        self.update_button.clicked.connect(self.update_from_origin)
        row.addWidget(self._home_words)
        row.addWidget(self.update_button)
        row.addStretch(1)
        inside.addWidget(self.home)
        self._place = inside
        self.updating: Updating | None = None

    # ------------------------------------------------------------ showing

    def refresh(self) -> None:
        """Shows her as she is now."""
        persona = self.desk.document.get(Persona, self.id)
        if persona is None:
            return
        self.band.refresh()
        for each in self.lists.values():
            each.refresh()
        self.scales.refresh()
        self.evidence.refresh()
        self._show_home(persona)

    def _show_home(self, persona: Persona) -> None:
        self.home.setVisible(bool(persona.origin_id) and self.updating is None)
        file = persona.origin_map or _("another map")
        self._home_words.setText(_("Copied from {file}").format(file=file))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as have room."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        columns = 3 if self.width() >= 720 else 2 if self.width() >= 500 else 1
        if columns == self._columns:
            return
        before, self._columns = self._columns, columns
        for block in (*self._blocks, self.proof):
            self._grid.removeWidget(block)
        for at, block in enumerate(self._blocks):
            self._grid.addWidget(block, at // columns, at % columns)
        self._grid.addWidget(self.proof, len(self._blocks) // columns + 1, 0, 1, columns)
        for column in range(max(columns, before)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
            self._grid.setColumnMinimumWidth(column, 0)

    # ------------------------------------------------------------ doing

    def add_scale(self) -> None:
        """A scale whose ends are named at once."""
        known = {one.id for one in self.desk.document.referring(Slider, "persona_id", self.id)}
        self.message.say(self.desk.do(lambda document: commands.add_slider(document, self.id, "", "")))
        self.scales.refresh()
        for one in self.desk.document.referring(Slider, "persona_id", self.id):
            row = self.scales.row(one.id)
            if one.id not in known and isinstance(row, ScaleRow):
                row.low_field.setFocus()

    def update_from_origin(self) -> None:
        """Shows what differs from where she comes from."""
        if self.updating is not None:
            return
        self.updating = Updating(self.desk.open_map, self.id, self)
        self.updating.ended.connect(self._updated)
        self._place.insertWidget(self._place.indexOf(self.home) + 1, self.updating)
        self.home.hide()
        self.updating.begin()

    def _updated(self, words: str) -> None:
        panel, self.updating = self.updating, None
        if panel is not None:
            self._place.removeWidget(panel)
            panel.hide()
            panel.deleteLater()
        self.refresh()
        self.message.say(words, "info")

    def leave(self) -> None:
        """Another one is shown: what was just typed and moved is meant."""
        if self.updating is not None:
            self.updating.close_work()
        for field in self.findChildren(TextField):
            field.leave()
        for prose in self.findChildren(ProseField):
            prose.leave()
        for row in self.findChildren(ScaleRow):
            row.slider.settle()
