"""After an import: what came in, and the pains that the data propose, to be accepted or dismissed at once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from journeymap.i18n import _, ngettext
from journeymap.model import wording
from journeymap.ui.controls.heads import Words
from journeymap.ui.dialogs.counting import Counted
from journeymap.ui.dialogs.summary import Line
from journeymap.ui.dialogs.themes import Themes
from journeymap.ui.map import OpenMap
from journeymap.ui.panels.proposals import ProposalList


class Outcome(QFrame):
    """The last page of the import dialog."""

    def __init__(self, open_map: OpenMap, counted: Counted, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        outer.addWidget(scroll)
        page = QWidget(scroll)
        scroll.setWidget(page)
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 24, 24, 24)
        column.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        inner = QWidget(page)
        inner.setMaximumWidth(760)
        inner.setMinimumWidth(420)
        column.addWidget(inner)
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        account = counted.intake.account
        used = account["rows_used"] - account["no_touchpoint"]
        title = ngettext("{n} answer is on the map", "{n} answers are on the map", used).format(n=wording.count(used))
        rows.addWidget(Words(title, inner, size=23, weight=600))
        figures = len(counted.intake.measures)
        line = ngettext("{n} figure from {name}.", "{n} figures from {name}.", figures)
        rows.addWidget(
            Words(
                line.format(n=figures, name=counted.intake.data_set.name) + " " + _("Undo takes them off again."),
                inner,
                tint="text2",
                wrap=True,
            )
        )
        rows.addSpacing(16)
        self.proposals = ProposalList(open_map, None, inner)
        rows.addWidget(self.proposals)
        self.themes = [Themes(open_map, one, counted.intake.data_set, inner) for one in counted.heard if one.themes]
        for themes in self.themes:
            rows.addSpacing(16)
            rows.addWidget(themes)
        rows.addStretch(1)


def changes(counted: Counted, *, again: bool = False) -> list[Line]:
    """What an import will do to the map, in lines; `again`: former data go when these come."""
    intake = counted.intake
    figures = len(intake.measures)
    lines = [Line(ngettext("{n} figure added", "{n} figures added", figures).format(n=figures), icon="plus")]
    if again:
        lines.append(Line(_("The former import of these data goes"), icon="refresh"))
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
    for one in counted.heard:
        text = ngettext("{n} theme in {all} comments", "{n} themes in {all} comments", len(one.themes))
        words = text.format(n=len(one.themes), all=wording.count(one.count))
        lines.append(Line(words, remark=", ".join(theme.words[0] for theme in one.themes), icon="quotes"))
    maybe = len(counted.proposals) - certain
    if maybe:
        lines.append(Line(ngettext("{n} worth a look", "{n} worth a look", maybe).format(n=maybe), icon="eye"))
    return lines
