"""The schema of every version of the file, frozen as SQL, and the steps from one to the next.

`v1.sql` is the whole schema of version 1; `v1_to_v2.sql` leads from 1 to 2. What has been released is
never edited: tests hold the newest whole schema equal to the derived tables, and every step to the next schema.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

APPLICATION_ID: Final = 0x4A4D4150  # "JMAP"
VERSION: Final = 3
FOLDER: Final = Path(__file__).parent


@cache
def statements(version: int, folder: Path = FOLDER) -> tuple[str, ...]:
    """The CREATE statements of a version, as they stand in the file's own schema."""
    return _split(folder / f"v{version}.sql")


@cache
def steps(version: int, folder: Path = FOLDER) -> tuple[str, ...]:
    """The statements that lead from `version` to the next."""
    return _split(folder / f"v{version}_to_v{version + 1}.sql")


def _split(path: Path) -> tuple[str, ...]:
    parts = path.read_text("utf-8").split(";\n")
    return tuple(part.strip() for part in parts if part.strip())
