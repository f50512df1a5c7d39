"""Several things at once by keys: ranges, select all, carrying, copying, deleting; the quick fields of a touchpoint."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from journeymap.model import commands
from journeymap.model.records import Card, Channel, Department, Lane, Phase, Touchpoint
from journeymap.ui.selection import Cell

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def names(window, ids) -> list[str]:
    return [window.map.document.one(Touchpoint, id_).name for id_ in ids]


def test_ctrl_arrows_jump_from_phase_to_phase_and_stop_at_the_ends(fingers, window):
    at = lambda: window.map.document.one(Touchpoint, window.selection.touchpoint).name  # noqa: E731
    seen = []
    for _n in range(3):
        fingers.key(Qt.Key.Key_Right, held=CTRL)
        seen.append(at())
    assert seen == ["Fetch it", "Return it", "Return it"]
    fingers.key(Qt.Key.Key_Left, held=CTRL)
    assert at() == "Fetch it"
    fingers.key(Qt.Key.Key_Right)
    fingers.key(Qt.Key.Key_Left, held=CTRL)
    assert at() == "Fetch it"  # first to the beginning of the phase where one is
    fingers.key(Qt.Key.Key_Left, held=CTRL)
    assert at() == "Ask friends"


def test_ctrl_down_goes_to_the_last_row_and_up_to_the_phases(fingers, window):
    fingers.key(Qt.Key.Key_Down, held=CTRL)
    assert window.map.document.one(Lane, window.selection.cell.lane).kind == "departments"
    fingers.key(Qt.Key.Key_Up, held=CTRL)
    assert window.selection.cell == Cell(None, None, fingers.record(Phase, "Find").id)


def test_shift_and_arrows_draw_a_range_and_take_it_back(fingers, window):
    fingers.key(Qt.Key.Key_Right, Qt.Key.Key_Right, held=SHIFT)
    assert sorted(names(window, window.selection.ids)) == ["Ask friends", "Compare shops", "Fetch it"]
    assert window.selection.cell == fingers.cell("journey", "Fetch it")
    fingers.key(Qt.Key.Key_Left, held=SHIFT)
    assert sorted(names(window, window.selection.ids)) == ["Ask friends", "Compare shops"]
    fingers.key(Qt.Key.Key_Right)
    assert len(window.selection.ids) == 1
    assert window.selection.anchor is None


def test_a_range_over_rows_holds_what_stands_in_their_cells(fingers, window):
    fingers.key(Qt.Key.Key_Right, Qt.Key.Key_Down, held=SHIFT)
    thought = fingers.record(Card, "Which one is good?")
    assert set(window.selection.ids) == {
        fingers.touchpoint("Ask friends"),
        fingers.touchpoint("Compare shops"),
        thought.id,
    }


def test_shift_end_and_ctrl_shift_arrow_reach_further(fingers, window):
    fingers.key(Qt.Key.Key_End, held=SHIFT)
    assert len(window.selection.ids) == 5
    fingers.key(Qt.Key.Key_Home)
    fingers.key(Qt.Key.Key_Right, held=SHIFT | CTRL)
    assert sorted(names(window, window.selection.ids)) == ["Ask friends", "Compare shops", "Fetch it"]


def test_phases_and_lane_names_have_ranges_too(fingers, window):
    fingers.key(Qt.Key.Key_Up)
    fingers.key(Qt.Key.Key_Right, held=SHIFT)
    assert [window.map.document.one(Phase, id_).name for id_ in reversed(window.selection.ids)] == ["Find", "Ride"]
    fingers.stand(Cell(fingers.lane("journey")))
    fingers.key(Qt.Key.Key_Down, held=SHIFT)
    assert {window.map.document.one(Lane, id_).kind for id_ in window.selection.ids} == {"journey", "thoughts"}


def test_ctrl_a_takes_the_row_and_once_more_everything(fingers, window):
    fingers.key(Qt.Key.Key_A, held=CTRL)
    assert len(window.selection.ids) == 5
    fingers.key(Qt.Key.Key_A, held=CTRL)
    kinds = {type(window.map.document.record(id_)).__name__ for id_ in window.selection.ids}
    assert {"Touchpoint", "Card", "Emotion", "Opportunity"} <= kinds
    before = len(window.map.document.all(Touchpoint))
    fingers.key(Qt.Key.Key_Delete)
    assert before == 5
    assert not window.map.document.all(Touchpoint)
    fingers.key(Qt.Key.Key_Z, held=CTRL)
    assert fingers.names() == [["Ask friends", "Compare shops"], ["Fetch it", "Ride along"], ["Return it"]]


def test_ctrl_a_in_a_text_selects_the_text(fingers, window):
    fingers.key(Qt.Key.Key_F2)
    fingers.key(Qt.Key.Key_End)
    fingers.key(Qt.Key.Key_A, held=CTRL)
    assert window.canvas.editor.textCursor().selectedText() == "Ask friends"


def test_alt_and_arrow_carry_a_block_of_touchpoints_through_the_phases(fingers, window):
    fingers.key(Qt.Key.Key_Right, held=SHIFT)
    fingers.key(Qt.Key.Key_Right, held=ALT)
    assert fingers.names() == [[], ["Ask friends", "Compare shops", "Fetch it", "Ride along"], ["Return it"]]
    fingers.key(Qt.Key.Key_Right, held=ALT)
    assert fingers.names()[1] == ["Fetch it", "Ask friends", "Compare shops", "Ride along"]
    fingers.key(Qt.Key.Key_Left, held=ALT)
    assert fingers.names()[1] == ["Ask friends", "Compare shops", "Fetch it", "Ride along"]
    fingers.key(*[Qt.Key.Key_Z] * 3, held=CTRL)
    assert fingers.names() == [["Ask friends", "Compare shops"], ["Fetch it", "Ride along"], ["Return it"]]


def test_alt_and_arrow_carry_several_texts_at_once(fingers, window):
    document, lane = window.map.document, fingers.lane("thoughts")
    window.map.perform(commands.add_card(document, lane, fingers.touchpoint("Compare shops"), "So many"))
    fingers.stand(fingers.cell("thoughts", "Ask friends"))
    fingers.key(Qt.Key.Key_Right, held=SHIFT)
    assert len(window.selection.ids) == 2
    fingers.key(Qt.Key.Key_Right, held=ALT)
    where = {card.text: card.touchpoint_id for card in document.all(Card) if card.lane_id == lane}
    assert where == {
        "Which one is good?": fingers.touchpoint("Compare shops"),
        "So many": fingers.touchpoint("Fetch it"),
    }


def test_ctrl_d_copies_a_block_of_touchpoints_behind_it(fingers, window):
    fingers.key(Qt.Key.Key_Right, held=SHIFT)
    fingers.key(Qt.Key.Key_D, held=CTRL)
    assert fingers.names()[0] == ["Ask friends", "Compare shops", "Ask friends", "Compare shops"]
    assert len(window.selection.ids) == 2
    fingers.key(Qt.Key.Key_Z, held=CTRL)
    assert fingers.names()[0] == ["Ask friends", "Compare shops"]


def test_ctrl_d_on_a_range_of_rows_copies_nothing_twice(fingers, window):
    fingers.key(Qt.Key.Key_Down, held=SHIFT)  # the touchpoint and its thought
    fingers.key(Qt.Key.Key_D, held=CTRL)
    texts = [card.text for card in window.map.document.all(Card)]
    assert texts.count("Which one is good?") == 2


@pytest.mark.parametrize(
    ("key", "kind", "field"),
    [(Qt.Key.Key_C, Channel, "channel_id"), (Qt.Key.Key_D, Department, "department_id")],
)
def test_a_quick_field_sets_channel_or_department_from_any_row_and_completes_what_is_known(
    fingers, window, key, kind, field
):
    document = window.map.document
    known = {Channel: "Web", Department: "Booking"}[kind]
    fingers.stand(fingers.cell("thoughts", "Return it"))
    fingers.key(key, held=CTRL | SHIFT)
    fingers.type(known[:2].lower())
    assert window.canvas.editor.toPlainText().casefold() == known.casefold()
    fingers.key(Qt.Key.Key_Return)
    assert document.one(kind, getattr(document.one(Touchpoint, fingers.touchpoint("Return it")), field)).name == known
    assert window.selection.cell == fingers.cell("thoughts", "Return it")


def test_a_completion_gives_way_to_what_is_typed_and_deleting_is_respected(fingers, window):
    fingers.stand(fingers.cell("thoughts", "Return it"))
    fingers.key(Qt.Key.Key_C, held=CTRL | SHIFT)
    fingers.type("We")
    fingers.key(Qt.Key.Key_Backspace)
    assert window.canvas.editor.toPlainText() == "We"
    fingers.type("st desk")
    fingers.key(Qt.Key.Key_Return)
    document = window.map.document
    channel = document.one(Touchpoint, fingers.touchpoint("Return it")).channel_id
    assert document.one(Channel, channel).name == "West desk"


def test_cut_takes_away_what_it_copied_and_paste_brings_it_elsewhere(fingers, window):
    fingers.stand(fingers.cell("thoughts", "Ask friends"))
    window.selection.select(fingers.record(Card, "Which one is good?").id, cell=fingers.cell("thoughts", "Ask friends"))
    fingers.key(Qt.Key.Key_X, held=CTRL)
    assert not [card for card in window.map.document.all(Card) if card.text == "Which one is good?"]
    assert QGuiApplication.clipboard().text() == "Which one is good?"
    fingers.stand(fingers.cell("thoughts", "Return it"))
    fingers.key(Qt.Key.Key_V, held=CTRL)
    assert fingers.record(Card, "Which one is good?").touchpoint_id == fingers.touchpoint("Return it")
