"""The line of words of a link, edited where the link is: what kind of way it is, what it is called, how many take it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model import commands
from journeymap.model.change import Change
from journeymap.model.records import Id, Link, Value
from journeymap.ui.canvas import ways
from journeymap.ui.controls.buttons import Segmented
from journeymap.ui.controls.fields import TextField
from journeymap.ui.panels import reading

if TYPE_CHECKING:
    from journeymap.ui.canvas.canvas import Canvas


class LinkFields(QFrame):
    """Stands at the selected link until Enter, Escape or a click elsewhere; every field is a step of its own."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas.viewport())
        self._canvas = canvas
        self._link: Id | None = None
        self.setObjectName("link-bar")
        self.setProperty("look", "card")
        self.setAccessibleName(_("Link"))
        kinds = [("branch", _("Branch")), ("loop", _("Loop")), ("switch", _("Channel"))]
        self.kind = Segmented(kinds, _("Kind of link"), self)
        self.label = TextField(_("Words of the link"), self, prompt=_("Why this way?"), flat=False)
        self.share = TextField(_("Share of customers"), self, prompt=_("share %"), flat=False)
        self.kind.setMinimumWidth(190)
        self.label.setFixedWidth(170)
        self.share.setFixedWidth(76)
        self.label.setMaxLength(500)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 8, 8)
        row.setSpacing(8)
        for widget in (self.kind, self.label, self.share):
            row.addWidget(widget)
        self.kind.chosen.connect(lambda kind: self._set("kind", kind))
        self.label.committed.connect(lambda text: self._set("label", text.strip()))
        self.share.committed.connect(self._set_share)
        for field in (self.label, self.share):
            field.entered.connect(self.done)
        self.hide()

    @property
    def link(self) -> Id | None:
        """The link that is edited."""
        return self._link

    def open(self, link_id: Id | None, text: str | None = None) -> bool:
        """Opens at a link, with the keyboard on its words; `text` replaces them. False where it is not drawn."""
        self._link = link_id
        self._show()
        self.follow()
        if not self._link:
            return False
        self.show()
        self.raise_()
        self.label.setFocus(Qt.FocusReason.OtherFocusReason)
        self.label.selectAll()
        if text is not None:
            self.label.insert(text)
        return True

    def done(self) -> None:
        """Closes; what was typed counts. The keyboard goes back to the map."""
        if self._link is None:
            return
        for field in (self.label, self.share):
            field.commit()
        self.close_()

    def close_(self) -> None:
        """Closes; what was typed and not committed is forgotten."""
        if self._link is None:
            return
        self._link = None
        held = self.isAncestorOf(self.window().focusWidget() or self)
        for field in (self.label, self.share):
            field.revert()
        self.hide()
        if held:
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def changed(self, change: Change) -> None:
        """The map has changed: the fields show it, or the link has gone."""
        if self._link is None:
            return
        if self._link in change.removed or self._canvas.map.document.get(Link, self._link) is None:
            self.close_()
        else:
            self._show()
            self.follow()

    def follow(self) -> None:
        """Stands below the words of the link, within the grid; closes where the link is not drawn."""
        if self._link is None:
            return
        found = ways.way(self._canvas, self._link)
        if found is None:
            self.close_()
            return
        self.adjustSize()
        body: QRect = self._canvas.view.body(self._canvas.sheet)
        middle = found.middle
        x = round(middle.x() - self.width() / 2)
        y = round(found.place.bottom() + 10)
        self.move(
            QPoint(
                max(body.left() + 8, min(x, body.right() - self.width() - 8)),
                max(body.top() + 8, min(y, body.bottom() - self.height() - 8)),
            )
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it; other keys do not fall through to the map."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_()
        event.accept()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002
        """Tab goes round the fields; on the map it would walk the grid."""
        stops: list[QWidget] = [self.label, self.share, self.kind.part(self.kind.value() or "branch")]
        focus = self.window().focusWidget()
        here = stops.index(focus) if focus in stops else 0
        stops[(here + (1 if next else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _show(self) -> None:
        link = self._canvas.map.document.one(Link, self._link or "")
        self.kind.show_value(link.kind)
        self.label.show_value(link.label)
        self.share.show_value(reading.show_percent(link.share))

    def _set_share(self, text: str) -> None:
        try:
            value = reading.percent(text)
        except Failure as failure:
            self._canvas.map.refused.emit(str(failure))
            self.share.revert()
            return
        self._set("share", value)

    def _set(self, field: str, value: Value) -> None:
        link = self._link
        if link is not None:
            self._canvas.map.do(lambda: commands.edit(self._canvas.map.document, link, **{field: value}))
