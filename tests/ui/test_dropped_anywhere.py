"""A map, data or a picture dropped on any part of the window, by the events that a window system sends."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QTreeView, QWidget

from journeymap.model.records import Attachment, Touchpoint
from journeymap.ui.dialogs.import_ import ImportDialog

COPY, LEFT, NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def drop(window: QWidget, on: QWidget, data: QMimeData) -> QWidget | None:
    """What Qt does with a drag: the widget under the pointer is asked first, then those around it. Who took it."""
    at: QWidget | None = on
    while at is not None:
        if at.acceptDrops():
            place = QPoint(min(20, at.width() // 2), min(10, at.height() // 2))
            enter = QDragEnterEvent(place, COPY, data, LEFT, NONE)
            enter.ignore()
            QApplication.sendEvent(at, enter)
            move = QDragMoveEvent(place, COPY, data, LEFT, NONE)
            move.setAccepted(enter.isAccepted())
            if enter.isAccepted():
                QApplication.sendEvent(at, move)
            if enter.isAccepted() and move.isAccepted():
                QApplication.sendEvent(at, QDropEvent(QPointF(place), COPY, data, LEFT, NONE))
                return at
        at = None if at is window else at.parentWidget()
    return None


def files(*paths) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    data.setText("\n".join(map(str, paths)))  # as file managers do
    return data


def picture(path, colour=Qt.GlobalColor.red):
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(colour)
    assert image.save(str(path))
    return path


def parts(window, qtbot) -> dict[str, QWidget]:
    qtbot.waitUntil(lambda: bool(window.place.panels), timeout=3000)
    inspector = window.place.panels["inspector"]
    qtbot.wait(50)  # the page of what was selected last
    return {
        "canvas": window.canvas.viewport(),
        "outline": next(tree for tree in window.findChildren(QTreeView) if tree.isVisible()).viewport(),
        "inspector": inspector,
        "a field of the inspector": next(one for one in inspector.findChildren(QLineEdit) if one.isVisible()),
        "bar": window.bar,
        "finder button": window.bar.finder,
        "status": window.status,
        "views": window.place.viewbar,
    }


WHERE = ("canvas", "outline", "inspector", "a field of the inspector", "bar", "finder button", "status", "views")


@pytest.mark.parametrize("where", WHERE)
def test_a_map_dropped_anywhere_is_opened(window, blank_file, qtbot, where):
    assert drop(window, parts(window, qtbot)[where], files(blank_file)) is not None
    assert window.map.session.path == blank_file


@pytest.mark.parametrize("where", ["outline", "a field of the inspector", "bar"])
def test_a_picture_dropped_beside_the_map_goes_to_the_touchpoint_of_the_keyboard(
    fingers, window, tmp_path, qtbot, where
):
    fingers.key(Qt.Key.Key_Right)
    assert drop(window, parts(window, qtbot)[where], files(picture(tmp_path / "a.png"))) is not None
    document = window.map.document
    qtbot.waitUntil(lambda: bool(document.all(Attachment)), timeout=5000)
    (attached,) = document.all(Attachment)
    assert document.one(Touchpoint, attached.touchpoint_id).name == "Compare shops"
    assert attached.media_type.startswith("image/")


def test_a_picture_dropped_on_the_map_goes_to_the_touchpoint_under_the_pointer(fingers, window, tmp_path, qtbot):
    at = fingers.middle(fingers.touchpoint("Ride along"))
    data = files(picture(tmp_path / "b.png"))
    viewport = window.canvas.viewport()
    for kind in (QDragEnterEvent, QDragMoveEvent):
        event = kind(at, COPY, data, LEFT, NONE)
        QApplication.sendEvent(viewport, event)
        assert event.isAccepted()
    QApplication.sendEvent(viewport, QDropEvent(QPointF(at), COPY, data, LEFT, NONE))
    document = window.map.document
    qtbot.waitUntil(lambda: bool(document.all(Attachment)), timeout=5000)
    assert document.all(Attachment)[0].touchpoint_id == fingers.touchpoint("Ride along")


def test_a_picture_out_of_a_browser_needs_no_file(window, qtbot):
    data = QMimeData()
    image = QImage(50, 50, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    data.setImageData(image)
    assert drop(window, window.status, data) is window
    qtbot.waitUntil(lambda: bool(window.map.document.all(Attachment)), timeout=5000)


@pytest.mark.parametrize("where", ["canvas", "status", "a field of the inspector"])
def test_data_dropped_anywhere_open_the_import_dialog(window, tmp_path, qtbot, where):
    path = tmp_path / "survey.csv"
    path.write_text("Touchpoint,CSAT\n" + "Ask friends,4\nFetch it,5\n" * 40, encoding="utf-8")
    assert drop(window, parts(window, qtbot)[where], files(path)) is not None
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(ImportDialog)), timeout=20_000)
    (dialog,) = [one for one in window.findChildren(ImportDialog) if one.isVisible()]
    dialog.close()


def test_without_a_map_a_picture_is_refused_in_a_sentence(open_window, tmp_path):
    window = open_window(None)
    assert drop(window, window.bar, files(picture(tmp_path / "c.png"))) is window
    assert "Open a map first" in window.notice.text
