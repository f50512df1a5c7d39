"""A zoom shows what was there stretched, then sharp; and the drawings from afar keep up with the map."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter
from test_damage import differing, shot, some_map

from journeymap.model import commands, metrics
from journeymap.model.figures import Figures
from journeymap.model.layout import Layout
from journeymap.model.picture import Stroke
from journeymap.model.records import Touchpoint
from journeymap.ui.canvas import surface, trail
from journeymap.ui.canvas.drawing import Drawing
from journeymap.ui.canvas.view import View
from journeymap.ui.levels import Levels


def frame(drawing: Drawing, view: View, layout: Layout) -> bytes:
    image = QImage(view.width, view.height, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    drawing.paint_body(painter, view, layout, 1.0, at_once=False)
    drawing.paint_edges(painter, view, layout, 1.0)
    painter.end()
    return bytes(image.constBits())


@pytest.mark.parametrize("zoom", [0.55, 1.4])
def test_after_a_zoom_the_picture_becomes_as_sharp_as_one_painted_at_once(qapp, monkeypatch, zoom: float) -> None:
    monkeypatch.setattr(surface, "SLICE_S", 0.0)  # one stripe a frame
    document = some_map(Random(3))
    layout = Layout(document, Figures(), metrics.SCREEN)
    before = View(0.8, 40, 30, 900, 600)
    drawing = Drawing()
    shot(drawing, before, layout)
    after = replace(before, zoom=zoom, x=10)
    first = frame(drawing, after, layout)
    assert drawing.blurred
    whole = shot(Drawing(), after, layout)
    assert differing(first, whole) > 500, "a stretched picture stands in for a moment"
    frames = 0
    while drawing.blurred:
        last = frame(drawing, after, layout)
        frames += 1
    assert frames >= 5
    assert differing(last, whole) == 0


def test_scrolling_while_the_picture_is_made_sharp_leaves_nothing_blurred(qapp, monkeypatch) -> None:
    monkeypatch.setattr(surface, "SLICE_S", 0.0)
    layout = Layout(some_map(Random(5)), Figures(), metrics.SCREEN)
    drawing, view = Drawing(), View(0.8, 0, 0, 900, 600)
    shot(drawing, view, layout)
    view = replace(view, zoom=1.1)
    for x, y in ((0, 0), (60, 0), (60, 25), (10, 25), (0, 0), (200, 10)):
        view = replace(view, x=x, y=y)
        frame(drawing, view, layout)
    while drawing.blurred:
        last = frame(drawing, view, layout)
    # A kept picture that was scrolled may differ by the rounding of an edge.
    assert differing(last, shot(Drawing(), view, layout)) < 120


def test_the_drawings_from_afar_catch_up_with_every_change(qapp) -> None:
    document = some_map(Random(1))
    levels = Levels(document, Figures)
    for zoom in (0.5, 0.2):
        levels.at(zoom)
    chance = Random(2)
    for step in range(12):
        points = document.all(Touchpoint)
        if step % 3:
            change = commands.rename(document, chance.choice(points).id, f"Named anew {step}")
        else:
            change = commands.delete(document, chance.choice(points).id)
        document.apply(change)
        seen = (1.0, 0.5, 0.2)[step % 3]
        shown = list(levels.follow(change, seen))
        assert len(shown) <= 1
        if step % 4 == 3:
            levels.prepare()
    for zoom in (1.0, 0.5, 0.2):
        fresh = Layout(document, Figures(), metrics.at_zoom(zoom))
        kept = levels.at(zoom)
        assert (kept.width, kept.height) == (fresh.width, fresh.height)
        assert list(kept.visible(0, 0, 1e6, 1e6)) == list(fresh.visible(0, 0, 1e6, 1e6))
    assert not levels.prepare(), "nothing is left to be made"


# Whole tenths: to Qt, what lies nearer than that may be one place.
PLACES = st.tuples(st.integers(0, 20000), st.integers(-500, 500)).map(lambda place: (place[0] / 10, place[1] / 10))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(PLACES, min_size=9, max_size=30, unique=True),
    st.floats(0, 2000), st.floats(0, 400),
)  # fmt: skip
def test_the_seen_part_of_a_line_holds_every_step_that_reaches_into_view(points, left, width) -> None:
    steps = [("M", *points[0]), *(("L", *point) for point in points[1:])]
    parts = trail.pieces(steps)
    assert parts is not None
    wanted = [
        n for n, (one, two) in enumerate(pairwise(points))
        if max(one[0], two[0]) >= left and min(one[0], two[0]) <= left + width
    ]  # fmt: skip
    assert sum(path.elementCount() - 1 for path in trail.seen(parts, left, left + width)) == len(wanted)


@given(
    st.lists(PLACES, min_size=3, max_size=12, unique=True),
    st.floats(0, 2000), st.floats(0, 400),
)  # fmt: skip
def test_dashes_stand_where_they_stand_whatever_is_seen_and_lie_on_their_step(points, left, width) -> None:
    steps, stroke = [("M", *points[0]), *(("L", *point) for point in points[1:])], Stroke("text", 1.5, (5.0, 4.0))
    parts = trail.pieces(steps, dashed=True)
    assert parts is not None
    every = [path.boundingRect() for path in trail.dashes(parts, stroke, -1.0, 2001.0)]
    assert len(every) == len(points) - 1
    for found, (one, two) in zip(every, pairwise(points), strict=True):
        step = QRectF(QPointF(*one), QPointF(*two)).normalized().adjusted(-1, -1, 1, 1)
        assert found.isEmpty() or step.contains(found)
    again = trail.pieces(steps, dashed=True)
    assert again is not None
    seen = [path.boundingRect() for path in trail.dashes(again, stroke, left, left + width)]
    near = [piece.right >= left and piece.left <= left + width for piece in again]
    assert seen == [path for path, there in zip(every, near, strict=True) if there]


def test_short_and_closed_shapes_are_drawn_whole() -> None:
    assert trail.pieces([("M", 0.0, 0.0), ("L", 1.0, 1.0)]) is None
    assert trail.pieces([("M", 0.0, 0.0), *(("L", float(n), 1.0) for n in range(9)), ("Z",)]) is None
