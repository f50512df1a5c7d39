"""The import dialog: the file's own rows, a role above each column, and at the right what comes of it, counted live.

Nothing is guessed in secret: the suggestion is shown, corrected by a person, counted anew in a thread after each
choice, and only the button puts it on the map, as one step that can be undone.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from journeymap.data import Source
from journeymap.data.address import Address
from journeymap.failure import Failure
from journeymap.i18n import _, ngettext
from journeymap.model import wording
from journeymap.model.document import Conflict, Document
from journeymap.model.records import Id
from journeymap.ui.dialogs import asking, counting
from journeymap.ui.dialogs.choosing import Choosing, timer
from journeymap.ui.dialogs.counting import Counted, Ears
from journeymap.ui.map import OpenMap
from journeymap.ui.settings import Settings

PAUSE_MS = 250
"""Counting begins when nothing was chosen for this long."""
LEAVING = 2
"""Seconds that a closing window waits for a server."""


class ImportDialog(Choosing):
    """`ImportDialog(open_map, path, parent)`; `imported(data set id)` after it has put data on the map.

    `instead`: a data set of the map that is imported again, by its recipe, and goes when the new one comes.
    """

    imported = Signal(str)

    def __init__(
        self,
        open_map: OpenMap,
        path: Path | Address,
        parent: QWidget | None = None,
        *,
        instead: Id = "",
        source: Source | None = None,
    ) -> None:
        super().__init__(open_map, path, parent, instead=instead)
        self._warned = self._finished = False
        self._ears = Ears()
        self._pause = timer(self, PAUSE_MS, self.count)
        self._connect()
        self.look(source, recipe=self._former())

    def _connect(self) -> None:
        self.head.again.clicked.connect(self._import_again)
        self.summary.figures.chosen.connect(self._jump)
        self.go.clicked.connect(self.bring_in)
        self.foot.cancel.clicked.connect(self._leave)
        self.foot.halt.clicked.connect(self._halt)
        QShortcut(QKeySequence("Ctrl+R"), self, self.count)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.go.click)
        self._looking.done.connect(self._looked)
        self._looking.done.connect(lambda _looked: self._hide_progress())
        self._looking.failed.connect(self._refused)
        self._counting.done.connect(self._known)
        self._counting.failed.connect(self._refused)
        self._counting.progressed.connect(self.foot.say)
        self._map.changed.connect(self._map_changed)
        self._map.closed.connect(self._leave)

    # ------------------------------------------------------------ choosing

    def chosen(self) -> None:
        """A choice was made: shown at once, counted when the hand rests."""
        self.counted, self._touched, self._warned = None, True, False
        self.message.say("")
        self._show_choices()
        self._show_button()
        self._show_live("")
        self._pause.start()

    def _map_changed(self, _change: object) -> None:
        """The map was edited while this window is open: what would come of the import follows."""
        if self.choices is not None and not self._finished:
            self._show_choices()
            self._pause.start()

    def _jump(self, measure_id: str) -> None:
        """From a figure to its column."""
        measures = self.counted.intake.measures if self.counted is not None else ()
        name = next((one.column for one in measures if one.id == measure_id), None)
        if self.choices is not None and self.table is not None and name in self.choices.sample.columns:
            self.table.show_column(str(name))

    def _import_again(self) -> None:
        self._again = True
        self.head.again.hide()
        self.message.say("")
        self.count()

    def _refused(self, reason: str) -> None:
        """Says why: in the small window that is open, else in the head."""
        self._hide_progress()
        if not self.editing.complain(reason):
            self.head.say(reason)
        self.counted = None
        self.summary.forget()
        self._show_button()
        if self.choices is None:
            self.head.about.setText(_("This file cannot be read as a table. The map is as it was."))
        else:
            self._show_live(_("not counted"))

    # ------------------------------------------------------------ counting

    def count(self) -> None:
        """Counts the whole file under the present choices, in a thread."""
        if self.choices is None or self._finished:
            return
        recipe = self.choices.to_recipe()
        if not recipe.questions:
            self._refused(_("No column is a figure yet. Give at least one the role “Figure”, or add one from several columns."))  # fmt: skip
            return
        if fault := next((said for one in self.choices.figures if (said := asking.lacking(one, composed=True))), ""):
            self._refused(fault)
            return
        document, name, again, ears, instead = (
            Document(self._map.document), self.choices.sample.title, self._again, self._ears, self._instead
        )  # fmt: skip
        self._slow.start()
        self._counting.start(
            lambda progress, cancelled: counting.count(
                document, self.path, recipe, name, progress, cancelled, again=again, ears=ears, instead=instead
            )
        )

    def _known(self, counted: Counted) -> None:
        self._hide_progress()
        from journeymap.ui.dialogs.outcome import changes

        self.counted = counted
        kinds = {one.name: one for one in self.choices.columns} if self.choices is not None else {}
        out = {name for name, one in kinds.items() if one.kind == "personal" or one.hashed}
        self.summary.show_counted(counted.intake, counted.figures, out)
        self.summary.show_change(changes(counted, again=bool(self._instead)), counted.intake.warnings)
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
        n = used(counted)
        self.go.relabel(ngettext("Import {n} answer", "Import {n} answers", n).format(n=wording.count(n)))

    def _show_live(self, note: str) -> None:
        self.editing.show_live(self.counted, note)

    def _hide_progress(self) -> None:
        self._slow.stop()
        self.foot.show_progress(shown=False)

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
        self._finished = True  # what changes now is our own doing
        try:
            self._map.session.perform(intake.change, blocks=intake.blocks, pairs=intake.pairs)
        except Conflict:
            self._finished = False
            self.message.say(_("The map was changed meanwhile; the data are counted again for it."), "info")
            self.count()
            return
        except Failure as problem:
            self._finished = False
            self.message.say(str(problem))
            return
        self.imported.emit(intake.data_set.id)
        self._show_outcome()

    def _show_outcome(self) -> None:
        from journeymap.ui.dialogs.outcome import Outcome

        assert self.counted is not None
        self.editing.close()
        page = Outcome(self._map, self.counted, self)
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        self.head.finish()
        self.foot.finish()
        self.go.relabel(_("Done"))
        self.go.clicked.disconnect()
        self.go.clicked.connect(self.close)
        self.go.setFocus()

    def remember(self, settings: Settings) -> None:
        """Opens where it was closed last, and keeps where it is closed."""
        place = settings.place("import")
        if place is not None:
            self.restoreGeometry(place)
        self.finished.connect(lambda _result: settings.keep_place("import", self.saveGeometry()))

    def _leave(self) -> None:
        """Closes without asking."""
        self._touched = False
        self.close()

    def reject(self) -> None:
        """Escape or the window's cross: stops what is under way. Choices that would be lost are named once before."""
        if self._touched and not self._warned and not self._finished:
            self._warned = True
            self.head.say(
                _(
                    "Your choices are not on the map. Escape once more closes this window; the recipe can be saved first."
                ),
                "warning",
            )
            return
        self.editing.close()
        self._pause.stop()
        wait = LEAVING if isinstance(self.path, Address) else 10  # who connects cannot be told, and gives up by itself
        self._looking.finish(wait)
        self._counting.finish(wait)
        super().reject()


def used(counted: Counted) -> int:
    """The rows that a figure is made of."""
    return int(counted.intake.account["rows_used"]) - int(counted.intake.account["no_touchpoint"])
