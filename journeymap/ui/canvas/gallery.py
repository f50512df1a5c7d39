"""The attached pictures as the canvas paints them: decoded once, at the size in which they are seen."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from journeymap.failure import Failure
from journeymap.ui import pictures

MOST: Final = 96_000_000
"""Bytes of decoded pictures that are kept; the one that was not painted for longest goes first."""
LEAST: Final = 64


class Gallery:
    """`gallery(hash, width)`: the picture at least so many device pixels wide; None where it is missing or unreadable."""

    def __init__(self, blob: Callable[[str], bytes | None]) -> None:
        self._blob = blob
        self._kept: OrderedDict[tuple[str, int], QImage | None] = OrderedDict()
        self._used = 0

    def __call__(self, content_hash: str, wide: float) -> QImage | None:
        """The picture, from what is kept or from the file."""
        key = content_hash, _step(wide)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        made = self._kept[key] = self._made(*key)
        self._used += made.sizeInBytes() if made is not None else 0
        while self._used > MOST and len(self._kept) > 1:
            _key, gone = self._kept.popitem(last=False)
            self._used -= gone.sizeInBytes() if gone is not None else 0
        return made

    def forget(self) -> None:
        """Looks again for what was missing: a picture may have come into the file."""
        for key in [key for key, image in self._kept.items() if image is None]:
            del self._kept[key]

    def _made(self, content_hash: str, side: int) -> QImage | None:
        data = self._blob(content_hash)
        if data is None:
            return None
        try:
            image = pictures.decoded(data, side=side)
        except Failure:  # a file from elsewhere may hold anything
            return None
        if image.width() > side:
            image = image.scaledToWidth(side, Qt.TransformationMode.SmoothTransformation)
        return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


def _step(wide: float) -> int:
    """The next power of two, so that a zoom does not decode at every step."""
    side = LEAST
    while side < wide and side < pictures.SIDE:
        side *= 2
    return side
