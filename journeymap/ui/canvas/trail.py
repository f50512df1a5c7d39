"""The part of a long line that can be seen: stroking thousands of dashes that nobody sees takes longer than a frame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath, QPainterPathStroker

from journeymap.model.picture import Stroke
from journeymap.ui.icons import outline

Step = tuple[str | float, ...]

CAPS: Final = {"butt": Qt.PenCapStyle.FlatCap, "round": Qt.PenCapStyle.RoundCap}

FEW: Final = 6
"""Lines of no more steps than these are drawn whole."""


class Piece(Struct):
    """One step of a line: where it begins, how far left and right it reaches; and its dashes, once they were asked for."""

    start: tuple[float, float]
    step: Step
    left: float
    right: float
    joined: bool  # to the piece before it
    dashes: QPainterPath | None = None


def pieces(steps: Sequence[Step], *, dashed: bool = False) -> list[Piece] | None:
    """The steps of an open line; None for shapes that are closed, or short and solid."""
    if (len(steps) <= FEW and not dashed) or any(step[0] == "Z" for step in steps):
        return None
    found: list[Piece] = []
    here, joined = (0.0, 0.0), False
    for step in steps:
        at = [float(value) for value in step[1:]]
        there = (at[-2], at[-1])
        if step[0] == "M":
            here, joined = there, False
            continue
        across = (here[0], *at[0::2])
        found.append(Piece(here, step, min(across), max(across), joined))
        here, joined = there, True
    return found


def seen(all_: Sequence[Piece], left: float, right: float) -> Iterator[QPainterPath]:
    """The stretches between `left` and `right` as paths, as long as they hang together."""
    steps: list[Step] = []
    for piece in all_:
        there = piece.right >= left and piece.left <= right
        if steps and not (there and piece.joined):
            yield outline(steps)
            steps = []
        if there:
            steps = steps or [("M", *piece.start)]
            steps.append(piece.step)
    if steps:
        yield outline(steps)


def dashes(all_: Sequence[Piece], stroke: Stroke, left: float, right: float) -> Iterator[QPainterPath]:
    """The outlines of the dashes between `left` and `right`, step by step."""
    for piece in all_:
        if piece.right >= left and piece.left <= right:
            piece.dashes = piece.dashes or _dashes(piece, stroke)
            yield piece.dashes


def _dashes(piece: Piece, stroke: Stroke) -> QPainterPath:
    """A whole number of dashes, the first and the last of them cut in half: so a line of many steps looks like one, and
    yet a dash stands where it stands whatever becomes of the line before it. Made of outlines, for a painter counts the
    dashes of a line a little differently with each clip.
    """
    line = outline([("M", *piece.start), piece.step])
    length, period = line.length(), sum(stroke.dash)
    stretch = max(length, 1e-3) / period / max(1, round(length / period))
    made = QPainterPathStroker()
    made.setWidth(stroke.width)
    made.setCapStyle(CAPS[stroke.cap])
    made.setCurveThreshold(0.1)
    made.setDashPattern([part * stretch / stroke.width for part in stroke.dash])
    made.setDashOffset(stroke.dash[0] * stretch / 2 / stroke.width)
    return made.createStroke(line)
