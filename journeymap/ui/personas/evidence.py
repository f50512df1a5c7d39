"""What a persona is known from: interviews, words, and the respondents who are like her, with their number."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from journeymap.i18n import _
from journeymap.model.records import Id, Persona
from journeymap.ui.controls.heads import Words
from journeymap.ui.panels import reading
from journeymap.ui.panels.form import INDENT, Desk, Form, column, line
from journeymap.ui.personas.entries import Say
from journeymap.ui.personas.segment import SegmentRow


class Evidence(QWidget):
    """Interviews, words, segment and value; below how many answered. `Evidence(desk, persona_id, say)`."""

    def __init__(self, desk: Desk, persona: Id, say: Say, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._persona, self._say = desk, persona, say
        rows = column(self)
        form = self.form = Form(desk, persona, self)
        self.interviews = form.text(
            "interviews", _("Interviews"), prompt=_("how many stand behind her"), read=reading.whole(0, 100_000)
        )
        self.words = form.prose("evidence", _("Known from"), prompt=_("observation, diary, a workshop with staff …"))
        rows.addWidget(form)
        row = line(spacing=4)
        label = Words(_("Like her"), self, tint="text3")
        label.setFixedWidth(form.label_width - 4)  # the space of this row
        row.addSpacing(INDENT)
        row.addWidget(label)
        self.segment = SegmentRow(desk, persona, self._said, self)
        row.addWidget(self.segment, 1)
        rows.addLayout(row)
        self.count = Words("", self, tint="text2", wrap=True)
        self.count.setContentsMargins(INDENT + form.label_width + 11, 2, 0, 4)
        rows.addWidget(self.count)
        self.refresh()

    def refresh(self) -> None:
        """Shows the evidence as it is now, and what there is to bind to."""
        if self._desk.document.get(Persona, self._persona) is None:
            return
        self.form.refresh()
        self.segment.refresh()
        self._show_count()

    def _said(self, problem: str) -> None:
        self._say(problem)
        self._show_count()

    def _show_count(self) -> None:
        self.count.setText(self.segment.told())
        self.count.setVisible(bool(self.count.text()))
