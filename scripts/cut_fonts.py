"""Cuts resources/fonts from Inter and Noto Sans, and resources/icons.json from Phosphor.

Run `python scripts/cut_fonts.py` with the `fonts` dependency group installed; the results are committed, so that
neither an installation nor the program's start has to cut fonts. Text is Inter at optical size 14, Display at 32;
Figures is Text with the digits' tabular forms in place of the proportional ones, because ReportLab knows no
OpenType features. Subset first, instantiate after: cutting a weight from the whole font takes seconds.
"""

from __future__ import annotations

import importlib.util
import io
import json
from pathlib import Path
from typing import Any

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

RESOURCES = Path(__file__).resolve().parents[1] / "resources"
FONTS = RESOURCES / "fonts"
"""Latin with its extensions, Greek, Cyrillic, punctuation, arrows, signs."""
BLOCKS = [
    (0x20, 0x17F), (0x180, 0x24F), (0x2B0, 0x2FF), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x4FF), (0x1E00, 0x1EFF),
    (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20BF), (0x2100, 0x214F), (0x2150, 0x218F), (0x2190, 0x21FF),
    (0x2200, 0x22FF), (0x25A0, 0x25FF), (0x2600, 0x26FF), (0x2700, 0x27BF), (0xFB00, 0xFB06), (0xFFFC, 0xFFFD),
]  # fmt: skip
DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]

ICONS = {
    "social": "share-network", "web": "browser", "email": "envelope-simple", "app": "device-mobile", "train": "train",
    "staff": "user", "voice": "megaphone", "shop": "storefront", "phone": "phone", "chat": "chat-circle", "sms": "chat-text",
    "letter": "envelope", "event": "calendar", "chatbot": "robot", "invoice": "receipt", "product": "package", "van": "truck",
    "tv": "television", "newspaper": "newspaper", "card": "credit-card", "desk": "bell-simple", "people": "users", "star": "star",
    "menu": "list", "undo": "arrow-u-up-left", "redo": "arrow-u-up-right", "search": "magnifying-glass", "plus": "plus",
    "minus": "minus", "close": "x", "check": "check", "caret-down": "caret-down", "caret-right": "caret-right",
    "caret-left": "caret-left", "caret-up": "caret-up", "eye": "eye", "eye-off": "eye-slash", "drag": "dots-six-vertical",
    "more": "dots-three", "present": "presentation-chart", "home": "house", "map": "map-trifold", "open": "folder-open",
    "table": "table", "palette": "palette", "shield": "shield-check", "trash": "trash", "link": "link-simple",
    "pencil": "pencil-simple", "copy": "copy", "database": "database", "warning": "warning-circle", "info": "info",
    "prohibit": "prohibit", "fingerprint": "fingerprint", "calendar": "calendar-blank", "hash": "hash", "gauge": "gauge",
    "quotes": "quotes", "user": "user", "arrow-right": "arrow-right", "arrow-up": "arrow-up", "arrow-down": "arrow-down",
    "refresh": "arrows-clockwise", "export": "export", "clock": "clock", "bookmark": "bookmark-simple", "flag": "flag",
    "lightning": "lightning", "target": "target", "note": "note", "image": "image", "sun": "sun", "moon": "moon",
    "history": "clock-counter-clockwise", "tag": "tag", "gear": "gear-six", "download": "download-simple",
}  # fmt: skip

