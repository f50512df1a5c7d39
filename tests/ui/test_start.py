"""The start page: recent maps and templates as real thumbnails, everything by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from journeymap import templates
from journeymap.ui import theme, thumbnail
from journeymap.ui.start import StartPage


@pytest.fixture
def page(qapp: QApplication, map_file: Path, tmp_path: Path) -> Iterator[StartPage]:
    made = StartPage([map_file, tmp_path / "gone.journey"], cache=tmp_path / "cache")
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
        assert page.tile(name).text() == templates.about(name)[0]


def test_thumbnails_are_kept_for_the_next_start(page: StartPage, map_file: Path, tmp_path: Path) -> None:
    drawn(page)
    kept = sorted((tmp_path / "cache").iterdir())
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
