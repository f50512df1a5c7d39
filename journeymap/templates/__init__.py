"""What a new map can begin with: the templates among the resources, in each language, and people's own.

A built-in template is `resources/templates/<name>.<language>.json`, written down as `model.outline` has it, with "title"
and "about" beside. An own one is named `own:<stem>` and lies in the user's data folder; see `templates.own`.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from journeymap import i18n, resources
from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model.outline import build
from journeymap.model.records import Record

BLANK: Final = "blank"
LANGUAGES: Final = ("en", "de")
OWN: Final = "own:"
"""What the names of people's own templates begin with."""

_ORDER: Final = (
    BLANK, "customer-journey", "airport", "online-shop", "bank-account", "hospital-stay", "saas-onboarding", "public-service",
    "insurance-claim", "b2b-sale", "employee-onboarding",
)  # fmt: skip
"""What is built upon, then what is looked at; others follow by name."""


def names() -> list[str]:
    """The names of the built-in templates, the blank one first."""
    found = {path.name.split(".")[0] for path in resources.folder("templates").glob("*.json")}
    return sorted(found, key=lambda name: (_ORDER.index(name) if name in _ORDER else len(_ORDER), name))


def language(wanted: str | None = None) -> str:
    """The language that a template is written in: the wanted one, else that of the interface, else English."""
    spoken = wanted or i18n.language()
    return spoken if spoken in LANGUAGES else LANGUAGES[0]


def about(name: str, wanted: str | None = None) -> tuple[str, str]:
    """A template's title and one sentence about it, for the start page. Raises Failure for an unknown name."""
    if name.startswith(OWN):
        from journeymap.templates import own

        kept = own.read(name)
        return kept.title, kept.about
    written = _read(name, language(wanted))
    return written["title"], written["about"]


def records(name: str, title: str, wanted: str | None = None) -> list[Record]:
    """The records of a new map of that title, under new ids; an own template has one language only. Raises Failure for
    an unknown name and for an own template that cannot be read.
    """
    if name.startswith(OWN):
        from journeymap.templates import own

        return own.records(name, title)
    return list(build(_read(name, language(wanted)), title).document)


def stamp(name: str, wanted: str | None = None) -> str:
    """What changes when the template's file does: its size and time. Raises Failure where it is gone."""
    if name.startswith(OWN):
        from journeymap.templates import own

        path = own.path(name)
    else:
        path = _file(name, language(wanted))
    try:
        stat = path.stat()
    except OSError as error:
        raise Failure(_("The template “{name}” is not there any more.").format(name=name)) from error
    return f"{path} {stat.st_size} {stat.st_mtime_ns}"


def _file(name: str, spoken: str) -> Path:
    return resources.folder("templates") / f"{name}.{spoken}.json"


@cache
def _read(name: str, spoken: str) -> dict[str, Any]:
    if name not in names():
        raise Failure(
            _("There is no template “{name}”. Choose one of: {names}.").format(name=name, names=", ".join(names()))
        )
    written: dict[str, Any] = json.loads(_file(name, spoken).read_text(encoding="utf-8"))
    return written
