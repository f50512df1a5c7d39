"""What stands at a touchpoint, edited in the outline: by real keys, lane by lane, as on the canvas."""

from __future__ import annotations

import random
from functools import partial

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from journeymap.model import commands, lanes
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.records import Card, Lane, Phase, Touchpoint
from journeymap.ui.panels import contents
from journeymap.ui.panels.opened import LANE

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


class Tree:
    """Hands on the tree of a window's outline."""

    def __init__(self, window, fingers) -> None:
        self.window, self.fingers = window, fingers
        self.outline = window.place.panels["outline"]
        self.model, self.view = self.outline.journey, self.outline.tree
        self.view.setFocus()

    def open(self, name: str) -> None:
        """Goes to a touchpoint and opens it by the right arrow."""
        index = self.model.index_of(self.fingers.touchpoint(name))
        self.view.setCurrentIndex(index)
        self.view.setFocus()
        QTest.keyClick(self.view, Qt.Key.Key_Right)
        QApplication.processEvents()
        assert self.view.isExpanded(index)

    def rows(self, name: str) -> dict[str, list[str]]:
        """What is listed under a touchpoint, by kind of lane."""
        parent, found = self.model.index_of(self.fingers.touchpoint(name)), {}
        for row in range(self.model.rowCount(parent)):
            index = self.model.index(row, 0, parent)
            found.setdefault(index.data(LANE), []).append(index.data())
        return found

    def go(self, name: str, kind: str, n: int = 0) -> None:
        """Puts the keyboard on the n-th row of a lane."""
        parent = self.model.index_of(self.fingers.touchpoint(name))
        mine = [
            index
            for row in range(self.model.rowCount(parent))
            if (index := self.model.index(row, 0, parent)).data(LANE) == kind
        ]
        self.view.setCurrentIndex(mine[n])

    def field(self) -> QLineEdit:
        """The one that is being typed in."""
        return next(one for one in self.view.findChildren(QLineEdit) if one.isVisible())

    def type(self, text: str) -> None:
        """F2, a text, Enter."""
        QTest.keyClick(self.view, Qt.Key.Key_F2)
        field = self.field()
        field.selectAll()
        QTest.keyClicks(field, text) if text else QTest.keyClick(field, Qt.Key.Key_Delete)
        QTest.keyClick(field, Qt.Key.Key_Return)
        QApplication.processEvents()


@pytest.fixture
def tree(window, fingers) -> Tree:
    return Tree(window, fingers)


def test_an_opened_touchpoint_lists_what_stands_there(window, tree):
    tree.open("Ask friends")
    rows = tree.rows("Ask friends")
    assert rows[lanes.THOUGHTS] == ["Which one is good?"]
    assert rows[lanes.PAINS] == [""]
    assert len(rows[lanes.EMOTION]) == 2
    assert lanes.JOURNEY not in rows
    assert lanes.LINE_VISIBILITY not in rows


def test_a_row_is_selected_on_the_canvas_and_the_other_way_round(window, fingers, tree):
    tree.open("Ask friends")
    tree.go("Ask friends", lanes.THOUGHTS)
    card = next(card for card in window.map.document.all(Card) if card.text == "Which one is good?")
    assert window.selection.ids == (card.id,)
    assert window.selection.cell == fingers.cell(lanes.THOUGHTS, "Ask friends")
    window.selection.select(fingers.touchpoint("Fetch it"), cell=fingers.cell(lanes.JOURNEY, "Fetch it"))
    window.selection.select(card.id, cell=fingers.cell(lanes.THOUGHTS, "Ask friends"))
    assert tree.model.content_at(tree.view.currentIndex()).record == card.id


