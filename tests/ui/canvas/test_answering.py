"""The canvas answers first: it has painted a change before the disk, the panels or the inspector are given any work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from journeymap.model import commands
from journeymap.model.records import Card, Lane, Touchpoint
from journeymap.ui.canvas.surface import SEVERAL, _joined
from journeymap.ui.panels.inspector import Inspector
from journeymap.ui.selection import Cell
from journeymap.ui.window import Window


class Order(QObject):
    """Writes down in which order things happen after a key."""

    def __init__(self, window: Window) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.window, self.on = window, True
        window.canvas.viewport().installEventFilter(self)
        hand_over, paint = window.map.session._thread._jobs.put, self.seen.append
        window.map.session._thread._jobs = Noting(hand_over, window.map.session._thread._jobs, self)
        window.selection.changed.connect(lambda: paint("selection"))
        window.map.changed.connect(lambda _change: paint("panels"))
        window.map.saved.connect(lambda: paint("saved"))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint:
            self.seen.append("painted")
        return False


class Noting:
    """The store thread's queue; what is put into it is noted."""

    def __init__(self, put: Callable[[object], None], jobs: object, order: Order) -> None:
        self._put, self.get, self._order = put, jobs.get, order

    def put(self, job: object) -> None:
        if isinstance(job, tuple):
            self._order.seen.append("handed over")
        self._put(job)


@pytest.fixture
def window(open_window: Callable[..., Window], map_file: Path) -> Window:
    found = open_window(map_file)
    QTest.qWait(50)
    return found


def stand_on_a_card(window: Window) -> Card:
    """Selects the first thought."""
    document = window.map.document
    thoughts = next(lane.id for lane in document.all(Lane) if lane.kind == "thoughts")
    card = next(one for one in document.all(Card) if one.lane_id == thoughts)
    window.selection.select(card.id, cell=Cell(thoughts, card.touchpoint_id))
    window.canvas.setFocus()
    QTest.qWait(80)
    return card


def test_a_deleted_card_is_gone_from_the_picture_before_disk_and_panels_hear_of_it(window: Window) -> None:
    card = stand_on_a_card(window)
    order = Order(window)
    QTest.keyClick(window.canvas, Qt.Key.Key_Delete)
    assert card.id not in window.map.document
    assert order.seen[0] == "painted"
    assert order.seen.index("selection") > order.seen.index("painted")
    assert order.seen.index("handed over") < order.seen.index("panels")
    assert card.id not in window.selection.ids
    window.map.session.flush()
    assert "saved" in order.seen


def test_undo_of_a_duplicate_is_painted_first_and_no_panel_keeps_what_is_gone(window: Window) -> None:
    document = window.map.document
    point = document.all(Touchpoint)[1]
    journey = next(lane.id for lane in document.all(Lane) if lane.kind == "journey")
    window.selection.select(point.id, cell=Cell(journey, point.id))
    window.canvas.setFocus()
    QApplication.processEvents()
    QTest.keyClick(window.canvas, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    QTest.qWait(80)
    (copy,) = window.selection.ids
    inspector = window.findChild(Inspector)
    assert inspector.page.id == copy
    order = Order(window)
    QTest.keyClick(window.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert copy not in window.map.document
    assert order.seen[0] == "painted"
    assert copy not in window.selection.ids
    # Until the event loop comes round, the page may still be there; nothing can be done with it.
    page = inspector.page
    if page.id == copy:
        page.name.setPlainText("Too late")
        page.name.leave()
        assert not [one for one in window.map.document.all(Touchpoint) if one.name == "Too late"]
    QTest.qWait(80)
    assert inspector.page.id != copy
    assert inspector.page.id in window.map.document


def test_a_page_under_the_hand_goes_with_its_record_at_once(window: Window) -> None:
    card = stand_on_a_card(window)
    inspector = window.findChild(Inspector)
    assert inspector.page.id == card.id
    window.activateWindow()
    field = next(one for one in inspector.page.findChildren(QObject) if hasattr(one, "leave") and one.isVisible())
    field.setFocus()
    assert window.focusWidget() is field
    window.map.perform(commands.delete(window.map.document, card.id))  # by whoever else
    assert inspector.page.id != card.id


def test_rectangles_side_by_side_are_joined_and_cover_what_is_stale(qapp: QApplication) -> None:
    for seed in range(30):
        chance, region = Random(seed), QRegion()
        for _n in range(chance.randint(1, 25)):
            region += QRect(
                chance.randrange(1500), chance.randrange(900), chance.randint(1, 200), chance.randint(1, 90)
            )
        found = _joined(region)
        assert 1 <= len(found) <= SEVERAL
        covered = QRegion()
        for rect in found:
            covered += rect
        assert (region - covered).isEmpty()
        assert covered.boundingRect() == region.boundingRect()
