"""Pasting lines, ranges and diagrams; copying text, a table and a picture; by real keys on the real window."""

from __future__ import annotations

import pytest
from hands import WRITTEN
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from journeymap.failure import Failure
from journeymap.model import commands, lanes, rules
from journeymap.model.document import Document
from journeymap.model.draft import Draft
from journeymap.model.outline import build
from journeymap.model.records import Card, Channel, Emotion, Lane, PainPoint, Phase, Touchpoint
from journeymap.ui.canvas import clip
from journeymap.ui.selection import Cell

CTRL = Qt.KeyboardModifier.ControlModifier


def _put(text: str) -> None:
    data = QMimeData()
    data.setText(text)
    QApplication.clipboard().setMimeData(data)


def _cards(window, kind):
    document = window.map.document
    lane = next(lane.id for lane in document.all(Lane) if lane.kind == kind)
    names = {one.id: one.name for one in document.all(Touchpoint)}
    return {names[card.touchpoint_id]: card.text for card in document.all(Card) if card.lane_id == lane}


def test_lines_become_cards_going_right(window, fingers):
    fingers.stand(fingers.cell(lanes.THOUGHTS, "Fetch it"))
    _put("Far away\n\nNice ride\nLate again\nOne more\n")
    before = Document(window.map.document)
    fingers.key(Qt.Key.Key_V, held=CTRL)
    cards = _cards(window, lanes.THOUGHTS)
    assert cards["Fetch it"] == "Far away"
    assert cards["Ride along"] == "Nice ride"
    assert cards["Return it"] == "Late again"
    assert "One more" in cards.values()  # under a touchpoint that was added for it
    assert window.map.document.count(Touchpoint) == before.count(Touchpoint) + 1
    assert len(window.selection.ids) == 4
    fingers.key(Qt.Key.Key_Z, held=CTRL)
    assert window.map.document == before


def test_lines_in_the_journey_become_touchpoints_behind_the_current_one(window, fingers):
    fingers.stand(fingers.cell(lanes.JOURNEY, "Fetch it"))
    _put("Sign\nPay")
    fingers.key(Qt.Key.Key_V, held=CTRL)
    assert ["Fetch it", "Sign", "Pay", "Ride along"] in fingers.names()
    assert window.notice.text == ""


def test_a_range_fills_columns_and_lanes(window, fingers):
    shown = [lane for lane in window.map.document.all(Lane) if lane.kind in clip.WRITABLE and not lane.hidden]
    kinds = [lane.kind for lane in shown]
    assert kinds[:4] == [lanes.JOURNEY, lanes.THOUGHTS, lanes.EMOTION, lanes.PAINS]
    fingers.stand(fingers.cell(lanes.THOUGHTS, "Fetch it"))
    _put('a\t"two\nlines"\r\n-1\t1,5\r\nQueue\t\r\n')
    fingers.key(Qt.Key.Key_V, held=CTRL)
    document = window.map.document
    assert _cards(window, lanes.THOUGHTS) | {"Fetch it": "a", "Ride along": "two\nlines"} == _cards(
        window, lanes.THOUGHTS
    )
    assert [pain.text for pain in document.all(PainPoint)] == ["Queue"]
    ride = fingers.touchpoint("Ride along")
    assert {mood.value for mood in document.referring(Emotion, "touchpoint_id", ride)} >= {1.5}


def test_a_range_in_the_band_of_phases_makes_phases_with_touchpoints(window, fingers):
    phase = next(phase for phase in window.map.document.all(Phase) if phase.name == "Ride")
    fingers.stand(Cell(None, None, phase.id))
    _put("After\tLater\nRate it\tForget\nTell others\t\n")
    fingers.key(Qt.Key.Key_V, held=CTRL)
    assert (
        fingers.names()[2:4] == [["Rate it", "Tell others"], ["Forget"]]
        or ["Rate it", "Tell others"] in fingers.names()
    )
    assert {"After", "Later"} <= {one.name for one in window.map.document.all(Phase)}


