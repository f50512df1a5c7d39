"""The import dialog: the file's own rows, a role above each column, and at the right what comes of it, counted live.

Nothing is guessed in secret: the suggestion is shown, corrected by a person, counted anew in a thread after each
choice, and only the button puts it on the map, as one step that can be undone.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from journeymap.data import Question, Recipe, Source, read_recipe, write_recipe
from journeymap.failure import Failure
from journeymap.i18n import _, ngettext
from journeymap.model import wording
from journeymap.model.document import Conflict, Document
from journeymap.model.figures import Figure
from journeymap.ui.controls.buttons import IconButton, Pill
from journeymap.ui.controls.heads import Message, Words
from journeymap.ui.dialogs import counting
from journeymap.ui.dialogs.choices import MEASURE, Choices, date_words, places, roles
from journeymap.ui.dialogs.counting import Counted, Looked
from journeymap.ui.dialogs.measure import MeasurePopover
from journeymap.ui.dialogs.summary import Line, Summary
from journeymap.ui.dialogs.table import Table
from journeymap.ui.dialogs.work import Work
from journeymap.ui.map import OpenMap

PAUSE_MS = 250
"""Counting begins when nothing was chosen for this long."""
SLOW_MS = 200
"""Work that takes longer shows its progress."""
ENCODINGS = ("utf-8", "utf-16", "cp1252", "iso-8859-15", "mac-roman")


def delimiters() -> dict[str, str]:
    """The delimiters that can be chosen, by their character."""
    return {";": _("Semicolon"), ",": _("Comma"), "\t": _("Tab"), "|": _("Bar")}


class ImportDialog(QDialog):
    """`ImportDialog(open_map, path, parent)`; `imported(data set id)` after it has put data on the map."""

    imported = Signal(str)

    def __init__(self, open_map: OpenMap, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(_("Import – {map}").format(map=open_map.document.map.title or open_map.session.path.name))
        self.setAccessibleName(self.windowTitle())
        self._map, self.path = open_map, Path(path)
        self.choices: Choices | None = None
        self.counted: Counted | None = None
        self.table: Table | None = None
        self.popover: MeasurePopover | None = None
        self._again = False
        self._looking, self._counting = Work(self), Work(self)
        self._pause = _timer(self, PAUSE_MS, self.count)
        self._slow = _timer(self, SLOW_MS, self._show_progress)
        self.resize(1600, 1000)
        if parent is not None:
            self.resize(parent.window().size())
        self._lay_out()
        self._looking.done.connect(self._looked)
        self._looking.failed.connect(self._refused)
        self._counting.done.connect(self._known)
        self._counting.failed.connect(self._refused)
        self._counting.progressed.connect(self._progress)
        self.look()

    # ------------------------------------------------------------ building

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        self.stack = QStackedWidget(self)
        body = QWidget(self.stack)
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._place = QVBoxLayout()
        row.addLayout(self._place, 1)
        row.addWidget(_rule(body, upright=True))
        self.summary = Summary(body)
        row.addWidget(self.summary)
        self.stack.addWidget(body)
        column.addWidget(self.stack, 1)
        column.addWidget(_rule(self))
        column.addWidget(self._foot())

    def _head(self) -> QWidget:
        head = QFrame(self)
        head.setProperty("look", "panel")
        outer = QVBoxLayout(head)
        outer.setContentsMargins(24, 10, 24, 8)
        outer.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        names = QVBoxLayout()
        names.setSpacing(0)
        self.title = Words(self.path.name, head, size=19, weight=600)
        self.about = Words(_("Reading the file …"), head, tint="text2")
        names.addWidget(self.title)
        names.addWidget(self.about)
        row.addLayout(names, 1)
        self.delimiter = Pill("", head, caret=True)
        self.encoding = Pill("", head, caret=True)
        self.dates = Pill("", head, caret=True)
        self.recipe = Pill(_("Suggested"), head, caret=True)
        self.delimiter.clicked.connect(self._ask_delimiter)
        self.encoding.clicked.connect(self._ask_encoding)
        self.dates.clicked.connect(self._ask_dates)
        self.recipe.clicked.connect(self._ask_recipe)
        self._recipe_name = Words(_("Recipe"), head, tint="text2")
        for widget in (self.delimiter, self.encoding, self.dates, self._recipe_name, self.recipe):
            row.addWidget(widget)
        for pill, name in ((self.delimiter, _("Delimiter")), (self.encoding, _("Encoding")), (self.dates, _("Dates"))):
            pill.setAccessibleDescription(name)
            pill.setToolTip(name)
            pill.hide()
        outer.addLayout(row)
        self.message = Message(head)
        self.again = Pill(_("Import them once more"), head, tone="plain")
        self.again.clicked.connect(self._import_again)
        self.again.hide()
        outer.addWidget(self.message)
        outer.addWidget(self.again)
        return head

    def _foot(self) -> QWidget:
        foot = QFrame(self)
        foot.setProperty("look", "panel")
        row = QHBoxLayout(foot)
        row.setContentsMargins(24, 12, 24, 12)
        row.setSpacing(12)
        self.save_recipe = Pill(_("Save the recipe as a file"), foot, icon="download", tone="quiet", height=36)
        self.save_recipe.setToolTip(_("The map keeps the recipe anyway, and reads next month’s file with it."))
        self.save_recipe.clicked.connect(self._save_recipe)
        self.progress = QProgressBar(foot)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(160)
        self.progress.setRange(0, 100)
        self.doing = Words("", foot, tint="text2")
        self.halt = IconButton("close", _("Stop counting"), foot)
        self.halt.clicked.connect(self._halt)
        self.undoable = Words(_("Can be undone"), foot, tint="text3")
        self.cancel = Pill(_("Cancel"), foot, tone="quiet", height=36)
        self.cancel.clicked.connect(self.close)
        self.go = Pill(_("Import"), foot, tone="primary", height=36, weight=600)
        self.go.clicked.connect(self.bring_in)
        row.addWidget(self.save_recipe)
        row.addStretch(1)
        for widget in (self.doing, self.progress, self.halt, self.undoable, self.cancel, self.go):
            row.addWidget(widget)
        self.go.setEnabled(False)
        self._hide_progress()
        return foot

    # ------------------------------------------------------------ looking

    def look(self, source: Source | None = None, recipe: tuple[str, Recipe] | None = None) -> None:
        """Looks at the file anew; `source` says how to read it, `recipe` what its columns are."""
        self._close_popover()
        self._counting.stop()
        self.go.setEnabled(False)
        document = Document(self._map.document)
        self._slow.start()
        self._looking.start(lambda _progress, _cancelled: counting.look(self.path, document, source, recipe))

    def _looked(self, looked: Looked) -> None:
        self._hide_progress()
        self.choices = looked.choices
        self.choices.changed = self._chosen
        sample = self.choices.sample
        rows = wording.count(sample.count) if sample.count is not None else _("many")
        self.about.setText(
            _("{rows} rows, {columns} columns. Role and measure suggested from names and values.").format(
                rows=rows, columns=len(sample.columns)
            )
        )
        self.recipe.relabel(looked.recipe_name or _("Suggested"))
        self.delimiter.relabel(delimiters().get(sample.delimiter, sample.delimiter))
        self.encoding.relabel(sample.encoding.upper())
        self.delimiter.show()
        self.encoding.show()
        self._new_table()
        self._show_dates()
        self.message.say(looked.problem)
        self._offer_again(looked.known_as if not self._again else "")
        if not looked.problem and not (looked.known_as and not self._again):
            self.count()

    def _new_table(self) -> None:
        if self.table is not None:
            self._place.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
        assert self.choices is not None
        self.table = Table(self.choices, self)
        self.table.role_asked.connect(self._ask_role)
        self.table.question_asked.connect(self.ask_question)
        self._place.addWidget(self.table)
        self.table.setFocus()

    def _offer_again(self, known_as: str) -> None:
        self.again.setVisible(bool(known_as))
        if known_as:
            self.message.say(
                _("These data are on the map already, as “{name}”. Nothing is imported twice by accident.").format(
                    name=known_as
                ),
                "warning",
            )

    def _import_again(self) -> None:
        self._again = True
        self.again.hide()
        self.message.say("")
        self.count()

    def _refused(self, reason: str) -> None:
        self._hide_progress()
        self.message.say(reason)
        self.counted = None
        self._show_button()
        if self.choices is None:
            self.about.setText(_("This file cannot be read as a table. The map is as it was."))
        else:
            self._show_live(_("not counted"))

    # ------------------------------------------------------------ choosing

    def _chosen(self) -> None:
        """A choice was made: shown at once, counted when the hand rests."""
        self.counted = None
        self.message.say("")
        if self.table is not None:
            self.table.follow()
        self._show_dates()
        self._show_button()
        self._show_live("")
        self._pause.start()

    def _ask_role(self, section: int, at: QPoint) -> None:
        assert self.choices is not None
        column = self.choices.columns[section]
        menu = QMenu(self)
        for role in roles().values():
            action = menu.addAction(role.name)
            action.setCheckable(True)
            action.setChecked(role.kind == column.kind)
            action.triggered.connect(partial(self._choose, column.name, role.kind))
        if column.kind == MEASURE:
            menu.addSeparator()
            menu.addAction(_("Edit the figure …")).triggered.connect(lambda: self.ask_question(section, at))
        menu.popup(at)

    def _choose(self, name: str, kind: str, _checked: object = None) -> None:
        assert self.choices is not None
        self.choices.choose(name, kind)

    def ask_question(self, section: int, at: QPoint) -> None:
        """Opens the small window of a figure's column; another column has none."""
        assert self.choices is not None
        column = self.choices.columns[section]
        self._close_popover()
        if column.kind != MEASURE or column.question is None:
            return
        long_form = any(one.kind == "touchpoint" for one in self.choices.columns)
        self.popover = MeasurePopover(column.question, places(self._map.document), self, long_form=long_form)
        self.popover.edited.connect(self._asked)
        self._show_live("")
        room = self.screen().availableGeometry() if self.screen() is not None else self.geometry()
        x = min(at.x(), room.right() - self.popover.width() - 8)
        y = min(at.y(), room.bottom() - self.popover.sizeHint().height() - 8)
        self.popover.move(x, y)
        self.popover.show()

    def _asked(self, question: Question) -> None:
        assert self.choices is not None
        self.choices.ask(question.column, question)

    def _close_popover(self) -> None:
        if self.popover is not None:
            self.popover.close()
            self.popover.deleteLater()
            self.popover = None

    def _ask_delimiter(self) -> None:
        menu = QMenu(self)
        for character, name in delimiters().items():
            menu.addAction(name).triggered.connect(partial(self._read_as, "delimiter", character))
        menu.popup(_below(self.delimiter))

    def _ask_encoding(self) -> None:
        menu = QMenu(self)
        for name in ENCODINGS:
            menu.addAction(name.upper()).triggered.connect(partial(self._read_as, "encoding", name))
        menu.popup(_below(self.encoding))

    def _read_as(self, what: str, value: str, _checked: object = None) -> None:
        source = self.choices.recipe.source if self.choices is not None else Source()
        self.look(replace(source, **{what: value}))  # type: ignore[arg-type]

    def _ask_dates(self) -> None:
        assert self.choices is not None
        menu = QMenu(self)
        menu.addAction(_("See for yourself")).triggered.connect(lambda: self._write_dates(""))
        for pattern in ("%d.%m.%Y", "%Y-%m-%d", "%m/%d/%Y", "%d/%m/%Y"):
            menu.addAction(date_words(pattern)).triggered.connect(partial(self._write_dates, pattern))
        menu.popup(_below(self.dates))

    def _write_dates(self, pattern: str, _checked: object = None) -> None:
        assert self.choices is not None
        self.choices.write_dates(pattern)

    def _show_dates(self) -> None:
        assert self.choices is not None
        dated = any(column.kind == "date" for column in self.choices.columns)
        self.dates.setVisible(dated)
        pattern = self.choices.recipe.columns.date_format
        self.dates.relabel(date_words(pattern) if pattern else _("Dates as they are"))

    def _ask_recipe(self) -> None:
        menu = QMenu(self)
        menu.addAction(_("Suggested")).triggered.connect(lambda: self.look(recipe=None))
        for name, recipe in counting.recipes(self._map.document):
            menu.addAction(name).triggered.connect(partial(self._take_recipe, name, recipe))
        menu.addSeparator()
        menu.addAction(_("From a file …")).triggered.connect(self._open_recipe)
        menu.popup(_below(self.recipe))

    def _take_recipe(self, name: str, recipe: Recipe, _checked: object = None) -> None:
        self.look(recipe.source, (name, recipe))

    def _open_recipe(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("Recipe"), "", _("Recipes ({files})").format(files="*.toml"))
        if path:
            try:
                self._take_recipe(Path(path).stem, read_recipe(Path(path)))
            except Failure as problem:
                self.message.say(str(problem))

    def _save_recipe(self) -> None:
        if self.choices is None:
            return
        suggestion = str(self.path.with_suffix(".toml"))
        path, _kind = QFileDialog.getSaveFileName(
            self, _("Recipe"), suggestion, _("Recipes ({files})").format(files="*.toml")
        )
        if path:
            try:
                write_recipe(Path(path), self.choices.to_recipe())
            except Failure as problem:
                self.message.say(str(problem))
            else:
                self.message.say(_("The recipe is in {path}.").format(path=Path(path).name), "info")

    # ------------------------------------------------------------ counting

    def count(self) -> None:
        """Counts the whole file under the present choices, in a thread."""
        if self.choices is None:
            return
        recipe = self.choices.to_recipe()
        if not recipe.questions:
            self._refused(_("No column is a figure yet. Give at least one the role “Figure”."))
            return
        document, name, again = Document(self._map.document), self.path.stem, self._again
        self._slow.start()
        self._counting.start(
            lambda progress, cancelled: counting.count(
                document, self.path, recipe, name, progress, cancelled, again=again
            )
        )

    def _known(self, counted: Counted) -> None:
        self._hide_progress()
        self.counted = counted
        intake, account = counted.intake, counted.intake.account
        self.summary.show_figures(counted.figures)
        self.summary.show_account(
            account["rows_read"], account["rows_used"], account["rows_dropped"], account["no_touchpoint"]
        )
        kinds = {column.name: column.kind for column in self.choices.columns} if self.choices is not None else {}
        self.summary.show_personal(
            [(name, why, kinds.get(name) == "personal") for name, why in intake.personal.items()]
        )
        self.summary.show_change(_changes(counted), intake.warnings)
        if self.table is not None:
            self.table.follow(dict(counted.bars))
        self._show_button()
        self._show_live("")

    def _show_button(self) -> None:
        counted = self.counted
        self.go.setEnabled(counted is not None and not self._map.session.read_only)
        if counted is None:
            self.go.relabel(_("Import"))
            return
        used = counted.intake.account["rows_used"] - counted.intake.account["no_touchpoint"]
        self.go.relabel(ngettext("Import {n} answer", "Import {n} answers", used).format(n=wording.count(used)))

    def _show_live(self, note: str) -> None:
        if self.popover is None:
            return
        figure = self._figure_of(self.popover.question) if self.counted is not None else None
        self.popover.live.show_figure(figure, note)

    def _figure_of(self, question: Question) -> Figure | None:
        assert self.counted is not None
        mine = {one.id for one in self.counted.intake.measures if one.column == question.column}
        return next((figure for _name, figure in self.counted.figures if figure.measure_id in mine), None)

    def _progress(self, share: float, words: str) -> None:
        self.progress.setValue(round(share * 100))
        self.doing.setText(words)

    def _show_progress(self) -> None:
        for widget in (self.progress, self.doing, self.halt):
            widget.setVisible(self._looking.running or self._counting.running)

    def _hide_progress(self) -> None:
        self._slow.stop()
        for widget in (self.progress, self.doing, self.halt):
            widget.hide()

    def _halt(self) -> None:
        self._looking.stop()
        self._counting.stop()
        self._refused(_("Counting was stopped. The map is as it was; choose something or press Ctrl+R to count again."))

    # ------------------------------------------------------------ the end

    def bring_in(self) -> None:
        """Puts the data on the map, as one step."""
        if self.counted is None:
            return
        intake = self.counted.intake
        try:
            self._map.session.perform(intake.change, blocks=intake.blocks, pairs=intake.pairs)
        except Conflict:
            self.message.say(_("The map was changed meanwhile; the data are counted again for it."), "info")
            self.count()
            return
        except Failure as problem:
            self.message.say(str(problem))
            return
        self.imported.emit(intake.data_set.id)
        self._show_outcome()

    def _show_outcome(self) -> None:
        from journeymap.ui.dialogs.outcome import Outcome

        assert self.counted is not None
        self._close_popover()
        page = Outcome(self._map, self.counted, self)
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        for widget in (
            self.delimiter,
            self.encoding,
            self.dates,
            self._recipe_name,
            self.recipe,
            self.save_recipe,
            self.cancel,
            self.undoable,
        ):
            widget.hide()
        self.go.relabel(_("Done"))
        self.go.clicked.disconnect()
        self.go.clicked.connect(self.close)
        self.go.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+R counts again, Ctrl+Enter imports, Escape closes."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() == Qt.Key.Key_R:
            self.count()
        elif control and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.go.click()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            event.ignore()  # Enter must not press a button that has no focus

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stops what is under way."""
        self._close_popover()
        self._pause.stop()
        self._looking.finish()
        self._counting.finish()
        super().closeEvent(event)


def _changes(counted: Counted) -> list[Line]:
    intake = counted.intake
    figures = len(intake.measures)
    lines = [Line(ngettext("{n} figure added", "{n} figures added", figures).format(n=figures), icon="plus")]
    phases, points = intake.created.get("phases", []), intake.created.get("touchpoints", [])
    if phases:
        text = ngettext("{n} phase begun", "{n} phases begun", len(phases)).format(n=len(phases))
        lines.append(Line(text, remark=", ".join(phases), icon="map"))
    if points:
        text = ngettext("{n} touchpoint begun", "{n} touchpoints begun", len(points)).format(n=len(points))
        lines.append(Line(text, remark=", ".join(points), icon="map"))
    certain = sum(proposal.certain for proposal in counted.proposals)
    if certain:
        lines.append(
            Line(
                ngettext("{n} pain proposed", "{n} pains proposed", certain).format(n=certain),
                icon="warning",
                tint="pain",
            )
        )
    maybe = len(counted.proposals) - certain
    if maybe:
        lines.append(Line(ngettext("{n} worth a look", "{n} worth a look", maybe).format(n=maybe), icon="eye"))
    return lines


def _below(widget: QWidget) -> QPoint:
    return widget.mapToGlobal(QPoint(0, widget.height() + 2))


def _rule(parent: QWidget, *, upright: bool = False) -> QFrame:
    rule = QFrame(parent)
    rule.setProperty("look", "rule")
    if upright:
        rule.setFixedWidth(1)
        rule.setStyleSheet("QFrame { max-height: 16777215px; }")
    return rule


def _timer(parent: QWidget, interval: int, act: object) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(interval)
    timer.timeout.connect(act)
    return timer
