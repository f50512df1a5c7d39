"""The pages of a persona: a band in her tint with portrait, name, words and what she is known from; then columns."""

from __future__ import annotations

from typing import Final

from msgspec import Struct, field

from journeymap.formats import compose
from journeymap.formats.ink import Ink
from journeymap.formats.personas.parts import Sheet, known_from, prose
from journeymap.formats.personas.placing import GUTTER, Section
from journeymap.formats.plan.flow import MARGIN, WIDE, Flow
from journeymap.i18n import _
from journeymap.model import shapes
from journeymap.model import text as measure
from journeymap.model.avatars import portrait

_NAMES: Final = (43.0, 36.0, 30.0, 25.0, 21.0)
_QUOTES: Final = (17.4, 14.5, 12.0)
_MOST: Final = 5
"""Lines of a quote in the band; a longer one has a section of its own."""
AGAIN: Final = 46.0
"""The band of a further page."""


class Air(Struct, frozen=True):
    """How generously a page is set: between rows, the height of the curve, how many figures beside everybody's; `close`
    sets the band smaller too.
    """

    below: float
    curve: float
    figures: int
    close: bool = False


AIRS: Final = (Air(20, 122, 8), Air(16, 112, 6), Air(12, 98, 4), Air(12, 92, 3, close=True))
"""The first that leaves a persona on one page is taken."""


class Pages(Flow):
    """Pages of personas, one after another; `over` is what found no room in the band of the current one."""

    over: list[Section] = field(default_factory=list)
    air: Air = AIRS[0]
    _known: Sheet | None = None
    _whose: str = ""

    @property
    def columns(self) -> int:
        """How many sections stand side by side."""
        return 4 if self.right - self.left > WIDE else 3

    @property
    def column(self) -> float:
        """The width of one."""
        return (self.right - self.left - (self.columns - 1) * GUTTER) / self.columns

    @property
    def top_again(self) -> float:
        """Where content begins on a further page."""
        return AGAIN + 24

    def begin(self, known: Sheet, number: int, count: int) -> None:
        """The first page of a persona."""
        self._known, self.over = known, []
        self._whose = _("Persona {number} of {count}").format(number=number, count=count)
        persona = known.persona
        self._page()
        self.page.mark(persona.name or _("No name"), 0, 0)
        flat = self.columns > 3
        side = 96.0 if flat else 112.0 if self.air.close else 132.0
        top = 54.0 if flat else 66.0
        ink = self.page.ink()
        ink.add(portrait(persona, 0, 0, side * self.k, strong=True))
        x = side + 24
        foot = self._words(ink, x, known, flat=flat)
        height = max(top + side, top + foot) + (18 if flat else 12 + self.air.below)
        self._band(height)
        self.page.put(ink, "persona", self.left, top, self.right - self.left, max(side, foot), record=persona.id,
                      alt=", ".join(part for part in (persona.name, known.line) if part))  # fmt: skip
        self.y = height + 24

    def turn_again(self) -> None:
        """A further page of the same persona."""
        known = self._known
        assert known is not None
        self._page()
        self._band(AGAIN)
        self.y = self.top_again

    # ------------------------------------------------------------ drawing

    def _page(self) -> None:
        from journeymap.formats.ink import Page

        self.pages.append(Page(self.paper.width, self.paper.height, self.k))

    def _band(self, height: float) -> None:
        """The tinted ground behind what stands at the top, with the running head."""
        known = self._known
        assert known is not None
        wide = self.paper.width / self.k
        ground = self.page.ink()
        ground.box(0, 0, wide, height, f"p{known.hue}b")
        self.page.put(ground, "ground", 0, 0, wide, height, layer=0)
        ink, across = self.page.ink(), self.right - self.left
        compose.mark(ink, 0, 0, 13)
        end = across - ink.text(across, 10, self._whose, 8.4, 400, "text2", anchor="end")
        if compose.example(self.document):
            end -= 12 + ink.text(end - 12, 10, compose.example(self.document), 8.4, 500, "pain", anchor="end")
        x = 19.0
        if height > AGAIN:
            client = compose.client(self.document) or self.document.map.title
            x += ink.text(x, 10, client, 8.4, 600, room=(end - x) * 0.6) + 6
            ink.text(x, 10, self.document.map.team, 8.4, 400, "text2", room=max(end - x - 12, 1))
        else:
            ink.add(shapes.marker((x + 4) * self.k, 6.6 * self.k, 3.6 * self.k, known.hue))
            name = _("{name}, continued").format(name=known.persona.name or _("No name"))
            ink.text(x + 12, 10, name, 8.4, 600, room=end - x - 24)
        self.page.put(ink, "title", MARGIN, 30 if height > AGAIN else 17, across, 14, record=self.document.map.id)

    def _words(self, ink: Ink, x: float, known: Sheet, *, flat: bool) -> float:
        """Name, line, quote, evidence; the lower edge."""
        persona, room = known.persona, self.right - self.left - x
        y = self._name(ink, x, room, known, 36.0 if flat or self.air.close else 43.0)
        if known.line:
            y = ink.block(x, y, room, known.line, 12, 400, "text2", leading=1.3, most=6)
        y += 8 if flat else 10
        if known.quote:
            sizes = _QUOTES[self.air.close :]
            size = next((one for one in sizes if self._lines(known.quote, room, one) <= 2), _QUOTES[-1])
            if self._lines(known.quote, room, size) <= _MOST:
                y = ink.block(x, y, room, known.quote, size, 500, leading=1.3) + 10
            else:
                self.over.append(prose(self, _("Says"), known.quote, persona.id))
        said = known_from(known)
        if said and self._lines(said, room, 7) <= _MOST:
            head = ink.text(x, y + 8, _("Real voices"), 7, 600, "text2") + 5
            if ink.width(said, 7) <= room - head:
                ink.text(x + head, y + 8, said, 7, 400, "text2")
                return y + 11
            return ink.block(x, y + 10, room, said, 7, 400, "text2", leading=1.3)
        if said:
            self.over.append(prose(self, _("Real voices"), said, persona.id))
        return y

    def _name(self, ink: Ink, x: float, room: float, known: Sheet, most: float) -> float:
        name, gap = known.persona.name or _("No name"), 26.0
        for size in _NAMES:
            if size <= most and ink.width(name, size, 700) <= room - gap:
                used = ink.text(x - size * 0.04, size * 0.88, name, size, 700)
                r = size * 0.16
                ink.add(shapes.marker((x + used + 9 + r) * self.k, size * 0.62 * self.k, r * self.k, known.hue))
                return size * 1.12
        ink.add(shapes.marker((x + 4) * self.k, 4 * self.k, 4 * self.k, known.hue))
        return ink.block(x, 12, room, name, 21, 700, leading=1.15, most=6)

    def _lines(self, words: str, room: float, size: float) -> int:
        return len(measure.wrap(words, room * self.k, size * self.k, 500, 10**6).lines)
