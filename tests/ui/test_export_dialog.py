"""The export dialog: the page as it will be printed, warnings inline, nothing replaced unasked; and the versions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from journeymap.model import commands
from journeymap.model.records import Touchpoint
from journeymap.session import Session
from journeymap.ui import finding
from journeymap.ui.dialogs import printing
from journeymap.ui.dialogs.export import ExportDialog
from journeymap.ui.dialogs.versions import VersionsDialog
from journeymap.ui.map import OpenMap
from journeymap.ui.settings import Settings
from journeymap.ui.window import Window


@pytest.fixture
def open_map(qapp: QApplication, map_file: Path) -> Iterator[OpenMap]:
    opened = OpenMap(Session.open(map_file))
    yield opened
    opened.close()


@pytest.fixture
def dialog(open_map: OpenMap) -> Iterator[ExportDialog]:
    made = ExportDialog(open_map)
    made.show()
    settled(made)
    yield made
    made.close()
    made.deleteLater()
    QApplication.processEvents()


def settled(dialog: ExportDialog, seconds: float = 30) -> None:
    end = monotonic() + seconds
    while monotonic() < end:
        QApplication.processEvents()
        if not (dialog._previewing.running or dialog._writing.running or dialog._pause.isActive()):
            break
        QTest.qWait(10)
    QApplication.processEvents()


def choose(dialog: ExportDialog, field: str, value: str) -> None:
    QTest.mouseClick(getattr(dialog, field).part(value), Qt.MouseButton.LeftButton)
    settled(dialog)


def test_the_preview_is_the_page_that_will_be_printed(dialog: ExportDialog) -> None:
    image = dialog.pages.page.image
    assert image is not None
    assert image.width() / image.height() == pytest.approx(420 / 297, abs=0.01)
    assert {image.pixelColor(x, y).name() for x in range(0, image.width(), 9) for y in (image.height() // 3,)} != {
        "#ffffff"
    }
    choose(dialog, "orientation", "portrait")
    image = dialog.pages.page.image
    assert image is not None
    assert image.width() < image.height()


def test_each_format_is_written_beside_the_map(dialog: ExportDialog, open_map: OpenMap) -> None:
    folder = open_map.session.path.parent
    for suffix, start in ((".pdf", b"%PDF"), (".png", b"\x89PNG"), (".json", b"{")):
        choose(dialog, "suffix", suffix)
        QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
        settled(dialog)
        written = folder / f"A rented bicycle{suffix}"
        assert written.read_bytes().startswith(start), dialog.message.text()
        assert "is written" in dialog.message.text()
        assert not dialog.show_folder.isHidden()
    names = json.loads((folder / "A rented bicycle.json").read_text(encoding="utf-8"))["records"]["Touchpoint"]
    assert "Fetch it" in {one["name"] for one in names}


def test_a_file_that_is_there_is_replaced_only_when_asked(dialog: ExportDialog, open_map: OpenMap) -> None:
    target = open_map.session.path.parent / "A rented bicycle.pdf"
    target.write_bytes(b"precious")
    dialog.write()
    settled(dialog)
    assert target.read_bytes() == b"precious"
    assert "already" in dialog.message.text()
    QTest.mouseClick(dialog.replace, Qt.MouseButton.LeftButton)
    settled(dialog)
    assert target.read_bytes().startswith(b"%PDF")


def test_a_place_that_cannot_be_written_is_said_inline(dialog: ExportDialog, tmp_path: Path) -> None:
    (tmp_path / "folder.pdf").mkdir()
    for place in (tmp_path / "nowhere" / "map.pdf", tmp_path / "folder.pdf"):
        dialog.target.setText(str(place))
        dialog.write()
        settled(dialog)
        assert dialog.message.text()
        assert "\n" not in dialog.message.text()
    assert not list((tmp_path / "folder.pdf").iterdir())


def test_the_plan_has_its_own_paper_and_name(dialog: ExportDialog) -> None:
    choose(dialog, "kind", "plan")
    assert dialog.job.paper == "A4"
    assert dialog.target.text().endswith("plan.pdf")
    assert dialog.fit.parentWidget().isHidden()


def test_the_register_is_written_as_pages_or_as_a_table(dialog: ExportDialog, open_map: OpenMap) -> None:
    assert dialog.suffix.part(".csv").isHidden()
    choose(dialog, "kind", "register")
    assert dialog.job.paper == "A4"
    assert dialog.pages.page.image is not None
    choose(dialog, "suffix", ".csv")
    assert dialog.paper.parentWidget().isHidden()
    assert not dialog.kind.parentWidget().isHidden()
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    settled(dialog)
    written = open_map.session.path.parent / "A rented bicycle – register.csv"
    assert "Fetch it" in written.read_text(encoding="utf-8-sig"), dialog.message.text()
    choose(dialog, "kind", "map")
    assert dialog.job.suffix == ".pdf"
    assert dialog.suffix.part(".csv").isHidden()


def test_pages_turn_by_keys(dialog: ExportDialog, open_map: OpenMap) -> None:
    point = open_map.document.all(Touchpoint)[0]
    for number in range(60):
        open_map.perform(commands.add_touchpoint(open_map.document, point.phase_id, f"Step {number} of a long way"))
    dialog._set(paper="A4", fit="rows")
    settled(dialog)
    assert dialog.preview is not None
    assert dialog.preview.count > 1
    QTest.keyClick(dialog.pages.page, Qt.Key.Key_Right)
    assert dialog.pages.count.text().startswith("Page 2")
    QTest.keyClick(dialog.pages.page, Qt.Key.Key_Left)
    assert dialog.pages.count.text().startswith("Page 1")


def test_characters_without_a_font_are_said(dialog: ExportDialog, open_map: OpenMap) -> None:
    point = open_map.document.all(Touchpoint)[0]
    open_map.perform(commands.rename(open_map.document, point.id, "Rent 자전거"))
    dialog.draw()
    settled(dialog)
    assert "자" in dialog.warnings.text()


def test_stopping_writes_nothing(open_map: OpenMap, tmp_path: Path) -> None:
    from journeymap.model.document import Document

    subject = printing.Subject(Document(open_map.document), open_map.figures, {})
    target = tmp_path / "stopped.pdf"
    assert printing.write(subject, printing.Job(), target, lambda: True) == ()
    assert not target.exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".journeymap-")]


def test_a_version_is_named_looked_at_and_restored(qapp: QApplication, open_map: OpenMap) -> None:
    dialog = VersionsDialog(open_map)
    dialog.show()
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    assert dialog.message.text()
    QTest.keyClicks(dialog.name, "First workshop")
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    assert [row.version.name for row in dialog.rows] == ["First workshop"]
    point = next(one for one in open_map.document.all(Touchpoint) if one.name == "Fetch it")
    open_map.perform(commands.rename(open_map.document, point.id, "Changed since"))
    QTest.mouseClick(dialog.rows[0].look, Qt.MouseButton.LeftButton)
    view = dialog.views[0]
    assert view.map.session.read_only
    assert "Fetch it" in {one.name for one in view.map.document.all(Touchpoint)}
    QTest.mouseClick(dialog.rows[0].restore, Qt.MouseButton.LeftButton)
    assert open_map.document.one(Touchpoint, point.id).name == "Fetch it"
    open_map.undo()
    assert open_map.document.one(Touchpoint, point.id).name == "Changed since"
    dialog.close()
    assert not view.isVisible()
    dialog.deleteLater()
    QApplication.processEvents()


def test_changes_are_signed_by_who_a_person_says_also_next_time(
    open_window: Callable[..., Window], map_file: Path, settings: Settings
) -> None:
    window = open_window(map_file)
    assert window.map is not None
    assert window.map.session.author == ""
    finding.open_versions(window)
    dialog = window.findChild(VersionsDialog)
    assert dialog is not None
    QTest.keyClicks(dialog.author, "Facilitator")
    QTest.keyClick(dialog.author, Qt.Key.Key_Return)
    QTest.keyClicks(dialog.name, "Agreed")
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    assert [version.author for version in window.map.session.versions()] == ["Facilitator"]
    dialog.close()
    window.close()
    again = open_window(map_file)
    assert again.map is not None
    assert again.map.session.author == settings.author == "Facilitator"


def test_personas_stand_upright_as_pdf_or_png(dialog: ExportDialog, open_map: OpenMap) -> None:
    choose(dialog, "kind", "personas")
    assert (dialog.job.paper, dialog.job.orientation) == ("A4", "portrait")
    assert not dialog.suffix.part(".json").isVisible()
    assert dialog.preview is not None
    assert dialog.preview.count == 2
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    settled(dialog)
    written = open_map.session.path.parent / "A rented bicycle – personas.pdf"
    assert written.read_bytes().startswith(b"%PDF")
    choose(dialog, "kind", "map")
    assert dialog.job.orientation == "landscape"