def test_a_diagram_becomes_phases_and_touchpoints_in_one_step(window, fingers):
    before = Document(window.map.document)
    fingers.stand(fingers.cell(lanes.THOUGHTS, "Fetch it"))
    _put("journey\n section Ride\n Oil it: 2: Ines\n section Home\n Sleep: 5: Otto\n")
    fingers.key(Qt.Key.Key_V, held=CTRL)
    assert any("Oil it" in row for row in fingers.names())
    assert ["Sleep"] in fingers.names()
    fingers.key(Qt.Key.Key_Z, held=CTRL)
    assert window.map.document == before


def test_pasting_on_an_empty_map_begins_it(open_window, blank_file, hands):
    window = open_window(blank_file)
    fingers = hands(window)
    window.canvas.setFocus()
    _put("Look\nBuy\nUse")
    fingers.key(Qt.Key.Key_V, held=CTRL)
    assert fingers.names() == [["Look", "Buy", "Use"]]


def test_what_finds_no_place_is_said(window, fingers):
    figures = next((lane for lane in window.map.document.all(Lane) if lane.kind == lanes.FIGURES), None)
    assert figures
    fingers.stand(Cell(figures.id, fingers.touchpoint("Fetch it")))
    _put("7")
    fingers.key(Qt.Key.Key_V, held=CTRL)
    assert "computed from data" in window.notice.text


def test_an_empty_clipboard_changes_nothing(window, fingers):
    before = Document(window.map.document)
    fingers.stand(fingers.cell(lanes.THOUGHTS, "Fetch it"))
    _put("  \n ")
    fingers.key(Qt.Key.Key_V, held=CTRL)
    assert window.map.document == before
    assert "no text" in window.notice.text


def test_copying_puts_text_a_table_and_a_picture_on_the_clipboard(window, fingers):
    phase = next(phase for phase in window.map.document.all(Phase) if phase.name == "Ride")
    window.selection.select(phase.id, cell=Cell(None, None, phase.id))
    window.canvas.setFocus()
    fingers.key(Qt.Key.Key_C, held=CTRL)
    data = QApplication.clipboard().mimeData()
    assert data.hasText()
    assert data.text().splitlines()[:2] == ['"Ride"', '"Fetch it"\t"Ride along"']
    assert "<td>Ride along</td>" in data.html()
    image = QApplication.clipboard().image()
    assert isinstance(image, QImage)
    assert image.width() > 200
    assert image.height() > window.map.layout.height  # the whole phase, not its name alone
    colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    assert len(colours) > 3  # something is drawn


def test_one_text_is_copied_as_it_is_and_cut_takes_it_away(window, fingers):
    fingers.stand(fingers.cell(lanes.THOUGHTS, "Fetch it"))
    _put("=1+1")
    fingers.key(Qt.Key.Key_V, held=CTRL)
    fingers.key(Qt.Key.Key_X, held=CTRL)
    assert QApplication.clipboard().text() == "=1+1"
    assert "Fetch it" not in _cards(window, lanes.THOUGHTS)
    fingers.stand(fingers.cell(lanes.THOUGHTS, "Ride along"))
    fingers.key(Qt.Key.Key_V, held=CTRL)
    assert _cards(window, lanes.THOUGHTS)["Ride along"] == "=1+1"


def test_a_copied_lane_pastes_back_into_another_map() -> None:
    draft = Draft(commands.new_map("One"))
    phase = draft.do(commands.add_phase, "A")
    one, two = (draft.do(commands.add_touchpoint, phase, name) for name in ("x", "y"))
    thoughts = next(lane.id for lane in draft.document.all(Lane) if lane.kind == lanes.THOUGHTS)
    draft.do(commands.add_card, thoughts, one, "=dear")
    draft.do(commands.add_card, thoughts, two, "tab\tand\nline")
    from journeymap.formats import tables

    text = tables.clipboard(clip.copied(draft.document, [thoughts], Cell(thoughts)))
    pasted = clip.paste(draft.document, Cell(thoughts, one), text)
    made = [draft_record.text for draft_record in pasted.change.added.values() if isinstance(draft_record, Card)]
    assert made == ["=dear", "tab\tand\nline"]


