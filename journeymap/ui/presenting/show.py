"""One presentation: which slide is shown, and what keys do with it. Windows show it (`stage`, `desk`)."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QScreen

from journeymap.model.records import Id
from journeymap.model.slides import Deck, Slide

if TYPE_CHECKING:
    from journeymap.ui.canvas.paint import Pictures
    from journeymap.ui.map import OpenMap
    from journeymap.ui.presenting.desk import Desk
    from journeymap.ui.presenting.stage import Stage

NUMBER_MS = 2500
"""So long a typed number waits for Enter."""


class Show(QObject):
    """`moved()` when another slide is shown (or none: `dark`), `ended(touchpoint)` when it is over."""

    moved = Signal()
    pointed = Signal()
    ended = Signal(str)

    def __init__(self, map_: OpenMap, pictures: Pictures, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._map, self.pictures = map_, pictures
        self.deck = Deck(map_.document, map_.figures, map_.view)
        self.column = self.row = 0
        self.dark = ""  # "" | black | white: what is shown in place of a slide
        self.laser = False
        self.pointer: QPointF | None = None  # of the laser, in units of the slide
        self.number = ""
        self.begun = monotonic()
        self.stage: Stage | None = None
        self.desk: Desk | None = None
        self._forget = QTimer(self)
        self._forget.setSingleShot(True)
        self._forget.setInterval(NUMBER_MS)
        self._forget.timeout.connect(self._no_number)
        map_.changed.connect(self._changed)
        map_.closed.connect(self.end)

    # ------------------------------------------------------------ windows

    def open(self, screen: QScreen | None, touchpoint: Id | None = None) -> None:
        """Shows it: on the only screen, or on another one than `screen`, which gets what the speaker needs."""
        from journeymap.ui.presenting.stage import Stage

        self.column = self.deck.place_of(touchpoint) if touchpoint else 0
        others = [one for one in QGuiApplication.screens() if one is not screen]
        self.stage = Stage(self)
        self.stage.stand_on(others[0] if others else screen)
        if others and screen is not None:
            from journeymap.ui.presenting.desk import Desk

            self.desk = Desk(self)
            self.desk.stand_on(screen)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenRemoved.connect(self._screen_gone)
        (self.desk or self.stage).activateWindow()
        self.moved.emit()

    def swap(self) -> None:
        """The other way round: audience here, speaker there."""
        if self.stage is not None and self.desk is not None:
            here, there = self.stage.screen(), self.desk.screen()
            self.stage.stand_on(there)
            self.desk.stand_on(here)

    def _screen_gone(self, gone: QScreen) -> None:
        """A screen was unplugged: the slides go to what is left, and what the speaker sees makes room."""
        left = [one for one in QGuiApplication.screens() if one is not gone]
        if len(left) == 1 and self.desk is not None and self.stage is not None:
            self.desk.close()
            self.desk = None
            self.stage.stand_on(left[0])

    def end(self) -> None:
        """Closes the windows; says where the presentation was."""
        stage, desk, self.stage, self.desk = self.stage, self.desk, None, None
        for window in (stage, desk):
            if window is not None:
                window.close()
                window.deleteLater()
        if stage is not None:
            self.ended.emit(next(iter(self.slide.touchpoints), ""))

    # ------------------------------------------------------------ slides

    @property
    def slide(self) -> Slide:
        """What is shown."""
        return self.deck.at(self.column, self.row)

    @property
    def following(self) -> Slide | None:
        """What the next step shows; None at the end."""
        return self.deck.columns[self.column + 1] if self.column + 1 < len(self.deck.columns) else None

    @property
    def deeper(self) -> int:
        """How many slides with more detail are below."""
        return len(self.deck.below(self.column)) - self.row

    def go(self, column: int, row: int = 0) -> None:
        """Another slide; what stands in its place (black) goes away."""
        column = min(max(0, column), len(self.deck.columns) - 1)
        row = min(max(0, row), len(self.deck.below(column)) if row else 0)
        if (column, row) != (self.column, self.row) or self.dark:
            self.column, self.row, self.dark = column, row, ""
            self.moved.emit()

    def darken(self, kind: str) -> None:
        """Shows a black (or white) screen, so that people look at the speaker; again: the slide."""
        self.dark = "" if self.dark == kind else kind
        self.moved.emit()

    def point(self, at: QPointF | None) -> None:
        """Where the laser points, in units of the slide."""
        self.pointer = at
        self.pointed.emit()

    def _changed(self, _change: object) -> None:
        """The map was changed meanwhile (by another window): the slides show it."""
        self.deck = Deck(self._map.document, self._map.figures, self._map.view)
        self.column = min(self.column, len(self.deck.columns) - 1)
        self.row = min(self.row, len(self.deck.below(self.column)))
        self.moved.emit()

    # ------------------------------------------------------------ keys

    def key(self, event: QKeyEvent) -> bool:
        """A speaker's keys, those of a hand-held presenter too. False for others."""
        key = event.key()
        if event.text().isdigit() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.number = (self.number + event.text())[-3:]
            self._forget.start()
            self.moved.emit()
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.number:
            number = int(self.number)
            self._no_number()
            self.go(number - 1)
            return True
        return self._step(key) or self._other(key)

    def _step(self, key: int) -> bool:
        steps: dict[int, int] = {
            Qt.Key.Key_Right: 1, Qt.Key.Key_Space: 1, Qt.Key.Key_PageDown: 1, Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1,
            Qt.Key.Key_N: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_Backspace: -1, Qt.Key.Key_P: -1,
        }  # fmt: skip
        match key:
            case _ if key in steps:
                self.go(self.column + steps[key])
            case Qt.Key.Key_Down:
                self.go(self.column, self.row + 1)
            case Qt.Key.Key_Up:
                self.go(self.column, self.row - 1)
            case Qt.Key.Key_Home:
                self.go(0)
            case Qt.Key.Key_End:
                self.go(len(self.deck.columns) - 1)
            case _:
                return False
        return True

    def _other(self, key: int) -> bool:
        match key:
            case Qt.Key.Key_Escape | Qt.Key.Key_F5:
                self.end()
            case Qt.Key.Key_B | Qt.Key.Key_Period:
                self.darken("black")
            case Qt.Key.Key_W | Qt.Key.Key_Comma:
                self.darken("white")
            case Qt.Key.Key_L:
                self.laser = not self.laser
                self.point(None)
                self.moved.emit()
            case Qt.Key.Key_S:
                self.swap()
            case _:
                return False
        return True

    def _no_number(self) -> None:
        if self.number:
            self.number = ""
            self._forget.stop()
            self.moved.emit()
