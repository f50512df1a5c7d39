"""What the middle of the window can show of an open map, each declared once: the bar, the menu and the finder read it.

A page is a widget made from the open map and the selection when it is first looked at; the map itself is the canvas.
A page may have a signal `leads(record)`: that record is to be shown on the map.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from journeymap.i18n import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from journeymap.ui.map import OpenMap
    from journeymap.ui.selection import Selection

MAP = "map"


class Page(Struct, frozen=True):
    """`name` is the action's too; `label` its word in the bar, `title` in menu and finder."""

    name: str
    label: str
    title: str
    icon: str
    make: Callable[[OpenMap, Selection], QWidget] | None = None  # None: the canvas


def pages() -> tuple[Page, ...]:
    """All of them in the order of the bar, in the language of the moment."""
    return (
        Page(MAP, _("Map"), _("Map"), "map"),
        Page("table", _("Table"), _("Table: every touchpoint in a row"), "table", _table),
        Page("personas", _("Personas"), _("Personas: all of each person"), "people", _personas),
        Page("plan", _("Plan"), _("Plan"), "target", _plan),
        Page("evidence", _("Evidence"), _("Evidence: key drivers, what is known, what people say"), "eye", _evidence),
        Page("register", _("Register"), _("Register of personal data"), "fingerprint", _register),
        Page("check", _("Check"), _("Check: what an expert would say"), "check", _check),
    )


def made(name: str, map_: OpenMap, selection: Selection) -> QWidget | None:
    """The page of that name, new; None for the canvas and for an unknown name."""
    for page in pages():
        if page.name == name and page.make is not None:
            return page.make(map_, selection)
    return None


def _table(map_: OpenMap, selection: Selection) -> QWidget:
    from journeymap.ui.panels.table import TablePanel

    return TablePanel(map_, selection)


def _personas(map_: OpenMap, selection: Selection) -> QWidget:
    from journeymap.ui.personas.panel import PersonasPanel

    return PersonasPanel(map_, selection)


def _register(map_: OpenMap, selection: Selection) -> QWidget:
    from journeymap.ui.panels.register import RegisterPanel

    return RegisterPanel(map_, selection)


def _check(map_: OpenMap, selection: Selection) -> QWidget:
    from journeymap.ui.panels.check import CheckPanel

    return CheckPanel(map_, selection)


def _evidence(map_: OpenMap, selection: Selection) -> QWidget:
    from journeymap.ui.panels.evidence import EvidencePanel

    return EvidencePanel(map_, selection)


def _plan(map_: OpenMap, selection: Selection) -> QWidget:
    from journeymap.ui.panels.plan import PlanPanel

    return PlanPanel(map_, selection)
