"""The comments of a source, each with where and when it was given and the score beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, field
from msgspec.structs import replace

from journeymap.data import answers, privacy
from journeymap.data.address import Address, located
from journeymap.data.answers import readings
from journeymap.data.comments.judgement import label
from journeymap.data.counting.wanted import Wanted
from journeymap.data.guessing.naming import best_match, subject
from journeymap.data.private import folder as private_folder
from journeymap.data.recipe import Question, Recipe
from journeymap.data.recipe.renaming import renamed
from journeymap.data.recipe.resolve import column, resolve
from journeymap.data.sources import peek
from journeymap.model.cube import UNDATED

MOST: Final = 200_000
"""Comments that are read; of more, every second, third … one."""
SCORED: Final = {"nps", "csat", "ces", "rating"}


class Said(Struct):
    """Comments in parallel lists: text, touchpoint ("" for the journey), day since 1970-01-01 or UNDATED, the label of
    the score in the same row (None without one), and the segment values in the order of the recipe.
    """

    column: str
    texts: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    days: list[int] = field(default_factory=list)
    labels: list[float | None] = field(default_factory=list)
    groups: list[tuple[str, ...]] = field(default_factory=list)
    named: str = ""
    """What its sentiment is to be called, where the recipe says so."""
    every: int = 1
    """Only one of so many comments was read."""


def read(
    paths: Sequence[Path | Address],
    recipe: Recipe,
    touchpoints: Sequence[str],
    step: Callable[[float], None] = lambda _: None,
    cancelled: Callable[[], bool] | None = None,
) -> list[Said]:
    """The comments of each comment column of the recipe, of the rows that its filter uses. `touchpoints`: names on the
    map. Raises Failure.
    """
    from journeymap.data.counting.staging import filtered
    from journeymap.data.where import opened

    if not recipe.columns.comments:
        return []
    samples = [renamed(peek(located(path), recipe.source), recipe) for path in paths]
    spoken = [column(samples[0], name) for name in recipe.columns.comments]
    wanted = resolve(samples, recipe)
    names = list(dict.fromkeys([*wanted.columns, *spoken]))
    with private_folder() as private:
        found = opened(samples, recipe.source, Path(private), cancelled)
        engine = found.engine
        try:
            step(0.1)
            raw, _lost, wanted = found.stage(replace(wanted, columns=tuple(names)))
            raw, _left_out = filtered(engine, raw, wanted)
            step(0.6)
            return [
                _said(engine, raw, wanted, names.index(name), name, _asked(recipe, asked, touchpoints))
                for name, asked in zip(spoken, recipe.columns.comments, strict=True)
            ]
        finally:
            engine.close()


def _asked(recipe: Recipe, name: str, touchpoints: Sequence[str]) -> tuple[str | None, str, Sequence[str]]:
    """The touchpoint and the name that a measure of sentiment gives to a column of comments, and the touchpoints."""
    found = next((question for question in recipe.sentiments if question.column == name), None)
    return (None, "", touchpoints) if found is None else (found.touchpoint or None, found.name, touchpoints)


def _said(
    engine: Any, raw: Any, wanted: Wanted, index: int, spoken: str, asked: tuple[str | None, str, Sequence[str]]
) -> Said:
    import ibis

    columns = list(raw.columns)
    filled = raw.filter(raw[f"c{index}"].strip().length() > 0)
    count = engine.ask(filled.agg(n=filled.count())).column(0).to_pylist()[0]
    found = Said(spoken, every=max(1, -(-count // MOST)))
    if found.every > 1:
        filled = filled.mutate(turn=ibis.row_number())
        filled = filled.filter(filled.turn % found.every == 0)
    place, found.named, touchpoints = asked
    own = place or best_match(subject(spoken), touchpoints)
    kept = _Kept(wanted).kept
    dates: list[str] = []
    for batch in engine.stream(filled.select(**{f"x{i}": filled[name] for i, name in enumerate(columns)}), 20_000):
        cells = [[text or "" for text in one.to_pylist()] for one in batch.columns]
        found.texts += cells[index]
        size = len(cells[index])
        where = (
            [own] * size
            if wanted.touchpoint is None or place
            else [wanted.meant(t, partial(kept, wanted.touchpoint)) for t in cells[wanted.touchpoint]]
        )
        found.places += where
        dates += cells[wanted.date] if wanted.date is not None else [""] * size
        groups = [[kept(place, text) for text in cells[place]] for place in wanted.segments]
        found.groups += list(zip(*groups, strict=True)) if groups else [()] * size
        found.labels += _labels(wanted, cells, where)
    found.days = _days(wanted, dates, spoken)
    return found


def _days(wanted: Wanted, dates: Sequence[str], spoken: str) -> list[int]:
    """The day of each comment; what cannot be read is undated here (the counting leaves such a row out and says so)."""
    name = wanted.columns[wanted.date] if wanted.date is not None else spoken
    found, _warning = readings.days(
        sorted(set(dates)), name, wanted.date_format, day_first=wanted.day_first, timezone=wanted.timezone
    )
    return [UNDATED if found.numbers[text] == readings.NO_DAY else found.numbers[text] for text in dates]


def _labels(wanted: Wanted, cells: Sequence[Sequence[str]], places: Sequence[str]) -> Iterator[float | None]:
    """The label of each row: by the score at the same touchpoint where there is one, else by the first."""
    scorers = [(q.touchpoint, cells[i], _Scorer(q, wanted.decimal)) for i, q in wanted.questions if q.kpi in SCORED]
    for row, place in enumerate(places):
        if not scorers:
            yield None
            continue
        mine = (one for one in scorers if one[0] and one[0].casefold() == place.casefold())
        _touchpoint, column_, scorer = next(mine, scorers[0])
        yield scorer.label(column_[row])


class _Kept:
    """What may be kept of names of touchpoints and groups: as in the counting, nobody's number, or a pseudonym."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._known: dict[tuple[int, str], str] = {}
        self._pseudonym = privacy.pseudonymiser() if wanted.pseudonymised else str

    def kept(self, place: int, text: str) -> str:
        """The name that stands on the map for a cell of a column."""
        key = (place, text)
        if key not in self._known:
            said = self._wanted.labels.get(place, {}).get(text, text)
            hashed = place in self._wanted.pseudonymised
            self._known[key] = answers.tidy(self._pseudonym(text) if hashed else privacy.mask_identifiers(said).text)
        return self._known[key]


class _Scorer:
    """Reads scores as labels; the scale is the recipe's, or the usual one of its KPI."""

    def __init__(self, question: Question, decimal: str) -> None:
        usual = {"nps": (0.0, 10.0), "ces": (1.0, 5.0)}.get(question.kpi, (1.0, 5.0))
        self._low, self._high = question.scale or usual
        self._question = question
        scaled = replace(question, scale=(self._low, self._high))
        self._read = answers.reader(scaled, decimal)
        self._known: dict[str, float | None] = {}

    def label(self, text: str) -> float | None:
        if text not in self._known:
            seen = self._read(text)
            given = seen.status == answers.ANSWER and not seen.outside
            is_nps = self._question.kpi == "nps"
            self._known[text] = (
                label(seen.code, self._low, self._high, mirrored=self._question.reversed, nps=is_nps) if given else None
            )
        return self._known[text]
