"""Every text of a map and where it stands: what searching and finding by name look through."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import islice
from operator import itemgetter
from typing import Final, NamedTuple

from journeymap.model import journey, lanes, stories
from journeymap.model.document import Document
from journeymap.model.records import (
    Action,
    Answer,
    Attachment,
    Card,
    Channel,
    DataSet,
    Department,
    Emotion,
    Id,
    Lane,
    Link,
    Map,
    Note,
    Opportunity,
    PainPoint,
    Persona,
    Phase,
    Quote,
    Record,
    RegisterEntry,
    Slider,
    State,
    Tag,
    Tagging,
    Touchpoint,
    Trait,
    TypedKpi,
    UserStory,
    View,
)

FIELDS: Final[dict[type[Record], tuple[str, ...]]] = {
    Map: ("title", "scenario", "finding", "client", "team", "owner"),
    State: ("name",),
    Persona: ("name", "role", "line", "quote", "evidence"),
    Trait: ("text",),
    Slider: ("low", "high"),
    Phase: ("name", "goal", "duration"),
    Touchpoint: ("name", "description", "owner", "message"),
    Channel: ("name",),
    Department: ("name",),
    Tag: ("name",),
    Link: ("label",),
    Lane: ("name", "hint"),
    Card: ("text",),
    Emotion: ("note",),
    UserStory: ("want", "benefit", "expectation"),
    Note: ("text",),
    Attachment: ("name", "url"),
    RegisterEntry: ("data", "purpose", "retention", "recipients"),
    PainPoint: ("text", "evidence"),
    Opportunity: ("text",),
    Action: ("title", "owner"),
    TypedKpi: ("name", "source"),
    Quote: ("text", "source"),
    DataSet: ("name", "source"),
    View: ("name",),
}
"""The texts that people write, by the kind of record that holds them."""

_ROWS: Final[dict[type[Record], str]] = {
    Touchpoint: lanes.JOURNEY, Emotion: lanes.EMOTION, UserStory: lanes.STORIES, PainPoint: lanes.PAINS,
    Opportunity: lanes.OPPORTUNITIES, Action: lanes.ACTIONS, Quote: lanes.QUOTES, TypedKpi: lanes.FIGURES,
    Channel: lanes.CHANNELS, Department: lanes.DEPARTMENTS, Link: lanes.JOURNEY, Tag: lanes.JOURNEY,
}  # fmt: skip
"""The kind of row in which a record is seen whose lane is not said on it."""


class Place(NamedTuple):
    """A record with a text, where it is seen: in a column, in a row; both None for what stands in no cell.

    `record` is what is selected there: for a channel, a department or a tag the touchpoint that has it.
    """

    record: Id
    touchpoint: Id | None
    lane: Id | None
    text: str


def fold(text: str) -> str:
    """A text as it is compared: without case, without accents; ß is ss."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    return "".join(sign for sign in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(sign))


def touchpoints_of(document: Document, record: Record) -> list[Id]:
    """The columns in which a record is seen; of a channel, a department or a tag those that have it."""
    match record:
        case Touchpoint():
            return [record.id]
        case Link():
            return [record.source_id]
        case Channel():
            return [one.id for one in document.referring(Touchpoint, "channel_id", record.id)]
        case Department():
            return [one.id for one in document.referring(Touchpoint, "department_id", record.id)]
        case Tag():
            return [one.touchpoint_id for one in document.referring(Tagging, "tag_id", record.id)]
        case Action():
            answers = document.referring(Answer, "action_id", record.id)
            return [document.one(PainPoint, answer.pain_id).touchpoint_id for answer in answers[:1]]
    at = getattr(record, "touchpoint_id", None)
    return [at] if at is not None else []


def lane_of(document: Document, record: Record) -> Id | None:
    """The lane in which a record is seen: its own, else the first of the kind that shows it; where there is no such
    lane, the journey.
    """
    return _lane(record, first_lanes(document))


def first_lanes(document: Document) -> dict[str, Id]:
    """The first lane of each kind."""
    known: dict[str, Id] = {}
    for lane in document.all(Lane):
        known.setdefault(lane.kind, lane.id)
    return known


def _lane(record: Record, known: dict[str, Id]) -> Id | None:
    if isinstance(record, Lane):
        return record.id
    own = getattr(record, "lane_id", None)
    if own is not None:
        return str(own)
    return known.get(_ROWS.get(type(record), lanes.JOURNEY)) or known.get(lanes.JOURNEY)


def said(record: Record) -> Iterator[str]:
    """The texts of one record that are not empty; a lane without a name of its own is called by its kind."""
    for field in FIELDS.get(type(record), ()):
        text = str(getattr(record, field))
        if text:
            yield text
    if isinstance(record, Lane) and not record.name:
        yield lanes.title(record)


def title(document: Document, record: Record) -> str:
    """What a record is called where it is looked for by name: its first text, in one line."""
    if isinstance(record, UserStory):
        return stories.told(document, record)
    return " ".join(next(said(record), "").split())


class Texts:
    """All texts of a document at one moment, in reading order: column by column, from top to bottom.

    They are gathered when somebody looks for one, or before, a few at a time, with `gather`.
    """

    def __init__(self, document: Document) -> None:
        self._coming = _all(document)
        self._seen: list[tuple[int, int, int, Place, str]] = []  # where it is read, the text, and how it is compared
        self._complete = False

    def gather(self, most: int) -> bool:
        """Gathers `most` more; False where all are there. The document must not have changed since the beginning."""
        if not self._complete:
            before = len(self._seen)
            self._seen += (
                (*at, n, place, fold(place.text)) for n, (at, place) in enumerate(islice(self._coming, most), before)
            )
            if len(self._seen) - before < most:
                self._seen.sort(key=itemgetter(0, 1, 2))
                self._complete = True
        return not self._complete

    def find(self, words: str) -> list[Place]:
        """Where `words` occur, in one piece; every record once in each column. None for no words."""
        wanted = fold(" ".join(words.split()))
        if not wanted:
            return []
        while self.gather(100_000):
            pass
        found: dict[tuple[Id, Id | None], Place] = {}
        for *_at, place, text in self._seen:
            if wanted in text:
                found.setdefault((place.record, place.lane), place)
        return list(found.values())


def _all(document: Document) -> Iterator[tuple[tuple[int, int], Place]]:
    """Every text with its column and its row."""
    columns = {one.id: n for n, one in enumerate(journey.every_touchpoint(document), 1)}
    rows = {lane.id: n for n, lane in enumerate(document.all(Lane))}
    known = first_lanes(document)
    for kind in FIELDS:
        for record in document.all(kind):
            if kind is not Lane and not any(getattr(record, field) for field in FIELDS[kind]):
                continue
            inside = document.referring(Touchpoint, "phase_id", record.id) if kind is Phase else ()
            first = next(iter(inside), None)
            for place in _places(document, record, known):
                at = place.touchpoint or (first.id if first is not None else "")
                yield (columns.get(at, 0), rows.get(place.lane or "", -1)), place


def _places(document: Document, record: Record, known: dict[str, Id]) -> Iterator[Place]:
    """Where the texts of a record are seen."""
    said_here = [*said(record)]
    if not said_here:
        return
    lane, instead = _lane(record, known), isinstance(record, Channel | Department | Tag)
    columns = touchpoints_of(document, record)
    for at in columns:
        for text in said_here:
            yield Place(at if instead else record.id, at, lane, text)
    if not instead and not columns:  # a channel that nobody uses is nowhere seen
        for text in said_here:
            yield Place(record.id, None, record.id if isinstance(record, Lane) else None, text)
