"""Files that come to the window: maps of ours, maps from elsewhere, data. Their content decides where they go."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from journeymap.i18n import _
from journeymap.model.change import Change
from journeymap.model.records import Touchpoint
from journeymap.ui import attaching, finding, pictures

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from journeymap.maps.brought import Brought
    from journeymap.ui.window import Window


def ask_map(window: Window) -> None:
    """Asks for a map of another program and shows what would come of it."""
    from journeymap.maps.opening import PATTERNS

    kinds = _("Maps ({files})").format(files=" ".join(PATTERNS))
    path, _kind = QFileDialog.getOpenFileName(window, _("New map from a file"), "", f"{kinds};;{_('All files')} (*)")
    if path:
        open_arrival(window, Path(path))


def open_arrival(window: Window, path: Path) -> None:
    """The dialog on a map from elsewhere."""
    from journeymap.ui.dialogs.arrival import Arrival

    writable = window.map is not None and not window.map.session.read_only
    dialog = Arrival(path, window.map.document if writable and window.map is not None else None, window)
    dialog.added.connect(lambda brought: _add_map(window, brought))
    dialog.begun.connect(lambda brought: _begin_map(window, path, brought))
    finding.show(window, dialog)


def _add_map(window: Window, brought: Brought) -> None:
    from journeymap import maps
    from journeymap.maps.report import new

    if window.map is None:
        return
    document, made = window.map.document, list[Change]()

    def add() -> Change:
        made.append(maps.add(document, brought))
        return made[-1]

    if window.map.do(add):
        window.notice.tell(_("{new} on the map. Undo takes them off again.").format(new=new(made[0])), bad=False)
        first = next((id_ for id_, one in made[0].added.items() if isinstance(one, Touchpoint)), None)
        if first is not None:
            finding.go_to(window, first)


def _begin_map(window: Window, path: Path, brought: Brought) -> None:
    from journeymap import maps

    kinds = _("Journey maps ({files})").format(files="*.journey")
    proposed = path.with_suffix(".journey")
    target, _kind = QFileDialog.getSaveFileName(window, _("New map"), str(proposed), kinds)
    if target and window.new_map_of(target, lambda: maps.records(brought, Path(target).stem)) and window.canvas:
        window.canvas.fit()


def taken(window: Window, data: QMimeData) -> None:
    """What was dropped somewhere on the window: files, or a picture out of a browser."""
    paths, image = attaching.files_in(data), attaching.image_in(data)
    if paths:
        dropped(window, paths)
    elif image is not None and window.map is not None:
        attaching.bring_image(window, image, window.selection.cell)


def dropped(window: Window, paths: list[Path]) -> None:
    """Files were dropped on the window. The content of the first decides: a map of ours is opened, one from elsewhere shown
    with what comes of it, pictures go to the touchpoint of the keyboard, anything else is data for the open map.
    """
    from journeymap.ui.dialogs.work import Work

    if not paths:
        return
    if paths[0].suffix.lower() == ".journey":
        window.open_map(paths[0])
        return
    if all(path.suffix.lower() in pictures.SUFFIXES for path in paths):
        if window.map is not None:
            attaching.bring(window, paths, window.selection.cell)
        else:
            window.tell(_("Open a map first, then drop the picture on one of its touchpoints."))
        return
    looking = Work(window)  # a workbook takes a moment

    def looked(is_map: bool) -> None:
        looking.deleteLater()
        _sent(window, paths, is_map=is_map)

    looking.done.connect(looked)
    looking.failed.connect(window.tell)
    looking.start(partial(_look, paths[0]))


def _look(path: Path, _progress: object, _cancelled: object) -> bool:
    from journeymap import maps

    return maps.is_map(path)


def _sent(window: Window, paths: list[Path], *, is_map: bool) -> None:
    if is_map:
        open_arrival(window, paths[0])
    elif window.map is not None:
        finding.bring_data(window, paths)
    else:
        said = _("{file} holds no map; it looks like data. Open a map first, then drop it there.")
        window.tell(said.format(file=paths[0].name))
