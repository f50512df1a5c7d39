"""Links with the real mouse: drawn, named, changed, taken to another card, deleted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from journeymap.model import commands
from journeymap.model.records import Link
from journeymap.ui.canvas import marks, ways


def drawn(fingers, source: str, target: str) -> Link:
    """A link drawn by hand from the handle of one card to another."""
    canvas, start = fingers.window.canvas, fingers.touchpoint(source)
    fingers.move(fingers.middle(start))
    fingers.drag(marks.handle_at(canvas, start).toPoint(), fingers.middle(fingers.touchpoint(target)))
    return fingers.window.map.document.one(Link, fingers.window.selection.first)


@pytest.mark.parametrize(
    ("source", "target", "kind"),
    [
        ("Ask friends", "Ride along", "branch"),
        ("Return it", "Compare shops", "loop"),
        ("Ask friends", "Fetch it", "switch"),
    ],
)
def test_what_a_link_is_follows_from_its_ends(fingers, source, target, kind):
    assert drawn(fingers, source, target).kind == kind


def test_after_drawing_its_words_and_share_are_typed_where_it_is(fingers, window):
    link = drawn(fingers, "Ask friends", "Ride along")
    fields = window.canvas.linkbar.fields
    assert fields.isVisible()
    fingers.type("knows the way")
    fingers.key(Qt.Key.Key_Tab)
    fingers.type("31")
    fingers.key(Qt.Key.Key_Return)
    assert not fields.isVisible()
    assert window.canvas.hasFocus()
    found = window.map.document.one(Link, link.id)
    assert (found.label, found.share) == ("knows the way", 0.31)
    group = next(g for g in window.canvas.sheet.picture().groups if g.meaning.record == link.id)
    words = [item.text for item in group.items if hasattr(item, "text")]
    assert words == ["knows the way: 31\xa0%"]


def test_the_kind_is_chosen_beside_the_words(fingers, window):
    link = drawn(fingers, "Ask friends", "Ride along")
    QTest.mouseClick(window.canvas.linkbar.fields.kind.part("switch"), Qt.MouseButton.LeftButton)
    assert window.map.document.one(Link, link.id).kind == "switch"
    assert window.canvas.linkbar.fields.isVisible()
    window.map.undo()
    assert window.canvas.linkbar.fields.kind.value() == "branch"


def test_escape_keeps_the_link_and_forgets_what_was_typed(fingers, window):
    link = drawn(fingers, "Ask friends", "Ride along")
    fingers.type("no")
    fingers.key(Qt.Key.Key_Escape, Qt.Key.Key_Escape)
    assert not window.canvas.linkbar.fields.isVisible()
    assert window.map.document.one(Link, link.id).label == ""
    assert window.map.session.undo_label == "Link touchpoints"


def test_a_share_that_is_none_is_said_and_not_taken(fingers, window):
    link = drawn(fingers, "Ask friends", "Ride along")
    fingers.key(Qt.Key.Key_Tab)
    fingers.type("many")
    fingers.key(Qt.Key.Key_Return)
    assert window.map.document.one(Link, link.id).share is None
    assert "number" in window.notice.text


def on_line(window, link: Link) -> QPoint:
    found = ways.way(window.canvas, link.id)
    return QPoint(round((found.start.x() + found.end.x()) / 2), round(found.path.boundingRect().top()))


def closed(fingers, window, link: Link) -> None:
    window.canvas.linkbar.done()
    window.selection.clear()
    fingers.move(QPoint(700, 900))


def test_a_click_selects_a_link_a_double_click_edits_it_and_delete_removes_it(fingers, window):
    link = drawn(fingers, "Ask friends", "Ride along")
    closed(fingers, window, link)
    fingers.click(on_line(window, link))
    assert window.selection.ids == (link.id,)
    fingers.double(on_line(window, link))
    assert window.canvas.linkbar.fields.isVisible()
    fingers.key(Qt.Key.Key_Escape, Qt.Key.Key_Delete)
    assert window.map.document.all(Link) == []


@pytest.mark.parametrize("end", ["start", "end"])
def test_an_end_of_a_selected_link_is_taken_to_another_card(fingers, window, end):
    link = drawn(fingers, "Ask friends", "Ride along")
    window.canvas.linkbar.done()
    grip = ways.way(window.canvas, link.id).grips[end == "start"][0].toPoint()
    fingers.drag(grip, fingers.middle(fingers.touchpoint("Return it")))
    found = window.map.document.one(Link, link.id)
    ends = (fingers.touchpoint("Ask friends"), fingers.touchpoint("Ride along"))
    there = fingers.touchpoint("Return it")
    assert (found.source_id, found.target_id) == ((there, ends[1]) if end == "start" else (ends[0], there))
    assert found.kind == ("loop" if end == "start" else "branch")
    assert window.map.session.undo_label == "Reroute link"


def test_escape_leaves_the_end_where_it_was(fingers, window):
    link = drawn(fingers, "Ask friends", "Ride along")
    window.canvas.linkbar.done()
    grip = ways.way(window.canvas, link.id).grips[0][0].toPoint()
    fingers.press(grip)
    fingers.move(fingers.middle(fingers.touchpoint("Return it")), since=grip)
    fingers.key(Qt.Key.Key_Escape)
    fingers.release(grip)
    assert window.map.document.one(Link, link.id) == link


def test_drawing_a_link_that_is_there_opens_it(fingers, window):
    first = drawn(fingers, "Ask friends", "Ride along")
    window.canvas.linkbar.done()
    assert drawn(fingers, "Ask friends", "Ride along") == first
    assert len(window.map.document.all(Link)) == 1


def test_the_fields_go_with_their_link(fingers, window):
    link = drawn(fingers, "Ask friends", "Ride along")
    window.map.perform(commands.delete(window.map.document, link.id))
    assert not window.canvas.linkbar.fields.isVisible()


def test_a_second_link_is_drawn_from_the_card_whose_link_is_selected(fingers, window):
    first = drawn(fingers, "Ask friends", "Ride along")
    second = drawn(fingers, "Ask friends", "Return it")
    assert {link.id for link in window.map.document.all(Link)} == {first.id, second.id}
