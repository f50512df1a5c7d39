"""People's own templates: maps as JSON in the user's data folder, without what belongs to one map only.

A file is our own JSON of a map (`formats/mapjson`) with "template": {"name", "about"} beside the records; so it can be sent
to a colleague, put into her folder, or read like any other map of this program.
"""

from __future__ import annotations

import json
import re
import unicodedata
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model.document import Document
from journeymap.model.records import Record
from journeymap.templates import OWN
from journeymap.templates.carried import begun, carried


class Own(Struct, frozen=True):
    """An own template: `name` is what the commands know it by (`own:…`), `problem` why it cannot be read, or ""."""

    name: str
    title: str
    about: str = ""
    problem: str = ""


def folder() -> Path:
    """Where they lie; may not exist."""
    import platformdirs

    return Path(platformdirs.user_data_dir("journeymap", appauthor=False)) / "templates"


def every() -> list[Own]:
    """All of them by their titles; one that cannot be read comes with its problem."""
    try:
        stems = [path.stem for path in folder().glob("*.json")]
    except OSError:
        return []
    return sorted((_told(stem) for stem in stems), key=lambda one: (one.title.casefold(), one.name))


def exists(title: str) -> bool:
    """Whether a template of that title would be replaced."""
    return _path(_stem(title)).exists()


def save(document: Document, title: str, about: str = "") -> str:
    """Keeps a template of the map under a title, in place of one of the same; its name. Raises Failure."""
    from journeymap.formats.mapjson import map_json
    from journeymap.model.figures import Figures

    title = title.strip()
    if not title:
        raise Failure(_("A template needs a name."))
    whole = json.loads(map_json(Document(carried(document)), Figures()))
    whole = {"template": {"name": title, "about": about.strip()}, **whole}
    stem = _stem(title)
    _write(_path(stem), json.dumps(whole, ensure_ascii=False, indent=1) + "\n")
    return OWN + stem


def read(name: str) -> Own:
    """What a template says about itself. Raises Failure where it is gone or cannot be read."""
    stem = _known(name)
    written = _parsed(stem)
    said = written.get("template")
    said = said if isinstance(said, dict) else {}
    title, about = said.get("name"), said.get("about")
    return Own(name, title if isinstance(title, str) and title else stem, about if isinstance(about, str) else "")


def records(name: str, title: str) -> list[Record]:
    """The records of a new map of that title. Raises Failure where the template is gone or no sound map."""
    from journeymap.maps import ours

    stem = _known(name)
    brought = ours.read(_text(stem), _path(stem).name)
    return begun(carried(Document(brought.records)), title)


def path(name: str) -> Path:
    """The file of a template. Raises Failure for a name that is none."""
    return _path(_known(name))


def delete(name: str) -> str:
    """Takes a template away and returns its text, so that it can be put back. Raises Failure."""
    stem = _known(name)
    file = _path(stem)
    try:
        text = file.read_text(encoding="utf-8", errors="surrogateescape")
        file.unlink()
    except OSError as error:
        raise Failure(_("{path} cannot be deleted: {reason}.").format(path=file, reason=error.strerror)) from error
    return text


def put_back(name: str, text: str) -> None:
    """Undoes `delete`. Raises Failure."""
    _write(_path(_known(name)), text)


def _told(stem: str) -> Own:
    try:
        return read(OWN + stem)
    except Failure as problem:
        return Own(OWN + stem, stem, problem=str(problem))


def _known(name: str) -> str:
    stem = name.removeprefix(OWN)
    if not stem or stem != Path(stem).name or "\\" in stem:
        raise Failure(_("There is no template “{name}”.").format(name=name))
    return stem


def _path(stem: str) -> Path:
    return folder() / f"{stem}.json"


def _stem(title: str) -> str:
    """A file name that says the title: letters of any script, digits and hyphens."""
    plain = unicodedata.normalize("NFC", title.strip()).casefold()
    return re.sub(r"[^\w]+", "-", plain).strip("-_")[:80] or "template"


def _text(stem: str) -> str:
    try:
        return _path(stem).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise Failure(_("The template “{name}” is not there any more.").format(name=stem)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(_("The template “{name}” cannot be read: {path}.").format(name=stem, path=_path(stem))) from error


def _parsed(stem: str) -> dict[str, Any]:
    from journeymap.maps import ours

    try:
        written = json.loads(_text(stem))
    except (ValueError, RecursionError) as error:
        raise Failure(_("The template “{name}” is broken: it is no JSON.").format(name=stem)) from error
    if not ours.is_ours(written):
        raise Failure(_("The template “{name}” is broken: it holds no map.").format(name=stem))
    found: dict[str, Any] = written
    return found


def _write(file: Path, text: str) -> None:
    """Whole or not at all."""
    beside = file.with_name(f".{file.stem}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(text, encoding="utf-8", errors="surrogateescape", newline="")
        beside.replace(file)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise Failure(_("The template cannot be kept at {path}: {reason}.").format(path=file, reason=error.strerror)) from error  # fmt: skip
