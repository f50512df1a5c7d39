"""The program's own fonts in Qt: loaded from the resource files, the same that paper embeds."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from journeymap import resources

_FILES = tuple((family, weight) for family in ("Text", "Display", "Figures") for weight in (400, 500, 600, 700))
_FALLBACK = (("Noto", 400), ("Noto", 600))
_WIDE = ("JM Han", "JM Emoji")
DISPLAY_FROM = 20.0
"""The size from which the display cut is used."""


def load() -> None:
    """Makes the fonts known to Qt; once per application. A file that cannot be read leaves Qt's own font in place."""
    for family, weight in (*_FILES, *_FALLBACK):
        QFontDatabase.addApplicationFont(str(resources.font_file(family, weight)))
    for name in ("JM Text", "JM Display", "JM Figures"):
        QFont.insertSubstitutions(name, ["JM Noto", *_WIDE])


@cache
def load_wide() -> None:
    """Makes the ideographs and the emoji known to Qt, when the first of them is drawn: they are four megabytes."""
    for name in _WIDE:
        QFontDatabase.addApplicationFont(str(resources.font_file(name.removeprefix("JM "), 400)))


def tracking(size: float) -> float:
    """Letter spacing in em for a size in units of 100 % zoom (tokens, section 2)."""
    if size < 16:
        return 0.0
    return -0.011 if size < 30 else -0.018 if size < 44 else -0.024


@cache
def font(size: float, weight: int = 400, figures: bool = False) -> QFont:
    """The font for a text of `size` pixels: display cut for large sizes, tabular digits where they are figures.

    Hinting is off, so that letters stand where the measurer put them at every zoom.
    """
    family = "JM Figures" if figures else "JM Display" if size >= DISPLAY_FROM else "JM Text"
    made = QFont([family, "JM Noto", *_WIDE])
    if size == int(size):
        made.setPixelSize(int(size))
    else:
        screen = QGuiApplication.primaryScreen()
        made.setPointSizeF(size * 72 / (screen.logicalDotsPerInch() if screen else 96))
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    spacing = tracking(size)
    if spacing:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing * size)
    return made
