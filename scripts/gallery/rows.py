"""Every kind of lane, each with what may stand in it, cut out of the real canvas."""

from __future__ import annotations

import shutil

from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtGui import QColor, QImage, QPainter, QPolygonF

from gallery.studio import Studio, png
from journeymap.demo import MAP
from journeymap.model import commands, lanes
from journeymap.model.commands import Thing
from journeymap.model.records import Id, Lane, Persona, Touchpoint
from journeymap.ui.map import OpenMap
from journeymap.ui.window import Window

FIRST = "Find the entrance"
AT = (
    "Check in",
    "Drop the bag",
    "Queue for security",
    "Pass the scanner",
    "Find gate and food",
    "Hear of the delay",
    "Board",
)
SAID = {
    lanes.NEEDS: (
        "A machine I can read",
        "",
        "To know how long it takes",
        "",
        "A quiet corner",
        "To hear it in time",
        "",
    ),
    lanes.TEXT: ("Two trials in March", "", "Cameras since May", "", "", "Loudspeakers tested weekly", ""),
}
BARS = {
    lanes.SYSTEMS: (
        ("Check in", 2, "Departure control"),
        ("Queue for security", 2, "Lane sensors"),
        ("Hear of the delay", 2, "Airport database"),
    ),
    lanes.POLICIES: (
        ("Drop the bag", 1, "23 kg"),
        ("Queue for security", 2, "EU 2015/1998"),
        ("Hear of the delay", 1, "EU 261/2004"),
    ),
}
QUOTES = (
    ("Queue for security", "I just followed the back in front of me.", "Interview 6"),
    ("Hear of the delay", "The board said on time for forty minutes.", "Survey"),
)
TENSION = (2.0, 2.5, 4.5, 4.0, 1.5, 5.0, 3.0)


def take(studio: Studio) -> None:
    """A picture of each kind, and all of them together in the dark."""
    path = studio.folder / "rows.journey"
    shutil.copy(studio.folder / MAP, path)
    for theme in ("light", "dark"):
        with studio.window(path, (1260, 900), theme) as window:
            assert window.map is not None
            assert window.place is not None
            if theme == "light":
                fill(window.map)
            for name in ("outline", "inspector", "overview"):
                window.place.show_panel(name, shown=False)
            studio.settle(0.8)
            if theme == "light":
                each(studio, window)
            else:
                whole = stacked(window, [lane.id for lane in window.map.document.all(Lane)])
                studio.keep("Lanes", "lanes-dark", "Every lane in the dark theme", whole)
    path.unlink()


def each(studio: Studio, window: Window) -> None:
    """The lanes one by one, in the order of the menu."""
    assert window.map is not None
    for kind in lanes.KINDS:
        lane = next(one for one in window.map.document.all(Lane) if one.kind == kind)
        words = lanes.name(kind)
        if kind not in lanes.LINES:
            words = f"{words}: {lanes.purpose(kind)[:1].lower()}{lanes.purpose(kind)[1:]}"
        shown = [lane.id] if kind not in lanes.LINES else around(window.map, lane)
        studio.put("Lanes", f"lane-{kind}", words, png(stacked(window, shown)))


def around(map_: OpenMap, line: Lane) -> list[Id]:
    """A line with the lanes that it parts."""
    every = [one.id for one in map_.document.all(Lane) if not one.hidden]
    at = every.index(line.id)
    return every[max(0, at - 1) : at + 2]


def stacked(window: Window, shown: list[Id]) -> QImage:
    """The band of phases and the rows of some lanes, as they stand on the canvas."""
    canvas = window.canvas
    assert canvas is not None
    sheet = canvas.sheet
    start = next(column for column in sheet.columns if column.touchpoint_id == at(canvas.map, FIRST)[0])
    wide = round(start.x - sheet.names_width - 8)
    parts: list[QImage] = []
    for lane in shown:
        row = next(one for one in sheet.rows if one.lane_id == lane)
        canvas.scroll_by(wide - canvas.view.x, round(row.y - sheet.head_height) - canvas.view.y)
        window.repaint()
        grabbed = canvas.viewport().grab().toImage()
        if not parts:
            parts.append(grabbed.copy(QRect(0, 0, grabbed.width(), round(sheet.head_height))))
        top = round(row.y) - canvas.view.y
        parts.append(grabbed.copy(QRect(0, top, grabbed.width(), round(row.height))))
    made = QImage(parts[0].width(), sum(one.height() for one in parts), QImage.Format.Format_RGB32)
    painter, y = QPainter(made), 0
    for one in parts:
        painter.drawImage(QPoint(0, y), one)
        y += one.height()
    painter.end()
    return made


