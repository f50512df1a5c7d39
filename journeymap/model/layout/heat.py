"""A row of the heat map: one KPI across the journey, every touchpoint a field without gaps.

Where there is a target the field says by colour and shape whether it is met. Where there is none, five steps of the
brand's tint say where the value stands between the row's worst and its best, and so do the filled dots: shades carry
no meaning alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from journeymap.i18n import _
from journeymap.model import shapes, wording
from journeymap.model.layout.grid import Grid
from journeymap.model.layout.kind import Kind
from journeymap.model.layout.naming import names_height
from journeymap.model.layout.pen import Pen
from journeymap.model.layout.strip import Strip, Touched
from journeymap.model.lens import of_row
from journeymap.model.picture import Colour, Ellipse, Group, Meaning, Stroke
from journeymap.model.records import Lane
from journeymap.model.text import width

if TYPE_CHECKING:
    from journeymap.model.figures import Figure

STEPS: Final = 5
_SHADES: Final[tuple[Colour, ...]] = ("stage0", "brand1", "brand1", "brand2", "brand3")
_HIGH: Final = 34.0
"""Height of a field, points of A3."""


class Heat(Strip):
    """One KPI, field by field; `worst` and `best` are the row's own, for the shade of what has no target."""

    def __init__(self, grid: Grid, lane: Lane, key: tuple[str, str]) -> None:
        self.key = key
        self._range: tuple[float, float] | None = None
        super().__init__(grid, lane, Kind(height=self._tall, draw=self._field, figures=True))
        self._scan()

    @property
    def height(self) -> float:
        """No air above and below: the fields of several rows are one table."""
        if self.lane.folded or self.empty:
            return super().height
        metrics = self.grid.metrics
        named = names_height(metrics, replace(self.lane, hint=self.hint or "\N{NO-BREAK SPACE}"))
        return max(self.content, named + metrics.lane_pad if metrics.level == "full" else 0.0)

    @property
    def hint(self) -> str:
        """What kind of figure it is, where its name does not say so."""
        from journeymap.model.kpi import KPIS

        label = KPIS[self.key[0]].label() if self.key[0] in KPIS else ""
        return "" if label == self.key[1] or self.key[0] == "number" else label

    def refresh(self, touched: Touched) -> set[int]:
        """Fields as ever; all of them where the row's worst or best is another now."""
        if touched.figures or touched.structure:
            before = self._range
            self._scan()
            if before != self._range:
                touched = Touched(touchpoints=touched.touchpoints | self.grid.index.keys(), figures=touched.figures)
        return super().refresh(touched)

    def _scan(self) -> None:
        """Reads the row's worst and best value, of figures that may be judged."""
        found = [self._figure(i) for i in range(len(self.grid.columns))]
        values = [one.value for one in found if one is not None and one.value is not None and not one.hatched]
        self._range = (min(values), max(values)) if values else None

    def _figure(self, i: int) -> Figure | None:
        return of_row(self.grid.figures.at(self.grid.columns.ids[i]), self.key)

    def _tall(self, grid: Grid, lane: Lane, i: int) -> float:  # noqa: ARG002 - as every kind of lane is asked
        figure = of_row(grid.figures.at(grid.columns.ids[i]), self.key)
        if figure is None:
            return 0.0
        metrics = grid.metrics
        return {"full": _HIGH * metrics.k + metrics.line, "summary": 30 * metrics.line}.get(metrics.level, metrics.chip)

    def step(self, figure: Figure) -> int:
        """Where a value stands between the row's worst (1) and best (5); 0 where that says nothing."""
        if figure.value is None or figure.hatched or self._range is None:
            return 0
        low, high = self._range
        if high - low < 1e-9:
            return 0
        share = (figure.value - low) / (high - low)
        return 1 + min(STEPS - 1, int((share if figure.better != "lower" else 1 - share) * STEPS))

    def _field(self, grid: Grid, lane: Lane, i: int) -> list[Group]:
        metrics, column, figure = grid.metrics, grid.columns[i], self._figure(i)
        if figure is None:
            return []
        pen, wide, high = Pen(metrics), metrics.pitch, self._tall(grid, lane, i)
        step = self.step(figure) if figure.status == "none" else 0
        faint = figure.hollow or figure.hatched
        judged = figure.status != "none" and figure.value is not None
        ground: Colour = "card" if faint else f"{figure.status}b" if judged else _SHADES[max(0, step - 1)]
        edge = Stroke(figure.status if judged else "control", metrics.line, (2.4 * metrics.k, 1.8 * metrics.k))
        pen.box(0, 0, wide, high, ground, edge if faint else Stroke("stage0", metrics.line))
        if metrics.level == "full":
            _words(pen, figure, step, wide, high)
        elif metrics.level == "summary":
            _brief(pen, figure, step, wide, high)
        else:
            colour: Colour = figure.status if judged else "control"
            pen.box(0, 0, wide - metrics.line, high - metrics.line, None if faint else colour)
        alt = wording.spoken(figure)
        if step:
            alt = _("{figure}, {step} of 5 from the row’s worst to its best").format(figure=alt, step=step)
        meaning = Meaning("chip", figure.typed_id or figure.measure_id, lane.id, column.touchpoint_id, alt=alt)
        return [pen.group(meaning, -metrics.gap / 2, -metrics.lane_pad, wide, high)]


