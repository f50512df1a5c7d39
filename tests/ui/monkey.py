"""A monkey at the window: seeded random gestures and keys, and what must be true after any of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from journeymap.model.document import Document
from journeymap.model.layout.states import layout_of
from journeymap.model.records import Record, Touchpoint
from journeymap.session import Session
from journeymap.store.verify import verify
from journeymap.ui.canvas import marks, ways
from journeymap.ui.canvas.drawing import Drawing
from journeymap.ui.window import Window

NONE = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
LEFT, MIDDLE, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton
K = Qt.Key
WORDS = (
    "Queue",
    "Bezahlen",
    "Ask a friend who knows",
    "Ждать",
    "待つ",
    "+",
    "CSAT 71",
    "3",
    "Web",
    "Kundendienst",
    "🙂",
    "-1.5",
)
PASTED = (
    "Look\nChoose\nPay",
    "Look\tChoose\nNice\tHard",
    "journey\n  title Trip\n  section Go\n    Book: 4: Ines, Otto\n    Wait: 2: Ines",
    "1\t-2\t0.5",
    "",
)
KEYS = (
    *[(key, NONE) for key in (K.Key_Left, K.Key_Right, K.Key_Up, K.Key_Down, K.Key_Return, K.Key_Tab, K.Key_Escape)] * 3,
    (K.Key_Delete, NONE), (K.Key_Backspace, NONE), (K.Key_F2, NONE), (K.Key_Home, NONE), (K.Key_End, NONE),
    (K.Key_PageDown, NONE), (K.Key_Plus, NONE), (K.Key_Minus, NONE), (K.Key_1, NONE), (K.Key_2, NONE), (K.Key_F8, NONE),
    (K.Key_Backtab, SHIFT), (K.Key_D, CTRL), (K.Key_A, CTRL), (K.Key_C, CTRL), (K.Key_X, CTRL), (K.Key_V, CTRL),
    (K.Key_Return, CTRL), (K.Key_Return, CTRL | SHIFT), (K.Key_P, CTRL | SHIFT), (K.Key_O, CTRL | SHIFT),
    (K.Key_A, CTRL | SHIFT), (K.Key_M, CTRL), (K.Key_Period, CTRL), (K.Key_0, CTRL), (K.Key_9, CTRL), (K.Key_F6, NONE),
    *[(key, held) for key in (K.Key_Left, K.Key_Right, K.Key_Up, K.Key_Down) for held in (ALT, CTRL, SHIFT, ALT | SHIFT)],
)  # fmt: skip
DEEDS = (
    "persona",
    "lane",
    "fold",
    "truth",
    "touchpoint",
    "phase",
    "pain",
    "opportunity",
    "duplicate",
    "fit",
    "zoom_one",
)


class Monkey:
    """`step` does one thing; `log` says what was done, so that a failure can be told."""

    def __init__(self, window: Window, seed: int) -> None:
        self.window, self.chance = window, Random(seed)
        self.log: list[str] = []
        self._acts: list[tuple[Callable[[], None], int]] = [
            (self.drag, 30), (self.click, 12), (self.double, 8), (self.menu, 2), (self.wheel, 8), (self.key, 34),
            (self.write, 18), (self.undo, 6), (self.redo, 3), (self.paste, 4), (self.panel, 2), (self.page, 1),
            (self.deed, 8), (self.field, 5), (self.link, 6), (self.pan, 3), (self.resize, 1), (self.view, 2),
        ]  # fmt: skip

    @property
    def canvas(self):
        return self.window.canvas

    def step(self) -> None:
        if self.window.place.view != "map":
            self.window.show_view("map")
        if self.window.map.document.count(Touchpoint) > 60:
            act = self.chance.choice((self.undo, self.cut_down, self.key))
        else:
            act = self.chance.choices([one for one, _ in self._acts], [weight for _, weight in self._acts])[0]
        act()
        QApplication.processEvents()
        popup = QApplication.activePopupWidget()
        while popup is not None:
            popup.close()
            popup = QApplication.activePopupWidget()

    # ------------------------------------------------------------ where

    def place(self) -> QPoint:
        """Half of the time on something that is drawn, else anywhere."""
        canvas, rnd = self.canvas, self.chance
        size = canvas.viewport().size()
        if rnd.random() < 0.7:
            x, y = canvas.view.x / canvas.view.zoom, canvas.view.y / canvas.view.zoom
            groups = [
                group
                for group in canvas.sheet.visible(
                    x, y, size.width() / canvas.view.zoom, size.height() / canvas.view.zoom
                )
                if group.meaning.record and group.width < 600
            ]
            if groups:
                group = rnd.choice(groups)
                return canvas.view.to_screen(
                    group.x + group.width * rnd.random(), group.y + group.height * rnd.random()
                ).toPoint()
        if rnd.random() < 0.3:
            return QPoint(rnd.randrange(max(1, size.width())), rnd.randrange(52))
        if rnd.random() < 0.3:
            return QPoint(rnd.randrange(120), rnd.randrange(max(1, size.height())))
        return QPoint(rnd.randrange(max(1, size.width())), rnd.randrange(max(1, size.height())))

    def held(self) -> Qt.KeyboardModifier:
        return self.chance.choices((NONE, CTRL, SHIFT), (8, 2, 2))[0]

    def mouse(self, kind: QEvent.Type, at: QPoint, button, held, buttons=None) -> None:
        viewport = self.canvas.viewport()
        down = buttons if buttons is not None else button
        event = QMouseEvent(kind, QPointF(at), viewport.mapToGlobal(QPointF(at)), button, down, held)
        QApplication.sendEvent(viewport, event)

    # ------------------------------------------------------------ what

    def drag(self, start: QPoint | None = None, button=LEFT) -> None:
        start, end, held = start or self.place(), self.place(), self.held()
        way = self.chance.choices(("drop", "escape", "right", "leave"), (16, 3, 1, 1))[0]
        self.log.append(f"drag {start.toTuple()} {end.toTuple()} {button.name} {held} {way}")
        self.mouse(QEvent.Type.MouseButtonPress, start, button, held)
        for share in (0.1, 0.5, 1.0):
            at = QPointF(start) + (QPointF(end) - QPointF(start)) * share
            self.mouse(QEvent.Type.MouseMove, at.toPoint(), Qt.MouseButton.NoButton, held, button)
        self.canvas.viewport().grab()
        if way == "escape":
            QTest.keyClick(self.canvas, K.Key_Escape)
        elif way == "right":
            self.mouse(QEvent.Type.MouseButtonPress, end, RIGHT, held, button | RIGHT)
        elif way == "leave":
            self.canvas.hand.cancel()
        self.mouse(QEvent.Type.MouseButtonRelease, end, button, held, Qt.MouseButton.NoButton)
        assert not self.canvas.hand.held

    def pan(self) -> None:
        self.drag(button=MIDDLE)

    def click(self) -> None:
        at, held = self.place(), self.held()
        self.log.append(f"click {at.toTuple()} {held}")
        QTest.mouseClick(self.canvas.viewport(), LEFT, held, at)

    def double(self) -> None:
        at = self.place()
        self.log.append(f"double {at.toTuple()}")
        QTest.mouseClick(self.canvas.viewport(), LEFT, NONE, at)
        QTest.mouseDClick(self.canvas.viewport(), LEFT, NONE, at)
        QTest.mouseRelease(self.canvas.viewport(), LEFT, NONE, at)

    def menu(self) -> None:
        at = self.place()
        self.log.append(f"menu {at.toTuple()}")
        QTest.mouseClick(self.canvas.viewport(), RIGHT, NONE, at)
        self.canvas.asked_menu.emit(self.canvas.viewport().mapToGlobal(at))

    def wheel(self) -> None:
        at, held, turn = QPointF(self.place()), self.held(), self.chance.choice((-480, -120, 120, 480))
        self.log.append(f"wheel {turn} {held}")
        QApplication.sendEvent(
            self.canvas.viewport(),
            QWheelEvent(at, self.canvas.viewport().mapToGlobal(at), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton,
                        held, Qt.ScrollPhase.NoScrollPhase, False),
        )  # fmt: skip
        if self.canvas.view.zoom < 0.15:
            self.canvas.zoom_to(1.0)

    def focus(self) -> QWidget:
        found = self.window.focusWidget()
        if found is None or not found.isVisible() or not self.canvas.isAncestorOf(found):
            self.canvas.setFocus()
            return self.canvas
        return found

    def key(self) -> None:
        key, held = self.chance.choice(KEYS)
        self.log.append(f"key {key.name} {held}")
        QTest.keyClick(self.focus(), key, held)

    def write(self) -> None:
        text = self.chance.choice(WORDS)
        self.log.append(f"write {text}")
        for letter in text:
            letters(self.focus(), letter)
        if self.chance.random() < 0.7:
            QTest.keyClick(self.focus(), self.chance.choice((K.Key_Return, K.Key_Tab, K.Key_Escape)))

    def undo(self) -> None:
        self.log.append("undo")
        QTest.keyClick(self.canvas, K.Key_Z, CTRL)

    def redo(self) -> None:
        self.log.append("redo")
        QTest.keyClick(self.canvas, K.Key_Y, CTRL)

    def paste(self) -> None:
        text = self.chance.choice(PASTED)
        self.log.append(f"paste {text!r}")
        if text:
            QGuiApplication.clipboard().setText(text)
        QTest.keyClick(self.canvas, K.Key_V, CTRL)

    def cut_down(self) -> None:
        """A band over much, and away with it."""
        self.log.append("cut down")
        self.canvas.editor.cancel()
        row = self.window.map.document.all(Touchpoint)
        self.window.selection.select(*(one.id for one in self.chance.sample(row, len(row) // 2)))
        QTest.keyClick(self.canvas, K.Key_Delete)

    def panel(self) -> None:
        self.log.append("panel")
        QTest.keyClick(self.window, self.chance.choice((K.Key_F9, K.Key_F10)))

    def page(self) -> None:
        number = self.chance.randint(2, 6)
        self.log.append(f"page {number}")
        QTest.keyClick(self.window, Qt.Key(K.Key_0 + number), CTRL)
        QApplication.processEvents()
        QTest.keyClick(self.window, K.Key_1, CTRL)

    def deed(self) -> None:
        name = self.chance.choice(DEEDS)
        self.log.append(f"deed {name}")
        self.window.actions_[name].trigger()

    def field(self) -> None:
        """Types into a field of the inspector."""
        panel = self.window.place.panels.get("inspector")
        fields = [one for one in panel.findChildren(QLineEdit) if one.isVisible() and one.isEnabled()] if panel else []
        if fields:
            field, text = self.chance.choice(fields), self.chance.choice(WORDS)
            self.log.append(f"field {field.accessibleName()} {text}")
            field.setFocus()
            field.selectAll()
            letters(field, text)
            QTest.keyClick(field, self.chance.choice((K.Key_Return, K.Key_Escape)))
            self.canvas.setFocus()

    def link(self) -> None:
        """From a card's handle, or from a grip of a selected link."""
        columns = self.canvas.sheet.columns
        if not columns:
            return
        found = ways.way(self.canvas, self.window.selection.first)
        if found is not None and self.chance.random() < 0.6:
            self.drag(self.chance.choice(found.grips)[0].toPoint())
            return
        at = marks.handle_at(self.canvas, self.chance.choice(columns).touchpoint_id)
        if at is not None:
            self.drag(at.toPoint())

    def view(self) -> None:
        """Looks through the next view."""
        self.log.append("view")
        self.window.actions_["view_next"].trigger()

    def resize(self) -> None:
        self.log.append("resize")
        self.window.resize(self.chance.choice((900, 1200, 1500)), self.chance.choice((640, 900)))


