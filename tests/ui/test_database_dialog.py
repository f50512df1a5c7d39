"""From a database: connect, choose a table or write a query, and import as from a file."""

from __future__ import annotations

import sqlite3
from time import monotonic

import pytest
from PySide6.QtCore import Qt

from journeymap.data import Source
from journeymap.data.address import address
from journeymap.model.records import DataSet
from journeymap.session import Session
from journeymap.templates import records
from journeymap.ui.dialogs.database import DatabaseDialog
from journeymap.ui.dialogs.import_ import ImportDialog
from journeymap.ui.map import OpenMap


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "crm.db"
    with sqlite3.connect(path) as made:
        made.execute("CREATE TABLE visits (day TEXT, satisfaction INTEGER, mail TEXT)")
        made.executemany(
            "INSERT INTO visits VALUES (?, ?, ?)",
            [(f"2026-03-{1 + n % 28:02}", 1 + n % 5, f"p{n}@example.org") for n in range(300)],
        )
        made.execute("CREATE TABLE other (a TEXT)")
    made.close()
    return path


def connected(qtbot, url: str) -> DatabaseDialog:
    dialog = DatabaseDialog(None, url)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.ask()
    qtbot.waitUntil(dialog.connect_.isEnabled, timeout=20_000)
    return dialog


def test_a_table_is_chosen_by_keyboard_and_imported(qtbot, tmp_path, file):
    dialog = connected(qtbot, f"sqlite:///{file}")
    assert [dialog.tables.item(row).text() for row in range(dialog.tables.count())] == ["other", "visits"]
    assert not dialog.look.isEnabled()
    qtbot.keyClick(dialog.tables, Qt.Key.Key_End)
    assert dialog.look.isEnabled()
    with qtbot.waitSignal(dialog.chosen) as told:
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    place, source = told.args
    assert source == Source(table="visits")
    with Session.create(tmp_path / "m.journey", records("customer-journey", title="M")) as session:
        opened = OpenMap(session)
        imported = ImportDialog(opened, place, source=source)
        qtbot.addWidget(imported)
        imported.show()
        qtbot.waitUntil(lambda: imported.counted is not None, timeout=60_000)
        kinds = {column.name: column.kind for column in imported.choices.columns}
        assert kinds["mail"] == "personal"
        assert imported.choices.to_recipe().source.table == "visits"
        with qtbot.waitSignal(imported.imported, timeout=20_000):
            imported.go.click()
        (data_set,) = opened.document.all(DataSet)
        assert data_set.name == "visits"
        assert data_set.source == f"sqlite:///{file}"
        assert "table" in data_set.recipe
        opened.close()


def test_a_window_that_waits_for_a_long_query_closes_at_once_and_the_query_ends(qtbot, tmp_path, file):
    endless = "select count(*) as satisfaction from visits a cross join visits b cross join visits c cross join visits d cross join visits e"
    with Session.create(tmp_path / "m.journey", records("customer-journey", title="M")) as session:
        opened = OpenMap(session)
        dialog = ImportDialog(opened, address(f"sqlite:///{file}"), source=Source(query=endless))
        qtbot.addWidget(dialog)
        dialog.show()
        asking = dialog._looking._thread
        assert asking is not None
        qtbot.waitUntil(dialog.foot.halt.isVisible, timeout=5_000)
        qtbot.wait(300)
        assert asking.is_alive()
        start = monotonic()
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()
        assert monotonic() - start < 3
        qtbot.waitUntil(lambda: not asking.is_alive(), timeout=5_000)
        opened.close()


def test_a_query_goes_before_a_table(qtbot, file):
    dialog = connected(qtbot, f"sqlite:///{file}")
    dialog.tables.setCurrentRow(0)
    dialog.query.setPlainText("select * from visits")
    assert dialog.source() == Source(query="select * from visits")


def test_what_goes_wrong_is_said_in_the_dialog(qtbot, tmp_path):
    dialog = connected(qtbot, f"sqlite:///{tmp_path}/none.db")
    assert "There is no database file" in dialog.message.text()
    assert not dialog.look.isEnabled()


def test_a_pasted_address_fills_the_fields_and_its_password_is_hidden(qtbot):
    dialog = DatabaseDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.host.setText("postgresql://ana:s%20cret@db.example:5433/crm?sslmode=require")
    assert (dialog.kind.value(), dialog.host.text(), dialog.database.text()) == ("postgresql", "db.example:5433", "crm")
    assert (dialog.user.text(), dialog.password.text()) == ("ana", "s cret")
    assert dialog.password.echoMode() == dialog.password.EchoMode.Password
    assert dialog.address().url == "postgresql://ana@db.example:5433/crm?sslmode=require"
    assert "s cret" not in repr(dialog.address())
    dialog.close()
    assert dialog.password.text() == ""


def test_tables_of_another_address_are_not_left_standing(qtbot, file):
    dialog = connected(qtbot, f"sqlite:///{file}")
    dialog.tables.setCurrentRow(1)
    assert dialog.look.isEnabled()
    dialog.database.selectAll()
    qtbot.keyClicks(dialog.database, "elsewhere.db")
    assert not dialog.look.isEnabled()
    assert dialog.found.text() == "Tables"
    assert [dialog.tables.item(row).text() for row in range(dialog.tables.count())] == [
        "They are listed here once you are connected."
    ]
    dialog.tables.setCurrentRow(0)
    assert dialog.source() is None  # what stands in place of tables is none of them


def test_a_database_without_tables_says_so(qtbot, tmp_path):
    sqlite3.connect(tmp_path / "empty.db").close()
    with sqlite3.connect(tmp_path / "empty.db") as made:
        made.execute("PRAGMA user_version = 1")
    made.close()
    dialog = connected(qtbot, f"sqlite:///{tmp_path / 'empty.db'}")
    assert dialog.tables.item(0).text().startswith("This database has no table")
    assert dialog.source() is None
