"""Gestures with the real mouse on a real map: what they show, what they change, and that Escape undoes them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from journeymap.model import commands
from journeymap.model.records import Card, Emotion, Link, Persona
from journeymap.ui import theme
from journeymap.ui.canvas import marks

CTRL = Qt.KeyboardModifier.ControlModifier


def test_dragging_a_card_to_the_left_moves_it_within_its_phase(fingers):
    start = fingers.middle(fingers.touchpoint("Compare shops"))
    target = fingers.middle(fingers.touchpoint("Ask friends")) - QPoint(40, 0)
    fingers.drag(start, target)
    assert fingers.names() == [["Compare shops", "Ask friends"], ["Fetch it", "Ride along"], ["Return it"]]


def test_dragging_a_card_into_another_phase_takes_it_there(fingers):
    start = fingers.middle(fingers.touchpoint("Ask friends"))
    target = fingers.middle(fingers.touchpoint("Ride along")) - QPoint(40, 0)
    fingers.drag(start, target)
    assert fingers.names() == [["Compare shops"], ["Fetch it", "Ask friends", "Ride along"], ["Return it"]]


def test_escape_during_a_drag_leaves_the_map_as_it_was(fingers, window):
    start = fingers.middle(fingers.touchpoint("Ask friends"))
    target = fingers.middle(fingers.touchpoint("Return it"))
    before = fingers.names()
    fingers.press(start)
    fingers.move(target, since=start)
    assert window.canvas.hand.busy
    fingers.key(Qt.Key.Key_Escape)
    assert not window.canvas.hand.busy
    fingers.release(target)
    assert fingers.names() == before
    assert window.map.session.undo_label == ""


def test_a_right_press_during_a_drag_cancels_it(fingers, window):
    start = fingers.middle(fingers.touchpoint("Ask friends"))
    target = fingers.middle(fingers.touchpoint("Return it"))
    fingers.press(start)
    fingers.move(target, since=start)
    fingers.press(target, Qt.MouseButton.RightButton)
    fingers.release(target)
    assert fingers.names()[0] == ["Ask friends", "Compare shops"]


def test_a_change_from_elsewhere_cancels_the_gesture_under_the_hand(fingers, window):
    start = fingers.middle(fingers.touchpoint("Ask friends"))
    fingers.press(start)
    fingers.move(start + QPoint(200, 0), since=start)
    window.map.perform(commands.delete(window.map.document, fingers.touchpoint("Ask friends")))
    assert not window.canvas.hand.busy
    fingers.release(start + QPoint(200, 0))
    assert fingers.names()[0] == ["Compare shops"]


def test_an_assumed_emotion_follows_the_pointer_and_snaps_to_half_steps(fingers, window):
    document = window.map.document
    ines = next(one for one in document.all(Persona) if one.name == "Ines")
    touchpoint = fingers.touchpoint("Compare shops")
    column = marks.record_rect(window.canvas, touchpoint)
    x = column.center().x()
    start = fingers.point(x, window.map.layout.mood_level(0.5))
    fingers.drag(start, fingers.point(x, window.map.layout.mood_level(-1.4)))
    assert commands.emotion(window.map.document, ines.id, touchpoint).value == -1.5
    assert window.map.session.undo_label == "Change emotion"


def test_an_emotion_cannot_be_dragged_off_its_scale(fingers, window):
    document = window.map.document
    ines = next(one for one in document.all(Persona) if one.name == "Ines")
    touchpoint = fingers.touchpoint("Return it")
    x = marks.record_rect(window.canvas, touchpoint).center().x()
    start = fingers.point(x, window.map.layout.mood_level(-1.0))
    fingers.drag(start, start + QPoint(0, 300))
    assert commands.emotion(window.map.document, ines.id, touchpoint).value == -2.0


def test_the_value_stands_beside_the_pointer_while_an_emotion_is_dragged(fingers, window):
    x = marks.record_rect(window.canvas, fingers.touchpoint("Compare shops")).center().x()
    start = fingers.point(x, window.map.layout.mood_level(0.5))
    still = window.canvas.grab().toImage()
    fingers.press(start)
    fingers.move(start + QPoint(0, 60), since=start)
    assert window.canvas.grab().toImage() != still
    fingers.key(Qt.Key.Key_Escape)
    fingers.move(QPoint(2, 2))
    assert window.map.session.undo_label == ""


def test_drawing_forwards_from_a_cards_handle_makes_a_branch(fingers, window):
    source, target = fingers.touchpoint("Ask friends"), fingers.touchpoint("Ride along")
    fingers.move(fingers.middle(source))
    start = marks.handle_at(window.canvas, source).toPoint()
    fingers.drag(start, fingers.middle(target))
    (link,) = window.map.document.all(Link)
    assert (link.source_id, link.target_id, link.kind) == (source, target, "branch")


def test_drawing_backwards_makes_a_loop(fingers, window):
    source, target = fingers.touchpoint("Return it"), fingers.touchpoint("Fetch it")
    fingers.move(fingers.middle(source))
    fingers.drag(marks.handle_at(window.canvas, source).toPoint(), fingers.middle(target))
    (link,) = window.map.document.all(Link)
    assert link.kind == "loop"


def test_a_link_that_ends_on_nothing_is_not_made(fingers, window):
    source = fingers.touchpoint("Ask friends")
    fingers.move(fingers.middle(source))
    fingers.drag(marks.handle_at(window.canvas, source).toPoint(), QPoint(4, 4))
    assert window.map.document.all(Link) == []


def test_a_thought_can_be_carried_to_another_touchpoint(fingers, window):
    card = fingers.record(Card, "Which one is good?")
    lane = fingers.lane("thoughts")
    start = fingers.middle(card.id, lane)
    target = fingers.point(
        marks.record_rect(window.canvas, fingers.touchpoint("Ride along")).center().x(),
        marks.cell_rect(window.canvas, fingers.cell("thoughts", "Ride along")).center().y(),
    )
    fingers.drag(start, target)
    assert window.map.document.one(Card, card.id).touchpoint_id == fingers.touchpoint("Ride along")


def test_a_band_over_cards_selects_them(fingers, window):
    first, last = fingers.touchpoint("Ask friends"), fingers.touchpoint("Compare shops")
    place = marks.record_rect(window.canvas, first)
    end = marks.record_rect(window.canvas, last)
    fingers.drag(fingers.point(place.left() - 3, place.top() - 4), fingers.point(end.center().x(), end.center().y()))
    assert {first, last} <= set(window.selection.ids)


def test_a_click_selects_and_a_click_with_ctrl_adds(fingers, window):
    first, second = fingers.touchpoint("Ask friends"), fingers.touchpoint("Fetch it")
    fingers.click(fingers.middle(first))
    assert window.selection.ids == (first,)
    fingers.click(fingers.middle(second), CTRL)
    assert window.selection.ids == (first, second)
    fingers.click(fingers.middle(second), CTRL)
    assert window.selection.ids == (first,)


def test_the_middle_button_moves_the_paper(open_window, map_file, hands):
    window = open_window(map_file, size=(900, 600))
    fingers = hands(window)
    start = QPoint(400, 300)
    fingers.press(start, Qt.MouseButton.MiddleButton)
    fingers.move(start - QPoint(100, 60), since=start)
    fingers.release(start - QPoint(100, 60), Qt.MouseButton.MiddleButton)
    assert (window.canvas.view.x, window.canvas.view.y) == (100, 60)


def test_the_space_bar_turns_a_drag_into_a_pan_that_escape_takes_back(open_window, map_file, hands):
    window = open_window(map_file, size=(900, 600))
    fingers = hands(window)
    QTest.keyPress(window.canvas, Qt.Key.Key_Space)
    start = fingers.middle(fingers.touchpoint("Ask friends"))
    fingers.press(start)
    fingers.move(start - QPoint(80, 0), since=start)
    assert window.canvas.view.x == 80
    fingers.key(Qt.Key.Key_Escape)
    assert window.canvas.view.x == 0
    fingers.release(start)
    QTest.keyRelease(window.canvas, Qt.Key.Key_Space)
    assert fingers.names()[0] == ["Ask friends", "Compare shops"]


def test_dragging_near_the_edge_scrolls_the_map(open_window, map_file, hands, qtbot):
    window = open_window(map_file, size=(900, 600))
    fingers = hands(window)
    start = fingers.middle(fingers.touchpoint("Ask friends"))
    edge = QPoint(window.canvas.viewport().width() - 4, start.y())
    fingers.press(start)
    fingers.move(edge, since=start)
    qtbot.waitUntil(lambda: window.canvas.view.x > 60, timeout=3000)
    fingers.key(Qt.Key.Key_Escape)
    fingers.release(edge)
    assert len(window.map.document.all(Emotion)) == 6


def select(window, *names, fingers):
    window.selection.select(*(fingers.touchpoint(name) for name in names))


def test_several_selected_cards_are_carried_together_in_their_order(fingers, window):
    select(window, "Fetch it", "Ask friends", fingers=fingers)
    start = fingers.middle(fingers.touchpoint("Fetch it"))
    fingers.drag(start, fingers.middle(fingers.touchpoint("Return it")) + QPoint(40, 0))
    assert fingers.names() == [["Compare shops"], ["Ride along"], ["Return it", "Ask friends", "Fetch it"]]
    assert window.map.session.undo_label == "Move 2 touchpoints"
    window.map.undo()
    assert fingers.names() == [["Ask friends", "Compare shops"], ["Fetch it", "Ride along"], ["Return it"]]


def test_dropped_among_themselves_several_cards_stay_in_order(fingers, window):
    select(window, "Ask friends", "Compare shops", "Fetch it", fingers=fingers)
    start = fingers.middle(fingers.touchpoint("Ask friends"))
    fingers.drag(start, fingers.middle(fingers.touchpoint("Fetch it")) - QPoint(40, 0))
    assert fingers.names() == [[], ["Ask friends", "Compare shops", "Fetch it", "Ride along"], ["Return it"]]


def test_with_ctrl_held_a_card_is_copied_with_what_hangs_on_it(fingers, window):
    source = fingers.touchpoint("Ask friends")
    start, end = fingers.middle(source), fingers.middle(fingers.touchpoint("Return it")) + QPoint(40, 0)
    fingers.press(start)
    fingers.move(end, since=start)
    QTest.mouseRelease(window.canvas.viewport(), Qt.MouseButton.LeftButton, CTRL, end)
    assert fingers.names() == [
        ["Ask friends", "Compare shops"],
        ["Fetch it", "Ride along"],
        ["Return it", "Ask friends"],
    ]
    (copy,) = window.selection.ids
    assert copy != source
    document = window.map.document
    assert [card.text for card in document.referring(Card, "touchpoint_id", copy)] == ["Which one is good?"]
    assert [mood.value for mood in document.referring(Emotion, "touchpoint_id", copy)] == [1.0]


def place_of(fingers, kind, name):
    return fingers.window.canvas.view.on_screen(
        marks.cell_rect(fingers.window.canvas, fingers.cell(kind, name))
    ).center().toPoint()  # fmt: skip


def test_words_are_carried_on_a_card_with_room_around_them(fingers, window):
    card = fingers.record(Card, "Which one is good?")
    start, way = fingers.middle(card.id, card.lane_id), QPoint(90, 20)
    home = window.canvas.view.on_screen(marks.record_rect(window.canvas, card.id))
    fingers.press(start)
    fingers.move(start + way, since=start)
    seen = window.canvas.viewport().grab().toImage()
    left, top, foot = (round(end) for end in (home.left() + way.x(), home.top() + way.y(), home.bottom() + way.y()))
    ground = theme.colour("card").rgb()
    ratio = window.canvas.devicePixelRatioF()
    for y in range(top + 4, foot - 4):
        assert all(seen.pixel(round((left - x) * ratio), round(y * ratio)) == ground for x in (2, 3, 4)), y
    fingers.key(Qt.Key.Key_Escape)


def test_texts_of_several_cells_go_as_far_as_the_one_that_is_held(fingers, window):
    first, second = fingers.record(Card, "Which one is good?"), fingers.record(Card, "Web shop")
    window.selection.select(first.id, second.id)
    fingers.drag(fingers.middle(first.id, first.lane_id), place_of(fingers, "thoughts", "Compare shops"))
    document = window.map.document
    assert document.one(Card, first.id).touchpoint_id == fingers.touchpoint("Compare shops")
    assert document.one(Card, second.id).touchpoint_id == fingers.touchpoint("Fetch it")
    assert document.one(Card, second.id).lane_id == second.lane_id
    window.map.undo()
    assert document.one(Card, second.id).touchpoint_id == fingers.touchpoint("Compare shops")


def test_texts_that_would_leave_the_map_go_as_far_as_it_reaches(fingers, window):
    first, second = fingers.record(Card, "Which one is good?"), fingers.record(Card, "Web shop")
    window.selection.select(first.id, second.id)
    fingers.drag(fingers.middle(first.id, first.lane_id), place_of(fingers, "thoughts", "Return it"))
    document = window.map.document
    assert document.one(Card, second.id).touchpoint_id == fingers.touchpoint("Return it")
    assert document.one(Card, first.id).touchpoint_id == fingers.touchpoint("Ride along")


def test_with_ctrl_held_a_text_is_copied(fingers, window):
    card = fingers.record(Card, "Which one is good?")
    start, end = fingers.middle(card.id, card.lane_id), place_of(fingers, "thoughts", "Ride along")
    fingers.press(start)
    fingers.move(end, since=start)
    QTest.mouseRelease(window.canvas.viewport(), Qt.MouseButton.LeftButton, CTRL, end)
    texts = [one.touchpoint_id for one in window.map.document.all(Card) if one.text == card.text]
    assert sorted(texts) == sorted([fingers.touchpoint("Ask friends"), fingers.touchpoint("Ride along")])


def band(fingers, first, last, held):
    canvas = fingers.window.canvas
    start = marks.record_rect(canvas, fingers.touchpoint(first))
    end = marks.record_rect(canvas, fingers.touchpoint(last))
    here = fingers.point(start.left() - 3, start.top() - 4)
    there = fingers.point(end.center().x(), end.center().y())
    fingers.press(here, held=held)
    for step in (0.5, 1.0):
        at = here + (there - here) * step
        event_at = QPoint(round(at.x()), round(at.y()))
        _move(fingers, event_at, held)
    QTest.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, held, there)


def _move(fingers, at, held):
    viewport = fingers.window.canvas.viewport()
    event = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(at), viewport.mapToGlobal(QPointF(at)),
        Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, held,
    )  # fmt: skip
    QApplication.sendEvent(viewport, event)


def test_a_band_with_shift_adds_and_with_ctrl_turns_round(fingers, window):
    one, two, three = (fingers.touchpoint(name) for name in ("Ask friends", "Compare shops", "Fetch it"))
    window.selection.select(three)
    band(fingers, "Ask friends", "Compare shops", Qt.KeyboardModifier.ShiftModifier)
    assert set(window.selection.ids) == {one, two, three}
    band(fingers, "Compare shops", "Fetch it", CTRL)
    assert set(window.selection.ids) == {one}


def test_escape_gives_a_band_its_selection_back(fingers, window):
    three = fingers.touchpoint("Fetch it")
    window.selection.select(three)
    place = marks.record_rect(window.canvas, fingers.touchpoint("Ask friends"))
    start = fingers.point(place.left() - 3, place.top() - 4)
    fingers.press(start)
    fingers.move(start + QPoint(200, 40), since=start)
    assert three not in window.selection.ids
    fingers.key(Qt.Key.Key_Escape)
    assert window.selection.ids == (three,)


def test_an_empty_map_can_be_clicked_dragged_and_double_clicked(open_window, blank_file, hands):
    window = open_window(blank_file)
    fingers = hands(window)
    for at in (QPoint(400, 20), QPoint(400, 120), QPoint(40, 120), QPoint(600, 600)):
        fingers.click(at)
        fingers.drag(at, at + QPoint(80, 60))
        fingers.double(at)
        fingers.key(Qt.Key.Key_Escape)
    assert fingers.names() == []


def menu_at(fingers, window, at):
    """The labels of the menu that the right button opens there; the menu is closed again."""
    fingers.press(at, Qt.MouseButton.RightButton)
    window.canvas.asked_menu.emit(window.canvas.viewport().mapToGlobal(at))
    popup = QApplication.activePopupWidget()
    labels = [action.text() for action in popup.actions() if action.text()]
    popup.close()
    fingers.release(at, Qt.MouseButton.RightButton)
    return labels


def test_the_right_button_selects_and_its_menu_speaks_of_what_is_there(fingers, window):
    card = fingers.touchpoint("Fetch it")
    labels = menu_at(fingers, window, fingers.middle(card))
    assert window.selection.ids == (card,)
    assert {"Edit text", "Duplicate", "Delete", "Add pain here", "Moment of truth"} <= set(labels)


def test_the_right_button_on_one_of_several_keeps_them(fingers, window):
    chosen = tuple(fingers.touchpoint(name) for name in ("Fetch it", "Ask friends"))
    window.selection.select(*chosen)
    assert "Delete" in menu_at(fingers, window, fingers.middle(chosen[1]))
    assert window.selection.ids == chosen


def test_the_right_button_on_a_lanes_name_offers_what_lanes_can_do(fingers, window):
    lane = fingers.lane("thoughts")
    row = next(row for row in window.canvas.sheet.rows if row.lane_id == lane)
    labels = menu_at(fingers, window, QPoint(40, round(row.y + row.height / 2)))
    assert any("Hide" in label for label in labels), labels
    assert "Add pain here" not in labels


def test_what_is_typed_in_one_go_is_one_step_to_undo(fingers, window):
    fingers.stand(fingers.cell("thoughts", "Fetch it"))
    fingers.type("Twenty letters in a row")
    fingers.key(Qt.Key.Key_Return)
    assert any(card.text == "Twenty letters in a row" for card in window.map.document.all(Card))
    window.map.undo()
    assert not any(card.text.startswith("T") for card in window.map.document.all(Card))
    assert window.map.session.undo_label == ""
