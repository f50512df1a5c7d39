"""The headless commands: `journeymap demo | new | import | kpis | export | check | verify`. No Qt, no display.

Exit codes: 0 done · 1 the input or the map is at fault (one sentence on standard error) · 2 wrong usage ·
70 a defect of the program. With --json one JSON document stands on standard output and nothing else.
Everything heavy is imported by the command that needs it, so that --help answers at once.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from journeymap import __version__, i18n
from journeymap.cli import importing, mapping, options, reading, stopping
from journeymap.failure import Failure, is_stop
from journeymap.i18n import _

COMMANDS = ("demo", "new", "import", "kpis", "export", "check", "verify")


def main(argv: Sequence[str]) -> int:
    """Runs one command; returns its exit code (argparse exits with 2 itself on wrong usage)."""
    i18n.use(i18n.language())
    arguments = parser().parse_args(argv)
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        with _tidy_end():
            return run(arguments)
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of our output has gone: nobody is left to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print(_("Stopped. The map is as it was."), file=sys.stderr)
        return 1
    except Exception:  # noqa: BLE001  (the outermost door: whatever comes here is a defect, and is reported as one)
        print(_("This is a defect of the program; the map is as it was. Please report these lines:"), file=sys.stderr)
        traceback.print_exc()
        return 70


@contextmanager
def _tidy_end() -> Iterator[None]:
    """Whoever ends the process politely (Ctrl+C, SIGTERM) is answered alike: what was spilled is removed first."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {one: signal.signal(one, stopping.stop) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except Exception as error:
        if is_stop(error) or (isinstance(error, Failure) and stopping.asked()):
            raise KeyboardInterrupt from error
        raise
    finally:
        stopping.forget()
        for one, handler in before.items():
            signal.signal(one, handler or signal.SIG_DFL)


def parser() -> argparse.ArgumentParser:
    """The command line as the contract has it; what is not real yet is not in it."""
    top = argparse.ArgumentParser(
        prog="journeymap",
        description=_(
            "Customer journey maps on your own machine. Without a command: the window, on MAP or on the start page."
        ),
        usage="journeymap [MAP] | journeymap {" + ",".join(COMMANDS) + "} …",
    )
    top.add_argument("--version", action="version", version=f"Journeymap {__version__}")
    commands = top.add_subparsers(title=_("commands"), metavar="", required=True, prog="journeymap")

    def command(name: str, run: Callable[[argparse.Namespace], int], help_: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=help_, description=help_)
        made.set_defaults(run=run)
        made.add_argument("--json", action="store_true", help=_("print one JSON document instead of text"))
        return made

    demonstrated = command("demo", mapping.demo, _("write a complete worked example: survey, map, PDFs"))
    demonstrated.add_argument("folder", metavar="DIR", type=options.named)
    options.new_options(command("new", mapping.new, _("make a new map, also from a map of another program")))
    options.import_options(
        command(
            "import", importing.import_, _("turn a survey file into figures on the map, or add a map from elsewhere")
        )
    )
    figures = command("kpis", reading.kpis, _("print the figures of a map with their intervals"))
    figures.add_argument("map", metavar="MAP", type=options.named)
    figures.add_argument(
        "--by",
        metavar="COLUMN",
        help=_("a segment column of the data, or persona, or phase (its touchpoints together)"),
    )
    figures.add_argument("--period", choices=("day", "week", "month", "quarter", "year", "fiscal"))
    options.export_options(
        command("export", reading.export, _("write the map, the action plan or the register of personal data"))
    )
    check = command("check", mapping.check, _("what an expert would criticise"))
    check.add_argument("map", metavar="MAP", type=options.named)
    sound = command("verify", mapping.verify, _("is the file sound"))
    sound.add_argument("map", metavar="MAP", type=options.named)
    return top
