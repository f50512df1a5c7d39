"""Imports broken sources one after the other, in a process whose time and memory are only theirs. Run by test_fuzz:

python fuzzing.py FIRST LAST FOLDER SHARED      one line of JSON a source, in the order of the seeds
"""

from __future__ import annotations

import json
import os
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from breaking import broken, hostile, others, real_files

from journeymap.data import Question, Recipe, guess, peek, prepare
from journeymap.failure import Failure
from journeymap.model.document import Document
from journeymap.model.records import Map, State, new_id


def brought_in(path: Path) -> str:
    """Looks at a source and imports it, by a guess or else its likeliest column; gives the sentence of a refusal."""
    document = Document([Map(new_id(), title="Empty"), State(new_id(), "a0", "As is")])
    try:
        sample = peek(path)
        try:
            recipe = guess(sample, document).recipe
        except Failure:
            recipe = Recipe(questions=(Question("number", _likeliest(sample)),))
        told = prepare(document, [path], recipe).as_json()
    except Failure as failure:
        return str(failure)
    assert told["rows_read"] == told["rows_used"] + sum(told["rows_dropped"].values())
    for measure in told["measures"]:
        parts = (measure[part] for part in ("n", "missing", "not_applicable", "unreadable"))
        assert measure["rows"] == sum(parts)
    return ""


def _likeliest(sample) -> str:
    digits = [
        sum(bool(re.fullmatch(r"[\d.,]+", row[place])) for row in sample.rows[:50])
        for place in range(len(sample.columns))
    ]
    return sample.columns[digits.index(max(digits))]


def measured(work: Callable[[], str]) -> dict[str, object]:
    """What `work` says; what it took of the processor and of the clock, its children included; the most memory in MB."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # from here on a new highest mark
    clock, computed = time.monotonic(), _computed()
    said = work()
    return {
        "said": said,
        "clock": time.monotonic() - clock,
        "computed": _computed() - computed,
        "megabytes": _highest(),
        "children_megabytes": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
    }


def _computed() -> float:
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in both)


def _highest() -> float:
    with suppress(OSError, AttributeError):
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _left(around: Path, path: Path, temporary: Path) -> list[str]:
    """Files and processes that should not be there any more."""
    found = [str(one) for one in (*temporary.iterdir(), *around.iterdir()) if one != path]
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    return found + (children.read_text(encoding="ascii").split() if children.exists() else [])


def run(seeds: range, folder: Path, shared: Path) -> Iterator[dict[str, object]]:
    """One report a seed."""
    whole, around, temporary = (folder / name for name in ("whole", "around", "temporary"))
    for one in (whole, around, temporary):
        one.mkdir()
    tempfile.tempdir = str(temporary)
    sources = [*real_files(shared), *others(shared, whole)]
    os.chdir(around)
    for seed in seeds:
        path = hostile(seed, around) or broken(seed, sources, around)
        report = measured(lambda path=path: brought_in(path))
        yield {"seed": seed, **report, "left": _left(around, path, temporary)}
        for made in around.iterdir():  # never the path itself: it may be a device
            made.unlink()


if __name__ == "__main__":
    for found in run(range(int(sys.argv[1]), int(sys.argv[2])), Path(sys.argv[3]), Path(sys.argv[4])):
        sys.stdout.write(f"{json.dumps(found)}\n")
        sys.stdout.flush()
