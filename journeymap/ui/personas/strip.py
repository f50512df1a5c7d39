"""The people of a map in a row: choose one, drag to order, hide, add."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from journeymap.i18n import _
from journeymap.model import commands
from journeymap.model.avatars import portrait
from journeymap.model.records import Id, Persona
from journeymap.ui.canvas.paint import Pictures
from journeymap.ui.controls import ink, marks
from journeymap.ui.controls.buttons import IconButton, Painted
from journeymap.ui.panels.form import Desk
from journeymap.ui.personas.entries import Say
from journeymap.ui.personas.face import paint_items

_HIGH = 52


class Tab(Painted):
    """One person. `asked(what)`: "delete", "left", "right", "hide", "copy", "paste", "duplicate"."""

    asked = Signal(str)
    moved = Signal(int)
    dropped = Signal(int)
    KEYS = {  # noqa: RUF012  (read only)
        (Qt.Key.Key_Delete, False): "delete", (Qt.Key.Key_Backspace, False): "delete", (Qt.Key.Key_Left, True): "left",
        (Qt.Key.Key_Right, True): "right", (Qt.Key.Key_Left, False): "before", (Qt.Key.Key_Right, False): "behind",
        (Qt.Key.Key_H, False): "hide",
    }  # fmt: skip

    def __init__(self, found: Pictures, parent: QWidget) -> None:
        super().__init__(parent)
        self._found = found
        self._persona: Persona | None = None
        self._start: QPointF | None = None
        self._dragging = False
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_persona(self, persona: Persona, *, chosen: bool) -> None:
        """Shows her."""
        self._persona = persona
        self.setChecked(chosen)
        name = persona.name or _("No name")
        self.setAccessibleName(_("{name}, hidden").format(name=name) if persona.hidden else name)
        self.setToolTip(_("{name}: drag or Alt+← and Alt+→ to order, H hides, Del deletes").format(name=name))
        self.setText(name)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Portrait, marker, name."""
        return QSize(min(round(ink.text_width(self.text(), weight=600)) + 82, 220), _HIGH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the strip."""
        what = self.KEYS.get((Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)))
        if event.matches(QKeySequence.StandardKey.Copy):
            what = "copy"
        elif event.matches(QKeySequence.StandardKey.Paste):
            what = "paste"
        elif event.key() == Qt.Key.Key_D and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            what = "duplicate"
        if what is not None:
            self.asked.emit(what)
        elif event.key() == Qt.Key.Key_Escape and self._dragging:
            self._dragging, self._start = False, None
            self.moved.emit(-1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Chooses, and may begin to drag."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._start = event.globalPosition()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Shows where she would go."""
        if self._start is not None and (self._dragging or abs(event.globalPosition().x() - self._start.x()) > 8):
            self._dragging = True
            self.moved.emit(round(event.globalPosition().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Moves her there, or chooses her."""
        dragging, self._dragging, self._start = self._dragging, False, None
        if dragging:
            self.setDown(False)
            self.dropped.emit(round(event.globalPosition().x()))
        else:
            super().mouseReleaseEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws her."""
        painter = QPainter(self)
        persona = self._persona
        if persona is None:
            return
        if self.isChecked() or self.underMouse():
            ink.panel(painter, self.box().adjusted(2, 4, -2, -4), "brand2" if self.isChecked() else "hover", radius=10)
        painter.setOpacity(0.45 if persona.hidden else 1.0)
        painter.save()
        paint_items(self, painter, portrait(persona, 10, 9, 34, strong=True), self._found)
        painter.restore()
        painter.setOpacity(1.0)
        marks.persona(painter, QPointF(57, _HIGH / 2), persona.hue, 4.8, hollow=persona.hidden)
        box = QRectF(68, 0, self.width() - 78, _HIGH)
        tint = "text3" if persona.hidden else "text"
        ink.write(painter, box, self.text(), weight=600 if self.isChecked() else 400, tint=tint)
        if self.hasFocus():
            ink.focus_ring(painter, self.box().adjusted(2, 4, -2, -4), 10)


class Strip(QScrollArea):
    """All personas: `chosen(id)`, `asked(id, what)`; `added()`."""

    chosen = Signal(str)
    asked = Signal(str, str)
    added = Signal()

    def __init__(self, desk: Desk, found: Pictures, say: Say, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._found, self._say = desk, found, say
        self.tabs: dict[Id, Tab] = {}
        self.setAccessibleName(_("Personas"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFixedHeight(_HIGH)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = self._inside = QWidget(self)
        self.setWidget(inside)
        self._row = QHBoxLayout(inside)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2)
        self.plus = IconButton("plus", _("Add a persona"), inside, side=32)
        self.plus.clicked.connect(self.added)
        self.plus.setEnabled(not desk.open_map.session.read_only)
        self._row.addWidget(self.plus)
        self._row.addStretch(1)
        self._mark = QFrame(inside)
        self._mark.hide()

    def show_people(self, chosen: Id | None) -> None:
        """Shows the personas as they are now, in their order."""
        people = self._desk.document.all(Persona)
        for id_ in [one for one in self.tabs if all(one != person.id for person in people)]:
            gone = self.tabs.pop(id_)
            self._row.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for place, person in enumerate(people):
            tab = self.tabs.get(person.id)
            if tab is None:
                tab = self.tabs[person.id] = Tab(self._found, self)
                tab.clicked.connect(partial(self._choose, person.id))
                tab.asked.connect(partial(self._ask, person.id))
                tab.moved.connect(self._show_mark)
                tab.dropped.connect(partial(self._drop, person.id))
            if self._row.indexOf(tab) != place:
                self._row.removeWidget(tab)
                self._row.insertWidget(place, tab)
                tab.show()
            tab.show_persona(person, chosen=person.id == chosen)
        if chosen in self.tabs:
            self.ensureWidgetVisible(self.tabs[chosen], 40, 0)

    def _choose(self, id_: Id, _checked: bool = False) -> None:
        self.tabs[id_].setChecked(True)
        self.chosen.emit(id_)

    def _ask(self, id_: Id, what: str) -> None:
        ids = [one.id for one in self._desk.document.all(Persona)]
        at = ids.index(id_)
        if what in {"before", "behind"}:
            there = ids[max(at - 1, 0) if what == "before" else min(at + 1, len(ids) - 1)]
            self.tabs[there].setFocus()
            self.chosen.emit(there)
        elif what in {"left", "right"}:
            to = at + (-1 if what == "left" else 1)
            if 0 <= to < len(ids):
                after = to + (what == "right")
                self._move(id_, ids[after] if after < len(ids) else None)
                self.tabs[id_].setFocus()
        else:
            self.asked.emit(id_, what)

    def _move(self, id_: Id, before: Id | None) -> None:
        self._say(self._desk.do(lambda document: commands.move(document, id_, before)))
        self.show_people(next((one for one, tab in self.tabs.items() if tab.isChecked()), None))

    # ------------------------------------------------------------ dragging

    def _place_at(self, x: int) -> tuple[Id | None, int]:
        here = x - self._inside.mapToGlobal(self._inside.rect().topLeft()).x()
        end = 0
        for one in self._desk.document.all(Persona):
            tab = self.tabs[one.id]
            if here < tab.x() + tab.width() / 2:
                return one.id, tab.x()
            end = tab.x() + tab.width()
        return None, end

    def _show_mark(self, x: int) -> None:
        if x < 0:
            self._mark.hide()
            return
        _before, at = self._place_at(x)
        self._mark.setGeometry(max(at - 1, 0), 6, 2, _HIGH - 12)
        self._mark.setStyleSheet(f"background: {ink.colour('brand').name()};")
        self._mark.raise_()
        self._mark.show()

    def _drop(self, id_: Id, x: int) -> None:
        self._mark.hide()
        self._move(id_, self._place_at(x)[0])
