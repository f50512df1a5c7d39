"""Storyboard pictures with their captions, and files and links with where they lead."""

from __future__ import annotations

from typing import Final

from journeymap.i18n import _
from journeymap.model import lanes, links
from journeymap.model.layout.grid import Grid
from journeymap.model.layout.pen import Pen
from journeymap.model.layout.strip import Kind
from journeymap.model.picture import Group, Image, Meaning
from journeymap.model.records import Attachment, Lane
from journeymap.model.text import count

RATIO: Final = 0.62
"""Height of a storyboard picture's frame to its width."""
CAPTION_LINES: Final = 3
NAME_LINES: Final = 3


def _there(grid: Grid, lane: Lane, i: int) -> list[Attachment]:
    return grid.at(i).pictures.get(lane.id, [])


# ---------------------------------------------------------------- storyboard


def _picture_high(grid: Grid, picture: Attachment) -> float:
    metrics = grid.metrics
    frame = metrics.card_width * RATIO
    if not picture.name:
        return frame
    lines = count(picture.name, metrics.card_width, metrics.s, 400, CAPTION_LINES)
    return frame + 2 * metrics.k + lines * metrics.s * 1.24


def picture_height(grid: Grid, lane: Lane, i: int) -> float:
    """Height of the pictures stacked in column `i`."""
    there = _there(grid, lane, i)
    if not there:
        return 0.0
    return sum(_picture_high(grid, one) for one in there) + (len(there) - 1) * 5 * grid.metrics.k


def draw_pictures(grid: Grid, lane: Lane, i: int) -> list[Group]:
    """The pictures in column `i`, each whole in its frame, with its caption below."""
    metrics, found, top = grid.metrics, [], 0.0
    wide, frame = metrics.card_width, metrics.card_width * RATIO
    for picture in _there(grid, lane, i):
        pen, high = Pen(metrics), _picture_high(grid, picture)
        pen.box(0, 0, wide, frame, "sunk", None, metrics.radius_bar)
        pen.add([Image(0, 0, wide, frame, picture.content_hash, picture.name)])
        if picture.name:
            pen.wrapped(0, frame + 2 * metrics.k, picture.name, wide, metrics.s, 400, "text2", 1.24, CAPTION_LINES)
        alt = picture.name or _("Picture")
        meaning = Meaning("card", picture.id, lane.id, grid.columns.ids[i], "name", alt)
        found.append(pen.group(meaning, 0, top, wide, high))
        top += high + 5 * metrics.k
    return found


STORYBOARD: Final = Kind(picture_height, draw_pictures)


# ---------------------------------------------------------------- files and links


def _words(one: Attachment) -> tuple[str, str]:
    """(what it is called, the quiet line below): the host of a link, the kind of a file."""
    if one.url:
        host = links.place(one.url)
        return (one.name or host, host if one.name else "")
    kind = one.name.rpartition(".")[2].upper() if "." in one.name else ""
    return one.name or _("File"), kind if 0 < len(kind) <= 5 else ""


def _file_high(grid: Grid, one: Attachment) -> float:
    metrics = grid.metrics
    name, foot = _words(one)
    lines = count(name, _room(grid), metrics.s, 500, NAME_LINES)
    return max(1, lines) * metrics.s * 1.24 + (metrics.s * 1.24 if foot else 0.0)


def _room(grid: Grid) -> float:
    return grid.metrics.card_width - 9.4 * grid.metrics.k


def file_height(grid: Grid, lane: Lane, i: int) -> float:
    """Height of the files and links in column `i`."""
    there = _there(grid, lane, i)
    if not there:
        return 0.0
    return sum(_file_high(grid, one) for one in there) + (len(there) - 1) * 4 * grid.metrics.k


def draw_files(grid: Grid, lane: Lane, i: int) -> list[Group]:
    """The files and links in column `i`: an icon that tells them apart, the name, and where it leads."""
    metrics, k, found, top = grid.metrics, grid.metrics.k, [], 0.0
    for one in _there(grid, lane, i):
        pen, high = Pen(metrics), _file_high(grid, one)
        name, foot = _words(one)
        icon = "link" if one.url else "image" if one.media_type.startswith("image/") else "note"
        pen.icon(icon, 0, metrics.s * 0.06, metrics.s * 1.1, "brand" if one.url else "text3")
        left = 9.4 * k
        base = pen.wrapped(left, 0, name, _room(grid), metrics.s, 500, "brand" if one.url else "text", 1.24, NAME_LINES)
        if foot:
            pen.text(left, base + metrics.s * 0.95, foot, metrics.s, 400, "text3", room=_room(grid))
        alt = (
            _("Link “{name}” to {place}").format(name=name, place=one.url)
            if one.url
            else _("File “{name}”").format(name=name)
        )
        at = grid.columns.ids[i]
        meaning = Meaning("card", one.id, lane.id, at, "name", alt, url=one.url)
        found.append(pen.group(meaning, 0, top, metrics.card_width, high))
        top += high + 4 * k
    return found


FILES: Final = Kind(file_height, draw_files)

KINDS: Final = {lanes.STORYBOARD: STORYBOARD, lanes.FILES: FILES}
"""How the lanes of attachments are drawn."""