def letters(to: QWidget, text: str) -> None:
    """Types; QTest knows Latin letters only."""
    for letter in text:
        if letter.isascii():
            QTest.keyClick(to, letter)
        else:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(to, QKeyEvent(kind, 0, NONE, letter))


# ---------------------------------------------------------------- what must be true


def settled(window: Window) -> None:
    """Everything is on disk and nothing is being typed."""
    window.canvas.editor.commit()
    window.canvas.linkbar.done()
    window.map.session.flush()
    QApplication.processEvents()


def shot(drawing: Drawing, window: Window) -> np.ndarray:
    canvas = window.canvas
    image = QImage(canvas.view.width, canvas.view.height, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    wash = marks.column_rect(canvas.sheet, window.selection.cell)
    drawing.paint_body(painter, canvas.view, canvas.sheet, 1.0, wash)
    drawing.paint_edges(painter, canvas.view, canvas.sheet, 1.0)
    painter.end()
    return np.frombuffer(bytes(image.constBits()), np.uint8).reshape(canvas.view.height, canvas.view.width, 4)[..., :3]


def picture_is_true(window: Window) -> None:
    """What is kept on the screen is what painting anew gives."""
    canvas = window.canvas
    for _ in range(400):
        if not canvas._drawing.blurred:
            break
        canvas.viewport().grab()
    kept, anew = shot(canvas._drawing, window), shot(Drawing(canvas.pictures), window)
    differing = (abs(kept.astype(int) - anew.astype(int)) > 24).any(axis=2)
    assert differing.sum() < 150, f"{differing.sum()} pixels differ, first at {np.argwhere(differing)[:3].tolist()}"


def layout_is_true(window: Window) -> None:
    """The drawing that followed every change is the one that is made anew."""
    for layout in {window.map.layout, window.canvas.sheet}:
        fresh = layout_of(window.map.document, window.map.figures, layout.metrics, view=layout.view)
        assert layout.rows == fresh.rows
        assert [*layout.columns] == [*fresh.columns]
        mine, other = layout.picture(), fresh.picture()
        astray = [group for group in mine.groups if group not in other.groups]
        assert not astray, f"{len(astray)} groups are not those made anew, first {astray[0]}"
        assert mine == other


def graph_is_true(document: Document) -> None:
    """The graph that followed every change is that of the records."""
    fresh = Document(list(document)).graph()
    mine = document.graph()
    assert set(mine.nodes) == set(fresh.nodes)
    assert sorted(mine.edges(keys=True)) == sorted(fresh.edges(keys=True))


def file_is_true(window: Window, path: Path) -> None:
    """What is on disk is what is shown."""
    settled(window)
    with Session.open(path, read_only=True) as other:
        assert set(other.document) == set(window.map.document)


def all_undone(window: Window, path: Path, first: set[Record]) -> None:
    """Undo goes back to the beginning."""
    settled(window)
    for _ in range(20_000):
        if not window.map.session.undo_label:
            break
        assert window.map.undo() is not None
    assert set(window.map.document) == first
    window.map.session.flush()
    with Session.open(path, read_only=True) as other:
        assert set(other.document) == first


def sound(path: Path) -> None:
    """The file holds what it says."""
    assert verify(path).sound
