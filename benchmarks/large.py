"""A large map under the hand: edits, drags, pasting, opening, memory, views, search, and how all that grows.

Offscreen, software painting, a window of 1600 × 1000, eight lanes with text. Real key and mouse events; each figure is the
median of several, on the clock and of the processor (all threads), since machines are shared. `edits`: from the key to
the end of the canvas's paint, and to the saved mark. `opening`: whole processes, from before Python starts to the end of the
first paint, with byte code compiled. Sections run in processes of their own; `python -m benchmarks.large PATH SECTION`
runs one of them on a map.
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

from benchmarks.canvas import Frames, summed
from benchmarks.maps import large_map
from benchmarks.window import BARE, OURS, Stage, middle

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
RUNS = 7
COUNTS = (500, 5000, 20000)
BARS = {
    "edit_painted_ms": 16.7, "edit_saved_ms": 40, "drag_frame_ms": 16.7, "open_s": 1.5, "paste_s": 2, "undo_s": 1,
    "memory_mb": 400, "view_ms": 100, "growth": "at most linear",
}  # fmt: skip


class Watch:
    """Times one act after another: until the canvas has painted, until the disk has it, wall and computing time."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._saved = 0.0
        stage.map.saved.connect(self._note)
        self.painted: list[float] = []
        self.computed: list[float] = []
        self.saved: list[float] = []

    def _note(self) -> None:
        self._saved = time.perf_counter()

    def act(self, act: Callable[[], object], *, saves: bool = True, limit: float = 30) -> None:
        """Does something and waits for its paint, and for the disk."""
        Frames(self.stage).settle()
        self.stage.painted = self._saved = 0.0
        cpu, begun = time.process_time(), time.perf_counter()
        act()
        while not self.stage.painted and time.perf_counter() < begun + limit:
            self.stage.app.processEvents()
        assert self.stage.painted, "nothing was painted"
        self.computed.append((time.process_time() - cpu) * 1000)
        self.painted.append((self.stage.painted - begun) * 1000)
        while saves and not self._saved and time.perf_counter() < begun + limit:
            self.stage.app.processEvents()
            time.sleep(0.0002)
        if saves:
            self.saved.append((self._saved - begun) * 1000)

    def told(self) -> dict[str, float]:
        """Medians and the worst."""
        found = {
            "painted_ms": middle(self.painted), "worst_ms": round(max(self.painted), 1),
            "computed_ms": middle(self.computed),
        }  # fmt: skip
        return found | ({"saved_ms": middle(self.saved)} if self.saved else {})


def edits(stage: Stage) -> dict[str, Any]:
    """One edit of each kind in the middle of the map: key → painted, key → on disk."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    canvas = stage.canvas
    key, alt = Qt.Key, Qt.KeyboardModifier.AltModifier
    kinds: dict[str, Any] = {}
    for kind in ("journey", "thoughts", "front_stage", "pains"):
        watch = Watch(stage)
        for n in range(RUNS):
            stage.stand(kind)
            canvas.editor.open()
            canvas.editor.setPlainText(f"Said anew {n}")
            watch.act(lambda: QTest.keyClick(canvas.editor, key.Key_Return))
        kinds[f"text in {kind}"] = watch.told()
    for name, kind, code, held in (
        ("mood by key", "emotion", (key.Key_Plus, key.Key_Minus), None),
        ("card one on", "thoughts", (key.Key_Right, key.Key_Left), alt),
        ("touchpoint one on", "journey", (key.Key_Right, key.Key_Left), alt),
    ):
        watch = Watch(stage)
        stage.stand(kind)
        if kind != "emotion":
            _take(stage)
        for n in range(RUNS + 1):  # there and back: at the end everything stands where it stood
            modifier = held if held is not None else Qt.KeyboardModifier.NoModifier
            watch.act(lambda n=n, c=code, m=modifier: QTest.keyClick(canvas, c[n % 2], m))  # type: ignore[misc]
        kinds[name] = watch.told()
    kinds |= _made_and_gone(stage)
    return kinds


def _take(stage: Stage) -> None:
    """Selects what stands in the keyboard's cell."""
    from journeymap.ui.canvas import keys

    cell = stage.window.selection.cell
    stage.window.selection.select(*keys.leading(stage.canvas, cell), cell=cell)


