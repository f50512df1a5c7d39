"""A process killed in the middle of its work: everything it was told is saved is in the file, and the file is sound."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from journeymap.model.cube import EVERYBODY
from journeymap.model.records import DataSet, Measure
from journeymap.session import Session
from journeymap.store import log, opening
from journeymap.store.verify import verify

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")
FRESH = 15  # kills of one file before a new one is begun


@contextmanager
def workshop() -> Iterator[subprocess.Popen[str]]:
    """The process that forks workers."""
    here = Path(__file__).parent
    with subprocess.Popen(
        [sys.executable, str(here / "worker.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=here
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def killed(process: subprocess.Popen[str], path: Path, seed: int, marks: int, after: float) -> list[tuple[int, str]]:
    """Kills a worker `after` seconds after it has called so many changes saved; returns what it did: (number, label).

    Counting marks instead of seconds kills at the same places on a fast machine and on a busy one.
    """
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{path} {seed}\n")
    process.stdin.flush()
    lines: list[str] = []
    worker = None
    while worker is None:
        line = process.stdout.readline()
        assert line, "the workshop ended"
        lines.append(line)
        if line.startswith("worker "):
            worker = int(line.split()[1])
    while sum(line.startswith("saved ") for line in lines) < marks:
        lines.append(process.stdout.readline())
        assert lines[-1], "the workshop ended"
    time.sleep(after)
    os.kill(worker, signal.SIGKILL)
    while (line := process.stdout.readline()) != "dead\n":
        assert line, "the workshop ended"
        lines.append(line)
    assert not [line for line in lines if line.startswith("failed ") and "cannot be" not in line]
    saved = [line[:-1].split(" ", 2) for line in lines if line.startswith("saved ")]
    return [(int(number), label) for _word, number, label in saved]


def everything_is_there(path: Path, saved: list[tuple[int, str]]) -> None:
    with Session.open(path) as session:
        assert session.saved
        for data in session.document.all(DataSet):
            blocks = session.cube(data.id).blocks
            measures = session.document.referring(Measure, "data_set_id", data.id)
            assert set(blocks) == {(measure.id, EVERYBODY) for measure in measures}
            assert all(len(block.n) for block in blocks.values())
    with closing(opening.Reader(path)) as reader:
        labels = {line.seq: line.label for line in reader.ask(log.lines)}
    for number, label in saved:
        assert number in labels, f"{number} “{label}” was called saved and is not in the log"
        assert labels[number] == label or not label
    report = verify(path)
    assert report.sound, str(report)


def kill_often(folder: Path, times: int, seed: int) -> dict[str, int]:
    dice = random.Random(seed)
    saved_in_all, hot, unmade = 0, 0, 0
    with workshop() as process:
        for number in range(times):
            path = folder / f"{number // FRESH}.journey"
            marks, after = dice.choice([0, 1, 2, 4, 8]), dice.choice([0.005, 0.02, 0.1]) * dice.random()
            saved = killed(process, path, seed * 1000 + number, marks, after)
            saved_in_all += len(saved)
            hot += path.with_name(path.name + "-journal").exists()
            if path.exists():
                everything_is_there(path, saved)
            else:
                assert not saved
                unmade += 1
    return {"kills": times, "saved": saved_in_all, "in the middle of writing": hot, "before the file was made": unmade}


def test_thirty_kills_lose_nothing(tmp_path: Path) -> None:
    figures = kill_often(tmp_path, 30, seed=7)
    assert figures["saved"] > 30, figures


@pytest.mark.slow
def test_three_hundred_kills_lose_nothing(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    figures = kill_often(tmp_path, 300, seed=11)
    record_property("figures", figures)
    assert figures["saved"] > 300, figures
    assert figures["in the middle of writing"] > 10, figures
