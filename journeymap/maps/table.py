"""A table that is a map, read by a `roles.Mapping`: phases, touchpoints and what stands in their columns or rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.maps import roles
from journeymap.maps.brought import Brought, Losses, Mood, Point, Said, Stage, crowd
from journeymap.maps.ratings import Ratings
from journeymap.maps.roles import ACROSS, Line, Mapping
from journeymap.maps.sheets import Sheet
from journeymap.model import lanes

FORMAT = "table"
_BULLET = re.compile(r"^\s*(?:[-–•·*▪►]|\d+[.)])\s+")
_YES = {"x", "✓", "✔", "yes", "ja", "true", "1", "y", "j", "★", "mot"}
_LANES = {
    "thoughts": lanes.THOUGHTS, "front_stage": lanes.FRONT_STAGE, "back_stage": lanes.BACK_STAGE,
    "support": lanes.SUPPORT, "staff": lanes.STAFF, "text": lanes.TEXT,
}  # fmt: skip


class _Column(Struct):
    """One touchpoint as it is being read; `name` may be several lines, and so several touchpoints."""

    phase: str
    name: str
    goal: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    channel: str = ""
    department: str = ""
    said: list[Said] = field(default_factory=list)
    moods: list[Mood] = field(default_factory=list)
    pains: list[str] = field(default_factory=list)
    opportunities: list[str] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    severity: int = 3


def read(sheet: Sheet, mapping: Mapping, name: str) -> Brought:
    """The map that a sheet holds under a mapping. Raises Failure where neither phase nor touchpoint is mapped, or nothing is there."""
    turned = sheet.turned() if mapping.direction == ACROSS else sheet
    if mapping.line("touchpoint") is None and mapping.line("phase") is None:
        raise Failure(_("{name}: say which heading names the touchpoints, or the phases.").format(name=name))
    losses = Losses()
    columns = list(_columns(turned, mapping, losses))
    if not columns:
        raise Failure(_("{name} has no touchpoint under its headings; there is nothing to bring in.").format(name=name))
    for line in mapping.lines:
        left = sum(bool(row[line.place]) for row in turned.rows[mapping.head + 1 :])
        if line.role == roles.LEAVE and left:
            losses.note(
                _("the cells of “{heading}” were left out").format(heading=line.heading or f"#{line.place + 1}"),
                count=left,
            )
    stages = _stages(columns)
    people = crowd([person for one in columns for person in _people(one)])
    return Brought(FORMAT, _title(sheet, mapping), {}, people, stages, (), losses.all())


def _people(column: _Column) -> Iterator[str]:
    yield from (mood.person for mood in column.moods if mood.person)
    yield from (said.person for said in column.said if said.person)


def _columns(turned: Sheet, mapping: Mapping, losses: Losses) -> Iterator[_Column]:
    phase_line, point_line = mapping.line("phase"), mapping.line("touchpoint")
    ratings = {
        line.place: Ratings([row[line.place] for row in turned.rows[mapping.head + 1 :] if row[line.place]], losses)
        for line in mapping.lines
        if line.role == "emotion"
    }
    phase, goal = "", ""
    numbers = [number for number, row in enumerate(turned.rows) if number > mapping.head and any(row)]
    for number in numbers:
        row = turned.rows[number]
        said = row[phase_line.place] if phase_line else ""
        if said and said != phase:
            phase, goal = said, ""
        goal = _value(row, mapping.line("goal")) or goal
        name = row[point_line.place] if point_line else ""
        column = _Column(_one_line(phase), name, goal)
        person = _value(row, mapping.line("persona"))
        for line in mapping.lines:
            if row[line.place]:
                rows = turned.span(number, line.place)[0]
                covered = sum(number <= other < number + rows for other in numbers)
                _take(column, line, row[line.place], person or line.person, covered, ratings, losses)
        if not name and not (point_line is None and said):
            if _empty(column):
                continue  # a blank column, or the end of a merged heading
            losses.note(_("cells without a touchpoint; they stand under one without a name of its own"), number + 1)
            column.name = _("Touchpoint")
        column.name = column.name or _one_line(phase)
        yield column


def _empty(column: _Column) -> bool:
    return not (column.said or column.moods or column.pains or column.opportunities or column.actions or column.channel)


def _value(row: tuple[str, ...], line: Line | None) -> str:
    return row[line.place] if line else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _take(
    column: _Column, line: Line, text: str, person: str, span: int, ratings: dict[int, Ratings], losses: Losses
) -> None:
    """One cell, in its role."""
    role = line.role
    if role in {"phase", "touchpoint", "goal", "persona", roles.LEAVE}:
        return
    if role == "emotion":
        _feel(column, line, text, person, ratings[line.place], losses)
    elif role == "channel":
        _channel(column, text, losses)
    elif role in _LANES:
        lane = _LANES[role]
        whose = person if lane == lanes.THOUGHTS else ""
        name = line.heading if role == "text" else ""
        column.said += [Said(lane, one, name, whose, span if lane in lanes.BARS else 1) for one in _bullets(text)]
    else:
        _note(column, role, text)


def _note(column: _Column, role: str, text: str) -> None:
    match role:
        case "description":
            column.fields["description"] = "\n".join(filter(None, (column.fields.get("description", ""), text)))
        case "owner":
            column.fields["owner"] = _one_line(text)
        case "department":
            column.department = _one_line(text)
        case "pain":
            column.pains += _lines(text)
        case "severity":
            found = re.search(r"\d+", text)
            column.severity = min(5, max(1, int(found.group()[:3]))) if found else column.severity
        case "opportunity":
            column.opportunities += _lines(text)
        case "action":
            column.actions += _lines(text)
        case "truth":
            column.fields["moment_of_truth"] = text.strip().casefold() in _YES
        case _:
            column.tags += [one.strip() for one in re.split(r"[,;\n]", text) if one.strip()]


def _channel(column: _Column, text: str, losses: Losses) -> None:
    names = [one.strip() for one in re.split(r"[\n,;/+]| und | and ", text) if one.strip()]
    column.channel = names[0] if names else ""
    if len(names) > 1:
        losses.note(_("a touchpoint has one channel; the further ones became tags"), count=len(names) - 1)
        column.tags += names[1:]


def _feel(column: _Column, line: Line, text: str, person: str, ratings: Ratings, losses: Losses) -> None:
    if not ratings.readable(text):
        losses.note(
            _("a feeling in words, without a value, became a thought (“{heading}”)").format(heading=line.heading)
        )
        column.said.append(Said(lanes.THOUGHTS, text, person=person))
        return
    value = ratings.value(text)
    if value is not None and all(mood.person != person for mood in column.moods):
        column.moods.append(Mood(person, value))


def _lines(text: str) -> list[str]:
    """The texts of a cell, one a line, without their bullets."""
    return [stripped for one in text.splitlines() if (stripped := _BULLET.sub("", one).strip())]


def _bullets(text: str) -> list[str]:
    """A cell's texts where it is a list; else the cell as it is."""
    rows = [one for one in text.splitlines() if one.strip()]
    return _lines(text) if len(rows) > 1 and all(_BULLET.match(one) for one in rows) else [text]


