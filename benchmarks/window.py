"""The window: how soon it is there beside a bare one, and how soon an edit is seen on a map of 5,000 touchpoints.

Start: whole processes, from before Python starts to the first paint of the canvas with the demo map, told by a clock
value that the process prints; beside a bare PySide6 window. Edit: real key and mouse events offscreen on a window of
1600 × 1000, from the event to the end of the canvas's paint; `idle` adds what the panels do after that.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
RUNS = 7

BARE = """
import os, time
from PySide6.QtWidgets import QApplication, QWidget
class Bare(QWidget):
    def paintEvent(self, event):
        print(time.time(), flush=True); os._exit(0)
app = QApplication([]); window = Bare(); window.resize(1600, 1000); window.show(); app.exec()
"""
OURS = """
import os, sys, time
awaited = sys.argv.pop()
heavy = {"networkx", "numpy", "pandas", "ibis", "duckdb", "reportlab", "scipy", "fontTools"}
def told(owner, name):
    def done(self, *event):
        what(self, *event)
        print(time.time(), ",".join(sorted(heavy & set(sys.modules))) or "none", flush=True); os._exit(0)
    what = getattr(owner, name)
    setattr(owner, name, done)
class Look:
    def find_spec(self, name, path=None, target=None):
        if name == "journeymap.ui.window":
            if awaited == "map":
                from journeymap.ui.canvas.canvas import Canvas
                told(Canvas, "paintEvent")
            else:
                from journeymap.ui.workplace import Workplace
                told(Workplace, "_complete")
sys.meta_path.insert(0, Look())
from journeymap.__main__ import main
sys.exit(main())
"""
"""The command itself, with a look at the canvas's first paint (map), or at the moment when the panels stand (whole)."""


def start(path: Path, folder: Path) -> dict[str, object]:
    """Medians of the start, ours and bare, alternating in one run."""
    contestants = {"bare": [BARE], "map": [OURS, str(path), "map"], "whole": [OURS, str(path), "whole"]}
    times: dict[str, list[float]] = {name: [] for name in contestants}
    heavy = ""
    # Compiled modules are kept, as in every installed program; the first run, which writes them, does not count.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {
        "JOURNEYMAP_SETTINGS": str(folder / "settings.ini"),
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
    }
    for run in range(RUNS + 1):
        for name, command in contestants.items():
            begun = time.time()
            done = subprocess.run(
                [sys.executable, "-c", *command],
                capture_output=True,
                text=True,
                check=True,
                timeout=60,
                env=environment,
            )
            if run:
                times[name].append(float(done.stdout.split()[0]) - begun)
            heavy = done.stdout.split()[1] if name == "map" else heavy
    middles = {name: statistics.median(many) for name, many in times.items()}
    return {
        "bare_s": round(middles["bare"], 3),
        "map_painted_s": round(middles["map"], 3),
        "panels_too_s": round(middles["whole"], 3),
        "ratio": round(middles["map"] / middles["bare"], 2),
        "heavy_modules": heavy,
    }


