"""Pictures, files and links on the map: chosen, dropped or pasted, kept in the map's own file, opened when asked for.

Pictures of a storyboard are written anew (`pictures`); what stands among files is kept byte by byte. A link is opened
by the system's browser, and only because somebody asked for it; this program never fetches it. A file is opened from
a private copy that goes with the program; what could run as a program is only saved.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, QMimeDatabase, QUrl
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QFileDialog

from journeymap.failure import Failure
from journeymap.i18n import _, ngettext
from journeymap.model import commands, lanes, links
from journeymap.model.change import Change
from journeymap.model.commands import Thing
from journeymap.model.draft import Draft
from journeymap.model.records import Attachment, Id, Lane
from journeymap.ui import pictures
from journeymap.ui.selection import Cell

if TYPE_CHECKING:
    from journeymap.ui.window import Window

MOST_BYTES: Final = 50_000_000
RUNS: Final = frozenset(
    {
        ".app", ".bat", ".cmd", ".com", ".cpl", ".desktop", ".dll", ".exe", ".hta", ".jar", ".js", ".jse", ".lnk",
        ".msi", ".ps1", ".py", ".pyw", ".reg", ".scr", ".sh", ".url", ".vb", ".vbe", ".vbs", ".wsf", ".docm",
        ".xlsm", ".pptm", ".html", ".htm", ".svg",
    }
)  # fmt: skip
"""What may run something when it is opened; it is saved, never opened from here."""

Loaded = tuple[Thing, bytes]
"""What will be attached, with its bytes (none for a link)."""


# ---------------------------------------------------------------- where it goes


def place_for(window: Window, cell: Cell, *, picture: bool) -> Cell | None:
    """The cell for what was brought to `cell`: that one where its lane takes it, else the first lane of its touchpoint
    that does; None without a touchpoint. Its lane is None where the map has no such lane yet.
    """
    assert window.map is not None
    document = window.map.document
    touchpoint = cell.touchpoint or window.selection.touchpoint
    if touchpoint is None or touchpoint not in document:
        return None
    here = document.get(Lane, cell.lane)
    kinds = (lanes.STORYBOARD, lanes.FILES) if picture else (lanes.FILES,)
    if here is not None and here.kind in kinds:
        return Cell(here.id, touchpoint)
    found = (lane.id for lane in document.all(Lane) if lane.kind == kinds[0])
    return Cell(next(found, None), touchpoint)


def _attach(window: Window, place: Cell, loaded: Sequence[Loaded]) -> None:
    """Keeps the bytes, then attaches all of it as one step; a lane is made where there is none for it."""
    map_, canvas = window.map, window.canvas
    touchpoint = place.touchpoint
    if map_ is None or canvas is None or touchpoint is None or touchpoint not in map_.document:
        return
    done: list[tuple[Change, Cell]] = []

    def change() -> Change:
        things = []
        for thing, content in loaded:
            things.append(thing._replace(content_hash=map_.session.keep_blob(content)) if content else thing)
        draft = Draft(map_.document)
        lane = place.lane
        if lane is None:
            lane = draft.do(commands.add_lane, _kind_of(things))
        draft.take(commands.add_attachments(draft.document, lane, touchpoint, things))
        made = draft.change(ngettext("Attach", "Attach {n} things", len(things)).format(n=len(things)))
        done.append((made, Cell(lane, touchpoint)))
        return made

    if map_.do(change) and done:
        made, cell = done[0]
        ids = [id_ for id_, record in made.added.items() if isinstance(record, Attachment)]
        window.selection.select(*ids[:1], cell=cell)
        canvas.reveal(cell)
        window.status.tell(ngettext("{n} attached", "{n} attached", len(ids)).format(n=len(ids)))


def _kind_of(things: Sequence[Thing]) -> str:
    return lanes.STORYBOARD if all(thing.picture for thing in things) else lanes.FILES


# ---------------------------------------------------------------- bringing


def choose(window: Window) -> None:
    """Asks for pictures or files and attaches them where the keyboard stands."""
    if window.map is None or place_for(window, window.selection.cell, picture=True) is None:
        window.status.tell(_("Choose a touchpoint first: pictures and files belong to one."))
        return
    lane = window.map.document.get(Lane, window.selection.cell.lane)
    images = _("Pictures ({files})").format(files=" ".join(f"*{suffix}" for suffix in pictures.SUFFIXES))
    every = _("All files") + " (*)"
    kinds = images if lane is not None and lane.kind == lanes.STORYBOARD else f"{every};;{images}"
    paths, _kind = QFileDialog.getOpenFileNames(window, _("Attach a picture or file"), "", kinds)
    if paths:
        bring(window, [Path(path) for path in paths], window.selection.cell)


def bring(window: Window, paths: Sequence[Path], cell: Cell) -> None:
    """Reads files in a thread and attaches them to a cell's touchpoint."""
    from journeymap.ui.dialogs.work import Work

    if not _ready(window, cell):
        return
    assert window.map is not None
    lane = window.map.document.get(Lane, cell.lane)
    among_files = lane is not None and lane.kind == lanes.FILES
    only_pictures = lane is not None and lane.kind == lanes.STORYBOARD
    work = Work(window)
    work.done.connect(lambda loaded: _brought(window, cell, loaded))
    work.failed.connect(window.tell)
    for ended in (work.done, work.failed):
        ended.connect(work.deleteLater)
    window.status.tell(_("Reading…"))
    work.start(partial(_load, list(paths), among_files=among_files, only_pictures=only_pictures))


