"""Times whole processes: wall-clock medians over several runs, alternating between contestants in one run."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence

from msgspec import Struct


def process_seconds(command: Sequence[str], env: Mapping[str, str] | None = None) -> float:
    """Seconds from start to exit of one process. Raises CalledProcessError where it fails."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **(env or {})})
    return time.perf_counter() - start


class Cost(Struct, frozen=True):
    """What one process took: seconds on the clock and of the processor, the most memory in MB."""

    seconds: float
    computed: float
    megabytes: float


def process_cost(command: Sequence[str]) -> Cost:
    """What one process takes from start to exit. Raises CalledProcessError where it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def first_paint(command: Sequence[str], env: Mapping[str, str]) -> tuple[float, float]:
    """Seconds from before a process starts to the moment that it prints (as `time.time()`), and its computing time."""
    begun = time.time()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=dict(env), text=True)
    said = process.stdout.read() if process.stdout is not None else ""
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return float(said.split()[0]) - begun, used.ru_utime + used.ru_stime


def medians(contestants: Mapping[str, Sequence[str]], runs: int = 7) -> dict[str, float]:
    """Median seconds of each contestant; they take turns, so that a busy moment hits all of them."""
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(runs):
        for name, command in contestants.items():
            times[name].append(process_seconds(command))
    return {name: round(statistics.median(found), 4) for name, found in times.items()}


def children_megabytes() -> float:
    """The largest resident size of any finished child process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
