"""Picture items as PDF operators: one page after another, flat vector, text that can be selected.

Operators follow ISO 32000-1, chapters 8 and 9. A page's stream is written here rather than by the canvas's own calls:
state that is set already is not set again, which halves the stream and the time. y is turned upwards number by number,
so that text matrices stay plain and every reader extracts the words in order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import cos, radians, sin
from typing import TYPE_CHECKING, Final

from journeymap.formats import faces
from journeymap.model import text as measure
from journeymap.model.picture import Box, Chart, Ellipse, Group, Image, Item, Line, Path, Stroke, Text, placed

if TYPE_CHECKING:
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

KAPPA: Final = 0.5522847
"""Control length of the Bézier quarter of a circle."""
MOST_PIXELS: Final = 50_000_000
"""A picture that announces more is not decoded; what this program keeps is far smaller."""
HAIR: Final = 0.25
"""The thinnest line that a press still prints, in points."""
_ESCAPES: Final = [
    f"\\{byte:03o}" if byte < 32 or byte > 126 else ("\\" + chr(byte) if chr(byte) in "\\()" else chr(byte))
    for byte in range(256)
]

Pictures = Callable[[str], bytes | None]
"""The bytes of an attached picture by its content hash, or None."""


class Painter:
    """Paints groups on the current page of a ReportLab canvas; remembers the characters that no font has."""

    def __init__(self, canvas: Canvas, colours: Mapping[str, str], pictures: Pictures) -> None:
        self.canvas = canvas
        self.missing: dict[str, None] = {}
        self._colours = colours
        self._pictures = pictures
        self._rgb: dict[str, str] = {}
        self._read: dict[str, ImageReader | None] = {}
        self.turn_page(0.0)

    def turn_page(self, height: float) -> None:
        """Begins a page of `height` points, where nothing is set yet."""
        self._top = height
        self._out: list[str] = []
        self._state: dict[str, object] = {}
        self._alpha = 1.0

    def paint(self, groups: Iterable[Group]) -> None:
        """Paints the groups in the given order and hands the operators to the canvas."""
        for group in groups:
            for item in group.items:
                self._item(item, group.x, group.y)
        self._transparency(1.0)
        self._flush()

    def _flush(self) -> None:
        if self._out:
            self.canvas.addLiteral("\n".join(self._out))
            self._out = []

    def _item(self, item: Item, x: float, y: float) -> None:
        match item:
            case Text():
                self._text(item, x, y)
            case Box():
                self._box(item, x, y)
            case Line():
                self._line(item, x, y)
            case Path():
                self._path(item, x, y)
            case Ellipse():
                self._ellipse(item, x, y)
            case Chart():
                for part in item.items:
                    self._item(part, x, y)
            case Image():
                self._image(item, x, y)

    # ------------------------------------------------------------ state

    def _set(self, key: str, value: object, operator: str) -> None:
        if self._state.get(key) != value:
            self._state[key] = value
            self._out.append(operator)

    def _colour(self, name: str) -> str:
        found = self._rgb.get(name)
        if found is None:
            found = self._rgb[name] = _rgb(self._colours.get(name, name))
        return found

    def _fill(self, name: str) -> None:
        self._set("fill", name, f"{self._colour(name)} rg")

    def _stroke(self, pen: Stroke) -> None:
        width = max(pen.width, HAIR) if pen.hair else max(pen.width, 0.1)
        self._set("stroke", pen.colour, f"{self._colour(pen.colour)} RG")
        self._set("width", width, f"{width:.2f} w")
        self._set("dash", pen.dash, f"[{' '.join(f'{part:.2f}' for part in pen.dash)}] 0 d")
        cap = 1 if pen.cap == "round" else 0
        self._set("cap", cap, f"{cap} J {cap} j")

    def _transparency(self, opacity: float) -> None:
        if opacity != self._alpha:
            self._alpha = opacity
            self._flush()
            self.canvas.setFillAlpha(opacity)
            self.canvas.setStrokeAlpha(opacity)

    def _shape(self, steps: str, fill: str | None, stroke: Stroke | None, opacity: float) -> None:
        if fill is None and stroke is None:
            return
        self._transparency(opacity)
        if fill is not None:
            self._fill(fill)
        if stroke is not None:
            self._stroke(stroke)
        self._out.append(f"{steps} {'B' if fill and stroke else 'f' if fill else 'S'}")

    # ------------------------------------------------------------ shapes

    def _box(self, box: Box, x: float, y: float) -> None:
        left, bottom = x + box.x, self._top - y - box.y - box.height
        radius = min(box.radius, box.width / 2, box.height / 2)
        if radius <= 0:
            steps = f"{left:.2f} {bottom:.2f} {box.width:.2f} {box.height:.2f} re"
        else:
            steps = _rounded(left, bottom, left + box.width, bottom + box.height, radius)
        self._shape(steps, box.fill, box.stroke, box.opacity)

    def _line(self, line: Line, x: float, y: float) -> None:
        top = self._top - y
        steps = f"{x + line.x1:.2f} {top - line.y1:.2f} m {x + line.x2:.2f} {top - line.y2:.2f} l"
        self._shape(steps, None, line.stroke, 1.0)

    def _path(self, path: Path, x: float, y: float) -> None:
        top = self._top - y
        steps: list[str] = []
        for kind, *numbers in path.steps:
            if kind == "Z":
                steps.append("h")
                continue
            pairs = zip(numbers[::2], numbers[1::2], strict=True)
            steps.extend(f"{x + float(px):.2f} {top - float(py):.2f}" for px, py in pairs)
            steps.append({"M": "m", "L": "l", "C": "c"}[str(kind)])
        self._shape(" ".join(steps), path.fill, path.stroke, path.opacity)

    def _ellipse(self, ellipse: Ellipse, x: float, y: float) -> None:
        cx, cy, rx, ry = x + ellipse.x, self._top - y - ellipse.y, ellipse.rx, ellipse.ry
        steps = _oval(cx, cy, rx, ry)
        self._shape(steps, ellipse.fill, ellipse.stroke, ellipse.opacity)

    def _image(self, image: Image, x: float, y: float) -> None:
        reader = self._reader(image.content_hash)
        if reader is None:
            line, rx, ry = Stroke("border", 0.5, hair=True), image.width / 2, image.height / 2
            if image.round:
                self._ellipse(Ellipse(image.x + rx, image.y + ry, rx, ry, None, line), x, y)
            else:
                self._box(Box(image.x, image.y, image.width, image.height, stroke=line), x, y)
            return
        self._transparency(1.0)
        self._flush()
        bottom = self._top - y - image.y - image.height
        if image.round:
            self._round(image, reader, x + image.x, bottom)
            return
        left, top, wide, high = placed(image, *reader.getSize())
        frame = f"{x + image.x:.2f} {bottom:.2f} {image.width:.2f} {image.height:.2f} re"
        self.canvas.addLiteral(f"q {frame} W n")
        self.canvas.drawImage(reader, x + left, self._top - y - top - high, wide, high, mask="auto")
        self.canvas.addLiteral("Q")

    def _round(self, image: Image, reader: ImageReader, left: float, bottom: float) -> None:
        """A picture that fills an ellipse; what stands over is cut off."""
        wide, high = reader.getSize()
        scale = max(image.width / wide, image.height / high)
        rx, ry = image.width / 2, image.height / 2
        edge = _oval(left + rx, bottom + ry, rx, ry)
        self.canvas.addLiteral(f"q {edge} W n")
        self.canvas.drawImage(reader, left + rx - wide * scale / 2, bottom + ry - high * scale / 2, wide * scale,
                              high * scale, mask="auto")  # fmt: skip
        self.canvas.addLiteral("Q")

    def _reader(self, content_hash: str) -> ImageReader | None:
        """The picture, read once; None where it is missing, broken, or would unfold to more than MOST_PIXELS."""
        if content_hash not in self._read:
            data = self._pictures(content_hash)
            self._read[content_hash] = _opened(data) if data is not None else None
        return self._read[content_hash]

    # ------------------------------------------------------------ text

    def _text(self, text: Text, x: float, y: float) -> None:
        runs = tuple(faces.runs(text.text, text.size, text.weight, figures=text.figures))
        if not runs:
            return
        self._transparency(1.0)
        spacing = measure.tracking(text.size) * text.size
        shift = 0.0
        if text.anchor != "start":
            width = text.width or measure.width(text.text, text.size, text.weight, figures=text.figures)
            shift = width if text.anchor == "end" else width / 2
        place = self._place(text, x, y, shift)
        self._set("spacing", round(spacing, 3), f"{spacing:.3f} Tc")
        if text.halo:
            self._stroke(Stroke(text.halo, text.size * 0.32, cap="round"))
            self._out.append("/Artifact BMC")
            self._letters(runs, place, text.size, mode=1)
            self._out.append("EMC")
        self._fill(text.colour)
        self._letters(runs, place, text.size, mode=0)

    def _place(self, text: Text, x: float, y: float, shift: float) -> str:
        """The operator that goes to the line's first letter; `shift` is how far that lies before the anchor."""
        px, py = x + text.x, self._top - y - text.y
        if not text.rotate:
            return f"{px - shift:.2f} {py:.2f} Td"
        turn = radians(text.rotate)
        across, up = cos(turn), -sin(turn)
        px, py = px - shift * across, py - shift * up
        return f"{across:.4f} {up:.4f} {-up:.4f} {across:.4f} {px:.2f} {py:.2f} Tm"

    def _letters(self, runs: tuple[faces.Run, ...], place: str, size: float, mode: int) -> None:
        """Sets the runs of one line; each begins where the one before ended."""
        self._set("mode", mode, f"{mode} Tr")
        self._out.append(f"BT {place}")
        for run in runs:
            if run.stands_for:
                self.missing.update(dict.fromkeys(run.stands_for))
                actual = run.stands_for.encode("utf-16-be").hex()
                self._out.append(f"/Span <</ActualText <FEFF{actual}>>> BDC")
                self._show(run.font, run.drawn, size)
                self._out.append("EMC")
            else:
                self._show(run.font, run.drawn, size)
        self._out.append("ET")

    def _show(self, font: TTFont, letters: str, size: float) -> None:
        document = self.canvas._doc  # noqa: SLF001 - the font counts its subsets per document
        for subset, codes in font.splitString(letters, document):
            name = font.getSubsetInternalName(subset, document)
            self._set("font", (name, size), f"{name} {size:.2f} Tf")
            pairs = faces.kerning(font.fontName)
            if pairs and len(codes) == len(letters):
                self._out.append(f"[{_kerned(letters, codes, pairs)}] TJ")
            else:
                self._out.append(f"({''.join([_ESCAPES[code] for code in codes])}) Tj")


