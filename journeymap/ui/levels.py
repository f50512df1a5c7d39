"""The drawings of one open map by level of detail: everything, summaries, sketches; those out of sight follow later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from journeymap.model.change import Change, merged
from journeymap.model.layout import Damage, Layout
from journeymap.model.metrics import SCREEN, Metrics, at_zoom

if TYPE_CHECKING:
    from journeymap.model.document import Document
    from journeymap.model.figures import Figures

LONG: Final = 300
"""Touchpoints from which a map makes do with one summary and one sketch: more of them take longer than a frame."""

MOST: Final = 6
"""Drawings from afar that are kept."""


class Levels:
    """`full` is made at once and follows every change; the others are made from it, and follow when they are shown."""

    def __init__(self, document: Document, figures: Callable[[], Figures]) -> None:
        self._document, self._figures = document, figures
        self.full = Layout(document, figures(), SCREEN)
        self._afar: dict[Metrics, Layout] = {}
        self._behind: dict[Metrics, list[Change]] = {}

    def at(self, zoom: float) -> Layout:
        """The drawing for a zoom, as the map is now."""
        metrics = self._metrics(zoom)
        if metrics.level == "full":
            return self.full
        found = self._afar.get(metrics)
        if found is None:
            found = self._made(metrics)
        elif self._behind[metrics]:
            self._caught_up(metrics)
        return found

    def follow(self, change: Change, zoom: float) -> Iterator[tuple[Layout, Damage]]:
        """Takes in a change (already in the document); gives what is stale in the drawing that is looked at."""
        figures, shown = self._figures(), self._metrics(zoom)
        damage = self.full.follow(change, figures)
        if shown.level == "full":
            yield self.full, damage
        for metrics, layout in self._afar.items():
            if metrics == shown and not self._behind[metrics]:
                yield layout, layout.follow(change, figures)
            else:
                self._behind[metrics].append(change)

    def prepare(self) -> bool:
        """Makes or brings up to date one drawing that the next zoom may need; False where all are ready."""
        for zoom in (0.5, 0.2):
            metrics = self._metrics(zoom)
            if metrics not in self._afar or self._behind[metrics]:
                self.at(zoom)
                return True
        return False

    def _metrics(self, zoom: float) -> Metrics:
        metrics = at_zoom(zoom)
        if metrics.level != "full" and len(self.full.columns) > LONG:
            return at_zoom(0.5 if metrics.level == "summary" else 0.2)
        return metrics

    def _made(self, metrics: Metrics) -> Layout:
        while len(self._afar) >= MOST:
            oldest = next(iter(self._afar))
            del self._afar[oldest], self._behind[oldest]
        made = self._afar[metrics] = Layout(self._document, self._figures(), metrics, like=self.full)
        self._behind[metrics] = []
        return made

    def _caught_up(self, metrics: Metrics) -> None:
        changes, self._behind[metrics] = self._behind[metrics], []
        self._afar[metrics].follow(merged("", changes), self._figures())
