"""The moods of everybody, and of one persona alone where a view gives each a row of her own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from journeymap.model.layout.grid import Grid
from journeymap.model.layout.moods import Moods
from journeymap.model.layout.window import Window
from journeymap.model.metrics import Metrics
from journeymap.model.records import Id, Persona

SHARE: Final = 0.62
"""What a persona's own row has of the height of the emotion lane."""


class Solo(Grid):
    """A grid with one persona on it and a lower emotion lane; everything else is that of the grid it is made of."""

    def __init__(self, whole: Grid, persona_id: Id) -> None:
        # No super().__init__: what this grid has not itself is looked up in the whole one, as it is at that moment.
        self._whole, self._persona = whole, persona_id
        metrics = whole.metrics
        self._metrics = replace(metrics, emotion=metrics.emotion * (SHARE if metrics.level == "full" else 1.0))

    def __getattr__(self, name: str) -> object:
        return getattr(self._whole, name)

    @property
    def metrics(self) -> Metrics:  # type: ignore[override]
        """With a lower emotion lane."""
        return self._metrics

    @property
    def personas(self) -> list[Persona]:  # type: ignore[override]
        """The one persona, as long as she is shown."""
        return [one for one in self._whole.personas if one.id == self._persona]


class Several(Moods):
    """The moods of a grid, with those of single personas kept in step."""

    def __init__(self, grid: Grid) -> None:
        self._alone: dict[Id, Moods] = {}
        super().__init__(grid)

    def of(self, persona_id: Id) -> Moods:
        """The moods of one persona, on a grid of her own."""
        if persona_id not in self._alone:
            self._alone[persona_id] = Moods(Solo(self.grid, persona_id))
        return self._alone[persona_id]

    def read_all(self) -> None:
        """Reads every column anew."""
        super().read_all()
        for moods in self._alone.values():
            moods.read_all()

    def follow(self, window: Window) -> None:
        """Takes in another order of the columns."""
        super().follow(window)
        for moods in self._alone.values():
            moods.follow(window)

    def read(self, touchpoints: Iterable[Id]) -> set[int]:
        """Reads some columns anew; returns those where a mood changed."""
        several = set(touchpoints)
        for moods in self._alone.values():
            moods.read(several)
        return super().read(several)

    def look_again(self) -> None:
        """Something is felt elsewhere at touchpoints that are not shown: peak and trough may be others now."""
        for moods in (self, *self._alone.values()):
            moods._marks = None  # noqa: SLF001  (its own kind)
