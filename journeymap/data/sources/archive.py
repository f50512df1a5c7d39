"""gzip and zip: one table is unpacked into a private folder, under a name of our own and within bounds.

An archive may say anything about its sizes, so that what is written is counted, not what is promised. Names in an archive
are never used as paths.
"""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO

from journeymap.data.sources.text import safe_name
from journeymap.failure import Failure
from journeymap.i18n import _

MOST_BYTES = 4_000_000_000
"""No table is unpacked beyond this size."""
MOST_TIMES, FREE = 200, 100_000_000
"""Beyond `FREE` bytes nothing may unpack to more than so many times its size: a bomb does, no table."""
_CHUNK = 1 << 20
_TABLES = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".parquet", ".json", ".jsonl", ".ndjson",
           ".sav", ".zsav", ".gz")  # fmt: skip

Cancelled = Callable[[], bool] | None


def gunzipped(path: Path, folder: Path, cancelled: Cancelled = None) -> Path:
    """The file within a gzip file, unpacked into `folder`. Raises Failure."""
    name = path.name[:-3] if path.name.lower().endswith(".gz") else path.name
    try:
        with gzip.open(path) as packed:
            return _unpacked(packed, path, folder / safe_name(name), path.stat().st_size, cancelled)
    except (OSError, EOFError, zlib.error) as error:
        raise damaged(path) from error


def unzipped(path: Path, folder: Path, sheet: str, cancelled: Cancelled = None) -> tuple[Path, tuple[str, ...]]:
    """The table within a zip file, unpacked into `folder`, and the names of all its tables. Raises Failure."""
    try:
        with zipfile.ZipFile(path) as packed:
            tables = [one for one in packed.infolist() if _is_table(one)]
            names = tuple(one.filename for one in tables)
            chosen = _chosen(path, tables, sheet)
            if chosen.flag_bits & 1:
                raise Failure(_("{path} is protected by a password; unpack it first.").format(path=path.name))
            with packed.open(chosen) as member:
                size = max(chosen.compress_size, 1)
                return _unpacked(member, path, folder / safe_name(chosen.filename), size, cancelled), names
    except (zipfile.BadZipFile, OSError, EOFError, zlib.error, NotImplementedError, RuntimeError, ValueError) as error:
        raise damaged(path) from error


def check_workbook(path: Path) -> str:
    """What a zip file is: "workbook", or "archive". Raises Failure for one that unpacks beyond all bounds."""
    try:
        with zipfile.ZipFile(path) as packed:
            members = packed.infolist()
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise damaged(path) from error
    names = {one.filename for one in members}
    whole = sum(one.file_size for one in members)
    if whole > MOST_BYTES or whole > max(FREE, MOST_TIMES * path.stat().st_size):
        raise bomb(path)
    is_book = "[Content_Types].xml" in names or any(name.startswith("xl/") for name in names) or "content.xml" in names
    return "workbook" if is_book else "archive"


def _is_table(member: zipfile.ZipInfo) -> bool:
    name = member.filename.rsplit("/", 1)[-1]
    hidden = name.startswith(".") or member.filename.startswith("__MACOSX")
    return not (member.is_dir() or hidden) and name.lower().endswith(_TABLES)


def _chosen(path: Path, tables: list[zipfile.ZipInfo], sheet: str) -> zipfile.ZipInfo:
    if not tables:
        raise Failure(_("{path} holds no table.").format(path=path.name))
    shown = ", ".join(one.filename for one in tables[:8])
    if sheet:
        named = [one for one in tables if sheet in {one.filename, one.filename.rsplit("/", 1)[-1]}]
        if named:
            return named[0]
        if len(tables) > 1:
            raise Failure(
                _("{path} holds no table “{sheet}”. It holds: {names}.").format(
                    path=path.name, sheet=sheet, names=shown
                )
            )
    if len(tables) > 1:
        raise Failure(
            _("{path} holds {n} tables: {names}. Name one of them as “sheet” in the recipe, or unpack it.").format(
                path=path.name, n=len(tables), names=shown
            )
        )
    return tables[0]


def _unpacked(packed: IO[bytes] | gzip.GzipFile, path: Path, target: Path, size: int, cancelled: Cancelled) -> Path:
    written = 0
    with target.open("wb") as file:
        while chunk := packed.read(_CHUNK):
            written += len(chunk)
            if written > MOST_BYTES or (written > FREE and written > MOST_TIMES * size):
                raise bomb(path)
            if cancelled is not None and cancelled():
                raise Failure(_("Stopped."))
            file.write(chunk)
    return target


def bomb(path: Path) -> Failure:
    """The sentence for an archive that unpacks beyond all bounds."""
    return Failure(_("{path} unpacks to far more than any table of its size; it is not read.").format(path=path.name))


def damaged(path: Path) -> Failure:
    """The sentence for an archive that cannot be unpacked."""
    return Failure(_("{path} is damaged and cannot be unpacked.").format(path=path.name))
