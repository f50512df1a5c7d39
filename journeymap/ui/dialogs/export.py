"""The export dialog: what, on which paper, how; beside it the page itself as it will be printed; warnings inline."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from journeymap.formats.files import DOCUMENTS, SUFFIXES, UPRIGHT
from journeymap.i18n import _, ngettext
from journeymap.model import lens
from journeymap.model.records import Attachment, Brand, Persona, View
from journeymap.ui import viewing
from journeymap.ui.controls.buttons import IconButton, Pill, Segmented
from journeymap.ui.controls.fields import ChoiceField, TextField
from journeymap.ui.controls.heads import Message, Words
from journeymap.ui.dialogs import printing
from journeymap.ui.dialogs.pages import Pages
from journeymap.ui.dialogs.printing import Job, Preview, Subject
from journeymap.ui.dialogs.work import Work
from journeymap.ui.map import OpenMap

SIDE = 320
PAUSE_MS, SLOW_MS = 150, 200
FORMATS = ((".pdf", "PDF"), (".png", "PNG"), (".csv", "CSV"), (".json", "JSON"))


class ExportDialog(QDialog):
    """`ExportDialog(open_map, parent)`; `exported(paths)` when files have been written."""

    exported = Signal(object)

    def __init__(self, open_map: OpenMap, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(_("Export – {map}").format(map=open_map.document.map.title or open_map.session.path.name))
        self.setAccessibleName(self.windowTitle())
        self._map = open_map
        self.job = Job(paper=DOCUMENTS["map"], view=open_map.view)
        self.preview: Preview | None = None
        self._named = False
        self._previewing, self._writing = Work(self), Work(self)
        self._pause = _timer(self, PAUSE_MS, self.draw)
        self._slow = _timer(self, SLOW_MS, self._show_progress)
        self.resize(1120, 760)
        self._lay_out()
        self._previewing.done.connect(self._drawn)
        self._previewing.failed.connect(self._refused)
        self._writing.done.connect(self._written)
        self._writing.failed.connect(self._refused)
        self._suggest_name()
        self.draw()

    # ------------------------------------------------------------ building

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        side = QFrame(self)
        side.setProperty("look", "panel")
        side.setFixedWidth(SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea(side)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        form = QWidget(scroll)
        scroll.setWidget(form)
        self._form = QVBoxLayout(form)
        self._form.setContentsMargins(24, 20, 24, 12)
        self._form.setSpacing(6)
        self._build_form(form)
        column.addWidget(scroll, 1)
        column.addWidget(self._foot(side))
        row.addWidget(side)
        self.pages = Pages(self)
        row.addWidget(self.pages, 1)

    def _build_form(self, form: QWidget) -> None:
        self._form.addWidget(Words(_("Export"), form, size=19, weight=600))
        self._form.addSpacing(8)
        self.kind = Segmented(_documents(), _("Document"), form, even=False, side=5)
        self.suffix = Segmented(FORMATS, _("Format"), form)
        self.view = ChoiceField(_("View"), form)
        self.view.chosen.connect(self._choose_view)
        self.paper = ChoiceField(_("Paper"), form)
        self.orientation = Segmented(
            [("landscape", _("Landscape")), ("portrait", _("Portrait"))], _("Orientation"), form, even=False, side=6
        )
        self.fit = Segmented([("page", _("One page")), ("rows", _("Rows"))], _("Fit"), form)
        self.kind.chosen.connect(self._choose)
        self.suffix.chosen.connect(lambda suffix: self._set(suffix=suffix))
        self.paper.chosen.connect(lambda paper: self._set(paper=str(paper)))
        self.orientation.chosen.connect(lambda value: self._set(orientation=value))
        self.fit.chosen.connect(lambda value: self._set(fit=value))
        self._rows: dict[str, QWidget] = {}
        for name, label, widget in (
            ("kind", "", self.kind), ("view", _("View"), self.view), ("suffix", _("Format"), self.suffix), ("paper", _("Paper"), self.paper),
            ("orientation", _("Page"), self.orientation), ("fit", _("Fit"), self.fit),
        ):  # fmt: skip
            self._rows[name] = _row(form, label, widget)
            self._form.addWidget(self._rows[name])
        self._form.addSpacing(10)
        self._form.addWidget(Words(_("File"), form, weight=600))
        place = QHBoxLayout()
        place.setSpacing(4)
        self.target = TextField(_("File"), form, flat=False)
        self.target.textEdited.connect(lambda _text: self._rename())
        self.browse = IconButton("open", _("Choose a place"), form, side=32)
        self.browse.clicked.connect(self._browse)
        place.addWidget(self.target, 1)
        place.addWidget(self.browse)
        self._form.addLayout(place)
        self.message = Message(form)
        self._form.addWidget(self.message)
        self.replace = Pill(_("Replace it"), form, tone="plain")
        self.replace.clicked.connect(lambda: self.write(over=True))
        self.show_file = Pill(_("Open the file"), form, icon="open")
        self.show_folder = Pill(_("Open the folder"), form, icon="open")
        self.show_file.clicked.connect(lambda: self._open(self._done[0]))
        self.show_folder.clicked.connect(lambda: self._open(self._done[0].parent))
        self._done: tuple[Path, ...] = ()
        for button in (self.replace, self.show_file, self.show_folder):
            button.hide()
            self._form.addWidget(button)
        self._form.addSpacing(10)
        self.warnings = Message(form)
        self._form.addWidget(self.warnings)
        self._form.addStretch(1)
        self._show_job()

    def _foot(self, parent: QWidget) -> QWidget:
        foot = QWidget(parent)
        column = QVBoxLayout(foot)
        column.setContentsMargins(24, 8, 24, 16)
        self.progress = QProgressBar(foot)
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        self.cancel = Pill(_("Cancel"), foot, tone="quiet", height=36)
        self.cancel.clicked.connect(self._stop_or_close)
        self.go = Pill(_("Export"), foot, tone="primary", height=36, weight=600)
        self.go.clicked.connect(lambda _checked: self.write())
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.go)
        column.addWidget(self.progress)
        column.addLayout(row)
        return foot

    # ------------------------------------------------------------ choosing

    def _choose(self, kind: str) -> None:
        """Another document, on the paper it is made for; as PDF where it has not the format that was chosen."""
        suffix = self.job.suffix if self.job.suffix in SUFFIXES[kind] else ".pdf"
        turned = (kind in UPRIGHT) != (self.job.kind in UPRIGHT)
        lies = ("portrait" if kind in UPRIGHT else "landscape") if turned else self.job.orientation
        self._set(kind=kind, paper=DOCUMENTS[kind], suffix=suffix, orientation=lies)

    def _choose_view(self, id_: object) -> None:
        known = [*viewing.every(self._map.document), viewing.current(self._map)]
        view = next((one for one in known if one.id == id_), None)
        whole = view is None or view.id == f"view:{lens.MAP}"
        self.job = replace(self.job, view=None if whole else view)
        self._set()

    def _set(self, **fields: Any) -> None:
        self.job = replace(self.job, **fields)
        self._show_job()
        self._suggest_name()
        self._say_nothing()
        self._pause.start()

    def _show_job(self) -> None:
        job = self.job
        self.kind.show_value(job.kind)
        self.suffix.show_value(job.suffix)
        self.view.show_options(_views(self._map), job.view.id if job.view is not None else f"view:{lens.MAP}")
        self.paper.show_options([(name, name) for name in printing.INCHES], job.paper)
        self.orientation.show_value(job.orientation)
        self.fit.show_value(job.fit)
        pages = job.suffix not in printing.DATA
        for suffix, _name in FORMATS:
            self.suffix.part(suffix).setVisible(suffix in SUFFIXES[job.kind])
        for name in ("paper", "orientation"):
            self._rows[name].setVisible(pages)
        for name in ("fit", "view"):
            self._rows[name].setVisible(pages and job.kind == "map")

    def _suggest_name(self) -> None:
        title = self._map.document.map.title or self._map.session.path.stem
        here = Path(self.target.text()).parent if self._named else self._map.session.path.parent
        if self._named:
            self.target.setText(str(Path(self.target.text()).with_suffix(self.job.suffix)))
        else:
            self.target.setText(str(here / printing.suggested(title, self.job)))
        self.target.setToolTip(self.target.text())
        self.target.setCursorPosition(len(self.target.text()))

    def _rename(self) -> None:
        self._named = True
        self._say_nothing()

    def _browse(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(
            self, _("Export"), self.target.text(), f"*{self.job.suffix}", "", QFileDialog.Option.DontConfirmOverwrite
        )
        if path:
            self.target.setText(path if Path(path).suffix else path + self.job.suffix)
            self._rename()

    def _say_nothing(self) -> None:
        self.message.say("")
        for button in (self.replace, self.show_file, self.show_folder):
            button.hide()

    # ------------------------------------------------------------ preview

    def _subject(self) -> Subject:
        document = self._map.document
        hashes = {one.content_hash for one in document.all(Attachment)}
        hashes |= {one.picture_hash for one in document.all(Persona)} | {one.logo_hash for one in document.all(Brand)}
        blobs = {one: self._map.session.blob(one) for one in hashes if one}
        kept = {one: content for one, content in blobs.items() if content is not None}
        return printing.subject(self._map, kept, self.job.kind)

    def draw(self) -> None:
        """Renders the pages anew, in a thread."""
        subject, job = self._subject(), self.job
        self._slow.start()
        self._previewing.start(lambda _progress, cancelled: printing.preview(subject, job, cancelled))

    def _drawn(self, preview: Preview) -> None:
        self._hide_progress()
        self.preview = preview
        self.warnings.say("\n".join(preview.warnings), "warning")
        self.pages.show_preview(preview, printing.note(self.job))

    # ------------------------------------------------------------ writing

    def write(self, *, over: bool = False) -> None:
        """Writes the file; one that is there already only when a person has said so (`over`)."""
        self._say_nothing()
        text = self.target.text().strip()
        if not text:
            self.message.say(_("Say where to: a name for the file."))
            return
        target = Path(text).expanduser()
        if target.suffix.casefold() != self.job.suffix:
            target = target.with_name(target.name + self.job.suffix)
            self.target.setText(str(target))
        pages = self.preview.count if self.preview is not None else 1
        there = [path for path in printing.names(target, pages) if path.is_file()]
        if there and not over:
            self.message.say(
                ngettext("{name} is there already.", "{name} and {n} more are there already.", len(there)).format(
                    name=there[0].name, n=len(there) - 1
                ),
                "warning",
            )
            self.replace.show()
            self.replace.setFocus()
            return
        subject, job = self._subject(), self.job
        self.go.setEnabled(False)
        self._slow.start()
        self._writing.start(lambda _progress, cancelled: printing.write(subject, job, target, cancelled))

    def _written(self, paths: tuple[Path, ...]) -> None:
        self._hide_progress()
        self._done = paths
        if not paths:
            return
        count = len(paths)
        said = ngettext("{name} is written.", "{name} and {more} more are written.", count)
        self.message.say(said.format(name=paths[0].name, more=count - 1), "info")
        self.show_file.show()
        self.show_folder.show()
        self.show_file.setFocus()
        self.exported.emit(paths)

    def _refused(self, reason: str) -> None:
        self._hide_progress()
        self.message.say(reason)

    def _open(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.message.say(_("No program opens {path} here.").format(path=path), "warning")

    def _show_progress(self) -> None:
        busy = self._previewing.running or self._writing.running
        self.progress.setVisible(busy)
        self.cancel.relabel(_("Stop") if self._writing.running else _("Cancel"))

    def _hide_progress(self) -> None:
        self._slow.stop()
        self.progress.hide()
        self.go.setEnabled(True)
        self.cancel.relabel(_("Cancel"))

    def _stop_or_close(self) -> None:
        if self._writing.running:
            self._writing.stop()
            self._hide_progress()
            self.message.say(_("Stopped. Nothing was written."), "info")
        else:
            self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter exports, Escape closes."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.go.click()
        elif event.key() == Qt.Key.Key_Escape:
            self._stop_or_close()
        else:
            event.ignore()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stops what is under way."""
        self._pause.stop()
        self._previewing.finish()
        self._writing.finish()
        super().closeEvent(event)


