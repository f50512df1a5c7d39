"""Every mark of every lane of words and files: by key, by mouse, pasted, in the outline; with real events."""

from __future__ import annotations

import io

import pytest
from hands import Fingers
from PIL import Image as Pillow
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from journeymap.model import commands, lanes
from journeymap.model.commands import Thing
from journeymap.model.document import Document
from journeymap.model.records import Lane, Opportunity, Touchpoint
from journeymap.ui.canvas import cells, edits, marks
from journeymap.ui.panels.opened import LANE
from journeymap.ui.selection import Cell

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier

TEXTS = {
    lanes.THOUGHTS: ("Is it far?", "It is not far"),
    lanes.NEEDS: ("A map", "A better map"),
    lanes.QUOTES: ("They were kind.", "They were very kind."),
    lanes.STORIES: ("I want a helmet", "I want a helmet so that I am safe"),
    lanes.OPPORTUNITIES: ("A sign", "A larger sign"),
    lanes.FILES: ("https://example.org/a The rules", "The new rules"),
    lanes.FRONT_STAGE: ("A counter", "Two counters"),
    lanes.STAFF: ("+1 Calm", "-1.5 Hectic"),
    lanes.BACK_STAGE: ("The workshop", "Two workshops"),
    lanes.SUPPORT: ("Spare parts", "More spare parts"),
    lanes.SYSTEMS: ("Booking", "Booking and paying"),
    lanes.POLICIES: ("Insurance", "Liability insurance"),
    lanes.TEXT: ("Anything", "Anything else"),
}
"""What is written in each kind of lane, and what it is changed to."""
KINDS = tuple(TEXTS)
LINES = tuple(kind for kind in lanes.KINDS if kind in lanes.LINES)


@pytest.fixture
def of(window, fingers):
    """Makes sure that the map has a lane of that kind, in view."""

    def made(kind: str) -> str:
        document = window.map.document
        if kind not in {lane.kind for lane in document.all(Lane)}:
            assert window.map.do(lambda: commands.add_lane(document, kind))
        for one in document.all(Opportunity):
            assert window.map.do(lambda one=one: commands.delete(document, one.id))
        window.canvas.reveal(fingers.cell(kind, "Fetch it"))
        return fingers.lane(kind)

    return made


def there(window, cell: Cell) -> list[str]:
    """What stands in a cell, as it is edited."""
    document = window.map.document
    return [edits.spot(document, cell, id_).text for id_ in cells.contents(document, cell)]


def seen(text: str, kind: str) -> str:
    """What is left of a typed text when it is edited again: of a link its name, of a story its sentence in lines."""
    if kind == lanes.FILES:
        return text.removeprefix("https://example.org/a ")
    if kind == lanes.STORIES:
        return text.replace(" so that", "\nso that")
    return text


def mine(texts: list[str]) -> list[str]:
    """Stories without the line that says whose they are."""
    return [text.removeprefix("As Ines\n") for text in texts]


def middle(window, cell: Cell) -> QPoint:
    place = marks.cell_rect(window.canvas, cell)
    return window.canvas.view.on_screen(place).center().toPoint()


def put(window, kind: str, name: str, text: str) -> str:
    cell = Fingers(window).cell(kind, name)
    spot = edits.another(window.map.document, cell)
    assert window.map.do(lambda: edits.change(window.map.document, spot, text))
    return cells.contents(window.map.document, cell)[-1]


# ---------------------------------------------------------------- by key


@pytest.mark.parametrize("kind", KINDS)
def test_by_key_a_text_is_typed_changed_carried_and_deleted(window, fingers, of, kind):
    of(kind)
    before = Document(window.map.document)
    cell, (first, second) = fingers.cell(kind, "Fetch it"), TEXTS[kind]
    fingers.stand(cell)
    if first[0] in "+-":  # + and − nudge in the row of the staff
        fingers.key(Qt.Key.Key_F2)
    fingers.type(first)
    fingers.key(Qt.Key.Key_Return)
    assert mine(there(window, cell)) == [seen(first, kind)]
    fingers.stand(cell)
    window.selection.select(cells.contents(window.map.document, cell)[0], cell=cell)
    fingers.key(Qt.Key.Key_F2)
    fingers.type(second)
    fingers.key(Qt.Key.Key_Return)
    assert mine(there(window, cell)) == [seen(second, kind)]
    id_ = cells.contents(window.map.document, cell)[0]
    window.selection.select(id_, cell=cell)
    fingers.key(Qt.Key.Key_Right, held=ALT)
    assert cells.contents(window.map.document, fingers.cell(kind, "Ride along"))[-1] == id_
    fingers.key(Qt.Key.Key_Delete)
    assert id_ not in window.map.document
    for _step in range(4):
        fingers.key(Qt.Key.Key_Z, held=CTRL)
    assert window.map.document == before


