"""The start page: begin, open, recent maps and templates as drawn thumbnails; everything within reach of the keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from journeymap import templates
from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.templates import own
from journeymap.ui import theme, thumbnail
from journeymap.ui.controls import ink
from journeymap.ui.controls.buttons import Painted, Segmented
from journeymap.ui.controls.heads import Words
from journeymap.ui.panels.reading import day_month
from journeymap.ui.thumbnail import About, Maker, Portraits
from journeymap.ui.tiles import OwnTile, Tile, Tiles

RAIL = 264


class Mark(QWidget):
    """The sign: a curve with its last point, in a rounded square."""

    def __init__(self, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.width() / 32, self.height() / 32)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink.colour("brand"))
        painter.drawRoundedRect(QRectF(0, 0, 32, 32), 8, 8)
        path = QPainterPath(QPointF(7, 19.5))
        path.cubicTo(11, 19.5, 10.6, 10.5, 15, 10.5)
        path.cubicTo(19.4, 10.5, 19, 21.5, 23.5, 21.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink.colour("on_brand"), 2.6, c=Qt.PenCapStyle.RoundCap))
        painter.drawPath(path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink.colour("on_brand"))
        painter.drawEllipse(QPointF(24.2, 21.5), 2.9, 2.9)


class Wide(Painted):
    """A wide button of the rail: icon, words, key."""

    def __init__(self, icon: str, text: str, key: str, *, primary: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._key, self._primary = icon, key, primary
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(f"{text}  {key}")
        self.setFixedHeight(40)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it."""
        painter = QPainter(self)
        over = self.underMouse() or self.isDown()
        fill = ("brand_hi" if over else "brand") if self._primary else "hover" if over else "card"
        ink.panel(painter, self.box(), fill, None if self._primary else "border", 8)
        tint = "on_brand" if self._primary else "text"
        box = self.box().adjusted(16, 0, -12, 0)
        ink.icon(painter, self._icon, QPointF(box.left() + 7, box.center().y()), 16, tint)
        wide = ink.text_width(self._key, 11) + 10
        key = QRectF(box.right() - wide, box.center().y() - 9, wide, 18)
        if not self._primary:
            ink.panel(painter, key, None, "border", 4)
        ink.write(painter, key, self._key, 11, 400, tint if self._primary else "text3", Qt.AlignmentFlag.AlignHCenter)
        ink.write(painter, box.adjusted(23, 0, -wide - 6, 0), self.text(), 13, 600 if self._primary else 500, tint)
        if self.hasFocus():
            if self._primary:
                ink.panel(painter, self.box().adjusted(2, 2, -2, -2), None, "on_brand", 6)
            else:
                ink.focus_ring(painter, self.box())


