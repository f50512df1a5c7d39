"""What a new map can begin with: the templates among the resources."""

from __future__ import annotations

import json
from typing import Any

from journeymap import resources
from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model.outline import build
from journeymap.model.records import Record

BLANK = "blank"


def names() -> list[str]:
    """The names of the templates, the blank one first."""
    found = {path.stem for path in resources.folder("templates").glob("*.json")}
    return sorted(found, key=lambda name: (name != BLANK, name))


def about(name: str) -> tuple[str, str]:
    """A template's title and one sentence about it, for the start page. Raises Failure for an unknown name."""
    written = _read(name)
    return written["title"], written["about"]


def records(name: str, title: str) -> list[Record]:
    """The records of a new map of that title. Raises Failure for an unknown name."""
    return list(build(_read(name), title).document)


def _read(name: str) -> dict[str, Any]:
    if name not in names():
        raise Failure(
            _("There is no template “{name}”. Choose one of: {names}.").format(name=name, names=", ".join(names()))
        )
    file = resources.folder("templates") / f"{name}.json"
    written: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return written