# ---------------------------------------------------------------- content


def at(map_: OpenMap, *names: str) -> list[Id]:
    """The touchpoints of these names."""
    known = {one.name: one.id for one in map_.document.all(Touchpoint)}
    return [known[name] for name in names]


def fill(map_: OpenMap) -> None:
    """Lanes of every kind, each with something in it."""
    for kind in lanes.KINDS:
        lane = next((one for one in map_.document.all(Lane) if one.kind == kind), None)
        if lane is None:
            map_.perform(commands.add_lane(map_.document, kind))
        elif lane.hidden:
            map_.perform(commands.show_lane(map_.document, lane.id, shown=True))
    by_kind = {one.kind: one.id for one in map_.document.all(Lane)}
    write(map_, by_kind)
    for name, text, source in QUOTES:
        map_.perform(commands.add_quote(map_.document, text, touchpoint_id=at(map_, name)[0], source=source))
    for touchpoint, value in zip(at(map_, *AT), TENSION, strict=True):
        map_.perform(commands.edit(map_.document, touchpoint, tension=value))
    attach(map_, by_kind)


def write(map_: OpenMap, by_kind: dict[str, Id]) -> None:
    """Cards and bars."""
    people = [one.id for one in map_.document.all(Persona)]
    for kind, texts in SAID.items():
        for n, (touchpoint, text) in enumerate(zip(at(map_, *AT), texts, strict=True)):
            who = people[n % 2] if kind in lanes.PERSONAL else None
            if text:
                map_.perform(commands.add_card(map_.document, by_kind[kind], touchpoint, text, persona_id=who))
    for kind, bars in BARS.items():
        for name, span, text in bars:
            map_.perform(commands.add_card(map_.document, by_kind[kind], at(map_, name)[0], text, span=span))


def attach(map_: OpenMap, by_kind: dict[str, Id]) -> None:
    """Three drawn pictures, a file and a link."""
    for name, words, ground in (
        ("Check in", "The kiosk", "#8FB8BA"), ("Queue for security", "Half past six", "#C9B8A0"), ("Hear of the delay", "Gate 14", "#9AA7C7"),
    ):  # fmt: skip
        hash_ = map_.session.keep_blob(png(drawn(ground)))
        map_.perform(
            commands.add_attachments(
                map_.document, by_kind[lanes.STORYBOARD], at(map_, name)[0], [Thing(words, "image/png", hash_)]
            )
        )
    file = map_.session.keep_blob(b"minutes of the workshop")
    things = [Thing("Workshop.txt", "text/plain", file), Thing("Rules for security", url="https://example.org/rules")]
    map_.perform(
        commands.add_attachments(map_.document, by_kind[lanes.FILES], at(map_, "Queue for security")[0], things)
    )


def drawn(ground: str) -> QImage:
    """A scene of a few shapes."""
    made = QImage(360, 240, QImage.Format.Format_RGB32)
    made.fill(QColor(ground))
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(0, 0, 0, 0))
    painter.setBrush(QColor("#F4F3F0"))
    painter.drawRect(0, 170, 360, 70)
    painter.drawRoundedRect(230, 50, 80, 130, 8, 8)
    for n, x in enumerate((50, 100, 150)):
        painter.setBrush(QColor("#48463F" if n % 2 else "#0F5C63"))
        painter.drawEllipse(QPoint(x, 100), 14, 14)
        painter.drawPolygon(
            QPolygonF([QPointF(x - 20, 195), QPointF(x - 14, 118), QPointF(x + 14, 118), QPointF(x + 20, 195)])
        )
    painter.end()
    return made
