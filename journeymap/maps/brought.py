"""What a foreign map holds, whatever its format: stages with points, people, links; and what was not carried over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from journeymap.i18n import _, ngettext
from journeymap.model.records import Record, Value


class Said(Struct, frozen=True):
    """A text in a lane. `lane` is a lane's kind; `name` says which of several text lanes; `person` whose words it is;
    `span` how many touchpoints it covers.
    """

    lane: str
    text: str
    name: str = ""
    person: str = ""
    span: int = 1


class Mood(Struct, frozen=True):
    """What a person feels, −2 … +2."""

    person: str
    value: float
    note: str = ""


class Point(Struct, frozen=True):
    """A touchpoint. `fields` are those of the record; `key` is what links call it."""

    name: str
    fields: Mapping[str, Value] = field(default_factory=dict)
    channel: str = ""
    department: str = ""
    said: tuple[Said, ...] = ()
    moods: tuple[Mood, ...] = ()
    pains: tuple[tuple[str, int], ...] = ()  # text, severity
    opportunities: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    key: str = ""


class Stage(Struct, frozen=True):
    """A phase with its touchpoints. `state` names another state than the map's first; "" is that one."""

    name: str
    points: tuple[Point, ...] = ()
    goal: str = ""
    state: str = ""


class Person(Struct, frozen=True):
    """Somebody who takes part. `hidden` for those who would crowd the picture."""

    name: str
    line: str = ""
    hidden: bool = False


class Path(Struct, frozen=True):
    """A way between two points, by their keys."""

    source: str
    target: str
    kind: str = "branch"
    label: str = ""


class Loss(Struct, frozen=True):
    """Something that was not carried over, or not as it stood: how often, in words, and in which lines of the file."""

    text: str
    count: int = 1
    lines: tuple[int, ...] = ()

    def __str__(self) -> str:
        if not self.lines:
            return self.text if self.count == 1 else f"{self.count} × {self.text}"
        shown = ", ".join(map(str, self.lines[:8])) + (" …" if len(self.lines) > 8 else "")
        where = ngettext("line {lines}", "lines {lines}", len(self.lines)).format(lines=shown)
        return _("{where}: {text}").format(where=where, text=self.text)

    def as_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        return {"text": self.text, "count": self.count, "lines": list(self.lines)}


class Brought(Struct, frozen=True):
    """A map from elsewhere. `records` are set where the file holds our own records instead of stages."""

    format: str
    title: str = ""
    about: Mapping[str, Value] = field(default_factory=dict)  # further fields of the map
    people: tuple[Person, ...] = ()
    stages: tuple[Stage, ...] = ()
    paths: tuple[Path, ...] = ()
    losses: tuple[Loss, ...] = ()
    records: tuple[Record, ...] = ()

    @property
    def points(self) -> list[Point]:
        """Every touchpoint, in order."""
        return [point for stage in self.stages for point in stage.points]


class Losses:
    """Gathers losses: one of the same words is counted, its lines are listed."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[int, list[int]]] = {}

    def note(self, text: str, line: int | None = None, count: int = 1) -> None:
        """One more."""
        before, lines = self._found.get(text, (0, []))
        if line is not None and line not in lines:
            lines.append(line)
        self._found[text] = (before + count, lines)

    def all(self) -> tuple[Loss, ...]:
        """In the order in which they were met first."""
        return tuple(Loss(text, count, tuple(lines)) for text, (count, lines) in self._found.items())


def crowd(names: Sequence[str], most: int = 6) -> tuple[Person, ...]:
    """The people of a map by how often they take part (`names` holds each mention); those beyond `most` are hidden."""
    order = list(dict.fromkeys(names))
    shown = set(sorted(order, key=lambda name: -names.count(name))[:most])
    return tuple(Person(name, hidden=name not in shown) for name in order)
