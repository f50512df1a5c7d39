"""Storyboard pictures with their captions, and files and links with where they lead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from journeymap.i18n import _
from journeymap.model import lanes, links
from journeymap.model.layout.contents import Contents
from journeymap.model.layout.grid import Grid
from journeymap.model.layout.kind import Cell, Kind, Stack
from journeymap.model.layout.pen import Pen
from journeymap.model.picture import Group, Image, Meaning
from journeymap.model.records import Attachment, Lane
from journeymap.model.text import count

RATIO: Final = 0.62
"""Height of a storyboard picture's frame to its width."""
CAPTION_LINES: Final = 3
NAME_LINES: Final = 3
ICON: Final = 9.4
"""Room for the icon before a name, points of A3."""


def _there(contents: Contents, lane: Lane) -> Sequence[Attachment]:
    return contents.pictures.get(lane.id, ())


# ---------------------------------------------------------------- storyboard


def _picture_high(grid: Grid, picture: Attachment, room: float) -> float:
    metrics, frame = grid.metrics, room * RATIO
    if not picture.name:
        return frame
    lines = count(picture.name, room, metrics.s, 400, CAPTION_LINES)
    return frame + 2 * metrics.k + lines * metrics.s * 1.24


def _picture(cell: Cell, picture: Attachment, high: float) -> Group:
    """The picture, whole in its frame, with its caption below."""
    metrics, wide, frame = cell.grid.metrics, cell.room, cell.room * RATIO
    pen = Pen(metrics)
    pen.box(0, 0, wide, frame, "sunk", None, metrics.radius_bar)
    pen.add([Image(0, 0, wide, frame, picture.content_hash, picture.name)])
    if picture.name:
        pen.wrapped(0, frame + 2 * metrics.k, picture.name, wide, metrics.s, 400, "text2", 1.24, CAPTION_LINES)
    alt = picture.name or _("Picture")
    meaning = Meaning("card", picture.id, cell.lane.id, cell.touchpoint_id, "name", alt)
    return pen.group(meaning, 0, 0, wide, high)


STORYBOARD: Final = Kind(Stack(_there, _picture_high, _picture, gap=5.0))


# ---------------------------------------------------------------- files and links


def _words(one: Attachment) -> tuple[str, str]:
    """(what it is called, the quiet line below): the host of a link, the kind of a file."""
    if one.url:
        host = links.place(one.url)
        return (one.name or host, host if one.name else "")
    kind = one.name.rpartition(".")[2].upper() if "." in one.name else ""
    return one.name or _("File"), kind if 0 < len(kind) <= 5 else ""


def _file_high(grid: Grid, one: Attachment, room: float) -> float:
    metrics = grid.metrics
    name, foot = _words(one)
    lines = count(name, room - ICON * metrics.k, metrics.s, 500, NAME_LINES)
    return max(1, lines) * metrics.s * 1.24 + (metrics.s * 1.24 if foot else 0.0)


def _file(cell: Cell, one: Attachment, high: float) -> Group:
    """An icon that tells files and links apart, the name, and where it leads."""
    metrics, left = cell.grid.metrics, ICON * cell.grid.metrics.k
    room, pen = cell.room - left, Pen(metrics)
    name, foot = _words(one)
    icon = "link" if one.url else "image" if one.media_type.startswith("image/") else "note"
    pen.icon(icon, 0, metrics.s * 0.06, metrics.s * 1.1, "brand" if one.url else "text3")
    base = pen.wrapped(left, 0, name, room, metrics.s, 500, "brand" if one.url else "text", 1.24, NAME_LINES)
    if foot:
        pen.text(left, base + metrics.s * 0.95, foot, metrics.s, 400, "text3", room=room)
    alt = (
        _("Link “{name}” to {place}").format(name=name, place=one.url)
        if one.url
        else _("File “{name}”").format(name=name)
    )
    meaning = Meaning("card", one.id, cell.lane.id, cell.touchpoint_id, "name", alt, url=one.url)
    return pen.group(meaning, 0, 0, cell.room, high)


FILES: Final = Kind(Stack(_there, _file_high, _file, gap=4.0))

KINDS: Final = {lanes.STORYBOARD: STORYBOARD, lanes.FILES: FILES}
"""How the lanes of attachments are drawn."""
