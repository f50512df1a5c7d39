"""The recipe: how a source becomes KPIs. The import dialog writes it, a person may edit it, the map keeps it.

TOML as the contract has it. A key that this version cannot carry out is refused in words: a recipe that is
half obeyed would give figures that nobody asked for.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from journeymap.data.source import KEYS, Join, Source, read_source, source_table
from journeymap.failure import Failure
from journeymap.i18n import _

KPIS = ("nps", "csat", "ces", "rating", "number")
"""The KPIs that can be counted from a column of answers."""

STATISTICS = ("share", "mean", "median", "p90", "nps")

Code = float | str
"""An answer as a recipe names it: a number, or text as it stands in the file."""

T = TypeVar("T")

__all__ = [
    "KPIS", "STATISTICS", "Code", "Columns", "Join", "Question", "Recipe", "Source", "read_recipe", "write_recipe",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column is what, by its name in the file; whatever is empty does not exist."""

    touchpoint: str = ""
    date: str = ""
    date_format: str = ""
    respondent: str = ""
    weight: str = ""
    segments: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    pseudonymise: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One [[measure]]: a column of answers, the KPI it carries, and where it belongs.

    `touchpoint` or `phase` is a name on the map; with neither it belongs to the journey, or in long form to the
    touchpoint that each row names. `scale` is (lowest, highest), empty where it is to be seen from the answers;
    `labels` are (text, code) pairs; `statistic` is empty where the KPI's usual one is meant.
    """

    kpi: str
    column: str
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


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that is needed to read next month's file in the same way."""

    source: Source = Source()  # noqa: RUF009  (frozen)
    columns: Columns = Columns()
    questions: tuple[Question, ...] = ()

    @classmethod
    def from_toml(cls, text: str) -> Recipe:
        """Reads a recipe. Raises Failure for anything that is not a recipe, or that cannot be carried out."""
        try:
            whole = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise Failure(_("The recipe is not valid TOML: {error}.").format(error=error)) from error
        _known(whole, {"source", "columns", "measure"}, _("the recipe"))
        measures = whole.get("measure", [])
        if not isinstance(measures, list) or not all(isinstance(item, dict) for item in measures):
            raise Failure(_("Each measure of the recipe begins with a line [[measure]]."))
        return cls(
            _source(_table(whole, "source")),
            _columns(_table(whole, "columns")),
            tuple(_question(item, number) for number, item in enumerate(measures, 1)),
        )

    def to_toml(self) -> str:
        """The recipe as TOML; what is empty is left out. `Recipe.from_toml` reads the same recipe back."""
        import tomli_w

        whole: dict[str, Any] = {"source": source_table(self.source), "columns": _filled(self.columns, Columns())}
        whole = {name: table for name, table in whole.items() if table}
        plain = Question("", "")
        whole["measure"] = [_filled(question, plain) for question in self.questions]
        return tomli_w.dumps(whole)


def read_recipe(path: Path) -> Recipe:
    """Reads a recipe file. Raises Failure where it cannot be read or is not a recipe."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Failure(
            _("The recipe {path} cannot be read: {reason}.").format(path=path, reason=error.strerror)
        ) from error
    except UnicodeDecodeError as error:
        raise Failure(_("The recipe {path} is not a text file in UTF-8.").format(path=path)) from error
    return Recipe.from_toml(text)


def write_recipe(path: Path, recipe: Recipe) -> None:
    """Writes a recipe file. Raises Failure where the place cannot be written."""
    try:
        path.write_text(recipe.to_toml(), encoding="utf-8", newline="\n")
    except OSError as error:
        raise Failure(
            _("The recipe cannot be written to {path}: {reason}.").format(path=path, reason=error.strerror)
        ) from error


# ---------------------------------------------------------------- reading tables

LATER = {
    "table", "query", "from", "to", "customer", "amount", "start", "lost", "joined", "steps",
}  # fmt: skip
"""Keys of the recipe's language that this version does not carry out yet."""


def _known(table: Mapping[str, Any], names: set[str], where: str) -> None:
    for key in table:
        if key in names:
            continue
        if key in LATER:
            raise Failure(
                _("“{key}” in {where} cannot be carried out by this version; take it out.").format(key=key, where=where)
            )
        raise Failure(
            _("“{key}” in {where} is not known; known are: {names}.").format(
                key=key, where=where, names=", ".join(sorted(names))
            )
        )