def _opened(data: bytes) -> ImageReader | None:
    from io import BytesIO

    from reportlab.lib.utils import ImageReader

    try:
        reader = ImageReader(BytesIO(data))
        wide, high = reader.getSize()
        if wide * high > MOST_PIXELS:
            return None
        reader.getRGBData()
    except Exception:  # noqa: BLE001 - a picture in a file from elsewhere must not stop the export
        return None
    return reader


def _kerned(letters: str, codes: bytes, pairs: Mapping[str, int]) -> str:
    """The elements of a TJ array: strings, and between them what the next letter moves to the left (thousandths)."""
    plain = [faces.bare(letter) for letter in letters]
    made = ["("]
    for i, code in enumerate(codes):
        made.append(_ESCAPES[code])
        move = pairs.get(plain[i] + plain[i + 1]) if i + 1 < len(plain) else None
        if move:
            made.append(f") {-move} (")
    return "".join([*made, ")"])


def _rgb(colour: str) -> str:
    """Three numbers from 0 to 1 for "#RRGGBB". Raises ValueError for anything else, which is a defect of the theme."""
    if len(colour) != 7 or not colour.startswith("#"):
        raise ValueError(f"{colour!r} is neither a colour of the theme nor #RRGGBB")
    return " ".join(f"{int(colour[i : i + 2], 16) / 255:.4f}" for i in (1, 3, 5))


