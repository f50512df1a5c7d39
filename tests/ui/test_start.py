"""The start page: recent maps and templates as real thumbnails, everything by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from journeymap import templates
from journeymap.failure import Failure
from journeymap.model.document import Document
from journeymap.model.records import Phase
from journeymap.templates import own
from journeymap.ui import app as application
from journeymap.ui import theme, thumbnail
from journeymap.ui.controls import ink
from journeymap.ui.dialogs.template import TemplateDialog
from journeymap.ui.settings import Settings
from journeymap.ui.start import StartPage
from journeymap.ui.tiles import TILE, OwnTile
from journeymap.ui.window import Window


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "kept"
    monkeypatch.setattr(own, "folder", lambda: folder)
    return folder


@pytest.fixture
def page(qapp: QApplication, map_file: Path, tmp_path: Path) -> Iterator[StartPage]:
    made = StartPage([map_file, tmp_path / "gone.journey"], cache=tmp_path / "cache", language="en")
    made.resize(1366, 768)
    made.show()
    QTest.qWaitForWindowExposed(made)
    yield made
    made.finish()
    made.close()
    made.deleteLater()


def drawn(page: StartPage) -> None:
    page.finish()
    QApplication.processEvents()


def test_recent_maps_show_their_title_and_what_they_look_like(page: StartPage, map_file: Path) -> None:
    drawn(page)
    tile = page.tile(map_file)
    assert tile.text() == "A rented bicycle"
    assert tile.image is not None
    colours = {tile.image.pixelColor(x, 33).name() for x in range(34, 280, 3)}
    assert theme.made(dark=False).colour("phase").name() in colours


def test_a_map_that_is_gone_says_so(page: StartPage, tmp_path: Path) -> None:
    drawn(page)
    tile = page.tile(tmp_path / "gone.journey")
    assert tile.image is None
    assert "not there" in tile.problem


def test_a_file_that_is_no_map_says_so(qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "broken.journey").write_bytes(b"not a database at all" * 100)
    about, image = thumbnail.portrait(tmp_path / "broken.journey", None, dark=False, ratio=1.0)
    assert about.problem
    assert image is None


def test_every_template_is_offered_with_a_picture(page: StartPage) -> None:
    drawn(page)
    for name in templates.names():
        assert page.tile(name).image is not None
        assert page.tile(name).text() == templates.about(name, "en")[0]


def test_another_language_is_one_key_away(page: StartPage) -> None:
    chosen: list[str] = []
    page.language_chosen.connect(chosen.append)
    part = page.languages.part("en")
    part.setFocus()
    QTest.keyClick(part, Qt.Key.Key_Right)
    assert chosen == ["de"]
    assert page.tile("airport").text() == "Flughafen"
    drawn(page)
    assert page.tile("airport").image is not None


@pytest.mark.parametrize("language", templates.LANGUAGES)
def test_the_words_below_a_template_are_not_cut(qapp: QApplication, language: str) -> None:
    for name in templates.names():
        title, line = templates.about(name, language)
        assert ink.text_width(title, 13, 600) <= TILE.width() - 6, title
        assert ink.text_width(line, 13) <= TILE.width() - 6, line


def test_thumbnails_are_kept_for_the_next_start(page: StartPage, map_file: Path, tmp_path: Path) -> None:
    drawn(page)
    kept = sorted((tmp_path / "cache").iterdir())
    assert len(kept) == 2 * (1 + len(templates.names()))
    assert {path.suffix for path in kept} == {".json", ".png"}
    times = [path.stat().st_mtime_ns for path in kept]
    about, image = thumbnail.portrait(map_file, tmp_path / "cache", dark=False, ratio=1.0)
    assert about.title == "A rented bicycle"
    assert image is not None
    assert [path.stat().st_mtime_ns for path in sorted((tmp_path / "cache").iterdir())] == times


def test_enter_opens_and_arrows_walk(page: StartPage, map_file: Path, tmp_path: Path) -> None:
    opened: list[Path] = []
    page.open_requested.connect(opened.append)
    first, second = page.tile(map_file), page.tile(tmp_path / "gone.journey")
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Return)
    assert opened == [map_file]
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert page.focusWidget() is second
    QTest.keyClick(second, Qt.Key.Key_Left)
    assert page.focusWidget() is first


def test_the_rail_and_the_templates_ask_for_what_they_say(page: StartPage) -> None:
    asked: list[str] = []
    page.new_requested.connect(asked.append)
    page.browse_requested.connect(lambda: asked.append("open"))
    page.data_requested.connect(lambda: asked.append("data"))
    for button in (page.new, page.browse, page.data, page.tile("customer-journey")):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == [templates.BLANK, "open", "data", "customer-journey"]


def test_tiles_flow_with_the_width(page: StartPage) -> None:
    grid = page._grids[0]
    assert grid.columns(1366 - 264 - 96) == 3
    assert grid.columns(1600 - 264 - 96) == 4
    page.resize(700, 600)
    assert grid._columns == 1
    assert grid.columns(100) == 1


def test_a_page_that_goes_while_it_draws_leaves_nothing_waiting(
    qapp: QApplication, map_file: Path, tmp_path: Path
) -> None:
    for number in range(5):
        made = StartPage([map_file] * 3, cache=tmp_path / f"cache {number}")
        made.show()
        made.deleteLater()
        QApplication.sendPostedEvents(None, 52)  # deferred deletes
        QApplication.processEvents()
    assert not [widget for widget in qapp.topLevelWidgets() if isinstance(widget, StartPage) and widget.isVisible()]


# ---------------------------------------------------------------- own templates


def test_a_map_becomes_a_template_and_a_template_a_map(window: Window, tmp_path: Path) -> None:
    window.actions_["template"].trigger()
    dialog = window.findChild(TemplateDialog)
    assert dialog is not None
    assert dialog.name.text() == "A rented bicycle"
    dialog.name.setText("Bicycle shops")
    dialog.about.setText("For every shop.")
    QTest.keyClick(dialog.about, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert [(one.title, one.about) for one in own.every()] == [("Bicycle shops", "For every shop.")]
    assert window.new_map(tmp_path / "next.journey", own.every()[0].name)
    assert window.map is not None
    assert [phase.name for phase in window.map.document.all(Phase)] == ["Find", "Ride", "Bring back"]


def test_the_dialog_says_that_one_will_be_replaced_and_why_one_cannot_be_kept(window: Window, kept: Path) -> None:
    assert window.map is not None
    own.save(window.map.document, "Bicycle")
    dialog = TemplateDialog(window.map, window)
    dialog.show()
    assert not dialog.message.text()
    dialog.name.setText("bicycle")
    assert "replaced" in dialog.message.text()
    assert dialog.ok.text() == "Replace template"
    dialog.name.setText(" ")
    assert not dialog.ok.isEnabled()
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    assert "needs a name" in dialog.message.text()
    for path in kept.iterdir():
        path.unlink()
    kept.rmdir()
    kept.write_text("no folder")
    dialog.name.setText("Other")
    QTest.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert "cannot be kept" in dialog.message.text()
    assert dialog.isVisible()
    dialog.close()
    dialog.deleteLater()


def test_own_templates_stand_after_the_built_in_ones_and_can_be_deleted(window: Window) -> None:
    assert window.map is not None
    name = own.save(window.map.document, "Bicycle", "Ours.")
    window.show_start()
    page = window.findChild(StartPage)
    assert page is not None
    tile = page.tile(name)
    assert isinstance(tile, OwnTile)
    page.finish()
    QApplication.processEvents()
    assert tile.image is not None
    tile.setFocus()
    QTest.keyClick(tile, Qt.Key.Key_Delete)
    assert own.every() == []
    assert "Bicycle" in window.notice.text
    with pytest.raises(KeyError):
        page.tile(name)
    window.notice._buttons[0].click()
    assert [one.title for one in own.every()] == ["Bicycle"]
    QTest.mouseClick(page.tile(name).bin, Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]
    assert own.every() == []
    page.finish()


def test_a_broken_own_template_says_so_and_can_still_be_deleted(qapp: QApplication, kept: Path, tmp_path: Path) -> None:
    kept.mkdir()
    (kept / "torn.json").write_text("{")
    made = StartPage([], cache=tmp_path / "cache", language="en")
    asked: list[str] = []
    made.new_requested.connect(asked.append)
    made.delete_requested.connect(asked.append)
    tile = made.tile("own:torn")
    assert "broken" in tile.problem
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    QTest.keyClick(tile, Qt.Key.Key_Delete)
    assert asked == ["own:torn"]
    made.finish()
    made.deleteLater()


def test_a_template_that_breaks_while_the_page_is_shown_is_said_when_it_is_used(
    window: Window, kept: Path, tmp_path: Path
) -> None:
    name = own.save(Document(templates.records("airport", "x", "en")), "Mine")
    (kept / "mine.json").write_text("{}")
    with pytest.raises(Failure):
        templates.records(name, "x")
    assert not window.new_map(tmp_path / "next.journey", name)
    assert "mine" in window.notice.text


def test_the_language_chosen_is_that_of_new_maps(window: Window, tmp_path: Path) -> None:
    window.show_start()
    page = window.findChild(StartPage)
    assert page is not None
    page.languages.part("de" if page.language == "en" else "en").click()
    assert window.settings.template_language == page.language
    page.finish()
    assert window.new_map(tmp_path / "m.journey", "blank", window.settings.template_language)
    assert window.map is not None
    assert window.map.document.map.language == page.language


def test_a_file_without_a_name_is_said_on_the_start_page(qapp: QApplication, settings: Settings) -> None:
    window = application.opened(qapp, settings, None, nameless=True)
    assert window.map is None
    assert window.notice.isVisible()
    assert window.notice.text.startswith("No file was named.")
    window.close()
    window.deleteLater()
