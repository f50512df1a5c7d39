"""What people say: the themes of a data set's comments, and quotes after listening to the source once more.

The map keeps themes (words, counts, shares), never a comment. For quotes the source is needed again: a person points to
the file, its fingerprint has to fit, and what is not kept by its button is forgotten.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QWidget

from journeymap.i18n import _, ngettext
from journeymap.model import hiding, wording
from journeymap.model.records import DataSet, Id, Touchpoint
from journeymap.model.said import Said, Theme, said
from journeymap.ui.controls.buttons import Pill
from journeymap.ui.controls.heads import Message
from journeymap.ui.dialogs.work import Work
from journeymap.ui.map import OpenMap
from journeymap.ui.panels.evidence_part import Part
from journeymap.ui.panels.flat import Column, FlatTable, Row


class SaidPart(Part):
    """One section for each column of comments."""

    def __init__(self, open_map: OpenMap, parent: QWidget) -> None:
        super().__init__(open_map, parent)
        self.tables: list[FlatTable] = []
        self._heard: dict[Id, list[object]] = {}
        self.work = Work(self)
        self.work.progressed.connect(self._progress)
        self.work.done.connect(self._done)
        self.work.failed.connect(self._failed)
        open_map.closed.connect(self.work.finish)
        self._listening: Id | None = None
        self._told: dict[Id, str] = {}
        self._bars: dict[Id, QProgressBar] = {}
        self.buttons: dict[Id, Pill] = {}

    def build(self) -> None:
        """Fills the column."""
        self.tables, self._bars, self.buttons = [], {}, {}
        found = said(self.open_map.document)
        if not found:
            self.words(
                _(
                    "No comments have been heard yet. Name a column of comments when you import a survey: its themes are kept as words and counts, the comments are not."
                ),
                tint="text3",
            )
        for place, one in enumerate(found):
            if place:
                self.column.addSpacing(28)
            self._section(one)
            if place + 1 == len(found) or found[place + 1].data_set_id != one.data_set_id:
                self._foot(one.data_set_id)

    def _section(self, one: Said) -> None:
        head = ngettext("“{column}”: {n} comment", "“{column}”: {n} comments", one.comments)
        self.words(head.format(column=one.column, n=wording.count(one.comments)), size=16, weight=600, tint="text")
        told = [one.data_set]
        if one.every > 1:
            told.append(_("one in {n} was read").format(n=one.every))
        if one.places:
            told.append(
                _("sentiment holds at {n} of {places} places where it could be checked").format(
                    n=one.holds, places=one.places
                )
                if one.holds
                else _("sentiment is no figure here: it could not be shown to hold")
            )
        self.words("; ".join(told) + ".")
        self.column.addSpacing(8)
        if not one.themes:
            self.words(_("No theme was spoken of by enough people."), tint="text3")
            return
        table = FlatTable(_("Themes in {column}").format(column=one.column), _columns(one), self)
        table.show_rows([self._row(theme) for theme in one.themes])
        table.chosen.connect(self.chosen)
        self.tables.append(table)
        self.column.addWidget(table)

    def _row(self, theme: Theme) -> Row:
        ends = f"{wording.number(100 * theme.low)} … {wording.share(theme.high)}"
        judged = "–"
        if theme.good is not None and theme.bad is not None:
            judged = _("{good} praise, {bad} blame").format(
                good=wording.count(theme.good), bad=wording.count(theme.bad)
            )
        where = (
            ", ".join(_("{name} {n}").format(name=name, n=wording.count(n)) for name, n in theme.touchpoints[:3]) or "–"
        )
        places = self.open_map.document.all(Touchpoint)
        first = theme.touchpoints[0][0].casefold() if theme.touchpoints else ""
        here = next((one.id for one in places if one.name.casefold() == first), None)
        cells = (theme.name, wording.count(theme.count), wording.share(theme.share), ends, _trend(theme), where, judged)
        return Row(here, cells, _tip(theme))

    def _foot(self, data_set_id: Id) -> None:
        """The button that listens again, its progress, and the quotes that were found."""
        data_set = self.open_map.document.one(DataSet, data_set_id)
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 12, 0, 0)
        busy = self._listening == data_set_id
        button = Pill(_("Stop") if busy else _("Listen again for quotes…"), holder, icon="" if busy else "quotes")
        button.setToolTip(
            _("Choose {source}: comments are not stored, so quotes come from the file itself.").format(
                source=data_set.source
            )
        )
        button.clicked.connect(lambda: self._ask(data_set_id))
        self.buttons[data_set_id] = button
        row.addWidget(button)
        bar = QProgressBar(holder)
        bar.setRange(0, 1000)
        bar.setVisible(busy)
        self._bars[data_set_id] = bar
        row.addWidget(bar, 1)
        if not busy:
            row.addStretch(1)
        self.column.addWidget(holder)
        message = Message(self)
        message.say(self._told.get(data_set_id, ""))
        self.column.addWidget(message)
        for heard in self._heard.get(data_set_id, []):
            from journeymap.ui.dialogs.themes import Themes

            self.column.addSpacing(16)
            self.column.addWidget(Themes(self.open_map, heard, data_set, self))  # type: ignore[arg-type]

    # ------------------------------------------------------------ listening again

    def _ask(self, data_set_id: Id) -> None:
        if self._listening is not None:
            self.work.stop()
            self._end(self._listening, _("Listening was stopped."))
            return
        data_set = self.open_map.document.one(DataSet, data_set_id)
        names, _kind = QFileDialog.getOpenFileNames(
            self, _("Where is {source}?").format(source=data_set.source), "", _("All files (*)")
        )
        if names:
            self.listen(data_set_id, [Path(name) for name in names])

    def listen(self, data_set_id: Id, paths: Sequence[Path]) -> None:
        """Listens to the files in a thread, where they are those that were imported."""
        document = self.open_map.document
        data_set = document.one(DataSet, data_set_id)
        names = [one.name for one in document.all(Touchpoint)]
        least = hiding.limit(document, data_set_id)
        self._listening = data_set_id
        self._told.pop(data_set_id, None)

        def task(progress: object, cancelled: object) -> object:
            from journeymap.data import comments

            return comments.again(data_set, paths, names, limit=least, progress=progress, cancelled=cancelled)  # type: ignore[arg-type]

        self.work.start(task)
        self.refresh()

    def _progress(self, share: float, words: str) -> None:
        bar = self._bars.get(self._listening or "")
        if bar is not None:
            bar.setValue(round(1000 * share))
            bar.setFormat(words)

    def _done(self, heard: list[object]) -> None:
        if self._listening is not None:
            self._heard[self._listening] = heard
            self._end(self._listening, "")

    def _failed(self, sentence: str) -> None:
        if self._listening is not None:
            self._end(self._listening, sentence)

    def _end(self, data_set_id: Id, sentence: str) -> None:
        self._listening = None
        self._told[data_set_id] = sentence
        self.refresh()

    def select(self, touchpoint: Id | None) -> None:
        """Shows a touchpoint's most frequent theme as selected."""
        for table in self.tables:
            table.go(touchpoint)


def _columns(one: Said) -> tuple[Column, ...]:
    """The columns of the table; trend, place and sentiment only where the source told them."""
    dated = any(len(theme.trend) > 1 for theme in one.themes)
    placed = any(theme.touchpoints for theme in one.themes)
    judged = any(theme.good is not None for theme in one.themes)
    never = 1 << 20
    return (
        Column(_("Theme"), 26), Column(_("Comments"), 12, right=True), Column(_("Share"), 9, right=True),
        Column(_("95 % interval"), 15, right=True, least=560), Column(_("Trend"), 20, least=640 if dated else never),
        Column(_("Where"), 26, least=480 if placed else never), Column(_("Sentiment"), 20, least=760 if judged else never),
    )  # fmt: skip


def _trend(theme: Theme) -> str:
    if len(theme.trend) < 2:
        return "–"
    ends = f"{wording.share(theme.trend[0][1])} → {wording.share(theme.trend[-1][1])}"
    turned = {"rising": _("rising"), "falling": _("falling")}.get(theme.change)
    return f"{turned}, {ends}" if turned else _("no clear change")


def _tip(theme: Theme) -> str:
    return "\n".join([theme.name, *(f"{period}: {wording.share(share)}" for period, share in theme.trend)])