def _table(whole: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = whole.get(name, {})
    if not isinstance(table, dict):
        raise Failure(_("“{name}” in the recipe has to be a table: [{name}].").format(name=name))
    return table


def _source(table: Mapping[str, Any]) -> Source:
    _known(table, KEYS, "[source]")
    return read_source(table)


def _columns(table: Mapping[str, Any]) -> Columns:
    where = "[columns]"
    single = ("touchpoint", "date", "date_format", "respondent", "weight")
    lists = ("segments", "comments", "drop", "pseudonymise")
    _known(table, {*single, *lists}, where)
    texts = {name: _text(table, name, where) for name in single}
    return Columns(
        **texts,
        segments=_list(table, "segments", where, _as_text),
        comments=_list(table, "comments", where, _as_text),
        drop=_list(table, "drop", where, _as_text),
        pseudonymise=_list(table, "pseudonymise", where, _as_text),
    )


def _question(table: Mapping[str, Any], number: int) -> Question:
    where = _("measure {number}").format(number=number)
    texts = ("kpi", "column", "touchpoint", "phase", "statistic", "unit", "name")
    _known(table, {*texts, "scale", "missing", "not_applicable", "labels", "reversed", "positive"}, where)
    flag = table.get("reversed", False)
    if not isinstance(flag, bool):
        raise Failure(_("“reversed” in {where} is either true or false.").format(where=where))
    question = Question(
        **{name: _text(table, name, where) for name in texts},
        scale=_list(table, "scale", where, _as_number),
        missing=_list(table, "missing", where, _as_code),
        not_applicable=_list(table, "not_applicable", where, _as_code),
        labels=_labels(table, where),
        reversed=flag,
        positive=_list(table, "positive", where, _as_number),
    )
    _check(question, where)
    return question


def _check(question: Question, where: str) -> None:
    if question.kpi not in KPIS:
        raise Failure(
            _("“kpi” in {where} is “{kpi}”; this version counts {known}.").format(
                where=where, kpi=question.kpi, known=", ".join(KPIS)
            )
        )
    if not question.column:
        raise Failure(_("“column” is absent in {where}; name the column that holds the answers.").format(where=where))
    if question.touchpoint and question.phase:
        raise Failure(_("{where} names a touchpoint and a phase; only one of them can be meant.").format(where=where))
    if question.scale and (len(question.scale) != 2 or question.scale[0] >= question.scale[1]):
        raise Failure(_("“scale” in {where} is [lowest, highest], such as [1, 5].").format(where=where))
    if question.statistic and question.statistic not in STATISTICS:
        raise Failure(_("“statistic” in {where} is one of {known}.").format(where=where, known=", ".join(STATISTICS)))


def _text(table: Mapping[str, Any], name: str, where: str) -> str:
    value = table.get(name, "")
    if not isinstance(value, str):
        raise Failure(_("“{name}” in {where} has to be text in quotes.").format(name=name, where=where))
    return value


def _list(table: Mapping[str, Any], name: str, where: str, read: Callable[[Any], T | None]) -> tuple[T, ...]:
    value = table.get(name, [])
    found = [read(item) for item in value] if isinstance(value, list) else [None]
    if any(item is None for item in found):
        raise Failure(_("“{name}” in {where} has to be a list, such as {example}.").format(
            name=name, where=where, example='["Age"]' if read is _as_text else "[4, 5]"
        ))  # fmt: skip
    return tuple(item for item in found if item is not None)


def _as_text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _as_number(value: Any) -> float | None:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _as_code(value: Any) -> Code | None:
    return value if isinstance(value, str) else _as_number(value)


def _labels(table: Mapping[str, Any], where: str) -> tuple[tuple[str, float], ...]:
    value = table.get("labels", {})
    if not isinstance(value, dict) or any(_as_number(code) is None for code in value.values()):
        raise Failure(_('“labels” in {where} gives each text a number: {{ "Satisfied" = 4 }}.').format(where=where))
    return tuple((text, float(code)) for text, code in value.items())


# ---------------------------------------------------------------- writing tables


def _filled(thing: Columns | Question, plain: Columns | Question) -> dict[str, Any]:
    filled = {}
    for name in thing.__slots__:
        value = getattr(thing, name)
        if value != getattr(plain, name):
            filled[name] = {text: _short(code) for text, code in value} if name == "labels" else _toml(value)
    return filled


def _toml(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_toml(item) for item in value]
    return _short(value) if isinstance(value, float) else value


def _short(number: float) -> int | float:
    return int(number) if number.is_integer() else number
