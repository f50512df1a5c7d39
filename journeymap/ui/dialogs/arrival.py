"""A map from elsewhere, before it comes in: how it will look, what it holds, what is not carried over.

A table shows its headings with the role that was guessed for each and why; every role can be changed, and picture and
report follow. Nothing is brought in before a button says where: onto the open map, or as a map of its own.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from journeymap import maps
from journeymap.failure import Failure
from journeymap.i18n import _, ngettext
from journeymap.maps import opening, roles, table
from journeymap.maps.adding import counted
from journeymap.maps.brought import Brought
from journeymap.maps.roles import ACROSS, DOWN, Mapping
from journeymap.maps.sheets import Sheet
from journeymap.model.document import Document
from journeymap.model.figures import Figures
from journeymap.ui import theme, thumbnail
from journeymap.ui.controls import ink
from journeymap.ui.controls.buttons import Pill, Segmented
from journeymap.ui.controls.fields import ChoiceField
from journeymap.ui.controls.heads import Message, Words
from journeymap.ui.dialogs.work import Work

WIDE, HIGH, PLAIN = 1000, 640, 560
SIDE = 440
"""The width of picture and report beside a table's headings."""
LINES = 14
"""Losses that are listed; the rest is counted."""


class Arrival(QDialog):
    """`Arrival(path, document, parent)`; `document` is the open map's, None where there is none or it can only be read.

    Signals: `added(Brought)` for the open map, `begun(Brought)` for a map of its own.
    """

    added = Signal(object)
    begun = Signal(object)

    def __init__(self, path: Path, document: Document | None, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(_("A map from elsewhere – {file}").format(file=path.name))
        self.setAccessibleName(self.windowTitle())
        self.path, self._document = path, document
        self.brought: Brought | None = None
        self.mapping: Mapping | None = None
        self.fields: dict[int, ChoiceField] = {}
        self._sheet: Sheet | None = None
        self._reading = Work(self)
        self._reading.done.connect(self._read)
        self._reading.failed.connect(self._refused)
        self._lay_out()
        self.resize(PLAIN, HIGH)
        self._reading.start(lambda _progress, _cancelled: _opened(path))

    # ------------------------------------------------------------ building

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        body = QFrame(self)
        body.setProperty("look", "panel")
        self._row = QHBoxLayout(body)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self._report(body))
        column.addWidget(body, 1)
        column.addWidget(self._foot())

    def _report(self, parent: QWidget) -> QWidget:
        scroll = QScrollArea(parent)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget(scroll)
        scroll.setWidget(page)
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(6)
        self.title = Words(self.path.name, page, size=19, weight=600, wrap=True)
        self.held = Words(_("Reading …"), page, tint="text2", wrap=True)
        self.picture = _Picture(page)
        self.message = Message(page)
        self.losses_head = Words("", page, weight=600)
        self._losses = QVBoxLayout()
        self._losses.setSpacing(4)
        for widget in (self.title, self.held):
            column.addWidget(widget)
        column.addSpacing(8)
        column.addWidget(self.picture)
        column.addSpacing(8)
        column.addWidget(self.message)
        column.addWidget(self.losses_head)
        column.addLayout(self._losses)
        column.addStretch(1)
        self._page, self._scroll = page, scroll
        return scroll

    def _foot(self) -> QWidget:
        foot = QFrame(self)
        foot.setProperty("look", "panel")
        row = QHBoxLayout(foot)
        row.setContentsMargins(24, 12, 24, 12)
        row.setSpacing(12)
        self.save_recipe = Pill(_("Save the recipe"), foot, icon="download", tone="quiet", height=36)
        self.save_recipe.setToolTip(_("How this table is read, as a file for “journeymap new --from … --recipe”"))
        self.save_recipe.clicked.connect(self._save_recipe)
        self.save_recipe.hide()
        self.cancel = Pill(_("Cancel"), foot, tone="quiet", height=36)
        self.cancel.clicked.connect(self.close)
        alone = self._document is None
        self.new = Pill(
            _("Make a map of it") if alone else _("Open as a new map"), foot, height=36, tone="primary" if alone else "plain",
            weight=600 if alone else 400,
        )  # fmt: skip
        self.add = Pill(_("Add to this map"), foot, tone="primary", height=36, weight=600)
        self.add.setVisible(not alone)
        self.new.clicked.connect(lambda: self._finish(self.begun))
        self.add.clicked.connect(lambda: self._finish(self.added))
        row.addWidget(self.save_recipe)
        row.addStretch(1)
        for widget in (self.cancel, self.new, self.add):
            row.addWidget(widget)
        self._enable(on=False)
        return foot

    def _mapper(self, sheet: Sheet, mapping: Mapping) -> QWidget:
        """Headings at the left, their roles and reasons beside them."""
        side = QFrame(self)
        side.setProperty("look", "panel")
        column = QVBoxLayout(side)
        column.setContentsMargins(24, 20, 12, 12)
        column.setSpacing(6)
        column.addWidget(Words(_("What the headings mean"), side, size=16, weight=600))
        self.direction = Segmented(
            [(DOWN, _("A row each touchpoint")), (ACROSS, _("A column each"))], _("Layout"), side
        )
        self.direction.show_value(mapping.direction)
        self.direction.chosen.connect(self._turn)
        column.addWidget(self.direction)
        column.addSpacing(4)
        scroll = QScrollArea(side)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget(scroll)
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, 0, 12, 0)
        rows.setSpacing(10)
        self.fields = {}
        turned = sheet if mapping.direction == DOWN else sheet.turned()
        for line in mapping.lines:
            if any(cells[line.place] for cells in turned.rows[mapping.head + 1 :]):  # a title has nothing under it
                rows.addWidget(self._line(page, line, turned, mapping))
        rows.addStretch(1)
        scroll.setWidget(page)
        column.addWidget(scroll, 1)
        return side

    def _line(self, page: QWidget, line: roles.Line, turned: Sheet, mapping: Mapping) -> QWidget:
        box = QWidget(page)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(Words(line.heading or _("(no heading)"), box, weight=600))
        first = next((cell for cells in turned.rows[mapping.head + 1 :] if (cell := cells[line.place])), "")
        said = " · ".join(filter(None, (line.reason, " ".join(first.split())[:40])))
        reason = Words(said, box, tint="text3")
        reason.setToolTip(said)
        texts.addWidget(reason)
        row.addLayout(texts, 1)
        field = ChoiceField(line.heading or _("(no heading)"), box)
        field.setFixedWidth(176)
        field.show_options([(role, roles.name(role)) for role in roles.ROLES], line.role)
        field.chosen.connect(lambda role, place=line.place: self._choose(place, str(role)))
        self.fields[line.place] = field
        row.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
        return box

    # ------------------------------------------------------------ reading

    def _read(self, found: tuple[Brought | None, Sheet | None, Mapping | None, str]) -> None:
        self.brought, self._sheet, self.mapping, problem = found
        self._place_mapper()
        self._show(problem)

    def _place_mapper(self) -> None:
        if self._sheet is None or self.mapping is None:
            return
        while self._row.count() > 1:
            _drop(self._row)
        self._row.insertWidget(0, self._mapper(self._sheet, self.mapping), 1)
        self._scroll.setFixedWidth(SIDE)
        if self.width() < WIDE:
            self.resize(WIDE, HIGH)
        self.save_recipe.show()

    def _turn(self, direction: str) -> None:
        if self._sheet is not None:
            self.mapping = roles.laid(self._sheet, direction)
            self._place_mapper()
            self._again()

    def _choose(self, place: int, role: str) -> None:
        if self.mapping is None:
            return
        self.mapping = self.mapping.with_role(place, role)
        for line in self.mapping.lines:
            if line.place in self.fields:
                self.fields[line.place].show_options([(one, roles.name(one)) for one in roles.ROLES], line.role)
        self._again()

    def _again(self) -> None:
        assert self._sheet is not None
        assert self.mapping is not None
        problem = ""
        try:
            self.brought = table.read(self._sheet, self.mapping, self.path.name)
        except Failure as failure:
            self.brought, problem = None, str(failure)
        self._show(problem)

    def _refused(self, reason: str) -> None:
        self.brought = None
        self._show(reason)

    # ------------------------------------------------------------ showing

    def _show(self, problem: str) -> None:
        brought = self.brought
        self.message.say(problem)
        self._enable(on=brought is not None)
        self.held.setText(", ".join(counted(brought)) if brought is not None else "")
        self.title.setText((brought.title if brought is not None else "") or self.path.name)
        if brought is not None:
            document = Document(maps.records(brought, self.path.stem))
            ratio = self.devicePixelRatioF() * 2
            self.picture.show_image(thumbnail.sketch(document, Figures(), dark=theme.current().dark, ratio=ratio))
        else:
            self.picture.show_image(None)
        self._show_losses(brought)

    def _show_losses(self, brought: Brought | None) -> None:
        while self._losses.count():
            _drop(self._losses)
        losses = brought.losses if brought is not None else ()
        self.losses_head.setText(
            "" if brought is None else _("Not carried over as it stood") if losses else _("Everything is carried over.")
        )
        lines = [str(loss) for loss in losses[:LINES]]
        if len(losses) > LINES:
            more = len(losses) - LINES
            lines.append(ngettext("and {n} more", "and {n} more", more).format(n=more))
        for line in lines:
            self._losses.addWidget(Words(line[:1].upper() + line[1:], self._page, tint="text2", wrap=True))

    def _enable(self, *, on: bool) -> None:
        for button in (self.new, self.add, self.save_recipe):
            button.setEnabled(on)

    # ------------------------------------------------------------ the end

    def _finish(self, signal: object) -> None:
        if self.brought is not None:
            brought = self.brought
            self.close()
            signal.emit(brought)  # type: ignore[attr-defined]

    def _save_recipe(self) -> None:
        if self.mapping is None:
            return
        kinds = _("Recipes ({files})").format(files="*.toml")
        path, _kind = QFileDialog.getSaveFileName(self, _("Save the recipe"), f"{self.path.stem}.toml", kinds)
        if not path:
            return
        try:
            Path(path).write_text(roles.to_toml(self.mapping), encoding="utf-8")
        except OSError as error:
            self.message.say(_("{path} cannot be written: {reason}.").format(path=path, reason=error.strerror))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter takes the first choice, Escape closes."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                (self.new if self._document is None else self.add).click()
        else:
            super().keyPressEvent(event)

    def reject(self) -> None:
        """Escape or the window's cross: stops the reading."""
        self._reading.finish()
        super().reject()


