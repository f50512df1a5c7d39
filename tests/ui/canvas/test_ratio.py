"""Screens with more pixels: at 1.25, 1.5 and 2 device pixels a pixel what is kept is as sharp as painting anew."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

WATCH = """
import json, random, sys
from pathlib import Path
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from journeymap.model import commands
from journeymap.model.records import Touchpoint
from journeymap.ui import app
from journeymap.ui.settings import Settings

application = app.application()
settings = Settings(sys.argv[2])
settings.theme = "light"
window = app.opened(application, settings, Path(sys.argv[1]))
window.resize(760, 560)
QTest.qWait(400)
window.place.show_panel("outline", shown=False)
window.place.show_panel("inspector", shown=False)
canvas = window.canvas
canvas.overview.wanted = False
canvas.overview.follow()
application.processEvents()

def shot():
    canvas._glow._over()
    canvas.fade._over()
    return canvas.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)

def differing(one, other):
    a, b = bytes(one.constBits()), bytes(other.constBits())
    return sum(any(abs(a[i + n] - b[i + n]) > 24 for n in range(3)) for i in range(0, len(a), 4)) if a != b else 0

def anew():
    canvas._drawing.spoil()
    return shot()

chance, worst = random.Random(7), 0
for zoom in (1.0, 1.3):
    canvas.zoom_to(zoom)
    for _n in range(20):
        shot()
        application.processEvents()
    for _n in range(6):
        canvas.scroll_by(chance.randint(-90, 160), chance.randint(-50, 90))
        worst = max(worst, differing(shot(), anew()))
    for touchpoint in window.map.document.all(Touchpoint)[:3]:
        window.map.perform(commands.rename(window.map.document, touchpoint.id, "Another name than before"))
        worst = max(worst, differing(shot(), anew()))
image = shot()
sharp = canvas._drawing._body._pixmap
print(json.dumps({
    "ratio": canvas.devicePixelRatioF(), "width": image.width(), "logical": canvas.viewport().width(),
    "kept": [sharp.width(), sharp.devicePixelRatio()], "worst": worst, "body": canvas.view.body(canvas.sheet).width(),
}))
window.close()
"""


@pytest.mark.parametrize("ratio", [1.25, 1.5, 2.0])
def test_kept_pictures_are_sharp_at_every_ratio_of_pixels(map_file, tmp_path, ratio):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(ratio)}
    done = subprocess.run(
        [sys.executable, "-c", WATCH, str(map_file), str(tmp_path / "s.ini")],
        env=environment, check=False, timeout=120, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["ratio"] == pytest.approx(ratio)
    assert found["width"] == pytest.approx(found["logical"] * ratio, abs=2)
    kept, of = found["kept"]
    assert of == pytest.approx(ratio)
    assert kept == pytest.approx(found["body"] * ratio, abs=2)  # not a small picture made larger
    # The ends of a curve's dashes depend a little on where Qt begins to flatten it.
    assert found["worst"] < 250 * ratio
