"""Writing: whole or not at all, and every fault in one sentence."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from sample import figures_of, sample

from journeymap.failure import Failure
from journeymap.formats import export


def refused(path: Path, **options: object) -> str:
    document = sample()
    with pytest.raises(Failure) as caught:
        export(document, figures_of(document), path, **options)  # type: ignore[arg-type]
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


def test_an_unknown_suffix_is_refused_with_what_is_possible(tmp_path: Path) -> None:
    assert ".pdf, .png, .json" in refused(tmp_path / "map.docx")
    assert ".pdf" in refused(tmp_path / "map")


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    (tmp_path / "there.pdf").mkdir()
    assert "is a folder" in refused(tmp_path / "there.pdf")
    assert "is a folder" in refused(tmp_path)


def test_a_missing_folder_is_not_made_up(tmp_path: Path) -> None:
    assert "There is no folder" in refused(tmp_path / "nowhere" / "map.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_not_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept")
    assert "is a file, not a folder" in refused(tmp_path / "file" / "map.pdf")
    assert (tmp_path / "file").read_text() == "kept"


def test_an_unknown_document_is_refused(tmp_path: Path) -> None:
    assert "map, plan" in refused(tmp_path / "map.pdf", kind="novel")


def test_a_full_device_is_told_and_stays_a_device(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("needs /dev/full")
    (tmp_path / "map.pdf").symlink_to(full)
    assert "disk is full" in refused(tmp_path / "map.pdf")
    assert full.is_char_device()


@pytest.fixture
def small_disk(tmp_path: Path) -> Path:
    """A file system of 64 kB, where mounting is allowed."""
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", place], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("needs the right to mount a small file system")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_full_disk_leaves_the_old_file_whole_and_no_rubbish(small_disk: Path) -> None:
    old = small_disk / "map.pdf"
    old.write_bytes(b"the old one")
    assert "disk is full" in refused(old)
    assert old.read_bytes() == b"the old one"
    assert [path.name for path in small_disk.iterdir()] == ["map.pdf"]


def test_a_read_only_disk_is_told(small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    assert "write-protected" in refused(small_disk / "map.json")


def test_a_write_protected_file_is_not_replaced(tmp_path: Path) -> None:
    old = tmp_path / "map.pdf"
    old.write_bytes(b"the old one")
    old.chmod(0o444)
    if os.access(old, os.W_OK):
        pytest.skip("root may write everything")
    assert "write-protected" in refused(old)


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    assert "too long" in refused(tmp_path / ("x" * 300 + ".pdf"))


def test_an_older_export_is_replaced_and_a_link_keeps_pointing(tmp_path: Path) -> None:
    (tmp_path / "real.json").write_text("old")
    (tmp_path / "map.json").symlink_to(tmp_path / "real.json")
    document = sample()
    export(document, figures_of(document), tmp_path / "map.json")
    assert (tmp_path / "map.json").is_symlink()
    assert (tmp_path / "real.json").read_text().startswith("{")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["map.json", "real.json"]


def test_an_export_has_the_usual_permissions(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        document = sample()
        export(document, figures_of(document), tmp_path / "map.json")
    finally:
        os.umask(before)
    assert (tmp_path / "map.json").stat().st_mode & 0o777 == 0o644
