"""A picture of what is on the screen, kept while it scrolls: only the strip that comes into sight is painted anew.

The canvas has two: the grid and the lane names (which scroll up and down only).
So a frame in which only a mark moves (a selection, a dragged card) costs one copy and no text.

A zoom would make everything stale at once, which is more than a frame's time. Then what was shown is stretched to
where it belongs now, and sharp stripes take its place, as many in a frame as there is time for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import ceil
from time import perf_counter
from typing import Final, NamedTuple, cast

from PySide6.QtCore import QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPixmap, QRegion

SLICE_S: Final = 0.006
"""How long a frame may paint stripes."""

STRIPE: Final = 80
"""Their width in logical pixels: a card or less, so that one takes a few milliseconds."""

WASTE: Final = 5_000
"""So many logical pixels may be painted in vain to save a rectangle."""

SEVERAL: Final = 12
"""More rectangles than these are not painted one by one."""

Run = tuple[int, int, int]
"""A stretch in content pixels: where it began, where it ended, and how far it has moved."""

Fill = Callable[[QPainter, QRect], None]
"""Paints a rectangle, given in the surface's logical pixels with its scroll at (0, 0) of the picture."""


class Stretch(NamedTuple):
    """Where the whole picture shown so far stands in the new one, over which ground."""

    place: QRectF
    ground: QColor


class Surface:
    """One kept picture of `size` logical pixels at a scroll position; whoever changes the content says what is stale."""

    def __init__(self) -> None:
        self._pixmap = QPixmap()
        self._at = QPoint()
        self._size = QSize()
        self._key: object = None
        self._stale = QRegion()
        self._blurred = QRegion()

    def spoil(self, rect: QRect | None = None) -> None:
        """Everything, or a rectangle in content pixels (scroll not subtracted), must be painted anew."""
        if rect is None:
            self._key, self._pixmap = None, QPixmap()  # nothing of it may be stretched either
        else:
            self._stale += rect.translated(-self._at)

    def slide(self, across: Iterable[Run], down: Iterable[Run]) -> None:
        """Stretches of the content have moved: what lies both in one of `across` and in one of `down` holds, where that
        now stands; all the rest must be painted anew.
        """
        ratio, whole = self._pixmap.devicePixelRatio(), QRect(QPoint(), self._size)
        step, columns, rows = _step(ratio), list(across), list(down)
        stale, blurred, kept = QRegion(), QRegion(), QRegion()
        moved: list[tuple[QRect, QPoint]] = []
        for left, right, dx in columns:
            for top, foot, dy in rows:
                by = QPoint(dx, dy)
                was = QRect(left, top, right - left, foot - top).translated(-self._at)
                place = _within((was & whole).translated(by) & whole, step)
                if place.isEmpty() or dx % step or dy % step:
                    continue
                was = place.translated(-by)
                stale += (self._stale & QRegion(was)).translated(by)
                blurred += (self._blurred & QRegion(was)).translated(by)
                kept += place
                if dx or dy:
                    moved.append((place, by))
        self._stale, self._blurred = stale + (QRegion(whole) - kept), blurred
        if moved and not self._pixmap.isNull():
            self._copy(moved, ratio)

    def _copy(self, moved: Iterable[tuple[QRect, QPoint]], ratio: float) -> None:
        """Puts pieces of the picture elsewhere: where they stand, and how far they come; all in whole device pixels."""
        pieces = [
            (_on_device(place, ratio), QPoint(round(by.x() * ratio), round(by.y() * ratio))) for place, by in moved
        ]
        to, came = pieces[0]
        if len(pieces) == 1 and 0 in (came.x(), came.y()):  # as mostly: within the picture, without a copy of it
            self._pixmap.scroll(came.x(), came.y(), to | to.translated(-came))
            return
        from_ = QRect()
        for place, by in pieces:
            from_ |= place.translated(-by)
        before = self._pixmap.copy(from_)
        before.setDevicePixelRatio(1.0)
        self._pixmap.setDevicePixelRatio(1.0)
        painter = QPainter(self._pixmap)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        for to, came in pieces:
            painter.drawPixmap(to, before, to.translated(-came - from_.topLeft()))
        painter.end()
        self._pixmap.setDevicePixelRatio(ratio)

    @property
    def blurred(self) -> bool:
        """Whether some of what is shown is still a stretched picture."""
        return not self._blurred.isEmpty()

    def shown(
        self, size: QSize, at: QPoint, ratio: float, key: object, fill: Fill, stretch: Stretch | None = None
    ) -> QPixmap:
        """The picture of the content at scroll `at`; `key` names everything else it depends on (zoom, theme).

        With `stretch` a new key begins with what was shown, and is made sharp by the next calls.
        """
        whole = QRect(QPoint(), size)
        full_key = (size.width(), size.height(), ratio, key)
        if full_key != self._key:
            # Whole device pixels: the last of them may stand half outside of `size`.
            before, self._pixmap = self._pixmap, QPixmap(ceil(size.width() * ratio), ceil(size.height() * ratio))
            self._pixmap.setDevicePixelRatio(ratio)
            self._size = size
            self._key, self._at, self._stale, self._blurred = full_key, at, QRegion(), QRegion(whole)
            if stretch is None or before.isNull():
                self._stale, self._blurred = self._blurred, self._stale
            else:
                self._stretch(before, stretch)
                return self._pixmap  # this frame answers at once, the next ones make it sharp
        elif at != self._at:
            self._shift(whole, at, ratio)
        stale, self._stale = self._stale & QRegion(whole), QRegion()
        if not stale.isEmpty():
            self._fill(_joined(stale), fill, ratio)
            self._blurred -= stale
        if not self._blurred.isEmpty():
            self._sharpen(whole, fill, ratio)
        return self._pixmap

    def _fill(self, rects: Iterable[QRect], fill: Fill, ratio: float) -> None:
        painter = QPainter(self._pixmap)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        for rect in (_aligned(rect, ratio) for rect in rects):
            painter.setClipRect(rect)
            fill(painter, rect)
            painter.resetTransform()
        painter.end()

    def _stretch(self, before: QPixmap, stretch: Stretch) -> None:
        self._pixmap.fill(stretch.ground)
        painter = QPainter(self._pixmap)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)  # several in a row would be coarse blocks
        painter.drawPixmap(stretch.place, before, QRectF(before.rect()))
        painter.end()

    def _sharpen(self, whole: QRect, fill: Fill, ratio: float) -> None:
        """Stripes from the left, as many as a frame has time for; one at least."""
        self._blurred &= QRegion(whole)
        until = perf_counter() + SLICE_S
        while not self._blurred.isEmpty():
            left = self._blurred.boundingRect().left()
            stripe = QRect(left, 0, STRIPE, whole.height()) & self._blurred.boundingRect()
            self._fill([stripe], fill, ratio)
            self._blurred -= QRegion(stripe)
            if perf_counter() > until:
                break

    def _shift(self, whole: QRect, at: QPoint, ratio: float) -> None:
        delta = self._at - at
        self._at = at
        step = QPoint(round(delta.x() * ratio), round(delta.y() * ratio))
        exact = abs(step.x() - delta.x() * ratio) < 1e-6 and abs(step.y() - delta.y() * ratio) < 1e-6
        kept = whole & whole.translated(delta)
        if kept.isEmpty() or not exact:
            self._stale, self._blurred = QRegion(whole), QRegion()
            return
        self._blurred = self._blurred.translated(delta) & QRegion(whole)
        self._pixmap.scroll(step.x(), step.y(), self._pixmap.rect())
        self._stale = self._stale.translated(delta) + (QRegion(whole) - QRegion(kept))


