"""The fonts as ReportLab reads them, each parsed at its first use, and which of them sets which letters.

The chain is the measurer's (`model.text`): the asked-for family, Inter's text cut, Noto Sans, ideographs, emoji, and
for what none of them has a box, so that a line is as long here as it was measured.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from journeymap import resources
from journeymap.model import text as measure

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

_LAST: Final = ("Han", "Emoji")
_UNSHAPED: Final = ((0x0900, 0x109F), (0x1780, 0x18AF))
"""The Indic scripts, Thai to Myanmar, Khmer, Mongolian: letters that change with their neighbours."""


class Run(NamedTuple):
    """Letters that one font sets; `stands_for` holds the characters that boxes stand for, else ""."""

    font: TTFont
    drawn: str
    stands_for: str


def face(family: str, weight: int) -> TTFont:
    """The font of a family and weight; Noto Sans has 400 and 600 only, ideographs and emoji 400."""
    if family == "Noto":
        weight = 600 if weight >= 500 else 400
    return _parsed(family, 400 if family in _LAST else weight)


@cache
def _parsed(family: str, weight: int) -> TTFont:
    from reportlab.pdfbase.ttfonts import TTFont

    class Searchable(TTFont):  # type: ignore[misc]
        """ReportLab writes letters beyond U+FFFF with five digits into the table that text is searched by; a reader
        expects them in UTF-16 (PDF 32000-1, 9.10.3).
        """

        def addObjects(self, doc: Any) -> None:  # noqa: N802  (ReportLab's name)
            subsets = [list(subset) for subset in self.state[doc].subsets] if doc in self.state else []
            super().addObjects(doc)
            for number, subset in enumerate(subsets):
                table = doc.idToObject[f"toUnicodeCMap:{doc.idToObject[self._inner(doc, number)].BaseFont}"]
                for code in (code for code in subset if code > 0xFFFF):
                    utf16 = chr(code).encode("utf-16-be").hex().upper()
                    table.content = table.content.replace(f" <{code:04X}>\n", f" <{utf16}>\n")

        def _inner(self, doc: Any, number: int) -> str:
            return f"{doc.fontMapping[self.fontName].lstrip('/')}+{number}"

    kind = Searchable if family == "Emoji" else TTFont
    return kind(f"JM{family}-{weight}", str(resources.font_file(family, weight)))


def unshaped(character: str) -> bool:
    """Whether a letter belongs to a script that needs shaping or runs from right to left."""
    return unicodedata.bidirectional(character) in {"R", "AL"} or any(
        first <= ord(character) <= last for first, last in _UNSHAPED
    )


@cache
def _setting(character: str, family: str, weight: int) -> tuple[TTFont, bool]:
    """The font that sets a character and whether it has it; where none has, the one with the box."""
    code = ord(character)
    for name in (family, "Text", "Noto", *_LAST):
        font = face(name, weight)
        if code in font.face.charToGlyph:
            return font, True
    return face("Text", weight), False


def runs(text: str, size: float, weight: int, *, figures: bool) -> Iterator[Run]:
    """The text of one line cut where the font changes, in the order of reading."""
    family = measure.family(size, figures=figures)
    if text.isascii() and text.isprintable() and family != "Figures":
        if text:
            yield Run(face(family, weight), text, "")
        return
    run = ""
    last: tuple[TTFont, bool] | None = None
    for character in measure.clean(text).replace("\u00ad", ""):
        setting = _setting(character, family, weight)
        if last is not None and setting != last:
            yield _run(last, run)
            run = ""
        run, last = run + character, setting
    if last is not None:
        yield _run(last, run)


@cache
def kerning(name: str) -> dict[str, int]:
    """What the pairs of letters of a font move together or apart, in thousandths of an em; empty where titles need none."""
    if not name.startswith("JMDisplay-7"):
        return {}
    table = json.loads((resources.folder("fonts") / "kerning.json").read_text(encoding="utf-8"))
    found: dict[str, int] = table.get(name, {})
    return found


@cache
def bare(letter: str) -> str:
    """The letter without its accents."""
    return unicodedata.normalize("NFD", letter)[0]


def _run(setting: tuple[TTFont, bool], letters: str) -> Run:
    font, there = setting
    return Run(font, letters, "") if there else Run(font, measure.BOX * len(letters), letters)
