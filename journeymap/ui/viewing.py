"""What a person does with views: choose, step through, save, rename, move, delete; and the to-be state that one shows."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict

from journeymap.i18n import _
from journeymap.model import commands, journey, lens
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.records import Id, Phase, State, Touchpoint, View, field_names
from journeymap.ui.selection import Cell

if TYPE_CHECKING:
    from journeymap.ui.actions import Deed
    from journeymap.ui.map import OpenMap
    from journeymap.ui.window import Window


LACKING = "what a view lacks"
"""What the notice is about that goes with the view."""


def every(document: Document) -> list[View]:
    """The views of a map in the order of the chooser: those that every map has, then the saved ones."""
    return [*(lens.builtin(kind, document) for kind in lens.KINDS), *document.all(View)]


def current(map_: OpenMap) -> View:
    """Through what the map is looked at."""
    return map_.view or lens.builtin(lens.MAP, map_.document)


def chosen(map_: OpenMap, view: View) -> bool:
    """Whether `view`, or a change of it, is what is looked through."""
    return lens.origin(current(map_)) == view.id


# ---------------------------------------------------------------- looking


def look(window: Window, view: View) -> None:
    """Looks at the map through a view, on the map's page."""
    if window.map is None or window.place is None:
        return
    if window.place.view != "map":
        window.show_view("map")
    whole = view.id == f"view:{lens.MAP}"
    window.map.look_through(None if whole else view)
    window.notice.forget(LACKING)
    _missing(window, view)


def _missing(window: Window, view: View) -> None:
    """Says what a view lacks to show anything."""
    map_ = window.map
    if map_ is None:
        return
    document = map_.document
    if view.kind == lens.STATES and document.count(State) < 2 and writable(window):
        window.notice.tell(
            _("There is no to-be state yet to stand beside the as-is."),
            (_("Begin one from the as-is"), lambda: begin_to_be(window)),
            bad=False,
            about=LACKING,
        )
    elif view.kind == lens.HEAT and not map_.figures.touchpoint:
        window.status.tell(_("There are no figures yet: import a survey, or type one in."))


def through(kind: str) -> Callable[[Window], None]:
    """Looks through the view of a kind; of one phase the one where the keyboard is."""

    def do(window: Window) -> None:
        if window.map is None:
            return
        document, here = window.map.document, window.selection.cell
        phase: Id | None = here.phase
        if here.touchpoint in document and here.touchpoint is not None:
            phase = getattr(document.record(here.touchpoint), "phase_id", phase)
        look(window, lens.builtin(kind, document, phase if document.get(Phase, phase) else None))

    return do


def looks(kind: str) -> Callable[[Window], bool]:
    """Whether the map is looked at through the view of a kind."""
    return lambda window: window.map is not None and lens.origin(current(window.map)) == f"view:{kind}"


def beside(way: int) -> Callable[[Window], None]:
    """The next (+1) or previous view of the chooser; of one phase the next phase."""

    def do(window: Window) -> None:
        if window.map is None:
            return
        view, document = current(window.map), window.map.document
        if view.kind == lens.PHASE and not lens.is_saved(view) and view.phases:
            state = lens.states_of(document, view)[:1]
            order = [phase.id for phase in journey.phases(document, state[0])] if state else []
            at = order.index(view.phases[0]) + way if view.phases[0] in order else 0
            if 0 <= at < len(order):
                look(window, lens.builtin(lens.PHASE, document, order[at]))
            return
        views = every(document)
        at = next((n for n, one in enumerate(views) if chosen(window.map, one)), 0)
        look(window, views[(at + way) % len(views)])

    return do


# ---------------------------------------------------------------- saving


def writable(window: Window) -> bool:
    """With a map open that can be changed."""
    return window.map is not None and not window.map.session.read_only


def own(window: Window) -> View | None:
    """The saved view that is looked through, or of which what is looked through was made."""
    if window.map is None:
        return None
    return window.map.document.get(View, lens.origin(current(window.map)))


