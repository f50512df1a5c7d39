"""Drawn heads for personas: flat, in the tints of the persona's hue, on a 64-unit disc.

Nothing is clipped, so that every painter draws the same: shoulders follow the disc's edge by construction. An avatar
is a skin, a head of hair and what a person wears; names are what `Persona.avatar` holds.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from msgspec import Struct

from journeymap.model.picture import Colour, Ellipse, Image, Item, Path, Stroke
from journeymap.model.records import Persona

Steps: TypeAlias = tuple[tuple[str | float, ...], ...]


class Head(Struct, frozen=True):
    """What an avatar is made of. hair: a key of HAIR or ""; tone: "dark" (the hue's own), "grey" or "black"."""

    skin: int
    hair: str
    tone: str = "dark"
    glasses: bool = False
    beard: bool = False
    collar: bool = False


HEADS: Final = {
    "long-hair": Head(0, "long"),
    "grey-glasses": Head(0, "sides", "grey", glasses=True, collar=True),
    "short-hair": Head(1, "short", collar=True),
    "bun": Head(1, "bun"),
    "curly": Head(2, "curly", "black"),
    "beard": Head(0, "short", beard=True),
    "bob-glasses": Head(1, "bob", glasses=True),
    "grey-bob": Head(0, "bob", "grey", collar=True),
    "headscarf": Head(1, "scarf"),
    "shaven": Head(2, "", collar=True),
}
"""Every avatar by its name, the first six in the order in which personas without one get them."""

SKINS: Final = (("#F3D0B8", "#E3B798"), ("#DDAE86", "#C8946A"), ("#9A6A48", "#7F5437"))
"""Skin and its shade."""

HAIR: Final[dict[str, tuple[Steps, Steps]]] = {
    "long": (
        (("M", 14.5, 48), ("C", 11, 24, 19, 9.5, 32, 9.5), ("C", 45, 9.5, 53, 24, 49.5, 48),
         ("C", 46, 52.5, 18, 52.5, 14.5, 48), ("Z",)),
        (("M", 21.4, 31.5), ("C", 20.4, 21, 24.6, 14.4, 32.4, 14.4), ("C", 39.2, 14.4, 43, 19.4, 42.8, 29.6),
         ("C", 39.2, 28, 36.6, 25, 35.6, 21.8), ("C", 32.8, 26.8, 27.2, 29.6, 21.4, 31.5), ("Z",)),
    ),
    "bob": (
        (("M", 17.5, 38), ("C", 15, 20, 21, 10, 32, 10), ("C", 43, 10, 49, 20, 46.5, 38),
         ("C", 44, 41, 20, 41, 17.5, 38), ("Z",)),
        (("M", 21.2, 28), ("C", 21, 18.5, 25, 13.6, 32, 13.6), ("C", 39, 13.6, 43, 18.5, 42.8, 28),
         ("C", 38, 24.6, 27, 23.6, 21.2, 28), ("Z",)),
    ),
    "bun": (
        (("M", 26.5, 11.5), ("C", 26.5, 4.6, 37.5, 4.6, 37.5, 11.5), ("C", 37.5, 16, 26.5, 16, 26.5, 11.5), ("Z",)),
        (("M", 20.8, 31), ("C", 19.6, 19, 24.4, 11.6, 32, 11.6), ("C", 39.6, 11.6, 44.4, 19, 43.2, 31),
         ("C", 41.8, 24.6, 38, 20.8, 32, 20.4), ("C", 26, 20.8, 22.2, 24.6, 20.8, 31), ("Z",)),
    ),
    "short": (
        (),
        (("M", 20.8, 29), ("C", 18.6, 18, 23.4, 10.8, 32.6, 10.8), ("C", 41, 10.8, 45.4, 17.6, 43.2, 29),
         ("C", 42.6, 24.4, 41.2, 21.8, 39.4, 20), ("C", 33.6, 21.6, 27.4, 20.8, 24, 18.8),
         ("C", 22.4, 21.4, 21.4, 24.6, 20.8, 29), ("Z",)),
    ),
    "curly": (
        (("M", 15.5, 30), ("C", 10.5, 24, 14, 16.5, 19.5, 16), ("C", 21, 9, 29, 6.6, 33, 9.6), ("C", 39, 6.6, 46, 11, 46, 17),
         ("C", 51.5, 19, 52, 27, 48, 31), ("C", 49, 37, 44, 40, 41, 38), ("L", 23, 38), ("C", 18, 40, 14.5, 35, 15.5, 30),
         ("Z",)),
        (("M", 21.4, 27), ("C", 21, 17, 26, 13, 32, 13), ("C", 38, 13, 43, 17, 42.6, 27), ("C", 40, 22.4, 37, 23.6, 35, 21.4),
         ("C", 32.4, 23.6, 30, 21, 28, 22.6), ("C", 25.4, 21.8, 23, 23.6, 21.4, 27), ("Z",)),
    ),
    "sides": (
        (),
        (("M", 21.4, 30.5), ("C", 18.2, 26.5, 18.4, 19.5, 22.8, 16), ("C", 24.2, 20, 21.6, 25, 22.6, 30.5), ("Z",),
         ("M", 42.6, 30.5), ("C", 45.8, 26.5, 45.6, 19.5, 41.2, 16), ("C", 39.8, 20, 42.4, 25, 41.4, 30.5), ("Z",)),
    ),
    "scarf": (
        (("M", 16.8, 40), ("C", 13.5, 21, 20.5, 9.6, 32, 9.6), ("C", 43.5, 9.6, 50.5, 21, 47.2, 40),
         ("C", 46, 50, 18, 50, 16.8, 40), ("Z",)),
        (("M", 21.4, 30), ("C", 20.6, 19.5, 25, 13.8, 32, 13.8), ("C", 39, 13.8, 43.4, 19.5, 42.6, 30),
         ("C", 41, 22.4, 37, 19.4, 32, 19.4), ("C", 27, 19.4, 23, 22.4, 21.4, 30), ("Z",)),
    ),
}  # fmt: skip
"""Hair behind the head and hair over the forehead."""

_SHOULDERS: Final[Steps] = (
    ("M", 9.2, 54.4), ("C", 12.6, 50.9, 20, 49.5, 32, 49.5), ("C", 44, 49.5, 51.4, 50.9, 54.8, 54.4),
    ("C", 48.9, 60.5, 40.7, 64, 32, 64), ("C", 23.3, 64, 15.1, 60.5, 9.2, 54.4), ("Z",),
)  # fmt: skip
_NECK: Final[Steps] = (("M", 26.8, 41), ("L", 37.2, 41), ("L", 37.2, 50), ("C", 37.2, 55, 26.8, 55, 26.8, 50), ("Z",))
_FACE: Final[Steps] = (
    ("M", 22.2, 28), ("C", 22.2, 20, 26.5, 15, 32, 15), ("C", 37.5, 15, 41.8, 20, 41.8, 28), ("L", 41.8, 31.5),
    ("C", 41.8, 39, 37.5, 44, 32, 44), ("C", 26.5, 44, 22.2, 39, 22.2, 31.5), ("Z",),
)  # fmt: skip
_COLLAR: Final[Steps] = (
    ("M", 25, 49.6), ("L", 32, 57), ("L", 39, 49.6), ("L", 42.4, 51), ("L", 37.4, 60), ("L", 32, 57), ("L", 26.6, 60),
    ("L", 21.6, 51), ("Z",),
)  # fmt: skip
_BEARD: Final[Steps] = (
    ("M", 22.4, 31), ("C", 24, 36.4, 28, 36.6, 32, 36.6), ("C", 36, 36.6, 40, 36.4, 41.6, 31),
    ("C", 42.4, 40.4, 38, 45.6, 32, 45.6), ("C", 26, 45.6, 21.6, 40.4, 22.4, 31), ("Z",),
)  # fmt: skip
_NOSE: Final[Steps] = (("M", 32.3, 32), ("C", 33, 33.8, 33, 35, 31.6, 35.3))
_MOUTH: Final[Steps] = (("M", 29.2, 38.9), ("C", 31, 40.3, 33.2, 40.3, 35, 38.9))


def portrait(persona: Persona, x: float, y: float, size: float, *, strong: bool = False) -> list[Item]:
    """A persona's picture, round, or else her drawn avatar; `size` wide, its upper left corner at (x, y)."""
    if persona.picture_hash:
        return [Image(x, y, size, size, persona.picture_hash, persona.name, round=True)]
    return avatar(persona.avatar, persona.hue, x, y, size, strong=strong)


def avatar(name: str, hue: int, x: float, y: float, size: float, *, strong: bool = False) -> list[Item]:
    """The avatar called `name` with its upper left corner at (x, y), `size` wide, in the tints of `hue` (1..6).

    An unknown or empty name gives the head that goes with the hue. `strong`: it stands on the hue's own tint.
    """
    hue = (hue - 1) % 6 + 1
    head = HEADS.get(name) or list(HEADS.values())[hue - 1]
    k = size / 64
    skin, shade = SKINS[head.skin]
    tone: Colour = {"dark": f"p{hue}t", "grey": "#FFFFFF", "black": "#2A2422"}[head.tone]
    behind, before = HAIR.get(head.hair, ((), ()))
    ink: Colour = "#2A2422"

    def place(steps: Steps, fill: Colour | None, line: Colour | None = None, width: float = 1.1) -> Path:
        moved = tuple(
            (step[0], *(float(v) * k + (y if i % 2 else x) for i, v in enumerate(step[1:]))) for step in steps
        )
        return Path(moved, fill, None if line is None else Stroke(line, width * k, cap="round"))

    def disc(cx: float, cy: float, r: float, fill: Colour | None, line: Colour | None = None) -> Ellipse:
        pen = None if line is None else Stroke(line, 1.2 * k)
        return Ellipse(x + cx * k, y + cy * k, r * k, r * k, fill, pen)

    found: list[Item] = [disc(32, 32, 32, f"p{hue}b")]
    if strong:
        found.append(Ellipse(x + 32 * k, y + 32 * k, 32 * k, 32 * k, f"p{hue}", None, 0.24))
    if behind:
        found.append(place(behind, tone))
    found += [place(_SHOULDERS, f"p{hue}"), place(_NECK, shade)]
    if head.collar:
        found.append(place(_COLLAR, "#FFFFFF"))
    if head.hair not in {"long", "scarf", "curly", "bob"}:
        found += [disc(21.6, 30.4, 2.8, shade), disc(42.4, 30.4, 2.8, shade)]
    found.append(place(_FACE, skin))
    if head.beard:
        found.append(place(_BEARD, tone))
    if before:
        found.append(place(before, tone))
    found += [
        disc(28, 31, 1.05, ink),
        disc(36, 31, 1.05, ink),
        place(_NOSE, None, shade),
        place(_MOUTH, None, "#B4573F"),
    ]
    if head.glasses:
        bridge: Steps = (("M", 31.2, 30.5), ("C", 31.7, 30.1, 32.3, 30.1, 32.8, 30.5))
        found += [disc(27.4, 30.8, 3.9, None, ink), disc(36.6, 30.8, 3.9, None, ink), place(bridge, None, ink)]
    return found
