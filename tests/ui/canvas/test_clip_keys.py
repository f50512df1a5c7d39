"""Copy, cut and paste by keys for every kind of lane: several records at once, and from one map to another."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from journeymap.model import commands, lanes
from journeymap.model.records import Lane, Persona, Phase, Touchpoint
from journeymap.ui.canvas import clip
from journeymap.ui.selection import Cell

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

TEXTS = {
    lanes.ARC: ("2", "4"),
    lanes.EMOTION: ("1.5", "-2"),
    lanes.FILES: ("https://a.example One", "https://b.example Two"),
}
"""What is pasted where plain words mean nothing."""

KINDS = sorted(clip.WRITABLE - {lanes.JOURNEY, lanes.ACTIONS})


def lane_of(window, kind: str) -> str:
    document = window.map.document
    found = next((lane.id for lane in document.all(Lane) if lane.kind == kind), None)
    if found is None:
        change = commands.add_lane(document, kind)
        assert window.map.perform(change)
        found = commands.made(change)
    return found


def said(window, lane: str, touchpoint: str) -> list[list[object]]:
    """The row of two columns from a touchpoint on, as the clipboard has it."""
    document = window.map.document
    order = [one.id for one in document.all(Touchpoint)]
    order.sort(key=[column.touchpoint_id for column in window.canvas.sheet.columns].index)
    at = order.index(touchpoint)
    return [
        [clip._joined(clip._values(document, document.one(Lane, lane), Cell(lane, id_), document.one(Touchpoint, id_)))]
        for id_ in order[at : at + 2]
    ]


def put(fingers, window, lane: str, name: str, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    fingers.stand(Cell(lane, fingers.touchpoint(name)))
    fingers.key(Qt.Key.Key_V, held=CTRL)


@pytest.mark.parametrize("kind", KINDS)
def test_several_cells_of_a_row_are_cut_and_pasted_elsewhere(fingers, window, kind):
    lane, texts = lane_of(window, kind), TEXTS.get(kind, ("One", "Two"))
    count = len(window.map.document.all(Touchpoint))
    put(fingers, window, lane, "Ride along", "\t".join(texts))
    before = said(window, lane, fingers.touchpoint("Ride along"))
    fingers.stand(Cell(lane, fingers.touchpoint("Ride along")))
    window.selection.select(cell=Cell(lane, fingers.touchpoint("Ride along")))
    fingers.key(Qt.Key.Key_Left, Qt.Key.Key_Right)
    fingers.key(Qt.Key.Key_Right, held=SHIFT)
    fingers.key(Qt.Key.Key_X, held=CTRL)
    assert len(window.map.document.all(Touchpoint)) == count, "cutting what stands in a row leaves the journey alone"
    gone = said(window, lane, fingers.touchpoint("Ride along"))
    assert gone != before
    fingers.stand(Cell(lane, fingers.touchpoint("Ride along")))
    fingers.key(Qt.Key.Key_V, held=CTRL)
    assert said(window, lane, fingers.touchpoint("Ride along")) == before


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_is_copied_into_another_map(open_window, map_file, blank_file, hands, kind):
    window = open_window(map_file)
    fingers = hands(window)
    lane, texts = lane_of(window, kind), TEXTS.get(kind, ("One", "Two"))
    put(fingers, window, lane, "Ride along", "\t".join(texts))
    fingers.stand(Cell(lane, fingers.touchpoint("Ride along")))
    fingers.key(Qt.Key.Key_Left, Qt.Key.Key_Right)
    fingers.key(Qt.Key.Key_Right, held=SHIFT)
    before = said(window, lane, fingers.touchpoint("Ride along"))
    fingers.key(Qt.Key.Key_C, held=CTRL)
    window.open_map(blank_file)
    document = window.map.document
    window.map.perform(commands.add_phase(document, "Phase"))
    for name in ("First", "Second"):
        window.map.perform(commands.add_touchpoint(document, document.all(Phase)[0].id, name))
    window.map.perform(commands.add_persona(document, "Ines"))
    there = lane_of(window, kind)
    fingers.stand(Cell(there, fingers.touchpoint("First")))
    fingers.key(Qt.Key.Key_V, held=CTRL)
    assert document.all(Persona)
    assert said(window, there, fingers.touchpoint("First")) == before


def test_a_range_over_several_rows_keeps_its_rows(fingers, window):
    document = window.map.document
    fingers.key(Qt.Key.Key_Right, held=SHIFT)
    fingers.key(Qt.Key.Key_Down, held=SHIFT)
    fingers.key(Qt.Key.Key_C, held=CTRL)
    rows = clip.table_of(QGuiApplication.clipboard().text())
    assert rows == [["Ask friends", "Compare shops"], ["Which one is good?", ""]]
    assert QGuiApplication.clipboard().mimeData().hasHtml()
    assert QGuiApplication.clipboard().mimeData().hasImage()
    assert len(document.all(Touchpoint)) == 5
