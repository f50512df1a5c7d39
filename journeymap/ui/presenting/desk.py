"""What the speaker sees while the audience sees the slide: this slide and the next one, notes, the clock."""

from __future__ import annotations

from html import escape
from time import monotonic

from PySide6.QtCore import QDateTime, QLocale, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QScreen
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from journeymap.i18n import _, ngettext
from journeymap.model.slides import HIGH, WIDE, Slide
from journeymap.ui import theme
from journeymap.ui.controls.buttons import Pill
from journeymap.ui.controls.heads import Words
from journeymap.ui.presenting.show import Show
from journeymap.ui.presenting.stage import RED, draw, place
from journeymap.ui.presenting.strip import Strip


class Small(QWidget):
    """A slide in a window; with the laser on, pointing here points there."""

    def __init__(self, show: Show, parent: QWidget, *, points: bool = False) -> None:
        super().__init__(parent)
        self._show, self._points = show, points
        self.slide: Slide | None = None
        self.setMouseTracking(points)
        shape = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        shape.setHeightForWidth(True)
        self.setSizePolicy(shape)

    def heightForWidth(self, width: int) -> int:
        """A slide as wide as there is room."""
        return round(width * HIGH / WIDE)

    def minimumSizeHint(self) -> QSize:
        """Small, where the screen is."""
        return QSize(round(WIDE / 10), round(HIGH / 10))

    def sizeHint(self) -> QSize:
        """A third of a slide."""
        return QSize(round(WIDE / 3), round(HIGH / 3))

    def _place(self) -> tuple[QRectF, float]:
        """At the upper edge and the left, where the words above it begin."""
        box, scale = place(self.width() - 2, self.height() - 2)
        box.moveTo(1, 1)
        return box, scale

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The slide with a hairline around it."""
        painter = QPainter(self)
        box, scale = self._place()
        if self.slide is None:
            painter.fillRect(box, theme.colour("sunk"))
            painter.setPen(theme.colour("text3"))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), _("The end"))
            return
        draw(painter, self._show.deck.picture(self.slide), box, self.devicePixelRatioF(), self._show.pictures)
        painter.setPen(theme.colour("border"))
        painter.drawRect(box.adjusted(-0.5, -0.5, 0.5, 0.5))
        at = self._show.pointer
        if self._points and self._show.laser and at is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(RED))
            painter.drawEllipse(QPointF(box.x() + at.x() * scale, box.y() + at.y() * scale), 5, 5)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Points for the audience."""
        if self._points and self._show.laser:
            box, scale = self._place()
            self._show.point((event.position() - box.topLeft()) / scale)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the next slide shows it."""
        if event.button() == Qt.MouseButton.LeftButton and not self._show.laser:
            self._show.go(self._show.column + 1)


class Desk(QWidget):
    """The speaker's window."""

    def __init__(self, show: Show) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setWindowTitle(_("Speaker’s view"))
        self.setAccessibleName(_("Speaker’s view"))
        self._show = show
        self.now, self.spent, self.count = QLabel(), QLabel(), QLabel()
        self.current, self.following = Small(show, self, points=True), Small(show, self)
        self.strip = Strip(show, self)
        self.notes = QLabel()
        self._next_words = Words(_("Next"), self, weight=600)
        self._lay_out()
        self._clock = QTimer(self)
        self._clock.setInterval(500)
        self._clock.timeout.connect(self._tick)
        self._clock.start()
        show.moved.connect(self.follow)
        show.pointed.connect(self.current.update)
        self.follow()
        self._tick()

    def _lay_out(self) -> None:
        names = theme.current().names
        self.setStyleSheet(f"Desk {{ background: {names['ground']}; }}")
        self.setAutoFillBackground(True)
        head = QHBoxLayout()
        for label in (self.count, self.now, self.spent):
            label.setStyleSheet(f"color: {names['text']}; font-size: 23px; font-weight: 600;")
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.spent)
        head.addSpacing(24)
        head.addWidget(self.now)
        self.notes.setWordWrap(True)
        self.notes.setTextFormat(Qt.TextFormat.RichText)
        self.notes.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.notes.setStyleSheet(
            f"color: {names['text']}; background: {names['panel']}; font-size: 19px; padding: 12px;"
        )
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.notes)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        side = QVBoxLayout()
        side.addWidget(self._next_words)
        side.addWidget(self.following)
        side.addSpacing(12)
        side.addWidget(Words(_("Notes"), self, weight=600))
        side.addWidget(scroll, 1)
        grid = QGridLayout(self)
        grid.setContentsMargins(24, 20, 24, 20)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(16)
        grid.addLayout(head, 0, 0, 1, 2)
        here = QVBoxLayout()
        here.setSpacing(16)
        here.addWidget(self.current)
        here.addWidget(self.strip, 1)
        grid.addLayout(here, 1, 0)
        grid.addLayout(side, 1, 1)
        grid.addLayout(self._buttons(), 2, 0, 1, 2)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(1, 3)
        grid.setRowStretch(1, 1)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        show = self._show
        self.steps: list[Pill] = []
        self.dark = Pill(_("Black"), self, height=36)
        self.laser = Pill(_("Laser"), self, height=36)
        for label, key, act in (
            (_("Back"), "←", lambda: show.go(show.column - 1)), (_("Next"), "→", lambda: show.go(show.column + 1)),
            (_("More"), "↓", lambda: show.go(show.column, show.row + 1)), (_("Less"), "↑", lambda: show.go(show.column, show.row - 1)),
        ):  # fmt: skip
            self.steps.append(Pill(f"{label}  {key}", self, height=36))
            self._button(row, self.steps[-1], act)
        self._button(row, self.dark, lambda: show.darken("black"))
        self._button(row, self.laser, self._toggle_laser)
        self._button(row, Pill(_("Swap screens"), self, height=36), show.swap)
        row.addStretch(1)
        self._button(row, Pill(_("End"), self, tone="primary", height=36), show.end)
        return row

    def _button(self, row: QHBoxLayout, button: Pill, act: object) -> None:
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # keys are the speaker's
        button.clicked.connect(act)
        row.addWidget(button)

    def _toggle_laser(self) -> None:
        self._show.laser = not self._show.laser
        self._show.point(None)
        self.follow()

    def stand_on(self, screen: QScreen | None) -> None:
        """Fills the speaker's screen."""
        if screen is not None:
            self.setScreen(screen)
            self.setGeometry(screen.availableGeometry())
        self.showFullScreen()

    # ------------------------------------------------------------ following

    def follow(self) -> None:
        """Shows where the presentation is."""
        show = self._show
        slide, deck = show.slide, show.deck
        self.current.slide, self.following.slide = slide, show.following
        first, last = show.column == 0, show.following is None
        for step, free in zip(self.steps, (not first, not last, show.deeper > 0, show.row > 0), strict=True):
            step.setEnabled(free)
        where = _("{n} of {all}").format(n=show.column + 1, all=len(deck.columns))
        if show.row:
            where += " · " + _("detail {n} of {all}").format(n=show.row, all=len(deck.below(show.column)))
        elif show.deeper:
            where += " · " + ngettext("{n} more below", "{n} more below", show.deeper).format(n=show.deeper)
        if show.number:
            where = _("to slide {n}: Enter").format(n=show.number)
        self.count.setText(where)
        self.dark.relabel(
            _("Show the slide  B") if show.dark else _("Black  B"), tone="brand" if show.dark else "plain"
        )
        self.laser.relabel(_("Laser  L"), tone="brand" if show.laser else "plain")
        found = deck.notes(slide)
        faint = theme.colour("text3").name()
        parts = [
            (f'<p style="margin: 0 0 2px 0; color: {faint}; font-size: 13px;">{escape(who)}</p>' if who else "")
            + f'<p style="margin: 0 0 12px 0;">{escape(text)}</p>'
            for who, text in found
        ]
        self.notes.setText(
            "".join(parts) or f'<p style="color: {faint};">{escape(_("No notes at these touchpoints."))}</p>'
        )
        for small in (self.current, self.following):
            small.update()

    def _tick(self) -> None:
        """The time of day, and how long it has been going on."""
        self.now.setText(QLocale().toString(QDateTime.currentDateTime().time(), "HH:mm"))
        seconds = int(monotonic() - self._show.begun)
        hours, minutes = divmod(seconds // 60, 60)
        self.spent.setText(f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A speaker's key."""
        if not self._show.key(event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closed by the window system, it is over."""
        super().closeEvent(event)
        if self._show.desk is self:
            self._show.end()
