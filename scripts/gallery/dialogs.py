"""Every dialog, each with something real in it."""

from __future__ import annotations

import csv
import shutil
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from gallery.studio import LAPTOP, WIDE, Studio
from journeymap import templates
from journeymap.data import recognising
from journeymap.demo import MAP, SURVEY
from journeymap.model.records import Version
from journeymap.session import Session
from journeymap.ui.dialogs.arrival import Arrival
from journeymap.ui.dialogs.database import DatabaseDialog
from journeymap.ui.dialogs.export import ExportDialog
from journeymap.ui.dialogs.import_ import ImportDialog
from journeymap.ui.dialogs.refresh import RefreshDialog
from journeymap.ui.dialogs.template import TemplateDialog
from journeymap.ui.dialogs.versions import VersionsDialog, VersionView
from journeymap.ui.window import Window

PART = "Dialogs"
WORKSHOP = [
    ["Phase", "Touchpoint", "Channel", "Thought", "Emotion", "Pain point", "Severity"],
    ["Book", "Find a shop", "Web", "Is it far?", "4", "", ""],
    ["", "Pay", "Web", "", "2", "No card", "5"],
    ["Ride", "Fetch it", "Shop", "Nice", "5", "", ""],
    ["", "Bring it back", "Shop", "Where do I put it?", "1", "Nobody is there", "4"],
]
TABLES = ("calls", "campaign_answers", "customers", "orders", "satisfaction_survey", "stores", "tickets", "visits")


def take(studio: Studio) -> None:
    """All of them."""
    importing(studio)
    path = studio.folder / "dialogs.journey"
    shutil.copy(studio.folder / MAP, path)
    with studio.window(path) as window:
        assert window.map is not None
        for make in (exporting, arriving, asking_a_database, refreshing, versions, template):
            make(studio, window)
        finder(studio, window)
    path.unlink()


def shown(
    studio: Studio,
    dialog: QWidget,
    name: str,
    words: str,
    ready: Callable[[], object],
    size: tuple[int, int] | None = None,
) -> None:
    """Shows a dialog, waits until it is ready, takes its picture, closes it."""
    if size is not None:
        dialog.resize(*size)
    dialog.show()
    end = time.monotonic() + 60
    while not ready() and time.monotonic() < end:
        studio.settle(0.1)
    studio.keep(PART, name, words, dialog)
    dialog.close()
    dialog.deleteLater()


def importing(studio: Studio) -> None:
    """The import over a map that has no data yet."""
    fresh = studio.folder / "fresh.journey"
    with Session.create(fresh, templates.records("blank", "Weekend flight to Lisbon")) as session:
        session.flush()
    with studio.window(fresh) as window:
        assert window.map is not None
        dialog = ImportDialog(window.map, studio.folder / SURVEY, window)
        words = "Import: real rows, a role above each column, and at the right what comes of it, counted live"
        shown(studio, dialog, "dialog-import", words, lambda: dialog.counted is not None, WIDE)
    fresh.unlink()


def exporting(studio: Studio, window: Window) -> None:
    """Export."""
    assert window.map is not None
    dialog = ExportDialog(window.map, window)
    shown(
        studio, dialog, "dialog-export", "Export: the preview is the output", lambda: dialog.preview is not None, LAPTOP
    )


def arriving(studio: Studio, window: Window) -> None:
    """A map that comes as a table."""
    assert window.map is not None
    table = studio.folder / "workshop.csv"
    with table.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows(WORKSHOP)
    dialog = Arrival(table, window.map.document, window)
    words = "A map from a spreadsheet: what each column is, how it will look, what is not carried over"
    shown(studio, dialog, "dialog-arrival", words, lambda: dialog.brought is not None, LAPTOP)


def asking_a_database(studio: Studio, window: Window) -> None:
    """A database with tables."""
    file = studio.folder / "crm.db"
    with sqlite3.connect(file) as made:
        for name in TABLES:
            made.execute(f"CREATE TABLE {name} (day TEXT, satisfaction INTEGER)")
    made.close()
    dialog = DatabaseDialog(window, "sqlite:///crm.db")
    dialog.database.setText(str(file))
    dialog.ask()
    shown(studio, dialog, "dialog-database", "From a database: the tables that one may read", dialog.connect_.isEnabled)


def refreshing(studio: Studio, window: Window) -> None:
    """The next period: what moved."""
    assert window.map is not None
    later = next_period(studio.folder / SURVEY, studio.folder / "next.csv")
    dialog = RefreshDialog(window.map, [later], recognising.candidates(later, window.map.document), window)
    words = "Refresh: what differs in the next file, and which figures moved beyond chance"
    shown(studio, dialog, "dialog-refresh", words, lambda: dialog.moved.moves, LAPTOP)


def next_period(source: Path, target: Path) -> Path:
    """The survey a year later, with a shorter queue."""
    with source.open(encoding="utf-8", newline="") as file:
        head, *rows = list(csv.reader(file, delimiter=";"))
    at = head.index("Q9 Security queue")
    for n, row in enumerate(rows):
        day, month, rest = row[1].split(".", 2)
        row[1] = f"{day if (day, month) != ('29', '02') else '28'}.{month}.{int(rest[:4]) + 1}{rest[4:]}"
        if row[at].isdecimal() and int(row[at]) < 4 and n % 2:
            row[at] = str(int(row[at]) + 2)
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([head, *rows])
    return target


def versions(studio: Studio, window: Window) -> None:
    """Named versions, and one that is looked at."""
    assert window.map is not None
    window.map.session.name_version("After the workshop")
    dialog = VersionsDialog(window.map, window)
    shown(studio, dialog, "dialog-versions", "Versions: named, looked at, restored", lambda: True)
    version = window.map.document.all(Version)[0]
    seen = VersionView(window.map, version, window)
    shown(studio, seen, "dialog-version", "A version as it was; it can only be read", lambda: True)


def template(studio: Studio, window: Window) -> None:
    """A map of one's own to begin others with."""
    assert window.map is not None
    dialog = TemplateDialog(window.map, window)
    shown(studio, dialog, "dialog-template", "Save as template: what is carried and what stays behind", lambda: True)


def finder(studio: Studio, window: Window) -> None:
    """Do anything, find anything."""
    window.actions_["find"].trigger()
    studio.settle(0.3)
    focus = window.focusWidget()
    if focus is not None and hasattr(focus, "setText"):
        focus.setText("secu")
    studio.keep(PART, "finder", "Ctrl+K: do anything, find anything by name", window, 0.8)
    window.focus_map()
