"""Measurements cost nothing at start-up, and an import can be stopped while the engine is busy."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

import pytest

from journeymap.data import Columns, Question, Recipe, Stopped, prepare


def test_importing_the_package_imports_no_engine():
    heavy = "{'numpy', 'pandas', 'ibis', 'duckdb', 'pyarrow', 'sqlalchemy', 'networkx'}"
    code = f"import sys, journeymap.data; print(sorted({heavy} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_counting_imports_no_pandas(write):
    path = write("score,where\n5,Search\n4,Search\n")
    code = (
        "import sys; from pathlib import Path; from journeymap.data import *; from journeymap.model.document import Document;"
        "from journeymap.model.records import Map, new_id;"
        "recipe = Recipe(columns=Columns(touchpoint='where'), questions=(Question('csat', 'score', scale=(1.0, 5.0)),));"
        f"intake = prepare(Document([Map(new_id())]), [Path({str(path)!r})], recipe);"
        "print(intake.measures[0].n, 'pandas' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["2", "False"]


def test_an_import_is_stopped_soon_while_the_engine_is_busy(write, empty_map, tmp_path):
    line = "2026-03-01,Search,5,a rather long text that makes the file grow and the scan take a while\n"
    path = write("day,where,score,text\n" + line * 400_000)
    recipe = Recipe(
        columns=Columns(touchpoint="where", date="day", segments=("text",)), questions=(Question("csat", "score"),)
    )
    stop = threading.Event()
    stopped_at: list[float] = []

    def press() -> None:
        stopped_at.append(time.perf_counter())
        stop.set()

    timer: list[threading.Timer] = []

    def progress(part: float, _text: str) -> None:
        if part >= 0.1 and not timer:
            timer.append(threading.Timer(0.05, press))
            timer[0].start()

    with pytest.raises(Stopped):
        prepare(empty_map, [path], recipe, progress=progress, cancelled=stop.is_set)
    assert time.perf_counter() - stopped_at[0] < 3
