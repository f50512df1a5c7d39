"""The menu above a column: its role, what it is besides, and the way to its figure."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from journeymap.i18n import _
from journeymap.ui.dialogs.choices import COMMENT, DIVIDING, HASHABLE, MEASURE, Choices, Column, roles


def role_menu(choices: Choices, column: Column, ask: Callable[[], None], parent: QWidget) -> QMenu:
    """The menu of a column; `ask` opens the small window of its figure."""
    menu = QMenu(parent)
    for role in roles().values():
        action = menu.addAction(role.name)
        action.setCheckable(True)
        action.setChecked(role.kind == column.kind)
        action.triggered.connect(partial(_choose, choices, column.name, role.kind))
    beside = []
    if column.kind in DIVIDING:
        beside.append((_("Also a segment"), column.segment, choices.divide))
    if column.kind in HASHABLE:
        beside.append((_("Keep pseudonyms of its values"), column.hashed, choices.pseudonymise))
    if beside:
        menu.addSeparator()
    for name, on, act in beside:
        action = menu.addAction(name)
        action.setCheckable(True)
        action.setChecked(on)
        action.triggered.connect(lambda checked, act=act: act(column.name, on=checked))
    if column.kind == MEASURE:
        menu.addSeparator()
        menu.addAction(_("Edit the figure …")).triggered.connect(lambda _on=False: ask())
    menu.aboutToHide.connect(menu.deleteLater)
    if column.kind == COMMENT:
        menu.addSeparator()
        menu.addAction(_("Sentiment …")).triggered.connect(lambda _on=False: ask())
    return menu


def _choose(choices: Choices, name: str, kind: str, _checked: object = None) -> None:
    choices.choose(name, kind)
