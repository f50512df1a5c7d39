"""The evidence page: drivers as picture and table, what is known, what people say; it leads to touchpoints."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from journeymap.data import Recipe, prepare
from journeymap.data.comments import bring, listen
from journeymap.model import commands, drivers, journey
from journeymap.model.records import DataSet, PainPoint, Quote, Touchpoint
from journeymap.session import Session
from journeymap.ui.map import OpenMap
from journeymap.ui.panels.evidence import EvidencePanel
from journeymap.ui.panels.plan import PlanPanel
from journeymap.ui.selection import Selection

RECIPE = """
[columns]
comments = ["Words"]
date = "Day"
[[measure]]
kpi = "rating"
column = "Overall"
scale = [1, 5]
[[measure]]
kpi = "rating"
column = "Ask"
touchpoint = "Ask friends"
scale = [1, 5]
[[measure]]
kpi = "rating"
column = "Fetch"
touchpoint = "Fetch it"
scale = [1, 5]
[[measure]]
kpi = "rating"
column = "Return"
touchpoint = "Return it"
scale = [1, 5]
"""


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    """300 people; fetching moves the overall judgement, asking does not; some write of a queue, some of a helmet."""
    chance = random.Random(4)
    lines = ["Day,Overall,Ask,Fetch,Return,Words"]
    for number in range(300):
        ask, fetch, back = (chance.randint(1, 5) for _ in range(3))
        whole = min(5, max(1, round(0.75 * fetch + 0.15 * back + chance.gauss(0.3, 0.5))))
        words = "The queue at the counter was endless today" if number % 2 else "A helmet was missing from the basket"
        lines.append(f"2026-{1 + number // 100:02}-{1 + number % 28:02},{whole},{ask},{fetch},{back},{words} {number}")
    path = tmp_path / "rides.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def open_map(qapp: QApplication, map_file: Path, survey: Path) -> Iterator[OpenMap]:
    opened = OpenMap(Session.open(map_file))
    recipe = Recipe.from_toml(RECIPE)
    intake = prepare(opened.document, [survey], recipe)
    points = opened.document.all(Touchpoint)
    intake = bring(intake, listen([survey], recipe, [one.name for one in points]), points)
    opened.session.perform(intake.change, blocks=intake.blocks, pairs=intake.pairs)
    yield opened
    opened.close()


@pytest.fixture
def chosen() -> Selection:
    return Selection()


@pytest.fixture
def panel(open_map: OpenMap, chosen: Selection) -> Iterator[EvidencePanel]:
    made = EvidencePanel(open_map, chosen)
    made.resize(1000, 760)
    made.show()
    QTest.qWaitForWindowExposed(made)
    yield made
    made.close()
    made.deleteLater()


def touchpoint(open_map: OpenMap, name: str) -> Touchpoint:
    return next(one for one in open_map.document.all(Touchpoint) if one.name == name)


def waited(done: Callable[[], bool]) -> None:
    for _turn in range(400):
        if done():
            return
        QTest.qWait(50)
    raise AssertionError("nothing came")


def test_the_picture_leads_to_the_touchpoint_that_moves_most(
    panel: EvidencePanel, open_map: OpenMap, chosen: Selection
):
    (view,) = panel.parts["drivers"].views
    first = view.marks()[0]
    assert first.meaning.touchpoint == touchpoint(open_map, "Fetch it").id
    centre = QPointF(first.x + first.width / 2, first.y + first.height / 2).toPoint()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=centre)
    assert chosen.touchpoint == touchpoint(open_map, "Fetch it").id
    (table,) = panel.parts["drivers"].tables
    assert table.current() == chosen.touchpoint
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(view.width() - 3, 3))
    assert chosen.touchpoint == touchpoint(open_map, "Fetch it").id  # nothing is there
    assert drivers.finding(open_map.document, open_map.drivers[0]) == "“Fetch it” goes with Overall most."


def test_arrow_keys_walk_the_marks(panel: EvidencePanel, chosen: Selection):
    (view,) = panel.parts["drivers"].views
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Left)
    order = sorted(view.marks(), key=lambda group: group.x)
    assert chosen.touchpoint == view.marks()[0].meaning.touchpoint
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert chosen.touchpoint == order[-2].meaning.touchpoint


def test_rows_lead_to_touchpoints_and_follow_the_selection(panel: EvidencePanel, open_map: OpenMap, chosen: Selection):
    (table,) = panel.parts["drivers"].tables
    table.setFocus()
    table.selectRow(2)
    assert chosen.touchpoint == table.rows[2].record
    panel.show_part("known")
    assert panel.parts["known"].table.current() == chosen.touchpoint


def test_what_is_known_names_the_six_and_every_touchpoint(panel: EvidencePanel, open_map: OpenMap):
    panel.show_part("known")
    rows = {row.cells[0]: row.cells for row in panel.parts["known"].table.rows}
    assert list(rows) == [one.name for one in journey.every_touchpoint(open_map.document)]
    assert rows["Fetch it"][2].startswith("Rating")
    assert rows["Ride along"][-1] == "what happens, and how it feels"
    change = commands.type_kpi(open_map.document, "churn", 12.0, touchpoint_id=touchpoint(open_map, "Ride along").id)
    open_map.perform(change)
    waited(lambda: "Churn" in {row.cells[0]: row.cells for row in panel.parts["known"].table.rows}["Ride along"][1])


def test_themes_stand_there_without_the_source_and_quotes_only_with_it(
    panel: EvidencePanel, open_map: OpenMap, survey: Path, tmp_path: Path
):
    panel.show_part("said")
    part = panel.parts["said"]
    (table,) = part.tables
    assert any("queue" in row.cells[0] for row in table.rows)
    assert any(row.cells[1] == "150" for row in table.rows)
    data_set = open_map.document.all(DataSet)[0]
    other = tmp_path / "other.csv"
    other.write_text(survey.read_text("utf-8") + "2026-03-01,1,1,1,1,new\n", encoding="utf-8")
    part.listen(data_set.id, [other])
    waited(lambda: not part.work.running)
    waited(lambda: "not the file that was imported" in part._told.get(data_set.id, ""))
    part.listen(data_set.id, [survey])
    waited(lambda: bool(part._heard))
    from journeymap.ui.dialogs.themes import QuoteOffer

    offers = part.findChildren(QuoteOffer)
    assert offers
    assert not open_map.document.all(Quote)
    offers[0].keep.click()
    (quote,) = open_map.document.all(Quote)
    assert quote.text == offers[0].text


def test_listening_can_be_stopped(panel: EvidencePanel, open_map: OpenMap, survey: Path):
    panel.show_part("said")
    part = panel.parts["said"]
    data_set = open_map.document.all(DataSet)[0]
    part.listen(data_set.id, [survey])
    assert part.buttons[data_set.id].text() == "Stop"
    part.buttons[data_set.id].click()
    assert not part.work.running
    assert part.buttons[data_set.id].text() != "Stop"
    assert not part._heard


def test_without_data_every_part_says_what_it_needs(qapp: QApplication, blank_file: Path):
    opened = OpenMap(Session.open(blank_file))
    made = EvidencePanel(opened, Selection())
    for name in ("drivers", "known", "said"):
        made.show_part(name)
    assert not made.parts["drivers"].views
    made.deleteLater()
    opened.close()


def test_a_pain_where_it_counts_more_is_more_urgent(open_map: OpenMap):
    for name in ("Ask friends", "Fetch it"):
        change = commands.add_pain(open_map.document, touchpoint(open_map, name).id, name, severity=3, frequency=0.4)
        open_map.perform(change)
    panel = PlanPanel(open_map, Selection())
    pains = [line.pain for line in panel.model.lines if line.pain is not None]
    assert [pain.pain.text for pain in pains] == ["Fetch it", "Ask friends"]
    assert pains[0].driver > 1 > pains[1].driver
    tip = panel.model.data(panel.model.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    assert "key driver" in tip
    assert len(open_map.document.all(PainPoint)) == 2
    panel.deleteLater()