OWN: dict[str, list[list[Any]]] = {
    "sidebar": [["M", 2, 4.5], ["C", 2, 3.7, 2.7, 3, 3.5, 3], ["L", 12.5, 3], ["C", 13.3, 3, 14, 3.7, 14, 4.5],
                ["L", 14, 11.5], ["C", 14, 12.3, 13.3, 13, 12.5, 13], ["L", 3.5, 13], ["C", 2.7, 13, 2, 12.3, 2, 11.5],
                ["Z"], ["M", 6.2, 3], ["L", 6.2, 13]],
    "sidebar-right": [["M", 2, 4.5], ["C", 2, 3.7, 2.7, 3, 3.5, 3], ["L", 12.5, 3], ["C", 13.3, 3, 14, 3.7, 14, 4.5],
                      ["L", 14, 11.5], ["C", 14, 12.3, 13.3, 13, 12.5, 13], ["L", 3.5, 13],
                      ["C", 2.7, 13, 2, 12.3, 2, 11.5], ["Z"], ["M", 9.8, 3], ["L", 9.8, 13]],
    "sign": [["M", 8, 1.8], ["L", 8, 14.2], ["M", 8, 3.6], ["L", 12.2, 3.6], ["L", 14, 5.5], ["L", 12.2, 7.4], ["L", 8, 7.4],
             ["M", 8, 8.2], ["L", 4, 8.2], ["L", 2.2, 10], ["L", 4, 11.8], ["L", 8, 11.8]],
    "kiosk": [["M", 5, 1.8], ["L", 11, 1.8], ["C", 11.6, 1.8, 12, 2.2, 12, 2.8], ["L", 12, 7.4], ["C", 12, 8, 11.6, 8.4, 11, 8.4],
              ["L", 5, 8.4], ["C", 4.4, 8.4, 4, 8, 4, 7.4], ["L", 4, 2.8], ["C", 4, 2.2, 4.4, 1.8, 5, 1.8], ["Z"],
              ["M", 8, 8.4], ["L", 8, 13.2], ["M", 5.2, 14], ["L", 10.8, 14], ["M", 6.4, 10.6], ["L", 9.6, 10.6]],
    "lane": [["M", 2, 4], ["L", 14, 4], ["M", 2, 8], ["L", 14, 8], ["M", 2, 12], ["L", 14, 12]],
    "curve": [["M", 1.8, 10.5], ["C", 4, 10.5, 4.2, 4, 7, 4], ["C", 9.8, 4, 9.8, 12, 12.2, 12],
              ["C", 13.4, 12, 13.7, 10.8, 14.2, 9.6]],
    "handover": [["M", 2, 8], ["L", 11, 8], ["M", 8, 5], ["L", 11, 8], ["L", 8, 11], ["M", 13.6, 3], ["L", 13.6, 13]],
    "split": [["M", 2, 8], ["L", 6, 8], ["C", 8.6, 8, 8.4, 4, 11, 4], ["L", 13.6, 4], ["M", 6, 8], ["C", 8.6, 8, 8.4, 12, 11, 12],
              ["L", 13.6, 12], ["M", 12, 2.2], ["L", 13.8, 4], ["L", 12, 5.8], ["M", 12, 10.2], ["L", 13.8, 12],
              ["L", 12, 13.8]],
}  # fmt: skip


