"""Rows of a spreadsheet pasted into the lanes of measure, by Ctrl+V."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from test_measures_by_key import here, mood, stand

from journeymap.model import lanes
from journeymap.model.records import Action, Channel, Department, Opportunity, PainPoint, TypedKpi

CTRL = Qt.KeyboardModifier.ControlModifier
ROW = ("Fetch it", "Ride along", "Return it")


def paste(window, fingers, kind: str, text: str) -> None:
    stand(window, fingers, kind, ROW[0])
    QApplication.clipboard().setText(text)
    fingers.key(Qt.Key.Key_V, held=CTRL)


def emotion(window, fingers) -> None:
    paste(window, fingers, lanes.EMOTION, "-1.5\t0\t2")
    assert [mood(window, fingers, name, "Ines").value for name in ROW] == [-1.5, 0, 2]
    paste(window, fingers, lanes.EMOTION, "1\t3\t5")  # more than 2: another scale, and it is said
    assert [mood(window, fingers, name, "Ines").value for name in ROW] == [-2, 0, 2]
    assert "from 1 to 5" in window.status.hint_text()


def arc(window, fingers) -> None:
    paste(window, fingers, lanes.ARC, "1\t2,5\t5")
    assert [here(window, fingers, name).tension for name in ROW] == [1, 2.5, 5]
    paste(window, fingers, lanes.ARC, "0\t5\t10")
    assert [here(window, fingers, name).tension for name in ROW] == [1, 3, 5]
    assert "from 0 to 10" in window.status.hint_text()
    fingers.key(Qt.Key.Key_C, held=CTRL)


def channels(window, fingers) -> None:
    paste(window, fingers, lanes.CHANNELS, "Web\tPhone\tWeb")
    document = window.map.document
    assert [document.get(Channel, here(window, fingers, name).channel_id).name for name in ROW] == [
        "Web",
        "Phone",
        "Web",
    ]
    assert len([one for one in document.all(Channel) if one.name == "Web"]) == 1


def departments(window, fingers) -> None:
    paste(window, fingers, lanes.DEPARTMENTS, "Shop\tShop\tBooking")
    document = window.map.document
    owners = [document.get(Department, here(window, fingers, name).department_id).name for name in ROW]
    assert owners == ["Shop", "Shop", "Booking"]


def figures(window, fingers) -> None:
    paste(window, fingers, lanes.FIGURES, "71\t80\t90")  # figures are typed or imported: a bare number is none
    assert not window.map.document.all(TypedKpi)
    assert "CSAT 71 n 240" in window.notice.text


def pains(window, fingers) -> None:
    paste(window, fingers, lanes.PAINS, "The queue\t\tThe deposit")
    assert {(one.text, one.touchpoint_id) for one in window.map.document.all(PainPoint)} == {
        ("The queue", here(window, fingers, ROW[0]).id), ("The deposit", here(window, fingers, ROW[2]).id),
    }  # fmt: skip


def actions(window, fingers) -> None:
    paste(window, fingers, lanes.ACTIONS, "Shorten it\tMaps on board")
    document = window.map.document
    first, second = document.all(Action)
    assert document.get(Opportunity, first.opportunity_id) is not None  # the chance that stands there
    assert second.kpi_touchpoint_id == here(window, fingers, "Ride along").id  # nothing there to answer


@pytest.mark.parametrize("act", [emotion, arc, channels, departments, figures, pains, actions])
def test_a_row_is_pasted_as_one_step_each(window, fingers, act) -> None:
    before = {one.id: one for one in window.map.document}
    act(window, fingers)
    while window.map.session.undo_label:
        window.map.undo()
    assert {one.id: one for one in window.map.document} == before