def _load(
    paths: list[Path], _progress: object, cancelled: Callable[[], bool], *, among_files: bool, only_pictures: bool
) -> list[Loaded]:
    found: list[Loaded] = []
    for path in paths:
        if cancelled():
            break
        content = _read(path)
        if only_pictures or (not among_files and pictures.is_picture(content)):
            kept = pictures.taken(content, path.name)
            found.append((Thing("", kept.media_type), kept.content))
        else:
            kind = QMimeDatabase().mimeTypeForFileNameAndData(path.name, content[:4096]).name()
            found.append((Thing(path.name, kind), content))
    return found


def _read(path: Path) -> bytes:
    """A file's bytes. Raises Failure where it cannot be read, is empty or too large to travel in a map."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            words = _("“{name}” has {size} MB; up to {most} MB travel with a map. Attach a link to it instead.")
            raise Failure(words.format(name=path.name, size=size // 1_000_000, most=MOST_BYTES // 1_000_000))
        content = path.read_bytes()
    except OSError as fault:
        said = _("“{name}” could not be read: {reason}. Nothing was attached.")
        raise Failure(said.format(name=path.name, reason=fault.strerror or str(fault))) from fault
    if not content:
        raise Failure(_("“{name}” is empty. Nothing was attached.").format(name=path.name))
    return content


def _brought(window: Window, cell: Cell, loaded: list[Loaded]) -> None:
    """Pictures and files each go to a lane that takes them."""
    if window.map is None:
        return
    for picture in (True, False):
        some = [one for one in loaded if one[0].picture == picture]
        place = place_for(window, cell, picture=picture)
        if some and place is not None:
            _attach(window, place, some)


def _ready(window: Window, cell: Cell) -> bool:
    if window.map is None:
        return False
    if window.map.session.read_only:
        window.status.tell(_("This map is open for reading only; nothing can be changed in it."))
        return False
    if place_for(window, cell, picture=True) is None:
        window.status.tell(_("Choose a touchpoint first: pictures and files belong to one."))
        return False
    return True


def bring_image(window: Window, image: QImage, cell: Cell) -> None:
    """A picture without a file: from the clipboard, or dragged out of a browser."""
    if not _ready(window, cell):
        return
    try:
        kept = pictures.of_image(image)
    except Failure as failure:
        window.tell(str(failure))
        return
    place = place_for(window, cell, picture=True)
    if place is not None:
        _attach(window, place, [(Thing(_unnamed(window, place), kept.media_type), kept.content)])


def _unnamed(window: Window, place: Cell) -> str:
    """Among files a picture needs a name; in a storyboard it has a caption when somebody writes one."""
    lane = window.map.document.get(Lane, place.lane) if window.map is not None else None
    return _("Picture") if lane is not None and lane.kind == lanes.FILES else ""


def bring_links(window: Window, text: str, cell: Cell) -> None:
    """Addresses that were dropped."""
    place = place_for(window, cell, picture=False) if _ready(window, cell) else None
    if place is not None:
        _attach(window, place, [(links.read(line), b"") for line in text.splitlines() if links.is_link(line)])


def bring_dropped(window: Window, what: object, cell: Cell) -> None:
    """What `canvas.dropping` has taken: paths, a picture, or the text of links."""
    if isinstance(what, list):
        bring(window, what, cell)
    elif isinstance(what, QImage):
        bring_image(window, what, cell)
    else:
        bring_links(window, str(what), cell)


# ---------------------------------------------------------------- what a clipboard or a drag holds


def files_in(data: QMimeData) -> list[Path]:
    """The files of this computer that are meant."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []


def image_in(data: QMimeData) -> QImage | None:
    """The picture itself, where it came along."""
    if not data.hasImage():
        return None
    found = data.imageData()
    image = found if isinstance(found, QImage) else QImage()
    return None if image.isNull() else image


