"""Surveys for tests: answers in plain lists become blocks, cubes and documents with measures."""

from __future__ import annotations

import random
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct, field

from journeymap.model.cube import EVERYBODY, UNDATED, Block, BlockKey, Cube
from journeymap.model.document import Document
from journeymap.model.records import DataSet, Id, Map, Measure, Persona, Phase, Record, State, Touchpoint, new_id
from journeymap.model.tally import day_number


class Answer(Struct, frozen=True):
    """One answer: its code, day (ISO date or ""), segment values by column, weight (None: unweighted), exact quantity."""

    code: float
    day: str = ""
    segments: Mapping[str, str] = field(default_factory=dict)
    weight: float | None = None
    exact: float | None = None


def block(answers: Iterable[Answer], column: str = EVERYBODY) -> Block:
    """The block of a segment column (or of everybody), as an import writes it: sorted by day, value and code."""
    answers = list(answers)
    values = tuple(sorted({answer.segments.get(column, "") for answer in answers})) or ("",)
    codes = tuple(sorted({answer.code for answer in answers}))
    sums: dict[tuple[int, int, int], list[float]] = defaultdict(lambda: [0, 0.0, 0.0, 0.0, 0.0])
    for answer in answers:
        day = day_number(answer.day) if answer.day else UNDATED
        cell = sums[day, values.index(answer.segments.get(column, "")), codes.index(answer.code)]
        weight = 1.0 if answer.weight is None else answer.weight
        exact = answer.code if answer.exact is None else answer.exact
        for i, number in enumerate((1, weight, weight * weight, weight * exact, weight * exact * exact)):
            cell[i] += number
    keys = sorted(sums)
    weighted = any(answer.weight is not None for answer in answers)
    exact = any(answer.exact is not None for answer in answers)

    def numbers(i: int, wanted: bool) -> array[float]:
        return array("d", [sums[key][i] for key in keys] if wanted else [])

    return Block(
        values,
        codes,
        array("i", [day for day, _value, _code in keys]),
        array("i", [value for _day, value, _code in keys]),
        array("i", [code for _day, _value, code in keys]),
        array("q", [int(sums[key][0]) for key in keys]),
        numbers(1, weighted),
        numbers(2, weighted),
        numbers(3, exact),
        numbers(4, exact),
    )


def plain(codes: Iterable[float], day: str = "") -> list[Answer]:
    """Unweighted answers on one day."""
    return [Answer(float(code), day) for code in codes]


def measure(kpi: str = "csat", scale: Sequence[float] = (1, 5), **values: object) -> Measure:
    """A measure of the KPI with its usual statistic; standing nowhere unless `touchpoint_id` is given."""
    usual = {"nps": "nps", "rating": "mean", "number": "mean"}.get(kpi, "share")
    known: dict[str, object] = {
        "data_set_id": "d", "order": "a0", "kpi": kpi, "scale": tuple(map(float, scale)), "statistic": usual, "column": "Q",
    }  # fmt: skip
    return Measure(new_id(), **(known | values))  # type: ignore[arg-type]


class Survey:
    """A map with `count` touchpoints in one phase and a data set; `ask` puts a measure with answers on it."""

    def __init__(self, count: int = 1, *records: Record, segments: Sequence[str] = (), **data_set: str) -> None:
        self.map = Map(new_id(), title="Trip")
        state = State(new_id(), "a0")
        self.phase = Phase(new_id(), state.id, "a0", "Before")
        self.touchpoints = [Touchpoint(new_id(), self.phase.id, f"a{i:02}", f"Stop {i}") for i in range(count)]
        self.data = DataSet(new_id(), "a0", "survey.csv", segments=tuple(segments), **data_set)  # type: ignore[arg-type]
        self.document = Document([self.map, state, self.phase, *self.touchpoints, self.data, *records])
        self.blocks: dict[BlockKey, Block] = {}

    def add(self, *records: Record) -> None:
        """Further records on the map."""
        self.document = Document([*self.document, *records])

    def ask(
        self, touchpoint: int | None, answers: Iterable[Answer] = (), kpi: str = "csat", **values: object
    ) -> Measure:
        """A measure with its blocks, for everybody and for each segment column."""
        where = None if touchpoint is None else self.touchpoints[touchpoint].id
        made = measure(kpi, **({"touchpoint_id": where, "data_set_id": self.data.id} | values))  # type: ignore[arg-type]
        self.add(made)
        self.answer(made, answers)
        return made

    def answer(self, made: Measure, answers: Iterable[Answer]) -> None:
        """Gives a measure other answers."""
        answers = list(answers)
        for column in (EVERYBODY, *self.data.segments):
            self.blocks[made.id, column] = block(answers, column)

    @property
    def cube_of(self) -> Callable[[Id], Cube]:
        """What a session would answer."""
        cube = Cube(self.blocks)
        return lambda _id: cube


def drawn(seed: int, shares: Sequence[float], count: int, first: int = 1) -> list[Answer]:
    """`count` answers with codes `first` … drawn with the given shares."""
    tallied = Counter(random.Random(seed).choices(range(first, first + len(shares)), shares, k=count))
    return [answer for code in sorted(tallied) for answer in plain([code] * tallied[code])]


def drawn_block(seed: int, shares: Sequence[float], count: int, first: int = 1) -> Block:
    """The block of the same answers, quickly: for thousands of surveys."""
    tallied = Counter(random.Random(seed).choices(range(first, first + len(shares)), shares, k=count))
    codes = sorted(tallied)
    cells = range(len(codes))
    return Block(
        ("",),
        tuple(map(float, codes)),
        array("i", [UNDATED for _ in cells]),
        array("i", [0 for _ in cells]),
        array("i", cells),
        array("q", [tallied[code] for code in codes]),
        array("d"),
        array("d"),
    )


def persona(name: str, column: str = "", value: str = "") -> Persona:
    """A persona bound to a segment, or to none."""
    return Persona(new_id(), "a0", name, segment_column=column, segment_value=value)
