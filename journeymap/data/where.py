"""Where the rows of an import are: in files, read into the embedded engine, or in a database, which is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from journeymap.data.address import IN_A_FILE
from journeymap.data.counting.engine import Engine
from journeymap.data.recipe import Source
from journeymap.data.sources import Readable, Sample, plain
from journeymap.failure import Failure
from journeymap.i18n import _

if TYPE_CHECKING:
    import ibis

    from journeymap.data.counting.encoding import Words
    from journeymap.data.counting.tallying import Tally
    from journeymap.data.counting.wanted import Wanted


class Opened(Struct):
    """The engine for the rows of `samples`; whoever opened it closes `engine`."""

    engine: Engine
    samples: tuple[Sample, ...]
    source: Source
    readables: tuple[Readable, ...] = ()
    folder: Path = Path()
    cancelled: Callable[[], bool] | None = None

    def tally(self, wanted: Wanted) -> Tally | None:
        """What may count the rows while they are read; None where they must become a table."""
        if not self.readables:
            return None
        from journeymap.data.counting.tallying import Tally

        return Tally(wanted) if Tally.suits(wanted, self.readables) else None

    def stage(
        self, wanted: Wanted, words: Words | None = None, tally: Tally | None = None
    ) -> tuple[ibis.Table | None, dict[str, int], Wanted]:
        """The rows as a table of text, None where `tally` has counted them; how many were left out by reason, and what is
        wanted of it. Raises Failure.
        """
        from journeymap.data import databases
        from journeymap.data.counting import staging
        from journeymap.data.databases.afar import Afar

        if isinstance(self.engine, Afar):
            raw, wanted = databases.stage(self.engine, self.samples[0], wanted)
            return raw, {}, wanted
        if (address := self.samples[0].address) is not None:
            with closing(databases.counting(address, self.source, self.folder)) as afar:
                raw, wanted = databases.copied(afar, self.samples[0], wanted, self.engine, self.cancelled)
            return raw, {}, wanted
        raw, lost = staging.stage(self.engine, self.readables, wanted.columns, self.source, words, tally)
        return raw, lost, wanted

    def notes(self) -> list[str]:
        """What the sources have to say for the account."""
        if not self.readables:
            return [note for sample in self.samples for note in sample.facts.notes]
        return [note for readable in self.readables for note in (*readable.sample.facts.notes, *readable.notes)]


def opened(
    samples: Sequence[Sample], source: Source, folder: Path, cancelled: Callable[[], bool] | None = None
) -> Opened:
    """The engine for the rows of sources that were looked at. `folder` is private. Raises Failure."""
    address = next((sample.address for sample in samples if sample.address is not None), None)
    if address is not None:
        from journeymap.data import databases

        if len(samples) > 1:
            raise Failure(_("A database is imported on its own; import the other sources as data sets beside it."))

        if address.kind in IN_A_FILE:
            return Opened(Engine(folder), tuple(samples), source, folder=folder, cancelled=cancelled)
        return Opened(databases.counting(address, source, folder), tuple(samples), source)
    readables = tuple(plain(sample, folder, number, source, cancelled) for number, sample in enumerate(samples))
    engine = Engine(folder, [readable.path for readable in readables])
    return Opened(engine, tuple(samples), source, readables)
