"""Broken copies of real files, bombs and hostile names: each ends in an import whose account adds up, or in one plain
sentence; soon, in little memory, and nothing is left behind. Three hundred here, more than five thousand in the slow group.

They run in processes of their own (`fuzzing`), so that time and memory are theirs. A source may compute for twenty seconds,
and take three times that on the clock of a machine that is busy with other tests.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from threading import Timer

import pytest

SECONDS, CLOCK, MEGABYTES = 20, 60, 1500


def run(seeds: range, folder: Path, shared: Path) -> list[dict]:
    """The reports of these seeds; a process that hangs is ended, and the seed at which it hung has no report."""
    command = [sys.executable, str(Path(__file__).with_name("fuzzing.py")), str(seeds.start), str(seeds.stop)]
    reports: list[dict] = []
    with (
        (folder / "errors").open("w+b") as errors,
        subprocess.Popen([*command, str(folder), str(shared)], stdout=subprocess.PIPE, stderr=errors) as process,
    ):
        watch = Timer(4 * CLOCK, process.kill)
        watch.start()
        for line in process.stdout:
            watch.cancel()
            reports.append(json.loads(line))
            watch = Timer(2 * CLOCK, process.kill)
            watch.start()
        watch.cancel()
        process.wait()
        errors.seek(0)
        assert process.returncode == 0, f"seed {seeds.start + len(reports)}: {errors.read().decode()[-3000:]}"
    assert [report["seed"] for report in reports] == list(seeds)
    return reports


def check(reports: list[dict]) -> None:
    """Every report is within the bounds."""
    for report in reports:
        said = report["said"]
        assert report["computed"] < SECONDS, report
        assert report["clock"] < CLOCK, report
        assert report["megabytes"] < MEGABYTES, report
        assert report["children_megabytes"] < MEGABYTES, report
        assert not report["left"], report
        assert "\n" not in said, report
        assert "Traceback" not in said, report
        assert len(said) < 1500, report


@pytest.mark.parametrize("part", range(4))
def test_three_hundred_broken_sources(part, shared, tmp_path):
    reports = run(range(part * 75, (part + 1) * 75), tmp_path, shared)
    check(reports)
    refused = sum(bool(report["said"]) for report in reports)
    assert 10 < refused < 65


@pytest.mark.slow
@pytest.mark.parametrize("part", range(16))
def test_five_thousand_broken_sources(part, shared, tmp_path):
    check(run(range(10_000 + part * 320, 10_000 + (part + 1) * 320), tmp_path, shared))
