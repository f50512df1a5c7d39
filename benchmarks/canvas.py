"""The canvas: how long a frame takes on a map of 5,000 touchpoints and eight lanes, and how all that grows.

Offscreen, software painting, a window of 1600 × 1000. A frame is from the wheel, key or scroll to the end of the
canvas's paint, with all that the event loop does before it comes back. After a zoom the picture may be a stretched one
that is made sharp in slices, as long as nothing else is asked for; `sharp_ms` says how long that takes, slices count
as frames.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.maps import large_map
from benchmarks.window import Stage, middle
from journeymap.model import lens

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
LONGEST_S = 5.0
"""So long is waited for what is left to do: on a busy machine every turn of the event loop may seem to do something."""

ZOOMS = (0.05, 0.08, 0.12, 0.2, 0.3, 0.36, 0.5, 0.65, 0.7, 0.85, 1.0, 1.25, 1.5, 2.0)


def summed(frames: list[float]) -> dict[str, float]:
    """Median, 95th percentile, worst, of milliseconds."""
    return {
        "median_ms": middle(frames), "p95_ms": round(statistics.quantiles(frames, n=20)[18], 1),
        "worst_ms": round(max(frames), 1), "frames": len(frames),
    }  # fmt: skip


class Frames:
    """Counts what the event loop and the canvas need, paint by paint."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.found: list[float] = []

    def frame(self, act: Callable[[], object]) -> None:
        """One frame: something is asked for, and shown."""
        begun = time.perf_counter()
        act()
        self.stage.canvas.viewport().update()
        self.stage.app.sendPostedEvents()  # the painting that was asked for, and not yet what a timer will ask for
        self.found.append((time.perf_counter() - begun) * 1000)
        self._turn()

    def _turn(self) -> bool:
        """A turn of the event loop; a frame of its own where it did something."""
        begun = time.perf_counter()
        self.stage.app.processEvents()
        took = time.perf_counter() - begun
        if took > 0.001:
            self.found.append(took * 1000)
        return took > 0.001

    def settle(self) -> float:
        """Lets what is left be done, each turn of the event loop being a frame; milliseconds until nothing is."""
        begun = last = time.perf_counter()
        while time.perf_counter() - last < 0.06 and last - begun < LONGEST_S:
            if self._turn():
                last = time.perf_counter()
            time.sleep(0.0005)
        return (last - begun) * 1000


def looking(stage: Stage) -> dict[str, Any]:
    """Pan at every zoom, a wheel from 5 % to 200 % and back, fit and back."""
    canvas = stage.canvas
    kinds: dict[str, Any] = {}
    everything: list[float] = []
    stage.stand("journey")
    for zoom in ZOOMS:
        canvas.zoom_to(zoom)
        Frames(stage).settle()
        frames = Frames(stage)
        for n in range(30):
            frames.frame(lambda n=n: canvas.scroll_by(41 if n < 24 else -300, 0))  # type: ignore[misc]
        for n in range(10):
            frames.frame(lambda n=n: canvas.scroll_by(0, 23 if n < 5 else -23))  # type: ignore[misc]
        kinds[f"pan at {zoom:.0%}"] = summed(frames.found)
        everything += frames.found
    frames, sharp = Frames(stage), []
    for direction in (1, -1, 1, -1):
        for _ in range(21):
            frames.frame(lambda way=direction: canvas.zoom_to(canvas.view.zoom * 1.0015 ** (120 * way)))  # type: ignore[misc]
        sharp.append(frames.settle())
    kinds["wheel zoom, 5 % to 200 % and back"] = summed(frames.found) | {"sharp_ms": middle(sharp)}
    everything += frames.found
    frames, sharp = Frames(stage), []
    for _ in range(6):
        frames.frame(canvas.fit)
        sharp.append(frames.settle())
        frames.frame(lambda: canvas.zoom_to(1.0))
        sharp.append(frames.settle())
    kinds["fit and back"] = summed(frames.found) | {"sharp_ms": middle(sharp)}
    everything += frames.found
    return {"all": summed(everything), **kinds}


def views(stage: Stage) -> dict[str, Any]:
    """From the whole map to every view and back, each until it is painted; at 100 %, three times, wall and computing time."""
    map_, canvas = stage.canvas.map, stage.canvas
    stage.stand("journey")
    canvas.zoom_to(1.0)
    Frames(stage).settle()
    kinds: dict[str, Any] = {}
    for kind in [one for one in lens.KINDS if one != lens.MAP]:
        there, back, computed = list[float](), list[float](), list[float]()
        view = lens.builtin(kind, map_.document)
        for _ in range(3):
            for shown, times in ((view, there), (None, back)):
                begun, cpu = time.perf_counter(), time.process_time()
                map_.look_through(shown)
                canvas.viewport().repaint()
                times.append((time.perf_counter() - begun) * 1000)
                computed.append((time.process_time() - cpu) * 1000)
                Frames(stage).settle()
        kinds[kind] = {
            "there_ms": middle(there), "first_ms": round(there[0], 1), "back_ms": middle(back),
            "worst_cpu_ms": round(max(computed), 1),
        }  # fmt: skip
    return kinds


SECTIONS: dict[str, Callable[[Stage], dict[str, Any]]] = {"looking": looking, "views": views}


def measured(section: str, path: Path) -> dict[str, Any]:
    """The figures of a section for a map, from a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.canvas", str(path), section], capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> None:
    """Prints the figures."""
    if len(sys.argv) > 2:
        with tempfile.TemporaryDirectory() as name:
            print(json.dumps(SECTIONS[sys.argv[2]](Stage(Path(sys.argv[1]), Path(name)))), flush=True)
            os._exit(0)
    switched: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as name:
        from journeymap.demo import write_demo

        demo = next(path for path in write_demo(Path(name) / "demo") if path.suffix == ".journey")
        switched["demo"] = measured("views", demo)
        for count in (500, 5000):
            path = large_map(Path(name), count)
            switched[str(count)] = measured("views", path)
            if count == 5000:
                looked = measured("looking", path)
            path.unlink()
    print(json.dumps({
        "looking": looked, "bar": {"median_ms": 16.7, "p95_ms": 33}, "views": switched, "views_bar": {"demo_ms": 100},
    }))  # fmt: skip


if __name__ == "__main__":
    main()
