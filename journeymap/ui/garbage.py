"""The collector of cyclic garbage, on the window's thread alone.

Python collects on whichever thread happens to allocate. Where that one reads a file, it would destroy Qt objects there,
waiting for their locks, while the window's thread holds one and waits for Python: both wait for ever. So Python's own
turns are off as long as there is an application, and a timer takes them, by Python's own rules of when.
"""

from __future__ import annotations

import gc
import sys
from typing import Final

from PySide6.QtCore import QObject, QTimer

EVERY_MS: Final = 1000
GROWTH: Final = 1.25
"""All objects are looked through only when there are so many times as many: a large map takes a tenth of a second."""


class Collector(QObject):
    """Collects on the thread that made it, for as long as `parent` lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._known = sys.getallocatedblocks()
        timer = QTimer(self)
        timer.timeout.connect(self.turn)
        timer.start(EVERY_MS)

    def turn(self) -> None:
        """Collects what is due: the young objects, sometimes older ones, seldom all."""
        counts, limits = gc.get_count(), gc.get_threshold()
        if counts[0] <= limits[0]:
            return
        generation = 1 if counts[1] > limits[1] else 0
        if counts[2] > limits[2] and sys.getallocatedblocks() > GROWTH * self._known:
            generation = 2
        gc.collect(generation)
        if generation == 2:
            self._known = sys.getallocatedblocks()
