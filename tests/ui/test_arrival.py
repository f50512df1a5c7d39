"""Maps from elsewhere in the window: dropped, shown with what is lost, added in one step or begun as a map of their own."""

from __future__ import annotations

import pytest
from foreign import ACROSS, ACROSS_MERGED, MERMAID, workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog

from journeymap.maps import roles
from journeymap.model.records import PainPoint, Phase, Touchpoint
from journeymap.ui.dialogs.arrival import Arrival
from journeymap.ui.dialogs.import_ import ImportDialog


def _drop(window, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    none = Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(300, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none))


@pytest.fixture
def arrive(qtbot):
    def arrive(window, path):
        _drop(window, path)
        found = []

        def there():
            found[:] = window.findChildren(Arrival)
            assert found
            assert found[-1].brought is not None

        qtbot.waitUntil(there, timeout=30_000)
        return found[-1]

    return arrive


@pytest.fixture
def diagram(tmp_path):
    path = tmp_path / "a.mmd"
    path.write_text(MERMAID, encoding="utf-8")
    return path


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "map.xlsx"
    path.write_bytes(workbook(ACROSS, ACROSS_MERGED))
    return path


def test_a_dropped_diagram_is_added_in_one_step(window, diagram, arrive):
    before = window.map.document.count(Touchpoint)
    dialog = arrive(window, diagram)
    assert dialog.held.text() == "3 phases, 5 touchpoints, 2 personas"
    assert dialog.losses_head.text() == "Not carried over as it stood"
    dialog.add.click()
    assert window.map.document.count(Touchpoint) > before
    assert "new touchpoint" in window.notice.text
    window.actions_["undo"].trigger()
    assert window.map.document.count(Touchpoint) == before


def test_a_dropped_diagram_becomes_a_map_of_its_own(window, diagram, arrive, tmp_path, monkeypatch):
    dialog = arrive(window, diagram)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "own.journey"), ""))
    dialog.new.click()
    assert window.bar.title() == "A rented bicycle"
    assert window.map.document.count(Touchpoint) == 5


def test_on_the_start_page_there_is_only_a_new_map(open_window, diagram, arrive):
    window = open_window()
    dialog = arrive(window, diagram)
    assert not dialog.add.isVisible()
    assert dialog.new.isEnabled()
    dialog.close()


def test_a_tables_roles_can_be_changed_before_it_comes_in(window, book, arrive):
    dialog = arrive(window, book)
    assert dialog.held.text() == "2 phases, 4 touchpoints, 3 pains"
    pain = dialog.mapping.line("pain")
    dialog.fields[pain.place].chosen.emit(roles.LEAVE)
    assert dialog.held.text() == "2 phases, 4 touchpoints"
    touchpoint = dialog.mapping.line("touchpoint")
    phase = dialog.mapping.line("phase")
    for line in (touchpoint, phase):
        dialog.fields[line.place].chosen.emit(roles.LEAVE)
    assert not dialog.add.isEnabled()
    assert "touchpoints" in dialog.message.text()
    dialog.fields[touchpoint.place].chosen.emit("touchpoint")
    dialog.fields[phase.place].chosen.emit("phase")
    dialog.add.click()
    assert {"Book", "Ride"} <= {one.name for one in window.map.document.all(Phase)}
    assert not window.map.document.count(PainPoint)


def test_a_table_can_be_turned(window, book, arrive):
    dialog = arrive(window, book)
    dialog.direction.part(roles.DOWN).click()
    assert dialog.mapping.direction == roles.DOWN
    dialog.direction.part(roles.ACROSS).click()
    assert dialog.held.text() == "2 phases, 4 touchpoints, 3 pains"
    dialog.close()


def test_data_go_to_the_data_import(window, tmp_path, qtbot):
    path = tmp_path / "answers.csv"
    path.write_text("Satisfaction;Age\n" + "4;30\n5;40\n" * 30, encoding="utf-8")
    _drop(window, path)
    qtbot.waitUntil(lambda: bool(window.findChildren(ImportDialog)), timeout=20_000)
    window.findChildren(ImportDialog)[-1].close()


def test_data_on_the_start_page_are_told_apart(open_window, tmp_path, qtbot):
    window = open_window()
    path = tmp_path / "answers.csv"
    path.write_text("Satisfaction;Age\n" + "4;30\n5;40\n" * 30, encoding="utf-8")
    _drop(window, path)
    qtbot.waitUntil(lambda: "looks like data" in window.notice.text, timeout=20_000)


def test_a_diagram_of_another_type_is_refused_in_the_dialog(window, tmp_path, qtbot):
    path = tmp_path / "flow.mmd"
    path.write_text("flowchart LR\n a --> b\n", encoding="utf-8")
    _drop(window, path)
    qtbot.waitUntil(lambda: bool(window.findChildren(Arrival)), timeout=20_000)
    dialog = window.findChildren(Arrival)[-1]
    qtbot.waitUntil(lambda: "flowchart" in dialog.message.text(), timeout=20_000)
    assert not dialog.add.isEnabled()
    dialog.close()


def test_a_diagram_chosen_as_data_is_shown_as_a_map(window, diagram, monkeypatch, qtbot):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(diagram), ""))
    window.actions_["import"].trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(Arrival)), timeout=20_000)
    window.findChildren(Arrival)[-1].close()


def test_a_file_is_chosen_from_the_menu(open_window, diagram, monkeypatch, qtbot):
    window = open_window()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(diagram), ""))
    window.actions_["new_from"].trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(Arrival)), timeout=20_000)
    window.findChildren(Arrival)[-1].close()
