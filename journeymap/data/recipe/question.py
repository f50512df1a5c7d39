"""One [[measure]] of a recipe: which cells are answers, to which KPI, and where the figure belongs.

Most KPIs read one column. A response time may lie between two columns of times, churn and retention come from who was
there, left and joined, a customer's value from transactions, conversion and drop-off from steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from msgspec import Struct, field
from msgspec.structs import replace

from journeymap.data.counting.hours import Hours
from journeymap.data.recipe.tables import Code, as_code, as_number, as_text, known, listed, text
from journeymap.failure import Failure
from journeymap.i18n import _

KPIS: Final = (
    "nps", "csat", "ces", "rating", "response_time", "churn", "retention", "clv", "conversion", "bounce", "dropoff", "number",
)  # fmt: skip
"""The KPIs that can be counted."""

SENTIMENT: Final = "sentiment"
"""Heard in comments, not counted: a measure of it is made after listening, where it holds."""

STATISTICS: Final = ("share", "mean", "median", "p90", "nps")

UNITS: Final[Mapping[str, float]] = {
    "ms": 0.001, "s": 1, "sec": 1, "min": 60, "h": 3600, "hours": 3600, "d": 86_400, "days": 86_400, "weeks": 604_800,
}  # fmt: skip
"""Seconds in a unit of time."""

HAPPENED: Final = frozenset({"churn", "retention", "conversion", "bounce", "dropoff"})
"""KPIs whose answers are yes or no."""
SUMMABLE: Final = frozenset({"rating", "csat", "ces", "number"})
"""KPIs that may come summed up: a mean of means is one still."""
STAYING: Final = frozenset({"churn", "retention"})
STEPPED: Final = frozenset({"conversion", "dropoff"})


class Who(Struct, frozen=True):
    """Those rows (or customers) whose `column` holds one of `codes`; without codes: whose cell says yes, which is
    anything but empty, no, false or 0. `first` and `last` (ISO dates) are for the data set's date column.
    """

    column: str
    codes: tuple[Code, ...] = ()
    first: str = ""
    last: str = ""


class Worth(Struct, frozen=True):
    """From a customer's annual revenue, or the sum of her transactions, to her value:
    `margin` × revenue × `years` (discounted at `discount` a year) − `acquisition_cost`.
    """

    years: float = 1.0
    margin: float = 1.0
    acquisition_cost: float = 0.0
    discount: float = 0.0

    @property
    def factor(self) -> float:
        """What a unit of revenue is worth. Years to come are discounted from the end of the first: Σ 1 / (1 + d)^t."""
        if self.discount == 0:
            return self.margin * self.years
        return self.margin * float(1 - (1 + self.discount) ** -self.years) / self.discount


class Question(Struct, frozen=True):
    """One [[measure]]: a column of answers, the KPI it carries, and where it belongs.

    `touchpoint` or `phase` is a name on the map; with neither it belongs to the journey, or in long form to the
    touchpoint that each row names. `scale` is (lowest, highest), empty where it is to be seen from the answers;
    `labels` are (text, code) pairs; `statistic` is empty where the KPI's usual one is meant. `begin` and `end` are the
    recipe's `from` and `to`; `hours` are those of business that count between them. `customer` names the column by which rows are put together. `aggregate` says that a cell is
    no answer but a figure summed up before, of an unknown number of answers: a mean, a rate.
    """

    kpi: str
    column: str = ""
    touchpoint: str = ""
    phase: str = ""
    scale: tuple[float, ...] = ()
    missing: tuple[Code, ...] = ()
    not_applicable: tuple[Code, ...] = ()
    labels: tuple[tuple[str, float], ...] = ()
    reversed: bool = False
    positive: tuple[float, ...] = ()
    statistic: str = ""
    unit: str = ""
    name: str = ""
    begin: str = ""
    end: str = ""
    hours: str = ""
    customer: str = ""
    amount: tuple[str, ...] = ()
    start: Who | None = None
    lost: Who | None = None
    joined: Who | None = None
    stayed: Who | None = None
    steps: tuple[str, ...] = ()
    worth: Worth = field(default_factory=Worth)
    aggregate: bool = False

    @property
    def shown(self) -> str:
        """The column, or what stands in its place, as people read it: "Opened → First reply"."""
        if self.begin:
            return f"{self.begin} → {self.end}"
        if self.steps:
            return " → ".join(self.steps)
        who = self.lost or self.stayed
        return self.column or " × ".join(self.amount) or (who.column if who is not None else "")

    @property
    def composed(self) -> bool:
        """Whether it reads more than the one column of answers."""
        return bool(self.begin or self.steps or self.amount or self.lost or self.stayed or self.start or self.joined)

    @property
    def quantity(self) -> bool:
        """Whether answers are quantities, not codes: a number, a duration, money, or a rate that is averaged."""
        if self.kpi in HAPPENED:
            return self.statistic in {"mean", "median", "p90"}
        return self.kpi in {"number", "response_time", "clv"}

    def names(self) -> list[str]:
        """Every column that it reads. Steps of a column of events are no columns."""
        whos = [who.column for who in (self.start, self.lost, self.joined, self.stayed) if who is not None]
        steps = () if self.column else self.steps
        found = (self.column, self.begin, self.end, self.customer, *self.amount, *whos, *steps)
        return list(dict.fromkeys(name for name in found if name))


def read_question(table: Mapping[str, Any], number: int) -> Question:
    """Reads one [[measure]]. Raises Failure for what is no measure, or cannot be carried out."""
    where = _("measure {number}").format(number=number)
    texts = ("kpi", "column", "touchpoint", "phase", "statistic", "unit", "name", "customer", "hours")
    known(table, {*texts, *_LISTS, "labels", *_FLAGS, "from", "to", "amount", *_WHO, *_WORTH}, where)
    flags = {name: table.get(name, False) for name in _FLAGS}
    for name, flag in flags.items():
        if not isinstance(flag, bool):
            raise Failure(_("“{name}” in {where} is either true or false.").format(name=name, where=where))
    fields: dict[str, Any] = {name: text(table, name, where) for name in texts}
    fields |= {name: listed(table, name, where, read) for name, read in _LISTS.items()}
    fields |= {name: _who(table[name], name, where) for name in _WHO if name in table}
    if fields["hours"]:
        fields["hours"] = str(Hours.read(fields["hours"], where))
    question = Question(
        **fields,
        labels=_labels(table, where),
        **flags,
        begin=text(table, "from", where),
        end=text(table, "to", where),
        amount=_amount(table, where),
        worth=Worth(**{name: _number(table, name, where) for name in _WORTH if name in table}),
    )
    _check(question, table, where)
    return question


_LISTS: Final[dict[str, Any]] = {
    "scale": as_number, "missing": as_code, "not_applicable": as_code, "positive": as_number, "steps": as_text,
}  # fmt: skip
_FLAGS: Final = ("reversed", "aggregate")
_WHO: Final = ("start", "lost", "joined", "stayed")
_WORTH: Final = ("years", "margin", "acquisition_cost", "discount")
_ONLY: Final[Mapping[str, frozenset[str]]] = {
    "from": frozenset({"response_time"}),
    "to": frozenset({"response_time"}),
    "hours": frozenset({"response_time"}),
    "aggregate": SUMMABLE,
    "amount": frozenset({"clv"}),
    "customer": frozenset({"clv", *STAYING, *STEPPED}),
    "steps": STEPPED,
    **dict.fromkeys(_WHO, STAYING),
    **dict.fromkeys(_WORTH, frozenset({"clv"})),
}


def _check(question: Question, table: Mapping[str, Any], where: str) -> None:
    kpi = question.kpi
    _check_kpi(kpi, table, where)
    for key, kpis in _ONLY.items():
        if key in table and kpi not in kpis:
            raise Failure(
                _("“{key}” in {where} is only for {kpis}, not for {kpi}.").format(
                    key=key, where=where, kpis=", ".join(sorted(kpis)), kpi=kpi
                )
            )
    if sentence := fault(question, where):
        raise Failure(sentence)
    if question.touchpoint and question.phase:
        raise Failure(_("{where} names a touchpoint and a phase; only one of them can be meant.").format(where=where))
    if question.scale and (len(question.scale) != 2 or question.scale[0] >= question.scale[1]):
        raise Failure(_("“scale” in {where} is [lowest, highest], such as [1, 5].").format(where=where))
    if question.statistic and question.statistic not in STATISTICS:
        raise Failure(_("“statistic” in {where} is one of {known}.").format(where=where, known=", ".join(STATISTICS)))
    if question.worth.years <= 0 or question.worth.discount < 0:
        raise Failure(_("“years” in {where} is above 0, and “discount” is not below it.").format(where=where))
    if kpi == "response_time" and question.unit and question.unit not in UNITS:
        raise Failure(
            _("“unit” in {where} is “{unit}”; of a time it is one of {known}.").format(
                where=where, unit=question.unit, known=", ".join(UNITS)
            )
        )


def _check_kpi(kpi: str, table: Mapping[str, Any], where: str) -> None:
    if kpi == SENTIMENT:
        _check_sentiment(table, where)
    elif kpi not in KPIS:
        raise Failure(
            _("“kpi” in {where} is “{kpi}”; this version counts {known}.").format(
                where=where, kpi=kpi, known=", ".join((*KPIS, SENTIMENT))
            )
        )


def _check_sentiment(table: Mapping[str, Any], where: str) -> None:
    """A measure of sentiment reads a column of comments and has no scale of its own."""
    foreign = sorted(set(table) - {"kpi", "column", "touchpoint", "name"})
    if foreign:
        raise Failure(
            _("“{key}” in {where} means nothing for sentiment; it has column, touchpoint and name.").format(
                key=foreign[0], where=where
            )
        )


def fault(question: Question, where: str) -> str:
    """What a question still lacks to be counted, as a sentence; "" where nothing is."""
    return _incomplete(question).format(where=where)


def _incomplete(question: Question) -> str:
    """What is absent from a measure, as a sentence with {where}; "" where nothing is."""
    if question.aggregate and question.statistic in {"share", "p90"}:
        return _("{where} is summed up already; its statistic is mean or median.")
    if bool(question.begin) != bool(question.end) or (question.hours and not question.begin):
        return _("{where} needs both “from” and “to”: the columns of the two times.")
    if question.steps and (len(question.steps) < 2 or len(set(question.steps)) < len(question.steps)):
        return _("“steps” in {where} names at least two different steps, in their order.")
    if question.steps and question.column and not question.customer:
        return _("{where} has steps in one column; name “customer”, the column that tells visits apart.")
    if question.amount and not question.customer:
        return _("{where} has an amount of transactions; name “customer”, the column of who bought.")
    if question.kpi == "retention" and question.joined and not (question.lost or question.stayed):
        return _("{where} needs “lost” or “stayed”: who left, or who is still there.")
    if question.kpi == "churn" and (question.start or question.joined) and not (question.lost or question.stayed):
        return _("{where} needs “lost”: who left.")
    if not (question.column or question.composed):
        return _("“column” is absent in {where}; name the column that holds the answers.")
    if question.column and (question.begin or question.amount or question.lost or question.stayed):
        return _("{where} names a column of answers and columns to work them out from; only one can be meant.")
    return ""


def expanded(question: Question) -> list[Question]:
    """A drop-off over several steps is one figure a step; everything else is itself."""
    if question.kpi != "dropoff" or len(question.steps) <= 2:
        return [question]
    name = question.name or _("Drop-off")
    pairs = zip(question.steps, question.steps[1:], strict=False)
    return [replace(question, steps=pair, name=f"{name}: {pair[0]} → {pair[1]}") for pair in pairs]


# ---------------------------------------------------------------- tables


def _labels(table: Mapping[str, Any], where: str) -> tuple[tuple[str, float], ...]:
    value = table.get("labels", {})
    if not isinstance(value, dict) or any(as_number(code) is None for code in value.values()):
        raise Failure(_('“labels” in {where} gives each text a number: {{ "Satisfied" = 4 }}.').format(where=where))
    return tuple((label, float(code)) for label, code in value.items())


def _number(table: Mapping[str, Any], name: str, where: str) -> float:
    value = as_number(table[name])
    if value is None:
        raise Failure(_("“{name}” in {where} has to be a number.").format(name=name, where=where))
    return value


def _amount(table: Mapping[str, Any], where: str) -> tuple[str, ...]:
    value = table.get("amount", [])
    return (value,) if isinstance(value, str) and value else listed(table, "amount", where, as_text)


def _who(value: Any, name: str, where: str) -> Who:
    if isinstance(value, str) and value:
        return Who(value)
    if not isinstance(value, dict) or not isinstance(value.get("column"), str):
        raise Failure(
            _('“{name}” in {where} is a column, or {{ column = "Status", codes = ["Left"] }}.').format(
                name=name, where=where
            )
        )
    known(value, {"column", "codes", "from", "to"}, f"{name}, {where}")
    days = [_day(value.get(key, ""), where) for key in ("from", "to")]
    return Who(value["column"], listed(value, "codes", where, as_code), *days)


def _day(value: Any, where: str) -> str:
    try:
        return (
            value.isoformat()[:10]
            if isinstance(value, date)
            else date.fromisoformat(value).isoformat()
            if value
            else ""
        )
    except (ValueError, TypeError):
        raise Failure(_("A day in {where} is written as 2026-03-31.").format(where=where)) from None


def question_table(question: Question) -> dict[str, Any]:
    """A question as it stands in TOML; what is as usual is left out."""
    plain, found = Question(""), dict[str, Any]()
    for name in Question.__struct_fields__:
        value = getattr(question, name)
        if value == getattr(plain, name):
            continue
        if name == "labels":
            found[name] = {label: written(code) for label, code in value}
        elif isinstance(value, Who):
            found[name] = _who_table(value)
        elif isinstance(value, Worth):
            found |= {
                part: written(getattr(value, part)) for part in _WORTH if getattr(value, part) != getattr(Worth(), part)
            }
        else:
            found[{"begin": "from", "end": "to"}.get(name, name)] = written(value)
    return found


def _who_table(who: Who) -> Any:
    parts = {"column": who.column, "codes": written(who.codes), "from": who.first, "to": who.last}
    return (
        who.column if not (who.codes or who.first or who.last) else {key: part for key, part in parts.items() if part}
    )


def written(value: Any) -> Any:
    """A value as TOML has it: lists, and whole numbers without a point."""
    if isinstance(value, tuple):
        return [written(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
