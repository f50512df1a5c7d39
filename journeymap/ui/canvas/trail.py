"""The part of a long line that can be seen: stroking thousands of dashes that nobody sees takes longer than a frame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from PySide6.QtGui import QPainterPath

from journeymap.ui.icons import outline

Step = tuple[str | float, ...]

FEW: Final = 6
"""Lines of no more steps than these are drawn whole."""


class Piece(NamedTuple):
    """One step of a line: where it begins, how far left and right it reaches, and the length of the line before it."""

    start: tuple[float, float]
    step: Step
    left: float
    right: float
    before: float
    joined: bool  # to the piece before it


def pieces(steps: Sequence[Step], *, dashed: bool = False) -> list[Piece] | None:
    """The steps of an open line, each with its place along it; None for shapes that are closed, or short and solid.

    Dashes are cut off by hand even where they are few: Qt counts them a little differently with each clip.
    """
    if len(steps) <= (1 if dashed else FEW) or any(step[0] == "Z" for step in steps):
        return None
    found: list[Piece] = []
    here, length, joined = (0.0, 0.0), 0.0, False
    for step in steps:
        at = [float(value) for value in step[1:]]
        there = (at[-2], at[-1])
        if step[0] == "M":
            here, length, joined = there, 0.0, False
            continue
        across = (here[0], *at[0::2])
        found.append(Piece(here, step, min(across), max(across), length, joined))
        length += outline([("M", *here), step]).length()
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


def dashes(all_: Sequence[Piece], left: float, right: float) -> Iterator[tuple[QPainterPath, float]]:
    """The steps between `left` and `right` one by one, each with the length of the line before it.

    One by one, so that a dash stands where it stands whatever else is painted with it.
    """
    for piece in all_:
        if piece.right >= left and piece.left <= right:
            yield outline([("M", *piece.start), piece.step]), piece.before
