"""The page of personas by keyboard and mouse: lists, scales, portraits, evidence, order; and from map to map."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from time import monotonic

import pytest
from PIL import Image as Raster
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from test_words import own_words, untranslated

from journeymap.model import commands, personacopy
from journeymap.model.records import DataSet, Id, Persona, Slider, Trait
from journeymap.session import Session
from journeymap.ui.map import OpenMap
from journeymap.ui.personas.editor import Editor
from journeymap.ui.personas.entries import NEW, EntryList
from journeymap.ui.personas.panel import PersonasPanel
from journeymap.ui.personas.scales import ScaleRow
from journeymap.ui.selection import Selection
from journeymap.ui.window import Window

KEY = Qt.Key
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier,
)  # fmt: skip


@pytest.fixture
def open_map(qapp: QApplication, map_file: Path) -> Iterator[OpenMap]:
    opened = OpenMap(Session.open(map_file))
    yield opened
    opened.close()


@pytest.fixture
def panel(open_map: OpenMap) -> Iterator[PersonasPanel]:
    made = PersonasPanel(open_map, Selection())
    made.resize(854, 700)
    made.show()
    QTest.qWaitForWindowExposed(made)
    made.activateWindow()
    yield made
    made.close()
    made.deleteLater()
    QApplication.processEvents()


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def until(true: Callable[[], bool], seconds: float = 20) -> None:
    end = monotonic() + seconds
    while not true() and monotonic() < end:
        QTest.qWait(10)
    settle()
    assert true()


def editor(panel: PersonasPanel) -> Editor:
    assert panel.editor is not None
    return panel.editor


def entries(panel: PersonasPanel, kind: str = "goal") -> EntryList:
    return editor(panel).lists[kind]


def texts(panel: PersonasPanel, kind: str = "goal") -> list[str]:
    mine = panel._map.document.referring(Trait, "persona_id", editor(panel).id)
    return [one.text for one in mine if one.kind == kind]


def her(panel: PersonasPanel) -> Persona:
    return panel._map.document.one(Persona, editor(panel).id)


def names(panel: PersonasPanel) -> list[str]:
    return [one.name for one in panel._map.document.all(Persona)]


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def front(panel: QWidget) -> None:
    """Its window has the keyboard."""
    panel.window().activateWindow()
    QTest.qWaitForWindowActive(panel.window())


def write(panel: PersonasPanel, *said: str, kind: str = "goal") -> None:
    front(panel)
    entries(panel, kind).field(NEW).setFocus()
    for words in said:
        QTest.keyClicks(focused(), words)
        QTest.keyClick(focused(), KEY.Key_Return)
    settle()


# ---------------------------------------------------------------- fields


def test_name_age_role_line_and_quote_are_typed_each_one_step(panel: PersonasPanel, open_map: OpenMap) -> None:
    band = editor(panel).band
    for field, said in (
        (band.name, "Ines Duarte"), (band.age, "29"), (band.role, "gardener"), (band.line, "rides on Sundays"),
        (band.quote, "If it rolls, I am happy."),
    ):  # fmt: skip
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, said)
        QTest.keyClick(field, KEY.Key_Return)
    one = her(panel)
    assert (one.name, one.age, one.role, one.line, one.quote) == (
        "Ines Duarte", 29, "gardener", "rides on Sundays", "If it rolls, I am happy.",
    )  # fmt: skip
    for _ in range(5):
        open_map.undo()
    assert her(panel) == replace_name(one, "Ines")
    settle()
    assert band.name.text() == "Ines"


def replace_name(one: Persona, name: str) -> Persona:
    return Persona(one.id, one.order, name, hue=one.hue)


def test_an_age_that_is_none_is_said_and_kept_to_be_mended(panel: PersonasPanel) -> None:
    band = editor(panel).band
    band.age.setFocus()
    QTest.keyClicks(band.age, "old")
    QTest.keyClick(band.age, KEY.Key_Return)
    assert "not a whole number" in band.message.text() or "number" in band.message.text()
    assert her(panel).age is None
    assert band.age.text() == "old"


def test_a_colour_is_clicked_or_walked_to_and_brings_its_marker(panel: PersonasPanel) -> None:
    hues = editor(panel).band.hues
    QTest.mouseClick(hues.parts[3], Qt.MouseButton.LeftButton)
    assert her(panel).hue == 4
    hues.parts[3].setFocus()
    QTest.keyClick(hues.parts[3], KEY.Key_Right)
    assert her(panel).hue == 5
    assert hues.parts[4].isChecked()
    assert "Otto" in hues.parts[1].toolTip()


def test_she_is_hidden_from_the_map_and_shown_again(panel: PersonasPanel) -> None:
    eye = editor(panel).band.eye
    QTest.mouseClick(eye, Qt.MouseButton.LeftButton)
    assert her(panel).hidden
    assert panel.strip.tabs[her(panel).id].accessibleName() in {"Ines, hidden", "Ines"}
    settle()
    assert panel.strip.tabs[her(panel).id].accessibleName() == "Ines, hidden"
    QTest.mouseClick(eye, Qt.MouseButton.LeftButton)
    assert not her(panel).hidden


# ---------------------------------------------------------------- lists


def test_enter_goes_on_to_the_next_line_and_each_line_is_a_record(panel: PersonasPanel) -> None:
    write(panel, "Be there early", "Never hold up the queue", "Sit at the aisle")
    assert texts(panel) == ["Be there early", "Never hold up the queue", "Sit at the aisle"]
    assert focused() is entries(panel).field(NEW)
    QTest.keyClick(focused(), KEY.Key_Return)  # an empty line is no record
    assert len(texts(panel)) == 3


def test_enter_in_the_middle_opens_a_line_below(panel: PersonasPanel) -> None:
    write(panel, "first", "third")
    first = entries(panel).ids()[0]
    entries(panel).field(first).setFocus()
    QTest.keyClick(focused(), KEY.Key_Return)
    QTest.keyClicks(focused(), "second")
    QTest.keyClick(focused(), KEY.Key_Return)
    assert texts(panel) == ["first", "second", "third"]
    QTest.keyClicks(focused(), "between")
    QTest.keyClick(focused(), KEY.Key_Down)
    settle()
    assert texts(panel) == ["first", "second", "between", "third"]


def test_shift_enter_breaks_a_line_within_an_entry(panel: PersonasPanel) -> None:
    entries(panel, "accessibility").field(NEW).setFocus()
    QTest.keyClicks(focused(), "Large type")
    QTest.keyClick(focused(), KEY.Key_Return, SHIFT)
    QTest.keyClicks(focused(), "17 pt")
    QTest.keyClick(focused(), KEY.Key_Return)
    assert texts(panel, "accessibility") == ["Large type\n17 pt"]


def test_backspace_or_delete_in_an_empty_line_takes_it_away(panel: PersonasPanel, open_map: OpenMap) -> None:
    write(panel, "first", "second", "third")
    second = entries(panel).ids()[1]
    entries(panel).field(second).setFocus()
    entries(panel).field(second).selectAll()
    QTest.keyClick(focused(), KEY.Key_Delete)
    assert texts(panel) == ["first", "second", "third"]  # only its words are gone so far
    QTest.keyClick(focused(), KEY.Key_Backspace)
    assert texts(panel) == ["first", "third"]
    assert focused() is entries(panel).field(entries(panel).ids()[0])
    open_map.undo()
    assert texts(panel) == ["first", "second", "third"]


def test_an_emptied_line_that_is_left_goes_as_one_step(panel: PersonasPanel, open_map: OpenMap) -> None:
    write(panel, "first", "second")
    one = entries(panel).ids()[0]
    entries(panel).field(one).setFocus()
    entries(panel).field(one).selectAll()
    QTest.keyClick(focused(), KEY.Key_Delete)
    editor(panel).band.name.setFocus()
    settle()
    assert texts(panel) == ["second"]
    open_map.undo()
    assert texts(panel) == ["first", "second"]


def test_arrows_walk_and_alt_arrows_move(panel: PersonasPanel) -> None:
    write(panel, "first", "second", "third")
    QTest.keyClick(focused(), KEY.Key_Up)
    assert focused() is entries(panel).field(entries(panel).ids()[2])
    QTest.keyClick(focused(), KEY.Key_Up, ALT)
    assert texts(panel) == ["first", "third", "second"]
    QTest.keyClick(focused(), KEY.Key_Up, ALT)
    QTest.keyClick(focused(), KEY.Key_Up, ALT)
    assert texts(panel) == ["third", "first", "second"]
    assert focused() is entries(panel).field(entries(panel).ids()[0])


def test_a_line_is_dragged_by_its_grip_and_escape_gives_up(panel: PersonasPanel) -> None:
    write(panel, "first", "second", "third")
    rows, ids = entries(panel)._rows, entries(panel).ids()

    def drag(id_: Id, to: Id) -> None:
        grip = rows[id_].grip
        where = grip.mapFromGlobal(rows[to].mapToGlobal(QPoint(5, rows[to].height() - 3)))
        QTest.mousePress(grip, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(5, 12))
        QTest.mouseMove(grip, QPoint(5, 30))
        QTest.mouseMove(grip, where)

    drag(ids[0], ids[1])
    assert entries(panel)._mark.isVisible()
    QTest.keyClick(rows[ids[0]].grip, KEY.Key_Escape)
    QTest.mouseRelease(rows[ids[0]].grip, Qt.MouseButton.LeftButton)
    assert texts(panel) == ["first", "second", "third"]
    assert not entries(panel)._mark.isVisible()
    drag(ids[0], ids[1])
    grip = rows[ids[0]].grip
    end = grip.mapFromGlobal(rows[ids[1]].mapToGlobal(QPoint(5, rows[ids[1]].height() - 3)))
    QTest.mouseRelease(grip, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    settle()
    assert texts(panel) == ["second", "first", "third"]


def test_pasted_lines_become_entries_as_one_step(panel: PersonasPanel, open_map: OpenMap) -> None:
    QApplication.clipboard().setText("• Large type\n- A face\n\nTime\n")
    entries(panel, "need").field(NEW).setFocus()
    QTest.keyClick(focused(), KEY.Key_V, CTRL)
    settle()
    assert texts(panel, "need") == ["Large type", "A face", "Time"]
    open_map.undo()
    assert texts(panel, "need") == []


def test_half_typed_words_are_meant_when_another_one_is_shown(panel: PersonasPanel, open_map: OpenMap) -> None:
    entries(panel).field(NEW).setFocus()
    QTest.keyClicks(focused(), "Half a wish")
    first, second = (one.id for one in open_map.document.all(Persona))
    QTest.mouseClick(panel.strip.tabs[second], Qt.MouseButton.LeftButton)
    settle()
    assert editor(panel).id == second
    assert [one.text for one in open_map.document.referring(Trait, "persona_id", first)] == ["Half a wish"]


# ---------------------------------------------------------------- scales


def scale(panel: PersonasPanel) -> ScaleRow:
    if not panel._map.document.all(Slider):
        editor(panel).add_scale()
    row = editor(panel).scales.row(panel._map.document.all(Slider)[0].id)
    assert isinstance(row, ScaleRow)
    return row


def test_a_scale_is_added_its_ends_named_its_place_dragged(panel: PersonasPanel, open_map: OpenMap) -> None:
    row = scale(panel)
    assert focused() is row.low_field
    QTest.keyClicks(focused(), "Never rides")
    QTest.keyClick(focused(), KEY.Key_Tab)
    QTest.keyClicks(row.high_field, "Rides daily")
    QTest.keyClick(row.high_field, KEY.Key_Return)
    slider, steps = row.slider, open_map.session.undo_label
    left = QPoint(round(slider.place(0.5)), 14)
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, left)
    for share in (0.6, 0.7, 0.8):
        QTest.mouseMove(slider, QPoint(round(slider.place(share)), 14))
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton)
    (one,) = open_map.document.all(Slider)
    assert (one.low, one.high, one.value) == ("Never rides", "Rides daily", 0.8)
    open_map.undo()
    assert open_map.document.all(Slider)[0].value == 0.5
    assert open_map.session.undo_label == steps


def test_keys_that_follow_each_other_are_one_step(panel: PersonasPanel, open_map: OpenMap) -> None:
    slider = scale(panel).slider
    slider.setFocus()
    for _ in range(4):
        QTest.keyClick(slider, KEY.Key_Right)
    assert open_map.document.all(Slider)[0].value == 0.5  # not meant yet
    until(lambda: open_map.document.all(Slider)[0].value == 0.7)
    open_map.undo()
    assert open_map.document.all(Slider)[0].value == 0.5
    settle()
    assert slider.value() == 0.5


def test_leaving_a_scale_means_what_was_moved(panel: PersonasPanel, open_map: OpenMap) -> None:
    slider = scale(panel).slider
    slider.setFocus()
    QTest.keyClick(slider, KEY.Key_Home)
    editor(panel).band.name.setFocus()
    assert open_map.document.all(Slider)[0].value == 0.0


# ---------------------------------------------------------------- portraits


def photo(size: tuple[int, int] = (1200, 800)) -> bytes:
    """A photograph with a place, a camera and a date in it: red in the middle, blue at the sides."""
    image = Raster.new("RGB", size, (20, 30, 200))
    image.paste((200, 30, 20), (size[0] // 3, 0, size[0] * 2 // 3, size[1]))
    exif = Raster.Exif()
    exif[0x010F], exif[0x0110] = "SecretCamera", "Model 7"
    exif[0x0132] = "2026:11:12 10:00:00"
    buffer = BytesIO()
    image.save(buffer, "JPEG", exif=exif, quality=95)
    return buffer.getvalue()


def test_a_head_is_chosen_from_the_gallery_by_keys(panel: PersonasPanel) -> None:
    face = editor(panel).band.face
    face.setFocus()
    QTest.keyClick(face, KEY.Key_Return)
    gallery = panel.portraits.heads
    assert gallery is not None
    assert gallery.isVisible()
    QTest.keyClick(gallery, KEY.Key_Right)
    QTest.keyClick(gallery, KEY.Key_Down)
    chosen = next(head for head in gallery.heads if head.hasFocus())
    assert gallery.heads.index(chosen) == 6
    QTest.keyClick(chosen, KEY.Key_Return)
    settle()
    assert her(panel).avatar == "bob-glasses"


def test_a_picture_file_is_cropped_scaled_written_anew_and_kept_once(panel: PersonasPanel, tmp_path: Path) -> None:
    path = tmp_path / "holiday.jpg"
    path.write_bytes(photo())
    panel.portraits.bring(path)
    until(lambda: bool(her(panel).picture_hash))
    content = panel._map.session.blob(her(panel).picture_hash)
    assert content is not None
    assert b"SecretCamera" not in content
    assert b"Exif" not in content
    with Raster.open(BytesIO(content)) as kept:
        assert kept.size == (640, 640)
        assert not kept.getexif()
    first = her(panel).picture_hash
    second = panel._map.document.all(Persona)[1].id
    panel.show_persona(second)
    panel.portraits.bring(path)
    until(lambda: bool(her(panel).picture_hash))
    assert her(panel).picture_hash == first
    image = editor(panel).band.face.grab().toImage()
    assert QColor(image.pixel(66, 66)).red() > 150
    panel.portraits.ask("none")
    assert her(panel).picture_hash == ""


def test_what_is_no_picture_is_said_and_changes_nothing(panel: PersonasPanel, tmp_path: Path) -> None:
    path = tmp_path / "notes.png"
    path.write_text("no picture")
    panel.portraits.bring(path)
    until(lambda: "no picture that can be read" in panel.message.text())
    assert her(panel).picture_hash == ""


def dropped(panel: PersonasPanel, data: QMimeData) -> bool:
    at = QPointF(300, 300)
    enter = QDragEnterEvent(
        at.toPoint(), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(panel, enter)
    if not enter.isAccepted():
        return False
    drop = QDropEvent(at, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(panel, drop)
    return True


def test_a_picture_is_dropped_or_pasted_and_a_map_is_left_to_the_window(panel: PersonasPanel, tmp_path: Path) -> None:
    path = tmp_path / "face.jpg"
    path.write_bytes(photo((300, 900)))
    data, other = QMimeData(), QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    other.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.journey"))])
    assert not dropped(panel, other)
    assert dropped(panel, data)
    until(lambda: bool(her(panel).picture_hash))
    first = her(panel).picture_hash
    image = QImage(90, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("green"))
    QApplication.clipboard().setImage(image)
    panel.setFocus()
    QTest.keyClick(focused(), KEY.Key_V, CTRL)
    until(lambda: her(panel).picture_hash != first)


# ---------------------------------------------------------------- evidence


def test_segments_are_offered_with_their_number_and_small_ones_without(qapp: QApplication, tmp_path: Path) -> None:
    from journeymap.data import prepare, read_recipe
    from journeymap.model.outline import build

    lines = ["Age,Happy"] + ["young,5"] * 40 + ["old,2"] * 12 + ["ancient,1"] * 3
    source, recipe = tmp_path / "answers.csv", tmp_path / "recipe.toml"
    source.write_text("\n".join(lines) + "\n")
    recipe.write_text(
        '[columns]\nsegments = ["Age"]\n\n[[measure]]\nkpi = "csat"\ncolumn = "Happy"\ntouchpoint = "Ride"\nscale = [1, 5]\n'
    )
    written = {"personas": [{"name": "Otto"}], "phases": [{"name": "P", "touchpoints": [{"name": "Ride"}]}]}
    Session.create(tmp_path / "a.journey", list(build(written, "A").document)).close()
    opened = OpenMap(Session.open(tmp_path / "a.journey"))
    intake = prepare(opened.document, [source], read_recipe(recipe))
    opened.session.perform(intake.change, intake.blocks, intake.pairs)
    made = PersonasPanel(opened, Selection())
    made.resize(854, 700)
    made.show()
    try:
        proof = editor(made).evidence
        bound = proof.segment
        bound.column.setCurrentIndex(bound.column.findText("Age"))
        bound.column.activated.emit(bound.column.currentIndex())
        offered = [bound.value.itemText(i) for i in range(bound.value.count())]
        # The smallest is hidden, and the next one with it: both together would give it away.
        assert offered == ["choose", "ancient (too few to be shown)", "old (too few to be shown)", "young (n 40)"]
        bound.value.activated.emit(3)
        assert (her(made).segment_column, her(made).segment_value) == ("Age", "young")
        assert "40 answers like hers" in proof.count.text()
        bound.value.activated.emit(1)
        assert "fewer than 5" in proof.count.text()
        assert "3" not in proof.count.text().replace("answers.csv", "")
        assert opened.document.all(DataSet)
        proof.interviews.setFocus()
        QTest.keyClicks(proof.interviews, "6")
        QTest.keyClick(proof.interviews, KEY.Key_Return)
        proof.words.setFocus()
        QTest.keyClicks(proof.words, "A diary of two weeks")
        QTest.keyClick(proof.words, KEY.Key_Return)
        assert (her(made).interviews, her(made).evidence) == (6, "A diary of two weeks")
    finally:
        made.close()
        made.deleteLater()
        opened.close()


# ---------------------------------------------------------------- who, in which order


def test_one_is_added_named_chosen_ordered_and_deleted_by_keys(panel: PersonasPanel, open_map: OpenMap) -> None:
    QTest.mouseClick(panel.strip.plus, Qt.MouseButton.LeftButton)
    settle()
    assert focused() is editor(panel).band.name
    QTest.keyClicks(focused(), "Uma")
    QTest.keyClick(focused(), KEY.Key_Return)
    assert names(panel) == ["Ines", "Otto", "Uma"]
    assert her(panel).hue == 3
    panel.setFocus()
    QTest.keyClick(focused(), KEY.Key_Left, ALT)
    QTest.keyClick(focused(), KEY.Key_Left, ALT)
    assert names(panel) == ["Uma", "Ines", "Otto"]
    QTest.keyClick(focused(), KEY.Key_Right)
    settle()
    assert her(panel).name == "Ines"
    QTest.keyClick(focused(), KEY.Key_Delete)
    settle()
    assert names(panel) == ["Uma", "Otto"]
    open_map.undo()
    settle()
    assert names(panel) == ["Uma", "Ines", "Otto"]


def test_they_are_dragged_into_another_order(panel: PersonasPanel, open_map: OpenMap) -> None:
    first, second = (one.id for one in open_map.document.all(Persona))
    tab, other = panel.strip.tabs[first], panel.strip.tabs[second]
    QTest.mousePress(tab, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(20, 20))
    QTest.mouseMove(tab, QPoint(60, 20))
    end = tab.mapFromGlobal(other.mapToGlobal(QPoint(other.width() - 4, 20)))
    QTest.mouseMove(tab, end)
    assert panel.strip._mark.isVisible()
    QTest.mouseRelease(tab, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    settle()
    assert names(panel) == ["Otto", "Ines"]


def test_a_map_without_personas_says_what_one_is(qapp: QApplication, blank_file: Path) -> None:
    opened = OpenMap(Session.open(blank_file))
    ids = [one.id for one in opened.document.all(Persona)]
    opened.do(lambda: commands.delete(opened.document, *ids))
    made = PersonasPanel(opened, Selection())
    made.show()
    try:
        assert made.empty.isVisible()
        QTest.mouseClick(made.first, Qt.MouseButton.LeftButton)
        settle()
        assert made.editor is not None
        assert len(opened.document.all(Persona)) == 1
    finally:
        made.close()
        made.deleteLater()
        opened.close()


def test_a_map_that_can_only_be_read_is_shown_and_not_changed(qapp: QApplication, map_file: Path) -> None:
    opened = OpenMap(Session.open(map_file, read_only=True))
    made = PersonasPanel(opened, Selection())
    made.show()
    try:
        before = list(opened.document)
        panel_keys = (KEY.Key_Delete, KEY.Key_H)
        made.setFocus()
        for key in panel_keys:
            QTest.keyClick(made.strip.tabs[editor(made).id], key)
        assert not editor(made).band.name.isEnabled()
        assert not made.strip.plus.isEnabled()
        assert list(opened.document) == before
        assert "only be read" in made.message.text()
    finally:
        made.close()
        made.deleteLater()
        opened.close()


# ---------------------------------------------------------------- from map to map


@pytest.fixture
def elsewhere(qapp: QApplication, blank_file: Path) -> Iterator[PersonasPanel]:
    opened = OpenMap(Session.open(blank_file))
    made = PersonasPanel(opened, Selection())
    made.resize(854, 700)
    made.show()
    yield made
    made.close()
    made.deleteLater()
    opened.close()
    QApplication.processEvents()


def carried(panel: PersonasPanel, elsewhere: PersonasPanel) -> None:
    front(panel)
    panel.setFocus()
    QTest.keyClick(focused(), KEY.Key_C, CTRL)
    front(elsewhere)
    QTest.keyClick(elsewhere, KEY.Key_V, CTRL)
    settle()


def test_copied_here_and_pasted_there_with_picture_and_origin(
    panel: PersonasPanel, elsewhere: PersonasPanel, tmp_path: Path
) -> None:
    path = tmp_path / "face.jpg"
    path.write_bytes(photo())
    panel.portraits.bring(path)
    until(lambda: bool(her(panel).picture_hash))
    write(panel, "Never be stranded")
    scale(panel)
    carried(panel, elsewhere)
    copy = her(elsewhere)
    assert (copy.name, copy.origin_id, copy.origin_map) == ("Ines", her(panel).id, "bicycle.journey")
    assert copy.picture_hash == her(panel).picture_hash
    assert elsewhere._map.session.blob(copy.picture_hash) == panel._map.session.blob(copy.picture_hash)
    assert texts(elsewhere) == ["Never be stranded"]
    assert "Never be stranded" in QApplication.clipboard().text()
    assert editor(elsewhere)._home_words.text() == "Copied from bicycle.journey"
    count = len(elsewhere._map.document)
    QTest.keyClick(elsewhere, KEY.Key_V, CTRL)
    assert "on this map already" in elsewhere.message.text()
    assert len(elsewhere._map.document) == count
    elsewhere._map.undo()
    assert copy.id not in elsewhere._map.document


def test_a_picture_in_a_foreign_pack_is_written_anew(panel: PersonasPanel, elsewhere: PersonasPanel) -> None:
    import base64

    pack = personacopy.packed(panel._map.document, her(panel).id, "x.journey")
    pack["fields"]["picture_hash"] = "ab" * 32
    pack["picture"] = base64.b64encode(photo()).decode()
    data = QMimeData()
    data.setData(personacopy.MIME, json.dumps(pack).encode())
    QApplication.clipboard().setMimeData(data)
    assert elsewhere.paste()
    content = elsewhere._map.session.blob(her(elsewhere).picture_hash)
    assert content is not None
    assert b"SecretCamera" not in content


def test_update_from_origin_shows_both_sides_and_is_one_step(panel: PersonasPanel, elsewhere: PersonasPanel) -> None:
    write(panel, "Never be stranded")
    carried(panel, elsewhere)
    write(elsewhere, "Only here")
    source = panel._map
    one = source.document.all(Trait)[0]
    source.do(lambda: commands.edit(source.document, her(panel).id, age=30, quote="It rolls!"))
    source.do(lambda: commands.edit(source.document, one.id, text="Always know whom to call"))
    source.session.flush()
    QTest.mouseClick(editor(elsewhere).update_button, Qt.MouseButton.LeftButton)
    updating = editor(elsewhere).updating
    assert updating is not None
    until(lambda: bool(updating.rows))
    shown = [
        (row.difference.label, row.difference.here, row.difference.there, row.choice.value()) for row in updating.rows
    ]
    assert shown == [
        ("Age", "", "30", "take"),
        ("Says", "", "It rolls!", "take"),
        ("Goal", "Never be stranded", "Always know whom to call", "take"),
        ("Goal", "Only here", "", "keep"),
    ]
    QTest.mouseClick(updating.rows[1].choice.part("keep"), Qt.MouseButton.LeftButton)
    before = list(elsewhere._map.document)
    QTest.mouseClick(updating.go, Qt.MouseButton.LeftButton)
    settle()
    assert (her(elsewhere).age, her(elsewhere).quote) == (30, "")
    assert texts(elsewhere) == ["Always know whom to call", "Only here"]
    assert "3" not in editor(elsewhere).message.text()
    assert "2 things taken over" in editor(elsewhere).message.text()
    elsewhere._map.undo()
    assert sorted(map(repr, elsewhere._map.document)) == sorted(map(repr, before))


def test_an_origin_that_is_not_there_is_one_sentence_and_another_file_can_be_chosen(
    panel: PersonasPanel, elsewhere: PersonasPanel, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    carried(panel, elsewhere)
    copy = her(elsewhere)
    elsewhere._map.do(lambda: commands.edit(elsewhere._map.document, copy.id, origin_map="gone.journey"))
    editor(elsewhere).update_from_origin()
    updating = editor(elsewhere).updating
    assert updating is not None
    settle()
    assert updating.message.text() == "“gone.journey”, where she comes from, is not beside this map; choose it."
    assert updating.choose.isVisible()
    wrong = tmp_path / "wrong.journey"
    wrong.write_text("nothing")
    answers = iter([str(wrong), str(panel._map.session.path)])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (next(answers), ""))
    QTest.mouseClick(updating.choose, Qt.MouseButton.LeftButton)
    until(lambda: "wrong.journey" in updating.message.text())
    panel._map.session.flush()
    QTest.mouseClick(updating.choose, Qt.MouseButton.LeftButton)
    until(lambda: editor(elsewhere).updating is None)
    assert "nothing to update" in editor(elsewhere).message.text()


# ---------------------------------------------------------------- in the window


def test_the_page_follows_the_selection_and_undo_takes_steps_back(window: Window) -> None:
    window.show_view("personas")
    assert window.place is not None
    assert window.map is not None
    panel = window.place._pages["personas"]
    assert isinstance(panel, PersonasPanel)
    otto = next(one for one in window.map.document.all(Persona) if one.name == "Otto")
    window.selection.select(otto.id)
    settle()
    assert her(panel).name == "Otto"
    write(panel, "A bell")
    assert texts(panel) == ["A bell"]
    QTest.keyClick(focused(), KEY.Key_Z, CTRL)
    settle()
    assert texts(panel) == []


def test_every_word_can_be_translated(pseudo: None, open_window: Callable[..., Window], map_file: Path) -> None:
    window = open_window(map_file)
    window.show_view("personas")
    assert window.place is not None
    panel = window.place._pages["personas"]
    assert isinstance(panel, PersonasPanel)
    scale(panel)
    settle()
    assert untranslated(panel, own_words(window) | {"bicycle.journey"}) == set()
    menu = panel.menu(her(panel).id)
    assert untranslated(menu, own_words(window)) == set()
    menu.deleteLater()


def test_a_persona_selected_on_the_map_is_copied_there_and_pasted_on_another(
    open_window: Callable[..., Window], map_file: Path, blank_file: Path
) -> None:
    first, second = open_window(map_file), open_window(blank_file)
    assert first.map is not None
    assert second.map is not None
    assert first.canvas is not None
    assert second.canvas is not None
    otto = next(one for one in first.map.document.all(Persona) if one.name == "Otto")
    first.selection.select(otto.id)
    front(first)
    first.canvas.setFocus()
    QTest.keyClick(first.canvas, KEY.Key_C, CTRL)
    front(second)
    second.canvas.setFocus()
    QTest.keyClick(second.canvas, KEY.Key_V, CTRL)
    settle()
    copy = second.map.document.record(second.selection.first or "")
    assert isinstance(copy, Persona)
    assert (copy.name, copy.origin_id) == ("Otto", otto.id)
    QTest.keyClick(second.canvas, KEY.Key_V, CTRL)
    assert "on this map already" in second.notice.text
    outline = second.place.panels["outline"] if second.place is not None else None
    assert outline is not None


def test_the_inspector_leads_to_all_of_her(window: Window) -> None:
    from journeymap.ui.panels.persona import PersonaPage

    assert window.map is not None
    assert window.place is not None
    ines = window.map.document.all(Persona)[0]
    window.selection.select(ines.id)
    settle()
    page = window.place.panels["inspector"].page  # type: ignore[attr-defined]
    assert isinstance(page, PersonaPage)
    QTest.mouseClick(page.whole, Qt.MouseButton.LeftButton)
    assert window.place.view == "personas"
    panel = window.place._pages["personas"]
    assert isinstance(panel, PersonasPanel)
    assert editor(panel).id == ines.id


def test_long_ends_of_a_scale_stand_below_each_other_and_are_whole(panel: PersonasPanel, open_map: OpenMap) -> None:
    person = open_map.document.all(Persona)[0]
    open_map.perform(commands.add_slider(open_map.document, person.id, "Buys", "Sends back"))
    panel.resize(900, 700)
    panel.show()
    QApplication.processEvents()
    row = panel.findChildren(ScaleRow)[-1]
    for low, high in (("Buys", "Sends back"), ("Decides alone and at once", "Decides with everybody else")):
        row.low_field.setText(low)
        row.high_field.setText(high)
        row._fit()
        QApplication.processEvents()
        for field in (row.low_field, row.high_field):
            assert field.fontMetrics().horizontalAdvance(field.text()) <= field.width() - 18
