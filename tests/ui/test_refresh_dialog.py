"""The refresh dialog: what differs first, questions answered by a person, one step that can be undone."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from journeymap.data import guess, peek, prepare, recognising
from journeymap.model import commands
from journeymap.model.records import DataSet, Touchpoint
from journeymap.session import Session
from journeymap.ui import arriving
from journeymap.ui.dialogs.import_ import ImportDialog
from journeymap.ui.dialogs.refresh import RefreshDialog
from journeymap.ui.dialogs.versions import VersionView
from journeymap.ui.map import OpenMap
from journeymap.ui.window import Window


def month(
    path: Path,
    number: int,
    places: tuple[str, ...] = ("Fetch it", "Ride along", "Return it"),
    overall: str = "Overall satisfaction",
    low: str = "",
) -> Path:
    chance = random.Random(number)
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["Submitted", *(f"{place}: satisfaction" for place in places), overall])
        for row in range(240):
            answers = [chance.choice((1, 1, 2, 3) if place == low else (1, 3, 4, 5, 5)) for place in places]
            out.writerow([f"2026-{number:02}-{row % 28 + 1:02}", *answers, chance.choice((1, 3, 4, 5, 5))])
    return path


def bring_january(session: Session, path: Path) -> None:
    intake = prepare(session.document, [path], guess(peek(path), session.document).recipe, name="Riders")
    session.perform(intake.change, blocks=intake.blocks, pairs=intake.pairs)


@pytest.fixture
def open_map(qapp: QApplication, map_file: Path, tmp_path: Path) -> Iterator[OpenMap]:
    opened = OpenMap(Session.open(map_file))
    bring_january(opened.session, month(tmp_path / "jan.csv", 1))
    yield opened
    opened.close()


@pytest.fixture
def opened(open_map: OpenMap) -> Iterator[Callable[[Path], RefreshDialog]]:
    dialogs: list[RefreshDialog] = []

    def open_(path: Path) -> RefreshDialog:
        dialog = RefreshDialog(open_map, [path], recognising.candidates(path, open_map.document))
        dialog.show()
        dialogs.append(dialog)
        settled(dialog)
        return dialog

    yield open_
    for dialog in dialogs:
        dialog.close()
        dialog.deleteLater()
    QApplication.processEvents()


def settled(dialog: RefreshDialog, seconds: float = 30) -> None:
    until(lambda: not dialog._work.running, seconds)
    QApplication.processEvents()


def until(there: Callable[[], object], seconds: float = 30) -> None:
    end = monotonic() + seconds
    while not there() and monotonic() < end:
        QApplication.processEvents()
    assert there()


def test_a_plain_next_month_is_one_press_and_one_step(open_map, opened, tmp_path) -> None:
    dialog = opened(month(tmp_path / "feb.csv", 2, low="Return it"))
    assert not dialog.asking.isVisible()
    assert dialog.moved.moves[0].place == "Return it"
    assert dialog.moved.moves[0].word == "worse"
    assert dialog.go.text() == "Refresh with 240 rows"
    before = set(open_map.document)
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    returned = next(one for one in open_map.document.all(Touchpoint) if one.name == "Return it")
    (figure,) = open_map.figures.at(returned.id)
    assert (figure.n, len(figure.spark)) == (240, 2)
    open_map.undo()
    assert set(open_map.document) == before


def test_nothing_is_taken_before_every_question_is_answered(open_map, opened, tmp_path) -> None:
    drifted = "Overall Satisfaction (1-5)"
    dialog = opened(month(tmp_path / "feb.csv", 2, ("Fetch it", "Ride along", "Locker"), drifted))
    assert (list(dialog.columns), list(dialog.new)) == (["Overall satisfaction"], ["Locker: satisfaction"])
    assert not dialog.go.isEnabled()
    assert "Overall satisfaction" not in dialog.said.text()
    dialog.bring_in()
    assert len(open_map.document.all(DataSet)) == 1
    dialog.columns["Overall satisfaction"].choice.part("same").click()
    dialog.new["Locker: satisfaction"].choice.part("other").click()
    settled(dialog)
    assert f"“{drifted}” is read as “Overall satisfaction”." in dialog.said.text()
    assert dialog.go.isEnabled()
    dialog.bring_in()
    assert [one.name for one in open_map.document.all(Touchpoint) if one.name == "Locker"] == []
    assert len(open_map.figures.journey) == 1


def test_the_same_file_is_refused_and_taken_once_more_when_asked(open_map, opened, tmp_path) -> None:
    dialog = opened(tmp_path / "jan.csv")
    assert dialog.message.text().startswith("jan.csv is on the map already, as “Riders”.")
    assert not dialog.go.isEnabled()
    assert dialog.again.isVisible()
    dialog.again.click()
    settled(dialog)
    assert "28 days are in both" in dialog.said.text()
    assert dialog.go.isEnabled()


def test_the_dialog_fits_a_small_screen_and_speaks(opened, tmp_path) -> None:
    dialog = opened(month(tmp_path / "feb.csv", 2))
    assert dialog.width() <= 1366
    assert dialog.height() <= 768
    assert "Fetch it, CSAT:" in dialog.moved.accessibleName()


def test_a_dropped_file_that_continues_data_opens_the_difference(window: Window, tmp_path: Path) -> None:
    assert window.map is not None
    assert not window.actions_["refresh"].isEnabled()
    bring_january(window.map.session, month(tmp_path / "jan.csv", 1))
    window.refresh()
    assert window.actions_["refresh"].isEnabled()
    arriving.dropped(window, [month(tmp_path / "feb.csv", 2)])
    until(lambda: window.findChildren(RefreshDialog))
    (dialog,) = window.findChildren(RefreshDialog)
    settled(dialog)
    dialog.bring_in()
    assert len(window.map.document.all(DataSet)) == 2
    assert window.notice.isVisible()
    other = tmp_path / "other.csv"
    other.write_text("When,How was the coffee? satisfaction\n" + "2026-03-01,4\n2026-03-02,1\n2026-03-02,5\n" * 9)
    arriving.dropped(window, [other])
    until(lambda: window.findChildren(ImportDialog))
    (importing,) = window.findChildren(ImportDialog)
    importing.close()


def test_a_touchpoint_with_another_name_is_asked_about_after_counting(open_map, opened, tmp_path) -> None:
    def contacts(name: str, number: int, shop: str) -> Path:
        lines = [
            f"{place},2026-{number:02}-{day:02},{day % 5 + 1}" for place in ("Hotline", shop) for day in range(1, 25)
        ]
        path = tmp_path / name
        path.write_text("Contact point,Date,Score\n" + "\n".join(lines) + "\n")
        return path

    session, first = open_map.session, contacts("c1.csv", 1, "Repair shop")
    recipe = guess(peek(first), session.document).recipe
    intake = prepare(session.document, [first], recipe, name="Contacts")
    session.perform(intake.change, blocks=intake.blocks, pairs=intake.pairs)
    dialog = opened(contacts("c2.csv", 2, "Repair shops"))
    assert dialog.fit.data_set.name == "Contacts"
    assert list(dialog.touchpoints) == ["Repair shops"]
    assert "Repair" not in dialog.said.text()
    assert not dialog.go.isEnabled()
    dialog.touchpoints["Repair shops"][1].choice.part("same").click()
    settled(dialog)
    dialog.bring_in()
    (shop,) = [one for one in open_map.document.all(Touchpoint) if one.name.startswith("Repair")]
    (figure,) = open_map.figures.at(shop.id)
    assert (shop.name, len(figure.spark)) == ("Repair shop", 2)


def test_a_version_shows_the_figures_that_it_had_though_the_data_went_since(open_map) -> None:
    fetch = next(one for one in open_map.document.all(Touchpoint) if one.name == "Fetch it")
    before = [(one.value, one.n) for one in open_map.figures.at(fetch.id)]
    assert before[0][1] == 240
    version = open_map.session.name_version("With data")
    open_map.session.flush()
    (data,) = open_map.document.all(DataSet)
    open_map.perform(commands.delete(open_map.document, data.id))
    assert not open_map.figures.at(fetch.id)
    view = VersionView(open_map, version)
    assert [(one.value, one.n) for one in view.map.figures.at(fetch.id)] == before
    view.close()
    view.deleteLater()