def _documents() -> list[tuple[str, str]]:
    return [("map", _("Map")), ("plan", _("Plan")), ("register", _("Register")), ("personas", _("Personas"))]


def _timer(parent: QWidget, interval: int, act: object) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(interval)
    timer.timeout.connect(act)
    return timer


def _row(form: QWidget, label: str, widget: QWidget) -> QWidget:
    """A control with its label before it."""
    holder = QWidget(form)
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    if label:
        words = Words(label, holder, tint="text3")
        words.setFixedWidth(84)
        row.addWidget(words)
    row.addWidget(widget, 1)
    return holder


def _views(open_map: OpenMap) -> list[tuple[str, str]]:
    """The views that can be exported; what is looked through now too, where it is not saved."""
    views = viewing.every(open_map.document)
    current = open_map.view
    if current is not None and current not in views:
        if lens.is_changed(current):
            views.append(replace(current, name=_("{view}, changed").format(view=current.name)))
        else:
            views = [current if one.id == current.id else one for one in views]
    return [(one.id, _view_name(open_map, one)) for one in views]


def _view_name(open_map: OpenMap, view: View) -> str:
    if view.kind == lens.PHASE and not lens.is_saved(view) and view.phases:
        phase = open_map.document.record(view.phases[0])
        return _("{view}: {phase}").format(view=view.name, phase=getattr(phase, "name", ""))
    return view.name
