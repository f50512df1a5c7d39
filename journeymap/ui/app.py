"""Starting the window: fonts, theme, the map that was asked for or the last one, else the start page."""

from __future__ import annotations

import signal
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from journeymap import i18n, session
from journeymap.i18n import _
from journeymap.ui import fonts, icons, theme
from journeymap.ui.garbage import Collector
from journeymap.ui.settings import Settings
from journeymap.ui.window import Window


def run(argv: Sequence[str]) -> int:
    """Opens the window, on the map named in `argv` if any; returns when it is closed."""
    app = application()
    # Ctrl+C in a terminal ends the program; what is called saved is on disk.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    settings = Settings()
    path, nameless = Path(argv[0]) if argv and argv[0] else None, "" in argv
    if path is None and not nameless and settings.last is not None:
        session.expect(settings.last)
    speak(app, settings)
    opened(app, settings, path, nameless=nameless)
    sys.excepthook = _report
    return app.exec()


def application() -> QApplication:
    """The application with Fusion, the house's fonts and icon."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
        app = QApplication(sys.argv[:1])
        Collector(app)
    app.setApplicationName("Journeymap")
    app.setDesktopFileName("journeymap")
    app.setStyle("Fusion")
    fonts.load()
    return app


def opened(app: QApplication, settings: Settings, path: Path | None = None, *, nameless: bool = False) -> Window:
    """A window, shown, on `path`, else on the map that was open last, else on the start page.

    `nameless`: a file was asked for whose name is empty (a variable that was not set); the start page says so.
    """

    def dress(brand: str) -> None:
        wanted = theme.made(dark=theme.wanted(settings.theme), brand=brand or None)
        if wanted != app.property("theme"):
            theme.apply(app, wanted)

    dress("")
    app.setWindowIcon(icons.icon("app", theme.colour("brand")))
    window = Window(settings, dress)
    app.setProperty("window", window)
    app.styleHints().colorSchemeChanged.connect(window.follow_scheme)
    window.asked_language.connect(lambda: _anew(app, settings))
    last = settings.last
    if path is not None:
        if not window.open_map(path):
            reason = window.notice.said
            window.show_start()
            window.tell(reason)
    elif nameless:
        window.show_start()
        window.tell(_("No file was named. Open a map here, or begin a new one."))
    elif last is None or not last.is_file() or not window.open_map(last):
        window.show_start()
    window.show()
    if window.map is None:
        window.focus_page()  # nothing takes the keyboard before it is seen
    return window


def speak(app: QApplication, settings: Settings) -> None:
    """The language that was chosen, else the system's, also for what Qt says itself: names of keys, menus of text fields,
    file dialogs.
    """
    language = settings.language or _of_system()
    i18n.use(language)
    before = app.property("translator")
    if before is not None:
        app.removeTranslator(before)
    translator = QTranslator(app)
    translator.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    app.installTranslator(translator)
    app.setProperty("translator", translator)


def _of_system() -> str:
    """What the system's settings say; not every system says it in the environment."""
    return i18n.of_system() if sys.platform == "linux" else QLocale.system().name().split("_")[0]


def _anew(app: QApplication, settings: Settings) -> None:
    """The same map in a new window, which speaks what has been chosen; everything is on disk before the old one goes."""
    old: Window = app.property("window")
    path = old.map.session.path if old.map is not None else None
    app.setQuitOnLastWindowClosed(False)
    old.close()
    speak(app, settings)
    opened(app, settings, path)
    app.setQuitOnLastWindowClosed(True)
    old.deleteLater()


def _report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    traceback.print_exception(kind, error, trace)
    window: Window = application().property("window")
    window.tell(
        _("This is a defect of the program: {what}. Everything up to the last “Saved” is on disk.").format(
            what=f"{kind.__name__}: {error}"
        )
    )
