"""Folders for what is spilled while a source is read: only their user can look into them, and they do not outlive the work.

A process that is killed cannot tidy up after itself; the next one does it. Which process a folder belongs to stands in its name.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

PREFIX = "journeymap-"


def folder() -> tempfile.TemporaryDirectory[str]:
    """A new private folder (mode 0700), removed with its contents at the end of `with`; leftovers of killed processes go now."""
    sweep()
    return tempfile.TemporaryDirectory(prefix=f"{PREFIX}{os.getpid()}-", ignore_cleanup_errors=True)


def sweep() -> None:
    """Removes the folders of this user whose process is no more. Windows has no harmless way to ask for a process."""
    if os.name != "posix":
        return
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*-*"):
        owner = path.name.removeprefix(PREFIX).partition("-")[0]
        if owner.isdigit() and not _lives(int(owner)) and _is_mine(path):
            shutil.rmtree(path, ignore_errors=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _is_mine(path: Path) -> bool:
    try:
        found = path.lstat()
    except OSError:
        return False
    return found.st_uid == os.getuid() and path.is_dir() and not path.is_symlink()
