"""The menu of a lane, on the canvas and in the outline; lanes of every kind added; a lane taken to another map."""

from __future__ import annotations

from pathlib import Path

import pytest
from hands import Fingers
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from journeymap.model import commands, lanes
from journeymap.model.document import Document
from journeymap.model.outline import build
from journeymap.model.records import Attachment, Card, Lane
from journeymap.session import Session
from journeymap.ui.canvas import marks
from journeymap.ui.lanemenu import LaneMenu
from journeymap.ui.selection import Cell

CTRL = Qt.KeyboardModifier.ControlModifier


def name_point(window, lane_id: str) -> QPoint:
    place = marks.cell_rect(window.canvas, Cell(lane_id))
    assert place is not None
    at = window.canvas.view.on_screen(place).center()
    return QPoint(60, round(at.y()))


def menu_on(window, lane_id: str) -> LaneMenu:
    """A right click on the lane's name."""
    window.canvas.reveal(Cell(lane_id))
    at, viewport = name_point(window, lane_id), window.canvas.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, at)
    QApplication.sendEvent(viewport, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, viewport.mapToGlobal(at)))
    QApplication.processEvents()
    return next(one for one in window.findChildren(LaneMenu) if one.isVisible())


def choose(menu: QMenu, *words: str) -> None:
    """Triggers an entry, in submenus too."""
    for word in words[:-1]:
        menu = next(one.menu() for one in menu.actions() if one.text().split("\t")[0] == word)
    action = next(one for one in menu.actions() if one.text().split("\t")[0] == words[-1])
    assert action.isEnabled(), words
    action.trigger()
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    QApplication.processEvents()


def lane_of(window, id_: str) -> Lane:
    return window.map.document.one(Lane, id_)


def test_a_lane_is_renamed_hinted_coloured_and_reset_from_its_menu(window, fingers):
    id_ = fingers.lane(lanes.THOUGHTS)
    choose(menu_on(window, id_), "Rename")
    fingers.type("What they think")
    fingers.key(Qt.Key.Key_Return)
    choose(menu_on(window, id_), "Change the hint…")
    QTest.keyClicks(window.notice._line, " here")
    QTest.keyClick(window.notice._line, Qt.Key.Key_Return)
    choose(menu_on(window, id_), "Colour", "Plum")
    lane = lane_of(window, id_)
    assert (lane.name, lane.colour) == ("What they think", "p3")
    assert lane.hint.endswith("here")
    shot = window.canvas.viewport().grab().toImage()
    at = name_point(window, id_)
    ground = window.canvas.sheet
    assert ground is not None
    found = {shot.pixelColor(x, at.y()).name() for x in range(2, 110)}
    from journeymap.ui import theme

    assert theme.colour("p3b").name() in found
    choose(menu_on(window, id_), "As usual: name, hint, colour, height")
    assert (lane_of(window, id_).name, lane_of(window, id_).colour) == ("", "")


def test_a_lane_is_folded_hidden_moved_duplicated_and_deleted_from_its_menu(window, fingers):
    id_ = fingers.lane(lanes.FRONT_STAGE)
    before = Document(window.map.document)
    order = [lane.id for lane in window.map.document.all(Lane)]
    choose(menu_on(window, id_), "Move up")
    moved = [lane.id for lane in window.map.document.all(Lane)]
    assert moved.index(id_) == order.index(id_) - 1
    choose(menu_on(window, id_), "Move down")
    choose(menu_on(window, id_), "Fold")
    assert lane_of(window, id_).folded
    choose(menu_on(window, id_), "Unfold")
    choose(menu_on(window, id_), "Duplicate")
    fingers.key(Qt.Key.Key_Escape)
    copies = [lane for lane in window.map.document.all(Lane) if lane.kind == lanes.FRONT_STAGE]
    assert len(copies) == 2
    texts = [card.text for card in window.map.document.all(Card) if card.lane_id == copies[1].id]
    assert texts == ["Web shop"]
    choose(menu_on(window, copies[1].id), "Delete")
    choose(menu_on(window, id_), "Hide")
    assert lane_of(window, id_).hidden
    for _step in range(7):
        fingers.key(Qt.Key.Key_Z, held=CTRL)
    assert window.map.document == before


def test_every_kind_can_be_added_from_a_menu_that_says_what_it_is_for(window, fingers):
    for kind in lanes.KINDS:
        there = next((lane for lane in window.map.document.all(Lane) if lane.kind == kind), None)
        if there is not None and kind not in lanes.SEVERAL:
            assert window.map.do(lambda there=there: commands.delete(window.map.document, there.id))
        count = sum(lane.kind == kind for lane in window.map.document.all(Lane))
        window.canvas.setFocus()
        fingers.key(Qt.Key.Key_L, held=CTRL | Qt.KeyboardModifier.ShiftModifier)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next(one for one in menu.actions() if one.data() == kind)
        name, purpose = action.text().split("\t")
        assert name == lanes.name(kind)
        assert len(purpose) > 10
        assert not action.icon().isNull()
        choose(menu, name)
        made = window.map.document.one(Lane, window.selection.first)
        assert made.kind == kind
        assert sum(lane.kind == kind for lane in window.map.document.all(Lane)) == count + 1
        assert window.canvas.editor.isVisible()
        fingers.type("Mine")
        fingers.key(Qt.Key.Key_Return)
        assert lane_of(window, made.id).name == "Mine"


