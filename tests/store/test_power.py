"""A power cut: what was written but not synced may be lost, in part and in any order; what was called saved is there.

A process works on a map while a preloaded library writes down every write, sync and name. From that the disk is
rebuilt as it may look after a cut at any moment: synced content stays; of what came after the last sync of a file every
write may or may not have arrived, whole or cut at a sector; names that were made or removed since the folder's last sync likewise.
"""

from __future__ import annotations

import os
import random
import shutil
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec import Struct, field

from journeymap.session import Session
from journeymap.store import log, opening
from journeymap.store.verify import verify

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="records writes with a preloaded library, on Linux"),
    pytest.mark.skipif(shutil.which("cc") is None, reason="needs a C compiler"),
]
SECTOR = 512


class Op(Struct, frozen=True):
    """One thing done to the disk; see power.c."""

    what: str
    inode: int
    offset: int
    path: str
    data: bytes


class File(Struct):
    """What is surely on the disk, and what was done since, in order."""

    synced: bytes = b""
    since: list[Op] = field(default_factory=list)


class Disk(Struct):
    """Files by their names: as surely on the disk, and what was done to the names since."""

    files: dict[int, File] = field(default_factory=dict)
    inodes: dict[int, int] = field(default_factory=dict)  # of the system, which uses them again → ours
    now: dict[str, int] = field(default_factory=dict)
    synced: dict[str, int] = field(default_factory=dict)
    since: list[tuple[str, int | None]] = field(default_factory=list)  # name, file or None

    def do(self, op: Op) -> None:
        """Follows one operation."""
        match op.what:
            case "C":
                self.inodes[op.inode] = len(self.files)
                self.files[len(self.files)] = File()
                self._name(op.path, self.inodes[op.inode])
            case "W" | "T":
                self.files[self.inodes[op.inode]].since.append(op)
            case "S":
                file = self.files[self.inodes[op.inode]]
                file.synced, file.since = content(file.synced, file.since), []
            case "D":
                self.synced, self.since = dict(self.now), []
            case "U":
                self._name(op.path, None)
            case "L" | "R":
                self._name(op.data.decode(), self.now[op.path])
                if op.what == "R":
                    self._name(op.path, None)

    def _name(self, path: str, file: int | None) -> None:
        self.since.append((path, file))
        if file is None:
            self.now.pop(path, None)
        else:
            self.now[path] = file

    def after_a_cut(self, dice: random.Random | None) -> dict[str, bytes]:
        """The files that are there when the power comes back: without `dice` nothing unsynced has arrived, else by chance."""
        names = dict(self.synced)
        for path, file in self.since:
            if dice is not None and dice.random() < 0.5:
                if file is None:
                    names.pop(path, None)
                else:
                    names[path] = file
        return {path: self._survivor(self.files[file], dice) for path, file in names.items()}

    def _survivor(self, file: File, dice: random.Random | None) -> bytes:
        if dice is None:
            return file.synced
        share = dice.choice([0.1, 0.5, 0.9])
        return content(file.synced, [torn(op, dice) for op in file.since if dice.random() < share])


