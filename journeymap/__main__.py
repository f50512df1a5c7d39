"""`journeymap [MAP]` opens the window, `journeymap COMMAND …` works without one (and without Qt)."""

from __future__ import annotations

import sys


def main() -> int:
    """Runs a command where the first argument names one or is an option, else opens the window."""
    argv = sys.argv[1:]
    from journeymap import cli

    if argv and (argv[0] in cli.COMMANDS or argv[0].startswith("-")):
        return cli.main(argv)
    if len(argv) > 1:
        return cli.main(["--help"]) or 2
    from journeymap.ui import app

    return app.run(argv)


if __name__ == "__main__":
    sys.exit(main())
