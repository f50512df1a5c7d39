"""Each lane of measure in the outline: listed under its touchpoint, edited there by real keys, as on the canvas."""

from __future__ import annotations

import pytest
from test_outline_contents import Tree

from journeymap.model import commands, lanes
from journeymap.model.records import (
    Action,
    Channel,
    Department,
    KpiTarget,
    Lane,
    PainPoint,
    Persona,
    Touchpoint,
    TypedKpi,
)

HERE = "Fetch it"


def shown(window, kind: str) -> None:
    if not any(one.kind == kind for one in window.map.document.all(Lane)):
        window.map.perform(commands.add_lane(window.map.document, kind))


def here(window, fingers) -> Touchpoint:
    return window.map.document.one(Touchpoint, fingers.touchpoint(HERE))


def emotion(window, fingers, tree) -> None:
    document, otto = window.map.document, fingers.record(Persona, "Otto").id
    tree.go(HERE, lanes.EMOTION, 1)
    tree.type("-1.5 Nobody there")
    felt = commands.emotion(document, otto, here(window, fingers).id)
    assert (felt.value, felt.note) == (-1.5, "Nobody there")
    tree.go(HERE, lanes.EMOTION, 1)
    tree.type("")
    assert commands.emotion(document, otto, here(window, fingers).id) is None


def arc(window, fingers, tree) -> None:
    tree.go(HERE, lanes.ARC)
    tree.type("3.5")
    assert here(window, fingers).tension == 3.5
    assert tree.rows(HERE)[lanes.ARC] == ["3.5"]
    tree.go(HERE, lanes.ARC)
    tree.type("9")  # beyond the scale
    assert here(window, fingers).tension == 3.5
    tree.go(HERE, lanes.ARC)
    tree.type("")
    assert here(window, fingers).tension is None


def channels(window, fingers, tree) -> None:
    tree.go(HERE, lanes.CHANNELS)
    tree.type("Phone")
    assert window.map.document.get(Channel, here(window, fingers).channel_id).name == "Phone"


def departments(window, fingers, tree) -> None:
    tree.go(HERE, lanes.DEPARTMENTS)
    tree.type("Shop")
    assert window.map.document.get(Department, here(window, fingers).department_id).name == "Shop"


def figures(window, fingers, tree) -> None:
    tree.go(HERE, lanes.FIGURES)
    tree.type("CSAT 71 n 240 target 75")
    document = window.map.document
    assert [(one.kpi, one.value, one.n) for one in document.all(TypedKpi)] == [("csat", 71, 240)]
    assert [one.value for one in document.all(KpiTarget)] == [75]
    assert tree.rows(HERE)[lanes.FIGURES] == ["CSAT 71 % n 240 target 75"]
    tree.go(HERE, lanes.FIGURES)
    tree.type("CSAT 60 n 240")
    assert [one.value for one in document.all(TypedKpi)] == [60]
    assert not document.all(KpiTarget)


def chart(window, fingers, tree) -> None:
    tree.go(HERE, lanes.CHART)
    tree.type("NPS -12 n 90")
    assert [(one.kpi, one.value) for one in window.map.document.all(TypedKpi)] == [("nps", -12)]


def pains(window, fingers, tree) -> None:
    window.map.perform(commands.add_action(window.map.document, "A second desk"))
    tree.go(HERE, lanes.PAINS)
    tree.type("The queue -> A1")
    [pain] = window.map.document.all(PainPoint)
    assert pain.text == "The queue"
    assert tree.rows(HERE)[lanes.PAINS] == ["The queue"]


def actions(window, fingers, tree) -> None:
    tree.go(HERE, lanes.ACTIONS)
    tree.type("A second desk")
    assert [one.title for one in window.map.document.all(Action)] == ["A second desk"]
    tree.go(HERE, lanes.ACTIONS)
    tree.type("Two desks")
    assert [one.title for one in window.map.document.all(Action)] == ["Two desks"]


@pytest.mark.parametrize("act", [emotion, arc, channels, departments, figures, chart, pains, actions])
def test_a_lane_is_filled_and_changed_in_the_outline(window, fingers, act) -> None:
    before = {one.id: one for one in window.map.document}
    for kind in (lanes.ARC, lanes.CHANNELS, lanes.CHART, lanes.ACTIONS):
        shown(window, kind)
    tree = Tree(window, fingers)
    tree.open(HERE)
    act(window, fingers, tree)
    while window.map.session.undo_label:
        window.map.undo()
    assert {one.id: one for one in window.map.document} == before
