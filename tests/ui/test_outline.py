"""The outline: one journey, three lists, both directions, all by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit

from journeymap.model import commands, journey
from journeymap.model.draft import Draft
from journeymap.model.records import Id, Lane, Persona, Phase, State, Touchpoint
from journeymap.session import Session
from journeymap.ui.map import OpenMap
from journeymap.ui.panels.journey import MIME, JourneyModel
from journeymap.ui.panels.opened import ID
from journeymap.ui.panels.outline import Outline
from journeymap.ui.panels.outline_views import JourneyTree
from journeymap.ui.panels.rows import HEIGHT, JourneyRows
from journeymap.ui.selection import Selection


@pytest.fixture
def open_map(qapp: QApplication, map_file: Path) -> Iterator[OpenMap]:
    opened = OpenMap(Session.open(map_file))
    yield opened
    opened.close()


@pytest.fixture
def outline(open_map: OpenMap) -> Iterator[Outline]:
    made = Outline(open_map, Selection())
    made.resize(216, 900)
    made.show()
    QTest.qWaitForWindowExposed(made)
    yield made
    made.close()
    made.deleteLater()


def named(open_map: OpenMap, kind: type, name: str) -> Id:
    return next(record.id for record in open_map.document.all(kind) if record.name == name)


def shown(outline: Outline) -> list[str]:
    """Every row of the tree, as it stands."""
    found: list[str] = []

    def walk(parent: QModelIndex) -> None:
        for row in range(outline.journey.rowCount(parent)):
            index = outline.journey.index(row, 0, parent)
            found.append(index.data())
            walk(index)

    walk(QModelIndex())
    return found


def choose(outline: Outline, name: str) -> Id:
    id_ = next(
        named(outline._map, kind, name)
        for kind in (Touchpoint, Phase)
        if name in shown(outline) and any(r.name == name for r in outline._map.document.all(kind))
    )
    outline.tree.setFocus()
    outline.tree.setCurrentIndex(outline.journey.index_of(id_))
    return id_


def test_the_tree_shows_phases_and_numbered_touchpoints(outline: Outline) -> None:
    assert shown(outline) == [
        "Find",
        "Ask friends",
        "Compare shops",
        "Ride",
        "Fetch it",
        "Ride along",
        "Bring back",
        "Return it",
    ]
    last = outline.journey.index_of(named(outline._map, Touchpoint, "Return it"))
    from journeymap.ui.panels.opened import NUMBER

    assert last.data(NUMBER) == 5


def test_a_row_that_is_chosen_is_selected_everywhere(outline: Outline) -> None:
    id_ = choose(outline, "Fetch it")
    assert outline._selection.first == id_
    assert outline._selection.touchpoint == id_


def test_what_is_selected_elsewhere_is_marked_in_the_tree(outline: Outline, open_map: OpenMap) -> None:
    id_ = named(open_map, Touchpoint, "Ride along")
    outline._selection.select(id_)
    QApplication.processEvents()
    assert [index.data(ID) for index in outline.tree.selectionModel().selectedIndexes()] == [id_]


def test_f2_renames_in_place_as_one_change(outline: Outline, open_map: OpenMap) -> None:
    choose(outline, "Fetch it")
    QTest.keyClick(outline.tree, Qt.Key.Key_F2)
    field = outline.tree.findChild(QLineEdit)
    assert field is not None
    field.selectAll()
    QTest.keyClicks(field, "Pick it up")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert "Pick it up" in shown(outline)
    open_map.undo()
    assert "Fetch it" in shown(outline)


def test_alt_and_arrows_walk_a_touchpoint_into_the_next_phase(outline: Outline, open_map: OpenMap) -> None:
    id_ = choose(outline, "Compare shops")
    QTest.keyClick(outline.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert shown(outline)[:4] == ["Find", "Ask friends", "Ride", "Compare shops"]
    QTest.keyClick(outline.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert shown(outline)[2:5] == ["Ride", "Fetch it", "Compare shops"]
    QTest.keyClick(outline.tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(outline.tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert shown(outline)[:3] == ["Find", "Ask friends", "Compare shops"]
    assert outline._selection.first == id_


def test_a_phase_moves_with_its_touchpoints(outline: Outline) -> None:
    choose(outline, "Bring back")
    QTest.keyClick(outline.tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert shown(outline)[3:6] == ["Bring back", "Return it", "Ride"]


def test_insert_adds_behind_the_selected_and_names_it(outline: Outline, open_map: OpenMap) -> None:
    choose(outline, "Ask friends")
    QTest.keyClick(outline.tree, Qt.Key.Key_Insert)
    field = outline.tree.findChild(QLineEdit)
    assert field is not None
    QTest.keyClicks(field, "Read reviews")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert shown(outline)[:4] == ["Find", "Ask friends", "Read reviews", "Compare shops"]


def test_delete_removes_and_selects_the_neighbour(outline: Outline, open_map: OpenMap) -> None:
    choose(outline, "Ask friends")
    QTest.keyClick(outline.tree, Qt.Key.Key_Delete)
    assert "Ask friends" not in shown(outline)
    assert outline._selection.first == named(open_map, Touchpoint, "Compare shops")
    open_map.undo()
    assert shown(outline)[1] == "Ask friends"


def test_a_drop_moves_to_the_place_between_rows(outline: Outline, open_map: OpenMap) -> None:
    journey = outline.journey
    id_ = named(open_map, Touchpoint, "Return it")
    data = journey.mimeData([journey.index_of(id_)])
    assert data.hasFormat(MIME)
    ride = journey.index_of(named(open_map, Phase, "Ride"))
    journey.dropMimeData(data, Qt.DropAction.MoveAction, 1, 0, ride)
    assert shown(outline)[3:6] == ["Ride", "Fetch it", "Return it"]


def test_the_eye_hides_a_lane_and_a_persona(outline: Outline, open_map: OpenMap) -> None:
    lane = open_map.document.all(Lane)[0]
    row = outline.rows.visualRect(outline.lanes.index_of(lane.id))
    QTest.mouseClick(
        outline.rows.viewport(),
        Qt.MouseButton.LeftButton,
        pos=QPoint(outline.rows.viewport().width() - 20, row.center().y()),
    )
    assert open_map.document.one(Lane, lane.id).hidden
    person = open_map.document.all(Persona)[0]
    outline.people.setFocus()
    outline.people.setCurrentIndex(outline.personas.index_of(person.id))
    QTest.keyClick(outline.people, Qt.Key.Key_Space)
    assert open_map.document.one(Persona, person.id).hidden


def test_lanes_move_by_alt_and_arrows(outline: Outline, open_map: OpenMap) -> None:
    first, second = open_map.document.all(Lane)[:2]
    outline.rows.setFocus()
    outline.rows.setCurrentIndex(outline.lanes.index_of(first.id))
    QTest.keyClick(outline.rows, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [lane.id for lane in open_map.document.all(Lane)[:2]] == [second.id, first.id]


def test_the_model_follows_every_change_as_if_built_anew(qapp: QApplication, open_map: OpenMap) -> None:
    model = JourneyModel(open_map)
    document = open_map.document
    phases = document.all(Phase)
    steps = [
        lambda: commands.add_touchpoint(document, phases[0].id, "New"),
        lambda: commands.move_touchpoint(document, named(open_map, Touchpoint, "New"), phases[2].id),
        lambda: commands.delete(
            document, named(open_map, Touchpoint, "Fetch it"), named(open_map, Touchpoint, "Ask friends")
        ),
        lambda: commands.move_phase(document, phases[2].id, phases[0].id),
        lambda: commands.delete(document, phases[1].id),
        lambda: commands.add_phase(document, "Late"),
    ]
    for make in steps:
        open_map.perform(make())
        assert model._rows == JourneyModel(open_map)._rows
    while open_map.session.undo_label:
        open_map.undo()
        assert model._rows == JourneyModel(open_map)._rows


def test_five_thousand_touchpoints_do_not_slow_an_edit(qapp: QApplication, tmp_path: Path) -> None:
    draft = Draft(commands.new_map("Large"))
    for number in range(50):
        phase = draft.do(commands.add_phase, f"Phase {number}")
        for place in range(100):
            draft.do(commands.add_touchpoint, phase, f"Touchpoint {place}")
    opened = OpenMap(Session.create(tmp_path / "large.journey", list(draft.document)))
    panel = Outline(opened, Selection())
    panel.resize(216, 900)
    panel.show()
    QTest.qWaitForWindowExposed(panel)
    one = opened.document.all(Touchpoint)[2500]
    opened.figures  # noqa: B018  (computed once, before the clock runs)
    times = []
    for number in range(7):
        start = perf_counter()
        panel.journey._follow(commands.edit(opened.document, one.id, name=f"N {number}"))
        panel.tree.viewport().repaint()
        times.append(perf_counter() - start)
    panel.close()
    opened.close()
    assert sorted(times)[3] < 0.02


@pytest.mark.parametrize("high", [540, 600, 653, 680, 700, 767, 900, 1301])
def test_no_row_is_cut_however_high_the_window(open_map: OpenMap, outline: Outline, high: int) -> None:
    document = open_map.document
    last = document.all(Phase)[-1].id
    for n in range(30):
        open_map.perform(commands.add_touchpoint(document, last, f"Step {n}"))
    outline.resize(216, high)
    QApplication.processEvents()
    outline._selection.select(document.all(Touchpoint)[17].id)
    QApplication.processEvents()
    below = 0
    for view in (outline.tree, outline.people, outline.rows):
        seen = view.viewport().height()
        assert seen == view.height()
        assert seen % 28 == 0
        assert seen >= 28 * min(2, view.model().rowCount())
        first = view.indexAt(QPoint(60, 2))
        assert abs(view.visualRect(first).top()) <= 1  # Qt scrolls to within a pixel
        foot = view.indexAt(QPoint(60, seen - 3))
        if foot.isValid():
            assert abs(view.visualRect(foot).bottom() - (seen - 1)) <= 1
        assert view.verticalScrollBar().maximum() % 28 == 0
        assert view.y() >= below
        assert outline._heads[view].geometry().bottom() < view.y()
        assert outline._heads[view].y() >= below
        below = view.y() + view.height()
    assert 0 <= outline.height() - 8 - below < 28


def test_a_row_more_makes_a_short_list_higher(open_map: OpenMap, outline: Outline) -> None:
    before = outline.people.height()
    open_map.perform(commands.add_persona(open_map.document, "Third"))
    QApplication.processEvents()
    assert outline.people.height() == before + 28


@pytest.fixture
def tree(outline: Outline) -> Iterator[JourneyTree]:
    """The same journey in a tree by itself, three rows high: in the outline the lists share the room."""
    made = JourneyTree()
    made.setModel(outline.journey)
    made.setItemDelegate(JourneyRows(made))
    made.setHeaderHidden(True)
    made.expandAll()
    made_high(made, 3)
    made.show()
    QTest.qWaitForWindowExposed(made)
    yield made
    made.close()
    made.deleteLater()


def made_high(tree: JourneyTree, rows: int) -> None:
    tree.setFixedHeight(rows * HEIGHT + tree.height() - tree.viewport().height())
    QApplication.processEvents()


def seen(tree: JourneyTree, index: QModelIndex) -> bool:
    return tree.viewport().rect().contains(tree.visualRect(index))


def test_the_name_of_a_phase_stands_above_its_first_touchpoint(tree: JourneyTree) -> None:
    phase = tree.model().index(0, 0)
    first = tree.model().index(0, 0, phase)
    tree.scrollToBottom()
    assert not seen(tree, first)
    tree.setCurrentIndex(first)
    assert seen(tree, first)
    assert seen(tree, phase)


def test_a_higher_outline_shows_the_phase_that_was_scrolled_out_of_it(tree: JourneyTree) -> None:
    phase = tree.model().index(0, 0)
    made_high(tree, 1)
    tree.setCurrentIndex(tree.model().index(0, 0, phase))
    assert seen(tree, tree.currentIndex())
    assert not seen(tree, phase)
    made_high(tree, 3)
    assert seen(tree, phase)


@pytest.fixture
def long(open_map: OpenMap, tree: JourneyTree) -> QModelIndex:
    """A phase of more than thirty touchpoints; the tree is six rows high."""
    document = open_map.document
    last = journey.phases(document, document.all(State)[0].id)[-1]
    for n in range(30):
        open_map.perform(commands.add_touchpoint(document, last.id, f"Step {n}"))
    made_high(tree, 6)
    tree.expandAll()
    phase = tree.model().index(tree.model().rowCount() - 1, 0)
    assert tree.model().rowCount(phase) > 30
    return phase


def test_a_touchpoint_far_away_comes_to_the_middle_with_its_neighbours_around_it(
    tree: JourneyTree, long: QModelIndex
) -> None:
    for row in (28, 2):
        far = tree.model().index(row, 0, long)
        assert not seen(tree, far)
        tree.setCurrentIndex(far)
        assert seen(tree, tree.indexAbove(far))
        assert seen(tree, tree.indexBelow(far))
        assert tree.visualRect(far).top() % HEIGHT == 0  # no row is cut


@pytest.mark.usefixtures("long")
def test_walking_to_the_next_row_moves_the_list_by_that_row_only(tree: JourneyTree) -> None:
    tree.setCurrentIndex(tree.indexAt(QPoint(60, 5 * HEIGHT + 3)))
    second = tree.indexAt(QPoint(60, HEIGHT + 3))
    QTest.keyClick(tree, Qt.Key.Key_Down)
    assert tree.indexAt(QPoint(60, 3)) == second


@pytest.mark.parametrize("place", ["first", "last"])
def test_what_takes_the_place_of_a_row_that_goes_is_seen(outline: Outline, long: QModelIndex, place: str) -> None:
    tree, row = outline.tree, 20
    outline.show()
    phase = outline.journey.index(long.row(), 0)
    tree.expand(phase)
    QApplication.processEvents()
    gone = outline.journey.index(row, 0, phase)
    count, below = outline.journey.rowCount(phase), gone.siblingAtRow(row + 1).data()
    tree.setCurrentIndex(gone)
    top = gone if place == "first" else gone.siblingAtRow(row + 1 - tree.viewport().height() // HEIGHT)
    tree.scrollTo(top, QAbstractItemView.ScrollHint.PositionAtTop)
    assert seen(tree, gone)
    QTest.keyClick(tree, Qt.Key.Key_Delete)
    QApplication.processEvents()
    assert outline.journey.rowCount(phase) == count - 1
    assert tree.currentIndex().data() == below
    assert seen(tree, tree.currentIndex())
