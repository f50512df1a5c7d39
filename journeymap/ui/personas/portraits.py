"""Choosing a portrait: from the gallery, from a file, dropped or pasted; read in a thread, kept in the map once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model import commands
from journeymap.model.records import Id, Persona
from journeymap.ui import attaching, pictures
from journeymap.ui.canvas.gallery import Gallery
from journeymap.ui.dialogs.work import Work
from journeymap.ui.panels.form import Desk
from journeymap.ui.personas import face
from journeymap.ui.personas.entries import Say
from journeymap.ui.pictures import Taken


class Portraits:
    """What changes the portrait of the persona who is `shown`; `heads` is the gallery that was opened last."""

    def __init__(self, desk: Desk, gallery: Gallery, shown: Callable[[], Id | None], say: Say, page: QWidget) -> None:
        self._desk, self._gallery, self._shown, self._say, self._page = desk, gallery, shown, say, page
        self.heads: face.Heads | None = None

    def show_heads(self, below: QWidget) -> None:
        """Opens the gallery below the portrait."""
        persona = self._desk.document.get(Persona, self._shown())
        if persona is None:
            return
        pasting = attaching.image_in(QApplication.clipboard().mimeData()) is not None
        heads = self.heads = face.Heads(persona, pasting=pasting, parent=self._page)
        heads.chosen.connect(partial(self._draw, persona.id))
        heads.asked.connect(self.ask)
        heads.show_at(below.mapToGlobal(QPoint(0, below.height() + 4)))

    def ask(self, what: str) -> None:
        """Asks for a "file", takes the picture of the clipboard ("paste"), or goes back to the drawn head ("none")."""
        id_ = self._shown()
        if what == "file":
            face.ask_file(self._page, self.bring)
        elif what == "paste":
            self.bring(attaching.image_in(QApplication.clipboard().mimeData()))
        elif id_ is not None:
            self._say(self._desk.do(lambda document: commands.edit(document, id_, picture_hash="")))

    def takes(self, data: QMimeData) -> bool:
        """Whether a drag brings a picture that can be taken now."""
        if self._shown() is None or self._desk.open_map.session.read_only:
            return False
        files = attaching.files_in(data)
        if files:
            return all(path.suffix.lower() in pictures.SUFFIXES for path in files)
        return attaching.image_in(data) is not None

    def bring_data(self, data: QMimeData) -> bool:
        """The picture of a drag or of the clipboard; whether there is one."""
        files, image = attaching.files_in(data), attaching.image_in(data)
        self.bring(files[0] if files else image)
        return bool(files) or image is not None

    def bring(self, what: Path | QImage | None) -> None:
        """A picture file or a picture becomes the portrait of the one who is shown."""
        id_ = self._shown()
        if id_ is None or what is None:
            return
        if self._desk.open_map.session.read_only:
            self._say(_("This map is open for reading only; nothing can be changed in it."))
            return
        work = Work(self._page)
        work.done.connect(partial(self._keep, id_))
        work.failed.connect(self._say)
        for ended in (work.done, work.failed):
            ended.connect(work.deleteLater)
        self._desk.open_map.closed.connect(work.stop)
        made = partial(face.read, what) if isinstance(what, Path) else partial(face.cropped, QImage(what))
        work.start(lambda _progress, _cancelled: made())

    def _draw(self, id_: Id, name: str) -> None:
        self._say(self._desk.do(lambda document: commands.edit(document, id_, avatar=name, picture_hash="")))

    def _keep(self, id_: Id, taken: Taken) -> None:
        try:
            kept = self._desk.open_map.session.keep_blob(taken.content)
        except Failure as problem:
            self._say(str(problem))
            return
        self._gallery.forget()
        self._say(self._desk.do(lambda document: commands.edit(document, id_, picture_hash=kept)))
