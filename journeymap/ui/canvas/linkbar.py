"""When the fields of a link are shown; they are made when they are first wanted, so that a map opens without them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.model.change import Change
from journeymap.model.records import Id, Link

if TYPE_CHECKING:
    from journeymap.ui.canvas.canvas import Canvas
    from journeymap.ui.canvas.linkfields import LinkFields


class Linkbar:
    """At most one link is edited at a time."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self.fields: LinkFields | None = None

    def open(self, link_id: Id | None, text: str | None = None) -> bool:
        """Opens at a link, with the keyboard on its words; `text` replaces them. False where there is no such link."""
        if self._canvas.map.document.get(Link, link_id) is None or self._canvas.map.session.read_only:
            return False
        if self.fields is None:
            from journeymap.ui.canvas.linkfields import LinkFields

            self.fields = LinkFields(self._canvas)
        return self.fields.open(link_id, text)

    def done(self) -> None:
        """Closes; what was typed counts."""
        if self.fields is not None:
            self.fields.done()

    def follow(self) -> None:
        """Stands at its link."""
        if self.fields is not None:
            self.fields.follow()

    def changed(self, change: Change) -> None:
        """The map has changed."""
        if self.fields is not None:
            self.fields.changed(change)
