"""What the window looks up: entries of the finder, records of a template, dialogs, drafts left by a crash."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model import lanes, series, texts
from journeymap.model.document import Document
from journeymap.model.records import (
    Brand,
    Channel,
    DataSet,
    Department,
    Id,
    Lane,
    Note,
    Phase,
    Record,
    Slider,
    Tag,
    Touchpoint,
    Trait,
    View,
)
from journeymap.ui import viewing
from journeymap.ui.lookup import Entry, Lookup
from journeymap.ui.selection import NOWHERE, Cell

if TYPE_CHECKING:
    from journeymap.data import Source
    from journeymap.data.address import Address
    from journeymap.data.recognising import Fit
    from journeymap.store.keeping import Draft
    from journeymap.ui.window import Window


def look_up(window: Window) -> Lookup:
    """What the finder looks through: every action that can be done now, and every record that has a name."""
    actions = [
        Entry(action.text(), action.shortcut().toString(), action.data().icon, action.trigger)
        for action in window.actions_.values()
        if action.isEnabled() and action.objectName() != "find"
    ]
    document = window.map.document if window.map is not None else None
    return Lookup(actions, document, lambda id_: go_to(window, id_))


def go_to(window: Window, id_: Id) -> None:
    """Selects a record and scrolls to it; a channel, a department or a tag leads to the first touchpoint that has it."""
    if window.map is None or window.canvas is None:
        return
    document = window.map.document
    record = document.record(id_)
    if record is None:
        return
    if isinstance(record, View):
        viewing.look(window, record)
        return
    window.show_view("map")
    shown, cell = place_of(document, record, window.selection.cell)
    viewing.seen(window, id_, cell.touchpoint)
    window.selection.select(shown, cell=cell)
    window.canvas.reveal(cell)
    window.focus_map()


def place_of(document: Document, record: Record, here: Cell = NOWHERE) -> tuple[Id, Cell]:
    """What is selected to show a record, and the cell where it is seen; `here` where it stands in none."""
    if isinstance(record, Phase):
        return record.id, Cell(None, None, record.id)
    if isinstance(record, Lane):
        return record.id, Cell(record.id)
    if isinstance(record, Trait | Slider):
        return record.persona_id, here
    columns = texts.touchpoints_of(document, record)
    if not columns:
        return record.id, here
    instead = isinstance(record, Channel | Department | Tag | Note)
    return columns[0] if instead else record.id, Cell(texts.lane_of(document, record), columns[0])


def first_cell(document: Document) -> Cell:
    """Where the keyboard stands when a map is opened: the first touchpoint, or the first phase."""
    journey = next((lane.id for lane in document.all(Lane) if lane.kind == lanes.JOURNEY), None)
    for phase in document.all(Phase):
        for touchpoint in document.referring(Touchpoint, "phase_id", phase.id):
            return Cell(journey, touchpoint.id)
        return Cell(journey, None, phase.id)
    return NOWHERE


def template_records(template: str, title: str, language: str | None = None) -> list[Record]:
    """The records of a new map from a template, called like its file; in a language, else that of the interface."""
    from journeymap import templates

    return templates.records(template, title, language)


def brand_colour(document: Document) -> str:
    """The client's colour, "" for the house's own."""
    brand = document.get(Brand, document.map.brand_id)
    return brand.colour if brand is not None else ""


def lane_menu(window: Window) -> QMenu | None:
    """The menu of the lane whose name the keyboard stands on; None elsewhere, and on a map that can only be read."""
    from journeymap.ui.lanemenu import LaneMenu

    cell, map_, canvas = window.selection.cell, window.map, window.canvas
    lane = map_.document.get(Lane, cell.lane) if map_ is not None else None
    if lane is None or map_ is None or canvas is None or cell.touchpoint or cell.phase or map_.session.read_only:
        return None
    return LaneMenu(map_, lane, canvas.editor.open, lambda id_: name_lane(window, id_), window)


def name_lane(window: Window, lane_id: Id) -> None:
    """The keyboard goes to the name of a lane that was just made, and edits it."""
    if window.canvas is not None:
        window.selection.select(lane_id, cell=Cell(lane_id))
        window.canvas.reveal(Cell(lane_id))
        window.canvas.setFocus()
        window.canvas.editor.open()


def ask_lane(window: Window) -> None:
    """The kinds of lane that can be added, below the names."""
    from journeymap.ui.lanemenu import fill

    if window.map is None or window.canvas is None:
        return
    menu = QMenu(window)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    fill(menu, window.map, lambda id_: name_lane(window, id_))
    menu.popup(window.canvas.mapToGlobal(QPoint(24, 24)))


def take_focus(part: QWidget) -> bool:
    """Gives the keyboard to a part of the window, or to the first in it that takes it. False where none does."""
    for widget in (part, *part.findChildren(QWidget)):
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            return True
    return False


# ---------------------------------------------------------------- dialogs and the start page


def open_export(window: Window, kind: str = "map") -> None:
    """The export dialog, on a document."""
    if window.map is not None:
        from journeymap.ui.dialogs.export import ExportDialog

        dialog = ExportDialog(window.map, window)
        if kind != "map":
            dialog.kind.part(kind).click()
        show(window, dialog)


def open_versions(window: Window) -> None:
    """The named versions."""
    if window.map is not None:
        from journeymap.ui.dialogs.versions import VersionsDialog

        dialog = VersionsDialog(window.map, window)
        dialog.signed.connect(window.settings.keep_author)
        show(window, dialog)


def open_database(window: Window) -> None:
    """Asks for a database and what of it is read; then the import dialog."""
    if window.map is None:
        return
    from journeymap.ui.dialogs.database import DatabaseDialog

    dialog = DatabaseDialog(window, window.settings.database)
    dialog.chosen.connect(lambda address, source: open_import(window, address, source=source))
    dialog.asked.connect(lambda url: setattr(window.settings, "database", url))
    show(window, dialog)


def open_import(window: Window, path: Path | Address, instead: Id = "", source: Source | None = None) -> None:
    """The import dialog on a file or a database, beside the map; after it, what the data propose is one press away.
    `instead`: the data set of the map that goes when this one comes; `source`: what is read of a database.
    """
    if window.map is None:
        return
    from journeymap.ui.dialogs.import_ import ImportDialog

    if isinstance(path, Path):
        window.settings.folder = path.parent
    dialog = ImportDialog(window.map, path, window, instead=instead, source=source)
    dialog.remember(window.settings)
    dialog.imported.connect(lambda _id: _imported(window))
    show(window, dialog)
    dialog.setWindowModality(Qt.WindowModality.NonModal)


def import_again(window: Window, data_set_id: Id) -> None:
    """Data of the map once more, by their recipe, to be read with changes: one step in place of the former import."""
    found = window.map.document.get(DataSet, data_set_id) if window.map is not None else None
    if found is None:
        return
    source = Path(window.settings.folder) / found.source
    if not source.is_file():
        title = _("Where is {name}?").format(name=found.source)
        path, _kind = QFileDialog.getOpenFileName(window, title, window.settings.folder, f"{_('All files')} (*)")
        if not path:
            return
        source = Path(path)
    open_import(window, source, data_set_id)


def _imported(window: Window, said: str = "") -> None:
    plan = (_("What the data propose"), lambda: window.show_view("plan"))
    window.notice.tell(said or _("The figures are on the map. Undo takes the import back."), plan, bad=False)


def bring_data(window: Window, paths: list[Path], data_set_id: Id | None = None) -> None:
    """Data for the open map: where the files look like the next period of data that it has (or are said to be, of
    `data_set_id`), what differs is shown; else how the first of them would be read.
    """
    if window.map is None:
        return
    document = Document(window.map.document)
    if not document.all(DataSet):
        open_import(window, paths[0])
        return
    from journeymap.data import recognising
    from journeymap.ui.dialogs.work import Work

    looking = Work(window)

    def look(_progress: object, _cancelled: object) -> list[Fit]:
        wanted = document.get(DataSet, data_set_id)
        if wanted is None:
            return recognising.candidates(paths[0], document)
        return [recognising.fits(paths[0], document, series.members(document, series.series_of(wanted))[-1])]

    def looked(fits: list[Fit]) -> None:
        looking.deleteLater()
        if fits and window.map is not None:
            open_refresh(window, paths, fits)
        else:
            open_import(window, paths[0])

    def refused(reason: str) -> None:
        looking.deleteLater()
        window.tell(reason)

    looking.done.connect(looked)
    looking.failed.connect(refused)
    looking.start(look)


def open_refresh(window: Window, paths: list[Path], fits: list[Fit]) -> None:
    """The refresh dialog: what differs, then one step."""
    if window.map is None:
        return
    from journeymap.ui.dialogs.refresh import RefreshDialog

    dialog = RefreshDialog(window.map, paths, fits, window)
    dialog.refreshed.connect(lambda _id: _imported(window, _("The new period is on the map. Undo takes it back.")))
    dialog.other_wanted.connect(lambda: open_import(window, paths[0]))
    show(window, dialog)


def ask_refresh(window: Window, data_set_id: Id | None = None) -> None:
    """Asks for the files of the next period of a data set (None: of whichever they continue)."""
    kinds = _("Surveys ({files})").format(
        files="*.csv *.tsv *.txt *.xlsx *.xls *.ods *.sav *.parquet *.json *.zip *.gz"
    )
    start = window.settings.folder
    paths, _kind = QFileDialog.getOpenFileNames(window, _("Refresh data"), start, f"{kinds};;{_('All files')} (*)")
    if paths:
        window.settings.folder = Path(paths[0]).parent
        bring_data(window, [Path(path) for path in paths], data_set_id)


def show(window: Window, dialog: QWidget) -> None:
    """Shows a dialog over the window; what is being typed is meant."""
    if window.canvas is not None:
        window.canvas.editor.commit()
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.show()


def start_page(window: Window) -> QWidget:
    """The start page, connected."""
    from journeymap.ui import templating
    from journeymap.ui.start import StartPage

    page = StartPage(window.settings.recent, language=window.settings.template_language)
    templating.connect(window, page)
    page.open_requested.connect(window.open_map)
    page.browse_requested.connect(window.actions_["open"].trigger)
    page.data_requested.connect(lambda: ask_data(window))
    page.map_requested.connect(window.actions_["new_from"].trigger)
    return page


def ask_new(window: Window, template: str = "blank", language: str | None = None) -> bool:
    """Asks for a file and begins a map in it from a template, in the language that was chosen last."""
    kinds = _("Journey maps ({files})").format(files="*.journey")
    path, _kind = QFileDialog.getSaveFileName(window, _("New map"), "", kinds)
    return bool(path) and window.new_map(path, template, language or window.settings.template_language)


def ask_data(window: Window) -> None:
    """Asks for a survey; without an open map a new one is begun for it first."""
    kinds = _("Surveys ({files})").format(
        files="*.csv *.tsv *.txt *.xlsx *.xls *.ods *.sav *.parquet *.json *.zip *.gz"
    )
    start = window.settings.folder
    path, _kind = QFileDialog.getOpenFileName(window, _("Import data"), start, f"{kinds};;{_('All files')} (*)")
    if path and _written_map(window, Path(path)):
        return
    if path and (window.map is not None or ask_new(window)):
        bring_data(window, [Path(path)])


def _written_map(window: Window, path: Path) -> bool:
    """Whether what was chosen as data is a diagram or a file of maps; then it is shown as one."""
    from journeymap.maps.opening import written_kind
    from journeymap.ui import arriving

    try:
        found = bool(written_kind(path))
    except Failure as failure:
        window.tell(str(failure))
        return True
    if found:
        arriving.open_arrival(window, path)
    return found


# ---------------------------------------------------------------- drafts


def offer_drafts(window: Window) -> None:
    """Half-typed text that an earlier run left behind: the first is opened where it was being typed; where its place
    is gone, the text is shown to be copied.
    """
    if window.map is None or window.canvas is None or window.map.session.read_only:
        return
    session = window.map.session
    for draft in session.drafts():
        if window.canvas.editor.reopen(draft.record_id, draft.field, draft.text):
            window.notice.tell(
                _(
                    "This text was half typed when the program ended; it is kept. Enter puts it on the map, Escape drops it."
                ),
                bad=False,
            )
            return
        if window.map.document.record(draft.record_id) is None:
            _offer_lost(window, draft)
            return


def _offer_lost(window: Window, draft: Draft) -> None:
    assert window.map is not None
    session = window.map.session
    window.notice.tell(
        _("“{text}” was half typed when the program ended, and its place is gone.").format(text=draft.text[:80]),
        (_("Copy"), lambda: QApplication.clipboard().setText(draft.text)),
        (_("Drop"), lambda: session.drop_draft(draft.record_id, draft.field)),
        bad=False,
    )
