"""Single keys, clicks and double clicks that set something in the lanes of measure, without opening a field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from journeymap.i18n import _
from journeymap.model import commands, lanes, wording
from journeymap.model.change import Change
from journeymap.model.layout.arc import Arc
from journeymap.model.layout.channels import Channels
from journeymap.model.layout.charts import FORMS, subjects
from journeymap.model.layout.emotion import Emotions
from journeymap.model.layout.strip import Strip
from journeymap.model.picture import Ellipse, Group, Text
from journeymap.model.records import Action, Channel, Id, Lane, PainPoint, Touchpoint
from journeymap.ui.canvas import cells, edits, measures, ranges

if TYPE_CHECKING:
    from journeymap.ui.canvas.canvas import Canvas
    from journeymap.ui.canvas.gestures.gesture import Touch

REACH: Final = 1.6
"""How far beside a dot, in its radii, a click still means it."""


def typed(canvas: Canvas, text: str) -> bool:
    """A digit, + or − that sets something where the keyboard stands. False where it is text, or a mood."""
    document, cell = canvas.map.document, canvas.selection.cell
    lane, first = document.get(Lane, cell.lane), canvas.selection.first
    if lane is None or cell.touchpoint is None or len(text) != 1:
        return False
    if text in "+-−":
        change = measures.step(document, lane, cell.touchpoint, first, text == "+")
    elif text in "0123456789":
        change = measures.digit(
            document, lane, cell.touchpoint, first, int(text), _channels(canvas, lane, cell.touchpoint)
        )
    else:
        return False
    return change is not None and _set(canvas, change)


def tap(canvas: Canvas, *, other: bool = False) -> bool:
    """The space bar pressed and let go: the next channel or stage, another form of a chart; `other`: its next figure."""
    document, cell = canvas.map.document, canvas.selection.cell
    lane, first = document.get(Lane, cell.lane), canvas.selection.first
    if lane is None or cell.touchpoint is None:
        return False
    if lane.kind == lanes.CHANNELS:
        used = _channels(canvas, lane, cell.touchpoint) or document.all(Channel)
        return bool(used) and _set(canvas, measures.next_channel(document, cell.touchpoint, used))
    if lane.kind == lanes.ACTIONS and document.get(Action, first) is not None and first is not None:
        return _set(canvas, measures.next_status(document, first))
    if lane.kind == lanes.CHART and not other:
        form = FORMS[(FORMS.index(lane.chart) + 1) % len(FORMS)]
        return _set(canvas, commands.edit(document, lane.id, chart=form))
    if lane.kind == lanes.CHART:
        known = subjects(one for several in canvas.map.figures.touchpoint.values() for one in several)
        at = known.index(lane.kpi) if lane.kpi in known else 0
        return bool(known) and _set(canvas, commands.edit(document, lane.id, kpi=known[(at + 1) % len(known)]))
    return False


def delete(canvas: Canvas) -> bool:
    """Delete where the keyboard stands on what a touchpoint has: that goes, the touchpoint stays."""
    document, cell = canvas.map.document, canvas.selection.cell
    ids, anchor = tuple(canvas.selection.ids), canvas.selection.anchor
    range_ = ranges.area(canvas.sheet, document, anchor, cell) if anchor is not None else []
    change = (
        measures.emptied(document, range_)
        if range_
        else measures.cleared(document, document.get(Lane, cell.lane), cell.touchpoint, ids)
    )
    if change is None:
        return False
    if change:
        canvas.map.perform(change)
    else:
        canvas.told.emit(_("Nothing typed in here; a touchpoint is deleted in its own row."))
    return True


def click(canvas: Canvas, at: Touch) -> bool:
    """A click on a dot: a channel, a degree of severity, the stage of an action; on A3 it leads there."""
    group, document = at.group, canvas.map.document
    if group is None or at.adds or canvas.map.session.read_only:
        return False
    change = _clicked(canvas, at, group)
    if change is not None:
        _set(canvas, change, group.meaning.record)
        return True
    action = _named(at, group)
    if action is not None:
        canvas.selection.select(action, cell=cells.cell_of(document, group))
        return True
    return False


def _clicked(canvas: Canvas, at: Touch, group: Group) -> Change | None:
    document, meaning = canvas.map.document, group.meaning
    record, strip = document.record(meaning.record or ""), canvas.sheet.strip_at(at.y)
    if meaning.role == "channel" and meaning.touchpoint is not None and isinstance(strip, Channels):
        row = strip.row_at(at.y - strip.y)
        return measures.toggled(document, meaning.touchpoint, strip.used[row].id) if row is not None else None
    dot = _dot(at, group)
    if dot is None:
        return None
    if isinstance(record, PainPoint) and meaning.role == "pain":
        return commands.edit(document, record.id, severity=dot + 1)
    if isinstance(record, Action) and meaning.role == "action" and dot == 0:
        return measures.next_status(document, record.id)
    return None


def _dot(at: Touch, group: Group) -> int | None:
    """Which of a group's discs lies under the pointer."""
    x, y = at.x - group.x, at.y - group.y
    discs = [item for item in group.items if isinstance(item, Ellipse)]
    near = [n for n, one in enumerate(discs) if (x - one.x) ** 2 + (y - one.y) ** 2 <= (REACH * one.rx) ** 2]
    return min(near, key=lambda n: abs(x - discs[n].x), default=None)


