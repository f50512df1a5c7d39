"""Windows with settings of their own, and pictures of them, kept small."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QPoint
from PySide6.QtGui import QCursor, QImage
from PySide6.QtWidgets import QApplication, QWidget

from journeymap.model.records import Touchpoint
from journeymap.ui import app as application
from journeymap.ui import finding
from journeymap.ui.settings import Settings
from journeymap.ui.window import Window

WIDE, LAPTOP = (1600, 1000), (1366, 768)
AWAY = QPoint(4000, 4000)
"""Where the pointer stands, so that no row is painted as if it were over it."""

SHOWN = "Queue for security"
COLOURS, EXACT = 255, 128
"""A picture of a window has few colours; a palette makes it a third as large. The commonest are kept as they are."""


class Shot(NamedTuple):
    """A picture in the gallery: the name of its file, and one line about it."""

    name: str
    caption: str


class Studio:
    """`Studio(folder, out)`: `folder` holds the worked example, `out` gets the pictures; `shots` says what was taken."""

    def __init__(self, folder: Path, out: Path) -> None:
        self.folder, self.out = folder, out
        self.app: QApplication = application.application()
        self.shots: dict[str, list[Shot]] = {}
        self._count = 0

    def settle(self, seconds: float = 0.6) -> None:
        """Lets everything that waits be painted."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.app.processEvents()
            time.sleep(0.002)

    @contextmanager
    def window(
        self, path: Path | None, size: tuple[int, int] = LAPTOP, theme: str = "light", settings: Settings | None = None
    ) -> Iterator[Window]:
        """A window on a map (None: the start page)."""
        self._count += 1
        known = settings or Settings(self.folder / f"settings-{self._count}.ini")
        known.theme = theme
        QCursor.setPos(AWAY)
        application.speak(self.app, known)
        window = application.opened(self.app, known, path)
        window.resize(*size)
        self.settle(1.0)
        yield window
        window.close()
        self.settle(0.1)

    def keep(self, part: str, name: str, caption: str, widget: QWidget | QImage, seconds: float = 0.6) -> None:
        """Paints a widget (or takes a picture) into a file of the gallery's part."""
        if isinstance(widget, QWidget):
            self.settle(seconds)
            widget = widget.grab().toImage()
        self.put(part, name, caption, png(widget))

    def put(self, part: str, name: str, caption: str, content: bytes) -> None:
        """A finished PNG."""
        (self.out / f"{name}.png").write_bytes(small(content))
        self.shots.setdefault(part, []).append(Shot(name, caption))


def png(image: QImage) -> bytes:
    """A picture as PNG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def small(content: bytes) -> bytes:
    """The same picture with a palette and without an alpha channel."""
    with Image.open(io.BytesIO(content)) as opened:
        flat = opened.convert("RGB")
    pixels = np.asarray(flat, dtype=np.int32).reshape(-1, 3)
    keys = (pixels[:, 0] << 16) | (pixels[:, 1] << 8) | pixels[:, 2]
    found, places, counts = np.unique(keys, return_inverse=True, return_counts=True)
    exact = found[np.argsort(-counts)[:EXACT]]
    colours = np.stack([found >> 16, (found >> 8) & 255, found & 255], axis=1)
    palette = spread(colours, np.stack([exact >> 16, (exact >> 8) & 255, exact & 255], axis=1))
    parts = np.array_split(colours, max(1, len(colours) // 4096))
    nearest = np.concatenate([((part[:, None, :] - palette[None]) ** 2).sum(axis=2).argmin(axis=1) for part in parts])
    few = Image.fromarray(nearest[places].astype(np.uint8).reshape(flat.height, flat.width), "P")
    few.putpalette(palette.astype(np.uint8).tobytes())
    out = io.BytesIO()
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


def spread(colours: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """What is chosen already, and each time the colour that is furthest from all of them: a rare one is kept too."""
    away = np.full(len(colours), np.iinfo(np.int32).max, dtype=np.int64)
    palette = list(chosen)
    for one in chosen:
        away = np.minimum(away, ((colours - one) ** 2).sum(axis=1))
    while len(palette) < COLOURS and away.max() > 0:
        palette.append(colours[away.argmax()])
        away = np.minimum(away, ((colours - palette[-1]) ** 2).sum(axis=1))
    return np.array(palette, dtype=np.int32)


def select(window: Window, name: str = SHOWN) -> None:
    """Selects the touchpoint of that name."""
    assert window.map is not None
    touchpoint = next(one for one in window.map.document.all(Touchpoint) if one.name == name)
    finding.go_to(window, touchpoint.id)
