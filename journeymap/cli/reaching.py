"""Where a source is: a file, or a database whose password is asked for in a terminal."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from journeymap.failure import Failure
from journeymap.i18n import _

if TYPE_CHECKING:
    from journeymap.data.address import Address


def reached(source: str) -> Path | Address:
    """The file, or the database: tried at once, so that its password is asked for before anything else."""
    from journeymap.data.address import Address, located

    found = located(source)
    if not isinstance(found, Address):
        return found
    from journeymap.data.databases import connect, passwords

    tries = 3 if sys.stdin.isatty() and sys.stderr.isatty() else 0
    while True:
        try:
            connect(found).close()
        except passwords.PasswordNeeded as needed:
            if not tries:
                raise Failure(
                    _("{sentence} Set {variable}, or run this in a terminal to be asked for it.").format(
                        sentence=needed, variable=passwords.VARIABLE
                    )
                ) from None
            tries -= 1
            print(needed, file=sys.stderr)
            found = found.knowing(getpass.getpass(_("Password: "), stream=sys.stderr))
            continue
        if found.secret is not None and _wanted(_("Keep it in the system’s keyring? [y/N] ")):
            kept = passwords.keep(found, found.secret.reveal())
            print(_("It is kept.") if kept else _("This system has no keyring that would take it."), file=sys.stderr)
        return found


def _wanted(question: str) -> bool:
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in {"y", "yes", "j", "ja"}