def on_own(window: Window) -> bool:
    """With a saved view looked through, on a map that can be changed."""
    return writable(window) and own(window) is not None


def is_changed(window: Window) -> bool:
    """With a saved view looked through that shows something else by now."""
    return on_own(window) and window.map is not None and lens.is_changed(current(window.map))


def save(window: Window) -> None:
    """Asks for a name and keeps what is looked through under it."""
    map_ = window.map
    if map_ is None:
        return
    view = current(map_)

    def keep(text: str) -> None:
        made: list[Id] = []

        def change() -> Change:
            done = commands.save_view(map_.document, view, text)
            made.append(commands.made(done))
            return done

        if map_.do(change) and made:
            map_.look_through(map_.document.get(View, made[0]))
        window.focus_map()

    words = _("{view}, changed").format(view=view.name) if lens.is_changed(view) else view.name
    window.notice.ask(_("Save what is shown as a view called:"), keep, words)


def update(window: Window) -> None:
    """The saved view shows from now on what is shown now."""
    map_, saved = window.map, own(window)
    if map_ is None or saved is None:
        return
    view = current(map_)
    if map_.do(lambda: commands.update_view(map_.document, saved.id, view)):
        map_.look_through(map_.document.get(View, saved.id))


def rename(window: Window) -> None:
    """Asks for another name of the saved view."""
    map_, saved = window.map, own(window)
    if map_ is None or saved is None:
        return

    def name(text: str) -> None:
        map_.do(lambda: commands.rename_view(map_.document, saved.id, text))
        window.focus_map()

    window.notice.ask(_("Name of this view:"), name, saved.name)


def delete(window: Window) -> None:
    """Deletes the saved view; the map stays as it is."""
    map_, saved = window.map, own(window)
    if map_ is not None and saved is not None and map_.do(lambda: commands.delete(map_.document, saved.id)):
        map_.look_through(None)


def shift(way: int) -> Callable[[Window], None]:
    """The saved view one place on (+1) or back (−1) among the saved ones."""

    def do(window: Window) -> None:
        map_, saved = window.map, own(window)
        if map_ is None or saved is None:
            return
        row = [view.id for view in map_.document.all(View)]
        at = row.index(saved.id)
        if 0 <= at + way < len(row):
            before = row[at - 1] if way < 0 else (row[at + 2] if at + 2 < len(row) else None)
            map_.do(lambda: commands.move(map_.document, saved.id, before))

    return do


def choose(window: Window) -> None:
    """Opens the panel in which a person says what is shown."""
    bar = window.place.viewbar if window.place is not None else None
    if window.map is not None and window.place is not None and bar is not None:
        from journeymap.ui.viewchoices import ViewChoices

        window.place.show_view("map")
        ViewChoices(window.map, window).open_below(bar.hidden)


def seen(window: Window, id_: Id, touchpoint: Id | None) -> None:
    """Goes back to the whole map where the view hides what a person asked for."""
    map_ = window.map
    if map_ is None or map_.view is None:
        return
    record = touchpoint or id_
    if map_.document.get(Phase, record) is None and map_.document.get(Touchpoint, record) is None:
        return
    if map_.layout.place(record) is None:
        map_.look_through(None)
        window.status.tell(_("The view hid it: this is the whole map."))


# ---------------------------------------------------------------- the to-be state


def without_to_be(window: Window) -> bool:
    """With one state on a map that can be changed."""
    return writable(window) and window.map is not None and window.map.document.count(State) == 1


def begin_to_be(window: Window) -> None:
    """A to-be state from the as-is, shown below it."""
    map_ = window.map
    if map_ is not None and map_.do(lambda: commands.add_to_be(map_.document)):
        look(window, lens.builtin(lens.STATES, map_.document))


# ---------------------------------------------------------------- presenting


def presentable(window: Window) -> bool:
    """With a map open that is not being presented already."""
    return window.place is not None and window.place.presenting is None


