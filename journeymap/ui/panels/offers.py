"""What imports found for the register: personal columns as entries, taken over at a touchpoint with one click."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from journeymap.i18n import _, ngettext
from journeymap.model import commands, register
from journeymap.model.journey import every_touchpoint
from journeymap.model.records import DataSet
from journeymap.model.register import Offer
from journeymap.ui.controls import ink
from journeymap.ui.controls.buttons import Pill
from journeymap.ui.controls.fields import ChoiceField
from journeymap.ui.controls.heads import Message, SectionHead, Words
from journeymap.ui.map import OpenMap
from journeymap.ui.panels.doing import attempt


class OfferRow(QFrame):
    """One offered entry: what it says, at which touchpoint, take over or dismiss."""

    def __init__(self, owner: OfferList, offer: Offer) -> None:
        super().__init__(owner)
        self.offer = offer
        document = owner.open_map.document
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 10)
        column.setSpacing(2)
        column.addWidget(Words(offer.data, self, weight=600, wrap=True))
        column.addWidget(Words(offer.purpose, self, tint="text2", wrap=True))
        data_set = document.get(DataSet, offer.data_set_id)
        name = data_set.name if data_set is not None else ""
        said = _("The map keeps pseudonyms of it; they are still personal data.") if offer.pseudonymised else (
            _("Left out of the map when “{name}” was imported; who keeps the source still processes it.").format(name=name)
        )  # fmt: skip
        column.addWidget(Words(said, self, tint="text3", wrap=True))
        column.addSpacing(4)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.where = ChoiceField(_("At which touchpoint"), self)
        self.where.setMaximumWidth(220)
        self._places = [(one.id, one.name or _("No name")) for one in every_touchpoint(document)]
        self._chosen = offer.touchpoint_id
        self.where.show_options(list(self._places), self._chosen)
        self.where.chosen.connect(self._choose)
        self.take = Pill(_("Add to the register"), self, tone="plain", weight=500)
        self.dismiss = Pill(_("Dismiss"), self, tone="quiet")
        for button in (self.take, self.dismiss):
            button.setAccessibleDescription(offer.data)
        self.take.setEnabled(self._chosen is not None)
        self.take.clicked.connect(lambda: owner.take(offer, self._chosen))
        self.dismiss.clicked.connect(lambda: owner.dismiss(offer))
        column.addWidget(self.where)
        column.addSpacing(4)
        for button in (self.take, self.dismiss):
            foot.addWidget(button)
        foot.addStretch(1)
        column.addLayout(foot)

    def _choose(self, touchpoint_id: object) -> None:
        self._chosen = str(touchpoint_id)
        self.where.show_options(list(self._places), self._chosen)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A hairline below."""
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, ink.colour("hair"))


class OfferList(QWidget):
    """All open offers; takes no room where there is none."""

    def __init__(self, open_map: OpenMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.open_map = open_map
        self.rows: list[OfferRow] = []
        self._shown: list[Offer] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._head = SectionHead(_("Found by imports"), self, size=16)
        self.message = Message(self)
        self._column.addWidget(self._head)
        self._column.addWidget(self.message)
        self.refresh()

    def refresh(self) -> None:
        """Shows what imports found and nobody has decided on yet."""
        found = register.offers(self.open_map.document)
        if found != self._shown:
            self._shown = found
            for row in self.rows:
                row.hide()
                row.deleteLater()
            self.rows = [OfferRow(self, offer) for offer in found]
            for row in self.rows:
                self._column.addWidget(row)
        for row in self.rows:
            row.setEnabled(not self.open_map.session.read_only)
        self._head.end.setText(ngettext("{n} entry offered", "{n} entries offered", len(found)).format(n=len(found)))
        self.setVisible(bool(found))

    def take(self, offer: Offer, touchpoint_id: str | None) -> None:
        """Puts it into the register."""
        if touchpoint_id is not None:
            self.message.say(
                attempt(self.open_map, lambda document: commands.take_offer(document, offer, touchpoint_id))
            )

    def dismiss(self, offer: Offer) -> None:
        """Turns it down for good."""
        self.message.say(attempt(self.open_map, lambda document: commands.dismiss_offer(document, offer)))