def _stages(columns: list[_Column]) -> tuple[Stage, ...]:
    """Columns of one phase that follow each other are one stage."""
    found: list[tuple[str, str, list[Point]]] = []
    for column in columns:
        if not found or found[-1][0] != column.phase:
            found.append((column.phase, column.goal, []))
        found[-1][2].extend(_points(column))
    return tuple(Stage(name or _("Phase 1"), tuple(points), goal) for name, goal, points in found)


def _points(column: _Column) -> Iterator[Point]:
    """A touchpoint; a cell of several lines is several, of which the first has what stands below."""
    names = _lines(column.name) or [column.name]
    yield Point(
        names[0], column.fields, column.channel, column.department, tuple(column.said), tuple(column.moods),
        tuple((text, column.severity) for text in column.pains), tuple(column.opportunities), tuple(column.actions),
        tuple(dict.fromkeys(column.tags)),
    )  # fmt: skip
    for name in names[1:]:
        yield Point(name)


def _title(sheet: Sheet, mapping: Mapping) -> str:
    """A lone text above the headings."""
    last = (
        mapping.head
        if mapping.direction != ACROSS
        else min((line.place for line in mapping.lines if line.role != roles.LEAVE), default=0)
    )
    above = [[cell for cell in row if cell] for row in sheet.rows[:last]]
    return next((_one_line(row[0]) for row in above if len(row) == 1 and len(row[0]) < 120), "")
