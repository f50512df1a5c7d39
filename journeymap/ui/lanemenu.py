"""The menu of a lane: on its name on the canvas, and in the outline; and the list of lanes that can be added."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QByteArray, QMimeData, QRectF, Qt
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model import commands, lanecopy, lanes
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.records import Id, Lane
from journeymap.ui import icons, theme
from journeymap.ui.map import OpenMap

if TYPE_CHECKING:
    from journeymap.ui.window import Window

Made = Callable[[Id], object]
"""What is to be done with a lane that was made: select it, name it."""


class LaneMenu(QMenu):
    """What can be done with one lane. `rename` begins to edit its name where the menu was opened."""

    def __init__(
        self, open_map: OpenMap, lane: Lane, rename: Callable[[], object], made: Made, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._map, self._id, self._kind = open_map, lane.id, lane.kind
        self._put(_("Rename"), rename, "F2")
        self._hint(lane)
        self._colours(lane)
        self.addSeparator()
        folded, hidden = lane.folded, lane.hidden
        if lane.kind not in lanes.LINES:
            self._does(_("Unfold") if folded else _("Fold"), partial(commands.fold_lane, folded=not folded), "Ctrl+.")
        self._does(_("Show") if hidden else _("Hide"), partial(commands.show_lane, shown=hidden))
        self._moves()
        self.addSeparator()
        duplicate = self._put(_("Duplicate"), lambda: self._duplicate(made))
        duplicate.setEnabled(lane.kind in lanes.SEVERAL)
        copy = self._put(_("Copy, for another map too"), lambda: copy_lane(self._window(), lane.id), "Ctrl+C")
        copy.setEnabled(lanecopy.copies(lane.kind))
        self._put(_("Paste a row here"), lambda: paste_lane(self._window(), lane.id)).setEnabled(on_clipboard())
        self._put(_("Delete"), self._delete, "Del")
        self.addSeparator()
        fill(self.addMenu(_("Add lane above")), open_map, made, before=lane.id)

    def _window(self) -> Window:
        around = self.parentWidget()
        assert around is not None
        return cast("Window", around.window())  # menus of a lane only stand in the main window

    def _put(self, words: str, do: Callable[[], object], keys: str = "") -> QAction:
        action = self.addAction(f"{words}\t{keys}" if keys else words)
        action.triggered.connect(lambda _checked=False: do())
        return action

    def _does(self, words: str, command: Callable[[Document, Id], Change], keys: str = "") -> QAction:
        return self._put(words, lambda: self._map.do(lambda: command(self._map.document, self._id)), keys)

    def _hint(self, lane: Lane) -> None:
        def keep(words: str) -> None:
            self._map.do(lambda: commands.edit(self._map.document, lane.id, hint=words))

        def ask() -> None:
            self._window().notice.ask(_("What stands small under the name:"), keep, lanes.subtitle(lane))

        self._put(_("Change the hint…"), ask)
        if lane.name or lane.hint or lane.colour or lane.height:
            self._does(_("As usual: name, hint, colour, height"), commands.clear_lane)

    def _colours(self, lane: Lane) -> None:
        if lane.kind in lanes.LINES:
            return
        menu = self.addMenu(_("Colour"))
        for colour, words in (("", _("None")), *colours()):
            action = menu.addAction(words)
            action.setIcon(swatch(colour))
            action.setCheckable(True)
            action.setChecked(lane.colour == colour)
            action.triggered.connect(partial(self._paint, colour))

    def _paint(self, colour: str, _checked: bool = False) -> None:
        self._map.do(lambda: commands.colour_lane(self._map.document, self._id, colour))

    def _moves(self) -> None:
        row = [one.id for one in self._map.document.all(Lane)]
        at = row.index(self._id)
        for words, step, keys in ((_("Move up"), -1, "Alt+↑"), (_("Move down"), 1, "Alt+↓")):
            there = at + step
            before = row[there] if step < 0 else row[there + 1] if there + 1 < len(row) else None
            action = self._does(words, partial(commands.move, before_id=before), keys)
            action.setEnabled(0 <= there < len(row))

    def _duplicate(self, made: Made) -> None:
        done: list[Change] = []

        def change() -> Change:
            done.append(commands.duplicate(self._map.document, self._id))
            return done[0]

        if self._map.do(change):
            made(commands.made(done[0]))

    def _delete(self) -> None:
        self._map.do(lambda: commands.delete(self._map.document, self._id))


def colours() -> list[tuple[str, str]]:
    """The tints with their names."""
    names = (_("Indigo"), _("Orange"), _("Plum"), _("Olive"), _("Blue"), _("Brown"))
    return list(zip(lanes.TINTS, names, strict=True))


def swatch(colour: str) -> QIcon:
    """A small field of the tint, with an edge in its full colour."""
    made = QPixmap(32, 32)
    made.setDevicePixelRatio(2)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.colour(colour or "control"))
    painter.setBrush(theme.colour(f"{colour}b" if colour else "stage0"))
    painter.drawRoundedRect(QRectF(1.5, 1.5, 13, 13), 3, 3)
    painter.end()
    return QIcon(made)


# ---------------------------------------------------------------- adding


def fill(menu: QMenu, open_map: OpenMap, made: Made, before: Id | None = None) -> None:
    """The kinds of lane in groups, each with an icon and one line that says what it is for.

    Of a kind that a map has once, a hidden one is shown again; one that is shown is not listed.
    """
    there = {lane.kind: lane for lane in open_map.document.all(Lane)}
    for title, kinds in lanes.groups():
        free = [kind for kind in kinds if kind in lanes.SEVERAL or kind not in there or there[kind].hidden]
        if free:
            menu.addSeparator()
            menu.addAction(title).setEnabled(False)  # the style sheet draws separators without their text
        for kind in free:
            known = there.get(kind) if kind not in lanes.SEVERAL else None
            action = menu.addAction(f"{lanes.name(kind)}\t{lanes.purpose(kind)}")
            action.setIcon(icons.icon(lanes.icon(kind), theme.colour("text2")))
            action.setData(kind)
            action.triggered.connect(partial(_add, open_map, made, kind, known, before))


def _add(
    open_map: OpenMap,
    made: Made,
    kind: str,
    known: Lane | None,
    before: Id | None,
    _checked: bool = False,
) -> None:
    if known is not None:
        if open_map.do(lambda: commands.show_lane(open_map.document, known.id)):
            made(known.id)
        return
    done: list[Change] = []

    def change() -> Change:
        done.append(commands.add_lane(open_map.document, kind, before_id=before))
        return done[0]

    if open_map.do(change):
        made(commands.made(done[0]))


# ---------------------------------------------------------------- from map to map


def copy_lane(window: Window, lane_id: Id) -> bool:
    """Puts a lane with all that stands in it on the clipboard. False, after a sentence, where that means nothing."""
    if window.map is None:
        return False
    document, session = window.map.document, window.map.session
    try:
        pack = lanecopy.packed(document, lane_id)
    except Failure as failure:
        window.status.tell(str(failure))
        return False
    blobs = {one: session.blob(one) for one in lanecopy.hashes(pack)}
    pack["blobs"] = {one: base64.b64encode(content).decode() for one, content in blobs.items() if content is not None}
    from journeymap.ui import clipboard
    from journeymap.ui.canvas import clip
    from journeymap.ui.selection import Cell

    rows = clip.copied(document, [lane_id], Cell(lane_id))
    data = clipboard.mime(rows) if rows and rows[0] else QMimeData()
    data.setData(lanecopy.MIME, QByteArray(json.dumps(pack).encode()))
    QApplication.clipboard().setMimeData(data)
    lane = document.one(Lane, lane_id)
    said = _("Row “{lane}” copied: open another map and paste it there, or paste it here.")
    window.status.tell(said.format(lane=lanes.title(lane)))
    return True


def on_clipboard() -> bool:
    """Whether a lane waits on the clipboard."""
    data = QApplication.clipboard().mimeData()
    return data is not None and data.hasFormat(lanecopy.MIME)


def paste_lane(window: Window, before: Id | None = None, by: str = "") -> bool:
    """Puts the lane of the clipboard on this map, before another one, and says how its touchpoints were found; the other
    way is offered. False, after a sentence, where it is no lane.
    """
    map_ = window.map
    if map_ is None:
        return False
    text = bytes(QApplication.clipboard().mimeData().data(lanecopy.MIME).data()).decode("utf-8", "replace")
    done: list[lanecopy.Laid] = []

    def change() -> Change:
        pack = lanecopy.read(text)
        _keep(window, pack)
        done.append(lanecopy.laid(map_.document, pack, before, by))
        return done[0].change

    if not map_.do(change) or not done:
        return False
    found = done[0]
    _show(window, found, before)
    return True


def _keep(window: Window, pack: dict[str, object]) -> None:
    """The pictures and files that came along, each under its own hash; what was damaged on the way is left out."""
    blobs, map_ = pack.get("blobs"), window.map
    if not isinstance(blobs, dict) or map_ is None:
        return
    for name, packed in blobs.items():
        try:
            content = base64.b64decode(packed, validate=True) if isinstance(packed, str) else b""
        except (binascii.Error, ValueError):
            continue
        if content and hashlib.sha256(content).hexdigest() == name:
            map_.session.keep_blob(content)


def _show(window: Window, found: lanecopy.Laid, before: Id | None) -> None:
    from journeymap.ui.selection import Cell

    if window.map is None or window.canvas is None:
        return
    cell = Cell(found.lane)
    window.selection.select(found.lane, cell=cell)
    window.canvas.reveal(cell)
    words = lanecopy.told(window.map.document, found)
    if not found.other:
        window.notice.tell(words, bad=False)
        return
    other = "order" if found.by == "name" else "name"
    label = _("Place by order instead") if other == "order" else _("Place by name instead")

    def again() -> None:
        if window.map is not None and window.map.session.undo_label == found.change.label:
            window.map.undo()
            paste_lane(window, before, other)
        window.focus_map()

    window.notice.tell(words, (label, again), bad=False)