def _named(at: Touch, group: Group) -> Id | None:
    """The action whose number lies under the pointer, at the foot of a pain or at a chance."""
    if group.meaning.link is None or group.meaning.role not in {"pain", "opportunity"}:
        return None
    for item in group.items:
        if isinstance(item, Text) and item.colour == "brand" and item.text.startswith("A"):
            left = group.x + item.x - (item.width if item.anchor == "end" else 0.0)
            inside = left <= at.x <= left + item.width
            if inside and abs(at.y - group.y - item.y + item.size * 0.35) <= item.size * 0.7:
                return group.meaning.link
    return None


def double(canvas: Canvas, at: Touch) -> bool:
    """A double click on the ground of a curve's lane: a point there. On a dot it is two clicks, not an edit."""
    group, strip = at.group, canvas.sheet.strip_at(at.y)
    if canvas.map.session.read_only:
        return False
    if group is not None and _clicked(canvas, at, group) is not None:
        return True
    cell = cells.at(canvas.sheet, at.x, at.y)
    held = group is not None and group.meaning.role in {"emotion", "tension"}
    if held or cell is None or cell.touchpoint is None or not isinstance(strip, Emotions | Arc):
        return False
    return _placed(canvas, strip, cell.touchpoint, at.y - strip.y)


def _placed(canvas: Canvas, strip: Strip, touchpoint: Id, y: float) -> bool:
    document = canvas.map.document
    if isinstance(strip, Arc):
        value = round(strip.tension(y) * 2) / 2
        return _set(canvas, commands.edit(document, touchpoint, tension=value))
    who = edits.person(document, canvas.persona)
    if who is None or not isinstance(strip, Emotions) or strip.empty or strip.lane.folded:
        return False
    if commands.emotion(document, who.id, touchpoint) is not None:
        return False
    change = commands.set_emotion(document, who.id, touchpoint, round(strip.mood(y) * 2) / 2)
    return _set(canvas, change, *change.added)


def _channels(canvas: Canvas, lane: Lane, touchpoint: Id) -> list[Channel]:
    """The channels of a lane's rows, from top to bottom."""
    row = canvas.sheet.row_of(lane.id, touchpoint)
    strip = canvas.sheet.strip_at(row.y) if row is not None else None
    return strip.used if isinstance(strip, Channels) else []


def _set(canvas: Canvas, change: Change, *records: Id | None) -> bool:
    """Does it where that is allowed, and says what is so now. Always the answer to the key."""
    if canvas.map.session.read_only:
        canvas.told.emit(_("This map is open for reading only; nothing can be changed in it."))
        return True
    if change and canvas.map.perform(change):
        known = [id_ for id_ in records if id_ is not None and id_ in canvas.map.document]
        if known:
            canvas.selection.select(*known, cell=canvas.selection.cell)
        canvas.told.emit(_told(canvas, change))
    return True


def _told(canvas: Canvas, change: Change) -> str:
    """What a change has set, in a few words."""
    document = canvas.map.document
    for id_, fields in change.updated.items():
        record = document.record(id_)
        match record:
            case Touchpoint() if "tension" in fields and record.tension is not None:
                return _("Tension {value} of 5").format(value=wording.number(record.tension, 1))
            case Touchpoint() if "channel_id" in fields:
                channel = document.get(Channel, record.channel_id)
                return channel.name if channel is not None else _("No channel")
            case PainPoint():
                return _("Severity {value} of 5").format(value=record.severity)
            case Action():
                return _stage(record.status)
    return change.label


def _stage(status: str) -> str:
    return {
        "proposed": _("Proposed"), "agreed": _("Agreed"), "in_progress": _("In progress"), "done": _("Done"),
    }.get(status, status)  # fmt: skip