def _made_and_gone(stage: Stage) -> dict[str, Any]:
    """A touchpoint is duplicated in the middle of the map and that undone, a card is deleted and brought back."""
    from journeymap.ui import doings, selecting

    made, undone, gone, back = (Watch(stage) for _ in range(4))
    for _ in range(RUNS):
        stage.stand("journey")
        _take(stage)
        made.act(lambda: selecting.duplicate(stage.window))
        undone.act(stage.map.undo)
        stage.stand("thoughts")
        _take(stage)
        gone.act(lambda: doings.delete(stage.window))
        back.act(stage.map.undo)
    return {
        "touchpoint duplicated": made.told(), "that undone": undone.told(), "card deleted": gone.told(),
        "deletion undone": back.told(),
    }  # fmt: skip


# ---------------------------------------------------------------- drags


def drags(stage: Stage) -> dict[str, Any]:
    """200 selected touchpoints, 200 texts, an emotion point: every move of the pointer until it is painted; and the drop."""
    from journeymap.model.records import Card, Emotion

    kinds: dict[str, Any] = {}
    middle_of = len(stage.map.layout.columns) // 2
    columns = [column.touchpoint_id for column in stage.map.layout.columns[middle_of - 100 : middle_of + 100]]
    document = stage.map.document
    thoughts = [
        next(
            card.id for card in document.referring(Card, "touchpoint_id", id_) if card.lane_id == stage.lane["thoughts"]
        )
        for id_ in columns
    ]
    for name, kind, ids in (("200 touchpoints", "journey", columns), ("200 texts", "thoughts", thoughts)):
        for zoom in (1.0, 0.3):
            stage.canvas.zoom_to(zoom)
            stage.stand(kind)
            lead = ids[100]
            stage.window.selection.select(*ids, cell=stage.window.selection.cell)
            found = _dragged(stage, lead, (9, 1))
            if found is not None:
                kinds[f"{name} at {zoom:.0%}"] = found
    stage.canvas.zoom_to(1.0)
    stage.stand("emotion")
    felt = document.referring(Emotion, "touchpoint_id", stage.middle)[0]
    stage.window.selection.select(felt.id, cell=stage.window.selection.cell)
    moved = _dragged(stage, felt.id, (0, 2))
    if moved is not None:
        kinds["emotion point"] = moved
    return kinds


