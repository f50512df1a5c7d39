"""The work of the export dialog, without widgets: a preview of the very pages that will be written, and writing them."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from journeymap.formats import Exported, export
from journeymap.i18n import _
from journeymap.model.behind import Behind, behind
from journeymap.model.document import Document
from journeymap.model.drivers import Drivers
from journeymap.model.figures import Figures
from journeymap.model.records import View
from journeymap.ui.dialogs.work import Cancelled

if TYPE_CHECKING:
    from journeymap.ui.map import OpenMap

PIXELS: Final = 1700
"""The longer side of a previewed page."""
INCHES: Final = {"A4": 11.7, "A3": 16.5, "A2": 23.4, "A1": 33.1, "A0": 46.8, "Letter": 11.0, "Tabloid": 17.0}
"""The longer side of the papers."""
DATA: Final = (".json", ".csv")
"""Formats without pages."""
MOST_PAGES: Final = 12
"""Pages that are previewed; the file has all of them."""


class Job(Struct, frozen=True):
    """What to export, how."""

    kind: str = "map"
    suffix: str = ".pdf"
    paper: str = "A3"
    orientation: str = "landscape"
    fit: str = "page"
    view: View | None = None  # of the map; None: everything


class Subject(Struct, frozen=True):
    """A map as it was when the dialog asked: nothing that belongs to another thread."""

    document: Document
    figures: Figures
    pictures: dict[str, bytes]
    drivers: tuple[Drivers, ...] = ()
    behind: Behind | None = None

    def picture(self, content_hash: str) -> bytes | None:
        """An attachment's bytes."""
        return self.pictures.get(content_hash)


def subject(open_map: OpenMap, pictures: dict[str, bytes], kind: str) -> Subject:
    """The open map as it is now, with what a document of that kind needs besides."""
    document, figures = Document(open_map.document), open_map.figures
    drivers = open_map.drivers if kind == "plan" else ()
    people = behind(document, open_map.session.cube, figures) if kind == "personas" else None
    return Subject(document, figures, pictures, drivers, people)


class Preview(Struct, frozen=True):
    """The pages as PNG bytes, what should be known about them, and how many there are."""

    pages: tuple[bytes, ...]
    warnings: tuple[str, ...]
    count: int


def note(job: Job) -> str:
    """What is written where there are no pages to show; "" where there are."""
    if job.suffix == ".csv":
        return _("A table for spreadsheets: a line for each entry, and for each touchpoint without one")
    if job.suffix == ".json" and job.kind == "register":
        return _("The register as data, for other programs")
    return _("The whole map as data, for other programs") if job.suffix == ".json" else ""


def suggested(title: str, job: Job) -> str:
    """A file name for a map of this title."""
    plain = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", title).strip() or "map"
    names = {"plan": _("plan") if job.suffix != ".json" else "", "register": _("register"), "personas": _("personas")}
    name = names.get(
        job.kind, job.view.name if job.kind == "map" and job.view is not None and job.suffix != ".json" else ""
    )
    return f"{plain} – {name}{job.suffix}" if name else f"{plain}{job.suffix}"


def preview(subject: Subject, job: Job, cancelled: Cancelled) -> Preview:
    """Renders the pages as they will be printed. Raises Failure."""
    if job.suffix in DATA:
        return Preview((), (), 0)
    with tempfile.TemporaryDirectory(prefix="journeymap-") as folder:
        done = _export(subject, replace(job, suffix=".pdf"), Path(folder) / "preview.pdf")
        data = done.paths[0].read_bytes()
    if cancelled():
        return Preview((), (), 0)
    from journeymap.formats.png import png

    pages = png(data, PIXELS / INCHES[job.paper])
    return Preview(tuple(pages[:MOST_PAGES]), done.warnings, len(pages))


def write(subject: Subject, job: Job, target: Path, cancelled: Cancelled) -> tuple[Path, ...]:
    """Writes the files; nothing is replaced before all of them are whole, nor after a person has stopped it.

    Raises Failure where the place cannot be written.
    """
    try:
        folder = tempfile.TemporaryDirectory(prefix=".journeymap-", dir=target.parent)
    except OSError:
        return _export(subject, job, target).paths  # says in words what is wrong with the place
    with folder as private:
        done = _export(subject, job, Path(private) / target.name)
        if cancelled():
            return ()
        if target.is_dir():
            return _export(subject, job, target).paths
        return tuple(path.replace(target.parent / path.name) for path in done.paths)


def names(target: Path, pages: int) -> list[Path]:
    """The files that will be written: a PNG of several pages is several files."""
    several = target.suffix.casefold() == ".png"
    return [target] + [target.with_stem(f"{target.stem}-{page}") for page in range(2, pages + 1) if several]


def _export(subject: Subject, job: Job, target: Path) -> Exported:
    make: Callable[..., Exported] = export
    return make(
        subject.document,
        subject.figures,
        target,
        kind=job.kind,
        paper=job.paper,
        orientation=job.orientation,
        fit=job.fit,
        view=job.view if job.kind == "map" else None,
        pictures=subject.picture,
        drivers=subject.drivers if job.kind == "plan" else (),
        behind=subject.behind if job.kind == "personas" else None,
    )
