"""Colour tokens of the three grounds (light, dark, print), a client's brand kit, and the arithmetic of contrast.

Pictures name tokens ("brand", "p1t"); painters look them up here, so one picture serves every ground. The values
are those of the design's token table; what a brand kit may replace is said at `branded`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final, TypeAlias

Theme: TypeAlias = Mapping[str, str]
"""Token → "#RRGGBB"."""

LIGHT: Final[Theme] = {
    "ground": "#F4F3F0", "panel": "#FBFAF8", "card": "#FFFFFF", "stage0": "#FFFFFF", "wash": "#F6F9F9",
    "stage1": "#F8F7F4", "stage2": "#F1EFEB", "stage3": "#EAE7E2", "sunk": "#ECEAE5", "hover": "#EFEDE9",
    "hair": "#E5E2DC", "border": "#D2CEC6", "control": "#8A867E",
    "text": "#1B1B19", "text2": "#48463F", "text3": "#67645C",
    "brand": "#0F5C63", "on_brand": "#FFFFFF", "brand_hi": "#0B474D",
    "brand1": "#EDF4F4", "brand2": "#DCE9E9", "brand3": "#B9D2D3",
    "phase": "#0F5C63", "on_phase": "#FFFFFF", "on_phase2": "#CFE2E3",
    "p1": "#4F55D6", "p1t": "#4044BF", "p1b": "#E9EAFA", "p2": "#CF6500", "p2t": "#A25000", "p2b": "#FBEDE0",
    "p3": "#6B0062", "p3t": "#6B0062", "p3b": "#F2E6F1", "p4": "#2E3700", "p4t": "#2E3700", "p4b": "#ECEDE5",
    "p5": "#5E99C3", "p5t": "#2F6E99", "p5b": "#E6EFF6", "p6": "#635447", "p6t": "#635447", "p6b": "#EFEDEB",
    "pain": "#9B1935", "painb": "#FAEBEE", "trough": "#FAEBEE",
    "met": "#1E9A85", "mett": "#14705F", "metb": "#E4F3EF",
    "open": "#AE7200", "opent": "#7A5400", "openb": "#FAF2DD",
    "missed": "#9B1935", "missedt": "#9B1935", "missedb": "#FAEBEE",
    "nonet": "#48463F", "noneb": "#F3F1EE",
}  # fmt: skip

DARK: Final[Theme] = {
    "ground": "#141617", "panel": "#1B1E1F", "card": "#232728", "stage0": "#181B1C", "wash": "#1A1F20",
    "stage1": "#161819", "stage2": "#121415", "stage3": "#0E1011", "sunk": "#101213", "hover": "#292D2F",
    "hair": "#2B2F31", "border": "#3A4042", "control": "#7C8588",
    "text": "#ECEAE6", "text2": "#C3C2BD", "text3": "#9C9D9A",
    "brand": "#57B7BC", "on_brand": "#062427", "brand_hi": "#7CCBCF",
    "brand1": "#1C2C2E", "brand2": "#20393B", "brand3": "#2C5154",
    "phase": "#1D4A4E", "on_phase": "#EAF6F6", "on_phase2": "#A9D0D2",
    "p1": "#8E94FF", "p1t": "#A6ABFF", "p1b": "#262848", "p2": "#F0913D", "p2t": "#F5A45C", "p2b": "#3A2816",
    "p3": "#C56092", "p3t": "#D87FAA", "p3b": "#35212B", "p4": "#F2DD86", "p4t": "#F2DD86", "p4b": "#35321F",
    "p5": "#8DEFFA", "p5t": "#8DEFFA", "p5b": "#1C3438", "p6": "#C5B5AD", "p6t": "#C5B5AD", "p6b": "#302C2A",
    "pain": "#F0668A", "painb": "#3A1C26", "trough": "#2A1B20",
    "met": "#84E6CF", "mett": "#84E6CF", "metb": "#15302B",
    "open": "#E4AE37", "opent": "#E4AE37", "openb": "#332911",
    "missed": "#E85079", "missedt": "#F0668A", "missedb": "#3A1C26",
    "nonet": "#C3C2BD", "noneb": "#202425",
}  # fmt: skip

PRINT: Final[Theme] = {
    **LIGHT,
    "ground": "#FFFFFF",
    "panel": "#FFFFFF",
    "stage1": "#FAF9F7",
    "stage2": "#F4F2EE",
    "stage3": "#EEEBE6",
}

PERSONA_HUES: Final = 6


def value(theme: Theme, colour: str) -> str:
    """The "#RRGGBB" of a token, or the colour itself where it already is one."""
    return theme.get(colour, colour)


def branded(theme: Theme, colour: str) -> Theme:
    """`theme` with a client's `colour` ("#RRGGBB"): brand and phase tokens and the wash change, nothing else.

    The steps are taken in OKLCH: tints 7, 14, 28 % over the sheet (dark 11, 19, 34 %), wash 4 %, phase at lightness
    .37 on dark. A colour under 3:1 on white serves phases only; `brand` is the text colour then. On dark ground the
    brand is lightened until it reaches 4.5:1. Raises ValueError for what is no "#RRGGBB".
    """
    dark = luminance(theme["stage0"]) < 0.2
    _, chroma, hue = oklch(colour)
    brand = _readable(theme, colour, dark=dark)
    shares = (0.11, 0.19, 0.34) if dark else (0.07, 0.14, 0.28)
    phase = from_oklch(0.37, chroma, hue) if dark else colour
    on_phase = _ink(phase, theme)
    step = 0.07 if dark else -0.07
    level, strength, angle = oklch(brand)
    kit = {
        "brand": brand,
        "on_brand": _ink(brand, theme),
        "brand_hi": from_oklch(min(1.0, max(0.0, level + step)), strength, angle),
        "wash": over(colour, theme["stage0"], 0.04),
        "phase": phase,
        "on_phase": on_phase,
        "on_phase2": _quieter(on_phase, phase),
    }
    kit |= {f"brand{i}": over(brand, theme["stage0"], share) for i, share in enumerate(shares, 1)}
    return {**theme, **kit}


def _readable(theme: Theme, colour: str, *, dark: bool) -> str:
    if not dark:
        return colour if contrast(colour, "#FFFFFF") >= 3.0 else theme["text"]
    lightness, chroma, hue = oklch(colour)
    while contrast(colour, theme["stage0"]) < 4.5 and lightness < 1.0:
        lightness += 0.02
        colour = from_oklch(lightness, chroma, hue)
    return colour


def _ink(ground: str, theme: Theme) -> str:
    """White, or the darkest text, whichever can be read on `ground`."""
    if contrast("#FFFFFF", ground) >= 4.5:
        return "#FFFFFF"
    dark = min(theme["text"], theme["stage0"], "#1B1B19", key=luminance)
    return max(
        (dark, "#000000", "#FFFFFF"), key=lambda ink: (contrast(ink, ground) >= 4.5, ink == dark, contrast(ink, ground))
    )


def _quieter(ink: str, ground: str) -> str:
    """`ink` mixed towards `ground` as far as 4.5:1 allows, at most 20 %."""
    for percent in range(80, 100, 4):
        mixed = over(ink, ground, percent / 100)
        if contrast(mixed, ground) >= 4.5:
            return mixed
    return ink


# ---------------------------------------------------------------- arithmetic


def rgb(colour: str) -> tuple[float, float, float]:
    """Red, green, blue in 0..1 of "#RRGGBB". Raises ValueError."""
    digits = colour.removeprefix("#")
    if len(digits) != 6:
        raise ValueError(f"not a colour of the form #RRGGBB: {colour!r}")
    red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


def _hex(red: float, green: float, blue: float) -> str:
    return "#" + "".join(f"{round(min(1.0, max(0.0, part)) * 255):02X}" for part in (red, green, blue))


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _gamma(part: float) -> float:
    part = min(1.0, max(0.0, part))
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2 (definition "relative luminance")."""
    red, green, blue = (_linear(part) for part in rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio 1..21, WCAG 2.2 (definition "contrast ratio")."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def over(top: str, ground: str, share: float) -> str:
    """`top` at opacity `share` painted over `ground`."""
    red, green, blue = (share * a + (1 - share) * b for a, b in zip(rgb(top), rgb(ground), strict=True))
    return _hex(red, green, blue)


def oklch(colour: str) -> tuple[float, float, float]:
    """Lightness 0..1, chroma and hue in degrees (Ottosson, "A perceptual color space for image processing", 2020)."""
    red, green, blue = (_linear(part) for part in rgb(colour))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def from_oklch(lightness: float, chroma: float, hue: float) -> str:
    """The nearest "#RRGGBB" of an OKLCH colour; chroma is lowered until it can be shown."""
    for share in (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1):
        parts = _linear_rgb(lightness, chroma * share, hue)
        if all(-0.002 <= part <= 1.002 for part in parts):
            break
    else:
        parts = _linear_rgb(lightness, 0.0, hue)
    return _hex(*(_gamma(part) for part in parts))


def _linear_rgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
