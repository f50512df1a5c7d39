"""From a source and a recipe to what enters the map: one Change, the blocks of its cube, and an account of every row.

Nothing is written here. `prepare` reads, counts and says what would happen; `Session.perform` makes it happen.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from journeymap.data import account, privacy
from journeymap.data.address import Address, located
from journeymap.data.counting.engine import LARGE, import_ahead
from journeymap.data.guessing.alike import nearest
from journeymap.data.measures import measure_of
from journeymap.data.places import Places
from journeymap.data.private import folder as private_folder
from journeymap.data.recipe import Question, Recipe
from journeymap.data.recipe.renaming import renamed
from journeymap.data.recipe.resolve import column, resolve
from journeymap.data.sources import Sample, peek
from journeymap.data.sources.ahead import Ahead, reads_alike
from journeymap.data.watching import Stopped, stopped, watched
from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model import kpi, series
from journeymap.model.change import Change
from journeymap.model.commands.measured import attach
from journeymap.model.cube import EVERYBODY, Block, BlockKey, Pair
from journeymap.model.document import Document
from journeymap.model.order import several
from journeymap.model.records import DataSet, Id, Measure, Phase, Touchpoint, new_id

if TYPE_CHECKING:
    from journeymap.data.counting.aggregate import Counted
    from journeymap.data.counting.encoding import Words
    from journeymap.data.counting.engine import Engine
    from journeymap.data.counting.wanted import Coded, Wanted
    from journeymap.data.where import Opened

__all__ = ["AlreadyImported", "Intake", "Stopped", "prepare", "refuse_same"]

Progress = Callable[[float, str], None]
Settle: TypeAlias = Callable[[Sequence[Sample]], Sequence[Sample]]

COUNTING = 0.6
"""So far an import is when all rows are read and their counting begins."""


class AlreadyImported(Failure):
    """The source is on the map already; `again=True` imports it once more."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What an import brings: hand `change`, `blocks` and `pairs` to `Session.perform`.

    `account` is what the data set keeps (JSON-ready); `created` names the new phases and touchpoints; `personal` maps
    columns that look personal to the reason, `warnings` are sentences.
    """

    change: Change
    blocks: dict[BlockKey, Block]
    pairs: tuple[Pair, ...]
    data_set: DataSet
    measures: tuple[Measure, ...]
    account: dict[str, Any]
    created: dict[str, list[str]]
    warnings: tuple[str, ...]
    personal: dict[str, str]
    places: dict[Id, tuple[str | None, str | None]] = field(default_factory=dict)  # measure → touchpoint, phase

    def as_json(self) -> dict[str, Any]:
        """The report of `journeymap import --json`, as the contract has it."""
        return {
            "dataset": self.data_set.name,
            **{key: self.account[key] for key in ("rows_read", "rows_used", "rows_dropped", "no_touchpoint")},
            "measures": [self._measure(measure) for measure in self.measures],
            "personal": [*self.personal, *self.account["pseudonymised"]],
            "pseudonymised": list(self.account["pseudonymised"]),
            "created": {
                **{kind: len(self.created.get(kind, [])) for kind in ("phases", "touchpoints")},
                "kpis": len(self.measures),
                "pain_points": 0,
                "quotes": 0,
            },
            "warnings": list(self.warnings),
            "comments": self.account.get("comments", []),
        }

    def _measure(self, measure: Measure) -> dict[str, Any]:
        touchpoint, phase = self.places[measure.id]
        counts = {name: getattr(measure, name) for name in ("rows", "n", "missing", "not_applicable", "unreadable")}
        named = {"kpi": measure.kpi, "touchpoint": touchpoint, "phase": phase, "column": measure.column}
        still = self.account["open"].get(measure.id)
        return {**named, "unit": measure.counted, **counts, **({} if still is None else {"open": still})}


def prepare(
    document: Document,
    paths: Sequence[Path | Address],
    recipe: Recipe,
    *,
    name: str | None = None,
    again: bool = False,
    follows: DataSet | None = None,
    kept: Recipe | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    ahead: Ahead | None = None,
) -> Intake:
    """Reads and counts one data set from one or several files of the same columns. Changes nothing.

    `follows` is the data set whose series this one continues; `kept` the recipe that the map keeps for the next file,
    where this file lacks a part of it. `ahead` is for those who have begun to look at the sources.
    `progress` is told how far it is (0..1) and what is being done; `cancelled` is asked on the way, from another thread
    too, and `Stopped` is raised when it says so. Raises Failure, in one sentence, for everything that is wrong with the
    sources or the recipe. Nothing is left behind in the temporary folder, whatever happens.
    """
    step = _steps(progress, cancelled)
    if not recipe.questions:
        raise Failure(_("The recipe has no measure; name at least one column of answers."))
    places = {one.name for one in document.all(Touchpoint)} | {one.name for one in document.all(Phase)}
    recipe = privacy.cleaned(recipe, places)
    step(0.0, _("Reading"))
    if any(isinstance(path, Path) and path.is_file() and path.stat().st_size > LARGE for path in paths):
        import_ahead()
    look = ahead.look if ahead else partial(peek, cancelled=cancelled)
    samples = [renamed(look(located(path), recipe.source), recipe) for path in paths]
    kept = privacy.cleaned(kept, places) if kept else recipe

    def made(samples: Sequence[Sample], settle: Settle | None) -> Intake:
        if settle is None:
            _refuse_known(document, samples, again=again)
        wanted = resolve(samples, recipe)
        with private_folder() as private:
            making = _Making(document, samples, recipe, name or _name(samples), follows, kept)
            return _counted(making, wanted, Path(private), step, cancelled, settle)

    def settled(glances: Sequence[Sample]) -> Sequence[Sample]:
        assert ahead is not None
        found = [renamed(ahead.certain(one), recipe) for one in glances]
        _refuse_known(document, found, again=again)
        if not all(map(reads_alike, found, glances)):
            raise _Mistaken(found)
        return found

    try:
        intake = made(samples, settled if ahead else None)
    except _Mistaken as mistaken:
        intake = made(mistaken.samples, None)
    step(1.0, _("Done"))
    return intake


class _Mistaken(Exception):
    """A file is not what it seemed at a glance; `samples` are what it is."""

    def __init__(self, samples: Sequence[Sample]) -> None:
        self.samples = samples


def _refuse_known(document: Document, samples: Sequence[Sample], *, again: bool) -> None:
    refuse_same(samples)
    if not again and (twice := known_as(document, samples)):
        raise AlreadyImported(twice)


def _staged(found: Opened, wanted: Wanted, words: Words, making: _Making, settle: Settle | None) -> Any:
    """See `Opened.stage`. What was only glanced at is certain afterwards. Raises _Mistaken where it was something else."""
    try:
        staged = found.stage(wanted, words)
    except Failure:
        if settle is not None:  # a file that is not what it seemed cannot be read as that
            settle(making.samples)
        raise
    if settle is not None:
        making.samples = settle(making.samples)
    return staged


def _counted(
    making: _Making,
    wanted: Wanted,
    folder: Path,
    step: Progress,
    cancelled: Callable[[], bool] | None,
    settle: Settle | None,
) -> Intake:
    import duckdb

    from journeymap.data.counting.aggregate import count
    from journeymap.data.counting.coding import as_words, code
    from journeymap.data.counting.engine import Interrupted
    from journeymap.data.counting.staging import filtered
    from journeymap.data.where import opened

    found = opened(making.samples, making.recipe.source, folder, cancelled)
    engine = found.engine
    try:
        with watched(engine, cancelled):
            step(0.1, _("Reading"))
            words = as_words(wanted)
            raw, lost, wanted = _staged(found, wanted, words, making, settle)
            raw, left_out = filtered(engine, raw, wanted)
            step(0.4, _("Understanding the answers"))
            coded = code(engine, raw, wanted, words)
            coded.warnings[:0] = found.notes()
            step(COUNTING, _("Counting"))
            counted = count(engine, coded, wanted, lambda part: step(COUNTING + part * 0.3, _("Counting")))
            return making.intake(engine, wanted, coded, counted, {**lost, **left_out})
    except (duckdb.InterruptException, Interrupted) as error:
        raise stopped() from error
    except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
        first = str(error).splitlines()[0]
        raise Failure(
            _("There is not enough memory or disk space to count this: {reason}.").format(reason=first)
        ) from error
    finally:
        engine.close()


def _steps(progress: Progress | None, cancelled: Callable[[], bool] | None) -> Progress:
    def step(part: float, text: str) -> None:
        if cancelled is not None and cancelled():
            raise stopped()
        if progress is not None:
            progress(part, text)

    return step


def _fingerprint(samples: Sequence[Sample]) -> str:
    """The SHA-256 of one file's bytes; of several, that of their sorted fingerprints."""
    if len(samples) == 1:
        return samples[0].fingerprint
    return sha256("\n".join(sorted(sample.fingerprint for sample in samples)).encode()).hexdigest()


