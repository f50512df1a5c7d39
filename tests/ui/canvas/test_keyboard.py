"""The keyboard on the canvas: walking, editing in place, carrying, undo; always with real key events."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from journeymap.model import commands
from journeymap.model.records import Card, Department, Emotion, Lane, Opportunity, PainPoint, Phase, Touchpoint
from journeymap.ui.selection import Cell

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_a_map_opens_with_the_keyboard_on_its_first_touchpoint(fingers, window):
    assert window.selection.cell == fingers.cell("journey", "Ask friends")
    assert window.focusWidget() is window.canvas


def test_arrows_walk_touchpoints_and_lanes_and_stop_at_the_edges(fingers, window):
    fingers.key(Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert window.selection.cell == fingers.cell("journey", "Fetch it")
    fingers.key(Qt.Key.Key_Down)
    assert window.selection.cell == fingers.cell("thoughts", "Fetch it")
    fingers.key(*[Qt.Key.Key_Right] * 9)
    assert window.selection.cell == fingers.cell("thoughts", "Return it")


def test_up_from_the_journey_stands_the_band_of_phases(fingers, window):
    fingers.key(Qt.Key.Key_Up)
    phase = fingers.record(Phase, "Find")
    assert window.selection.cell == Cell(None, None, phase.id)
    assert window.selection.ids == (phase.id,)
    fingers.key(Qt.Key.Key_Right, Qt.Key.Key_Down)
    assert window.selection.cell == fingers.cell("journey", "Fetch it")


def test_left_of_the_first_touchpoint_stand_the_lane_names(fingers, window):
    fingers.key(Qt.Key.Key_Left)
    assert window.selection.cell == Cell(fingers.lane("journey"))
    fingers.key(Qt.Key.Key_Right)
    assert window.selection.cell == fingers.cell("journey", "Ask friends")


def test_enter_edits_and_enter_again_keeps_it_and_goes_down(fingers, window):
    fingers.key(Qt.Key.Key_Return)
    assert window.canvas.editor.isVisible()
    fingers.type("Ask the neighbours")
    fingers.key(Qt.Key.Key_Return)
    assert fingers.names()[0][0] == "Ask the neighbours"
    assert window.selection.cell.lane == fingers.lane("thoughts")
    assert not window.canvas.editor.isVisible()


def test_just_typing_replaces_the_name(fingers, window):
    fingers.type("Look around")
    assert window.canvas.editor.toPlainText() == "Look around"
    fingers.key(Qt.Key.Key_Tab)
    assert fingers.names()[0] == ["Look around", "Compare shops"]
    assert window.selection.cell == fingers.cell("journey", "Compare shops")


def test_escape_gives_the_text_up(fingers, window):
    fingers.key(Qt.Key.Key_F2)
    fingers.type("Nonsense")
    fingers.key(Qt.Key.Key_Escape)
    assert fingers.names()[0][0] == "Ask friends"
    assert window.map.session.undo_label == ""
    assert window.focusWidget() is window.canvas


def test_tab_at_the_last_touchpoint_makes_a_new_one(fingers, window):
    fingers.key(Qt.Key.Key_End)
    fingers.key(Qt.Key.Key_Tab)
    fingers.type("Say thanks")
    fingers.key(Qt.Key.Key_Return)
    assert fingers.names()[-1] == ["Return it", "Say thanks"]


def test_escape_in_a_new_touchpoint_makes_none(fingers, window):
    fingers.key(Qt.Key.Key_End)
    fingers.key(Qt.Key.Key_Tab)
    fingers.type("Say")
    fingers.key(Qt.Key.Key_Escape)
    assert fingers.names()[-1] == ["Return it"]


def test_typing_in_an_empty_cell_of_texts_makes_a_card(fingers, window):
    fingers.stand(fingers.cell("thoughts", "Compare shops"))
    fingers.type("So many")
    fingers.key(Qt.Key.Key_Return)
    card = fingers.record(Card, "So many")
    assert (card.lane_id, card.touchpoint_id) == (fingers.lane("thoughts"), fingers.touchpoint("Compare shops"))
    assert card.persona_id is not None


def test_emptying_a_card_deletes_it(fingers, window):
    fingers.stand(fingers.cell("thoughts", "Ask friends"))
    fingers.key(Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_Return)
    assert not [card for card in window.map.document.all(Card) if card.text == "Which one is good?"]


def test_a_touchpoint_cannot_be_emptied_by_accident(fingers, window):
    fingers.key(Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_Return)
    assert fingers.names()[0][0] == "Ask friends"


@pytest.mark.parametrize(("kind", "record"), [("pains", PainPoint), ("opportunities", Opportunity)])
def test_pains_and_opportunities_are_typed_into_their_lanes(fingers, window, kind, record):
    fingers.stand(fingers.cell(kind, "Ride along"))
    fingers.type("It rains")
    fingers.key(Qt.Key.Key_Return)
    assert [(one.text, one.touchpoint_id) for one in window.map.document.all(record) if one.text == "It rains"] == [
        ("It rains", fingers.touchpoint("Ride along"))
    ]


def test_a_department_is_typed_and_found_again_by_its_name(fingers, window):
    for name in ("Ride along", "Return it"):
        fingers.stand(fingers.cell("departments", name))
        fingers.type("workshop")
        fingers.key(Qt.Key.Key_Return)
    (made,) = [one for one in window.map.document.all(Department) if one.name == "workshop"]
    assert {
        window.map.document.one(Touchpoint, fingers.touchpoint(n)).department_id for n in ("Ride along", "Return it")
    } == {made.id}


def test_plus_and_minus_set_the_assumed_mood_of_the_first_persona(fingers, window):
    fingers.key(Qt.Key.Key_Plus)
    document = window.map.document
    ines = next(m for m in document.all(Emotion) if m.touchpoint_id == fingers.touchpoint("Ask friends"))
    assert ines.value == 1.5
    fingers.key(Qt.Key.Key_Minus, Qt.Key.Key_Minus)
    assert document.one(Emotion, ines.id).value == 0.5
    assert "Ines" in window.status.hint_text()


def test_a_digit_in_the_emotion_lane_chooses_the_persona(fingers, window):
    fingers.stand(fingers.cell("emotion", "Ride along"))
    fingers.key(Qt.Key.Key_2, Qt.Key.Key_Minus)
    document = window.map.document
    otto = window.map.document.all(Emotion)
    found = [m.value for m in otto if m.touchpoint_id == fingers.touchpoint("Ride along")]
    assert sorted(found) == [-0.5, 1.5]
    assert len(document.all(Emotion)) == 7


def test_where_nothing_can_be_typed_a_hint_says_what_to_do(fingers, window):
    fingers.stand(fingers.cell("storyboard", "Ask friends"))
    fingers.type("x")
    assert not window.canvas.editor.isVisible()
    assert "pictures" in window.status.hint_text()


def test_alt_and_arrow_carry_a_touchpoint_also_into_the_next_phase(fingers, window):
    fingers.key(Qt.Key.Key_Right)
    window.selection.select(fingers.touchpoint("Compare shops"), cell=window.selection.cell)
    fingers.key(Qt.Key.Key_Right, held=ALT)
    assert fingers.names() == [["Ask friends"], ["Compare shops", "Fetch it", "Ride along"], ["Return it"]]
    fingers.key(Qt.Key.Key_Left, held=ALT)
    fingers.key(Qt.Key.Key_Left, held=ALT)
    assert fingers.names()[0] == ["Compare shops", "Ask friends"]


def test_alt_and_arrow_carry_a_phase_and_a_lane(fingers, window):
    fingers.key(Qt.Key.Key_Up)
    fingers.key(Qt.Key.Key_Right, held=ALT)
    assert [phase.name for phase in window.map.document.all(Phase)] == ["Ride", "Find", "Bring back"]
    fingers.stand(Cell(fingers.lane("thoughts")))
    window.selection.select(fingers.lane("thoughts"), cell=Cell(fingers.lane("thoughts")))
    fingers.key(Qt.Key.Key_Up, held=ALT)
    assert [lane.kind for lane in window.map.document.all(Lane)][:2] == ["thoughts", "journey"]


def test_delete_and_undo_and_redo(fingers, window):
    fingers.key(Qt.Key.Key_Right)
    fingers.key(Qt.Key.Key_Delete)
    assert fingers.names()[0] == ["Ask friends"]
    assert window.selection.cell.touchpoint in {one.id for one in window.map.document.all(Touchpoint)}
    fingers.key(Qt.Key.Key_Z, held=CTRL)
    assert fingers.names()[0] == ["Ask friends", "Compare shops"]
    fingers.key(Qt.Key.Key_Z, held=CTRL | SHIFT)
    assert fingers.names()[0] == ["Ask friends"]


def test_duplicate_copies_the_touchpoint_with_its_texts(fingers, window):
    fingers.click(fingers.middle(fingers.touchpoint("Ask friends")))
    fingers.key(Qt.Key.Key_D, held=CTRL)
    assert fingers.names()[0] == ["Ask friends", "Ask friends", "Compare shops"]
    assert len([card for card in window.map.document.all(Card) if card.text == "Which one is good?"]) == 2


def test_ctrl_enter_opens_a_new_touchpoint_behind_this_one(fingers, window):
    fingers.key(Qt.Key.Key_Return, held=CTRL)
    fingers.type("Read reviews")
    fingers.key(Qt.Key.Key_Return)
    assert fingers.names()[0] == ["Ask friends", "Read reviews", "Compare shops"]


def test_a_double_click_edits_the_name_in_place(fingers, window):
    fingers.double(fingers.middle(fingers.touchpoint("Ride along")))
    fingers.type("Ride home")
    fingers.key(Qt.Key.Key_Return)
    assert fingers.names()[1] == ["Fetch it", "Ride home"]


def test_a_lanes_name_is_edited_in_place_and_its_own_name_comes_back_when_emptied(fingers, window):
    fingers.stand(Cell(fingers.lane("thoughts")))
    fingers.type("What they say")
    fingers.key(Qt.Key.Key_Return)
    lane = fingers.lane("thoughts")
    assert window.map.document.one(Lane, lane).name == "What they say"
    fingers.stand(Cell(lane))
    fingers.key(Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_Return)
    assert window.map.document.one(Lane, lane).name == ""


def test_clicking_elsewhere_keeps_what_was_typed(fingers, window):
    fingers.type("Half a")
    fingers.click(fingers.middle(fingers.touchpoint("Return it")))
    assert fingers.names()[0][0] == "Half a"


def test_f6_leaves_the_canvas_and_comes_back(fingers, window):
    seen = []
    for _n in range(4):
        fingers.key(Qt.Key.Key_F6)
        seen.append(window.focusWidget())
    assert window.canvas in seen
    assert len({id(widget) for widget in seen}) == 4


def test_when_the_edited_record_is_deleted_elsewhere_the_text_is_kept_as_a_draft(fingers, window):
    fingers.type("Half a name")
    gone = fingers.touchpoint("Ask friends")
    window.map.perform(commands.delete(window.map.document, gone))
    assert not window.canvas.editor.isVisible()
    assert [(draft.record_id, draft.text) for draft in window.map.session.drafts()] == [(gone, "Half a name")]
