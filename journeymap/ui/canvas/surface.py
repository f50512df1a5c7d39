"""A picture of what is on the screen, kept while it scrolls: only the strip that comes into sight is painted anew.

The canvas has two: the grid and the lane names (which scroll up and down only).
So a frame in which only a mark moves (a selection, a dragged card) costs one copy and no text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import cast

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QPainter, QPixmap, QRegion

Fill = Callable[[QPainter, QRect], None]
"""Paints a rectangle, given in the surface's logical pixels with its scroll at (0, 0) of the picture."""


class Surface:
    """One kept picture of `size` logical pixels at a scroll position; whoever changes the content says what is stale."""

    def __init__(self) -> None:
        self._pixmap = QPixmap()
        self._at = QPoint()
        self._key: object = None
        self._stale = QRegion()

    def spoil(self, rect: QRect | None = None) -> None:
        """Everything, or a rectangle in content pixels (scroll not subtracted), must be painted anew."""
        if rect is None:
            self._key = None
        else:
            self._stale += rect.translated(-self._at)

    def shown(self, size: QSize, at: QPoint, ratio: float, key: object, fill: Fill) -> QPixmap:
        """The picture of the content at scroll `at`; `key` names everything else it depends on (zoom, theme)."""
        whole = QRect(QPoint(), size)
        full_key = (size.width(), size.height(), ratio, key)
        if full_key != self._key:
            self._pixmap = QPixmap(size * ratio)
            self._pixmap.setDevicePixelRatio(ratio)
            self._key, self._at, self._stale = full_key, at, QRegion(whole)
        elif at != self._at:
            self._shift(whole, at, ratio)
        stale, self._stale = self._stale & QRegion(whole), QRegion()
        if not stale.isEmpty():
            painter = QPainter(self._pixmap)
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
            for rect in _joined(stale):
                painter.setClipRect(rect)
                fill(painter, rect)
                painter.resetTransform()
            painter.end()
        return self._pixmap

    def _shift(self, whole: QRect, at: QPoint, ratio: float) -> None:
        delta = self._at - at
        self._at = at
        step = QPoint(round(delta.x() * ratio), round(delta.y() * ratio))
        exact = abs(step.x() - delta.x() * ratio) < 1e-6 and abs(step.y() - delta.y() * ratio) < 1e-6
        kept = whole & whole.translated(delta)
        if kept.isEmpty() or not exact:
            self._stale = QRegion(whole)
            return
        self._pixmap.scroll(step.x(), step.y(), self._pixmap.rect())
        self._stale = self._stale.translated(delta) + (QRegion(whole) - QRegion(kept))


def _joined(region: QRegion) -> list[QRect]:
    """The region's rectangles; one bounding rectangle where they are many."""
    rects = [region.boundingRect()] if region.rectCount() > 6 else [*cast("Iterable[QRect]", region)]
    return [rect for rect in rects if not rect.isEmpty()]
