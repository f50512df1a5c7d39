"""Light and dark in Qt: tokens as QColor, a palette, and one small stylesheet over Fusion.

The theme in force hangs on the application object as a property, so that any widget can ask `theme.current()`;
after a switch every widget gets a palette change event, which is the moment to redraw.

Looks for panels and dialogs, set with `setProperty("look", …)`: labels `title`, `head`, `caption`, `quiet`, `error`;
buttons `primary` (one a view), `quiet`, `icon`, `segment`; frames `panel`, `card`, `rule`, `sunk`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from journeymap.model import theme as tokens
from journeymap.ui import fonts

CHOICES = ("system", "light", "dark")


class Theme(Struct, frozen=True, dict=True):
    """The colours of one ground; tokens are those of `model.theme`."""

    dark: bool
    names: Mapping[str, str]

    @cached_property
    def _known(self) -> dict[str, QColor]:
        return {}

    def colour(self, token: str, opacity: float = 1.0) -> QColor:
        """The colour of a token or of "#RRGGBB". Raises KeyError for a token that no theme has."""
        found = self._known.get(token)
        if found is None:
            found = self._known[token] = QColor(token if token.startswith("#") else self.names[token])
        if opacity >= 1.0:
            return found
        faint = QColor(found)
        faint.setAlphaF(opacity)
        return faint


def made(*, dark: bool, brand: str | None = None) -> Theme:
    """The light or dark theme, in a client's colour ("#RRGGBB") where one is given."""
    names = tokens.DARK if dark else tokens.LIGHT
    return Theme(dark, tokens.branded(names, brand) if brand else names)


def wanted(choice: str) -> bool:
    """Whether the choice ("system", "light", "dark") means dark now."""
    if choice == "system":
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return choice == "dark"


def apply(app: QApplication, theme: Theme) -> None:
    """Dresses the whole application."""
    app.setProperty("theme", theme)
    app.setFont(fonts.font(13))
    app.setPalette(palette(theme))
    app.setStyleSheet(stylesheet(theme))


def current() -> Theme:
    """The theme in force. Before `apply` it is the light one."""
    app = QApplication.instance()
    found = app.property("theme") if app is not None else None
    return found if isinstance(found, Theme) else made(dark=False)


def colour(token: str, opacity: float = 1.0) -> QColor:
    """A colour of the theme in force."""
    return current().colour(token, opacity)


def palette(theme: Theme) -> QPalette:
    """Qt's roles in the theme's colours."""
    made = QPalette()
    roles = QPalette.ColorRole
    for role, token in (
        (roles.Window, "panel"), (roles.WindowText, "text"), (roles.Base, "card"), (roles.AlternateBase, "panel"),
        (roles.Text, "text"), (roles.Button, "card"), (roles.ButtonText, "text"), (roles.BrightText, "on_brand"),
        (roles.Highlight, "brand2"), (roles.HighlightedText, "text"), (roles.PlaceholderText, "text3"),
        (roles.Light, "hover"), (roles.Midlight, "hover"), (roles.Mid, "border"), (roles.Dark, "control"),
        (roles.Shadow, "border"), (roles.Link, "brand"), (roles.LinkVisited, "brand"), (roles.Accent, "brand"),
        (roles.ToolTipBase, "text"), (roles.ToolTipText, "stage0"),
    ):  # fmt: skip
        made.setColor(role, theme.colour(token))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("text3", 0.6))
    return made


def stylesheet(theme: Theme) -> str:
    """The stylesheet with every `@token` replaced by its colour."""
    sheet = _SHEET
    for token in sorted(theme.names, key=len, reverse=True):
        sheet = sheet.replace(f"@{token};", f"{theme.names[token]};").replace(f"@{token} ", f"{theme.names[token]} ")
    return sheet


