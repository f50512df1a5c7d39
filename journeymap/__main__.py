"""`journeymap [MAP]` opens the window, `journeymap COMMAND …` works without one (and without Qt)."""

from __future__ import annotations

import os
import sys

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def main() -> int:
    """Runs a command where the first argument names one or is an option, else opens the window."""
    argv = sys.argv[1:]
    try:
        if _asks_for_command(argv):
            return _command(argv)
    except KeyboardInterrupt:  # before the command was there to say so itself
        from journeymap import i18n

        i18n.use(i18n.language())
        sys.stderr.write(i18n._("Stopped. The map is as it was.") + "\n")
        return 1
    return _window(argv)


def _asks_for_command(argv: list[str]) -> bool:
    if len(argv) > 1:
        return True  # at the least it says how it is used
    if not argv or argv[0].endswith(".journey"):
        return False
    from journeymap import cli

    return argv[0] in cli.COMMANDS or argv[0].startswith("-")


def _command(argv: list[str]) -> int:
    import gc

    from journeymap import cli

    code = cli.main(argv)
    gc.freeze()  # what is there goes with the process: nobody need look through all of it for garbage first
    return code


def _window(argv: list[str]) -> int:
    if sys.platform == "linux" and not any(os.environ.get(name) for name in _SCREENS):
        from journeymap.i18n import _

        # Qt itself would end the process with a core dump.
        sys.stderr.write(
            _("There is no display here for the window. The commands work without one: journeymap --help") + "\n"
        )
        return 1
    import gc

    # Measured: without these two the first paint comes a quarter later. Nothing that start-up makes is garbage, and
    # Qt's import hook looks into every module that is loaded after it.
    gc.disable()
    from journeymap import session

    if argv and argv[0]:
        session.expect(argv[0])
    from journeymap.ui import app

    return app.run(argv)


if __name__ == "__main__":
    sys.exit(main())
