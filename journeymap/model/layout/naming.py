"""How much room a lane's name needs in the column of names."""

from __future__ import annotations

from typing import Final

from journeymap.model import lanes
from journeymap.model.metrics import Metrics
from journeymap.model.records import Lane
from journeymap.model.text import wrap

HINT_LINES: Final = 4


def margin(metrics: Metrics) -> float:
    """Left of the names."""
    return 0.0 if metrics.paper else 16.0


def names_height(metrics: Metrics, lane: Lane) -> float:
    """The height that a lane's name and hint need."""
    room = metrics.names - margin(metrics) - 6 * metrics.k
    hint = lanes.subtitle(lane)
    title = len(wrap(lanes.title(lane), room, metrics.m, 600, 2).lines) * metrics.m * 1.2
    below = (
        len(wrap(hint, room, metrics.s, 400, HINT_LINES).lines) * metrics.s * 1.28 + 1.5 * metrics.k if hint else 0.0
    )
    return title + below
