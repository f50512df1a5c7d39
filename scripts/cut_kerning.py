"""Reads the pair kerning of the display fonts into resources/fonts/kerning.json.

Run `python scripts/cut_kerning.py` after cut_fonts.py. ReportLab sets glyphs by their advances only; large type shows
it, so its painter places the letters of titles by this table. Pairs of the Latin letters, digits and marks that titles
are made of, in thousandths of an em; format of the source: OpenType GPOS, lookup type 2 (pair adjustment).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[1] / "resources" / "fonts"
LETTERS = [*map(chr, range(0x20, 0x7F)), "ß", "–", "—", "‘", "’", "“", "”", "„", "…", "−"]
"""Letters with accents are set like the letters under them."""
LEAST = 8
"""Smaller moves, in 2048ths of an em, cannot be seen."""


def lookups(font: TTFont) -> list[Any]:
    """The pair lookups of the feature `kern`, as lists of subtables."""
    table = font["GPOS"].table
    wanted = sorted(
        {
            i
            for each in table.FeatureList.FeatureRecord
            if each.FeatureTag == "kern"
            for i in each.Feature.LookupListIndex
        }
    )
    found = []
    for i in wanted:
        subtables = [getattr(one, "ExtSubTable", one) for one in table.LookupList.Lookup[i].SubTable]
        found.append([one for one in subtables if one.LookupType == 2])
    return found


def adjustment(subtables: list[Any], left: str, right: str) -> int | None:
    """What the first subtable that knows the pair adds to the left glyph's advance; None where none knows it."""
    for one in subtables:
        if left not in one.Coverage.glyphs:
            continue
        if one.Format == 1:
            pairs = one.PairSet[one.Coverage.glyphs.index(left)].PairValueRecord
            value = next((pair.Value1 for pair in pairs if pair.SecondGlyph == right), None)
            if value is None:
                continue
        else:
            first, second = one.ClassDef1.classDefs.get(left, 0), one.ClassDef2.classDefs.get(right, 0)
            value = one.Class1Record[first].Class2Record[second].Value1
        return getattr(value, "XAdvance", 0) or 0 if value is not None else 0
    return None


def kerning(path: Path) -> dict[str, int]:
    """{two letters: units to add between them} of one font."""
    font = TTFont(path)
    cmap, tables = font.getBestCmap(), lookups(font)
    letters = [letter for letter in LETTERS if ord(letter) in cmap]
    found = {}
    for left in letters:
        for right in letters:
            values = (adjustment(subtables, cmap[ord(left)], cmap[ord(right)]) for subtables in tables)
            total = sum(value for value in values if value)
            if abs(total) >= LEAST:
                found[left + right] = round(total / font["head"].unitsPerEm * 1000)
    return found


def main() -> None:
    """Writes the table of the weight that titles have."""
    found = {f"JMDisplay-{weight}": kerning(FONTS / f"JMDisplay-{weight}.ttf") for weight in (700,)}
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (FONTS / "kerning.json").write_text(text + "\n", encoding="utf-8")
    print({name: len(pairs) for name, pairs in found.items()}, len(text))


if __name__ == "__main__":
    main()
