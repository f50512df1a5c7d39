"""The line under the rows: what the current column is taken for, why, and what it asks."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from journeymap.i18n import _, ngettext
from journeymap.model import wording
from journeymap.ui.controls.heads import Words
from journeymap.ui.dialogs.choices import Choices, roles


class ReasonLine(QFrame):
    """Name and role of a column, then the reason in the words of the guess."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.setFixedHeight(34)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 16, 0)
        row.setSpacing(8)
        self.name = Words("", self, weight=600)
        self.reason = Words("", self, tint="text2")
        self.keys = Words(_("Enter: role   Space: figure"), self, tint="text3", size=12)
        row.addWidget(self.name)
        row.addWidget(self.reason, 1)
        row.addWidget(self.keys)

    def show_column(self, choices: Choices, section: int) -> None:
        """Says what there is to say of a column."""
        if not 0 <= section < len(choices.columns):
            self.name.setText("")
            self.reason.setText(_("Press a column to see what it is taken for, and why."))
            return
        column = choices.columns[section]
        texts = len(choices.texts(column.name))
        values = ngettext("{n} value", "{n} different values", texts).format(n=wording.count(texts))
        asked = choices.sample.facts.texts.get(column.name, "")
        self.name.setText(column.name[:60])
        parts = [roles()[column.kind].name, column.reason, values, _("“{text}”").format(text=asked) if asked else ""]
        self.reason.setText(" · ".join(part for part in parts if part))
        self.reason.setToolTip("\n".join(part for part in parts if part))
