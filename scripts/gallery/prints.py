"""What is printed: the map, a template, the plan, a persona, the register, one page, slides of paper."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

from gallery.studio import Studio
from journeymap import i18n, templates
from journeymap.demo import MAP
from journeymap.formats import export
from journeymap.model import lens
from journeymap.model.behind import behind
from journeymap.model.document import Document
from journeymap.model.drivers import key_drivers
from journeymap.model.figures import figures
from journeymap.session import Session


def no_data(data_set_id: str) -> NoReturn:
    """The counts of a map without data sets."""
    raise KeyError(data_set_id)


def take(studio: Studio) -> None:
    """The first page of each document."""
    with Session.open(studio.folder / MAP, read_only=True) as session:
        document, known = session.document, figures(session.document, session.cube)
        export(document, known, target(studio, "map"), kind="map", paper="A3", dpi=110)
        drivers = key_drivers(document, session.cube)
        export(document, known, target(studio, "plan"), kind="plan", paper="A4", dpi=120, drivers=drivers)
        beside = behind(document, session.cube, known)
        export(
            document, known, target(studio, "persona"), kind="personas", paper="A4", dpi=110, pictures=session.blob,
            behind=beside,
        )  # fmt: skip
        export(document, known, target(studio, "register"), kind="register", paper="A4", dpi=110)
        view = lens.builtin(lens.ONE_PAGE, document)
        export(document, known, target(studio, "board"), kind="map", paper="A4", dpi=110, view=view)
    example = Document(templates.records("hospital-stay", "Eine neue Hüfte", "de"))
    spoken = i18n.language()
    i18n.use("de")
    export(example, figures(example, no_data), target(studio, "template"), kind="map", paper="A3", dpi=110)
    i18n.use(spoken)
    for name, words in (
        ("map", "The printed map, A3"),
        ("board", "One page for the board, A4"),
        ("plan", "The action plan"),
        ("persona", "A persona’s sheet"),
        ("register", "The register of personal data"),
        ("template", "A template: a new hip, in German"),
    ):
        studio.put("Print", name, words, first(studio, name).read_bytes())


def target(studio: Studio, name: str) -> Path:
    """Where a document is printed first."""
    return studio.folder / f"print-{name}.png"


def first(studio: Studio, name: str) -> Path:
    """The first page."""
    whole = target(studio, name)
    return whole if whole.exists() else studio.folder / f"print-{name}-1.png"
