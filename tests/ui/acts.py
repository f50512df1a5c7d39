"""Everything that a hand or a key can do to the small map, each as real events."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hands import WRITTEN
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from journeymap.model import commands, lanes
from journeymap.model.outline import build
from journeymap.model.records import Card, Department, Lane, Link, Phase
from journeymap.session import Session
from journeymap.ui.canvas import cells, marks, ways

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
K = Qt.Key


def stand(fingers, name: str = "Compare shops", kind: str = "journey") -> None:
    fingers.window.canvas.linkbar.done()
    cell = fingers.cell(kind, name)
    fingers.window.selection.select(*cells.contents(fingers.window.map.document, cell)[:1], cell=cell)
    fingers.window.canvas.setFocus()


def carry_card(fingers) -> None:
    fingers.drag(fingers.middle(fingers.touchpoint("Ask friends")), fingers.middle(fingers.touchpoint("Ride along")))


def carry_cards(fingers) -> None:
    fingers.window.selection.select(*(fingers.touchpoint(name) for name in ("Ask friends", "Compare shops")))
    carry_card(fingers)


def copy_card(fingers) -> None:
    start, end = (fingers.middle(fingers.touchpoint(name)) for name in ("Ask friends", "Ride along"))
    fingers.press(start)
    fingers.move(end, since=start)
    QTest.mouseRelease(fingers.window.canvas.viewport(), Qt.MouseButton.LeftButton, CTRL, end)


def carry_text(fingers) -> None:
    card = fingers.record(Card, "Which one is good?")
    there = marks.cell_rect(fingers.window.canvas, fingers.cell("thoughts", "Ride along"))
    fingers.drag(fingers.middle(card.id, card.lane_id), fingers.window.canvas.view.on_screen(there).center().toPoint())


def drag_mood(fingers) -> None:
    x = marks.record_rect(fingers.window.canvas, fingers.touchpoint("Compare shops")).center().x()
    layout = fingers.window.map.layout
    fingers.drag(fingers.point(x, layout.mood_level(0.5)), fingers.point(x, layout.mood_level(-1.5)))


def chevron(fingers, name: str) -> QPoint:
    phase = fingers.record(Phase, name).id
    block = next(one for one in cells.blocks(fingers.window.canvas.sheet) if one.phase == phase)
    return QPoint(fingers.point(block.x + 40, 0).x(), 26)


def drag_phase(fingers) -> None:
    fingers.drag(chevron(fingers, "Bring back"), chevron(fingers, "Find"))


def lane_at(fingers, kind: str, *, foot: bool = False) -> QPoint:
    row = next(row for row in fingers.window.canvas.sheet.rows if row.lane_id == fingers.lane(kind))
    return QPoint(40, round(row.y + row.height * (1 if foot else 0.5)))


def drag_lane(fingers) -> None:
    fingers.drag(lane_at(fingers, "thoughts"), lane_at(fingers, "journey") - QPoint(0, 30))


def drag_column(fingers) -> None:
    column, gap = fingers.window.canvas.sheet.columns[0], fingers.window.canvas.sheet.metrics.gap / 2
    start = QPoint(fingers.point(column.x + column.width + gap, 0).x(), 26)
    fingers.drag(start, start + QPoint(40, 0))


def drag_row(fingers) -> None:
    start = lane_at(fingers, "thoughts", foot=True)
    fingers.drag(start, start + QPoint(0, 64))


def draw_link(fingers) -> None:
    source = fingers.touchpoint("Ask friends")
    fingers.move(fingers.middle(source))
    fingers.drag(
        marks.handle_at(fingers.window.canvas, source).toPoint(), fingers.middle(fingers.touchpoint("Ride along"))
    )


def link_of(fingers) -> Link:
    (link,) = fingers.window.map.document.all(Link)
    fingers.window.selection.select(link.id)
    return link


def reroute_link(fingers) -> None:
    grip = ways.way(fingers.window.canvas, link_of(fingers).id).grips[0][0].toPoint()
    fingers.drag(grip, fingers.middle(fingers.touchpoint("Ride along")))


def name_link(fingers) -> None:
    link_of(fingers)
    fingers.window.canvas.setFocus()
    fingers.key(K.Key_F2)
    fingers.type("because")
    fingers.key(K.Key_Return)


def type_text(fingers) -> None:
    stand(fingers, "Fetch it", "thoughts")
    fingers.type("Is it far")
    fingers.key(K.Key_Return)


def rename(fingers) -> None:
    stand(fingers)
    fingers.key(K.Key_F2)
    fingers.type("Weigh it up")
    fingers.key(K.Key_Tab)


def on(name: str, *keys: tuple[Qt.Key, Qt.KeyboardModifier], kind: str = "journey") -> Callable[..., None]:
    """Keys on a cell."""

    def act(fingers) -> None:
        stand(fingers, name, kind)
        for key, held in keys:
            fingers.key(key, held=held)

    return act


def paste(fingers) -> None:
    stand(fingers, "Ride along", "thoughts")
    QGuiApplication.clipboard().setText("One\nTwo")
    fingers.key(K.Key_V, held=CTRL)


def add_touchpoint(fingers) -> None:
    stand(fingers)
    fingers.key(K.Key_Return, held=CTRL)
    fingers.type("Pay")
    fingers.key(K.Key_Return)


def shown(fingers, kind: str, name: str) -> None:
    """Scrolls to a cell."""
    fingers.window.canvas.reveal(fingers.cell(kind, name))
    QApplication.processEvents()


def in_lane(fingers, kind: str, record: str):
    """What is drawn of a record in the lane of a kind."""
    sheet, of = fingers.window.canvas.sheet, fingers.lane(kind)
    groups = sheet.visible(0, 0, sheet.width, sheet.height)
    return next(one for one in groups if one.meaning.lane == of and one.meaning.record == record)


def across(fingers, name: str) -> float:
    return marks.record_rect(fingers.window.canvas, fingers.touchpoint(name)).center().x()


def drag_tension(fingers) -> None:
    shown(fingers, lanes.ARC, "Fetch it")
    touchpoint = fingers.touchpoint("Fetch it")
    row = fingers.window.canvas.sheet.row_of(fingers.lane(lanes.ARC), touchpoint)
    strip = fingers.window.canvas.sheet.strip_at(row.y + row.height / 2)
    x = across(fingers, "Fetch it")
    fingers.drag(fingers.point(x, strip.y + strip.level(2)), fingers.point(x, strip.y + strip.level(4)))


def drag_owner(fingers) -> None:
    shown(fingers, lanes.DEPARTMENTS, "Fetch it")
    bar = in_lane(fingers, lanes.DEPARTMENTS, fingers.record(Department, "Booking").id)
    middle = bar.y + bar.height / 2
    fingers.drag(fingers.point(bar.x + bar.width - 2, middle), fingers.point(across(fingers, "Fetch it"), middle))


def widen_card(fingers) -> None:
    shown(fingers, lanes.FRONT_STAGE, "Ride along")
    bar = in_lane(fingers, lanes.FRONT_STAGE, fingers.record(Card, "Web shop").id)
    middle = bar.y + bar.height / 2
    fingers.drag(fingers.point(bar.x + bar.width - 3, middle), fingers.point(across(fingers, "Ride along"), middle))


def click_channel(fingers) -> None:
    shown(fingers, lanes.CHANNELS, "Ride along")
    row = fingers.window.canvas.sheet.row_of(fingers.lane(lanes.CHANNELS), fingers.touchpoint("Ride along"))
    strip = fingers.window.canvas.sheet.strip_at(row.y + row.height / 2)
    level = [one.name for one in strip.used].index("Shop")
    fingers.click(fingers.point(across(fingers, "Ride along"), strip.y + strip.level(level)))


def inspector_field(fingers) -> None:
    """Types another name into the inspector."""
    stand(fingers)
    QApplication.processEvents()
    field = fingers.window.place.panels["inspector"].page.name
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "Weigh the offers")
    QTest.keyClick(field, K.Key_Return)
    fingers.window.canvas.setFocus()


def undo(fingers) -> None:
    fingers.key(K.Key_Z, held=CTRL)


NONE = Qt.KeyboardModifier.NoModifier
ACTS: dict[str, Callable[..., None]] = {
    "carry a card": carry_card,
    "carry several cards": carry_cards,
    "copy a card": copy_card,
    "carry a text": carry_text,
    "drag an emotion": drag_mood,
    "drag a phase": drag_phase,
    "drag a lane": drag_lane,
    "drag a column's border": drag_column,
    "drag a row's border": drag_row,
    "draw a link": draw_link,
    "take a link elsewhere": reroute_link,
    "name a link": name_link,
    "type a text": type_text,
    "rename": rename,
    "nudge a mood": on("Fetch it", (K.Key_Plus, NONE)),
    "duplicate": on("Fetch it", (K.Key_D, CTRL)),
    "delete": on("Fetch it", (K.Key_Delete, NONE)),
    "cut": on("Fetch it", (K.Key_X, CTRL)),
    "paste": paste,
    "add a touchpoint": add_touchpoint,
    "move by key": on("Fetch it", (K.Key_Right, ALT)),
    "moment of truth": on("Fetch it", (K.Key_M, CTRL)),
    "fold a lane": on("Ask friends", (K.Key_Period, CTRL), kind="thoughts"),
    "drag a tension": drag_tension,
    "drag the end of a department": drag_owner,
    "widen a text": widen_card,
    "click a channel's dot": click_channel,
    "type into the inspector": inspector_field,
    "undo": undo,
}


def prepared(path: Path) -> Path:
    """The small map with a link, a department, a dramatic arc, a lane of channels, and a step to undo."""
    document = build(WRITTEN, "A rented bicycle").document
    ids = {record.name: record.id for record in document if type(record).__name__ == "Touchpoint"}
    with Session.create(path, list(document)) as session:
        session.perform(commands.link(session.document, ids["Ask friends"], ids["Fetch it"]))
        lane = next(one for one in session.document.all(Lane) if one.kind == "text" or one.kind == "front_stage")
        session.perform(commands.set_department(session.document, ids["Ask friends"], "Booking"))
        session.perform(commands.edit(session.document, ids["Fetch it"], tension=2))
        for kind in (lanes.ARC, lanes.CHANNELS):
            session.perform(commands.add_lane(session.document, kind))
        session.perform(commands.add_card(session.document, lane.id, ids["Ride along"], "Helmet"))
    return path


DRAGS = (
    "carry a card", "carry several cards", "carry a text", "drag an emotion", "drag a phase", "drag a lane",
    "drag a column's border", "drag a row's border", "draw a link", "take a link elsewhere", "drag a tension",
    "drag the end of a department", "widen a text",
)  # fmt: skip
"""Those of `ACTS` that are one drag with the left button."""