def _oval(cx: float, cy: float, rx: float, ry: float) -> str:
    """An ellipse as path operators, counter-clockwise."""
    kx, ky = rx * KAPPA, ry * KAPPA
    return (
        f"{cx + rx:.2f} {cy:.2f} m "
        f"{cx + rx:.2f} {cy + ky:.2f} {cx + kx:.2f} {cy + ry:.2f} {cx:.2f} {cy + ry:.2f} c "
        f"{cx - kx:.2f} {cy + ry:.2f} {cx - rx:.2f} {cy + ky:.2f} {cx - rx:.2f} {cy:.2f} c "
        f"{cx - rx:.2f} {cy - ky:.2f} {cx - kx:.2f} {cy - ry:.2f} {cx:.2f} {cy - ry:.2f} c "
        f"{cx + kx:.2f} {cy - ry:.2f} {cx + rx:.2f} {cy - ky:.2f} {cx + rx:.2f} {cy:.2f} c h"
    )


def _rounded(left: float, bottom: float, right: float, top: float, radius: float) -> str:
    """A rectangle with rounded corners as path operators, counter-clockwise."""
    k = radius * (1 - KAPPA)
    return (
        f"{left + radius:.2f} {bottom:.2f} m {right - radius:.2f} {bottom:.2f} l "
        f"{right - k:.2f} {bottom:.2f} {right:.2f} {bottom + k:.2f} {right:.2f} {bottom + radius:.2f} c "
        f"{right:.2f} {top - radius:.2f} l "
        f"{right:.2f} {top - k:.2f} {right - k:.2f} {top:.2f} {right - radius:.2f} {top:.2f} c "
        f"{left + radius:.2f} {top:.2f} l "
        f"{left + k:.2f} {top:.2f} {left:.2f} {top - k:.2f} {left:.2f} {top - radius:.2f} c "
        f"{left:.2f} {bottom + radius:.2f} l "
        f"{left:.2f} {bottom + k:.2f} {left + k:.2f} {bottom:.2f} {left + radius:.2f} {bottom:.2f} c h"
    )
