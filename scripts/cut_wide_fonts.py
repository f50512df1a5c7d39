"""Cuts JMHan (Chinese and Japanese) and JMEmoji, the fonts of last resort, and their table of widths.

    apt-get download fonts-droid-fallback && dpkg -x fonts-droid-fallback_*.deb droid        (Apache-2.0)
    npm pack @fontsource/noto-emoji && tar xf fontsource-noto-emoji-*.tgz                     (OFL)
    python scripts/cut_wide_fonts.py droid/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf \
        package/files/noto-emoji-emoji-400-normal.woff

Droid Sans Fallback is the one permissive face with TrueType outlines (ReportLab reads no others) that holds the
ideographs of both languages in four megabytes; it has no Hangul. The emoji are line drawings, not colour pictures:
they print in one ink like the words around them. Both in one weight; the results are committed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[1] / "resources" / "fonts"
HAN = [(0x2E80, 0x30FF), (0x3100, 0x312F), (0x3190, 0x33FF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F),
       (0xFF00, 0xFFEF)]  # fmt: skip
EMOJI = [(0x203C, 0x2049), (0x2139, 0x21FF), (0x2300, 0x23FF), (0x24C2, 0x27BF), (0x2934, 0x2B55), (0x1F000, 0x1FAFF)]


def cut(source: Path, family: str, blocks: list[tuple[int, int]]) -> TTFont:
    """The characters of `blocks` in a font of that name, without hints and without ligatures."""
    font = TTFont(source)
    options = Options()
    options.layout_features, options.hinting, options.glyph_names, options.notdef_outline = [], False, False, True
    options.name_IDs = ["*"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in blocks for code in range(first, last + 1)])
    subsetter.subset(font)
    table = font["name"]
    for record in list(table.names):
        if record.nameID in {1, 2, 3, 4, 6, 16, 17}:
            table.removeNames(nameID=record.nameID)
    for id_, text in {
        1: f"JM {family}",
        2: "Regular",
        3: f"JM{family}-400",
        4: f"JM {family}",
        6: f"JM{family}-400",
    }.items():
        table.setName(text, id_, 3, 1, 0x409)
    font.flavor = None
    font.save(FONTS / f"JM{family}-400.ttf")
    return font


def widths(font: TTFont) -> dict[str, object]:
    """Advances as runs [first, last, advance]: nearly all are as wide as they are high."""
    metrics = font["hmtx"].metrics
    runs: list[list[int]] = []
    for code, name in sorted(font.getBestCmap().items()):
        advance = metrics[name][0]
        if runs and runs[-1][1] == code - 1 and runs[-1][2] == advance:
            runs[-1][1] = code
        else:
            runs.append([code, code, advance])
    return {"upm": font["head"].unitsPerEm, "runs": runs}


def main() -> None:
    """Cuts both."""
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    fonts = {"JMHan-400": cut(Path(sys.argv[1]), "Han", HAN), "JMEmoji-400": cut(Path(sys.argv[2]), "Emoji", EMOJI)}
    table = {name: widths(font) for name, font in fonts.items()}
    (FONTS / "wide.json").write_text(json.dumps(table, separators=(",", ":")), encoding="utf-8")


if __name__ == "__main__":
    main()
