"""What the actions do, and when they can: short functions of the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from journeymap.i18n import _
from journeymap.model import commands, lanes, lens
from journeymap.model.records import DataSet, Lane, Map, State, Touchpoint
from journeymap.ui import arriving, finding
from journeymap.ui.canvas import cells, edits, looking, touches
from journeymap.ui.canvas.canvas import Canvas
from journeymap.ui.map import OpenMap
from journeymap.ui.selection import Cell

if TYPE_CHECKING:
    from journeymap.ui.window import Window

FILES = "*.journey"


# ---------------------------------------------------------------- when


def always(window: Window) -> bool:  # noqa: ARG001
    """At any time."""
    return True


def opened(window: Window) -> bool:
    """With a map open."""
    return window.map is not None


def writable(window: Window) -> bool:
    """With a map open that can be changed."""
    return window.map is not None and not window.map.session.read_only


def importable(window: Window) -> bool:
    """Anywhere but on a map that can only be read."""
    return window.map is None or writable(window)


def refreshable(window: Window) -> bool:
    """On a map that can be changed and has data."""
    return window.map is not None and writable(window) and bool(window.map.document.all(DataSet))


def selected(window: Window) -> bool:
    """With something selected that can be deleted or copied."""
    if window.map is None or not writable(window):
        return False
    records = [window.map.document.record(id_) for id_ in window.selection.ids]
    return any(record is not None and not isinstance(record, Map | State) for record in records)


def at_touchpoint(window: Window) -> bool:
    """With the keyboard in a touchpoint's column."""
    return writable(window) and window.selection.touchpoint is not None


def at_lane(window: Window) -> bool:
    """With the keyboard in a lane."""
    return writable(window) and window.selection.cell.lane is not None


def can_undo(window: Window) -> bool:
    """With something to take back."""
    return window.map is not None and bool(window.map.session.undo_label)


def can_redo(window: Window) -> bool:
    """With something to do again."""
    return window.map is not None and bool(window.map.session.redo_label)


def outline_shown(window: Window) -> bool:
    """Whether the outline is open."""
    return window.settings.panel("outline")


def inspector_shown(window: Window) -> bool:
    """Whether the inspector is open."""
    return window.settings.panel("inspector")


def shown(page: str) -> Callable[[Window], bool]:
    """Whether the middle shows a page."""
    return lambda window: window.place is not None and window.place.view == page


def is_system(window: Window) -> bool:
    """Whether the theme follows the system."""
    return window.settings.theme == "system"


def is_light(window: Window) -> bool:
    """Whether the theme is light."""
    return window.settings.theme == "light"


def is_dark(window: Window) -> bool:
    """Whether the theme is dark."""
    return window.settings.theme == "dark"


# ---------------------------------------------------------------- the map


def new(window: Window) -> None:
    """Asks for a file and begins a blank map in it."""
    finding.ask_new(window)


def new_from(window: Window) -> None:
    """Asks for a map of another program and shows what would come of it."""
    arriving.ask_map(window)


def open_(window: Window) -> None:
    """Asks for a file and opens it."""
    path, _kind = QFileDialog.getOpenFileName(
        window, _("Open map"), "", _("Journey maps ({files})").format(files=FILES)
    )
    if path:
        window.open_map(path)


def start(window: Window) -> None:
    """Closes the map and shows the start page."""
    window.show_start()


def name_version(window: Window) -> None:
    """Asks for a name and keeps the map of this moment under it."""
    assert window.map is not None
    session = window.map.session

    def name(text: str) -> None:
        if window.map is not None and window.map.attempt(lambda: session.name_version(text)):
            window.status.tell(_("Kept as version “{name}”").format(name=text))
        window.focus_map()

    window.notice.ask(_("Everything is saved as you go. Name this version:"), name)


def versions(window: Window) -> None:
    """Shows the named versions, to look at or restore."""
    finding.open_versions(window)


def import_(window: Window) -> None:
    """Asks for a survey and shows how it would be read."""
    finding.ask_data(window)


def from_database(window: Window) -> None:
    """Asks for a database and shows how it would be read."""
    finding.open_database(window)


def refresh_data(window: Window) -> None:
    """Asks for the next period of data that the map has and shows what differs."""
    finding.ask_refresh(window)


def export(window: Window) -> None:
    """Shows what can be written, and how."""
    finding.open_export(window)


def quit_(window: Window) -> None:
    """Closes the window; everything is on disk by then."""
    window.close()


# ---------------------------------------------------------------- editing


def _canvas(window: Window) -> tuple[OpenMap, Canvas]:
    assert window.place is not None
    return window.place.map, window.place.canvas


def undo(window: Window) -> None:
    """Takes the last step back and shows where."""
    map_, canvas = _canvas(window)
    change = map_.undo()
    if change is not None:
        canvas.glow(change)


def redo(window: Window) -> None:
    """Does the last step again and shows where."""
    map_, canvas = _canvas(window)
    change = map_.redo()
    if change is not None:
        canvas.glow(change)


def edit(window: Window) -> None:
    """Edits the text where the keyboard stands."""
    _canvas(window)[1].editor.open()


def delete(window: Window) -> None:
    """Deletes what is selected; the keyboard stays near."""
    map_, canvas = _canvas(window)
    document, ids, here = map_.document, window.selection.ids, window.selection.cell
    if touches.delete(canvas):
        return
    there = _beside(canvas, here) if here.touchpoint in ids or here.phase in ids else here
    alive = [id_ for id_ in ids if id_ in document and not isinstance(document.record(id_), Map | State)]
    if alive and map_.do(lambda: commands.delete(document, *alive)):
        stay = there.touchpoint in document if there.touchpoint else there.phase is None or there.phase in document
        window.selection.select(*(cells.contents(document, there)[:1] if stay else ()), cell=there if stay else Cell())