def test_a_kind_that_the_map_has_once_is_shown_again_or_not_listed(window, fingers):
    id_ = fingers.lane(lanes.PAINS)
    menu = menu_on(window, fingers.lane(lanes.THOUGHTS))
    adding = next(one.menu() for one in menu.actions() if one.text() == "Add lane above")
    assert lanes.PAINS not in [one.data() for one in adding.actions()]
    assert not next(one for one in adding.actions() if one.text() == "The customer").isEnabled()
    menu.close()
    assert window.map.do(lambda: commands.show_lane(window.map.document, id_, shown=False))
    choose(menu_on(window, fingers.lane(lanes.THOUGHTS)), "Add lane above", "Pains")
    assert not lane_of(window, id_).hidden


def test_the_outline_has_the_same_menu(window, fingers):
    outline = window.place.panels["outline"]
    id_ = fingers.lane(lanes.THOUGHTS)
    at = outline.rows.visualRect(outline.lanes.index_of(id_)).center()
    outline.rows.customContextMenuRequested.emit(at)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, LaneMenu)
    choose(menu, "Colour", "Blue")
    assert lane_of(window, id_).colour == "p5"


@pytest.fixture
def other_file(tmp_path: Path) -> Path:
    """A map with some of the same touchpoints, in another order."""
    written = {"personas": [{"name": "ines"}], "phases": [{"name": "All", "touchpoints": [{"name": n} for n in ("Return it", "Pay", "Ask friends")]}]}  # fmt: skip
    path = tmp_path / "other.journey"
    Session.create(path, list(build(written, "Other").document)).close()
    return path


def test_a_lane_goes_to_another_map_by_keys_with_its_pictures(window, fingers, other_file):
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QApplication.clipboard().setImage(image)
    fingers.stand(fingers.cell(lanes.STORYBOARD, "Ask friends"))
    fingers.key(Qt.Key.Key_V, held=CTRL)
    (one,) = window.map.document.all(Attachment)
    id_ = fingers.lane(lanes.STORYBOARD)
    fingers.stand(Cell(id_))
    window.selection.select(id_, cell=Cell(id_))
    fingers.key(Qt.Key.Key_C, held=CTRL)
    assert window.open_map(other_file)
    there = Fingers(window)
    window.canvas.setFocus()
    there.key(Qt.Key.Key_V, held=CTRL)
    (copy,) = window.map.document.all(Attachment)
    assert copy.touchpoint_id == there.touchpoint("Ask friends")
    assert window.map.session.blob(copy.content_hash) is not None
    assert copy.content_hash == one.content_hash
    assert "touchpoints of the same name" in window.notice.text
    button = next(one for one in window.notice.findChildren(QPushButton) if one.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    (copy,) = window.map.document.all(Attachment)
    assert copy.touchpoint_id == there.touchpoint("Return it")
    assert "in their order" in window.notice.text
    QApplication.clipboard().clear()


def test_an_empty_line_or_row_of_the_journey_is_not_copied_silently(window, fingers):
    QApplication.clipboard().clear()
    id_ = fingers.lane(lanes.JOURNEY)
    window.selection.select(id_, cell=Cell(id_))
    window.canvas.setFocus()
    fingers.key(Qt.Key.Key_C, held=CTRL)
    data = QApplication.clipboard().mimeData()
    assert data is None or not data.hasFormat("application/x-journeymap-lane")


# ---------------------------------------------------------------- spans


def wide(window, text: str) -> int:
    return next(card.span for card in window.map.document.all(Card) if card.text == text)


def put(window, kind: str, name: str, text: str) -> Card:
    document, fingers = window.map.document, Fingers(window)
    change = commands.add_card(document, fingers.lane(kind), fingers.touchpoint(name), text)
    assert window.map.perform(change)
    return document.one(Card, commands.made(change))


@pytest.mark.parametrize("kind", [lanes.BACK_STAGE, lanes.SUPPORT, lanes.FRONT_STAGE])
def test_a_card_covers_columns_by_its_right_edge(window, fingers, kind):
    card = put(window, kind, "Compare shops", "Works on it")
    window.canvas.reveal(Cell(card.lane_id, card.touchpoint_id))
    place = marks.record_rect(window.canvas, card.id, card.lane_id)
    edge = window.canvas.view.to_screen(place.right() - 2, place.center().y()).toPoint()
    target = marks.cell_rect(window.canvas, fingers.cell(kind, "Ride along"))
    end = window.canvas.view.to_screen(target.right() - 20, place.center().y()).toPoint()
    fingers.press(edge)
    fingers.move(end, since=edge)
    assert wide(window, "Works on it") == 1
    fingers.key(Qt.Key.Key_Escape)
    fingers.release(end)
    assert wide(window, "Works on it") == 1
    fingers.drag(edge, end)
    assert wide(window, "Works on it") == 3
    drawn = marks.record_rect(window.canvas, card.id, card.lane_id)
    assert drawn.width() > 2 * place.width()
    fingers.key(Qt.Key.Key_Z, held=CTRL)
    assert wide(window, "Works on it") == 1


def test_a_card_covers_columns_by_keys_as_far_as_they_are_free(window, fingers):
    card = put(window, lanes.BACK_STAGE, "Compare shops", "Works on it")
    put(window, lanes.BACK_STAGE, "Ride along", "In the way")
    fingers.stand(Cell(card.lane_id, card.touchpoint_id))
    window.selection.select(card.id, cell=Cell(card.lane_id, card.touchpoint_id))
    held = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    for _step in range(4):
        fingers.key(Qt.Key.Key_Right, held=held)
    assert wide(window, "Works on it") == 2
    fingers.key(Qt.Key.Key_Left, held=held)
    fingers.key(Qt.Key.Key_Left, held=held)
    assert wide(window, "Works on it") == 1