class _Picture(QWidget):
    """The map as it will look, as a sketch."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Preview"))

    def show_image(self, image: QImage | None) -> None:
        """Shows it."""
        self.image = image
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as its width asks for."""
        super().resizeEvent(event)
        self.setFixedHeight(round(self.width() * thumbnail.HEIGHT / thumbnail.WIDTH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        if self.image is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawImage(box.adjusted(1, 1, -1, -1), self.image)
        ink.panel(painter, box, None, "border", 6)


def _drop(layout: QHBoxLayout | QVBoxLayout) -> None:
    """Takes the first widget out of a layout."""
    item = layout.takeAt(0)
    old = item.widget() if item is not None else None
    if old is not None:
        old.hide()
        old.deleteLater()


def _opened(path: Path) -> tuple[Brought | None, Sheet | None, Mapping | None, str]:
    """What is in a file; of a table the sheet and the guess too, also where these do not make a map yet."""
    if opening.written_kind(path) or path.suffix.casefold() in {".md", ".xml", ".cjml", ".json"}:
        return maps.read(path), None, None, ""
    sheet = opening.sheet_of(path)
    try:
        mapping = roles.guess(sheet, path.name)
    except Failure as failure:
        return None, sheet, roles.laid(sheet, DOWN, 0), str(failure)
    try:
        return table.read(sheet, mapping, path.name), sheet, mapping, ""
    except Failure as failure:
        return None, sheet, mapping, str(failure)