def present(window: Window, touchpoint: Id | None = None) -> None:
    """Full screen, phase by phase, as the view shows the map."""
    place = window.place
    if place is None or place.presenting is not None:
        return
    from journeymap.ui.presenting.show import Show

    place.canvas.editor.commit()
    show = place.presenting = Show(place.map, place.canvas.pictures, place)

    def ended(last: str) -> None:
        place.presenting = None
        show.deleteLater()
        if last and last in place.map.document:
            cell = Cell(window.selection.cell.lane, last)
            window.selection.select(last, cell=cell)
            place.canvas.reveal(cell)
        window.activateWindow()
        window.focus_map()
        window.refresh()

    show.ended.connect(ended)
    show.open(window.screen(), touchpoint)


def present_here(window: Window) -> None:
    """The same, from the touchpoint of the keyboard on."""
    present(window, window.selection.touchpoint)


# ---------------------------------------------------------------- remembering


def written(view: View | None) -> str:
    """A view as the settings keep it: the id of a saved one, else what it shows; "" for the whole map."""
    if view is None:
        return ""
    return view.id if lens.is_saved(view) else json.dumps(asdict(view))


def remembered(text: str, document: Document) -> View | None:
    """The view that was written; None where it is gone or cannot be read."""
    if not text.startswith("{"):
        return document.get(View, text or None)
    try:
        known = json.loads(text)
        shown: dict[str, Any] = {name: tuple(one) if isinstance(one, list) else one for name, one in known.items()}
        view = View(**{name: one for name, one in shown.items() if name in field_names(View)})
    except (ValueError, TypeError, AttributeError):
        return None
    return view if view.kind in lens.KINDS and not lens.is_saved(view) else None


# ---------------------------------------------------------------- as actions


def deeds() -> tuple[Deed, ...]:
    """Everything that can be done with views, for menus, shortcuts and the finder."""
    from journeymap.ui.actions import Deed
    from journeymap.ui.doings import opened

    return (
        *(
            Deed(
                f"view_{kind}", _("View: {name}").format(name=lens.name(kind)), through(kind), (f"Alt+{number}",), opened,
                "lens", _ICONS.get(kind, "eye"), checks=looks(kind),
            )
            for number, kind in enumerate(lens.KINDS, 1)
        ),
        Deed("view_next", _("Next view"), beside(1), ("Alt+PgDown",), opened, "lens", "arrow-right"),
        Deed("view_before", _("Previous view"), beside(-1), ("Alt+PgUp",), opened, "lens", "caret-left"),
        Deed("view_choices", _("What this view shows…"), choose, ("Alt+0",), opened, "lens", "eye"),
        Deed("view_save", _("Save view…"), save, ("Ctrl+Alt+S",), writable, "lens", "plus"),
        Deed("view_update", _("Update view"), update, (), is_changed, "lens", "refresh"),
        Deed("view_rename", _("Rename view…"), rename, (), on_own, "lens", "pencil"),
        Deed("view_left", _("Move view left"), shift(-1), (), on_own, "lens", "caret-left"),
        Deed("view_right", _("Move view right"), shift(1), (), on_own, "lens", "caret-right"),
        Deed("view_delete", _("Delete view"), delete, (), on_own, "lens", "trash"),
        Deed("present", _("Present"), present, ("F5",), presentable, "view", "present"),
        Deed("present_here", _("Present from here"), present_here, ("Shift+F5",), presentable, "view", "present"),
        Deed("to_be", _("Begin a to-be state"), begin_to_be, (), without_to_be, "add", "split"),
    )  # fmt: skip


_ICONS = {
    lens.MAP: "map", lens.ONE_PAGE: "newspaper", lens.JOURNEY: "user", lens.BLUEPRINT: "lane", lens.HEAT: "gauge",
    lens.PAINS: "warning", lens.PERSONAS: "people", lens.STATES: "split", lens.PHASE: "flag",
}  # fmt: skip