def test_texts_are_changed_added_ordered_and_deleted_by_keys(window, tree):
    before = Document(window.map.document)
    tree.open("Ask friends")
    tree.go("Ask friends", lanes.THOUGHTS)
    tree.type("Who knows?")
    assert tree.rows("Ask friends")[lanes.THOUGHTS] == ["Who knows?"]
    QTest.keyClick(tree.view, Qt.Key.Key_Insert)
    field = tree.field()
    QTest.keyClicks(field, "My sister?")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert tree.rows("Ask friends")[lanes.THOUGHTS] == ["Who knows?", "My sister?"]
    tree.go("Ask friends", lanes.THOUGHTS, 1)
    QTest.keyClick(tree.view, Qt.Key.Key_Up, ALT)
    assert tree.rows("Ask friends")[lanes.THOUGHTS] == ["My sister?", "Who knows?"]
    tree.go("Ask friends", lanes.THOUGHTS, 0)
    QTest.keyClick(tree.view, Qt.Key.Key_Delete)
    assert tree.rows("Ask friends")[lanes.THOUGHTS] == ["Who knows?"]
    for _step in range(4):
        window.actions_["undo"].trigger()
    assert window.map.document == before
    assert tree.rows("Ask friends")[lanes.THOUGHTS] == ["Which one is good?"]


def test_deleting_a_channel_there_leaves_the_touchpoint(window, fingers, tree):
    window.map.do(lambda: commands.add_lane(window.map.document, lanes.CHANNELS))
    tree.open("Ask friends")
    tree.go("Ask friends", lanes.CHANNELS)
    QTest.keyClick(tree.view, Qt.Key.Key_Delete)
    assert tree.rows("Ask friends")[lanes.CHANNELS] == [""]
    assert fingers.touchpoint("Ask friends") in window.map.document


def test_rows_stay_open_when_the_tree_is_built_anew(window, tree):
    tree.open("Fetch it")
    phase = window.map.document.all(Phase)[0].id
    window.map.do(lambda: commands.delete(window.map.document, phase))
    assert tree.rows("Fetch it")[lanes.OPPORTUNITIES] == ["A shorter form"]


@pytest.mark.parametrize("seed", range(3))
def test_the_model_keeps_its_promises_under_any_change(window, fingers, tree, seed):
    rnd = random.Random(seed)
    assert isinstance(tree.model, QAbstractItemModel)
    for name in ("Ask friends", "Fetch it", "Return it"):
        tree.open(name)
    for step in range(60):
        window.map.do(partial(_something, window.map.document, rnd, step))
        if step % 9 == 8:
            window.actions_["undo"].trigger()
        for row in range(tree.model.rowCount()):
            phase = tree.model.index(row, 0)
            for child in range(tree.model.rowCount(phase)):
                index = tree.model.index(child, 0, phase)
                assert tree.model.parent(index) == phase
                shown = [tree.model.index(n, 0, index) for n in range(tree.model.rowCount(index))]
                assert all(tree.model.parent(one) == index for one in shown)
                id_ = tree.model.id_at(index)
                if shown:
                    fresh = [one.key for one in contents.contents(window.map.document, id_)]
                    assert [tree.model.content_at(one).key for one in shown] == fresh
        tree.view.grab()


def _something(document: Document, rnd: random.Random, step: int) -> Change:
    """What a person might do."""
    point, lane, cards = rnd.choice(document.all(Touchpoint)), rnd.choice(document.all(Lane)), document.all(Card)
    match rnd.randrange(6):
        case 0 if lane.kind in lanes.CARDS:
            return commands.add_card(document, lane.id, point.id, f"text {step}")
        case 0:
            return commands.add_pain(document, point.id, f"pain {step}")
        case 1 if cards:
            return commands.delete(document, rnd.choice(cards).id)
        case 2:
            return commands.move_touchpoint(document, point.id, rnd.choice(document.all(Phase)).id, None)
        case 3:
            return commands.show_lane(document, lane.id, shown=lane.hidden)
        case 4:
            return commands.duplicate(document, point.id)
    return commands.add_phase(document, f"Phase {step}")