class Stage:
    """A shown window, and the moment at which its canvas last finished painting after `clear`."""

    def __init__(self, path: Path, folder: Path) -> None:
        from PySide6.QtTest import QTest

        from journeymap.model.records import Lane
        from journeymap.ui import app
        from journeymap.ui.canvas.canvas import Canvas
        from journeymap.ui.settings import Settings

        self.painted = 0.0
        paint = Canvas.paintEvent

        def timed(canvas: Canvas, event: object) -> None:
            paint(canvas, event)  # type: ignore[arg-type]
            self.painted = self.painted or time.perf_counter()

        Canvas.paintEvent = timed  # type: ignore[method-assign,assignment]
        self.app = app.application()
        begun = time.perf_counter()
        self.window = app.opened(self.app, Settings(folder / "settings.ini"), path)
        self.window.resize(1600, 1000)
        QTest.qWaitForWindowExposed(self.window)
        self.opened = time.perf_counter() - begun
        QTest.qWait(1500)
        assert self.window.map is not None
        assert self.window.canvas is not None
        self.canvas, self.map = self.window.canvas, self.window.map
        self.lane = {one.kind: one.id for one in self.map.document.all(Lane)}
        columns = self.map.layout.columns
        self.middle = columns[len(columns) // 2].touchpoint_id if columns else ""

    def stand(self, kind: str) -> None:
        """Puts the keyboard on the middle touchpoint in a lane."""
        from journeymap.ui.selection import Cell

        self.window.selection.select(cell=Cell(self.lane[kind], self.middle))
        self.canvas.reveal(self.window.selection.cell)
        self.canvas.setFocus()

    def measure(self, act: Callable[[], object]) -> tuple[float, float]:
        """Milliseconds from an event to the canvas's next finished paint, and until nothing is left to do."""
        for _ in range(60):
            self.app.processEvents()
            time.sleep(0.005)
        self.painted = 0.0
        begun = time.perf_counter()
        act()
        while not self.painted and time.perf_counter() < begun + 10:
            self.app.processEvents()
        self.app.processEvents()
        return (self.painted - begun) * 1000, (time.perf_counter() - begun) * 1000

    def frame(self, act: Callable[[], object]) -> float:
        """Milliseconds that one frame takes after something that shows another part of the map."""
        begun = time.perf_counter()
        act()
        self.canvas.viewport().repaint()
        return (time.perf_counter() - begun) * 1000


def edits(path: Path, folder: Path) -> dict[str, object]:
    """Medians of edits by key and by mouse on the map at `path`, and of frames."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    from journeymap.ui.canvas import marks

    stage = Stage(path, folder)
    canvas, left, none = stage.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

    def typed(kind: str, n: int) -> tuple[float, float]:
        stage.stand(kind)
        canvas.editor.open()
        canvas.editor.setPlainText(f"Said anew {n}")
        return stage.measure(lambda: QTest.keyClick(canvas.editor, Qt.Key.Key_Return))

    def dragged(n: int) -> tuple[float, float]:
        place = marks.record_rect(canvas, stage.middle)
        assert place is not None
        at = canvas.view.on_screen(place).center().toPoint()
        to = at + QPoint(150 if n % 2 else -150, 0)
        QTest.mousePress(canvas.viewport(), left, none, at)
        QTest.mouseMove(canvas.viewport(), to)
        QTest.mouseMove(canvas.viewport(), to)
        return stage.measure(lambda: QTest.mouseRelease(canvas.viewport(), left, none, to))

    def nudged(n: int) -> tuple[float, float]:
        stage.stand("emotion")
        return stage.measure(lambda: QTest.keyClicks(canvas, "+" if n % 2 else "-"))

    kinds = ("journey", "thoughts", "pains", "front_stage")
    runs = {f"type in {kind}": [typed(kind, n) for n in range(RUNS)] for kind in kinds}
    runs["mood by key"] = [nudged(n) for n in range(RUNS)]
    stage.stand("journey")
    runs["drag a card"] = [dragged(n) for n in range(RUNS)]
    frames = {"scroll by 40": middle(stage.frame(lambda: canvas.scroll_by(40, 0)) for _ in range(30))}
    for zoom in (0.8, 0.5, 0.3, 0.1, 1.0):
        frames[f"zoom to {zoom}"] = round(stage.frame(lambda zoom=zoom: canvas.zoom_to(zoom)), 1)  # type: ignore[misc]
    frames["one cell on"] = middle(stage.frame(lambda: QTest.keyClick(canvas, Qt.Key.Key_Right)) for _ in range(10))
    touchpoints = len(stage.map.layout.columns)
    stage.window.close()
    return {
        "touchpoints": touchpoints,
        "open_s": round(stage.opened, 2),
        "edit_to_repaint_ms": {name: middle(one[0] for one in many) for name, many in runs.items()},
        "edit_to_repaint_worst_ms": round(max(one[0] for many in runs.values() for one in many), 1),
        "edit_to_idle_ms": {name: middle(one[1] for one in many) for name, many in runs.items()},
        "frame_ms": frames,
    }


def middle(values: Iterable[float]) -> float:
    """The median, to a tenth."""
    return round(statistics.median(values), 1)


def main() -> None:
    """Prints the figures."""
    from benchmarks.maps import demo_map, large_map

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        started = start(demo_map(folder), folder)
        edited = edits(large_map(folder, 5000), folder)
    print(json.dumps({"start": started, "start_bar_ratio": 6, "edit": edited, "edit_bar_ms": 30}))


if __name__ == "__main__":
    main()
