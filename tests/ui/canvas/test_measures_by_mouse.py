"""Each lane of measure by real mouse events."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from test_measures_by_key import here, lane, mood

from journeymap.model import commands, lanes
from journeymap.model.layout.arc import Arc
from journeymap.model.layout.channels import Channels
from journeymap.model.layout.charts import Charts
from journeymap.model.layout.emotion import Emotions
from journeymap.model.picture import Ellipse, Text
from journeymap.model.records import Action, Channel, Department, Lane, PainPoint, Persona, Phase, State, TypedKpi
from journeymap.ui.controls.buttons import Segmented

CTRL = Qt.KeyboardModifier.ControlModifier


def only(window, *kinds: str) -> None:
    """Shows these lanes and the journey alone, so that all of them are in view."""
    document = window.map.document
    wanted = {lane(window, kind) for kind in (*kinds, lanes.JOURNEY)}
    for one in document.all(Lane):
        if one.id not in wanted and not one.hidden:
            window.map.perform(commands.show_lane(document, one.id, shown=False))
    window.canvas.setFocus()


def strip(window, fingers, kind: str, name: str):
    row = window.canvas.sheet.row_of(lane(window, kind), fingers.touchpoint(name))
    return window.canvas.sheet.strip_at(row.y + row.height / 2)


def column(window, fingers, name: str) -> float:
    place = window.canvas.sheet.place(fingers.touchpoint(name))
    return place.x + place.width / 2


def group(window, kind: str, role: str, record: str | None = None):
    """What is drawn of a record in a lane."""
    sheet, of = window.canvas.sheet, lane(window, kind)
    return next(
        one
        for one in sheet.visible(0, 0, sheet.width, sheet.height)
        if one.meaning.lane == of and one.meaning.role == role and record in {None, one.meaning.record}
    )


def emotion(window, fingers) -> None:
    only(window, lanes.EMOTION)
    rows = strip(window, fingers, lanes.EMOTION, "Ride along")
    assert isinstance(rows, Emotions)
    window.selection.select(fingers.record(Persona, "Otto").id)  # keys and clicks are for him now
    fingers.double(fingers.point(column(window, fingers, "Return it"), rows.y + rows.level(1.5)))
    assert mood(window, fingers, "Return it", "Otto").value == 1.5
    assert not window.canvas.editor.isVisible()
    start = fingers.point(column(window, fingers, "Return it"), rows.y + rows.level(1.5))
    fingers.drag(start, fingers.point(column(window, fingers, "Return it"), rows.y + rows.level(0.5)))
    assert mood(window, fingers, "Return it", "Otto").value == 0.5
    assert mood(window, fingers, "Return it", "Ines").value == -1.0


def arc(window, fingers) -> None:
    window.map.perform(commands.edit(window.map.document, here(window, fingers).id, tension=2))
    only(window, lanes.ARC)
    rows = strip(window, fingers, lanes.ARC, "Ride along")
    assert isinstance(rows, Arc)
    fingers.double(fingers.point(column(window, fingers, "Ride along"), rows.y + rows.level(5)))
    assert here(window, fingers, "Ride along").tension == 5
    x = column(window, fingers, "Fetch it")
    fingers.drag(fingers.point(x, rows.y + rows.level(2)), fingers.point(x, rows.y + rows.level(3.5)))
    assert here(window, fingers).tension == 3.5
    start, end = fingers.point(x, rows.y + rows.level(3.5)), fingers.point(x, rows.y + rows.level(1))
    fingers.press(start)
    fingers.move(end, since=start)
    fingers.key(Qt.Key.Key_Escape)
    fingers.release(end)
    assert here(window, fingers).tension == 3.5


def channels(window, fingers) -> None:
    only(window, lanes.CHANNELS)
    rows = strip(window, fingers, lanes.CHANNELS, "Ride along")
    assert isinstance(rows, Channels)
    names = [one.name for one in rows.used]
    at = fingers.point(column(window, fingers, "Ride along"), rows.y + rows.level(names.index("Shop")))
    fingers.click(at)
    assert window.map.document.get(Channel, here(window, fingers, "Ride along").channel_id).name == "Shop"
    fingers.click(at)
    assert here(window, fingers, "Ride along").channel_id is None
    fingers.click(at + QPoint(30, 0))  # beside the dots: it is only selected
    assert here(window, fingers, "Ride along").channel_id is None
    assert window.selection.cell.touchpoint == fingers.touchpoint("Ride along")


def departments(window, fingers) -> None:
    document = window.map.document
    window.map.perform(commands.set_department(document, fingers.touchpoint("Ask friends"), "Booking"))
    window.map.perform(commands.set_department(document, fingers.touchpoint("Ride along"), "Shop"))
    only(window, lanes.DEPARTMENTS)
    bar = group(window, lanes.DEPARTMENTS, "department", fingers.record(Department, "Booking").id)
    start = fingers.point(bar.x + bar.width - 2, bar.y + bar.height / 2)
    fingers.drag(start, fingers.point(column(window, fingers, "Fetch it"), bar.y + bar.height / 2))
    owners = [
        document.get(Department, here(window, fingers, name).department_id) for name in ("Compare shops", "Fetch it")
    ]
    assert [one.name for one in owners] == ["Booking", "Booking"]
    bar = group(window, lanes.DEPARTMENTS, "department", fingers.record(Department, "Booking").id)
    start = fingers.point(bar.x + bar.width - 2, bar.y + bar.height / 2)
    fingers.drag(start, fingers.point(column(window, fingers, "Compare shops"), bar.y + bar.height / 2))
    # what is given up goes to the neighbour
    assert document.get(Department, here(window, fingers, "Fetch it").department_id).name == "Shop"
    fingers.double(fingers.point(column(window, fingers, "Return it"), bar.y + bar.height / 2))
    fingers.type("Shop")
    fingers.key(Qt.Key.Key_Return)
    assert document.get(Department, here(window, fingers, "Return it").department_id).name == "Shop"


def figures(window, fingers) -> None:
    document, at = window.map.document, here(window, fingers).id
    window.map.perform(commands.type_kpi(document, "csat", 71, touchpoint_id=at, n=240, unit="%"))
    only(window, lanes.FIGURES)
    [typed] = document.all(TypedKpi)
    chip = group(window, lanes.FIGURES, "chip", typed.id)
    fingers.double(fingers.point(chip.x + chip.width / 2, chip.y + chip.height / 2))
    assert window.canvas.editor.toPlainText() == "CSAT 71 % n 240"
    fingers.type("CSAT 64 n 250")
    fingers.key(Qt.Key.Key_Return)
    assert [(one.value, one.n) for one in document.all(TypedKpi)] == [(64, 250)]
    fingers.click(fingers.point(chip.x + chip.width / 2, chip.y + chip.height / 2))
    assert window.selection.first == typed.id


def chart(window, fingers) -> None:
    document = window.map.document
    for name, value in (("Fetch it", 71), ("Return it", 40)):
        window.map.perform(
            commands.type_kpi(document, "csat", value, touchpoint_id=fingers.touchpoint(name), n=99, unit="%")
        )
    only(window, lanes.CHART)
    rows = strip(window, fingers, lanes.CHART, "Fetch it")
    assert isinstance(rows, Charts)
    fingers.double(fingers.point(column(window, fingers, "Fetch it"), rows.y + rows.height / 2))
    fingers.type("CSAT 75 n 99")
    fingers.key(Qt.Key.Key_Return)
    assert 75 in [one.value for one in document.all(TypedKpi)]
    fingers.click(fingers.point(30, rows.y + 20))  # its name: the page of the lane is shown
    window.place.panels["inspector"].show_now()
    page = window.place.panels["inspector"].page
    choice = next(one for one in page.findChildren(Segmented) if one.accessibleName())
    QTest.mouseClick(choice.part("trend"), Qt.MouseButton.LeftButton)
    assert document.one(Lane, rows.lane.id).chart == "trend"


def pains(window, fingers) -> None:
    document, at = window.map.document, here(window, fingers).id
    window.map.perform(commands.add_pain(document, at, "The queue", severity=2))
    [pain] = document.all(PainPoint)
    window.map.perform(commands.add_action(document, "A second desk", pains=[pain.id]))
    only(window, lanes.PAINS)
    drawn = group(window, lanes.PAINS, "pain", pain.id)
    dots = [one for one in drawn.items if isinstance(one, Ellipse)]
    fingers.click(fingers.point(drawn.x + dots[4].x, drawn.y + dots[4].y))
    assert document.one(PainPoint, pain.id).severity == 5
    drawn = group(window, lanes.PAINS, "pain", pain.id)
    number = next(one for one in drawn.items if isinstance(one, Text) and one.text == "A1")
    fingers.click(fingers.point(drawn.x + number.x + number.width / 2, drawn.y + number.y - 3))
    assert window.selection.first == document.all(Action)[0].id
    start = fingers.point(drawn.x + drawn.width / 2, drawn.y + 25)
    fingers.drag(start, fingers.point(column(window, fingers, "Return it"), drawn.y + 25))
    assert document.one(PainPoint, pain.id).touchpoint_id == fingers.touchpoint("Return it")


def actions(window, fingers) -> None:
    document, at = window.map.document, here(window, fingers).id
    window.map.perform(commands.add_pain(document, at, "The queue"))
    window.map.perform(commands.add_action(document, "A second desk", pains=[document.all(PainPoint)[0].id]))
    only(window, lanes.ACTIONS)
    [action] = document.all(Action)
    drawn = group(window, lanes.ACTIONS, "action", action.id)
    ring = next(one for one in drawn.items if isinstance(one, Ellipse))
    fingers.click(fingers.point(drawn.x + ring.x, drawn.y + ring.y))
    assert document.one(Action, action.id).status == "agreed"
    fingers.double(fingers.point(drawn.x + 40, drawn.y + drawn.height - 6))
    fingers.type("Two desks")
    fingers.key(Qt.Key.Key_Return)
    assert document.one(Action, action.id).title == "Two desks"


@pytest.mark.parametrize("act", [emotion, arc, channels, departments, figures, chart, pains, actions])
def test_a_lane_is_filled_and_changed_by_mouse(window, fingers, act) -> None:
    before = {one.id: one for one in window.map.document}
    act(window, fingers)
    window.canvas.setFocus()
    while window.map.session.undo_label:
        window.map.undo()
    assert {one.id: one for one in window.map.document} == before


def test_a_mood_that_is_aimed_at_is_dragged_in_the_lane_of_the_mood_as_it_is(window, fingers) -> None:
    document = window.map.document
    window.map.perform(commands.add_state(document, "To-be", kind="to_be"))
    state = document.all(State)[-1]
    window.map.perform(commands.add_phase(document, "Later", state_id=state.id))
    window.map.perform(commands.add_touchpoint(document, fingers.record(Phase, "Later").id, "Fetched"))
    later, ines = fingers.touchpoint("Fetched"), fingers.record(Persona, "Ines").id
    window.map.perform(commands.edit(document, later, counterpart_id=fingers.touchpoint("Fetch it")))
    window.map.perform(commands.set_emotion(document, ines, later, 1.0))
    only(window, lanes.EMOTION)
    rows, x = strip(window, fingers, lanes.EMOTION, "Fetch it"), column(window, fingers, "Fetch it")
    fingers.drag(fingers.point(x, rows.y + rows.level(1.0)), fingers.point(x, rows.y + rows.level(2.0)))
    assert commands.emotion(document, ines, later).value == 2.0
    assert mood(window, fingers, "Fetch it", "Ines").value == -0.5