def torn(op: Op, dice: random.Random) -> Op:
    """A write of which only some sectors arrived, now and then."""
    if op.what != "W" or len(op.data) <= SECTOR or dice.random() < 0.7:
        return op
    return Op(op.what, op.inode, op.offset, op.path, op.data[: SECTOR * dice.randrange(1, len(op.data) // SECTOR + 1)])


def content(before: bytes, ops: list[Op]) -> bytes:
    data = bytearray(before)
    for op in ops:
        if op.what == "T":
            del data[op.offset :]
            data.extend(bytes(op.offset - len(data)))
        else:
            data.extend(bytes(max(0, op.offset - len(data))))
            data[op.offset : op.offset + len(op.data)] = op.data
    return bytes(data)


def read(path: Path) -> Iterator[Op]:
    data, at = path.read_bytes(), 0
    while at < len(data):
        what, inode, offset, length, named = struct.unpack_from("<cQQII", data, at)
        at += 25
        yield Op(what.decode(), inode, offset, data[at : at + named].decode(), data[at + named : at + named + length])
        at += named + length


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], tuple[Path, list[Op]]]:
    """Records a run of so many steps."""
    here = Path(__file__).parent
    built = tmp_path_factory.mktemp("built")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", built / "power.so", here / "power.c", "-ldl"], check=True)

    def record(steps: int) -> tuple[Path, list[Op]]:
        folder = tmp_path_factory.mktemp("disk")
        environment = {
            "LD_PRELOAD": str(built / "power.so"),
            "POWER_FOLDER": str(folder),
            "POWER_LOG": str(built / f"{steps}.log"),
        }
        command = [sys.executable, str(here / "steady.py"), str(folder), str(steps)]
        subprocess.run(command, env=os.environ | environment, cwd=here, check=True, timeout=200)
        return folder, list(read(built / f"{steps}.log"))

    return record


def acknowledged(op: Op, folder: Path, acks: int | None) -> bool:
    return op.what == "W" and op.inode == acks


def reopened(folder: Path, files: dict[str, bytes], saved: list[tuple[int, str]], target: Path) -> None:
    """Lays the surviving files down and opens the map as the program does."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for path, data in files.items():
        (target / Path(path).relative_to(folder)).write_bytes(data)
    path = target / "map.journey"
    if not path.exists():
        assert not saved
        return
    with Session.open(path) as session:
        assert len(session.document)
    with closing(opening.Reader(path)) as reader:
        labels = {line.seq: line.label for line in reader.ask(log.lines)}
    missing = [(number, label) for number, label in saved if label and labels.get(number) != label]
    assert not missing, f"called saved, but not there after the cut: {missing}"
    report = verify(path)
    assert report.sound, str(report)


def cut_often(folder: Path, ops: list[Op], target: Path, *, every: int, seed: int) -> tuple[int, int]:
    """Cuts the power right before and after every sync (nothing unsynced arrived), and at every so-manieth operation by chance."""
    dice = random.Random(seed)
    disk = Disk()
    acks = next(op.inode for op in ops if op.what == "C" and op.path.endswith("acks"))
    saved: list[tuple[int, str]] = []
    cuts = 0
    for number, op in enumerate(ops):
        if acknowledged(op, folder, acks):
            found, label = op.data.decode()[:-1].split(" ", 1)
            saved.append((int(found), label))
        boundary = op.what in "SDU"
        if boundary:
            reopened(folder, disk.after_a_cut(None), saved, target)
        disk.do(op)
        if boundary or number % every == 0:
            reopened(folder, disk.after_a_cut(dice), saved, target)
            cuts += 1 + boundary
    reopened(folder, disk.after_a_cut(None), saved, target)
    return cuts + 1, len(saved)


def test_what_was_called_saved_survives_a_power_cut(
    recorded: Callable[[int], tuple[Path, list[Op]]], tmp_path: Path
) -> None:
    folder, ops = recorded(14)
    if not any(op.what == "W" and len(op.data) >= SECTOR for op in ops):
        pytest.skip("this Python's SQLite cannot be listened to")
    cuts, saved = cut_often(folder, ops, tmp_path / "after", every=40, seed=1)
    assert cuts > 100
    assert saved >= 10


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_what_was_called_saved_survives_many_power_cuts(
    recorded: Callable[[int], tuple[Path, list[Op]]], tmp_path: Path
) -> None:
    folder, ops = recorded(40)
    if not any(op.what == "W" and len(op.data) >= SECTOR for op in ops):
        pytest.skip("this Python's SQLite cannot be listened to")
    for seed in range(2):
        cuts, saved = cut_often(folder, ops, tmp_path / "after", every=30, seed=seed)
        assert cuts > 300
        assert saved >= 25
