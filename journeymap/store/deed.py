"""What is handed to the store thread: a Change, and what must become durable together with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from journeymap.model.change import Change
from journeymap.model.cube import Block, BlockKey, Pair
from journeymap.model.history import History
from journeymap.model.records import Id, Record
from journeymap.store import log
from journeymap.store.steps import Step


class Deed(Struct, eq=False):
    """A Change on its way to the file, with all that must become durable together with it."""

    change: Change
    kinds: dict[Id, type[Record]]  # of the updated records
    kind: log.Kind
    time: str
    author: str
    session: str
    step: Step | None = None  # what it did, takes back or repeats
    blocks: Mapping[BlockKey, Block] = field(default_factory=dict)
    pairs: Sequence[Pair] = ()
    blobs: Mapping[str, bytes] = field(default_factory=dict)
    snapshot: tuple[Id, tuple[Record, ...]] | None = None  # a version and the records it names
    before: History = field(default_factory=History)  # what could be undone before it


class Behind(Exception):
    """Someone else has written to the file meanwhile."""
