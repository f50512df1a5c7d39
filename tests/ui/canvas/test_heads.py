"""Phases and lanes are dragged by their heads, columns and rows by their borders."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from journeymap.model.records import Lane, Phase
from journeymap.ui.canvas import cells


def head(fingers, name: str) -> QPoint:
    """A place on the chevron of a phase, off the borders of its columns."""
    sheet, phase = fingers.window.canvas.sheet, fingers.record(Phase, name).id
    block = next(one for one in cells.blocks(sheet) if one.phase == phase)
    return fingers.point(block.x + 40, 0) * 1 + QPoint(0, 26)


def lane_name(fingers, kind: str) -> QPoint:
    """The middle of a lane's name."""
    sheet, lane = fingers.window.canvas.sheet, fingers.lane(kind)
    row = next(row for row in sheet.rows if row.lane_id == lane)
    return QPoint(40, round(row.y + row.height / 2 - fingers.window.canvas.view.y))


def kinds(window) -> list[str]:
    return [lane.kind for lane in window.map.document.all(Lane)]


def phases(window) -> list[str]:
    return [phase.name for phase in window.map.document.all(Phase)]


def test_a_phase_is_dragged_to_another_place_with_its_touchpoints(fingers, window):
    fingers.drag(head(fingers, "Bring back"), head(fingers, "Find"))
    assert phases(window) == ["Bring back", "Find", "Ride"]
    assert fingers.names() == [["Return it"], ["Ask friends", "Compare shops"], ["Fetch it", "Ride along"]]
    assert window.selection.ids == (fingers.record(Phase, "Bring back").id,)


def test_a_phase_dragged_within_its_own_place_stays(fingers, window):
    start = head(fingers, "Ride")
    fingers.drag(start, start + QPoint(60, 0))
    assert phases(window) == ["Find", "Ride", "Bring back"]
    assert window.map.session.undo_label == ""


def test_a_phase_can_be_dragged_behind_the_last(fingers, window):
    sheet = window.canvas.sheet
    fingers.drag(head(fingers, "Find"), fingers.point(sheet.width - 4, 0) + QPoint(0, 26))
    assert phases(window) == ["Ride", "Bring back", "Find"]


def test_a_lane_is_dragged_among_the_lanes(fingers, window):
    before = kinds(window)
    target = lane_name(fingers, "journey") - QPoint(0, 30)
    fingers.drag(lane_name(fingers, "thoughts"), target)
    after = kinds(window)
    assert after[0] == "thoughts"
    assert after[1:] == [kind for kind in before if kind != "thoughts"]


@pytest.mark.parametrize("way", ["phase", "lane"])
def test_what_will_happen_is_shown_and_escape_leaves_all_as_it_was(fingers, window, way):
    start = head(fingers, "Find") if way == "phase" else lane_name(fingers, "thoughts")
    end = head(fingers, "Bring back") if way == "phase" else lane_name(fingers, "pains")
    still = window.canvas.grab().toImage()
    fingers.press(start)
    fingers.move(end, since=start)
    assert window.canvas.grab().toImage() != still
    fingers.key(Qt.Key.Key_Escape)
    fingers.release(end)
    assert phases(window) == ["Find", "Ride", "Bring back"]
    assert window.map.session.undo_label == ""


def border(fingers, column: int) -> QPoint:
    sheet = fingers.window.canvas.sheet
    one = sheet.columns[column]
    return fingers.point(one.x + one.width + sheet.metrics.gap / 2, 0) + QPoint(0, 26)


def test_a_columns_border_sets_the_width_of_all_columns(fingers, window):
    start = border(fingers, 0)
    fingers.drag(start, start + QPoint(40, 0))
    assert window.map.document.map.column_width == 176
    columns = window.canvas.sheet.columns
    assert columns[1].x - columns[0].x == 176
    assert window.map.layout.metrics.pitch == 176
    window.canvas.zoom_to(0.5)
    assert window.canvas.sheet.metrics.pitch == 176
    window.canvas.zoom_to(1.0)
    window.map.undo()
    assert window.canvas.sheet.columns[1].x - window.canvas.sheet.columns[0].x == 136


def test_columns_keep_within_what_can_be_read(fingers, window):
    start = border(fingers, 1)
    fingers.drag(start, start - QPoint(130, 0))
    assert window.map.document.map.column_width == 104


def test_a_double_click_on_a_border_gives_the_usual_width_back(fingers, window):
    start = border(fingers, 0)
    fingers.drag(start, start + QPoint(40, 0))
    fingers.double(border(fingers, 0))
    assert window.map.document.map.column_width == 0
    assert not window.canvas.editor.isVisible()


def foot(fingers, kind: str) -> QPoint:
    row = next(row for row in fingers.window.canvas.sheet.rows if row.lane_id == fingers.lane(kind))
    return QPoint(60, round(row.y + row.height - fingers.window.canvas.view.y))


def high(fingers, kind: str) -> float:
    return next(row.height for row in fingers.window.canvas.sheet.rows if row.lane_id == fingers.lane(kind))


def test_a_lanes_lower_border_sets_its_height_and_a_double_click_resets_it(fingers, window):
    was, start = high(fingers, "thoughts"), foot(fingers, "thoughts")
    fingers.drag(start, start + QPoint(0, 60))
    lane = window.map.document.one(Lane, fingers.lane("thoughts"))
    assert lane.height == high(fingers, "thoughts") == round((was + 60) / 8) * 8
    fingers.double(foot(fingers, "thoughts"))
    assert window.map.document.one(Lane, lane.id).height == 0
    assert high(fingers, "thoughts") == was


def test_a_row_is_never_lower_than_what_stands_in_it(fingers, window):
    was, start = high(fingers, "thoughts"), foot(fingers, "thoughts")
    fingers.drag(start, start - QPoint(0, 40))
    assert high(fingers, "thoughts") == was
    assert window.map.document.one(Lane, fingers.lane("thoughts")).height == 0


def test_a_higher_lane_of_curves_stretches_the_scale(fingers, window):
    start = foot(fingers, "emotion")
    before = window.map.layout.mood_level(-2) - window.map.layout.mood_level(2)
    fingers.drag(start, start + QPoint(0, 80))
    after = window.map.layout.mood_level(-2) - window.map.layout.mood_level(2)
    assert after > before + 50


@pytest.mark.parametrize("what", ["column", "row"])
def test_escape_while_a_border_is_dragged_changes_nothing(fingers, window, what):
    start = border(fingers, 0) if what == "column" else foot(fingers, "thoughts")
    still = window.canvas.grab().toImage()
    fingers.press(start)
    fingers.move(start + QPoint(40, 40), since=start)
    assert window.canvas.grab().toImage() != still
    fingers.key(Qt.Key.Key_Escape)
    fingers.release(start)
    fingers.move(QPoint(700, 900))
    assert window.map.session.undo_label == ""
    assert window.canvas.hand.busy is False
