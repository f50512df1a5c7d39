"""The program speaks the language that is chosen, at once, and remembers it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from journeymap import i18n
from journeymap.model import commands
from journeymap.model.records import Touchpoint
from journeymap.model.register import terms
from journeymap.ui import app
from journeymap.ui.panels.table_rows import TableModel
from journeymap.ui.settings import Settings
from journeymap.ui.window import Window


@pytest.fixture
def begun(qapp: QApplication, map_file: Path, tmp_path: Path) -> Iterator[Window]:
    window = app.opened(app.application(), Settings(tmp_path / "settings.ini"), map_file)
    yield window
    qapp.property("window").close()
    i18n.use("en")


def now(qapp: QApplication) -> Window:
    QTest.qWait(50)
    found = qapp.property("window")
    assert isinstance(found, Window)
    return found


def test_another_language_is_spoken_at_once_on_the_same_map(begun: Window, qapp: QApplication) -> None:
    assert begun.map is not None
    path = begun.map.session.path
    touchpoint = begun.map.document.all(Touchpoint)[0]
    begun.map.perform(commands.edit(begun.map.document, touchpoint.id, name="Changed before"))
    begun.actions_["speak_de"].trigger()
    window = now(qapp)
    assert window is not begun
    assert not isValid(begun)
    assert window.isVisible()
    assert window.map is not None
    assert window.map.session.path == path
    assert window.map.document.one(Touchpoint, touchpoint.id).name == "Changed before"
    assert window.actions_["undo"].text().startswith("Rückgängig")
    assert window.actions_["speak_de"].isChecked()
    assert QKeySequence(QKeyCombination(Qt.Modifier.CTRL, Qt.Key.Key_N)).toString(
        QKeySequence.SequenceFormat.NativeText
    ) == ("Strg+N")
    window.actions_["undo"].trigger()  # also what was done in the window before
    assert window.map.document.one(Touchpoint, touchpoint.id).name == touchpoint.name


def test_it_is_remembered_and_the_system_can_be_followed_again(
    begun: Window, qapp: QApplication, tmp_path: Path
) -> None:
    begun.actions_["speak_de"].trigger()
    assert Settings(tmp_path / "settings.ini").language == "de"
    now(qapp).actions_["speak_system"].trigger()
    window = now(qapp)
    assert window.settings.language == ""
    assert window.actions_["undo"].text().startswith("Undo")


def test_the_start_page_speaks_it_too(begun: Window, qapp: QApplication) -> None:
    begun.show_start()
    begun.actions_["speak_de"].trigger()
    window = now(qapp)
    assert window.map is None
    assert window.actions_["new"].text().startswith("Neue Map")


@pytest.mark.usefixtures("german")
def test_a_german_table_knows_the_headings_of_an_english_spreadsheet_and_its_own(window: Window) -> None:
    assert window.map is not None
    table = TableModel(window.map)
    for heading in ("Owner", "Verantwortlich"):
        assert table.paste([[heading, "Touchpoint"], [f"By {heading}", "First"]], 0, 2) == 2
        first = window.map.document.one(Touchpoint, table.rows[0])
        assert (first.owner, first.name) == (f"By {heading}", "First")


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_legal_basis_is_known_by_its_name_in_either_language(language: str) -> None:
    i18n.use(language)
    assert {terms.read_basis(name) for name in ("contract", "Vertrag")} == {"6b"}
    assert {terms.read_basis(name) for name in ("consent", "Einwilligung")} == {"6a"}
    i18n.use("en")
