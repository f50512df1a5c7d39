"""The table of touchpoints with real keys: every column is written and read back, rows come, go and move, ranges are pasted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from journeymap.model import commands, lanes
from journeymap.model.commands.tags import set_tags, tags
from journeymap.model.document import Document
from journeymap.model.outline import build
from journeymap.model.records import (
    Action,
    Card,
    Channel,
    Department,
    Emotion,
    Lane,
    Opportunity,
    PainPoint,
    Persona,
    Phase,
    Quote,
    Tag,
    Tagging,
    Touchpoint,
    UserStory,
)
from journeymap.ui.panels.table_columns import columns

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def table(window, fingers):
    """The table's page, with the keyboard on the first name."""
    fingers.key(Qt.Key.Key_2, held=CTRL)
    assert window.place.view == "table"
    found = window.place._middle.currentWidget().table
    assert window.focusWidget() is found
    found.go(fingers.touchpoint("Ask friends"), "name")
    return found


class Hand:
    """Keys into whatever has the focus."""

    def __init__(self, window, table):
        self.window, self.table = window, table

    def key(self, *keys, held=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            QTest.keyClick(self.window.focusWidget(), key, held)
            QApplication.processEvents()

    def type(self, text):
        for sign in text:
            if sign == "\n":
                self.key(Qt.Key.Key_Return, held=SHIFT)
            else:
                QTest.keyClicks(self.window.focusWidget(), sign)
                QApplication.processEvents()

    def go(self, name: str, key: str):
        touchpoint = next(one for one in self.window.map.document.all(Touchpoint) if one.name == name)
        assert self.table.go(touchpoint.id, key)
        return touchpoint.id

    def write(self, name: str, key: str, text: str):
        id_ = self.go(name, key)
        self.key(Qt.Key.Key_F2)
        if not text:
            self.key(Qt.Key.Key_Delete)
        self.type(text)
        self.key(Qt.Key.Key_Return)
        return id_

    def says(self, name: str, key: str) -> str:
        index = self.table.touchpoints.find(self.go(name, key), key)
        return str(index.data(Qt.ItemDataRole.EditRole))


@pytest.fixture
def hand(window, table) -> Hand:
    return Hand(window, table)


def names(document: Document) -> list[list[str]]:
    rows = [document.referring(Touchpoint, "phase_id", phase.id) for phase in document.all(Phase)]
    return [[one.name for one in row] for row in rows]


# ---------------------------------------------------------------- columns


def map_() -> Document:
    return Document(
        build(
            {
                "personas": [{"name": "Ines"}, {"name": "Otto"}],
                "phases": [{"name": "Find", "touchpoints": [{"name": "Ask"}, {"name": "Look"}]}, {"name": "Buy"}],
            },
            "A map",
        ).document
    )


CELLS = {
    "phase": "Buy", "name": "Ask around", "truth": "yes", "channel": "Web", "department": "Sales", "owner": "Mira",
    "outcome": "negative", "initiator": "organisation", "influence": "earned", "reach": "40 %", "tension": "4",
    "description": "They ask", "message": "We help", "tags": "quick win, later", "pains": "Queue (4)\nForm (2)",
    "opportunities": "Shorter form", "quotes": "Never again", "stories": "As Ines I want a map so that I find it",
    "mood Ines": "−1.5", "mood Otto": "+2",
}  # fmt: skip


def column(document: Document, key: str):
    return next(one for one in columns(document) if one.key == key or one.title == key.replace("mood ", "Mood: "))


@pytest.mark.parametrize("key", CELLS)
def test_what_is_written_in_a_column_is_read_back(key):
    document = map_()
    at = document.all(Touchpoint)[0].id
    one = column(document, key)
    assert one.write is not None
    document.apply(one.write(document, at, CELLS[key]))
    assert one.read(document, document.one(Touchpoint, at)) == CELLS[key]
    assert not one.write(document, at, CELLS[key])  # the same once more is nothing


def test_every_column_that_can_be_written_is_tried():
    document = map_()
    tried = {column(document, key).key for key in CELLS}
    rest = {one.key for one in columns(document) if one.write is not None} - tried
    assert {key.split(" ")[0] for key in rest} <= {"lane", "actions"}


@pytest.mark.parametrize("kind", sorted(lanes.CARDS))
def test_every_lane_of_texts_has_a_column(kind):
    document = map_()
    lane = next((lane for lane in document.all(Lane) if lane.kind == kind), None)
    if lane is None:
        change = commands.add_lane(document, kind)
        document.apply(change)
        lane_id = commands.made(change)
    else:
        lane_id = lane.id
    at = document.all(Touchpoint)[0].id
    one = column(document, f"lane {lane_id}")
    text = "Otto: First\nInes: Second" if kind in lanes.PERSONAL else "First\nSecond"
    document.apply(one.write(document, at, text))
    assert one.read(document, document.one(Touchpoint, at)) == text
    assert len(document.referring(Card, "touchpoint_id", at)) == 2


def test_lines_that_stay_keep_their_records_wherever_others_come_and_go():
    document = map_()
    at, pains = document.all(Touchpoint)[0].id, column(document, "pains")
    document.apply(pains.write(document, at, "One (3)\nTwo (3)\nThree (3)"))
    before = {pain.text: pain.id for pain in document.all(PainPoint)}
    action = commands.add_action(document, "Mend it", pains=[before["Three"]])
    document.apply(action)
    document.apply(pains.write(document, at, "One (3)\nNew (5)\nThree (1)"))
    assert pains.read(document, document.one(Touchpoint, at)) == "One (3)\nNew (5)\nThree (1)"
    document.apply(pains.write(document, at, "Zero (2)\nOne (3)\nThree (1)"))
    assert pains.read(document, document.one(Touchpoint, at)) == "Zero (2)\nOne (3)\nThree (1)"
    after = {pain.text: pain.id for pain in document.all(PainPoint)}
    assert (after["One"], after["Three"]) == (before["One"], before["Three"])
    assert column(document, "actions").read(document, document.one(Touchpoint, at)) == "Mend it"


def test_a_new_phase_is_made_behind_this_one_and_a_known_one_is_found():
    document = map_()
    phase, (ask, look) = column(document, "phase"), document.all(Touchpoint)
    document.apply(phase.write(document, ask.id, "Compare"))
    assert [one.name for one in document.all(Phase)] == ["Find", "Compare", "Buy"]
    document.apply(phase.write(document, look.id, "compare"))
    assert names(document) == [[], ["Ask", "Look"], []]


def test_tags_are_shared_found_by_name_and_go_with_the_last_that_carries_them():
    document = map_()
    ask, look = (one.id for one in document.all(Touchpoint))
    document.apply(set_tags(document, ask, ["Quick win", "Later"]))
    document.apply(set_tags(document, look, ["quick WIN"]))
    assert [tag.name for tag in document.all(Tag)] == ["Quick win", "Later"]
    assert len(document.all(Tagging)) == 3
    document.apply(set_tags(document, ask, []))
    assert [tag.name for tag in document.all(Tag)] == ["Quick win"]
    assert [tag.name for tag in tags(document, look)] == ["Quick win"]


# ---------------------------------------------------------------- keys


def test_typing_replaces_enter_goes_down_and_tab_right(hand, window, table):
    hand.type("Look about")
    hand.key(Qt.Key.Key_Return)
    assert names(window.map.document)[0] == ["Look about", "Compare shops"]
    assert table.here()[0] == window.map.document.all(Touchpoint)[1].id or table.currentIndex().row() == 1
    hand.type("Compare them")
    hand.key(Qt.Key.Key_Tab)
    assert names(window.map.document)[0] == ["Look about", "Compare them"]
    assert table.here()[1] == "truth"


def test_escape_in_a_cell_changes_nothing(hand, window):
    hand.type("Nonsense")
    hand.key(Qt.Key.Key_Escape)
    assert names(window.map.document)[0][0] == "Ask friends"
    assert window.map.session.undo_label == ""


def test_cells_of_lists_take_a_line_each(hand, window):
    id_ = hand.write("Ride along", "pains", "Rain (4)\nWind")
    found = window.map.document.referring(PainPoint, "touchpoint_id", id_)
    assert [(one.text, one.severity) for one in found] == [("Rain", 4), ("Wind", 3)]
    hand.write("Ride along", "opportunities", "A raincoat")
    hand.write("Ride along", "actions", "Buy raincoats")
    hand.write("Ride along", "quotes", "I got wet")
    hand.write("Ride along", "stories", "I want to stay dry")
    document = window.map.document
    for kind in (Opportunity, Quote, UserStory):
        assert len(document.referring(kind, "touchpoint_id", id_)) == 1
    assert [one.title for one in document.all(Action)] == ["Buy raincoats"]


def test_moods_are_typed_for_each_persona(hand, window):
    document = window.map.document
    ines = next(one for one in document.all(Persona) if one.name == "Ines")
    id_ = hand.write("Return it", f"mood {ines.id}", "1,5")
    assert commands.emotion(document, ines.id, id_).value == 1.5
    hand.write("Return it", f"mood {ines.id}", "")
    assert commands.emotion(document, ines.id, id_) is None
    assert document.all(Emotion)


def test_what_a_column_cannot_take_is_said_and_changes_nothing(hand, window, table):
    hand.write("Return it", "reach", "many")
    page = window.place._middle.currentWidget()
    assert "0 to 100 %" in page.message.text()
    assert window.map.session.undo_label == ""
    hand.write("Return it", "reach", "12 %")
    assert page.message.text() == ""
    assert window.map.document.one(Touchpoint, table.touchpoints.rows[4]).reach == 0.12


def test_known_channels_and_departments_are_completed(hand, window):
    id_ = hand.write("Return it", "channel", "we")
    document = window.map.document
    assert document.one(Channel, document.one(Touchpoint, id_).channel_id).name == "Web"
    hand.write("Return it", "department", "Sho")
    assert document.one(Department, document.one(Touchpoint, id_).department_id).name == "Shop"


def test_insert_adds_a_row_behind_and_asks_for_its_name(hand, window):
    hand.key(Qt.Key.Key_Insert)
    hand.type("Read reviews")
    hand.key(Qt.Key.Key_Return)
    assert names(window.map.document)[0] == ["Ask friends", "Read reviews", "Compare shops"]


def test_rows_are_deleted_and_undone(hand, window, table):
    table.go(table.touchpoints.rows[1])
    hand.key(Qt.Key.Key_Down, held=SHIFT)
    hand.key(Qt.Key.Key_Delete, held=CTRL)
    assert names(window.map.document) == [["Ask friends"], ["Ride along"], ["Return it"]]
    assert table.currentIndex().row() == 1
    hand.key(Qt.Key.Key_Z, held=CTRL)
    assert names(window.map.document) == [["Ask friends", "Compare shops"], ["Fetch it", "Ride along"], ["Return it"]]


def test_rows_move_over_the_edge_of_a_phase_and_stay_selected(hand, window, table):
    table.go(table.touchpoints.rows[1])
    hand.key(Qt.Key.Key_Down, held=ALT)
    assert names(window.map.document) == [["Ask friends"], ["Compare shops", "Fetch it", "Ride along"], ["Return it"]]
    hand.key(Qt.Key.Key_Up, held=SHIFT)
    hand.key(Qt.Key.Key_Down, held=ALT)
    assert names(window.map.document)[1] == ["Fetch it", "Ask friends", "Compare shops", "Ride along"]
    assert [table.touchpoints.rows[row] for row in table.chosen()] == [
        one.id for one in window.map.document.all(Touchpoint) if one.name in {"Ask friends", "Compare shops"}
    ] or len(table.chosen()) == 2


def test_delete_empties_cells_and_leaves_names(hand, window, table):
    hand.go("Ask friends", "name")
    hand.key(*[Qt.Key.Key_Right] * 2, held=SHIFT)
    hand.key(Qt.Key.Key_Delete)
    document = window.map.document
    assert document.one(Touchpoint, table.touchpoints.rows[0]).channel_id is None
    assert names(document)[0][0] == "Ask friends"


def test_a_range_is_copied_and_pasted_elsewhere(hand, window, table):
    hand.go("Ask friends", "name")
    hand.key(Qt.Key.Key_Down, held=SHIFT)
    hand.key(Qt.Key.Key_C, held=CTRL)
    assert QGuiApplication.clipboard().text().split() == ['"Ask', 'friends"', '"Compare', 'shops"']
    hand.go("Fetch it", "name")
    hand.key(Qt.Key.Key_V, held=CTRL)
    assert names(window.map.document)[1] == ["Ask friends", "Compare shops"]
    hand.key(Qt.Key.Key_Z, held=CTRL)
    assert names(window.map.document)[1] == ["Fetch it", "Ride along"]


def test_rows_of_a_spreadsheet_go_on_behind_the_last_row(hand, window):
    QGuiApplication.clipboard().setText("Wave\tno\tShop\r\nCome back\tyes\tApp\r\n")
    hand.go("Return it", "name")
    hand.key(Qt.Key.Key_V, held=CTRL)
    document = window.map.document
    assert names(document)[2] == ["Wave", "Come back"]
    last = document.referring(Touchpoint, "phase_id", document.all(Phase)[2].id)[1]
    assert (last.moment_of_truth, document.one(Channel, last.channel_id).name) == (True, "App")


def test_a_head_of_known_names_says_which_columns_are_meant(hand, window, table):
    QGuiApplication.clipboard().setText("Owner\tTouchpoint\r\nMira\tFirst\r\nJo\tSecond\r\n")
    hand.go("Ask friends", "channel")
    hand.key(Qt.Key.Key_V, held=CTRL)
    document = window.map.document
    assert names(document)[0] == ["First", "Second"]
    assert [document.one(Touchpoint, id_).owner for id_ in table.touchpoints.rows[:2]] == ["Mira", "Jo"]


def test_an_empty_map_is_begun_from_a_spreadsheet(open_window, blank_file, hands):
    window = open_window(blank_file)
    fingers = hands(window)
    fingers.key(Qt.Key.Key_2, held=CTRL)
    table = window.place._middle.currentWidget().table
    QGuiApplication.clipboard().setText("Phase\tTouchpoint\r\nFind\tAsk\r\nFind\tLook\r\nBuy\tPay\r\n")
    QTest.keyClick(table, Qt.Key.Key_V, CTRL)
    assert [row for row in names(window.map.document) if row] == [["Ask", "Look"], ["Pay"]]


# ---------------------------------------------------------------- with the rest of the window


def test_table_and_map_share_the_selection(hand, window, fingers, table):
    hand.go("Ride along", "channel")
    assert window.selection.first == fingers.touchpoint("Ride along")
    hand.key(Qt.Key.Key_1, held=CTRL)
    assert window.selection.touchpoint == fingers.touchpoint("Ride along")
    fingers.key(Qt.Key.Key_Left)
    fingers.key(Qt.Key.Key_2, held=CTRL)
    assert table.here() == (fingers.touchpoint("Fetch it"), "channel")


def test_the_table_follows_changes_from_elsewhere(hand, window, table, fingers, qtbot):
    window.map.perform(commands.rename(window.map.document, fingers.touchpoint("Ask friends"), "Asked"))
    window.map.perform(commands.add_persona(window.map.document, "Mira"))
    qtbot.waitUntil(lambda: any(one.title == "Mood: Mira" for one in table.touchpoints.columns), timeout=2000)
    assert hand.says("Asked", "name") == "Asked"


def test_a_map_that_can_only_be_read_is_shown_and_not_edited(qapp, map_file):
    from journeymap.session import Session
    from journeymap.ui.map import OpenMap
    from journeymap.ui.panels.table import TablePanel
    from journeymap.ui.selection import Selection

    open_map = OpenMap(Session.open(map_file, read_only=True))
    try:
        panel = TablePanel(open_map, Selection())
        index = panel.model.index(0, panel.model.column("name"))
        assert not panel.model.flags(index) & Qt.ItemFlag.ItemIsEditable
        assert not panel.add.isEnabled()
    finally:
        open_map.close()


def test_row_heads_say_the_names_when_their_column_is_out_of_sight(hand, table, window):
    model = table.touchpoints
    head = lambda: model.headerData(1, Qt.Orientation.Vertical)  # noqa: E731
    assert head() == "2"
    hand.go("Compare shops", "tags")
    assert head() == "2  Compare shops"
