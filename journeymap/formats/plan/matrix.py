"""Impact against effort: a bubble for each action, larger where it answers a more frequent pain."""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, pi, sin, sqrt

from msgspec import Struct

from journeymap.formats.plan.flow import Flow
from journeymap.formats.plan.rows import impact_of
from journeymap.i18n import _
from journeymap.model.document import Document
from journeymap.model.records import Action, Id

LARGEST = 17.0
SMALLEST = 6.0
NAMES = 15.0
"""What the names of the quadrants take at the top and the foot."""


class Bubble(Struct):
    """An action at its place; x and y from 0 to 1, y upwards; radius in points of A4."""

    action: Action
    x: float
    y: float
    radius: float


def bubbles(
    document: Document, reach: Mapping[Id, float], width: float, height: float
) -> tuple[list[Bubble], list[Action]]:
    """The actions that have an effort and an impact, moved apart where they would hide each other; and the others."""
    placed, left_out = [], []
    longest = max(reach.values(), default=0.0) or 1.0
    for action in document.all(Action):
        impact = impact_of(document, action)
        if action.effort is None or impact is None:
            left_out.append(action)
            continue
        radius = max(SMALLEST, LARGEST * sqrt(reach.get(action.id, 0.0) / longest))
        placed.append(Bubble(action, (action.effort - 0.5) / 5, (impact - 0.5) / 5, radius))
    _part(placed, width, height)
    return placed, left_out


def _part(placed: list[Bubble], width: float, height: float) -> None:
    """Pushes overlapping bubbles apart, a little at a time; equal scores stay neighbours."""
    for turn in range(60):
        moved = False
        for i, one in enumerate(placed):
            for other in placed[:i]:
                dx, dy = (one.x - other.x) * width, (one.y - other.y) * height
                distance, wanted = sqrt(dx * dx + dy * dy), one.radius + other.radius + 1.5
                if distance >= wanted:
                    continue
                angle = (i + turn) * pi * 0.7 if distance < 0.01 else 0.0
                ux, uy = (cos(angle), sin(angle)) if distance < 0.01 else (dx / distance, dy / distance)
                step = (wanted - distance) / 2
                one.x, one.y = one.x + ux * step / width, one.y + uy * step / height
                other.x, other.y = other.x - ux * step / width, other.y - uy * step / height
                moved = True
        for one in placed:
            one.x = min(max(one.x, (one.radius + 4) / width), 1 - (one.radius + 4) / width)
            one.y = min(max(one.y, (one.radius + NAMES) / height), 1 - (one.radius + NAMES) / height)
        if not moved:
            return


def matrix(flow: Flow, reach: Mapping[Id, float], x: float, y: float, width: float, height: float) -> None:
    """Draws the section with its heading into the given rectangle."""
    ink = flow.page.ink()
    ink.line(0, 0, width, 0, "text", 1)
    ink.text(0, 16, _("Impact and effort"), 10, 600)
    ink.text(width, 16, _("area: how frequent the pain is"), 7, 400, "text3", anchor="end")
    left, top = 14.0, 28.0
    wide, high = width - left, height - top - 16
    high -= 10 if _unplaced(flow.document) else 0
    placed, left_out = bubbles(flow.document, reach, wide, high)
    ink.box(left, top, wide / 2, high / 2, "brand1")
    ink.box(left, top, wide, high, None, ink.pen("border", 0.6))
    ink.line(left + wide / 2, top, left + wide / 2, top + high, "border", 0.6)
    ink.line(left, top + high / 2, left + wide, top + high / 2, "border", 0.6)
    for name, at, base, anchor, colour in (
        (_("Do first"), left + 6, top + 11, "start", "brand"), (_("Plan well"), left + wide - 6, top + 11, "end", "text2"),
        (_("Fill in"), left + 6, top + high - 5.5, "start", "text2"),
        (_("Leave"), left + wide - 6, top + high - 5.5, "end", "text2"),
    ):  # fmt: skip
        ink.text(at, base, name, 7, 600, colour, anchor=anchor)
    ink.text(left + wide / 2, top + high + 11, _("effort →"), 7, 400, "text3", anchor="middle")
    ink.text(6, top + high / 2, _("impact →"), 7, 400, "text3", anchor="middle", rotate=-90)
    if left_out:
        names = ", ".join(f"A{action.number}" for action in left_out)
        note = _("Without effort or impact: {actions}").format(actions=names)
        ink.text(left, top + high + 22, note, 7, 400, "text3", room=wide)
    flow.page.put(ink, "summary", x, y, width, height, alt=_("Impact and effort of the actions"))
    for bubble in placed:
        _bubble(flow, bubble, x + left + bubble.x * wide, y + top + (1 - bubble.y) * high)


def _unplaced(document: Document) -> bool:
    return any(action.effort is None or impact_of(document, action) is None for action in document.all(Action))


def _bubble(flow: Flow, bubble: Bubble, x: float, y: float) -> None:
    ink, r = flow.page.ink(), bubble.radius
    ink.disc(r, r, r, "brand", opacity=0.22)
    ink.disc(r, r, r, None, ink.pen("brand", 0.8))
    size = 8.4 if r >= 9 else 7
    name = f"A{bubble.action.number}"
    if ink.width(name, size, 700) <= 2 * r - 2:
        ink.text(r, r + size * 0.35, name, size, 700, "brand_hi", anchor="middle")
    else:
        ink.text(2 * r + 2, r + size * 0.35, name, size, 700, "brand_hi")
    flow.page.put(ink, "action", x - r, y - r, 2 * r, 2 * r, link=bubble.action.id, alt=bubble.action.title, layer=3)
