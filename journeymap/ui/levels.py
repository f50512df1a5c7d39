"""The drawings of one open map by level of detail: everything, summaries, sketches; those out of sight follow later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from journeymap.model import lanes
from journeymap.model.change import Change, merged
from journeymap.model.layout import Damage, Layout
from journeymap.model.layout.states import layout_of
from journeymap.model.metrics import Metrics, at_zoom
from journeymap.model.records import Lane, State, View

if TYPE_CHECKING:
    from journeymap.model.document import Document
    from journeymap.model.figures import Figures

LONG: Final = 300
"""Touchpoints from which a map makes do with one summary and one sketch: more of them take longer than a frame."""

MOST: Final = 6
"""Drawings from afar that are kept."""


class Levels:
    """`full` is made at once and follows every change; the others are made from it, and follow when they are shown.

    `full` shows what `view` shows. Where that leaves out columns it is another layout than that of the whole map, which
    is kept and follows when it is wanted again.
    """

    def __init__(self, document: Document, figures: Callable[[], Figures], view: View | None = None) -> None:
        self._document, self._figures = document, figures
        self._size = sizes(document)
        self._home = self.full = Layout(document, figures(), at_zoom(1.0, *self._size))
        self._home_behind: list[Change] = []
        self._afar: dict[Metrics, Layout] = {}
        self._behind: dict[Metrics, list[Change]] = {}
        if view is not None:
            self.look_through(view)

    def look_through(self, view: View | None) -> None:
        """Shows what another view shows."""
        if self._home_behind:
            changes, self._home_behind = self._home_behind, []
            self._home.follow(merged("", changes), self._figures())
        if self._home.show(view):
            self.full = self._home
        else:
            self.full = layout_of(self._document, self._figures(), self._home.metrics, view, like=self._home)
        self._afar.clear()
        self._behind.clear()

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
        if self._size != sizes(self._document) or _of_states(self._document, change):
            yield from self._resized(zoom)
            return
        damage = self.full.follow(change, figures)
        if self.full is not self._home:
            self._home_behind.append(change)
        if shown.level == "full":
            yield self.full, damage
        for metrics, layout in self._afar.items():
            if metrics == shown and not self._behind[metrics]:
                yield layout, layout.follow(change, figures)
            else:
                self._behind[metrics].append(change)

    def _resized(self, zoom: float) -> Iterator[tuple[Layout, Damage]]:
        """Columns or curves have another size, or states came or went: every drawing is made anew."""
        self._size = sizes(self._document)
        view, self._home_behind = self.full.view, []
        self._home = Layout(self._document, self._figures(), at_zoom(1.0, *self._size))
        self.look_through(view)
        yield self.at(zoom), Damage(everything=True)

    def prepare(self) -> bool:
        """Makes or brings up to date one drawing that the next zoom may need; False where all are ready."""
        for zoom in (0.5, 0.2):
            metrics = self._metrics(zoom)
            if metrics not in self._afar or self._behind[metrics]:
                self.at(zoom)
                return True
        return False

    def _metrics(self, zoom: float) -> Metrics:
        metrics = at_zoom(zoom, *self._size)
        if metrics.level != "full" and len(self.full.columns) > LONG:
            return at_zoom(0.5 if metrics.level == "summary" else 0.2, *self._size)
        return metrics

    def _made(self, metrics: Metrics) -> Layout:
        while len(self._afar) >= MOST:
            oldest = next(iter(self._afar))
            del self._afar[oldest], self._behind[oldest]
        made = layout_of(self._document, self._figures(), metrics, self.full.view, like=self.full)
        self._afar[metrics] = made
        self._behind[metrics] = []
        return made

    def _caught_up(self, metrics: Metrics) -> None:
        changes, self._behind[metrics] = self._behind[metrics], []
        self._afar[metrics].follow(merged("", changes), self._figures())


def sizes(document: Document) -> tuple[str | float, float]:
    """The pitch of the columns and the height of the curves that a person has set, as `metrics.screen` takes them."""
    curves = next((lane.height for lane in document.all(Lane) if lane.kind == lanes.EMOTION), 0)
    return float(document.map.column_width) or "normal", float(curves)


def _of_states(document: Document, change: Change) -> bool:
    """Whether a change concerns states themselves."""
    whole = (*change.added.values(), *change.removed.values(), *map(document.record, change.updated))
    return any(isinstance(record, State) for record in whole)