_SHEET = """
QWidget { font-size: 13px; }
QToolTip { background: @text; color: @stage0; border: none; padding: 5px 8px; }
QMainWindow::separator { width: 1px; background: @hair; }
QLabel[look="title"] { font-size: 19px; font-weight: 600; color: @text; }
QLabel[look="head"] { font-weight: 600; color: @text2; }
QLabel[look="quiet"] { color: @text2; }
QLabel[look="caption"] { font-size: 11px; color: @text3; }
QLabel[look="error"] { color: @pain; }
QFrame[look="panel"] { background: @panel; border: none; }
QFrame[look="card"] { background: @card; border: 1px solid @border; border-radius: 10px; }
QFrame[look="sunk"] { background: @sunk; border: none; border-radius: 8px; }
QFrame[look="rule"] { background: @hair; border: none; max-height: 1px; min-height: 1px; }
QPushButton { min-height: 30px; padding: 0 14px; border: 1px solid @border; border-radius: 8px; background: @card;
  color: @text; font-weight: 500; }
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @sunk; }
QPushButton:disabled { color: @text3; border-color: @hair; }
QPushButton:focus { border: 2px solid @brand; padding: 0 13px; min-height: 28px; }
QPushButton[look="primary"] { background: @brand; border-color: @brand; color: @on_brand; font-weight: 600; }
QPushButton[look="primary"]:hover { background: @brand_hi; border-color: @brand_hi; }
QPushButton[look="primary"]:disabled { background: @sunk; border-color: @sunk; color: @text3; }
QPushButton[look="primary"]:focus { border: 2px solid @text; }
QPushButton[look="quiet"] { background: transparent; border-color: transparent; color: @text2; }
QPushButton[look="quiet"]:hover { background: @hover; color: @text; }
QPushButton::menu-indicator { width: 0; }
QToolButton { border: none; border-radius: 6px; background: transparent; color: @text2; padding: 0; }
QToolButton[look="icon"] { min-width: 32px; max-width: 32px; min-height: 32px; max-height: 32px; }
QToolButton:hover, QToolButton:checked { background: @hover; color: @text; }
QToolButton:pressed { background: @sunk; }
QToolButton:focus { border: 2px solid @brand; }
QToolButton::menu-indicator { width: 0; }
QToolButton[look="segment"] { min-height: 28px; padding: 0 10px; border-radius: 6px; }
QToolButton[look="segment"]:checked { background: @card; color: @text; font-weight: 600; border: 1px solid @hair; }
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QComboBox, QDateEdit { background: @card; color: @text;
  border: 1px solid @border; border-radius: 8px; padding: 0 8px; selection-background-color: @brand2;
  selection-color: @text; placeholder-text-color: @text3; }
QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QDateEdit { min-height: 30px; }
QPlainTextEdit, QTextEdit { padding: 4px 5px; }
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover { border-color: @control; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus,
QDateEdit:focus { border: 2px solid @brand; padding: 0 7px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 3px 4px; }
QPlainTextEdit[look="cell"] { border: none; border-radius: 0; padding: 0; background: transparent; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox QAbstractItemView { background: @card; border: 1px solid @border; outline: 0; }
QListView#offered { background: @card; border: 1px solid @border; padding: 4px; }
QListView#offered::item { padding: 3px 8px; border-radius: 6px; color: @text; }
QListView#offered::item:selected { background: @brand2; }
QListView#picked { background: @card; border: 1px solid @border; border-radius: 8px; padding: 4px; }
QListView#picked:focus { border: 2px solid @brand; padding: 3px; }
QListView#picked::item { min-height: 20px; padding: 4px 8px; border-radius: 6px; color: @text; }
QListView#picked::item:hover { background: @hover; }
QListView#picked::item:selected { background: @brand2; }
QListView#picked::item:disabled { color: @text3; background: transparent; }
QMenu { background: @card; border: 1px solid @border; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 10px; border-radius: 6px; color: @text; }
QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: @brand2; }
QMenu::item:disabled { color: @text3; }
QMenu::separator { height: 1px; background: @hair; margin: 4px 6px; }
QAbstractItemView { background: @panel; border: none; outline: 0; selection-background-color: @brand2;
  selection-color: @text; }
QHeaderView::section { background: @panel; color: @text2; border: none; border-bottom: 1px solid @hair; padding: 4px 8px;
  font-weight: 600; }
QTabBar::tab { padding: 8px 0; margin-right: 16px; color: @text2; background: transparent; border: none;
  border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @text; font-weight: 600; border-bottom-color: @brand; }
QTabWidget::pane { border: none; border-top: 1px solid @hair; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: @border; border-radius: 3px; margin: 2px; min-width: 32px; min-height: 32px; }
QScrollBar::handle:hover { background: @control; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { width: 0; height: 0;
  background: transparent; }
QAbstractScrollArea::corner { background: transparent; }
Canvas { background: @stage0; }
Canvas QScrollBar { background: @stage0; }
QProgressBar { background: @sunk; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: @brand; border-radius: 3px; }
QSplitter::handle { background: @hair; }
"""
