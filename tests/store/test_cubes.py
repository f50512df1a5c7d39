"""Count blocks: what is stored comes back, also by the ten lines of the documentation."""

from __future__ import annotations

import re
import sqlite3
from array import array
from contextlib import closing
from pathlib import Path
from typing import Any

import maps
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.failure import Failure
from journeymap.model import order
from journeymap.model.change import adding
from journeymap.model.cube import Block
from journeymap.model.records import Measure
from journeymap.session import Session
from journeymap.store.cubes import block_of, block_row, cube
from journeymap.store.opening import Reader

FINITE = st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    """Any block that an import may make."""
    values = draw(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
    codes = draw(st.lists(FINITE, min_size=1, max_size=4))
    cells = draw(st.integers(0, 6))

    def column(of: str, numbers: st.SearchStrategy[Any], *, there: bool = True) -> array[Any]:
        return array(of, draw(st.lists(numbers, min_size=cells, max_size=cells)) if there else [])

    weighted, exact = draw(st.booleans()), draw(st.booleans())
    return Block(
        tuple(values),
        tuple(codes),
        column("i", st.integers(-(2**31), 2**31 - 1)),
        column("i", st.integers(0, len(values) - 1)),
        column("i", st.integers(0, len(codes) - 1)),
        column("q", st.integers(0, 2**63 - 1)),
        column("d", FINITE, there=weighted),
        column("d", FINITE, there=weighted),
        column("d", FINITE, there=exact),
        column("d", FINITE, there=exact),
    )


@given(blocks())
def test_a_block_comes_back_as_it_was(block: Block) -> None:
    row = block_row(("m", "Gender"), block)
    again = block_of(*(row[name] for name in ("codes", "values", "cells", "weighted", "exact", "columns")))
    assert maps.same(block, again)


def test_columns_that_do_not_fit_are_not_stored() -> None:
    _records, made, _pairs = maps.data_set()
    plain = made["m1", ""]
    for wrong in (
        Block(plain.values, plain.codes, plain.day, plain.value, array("i", [0, 2]), plain.n, plain.w, plain.w2),
        Block(plain.values, plain.codes, plain.day, plain.value, plain.code, plain.n[:1], plain.w, plain.w2),
        Block(plain.values, plain.codes, plain.day, plain.value, plain.code, array("q", [1, -1]), plain.w, plain.w2),
    ):
        with pytest.raises(ValueError, match="do not fit"):
            block_row(("m1", ""), wrong)


def test_damaged_columns_are_a_failure_in_words() -> None:
    _records, made, _pairs = maps.data_set()
    row = block_row(("m1", ""), made["m1", ""])
    with pytest.raises(Failure, match="counts"):
        block_of(row["codes"], row["values"], row["cells"] + 1, 0, 0, row["columns"])


def counted(path: Path, many: int) -> list[str]:
    """A map with a data set of `many` measures, each counted for everybody and by a segment; what they are called."""
    (first, *_others), made, _pairs = maps.data_set()
    keys = order.several(None, None, many)
    measures = [Measure(f"m{at}", "data", keys[at], "buy", None, "nps", scale=(0.0, 10.0)) for at in range(many)]
    plain = made["m1", ""]
    blocks = {
        (measure.id, column): Block(
            plain.values, plain.codes, plain.day, plain.value, plain.code, array("q", [at, 4]), plain.w, plain.w2
        )
        for at, measure in enumerate(measures)
        for column in ("", "Gender")
    }
    with Session.create(path, maps.small()) as session:
        session.perform(adding("Import", first, *measures), blocks)
    return [measure.id for measure in measures]


def test_going_through_all_blocks_asks_the_file_a_few_times_only(tmp_path: Path) -> None:
    names = counted(tmp_path / "a.journey", 300)
    reader = Reader(tmp_path / "a.journey")
    asked: list[object] = []

    def ask(question: Any) -> Any:
        asked.append(question)
        return reader.ask(question)

    blocks = cube(names, [], ask).blocks
    assert blocks["m7", ""].n[0] == 7
    assert len(asked) == 1
    for column in ("", "Gender"):
        assert [blocks[name, column].n[0] for name in names] == list(range(300))
    assert len(asked) <= 20
    with pytest.raises(KeyError):
        blocks["m1", "Age"]
    with pytest.raises(KeyError):
        blocks["somebody else's", ""]
    assert {*blocks} == {(name, column) for name in names for column in ("", "Gender")}
    reader.close()


def test_a_damaged_block_is_in_nobodys_way_but_its_own(tmp_path: Path) -> None:
    path = tmp_path / "a.journey"
    names = counted(path, 12)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE cube_block SET columns = x'00' WHERE measure_id = 'm5'")
    with Session.open(path) as session:
        blocks = session.cube("data").blocks
        assert [blocks[name, ""].n[0] for name in names if name != "m5"] == [at for at in range(12) if at != 5]
        for _again in range(2):
            with pytest.raises(Failure, match="counts"):
                blocks["m5", ""]


def test_a_block_that_could_not_be_read_can_be_asked_for_again(tmp_path: Path) -> None:
    path, away = tmp_path / "a.journey", tmp_path / "away"
    names = counted(path, 12)
    reader = Reader(path)
    blocks = cube(names, [], reader.ask).blocks
    assert blocks["m1", ""].n[0] == 1
    path.rename(away)
    with pytest.raises(Failure):
        blocks["m2", ""]
    away.rename(path)
    assert [blocks[name, ""].n[0] for name in names] == list(range(12))
    reader.close()


def test_the_reader_of_the_documentation_reads_what_the_program_writes(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "file-format.md").read_text("utf-8")
    (source,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(source.strip().splitlines()) <= 12
    path = tmp_path / "a.journey"
    records, made, pairs = maps.data_set()
    with Session.create(path, maps.small()) as session:
        session.perform(adding("Import", *records), made, pairs)
    names: dict[str, Any] = {}
    exec(source, names)
    with closing(sqlite3.connect(path)) as database:
        for (measure, column), block in made.items():
            found = list(names["cells"](database, measure, column))
            expected = [
                (day, block.values[value], block.codes[code], n)
                for day, value, code, n in zip(block.day, block.value, block.code, block.n, strict=True)
            ]
            assert [row[:4] for row in found] == expected
