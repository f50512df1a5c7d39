"""Copy, cut and paste on the canvas. Copying puts text, a table (for spreadsheets and for word processors) and a picture
on the clipboard; pasting is one step to undo.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from journeymap.failure import Failure
from journeymap.i18n import _, ngettext
from journeymap.model import commands
from journeymap.model.change import Change
from journeymap.model.records import Lane, Map, Persona, Phase, State
from journeymap.ui import attaching, lanemenu, theme
from journeymap.ui.canvas import clip, paint, ranges, touches
from journeymap.ui.personas import copying

if TYPE_CHECKING:
    from journeymap.ui.canvas.canvas import Canvas
    from journeymap.ui.canvas.clip import Pasted, Value
    from journeymap.ui.window import Window

LONGEST_SIDE = 4000
"""Pixels of a copied picture."""
SCALE = 2.0
MOST_SELECTED = 200
"""So many of the pasted records are selected: each selected one is framed at every painting."""


def copyable(window: Window) -> bool:
    """With something selected, also on a map that can only be read."""
    return window.map is not None and bool(window.selection.ids)


def copy(window: Window) -> None:
    """Puts the selection on the clipboard."""
    _copied(window)


def cut(window: Window) -> None:
    """Copies what is selected and deletes it."""
    if window.map is None or not _copied(window):
        return
    document = window.map.document
    if window.canvas is not None and touches.delete(window.canvas):
        return
    alive = [id_ for id_ in window.selection.ids if not isinstance(document.record(id_), Map | State | None)]
    if alive:
        window.map.do(lambda: commands.delete(document, *alive))


def _copied(window: Window) -> bool:
    if window.map is None or window.canvas is None:
        return False
    ids, document = window.selection.ids, window.map.document
    if len(ids) == 1 and document.get(Lane, ids[0]) is not None:
        return lanemenu.copy_lane(window, ids[0])
    if len(ids) == 1 and document.get(Persona, ids[0]) is not None:
        window.status.tell(copying.copy(window.map, ids[0]))
        return True
    rows, attached = _table(window.canvas), attaching.picture_of(window, ids)
    if attached is None and not any(cell != "" for row in rows for cell in row):
        window.status.tell(_("Nothing here to copy."))
        return False
    data = mime(rows)
    image = attached or picture(window.canvas)
    if image is not None:
        data.setImageData(image)
    QApplication.clipboard().setMimeData(data)
    count = sum(cell != "" for row in rows for cell in row)
    window.status.tell(ngettext("{n} cell copied", "{n} cells copied", count).format(n=count))
    return True


def _table(canvas: Canvas) -> list[list[Value]]:
    """The selection as rows and columns; a range as it stands, with what is empty in it."""
    document, selection = canvas.map.document, canvas.selection
    corner = selection.anchor
    range_ = ranges.area(canvas.sheet, document, corner, selection.cell) if corner is not None else []
    if range_:
        return clip.of_range(document, range_, canvas.persona)
    return clip.copied(document, selection.ids, selection.cell)


def mime(rows: list[list[Value]]) -> QMimeData:
    """A table as text and as HTML; one text alone is just that text."""
    from journeymap.formats import tables

    data = QMimeData()
    if len(rows) == 1 and len(rows[0]) == 1:
        data.setText(str(rows[0][0]))
        return data
    data.setText(tables.clipboard(rows))
    body = "".join("<tr>" + "".join(f"<td>{_html(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    data.setHtml(f"<table>{body}</table>")
    return data


def _html(cell: Value) -> str:
    return html.escape(str(cell)).replace("\n", "<br>")


def picture(canvas: Canvas) -> QImage | None:
    """The part of the map where the selection stands, in light colours; None where it is not drawn."""
    sheet = canvas.map.layout
    rect = QRectF()
    for id_ in canvas.selection.ids:
        place = sheet.place(id_)
        if place is not None:
            whole = canvas.map.document.get(Phase, id_) is not None  # a phase is its columns, from top to bottom
            rect = rect.united(QRectF(place.x, place.y, place.width, sheet.height if whole else place.height))
    if rect.isEmpty():
        return None
    rect = rect.adjusted(-8, -8, 8, 8)
    scale = min(SCALE, LONGEST_SIDE / max(rect.width(), rect.height()))
    image = QImage(round(rect.width() * scale), round(rect.height() * scale), QImage.Format.Format_ARGB32_Premultiplied)
    light = theme.made(dark=False)
    image.fill(light.colour("card"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        brush = paint.Brush(painter, light, pictures=canvas.pictures)
        groups = [*sheet.visible(rect.x(), rect.y(), rect.width(), rect.height()), *sheet.head]
        for group in sorted(groups, key=lambda one: one.layer):
            brush.place((group.x - rect.x()) * scale, (group.y - rect.y()) * scale, scale)
            paint.group(brush, group)
    finally:
        painter.end()
    return image


def paste(window: Window) -> None:
    """Puts what is on the clipboard where the keyboard stands."""
    place = window.place
    if place is None:
        return
    map_, canvas = place.map, place.canvas
    canvas.editor.commit()
    if copying.on_clipboard():
        copying.paste_on_map(window)
        return
    if lanemenu.on_clipboard():
        lanemenu.paste_lane(window, window.selection.cell.lane)
        return
    if attaching.paste(window, QApplication.clipboard().mimeData(), window.selection.cell):
        return
    text = QApplication.clipboard().text()
    found: list[Pasted] = []

    def made() -> Change:
        found.append(clip.paste(map_.document, window.selection.cell, text, canvas.persona))
        return found[0].change

    try:
        change = made()
    except Failure as failure:
        window.tell(str(failure))
        return
    if map_.perform(change):
        _show(window, found[0])


def _show(window: Window, pasted: Pasted) -> None:
    from journeymap.ui import finding

    count = len(pasted.made)
    said = ngettext("{n} pasted", "{n} pasted", count).format(n=count)
    if pasted.left:
        more = ngettext("{n} text found no place", "{n} texts found no place", pasted.left).format(n=pasted.left)
        said = f"{said}, {more}"
    window.status.tell(f"{said}. {pasted.said}" if pasted.said else said)
    if pasted.cell.lane is None and pasted.cell.phase is None:
        if pasted.made:
            finding.go_to(window, pasted.made[0])
        return
    window.selection.select(*pasted.made[:MOST_SELECTED], cell=pasted.cell)
    if window.canvas is not None:
        window.canvas.reveal(pasted.cell)
