"""Pictures, files and links on the real window: dropped, pasted, chosen, opened; stored once, undone, printed."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hands import Fingers
from PIL import Image as Pillow
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDesktopServices, QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from journeymap.formats import export
from journeymap.model import commands, lanes
from journeymap.model.figures import Figures
from journeymap.model.records import Attachment, Lane
from journeymap.ui.canvas import marks
from journeymap.ui.selection import Cell

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def sketch(tmp_path: Path) -> Path:
    path = tmp_path / "sketch of the counter.png"
    Pillow.new("RGB", (640, 400), (20, 120, 90)).save(path)
    return path


def until(holds: Callable[[], bool], milliseconds: int) -> bool:
    """Lets events happen until something holds; False where it never does."""
    end = time.monotonic() + milliseconds / 1000
    while not holds() and time.monotonic() < end:
        QTest.qWait(10)
    return holds()


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def cell_point(window, cell: Cell) -> QPoint:
    place = marks.cell_rect(window.canvas, cell)
    assert place is not None
    return window.canvas.view.on_screen(place).center().toPoint()


def drop(window, data: QMimeData, at: QPoint) -> bool:
    """Drags `data` onto a point of the canvas, as a file manager or a browser does."""
    viewport, copy = window.canvas.viewport(), Qt.DropAction.CopyAction
    enter = QDragEnterEvent(at, copy, data, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(viewport, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(viewport, QDragMoveEvent(at, copy, data, LEFT, Qt.KeyboardModifier.NoModifier))
    window.canvas.viewport().repaint()
    QApplication.sendEvent(viewport, QDropEvent(QPointF(at), copy, data, LEFT, Qt.KeyboardModifier.NoModifier))
    return True


def attached(window) -> list[Attachment]:
    return window.map.document.all(Attachment)


def wait(window, count: int) -> list[Attachment]:
    assert until(lambda: len(attached(window)) == count, 5000), window.notice.said
    return attached(window)


def add_lane(window, kind: str) -> str:
    change = commands.add_lane(window.map.document, kind)
    assert window.map.perform(change)
    return commands.made(change)


def reveal(window, cell: Cell) -> None:
    window.selection.select(cell=cell)
    window.canvas.reveal(cell)


def test_a_picture_dropped_on_a_cell_is_written_anew_stored_once_and_undone(window, fingers, sketch):
    cell = fingers.cell(lanes.STORYBOARD, "Fetch it")
    assert drop(window, files(sketch), cell_point(window, cell))
    (one,) = wait(window, 1)
    assert (one.touchpoint_id, one.lane_id, one.media_type, one.name) == (cell.touchpoint, cell.lane, "image/png", "")
    content = window.map.session.blob(one.content_hash)
    assert hashlib.sha256(content).hexdigest() == one.content_hash
    assert window.selection.ids == (one.id,)
    assert drop(window, files(sketch), cell_point(window, fingers.cell(lanes.STORYBOARD, "Ride along")))
    assert {each.content_hash for each in wait(window, 2)} == {one.content_hash}  # the same bytes lie there once
    fingers.key(Qt.Key.Key_Z, held=CTRL)
    fingers.key(Qt.Key.Key_Z, held=CTRL)
    assert not attached(window)


def test_a_picture_is_seen_on_the_canvas_and_on_paper(window, fingers, sketch, tmp_path):
    import pypdfium2

    cell = fingers.cell(lanes.STORYBOARD, "Fetch it")
    assert drop(window, files(sketch), cell_point(window, cell))
    (one,) = wait(window, 1)
    window.canvas.repaint()
    shot = window.canvas.viewport().grab().toImage()
    at = fingers.middle(one.id)
    ratio = shot.devicePixelRatio()
    assert shot.pixelColor(round(at.x() * ratio), round(at.y() * ratio)).name() == QColor(20, 120, 90).name()
    out = tmp_path / "map.pdf"
    export(window.map.document, Figures(), out, pictures=window.map.session.blob)
    page = pypdfium2.PdfDocument(out)[0]
    kinds = [item.type for item in page.get_objects()]
    assert kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE) == 1


def test_a_picture_over_another_row_goes_to_the_storyboard_of_that_touchpoint(window, fingers, sketch):
    assert drop(window, files(sketch), cell_point(window, fingers.cell(lanes.THOUGHTS, "Ride along")))
    (one,) = wait(window, 1)
    assert (one.touchpoint_id, one.lane_id) == (fingers.touchpoint("Ride along"), fingers.lane(lanes.STORYBOARD))


def test_a_picture_dragged_out_of_a_browser_needs_no_file(window, fingers):
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("#4F55D6"))
    data = QMimeData()
    data.setImageData(image)
    data.setUrls([QUrl("https://example.org/picture.png")])
    assert drop(window, data, cell_point(window, fingers.cell(lanes.STORYBOARD, "Fetch it")))
    (one,) = wait(window, 1)
    assert QImage.fromData(window.map.session.blob(one.content_hash)).size() == image.size()


def test_a_picture_is_pasted_captioned_moved_and_deleted_by_keys(window, fingers):
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("#4F55D6"))
    data = QMimeData()
    data.setImageData(image)
    QApplication.clipboard().setMimeData(data)
    fingers.stand(fingers.cell(lanes.STORYBOARD, "Fetch it"))
    fingers.key(Qt.Key.Key_V, held=CTRL)
    (one,) = wait(window, 1)
    fingers.key(Qt.Key.Key_Return)
    fingers.type("At the counter")
    fingers.key(Qt.Key.Key_Return)
    assert attached(window)[0].name == "At the counter"
    fingers.stand(fingers.cell(lanes.STORYBOARD, "Fetch it"))
    window.selection.select(one.id, cell=fingers.cell(lanes.STORYBOARD, "Fetch it"))
    fingers.key(Qt.Key.Key_Right, held=Qt.KeyboardModifier.AltModifier)
    assert attached(window)[0].touchpoint_id == fingers.touchpoint("Ride along")
    fingers.key(Qt.Key.Key_Delete)
    assert not attached(window)


def test_a_picture_is_carried_by_the_mouse(window, fingers, sketch):
    assert drop(window, files(sketch), cell_point(window, fingers.cell(lanes.STORYBOARD, "Fetch it")))
    (one,) = wait(window, 1)
    fingers.drag(fingers.middle(one.id), cell_point(window, fingers.cell(lanes.STORYBOARD, "Ask friends")))
    assert attached(window)[0].touchpoint_id == fingers.touchpoint("Ask friends")


def test_enter_on_an_empty_storyboard_cell_asks_for_a_picture(window, fingers, sketch, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(sketch)], ""))
    fingers.stand(fingers.cell(lanes.STORYBOARD, "Compare shops"))
    fingers.key(Qt.Key.Key_Return)
    (one,) = wait(window, 1)
    assert one.touchpoint_id == fingers.touchpoint("Compare shops")


def test_a_picture_bomb_is_refused_and_nothing_changes(window, fingers, tmp_path):
    from ui.test_pictures import bomb

    path = tmp_path / "holiday.png"
    path.write_bytes(bomb())
    assert drop(window, files(path), cell_point(window, fingers.cell(lanes.STORYBOARD, "Fetch it")))
    assert until(lambda: "million pixels" in window.notice.said, 5000)
    assert not attached(window)


def test_data_and_maps_are_left_to_the_window(window, fingers, tmp_path):
    path = tmp_path / "answers.csv"
    path.write_text("a;b\n1;2\n")
    taken = []
    window.canvas.dropping.dropped.connect(lambda *what: taken.append(what))
    at, data = cell_point(window, fingers.cell(lanes.THOUGHTS, "Fetch it")), files(path)
    event = QDropEvent(QPointF(at), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    assert not window.canvas.dropping.eventFilter(window.canvas.viewport(), event)
    assert not taken


def test_nothing_is_dropped_on_a_map_that_can_only_be_read(open_window, map_file, sketch):
    map_file.chmod(0o400)
    map_file.parent.chmod(0o500)
    try:
        if os.access(map_file, os.W_OK):
            pytest.skip("this user may write everywhere")
        window = open_window(map_file)
        cell = Fingers(window).cell(lanes.STORYBOARD, "Fetch it")
        assert not drop(window, files(sketch), cell_point(window, cell))
    finally:
        map_file.parent.chmod(0o700)


# ---------------------------------------------------------------- files and links


def test_a_link_is_typed_pasted_and_dropped(window, fingers):
    add_lane(window, lanes.FILES)
    cell = fingers.cell(lanes.FILES, "Fetch it")
    reveal(window, cell)
    fingers.stand(cell)
    fingers.type("www.example.org/prices The price list")
    fingers.key(Qt.Key.Key_Return)
    (one,) = wait(window, 1)
    assert (one.url, one.name) == ("https://www.example.org/prices", "The price list")
    fingers.stand(fingers.cell(lanes.FILES, "Ride along"))
    data = QMimeData()
    data.setText("https://example.org/a\nhttps://example.org/b")
    QApplication.clipboard().setMimeData(data)
    fingers.key(Qt.Key.Key_V, held=CTRL)
    assert [each.url for each in attached(window)].count("https://example.org/a") == 1
    assert len(attached(window)) == 3
    data = QMimeData()
    data.setText("https://example.org/c")
    data.setUrls([QUrl("https://example.org/c")])
    reveal(window, fingers.cell(lanes.FILES, "Ask friends"))
    assert drop(window, data, cell_point(window, fingers.cell(lanes.FILES, "Ask friends")))
    assert "https://example.org/c" in [each.url for each in wait(window, 4)]


def test_what_is_no_link_is_said(window, fingers):
    add_lane(window, lanes.FILES)
    cell = fingers.cell(lanes.FILES, "Fetch it")
    reveal(window, cell)
    fingers.stand(cell)
    fingers.type("the price list")
    fingers.key(Qt.Key.Key_Return)
    assert "is no link" in window.notice.said
    assert not attached(window)


@pytest.mark.parametrize("by", ["enter", "double click", "ctrl+click"])
def test_a_link_is_opened_only_when_asked_for(window, fingers, monkeypatch, by):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()) or True)
    lane = add_lane(window, lanes.FILES)
    thing = commands.Thing("Prices", url="https://example.org/prices")
    change = commands.add_attachments(window.map.document, lane, fingers.touchpoint("Ask friends"), [thing])
    assert window.map.perform(change)
    id_, cell = commands.made(change), fingers.cell(lanes.FILES, "Ask friends")
    reveal(window, cell)
    fingers.click(fingers.middle(id_))
    assert not opened
    if by == "enter":
        fingers.key(Qt.Key.Key_Return)
    elif by == "double click":
        fingers.double(fingers.middle(id_))
    else:
        fingers.click(fingers.middle(id_), CTRL)
    assert opened == ["https://example.org/prices"]
    fingers.stand(cell)
    window.selection.select(id_, cell=cell)
    fingers.key(Qt.Key.Key_F2)
    fingers.type("The prices")
    fingers.key(Qt.Key.Key_Return)
    assert attached(window)[0].name == "The prices"


def _press(window, words: str) -> None:
    button = next(one for one in window.notice.findChildren(QPushButton) if one.isVisible() and one.text() == words)
    QTest.mouseClick(button, LEFT)


def test_a_file_is_kept_as_it_is_and_opened_from_a_private_copy_or_saved(window, fingers, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())) or True)
    lane = add_lane(window, lanes.FILES)
    path = tmp_path / "Terms of rent.txt"
    path.write_text("All of it\n")
    cell = Cell(lane, fingers.touchpoint("Ask friends"))
    reveal(window, cell)
    assert drop(window, files(path), cell_point(window, cell))
    (one,) = wait(window, 1)
    assert (one.name, one.media_type) == ("Terms of rent.txt", "text/plain")
    fingers.stand(cell)
    window.selection.select(one.id, cell=cell)
    fingers.key(Qt.Key.Key_Return)
    assert not opened
    assert "A copy is opened" in window.notice.text
    _press(window, "Open")
    (copy,) = opened
    assert copy.read_bytes() == b"All of it\n"
    if os.name == "posix":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o400
        assert stat.S_IMODE(copy.parents[1].stat().st_mode) == 0o700
    target = tmp_path / "saved.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    fingers.key(Qt.Key.Key_Return)
    _press(window, "Save a copy…")
    assert target.read_bytes() == b"All of it\n"
    window.close()
    assert not copy.exists()


def test_what_may_run_is_only_saved(window, fingers, tmp_path):
    lane = add_lane(window, lanes.FILES)
    path = tmp_path / "invoice.pdf.bat"
    path.write_text("echo\n")
    cell = Cell(lane, fingers.touchpoint("Ask friends"))
    reveal(window, cell)
    assert drop(window, files(path), cell_point(window, cell))
    (one,) = wait(window, 1)
    window.selection.select(one.id, cell=cell)
    fingers.key(Qt.Key.Key_Return)
    assert "may run as a program" in window.notice.text
    assert [each.text() for each in window.notice.findChildren(QPushButton) if each.isVisible()] == ["Save a copy…"]


def test_a_file_without_a_row_for_it_gets_one_in_the_same_step(window, fingers, tmp_path, monkeypatch):
    path = tmp_path / "Terms.txt"
    path.write_text("All of it\n")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))
    fingers.stand(fingers.cell(lanes.THOUGHTS, "Fetch it"))
    fingers.key(Qt.Key.Key_U, held=CTRL | Qt.KeyboardModifier.ShiftModifier)
    wait(window, 1)
    assert lanes.FILES in {lane.kind for lane in window.map.document.all(Lane)}
    fingers.key(Qt.Key.Key_Z, held=CTRL)
    assert lanes.FILES not in {lane.kind for lane in window.map.document.all(Lane)}


def test_a_file_that_is_too_large_is_refused(window, fingers, tmp_path):
    lane = add_lane(window, lanes.FILES)
    path = tmp_path / "film.bin"
    with path.open("wb") as file:
        file.truncate(60_000_000)
    cell = Cell(lane, fingers.touchpoint("Ask friends"))
    reveal(window, cell)
    assert drop(window, files(path), cell_point(window, cell))
    assert until(lambda: "60 MB" in window.notice.said, 5000)
    assert not attached(window)


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\\b\\c.txt", "..", "x" * 300, "nul\x00.txt", 'a<b>"c".txt'])
def test_a_copy_has_a_harmless_name(name):
    from journeymap.ui.attaching import safe_name

    made = safe_name(name)
    assert made
    assert len(made) <= 120
    assert not set(made) & set('/\\<>:"|?*\0')
    assert made not in {".", ".."}


def test_noise_in_a_picture_is_jpeg(window, fingers, tmp_path):
    path = tmp_path / "photo.jpg"
    target = io.BytesIO()
    Pillow.effect_noise((900, 700), 90).convert("RGB").save(target, "JPEG")
    path.write_bytes(target.getvalue())
    assert drop(window, files(path), cell_point(window, fingers.cell(lanes.STORYBOARD, "Fetch it")))
    assert wait(window, 1)[0].media_type == "image/jpeg"
