"""Views in the window: chosen by key, bar, menu and finder; edits go on in them; saved, changed, moved, deleted, remembered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hands import Fingers
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from journeymap.model import commands, lanes, lens, metrics
from journeymap.model.document import Document
from journeymap.model.layout.states import States, layout_of
from journeymap.model.records import Emotion, Lane, Persona, Phase, State, Touchpoint, View
from journeymap.session import Session
from journeymap.ui.levels import Levels
from journeymap.ui.viewbar import ViewBar
from journeymap.ui.viewchoices import ViewChoices
from journeymap.ui.window import Window


def bar(window: Window) -> ViewBar:
    """The row of views, which is made after the first painting."""
    assert window.place is not None
    for _turn in range(300):
        if window.place.viewbar is not None:
            break
        QTest.qWait(10)
    assert window.place.viewbar is not None
    return window.place.viewbar


def key(window: Window, key_: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window.focusWidget() or window, key_, held)
    QApplication.processEvents()


def seen(window: Window) -> View:
    assert window.map is not None
    return window.map.view or lens.builtin(lens.MAP, window.map.document)


ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def test_alt_and_a_number_look_through_each_view(window: Window) -> None:
    assert window.map is not None
    assert window.canvas is not None
    for number, kind in enumerate(lens.KINDS, 1):
        key(window, Qt.Key(Qt.Key.Key_0 + number), ALT)
        assert seen(window).kind == kind
        assert window.map.layout.lens == lens.lens(window.map.document, window.map.view, window.map.figures)
        fresh = layout_of(window.map.document, window.map.figures, window.map.layout.metrics, window.map.view)
        assert window.map.layout.picture() == fresh.picture()
    key(window, Qt.Key.Key_PageUp, ALT)
    assert seen(window).kind == lens.KINDS[-2]


def test_the_bar_shows_all_views_marks_the_one_and_says_what_it_hides(window: Window) -> None:
    row = bar(window)
    assert row.shown()[0] == "Whole map"
    QTest.mouseClick(row._tabs[lens.KINDS.index(lens.PAINS)], Qt.MouseButton.LeftButton)
    assert seen(window).kind == lens.PAINS
    assert [tab.text() for tab in row._tabs if tab.isChecked()] == ["Pains"]
    assert window.map is not None
    hidden = lens.hidden(window.map.document, window.map.layout.lens)
    assert row.hidden.text() == str(hidden) == f"{hidden.lanes} lanes hidden"


def test_names_that_have_no_room_are_in_a_menu_with_the_one_that_is_looked_through_named(window: Window) -> None:
    row = bar(window)
    window.resize(900, 700)
    QApplication.processEvents()
    assert 0 < len(row.shown()) < len(lens.KINDS)
    key(window, Qt.Key.Key_9, ALT)
    assert row.more.isVisible()
    assert row.more.text() == "One page"
    assert row.more.menu_of is not None
    names = [action.text().split("\t")[0] for action in row.more.menu_of.actions()]
    assert [*row.shown(), *names] == [lens.label(kind) for kind in lens.KINDS]


def test_typing_and_moods_work_in_a_view_and_in_the_row_of_one_persona(window: Window, fingers: Fingers) -> None:
    assert window.map is not None
    assert window.canvas is not None
    key(window, Qt.Key.Key_6, ALT)
    document, otto = window.map.document, fingers.record(Persona, "Otto")
    rows = [row.lane_id for row in window.map.layout.rows]
    hers = next(row for row in rows if lens.persona_of(row) == otto.id)
    touchpoint = fingers.touchpoint("Fetch it")
    place = window.map.layout.place(touchpoint, hers)
    assert place is not None
    spot = window.canvas.view.to_screen(place.x + place.width / 2, place.y + place.height * 0.9).toPoint()
    QTest.mouseClick(window.canvas.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert window.selection.cell.row == hers
    assert window.selection.cell.lane == lens.real(hers)
    before = window.canvas.map.layout.mood_level(0.0, touchpoint, otto.id)
    level = window.map.layout.mood_level(-1.0, touchpoint, otto.id)
    assert before is not None
    assert level is not None
    start = window.canvas.view.to_screen(place.x + place.width / 2, before).toPoint()
    end = window.canvas.view.to_screen(place.x + place.width / 2, level).toPoint()
    QTest.mousePress(window.canvas.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(window.canvas.viewport(), start + QPoint(0, 8))
    QTest.mouseMove(window.canvas.viewport(), end)
    QTest.mouseRelease(window.canvas.viewport(), Qt.MouseButton.LeftButton, pos=end)
    felt = {(one.persona_id, one.touchpoint_id): one.value for one in document.all(Emotion)}
    assert felt[otto.id, touchpoint] == -1.0
    key(window, Qt.Key.Key_2, ALT)
    window.selection.select(cell=replace(window.selection.cell, lane=_lane(document, lanes.JOURNEY), row=None))
    window.focus_map()
    fingers.type("Pick it up")
    fingers.key(Qt.Key.Key_Return)
    assert document.one(Touchpoint, touchpoint).name == "Pick it up"


def _lane(document: Document, kind: str) -> str:
    return next(lane.id for lane in document.all(Lane) if lane.kind == kind)


def test_what_a_phase_view_shows_follows_the_keyboard_and_its_arrows_stay_inside(
    window: Window, fingers: Fingers
) -> None:
    assert window.map is not None
    assert window.canvas is not None
    ride = fingers.record(Phase, "Ride")
    first = fingers.touchpoint("Fetch it")
    window.selection.select(first, cell=replace(window.selection.cell, touchpoint=first))
    key(window, Qt.Key.Key_8, ALT)
    assert seen(window).phases == (ride.id,)
    window.focus_map()
    for _step in range(4):
        key(window, Qt.Key.Key_Right)
    assert window.selection.touchpoint == fingers.touchpoint("Ride along")
    key(window, Qt.Key.Key_PageDown, ALT)
    assert seen(window).phases == (fingers.record(Phase, "Bring back").id,)


def test_a_to_be_state_is_begun_where_there_is_none_and_the_keyboard_walks_down_into_it(window: Window) -> None:
    assert window.map is not None
    assert window.canvas is not None
    key(window, Qt.Key.Key_7, ALT)
    assert "no to-be state" in window.notice.text
    QTest.mouseClick(window.notice._buttons[0], Qt.MouseButton.LeftButton)
    document = window.map.document
    assert [state.kind for state in document.all(State)] == ["as_is", "to_be"]
    assert isinstance(window.map.layout, States)
    twins = [one for one in document.all(Touchpoint) if one.counterpart_id]
    assert len(twins) * 2 == document.count(Touchpoint)
    for one in twins:
        there, here = window.map.layout.place(one.counterpart_id or ""), window.map.layout.place(one.id)
        assert there is not None
        assert here is not None
        assert there.x == here.x
    window.focus_map()
    start = window.selection.touchpoint
    for _step in range(30):
        key(window, Qt.Key.Key_Down)
    below = window.selection.cell
    assert document.one(Touchpoint, below.touchpoint or "").counterpart_id == start
    key(window, Qt.Key.Key_Z, CTRL)
    assert document.count(State) == 1
    assert not isinstance(window.map.layout, States)


def test_a_view_is_changed_saved_updated_renamed_moved_and_deleted(window: Window) -> None:
    assert window.map is not None
    document = window.map.document
    row = bar(window)
    key(window, Qt.Key.Key_2, ALT)
    QTest.mouseClick(row.hidden, Qt.MouseButton.LeftButton)
    panel = next(one for one in QApplication.topLevelWidgets() if isinstance(one, ViewChoices))
    box = panel.boxes["lanes", _lane(document, lanes.THOUGHTS)]
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert _lane(document, lanes.THOUGHTS) not in {line.lane_id for line in window.map.layout.rows}
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert row._tabs[1].text() == "Journey •"
    QTest.mouseClick(row.save, Qt.MouseButton.LeftButton)
    window.notice._line.setText("")
    QTest.keyClicks(window.notice._line, "For the board")
    QTest.keyClick(window.notice._line, Qt.Key.Key_Return)
    saved = document.all(View)
    assert [view.name for view in saved] == ["For the board"]
    assert window.map.view == saved[0]
    assert row._tabs[len(lens.KINDS)].text() == "For the board"
    window.map.look_through(lens.changed(window.map.view, document, personas=(document.all(Persona)[0].id,)))
    assert row.update_.isVisible()
    QTest.mouseClick(row.update_, Qt.MouseButton.LeftButton)
    assert document.all(View)[0].personas == (document.all(Persona)[0].id,)
    assert window.map.view == document.all(View)[0]
    assert window.map.perform(commands.save_view(document, seen(window), "Second"))
    window.actions_["view_right"].trigger()
    assert [view.name for view in document.all(View)] == ["Second", "For the board"]
    window.actions_["view_rename"].trigger()
    window.notice._line.setText("")
    QTest.keyClicks(window.notice._line, "second")
    QTest.keyClick(window.notice._line, Qt.Key.Key_Return)
    assert "already" in window.notice.text
    window.actions_["view_delete"].trigger()
    assert [view.name for view in document.all(View)] == ["Second"]
    assert window.map.view is None
    key(window, Qt.Key.Key_Z, CTRL)
    assert document.count(View) == 2


def test_the_view_of_each_map_is_remembered(open_window: Callable[..., Window], map_file: Path) -> None:
    first = open_window(map_file)
    key(first, Qt.Key.Key_3, ALT)
    first.close()
    again = open_window(map_file)
    assert seen(again).kind == lens.BLUEPRINT
    again.close()
    with Session.open(map_file) as session:
        session.perform(commands.save_view(session.document, lens.builtin(lens.PAINS, session.document), "Own"))
    third = open_window(map_file)
    assert third.map is not None
    third.map.look_through(third.map.document.all(View)[0])
    third.close()
    assert seen(open_window(map_file)).name == "Own"


def test_a_record_that_the_view_hides_is_found_on_the_whole_map(window: Window, fingers: Fingers) -> None:
    from journeymap.ui import finding

    key(window, Qt.Key.Key_8, ALT)
    away = fingers.touchpoint("Return it")
    assert window.map is not None
    assert window.map.layout.place(away) is None
    finding.go_to(window, away)
    assert window.map.view is None
    assert window.selection.touchpoint == away


@pytest.mark.parametrize("seed", range(6))
def test_levels_show_what_a_fresh_layout_shows_after_any_row_of_views_and_edits(seed: int) -> None:
    from model.layout import maps  # tests/model/layout
    from model.layout.test_views import with_to_be

    rnd = Random(seed)
    document = Document(with_to_be(maps.random_map(seed, 9), seed))
    figures = maps.some_figures(document, seed)
    levels = Levels(document, lambda: figures)
    for _step in range(14):
        if rnd.random() < 0.5:
            levels.look_through(lens.builtin(rnd.choice(lens.KINDS), document) if rnd.random() < 0.8 else None)
        else:
            change = maps.random_change(document, rnd)
            document.apply(change)
            figures = maps.other_figures(figures, document, rnd)
            list(levels.follow(change, 1.0))
        for zoom in (1.0, 0.5):
            shown = levels.at(zoom)
            fresh = layout_of(document, figures, shown.metrics, shown.view)
            assert shown.picture() == fresh.picture()
        assert levels.full.metrics == metrics.at_zoom(1.0) or levels.full.metrics.pitch


def test_the_export_dialog_begins_with_the_view_and_prints_another_one(window: Window, tmp_path: Path) -> None:
    from journeymap.ui.dialogs.export import ExportDialog

    assert window.map is not None
    key(window, Qt.Key.Key_3, ALT)
    dialog = ExportDialog(window.map, window)
    dialog.show()
    assert dialog.job.view is not None
    assert dialog.job.view.kind == lens.BLUEPRINT
    dialog.view.chosen.emit("view:pains")
    assert dialog.job.view.kind == lens.PAINS
    assert "Pains only" in dialog.target.text()
    written: list[object] = []
    dialog.exported.connect(written.append)
    dialog.target.setText(str(tmp_path / "pains.pdf"))
    dialog.write()
    for _turn in range(600):
        if written:
            break
        QTest.qWait(20)
    dialog.close()
    assert (tmp_path / "pains.pdf").stat().st_size > 2000
