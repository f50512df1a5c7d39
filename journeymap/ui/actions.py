"""Everything that can be done, each thing declared once; menus, shortcuts and the finder come from here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from journeymap.i18n import LANGUAGES, _
from journeymap.ui import attaching, clipboard, doings, filtering, finding, selecting, templating, viewing, wayfinding
from journeymap.ui.pages import pages

if TYPE_CHECKING:
    from journeymap.ui.window import Window

Do = Callable[["Window"], object]
When = Callable[["Window"], bool]


class Deed(Struct, frozen=True):
    """One thing that can be done. `on` is "window" or "canvas": where its shortcuts work; `menu` where it is listed."""

    name: str
    label: str
    do: Do
    keys: tuple[str, ...] = ()
    when: When = doings.always
    menu: str = ""
    icon: str = ""
    on: str = "window"
    checks: When | None = None


def deeds() -> tuple[Deed, ...]:
    """All of them, in the order of the menus; labels in the language of the moment."""
    return (*_map(), *_edit(), *_add(), *_look(), *viewing.deeds())


def _map() -> tuple[Deed, ...]:
    opened, writable = doings.opened, doings.writable
    return (
        Deed("new", _("New map…"), doings.new, ("Ctrl+N",), menu="map", icon="plus"),
        Deed("new_from", _("New from file…"), doings.new_from, ("Ctrl+Shift+N",), menu="map", icon="download"),
        Deed("open", _("Open map…"), doings.open_, ("Ctrl+O",), menu="map", icon="open"),
        Deed("start", _("Start page"), doings.start, ("Ctrl+W",), opened, "map", "home"),
        Deed("version", _("Name this version…"), doings.name_version, ("Ctrl+S",), writable, "map", "history"),
        Deed("versions", _("Versions…"), doings.versions, ("Ctrl+Shift+S",), opened, "map", "history"),
        Deed("template", _("Save as template…"), templating.ask_save, (), opened, "map", "copy"),
        Deed("import", _("Import data…"), doings.import_, ("Ctrl+I",), doings.importable, "map", "table"),
        Deed(
            "database", _("From a database…"), doings.from_database, ("Ctrl+Alt+I",), doings.importable, "map", "table"
        ),
        Deed(
            "refresh", _("Refresh data…"), doings.refresh_data, ("Ctrl+Shift+I",), doings.refreshable, "map", "refresh"
        ),
        Deed("export", _("Export…"), doings.export, ("Ctrl+E",), opened, "map", "export"),
        Deed("quit", _("Quit"), doings.quit_, ("Ctrl+Q",), menu="map", icon="close"),
    )


def _edit() -> tuple[Deed, ...]:
    selected = doings.selected
    return (
        Deed("undo", _("Undo"), doings.undo, ("Ctrl+Z",), doings.can_undo, "edit", "undo"),
        Deed("redo", _("Redo"), doings.redo, ("Ctrl+Shift+Z", "Ctrl+Y"), doings.can_redo, "edit", "redo"),
        Deed("cut", _("Cut"), clipboard.cut, ("Ctrl+X",), selected, "edit", "export", "canvas"),
        Deed("copy", _("Copy"), clipboard.copy, ("Ctrl+C",), clipboard.copyable, "edit", "copy", "canvas"),
        Deed("paste", _("Paste"), clipboard.paste, ("Ctrl+V",), doings.writable, "edit", "note", "canvas"),
        Deed("rename", _("Edit text"), doings.edit, ("F2",), doings.writable, "edit", "pencil", "canvas"),
        Deed("duplicate", _("Duplicate"), selecting.duplicate, ("Ctrl+D",), selected, "edit", "copy", "canvas"),
        Deed("delete", _("Delete"), doings.delete, ("Del", "Backspace"), selected, "edit", "trash", "canvas"),
        Deed("select_all", _("Select all"), selecting.select_all, ("Ctrl+A",), doings.opened, "edit", "lane", "canvas"),
        Deed("find", _("Find or do anything"), doings.find, ("Ctrl+K",), menu="edit", icon="search"),
        Deed("search", _("Search the map"), wayfinding.search, ("Ctrl+F",), doings.opened, "edit", "search"),
        Deed("next_hit", _("Next hit"), wayfinding.next_hit, ("F3",), doings.opened, "edit", "caret-right"),
        Deed(
            "previous_hit",
            _("Previous hit"),
            wayfinding.previous_hit,
            ("Shift+F3",),
            doings.opened,
            "edit",
            "caret-left",
        ),
    )


def _add() -> tuple[Deed, ...]:
    writable = doings.writable
    return (
        Deed("touchpoint", _("Add touchpoint"), doings.add_touchpoint, ("Ctrl+Return",), writable, "add", "card", "canvas"),
        Deed("phase", _("Add phase"), doings.add_phase, ("Ctrl+Shift+Return",), writable, "add", "flag", "canvas"),
        Deed("text", _("Add another text here"), doings.add_text, ("Ctrl+Shift+A",), writable, "add", "chat", "canvas"),
        Deed("pain", _("Add pain here"), doings.add_pain, ("Ctrl+Shift+P",), doings.at_touchpoint, "add", "warning", "canvas"),
        Deed(
            "opportunity", _("Add opportunity here"), doings.add_opportunity, ("Ctrl+Shift+O",), doings.at_touchpoint,
            "add", "star", "canvas",
        ),
        Deed(
            "attach", _("Attach a picture or file…"), attaching.choose, ("Ctrl+Shift+U",), doings.at_touchpoint, "add",
            "image", "canvas",
        ),
        Deed("channel", _("Channel of this touchpoint"), selecting.edit_channel, ("Ctrl+Shift+C",), doings.at_touchpoint, "add", "phone", "canvas"),
        Deed("department", _("Department of this touchpoint"), selecting.edit_department, ("Ctrl+Shift+D",), doings.at_touchpoint, "add", "handover", "canvas"),
        Deed("persona", _("Add persona"), selecting.add_persona, (), writable, "add", "user"),
        Deed("lane", _("Add text lane"), doings.add_lane, (), writable, "add", "lane"),
        Deed("lanes", _("Add lane…"), finding.ask_lane, ("Ctrl+Shift+L",), writable, "add", "lane", "canvas"),
        Deed("fold", _("Fold or unfold lane"), doings.fold, ("Ctrl+.",), doings.at_lane, "add", "caret-down", "canvas"),
        Deed("truth", _("Moment of truth"), doings.truth, ("Ctrl+M",), doings.at_touchpoint, "add", "bookmark", "canvas"),
    )  # fmt: skip


def _look() -> tuple[Deed, ...]:
    opened = doings.opened
    return (
        *_pages(),
        Deed("zoom_in", _("Zoom in"), doings.zoom_in, ("Ctrl++", "Ctrl+="), opened, "view", "plus"),
        Deed("zoom_out", _("Zoom out"), doings.zoom_out, ("Ctrl+-",), opened, "view", "minus"),
        Deed("zoom_one", _("100 %"), doings.zoom_one, ("Ctrl+0",), opened, "view", "search"),
        Deed("fit", _("Whole map"), doings.fit, ("Ctrl+9",), opened, "view", "map"),
        Deed("zoom_to", _("Zoom to selection"), doings.zoom_selection, ("F8",), opened, "view", "target", "canvas"),
        Deed("outline", _("Outline"), doings.outline, ("F9",), opened, "view", "sidebar", checks=doings.outline_shown),
        Deed(
            "inspector", _("Inspector"), doings.inspector, ("F10",), opened, "view", "sidebar-right",
            checks=doings.inspector_shown,
        ),
        Deed("filter", _("Show only a persona, channel, department, tag…"), filtering.choose, ("Ctrl+Shift+F",), opened, "view", "eye"),
        Deed("show_all", _("Show everything again"), filtering.show_all, ("F4",), opened, "view", "eye"),
        Deed("overview", _("Overview in the corner"), wayfinding.overview, ("F7",), opened, "view", "map", checks=wayfinding.overview_shown),
        Deed("next", _("Next part of the window"), doings.next_part, ("F6",), menu="view", icon="arrow-right"),
        Deed("system", _("Theme of the system"), doings.theme_system, menu="theme", icon="gear", checks=doings.is_system),
        Deed("light", _("Light"), doings.theme_light, menu="theme", icon="sun", checks=doings.is_light),
        Deed("dark", _("Dark"), doings.theme_dark, menu="theme", icon="moon", checks=doings.is_dark),
        *_languages(),
    )  # fmt: skip


def _languages() -> Iterator[Deed]:
    for code, name in {"": _("Language of the system"), **LANGUAGES}.items():
        yield Deed(
            f"speak_{code or 'system'}", name, doings.speak(code), menu="language", icon="gear" if not code else "voice",
            checks=doings.speaks(code),
        )  # fmt: skip


def _pages() -> Iterator[Deed]:
    for number, page in enumerate(pages(), 1):
        yield Deed(
            page.name, page.title, doings.show(page.name), (f"Ctrl+{number}",), doings.opened, "view", page.icon,
            checks=doings.shown(page.name),
        )  # fmt: skip


def built(window: Window) -> dict[str, QAction]:
    """A QAction for every deed. Those that work on the canvas only are for the window to put on each canvas."""
    found: dict[str, QAction] = {}
    for deed in deeds():
        action = QAction(deed.label, window)
        action.setObjectName(deed.name)
        action.setData(deed)
        action.setShortcuts([QKeySequence(keys) for keys in deed.keys])
        action.setCheckable(deed.checks is not None)
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{deed.label}  {shown}" if shown else deed.label)
        action.triggered.connect(lambda _checked=False, deed=deed: _run(window, deed))
        on_canvas = deed.on == "canvas"
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut if on_canvas else Qt.ShortcutContext.WindowShortcut
        action.setShortcutContext(context)
        if not on_canvas:
            window.addAction(action)
        found[deed.name] = action
    return found


def _run(window: Window, deed: Deed) -> None:
    if deed.when(window):
        deed.do(window)
        window.refresh()


def refresh(window: Window, actions: dict[str, QAction]) -> None:
    """Enables what can be done now, ticks what is on, and names what undo and redo would do."""
    for action in actions.values():
        deed: Deed = action.data()
        # The shortcut of a disabled action would fall through to the widgets below; these check again when run.
        action.setEnabled(deed.when(window))
        if deed.checks is not None:
            action.setChecked(deed.checks(window))
    session = window.map.session if window.map is not None else None
    for name, word, label in (
        ("undo", _("Undo"), session.undo_label if session else ""),
        ("redo", _("Redo"), session.redo_label if session else ""),
    ):
        actions[name].setText(_("{undo}: {label}").format(undo=word, label=label) if label else word)


def menu(parent: QWidget, actions: dict[str, QAction]) -> QMenu:
    """The main menu."""
    made = QMenu(parent)
    titles = {
        "map": "",
        "edit": _("Edit"),
        "add": _("Add"),
        "view": _("View"),
        "lens": _("Look through"),
        "theme": _("Appearance"),
        "language": _("Language"),
    }
    for part, title in titles.items():
        inside = made if not title else made.addMenu(title)
        for action in actions.values():
            if action.data().menu == part:
                inside.addAction(action)
        if not title:
            made.addSeparator()
    return made


def context_menu(parent: QWidget, actions: dict[str, QAction]) -> QMenu:
    """What can be done where the pointer is."""
    made = QMenu(parent)
    for names in (
        ("cut", "copy", "paste"),
        ("rename", "duplicate", "delete"),
        ("touchpoint", "phase", "text", "pain", "opportunity"),
        ("truth", "fold"),
    ):
        for name in names:
            if actions[name].isEnabled():
                made.addAction(actions[name])
        made.addSeparator()
    return made
