"""What the finder finds: every action that can be done now, and every record by its name, exactly or nearly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct, field

from journeymap.model import texts, words
from journeymap.model.document import Document
from journeymap.model.records import (
    Action,
    Attachment,
    Card,
    Channel,
    Department,
    Id,
    Lane,
    Note,
    Opportunity,
    PainPoint,
    Persona,
    Phase,
    Quote,
    Record,
    Tag,
    Touchpoint,
    Trait,
    UserStory,
    View,
)
from journeymap.model.texts import fold

MOST: Final = 12
"""So many are offered."""

NEAR: Final = 72.0
"""From this likeness on (0 … 100, as rapidfuzz counts it) a name is offered that does not hold the words."""

KINDS: Final[tuple[tuple[type[Record], str], ...]] = (
    (Touchpoint, "card"), (Phase, "flag"), (PainPoint, "warning"), (Action, "target"), (Persona, "user"), (Lane, "lane"),
    (Channel, "phone"), (Department, "handover"), (Tag, "bookmark"), (Card, "chat"), (Opportunity, "star"),
    (Quote, "quotes"), (UserStory, "user"), (Trait, "user"), (Attachment, "link"), (Note, "note"), (View, "eye"),
)  # fmt: skip
"""The records that are found, with their icon, those that people ask for most first."""


class Entry(Struct, frozen=True):
    """Something to choose: what it is called, a quiet word beside it, an icon, and what choosing it does."""

    text: str
    beside: str
    icon: str
    do: Callable[[], object]


class Lookup(Struct):
    """Actions and records at one moment; `go` leads to a record."""

    actions: Sequence[Entry]
    document: Document | None = None
    go: Callable[[Id], object] = lambda _id: None
    _names: list[tuple[str, str, Id, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.document is not None:
            self._names = [*_named(self.document)]

    def find(self, asked: str) -> list[Entry]:
        """The best of what fits, actions before records of the same rank; without words the first actions."""
        wanted = fold(asked).split()
        if not wanted:
            return [*self.actions[:MOST]]
        folded = [(fold(entry.text), place) for place, entry in enumerate(self.actions)]
        first = [*_holding(folded, wanted)]
        count = len(self.actions)
        every = [*first, *_holding(((name, count + n) for n, (name, *_rest) in enumerate(self._names)), wanted)]
        places = [place for _rank, place in sorted(every)[:MOST]]
        if len(places) < MOST:
            names = [*(name for name, _place in folded), *(one[0] for one in self._names)]
            places += _near(names, " ".join(wanted), frozenset(places), MOST - len(places))
        return [self._entry(place) for place in places]

    def _entry(self, place: int) -> Entry:
        if place < len(self.actions):
            return self.actions[place]
        _folded, text, id_, kind = self._names[place - len(self.actions)]
        return Entry(text, words.noun(KINDS[kind][0]), KINDS[kind][1], lambda: self.go(id_))


def _named(document: Document) -> Iterator[tuple[str, str, Id, int]]:
    """Folded name, name, record and kind of all that has a name."""
    for number, (kind, _icon) in enumerate(KINDS):
        for record in document.all(kind):
            text = texts.title(document, record)
            if text:
                yield fold(text), text, record.id, number


def _holding(names: Iterable[tuple[str, int]], wanted: Sequence[str]) -> Iterator[tuple[int, int]]:
    """(rank, place) of the names that hold every word: at the beginning, at that of a word, anywhere."""
    first = wanted[0]
    for name, place in names:
        if all(word in name for word in wanted):
            yield (0 if name.startswith(first) else 1 if f" {first}" in name else 2), place


def _near(names: Sequence[str], asked: str, known: frozenset[int], most: int) -> list[int]:
    """The places of names that are written nearly so, the likest first."""
    if len(asked) < 3:
        return []
    from rapidfuzz import fuzz, process  # at the first question: it is not needed to show a map

    found = process.extract(asked, names, scorer=fuzz.WRatio, limit=most + len(known), score_cutoff=NEAR)
    return [place for _name, _score, place in found if place not in known][:most]
