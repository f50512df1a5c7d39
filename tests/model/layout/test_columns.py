"""Columns that are made when they are asked for: one by one, all at once and by their place they are the same."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.model.layout.columns import Block, Columns, Index
from journeymap.model.metrics import SCREEN
from journeymap.model.records import Phase

METRICS = SCREEN
counts = st.lists(st.integers(0, 4), max_size=7)


def made(counts: list[int]) -> tuple[Columns, list[Block]]:
    """Phases of so many touchpoints each, one behind the other."""
    ids = [f"t{n}" for n in range(sum(counts))]
    blocks, x = [], 120.0
    for n, (end, count) in enumerate(zip(accumulate(counts), counts, strict=True)):
        wide = max(1, count) * METRICS.pitch
        blocks.append(Block(Phase(f"p{n}", "s", "a"), end - count, end - 1, x, wide))
        x += wide + METRICS.phase_gap
    return Columns(ids, blocks, METRICS), blocks


@given(counts)
def test_a_column_is_the_same_however_it_is_asked_for(counts: list[int]) -> None:
    columns, _blocks = made(counts)
    every = [*columns]
    assert [columns[n] for n in range(len(columns))] == every == columns[:]
    assert [columns[n - len(every)] for n in range(len(every))] == every
    assert columns[1:3] == every[1:3]
    assert [column.x for column in every] == columns.places
    assert [column.touchpoint_id for column in every] == columns.ids
    assert [column.phase_id for column in every] == [f"p{n}" for n, count in enumerate(counts) for _ in range(count)]
    with pytest.raises(IndexError):
        columns[len(every)]


@given(counts, counts)
def test_columns_are_alike_where_each_of_them_is(one: list[int], other: list[int]) -> None:
    first, second = made(one)[0], made(other)[0]
    if not first.alike(second):
        assert one != other
    else:
        assert [*first] == [*second]


@given(counts, st.floats(-50, 5000))
def test_columns_left_of_a_place_are_counted(counts: list[int], x: float) -> None:
    columns, blocks = made(counts)
    for at in (x, *columns.places, *(block.x for block in blocks)):
        assert columns.up_to(at) == sum(place <= at for place in columns.places)
        assert columns.before(at) == sum(place < at for place in columns.places)


@given(counts, counts)
def test_a_touchpoint_is_found_where_its_phase_stands_now(before: list[int], now: list[int]) -> None:
    index = Index()
    for counts in (before, now):
        columns, blocks = made(counts)
        index.forget([*index.keys()])
        for block in blocks:
            index.place(block.phase.id, columns.ids[block.first : block.last + 1])
        index.move(blocks)
        assert [(id_, index[id_]) for id_ in columns.ids] == [(id_, n) for n, id_ in enumerate(columns.ids)]
        assert index.keys() == {*columns.ids}
        assert index.get("nobody") is None
        assert index.get(None) is None
        assert "nobody" not in index
