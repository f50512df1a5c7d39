"""The table of a refresh: what each figure was, what it is, and whether that is more than chance."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from journeymap.data.difference import gap
from journeymap.i18n import _
from journeymap.model import comparison, wording
from journeymap.model.moves import Move
from journeymap.ui.controls import ink

ROW, HEAD = 30, 26
VALUE, GAP, WORD = 96.0, 152.0, 148.0
"""The widths of the columns; the names have the rest."""
_ORDER = {"worse": 0, "better": 1, "no clear change": 2, None: 3}
_TINT = {"worse": "pain", "better": "met", "no clear change": "text3", None: "text3"}
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Moved(QWidget):
    """One line a figure: what is surely worse first, then better, then what has not clearly changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.moves: list[Move] = []
        self._word = WORD

    def show_moves(self, moves: Sequence[Move]) -> None:
        """Shows them."""
        self.moves = sorted(moves, key=lambda move: _ORDER[move.word])
        self._word = max([WORD, *(24 + ink.text_width(_word(move), 13, 600) for move in moves)])
        self.setAccessibleName("; ".join(_spoken(move) for move in self.moves))
        self.setFixedHeight(HEAD + ROW * len(self.moves) if self.moves else 0)
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(640, HEAD + ROW * len(self.moves))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        if not self.moves:
            return
        painter = QPainter(self)
        wide = float(self.width())
        # name | before | after | difference | word
        last = wide - self._word
        edges = (last - GAP - 2 * VALUE, last - GAP - VALUE, last - GAP, last)
        heads = (_("Before"), _("Now"), _("Difference, 95 %"))
        for left, right, text in zip(edges, edges[1:], heads, strict=False):
            ink.write(painter, QRectF(left, 0, right - left - 12, HEAD), text, 11, tint="text3", align=_RIGHT)
        painter.fillRect(QRectF(0, HEAD - 1, wide, 1), ink.colour("border"))
        for place, move in enumerate(self.moves):
            self._line(painter, HEAD + ROW * float(place), edges, move)

    def _line(self, painter: QPainter, top: float, edges: Sequence[float], move: Move) -> None:
        certain = move.word in {"better", "worse"}
        name = move.place or _("The whole journey")
        used = min(ink.text_width(name, 13, 600 if certain else 400), edges[0] * 0.68)
        ink.write(painter, QRectF(0, top, used + 2, ROW), name, weight=600 if certain else 400)
        ink.write(painter, QRectF(used + 10, top, edges[0] - used - 10, ROW), move.after.name, 12, tint="text3")
        cells = ((wording.value(move.before), "text2"), (wording.value(move.after), "text"), (gap(move), "text2"))
        for left, right, (text, tint) in zip(edges, edges[1:], cells, strict=False):
            ink.write(painter, QRectF(left, top, right - left - 12, ROW), text, tint=tint, figures=True, align=_RIGHT)
        tint = _TINT[move.word]
        word = _word(move)
        if certain:
            up = (move.difference.value > 0) if move.difference is not None else False
            ink.icon(painter, "arrow-up" if up else "arrow-down", QPointF(edges[3] + 8, top + ROW / 2), 14, tint)
        box = QRectF(edges[3] + 22, top, self.width() - edges[3] - 22, ROW)
        ink.write(painter, box, word, weight=600 if certain else 400, tint=tint)
        painter.fillRect(QRectF(0, top + ROW - 1, self.width(), 1), ink.colour("hair"))


def _word(move: Move) -> str:
    return comparison.spoken(move.word) if move.word is not None else move.after.note or _("not compared")


def _spoken(move: Move) -> str:
    word = comparison.spoken(move.word) if move.word is not None else _("not compared")
    return _("{place}, {figure}: {before}, now {after}, {word}").format(
        place=move.place or _("The whole journey"), figure=move.after.name, before=wording.value(move.before),
        after=wording.value(move.after), word=word,
    )  # fmt: skip