def _mark(pen: Pen, figure: Figure, step: int, x: float, middle: float, size: float) -> float:
    """Status by its shape; without a target five dots, filled from worst to best. Returns the width used."""
    faint = figure.hollow or figure.hatched
    if not step:
        pen.add(shapes.status(x + size / 2, middle, size, figure.status, hollow=faint))
        return size
    small, gap = size * 0.5, size * 0.16
    line = pen.metrics.line
    for n in range(STEPS):
        fill: Colour | None = "text2" if n < step else None
        at = x + n * (small + gap)
        pen.add([Ellipse(at + small / 2, middle, small / 2, small / 2, fill, Stroke("text2", 0.8 * line))])
    return STEPS * (small + gap)


def _words(pen: Pen, figure: Figure, step: int, wide: float, high: float) -> None:
    """Value large, its interval beside it, the mark and the number of answers below."""
    metrics, k, pad = pen.metrics, pen.metrics.k, pen.metrics.pad
    base = high * 0.46
    if figure.value is None:
        pen.text(pad, high / 2 + metrics.s * 0.36, figure.note or "–", metrics.s, 400, "text3", room=wide - 2 * pad)
        return
    used = pad + pen.text(pad, base, wording.value(figure), metrics.l, 700, "text", figures=True, room=wide - 2 * pad)
    for words in (wording.interval(figure), wording.half_width(figure)):
        if words and used + 2.5 * k + width(words, metrics.s, figures=True) <= wide - pad * 0.6:
            pen.text(used + 2.5 * k, base, words, metrics.s, 400, "text2", figures=True)
            break
    foot = high - pad * 0.9
    left = pad + _mark(pen, figure, step, pad, foot - metrics.s * 0.33, 6 * k) + 3 * k
    pen.text(
        left,
        foot,
        wording.answers(figure),
        metrics.s,
        400,
        "text2",
        figures=figure.n is not None,
        room=wide - pad - left,
    )


def _brief(pen: Pen, figure: Figure, step: int, wide: float, high: float) -> None:
    """From afar: the mark and the value, where it has room."""
    metrics = pen.metrics
    _mark(pen, figure, step, metrics.pad, high * 0.72, 7 * metrics.line)
    words = wording.value(figure)
    if width(words, metrics.s, 700, figures=True) <= wide - 2 * metrics.pad:
        pen.text(metrics.pad, high * 0.42, words, metrics.s, 700, "text", figures=True)
