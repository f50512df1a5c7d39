"""Each lane of measure by real keys: what they set, what undo takes back, what Delete leaves alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from journeymap.model import commands, lanes
from journeymap.model.records import (
    Action,
    Answer,
    Channel,
    Department,
    Emotion,
    KpiTarget,
    Lane,
    PainPoint,
    Persona,
    Touchpoint,
    TypedKpi,
)
from journeymap.ui.selection import Cell

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
HERE = "Fetch it"


def lane(window, kind: str) -> str:
    """The lane of a kind, added where the map has none, unfolded and shown."""
    document = window.map.document
    found = next((one for one in document.all(Lane) if one.kind == kind), None)
    if found is None:
        change = commands.add_lane(document, kind)
        assert window.map.perform(change)
        return commands.made(change)
    if found.hidden:
        window.map.perform(commands.show_lane(document, found.id))
    return found.id


def stand(window, fingers, kind: str, name: str = HERE) -> Cell:
    """The keyboard on a cell, with what stands there selected, as walking there would do."""
    from journeymap.ui.canvas import keys

    cell = Cell(lane(window, kind), fingers.touchpoint(name))
    keys.stand(window.canvas, cell)
    window.canvas.setFocus()
    return cell


def here(window, fingers, name: str = HERE) -> Touchpoint:
    return window.map.document.one(Touchpoint, fingers.touchpoint(name))


def mood(window, fingers, name: str, who: str) -> Emotion | None:
    document = window.map.document
    persona = fingers.record(Persona, who)
    return commands.emotion(document, persona.id, fingers.touchpoint(name))


def emotion(window, fingers) -> None:
    stand(window, fingers, lanes.EMOTION)
    fingers.type("+")
    assert mood(window, fingers, HERE, "Ines").value == 0.0
    fingers.key(Qt.Key.Key_Return)
    fingers.type("+1.5 At last")
    fingers.key(Qt.Key.Key_Return)
    felt = mood(window, fingers, HERE, "Ines")
    assert (felt.value, felt.note) == (1.5, "At last")
    stand(window, fingers, lanes.EMOTION)
    fingers.type("2")  # the second persona
    fingers.type("-")
    assert mood(window, fingers, HERE, "Otto").value == -0.5
    fingers.type("Nobody there")
    fingers.key(Qt.Key.Key_Return)
    assert (mood(window, fingers, HERE, "Otto").value, mood(window, fingers, HERE, "Otto").note) == (
        -0.5,
        "Nobody there",
    )
    stand(window, fingers, lanes.EMOTION)
    fingers.key(Qt.Key.Key_Delete)
    assert mood(window, fingers, HERE, "Otto") is None


def arc(window, fingers) -> None:
    stand(window, fingers, lanes.ARC)
    fingers.type("4")
    assert here(window, fingers).tension == 4
    fingers.type("+")
    assert here(window, fingers).tension == 4.5
    fingers.key(Qt.Key.Key_F2)
    fingers.type("2.5")
    fingers.key(Qt.Key.Key_Return)
    assert here(window, fingers).tension == 2.5
    stand(window, fingers, lanes.ARC)
    fingers.key(Qt.Key.Key_Delete)
    assert here(window, fingers).tension is None


def channels(window, fingers) -> None:
    stand(window, fingers, lanes.CHANNELS, "Ride along")
    fingers.type("1")  # the first row
    assert window.map.document.get(Channel, here(window, fingers, "Ride along").channel_id).name == "Web"
    fingers.type("1")
    assert here(window, fingers, "Ride along").channel_id is None
    fingers.key(Qt.Key.Key_Space, Qt.Key.Key_Space)  # row by row
    assert window.map.document.get(Channel, here(window, fingers, "Ride along").channel_id).name == "Shop"
    fingers.key(Qt.Key.Key_Space)
    assert here(window, fingers, "Ride along").channel_id is None
    fingers.type("Phone")
    fingers.key(Qt.Key.Key_Return)
    assert window.map.document.get(Channel, here(window, fingers, "Ride along").channel_id).name == "Phone"
    stand(window, fingers, lanes.CHANNELS, "Ride along")
    fingers.key(Qt.Key.Key_Delete)
    assert here(window, fingers, "Ride along").channel_id is None


def departments(window, fingers) -> None:
    stand(window, fingers, lanes.DEPARTMENTS)
    fingers.type("Shop")
    fingers.key(Qt.Key.Key_Tab)
    fingers.type("booking")
    fingers.key(Qt.Key.Key_Return)
    document = window.map.document
    owners = [document.get(Department, here(window, fingers, name).department_id) for name in (HERE, "Ride along")]
    assert [one.name for one in owners] == ["Shop", "Booking"]
    stand(window, fingers, lanes.DEPARTMENTS)
    fingers.key(Qt.Key.Key_Delete)
    assert here(window, fingers).department_id is None


def figures(window, fingers) -> None:
    stand(window, fingers, lanes.FIGURES)
    fingers.type("CSAT 71 n 240 target 75")
    fingers.key(Qt.Key.Key_Return)
    document = window.map.document
    [typed] = document.all(TypedKpi)
    assert (typed.kpi, typed.value, typed.n, typed.unit, typed.touchpoint_id) == (
        "csat",
        71,
        240,
        "%",
        here(window, fingers).id,
    )
    assert [(one.kpi, one.value) for one in document.all(KpiTarget)] == [("csat", 75)]
    [figure] = window.map.figures.at(typed.touchpoint_id)
    assert figure.status == "open"
    stand(window, fingers, lanes.FIGURES)
    fingers.key(Qt.Key.Key_Return)
    assert window.canvas.editor.toPlainText() == "CSAT 71 % n 240 target 75"
    fingers.type("CSAT 60 n 240 target 75")
    fingers.key(Qt.Key.Key_Return)
    assert [one.value for one in document.all(TypedKpi)] == [60]
    stand(window, fingers, lanes.FIGURES)
    fingers.type("forty")
    fingers.key(Qt.Key.Key_Return)  # no figure: said, and nothing happens
    assert [one.value for one in document.all(TypedKpi)] == [60]
    assert "CSAT 71 n 240" in window.notice.text
    stand(window, fingers, lanes.FIGURES)
    fingers.key(Qt.Key.Key_Delete)
    assert not document.all(TypedKpi)


def chart(window, fingers) -> None:
    stand(window, fingers, lanes.CHART)
    fingers.type("NPS -12 n 90")
    fingers.key(Qt.Key.Key_Return)
    stand(window, fingers, lanes.CHART)
    fingers.type("CSAT 80 n 90")
    fingers.key(Qt.Key.Key_Return)
    stand(window, fingers, lanes.CHART)
    document = window.map.document
    fingers.key(Qt.Key.Key_Space)
    assert next(one for one in document.all(Lane) if one.kind == lanes.CHART).chart == "trend"
    fingers.key(Qt.Key.Key_Space, held=SHIFT)
    first = next(one for one in document.all(Lane) if one.kind == lanes.CHART).kpi
    fingers.key(Qt.Key.Key_Space, held=SHIFT)
    assert {first, next(one for one in document.all(Lane) if one.kind == lanes.CHART).kpi} == {"nps", "csat"}
    fingers.key(Qt.Key.Key_Delete)  # a touchpoint is not deleted from a chart
    assert here(window, fingers).name == HERE


def pains(window, fingers) -> None:
    document = window.map.document
    window.map.perform(commands.add_action(document, "A second desk"))
    stand(window, fingers, lanes.PAINS)
    fingers.type("The queue -> A1")
    fingers.key(Qt.Key.Key_Return)
    [pain] = document.all(PainPoint)
    [answer] = document.referring(Answer, "pain_id", pain.id)
    assert (pain.text, document.one(Action, answer.action_id).number) == ("The queue", 1)
    stand(window, fingers, lanes.PAINS)
    fingers.type("5")
    assert document.one(PainPoint, pain.id).severity == 5
    fingers.type("-")
    assert document.one(PainPoint, pain.id).severity == 4
    assert document.one(PainPoint, pain.id).text == "The queue"
    fingers.key(Qt.Key.Key_Delete)
    assert not document.all(PainPoint)


def actions(window, fingers) -> None:
    document = window.map.document
    stand(window, fingers, lanes.ACTIONS)
    fingers.type("A second desk")
    fingers.key(Qt.Key.Key_Return)
    [action] = document.all(Action)
    assert action.opportunity_id is not None  # the chance that stands there
    stand(window, fingers, lanes.ACTIONS)
    fingers.type("3")
    assert document.one(Action, action.id).status == "in_progress"
    fingers.key(Qt.Key.Key_Space)
    assert document.one(Action, action.id).status == "done"
    fingers.type("-")
    assert document.one(Action, action.id).status == "in_progress"
    fingers.key(Qt.Key.Key_F2)
    fingers.type("Two desks")
    fingers.key(Qt.Key.Key_Return)
    assert document.one(Action, action.id).title == "Two desks"
    stand(window, fingers, lanes.ACTIONS)
    fingers.key(Qt.Key.Key_Delete)
    assert not document.all(Action)


@pytest.mark.parametrize("act", [emotion, arc, channels, departments, figures, chart, pains, actions])
def test_a_lane_is_filled_changed_and_emptied_by_keys(window, fingers, act) -> None:
    before = {one.id: one for one in window.map.document}
    act(window, fingers)
    while window.map.session.undo_label:
        fingers.key(Qt.Key.Key_Z, held=CTRL)
    assert {one.id: one for one in window.map.document} == before


def test_the_space_bar_that_moved_the_paper_sets_nothing(window, fingers) -> None:
    stand(window, fingers, lanes.CHANNELS, "Ride along")
    window.canvas.zoom_to(2.0)
    from PySide6.QtTest import QTest

    QTest.keyPress(window.canvas, Qt.Key.Key_Space)
    at = window.canvas.viewport().rect().center()
    fingers.press(at)
    fingers.move(at + type(at)(-60, -10), since=at)
    fingers.release(at + type(at)(-60, -10))
    QTest.keyRelease(window.canvas, Qt.Key.Key_Space)
    assert here(window, fingers, "Ride along").channel_id is None
