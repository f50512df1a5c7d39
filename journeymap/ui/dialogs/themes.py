"""What people say: the themes of a column of comments, and typical quotes that a person may keep.

A quote is stored only by its button. Names, numbers and addresses that were found in it are replaced already; the text
can be read, and corrected on the map, before anyone else sees it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from journeymap.data.comments import Heard, Listened
from journeymap.i18n import _, ngettext
from journeymap.model import commands, wording
from journeymap.model.records import DataSet, Quote, Touchpoint
from journeymap.ui.controls import ink
from journeymap.ui.controls.buttons import Pill
from journeymap.ui.controls.heads import Message, SectionHead, Words
from journeymap.ui.map import OpenMap
from journeymap.ui.panels.doing import attempt

SHOWN = 3
"""Quotes of a theme that are offered."""


class QuoteOffer(QWidget):
    """One quote and its button."""

    def __init__(self, owner: Themes, text: str, place: str) -> None:
        super().__init__(owner)
        self._owner, self.text, self.place = owner, text, place
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(12)
        said = QVBoxLayout()
        said.setContentsMargins(0, 5, 0, 5)  # on the line of the button
        said.addWidget(Words(_("“{text}”").format(text=text), self, tint="text2", wrap=True))
        row.addLayout(said, 1)
        self.keep = Pill(_("Keep"), self, tone="plain")
        self.keep.setAccessibleDescription(text)
        self.keep.clicked.connect(lambda: owner.keep(self))
        row.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignTop)
        self.refresh()

    def refresh(self) -> None:
        """Whether it is on the map already."""
        kept = any(quote.text == self.text for quote in self._owner.open_map.document.all(Quote))
        self.keep.relabel(_("Kept") if kept else _("Keep"))
        self.keep.setEnabled(not kept and not self._owner.open_map.session.read_only)


class ThemeRow(QFrame):
    """One theme: name, how many speak of it, where, whether it rises; its quotes."""

    def __init__(self, owner: Themes, theme: Heard) -> None:
        super().__init__(owner)
        self.theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 10)
        column.setSpacing(2)
        column.addWidget(Words(theme.name, self, weight=600, wrap=True))
        column.addWidget(Words(described(theme), self, tint="text2", wrap=True))
        self.quotes = [QuoteOffer(owner, text, place) for text, place in theme.quotes[:SHOWN]]
        for quote in self.quotes:
            column.addWidget(quote)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A hairline below."""
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, ink.colour("hair"))


class Themes(QWidget):
    """The themes of one column of comments."""

    def __init__(self, open_map: OpenMap, heard: Listened, data_set: DataSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.open_map, self._data_set = open_map, data_set
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = SectionHead(_("What they say: {column}").format(column=heard.said.column), self, size=16)
        head.end.setText(ngettext("{n} comment", "{n} comments", heard.count).format(n=wording.count(heard.count)))
        column.addWidget(head)
        self.message = Message(self)
        column.addWidget(self.message)
        column.addWidget(
            Words(
                _(
                    "Names, numbers and addresses that were found are taken out, but not every one can be found: read a quote before you keep it. What you do not keep is not stored."
                ),
                self,
                tint="text3",
                wrap=True,
            )
        )
        self.rows = [ThemeRow(self, theme) for theme in heard.themes]
        for row in self.rows:
            column.addWidget(row)

    def keep(self, offer: QuoteOffer) -> None:
        """Puts a quote on the map, at its touchpoint."""
        where = " ".join(offer.place.split()).casefold()
        here = next((one for one in self.open_map.document.all(Touchpoint) if one.name.casefold() == where), None)
        self.message.say(
            attempt(
                self.open_map,
                lambda document: commands.add_quote(
                    document,
                    offer.text,
                    touchpoint_id=here.id if here else None,
                    data_set_id=self._data_set.id if document.get(DataSet, self._data_set.id) else None,
                    source=self._data_set.name,
                ),
            )
        )
        offer.refresh()


def described(theme: Heard) -> str:
    """How many comments speak of a theme, how sure, where, and where it goes, in one line."""
    parts = [
        ngettext(
            "{n} comment, {share} (95 % interval {low} to {high})",
            "{n} comments, {share} (95 % interval {low} to {high})",
            theme.count,
        ).format(
            n=wording.count(theme.count),
            share=wording.share(theme.share),
            low=wording.share(theme.low),
            high=wording.share(theme.high),
        )
    ]
    if theme.change:
        parts.append(_("rising") if theme.change == "rising" else _("falling"))
    if theme.bad is not None and theme.good is not None:
        parts.append(
            _("{good} praise, {bad} blame").format(good=wording.count(theme.good), bad=wording.count(theme.bad))
        )
    if theme.touchpoints:
        parts.append(_("most at {name}").format(name=theme.touchpoints[0][0]))
    return "; ".join(parts)