@pytest.mark.parametrize("kind", [lanes.QUOTES, lanes.STORIES, lanes.FILES, lanes.SYSTEMS])
def test_by_key_a_cell_takes_a_second_text(window, fingers, of, kind):
    of(kind)
    put(window, kind, "Fetch it", TEXTS[kind][0])
    cell = fingers.cell(kind, "Fetch it")
    fingers.stand(cell)
    fingers.key(Qt.Key.Key_A, held=CTRL | Qt.KeyboardModifier.ShiftModifier)
    fingers.type("https://example.org/b More" if kind == lanes.FILES else "I want more")
    fingers.key(Qt.Key.Key_Return)
    assert len(there(window, cell)) == 2


def test_plus_and_minus_in_the_row_of_the_staff_say_how_it_is_for_them(window, fingers, of):
    of(lanes.STAFF)
    cell = fingers.cell(lanes.STAFF, "Fetch it")
    fingers.stand(cell)
    for _step in range(3):
        fingers.type("-")
    assert there(window, cell) == ["−1.5"]
    fingers.type("+")
    assert there(window, cell) == ["−1"]
    assert not window.canvas.editor.isVisible()


# ---------------------------------------------------------------- by mouse


@pytest.mark.parametrize("kind", KINDS)
def test_by_mouse_a_text_is_opened_by_two_clicks_and_carried(window, fingers, of, kind):
    of(kind)
    cell = fingers.cell(kind, "Fetch it")
    fingers.double(middle(window, cell))
    assert window.canvas.editor.isVisible()
    QTest.keyClicks(fingers.focus(), TEXTS[kind][0])
    fingers.key(Qt.Key.Key_Return)
    (id_,) = cells.contents(window.map.document, cell)
    target = fingers.cell(kind, "Return it")
    fingers.drag(fingers.middle(id_, cell.lane), middle(window, target))
    assert cells.contents(window.map.document, target) == [id_]
    assert window.selection.cell == target


@pytest.mark.parametrize("kind", [lanes.NEEDS, lanes.POLICIES])
def test_by_mouse_a_card_goes_to_another_row(window, fingers, of, kind):
    of(kind)
    id_ = put(window, kind, "Fetch it", TEXTS[kind][0])
    other = lanes.BACK_STAGE if kind != lanes.BACK_STAGE else lanes.FRONT_STAGE
    cell, target = fingers.cell(kind, "Fetch it"), fingers.cell(other, "Fetch it")
    window.canvas.reveal(target)
    window.canvas.reveal(cell)
    fingers.drag(fingers.middle(id_, cell.lane), middle(window, target))
    assert id_ in cells.contents(window.map.document, target)


# ---------------------------------------------------------------- pasted


def clip(text: str) -> None:
    data = QMimeData()
    data.setText(text)
    QApplication.clipboard().setMimeData(data)


@pytest.mark.parametrize("kind", KINDS)
def test_pasted_lines_go_right_in_one_step_and_copies_are_the_same(window, fingers, of, kind):
    of(kind)
    id_ = put(window, kind, "Ask friends", TEXTS[kind][0])
    source, target = fingers.cell(kind, "Ask friends"), fingers.cell(kind, "Return it")
    fingers.stand(source)
    window.selection.select(id_, cell=source)
    fingers.key(Qt.Key.Key_C, held=CTRL)
    fingers.stand(target)
    fingers.key(Qt.Key.Key_V, held=CTRL)
    assert there(window, target)[-1] == edits.spot(window.map.document, source, id_).text
    before = Document(window.map.document)
    fingers.stand(fingers.cell(kind, "Fetch it"))
    first, second = TEXTS[kind]
    clip(f"{first}\n{second if kind != lanes.FILES else first}")
    fingers.key(Qt.Key.Key_V, held=CTRL)
    assert mine(there(window, fingers.cell(kind, "Fetch it")))[-1] == seen(first, kind)
    assert len(there(window, fingers.cell(kind, "Ride along"))) == 1
    fingers.key(Qt.Key.Key_Z, held=CTRL)
    assert window.map.document == before


# ---------------------------------------------------------------- in the outline


@pytest.mark.parametrize("kind", KINDS)
def test_in_the_outline_a_text_is_written_changed_and_deleted(window, fingers, of, kind):
    of(kind)
    cell, (first, second) = fingers.cell(kind, "Fetch it"), TEXTS[kind]
    outline = window.place.panels["outline"]
    point = outline.journey.index_of(cell.touchpoint)
    outline.tree.setFocus()
    outline.tree.setCurrentIndex(point)
    QTest.keyClick(outline.tree, Qt.Key.Key_Right)

    def go() -> None:
        at = outline.journey.index_of(cell.touchpoint)
        rows = [outline.journey.index(n, 0, at) for n in range(outline.journey.rowCount(at))]
        outline.tree.setCurrentIndex(next(row for row in rows if row.data(LANE) == kind))

    def type_(text: str) -> None:
        go()
        QTest.keyClick(outline.tree, Qt.Key.Key_F2)
        field = next(one for one in outline.tree.findChildren(QLineEdit) if one.isVisible())
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        QApplication.processEvents()

    type_(first)
    assert mine(there(window, cell)) == [seen(first, kind)]
    type_(second)
    assert mine(there(window, cell)) == [seen(second, kind)]
    go()
    QTest.keyClick(outline.tree, Qt.Key.Key_Delete)
    assert there(window, cell) == []


