"""No network: a whole import and export where there is none; and nothing readable is left in the temporary folder."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Python tells every attempt to look up a name or to connect; one is enough to fail.
TELLTALE = """
import sys

def told(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}:
        open(%r, "a").write(f"{event} {arguments}\\n")

sys.addaudithook(told)
"""
RECIPE = """
[columns]
date = "date"
touchpoint = "where"
segments = ["group"]
comments = ["comment"]
drop = ["mail"]

[[measure]]
kpi = "csat"
column = "score"
scale = [1, 5]
"""


def survey(path: Path, rows: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.write("date,where,group,mail,score,comment\n")
        for n in range(rows):
            file.write(f"2026-{1 + n % 12:02}-03,Desk {n % 7},g{n % 5},a{n}@b.org,{1 + n % 5},The queue was long {n}\n")
    return path


def cut_off() -> list[str]:
    """The command that runs another without any network; skips where the system does not let us."""
    for command in (["unshare", "--net"], ["unshare", "--map-root-user", "--net"]):
        if (
            shutil.which("unshare")
            and not subprocess.run([*command, "true"], capture_output=True, check=False).returncode
        ):
            return command
    pytest.skip("this system does not permit a network namespace of one's own (unshare --net)")


def run(command: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    around = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)]), "HOME": str(folder), **environment}
    return subprocess.run(command, capture_output=True, text=True, env=around, cwd=folder, check=False, timeout=120)


def test_a_whole_import_and_export_needs_and_asks_for_no_network(tmp_path):
    prefix = cut_off()
    tried = tmp_path / "tried.txt"
    (tmp_path / "sitecustomize.py").write_text(TELLTALE % str(tried))
    alone = run(
        [*prefix, sys.executable, "-c", "import socket; socket.create_connection(('127.0.0.1', 9), 1)"], tmp_path
    )
    assert "unreachable" in alone.stderr, "the namespace has no network, not even a loopback"
    assert tried.read_text(), "the telltale works"
    tried.unlink()
    source, recipe = survey(tmp_path / "s.csv", 3000), tmp_path / "r.toml"
    recipe.write_text(RECIPE)
    journeymap = [*prefix, sys.executable, "-m", "journeymap"]
    for arguments in (
        ["new", "m.journey", "--template", "customer-journey"],
        ["import", "m.journey", str(source), "--recipe", str(recipe), "--json"],
        ["kpis", "m.journey", "--by", "group", "--json"],
        ["export", "m.journey", "map.pdf"],
        ["export", "m.journey", "map.png"],
        ["export", "m.journey", "plan.pdf", "--document", "plan"],
        ["export", "m.journey", "map.json"],
        ["verify", "m.journey"],
    ):
        done = run([*journeymap, *arguments], tmp_path)
        assert done.returncode == 0, (arguments, done.stderr)
    assert (tmp_path / "map.pdf").read_bytes().startswith(b"%PDF")
    assert not tried.exists(), tried.read_text()


SIGNALS = {"interrupted": signal.SIGINT, "ended": signal.SIGTERM}


def under_way(temporary: Path) -> bool:
    """Whether an import has begun to write down what it reads; a folder may go while one looks into it."""
    with suppress(FileNotFoundError):
        return any(temporary.glob("*/source-*"))
    return False


@pytest.mark.skipif(os.name != "posix", reason="modes and signals are those of POSIX")
@pytest.mark.parametrize("ending", ["done", "failed", "interrupted", "ended"])
def test_temporary_files_are_private_and_gone_afterwards(tmp_path, ending):
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    source, recipe = survey(tmp_path / "s.csv", 400_000 if ending in SIGNALS else 40_000), tmp_path / "r.toml"
    recipe.write_text(RECIPE.replace("scale = [1, 5]", "scale = [8, 9]") if ending == "failed" else RECIPE)
    assert run([sys.executable, "-m", "journeymap", "new", "m.journey"], tmp_path).returncode == 0
    around = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary), "HOME": str(tmp_path)}
    work = subprocess.Popen(
        [sys.executable, "-m", "journeymap", "import", "m.journey", str(source), "--recipe", str(recipe)],
        cwd=tmp_path, env=around, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    modes: set[int] = set()
    while work.poll() is None:
        for path in temporary.iterdir():
            with suppress(FileNotFoundError):  # gone already
                modes.add(stat.S_IMODE(path.lstat().st_mode))
        if ending in SIGNALS and under_way(temporary):
            work.send_signal(SIGNALS[ending])
            ending = "waiting"
        time.sleep(0.005)
    error = work.stderr.read() if work.stderr else ""
    assert work.returncode == (0 if ending == "done" else 1), error
    assert "Traceback" not in error
    assert 0o700 in modes
    assert not [mode for mode in modes if mode & 0o077], "nobody else can look into it"
    assert list(temporary.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="modes and signals are those of POSIX")
def test_what_a_killed_import_leaves_is_private_and_the_next_one_removes_it(tmp_path):
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    source, recipe = survey(tmp_path / "s.csv", 400_000), tmp_path / "r.toml"
    recipe.write_text(RECIPE)
    assert run([sys.executable, "-m", "journeymap", "new", "m.journey"], tmp_path).returncode == 0
    command = [sys.executable, "-m", "journeymap", "import", "m.journey", str(source), "--recipe", str(recipe)]
    around = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary), "HOME": str(tmp_path)}
    work = subprocess.Popen(command, cwd=tmp_path, env=around, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while work.poll() is None and not under_way(temporary):
        time.sleep(0.005)
    work.kill()
    assert work.wait() == -signal.SIGKILL
    left = list(temporary.iterdir())
    assert left
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o700 for path in left)
    (somebodys := temporary / f"journeymap-{os.getpid()}-alive").mkdir()
    (other := temporary / "journeymap-notes").mkdir()
    done = run(command, tmp_path, TMPDIR=str(temporary))
    assert done.returncode == 0, done.stderr
    assert sorted(temporary.iterdir()) == sorted([somebodys, other]), "only the folders of the dead are removed"