def _aligned(rect: QRect, ratio: float) -> QRect:
    """The rectangle grown to where its edges fall between device pixels: at 1.25 only every fourth pixel does, and an edge
    within a pixel would mix what is painted with what was there.
    """
    step = _step(ratio)
    if step == 1:
        return rect
    left, top = rect.left() // step * step, rect.top() // step * step
    right, bottom = -(-(rect.right() + 1) // step) * step, -(-(rect.bottom() + 1) // step) * step
    return QRect(left, top, right - left, bottom - top)


def _step(ratio: float) -> int:
    """So many logical pixels are a whole number of device pixels."""
    return next((n for n in range(1, 9) if abs(n * ratio - round(n * ratio)) < 1e-6), 8)


def _within(rect: QRect, step: int) -> QRect:
    """What of a rectangle has its edges on every `step`th pixel."""
    left, top = -(-rect.left() // step) * step, -(-rect.top() // step) * step
    right, bottom = (rect.right() + 1) // step * step, (rect.bottom() + 1) // step * step
    return QRect(left, top, max(0, right - left), max(0, bottom - top))


def _on_device(rect: QRect, ratio: float) -> QRect:
    left, top, wide, high = (round(n * ratio) for n in (rect.left(), rect.top(), rect.width(), rect.height()))
    return QRect(left, top, wide, high)


def _joined(region: QRegion) -> list[QRect]:
    """The region's rectangles; those side by side joined where that adds little, for each costs a look at the map."""
    found = cast("Iterable[QRect]", region)
    spans = (_Span(one.left(), one.top(), one.width(), one.height()) for one in found if not one.isEmpty())
    rects = dict(enumerate(_piled(spans)))
    wastes = {(n, m): _waste(rects[n], rects[m]) for m in rects for n in range(m)}
    while wastes:
        waste, (n, m) = min((waste, pair) for pair, waste in wastes.items())
        if waste > WASTE and len(rects) <= SEVERAL:
            break
        rects[n] = _union(rects[n], rects.pop(m))
        # Only what stands beside the one that has grown, or has gone, costs something else now.
        for pair in [pair for pair in wastes if m in pair]:
            del wastes[pair]
        for other, rect in rects.items():
            if other != n:
                wastes[min(n, other), max(n, other)] = _waste(rects[n], rect)
    return [QRect(*rect) for rect in rects.values()]


class _Span(NamedTuple):
    """A rectangle in plain numbers: those of Qt take ten times as long to reckon with."""

    left: int
    top: int
    wide: int
    high: int


def _piled(spans: Iterable[_Span]) -> list[_Span]:
    """Spans as wide as each other that stand on each other, as one: a region is cut wherever one of its sides has a step."""
    found: list[_Span] = []
    for one in sorted(spans, key=lambda span: (span.left, span.wide, span.top)):
        last = found[-1] if found else None
        if last is not None and (last.left, last.wide) == (one.left, one.wide) and last.top + last.high == one.top:
            found[-1] = last._replace(high=last.high + one.high)
        else:
            found.append(one)
    return found


def _union(one: _Span, other: _Span) -> _Span:
    left, top = min(one.left, other.left), min(one.top, other.top)
    right, foot = max(one.left + one.wide, other.left + other.wide), max(one.top + one.high, other.top + other.high)
    return _Span(left, top, right - left, foot - top)


def _waste(one: _Span, other: _Span) -> int:
    """How many pixels the rectangle around two would cover in vain."""
    both = _union(one, other)
    return both.wide * both.high - one.wide * one.high - other.wide * other.high
