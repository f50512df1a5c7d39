"""Measures of a slide, and what all slides are made with."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from journeymap.model.layout.pen import Pen
from journeymap.model.metrics import Metrics, paper

WIDE: Final = 1600.0
HIGH: Final = 900.0
MARGIN: Final = 72.0
GAP: Final = 40.0
"""Between columns."""
LEAST: Final = 27.0
"""The smallest type: three per cent of the height."""
BODY, LEAD, FIGURE, TITLE = 27.0, 33.0, 57.0, 68.0
MOST_COLUMNS: Final = 4
"""So many touchpoints stand side by side: with more of them nothing could be read from afar."""


def metrics(pitch: float) -> Metrics:
    """The metrics of lanes on a slide: those of paper, with captions of 27 units and columns of `pitch`."""
    k = LEAST / paper().s
    made = paper(k, pitch / k)
    # Captions and body are one size here: the step between them is for the hand, not for the room.
    return replace(made, m=30.0, names=292.0, gap=24.0, emotion=300.0, card=150.0, lane_pad=14.0, radius=10.0)


def pen() -> Pen:
    """A pen for words and shapes of a slide."""
    return Pen(metrics(300.0))
