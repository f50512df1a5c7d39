"""The window in both themes, the start page, every view, every page, the presentation."""

from __future__ import annotations

import shutil

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from gallery.studio import LAPTOP, WIDE, Studio, select
from journeymap.demo import MAP
from journeymap.model import commands, lens
from journeymap.model.change import adding
from journeymap.model.records import Action, Card, Note, Phase, Touchpoint, new_id
from journeymap.model.slides import Deck
from journeymap.ui import pages
from journeymap.ui.presenting.desk import Desk
from journeymap.ui.presenting.show import Show
from journeymap.ui.presenting.stage import draw
from journeymap.ui.settings import Settings
from journeymap.ui.window import Window

TALL = (1366, 1120)
VIEWS = {
    lens.MAP: "The whole map: every lane that is not hidden",
    lens.JOURNEY: "Journey: what customers do, think and feel",
    lens.BLUEPRINT: "Blueprint: front stage, back stage and support with the three lines",
    lens.HEAT: "Heat map of KPIs: status by colour and shape, the worst in each column first",
    lens.PAINS: "Pains only, with what is done about them",
    lens.PERSONAS: "Personas compared: a curve each",
    lens.STATES: "As-is above to-be, counterparts in one line",
    lens.PHASE: "One phase",
    lens.ONE_PAGE: "One page for the board",
}
PAGES = {
    "map": "Map",
    "table": "Table: every touchpoint in a row, edited like a spreadsheet",
    "personas": "Personas: all of each person",
    "plan": "Plan: pains and chances, the actions that answer them, importance and performance",
    "evidence": "Evidence: what moves the judgement most, what is known, what people say",
    "register": "Register of personal data",
    "check": "Check: what an expert would criticise, each with “take me there”",
}


def take(studio: Studio) -> None:
    """All of them."""
    themes(studio)
    in_german(studio)
    views(studio)
    for_pages(studio)
    presentation(studio)
    start(studio)


def themes(studio: Studio) -> None:
    """The window, light and dark."""
    for theme, words in (("light", "The window in the light theme"), ("dark", "The same in the dark theme")):
        with studio.window(studio.folder / MAP, WIDE, theme) as window:
            select(window)
            studio.keep("The window", f"window-{theme}", words, window)
            assert window.canvas is not None
            if theme == "light":
                window.canvas.zoom_to(0.5)
                studio.keep("The window", "window-far", "From afar cards become summaries", window, 1.0)


def in_german(studio: Studio) -> None:
    """A German map in the German window."""
    settings = Settings(studio.folder / "german.ini")
    settings.language = "de"
    with studio.window(None, LAPTOP, "light", settings) as window:
        window.new_map(studio.folder / "Eine neue Hüfte.journey", "hospital-stay", "de")
        studio.keep("The window", "window-german", "A German map in the German window, on a small laptop", window, 1.5)


def start(studio: Studio) -> None:
    """The start page with recent maps and templates."""
    for theme in ("light", "dark"):
        settings = Settings(studio.folder / f"start-{theme}.ini")
        for path in (studio.folder / MAP, *sorted(studio.folder.glob("*.journey"))):
            settings.opened(path)
        settings.closed()
        with studio.window(None, WIDE, theme, settings) as window:
            words = "The start page: recent maps and templates as they look"
            studio.keep(
                "The window", f"start-{theme}", words if theme == "light" else "The start page, dark", window, 2
            )


FAR = 1 << 20
"""Pixels: to the beginning of any map."""


def views(studio: Studio) -> None:
    """Every built-in view, on a map with a to-be state."""
    path = studio.folder / "states.journey"
    shutil.copy(studio.folder / MAP, path)
    with studio.window(path) as window:
        assert window.map is not None
        security = next(one for one in window.map.document.all(Phase) if "security" in one.name)
        window.map.perform(commands.add_to_be(window.map.document))
        for name in ("outline", "inspector"):
            assert window.place is not None
            window.place.show_panel(name, shown=False)
        for kind in lens.KINDS:
            window.map.look_through(lens.builtin(kind, window.map.document, security.id))
            assert window.canvas is not None
            window.resize(*(TALL if kind == lens.STATES else LAPTOP))
            studio.settle(0.3)
            window.canvas.zoom_to(0.5 if kind == lens.STATES else 1.0)
            window.canvas.scroll_by(-FAR, -FAR)
            studio.keep("Views", f"view-{kind}", VIEWS[kind], window, 0.8)
    path.unlink()


def for_pages(studio: Studio) -> None:
    """Every page of the bar, the map itself stands above; the checker finds something, since the actions were taken away."""
    path = studio.folder / "pages.journey"
    shutil.copy(studio.folder / MAP, path)
    with studio.window(path) as window:
        for page in pages.pages():
            if page.name == "check":
                spoil(window)
            if page.name != pages.MAP:
                window.show_view(page.name)
                studio.keep("Pages", f"page-{page.name}", PAGES[page.name], window, 1.5)
    path.unlink()


def spoil(window: Window) -> None:
    """Takes actions and thoughts away."""
    assert window.map is not None
    document = window.map.document
    for kind in (Action, Card):
        for record in list(document.all(kind)):
            window.map.perform(commands.delete(document, record.id))


def presentation(studio: Studio) -> None:
    """Slides as the audience sees them, and the speaker's view."""
    path = studio.folder / "spoken.journey"
    shutil.copy(studio.folder / MAP, path)
    with studio.window(path) as window:
        assert window.map is not None
        point = next(one for one in window.map.document.all(Touchpoint) if one.name == "Queue for security")
        note = Note(new_id(), point.id, "Pause here. Ask who has stood in this queue this year.", "Speaker")
        window.map.perform(adding("Note", note))
        shots = (
            ("title", "The first slide: who, where, and the whole way"),
            ("story", "A phase as it is presented"),
            ("lanes", "One step down: the lanes of that phase"),
            ("plan", "The last slide: what happens next"),
        )
        for kind, words in shots:
            slide_of(studio, window, kind, words)
        desk(studio, window)
    path.unlink()


def slide_of(studio: Studio, window: Window, kind: str, words: str) -> None:
    """One slide as a picture."""
    assert window.map is not None
    assert window.place is not None
    deck = Deck(window.map.document, window.map.figures)
    every = [slide for n in range(len(deck.columns)) for slide in (deck.columns[n], *deck.below(n))]
    slide = next(one for one in every if one.kind == kind and (kind in {"title", "plan"} or "security" in one.heading))
    image = QImage(1600, 900, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    draw(painter, deck.picture(slide), QRectF(0, 0, 1600, 900), 1.0, window.place.canvas.pictures)
    painter.end()
    name = "presentation" if kind == "story" else f"slide-{kind}"
    studio.keep("Presentation", name, words, image)


def desk(studio: Studio, window: Window) -> None:
    """What the speaker sees on the other screen."""
    assert window.map is not None
    assert window.place is not None
    show = Show(window.map, window.place.canvas.pictures)
    show.go(next(n for n, one in enumerate(show.deck.columns) if "security" in one.heading))
    seen = Desk(show)
    seen.resize(1366, 768)
    seen.show()
    studio.keep(
        "Presentation", "speaker", "The speaker’s view: this slide, the next one, all of them, notes and clock", seen
    )
    seen.close()
    seen.deleteLater()
