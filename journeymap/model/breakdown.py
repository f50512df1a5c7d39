"""The table of figures: by period, segment, persona and phase, and what changed from one period to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Final, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from journeymap.failure import Failure
from journeymap.i18n import _, ngettext
from journeymap.model import comparison, hiding, kpi, pooled, series
from journeymap.model.comparison import Difference, Word
from journeymap.model.cube import EVERYBODY, UNDATED, Block
from journeymap.model.document import Document
from journeymap.model.figures import JOURNEY, Place, at_place
from journeymap.model.levels import Levels
from journeymap.model.measured import (
    CubeOf,
    Figure,
    blank,
    block_of,
    estimated,
    typed,
    whole_period,
)
from journeymap.model.records import DataSet, Measure, Persona, Phase, State, Touchpoint, TypedKpi
from journeymap.model.tally import Counts, Length, Period, by_segment, day_number, periods, tally

PERSONA: Final = "persona"
PHASE: Final = "phase"
"""What figures can be asked for by, beside the segment columns of the data; a column of that name comes first."""

_FINER: Final[dict[str, frozenset[str]]] = {"week": frozenset({"day"}), "month": frozenset({"day", "week"})}
"""What cannot be told from counts that are kept by week or by month."""


class Shift(Struct, frozen=True):
    """What changed since the period before: the difference, and the word that holds among all rows of the table."""

    since: str
    difference: Difference
    word: Word


class Row(Struct, frozen=True):
    """A line of the table of figures: a figure with the names that a reader needs; None where it has none."""

    figure: Figure
    touchpoint: str | None
    phase: str | None
    dataset: str | None
    shift: Shift | None = None


def kpis(document: Document, cube_of: CubeOf, by: str | None = None, period: Length | None = None) -> list[Row]:
    """The figures of the map in reading order, the journey's first; by segment value and calendar period if asked.

    `by` is a segment column of the data, "persona" (each bound to a segment), or "phase": the answers to one question at
    the touchpoints of a phase together. A response time without a statistic of its own has three lines: median, 90th
    percentile, mean. By period, each line says what changed since the period before.
    Groups without an answer are left out, groups below the privacy limit have no value. A figure typed in has neither
    segments nor periods and stands only in the plain table. Raises Failure where no data set has the column `by`.
    """
    cube_of = cache(cube_of)
    _known(document, by)
    parts = _Parts(document, cube_of, by, period)
    lines: list[_Line] = []
    for place in _reading_order(document):
        lines += parts.phase(place[1]) if parts.by_phase and place[1] else [] if parts.by_phase else parts.place(place)
    return _shifted(lines)


def as_json(row: Row) -> dict[str, Any]:
    """The row as `journeymap kpis --json` prints it; "change" only where the table is by period."""
    figure = row.figure
    few = _("fewer than 30 answers") if figure.hollow and figure.value is not None else ""
    found: dict[str, Any] = {
        "touchpoint": row.touchpoint,
        "phase": row.phase,
        "kpi": figure.kpi,
        "statistic": figure.statistic,
        "value": _rounded(figure.value),
        "low": _rounded(figure.low),
        "high": _rounded(figure.high),
        "n": figure.n,
        "n_effective": _rounded(figure.n_effective),
        "unit": figure.unit,
        "scale": list(figure.scale) or None,
        "period": figure.period,
        "segment": dict(figure.segment),
        "dataset": row.dataset,
        "note": "; ".join(part for part in (figure.formula, figure.note, few) if part),
    }
    if row.shift is not None:
        gap = row.shift.difference
        found["change"] = {
            "since": row.shift.since,
            "value": _rounded(gap.value),
            "low": _rounded(gap.low),
            "high": _rounded(gap.high),
            "word": row.shift.word,
        }
    return found


class _Line(Struct, frozen=True):
    """A row in the making: its value at any level, and where the period before stands (an index), if there is one."""

    row: Row
    measure: Measure | None = None
    levels: Levels | None = None
    before: int | None = None


Segment: TypeAlias = tuple[tuple[str, str], ...]
_Key: TypeAlias = tuple[Period | None, Segment]
_Group: TypeAlias = tuple[Counts, Period | None, Segment, str]
"""What is counted: answers, period, segment, remark."""


class _Parts(Struct):
    """Takes the figures of a place apart."""

    document: Document
    cube_of: CubeOf
    by: str | None
    length: Length | None

    @property
    def by_phase(self) -> bool:
        return self.by == PHASE and PHASE not in _columns(self.document)

    def place(self, place: Place) -> list[_Line]:
        lines: list[_Line] = []
        here = at_place(self.document, Measure, place)
        for measure in series.current(self.document, here):
            for line in self._lines(measure, here):
                for each in _statistics(line[-1]):
                    groups = list(self._groups(each, line))
                    gone = self._gone(each, line, groups)
                    lines += _since(
                        [
                            self._line(self._asked(each, line, part[1]), *part, veiled=(part[1], part[2]) in gone)
                            for part in groups
                        ]
                    )
        if self.by is None and self.length is None:
            lines += [_Line(_row(self.document, typed(entry))) for entry in at_place(self.document, TypedKpi, place)]
        return lines

    def phase(self, phase_id: str) -> list[_Line]:
        """The questions that several touchpoints of the phase share."""
        lines: list[_Line] = []
        for measures in pooled.alike(self.document, phase_id):
            whole = replace(measures[0], id="", touchpoint_id=None, phase_id=phase_id, name="")
            lines_of = [self._lines(one, self._beside(one))[-1] for one in measures]
            blocks = [block for line in lines_of if (block := self._block(line, EVERYBODY)) is not None]
            effect = pooled.design_effect(measures, self.cube_of(whole.data_set_id))
            found = []
            stretches = self._stretches([one for line in lines_of for one in line], blocks)
            for stretch, parts in zip(stretches, self._open(whole, blocks, stretches), strict=True):
                if parts:
                    note = ngettext("{n} touchpoint together", "{n} touchpoints together", len(parts))
                    counts = pooled.together(parts, effect)
                    found.append(self._line(whole, counts, stretch, (), note.format(n=len(parts))))
            lines += _since(found)
        return lines

    def _open(self, measure: Measure, blocks: list[Block], stretches: list[Period | None]) -> list[list[Counts]]:
        """Period by period the answers of those touchpoints that are shown there: the others could be worked out."""
        found: list[list[Counts]] = [[] for _ in stretches]
        for block in blocks:
            counted = [tally(block, stretch) for stretch in stretches]
            groups = [(counts, stretch, (), "") for counts, stretch in zip(counted, stretches, strict=True)]
            gone = self._hidden(measure, groups)
            for counts, stretch, kept in zip(counted, stretches, found, strict=True):
                if counts.answers and (stretch, ()) not in gone:
                    kept.append(counts)
        return found

    def _gone(self, measure: Measure, line: list[Measure], groups: Sequence[_Group]) -> set[_Key]:
        """The groups that are not shown, by period and segment. A persona is one of the groups of her column."""
        if self.by != PERSONA or PERSONA in _columns(self.document):
            return self._hidden(measure, groups)
        found: set[_Key] = set()
        for column, value, segment in self._columns_of(measure):
            block = self._block(line, column)
            if block is None:
                continue
            stretches = {stretch for _counts, stretch, _segment, _remark in groups}
            every: list[_Group] = [
                (counts, stretch, ((column, each),), "")
                for stretch in stretches
                for each, counts in by_segment(block, stretch).items()
            ]
            gone = self._hidden(measure, every)
            found |= {(stretch, segment) for stretch, named in gone if named == ((column, value),)}
        return found

    def _hidden(self, measure: Measure, groups: Sequence[_Group]) -> set[_Key]:
        if measure.definition == kpi.SUMMED:
            return set()  # a cell is a published figure, nobody's answer
        least = hiding.limit(self.document, measure.data_set_id)
        sizes = {(stretch, named): kpi.closed(measure, counts).answers for counts, stretch, named, _remark in groups}
        if all(n == 0 or n >= least for n in sizes.values()):
            return set()
        first = self.document.map.year_start
        length = next((stretch.length for stretch, _named in sizes if stretch is not None and stretch.length), None)
        return hiding.hidden(sizes, hiding.families(sizes, length, first), least)

    def _beside(self, measure: Measure) -> list[Measure]:
        return at_place(self.document, Measure, (measure.touchpoint_id, measure.phase_id))

    def _lines(self, measure: Measure, here: list[Measure]) -> list[list[Measure]]:
        """The measures whose answers are told apart by period as one, oldest first: the whole series where it has days.
        Without periods, only the newest; data sets without days stand one behind the other.
        """
        if self.length is None:
            return [[measure]]
        line = [*series.before(self.document, measure, here), measure]
        return [line] if series.dated(self.document, line) else [[one] for one in line]

    def _asked(self, measure: Measure, line: list[Measure], stretch: Period | None) -> Measure:
        """Whose answers stand in a period: those of the newest data set of the line that had begun by then."""
        if len(line) < 2 or stretch is None or stretch.first == UNDATED:
            return measure
        homes = [(self.document.one(DataSet, one.data_set_id).first_day, one) for one in line]
        begun = [one for first, one in homes if day_number(first) <= stretch.last]
        return replace(begun[-1] if begun else line[0], statistic=measure.statistic)

    def _block(self, line: list[Measure], column: str) -> Block | None:
        return series.joined(self.document, line, lambda one: block_of(self.cube_of, one, column))

    def _groups(self, measure: Measure, line: list[Measure]) -> Iterator[_Group]:
        """What is counted of a line of measures, of which `measure` is the newest: answers, period, segment, remark."""
        found = self._columns_of(measure)
        everybody = self._block(line, EVERYBODY)
        if everybody is None and found == [(EVERYBODY, None, ())]:
            yield Counts(), None, (), ""
        for stretch in self._stretches(line, [everybody] if everybody is not None else []):
            for column, value, segment in found:
                block = self._block(line, column)
                if block is None:
                    continue
                whole = value is not None or not column
                groups = {value or "": tally(block, stretch, value)} if whole else by_segment(block, stretch)
                for each, counts in groups.items():
                    named = segment or (((column, each),) if column else ())
                    if counts.answers:
                        yield counts, stretch, named, ""

    def _columns_of(self, measure: Measure) -> list[tuple[str, str | None, tuple[tuple[str, str], ...]]]:
        """(segment column, value or None for each, how the group is called)."""
        if self.by is None:
            return [(EVERYBODY, None, ())]
        data_set = self.document.get(DataSet, measure.data_set_id)
        known = data_set.segments if data_set is not None else ()
        if self.by != PERSONA or PERSONA in _columns(self.document):
            return [(self.by, None, ())] if self.by in known else []
        return [
            (persona.segment_column, persona.segment_value, ((PERSONA, persona.name),))
            for persona in self.document.all(Persona)
            if persona.segment_column in known
        ]

    def _stretches(self, line: list[Measure], blocks: list[Block]) -> list[Period | None]:
        """What the answers are divided into: nothing, or calendar periods and what has no date."""
        length = self.length
        if length is None or not blocks:
            return [None] if blocks else []
        sets = [self.document.get(DataSet, one.data_set_id) for one in line]
        coarse = {one.grain for one in sets if one is not None and length in _FINER.get(one.grain, ())}
        if coarse:
            length = "month" if "month" in coarse else "week"
        first_month = self.document.map.year_start
        found = {each for block in blocks for each in periods(block, length, first_month)}
        undated = any(len(block.day) and block.day[0] == UNDATED for block in blocks)
        return [*sorted(found, key=lambda each: each.first), *([Period(UNDATED, UNDATED)] if undated else [])]

    def _line(
        self,
        measure: Measure,
        counts: Counts,
        stretch: Period | None,
        segment: Segment,
        remark: str,
        *,
        veiled: bool = False,
    ) -> _Line:
        data_set = self.document.get(DataSet, measure.data_set_id)
        empty = blank(measure, kpi.KPIS.get(measure.kpi))
        levels = _levels(measure, counts)
        told = estimated(measure, counts, hiding.limit(self.document, measure.data_set_id), levels)
        if veiled and told.get("value") is not None:
            told = {"formula": told["formula"], "note": hiding.accomplice()}
        whole = whole_period(data_set, block_of(self.cube_of, measure, EVERYBODY) if measure.id else None)
        undated = stretch is not None and stretch.first == UNDATED
        name = (whole.key if whole is not None else "") if stretch is None else "" if undated else stretch.key
        coarse = data_set is not None and self.length in _FINER.get(data_set.grain, ())
        remarks = [told["note"], remark, _("without a date") if undated else "", _coarse(data_set) if coarse else ""]
        told |= {"period": name, "segment": segment, "note": "; ".join(filter(None, remarks))}
        figure = replace(empty, **told)
        dated = figure.value is not None and not figure.hatched and stretch is not None and not undated
        return _Line(_row(self.document, figure), measure, levels if dated else None)


def _levels(measure: Measure, counts: Counts) -> Levels | None:
    try:
        return kpi.at_levels(measure, counts)
    except Failure:  # the figure will say so
        return None


def _coarse(data_set: DataSet | None) -> str:
    assert data_set is not None
    return _("kept by week") if data_set.grain == "week" else _("kept by month")


def _statistics(measure: Measure) -> list[Measure]:
    """A response time leads with median and 90th percentile, the mean beside them."""
    if measure.kpi != "response_time" or kpi.statistic(measure) != "median":
        return [measure]
    return [replace(measure, statistic=each) for each in ("median", "p90", "mean")]


def _since(lines: list[_Line]) -> list[_Line]:
    """Lines of one measure, each knowing how many lines before it the same group's last period stands."""
    last: dict[object, int] = {}
    found = []
    for place, line in enumerate(lines):
        segment = line.row.figure.segment
        before = last.get(segment)
        found.append(line if before is None else _Line(line.row, line.measure, line.levels, place - before))
        if line.levels is not None:
            last[segment] = place
    return found