def refuse_same(samples: Sequence[Sample]) -> None:
    """Raises Failure where two of the sources are one file, by another name or within an archive."""
    seen: dict[str, Sample] = {}
    for sample in samples:
        for fingerprint in _prints(sample):
            if fingerprint in seen:
                raise Failure(
                    _("{path} and {other} are the same file; name it once.").format(
                        path=sample.path.name, other=seen[fingerprint].path.name
                    )
                )
        seen |= dict.fromkeys(_prints(sample), sample)


def known_as(document: Document, samples: Sequence[Sample]) -> str:
    """The sentence that says that one of the sources is on the map already; "" where none is."""
    seen = {fingerprint: sample for sample in samples for fingerprint in _prints(sample)}
    for data_set in document.all(DataSet):
        for fingerprint in (data_set.fingerprint, *account.fingerprints(data_set.account)):
            if fingerprint in seen:
                return _(
                    "{path} is on the map already, as “{name}”. Import it again only if you mean to count it twice."
                ).format(path=seen[fingerprint].path.name, name=data_set.name)
    return ""


def _prints(sample: Sample) -> set[str]:
    return {sample.fingerprint, sample.inside} - {""}


def _name(samples: Sequence[Sample]) -> str:
    first = samples[0].title
    return first if len(samples) == 1 else _("{first} and {count} more").format(first=first, count=len(samples) - 1)


