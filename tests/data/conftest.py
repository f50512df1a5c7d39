"""What the tests of measurements share: a small map, and CSV files written for the moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from journeymap.model.document import Document
from journeymap.model.records import Map, Phase, State, Touchpoint, new_id

Write = Callable[..., Path]


@pytest.fixture
def empty_map() -> Document:
    return Document([Map(new_id(), title="Empty"), State(new_id(), "a0", "As is")])


@pytest.fixture
def small_map() -> Document:
    state = State(new_id(), "a0", "As is")
    before, after = Phase(new_id(), state.id, "a0", "Before"), Phase(new_id(), state.id, "a1", "After")
    return Document(
        [
            Map(new_id(), title="Small"),
            state,
            before,
            after,
            Touchpoint(new_id(), before.id, "a0", "Search"),
            Touchpoint(new_id(), before.id, "a1", "Check-in"),
            Touchpoint(new_id(), after.id, "a0", "Feedback"),
        ]
    )


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes text (or bytes) to a file and gives its path."""

    def written(content: str | bytes, name: str = "survey.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return written


def rows(header: str, lines: Sequence[str]) -> str:
    return "\n".join([header, *lines]) + "\n"
