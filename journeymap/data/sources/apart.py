"""Reading what is no text in a process of its own, with limits on memory and time.

A workbook, a Parquet or an SPSS file goes through compiled libraries that trust it: two cells at opposite corners make one
of them ask for half a terabyte, a flipped byte can make another fall. There it costs this process nothing but a sentence.
The child is given the file and a place for the table, opens nothing else, and says on its standard output what it found.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from math import ceil
from pathlib import Path
from typing import Any

from journeymap.failure import Failure
from journeymap.i18n import _

MEMORY = 1_300_000_000
"""Bytes that a child may take."""
SECONDS, SECONDS_A_MEGABYTE = 8.0, 1.5
"""A child may compute so long, and so much longer for each megabyte of its file. A source is read twice at most: its
beginning to be looked at, the whole to be counted.
"""
PATIENCE = 2
"""On the clock it may take so many times as long: the machine may be busy with something else."""


def converted(
    kind: str,
    path: Path,
    target: Path,
    *,
    sheet: str = "",
    rows: int | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> dict[str, Any]:
    """Writes the table of a file to `target` as strict UTF-8 CSV, and gives what the file says about it.

    `rows` limits how many are written. Raises Failure, with the reader's own sentence where it has one.
    """
    limit = SECONDS + SECONDS_A_MEGABYTE * path.stat().st_size / 1e6
    job = json.dumps(
        {"kind": kind, "path": str(path), "target": str(target), "sheet": sheet, "rows": rows, "seconds": ceil(limit)}
    )
    child = subprocess.Popen(
        [sys.executable, "-m", "journeymap.data.sources.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **_QUIET, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    try:
        said = _heard(child, job, time.monotonic() + limit * PATIENCE, cancelled)
    finally:
        if child.poll() is None:
            child.kill()
            child.wait()
    if said is None or child.returncode == -_OUT_OF_TIME:
        raise Failure(
            _("{path} took longer than {seconds} seconds to read; save it as CSV and try again.").format(
                path=path.name, seconds=round(limit)
            )
        )
    try:
        answer = json.loads(said)
    except ValueError:
        answer = {}
    if "failure" in answer:
        raise Failure(str(answer["failure"]))
    if not isinstance(answer, dict) or child.returncode or "rows" not in answer:
        raise _broken(path)
    return answer


def _heard(
    child: subprocess.Popen[bytes], job: str, until: float, cancelled: Callable[[], bool] | None
) -> bytes | None:
    """What the child says, None where it took too long or is no longer wanted."""
    text: bytes | None = job.encode()
    while True:
        try:
            said, _errors = child.communicate(text, timeout=0.2)
        except subprocess.TimeoutExpired:
            text = None
            if time.monotonic() > until or (cancelled is not None and cancelled()):
                return None
        except BrokenPipeError:
            with suppress(subprocess.TimeoutExpired):
                child.wait(1)
            return b""
        else:
            return said


_OUT_OF_TIME = getattr(signal, "SIGXCPU", 0) or sys.maxsize


def _broken(path: Path) -> Failure:
    return Failure(
        _("{path} is damaged, or too large for a gigabyte of memory; save it as CSV and try again.").format(
            path=path.name
        )
    )


_QUIET = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "2",
    "PYTHONUTF8": "1",
}
