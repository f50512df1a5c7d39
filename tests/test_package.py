"""The wheel is whole: what an installation gets is what a checkout has."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.skipif(importlib.util.find_spec("hatchling") is None, reason="hatchling is not installed")
def test_the_wheel_contains_every_resource_and_starts(tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    wheel = next(tmp_path.glob("*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        archive.extractall(tmp_path / "installed")
    resources = {
        path.relative_to(ROOT / "resources").as_posix() for path in (ROOT / "resources").rglob("*") if path.is_file()
    }
    assert {f"journeymap/_resources/{name}" for name in resources} <= names
    assert any(name.endswith("v1.sql") for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    run = [sys.executable, "-c", "from journeymap.cli import main; raise SystemExit(main(['new', 'a.journey']))"]
    elsewhere = {"PYTHONPATH": str(tmp_path / "installed"), "PATH": ""}
    done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, env=elsewhere, check=False)
    assert done.returncode == 0, done.stderr
    where = [sys.executable, "-c", "import journeymap.resources as r; print(r.root())"]
    told = subprocess.run(where, cwd=tmp_path, capture_output=True, text=True, env=elsewhere, check=True)
    assert "installed" in told.stdout


def test_the_lock_names_no_address_and_has_a_hash_for_every_version() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        assert "http" not in text
        assert "index-url" not in text
        pinned = [block for block in text.split("\n") if "==" in block]
        assert len(pinned) > 20
        for block in text.replace("\\\n", " ").splitlines():
            if "==" in block:
                assert "--hash=sha256:" in block


def test_the_repository_names_no_machine() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    home = str(ROOT.parent) + "/"
    for name in listed.stdout.splitlines():
        data = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
        assert home.encode() not in data, name
