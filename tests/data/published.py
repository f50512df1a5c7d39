"""Where every figure of the published references comes from: which recipe, which part of what it brings, or why it is no KPI.

A line is (path in the file, how): `*` in a path stands for any key and is handed on. How is a function of what has been
imported, or the reason why the figure is no KPI of a journey.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from journeymap.data import peek, prepare, read_recipe
from journeymap.data.comments import listen
from journeymap.data.making import Intake
from journeymap.model import kpi
from journeymap.model.breakdown import Row, kpis
from journeymap.model.cube import EVERYBODY, Cube
from journeymap.model.document import Document
from journeymap.model.records import Map, Measure, State, new_id
from journeymap.model.tally import Counts, Length, by_segment, tally

RECIPES = Path(__file__).parents[1] / "recipes"
SMALLEST = 5
"""A group with fewer answers is hidden; then its block is asked."""


class Told(Struct):
    """What one recipe makes of the files of a folder: imported into an empty map, and its figures."""

    document: Document
    intake: Intake
    paths: tuple[Path, ...]
    recipe: Any
    _rows: dict[tuple[str | None, Length | None], list[Row]] = field(default_factory=dict)

    def rows(self, by: str | None = None, period: Length | None = None) -> list[Row]:
        """The table of figures, as `journeymap kpis` has it."""
        if (by, period) not in self._rows:
            cube = Cube(self.intake.blocks, self.intake.pairs)
            self._rows[by, period] = kpis(self.document, lambda _id: cube, by, period)
        return self._rows[by, period]

    def measure(self, name: str, statistic: str = "") -> Measure:
        """The measure of "kpi", "kpi column" or "kpi name"."""
        kind, _, rest = name.partition(" ")
        (found,) = [
            one for one in self.intake.measures
            if one.kpi == kind and rest in {"", one.column, one.name, one.definition} and statistic in {"", one.statistic}
        ]  # fmt: skip
        return found

    def counts(self, measure: Measure, by: str = EVERYBODY, group: str = "") -> Counts:
        """The answers to a measure, of everybody or of a group; open cases are none."""
        block = self.intake.blocks[measure.id, by]
        return kpi.closed(measure, tally(block) if by == EVERYBODY else by_segment(block)[group])

    def value(
        self, name: str, by: str = "", group: str = "", period: Length | None = None, statistic: str = ""
    ) -> float:
        """The figure as the table has it; where a group is too small to be shown, that is so, and its block is asked."""
        shown = {"median", "p90", "mean"} & {statistic}
        measure = self.measure(name, "" if name.startswith("response_time") else statistic)
        found = [
            row.figure for row in self.rows(by or None, period)
            if row.figure.measure_id == measure.id and (not shown or row.figure.statistic == statistic)
            and (not by or dict(row.figure.segment).get(by) == group) and (period is None or row.figure.period == group)
        ]  # fmt: skip
        assert len(found) == 1, (name, group, len(found))
        if found[0].value is not None:
            return found[0].value
        counts = self.counts(measure, by or EVERYBODY, group)
        assert counts.answers < SMALLEST, f"hidden: {name} {group}"
        return kpi.estimate(measure, counts).value

    def dissatisfied(self, name: str, by: str = "", group: str = "") -> float:
        """The share of the dissatisfied that stands behind a figure, in percent."""
        measure = self.measure(name)
        (found,) = [
            row.figure for row in self.rows(by or None)
            if row.figure.measure_id == measure.id and (not by or dict(row.figure.segment).get(by) == group)
        ]  # fmt: skip
        assert found.dissatisfied is not None
        return 100 * found.dissatisfied


def told(folder: Path, recipe: str, *patterns: str, weight: str = "") -> Told:
    """What a recipe makes of files, by their patterns; each is imported once."""
    return _told(folder, recipe, patterns, weight)


@cache
def _told(folder: Path, recipe: str, patterns: tuple[str, ...], weight: str) -> Told:
    document = Document([Map(new_id(), title="Empty"), State(new_id(), "a0", "As is")])
    read = read_recipe(RECIPES / f"{recipe}.toml")
    read = replace(read, columns=replace(read.columns, weight=weight or read.columns.weight))
    paths = tuple(sorted(path for pattern in patterns for path in folder.glob(pattern)))
    intake = prepare(document, paths, read)
    document.apply(intake.change)
    return Told(document, intake, paths, read)


class NoKpi(Struct, frozen=True):
    """A figure of a reference that is no KPI of a journey, and why."""

    reason: str


How = Callable[[Path, Sequence[str]], Any] | NoKpi
"""What is made of (the folder, the keys in the place of the stars)."""
Line = tuple[tuple[str, ...], How]

# ---------------------------------------------------------------- how a figure is told


class By(Struct, frozen=True):
    """A recipe and the files that it reads, and the ways of asking it. In names `{0}` is the first key under a star."""

    recipe: str
    files: tuple[str, ...]
    weight: str = ""

    @property
    def path(self) -> Path:
        """The file of the recipe."""
        return RECIPES / f"{self.recipe}.toml"

    def __call__(self, folder: Path) -> Told:
        return told(folder, self.recipe, *self.files, weight=self.weight)

    def value(self, name: str, by: str = "", group: str = "{0}", statistic: str = "", times: float = 1.0) -> How:
        return lambda folder, keys: (
            times * self(folder).value(name.format(*keys), by, group.format(*keys) if by else "", statistic=statistic)
        )

    def period(self, name: str, length: Length, group: str) -> How:
        return lambda folder, keys: self(folder).value(name.format(*keys), "", group.format(*keys), length)

    def n(self, name: str, by: str = EVERYBODY, group: str = "{0}") -> How:
        return lambda folder, keys: (
            (one := self(folder)).counts(one.measure(name.format(*keys)), by, group.format(*keys) if by else "").answers
        )

    def code(self, name: str, *codes: float, by: str = EVERYBODY) -> How:
        """How many answers have these codes; without codes the first key is one."""

        def count(folder: Path, keys: Sequence[str]) -> float:
            one = self(folder)
            found = one.counts(one.measure(name.format(*keys)), by, keys[0] if by else "")
            wanted = set(codes) or {float(keys[0])}
            return sum(n for code, n in zip(found.codes, found.n, strict=True) if code in wanted)

        return count

    def dissatisfied(self, name: str, by: str = "", group: str = "{0}") -> How:
        return lambda folder, keys: self(folder).dissatisfied(name.format(*keys), by, group.format(*keys) if by else "")

    def lost(self, name: str, *parts: str) -> How:
        """How many of the rows are no answer, or what part of these."""

        def count(folder: Path, keys: Sequence[str]) -> float:
            measure = self(folder).measure(name.format(*keys))
            return sum(getattr(measure, part) for part in parts) if parts else measure.rows - (measure.n or 0)

        return count

    def summed(self, name: str) -> How:
        """The sum of all answers."""

        def total(folder: Path, keys: Sequence[str]) -> float:
            one = self(folder)
            measure = one.measure(name.format(*keys))
            return kpi.moments(measure, found := one.counts(measure))[0] * found.answers

        return total

    @property
    def rows(self) -> How:
        return lambda folder, _keys: self(folder).intake.account["rows_read"]

    @property
    def days(self) -> How:
        """The first and the last day, by the number of the key."""

        def day(folder: Path, keys: Sequence[str]) -> str:
            found = self(folder).intake.data_set
            return (found.first_day, found.last_day)[int(keys[0])]

        return day

    def columns(self, plus: int = 0) -> How:
        return lambda folder, _keys: len(peek(self(folder).paths[0]).columns) + plus

    @property
    def comments(self) -> How:
        return lambda folder, _keys: listen(self(folder).paths, self(folder).recipe, [])[0].count


def quotient(one: How, other: How) -> How:
    """A share of two counts, in percent."""
    assert not isinstance(one, NoKpi)
    assert not isinstance(other, NoKpi)
    return lambda folder, keys: 100 * one(folder, keys) / other(folder, keys)


def added(one: How, other: How) -> How:
    assert not isinstance(one, NoKpi)
    assert not isinstance(other, NoKpi)
    return lambda folder, keys: one(folder, keys) + other(folder, keys)


NOTE = NoKpi("words about the figures, no figure")
SHAPE = NoKpi("says how the file is made, nothing about the journey")


def judged(
    path: tuple[str, ...], share: str, rating: str, by: By, column: str = "", *, groups: bool = False
) -> list[Line]:
    """The lines of one question on a scale of 1 to 5: n, mean, satisfied, dissatisfied, and what was left out."""
    left = NoKpi("who gave no answer is counted over everybody, not by group") if groups else by.lost(share)
    return [
        ((*path, "n"), by.n(share, column)),
        ((*path, "mean"), by.value(rating, column)),
        ((*path, "csat_pct"), by.value(share, column)),
        ((*path, "bottom2_pct"), by.dissatisfied(share, column)),
        ((*path, "excluded"), left),
    ]
