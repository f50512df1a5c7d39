"""From a source and a recipe to what enters the map (see `making`): reading and counting it.

Nothing is written here. `prepare` reads, counts and says what would happen; `Session.perform` makes it happen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeAlias

from journeymap.data import account, privacy
from journeymap.data.address import Address, located
from journeymap.data.counting.engine import LARGE, READING, import_ahead
from journeymap.data.making import Counts, Intake, Making
from journeymap.data.private import folder as private_folder
from journeymap.data.recipe import Recipe
from journeymap.data.recipe.renaming import renamed
from journeymap.data.recipe.resolve import resolve
from journeymap.data.sources import Sample, peek
from journeymap.data.sources.ahead import Ahead, reads_alike
from journeymap.data.watching import Stopped, stopped, watched
from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model.document import Document
from journeymap.model.records import DataSet, Phase, Touchpoint

if TYPE_CHECKING:
    from journeymap.data.counting.encoding import Words
    from journeymap.data.counting.engine import Engine
    from journeymap.data.counting.tallying import Tally
    from journeymap.data.counting.wanted import Wanted
    from journeymap.data.where import Opened

__all__ = ["AlreadyImported", "Stopped", "prepare", "refuse_same"]

Progress = Callable[[float, str], None]
Settle: TypeAlias = Callable[[Sequence[Sample]], Sequence[Sample]]

COUNTING = 0.6
"""So far an import is when all rows are read and their counting begins."""


class AlreadyImported(Failure):
    """The source is on the map already; `again=True` imports it once more."""


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
        import_ahead(*READING)
    look = ahead.look if ahead else partial(peek, cancelled=cancelled)
    samples = [renamed(look(located(path), recipe.source), recipe) for path in paths]
    kept = privacy.cleaned(kept, places) if kept else recipe

    def made(samples: Sequence[Sample], settle: Settle | None) -> Intake:
        if settle is None:
            _refuse_known(document, samples, again=again)
        wanted = resolve(samples, recipe)
        with private_folder() as private:
            making = Making(document, samples, recipe, name, follows, kept)
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


def _staged(
    found: Opened, wanted: Wanted, words: Words, tally: Tally | None, making: Making, settle: Settle | None
) -> Any:
    """See `Opened.stage`. What was only glanced at is certain afterwards. Raises _Mistaken where it was something else."""
    try:
        staged = found.stage(wanted, words, tally)
    except Failure:
        if settle is not None:  # a file that is not what it seemed cannot be read as that
            settle(making.samples)
        raise
    if settle is not None:
        making.samples = settle(making.samples)
    return staged


def _counted(
    making: Making,
    wanted: Wanted,
    folder: Path,
    step: Progress,
    cancelled: Callable[[], bool] | None,
    settle: Settle | None,
) -> Intake:
    from journeymap.data.where import opened

    found = opened(making.samples, making.recipe.source, folder, cancelled)
    letting_go = Thread(target=found.engine.close, name="import-close")
    try:
        counts = _counts(found, making, wanted, step, cancelled, settle)
    finally:
        letting_go.start()
    try:  # meanwhile: a table of millions of rows takes a while to let go
        return making.intake(counts)
    finally:
        letting_go.join()


def _counts(
    found: Opened,
    making: Making,
    wanted: Wanted,
    step: Progress,
    cancelled: Callable[[], bool] | None,
    settle: Settle | None,
) -> Counts:
    import duckdb

    from journeymap.data.counting.coding import as_words
    from journeymap.data.counting.engine import Interrupted

    engine = found.engine
    try:
        with watched(engine, cancelled):
            step(0.1, _("Reading"))
            words, tally = as_words(wanted), found.tally(wanted)
            raw, lost, wanted = _staged(found, wanted, words, tally, making, settle)
            counts = None
            if tally is not None and raw is None:
                step(COUNTING, _("Counting"))
                counts = _tallied(tally, wanted, words, lost)
                if counts is None:
                    words = as_words(wanted)
                    raw, lost, wanted = _staged(found, wanted, words, None, making, None)
            counts = counts or _of_table(engine, raw, wanted, words, lost, step)
            counts.meant.warnings[:0] = found.notes()
            if not counts.counted.rows + sum(counts.lost.values()):
                raise Failure(
                    _("{path} has a header row and nothing below it.").format(path=making.samples[0].path.name)
                )
            return counts
    except (duckdb.InterruptException, Interrupted) as error:
        raise stopped() from error
    except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
        first = str(error).splitlines()[0]
        raise Failure(
            _("There is not enough memory or disk space to count this: {reason}.").format(reason=first)
        ) from error


def _tallied(tally: Tally, wanted: Wanted, words: Words, lost: dict[str, int]) -> Counts | None:
    """What was counted while the rows were read; None where they must be kept after all."""
    from journeymap.data.counting.tallying import Untallied

    with suppress(Untallied):
        meant, counted, sums = tally.counts(words)
        return Counts(wanted, meant, counted, sums, lost)
    return None


def _of_table(engine: Engine, raw: Any, wanted: Wanted, words: Words, lost: dict[str, int], step: Progress) -> Counts:
    """What the rows of a staged table come to. Raises Failure."""
    from journeymap.data.counting import blocks
    from journeymap.data.counting.aggregate import count
    from journeymap.data.counting.coding import code
    from journeymap.data.counting.staging import filtered

    raw, left_out = filtered(engine, raw, wanted)
    step(0.4, _("Understanding the answers"))
    coded = code(engine, raw, wanted, words)
    step(COUNTING, _("Counting"))
    counted = count(engine, coded, wanted, lambda part: step(COUNTING + part * 0.3, _("Counting")))
    return Counts(wanted, coded, counted, blocks.sums(engine, coded), {**lost, **left_out})


def _steps(progress: Progress | None, cancelled: Callable[[], bool] | None) -> Progress:
    def step(part: float, text: str) -> None:
        if cancelled is not None and cancelled():
            raise stopped()
        if progress is not None:
            progress(part, text)

    return step


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
