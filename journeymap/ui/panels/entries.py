"""A touchpoint's entries in the register of personal data, in the inspector."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from journeymap.i18n import _
from journeymap.model import commands, register
from journeymap.model.records import Id, RegisterEntry
from journeymap.ui.controls.buttons import Pill
from journeymap.ui.controls.fields import ChoiceField
from journeymap.ui.controls.heads import Message, SectionHead, Words
from journeymap.ui.panels.form import Form, Several, column, line
from journeymap.ui.panels.page import Page, remove_button


class Entries(QWidget):
    """All entries of a touchpoint, or a way to say that it processes nothing personal."""

    def __init__(self, page: Page, touchpoint_id: Id) -> None:
        super().__init__(page)
        self._page, self._id = page, touchpoint_id
        self.head: SectionHead | None = None
        rows = column(self)
        self.rows = Several(self._ids, lambda id_: EntryRow(page, id_), self)
        self.none = Pill(_("No personal data here"), self, tone="quiet")
        self.none.clicked.connect(
            lambda: page.say(page.desk.do(lambda document: commands.say_no_data(document, touchpoint_id)))
        )
        self.none.setEnabled(not page.desk.open_map.session.read_only)
        rows.addWidget(self.rows)
        rows.addWidget(self.none)

    def _ids(self) -> list[Id]:
        mine = self._page.desk.document.referring(RegisterEntry, "touchpoint_id", self._id)
        return [one.id for one in mine]

    def refresh(self) -> None:
        """Shows the entries as they are now."""
        self.rows.refresh()
        ids = self._ids()
        self.none.setVisible(not ids)
        if self.head is not None:
            self.head.end.setText("" if ids else _("no entry yet"))

    def add(self) -> None:
        """One more entry, its first field with the cursor."""
        before = set(self._ids())
        self._page.say(self._page.desk.do(lambda document: commands.add_entry(document, self._id)))
        self.refresh()
        row = next((self.rows.row(id_) for id_ in self._ids() if id_ not in before), None)
        if isinstance(row, EntryRow) and row.data is not None:
            row.data.setFocus()


class EntryRow(QWidget):
    """One entry: data, purpose, legal basis, condition for special categories, time of keeping, recipients."""

    def __init__(self, page: Page, id_: Id) -> None:
        super().__init__(page)
        self._page, self._id = page, id_
        rows = column(self)
        entry = page.desk.document.one(RegisterEntry, id_)
        self._form = Form(page.desk, id_, self)
        self._no_data = entry.no_data
        self._shows: list[Callable[[], None]] = []
        self.notes: dict[str, Message] = {}
        self.data = (
            None if entry.no_data else self._form.prose("data", _("Data"), prompt=_("which personal data"), weight=600)
        )
        foot = line()
        if entry.no_data:
            foot.addSpacing(8)
            foot.addWidget(Words(_("No personal data is processed here."), self, tint="text2"))
        else:
            self._fields()
        foot.addStretch(1)
        foot.addWidget(remove_button(page, id_, _("Delete this entry"), self))
        rows.addWidget(self._form)
        rows.addLayout(foot)
        self.refresh()

    def _fields(self) -> None:
        self._form.prose("purpose", _("Purpose"), prompt=_("what it is needed for"))
        bases = [(key, register.basis(key)) for key in register.BASES]
        self.basis = self._chosen("legal_basis", _("Legal basis"), bases, register.read_basis, _("none stated"))
        conditions = [(key, register.condition(key)) for key in register.CONDITIONS]
        self.special = self._chosen(
            "special", _("Special"), conditions, register.read_condition, _("no special categories")
        )
        times = [(text, text) for text in register.retentions()]
        self.retention = self._chosen("retention", _("Kept for"), times, str.strip, _("how long"))
        self._form.text("recipients", _("Recipients"), prompt=_("who receives it"))

    def _chosen(
        self, name: str, label: str, known: list[tuple[str, str]], read: Callable[[str], str], prompt: str
    ) -> ChoiceField:
        """A list of what is usual, in which anything else can be typed."""
        widget = ChoiceField(label, self, creates=True, prompt=prompt)
        message = self.notes[name] = self._form.add(label, widget)

        def show() -> None:
            value = str(self._form.value(name) or "")
            widget.setToolTip(dict(known).get(value, value))
            own = [(value, value)] if value and value not in dict(known) else []
            widget.show_options([*known, *own], value or None)

        def commit(value: object) -> None:
            text = read(str(value)) if value is not None else ""
            fields = {name: text}
            message.say(self._page.desk.do(lambda document: commands.set_entry(document, self._id, **fields)))
            self.refresh()

        widget.chosen.connect(commit)
        widget.named.connect(commit)
        self._shows.append(show)
        return widget

    def refresh(self) -> None:
        """Shows the entry as it is now."""
        entry = self._page.desk.document.get(RegisterEntry, self._id)
        if entry is None:
            return
        self._form.refresh()
        for show in self._shows:
            show()
        if not self._no_data:
            special = "special" in register.lacking(entry)
            said = _("This may be a special category of data: state the condition of Art. 9.") if special else ""
            self.notes["special"].say(said, "warning")