class StartPage(QFrame):
    """Where one begins. Signals: `open_requested(path)` for a recent map, `browse_requested()` for Open,
    `new_requested(template)`, `data_requested()`, `map_requested()` for a map of another program, `language_chosen` for
    that of the templates, `delete_requested(template)` for one's own.
    """

    open_requested = Signal(object)
    browse_requested = Signal()
    new_requested = Signal(str)
    data_requested = Signal()
    map_requested = Signal()
    language_chosen = Signal(str)
    delete_requested = Signal(str)

    def __init__(
        self,
        recent: Sequence[Path],
        parent: QWidget | None = None,
        *,
        cache: Path | None = None,
        language: str | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Start"))
        self.language = templates.language(language)
        self._cache = cache if cache is not None else thumbnail.cache_folder()
        self._portraits = Portraits(self)
        self._portraits.ready.connect(self._show)
        self._tiles: dict[str, Tile] = {}
        self._grids: list[Tiles] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail())
        row.addWidget(self._gallery([Path(path) for path in recent]), 1)
        self._draw()

    # ------------------------------------------------------------ building

    def _rail(self) -> QWidget:
        rail = QFrame(self)
        rail.setProperty("look", "panel")
        rail.setFixedWidth(RAIL)
        column = QVBoxLayout(rail)
        column.setContentsMargins(24, 32, 24, 24)
        column.setSpacing(8)
        name = QHBoxLayout()
        name.setSpacing(12)
        name.addWidget(Mark(32, rail))
        name.addWidget(Words("Journeymap", rail, size=23, weight=600), 1)
        column.addLayout(name)
        column.addSpacing(20)
        self.new = Wide("plus", _("New map"), "Ctrl N", primary=True, parent=rail)
        self.browse = Wide("open", _("Open"), "Ctrl O", parent=rail)
        self.data = Wide("table", _("Begin with data"), "Ctrl I", parent=rail)
        self.file = Wide("download", _("From a file"), "Ctrl Shift N", parent=rail)
        self.file.setToolTip(_("A map of another program: Mermaid, CJML, JSON, or a table in a spreadsheet"))
        self.new.clicked.connect(lambda: self.new_requested.emit(templates.BLANK))
        self.browse.clicked.connect(self.browse_requested)
        self.data.clicked.connect(self.data_requested)
        self.file.clicked.connect(self.map_requested)
        for button in (self.new, self.browse, self.file, self.data):
            column.addWidget(button)
        column.addStretch(1)
        column.addWidget(_Promise(rail))
        return rail

    def _gallery(self, recent: list[Path]) -> QWidget:
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = _Ground(scroll)
        column = QVBoxLayout(page)
        column.setContentsMargins(48, 32, 40, 32)
        column.setSpacing(8)
        if recent:
            column.addWidget(Words(_("Recent"), page, size=19, weight=600))
            column.addSpacing(4)
            column.addWidget(self._grid(page, [self._recent(path) for path in recent]))
            column.addSpacing(20)
        self._head = QWidget(page)
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(Words(_("Start from a template"), page, size=19, weight=600), 1)
        self.languages = Segmented((("en", "English"), ("de", "Deutsch")), _("Language of the templates"), page)
        self.languages.setMinimumWidth(144)
        self.languages.show_value(self.language)
        self.languages.chosen.connect(self.choose_language)
        head.addWidget(self.languages)
        column.addWidget(self._head, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(4)
        column.addWidget(self._grid(page, [self._template(name) for name in templates.names()]))
        self._mine = QWidget(page)
        column.addWidget(self._mine)
        self._fill_mine()
        column.addStretch(1)
        scroll.setWidget(page)
        self._scroll = scroll
        return scroll

    def _grid(self, page: QWidget, tiles: list[Tile]) -> Tiles:
        grid = Tiles(page)
        for tile in tiles:
            grid.add(tile)
        self._grids.append(grid)
        return grid

    def _recent(self, path: Path) -> Tile:
        tile = Tile(path.stem, _when(path), self)
        tile.clicked.connect(lambda: self.open_requested.emit(path))
        self._tiles[f"map {path}"] = tile
        return tile

    def _fill_mine(self) -> None:
        """Own templates, where there are any."""
        found = own.every()
        self._mine.setVisible(bool(found))
        if not found:
            return
        column = QVBoxLayout(self._mine)
        column.setContentsMargins(0, 20, 0, 0)
        column.setSpacing(8)
        column.addWidget(Words(_("My templates"), self._mine, size=19, weight=600))
        column.addSpacing(4)
        column.addWidget(self._grid(self._mine, [self._own(one) for one in found]))

    def show_own(self) -> None:
        """Lists the own templates anew: one has gone or come back."""
        old, page = self._mine, self._mine.parentWidget()
        self._grids = [grid for grid in self._grids if grid.parentWidget() is not old]
        self._tiles = {key: tile for key, tile in self._tiles.items() if not isinstance(tile, OwnTile)}
        self._mine = QWidget(page)
        layout = page.layout() if page is not None else None
        if layout is not None:
            layout.replaceWidget(old, self._mine)
        old.hide()
        old.deleteLater()
        self._fill_mine()
        self._flow()
        self._draw()

    def _own(self, one: own.Own) -> Tile:
        tile = OwnTile(one.title, one.about, self)
        if one.problem:
            tile.show_about(About(one.title, problem=one.problem), one.about)
        else:
            tile.clicked.connect(lambda: self.new_requested.emit(one.name))
        tile.delete_requested.connect(lambda: self.delete_requested.emit(one.name))
        self._tiles[f"template {one.name}"] = tile
        return tile

    def choose_language(self, language: str) -> None:
        """Shows the built-in templates in another language, and begins maps in it."""
        if language == self.language:
            return
        self.language = language
        self.languages.show_value(language)
        for name in templates.names():
            title, line = templates.about(name, language)
            self.tile(name).show_about(About(title), line)
        self._draw()
        self.language_chosen.emit(language)

    def _template(self, name: str) -> Tile:
        title, line = templates.about(name, self.language)
        tile = Tile(title, line, self)
        tile.clicked.connect(lambda: self.new_requested.emit(name))
        self._tiles[f"template {name}"] = tile
        return tile

    # ------------------------------------------------------------ pictures

    def tile(self, what: Path | str) -> Tile:
        """The tile of a recent map (by path) or of a template (by name)."""
        return self._tiles[f"map {what}" if isinstance(what, Path) else f"template {what}"]

    def _draw(self) -> None:
        dark, ratio = theme.current().dark, self.devicePixelRatioF()
        parts = ((key, *key.split(" ", 1)) for key in self._tiles)
        self._portraits.start(
            [
                (key, _maker(kind, what, self._cache, self.language, dark=dark, ratio=ratio))
                for key, kind, what in parts
                if not self._tiles[key].problem
            ]
        )

    def _show(self, key: str, about: About, image: QImage | None) -> None:
        tile = self._tiles.get(key)
        if tile is None:
            return
        kind, what = key.split(" ", 1)
        if about.problem and kind == "template":
            tile.show_about(About(tile.text(), problem=about.problem), "")
        elif kind == "map":
            line = " · ".join(part for part in (about.client, _when(Path(what))) if part)
            tile.show_about(about, line)
        tile.show_image(image)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Flows the tiles."""
        super().resizeEvent(event)
        self._flow()

    def _flow(self) -> None:
        room = self.width() - RAIL - 2 * 48
        for grid in self._grids:
            grid.flow(room)
        self._head.setFixedWidth(max(320, self._grids[0].wide(room)))  # its end is where the last tile ends

    def changeEvent(self, event: QEvent) -> None:
        """Draws the thumbnails anew in another theme."""
        if event.type() == QEvent.Type.PaletteChange and self._tiles:
            self._draw()
        super().changeEvent(event)

    def finish(self) -> None:
        """Waits until every thumbnail is drawn."""
        self._portraits.finish()


class _Ground(QWidget):
    """The ground behind the tiles."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), ink.colour("ground"))


class _Promise(QWidget):
    """What holds: no network."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 0, 0)
        row.addWidget(
            Words(_("Works without a network. Maps and data stay on this computer."), self, tint="text2", wrap=True)
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        ink.icon(QPainter(self), "shield", QPointF(8, 10), 16, "text2")


def _maker(kind: str, what: str, cache: Path, language: str, *, dark: bool, ratio: float) -> Maker:
    if kind == "map":
        return lambda: thumbnail.portrait(Path(what), cache, dark=dark, ratio=ratio)

    def make() -> tuple[About, QImage | None]:
        try:
            return thumbnail.template_portrait(what, cache, language, dark=dark, ratio=ratio)
        except Failure as problem:
            return About(what, problem=str(problem)), None

    return make


def _when(path: Path) -> str:
    """When a map was last changed: "today, 14:32", "yesterday", "9 Nov", "9 Nov 2025"."""
    try:
        then = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    except OSError:
        return ""
    now = datetime.now().astimezone()
    if then.date() == now.date():
        return _("today, {time}").format(time=then.strftime("%H:%M"))
    if then.date() == (now - timedelta(days=1)).date():
        return _("yesterday, {time}").format(time=then.strftime("%H:%M"))
    day = day_month(then)
    return day if then.year == now.year else f"{day} {then.year}"
