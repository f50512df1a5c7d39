"""The plan: proposals accepted or dismissed, pains by urgency, actions edited in place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from journeymap.data import Columns, Question, Recipe, prepare
from journeymap.model import commands
from journeymap.model.draft import Draft
from journeymap.model.records import Action, Answer, Dismissal, PainPoint, Touchpoint
from journeymap.session import Session
from journeymap.ui.map import OpenMap
from journeymap.ui.panels.plan import PlanPanel
from journeymap.ui.panels.plan_rows import ACTION, COST, DUE, EFFORT, OWNER, PAIN, SEVERITY, STATUS
from journeymap.ui.selection import Selection


@pytest.fixture
def open_map(qapp: QApplication, map_file: Path) -> Iterator[OpenMap]:
    opened = OpenMap(Session.open(map_file))
    draft = Draft(opened.document)
    points = draft.document.all(Touchpoint)
    rare = draft.do(commands.add_pain, points[0].id, "Rare", severity=5, frequency=0.1)
    draft.do(commands.add_pain, points[1].id, "Often", severity=4, frequency=0.5)
    draft.do(commands.add_action, "Mend it", pains=[rare])
    opened.perform(draft.change("Pains"))
    yield opened
    opened.close()


@pytest.fixture
def panel(open_map: OpenMap) -> Iterator[PlanPanel]:
    made = PlanPanel(open_map, Selection())
    made.resize(1088, 800)
    made.show()
    QTest.qWaitForWindowExposed(made)
    yield made
    made.close()
    made.deleteLater()


def cell(panel: PlanPanel, row: int, column: int) -> QModelIndex:
    return panel.model.index(row, column)


def type_into(panel: PlanPanel, row: int, column: int, text: str) -> None:
    panel.table.setFocus()
    panel.table.setCurrentIndex(cell(panel, row, column))
    QTest.keyClick(panel.table, Qt.Key.Key_Return)
    field = panel.table.findChild(QLineEdit)
    assert field is not None
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle(panel)


def settle(panel: PlanPanel) -> None:
    for _ in range(3):
        QApplication.processEvents()


def surveyed(open_map: OpenMap, folder: Path) -> None:
    """A survey in which one touchpoint is surely worse than the others."""
    names = [one.name for one in open_map.document.all(Touchpoint)][:4]
    path = folder / "survey.csv"
    rows = [",".join(names)]
    rows += [
        ",".join(["1" if place == 0 and number % 5 else "5" for place in range(len(names))]) for number in range(300)
    ]
    path.write_text("\n".join(rows), encoding="utf-8")
    questions = tuple(Question("csat", name, touchpoint=name, scale=(1.0, 5.0)) for name in names)
    intake = prepare(open_map.document, [path], Recipe(columns=Columns(), questions=questions))
    open_map.session.perform(intake.change, blocks=intake.blocks, pairs=intake.pairs)


def test_the_most_urgent_pain_stands_first(panel: PlanPanel) -> None:
    assert [cell(panel, row, PAIN).data() for row in range(panel.model.rowCount())] == ["Often", "Rare"]
    assert "1 without an action" in panel.about.text()


def test_an_action_is_edited_in_place(panel: PlanPanel, open_map: OpenMap) -> None:
    type_into(panel, 1, OWNER, "J. Brandt")
    type_into(panel, 1, DUE, "28.02.2027")
    type_into(panel, 1, EFFORT, "3")
    type_into(panel, 1, COST, "48000")
    action = open_map.document.all(Action)[0]
    assert (action.owner, action.due, action.effort, action.cost) == ("J. Brandt", "2027-02-28", 3, 48000.0)


def test_what_cannot_be_read_is_said_above_the_table(panel: PlanPanel, open_map: OpenMap) -> None:
    type_into(panel, 1, DUE, "soon")
    assert "soon" in panel.message.text()
    assert open_map.document.all(Action)[0].due == ""
    type_into(panel, 1, DUE, "2027-02-28")
    assert panel.message.text() == ""


def test_naming_an_action_where_there_is_none_makes_it(panel: PlanPanel, open_map: OpenMap) -> None:
    type_into(panel, 0, ACTION, "Show the wait")
    made = next(one for one in open_map.document.all(Action) if one.title == "Show the wait")
    assert open_map.document.referring(Answer, "action_id", made.id)
    open_map.undo()
    settle(panel)
    assert cell(panel, 0, ACTION).data() == ""


def test_severity_changes_the_order(panel: PlanPanel, open_map: OpenMap) -> None:
    rare = next(one for one in open_map.document.all(PainPoint) if one.text == "Rare")
    open_map.perform(commands.edit(open_map.document, rare.id, frequency=0.45))
    settle(panel)
    assert cell(panel, 0, PAIN).data() == "Rare"
    type_into(panel, 0, SEVERITY, "1")
    assert cell(panel, 0, PAIN).data() == "Often"


def test_the_status_is_picked_from_a_list(panel: PlanPanel, open_map: OpenMap) -> None:
    panel.table.setCurrentIndex(cell(panel, 1, STATUS))
    panel.table.edit(cell(panel, 1, STATUS))
    box = panel.table.findChild(QComboBox)
    assert box is not None
    box.setCurrentIndex(box.findData("in_progress"))
    box.activated.emit(box.currentIndex())
    settle(panel)
    assert open_map.document.all(Action)[0].status == "in_progress"


def test_insert_adds_and_delete_removes_an_action(panel: PlanPanel, open_map: OpenMap) -> None:
    panel.table.setFocus()
    panel.table.setCurrentIndex(cell(panel, 1, ACTION))
    QTest.keyClick(panel.table, Qt.Key.Key_Insert)
    settle(panel)
    assert panel.model.rowCount() == 3
    panel.table.setCurrentIndex(cell(panel, 2, ACTION))
    QTest.keyClick(panel.table, Qt.Key.Key_Delete)
    settle(panel)
    assert panel.model.rowCount() == 2
    assert len(open_map.document.all(PainPoint)) == 2


def test_a_chosen_line_is_selected_and_the_other_way_round(panel: PlanPanel, open_map: OpenMap) -> None:
    panel.table.setCurrentIndex(cell(panel, 1, ACTION))
    assert panel._selection.first == open_map.document.all(Action)[0].id
    often = next(one for one in open_map.document.all(PainPoint) if one.text == "Often")
    panel._selection.select(often.id)
    assert panel.table.currentIndex().row() == 0


def test_a_proposal_is_accepted_with_its_evidence_and_not_proposed_again(
    panel: PlanPanel, open_map: OpenMap, tmp_path: Path
) -> None:
    surveyed(open_map, tmp_path)
    settle(panel)
    rows = panel.proposals.rows
    assert rows
    assert rows[0].proposal.certain
    before = len(open_map.document.all(PainPoint))
    source = rows[0].proposal.source
    QTest.mouseClick(rows[0].accept, Qt.MouseButton.LeftButton)
    settle(panel)
    pains = open_map.document.all(PainPoint)
    assert len(pains) == before + 1
    accepted = next(one for one in pains if one.source == source)
    assert accepted.evidence
    assert accepted.frequency == pytest.approx(0.8)
    assert source not in {row.proposal.source for row in panel.proposals.rows}
    open_map.undo()
    settle(panel)
    assert source in {row.proposal.source for row in panel.proposals.rows}


def test_a_dismissed_proposal_does_not_come_again(panel: PlanPanel, open_map: OpenMap, tmp_path: Path) -> None:
    surveyed(open_map, tmp_path)
    settle(panel)
    source = panel.proposals.rows[0].proposal.source
    QTest.mouseClick(panel.proposals.rows[0].dismiss, Qt.MouseButton.LeftButton)
    settle(panel)
    assert source not in {row.proposal.source for row in panel.proposals.rows}
    assert open_map.document.all(Dismissal)[0].source == source


def test_narrow_it_drops_columns_but_never_the_pain_and_its_action(panel: PlanPanel) -> None:
    panel.resize(420, 700)
    settle(panel)
    hidden = [column for column in range(STATUS + 1) if panel.table.isColumnHidden(column)]
    assert PAIN not in hidden
    assert ACTION not in hidden
    assert {OWNER, COST, EFFORT} <= set(hidden)
