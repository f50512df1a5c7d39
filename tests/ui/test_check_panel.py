"""The checker's page: remarks, the way to their place, mending with one undo."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from journeymap.model import commands, lanes
from journeymap.model.records import Lane, Persona, Touchpoint
from journeymap.session import Session
from journeymap.ui.map import OpenMap
from journeymap.ui.panels.check import CheckPanel
from journeymap.ui.selection import Selection


def opened(window) -> CheckPanel:
    window.show_view("check")
    panel = window.findChild(CheckPanel)
    assert panel.isVisible()
    return panel


def row(panel: CheckPanel, rule: str):
    return next(one for one in panel.rows if one.remark.rule == rule)


def test_the_page_opens_from_the_bar_and_says_what_is_wrong(window):
    window.actions_["check"].trigger()
    panel = window.findChild(CheckPanel)
    assert window.place.view == "check"
    rules = [one.remark.rule for one in panel.rows]
    assert "no research" in rules
    assert "no owner" in rules
    levels = [one.remark.level for one in panel.rows]
    assert levels == sorted(levels, key=lambda level: level != "mistake"), "mistakes first"


def test_take_me_there_shows_the_place_on_the_map(window, qtbot):
    panel = opened(window)
    pill = row(panel, "no owner").places[1]
    QTest.mouseClick(pill, Qt.MouseButton.LeftButton)
    assert window.place.view == "map"
    document = window.map.document
    assert window.selection.first == row(panel, "no owner").remark.records[1]
    assert isinstance(document.record(window.selection.first), Touchpoint)


def test_mending_is_one_step_and_undo_brings_the_mistake_back(window, qtbot):
    document = window.map.document
    lane = {one.kind: one.id for one in document.all(Lane)}
    window.map.perform(commands.move(document, lane[lanes.BACK_STAGE], lane[lanes.LINE_INTERACTION]))
    panel = opened(window)
    cure = row(panel, "map and blueprint mixed up").cure
    cure.setFocus()
    QTest.keyClick(cure, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "map and blueprint mixed up" not in [one.remark.rule for one in panel.rows])
    window.actions_["undo"].trigger()
    qtbot.waitUntil(lambda: "map and blueprint mixed up" in [one.remark.rule for one in panel.rows])


def test_a_change_while_nobody_looks_is_seen_when_somebody_does(window, qtbot):
    panel = opened(window)
    assert "no persona" not in [one.remark.rule for one in panel.rows]
    window.show_view("map")
    document = window.map.document
    window.map.perform(commands.delete(document, *[one.id for one in document.all(Persona)]))
    window.show_view("check")
    assert "no persona" in [one.remark.rule for one in panel.rows]


def test_a_map_that_can_only_be_read_offers_no_mending(qapp, map_file):
    with Session.open(map_file) as session:
        lane = {one.kind: one.id for one in session.document.all(Lane)}
        session.perform(commands.move(session.document, lane[lanes.BACK_STAGE], lane[lanes.LINE_INTERACTION]))
        session.flush()
    map_ = OpenMap(Session.open(map_file, read_only=True))
    panel = CheckPanel(map_, Selection())
    assert not row(panel, "map and blueprint mixed up").cure.isEnabled()
    panel.deleteLater()
    map_.close()