class _Making:
    """Makes the records of one import."""

    def __init__(
        self,
        document: Document,
        samples: Sequence[Sample],
        recipe: Recipe,
        name: str,
        follows: DataSet | None,
        kept: Recipe,
    ) -> None:
        self.document, self.samples, self.recipe, self.name = document, samples, recipe, name
        self.series = series.series_of(follows) if follows is not None else ""
        self.kept = kept
        self.places = Places(document, account.places(series.members(document, self.series)) if self.series else {})
        self.data_set_id = new_id()
        self.measures: dict[tuple[int, int], Measure] = {}
        self.where: dict[Id, tuple[str | None, str | None]] = {}

    def intake(self, engine: Engine, wanted: Wanted, coded: Coded, counted: Counted, lost: dict[str, int]) -> Intake:
        from journeymap.data.counting import blocks, repeats
        from journeymap.data.counting.composing import STILL_OPEN

        if not counted.rows + sum(lost.values()):
            raise Failure(_("{path} has a header row and nothing below it.").format(path=self.samples[0].path.name))
        self._measure(coded, counted)
        coded.warnings += [*repeats.repeated(self.samples, self.recipe), *privacy.kept_of(self.recipe)]
        told, warnings = account.account(self.samples, self.recipe, coded, counted, lost)
        told["open"] = {
            self.measures[place].id: found.get(STILL_OPEN, 0)
            for place, found in counted.statuses.items()
            if place[0] in coded.open_codes
        }
        told["places"] = self.places.used
        found = privacy.found(self.samples[0], self.recipe)
        told["personal"] = found.dropped
        told["pseudonymised"] = found.pseudonymised
        columns = [EVERYBODY, *self._segments(wanted)]
        cube = {
            (self.measures[place].id, columns[segment]): block
            for place, segment, block in blocks.blocks(coded, counted)
        }
        pairs = blocks.pairs(engine, coded, wanted, self._id)
        data_set = self._data_set(told, counted, tuple(columns[1:]), weighted=wanted.weight is not None)
        measures = tuple(self.measures.values())
        return Intake(
            attach(self.document, data_set, measures, self.places.made),
            cube,
            tuple(pairs),
            data_set,
            measures,
            told,
            self._created(),
            (*warnings, *found.kept, *self._alike()),
            found.dropped,
            self.where,
        )

    def _alike(self) -> list[str]:
        """New touchpoints that are called almost like one of the map. A refresh asks about them itself."""
        if self.series:
            return []
        known = [one.name for one in self.document.all(Touchpoint) if one.id not in self.places.used.values()]
        pairs = ((new, nearest(new, known)) for new in self._created()["touchpoints"])
        return [
            _(
                "“{new}” is new on the map; if it is “{old}”, import it with --rename “{old}={new}” or choose it in the dialog."
            ).format(new=new, old=old)
            for new, old in pairs
            if old
        ]

    def _segments(self, wanted: Wanted) -> list[str]:
        """The names of the segment columns: of a series always the recipe's, to which personas are bound."""
        if not self.series:
            return [wanted.columns[index] for index in wanted.segments]
        ours = {column(self.samples[0], name): name for name in reversed(self.recipe.columns.segments)}
        return [ours[wanted.columns[index]] for index in wanted.segments]

    def _id(self, place: tuple[int, int]) -> Id | None:
        measure = self.measures.get(place)
        return measure.id if measure else None

    def _measure(self, coded: Coded, counted: Counted) -> None:
        """One Measure for each question and place that any row looked at, in the order of the recipe."""
        keys = several(None, None, len(counted.statuses))
        for order, place in zip(keys, sorted(counted.statuses), strict=True):
            question = coded.questions[place[0]]
            touchpoint, phase = self._place(question, coded.places[place[1]] if place[1] >= 0 else "")
            measure = measure_of(question, self.document.map.currency)
            counts: dict[str, Any] = account.statuses(counted.statuses[place])
            measure = replace(
                measure,
                data_set_id=self.data_set_id,
                order=order,
                touchpoint_id=touchpoint.id if touchpoint else None,
                phase_id=phase.id if phase else None,
                **counts,
            )
            kpi.check(measure)
            self.measures[place] = measure
            self.where[measure.id] = (touchpoint.name if touchpoint else None, phase.name if phase else None)

    def _place(self, question: Question, row: str) -> tuple[Touchpoint | None, Phase | None]:
        name = question.touchpoint or row
        if name:
            return self.places.touchpoint(name), None
        return None, self.places.phase(question.phase) if question.phase else None

    def _created(self) -> dict[str, list[str]]:
        return {
            "phases": [one.name for one in self.places.made if isinstance(one, Phase)],
            "touchpoints": [one.name for one in self.places.made if isinstance(one, Touchpoint)],
        }

    def _data_set(
        self, told: dict[str, Any], counted: Counted, segments: tuple[str, ...], *, weighted: bool
    ) -> DataSet:
        return DataSet(
            self.data_set_id,
            "",
            name=self.name,
            source=", ".join(sample.origin for sample in self.samples),
            fingerprint=_fingerprint(self.samples),
            recipe=self.kept.to_toml(),
            account=json.dumps(told, ensure_ascii=False),
            imported=datetime.now(UTC).isoformat(timespec="seconds"),
            first_day=account.iso(counted.first_day),
            last_day=account.iso(counted.last_day),
            grain=counted.grain,
            weighted=weighted,
            segments=segments,
            series=self.series,
        )
