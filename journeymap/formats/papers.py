"""Paper sizes in points (1/72 inch), exact by ISO 216 and ANSI."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from journeymap.failure import Failure
from journeymap.i18n import _

MM: Final = 72 / 25.4
"""Points in a millimetre."""

SIZES: Final = {
    "A4": (210.0, 297.0),
    "A3": (297.0, 420.0),
    "A2": (420.0, 594.0),
    "A1": (594.0, 841.0),
    "A0": (841.0, 1189.0),
    "Letter": (215.9, 279.4),
    "Tabloid": (279.4, 431.8),
}
"""Width and height in millimetres, upright."""


class Paper(Struct, frozen=True):
    """A sheet: its name and its size in points as it lies."""

    name: str
    width: float
    height: float

    @property
    def factor(self) -> float:
        """How much larger than A3 it is when it lies across (1.43 for A2, 2.92 for A0); margins of 10 mm set aside."""
        margins = 2 * 28.0
        long, short = max(self.width, self.height), min(self.width, self.height)
        a3_long, a3_short = (side * MM for side in reversed(SIZES["A3"]))
        return min((long - margins) / (a3_long - margins), (short - margins) / (a3_short - margins))


def paper(name: str, orientation: str = "landscape") -> Paper:
    """The paper called `name` (any case), "landscape" or "portrait". Raises Failure for an unknown one."""
    known = {each.casefold(): each for each in SIZES}
    found = known.get(name.casefold())
    if found is None:
        raise Failure(_("There is no paper called “{name}”; choose one of {names}.").format(
            name=name, names=", ".join(SIZES)))  # fmt: skip
    if orientation not in {"landscape", "portrait"}:
        raise Failure(
            _("A page lies in “landscape” or stands in “portrait”, not in “{name}”.").format(name=orientation)
        )
    width, height = (side * MM for side in SIZES[found])
    return Paper(found, width, height) if orientation == "portrait" else Paper(found, height, width)


def larger(than: Paper) -> list[Paper]:
    """The ISO papers above `than`, smallest first, lying as it does."""
    orientation = "landscape" if than.width > than.height else "portrait"
    papers = [paper(name, orientation) for name in ("A4", "A3", "A2", "A1", "A0")]
    return [each for each in papers if each.width * each.height > than.width * than.height * 1.01]
