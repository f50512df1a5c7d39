"""What people say, after an import: themes with their figures, and quotes that stay only when a person keeps them."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui.test_import_dialog import settled

from journeymap.model.records import DataSet, Quote
from journeymap.session import Session
from journeymap.ui.dialogs.import_ import ImportDialog
from journeymap.ui.dialogs.outcome import Outcome
from journeymap.ui.map import OpenMap

ABOUT = [
    "The queue at the ticket counter was endless",
    "Staff at the desk helped me",
    "The saddle of the bike was broken",
]


def survey(path: Path) -> Path:
    chance = random.Random(5)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Submitted", "Fetch it: satisfaction", "What else do you want to say?"])
        for number in range(300):
            who = chance.choice(["Sarah Miller", "Frau Huber", "Thomas"])
            text = f"{chance.choice(ABOUT)} and {who} knows, number {number} of my visits, mail a{number}@mail.com"
            writer.writerow([f"2026-{1 + number // 40:02}-11", chance.randint(1, 5), text])
    return path


@pytest.fixture
def dialog(qapp: QApplication, map_file: Path, tmp_path: Path) -> Iterator[ImportDialog]:
    open_map = OpenMap(Session.open(map_file))
    opened = ImportDialog(open_map, survey(tmp_path / "said.csv"))
    opened.resize(1366, 1400)
    opened.show()
    settled(opened)
    yield opened
    opened.close()
    opened.deleteLater()
    open_map.close()
    QApplication.processEvents()


def test_a_quote_is_stored_only_when_it_is_kept_and_without_its_owner(dialog, map_file, tmp_path):
    assert dialog.counted is not None, dialog.message.text()
    assert any("theme" in line.text for line in dialog.summary.change.lines)
    dialog.bring_in()
    page = dialog.stack.currentWidget()
    assert isinstance(page, Outcome)
    (themes,) = page.themes
    document = dialog._map.document
    assert document.all(Quote) == []
    queue = next(row for row in themes.rows if "queue" in row.theme.words)
    assert queue.theme.count == sum("queue" in line for line in (tmp_path / "said.csv").read_text().splitlines())
    offer = queue.quotes[0]
    assert "[name]" in offer.text
    assert "[e-mail]" in offer.text
    QApplication.processEvents()
    QTest.mouseClick(offer.keep, Qt.MouseButton.LeftButton)
    (quote,) = dialog._map.document.all(Quote)
    assert quote.text == offer.text
    assert quote.data_set_id == dialog._map.document.all(DataSet)[0].id
    assert offer.keep.text() == "Kept"
    assert not offer.keep.isEnabled()
    dialog._map.session.flush()
    kept = map_file.read_bytes()
    assert b"[e-mail]" in kept
    for lost in (b"Sarah", b"Miller", b"Huber", b"Thomas", b"@mail.com"):
        assert lost not in kept


def test_themes_are_read_by_a_screen_reader_and_undone_with_the_import(dialog):
    dialog.bring_in()
    page = dialog.stack.currentWidget()
    assert all(
        offer.keep.accessibleDescription() for themes in page.themes for row in themes.rows for offer in row.quotes
    )
    dialog._map.session.undo()
    assert dialog._map.document.all(DataSet) == []
