"""A file becomes figures by mouse and keys alone: tickets of a German service desk, and a workbook with two sheets."""

from __future__ import annotations

from pathlib import Path
from time import monotonic

import pytest
from handmade import tickets, workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from journeymap.model.records import DataSet, Measure
from journeymap.ui.dialogs.import_ import ImportDialog
from journeymap.ui.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


def dialog_of(window: Window) -> ImportDialog:
    """The import dialog that has opened over a window."""
    end = monotonic() + 20
    while monotonic() < end:
        QApplication.processEvents()
        found = [one for one in window.findChildren(ImportDialog) if one.isVisible()]
        if found:
            settled(found[0])
            return found[0]
        QTest.qWait(10)
    raise AssertionError("no import dialog")


def settled(dialog: ImportDialog) -> None:
    end = monotonic() + 30
    while monotonic() < end:
        QApplication.processEvents()
        if dialog.choices is not None and not (
            dialog._looking.running or dialog._counting.running or dialog._pause.isActive()
        ):
            break
        QTest.qWait(10)
    QApplication.processEvents()


def press(widget: QWidget) -> None:
    QTest.mouseClick(widget, LEFT, pos=widget.rect().center())
    QApplication.processEvents()


def pick(text: str) -> None:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(one for one in menu.actions() if one.text() == text)
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
    QApplication.processEvents()


def choose(field: QWidget, text: str) -> None:
    """Picks from a list by its first letters, as a hand on the keyboard does."""
    field.setFocus()
    QTest.keyClicks(field, text)
    QApplication.processEvents()


def imported(window: Window, path: Path, monkeypatch: pytest.MonkeyPatch) -> ImportDialog:
    """Ctrl+I, and the file in the system's own window."""
    monkeypatch.setattr("journeymap.ui.finding.QFileDialog.getOpenFileName", lambda *_: (str(path), ""))
    QTest.keyClick(window, Qt.Key.Key_I, CTRL)
    return dialog_of(window)


def test_response_time_and_conversion_of_german_tickets_by_hand_and_undone(
    open_window, map_file, tmp_path, monkeypatch
):
    window = open_window(map_file)
    before = list(window.map.document)
    dialog = imported(window, tickets(tmp_path / "tickets.csv"), monkeypatch)
    # What was suggested from the two times is taken away, and made anew by hand.
    while dialog.band.pills:
        press(dialog.band.pills[0])
        press(dialog.popover.away)
    press(dialog.band.add)
    pick("Response time between two columns")
    settled(dialog)
    begin, end = (dialog.popover.parts.columns[key] for key in ("begin", "end"))
    choose(begin, "Gemeldet")
    choose(end, "Erste")
    name = dialog.popover.name
    name.setFocus()
    QTest.keyClicks(name, "Erste Antwort")
    QTest.keyClick(name, Qt.Key.Key_Return)
    settled(dialog)
    QTest.keyClick(dialog.popover, Qt.Key.Key_Escape)
    # Conversion from basket to till: two steps typed into the list.
    press(dialog.band.add)
    pick("Conversion through steps")
    settled(dialog)
    for step in ("Korb", "Kasse"):
        line = dialog.popover.parts.steps.adding.lineEdit()
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, step)
        QTest.keyClick(line, Qt.Key.Key_Return)
        settled(dialog)
    assert dialog.popover.parts.steps.names == ("Korb", "Kasse")
    QTest.keyClick(dialog.popover, Qt.Key.Key_Escape)
    settled(dialog)
    assert dialog.go.isEnabled(), dialog.message.text()
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    QApplication.processEvents()
    made = {measure.kpi: measure for measure in window.map.document.all(Measure)}
    assert made["response_time"].name == "Erste Antwort"
    figures = {figure.kpi: figure for figure in window.map.figures.journey}
    assert figures["conversion"].value == pytest.approx(75.0)
    assert 2 <= figures["response_time"].value <= 7
    press(dialog.go)
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_Z, CTRL)
    assert list(window.map.document) == before


def test_the_second_sheet_of_a_workbook_by_hand(open_window, map_file, tmp_path, monkeypatch):
    window = open_window(map_file)
    path = workbook(
        tmp_path / "umfrage.xlsx",
        {
            "Hinweise": [["Schlüssel", "Text"], ["a", "b"], ["c", "d"]],
            "Antworten": [
                ["Zufriedenheit mit Fetch it", "Kanal"],
                *([n % 5 + 1, ["Web", "Laden"][n % 2]] for n in range(60)),
            ],
        },
    )
    dialog = imported(window, path, monkeypatch)
    press(dialog.head.sheet)
    pick("Antworten")
    settled(dialog)
    press(dialog.go)
    QApplication.processEvents()
    data = window.map.document.all(DataSet)[0]
    assert 'sheet = "Antworten"' in data.recipe
    point = next(one for one in window.map.document if getattr(one, "name", "") == "Fetch it")
    assert window.map.figures.at(point.id)[0].n == 60
    press(dialog.go)
    QTest.qWait(20)
    assert not window.findChildren(ImportDialog)
