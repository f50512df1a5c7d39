"""Where one stood in a map when it was closed: page, zoom, scroll, cell; written as JSON for the settings."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from journeymap.model.document import Document
from journeymap.model.records import Lane, Phase, Touchpoint
from journeymap.ui.canvas.view import LEAST, MOST
from journeymap.ui.selection import NOWHERE, Cell

if TYPE_CHECKING:
    from journeymap.ui.canvas.canvas import Canvas


def written(canvas: Canvas, page: str) -> str:
    """Where one stands now."""
    view, cell = canvas.view, canvas.selection.cell
    place = {"page": page, "zoom": round(view.zoom, 4), "x": view.x, "y": view.y}
    return json.dumps({**place, "lane": cell.lane, "touchpoint": cell.touchpoint, "phase": cell.phase})


def read(text: str) -> dict[str, Any]:
    """What was written; nothing where it is damaged."""
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def stand(canvas: Canvas, place: dict[str, Any]) -> None:
    """Shows the map where it was left, as far as it is still so large."""
    numbers = [place.get(name) for name in ("zoom", "x", "y")]
    if not all(isinstance(one, int | float) and math.isfinite(one) for one in numbers):
        return
    zoom, x, y = (float(one) for one in numbers if isinstance(one, int | float))
    # Held within limits as soon as the canvas has a size.
    canvas.view = replace(canvas.view, zoom=min(MOST, max(LEAST, zoom)), x=max(0, round(x)), y=max(0, round(y)))


def cell(document: Document, place: dict[str, Any]) -> Cell:
    """The cell of the keyboard; nowhere where it is gone."""
    lane, touchpoint, phase = (place.get(name) for name in ("lane", "touchpoint", "phase"))
    if not all(one is None or isinstance(one, str) for one in (lane, touchpoint, phase)):
        return NOWHERE
    there = document.get(Lane, lane), document.get(Touchpoint, touchpoint), document.get(Phase, phase)
    if any(wanted is not None and one is None for wanted, one in zip((lane, touchpoint, phase), there, strict=True)):
        return NOWHERE
    return Cell(lane, touchpoint, phase)
