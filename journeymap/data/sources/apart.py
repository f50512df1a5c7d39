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

from journeymap.data.sources.sniff import Bytes
from journeymap.failure import Failure
from journeymap.i18n import _, language

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
    limit = _limit(path)
    said, ended = _said(
        {"kind": kind, "path": str(path), "target": str(target), "sheet": sheet, "rows": rows}, limit, cancelled
    )
    if said is None or ended == -_OUT_OF_TIME:
        raise Failure(
            _("{path} took longer than {seconds} seconds to read; save it as CSV and try again.").format(
                path=path.name, seconds=round(limit)
            )
        )
    answer = _told(said)
    if "failure" in answer:
        raise Failure(str(answer["failure"]))
    if ended or "rows" not in answer:
        raise _broken(path)
    return answer


def read_through(path: Path, encoding: str) -> Bytes | None:
    """What `sniff.read_bytes` finds in a text file; None where it is none, or the child fails.

    Not out of distrust: hashing half a gigabyte on a thread waits for its turn after each piece while this process imports
    libraries, and takes three times as long.
    """
    try:
        said, ended = _said({"kind": "bytes", "path": str(path), "encoding": encoding}, _limit(path), None)
    except OSError:
        return None
    answer = _told(said or b"")
    return None if ended or "failure" in answer or not answer else Bytes(**answer)


def _limit(path: Path) -> float:
    return SECONDS + SECONDS_A_MEGABYTE * path.stat().st_size / 1e6


def _said(job: dict[str, Any], limit: float, cancelled: Callable[[], bool] | None) -> tuple[bytes | None, int]:
    """What a child answers to a job, None where it took too long or is no longer wanted; and its exit code."""
    child = subprocess.Popen(
        [sys.executable, "-m", "journeymap.data.sources.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **_QUIET, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    text = json.dumps({**job, "seconds": ceil(limit), "language": language()})
    try:
        said = _heard(child, text, time.monotonic() + limit * PATIENCE, cancelled)
    finally:
        if child.poll() is None:
            child.kill()
            child.wait()
    return said, child.returncode


def _told(said: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(said)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


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