def _beside(canvas: Canvas, here: Cell) -> Cell:
    document = canvas.map.document
    for way in (1, -1):
        there = cells.step(canvas.sheet, document, here, way, 0)
        if (there != here and there.touchpoint) or there.phase != here.phase:
            return there
    return Cell()


def find(window: Window) -> None:
    """Opens the finder."""
    window.open_finder()


# ---------------------------------------------------------------- adding


def add_touchpoint(window: Window) -> None:
    """Opens a new touchpoint behind the current one."""
    map_, canvas = _canvas(window)
    canvas.editor.commit()
    spot = edits.next_touchpoint(map_.document, window.selection.cell)
    if spot is not None:
        canvas.editor.open("", spot)


def add_phase(window: Window) -> None:
    """Opens a new phase behind the current one."""
    map_, canvas = _canvas(window)
    canvas.editor.commit()
    spot = edits.next_phase(map_.document, window.selection.cell)
    if spot is not None:
        canvas.editor.open("", spot)


def add_text(window: Window) -> None:
    """Opens a further text in a cell that may hold several."""
    map_, canvas = _canvas(window)
    canvas.editor.commit()
    spot = edits.another(map_.document, window.selection.cell)
    if spot is not None:
        canvas.editor.open("", spot)
    else:
        canvas.told.emit(_("One text is all that fits here."))


def add_pain(window: Window) -> None:
    """Opens a new pain at the current touchpoint."""
    _open_new(window, lanes.PAINS)


def add_opportunity(window: Window) -> None:
    """Opens a new opportunity at the current touchpoint."""
    _open_new(window, lanes.OPPORTUNITIES)


def _open_new(window: Window, kind: str) -> None:
    map_, canvas = _canvas(window)
    canvas.editor.commit()
    lane = next((one for one in map_.document.all(Lane) if one.kind == kind), None)
    if lane is None or lane.hidden or lane.folded:
        canvas.told.emit(_("The lane “{lane}” is not shown: show it in the outline.").format(lane=lanes.name(kind)))
        return
    cell = Cell(lane.id, window.selection.touchpoint)
    window.selection.select(cell=cell)
    spot = edits.another(map_.document, cell)
    if spot is not None:
        canvas.editor.open("", spot)


def add_lane(window: Window) -> None:
    """Adds a lane of plain texts; its name is edited at once."""
    map_, canvas = _canvas(window)
    change = commands.add_lane(map_.document, lanes.TEXT, _("New lane"))
    if map_.perform(change):
        cell = Cell(commands.made(change))
        window.selection.select(commands.made(change), cell=cell)
        canvas.editor.open()


def fold(window: Window) -> None:
    """Folds the lane of the keyboard to a line, or unfolds it."""
    map_, canvas = _canvas(window)
    lane = map_.document.get(Lane, window.selection.cell.lane)
    if map_.view is not None and lens.opens(map_.view.kind):
        canvas.told.emit(_("This view keeps its rows unfolded."))
    elif lane is not None:
        map_.perform(commands.fold_lane(map_.document, lane.id, folded=not lane.folded))


def truth(window: Window) -> None:
    """Marks the touchpoint as a moment of truth, or not."""
    map_ = _canvas(window)[0]
    touchpoint = map_.document.get(Touchpoint, window.selection.touchpoint)
    if touchpoint is not None:
        map_.perform(commands.edit(map_.document, touchpoint.id, moment_of_truth=not touchpoint.moment_of_truth))


# ---------------------------------------------------------------- looking


def zoom_in(window: Window) -> None:
    """One step nearer."""
    _canvas(window)[1].zoom_step(1)


def zoom_out(window: Window) -> None:
    """One step away."""
    _canvas(window)[1].zoom_step(-1)


def zoom_one(window: Window) -> None:
    """100 %."""
    _canvas(window)[1].zoom_to(1.0)


def fit(window: Window) -> None:
    """The whole map."""
    _canvas(window)[1].fit()


def zoom_selection(window: Window) -> None:
    """As near as what is selected fits."""
    looking.to_selection(_canvas(window)[1])


def outline(window: Window) -> None:
    """Shows or hides the outline."""
    _panel(window, "outline")


def inspector(window: Window) -> None:
    """Shows or hides the inspector."""
    _panel(window, "inspector")


def _panel(window: Window, name: str) -> None:
    if window.place is not None:
        window.place.show_panel(name, not window.settings.panel(name))


def show(page: str) -> Callable[[Window], None]:
    """Shows a page in the middle."""
    return lambda window: window.show_view(page)


def next_part(window: Window) -> None:
    """Moves the keyboard to the next part of the window."""
    window.next_part()


def theme_system(window: Window) -> None:
    """Follows the system's light or dark."""
    window.choose_theme("system")


def theme_light(window: Window) -> None:
    """Light."""
    window.choose_theme("light")


def theme_dark(window: Window) -> None:
    """Dark."""
    window.choose_theme("dark")


def speak(language: str) -> Callable[[Window], None]:
    """The program in another language; "" is the system's."""
    return lambda window: window.choose_language(language)


def speaks(language: str) -> Callable[[Window], bool]:
    """Whether that is chosen."""
    return lambda window: window.settings.language == language
