"""Editing in place: a text field over the cell, in the cell's own type, that keeps half-typed text safe.

Enter commits and goes down, Tab commits and goes right, Escape gives up. After a second without a key the text is
kept as a draft in the file; a draft is dropped when it became a change or was given up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model import commands, lanes
from journeymap.model.change import Change
from journeymap.model.records import Id, Lane
from journeymap.ui import theme
from journeymap.ui.canvas import cells, completing, edits, keys, measures, spots
from journeymap.ui.fonts import font
from journeymap.ui.selection import Cell

if TYPE_CHECKING:
    from journeymap.ui.canvas.canvas import Canvas

DRAFT_MS = 1000
LEAST = 11
"""Letters while typing are never smaller than this, in logical pixels, however small the map is shown."""
NARROWEST = 112
_KEEP_OPEN = {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason}


class Editor(QPlainTextEdit):
    """At most one text is edited at a time; hidden otherwise."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas.viewport())
        self._canvas = canvas
        self._spot: edits.Spot | None = None
        self.setObjectName("cell-editor")
        self.setAccessibleName(_("Text of this place"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)
        self._draft = QTimer(self)
        self._draft.setSingleShot(True)
        self._draft.setInterval(DRAFT_MS)
        self._draft.timeout.connect(self._keep)
        self.textChanged.connect(self._typed)
        self.hide()

    @property
    def spot(self) -> edits.Spot | None:
        """What is being edited."""
        return self._spot

    # ------------------------------------------------------------ opening and closing

    def open(self, text: str | None = None, spot: edits.Spot | None = None) -> bool:
        """Opens on the current cell (or on `spot`); `text` replaces what stands there. False, after a hint, where
        nothing can be typed.
        """
        canvas = self._canvas
        document, here = canvas.map.document, canvas.selection.cell
        if canvas.map.session.read_only:
            canvas.told.emit(_("This map is open for reading only; nothing can be changed in it."))
            return False
        if spot is None and canvas.linkbar.open(canvas.selection.first, text):
            return True
        spot = spot or edits.spot(document, here, canvas.selection.first, canvas.persona)
        if spot is None:
            canvas.told.emit(edits.why_not(document, here))
            return False
        self.commit()
        self._spot = spot
        canvas.reveal(spot.cell)
        self.dress()
        self.blockSignals(True)
        self.setPlainText(spot.text if text is None else text)
        self.blockSignals(False)
        self.moveCursor(QTextCursor.MoveOperation.End)
        if text is None:
            self.selectAll()
        completing.begin(self, canvas.map.document, spot, typed=bool(text))
        self.follow()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if text:
            self._draft.start()
        canvas.viewport().update()
        return True

    def commit(self) -> bool:
        """Closes, and does what the text means. False where that was refused; the text then stays as a draft."""
        spot = self._spot
        if spot is None:
            return True
        canvas, text = self._canvas, self.toPlainText()
        self._close()
        if text.strip() == spot.text.strip():
            canvas.map.session.drop_draft(*spot.key)
            return True
        try:
            change = edits.change(canvas.map.document, spot, text, canvas.persona)
        except Failure as failure:
            canvas.map.refused.emit(str(failure))
            return False
        if change and not canvas.map.perform(change):
            canvas.map.session.keep_draft(*spot.key, text)
            return False
        canvas.map.session.drop_draft(*spot.key)
        _select_result(canvas, spot, change)
        if spot.back is not None:
            keys.stand(canvas, spot.back)
        return True

    def cancel(self) -> None:
        """Closes; the map stays as it is, the draft is dropped."""
        if self._spot is not None:
            self._canvas.map.session.drop_draft(*self._spot.key)
            self._close()

    def _close(self) -> None:
        self._draft.stop()
        self._spot = None
        had_focus = self.hasFocus()
        self.hide()
        if had_focus:
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self._canvas.viewport().update()

    def changed(self, change: Change) -> None:
        """The map has changed under the text: it goes where its record has gone."""
        if self._spot is not None and self._spot.record in change.removed:
            self._keep()
            self._close()
            self._canvas.told.emit(
                _("What you were typing in was deleted meanwhile. Undo brings it back with your text.")
            )

    # ------------------------------------------------------------ drafts

    def reopen(self, record: Id, key: str, text: str) -> bool:
        """Opens a draft that an earlier run has kept. False where its place is gone."""
        spot = edits.spot_of_draft(self._canvas.map.document, record, key)
        if spot is None:
            return False
        self._canvas.selection.select(cell=spot.cell)
        return self.open(text, spot)

    def _typed(self) -> None:
        completing.complete(self, self._canvas.map.document, self._spot)
        self.follow()
        self._draft.start()

    def _keep(self) -> None:
        if self._spot is not None and self.toPlainText() != self._spot.text:
            self._canvas.map.session.keep_draft(*self._spot.key, self.toPlainText())

    # ------------------------------------------------------------ looks

    def dress(self) -> None:
        """The type and ground of the place that is edited."""
        if self._spot is None:
            return
        size, weight = spots.face(self._canvas.map.document, self._spot)
        zoom = max(self._canvas.view.zoom, LEAST / size)
        self.setFont(font(round(size * zoom), weight))
        names = theme.current()
        self.setStyleSheet(
            f"QPlainTextEdit {{ font-size: {round(size * zoom)}px; font-weight: {weight};"
            f" color: {names.colour('text').name()}; background: {names.colour('card').name()};"
            f" border: 2px solid {names.colour('brand').name()}; border-radius: 6px; padding: 4px 7px; }}"
        )

    def follow(self) -> None:
        """Stands over its place, as high as its text needs."""
        if self._spot is None:
            return
        place = spots.place(self._canvas, self._spot)
        if place is None:
            return
        box = place.toAlignedRect()
        lines = max(1.0, self.document().size().height())  # a plain text's height is counted in lines
        need = round(lines * self.fontMetrics().lineSpacing() + 14)
        self.setGeometry(box.x(), box.y(), max(NARROWEST, box.width()), max(need, min(box.height(), need + 12)))

    # ------------------------------------------------------------ keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Tab and Escape close it; Shift+Enter breaks the line."""
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        canvas = self._canvas
        if key == Qt.Key.Key_Escape:
            self.cancel()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not shift:
            stays = self._spot is not None and self._spot.back is not None
            if self.commit() and not stays:
                canvas.go(0, 1)
        elif key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            if self.commit():
                canvas.go(-1 if key == Qt.Key.Key_Backtab else 1, 0, make=key == Qt.Key.Key_Tab)
        elif key == Qt.Key.Key_F6:
            self.commit()
            canvas.left.emit()
        else:
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Words; files are for the map."""
        return not source.hasUrls() and super().canInsertFromMimeData(source)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed is kept when the focus goes elsewhere in the window."""
        super().focusOutEvent(event)
        if event.reason() not in _KEEP_OPEN:
            self.commit()


def _select_result(canvas: Canvas, spot: edits.Spot, change: Change) -> None:
    """After an edit the keyboard stands on what was edited or made."""
    if not change:
        return
    document = canvas.map.document
    if not spot.new:
        edited = measures.felt(document, spot.record, spot.field) or spot.record
        there = edited if edited in cells.contents(document, spot.cell) else None
        canvas.selection.select(*([there] if there else cells.contents(document, spot.cell)[:1]), cell=spot.cell)
        return
    if spot.field in {"new touchpoint", "new start"}:
        journey = next((lane.id for lane in document.all(Lane) if lane.kind == lanes.JOURNEY), None)
        id_ = list(change.added)[-1] if spot.field == "new start" else commands.made(change)
        canvas.selection.select(id_, cell=Cell(journey, id_))
    elif spot.field == "new phase":
        id_ = commands.made(change)
        canvas.selection.select(id_, cell=Cell(None, None, id_))
    else:
        canvas.selection.select(commands.made(change), cell=spot.cell)
    canvas.reveal(canvas.selection.cell)
