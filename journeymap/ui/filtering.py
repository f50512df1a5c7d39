"""Only what concerns some personas, departments, channels, tags: a view of the moment (`model.lens`), chosen in the finder
by name, said in the corner of the map, and gone with one key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from journeymap.i18n import _
from journeymap.model import lens, words
from journeymap.model.records import Channel, Department, Id, Persona, Record, Tag, View
from journeymap.ui import theme
from journeymap.ui.controls.buttons import IconButton
from journeymap.ui.lookup import Entry, Lookup

if TYPE_CHECKING:
    from journeymap.ui.canvas.canvas import Canvas
    from journeymap.ui.map import OpenMap
    from journeymap.ui.window import Window

FIELDS: Final[tuple[tuple[str, type[Record], str], ...]] = (
    ("personas", Persona, "user"), ("channels", Channel, "phone"), ("departments", Department, "handover"),
    ("tags", Tag, "tag"),
)  # fmt: skip
"""What a filter goes by: the field of a view, the records it names, their icon."""

HEIGHT, MARGIN, WIDEST = 32, 16, 420


def chosen(map_: OpenMap) -> list[Record]:
    """What the map is restricted to, in the order of `FIELDS`."""
    view = map_.view
    if view is None:
        return []
    found = (map_.document.record(id_) for field, _kind, _icon in FIELDS for id_ in getattr(view, field))
    return [record for record in found if record is not None]


def toggle(map_: OpenMap, field: str, id_: Id) -> None:
    """Restricts the map to a persona, a channel … besides those it is restricted to; or no longer to that one."""
    before: tuple[Id, ...] = getattr(map_.view, field) if map_.view is not None else ()
    after = tuple(one for one in before if one != id_) if id_ in before else (*before, id_)
    _look(map_, lens.changed(map_.view, map_.document, **{field: after}))


def clear(map_: OpenMap) -> bool:
    """Takes every restriction back; False where there is none. A saved view that has some of its own keeps them."""
    view = map_.view
    if view is None or not chosen(map_):
        return False
    base = _base(map_, view)
    own = {field: getattr(base, field) for field, _kind, _icon in FIELDS}
    if all(getattr(view, field) == value for field, value in own.items()):
        own = dict.fromkeys(own, ())
    _look(map_, lens.changed(view, map_.document, **own))
    return True


def _look(map_: OpenMap, view: View) -> None:
    """Looks through a changed view; where nothing of it is changed any more, through what it was made of."""
    base = _base(map_, view)
    if replace(view, id=base.id, name=base.name, order=base.order) == base:
        map_.look_through(None if base.id == f"view:{lens.MAP}" else base)
    else:
        map_.look_through(view)


def _base(map_: OpenMap, view: View) -> View:
    saved = map_.document.get(View, lens.origin(view))
    if saved is not None:
        return saved
    phase = view.phases[0] if view.kind == lens.PHASE and view.phases else None
    return lens.builtin(view.kind, map_.document, phase)


# ---------------------------------------------------------------- as actions


def choose(window: Window) -> None:
    """Opens the finder on what the map can be restricted to."""
    if window.map is not None:
        window.show_view("map")
        window.finder.ask(_("Show only …"), Lookup(entries(window)), *window.finder_place())


def entries(window: Window) -> list[Entry]:
    """Every persona, channel, department and tag; those that hold already say so."""
    map_ = window.map
    if map_ is None:
        return []
    on = {record.id for record in chosen(map_)}
    found = [Entry(_("Show everything again"), "F4", "eye", lambda: show_all(window))] if on else []
    for field, kind, icon in FIELDS:
        for record in map_.document.all(kind):
            name = words.name(record)
            if name:
                beside = (
                    _("{noun}, on: take it off").format(noun=words.noun(kind)) if record.id in on else words.noun(kind)
                )
                found.append(Entry(name, beside, icon, lambda field=field, id_=record.id: toggle(map_, field, id_)))  # type: ignore[misc]
    return found


def show_all(window: Window) -> None:
    """The whole of what the view shows again."""
    if window.map is not None and not clear(window.map):
        window.status.tell(_("Nothing is filtered."))


# ---------------------------------------------------------------- in the corner of the map


class Said(QFrame):
    """Says in the lower left corner of the canvas that, and to what, the map is restricted; a press shows all again."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas.viewport())
        self._canvas = canvas
        self.setObjectName("filtered")
        self.setFixedHeight(HEIGHT)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.text = QLabel(self)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.off = IconButton("close", _("Show everything again (F4)"), self, side=24, size=12)
        self.off.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.off.clicked.connect(lambda: clear(canvas.map))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 4, 0)
        row.setSpacing(4)
        row.addWidget(self.text)
        row.addWidget(self.off)
        canvas.viewport().installEventFilter(self)
        canvas.map.viewed.connect(self.follow)
        canvas.map.changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Says what holds now; nothing where nothing is restricted."""
        records = chosen(self._canvas.map)
        self.setVisible(bool(records))
        if not records:
            return
        names = ", ".join(words.name(record) for record in records)
        said = _("Only {names}").format(names=names)
        self.text.setText(QFontMetrics(self.text.font()).elidedText(said, Qt.TextElideMode.ElideRight, WIDEST))
        self.setToolTip(said)
        self.setAccessibleName(said)
        self.dress()
        self.adjustSize()
        self._place()
        self.raise_()

    def _place(self) -> None:
        view = self._canvas.view
        left = view.left(self._canvas.sheet) + MARGIN
        self.move(left, max(0, self._canvas.viewport().height() - HEIGHT - MARGIN))

    def dress(self) -> None:
        """The theme's colours."""
        names = theme.current().names
        sheet = (
            f"QFrame#filtered {{ background: {names['brand2']}; border: 1px solid {names['brand']}; border-radius: 8px; }}"
            f"QFrame#filtered QLabel {{ color: {names['text']}; border: none; background: transparent; font-weight: 600; }}"
        )
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The corner moves with the canvas."""
        del watched
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def changeEvent(self, event: QEvent) -> None:
        """Another theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self.dress()
        super().changeEvent(event)
