"""The child of `apart`: reads one file as one table and writes it as CSV, or reads through one that is text. Run as a module, never imported by the program."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from msgspec.structs import asdict

from journeymap.data.sources.apart import MEMORY
from journeymap.data.sources.sniff import read_bytes
from journeymap.failure import Failure
from journeymap.i18n import _, use

MOST_CELL = 130_000
"""Longer cells are cut: a table has none, and readers of CSV refuse them."""


def main() -> int:
    """Does the job on standard input; answers in JSON on standard output."""
    job = json.loads(sys.stdin.buffer.read())
    _limit(job["seconds"])
    use(job["language"])
    path = Path(job["path"])
    try:
        answer = asdict(read_bytes(path, job["encoding"])) if job["kind"] == "bytes" else _done(job, path)
    except Failure as failure:
        answer = {"failure": str(failure)}
    except (MemoryError, RecursionError):
        answer = {
            "failure": _("{path} is too large or too deep to be read; save it as CSV and try again.").format(
                path=path.name
            )
        }
    except BaseException as error:  # noqa: BLE001  (readers in Rust raise a BaseException when they panic)
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        answer = {"failure": _("{path} cannot be read: {reason}.").format(path=path.name, reason=reason.rstrip("."))}
    sys.stdout.buffer.write(json.dumps(answer).encode())
    return 0


def _done(job: dict[str, Any], path: Path) -> dict[str, Any]:
    reader = import_module(f"journeymap.data.sources.{job['kind']}")
    answer: dict[str, Any]
    records: Iterator[Sequence[str]]
    answer, records = reader.read(path, job["sheet"])
    most = job["rows"]
    count = 0
    with Path(job["target"]).open("w", encoding="utf-8", newline="", errors="replace") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        for record in records if most is None else islice(records, most):
            writer.writerow([cell[:MOST_CELL].replace("\0", "") for cell in record])
            count += 1
    if "finish" in answer:
        answer |= answer.pop("finish")()
    return {**answer, "rows": count}


def _limit(seconds: int) -> None:
    """No more memory and computing time than allowed; where the system knows such limits."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main())