# ---------------------------------------------------------------- steps, pictures, lines


def test_steps_by_key_by_mouse_pasted_and_in_the_outline(window, fingers):
    fingers.stand(fingers.cell(lanes.JOURNEY, "Fetch it"))
    fingers.key(Qt.Key.Key_F2)
    fingers.type("Fetch and sign")
    fingers.key(Qt.Key.Key_Tab)
    fingers.stand(fingers.cell(lanes.JOURNEY, "Fetch and sign"))
    clip("Pay\nGo")
    fingers.key(Qt.Key.Key_V, held=CTRL)
    assert ["Fetch and sign", "Pay", "Go", "Ride along"] in fingers.names()
    fingers.double(fingers.middle(fingers.touchpoint("Pay"), fingers.lane(lanes.JOURNEY)))
    QTest.keyClicks(fingers.focus(), "Pay now")
    fingers.key(Qt.Key.Key_Return)
    outline = window.place.panels["outline"]
    outline.journey.setData(outline.journey.index_of(fingers.touchpoint("Go")), "Go on")
    assert ["Fetch and sign", "Pay now", "Go on", "Ride along"] in fingers.names()


def test_a_picture_is_captioned_and_deleted_in_the_outline(window, fingers):
    target = io.BytesIO()
    Pillow.new("RGB", (40, 30)).save(target, "PNG")
    hash_ = window.map.session.keep_blob(target.getvalue())
    cell = fingers.cell(lanes.STORYBOARD, "Fetch it")
    thing = Thing("", "image/png", hash_)
    assert window.map.do(lambda: commands.add_attachments(window.map.document, cell.lane, cell.touchpoint, [thing]))
    outline = window.place.panels["outline"]
    at = outline.journey.index_of(cell.touchpoint)
    outline.tree.setExpanded(at, True)
    row = next(
        index for n in range(outline.journey.rowCount(at)) if (index := outline.journey.index(n, 0, at)).data(LANE) == lanes.STORYBOARD
    )  # fmt: skip
    assert row.data() == "Picture"
    assert outline.journey.setData(row, "At the counter")
    assert there(window, cell) == ["At the counter"]
    outline.tree.setFocus()
    outline.tree.setCurrentIndex(outline.journey.index_of(cells.contents(window.map.document, cell)[0]))
    QTest.keyClick(outline.tree, Qt.Key.Key_Delete)
    assert there(window, cell) == []


def test_a_copied_picture_is_pasted_as_the_same_picture(window, fingers):
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    QApplication.clipboard().setImage(image)
    cell = fingers.cell(lanes.STORYBOARD, "Fetch it")
    fingers.stand(cell)
    fingers.key(Qt.Key.Key_V, held=CTRL)
    fingers.key(Qt.Key.Key_C, held=CTRL)
    target = fingers.cell(lanes.STORYBOARD, "Return it")
    fingers.stand(target)
    fingers.key(Qt.Key.Key_V, held=CTRL)
    document = window.map.document
    one, other = (document.record(cells.contents(document, at)[0]) for at in (cell, target))
    assert one.content_hash == other.content_hash


@pytest.mark.parametrize("kind", LINES)
def test_a_line_is_renamed_and_moved_by_keys_and_hidden_in_the_outline(window, fingers, kind):
    id_ = fingers.lane(kind)
    window.selection.select(id_, cell=Cell(id_))
    window.canvas.setFocus()
    fingers.key(Qt.Key.Key_F2)
    fingers.type("Here we part")
    fingers.key(Qt.Key.Key_Return)
    assert window.map.document.one(Lane, id_).name == "Here we part"
    order = [lane.id for lane in window.map.document.all(Lane)]
    window.selection.select(id_, cell=Cell(id_))
    fingers.key(Qt.Key.Key_Up, held=ALT)
    assert [lane.id for lane in window.map.document.all(Lane)].index(id_) == order.index(id_) - 1
    outline = window.place.panels["outline"]
    outline.rows.setFocus()
    outline.rows.setCurrentIndex(outline.lanes.index_of(id_))
    QTest.keyClick(outline.rows, Qt.Key.Key_Space)
    assert window.map.document.one(Lane, id_).hidden
    assert window.map.document.count(Touchpoint) == 5
