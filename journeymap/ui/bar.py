"""The command bar: menu, panels, undo and redo, the map's name and state, finder, Export."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from journeymap.i18n import _
from journeymap.model.document import Document
from journeymap.model.records import State
from journeymap.ui import icons, theme
from journeymap.ui.controls.buttons import Segmented
from journeymap.ui.pages import pages

HEIGHT = 48
BUTTONS = 312
"""What icons, gaps and margins take."""
LONG_NAME = 280
"""A longer name may be cut."""


class _Title(QLabel):
    """The map's name: as wide as it needs, less where there is no room, cut with an ellipsis then."""

    def minimumSizeHint(self) -> QSize:
        return QSize(48, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setPen(theme.colour("text"))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class Bar(QFrame):
    """Buttons for actions, and what is open. The finder looks like a field and is a button."""

    def __init__(self, actions: dict[str, QAction], menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.setFixedHeight(HEIGHT)
        self._actions = actions
        self._buttons: list[tuple[QToolButton, str]] = []
        self.menu = self._icon("menu", _("Menu"))
        self.menu.setMenu(menu)
        self.menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._name, self._state, self._lock = _Title(), QLabel(), QLabel()
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        shown = pages()
        self.views = Segmented([(page.name, page.label) for page in shown], _("What the middle shows"), even=False)
        self.views.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.views.chosen.connect(lambda view: actions[view].trigger())
        self.finder = QPushButton(_("Find or do anything"))
        self.finder.setObjectName("finder-button")
        self.finder.setFixedSize(216, 32)
        self.finder.setAccessibleName(_("Find or do anything"))
        self.finder.clicked.connect(actions["find"].trigger)
        self.export = QPushButton(_("Export"))
        self.export.setProperty("look", "primary")
        self.export.clicked.connect(actions["export"].trigger)
        self._lay_out()
        self.dress()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(4)
        row.addWidget(self.menu)
        for name, icon in (("outline", "sidebar"), ("undo", "undo"), ("redo", "redo")):
            row.addWidget(self._of(name, icon))
        row.addSpacing(6)
        rule = QFrame()
        rule.setFixedSize(1, 20)
        rule.setObjectName("bar-rule")
        self._rule = rule
        row.addWidget(rule)
        row.addSpacing(8)
        row.addWidget(self._name)
        row.addSpacing(6)
        row.addWidget(self._state)
        row.addWidget(self._lock)
        row.addStretch(1)
        row.addWidget(self.views)
        row.addStretch(1)
        row.addWidget(self.finder)
        row.addSpacing(4)
        row.addWidget(self._of("present", "present"))
        row.addWidget(self._of("inspector", "sidebar-right"))
        row.addSpacing(4)
        row.addWidget(self.export)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The finder makes room where the bar is narrow."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The finder is only its icon where the pages or the map's name would be cut."""
        parts = (self.views, self._state, self._lock, self.export)
        wide = BUTTONS + sum(part.sizeHint().width() for part in parts if part.isVisibleTo(self))
        wide += min(LONG_NAME, self._name.sizeHint().width())
        short = self.width() < wide + 216
        self.finder.setText("" if short else _("Find or do anything"))
        self.finder.setFixedWidth(40 if short else 216)

    def show_map(self, document: Document | None, *, read_only: bool = False) -> None:
        """Names the open map; without one only menu and finder are of use."""
        title = document.map.title or _("Untitled map") if document is not None else ""
        self._name.setText(title)
        self._name.setToolTip(title)
        self._rule.setVisible(document is not None)
        states = document.all(State) if document is not None else []
        self._state.setText(
            states[0].name or (_("As-is") if states[0].kind == "as_is" else _("To-be")) if states else ""
        )
        self._state.setVisible(bool(states))
        self._lock.setText(_("Read only"))
        self._lock.setVisible(read_only)
        for button, name in self._buttons:
            if name:
                button.setVisible(document is not None)
        self.export.setVisible(document is not None)
        self._fit()

    def show_view(self, view: str) -> None:
        """Shows which view the middle has; "" hides the choice."""
        self.views.setVisible(bool(view))
        self.views.show_value(view)
        self._fit()

    def title(self) -> str:
        """The name that is shown."""
        return self._name.text()

    def dress(self) -> None:
        """The theme's colours."""
        quiet, faint = theme.colour("text2"), theme.colour("border")
        for button, _name in self._buttons:
            button.setIcon(icons.icon(str(button.property("icon-name")), quiet, faint))
        self.finder.setIcon(icons.icon("search", theme.colour("text3")))
        names = theme.current().names
        self.setStyleSheet(
            f"QFrame#bar-rule {{ background: {names['hair']}; }}"
            f"QPushButton#finder-button {{ background: {names['sunk']}; border: none; color: {names['text3']};"
            " text-align: left; padding: 0 10px; font-weight: 400; min-height: 32px; }"
            f"QPushButton#finder-button:focus {{ border: 2px solid {names['brand']}; padding: 0 8px; min-height: 28px; }}"
        )
        self._name.setStyleSheet("font-weight: 600;")
        pill = f"border: 1px solid {names['border']}; border-radius: 6px; padding: 2px 8px; color: {names['text2']};"
        for label in (self._state, self._lock):
            label.setStyleSheet(pill)
            label.setFixedHeight(26)

    def _of(self, name: str, icon: str) -> QToolButton:
        action = self._actions[name]
        button = self._icon(icon, action.text())
        button.setCheckable(action.isCheckable())
        button.clicked.connect(action.trigger)
        self._buttons[-1] = (button, name)

        def follow() -> None:
            button.setEnabled(action.isEnabled())
            button.setToolTip(f"{action.text()}  {action.shortcut().toString()}")
            button.setAccessibleName(action.text())
            if action.isCheckable():
                button.setChecked(action.isChecked())

        action.changed.connect(follow)
        return button

    def _icon(self, icon: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("look", "icon")
        button.setProperty("icon-name", icon)
        button.setIconSize(QSize(18, 18))
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._buttons.append((button, ""))
        return button


def rule() -> QFrame:
    """A hairline across."""
    made = QFrame()
    made.setProperty("look", "rule")
    return made