def _dragged(stage: Stage, id_: str, step: tuple[int, int]) -> dict[str, Any] | None:
    """Forty moves of the pointer with a record in hand, then the drop; None where it cannot be taken hold of."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    from journeymap.ui.canvas import marks

    canvas, left, none = stage.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    Frames(stage).settle()
    place = marks.record_rect(canvas, id_)
    if place is None:
        return None
    at = canvas.view.on_screen(place).center().toPoint()
    QTest.mousePress(canvas.viewport(), left, none, at)
    computed, frames = [], Frames(stage)
    for n in range(1, 41):
        cpu = time.process_time()
        to = at + QPoint(*step) * n
        frames.frame(lambda to=to: QTest.mouseMove(canvas.viewport(), to))  # type: ignore[misc]
        computed.append((time.process_time() - cpu) * 1000)
    held = canvas.hand.busy
    drop = Watch(stage)
    drop.act(lambda: QTest.mouseRelease(canvas.viewport(), left, none, to))
    back = Watch(stage)
    back.act(stage.map.undo)
    assert held, "nothing was taken hold of"
    dropped = {"drop_painted_ms": drop.told()["painted_ms"], "undo_painted_ms": back.told()["painted_ms"]}
    return summed(frames.found) | {"computed_ms": middle(computed)} | dropped


# ---------------------------------------------------------------- pasting


def pasting(stage: Stage, count: int = 5000) -> dict[str, Any]:
    """`count` texts pasted as touchpoints, and as thoughts of the touchpoints that are there; each undone."""
    from PySide6.QtWidgets import QApplication

    from journeymap.ui import clipboard

    found: dict[str, Any] = {}
    for kind, text in (
        ("journey", "\n".join(f"Pasted touchpoint {n}" for n in range(count))),
        ("thoughts", "\t".join(f"What the pasted text {n} makes me think" for n in range(count))),
    ):
        stage.stand(kind)
        first = stage.map.layout.columns[0].touchpoint_id
        if kind == "thoughts":
            from journeymap.ui.selection import Cell

            stage.window.selection.select(cell=Cell(stage.lane[kind], first))
        QApplication.clipboard().setText(text)
        pasted, undone = Watch(stage), Watch(stage)
        for _ in range(3):
            before = len(stage.map.document)
            pasted.act(lambda: clipboard.paste(stage.window))
            made = len(stage.map.document) - before
            undone.act(stage.map.undo)
        found[f"{made} in {kind}"] = {"paste": pasted.told(), "undo": undone.told()}
    return found


def onto_blank(stage: Stage) -> dict[str, Any]:
    """5,000 lines pasted onto a blank map; undone."""
    from PySide6.QtWidgets import QApplication

    from journeymap.ui import clipboard

    QApplication.clipboard().setText("\n".join(f"Pasted touchpoint {n}" for n in range(5000)))
    pasted, undone = Watch(stage), Watch(stage)
    for _ in range(3):
        pasted.act(lambda: clipboard.paste(stage.window))
        undone.act(stage.map.undo)
    return {"paste": pasted.told(), "undo": undone.told()}


# ---------------------------------------------------------------- search and filter


def finding(stage: Stage) -> dict[str, Any]:
    """Search: each key until its hits are painted. Filter by a channel and a persona: chosen until painted, and taken off."""
    from PySide6.QtTest import QTest

    from journeymap.model.records import Channel, Persona
    from journeymap.ui import filtering
    from journeymap.ui.canvas import search

    stage.stand("journey")
    bar = search.of(stage.canvas)
    opened, first, further = Watch(stage), Watch(stage), Watch(stage)
    for word in ("hurts at 4", "desk 12", "think"):
        opened.act(bar.open, saves=False)
        bar.line.selectAll()
        for n, letter in enumerate(word):
            (first if n == 0 else further).act(lambda c=letter: QTest.keyClicks(bar.line, c), saves=False)  # type: ignore[misc]
        bar.close_()
    found: dict[str, Any] = {
        "search opened": opened.told(),
        "first key": first.told(),
        "each further key": further.told(),
    }
    for kind, field in ((Channel, "channels"), (Persona, "personas")):
        id_ = stage.map.document.all(kind)[0].id
        on, off = Watch(stage), Watch(stage)
        for _ in range(3):
            for watch in (on, off):
                _filtered(stage, watch, lambda f=field, i=id_: filtering.toggle(stage.map, f, i))  # type: ignore[misc]
        found |= {f"filter by {field[:-1]}": on.told(), f"{field[:-1]} filter off": off.told()}
    return found


def _filtered(stage: Stage, watch: Watch, act: Callable[[], object]) -> None:
    """Another view is painted once before it, for the picture that fades out; so the last painting counts, not the first."""
    Frames(stage).settle()
    cpu, begun = time.process_time(), time.perf_counter()
    act()
    stage.canvas.viewport().repaint()
    watch.painted.append((time.perf_counter() - begun) * 1000)
    watch.computed.append((time.process_time() - cpu) * 1000)


# ---------------------------------------------------------------- opening and memory


def panning(stage: Stage) -> dict[str, Any]:
    """Scrolling at 100 % and 30 %: frames."""
    frames = Frames(stage)
    stage.stand("journey")
    for zoom in (1.0, 0.3):
        stage.canvas.zoom_to(zoom)
        Frames(stage).settle()
        for _ in range(40):
            frames.frame(lambda: stage.canvas.scroll_by(41, 0))
    return summed(frames.found)


def memory(stage: Stage) -> dict[str, Any]:
    """Resident size with the map open and everything made that is made while nobody asks; then also after a look at every zoom."""
    from PySide6.QtTest import QTest

    QTest.qWait(4000)
    rested = _resident()
    for zoom in (0.5, 0.1, 1.0):
        stage.canvas.zoom_to(zoom)
        Frames(stage).settle()
        for _ in range(20):
            stage.canvas.scroll_by(700, 0)
            stage.canvas.viewport().repaint()
    return {"resident_mb": rested, "after_looking_mb": _resident(), "most_mb": _resident("VmHWM")}


def _resident(line: str = "VmRSS") -> float:
    """Megabytes, as Linux tells them of this process."""
    text = Path("/proc/self/status").read_text(encoding="ascii")
    return round(int(text.split(line + ":")[1].split()[0]) / 1024, 1)


def opening(paths: dict[str, Path], folder: Path, runs: int = 5) -> dict[str, Any]:
    """Process start to first paint of each map, beside a bare window, alternating; computing time of the whole process."""
    from benchmarks.timing import first_paint

    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {
        "JOURNEYMAP_SETTINGS": str(folder / "settings.ini"), "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
    }  # fmt: skip
    commands = {"bare": [BARE], **{name: [OURS, str(path), "map"] for name, path in paths.items()}}
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for run in range(runs + 1):
        for name, command in commands.items():
            took = first_paint([sys.executable, "-c", *command], environment)
            if run:
                found[name].append(took)
    return {
        name: {
            "painted_s": round(statistics.median(wall for wall, _cpu in many), 3),
            "computed_s": round(statistics.median(cpu for _wall, cpu in many), 3),
        }
        for name, many in found.items()
    }


# ---------------------------------------------------------------- running


SECTIONS: dict[str, Callable[[Stage], dict[str, Any]]] = {
    "edits": edits, "drags": drags, "pasting": pasting, "onto_blank": onto_blank, "finding": finding,
    "panning": panning, "memory": memory,
}  # fmt: skip


def measured(section: str, path: Path) -> dict[str, Any]:
    """The figures of a section for a map, from a process of its own."""
    command = [sys.executable, "-m", "benchmarks.large", str(path), section]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> None:
    """Prints the figures."""
    if len(sys.argv) > 2:
        with tempfile.TemporaryDirectory() as name:
            print(json.dumps(SECTIONS[sys.argv[2]](Stage(Path(sys.argv[1]), Path(name)))), flush=True)
            os._exit(0)
    from benchmarks.canvas import measured as of_canvas
    from benchmarks.maps import demo_map

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = {"demo": demo_map(folder), **{str(count): large_map(folder, count) for count in COUNTS}}
        opened = opening(paths, folder)
        whole = paths["5000"]
        figures = {
            "edits": measured("edits", whole), "drags": measured("drags", whole), "opening": opened,
            "onto_blank": measured("onto_blank", large_map(folder, 0)), "pasting": measured("pasting", whole),
            "memory": measured("memory", whole), "views": of_canvas("views", whole), "finding": measured("finding", whole),
            "growth": {
                str(count): {name: measured(name, paths[str(count)]) for name in ("edits", "panning", "pasting")}
                for count in COUNTS if count != 5000
            },
        }  # fmt: skip
        figures["start_ratio"] = round(opened["demo"]["painted_s"] / opened["bare"]["painted_s"], 2)
    print(json.dumps(figures | {"bars": BARS}))


if __name__ == "__main__":
    main()
