"""Maps as small pictures: the layout's columns and rows drawn as a sketch, without text.

`sketch` paints; `portrait` reads a file (or a template) off the main thread and keeps the picture in the user's cache,
named by the file's path, size and time, so that the start page opens at once.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict
from PySide6.QtCore import QLineF, QObject, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from journeymap.failure import Failure
from journeymap.model import curves, lanes
from journeymap.model.document import Document
from journeymap.model.figures import Figures
from journeymap.model.records import (
    Brand,
    Card,
    Emotion,
    Id,
    Lane,
    Opportunity,
    PainPoint,
    Persona,
    Phase,
    State,
    Touchpoint,
)
from journeymap.ui import theme
from journeymap.ui.icons import outline
from journeymap.ui.theme import Theme

WIDTH, HEIGHT = 292, 164
MOST = 30
"""Columns beyond this are left out: thinner ones would be dust."""
_GHOSTS = (lanes.JOURNEY, lanes.THOUGHTS, lanes.EMOTION, lanes.FIGURES, lanes.PAINS)
"""Lanes that a map of little content shows empty."""
LEFT, RIGHT, TOP, FOOT = 34, 12, 28, 10


class About(Struct, frozen=True):
    """What stands under a thumbnail."""

    title: str
    client: str = ""
    problem: str = ""


Maker = Callable[[], tuple[About, QImage | None]]


class Portraits(QObject):
    """Draws thumbnails one after the other in a thread of its own; `ready(key, about, image)` on the main thread.

    A Python thread that nobody waits for: a pool of Qt's would be waited for when the page is deleted, by a thread
    that holds what the pool's own needs to go on.
    """

    ready = Signal(str, object, object)
    _drawn = Signal(int, str, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turn = 0
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._drawn.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        stops = self._stops = [self._stop]

        def halt() -> None:  # not a method: this object is on its way out when it is called
            stops[0].set()

        self.destroyed.connect(halt)

    def start(self, jobs: Sequence[tuple[str, Maker]]) -> None:
        """Draws these; what was being drawn is dropped."""
        self.stop()
        self._stop = self._stops[0] = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(self._turn, self._stop, list(jobs)), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Nothing more is drawn."""
        self._turn += 1
        self._stop.set()

    def finish(self, seconds: float = 30) -> None:
        """Waits until everything is drawn."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _run(self, turn: int, stop: threading.Event, jobs: list[tuple[str, Maker]]) -> None:
        for key, make in jobs:
            if stop.is_set():
                return
            made = make()
            with suppress(RuntimeError):  # the page has gone meanwhile
                self._drawn.emit(turn, key, *made)

    def _hear(self, turn: int, key: str, about: About, image: QImage | None) -> None:
        if turn == self._turn:
            self.ready.emit(key, about, image)


# ---------------------------------------------------------------- drawing


class Sketch:
    """One map on one painter; `brush` is the theme in the map's own brand."""

    def __init__(self, painter: QPainter, document: Document, figures: Figures, brush: Theme) -> None:
        self.painter, self.document, self.figures, self.brush = painter, document, figures, brush
        state = next(iter(document.all(State)), None)
        phases = document.referring(Phase, "state_id", state.id) if state is not None else []
        self.phases: list[tuple[Phase, list[Touchpoint]]] = []
        left = MOST
        for phase in phases:
            points = document.referring(Touchpoint, "phase_id", phase.id)[:left]
            left -= len(points)
            if points or left > 0:
                self.phases.append((phase, points))
        count = sum(max(len(points), 1) for _, points in self.phases)
        self.pitch = (WIDTH - LEFT - RIGHT - 3 * max(len(self.phases) - 1, 0)) / max(count, 1)
        self.card = self.pitch - 2
        self.x: dict[Id, float] = {}
        self.bounds: list[tuple[float, float]] = []
        at = float(LEFT)
        for _phase, points in self.phases:
            for place, point in enumerate(points):
                self.x[point.id] = at + place * self.pitch
            wide = max(len(points), 1) * self.pitch
            self.bounds.append((at, at + wide - 2))
            at += wide + 3

    def draw(self) -> None:
        """Everything."""
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.box(QRectF(0, 0, WIDTH, HEIGHT), "card")
        self.box(QRectF(12, 12, 62, 5), "text", radius=1)
        self.box(QRectF(12, 20, 104, 2.4), "border")
        people = [one for one in self.document.all(Persona) if not one.hidden]
        for place, persona in enumerate(people[:4]):
            self.disc(WIDTH - RIGHT - 6 - 16 * place, 16, 5, f"p{persona.hue}", 0.3)
        if not self.phases:
            self._blank()
            return
        self._band()
        rows = self._rows()
        for lane, y, height in rows:
            self._lane(lane, y, height)

    def _blank(self) -> None:
        for column in range(12):
            for row in range(4):
                x, y = LEFT + column * 20.4 + 3 * (column // 3), 38 + row * 29
                pen = QPen(self.ink("border"), 0.8, Qt.PenStyle.DashLine)
                self.painter.setPen(pen)
                self.painter.setBrush(Qt.BrushStyle.NoBrush)
                self.painter.drawRoundedRect(QRectF(x, y, 17, 23), 2, 2)

    def _band(self) -> None:
        for place, (left, right) in enumerate(self.bounds):
            self.box(QRectF(left, TOP, right - left, HEIGHT - TOP - FOOT), "wash")
            path = QPainterPath(QPointF(left, TOP))
            notch = 2.2 if place else 0.0
            for x, y in (
                (right, TOP),
                (right + 2.2, TOP + 4.5),
                (right, TOP + 9),
                (left, TOP + 9),
                (left + notch, TOP + 4.5),
            ):
                path.lineTo(x, y)
            self.painter.fillPath(path, self.ink("phase"))

    def _rows(self) -> list[tuple[Lane, float, float]]:
        """Lanes with something to show, each with its share of the height."""
        weights = {lanes.EMOTION: 3.2, lanes.JOURNEY: 1.4, lanes.LINE_INTERACTION: 0.25, lanes.LINE_VISIBILITY: 0.25,
                   lanes.LINE_INTERNAL: 0.25}  # fmt: skip
        every = [lane for lane in self.document.all(Lane) if not lane.hidden]
        filled = {lane.id for lane in every if self._filled(lane)}
        content = sum(lane.id in filled and lane.kind not in lanes.LINES for lane in every)
        wanted = filled if content > 3 else filled | {lane.id for lane in every if lane.kind in _GHOSTS}
        shown: list[Lane] = []
        for lane in (lane for lane in every if lane.id in wanted):
            if shown and lane.kind in lanes.LINES and shown[-1].kind in lanes.LINES:
                continue  # nothing stands between the two
            shown.append(lane)
        while shown and shown[-1].kind in lanes.LINES:
            shown.pop()
        rest = sum(weights.get(lane.kind, 0.9) for lane in shown if lane.kind != lanes.EMOTION)
        weights[lanes.EMOTION] = max(3.2, 0.5 * rest)  # the curve is what tells one map from another
        total = sum(weights.get(lane.kind, 0.9) for lane in shown)
        unit = min((HEIGHT - TOP - 9 - FOOT - 4) / max(total, 1), 22)
        rows, y = [], TOP + 9 + 4.0
        for lane in shown:
            height = weights.get(lane.kind, 0.9) * unit
            rows.append((lane, y, height))
            y += height
        return rows

    def _filled(self, lane: Lane) -> bool:
        kinds = {
            lanes.EMOTION: lambda: bool(self.document.all(Emotion) or self.figures.emotion),
            lanes.FIGURES: lambda: bool(self.figures.touchpoint),
            lanes.PAINS: lambda: bool(self.document.all(PainPoint)),
            lanes.OPPORTUNITIES: lambda: bool(self.document.all(Opportunity)),
            lanes.DEPARTMENTS: lambda: any(one.department_id for one in self.document.all(Touchpoint)),
        }
        if lane.kind in lanes.LINES or lane.kind == lanes.JOURNEY:
            return True
        if lane.kind in lanes.CARDS:
            return bool(self.document.referring(Card, "lane_id", lane.id))
        return kinds.get(lane.kind, lambda: False)()

    def _lane(self, lane: Lane, y: float, height: float) -> None:
        if lane.kind in lanes.LINES:
            styles = {lanes.LINE_VISIBILITY: Qt.PenStyle.DashLine, lanes.LINE_INTERNAL: Qt.PenStyle.DotLine}
            self.painter.setPen(QPen(self.ink("text2"), 1, styles.get(lane.kind, Qt.PenStyle.SolidLine)))
            self.painter.drawLine(QLineF(12, y + height / 2, WIDTH - RIGHT, y + height / 2))
            return
        self.box(QRectF(12, y + min(height / 2, 10) - 1.2, 14, 2.4), "text3", radius=1)
        draw = {
            lanes.JOURNEY: self._cards, lanes.EMOTION: self._curves, lanes.FIGURES: self._chips,
            lanes.PAINS: self._pains, lanes.OPPORTUNITIES: self._chances, lanes.DEPARTMENTS: self._owners,
        }.get(lane.kind)  # fmt: skip
        empty = not self._filled(lane) or (lane.kind == lanes.JOURNEY and not self.x)
        if empty and lane.kind != lanes.EMOTION:
            self._ghosts(y, height)
        elif draw is not None:
            draw(y, height)
        else:
            self._texts(lane, y, height)

    def _ghosts(self, y: float, height: float) -> None:
        """Empty places that ask to be filled."""
        self.painter.setPen(QPen(self.ink("border"), 0.8, Qt.PenStyle.DashLine))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        for left, right in self.bounds:
            count = max(round((right - left) / 24), 1)
            for place in range(count):
                x = left + 1 + place * (right - left) / count
                self.painter.drawRoundedRect(QRectF(x, y + 1, (right - left) / count - 3, height - 5), 1.5, 1.5)

    def _cards(self, y: float, height: float) -> None:
        for id_, x in self.x.items():
            truth = self.document.one(Touchpoint, id_).moment_of_truth
            box = QRectF(x, y + 1, self.card, height - 5)
            self.box(box, "card", stroke="text" if truth else "border", radius=1.5)
            self.box(QRectF(x + 2, y + 4, self.card * 0.62, 1.8), "text2")
            self.box(QRectF(x + 2, y + 7.4, self.card * 0.42, 1.8), "border")

    def _texts(self, lane: Lane, y: float, height: float) -> None:
        bars = lane.kind in lanes.BARS
        for card in self.document.referring(Card, "lane_id", lane.id):
            x = self.x.get(card.touchpoint_id)
            if x is None:
                continue
            wide = min(self.pitch * max(card.span, 1) - 2, WIDTH - RIGHT - x)
            if bars:
                self.box(QRectF(x, y + 2, wide, height - 4), "stage2", stroke="border", radius=1.5)
            for line in range(1 if bars else 2):
                self.box(QRectF(x + 2 * bars, y + 5 + line * 3.6, wide * (0.8 - 0.25 * line), 1.6), "border")

    def _curves(self, y: float, height: float) -> None:
        middle = y + height / 2
        self.painter.setPen(QPen(self.ink("hair"), 0.8))
        self.painter.drawLine(QLineF(LEFT, middle, WIDTH - RIGHT, middle))
        assumed = {(one.persona_id, one.touchpoint_id): one.value for one in self.document.all(Emotion)}
        felt = {key: one.value for key, one in self.figures.emotion.items()}
        for persona in reversed([one for one in self.document.all(Persona) if not one.hidden]):
            mine = {id_: felt.get((persona.id, id_), assumed.get((persona.id, id_))) for id_ in self.x}
            points = [
                (self.x[id_] + self.card / 2, middle - value / 2.5 * (height / 2 - 2))
                for id_, value in mine.items()
                if value is not None
            ]
            if len(points) < 2:
                continue
            self.painter.setPen(QPen(self.ink(f"p{persona.hue}"), 1.5))
            self.painter.setBrush(Qt.BrushStyle.NoBrush)
            self.painter.drawPath(outline(curves.curve(points)))

    def _chips(self, y: float, height: float) -> None:
        for id_, x in self.x.items():
            for place, figure in enumerate(self.figures.touchpoint.get(id_, ())[:2]):
                top = y + 2 + place * (height - 2) / 2
                tint = f"{figure.status}b" if figure.status != "none" else "sunk"
                self.box(QRectF(x, top, self.card, (height - 4) / 2 if place else min(height - 4, 9)), tint, radius=1.5)
                self.disc(x + 3.4, top + 4.5, 1.5, figure.status if figure.status != "none" else "control")

    def _pains(self, y: float, height: float) -> None:
        for id_, x in self.x.items():
            for pain in self.document.referring(PainPoint, "touchpoint_id", id_)[:1]:
                self.box(QRectF(x, y + 2, 0.5 + pain.severity * 0.3, height - 4), "pain")
                for line in range(2):
                    self.box(
                        QRectF(x + 4, y + 4 + line * 3.4, (self.card - 5) * (1 - 0.3 * line), 1.6),
                        "text2" if not line else "border",
                    )

    def _chances(self, y: float, height: float) -> None:
        for id_, x in self.x.items():
            if self.document.referring(Opportunity, "touchpoint_id", id_):
                self.box(QRectF(x, y + 2, self.card, height - 5), "brand2", radius=1.5)

    def _owners(self, y: float, height: float) -> None:
        run: list[tuple[Id | None, float, float]] = []
        for id_, x in self.x.items():
            owner = self.document.one(Touchpoint, id_).department_id
            if run and run[-1][0] == owner:
                run[-1] = (owner, run[-1][1], x + self.card)
            else:
                run.append((owner, x, x + self.card))
        for owner, left, right in run:
            if owner is not None:
                self.box(QRectF(left, y + 2, right - left, height - 5), "sunk", radius=1)

    # ------------------------------------------------------------ shapes

    def ink(self, tint: str, opacity: float = 1.0) -> QColor:
        """A colour of the theme."""
        return self.brush.colour(tint, opacity)

    def box(self, box: QRectF, fill: str, *, stroke: str | None = None, radius: float = 0) -> None:
        """A rectangle."""
        self.painter.setPen(QPen(self.ink(stroke), 0.8) if stroke else Qt.PenStyle.NoPen)
        self.painter.setBrush(self.ink(fill))
        self.painter.drawRoundedRect(box, radius, radius)

    def disc(self, x: float, y: float, radius: float, fill: str, opacity: float = 1.0) -> None:
        """A disc."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self.ink(fill, opacity))
        self.painter.drawEllipse(QPointF(x, y), radius, radius)


def sketch(document: Document, figures: Figures, *, dark: bool, ratio: float = 1.0) -> QImage:
    """A map as a picture of WIDTH × HEIGHT logical pixels, in its client's colour."""
    image = QImage((QSizeF(WIDTH, HEIGHT) * ratio).toSize(), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    brand = document.get(Brand, document.map.brand_id)
    painter = QPainter(image)
    try:
        brush = theme.made(dark=dark, brand=brand.colour if brand is not None else None)
        Sketch(painter, document, figures, brush).draw()
    finally:
        painter.end()
    return image


# ---------------------------------------------------------------- files


def portrait(path: Path, folder: Path | None, *, dark: bool, ratio: float) -> tuple[About, QImage | None]:
    """What a map file is about and how it looks; from the cache in `folder` where the file has not changed since.

    For a thread of its own. A file that cannot be read has no picture, and `About.problem` says why.
    """
    try:
        stat = path.stat()
    except OSError:
        return About(path.stem, problem=_gone()), None
    key = _key(str(path.resolve()), str(stat.st_mtime_ns), str(stat.st_size), str(dark), str(ratio))
    if folder is not None and (kept := _kept(folder / key)) is not None:
        return kept
    try:
        about, image = _read(path, dark=dark, ratio=ratio)
    except Failure as problem:
        return About(path.stem, problem=str(problem)), None
    if folder is not None:
        _keep(folder / key, about, image)
    return about, image


def template_portrait(
    name: str, folder: Path | None, language: str | None = None, *, dark: bool, ratio: float
) -> tuple[About, QImage | None]:
    """What a template is about and how it looks; from the cache in `folder` where it was drawn before. Raises Failure."""
    from journeymap import templates

    title, line = templates.about(name, language)
    key = _key(name, str(language), templates.stamp(name, language), str(dark), str(ratio))
    if folder is not None and (kept := _kept(folder / key)) is not None:
        return About(title, line), kept[1]
    document = Document(templates.records(name, title, language))
    image = sketch(document, Figures(), dark=dark, ratio=ratio)
    if folder is not None:
        _keep(folder / key, About(title, line), image)
    return About(title, line), image


def _key(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]


def cache_folder() -> Path:
    """Where thumbnails are kept between runs."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("journeymap", appauthor=False)) / "thumbnails"


def _gone() -> str:
    from journeymap.i18n import _

    return _("This file is not there any more.")


def _read(path: Path, *, dark: bool, ratio: float) -> tuple[About, QImage]:
    from journeymap.model.figures import figures
    from journeymap.session import Session

    with Session.open(path, read_only=True) as session:
        document = session.document
        about = About(document.map.title or path.stem, document.map.client)
        return about, sketch(document, figures(document, session.cube), dark=dark, ratio=ratio)


def _kept(stem: Path) -> tuple[About, QImage] | None:
    try:
        about = About(**json.loads(stem.with_suffix(".json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    image = QImage(str(stem.with_suffix(".png")))
    if image.isNull():
        return None
    image.setDevicePixelRatio(image.width() / WIDTH)
    return about, image


def _keep(stem: Path, about: About, image: QImage) -> None:
    """A cache that cannot be written is only slower."""
    try:
        stem.parent.mkdir(parents=True, exist_ok=True)
        stem.with_suffix(".json").write_text(json.dumps(asdict(about)), encoding="utf-8")
    except OSError:
        return
    image.save(str(stem.with_suffix(".png")))