def picture_of(window: Window, ids: Sequence[Id]) -> QImage | None:
    """The attached picture itself where it alone is selected, for the clipboard."""
    record = window.map.document.get(Attachment, ids[0]) if window.map is not None and len(ids) == 1 else None
    if record is None or not record.media_type.startswith("image/") or window.canvas is None:
        return None
    return window.canvas.pictures(record.content_hash, pictures.SIDE)


def paste(window: Window, data: QMimeData | None, cell: Cell) -> bool:
    """Attaches what a clipboard holds, where the cell or the clipboard leaves no other meaning. True where it did."""
    if window.map is None or data is None:
        return False
    lane = window.map.document.get(Lane, cell.lane)
    for_pictures = lane is not None and lane.kind in lanes.ATTACHED
    files, image = files_in(data), image_in(data)
    if files and (for_pictures or not _is_plain(data)):
        bring(window, files, cell)
        return True
    if image is not None and ((for_pictures and not links.is_link(data.text())) or not data.hasText()):
        bring_image(window, image, cell)
        return True
    return False


def _is_plain(data: QMimeData) -> bool:
    """Whether the text is more than the names of the files."""
    lines = [line.strip() for line in data.text().splitlines() if line.strip()]
    return any(not line.startswith("file:") and not Path(line).is_absolute() for line in lines)


# ---------------------------------------------------------------- opening


class Copies:
    """Private copies of files that were opened; they go when the map is closed."""

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def put(self, name: str, content: bytes) -> Path:
        """A copy that only its user can read, and nobody can change: what is changed there would be lost."""
        from journeymap.data import private

        if self._folder is None:
            self._folder = private.folder()
        path = Path(tempfile.mkdtemp(dir=self._folder.name)) / safe_name(name)
        path.touch(mode=0o600)
        path.write_bytes(content)
        path.chmod(0o400)
        return path

    def clear(self) -> None:
        """Removes them."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


def safe_name(name: str) -> str:
    """A file name without folders, control characters and signs that a system forbids."""
    base = name.replace("\\", "/").rpartition("/")[2]
    clean = "".join("_" if sign in '<>:"|?*' or not sign.isprintable() else sign for sign in base).strip(". ")
    return clean[:120] or "file"


def open_attachment(window: Window, id_: Id) -> None:
    """A link goes to the browser; a file is opened or saved after asking which."""
    record = window.map.document.get(Attachment, id_) if window.map is not None else None
    if record is None:
        return
    if record.url:
        url = QUrl(record.url)
        if url.scheme().lower() in {"http", "https", "mailto"}:
            window.status.tell(_("Opening {url}").format(url=record.url))
            QDesktopServices.openUrl(url)
        return
    name = record.name or _("picture") + (".png" if record.media_type == "image/png" else ".jpg")
    save = (_("Save a copy…"), lambda: save_attachment(window, id_, name))
    if Path(name).suffix.lower() in RUNS:
        window.notice.tell(
            _("“{name}” may run as a program, so it is not opened from here. Save it if you trust where it comes from.")
            .format(name=name), save, bad=False,
        )  # fmt: skip
        return
    open_ = (_("Open"), lambda: _open_copy(window, id_, name))
    said = _(
        "“{name}” is part of this map. A copy is opened with the program for such files; changes to it do not come back."
    )
    window.notice.tell(said.format(name=name), open_, save, bad=False)


def _content(window: Window, id_: Id) -> bytes | None:
    assert window.map is not None
    record = window.map.document.get(Attachment, id_)
    content = window.map.session.blob(record.content_hash) if record is not None else None
    if content is None:
        window.tell(_("The content of this file is not in the map any more."))
    return content


def _open_copy(window: Window, id_: Id, name: str) -> None:
    window.focus_map()
    content = _content(window, id_)
    if content is None:
        return
    try:
        path = window.copies.put(name, content)
    except OSError as fault:
        window.tell(_("No copy could be made: {reason}.").format(reason=fault.strerror or str(fault)))
        return
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        window.tell(_("No program on this computer opens “{name}”. Save a copy instead.").format(name=name))


def save_attachment(window: Window, id_: Id, name: str) -> None:
    """Asks for a place and writes the file there, whole or not at all."""
    window.focus_map()
    content = _content(window, id_)
    if content is None:
        return
    target, _kind = QFileDialog.getSaveFileName(window, _("Save a copy"), safe_name(name))
    if not target:
        return
    path = Path(target)
    half = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        half.write_bytes(content)
        half.replace(path)
    except OSError as fault:
        half.unlink(missing_ok=True)
        window.tell(
            _("“{name}” could not be written: {reason}.").format(name=path.name, reason=fault.strerror or str(fault))
        )
        return
    window.status.tell(_("Saved as “{name}”").format(name=path.name))
