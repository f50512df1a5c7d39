"""`journeymap demo DIR`: a complete worked example, written as a consultant would hand it over.

A survey (CSV), the recipe that reads it (TOML), the map (.journey); map, action plan, register of personal data and
personas as PDF.
Everything in it is invented and marked so.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from journeymap.failure import Failure
from journeymap.i18n import _

SURVEY: Final = "haldenau-survey.csv"
RECIPE: Final = "haldenau-recipe.toml"
MAP: Final = "haldenau-airport.journey"
MAP_PDF: Final = "haldenau-map.pdf"
PLAN_PDF: Final = "haldenau-plan.pdf"
REGISTER_PDF: Final = "haldenau-register.pdf"
PERSONAS_PDF: Final = "haldenau-personas.pdf"

Say = Callable[[str], None]


def write_demo(folder: Path | str, say: Say | None = None) -> list[Path]:
    """Writes the worked example into `folder` and returns the files: survey, recipe, map, four PDFs.

    A map that was edited since is kept, `say` is told so (by default on standard error), and the PDFs are made from
    it. Raises Failure where the folder cannot be written.
    """
    from journeymap.data import write_recipe
    from journeymap.demo.build import recipe
    from journeymap.demo.survey import survey

    say = say or _on_standard_error
    folder = Path(folder)
    source, target = folder / SURVEY, folder / MAP
    try:
        folder.mkdir(parents=True, exist_ok=True)
        source.write_text(survey(), encoding="utf-8", newline="")
    except OSError as error:
        raise Failure(
            _("The example cannot be written to {folder}: {reason}.").format(folder=folder, reason=error.strerror)
        ) from error
    write_recipe(folder / RECIPE, recipe())
    if target.exists() and edited(target):
        say(_("{path} was edited, so it is kept as it is; the PDFs show it.").format(path=target))
    else:
        _make(target, source)
    return [source, folder / RECIPE, target, *_print(folder, target)]


def _on_standard_error(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")


def edited(path: Path) -> bool:
    """Whether the map at `path` differs from the example as it was delivered. Raises Failure where it cannot be read."""
    from journeymap.demo.build import DELIVERED
    from journeymap.model.records import Version
    from journeymap.session import Session

    with Session.open(path, read_only=True) as session:
        delivered = next((one for one in session.document.all(Version) if one.name == DELIVERED), None)
        if delivered is None or session.drafts():
            return True
        then = {record.id: record for record in session.version_document(delivered.id)}
        now = {record.id: record for record in session.document if record.id != delivered.id}
        return then != now


def _make(target: Path, source: Path) -> None:
    """Builds the map beside its place and puts it there whole."""
    from journeymap.demo.build import build

    beside = target.with_name(f".{target.stem}.new.journey")
    beside.unlink(missing_ok=True)
    try:
        build(beside, source)
        beside.replace(target)
    except OSError as error:
        raise Failure(_("{path} cannot be written: {reason}.").format(path=target, reason=error.strerror)) from error
    finally:
        beside.unlink(missing_ok=True)


def _print(folder: Path, target: Path) -> list[Path]:
    from journeymap.formats import export
    from journeymap.model.behind import behind
    from journeymap.model.drivers import key_drivers
    from journeymap.model.figures import figures
    from journeymap.session import Session

    with Session.open(target, read_only=True) as session:
        known = figures(session.document, session.cube)
        found = key_drivers(session.document, session.cube)
        export(session.document, known, folder / MAP_PDF, kind="map", paper="A2")
        export(session.document, known, folder / PLAN_PDF, kind="plan", paper="A4", drivers=found)
        export(session.document, known, folder / REGISTER_PDF, kind="register", paper="A4")
        export(
            session.document, known, folder / PERSONAS_PDF, kind="personas", paper="A4", pictures=session.blob,
            behind=behind(session.document, session.cube, known),
        )  # fmt: skip
    return [folder / name for name in (MAP_PDF, PLAN_PDF, REGISTER_PDF, PERSONAS_PDF)]
