"""Writing what was composed: the suffix chooses the format, and a file is either whole or not there at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model.document import Document

if TYPE_CHECKING:
    from journeymap.formats.compose import Composed
    from journeymap.model.behind import Behind
    from journeymap.model.drivers import Drivers
    from journeymap.model.figures import Figures
    from journeymap.model.records import View

SUFFIXES: Final = {
    "map": (".pdf", ".png", ".json"),
    "plan": (".pdf", ".png", ".json"),
    "register": (".pdf", ".csv", ".png", ".json"),
    "personas": (".pdf", ".png"),
}
"""What each document can be written as; the JSON of the plan is that of the map, which holds it."""
DOCUMENTS: Final = {"map": "A3", "plan": "A4", "register": "A4", "personas": "A4"}
"""What can be exported, and the paper it is made for."""
UPRIGHT: Final = frozenset({"personas"})
"""Documents whose paper stands unless somebody says otherwise; that of the others lies."""


class Exported(Struct, frozen=True):
    """The files written, and sentences about what a person should know of them."""

    paths: tuple[Path, ...]
    warnings: tuple[str, ...]


def export(
    document: Document,
    figures: Figures,
    out: str | Path,
    *,
    kind: str = "map",
    paper: str | None = None,
    orientation: str | None = None,
    fit: str = "page",
    dpi: float = 200.0,
    made: datetime | None = None,
    pictures: Callable[[str], bytes | None] = lambda _: None,
    drivers: Sequence[Drivers] = (),
    behind: Behind | None = None,
    view: View | None = None,
) -> Exported:
    """Writes `document` to `out` as its suffix says: .pdf, .png (name.png, name-2.png, …), .json, the register also .csv.

    kind: one of DOCUMENTS. paper: a name of `papers.SIZES`, by default A3 for the map and A4 for the others. orientation:
    by default that for which the document is made. fit: "page" (everything on one page) or "rows" (folded, on as many
    pages as it takes). `made` is the date printed and stored, by default now. `pictures` gives attachments by content
    hash; `drivers` are the key drivers, for the plan; `behind` is what the data say of personas (`model.behind`); `view`
    is what is shown of the map (`model.lens`). Nothing is half-written. Raises Failure.
    """
    target = Path(out)
    suffix = target.suffix.casefold()
    if kind not in DOCUMENTS:
        raise Failure(
            _("There is no document called “{name}”; choose one of {names}.").format(
                name=kind, names=", ".join(DOCUMENTS)
            )
        )
    try:
        _check(target, suffix, kind)
    except OSError as fault:
        raise Failure(_sentence(target, fault)) from fault
    if suffix in {".json", ".csv"}:
        return Exported(_write([(target, _data(document, figures, kind, suffix))]), ())
    lies = orientation or ("portrait" if kind in UPRIGHT else "landscape")
    now = made or datetime.now().astimezone()
    composed = _composed(document, figures, kind, paper, lies, fit, now, drivers, behind, view)
    data, warnings = _painted(document, composed, pictures, now)
    if suffix == ".pdf":
        return Exported(_write([(target, data)]), warnings)
    from journeymap.formats.png import png

    pages = png(data, dpi)
    return Exported(_write([(_numbered(target, i), page) for i, page in enumerate(pages)]), warnings)


def _data(document: Document, figures: Figures, kind: str, suffix: str) -> bytes:
    if kind == "register":
        from journeymap.formats.register import register_csv, register_json

        return register_csv(document) if suffix == ".csv" else register_json(document)
    from journeymap.formats.mapjson import map_json

    return map_json(document, figures)


def _composed(
    document: Document,
    figures: Figures,
    kind: str,
    paper: str | None,
    orientation: str,
    fit: str,
    made: datetime,
    drivers: Sequence[Drivers],
    behind: Behind | None,
    view: View | None,
) -> Composed:
    from journeymap.formats import papers

    sheet_of = papers.paper(paper or DOCUMENTS[kind], orientation)
    if kind == "plan":
        from journeymap.formats.plan import plan

        return plan(document, figures, sheet_of, made=made, drivers=drivers)
    if kind == "register":
        from journeymap.formats.register import register

        return register(document, sheet_of, made=made)
    if kind == "personas":
        from journeymap.formats.personas import personas

        return personas(document, figures, sheet_of, made=made, behind=behind)
    from journeymap.formats.sheet import sheet

    return sheet(document, figures, sheet_of, fit, made=made, view=view)


def _painted(
    document: Document, composed: Composed, pictures: Callable[[str], bytes | None], made: datetime
) -> tuple[bytes, tuple[str, ...]]:
    from journeymap.formats.compose import theme_of
    from journeymap.formats.pdf import About, pdf
    from journeymap.formats.warnings import said

    a_map = document.map
    about = About(composed.title, a_map.team or a_map.client or a_map.owner, composed.subject, a_map.language, made)
    done = pdf(composed.pages, about, theme_of(document), pictures)
    return done.data, (*composed.warnings, *said(composed.pages, done.missing))


# ---------------------------------------------------------------- files


def _numbered(target: Path, i: int) -> Path:
    return target if i == 0 else target.with_stem(f"{target.stem}-{i + 1}")


def _check(target: Path, suffix: str, kind: str) -> None:
    """Raises Failure where `target` cannot become a file, before any work is done for it."""
    if target.is_dir():
        raise Failure(_("“{path}” is a folder; name the file to write in it.").format(path=target))
    if suffix not in SUFFIXES[kind]:
        raise Failure(
            _("“{name}” does not end in a format that can be written; choose one of {suffixes}.").format(
                name=target.name or str(target), suffixes=", ".join(SUFFIXES[kind])
            )
        )
    folder = target.parent
    if not folder.exists():
        raise Failure(_("There is no folder “{path}”; make it first, or choose another.").format(path=folder))
    if not folder.is_dir():
        raise Failure(_("“{path}” is a file, not a folder; choose another place.").format(path=folder))
    if target.exists() and not os.access(target, os.W_OK):
        raise Failure(_("“{path}” is write-protected; choose another name.").format(path=target))


def _write(files: Sequence[tuple[Path, bytes]]) -> tuple[Path, ...]:
    """Writes all files beside their places first, then puts them there; on a fault none is left behind."""
    waiting: list[tuple[Path, Path]] = []
    place = files[0][0]
    try:
        for place, data in files:
            if _is_device(place):
                place.write_bytes(data)
                continue
            place = place.resolve()  # noqa: PLW2901 - a link keeps pointing to what is written
            beside = place.with_name(f".{secrets.token_hex(6)}.part")
            waiting.append((beside, place))
            _write_through(beside, data)
        for beside, place in waiting:
            beside.replace(place)
    except OSError as fault:
        raise Failure(_sentence(place, fault)) from fault
    finally:
        for beside, _place in waiting:
            with contextlib.suppress(OSError):  # a disk that went read-only keeps what it has
                beside.unlink()
    return tuple(place for place, _data in files)


def _write_through(path: Path, data: bytes) -> None:
    """A new file with the usual permissions, on the disk when this returns."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _is_device(path: Path) -> bool:
    """Whether `path` is a pipe or a device, which is written to but never replaced."""
    return path.exists() and not stat.S_ISREG(path.stat().st_mode)


def _sentence(path: Path, fault: OSError) -> str:
    match fault.errno:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return _("“{path}” could not be written, the disk is full; nothing was changed.").format(path=path)
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return _("“{path}” could not be written, the folder is write-protected; choose another place.").format(
                path=path
            )
        case errno.ENAMETOOLONG:
            return _("“{path}” could not be written, the name is too long; choose a shorter one.").format(path=path)
        case _:
            return _("“{path}” could not be written: {reason}.").format(path=path, reason=fault.strerror or fault)
