"""Broken copies of real files: each ends in an import whose account adds up, or in one plain sentence; soon, in little memory,
and nothing is left behind. Three hundred here, more than five thousand in the slow group.
"""

from __future__ import annotations

import os
import re
import resource
import tempfile
import time
from pathlib import Path

import pytest
from breaking import broken, others, real_files

from journeymap.data import Question, Recipe, guess, peek, prepare
from journeymap.failure import Failure
from journeymap.model.document import Document
from journeymap.model.records import Map, State, new_id

SECONDS, MEGABYTES = 20, 1500


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


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


def run(seeds: range, shared: Path, tmp_path: Path, temporary: Path) -> dict[str, int]:
    made = tmp_path / "made"
    made.mkdir()
    sources = [*real_files(shared), *others(shared, made)]
    around = tmp_path / "around"
    around.mkdir()
    counts = {"imported": 0, "refused": 0}
    for seed in seeds:
        path = broken(seed, sources, around)
        start = time.monotonic()
        said = brought_in(path)
        took = time.monotonic() - start
        assert took < SECONDS, f"seed {seed}: {took:.1f} s"
        assert "\n" not in said, f"seed {seed}: {said!r}"
        assert "Traceback" not in said
        assert len(said) < 1500, f"seed {seed}: {said!r}"
        assert not list(temporary.iterdir()), f"seed {seed} left something behind"
        assert list(around.iterdir()) == [path], f"seed {seed} wrote beside its file"
        path.unlink()
        counts["refused" if said else "imported"] += 1
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        assert resource.getrusage(who).ru_maxrss / 1024 < MEGABYTES
    return counts


def test_three_hundred_broken_sources(shared, tmp_path, temporary):
    counts = run(range(300), shared, tmp_path, temporary)
    assert counts["imported"] > 50
    assert counts["refused"] > 50


@pytest.mark.slow
@pytest.mark.skipif("JOURNEYMAP_FUZZ" not in os.environ, reason="takes twenty minutes: set JOURNEYMAP_FUZZ to run it")
@pytest.mark.parametrize("part", range(8))
def test_five_thousand_broken_sources(part, shared, tmp_path, temporary):
    counts = run(range(10_000 + part * 640, 10_000 + (part + 1) * 640), shared, tmp_path, temporary)
    assert sum(counts.values()) == 640