def package_file(package: str, name: str) -> Path:
    """A file inside an installed package, found without importing it."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{package} is not installed: pip install --group fonts")
    return Path(spec.origin).parent / name


def subset(path: Path, layout: list[str]) -> TTFont:
    """The variable font of `path` with our characters only."""
    font = TTFont(path)
    options = Options()
    options.layout_features = layout
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.hinting = False
    options.glyph_names = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[c for a, b in BLOCKS for c in range(a, b + 1)])
    subsetter.subset(font)
    return font


def instance(variable: bytes, axes: dict[str, float], family: str, weight: int, target: Path) -> TTFont:
    """One static font, named so that Qt finds it by family and weight."""
    font = instantiateVariableFont(TTFont(io.BytesIO(variable)), axes, inplace=True)
    style = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}[weight]
    table = font["name"]
    for record in list(table.names):
        if record.nameID in {1, 2, 3, 4, 6, 16, 17, 21, 22, 25}:
            table.removeNames(nameID=record.nameID)
    legacy = (f"JM {family}", style) if weight in {400, 700} else (f"JM {family} {style}", "Regular")
    names = {1: legacy[0], 2: legacy[1], 3: f"JM{family}-{weight}", 4: f"JM {family} {style}", 6: f"JM{family}-{weight}",
             16: f"JM {family}", 17: style}  # fmt: skip
    for id_, text in names.items():
        table.setName(text, id_, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = 0x40 if weight == 400 else 0x20 if weight == 700 else 0x40
    font["head"].macStyle = 1 if weight == 700 else 0
    if "STAT" in font:
        del font["STAT"]
    font.save(target)
    return font


def figures(text: Path, weight: int) -> None:
    """The Text font of that weight with tabular digits, for numbers only."""
    font = TTFont(text)
    known = set(font.getGlyphOrder())
    tabular = {ord("0") + i: f"{name}.tf" for i, name in enumerate(DIGITS) if f"{name}.tf" in known}
    if len(tabular) != 10:
        raise SystemExit("Inter has no tabular digits under the expected names")
    for table in font["cmap"].tables:
        table.cmap.update(tabular)
    keep = [0x20, 0xA0, 0x202F, 0x2212, 0xB1, 0x2013, 0x2248, 0x20AC, 0xA3, 0x25, 0xB7, 0x2032, 0x2026, 0x2192]
    options = Options()
    options.layout_features, options.name_IDs, options.notdef_outline, options.glyph_names = [], ["*"], True, True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[*range(0x20, 0x17F), *keep])
    subsetter.subset(font)
    for record in font["name"].names:
        record.string = str(record).replace("JM Text", "JM Figures").replace("JMText", "JMFigures")
    font.save(FONTS / f"JMFigures-{weight}.ttf")


def widths() -> None:
    """Advance widths, ascent and descent of every font, so that measuring needs no font parser."""
    found = {}
    for path in sorted(FONTS.glob("*.ttf")):
        font = TTFont(path)
        metrics, cmap = font["hmtx"].metrics, font.getBestCmap()
        found[path.stem] = {
            "upm": font["head"].unitsPerEm,
            "ascent": font["hhea"].ascent,
            "descent": font["hhea"].descent,
            "default": metrics[".notdef"][0],
            "widths": {str(code): metrics[name][0] for code, name in sorted(cmap.items())},
        }
    (FONTS / "widths.json").write_text(json.dumps(found, separators=(",", ":")), encoding="utf-8")


def outline(glyphs: Any, name: str, upm: int, ascent: int) -> list[list[Any]]:
    """A glyph's outline as cubic path steps on a 16-unit square, y down."""
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)
    scale = 16 / upm
    steps: list[list[Any]] = []
    here = (0.0, 0.0)

    def at(point: tuple[float, float]) -> tuple[float, float]:
        return (point[0] * scale, (ascent - point[1]) * scale)

    def quadratic(control: tuple[float, float], end: tuple[float, float]) -> None:
        nonlocal here
        first = tuple(h + 2 / 3 * (c - h) for h, c in zip(here, control, strict=True))
        second = tuple(e + 2 / 3 * (c - e) for e, c in zip(end, control, strict=True))
        steps.append(["C", *first, *second, *end])
        here = end

    for verb, points in pen.value:
        if verb == "moveTo":
            here = at(points[0])
            steps.append(["M", *here])
        elif verb == "lineTo":
            here = at(points[0])
            steps.append(["L", *here])
        elif verb == "curveTo":
            placed = [at(p) for p in points]
            steps.append(["C", *placed[0], *placed[1], *placed[2]])
            here = placed[2]
        elif verb == "qCurveTo":
            placed = [at(p) for p in points]
            for i, control in enumerate(placed[:-1]):
                last = i == len(placed) - 2
                end = placed[-1] if last else tuple((a + b) / 2 for a, b in zip(control, placed[i + 1], strict=True))
                quadratic(control, end)  # type: ignore[arg-type]
        else:
            steps.append(["Z"])
    return [[step[0], *(round(v, 2) for v in step[1:])] for step in steps]


def icons() -> None:
    """Phosphor's outlines under our names, and our own."""
    folder = package_file("qtawesome", "fonts")
    font = TTFont(folder / "phosphor-1.3.0.ttf")
    names = json.loads((folder / "phosphor-charmap-1.3.0.json").read_text(encoding="utf-8"))
    glyphs, cmap = font.getGlyphSet(), font.getBestCmap()
    upm, ascent = font["head"].unitsPerEm, font["hhea"].ascent
    found: dict[str, Any] = {}
    for name, theirs in ICONS.items():
        code = int(names[theirs], 16)
        found[name] = {"fill": True, "steps": outline(glyphs, cmap[code], upm, ascent)}
    for name, steps in OWN.items():
        found[name] = {"fill": False, "steps": steps}
    (RESOURCES / "icons.json").write_text(json.dumps(found, separators=(",", ":")), encoding="utf-8")


def main() -> None:
    """Cuts everything."""
    FONTS.mkdir(parents=True, exist_ok=True)
    inter = subset(
        package_file("fontpkg_inter", "files/Inter[opsz,wght].ttf"),
        ["kern", "mark", "mkmk", "ccmp", "locl", "tnum", "calt"],
    )
    buffer = io.BytesIO()
    inter.save(buffer)
    for family, size in (("Text", 14), ("Display", 32)):
        for weight in (400, 500, 600, 700):
            instance(
                buffer.getvalue(), {"opsz": size, "wght": weight}, family, weight, FONTS / f"JM{family}-{weight}.ttf"
            )
    for weight in (400, 500, 600, 700):
        figures(FONTS / f"JMText-{weight}.ttf", weight)
    noto = subset(package_file("fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf"), ["kern", "mark", "mkmk", "ccmp"])
    buffer = io.BytesIO()
    noto.save(buffer)
    for weight in (400, 600):
        instance(buffer.getvalue(), {"wdth": 100, "wght": weight}, "Noto", weight, FONTS / f"JMNoto-{weight}.ttf")
    widths()
    icons()


if __name__ == "__main__":
    main()