def _shifted(lines: list[_Line]) -> list[Row]:
    """The rows with what changed since the period before; the words hold among all of them."""
    gaps: dict[int, tuple[str, Difference]] = {}
    for place, line in enumerate(lines):
        old = lines[place - line.before] if line.before is not None else None
        if old is None or line.levels is None or old.levels is None or line.measure is None:
            continue
        gap = comparison.between(line.measure, old.levels, line.levels, for_words=True)
        if gap is not None:
            gaps[place] = (old.row.figure.period, gap)
    said = comparison.words([gap for _since, gap in gaps.values()])
    shifts = {place: Shift(*gap, word) for (place, gap), word in zip(gaps.items(), said, strict=True)}
    rows = [line.row for line in lines]
    for place, shift in shifts.items():
        row = rows[place]
        rows[place] = Row(row.figure, row.touchpoint, row.phase, row.dataset, shift)
    return rows


def _columns(document: Document) -> list[str]:
    return sorted({column for data_set in document.all(DataSet) for column in data_set.segments})


def _known(document: Document, by: str | None) -> None:
    columns = _columns(document)
    if by is not None and by not in columns and by not in {PERSONA, PHASE}:
        raise Failure(
            _("No data set has the segment column “{column}”; there are: {known}.").format(
                column=by, known=", ".join(columns) or _("none")
            )
        )


def _reading_order(document: Document) -> Iterator[Place]:
    yield JOURNEY
    for state in document.all(State):
        for phase in document.referring(Phase, "state_id", state.id):
            yield (None, phase.id)
            for touchpoint in document.referring(Touchpoint, "phase_id", phase.id):
                yield (touchpoint.id, None)


def _row(document: Document, figure: Figure) -> Row:
    touchpoint = document.get(Touchpoint, figure.touchpoint_id)
    phase = document.get(Phase, figure.phase_id)
    data_set = document.get(DataSet, figure.data_set_id)
    return Row(
        figure,
        touchpoint.name if touchpoint is not None else None,
        phase.name if phase is not None else None,
        data_set.name if data_set is not None else None,
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