def test_channels_are_found_by_name_and_numbers_keep_their_scale() -> None:
    draft = Draft(commands.new_map("One"))
    channels = draft.do(commands.add_lane, lanes.CHANNELS)
    phase = draft.do(commands.add_phase, "A")
    one = draft.do(commands.add_touchpoint, phase, "x")
    draft.do(commands.add_touchpoint, phase, "y")
    known = draft.document.count(Channel)
    change = clip.paste(draft.document, Cell(channels, one), "web\tKiosk").change
    document = Document(draft.document)
    document.apply(change)
    assert document.count(Channel) == known + 1
    emotion = next(lane.id for lane in document.all(Lane) if lane.kind == lanes.EMOTION)
    with pytest.raises(Failure):
        clip.paste(document, Cell(emotion, one), "1\t5")  # nobody to feel it
    document.apply(commands.add_persona(document, "Ines"))
    document.apply(clip.paste(document, Cell(emotion, one), "1\t5").change)
    assert sorted(mood.value for mood in document.all(Emotion)) == [-2, 2]


def test_five_thousand_lines_are_one_change() -> None:
    draft = Draft(commands.new_map("One"))
    phase = draft.do(commands.add_phase, "A")
    first = draft.do(commands.add_touchpoint, phase, "x")
    pasted = clip.paste(draft.document, Cell(None, first), "\n".join(f"step {n}" for n in range(5000)))
    assert len(pasted.made) == 5000
    assert [one.name for one in pasted.change.added.values()][:2] == ["step 0", "step 1"]
    document = Document(draft.document)
    document.apply(pasted.change)
    thoughts = next(lane.id for lane in document.all(Lane) if lane.kind == lanes.THOUGHTS)
    cards = clip.paste(document, Cell(thoughts, first), "\n".join(f"thought {n}" for n in range(5001)))
    assert len(cards.made) == 5001
    assert not any(isinstance(one, Touchpoint) for one in cards.change.added.values())


PIECES = st.lists(st.sampled_from(["a", "–1", "2", "=x", "\t", "\n", '"', "\r\n", "journey\n", "section s\n", " b: 3: C\n", "😀", "x" * 300, "Phase\tTouchpoint\tEmotion\n"]), max_size=25)  # fmt: skip


@given(PIECES.map("".join), st.integers(0, 400))
@settings(max_examples=120, deadline=None)
def test_whatever_is_pasted_makes_a_sound_map_or_a_sentence(text: str, at: int) -> None:
    document = Document(build(WRITTEN, "A rented bicycle").document)
    points = [one.id for one in document.all(Touchpoint)]
    places = [Cell(lane.id, point) for lane in document.all(Lane) for point in points]
    places += [Cell(None, None, phase.id) for phase in document.all(Phase)] + [
        Cell(lane.id) for lane in document.all(Lane)
    ]
    before = Document(document)
    try:
        change = clip.paste(document, [Cell(), *places][at % (len(places) + 1)], text).change
    except Failure as failure:
        assert str(failure).endswith(".")  # noqa: PT017
        return
    rules.check(document, change)
    document.apply(change)
    assert not rules.faults(document)
    document.apply(change.inverse())
    assert document == before


def test_touchpoints_pasted_under_a_bar_stretch_it() -> None:
    draft = Draft(commands.new_map("One"))
    phase = draft.do(commands.add_phase, "A")
    one, _two = (draft.do(commands.add_touchpoint, phase, name) for name in ("x", "y"))
    back = next(lane.id for lane in draft.document.all(Lane) if lane.kind == lanes.BACK_STAGE)
    bar = draft.do(commands.add_card, back, one, "Keeps prices", span=2)
    change = clip.paste(draft.document, Cell(None, one), "in between\nand again").change
    document = Document(draft.document)
    document.apply(change)
    assert document.one(Card, bar).span == 4
