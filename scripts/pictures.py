"""Makes the pictures in README and docs from the program itself: `python scripts/pictures.py docs/pictures`.

The worked example is written into a temporary folder, printed, and opened in a real window (offscreen).
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import NoReturn

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from journeymap import templates
from journeymap.demo import MAP, SURVEY, write_demo
from journeymap.formats import export
from journeymap.model import lens
from journeymap.model.document import Document
from journeymap.model.figures import figures
from journeymap.model.records import Touchpoint
from journeymap.model.slides import Deck
from journeymap.session import Session
from journeymap.ui import app as application
from journeymap.ui import finding
from journeymap.ui.dialogs.import_ import ImportDialog
from journeymap.ui.presenting.stage import draw
from journeymap.ui.settings import Settings
from journeymap.ui.window import Window

WIDE, LAPTOP = (1600, 1000), (1366, 768)
SHOWN = "Queue for security"


def settled(app: QApplication, seconds: float = 1.0) -> None:
    """Lets everything that waits be painted."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        app.processEvents()


def keep(app: QApplication, widget: QWidget, path: Path, seconds: float = 1.0) -> None:
    """Paints `widget` into a file."""
    settled(app, seconds)
    widget.grab().save(str(path))


def select(window: Window, name: str) -> None:
    """Selects the touchpoint of that name."""
    assert window.map is not None
    touchpoint = next(one for one in window.map.document.all(Touchpoint) if one.name == name)
    finding.go_to(window, touchpoint.id)


def windows(folder: Path, out: Path) -> None:
    """The window light and dark, the import dialog, the start page."""
    app = application.application()
    settings = Settings(folder / "settings.ini")
    for theme, size in (("light", WIDE), ("dark", LAPTOP)):
        settings.theme = theme
        window = application.opened(app, settings, folder / MAP)
        window.resize(*size)
        settled(app)
        select(window, SHOWN)
        keep(app, window, out / f"window-{theme}.png")
        window.close()
    seen(app, settings, folder, out)
    importing(app, folder, out)
    start = Settings(folder / "start.ini")
    start.theme = "light"
    for path in (folder / MAP, *folder.glob("*.journey")):
        start.opened(path)
    start.closed()
    window = application.opened(app, start)
    window.resize(*WIDE)
    keep(app, window, out / "start.png", 2)
    window.close()


def seen(app: QApplication, settings: Settings, folder: Path, out: Path) -> None:
    """The heat map in the window, and a phase as the audience sees it."""
    settings.theme = "light"
    window = application.opened(app, settings, folder / MAP)
    window.resize(*WIDE)
    settled(app)
    assert window.map is not None
    assert window.place is not None
    window.map.look_through(lens.builtin(lens.HEAT, window.map.document))
    settled(app)
    keep(app, window, out / "view-heatmap.png")
    window.map.look_through(None)
    deck = Deck(window.map.document, window.map.figures)
    slide = next(one for one in deck.columns if "security" in one.heading)
    image = QImage(1600, 900, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    draw(painter, deck.picture(slide), QRectF(0, 0, 1600, 900), 1.0, window.place.canvas.pictures)
    painter.end()
    image.save(str(out / "presentation.png"))
    window.close()


def importing(app: QApplication, folder: Path, out: Path) -> None:
    """The import dialog over a map that has no data yet."""
    fresh = folder / "fresh.journey"
    with Session.create(fresh, templates.records("blank", "Weekend flight to Lisbon")) as session:
        session.flush()
    settings = Settings(folder / "import.ini")
    settings.theme = "light"
    window = application.opened(app, settings, fresh)
    assert window.map is not None
    dialog = ImportDialog(window.map, folder / SURVEY, window)
    dialog.resize(*WIDE)
    dialog.show()
    keep(app, dialog, out / "import.png", 6)
    dialog.close()
    window.close()


def no_data(data_set_id: str) -> NoReturn:
    """The counts of a map without data sets."""
    raise KeyError(data_set_id)


def prints(folder: Path, out: Path) -> None:
    """The map, a template and the first page of the plan."""
    with Session.open(folder / MAP, read_only=True) as session:
        known = figures(session.document, session.cube)
        export(session.document, known, folder / "map.png", kind="map", paper="A3", dpi=110)
        export(session.document, known, folder / "plan.png", kind="plan", paper="A4", dpi=130)
    example = Document(templates.records("hospital-stay", "Eine neue Hüfte", "de"))
    export(example, figures(example, no_data), folder / "template.png", kind="map", paper="A3", dpi=110)
    for name in ("map.png", "template.png"):
        shutil.copy(folder / name, out / name)
    first = folder / "plan.png" if (folder / "plan.png").exists() else folder / "plan-1.png"
    shutil.copy(first, out / "plan.png")


def main() -> None:
    """Makes all pictures."""
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_demo(folder)
        prints(folder, out)
        windows(folder, out)


if __name__ == "__main__":
    main()
