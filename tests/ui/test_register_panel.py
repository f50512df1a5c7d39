"""The register in the window: entries edited in place by keyboard, pasted from a spreadsheet, offered by imports."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from test_words import own_words, untranslated

from journeymap.model import commands, register
from journeymap.model.change import adding
from journeymap.model.records import DataSet, Dismissal, Id, RegisterEntry, Touchpoint
from journeymap.session import Session
from journeymap.ui.map import OpenMap
from journeymap.ui.panels.entries import EntryRow
from journeymap.ui.panels.inspector import Inspector
from journeymap.ui.panels.register import RegisterPanel
from journeymap.ui.panels.register_rows import BASIS, DATA, ENTRY, NONE, OPEN, PHASE, PURPOSE, RECIPIENTS, RETENTION
from journeymap.ui.panels.touchpoint import TouchpointPage
from journeymap.ui.selection import Selection
from journeymap.ui.window import Window

KEY = Qt.Key
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def open_map(qapp: QApplication, map_file: Path) -> Iterator[OpenMap]:
    opened = OpenMap(Session.open(map_file))
    fetch = at(opened, "Fetch it")
    for data in ("Name", "Passport"):
        opened.perform(commands.add_entry(opened.document, fetch, data=data, purpose="Deposit", legal_basis="6b"))
    yield opened
    opened.close()


@pytest.fixture
def panel(open_map: OpenMap) -> Iterator[RegisterPanel]:
    made = RegisterPanel(open_map, Selection())
    made.resize(1088, 800)
    made.show()
    QTest.qWaitForWindowExposed(made)
    made.activateWindow()
    yield made
    made.close()
    made.deleteLater()
    QApplication.processEvents()


def at(open_map: OpenMap, name: str) -> Id:
    return next(one.id for one in open_map.document.all(Touchpoint) if one.name == name)


def entries(open_map: OpenMap, name: str) -> list[RegisterEntry]:
    return open_map.document.referring(RegisterEntry, "touchpoint_id", at(open_map, name))


def row_of(panel: RegisterPanel, name: str, data: str = "") -> int:
    """The line of a touchpoint, or of its entry of these data."""
    return next(
        row
        for row, line in enumerate(panel.model.lines)
        if line.kind != PHASE
        and line.place.touchpoint.name == name
        and (not data or (line.entry is not None and line.entry.data == data))
    )


def stand(panel: RegisterPanel, row: int, column: int = DATA) -> QModelIndex:
    panel.table.setFocus()
    panel.table.setCurrentIndex(panel.model.index(row, column))
    return panel.table.currentIndex()


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def type_into(panel: RegisterPanel, row: int, column: int, text: str) -> None:
    stand(panel, row, column)
    QTest.keyClick(panel.table, KEY.Key_Return)
    write(panel, text)


def write(panel: RegisterPanel, text: str) -> None:
    field = panel.table.findChild(QLineEdit)
    assert field is not None
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, KEY.Key_Return)
    settle()


def test_touchpoints_stand_by_phase_with_their_entries_or_the_word_that_there_is_none(panel: RegisterPanel) -> None:
    assert [line.kind for line in panel.model.lines] == [PHASE, OPEN, OPEN, PHASE, ENTRY, ENTRY, OPEN, PHASE, OPEN]
    assert [line.first for line in panel.model.lines if line.kind == ENTRY] == [True, False]
    assert "2 entries · 4 touchpoints without an entry · 2 entries without a time of keeping" in panel.about.text()
    assert (
        panel.model.index(row_of(panel, "Ask friends"), DATA).data(Qt.ItemDataRole.AccessibleTextRole) == "No entry yet"
    )


def test_an_entry_is_edited_in_place_each_cell_one_step(panel: RegisterPanel, open_map: OpenMap) -> None:
    row = row_of(panel, "Fetch it", "Name")
    for column, text in (
        (DATA, "Name, address"),
        (PURPOSE, "Contract"),
        (RETENTION, "2 weeks"),
        (RECIPIENTS, "Insurer"),
    ):
        type_into(panel, row, column, text)
    type_into(panel, row, BASIS, "Berechtigtes Interesse")
    entry = entries(open_map, "Fetch it")[0]
    assert (entry.data, entry.purpose, entry.retention, entry.recipients, entry.legal_basis) == (
        "Name, address", "Contract", "2 weeks", "Insurer", "6f",
    )  # fmt: skip
    assert open_map.session.undo_label == "Edit register entry"
    open_map.undo()
    assert entries(open_map, "Fetch it")[0].legal_basis == "6b"


def test_writing_where_there_is_no_entry_makes_one(panel: RegisterPanel, open_map: OpenMap) -> None:
    type_into(panel, row_of(panel, "Return it"), PURPOSE, "Refund")
    assert [one.purpose for one in entries(open_map, "Return it")] == ["Refund"]
    type_into(panel, row_of(panel, "Ask friends"), DATA, "")
    assert entries(open_map, "Ask friends") == []


def test_the_condition_for_special_categories_is_set_beside_the_legal_basis(
    panel: RegisterPanel, open_map: OpenMap
) -> None:
    row = row_of(panel, "Fetch it", "Name")
    type_into(panel, row, BASIS, "Art. 9(2)(a)")
    entry = entries(open_map, "Fetch it")[0]
    assert (entry.legal_basis, entry.special) == ("6b", "9a")
    type_into(panel, row, BASIS, "no special categories")
    assert entries(open_map, "Fetch it")[0].special == ""
    type_into(panel, row, BASIS, "§ 26 BDSG")
    assert entries(open_map, "Fetch it")[0].legal_basis == "§ 26 BDSG"


def test_usual_answers_are_offered_and_picked_by_keyboard(panel: RegisterPanel, open_map: OpenMap) -> None:
    row = row_of(panel, "Fetch it", "Passport")
    stand(panel, row, RETENTION)
    QTest.keyClick(panel.table, KEY.Key_Return)
    settle()
    field = panel.table.findChild(QLineEdit)
    assert field is not None
    completer = field.completer()
    popup = completer.popup()
    assert popup is not None
    assert popup.isVisible()
    assert completer.completionCount() == len(register.retentions())
    QTest.keyClicks(field, "invo")
    assert completer.completionCount() == 1
    QTest.keyClick(popup, KEY.Key_Down)
    QTest.keyClick(popup, KEY.Key_Return)
    settle()
    assert entries(open_map, "Fetch it")[1].retention == "8 years (invoices, Germany)"


def test_insert_adds_behind_the_current_entry_and_opens_it(panel: RegisterPanel, open_map: OpenMap) -> None:
    stand(panel, row_of(panel, "Fetch it", "Name"))
    QTest.keyClick(panel.table, KEY.Key_Insert)
    settle()
    write(panel, "Telephone")
    assert [one.data for one in entries(open_map, "Fetch it")] == ["Name", "Telephone", "Passport"]
    assert panel.table.currentIndex().data() == "Telephone"


def test_several_entries_are_deleted_in_one_step(panel: RegisterPanel, open_map: OpenMap) -> None:
    stand(panel, row_of(panel, "Fetch it", "Name"))
    QTest.keyClick(panel.table, KEY.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(panel.table, KEY.Key_Delete)
    settle()
    assert entries(open_map, "Fetch it") == []
    open_map.undo()
    settle()
    assert [one.data for one in entries(open_map, "Fetch it")] == ["Name", "Passport"]


def test_entries_move_by_alt_and_arrow_also_to_the_next_touchpoint(panel: RegisterPanel, open_map: OpenMap) -> None:
    stand(panel, row_of(panel, "Fetch it", "Name"))
    QTest.keyClick(panel.table, KEY.Key_Down, ALT)
    assert [one.data for one in entries(open_map, "Fetch it")] == ["Passport", "Name"]
    QTest.keyClick(panel.table, KEY.Key_Down, ALT)
    assert [one.data for one in entries(open_map, "Ride along")] == ["Name"]
    assert panel.table.currentIndex().data() == "Name"
    QTest.keyClick(panel.table, KEY.Key_Up, ALT)
    assert [one.data for one in entries(open_map, "Fetch it")] == ["Passport", "Name"]
    QTest.keyClick(panel.table, KEY.Key_Up, ALT)
    QTest.keyClick(panel.table, KEY.Key_Up, ALT)
    assert [one.data for one in entries(open_map, "Compare shops")] == ["Name"]
    for _ in range(4):
        QTest.keyClick(panel.table, KEY.Key_Up, ALT)
    assert [one.data for one in entries(open_map, "Ask friends")] == ["Name"]


def test_rows_of_a_spreadsheet_are_pasted_as_one_step(panel: RegisterPanel, open_map: OpenMap) -> None:
    QGuiApplication.clipboard().setText(
        'Touchpoint\tPersonal data\tLegal basis\r\nReturn it\tName, e-mail\tcontract\r\nAsk friends\t"two\nlines"\t6a\r\n'
    )
    stand(panel, row_of(panel, "Fetch it", "Name"))
    QTest.keyClick(panel.table, KEY.Key_V, CTRL)
    settle()
    assert [(one.data, one.legal_basis) for one in entries(open_map, "Return it")] == [("Name, e-mail", "6b")]
    assert [one.data for one in entries(open_map, "Ask friends")] == ["two\nlines"]
    assert open_map.session.undo_label == "Paste 2 register entries"
    open_map.undo()
    assert len(open_map.document.all(RegisterEntry)) == 2


def test_a_pasted_list_goes_to_the_current_touchpoint_and_what_fits_nowhere_is_refused(
    panel: RegisterPanel, open_map: OpenMap
) -> None:
    QGuiApplication.clipboard().setText("Name, e-mail\nVoice")
    stand(panel, row_of(panel, "Return it"))
    QTest.mouseClick(panel.paste, Qt.MouseButton.LeftButton)
    settle()
    assert [one.data for one in entries(open_map, "Return it")] == ["Name, e-mail", "Voice"]
    QGuiApplication.clipboard().setText("Touchpoint\tPersonal data\nNowhere\tName")
    QTest.keyClick(panel.table, KEY.Key_V, CTRL)
    assert "“Nowhere”" in panel.message.text()
    assert len(open_map.document.all(RegisterEntry)) == 4


def test_copied_rows_hold_no_formula_and_paste_back_as_they_were(panel: RegisterPanel, open_map: OpenMap) -> None:
    first = entries(open_map, "Fetch it")[0]
    open_map.perform(
        commands.set_entry(open_map.document, first.id, data="=HYPERLINK(1)", special="9a", recipients="@x")
    )
    settle()
    before = [(one.data, one.special, one.recipients, one.legal_basis) for one in entries(open_map, "Fetch it")]
    stand(panel, row_of(panel, "Fetch it"))
    QTest.keyClick(panel.table, KEY.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(panel.table, KEY.Key_C, CTRL)
    copied = QGuiApplication.clipboard().text()
    assert '"\'=HYPERLINK(1)"' in copied
    QTest.keyClick(panel.table, KEY.Key_Delete)
    settle()
    QTest.keyClick(panel.table, KEY.Key_V, CTRL)
    settle()
    assert [(one.data, one.special, one.recipients, one.legal_basis) for one in entries(open_map, "Fetch it")] == before


def test_that_nothing_is_processed_is_said_and_taken_back(panel: RegisterPanel, open_map: OpenMap) -> None:
    stand(panel, row_of(panel, "Fetch it", "Name"))
    assert not panel.none.isEnabled()
    stand(panel, row_of(panel, "Ask friends"))
    QTest.mouseClick(panel.none, Qt.MouseButton.LeftButton)
    settle()
    assert panel.model.lines[row_of(panel, "Ask friends")].kind == NONE
    assert "3 touchpoints without an entry" in panel.about.text()
    QTest.keyClick(panel.table, KEY.Key_Delete)
    settle()
    assert panel.model.lines[row_of(panel, "Ask friends")].kind == OPEN


def test_the_next_gap_is_one_press_away(panel: RegisterPanel) -> None:
    stand(panel, row_of(panel, "Compare shops"), RECIPIENTS)
    seen = []
    for _ in range(3):
        QTest.mouseClick(panel.gap, Qt.MouseButton.LeftButton)
        index = panel.table.currentIndex()
        seen.append((index.row(), index.column()))
    name = row_of(panel, "Fetch it", "Name")
    assert seen == [(name, RETENTION), (name, RECIPIENTS), (name + 1, RETENTION)]


def test_what_an_import_found_is_taken_over_with_one_click_or_dismissed(
    panel: RegisterPanel, open_map: OpenMap
) -> None:
    account = {"personal": {"E-mail": "e-mail addresses"}, "pseudonymised": {"Customer": ""}}
    open_map.perform(adding("Import", DataSet("d", "a0", "Riders", account=json.dumps(account))))
    settle()
    assert len(panel.offers.rows) == 2
    assert panel.offers.isVisible()
    QTest.mouseClick(panel.offers.rows[0].take, Qt.MouseButton.LeftButton)
    settle()
    assert [one.data for one in entries(open_map, "Return it")] == ["E-mail addresses (“E-mail”)"]
    QTest.mouseClick(panel.offers.rows[0].dismiss, Qt.MouseButton.LeftButton)
    settle()
    assert not panel.offers.isVisible()
    assert open_map.document.count(Dismissal) == 1
    open_map.undo()
    settle()
    assert len(panel.offers.rows) == 1


def test_the_offered_place_can_be_another_touchpoint(panel: RegisterPanel, open_map: OpenMap) -> None:
    account = {"personal": {"E-mail": "e-mail addresses"}}
    open_map.perform(adding("Import", DataSet("d", "a0", "Riders", account=json.dumps(account))))
    settle()
    row = panel.offers.rows[0]
    row.where.chosen.emit(at(open_map, "Compare shops"))
    QTest.mouseClick(row.take, Qt.MouseButton.LeftButton)
    settle()
    assert len(entries(open_map, "Compare shops")) == 1


def test_a_chosen_row_is_selected_and_the_other_way_round(panel: RegisterPanel, open_map: OpenMap) -> None:
    stand(panel, row_of(panel, "Return it"))
    assert panel._selection.first == at(open_map, "Return it")
    panel._selection.select(at(open_map, "Ask friends"))
    assert panel.table.currentIndex().row() == row_of(panel, "Ask friends")


def test_narrow_it_drops_columns_but_never_what_is_processed_and_why_it_may_be(panel: RegisterPanel) -> None:
    panel.resize(420, 700)
    settle()
    shown = {column for column in range(RECIPIENTS + 1) if not panel.table.isColumnHidden(column)}
    assert {DATA, BASIS} <= shown
    assert RECIPIENTS not in shown


def test_a_map_without_touchpoints_says_so(qapp: QApplication, blank_file: Path) -> None:
    opened = OpenMap(Session.open(blank_file))
    made = RegisterPanel(opened, Selection())
    assert "no touchpoints" in made.empty.text()
    assert made.table.isHidden()
    made.table.add()
    made.deleteLater()
    opened.close()


def test_nothing_can_be_changed_in_what_can_only_be_read(qapp: QApplication, map_file: Path) -> None:
    opened = OpenMap(Session.open(map_file, read_only=True))
    made = RegisterPanel(opened, Selection())
    assert not made.add.isEnabled()
    assert not made.model.flags(made.model.index(1, DATA)) & Qt.ItemFlag.ItemIsEditable
    made.table.add()
    assert opened.document.count(RegisterEntry) == 0
    made.deleteLater()
    opened.close()


# ---------------------------------------------------------------- inspector and window


def test_the_inspector_shows_a_touchpoints_entries_and_adds_one(open_map: OpenMap) -> None:
    selection = Selection()
    inspector = Inspector(open_map, selection)
    inspector.show()
    selection.select(at(open_map, "Fetch it"))
    inspector.show_now()
    page = inspector.page
    assert isinstance(page, TouchpointPage)
    rows = page.entries.findChildren(EntryRow)
    assert len(rows) == 2
    rows[0].basis.chosen.emit("6f")
    rows[0].retention.named.emit("two weeks")
    rows[0].special.named.emit("Art. 9(2)(h)")
    entry = entries(open_map, "Fetch it")[0]
    assert (entry.legal_basis, entry.retention, entry.special) == ("6f", "two weeks", "9h")
    page.entries.add()
    assert len(entries(open_map, "Fetch it")) == 3
    open_map.perform(commands.edit(open_map.document, entry.id, data="Wheelchair needed", special=""))
    settle()
    assert "special category" in rows[0].notes["special"].text()
    inspector.close()
    inspector.deleteLater()


def test_the_inspector_says_that_nothing_is_processed(open_map: OpenMap) -> None:
    selection = Selection()
    inspector = Inspector(open_map, selection)
    selection.select(at(open_map, "Ask friends"))
    inspector.show_now()
    page = inspector.page
    assert isinstance(page, TouchpointPage)
    page.entries.none.click()
    settle()
    assert [one.no_data for one in entries(open_map, "Ask friends")] == [True]
    assert page.entries.none.isHidden()
    inspector.deleteLater()


def test_the_register_is_reached_by_key_menu_and_finder(window: Window) -> None:
    action = window.actions_["register"]
    assert not action.shortcut().isEmpty()
    action.trigger()
    assert window.place is not None
    assert window.place.view == "register"
    assert action.isChecked()


@pytest.mark.usefixtures("pseudo")
def test_the_register_speaks_the_language(open_window: Callable[..., Window], map_file: Path) -> None:
    window = open_window(map_file)
    assert window.map is not None
    document = window.map.document
    touchpoint = document.all(Touchpoint)[0].id
    window.map.perform(commands.add_entry(document, touchpoint, data="Wheelchair", legal_basis="6b", special="9a"))
    account = {"personal": {"E-mail": "Qq"}, "pseudonymised": {"Customer": ""}}
    window.map.perform(adding("Import", DataSet("d", "a0", "Riders", account=json.dumps(account))))
    window.show_view("register")
    settle()
    window.selection.select(touchpoint)
    settle()
    own = own_words(window) | {"E-mail", "Customer", "Qq"}
    assert untranslated(window, own) == set()
    panel = window.place._pages["register"]  # type: ignore[union-attr]
    assert isinstance(panel, RegisterPanel)
    model = panel.model
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
    assert all(str(head).startswith("⟦") for head in heads)
