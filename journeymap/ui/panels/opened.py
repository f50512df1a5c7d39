"""What rows of the outline are asked for, and what stands at the touchpoints that were opened in it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from journeymap.model import lanes
from journeymap.model.records import Id, Lane, Persona
from journeymap.ui.map import OpenMap
from journeymap.ui.panels import contents
from journeymap.ui.panels.contents import Content

ID = int(Qt.ItemDataRole.UserRole) + 1
NUMBER = ID + 1
"""Of a touchpoint along the journey; of a phase, how many touchpoints it has."""
TRUTH = ID + 2
VERDICT = ID + 3
"""The worst verdict of its figures."""
WHAT = ID + 4
"""What kind of row it is: GROUP, POINT or CONTENT."""
LANE = ID + 5
"""Of a content: the kind of its lane."""
WHOSE = ID + 6
"""Of a content: the hue of the persona whose it is, 0 for nobody."""
GROUP, POINT, CONTENT = "group", "touchpoint", "content"


class Opened:
    """What stands at the touchpoints that were opened in the tree: their places by key, and what a row shows of them."""

    def __init__(self, open_map: OpenMap) -> None:
        self._map = open_map
        self.contents: dict[str, Content] = {}
        self.key_of: dict[Id, str] = {}  # of records
        self.points: dict[Id, list[str]] = {}
        self.offered = ("", "")  # touchpoint and lane where one more text may be typed

    def clear(self) -> None:
        """Nothing is open."""
        for known in (self.contents, self.key_of, self.points):
            known.clear()

    def forget(self, point: Id) -> None:
        """A touchpoint has gone, or is closed for good."""
        for key in self.points.pop(point, ()):
            content = self.contents.pop(key, None)
            if content is not None and self.key_of.get(content.record) == key:
                del self.key_of[content.record]

    def gather(self, point: Id) -> list[str]:
        """The keys of what stands at a touchpoint now."""
        self.forget(point)
        offered = self.offered[1] if self.offered[0] == point else None
        found = contents.contents(self._map.document, point, offered) if point in self._map.document else []
        for one in found:
            self.contents[one.key] = one
            if one.record:
                self.key_of[one.record] = one.key
        self.points[point] = [one.key for one in found]
        return self.points[point]

    def is_new(self, key: str) -> bool:
        """Whether a place is the one that was offered."""
        one = self.contents.get(key)
        return one is not None and not one.record and (one.touchpoint, one.lane) == self.offered

    def data(self, content: Content, role: int) -> Any:
        """What a row shows of a place."""
        document = self._map.document
        lane = document.get(Lane, content.lane)
        if lane is None:
            return None
        text = contents.shown(document, content)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return text
            case Qt.ItemDataRole.EditRole:
                return content.spot.text
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return f"{lanes.title(lane)}: {text or lanes.prompt(lane.kind)}"
            case _ if role == ID:
                return content.record or None
            case _ if role == WHAT:
                return CONTENT
            case _ if role == LANE:
                return lane.kind
            case _ if role == WHOSE:
                return self._hue(content, lane)
        return None

    def _hue(self, content: Content, lane: Lane) -> int:
        record = self._map.document.record(content.record)
        who = self._map.document.get(Persona, getattr(record, "persona_id", None))
        if who is None and lane.kind == lanes.EMOTION:
            people = self._map.document.all(Persona)
            who = people[content.persona] if content.persona < len(people) else None
        return who.hue if who is not None else 0
