"""What is shown is what is there: kept pictures equal painting anew, zoom keeps its place, levels and overview."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest

from journeymap import templates
from journeymap.model import commands, lens
from journeymap.model.metrics import SKETCH_BELOW, SUMMARY_BELOW
from journeymap.model.picture import Box, Chart, Ellipse, Group, Image, Line, Meaning, Path, Stroke, Text
from journeymap.model.records import Card, Lane, Touchpoint
from journeymap.session import Session
from journeymap.ui import theme
from journeymap.ui.canvas import looking, marks, paint
from journeymap.ui.canvas.cells import same_height
from journeymap.ui.canvas.minimap import Minimap
from journeymap.ui.canvas.view import LEAST, MOST, View
from journeymap.ui.selection import Cell


class Sheet(Struct):
    width: float = 3000.0
    height: float = 1400.0
    head_height: float = 52.0
    names_width: float = 120.0


places = st.tuples(st.floats(300, 900), st.floats(200, 600))


@given(
    zoom=st.floats(LEAST, MOST), at=places, to=st.floats(LEAST, MOST), x=st.integers(0, 4000), y=st.integers(0, 2000)
)
def test_a_zoom_keeps_the_place_under_the_pointer(zoom, at, to, x, y):
    sheet, point = Sheet(), QPointF(*at)
    view = View(zoom, x, y, 1000, 700).held(sheet)
    place = view.to_map(point, sheet)
    after = view.with_place(to, place, point)
    found = after.to_screen(*place)
    assert abs(found.x() - point.x()) <= 0.51
    assert abs(found.y() - point.y()) <= 0.51


@given(zoom=st.floats(LEAST, MOST), x=st.integers(-9000, 90000), y=st.integers(-9000, 90000))
def test_a_view_never_leaves_the_map(zoom, x, y):
    sheet = Sheet()
    view = View(zoom, x, y, 1000, 700).held(sheet)
    right, down = view.range(sheet)
    assert 0 <= view.x <= right
    assert 0 <= view.y <= down
    assert view.held(sheet) == view


@given(zoom=st.floats(0.3, 2), x=st.integers(0, 3000), rect=st.tuples(st.floats(130, 2800), st.floats(60, 1300)))
def test_what_is_revealed_is_seen(zoom, x, rect):
    sheet = Sheet()
    place = QRectF(rect[0], rect[1], 120, 80)
    view = View(zoom, x, 0, 1000, 700).held(sheet).showing(place, sheet)
    shown, body = view.on_screen(place), QRectF(view.body(sheet)).adjusted(-1, -1, 2, 2)
    assert body.contains(shown.topLeft())


def test_zoom_steps_go_through_all_stops_and_end():
    view, seen = View(1.0), []
    for _n in range(20):
        view = replace(view, zoom=view.stepped(-1))
        seen.append(view.zoom)
    assert seen[0] == 0.85
    assert seen[-1] == LEAST


# ---------------------------------------------------------------- kept pictures


def picture(canvas) -> QImage:
    return canvas.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def anew(canvas) -> QImage:
    canvas._drawing.spoil()
    return picture(canvas)


def difference(one: QImage, other: QImage) -> int:
    """How many pixels differ by more than what rounding of edges makes."""
    count = 0
    a, b = one.constBits(), other.constBits()
    first, second = bytes(a), bytes(b)
    if first == second:
        return 0
    for i in range(0, len(first), 4):
        if any(abs(first[i + n] - second[i + n]) > 24 for n in range(3)):
            count += 1
    return count


def test_scrolled_pictures_equal_painting_anew(open_window, map_file):
    window = open_window(map_file, size=(900, 560))
    canvas, chance = window.canvas, random.Random(4)
    for _n in range(12):
        canvas.scroll_by(chance.randint(-160, 260), chance.randint(-80, 120))
        # The ends of a curve's dashes depend a little on where Qt begins to flatten it.
        assert difference(picture(canvas), anew(canvas)) < 250


def test_after_every_edit_the_kept_picture_equals_painting_anew(window, fingers, qapp):
    canvas, map_ = window.canvas, window.map
    document = map_.document
    window.selection.select(cell=fingers.cell("thoughts", "Fetch it"))
    lane = fingers.lane("thoughts")
    some = fingers.touchpoint("Compare shops")
    for change in (
        lambda: commands.rename(document, fingers.touchpoint("Ask friends"), "Ask somebody who knows about bicycles"),
        lambda: commands.add_card(document, lane, some, "A very long thought that needs three lines to be told"),
        lambda: commands.edit(document, document.all(Card)[0].id, text="Short"),
        lambda: commands.add_pain(document, some, "Too many"),
        lambda: commands.move_touchpoint(
            document, some, document.one(Touchpoint, fingers.touchpoint("Return it")).phase_id
        ),
        lambda: commands.fold_lane(document, lane),
        lambda: commands.delete(document, some),
    ):
        assert map_.do(change)
        canvas._glow._over()
        assert difference(picture(canvas), anew(canvas)) < 40, map_.session.undo_label
    while map_.session.undo_label:
        map_.undo()
        assert difference(picture(canvas), anew(canvas)) < 40


def test_the_selected_column_is_tinted_behind_its_cards(window, fingers):
    canvas = window.canvas
    window.choose_theme("light")
    touchpoint = fingers.touchpoint("Ride along")
    place = canvas.view.on_screen(marks.record_rect(canvas, touchpoint))
    inside, beside = place.center().toPoint() + QPoint(0, 14), (place.topRight() + QPointF(3, 30)).toPoint()
    before = picture(canvas)
    window.selection.select(touchpoint, cell=fingers.cell("journey", "Ride along"))
    after = picture(canvas)
    assert after.pixelColor(inside) == before.pixelColor(inside)
    assert after.pixelColor(beside) != before.pixelColor(beside)


# ---------------------------------------------------------------- levels


def test_from_afar_cards_become_summaries_and_the_row_under_the_pointer_stays(window, fingers):
    canvas = window.canvas
    canvas.zoom_to(0.9)
    journey = fingers.lane("journey")
    row = next(row for row in canvas.sheet.rows if row.lane_id == journey)
    at = canvas.view.to_screen(400, row.y + row.height / 2)
    canvas.zoom_to(0.5, at)
    assert canvas.sheet.metrics.level == "summary"
    x, y = canvas.view.to_map(at, canvas.sheet)
    under = next(row for row in canvas.sheet.rows if row.y <= y < row.y + row.height)
    assert under.lane_id == journey
    assert x == pytest.approx(400, abs=2) or canvas.view.x == 0
    canvas.zoom_to(0.2)
    assert canvas.sheet.metrics.level == "sketch"


def test_a_summary_follows_changes_too(window, fingers):
    canvas, document = window.canvas, window.map.document
    canvas.zoom_to(0.5)
    before = picture(canvas)
    window.map.perform(commands.rename(document, fingers.touchpoint("Ask friends"), "Somewhere else"))
    canvas.fade._over()
    canvas._glow._over()
    while canvas._drawing.blurred:  # a busy machine has not made everything sharp by now
        picture(canvas)
    after = picture(canvas)
    assert difference(before, after) > 20
    assert difference(after, anew(canvas)) < 40
    canvas.zoom_to(1.0)
    assert "Somewhere else" in {
        text.text for group in canvas.sheet.visible(0, 0, 2000, 2000) for text in group.items if isinstance(text, Text)
    }


def test_a_row_that_is_gone_from_afar_leads_to_where_it_would_be(window, fingers):
    full, far = window.map.layout, window.map.layout_at(0.5)
    thoughts = next(row for row in full.rows if row.lane_id == fingers.lane("thoughts"))
    y = same_height(full, far, thoughts.y + 4)
    assert far.head_height <= y <= far.height


def test_the_overview_shows_where_one_is_and_leads_elsewhere(open_window, map_file, qapp):
    window = open_window(map_file, size=(1100, 900))
    canvas = window.canvas
    window.place.show_panel("outline", shown=False)
    window.place.show_panel("inspector", shown=False)
    qapp.processEvents()
    canvas.zoom_to(2.5)
    overview = canvas.findChild(Minimap)
    assert overview.isVisible()
    QTest.mouseClick(overview, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(220, 40))
    right, _down = canvas.view.range(canvas.sheet)
    assert canvas.view.x > right * 0.8
    canvas.fit()
    assert not overview.isVisible()


@given(
    width=st.floats(300, 20_000), full=st.floats(100, 5000), summary=st.floats(100, 2000), sketch=st.floats(50, 900),
    grows=st.floats(-0.5, 0.5),
)  # fmt: skip
def test_fit_finds_a_zoom_wherever_one_fits(width, full, summary, sketch, grows):
    """From afar rows keep their size on the screen, so heights jump between levels; within one they rise or fall."""

    def layout_at(zoom):
        far = summary if zoom >= SKETCH_BELOW else sketch
        return Sheet(width, full if zoom >= SUMMARY_BELOW else far * (1 + grows * zoom) / zoom)

    view = View(width=1000, height=700)
    zoom = looking.whole(layout_at, view)
    ends = (1.0, SUMMARY_BELOW, SUMMARY_BELOW - 1e-9, SKETCH_BELOW, SKETCH_BELOW - 1e-9, LEAST)
    may = [one for one in (*ends, 1000 / width) if LEAST <= one <= 1 and view.holds(layout_at(one), one)]
    if may:
        assert view.holds(layout_at(zoom), zoom)
        assert zoom >= max(may) * 0.99
    else:
        assert zoom * width <= 1000 or zoom == LEAST or width * SKETCH_BELOW > 1000


@pytest.mark.parametrize("size", [(1366, 768), (900, 600), (1600, 1000), (2560, 1400)])
@pytest.mark.parametrize("states", [False, True])
@pytest.mark.parametrize("name", ["airport", "blank"])
def test_fit_shows_the_whole_map_at_every_level(open_window, tmp_path, qapp, name, states, size):
    path = tmp_path / "fit.journey"
    Session.create(path, list(templates.records(name, "M"))).close()
    window = open_window(path, size=size)
    if states:
        window.map.perform(commands.add_to_be(window.map.document))
        window.map.look_through(lens.builtin(lens.STATES, window.map.document, None))
    canvas = window.canvas
    canvas.zoom_to(2.0)
    canvas.fit()
    qapp.processEvents()
    assert (canvas.view.x, canvas.view.y) == (0, 0)
    assert canvas.view.holds(canvas.sheet, canvas.view.zoom)
    assert (canvas.horizontalScrollBar().maximum(), canvas.verticalScrollBar().maximum()) == (0, 0)
    before = canvas.view.zoom
    canvas.fit()
    assert canvas.view.zoom == before


def test_a_map_too_high_for_one_look_says_so(window):
    said = []
    window.canvas.told.connect(said.append)
    window.canvas.resize(700, 60)
    window.canvas.fit()
    assert window.canvas.view.zoom < SKETCH_BELOW
    assert any("too high" in one for one in said)


def test_the_ring_of_the_keyboard_crosses_no_word_of_a_prompt(window, fingers):
    made = commands.add_lane(window.map.document, "arc")
    window.map.perform(made)
    lane = commands.made(made)
    sheet = window.canvas.sheet
    (prompt,) = [
        one
        for one in sheet.visible(0, 0, sheet.width, sheet.height)
        if one.meaning.lane == lane and one.meaning.role == "prompt"
    ]
    words = next(item for item in prompt.items if isinstance(item, Text))
    left, right = prompt.x + words.x, prompt.x + words.x + words.width
    assert right - left > sheet.columns[0].width  # else there is nothing to cross
    for column in sheet.columns:
        cell = Cell(lane, column.touchpoint_id)
        place = marks.cell_rect(window.canvas, cell)
        ring = marks.ring_place(window.canvas, cell, place)
        assert ring.contains(place)
        for edge in (ring.left(), ring.right()):
            assert not left < edge < right, column


# ---------------------------------------------------------------- painting items


def painted(*items: object) -> QImage:
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(theme.made(dark=False).colour("stage0"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    brush = paint.Brush(painter, theme.made(dark=False))
    brush.place(0, 0, 1.0)
    paint.group(brush, Group(0, 0, 60, 40, Meaning("card"), items))
    painter.end()
    return image


@pytest.mark.parametrize(
    "item",
    [
        Box(4, 4, 30, 20, "brand"),
        Box(4, 4, 30, 20, None, Stroke("pain", 1), 6),
        Line(4, 10, 50, 10, Stroke("text", 1, hair=True)),
        Line(4, 10, 50, 30, Stroke("text", 2, (4, 3), "round")),
        Path((("M", 4, 4), ("L", 30, 4), ("C", 40, 10, 40, 20, 30, 30), ("Z",)), "brand2", Stroke("brand", 1)),
        Path((("M", 4, 4), ("L", 50, 30)), None, Stroke("p1", 2), 0.5),
        Ellipse(20, 20, 8, 8, "p2", Stroke("card", 2), 0.5),
        Text(4, 20, "Ag", 16, 600),
        Text(56, 20, "12", 16, 600, anchor="end", figures=True),
        Text(30, 20, "Ag", 16, halo="brand2", anchor="middle"),
        Text(10, 30, "Ag", 12, rotate=-90),
        Image(4, 4, 20, 20, "gone"),
        Chart("spark", 0, 0, 40, 20, (1.0, 2.0), None, (Line(0, 0, 40, 20, Stroke("met", 1.6)),)),
    ],
    ids=lambda item: type(item).__name__,
)
def test_every_kind_of_item_is_painted(qapp, item):
    assert difference(painted(item), painted()) > 5


def test_hairlines_stand_on_one_row_of_pixels(qapp):
    image = painted(Line(4, 10, 50, 10, Stroke("text", 1, hair=True)))
    ground = painted().pixelColor(20, 10)
    touched = [y for y in range(40) if image.pixelColor(20, y) != ground]
    assert len(touched) == 1
    assert image.pixelColor(20, touched[0]) == theme.made(dark=False).colour("text")


def test_text_that_ends_at_an_edge_really_ends_there(qapp):
    image = painted(Text(50, 20, "AVAVA", 14, anchor="end"))
    ground = painted().pixelColor(0, 0)
    columns = [x for x in range(60) if any(image.pixelColor(x, y) != ground for y in range(40))]
    assert 47 <= max(columns) <= 50


def test_a_missing_lane_kind_does_not_stop_the_canvas(window, fingers):
    window.map.perform(commands.add_lane(window.map.document, "text", "Own"))
    assert any(lane.name == "Own" for lane in window.map.document.all(Lane))
    assert difference(picture(window.canvas), anew(window.canvas)) < 40
