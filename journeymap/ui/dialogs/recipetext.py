"""The text of a recipe, to be read and copied; it is edited by the dialog, or in a file."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from journeymap.data import Recipe
from journeymap.i18n import _
from journeymap.ui.controls.buttons import Pill
from journeymap.ui.controls.heads import Words


class RecipeText(QFrame):
    """A window over the others that goes by Escape or a click elsewhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("look", "card")
        self.setFixedSize(520, 440)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        head = QHBoxLayout()
        head.addWidget(Words(_("Recipe"), self, size=16, weight=600), 1)
        self.text = QPlainTextEdit(self)
        self.copy = Pill(_("Copy"), self, icon="copy")
        self.copy.clicked.connect(lambda: QApplication.clipboard().setText(self.text.toPlainText()))
        head.addWidget(self.copy)
        column.addLayout(head)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("Text of the recipe"))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        column.addWidget(self.text, 1)
        column.addWidget(
            Words(_("The map keeps this text with the data, and reads next month’s file with it."), self, tint="text3")
        )

    def show_recipe(self, recipe: Recipe, at: QPoint) -> None:
        """Shows a recipe, its right edge within the screen."""
        self.text.setPlainText(recipe.to_toml())
        screen = self.screen()
        if screen is not None:
            at.setX(min(at.x(), screen.availableGeometry().right() - self.width() - 8))
        self.move(at)
        self.show()
        self.text.setFocus(Qt.FocusReason.PopupFocusReason)
