"""The row above the canvas: through which view the map is looked at, what that hides, and saving it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from journeymap.i18n import _
from journeymap.model import lens
from journeymap.model.change import Change
from journeymap.model.records import View
from journeymap.ui import theme, viewing
from journeymap.ui.controls import ink
from journeymap.ui.controls.buttons import Painted, Pill
from journeymap.ui.map import OpenMap

HEIGHT = 36
GAP = 2
SIDE = 12


class Tab(Painted):
    """The name of a view; a line below it says that it is the one that is looked through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(HEIGHT)
        self.menu_of: QMenu | None = None

    def say(self, text: str, tip: str, *, on: bool) -> None:
        """Another name."""
        self.setText(text)
        self.setToolTip(tip)
        self.setAccessibleName(text)
        self.setChecked(on)
        self.setFixedWidth(self.sizeHint().width())
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its name."""
        return QSize(
            round(ink.text_width(self.text(), weight=600) + 0.5) + 20 + (14 if self.menu_of is not None else 0), HEIGHT
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Name, line, focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, on = self.box(), self.isChecked()
        if self.underMouse() and not on:
            ink.panel(painter, box.adjusted(2, 5, -2, -5), "hover", None, 6)
        tint = "text" if on else "text2"
        words = box.adjusted(10, 0, -10, 0)
        ink.write(painter, words, self.text(), tint=tint, weight=600 if on else 400)
        if self.menu_of is not None:
            ink.icon(painter, "caret-down", QPointF(box.right() - 15, box.center().y()), 12, "text3")
        if on:
            painter.fillRect(QRectF(10, box.bottom() - 2, box.width() - 20, 2), theme.colour("brand"))
        if self.hasFocus():
            ink.focus_ring(painter, box.adjusted(3, 4, -3, -4), 6)


class ViewBar(QFrame):
    """Follows the open map. Signals: `asked(View)` where one is chosen, `wanted(name)` for an action of that name,
    `choices()` where a person wants to say what is shown.
    """

    asked = Signal(object)
    wanted = Signal(str)
    choices = Signal()

    def __init__(self, map_: OpenMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(_("Views of this map"))
        self._map = map_
        self._views: list[View] = []
        self._tabs: list[Tab] = []
        self.more = Tab(self)
        self.more.menu_of = QMenu(self)
        self.more.clicked.connect(self._open_more)
        self.hidden = Pill("", self, tone="quiet", icon="eye-off", height=28)
        self.hidden.clicked.connect(self.choices)
        self.update_ = Pill(_("Update view"), self, tone="quiet", height=28)
        self.update_.clicked.connect(lambda: self.wanted.emit("view_update"))
        self.save = Pill(_("Save view…"), self, tone="quiet", height=28)
        self.save.clicked.connect(lambda: self.wanted.emit("view_save"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, SIDE, 0)
        row.setSpacing(4)
        row.addStretch(1)
        for button in (self.hidden, self.update_, self.save):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        map_.viewed.connect(self.follow)
        map_.changed.connect(self._changed)
        self.follow()

    def _changed(self, change: Change) -> None:
        """Most edits hide nothing and name no view."""
        document = self._map.document
        edited = (document.record(id_) for id_ in change.updated)
        kinds = {type(one) for one in (*change.added.values(), *change.removed.values(), *edited) if one is not None}
        if View in kinds or lens.concerned(kinds):
            self.follow()

    def follow(self) -> None:
        """Shows the views as they are now, the one that is looked through, and what it hides."""
        view = viewing.current(self._map)
        self._views = viewing.every(self._map.document)
        hidden = lens.hidden(self._map.document, self._map.layout.lens)
        self.hidden.relabel(str(hidden) or _("Show…"), icon="eye-off" if hidden else "eye")
        self.hidden.setToolTip(_("What this view shows and hides…"))
        writable = not self._map.session.read_only
        self.update_.setVisible(writable and lens.is_changed(view) and not lens.origin(view).startswith("view:"))
        self.save.setVisible(writable and lens.is_changed(view))
        self._arrange()

    def name_of(self, view: View) -> str:
        """What a view is called in the row; a point behind it says that it shows something else by now."""
        words = view.name if lens.is_saved(view) else lens.label(view.kind)
        looked = viewing.current(self._map)
        if view.kind == lens.PHASE and not lens.is_saved(view) and looked.kind == lens.PHASE:
            phase = self._map.document.record(looked.phases[0]) if looked.phases else None
            words = str(getattr(phase, "name", "")) or words
        return f"{words} •" if lens.is_changed(looked) and viewing.chosen(self._map, view) else words

    def shown(self) -> list[str]:
        """The names in the row, as far as they have room."""
        return [tab.text() for tab in self._tabs if tab.isVisibleTo(self)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many names as fit."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        while len(self._tabs) < len(self._views):
            tab = Tab(self)
            tab.clicked.connect(partial(self._choose, len(self._tabs)))
            self._tabs.append(tab)
        side = [button for button in (self.hidden, self.update_, self.save) if button.isVisibleTo(self)]
        room = self.width() - SIDE - sum(button.sizeHint().width() + 4 for button in side) - 16
        x, rest = SIDE - 8, list[int]()
        widths = []
        for n, view in enumerate(self._views):
            on = viewing.chosen(self._map, view)
            keys = f"  Alt+{n + 1}" if n < 9 else ""
            tip = (view.name if lens.is_saved(view) else f"{view.name}: {lens.hint(view.kind)}") + keys
            self._tabs[n].say(self.name_of(view), tip, on=on)
            widths.append(self._tabs[n].width() + GAP)
        self.more.say(_("More"), _("More views"), on=False)
        fitting = sum(widths) <= room
        room -= 0 if fitting else self.more.width() + 60
        for n, wide in enumerate(widths):
            seen = not rest and x + wide <= room
            self._tabs[n].setVisible(seen)
            if seen:
                self._tabs[n].move(x, 0)
                x += wide
            else:
                rest.append(n)
        for tab in self._tabs[len(self._views) :]:
            tab.hide()
        self._place_more(x, rest)

    def _choose(self, n: int, _on: bool = False) -> None:
        self.asked.emit(self._views[n])
        self.follow()  # a click must not leave the mark where it is not

    def _place_more(self, x: int, rest: list[int]) -> None:
        self.more.setVisible(bool(rest))
        if not rest or self.more.menu_of is None:
            return
        here = next((n for n in rest if viewing.chosen(self._map, self._views[n])), None)
        words = _("More") if here is None else self.name_of(self._views[here])
        self.more.say(words, _("More views"), on=here is not None)
        self.more.move(x, 0)
        menu = self.more.menu_of
        menu.clear()
        for n in rest:
            view = self._views[n]
            action = menu.addAction(self.name_of(view) + (f"\tAlt+{n + 1}" if n < 9 else ""))
            action.setCheckable(True)
            action.setChecked(n == here)
            action.triggered.connect(lambda _on=False, view=view: self.asked.emit(view))

    def _open_more(self) -> None:
        self.follow()
        if self.more.menu_of is not None:
            self.more.menu_of.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
