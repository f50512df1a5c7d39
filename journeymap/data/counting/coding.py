"""Rows as small numbers: the staged text is joined with what its distinct texts mean, in one pass of the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from journeymap.data import answers
from journeymap.data.answers import readings
from journeymap.data.answers.readings import NO_DAY, Reading
from journeymap.data.counting import composing, quantities
from journeymap.data.counting.encoding import Words
from journeymap.data.counting.engine import Engine
from journeymap.data.counting.meaning import Meaning
from journeymap.data.counting.quantities import number_in, number_of, quantity
from journeymap.data.counting.staging import distinct_texts
from journeymap.data.counting.wanted import NOWHERE, UNDATABLE, UNWEIGHABLE, USED, Coded, Wanted
from journeymap.data.recipe import Question
from journeymap.model.cube import UNDATED

if TYPE_CHECKING:
    import ibis

_FEW = 24
"""So many different texts are compared one by one."""


def as_words(wanted: Wanted) -> Words:
    """The columns of which only the different texts are looked at, so that they can be staged as numbers."""
    spoken = {index for index in (wanted.touchpoint, *wanted.segments) if index is not None}
    spoken |= {index for index, question in wanted.questions if not (question.composed or question.quantity)}
    dated = set() if wanted.date is None or wanted.timezone else {wanted.date}
    composed = {name for _index, question in wanted.questions if question.composed for name in question.names()}
    read = {wanted.places[name] for name in composed} | {*wanted.filtered.values(), wanted.weight}
    read |= {index for index, question in wanted.questions if question.quantity}
    asked = frozenset(spoken | dated) - read
    named = {wanted.touchpoint, wanted.date, *wanted.segments}
    spelled = {
        index for index, question in wanted.questions if any(answers.number(one) is not None for one in _said(question))
    }
    return Words(asked, asked - named - spelled, wanted.date)


def _said(question: Question) -> list[str]:
    """The texts that a recipe gives a meaning, word for word."""
    codes = (*question.missing, *question.not_applicable)
    return [*(label for label, _code in question.labels), *(code for code in codes if isinstance(code, str))]


def _spoken(wanted: Wanted) -> set[int]:
    single = {index for index in (wanted.touchpoint, wanted.date) if index is not None}
    return single | {*wanted.segments} | {index for index, question in wanted.questions if not question.composed}


def code(engine: Engine, raw: ibis.Table, wanted: Wanted, words: Words | None = None) -> Coded:
    """Turns the staged table into numbers, and forgets it. Raises Failure where a column is not what the recipe takes
    it for. `words` says which columns are staged as numbers already.
    """
    return _Coding(engine, raw, wanted, words or Words()).done()


class _Coding(Meaning):
    """Collects the joins and the columns of the coded table."""

    def __init__(self, engine: Engine, raw: ibis.Table, wanted: Wanted, words: Words) -> None:
        self.coded = Coded(table=raw)
        super().__init__(wanted, self.coded, distinct_texts(engine, raw, _spoken(wanted), readings.MOST_TEXTS, words))
        self.engine, self.table, self.words = engine, raw, words
        self.raw, self.light = raw, {f"c{index}" for index in words.known} == {*raw.columns}
        self.columns: dict[str, Any] = {}
        self.numbers: dict[str, set[int]] = {}  # of a column: which it can have
        self._without_times()

    def _without_times(self) -> None:
        """Takes the time of day off dates where it makes too many of them different."""
        index = self.wanted.date
        if index is not None and self.wanted.timezone:
            self.texts |= distinct_texts(self.engine, self.table, [index], readings.MOST_MOMENTS)
        elif index is not None and len(self.texts[index]) > readings.MOST_TEXTS:
            short = self.table[f"c{index}"].re_replace(r"[T ][0-9]{1,2}[:.][0-9]{2}.*$", "")
            self.table = self.engine.keep("raw_days", self.table.mutate(**{f"c{index}": short}))
            self.texts |= distinct_texts(self.engine, self.table, [index], readings.MOST_TEXTS)

    def _read_numbers(self) -> None:
        """Numbers of columns of many, worked out once: a database does not see that it is asked for the same again."""
        found = {index for index, question in self.wanted.questions if question.quantity and not question.composed}
        found |= {self.wanted.places[name] for _index, question in self.wanted.questions for name in question.amount}
        found |= set() if self.wanted.weight is None else {self.wanted.weight}
        if not (found and self.engine.far):
            return
        bare = {f"y{index}": quantities.bare(self.table[f"c{index}"]) for index in sorted(found)}
        self.table = self.engine.once("bare", self.table.mutate(**bare))
        numbers = {f"x{index}": number_in(self.table[f"y{index}"], self.wanted.decimal) for index in sorted(found)}
        self.table = self.engine.once("numbers", self.table.mutate(**numbers))

    def _number_of(self, index: int) -> Any:
        known = f"x{index}"
        if known in self.table.columns:
            return self.table[known]
        return number_of(self.table[f"c{index}"], self.wanted.decimal)

    def done(self) -> Coded:
        self._read_numbers()
        self._questions()
        self._weight()
        self.touchpoint()
        self.date()
        self._calendar()
        self.segments()
        self._parts()
        self._why()
        self.coded.days = self._known_days()
        coded = self.table.select(**self.columns)
        if self.light:  # as quick to work out as to read
            self.coded.table = self.engine.show("coded", coded)
        else:
            self.coded.table = self.engine.keep("coded", coded)
            self.engine.drop(self.raw.get_name())
        self._settle()
        return self.coded

    def constant(self, name: str, number: int) -> None:
        import ibis

        self.columns[name] = ibis.literal(number, "int32")

    def number(self, name: str, index: int, reading: Reading, default: int) -> None:
        """Adds a column of numbers.

        A few texts are told apart where they stand; for more a table is joined. (Hundreds of joins take gigabytes.)
        """
        self.numbers[name] = {*reading.numbers.values()} | (set() if index in self.words.full else {default})
        if index not in self.words.known:
            self.columns[name] = self._mapped(name, lambda: self.table[f"c{index}"], reading, default)
            return
        known = self.words.known[index]
        numbers = {known[text]: number for text, number in reading.numbers.items()}
        apart = {number - place for place, number in numbers.items()}
        if len(apart) == 1:
            moved = self.table[f"c{index}"].cast("int32") + apart.pop()
            self.columns[name] = moved.fill_null(default).cast("int32")
        else:
            self.columns[name] = self._mapped(name, lambda: self.table[f"c{index}"], numbers, default)

    def _mapped(self, name: str, text: Callable[[], Any], meant: Reading | Mapping[int, int], default: int) -> Any:
        """What each `text()` of the table, as it is by now, means; or each number of a text."""
        import ibis

        cell = text()
        known: Mapping[Any, int] = meant.numbers if isinstance(meant, Reading) else meant
        if len(known) <= _FEW:
            numbers = [(text, number) for text, number in known.items() if number != default]
            found = cell.cases(*numbers, else_=default) if numbers else ibis.literal(default)
            return found.cast("int32")
        kind = "VARCHAR" if isinstance(meant, Reading) else "SMALLINT"
        self.light = False
        meanings = self.engine.put(
            f"reading_{name}", {f"{name}_text": kind, f"{name}_number": "INTEGER"}, known.items()
        )
        self.table = self.table.left_join(meanings, cell == meanings[f"{name}_text"])
        return self.table[f"{name}_number"].fill_null(default)

    def _calendar(self) -> None:
        if self.wanted.date is None:
            return
        rows = [(day, *readings.week_and_month(day)) for day in sorted(self.numbers["d"] - {NO_DAY})]
        weeks, months = (
            {first: at for at, first in enumerate(dict.fromkeys(row[which] for row in rows))} for which in (1, 2)
        )
        types = dict.fromkeys(("d", "week", "month", "week_at", "month_at"), "INTEGER")
        numbered = [(day, week, month, weeks[week], months[month]) for day, week, month in rows]
        self.coded.calendar = self.engine.put("calendar", types, numbered)

    def _known_days(self) -> tuple[int, int] | None:
        """The first and the last day, where the texts alone say that every row counts, and names a touchpoint if any does."""
        days, places = self.numbers.get("d", {UNDATED}), self.numbers.get("p", set())
        if not self.words.occur or {UNDATED, NO_DAY} & days or NOWHERE in places or "w" in self.columns:
            return None
        return min(days), max(days)

    def _questions(self) -> None:
        questions: list[Question] = []
        codes: list[tuple[float, ...] | None] = []
        for number, (index, asked) in enumerate(self.wanted.questions):
            if asked.composed:
                questions.append(asked)
                codes.append(())  # worked out from the coded rows
                continue
            question, line = self.defined(index, asked)
            if question.quantity and len(self.texts[index]) > readings.most_exact(question):
                cell, known = self.table[f"c{index}"], self._number_of(index)
                value, bins = quantity(cell, question, self.wanted.decimal, line, known)
                self.columns[f"v{number}"], self.columns[f"m{number}"] = value, bins
                questions.append(readings.lined(question, line))
                codes.append(None)
                continue
            settled, known_codes = self.judged(number, index, question, line)
            questions.append(settled)
            codes.append(known_codes)
        self.coded.questions, self.coded.codes = tuple(questions), tuple(codes)

    def _parts(self) -> None:
        """What composed questions are worked out from, row by row."""
        for number, question in enumerate(self.coded.questions):
            if not question.composed:
                continue
            if question.customer:
                self.columns[f"k{number}"] = self._cell(question.customer).strip()
            if question.begin:
                ends = (
                    self._moment(f"b{number}", question.begin, local=bool(question.hours)),
                    self._moment(f"t{number}", question.end, local=bool(question.hours)),
                )
                value, status, last = composing.duration(question, ends)
                self.columns |= {f"x{number}": value, f"e{number}": status, f"o{number}": last}
            elif question.amount:
                cells = [self._cell(name) for name in question.amount]
                numbers = [self._number_of(self.wanted.places[name]) for name in question.amount]
                value, status = composing.amount(question, cells, numbers)
                self.columns[f"x{number}"], self.columns[f"e{number}"] = value, status
            else:
                found = composing.flags(question, self._cell, self.columns["d"], self._is_date, self.wanted.decimal)
                if question.customer:
                    self.columns |= {f"f{number}_{name}": each for name, each in found.items()}
                else:
                    self.columns[f"m{number}"] = composing.outcome(question, found)

    def _settle(self) -> None:
        codes = list(self.coded.codes)
        for number, question in enumerate(self.coded.questions):
            if question.composed:
                codes[number] = composing.settled(self.engine, self.coded, self.wanted, number, question)
        self.coded.codes = tuple(codes)

    def _cell(self, name: str) -> Any:
        return self.table[f"c{self.wanted.places[name]}"]

    def _is_date(self, name: str) -> bool:
        return self.wanted.places[name] == self.wanted.date

    def _moment(self, name: str, column: str, *, local: bool) -> tuple[Any, Any]:
        def texts(expression: Any, most: int) -> list[str]:
            found = self.engine.ask(self.table.select(text=expression).distinct().limit(most + 1))
            return [text for text in found.column(0).to_pylist() if text]

        return composing.moment(
            name, lambda: self._cell(column), column, texts, self._mapped, day_first=self.wanted.day_first,
            local=local,
        )  # fmt: skip

    def _weight(self) -> None:
        if self.wanted.weight is not None:
            self.columns["w"] = self._number_of(self.wanted.weight)

    def _why(self) -> None:
        import ibis

        undatable = self.columns["d"] == NO_DAY
        weight = self.columns.get("w")
        unweighable = ibis.literal(value=False) if weight is None else weight.isnull() | (weight <= 0)
        self.columns["why"] = ibis.cases((undatable, UNDATABLE), (unweighable, UNWEIGHABLE), else_=USED).cast("int8")
