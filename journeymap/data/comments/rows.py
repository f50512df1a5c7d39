"""The comments of a source, each with where and when it was given and the score beside it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from journeymap.data import answers, privacy
from journeymap.data.comments.judgement import label
from journeymap.data.naming import best_match, subject
from journeymap.data.recipe import Question, Recipe
from journeymap.data.resolve import column
from journeymap.data.sources import peek, plain
from journeymap.model.cube import UNDATED

MOST: Final = 200_000
"""Comments that are read; of more, every second, third … one."""
_SCORED: Final = {"nps", "csat", "ces", "rating"}


@dataclass(slots=True)
class Said:
    """Comments in parallel lists: text, touchpoint ("" for the journey), day since 1970-01-01 or UNDATED, the label of
    the score in the same row (None without one), and the segment values in the order of the recipe.
    """

    column: str
    texts: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    days: list[int] = field(default_factory=list)
    labels: list[float | None] = field(default_factory=list)
    groups: list[tuple[str, ...]] = field(default_factory=list)
    every: int = 1
    """Only one of so many comments was read."""


def read(
    paths: Sequence[Path], recipe: Recipe, touchpoints: Sequence[str], step: Callable[[float], None] = lambda _: None
) -> list[Said]:
    """The comments of each comment column of the recipe. `touchpoints`: names on the map. Raises Failure."""
    from journeymap.data.engine import Engine
    from journeymap.data.staging import stage

    samples = [peek(Path(path), recipe.source) for path in paths]
    spoken = [column(samples[0], name) for name in recipe.columns.comments]
    if not spoken:
        return []
    wanted = _Wanted(recipe, spoken, samples[0], touchpoints)
    with tempfile.TemporaryDirectory(prefix="journeymap-", ignore_cleanup_errors=True) as private:
        folder = Path(private)
        readables = [plain(sample, folder, number) for number, sample in enumerate(samples)]
        engine = Engine(folder, [readable.path for readable in readables])
        try:
            raw, _lost = stage(engine, readables, wanted.names)
            step(0.3)
            return [wanted.said(engine, raw, name) for name in spoken]
        finally:
            engine.close()


class _Wanted:
    """Which columns are read, and what their cells mean."""

    def __init__(self, recipe: Recipe, spoken: Sequence[str], sample: Any, touchpoints: Sequence[str]) -> None:
        self.recipe, self.touchpoints, self.sample = recipe, touchpoints, sample
        columns = recipe.columns
        self.scores = [question for question in recipe.questions if question.kpi in _SCORED and question.column]
        named = [columns.touchpoint, columns.date, *columns.segments, *(question.column for question in self.scores)]
        self.names = list(dict.fromkeys([*spoken, *(column(sample, name) for name in named if name)]))

    def _index(self, name: str) -> int:
        return self.names.index(column(self.sample, name))

    def said(self, engine: Any, raw: Any, spoken: str) -> Said:
        import ibis

        index = self._index(spoken)
        filled = raw.filter(raw[f"c{index}"].strip().length() > 0)
        count = engine.ask(filled.agg(n=filled.count())).column(0).to_pylist()[0]
        found = Said(spoken, every=max(1, -(-count // MOST)))
        if found.every > 1:
            filled = filled.mutate(turn=ibis.row_number())
            filled = filled.filter(filled.turn % found.every == 0)
        place = best_match(subject(spoken), self.touchpoints)
        days, kept = _Days(self.recipe.columns.date_format), _Kept(self.recipe, self.sample).kept
        for batch in engine.stream(filled.select(**{f"x{i}": filled[f"c{i}"] for i in range(len(self.names))}), 20_000):
            cells = [one.to_pylist() for one in batch.columns]
            found.texts += cells[index]
            size = len(cells[index])
            where = (
                cells[self._index(self.recipe.columns.touchpoint)] if self.recipe.columns.touchpoint else [place] * size
            )
            found.places += [kept(self.recipe.columns.touchpoint, name or "") for name in where]
            dates = cells[self._index(self.recipe.columns.date)] if self.recipe.columns.date else [None] * size
            found.days += days.read(dates)
            groups = [cells[self._index(name)] for name in self.recipe.columns.segments]
            groups = [
                [kept(name, value or "") for value in values]
                for name, values in zip(self.recipe.columns.segments, groups, strict=True)
            ]
            found.groups += list(zip(*groups, strict=True)) if groups else [()] * size
            found.labels += self._labels(cells, found.places[-size:])
        return found

    def _labels(self, cells: list[list[str | None]], places: Sequence[str]) -> Iterator[float | None]:
        """The label of each row: by the score of the same touchpoint where there is one, else by any."""
        ready = [(question, cells[self._index(question.column)], _Scorer(question)) for question in self.scores]
        for row, place in enumerate(places):
            best = None
            for question, column_, scorer in ready:
                mine = bool(question.touchpoint) and question.touchpoint.casefold() == place.casefold()
                if best is None or mine:
                    best = scorer.label(column_[row] or "") if best is None or mine else best
            yield best


class _Kept:
    """What may be kept of names of touchpoints and groups: as in the counting, nobody's number, or a pseudonym."""

    def __init__(self, recipe: Recipe, sample: Any) -> None:
        self._hashed = {column(sample, name) for name in recipe.columns.pseudonymise}
        self._sample = sample
        self._known: dict[tuple[str, str], str] = {}
        self._pseudonym = privacy.pseudonymiser() if self._hashed else str

    def kept(self, name: str, text: str) -> str:
        key = (name, text)
        if key not in self._known:
            hashed = bool(name) and column(self._sample, name) in self._hashed
            self._known[key] = answers.tidy(self._pseudonym(text) if hashed else privacy.mask_identifiers(text).text)
        return self._known[key]


class _Days:
    """Reads dates, the format seen from the first that come."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._known: dict[str | None, int] = {None: UNDATED}

    def read(self, dates: Sequence[str | None]) -> list[int]:
        new = {text for text in dates if text not in self._known}
        if new and not self._pattern:
            self._pattern = next(iter(answers.date_formats([text for text in new if text])), "")
        for text in new:
            number = answers.day(text, self._pattern) if text and self._pattern else None
            self._known[text] = UNDATED if number is None else number
        return [self._known[text] for text in dates]


class _Scorer:
    """Reads scores as labels; the scale is the recipe's, or the usual one of its KPI."""

    def __init__(self, question: Question) -> None:
        usual = {"nps": (0.0, 10.0), "ces": (1.0, 5.0)}.get(question.kpi, (1.0, 5.0))
        self._low, self._high = question.scale or usual
        self._question = question
        self._read = answers.reader(question if question.scale else replace(question, scale=(self._low, self._high)))
        self._known: dict[str, float | None] = {}

    def label(self, text: str) -> float | None:
        if text not in self._known:
            seen = self._read(text)
            given = seen.status == answers.ANSWER and not seen.outside
            self._known[text] = (
                label(
                    seen.code, self._low, self._high, mirrored=self._question.reversed, nps=self._question.kpi == "nps"
                )
                if given
                else None
            )
        return self._known[text]
