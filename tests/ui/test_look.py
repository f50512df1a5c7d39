"""What a picture of the window must hold in both themes: contrast, room for words, bars and notices only where of use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hands import Fingers
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from journeymap.model import lens, theme
from journeymap.model.outline import build
from journeymap.model.records import Lane, Touchpoint
from journeymap.session import Session
from journeymap.ui import actions, viewing
from journeymap.ui import theme as dress
from journeymap.ui.canvas import marks
from journeymap.ui.controls.fields import ProseField, TextField
from journeymap.ui.controls.heads import BULLET, Words
from journeymap.ui.panels.form import Form
from journeymap.ui.panels.full_table import parted
from journeymap.ui.selection import Cell
from journeymap.ui.start import StartPage
from journeymap.ui.window import Window

AA = 4.5
SHEETS = ("stage0", "wash", "stage1", "stage2", "stage3", "card")
SIDES = ("ground", "panel", "card", "sunk", "hover", "brand1", "brand2")
CHIPS = ("metb", "openb", "missedb", "painb", "noneb")
TEXTS = {
    **dict.fromkeys(("text", "text2"), (*SHEETS, *SIDES, *CHIPS)),
    "text3": (*SHEETS, *SIDES, *CHIPS),
    "brand": ("stage0", "wash", "panel", "card", "brand1", "brand2"),
    "on_brand": ("brand", "brand_hi"),
    "on_phase": ("phase",),
    "on_phase2": ("phase",),
    "pain": ("stage0", "wash", "panel", "card", "painb"),
    "opent": ("panel", "openb"),
    **{f"p{n}t": ("stage0", "wash", "card", "trough") for n in range(1, 7)},
}
"""Inks that words are written in, and the grounds they stand on."""


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK, theme.PRINT], ids=["light", "dark", "paper"])
def test_every_text_is_told_from_its_ground(tokens: dict[str, str]) -> None:
    faint = {
        f"{ink} on {ground}": round(theme.contrast(tokens[ink], tokens[ground]), 2)
        for ink, grounds in TEXTS.items()
        for ground in grounds
        if theme.contrast(tokens[ink], tokens[ground]) < AA
    }
    assert faint == {}


@pytest.fixture(params=["light", "dark"])
def dressed(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    dress.apply(qapp, dress.made(dark=request.param == "dark"))
    yield request.param
    dress.apply(qapp, dress.made(dark=False))


def ink(image: QImage) -> float:
    """The contrast of what differs most from the ground of a picture (its commonest colour)."""
    counted: dict[str, int] = {}
    for x in range(4, image.width() - 4):
        for y in range(4, image.height() - 4):
            name = QColor(image.pixel(x, y)).name()
            counted[name] = counted.get(name, 0) + 1
    ground = max(counted, key=lambda name: counted[name])
    return max(theme.contrast(name, ground) for name in counted)


@pytest.mark.parametrize("make", [TextField, ProseField])
def test_prompts_can_be_read(dressed: str, make: type[TextField | ProseField]) -> None:
    field = make("Owner", prompt="Who answers for it")
    assert isinstance(field, QLineEdit | QPlainTextEdit)
    field.resize(220, 32)
    field.show()
    QTest.qWaitForWindowExposed(field)
    assert ink(field.grab().toImage()) >= AA
    field.close()


def test_a_question_goes_with_the_map_it_is_about(window: Window) -> None:
    window.actions_["version"].trigger()
    assert window.notice.isVisible()
    window.show_start()
    assert not window.notice.isVisible()


def test_what_a_view_lacks_is_said_as_long_as_it_is_looked_through(window: Window) -> None:
    viewing.through(lens.STATES)(window)
    assert "to-be" in window.notice.text
    viewing.through(lens.PAINS)(window)
    assert window.notice.text == ""
    window.tell("The disk is full.")
    viewing.through(lens.JOURNEY)(window)
    assert window.notice.text == "The disk is full."


def test_a_question_and_its_answer_stand_side_by_side(window: Window) -> None:
    window.notice.ask("Name this version:", lambda _text: None)
    QApplication.processEvents()
    line = window.notice.findChild(QLineEdit)
    assert line is not None
    words = window.notice._text
    assert 0 <= line.x() - (words.x() + words.width()) <= 16
    assert words.x() < 60


@pytest.mark.parametrize("zoom", [0.2, 1.0, 1.8])
def test_a_scroll_bar_is_there_where_something_scrolls_and_only_there(
    open_window: Callable[..., Window], map_file: Path, zoom: float
) -> None:
    window = open_window(map_file, size=(1000, 560))
    canvas = window.canvas
    assert canvas is not None
    for step in (1.0, zoom):
        canvas.zoom_to(step)
        QApplication.processEvents()
    for bar in (canvas.verticalScrollBar(), canvas.horizontalScrollBar()):
        assert bar.isVisible() == (bar.maximum() > 0)


def test_zoom_and_the_keys_of_the_map_are_shown_with_the_map_only(window: Window) -> None:
    status = window.status
    assert status._keys.isVisible()
    window.show_view("plan")
    assert not status._keys.isVisible()
    assert not status._level.isVisible()
    window.show_view("map")
    assert status._keys.isVisible()
    assert status._level.isVisible()


def test_the_menu_fits_on_a_small_screen(window: Window) -> None:
    menu = actions.menu(window, window.actions_)
    every = [menu, *(one.menu() for one in menu.actions() if one.menu() is not None)]
    assert max(one.sizeHint().height() for one in every) <= 768 - 60


@pytest.mark.usefixtures("qapp")
def test_lines_of_a_list_hang_behind_their_bullet() -> None:
    words = Words(f"{BULLET}one two three four five six\n{BULLET}seven", wrap=True)
    lines, _high = words._laid(90)
    assert [line[0][:1] == "•" for line in lines].count(True) == 2
    assert {line[1] for line in lines if line[0].startswith("•")} == {0.0}
    assert len({line[1] for line in lines if not line[0].startswith("•")} - {0.0}) == 1


def longer(widget: QWidget) -> list[str]:
    """The labels of forms that are cut."""
    return [
        words.text()
        for form in widget.findChildren(Form)
        for words in form._labels
        if words.sizeHint().width() > words.width() + 1
    ]


@pytest.mark.usefixtures("pseudo")
def test_labels_a_third_longer_are_whole(window: Window, fingers: Fingers) -> None:
    window.selection.select(fingers.touchpoint("Fetch it"))
    QApplication.processEvents()
    assert window.place is not None
    assert window.map is not None
    assert window.map.document.get(Touchpoint, fingers.touchpoint("Fetch it")) is not None
    assert longer(window.place.panels["inspector"]) == []


def test_pages_in_the_bar_have_as_much_room_around_each(window: Window) -> None:
    parts = [window.bar.views.part(name) for name in ("map", "plan", "personas", "register")]
    around = {part.sizeHint().width() - part.fontMetrics().horizontalAdvance(part.text()) for part in parts}
    assert max(around) - min(around) <= 8
    assert all(part.size() == QSize(part.sizeHint().width(), part.height()) for part in parts)


@pytest.mark.parametrize(
    ("width", "parts", "least", "wides"),
    [
        (300, [1, 1, 1], [50, 50, 50], [100, 100, 100]),
        (300, [1, 1, 4], [80, 50, 50], [80, 50, 170]),
        (100, [1, 1], [80, 80], [50, 50]),
    ],
)
def test_headings_are_whole_as_long_as_there_is_room(
    width: int, parts: list[int], least: list[int], wides: list[int]
) -> None:
    found = parted(width, parts, least)
    assert sum(found) == width
    assert found == wides


@pytest.mark.usefixtures("qapp")
def test_a_prompt_of_several_lines_has_room_for_them() -> None:
    field = ProseField("Message", prompt="What it should tell whom, in the words of those who hear it")
    field.resize(140, 32)
    field.show()
    QTest.qWaitForWindowExposed(field)
    assert field.height() > 50
    field.show_value("Short")
    assert field.height() < 50
    field.close()


def test_the_finder_is_an_icon_before_the_name_of_the_map_is_cut(window: Window) -> None:
    bar = window.bar
    for width in range(1900, 760, -60):
        window.resize(width, 700)
        QApplication.processEvents()
        whole = bar._name.width() >= bar._name.sizeHint().width()
        assert whole or bar.finder.width() == 40, width
        assert bar.finder.width() == 216 or width < 1300, width


def test_a_map_too_long_for_one_look_is_shown_around_where_one_stands(
    open_window: Callable[..., Window], tmp_path: Path
) -> None:
    points = [{"name": f"T{n}"} for n in range(400)]
    path = tmp_path / "long.journey"
    Session.create(path, list(build({"phases": [{"name": "P", "touchpoints": points}]}, "Long").document)).close()
    window = open_window(path, size=(1000, 700))
    canvas = window.canvas
    assert canvas is not None
    assert window.map is not None
    there = window.map.document.all(Touchpoint)[300]
    window.selection.select(there.id)
    canvas.reveal(Cell(window.map.document.all(Lane)[0].id, there.id))
    canvas.fit()
    QApplication.processEvents()
    assert canvas.view.zoom == pytest.approx(0.05)
    assert "overview" in window.status.hint_text()
    place = marks.record_rect(canvas, there.id)
    assert place is not None
    assert 0 <= canvas.view.on_screen(place).center().x() <= canvas.viewport().width()


def test_the_start_page_has_the_keyboard_when_the_program_begins(open_window: Callable[..., Window]) -> None:
    window = open_window()
    page = window.findChild(StartPage)
    focus = window.focusWidget()
    assert page is not None
    assert focus is page.new
