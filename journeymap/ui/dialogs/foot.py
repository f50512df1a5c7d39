"""The foot of the import dialog: keep the recipe, progress with a way to stop it, cancel, import."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from journeymap.i18n import _
from journeymap.ui.controls.buttons import IconButton, Pill
from journeymap.ui.controls.heads import Words


class Foot(QFrame):
    """Buttons only; the dialog connects them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 12, 24, 12)
        row.setSpacing(12)
        self.save_recipe = Pill(_("Save the recipe as a file"), self, icon="download", tone="quiet", height=36)
        self.save_recipe.setToolTip(_("The map keeps the recipe anyway, and reads next month’s file with it."))
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(160)
        self.progress.setRange(0, 100)
        self.doing = Words("", self, tint="text2")
        self.halt = IconButton("close", _("Stop counting"), self)
        self.undoable = Words(_("Can be undone"), self, tint="text3")
        self.cancel = Pill(_("Cancel"), self, tone="quiet", height=36)
        self.go = Pill(_("Import"), self, tone="primary", height=36, weight=600)
        self.go.setEnabled(False)
        row.addWidget(self.save_recipe)
        row.addStretch(1)
        for widget in (self.doing, self.progress, self.halt, self.undoable, self.cancel, self.go):
            row.addWidget(widget)
        self._finished = False
        self.show_progress(shown=False)

    def show_progress(self, *, shown: bool) -> None:
        """Shows or hides what is under way."""
        for widget in (self.progress, self.doing, self.halt):
            widget.setVisible(shown)
        self.undoable.setVisible(not shown and not self._finished)  # there is room for one of the two

    def say(self, share: float, words: str) -> None:
        """How far it is, 0..1, and what is being done."""
        self.progress.setValue(round(share * 100))
        self.doing.setText(words)

    def finish(self) -> None:
        """Only the last button is needed any more."""
        self._finished = True
        for widget in (self.save_recipe, self.undoable, self.cancel):
            widget.hide()
