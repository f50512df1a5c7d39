"""The fonts as ReportLab reads them, each parsed at its first use, and which of them sets which letters.

The chain of a text: its own family, then Inter's text cut, then Noto Sans. What none of them has, and what would
need shaping or right-to-left order that this painter cannot give, is told apart so that it is never drawn wrong.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Final, TypeAlias

from journeymap import resources

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

CHAINS: Final = {
    "Text": ("Text", "Noto"),
    "Display": ("Display", "Noto"),
    "Figures": ("Figures", "Text", "Noto"),
}
_UNSHAPED: Final = ((0x0590, 0x08FF), (0x0900, 0x109F), (0x1780, 0x18AF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFF))
"""Hebrew and Arabic with their relatives, the Indic scripts, Thai to Myanmar, Khmer, Mongolian."""

UNKNOWN: Final = 0.65
"""The advance of a box that stands for a missing character, in em; that of the fonts' own empty glyph."""

Run: TypeAlias = "tuple[TTFont | None, str]"
"""Letters that one font sets; None where nothing can set them."""


def family(size: float, *, figures: bool) -> str:
    """The cut for a size: tabular figures, Display from 20 up, else Text."""
    return "Figures" if figures else "Display" if size >= 20 else "Text"


def tracking(size: float) -> float:
    """Space added after each letter, in em: larger type is set tighter."""
    return 0.0 if size < 16 else -0.011 if size < 30 else -0.018 if size < 44 else -0.024


@cache
def face(family: str, weight: int) -> TTFont:
    """The font of a family and weight; Noto Sans has 400 and 600 only."""
    from reportlab.pdfbase.ttfonts import TTFont

    if family == "Noto":
        weight = 600 if weight >= 600 else 400
    return TTFont(f"JM{family}-{weight}", str(resources.font_file(family, weight)))


def unshaped(character: str) -> bool:
    """Whether a letter belongs to a script that needs shaping or runs from right to left."""
    code = ord(character)
    return code >= 0x590 and (
        any(first <= code <= last for first, last in _UNSHAPED) or unicodedata.bidirectional(character) in {"R", "AL"}
    )


@cache
def chooses(family: str, weight: int, character: str) -> TTFont | None:
    """The first font of the chain that has the character; None where none has, or it cannot be set rightly."""
    if unshaped(character):
        return None
    code = ord(character)
    for name in CHAINS[family]:
        font = face(name, weight)
        if code in font.face.charToGlyph:
            return font
    return None


def runs(text: str, family: str, weight: int) -> Iterator[Run]:
    """The text cut where the font changes: (font, letters); font None: nothing can set these."""
    if text.isascii() and text.isprintable():
        if text:
            yield face(family, weight), text
        return
    run, last = "", None
    for character in unicodedata.normalize("NFC", text):
        if not character.isprintable() and character not in "\u00a0\u202f\u2009":
            continue  # soft hyphens, joiners and control codes have no picture
        font = chooses(family, weight, character)
        if run and font is not last:
            yield last, run
            run = ""
        run, last = run + character, font
    if run:
        yield last, run


def advance(found: Iterable[Run], size: float, spacing: float) -> float:
    """How far the runs reach at `size`, with `spacing` after each letter, in points."""
    reach = 0.0
    for font, letters in found:
        if font is None:
            reach += len(letters) * UNKNOWN * size
        else:
            widths, default = font.face.charWidths, font.face.defaultWidth
            reach += sum([widths.get(ord(letter), default) for letter in letters]) * size / 1000
            reach += len(letters) * spacing
    return reach
