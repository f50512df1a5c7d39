"""Binds a persona to the respondents who are like her: a segment column of the data and one of its values."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from journeymap.formats import stamps
from journeymap.i18n import _, ngettext
from journeymap.model import commands, segments, wording
from journeymap.model.records import DataSet, Id, Map, Persona
from journeymap.model.segments import Group
from journeymap.ui.controls.fields import ChoiceField
from journeymap.ui.controls.heads import Words
from journeymap.ui.panels.form import Desk, line
from journeymap.ui.personas.entries import Say


class SegmentRow(QWidget):
    """Column and value, with how many answered so. `SegmentRow(desk, persona_id, say)`."""

    def __init__(self, desk: Desk, persona: Id, say: Say, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._persona, self._say = desk, persona, say
        self._known: tuple[object, list[Group]] = (None, [])
        row = line(self, spacing=4)
        self.column = ChoiceField(_("Segment"), self)
        self.value = ChoiceField(_("Value of the segment"), self)
        self.empty = Words(_("The imported data have no segments yet."), self, tint="text3", wrap=True)
        for widget in (self.column, self.value, self.empty):
            row.addWidget(widget, 1)
        self.column.chosen.connect(lambda name: self._set(str(name or ""), ""))
        self.value.chosen.connect(lambda name: self._set(self._bound().segment_column, str(name or "")))
        for field in (self.column, self.value):
            field.setEnabled(not desk.open_map.session.read_only)
        self.refresh()

    def refresh(self) -> None:
        """Shows the binding and what there is to bind to."""
        persona = self._desk.document.get(Persona, self._persona)
        if persona is None:
            return
        names = segments.columns(self._desk.document)
        if persona.segment_column and persona.segment_column not in names:
            names.append(persona.segment_column)
        self.empty.setVisible(not names)
        self.column.setVisible(bool(names))
        self.value.setVisible(bool(persona.segment_column))
        self.column.show_options([("", _("everybody")), *((name, name) for name in names)], persona.segment_column)
        found = sorted(self._groups(persona.segment_column), key=lambda one: one.n or 0)
        options = {one.value: _option(one) for one in found}
        if persona.segment_value:
            options.setdefault(persona.segment_value, persona.segment_value)
        self.value.show_options([("", _("choose")), *sorted(options.items())], persona.segment_value)

    def told(self) -> str:
        """How many answered like her, data set by data set."""
        persona = self._bound()
        found = [one for one in self._groups(persona.segment_column) if one.value == persona.segment_value]
        if not found and persona.segment_value:
            return _("Nobody in the data is called so now; the figures of the map are not hers.")
        return "\n".join(_sentence(one) for one in found)

    def _bound(self) -> Persona:
        return self._desk.document.one(Persona, self._persona)

    def _groups(self, name: str) -> list[Group]:
        """Blocks are read from the file: not again after every key."""
        document = self._desk.document
        limit = max((one.privacy_limit for one in document.all(Map)), default=0)
        key = (name, limit, tuple((one.id, one.account) for one in document.all(DataSet)))
        if key != self._known[0]:
            self._known = (key, segments.groups(document, self._desk.open_map.session.cube, name))
        return self._known[1]

    def _set(self, name: str, value: str) -> None:
        self._say(
            self._desk.do(
                lambda document: commands.edit(document, self._persona, segment_column=name, segment_value=value)
            )
        )
        self.refresh()


def _option(group: Group) -> str:
    if group.n is None:
        return _("{value} (too few to be shown)").format(value=group.value)
    return _("{value} (n {n})").format(value=group.value, n=wording.count(group.n))


def _sentence(group: Group) -> str:
    name, period = group.data_set.name, stamps.period(group.data_set.first_day, group.data_set.last_day)
    where = ", ".join(part for part in (name, period) if part)
    if group.n is None:
        few = _("{where}: fewer than {n}, or a group that would give such a one away; their number is not shown.")
        return few.format(where=where, n=group.least)
    n = ngettext("{n} answer like hers", "{n} answers like hers", group.n).format(n=wording.count(group.n))
    return _("{where}: {n}").format(where=where, n=n)
