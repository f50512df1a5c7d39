"""What is known of a source before anything is counted, and what the engine gets to read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from journeymap.data.address import Address
from journeymap.data.dialects import Facts, Layout
from journeymap.data.recipe.source import Source

T = TypeVar("T")

SAMPLE_ROWS = 1000
MOST_COLUMNS = 5000


class Sample(Struct, frozen=True):
    """The beginning of a source: what it looks like before anything is counted.

    `columns` are unique: a blank header becomes "column 3", the second of two equal ones gets " (2)". `rows` are the
    first rows that are used, each as long as `columns`. `count` is the number of rows, or None where only counting
    would tell. `facts` are what the file's dialect knows; `layout` where the table lies in the file.
    """

    path: Path
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    encoding: str
    delimiter: str
    decimal: str
    count: int | None
    fingerprint: str = ""
    headers: tuple[str, ...] = ()
    nuls: int = 0
    start: int = 0  # characters before the header: blank lines, a line "sep=;"
    damaged: int = 0  # bytes that are no text in its encoding
    kind: str = "text"
    facts: Facts = Facts()
    layout: Layout | None = None
    inside: str = ""  # the fingerprint of the file within an archive
    address: Address | None = None  # of a database; `types`: its columns and theirs, `given`: what of it is read
    types: tuple[tuple[str, str], ...] = ()
    given: Source = Source()

    @property
    def title(self) -> str:
        """What data of it are called where nobody says otherwise."""
        return nameless(self.path.stem) if self.address is None else self.path.name

    @property
    def origin(self) -> str:
        """Where it is from, as a map keeps it: the name of a file, the address of a database without its password."""
        return nameless(self.path.name) if self.address is None else self.address.url

    def column(self, name: str) -> list[str]:
        """The cells of one column in the sample. Raises ValueError where there is no such column."""
        index = self.columns.index(name)
        return [row[index] for row in self.rows]


class Readable(Struct, frozen=True):
    """A source as the engine reads it: a UTF-8 CSV file at a path without wildcards.

    `again` is where its text can be read from once more, should the engine refuse this file as not strict.
    """

    path: Path
    delimiter: str
    columns: tuple[str, ...]
    sample: Sample
    dropped: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    again: Path | None = None


def nameless(name: str) -> str:
    """The name of a file or a column as a map may keep it: without anybody's address or number in it."""
    from journeymap.data.privacy.masking import mask_identifiers

    return mask_identifiers(name).text


def called(sample: Sample, named: Mapping[str, str]) -> Sample:
    """The sample with other names for some of its columns."""
    facts = sample.facts
    return replace(
        sample,
        columns=tuple(named.get(name, name) for name in sample.columns),
        facts=replace(
            facts,
            texts=_keyed(facts.texts, named),
            kinds=_keyed(facts.kinds, named),
            labels=_keyed(facts.labels, named),
            missing=_keyed(facts.missing, named),
            absent=_keyed(facts.absent, named),
            aliases={other: named.get(name, name) for other, name in facts.aliases.items()},
        ),
    )


def _keyed(of: Mapping[str, T], named: Mapping[str, str]) -> dict[str, T]:
    return {named.get(name, name): value for name, value in of.items()}
