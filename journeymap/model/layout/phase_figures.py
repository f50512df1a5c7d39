"""Figures that belong to a whole phase: one line over its columns, below the chips of its touchpoints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from journeymap.model import shapes, wording
from journeymap.model.layout.chips import CHIPS
from journeymap.model.layout.columns import Block
from journeymap.model.layout.grid import Grid
from journeymap.model.layout.pen import Pen
from journeymap.model.layout.strip import Strip, Touched
from journeymap.model.picture import Group, Meaning, Stroke
from journeymap.model.records import Id, Lane
from journeymap.model.text import width

if TYPE_CHECKING:
    from journeymap.model.figures import Figure


class Chips(Strip):
    """The lane of figures: chips under touchpoints, and as many lines as the phase with most figures needs."""

    def __init__(self, grid: Grid, lane: Lane) -> None:
        super().__init__(grid, lane, CHIPS)
        self._lines: dict[Id, tuple[float, float, tuple[Figure, ...]]] = {}
        self._rows = 0
        self._read()

    def _read(self) -> set[int]:
        """Takes in the figures of the phases, how wide these are, and where below the chips their lines begin; returns the
        columns where that changed.
        """
        before, self._lines, known = self._lines, {}, self.grid.figures.phase
        changed: set[int] = set()
        for block in self.grid.blocks if before or known else ():
            id_ = block.phase.id
            if figures := known.get(id_, ()):
                self._lines[id_] = (self._highest, block.width, figures)
            if before.get(id_) != self._lines.get(id_):
                changed.update(range(block.first, block.last + 1))
        self._rows = max((len(figures) for *_, figures in self._lines.values()), default=0)
        return changed

    @property
    def empty(self) -> bool:
        """Whether neither touchpoints nor phases have a figure."""
        return self._highest <= 0 and not self._rows

    @property
    def _step(self) -> float:
        return self.grid.metrics.s * 1.9 + 2 * self.grid.metrics.k

    @property
    def content(self) -> float:
        """Chips and, below them, the phases' lines."""
        return self._highest + self._rows * self._step

    def refresh(self, touched: Touched) -> set[int]:
        """Chips as ever, and the phases whose lines changed."""
        return super().refresh(touched) | self._read()

    def groups(self, first: int, last: int) -> Iterator[Group]:
        """Chips, then the lines of the phases that lie over the columns."""
        yield from super().groups(first, last)
        if self.empty or self.lane.folded or not self._rows:
            return
        for block in self.grid.blocks:
            if block.last >= first and block.first <= last and block.last >= block.first:
                for n, figure in enumerate(self._lines[block.phase.id][2] if block.phase.id in self._lines else ()):
                    yield self._line(block, n, figure)

    def _line(self, block: Block, n: int, figure: Figure) -> Group:
        metrics, k = self.grid.metrics, self.grid.metrics.k
        wide, high, size = block.width - metrics.gap, self._step - 2 * k, metrics.s
        colour = "control" if figure.status == "none" else figure.status
        faint = figure.hollow or figure.hatched
        pen = Pen(metrics)
        ground = "card" if faint else "noneb" if figure.status == "none" else f"{figure.status}b"
        pen.box(
            0,
            0,
            wide,
            high,
            ground,
            Stroke(colour, metrics.line, (2.4 * k, 1.8 * k)) if faint else None,
            metrics.radius_bar,
        )
        middle, base, pad = high / 2, high / 2 + size * 0.36, metrics.pad
        pen.add(shapes.status(pad + 3 * k, middle, 6 * k, figure.status, hollow=faint))
        at, end = pad + 9 * k, wide - pad
        value = wording.value(figure)
        room = end - at - width(value, size, 700, figures=True) - 4 * k
        at += pen.text(at, base, figure.name, size, 500, "text2", room=max(k, room)) + 4 * k
        at += pen.text(at, base, value, size, 700, "text", figures=True, room=max(k, end - at)) + 2.5 * k
        for words, ink in ((wording.interval(figure), "text2"), (wording.answers(figure), "text3")):
            if words and at + width(words, size, figures=True) <= end:
                at += pen.text(at, base, words, size, 400, ink, figures=True) + 4 * k
        meaning = Meaning("chip", figure.typed_id or figure.measure_id, self.lane.id, alt=wording.spoken(figure))
        y = self.y + metrics.lane_pad + self._highest + n * self._step + 2 * k
        return pen.group(meaning, block.x + metrics.gap / 2, y, wide, high)
