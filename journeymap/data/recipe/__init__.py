"""The recipe: how a source becomes KPIs. The import dialog writes it, a person may edit it, the map keeps it.

TOML as the contract has it. A key that this version cannot carry out is refused in words: a recipe that is
half obeyed would give figures that nobody asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from journeymap.data.recipe.question import (
    KPIS,
    SENTIMENT,
    STATISTICS,
    Question,
    question_table,
    read_question,
    written,
)
from journeymap.data.recipe.source import KEYS, Join, Source, read_source, source_table
from journeymap.data.recipe.tables import Code, as_text, known, listed, text
from journeymap.failure import Failure
from journeymap.i18n import _

__all__ = [
    "KPIS", "STATISTICS", "Code", "Columns", "Join", "Question", "Recipe", "Source", "read_recipe", "write_recipe",
]  # fmt: skip


class Columns(Struct, frozen=True):
    """Which column is what, by its name in the file; whatever is empty does not exist.

    `touchpoints` are (name in the touchpoint column, the touchpoint that it means) where they differ; "" leaves such
    rows out. `renamed` are (a column as the file calls it by now, its name in this recipe).
    """

    touchpoint: str = ""
    date: str = ""
    date_format: str = ""
    respondent: str = ""
    weight: str = ""
    segments: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    pseudonymise: tuple[str, ...] = ()
    touchpoints: tuple[tuple[str, str], ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()


class Recipe(Struct, frozen=True):
    """Everything that is needed to read next month's file in the same way.

    `sentiments` are the measures of sentiment: their columns are among the comments, and are heard, not counted.
    """

    source: Source = Source()
    columns: Columns = Columns()
    questions: tuple[Question, ...] = ()
    sentiments: tuple[Question, ...] = ()

    @classmethod
    def from_toml(cls, text: str) -> Recipe:
        """Reads a recipe. Raises Failure for anything that is not a recipe, or that cannot be carried out."""
        import tomllib

        try:
            whole = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise Failure(_("The recipe is not valid TOML: {error}.").format(error=error)) from error
        known(whole, {"source", "columns", "measure"}, _("the recipe"))
        measures = whole.get("measure", [])
        if not isinstance(measures, list) or not all(isinstance(item, dict) for item in measures):
            raise Failure(_("Each measure of the recipe begins with a line [[measure]]."))
        asked = [read_question(item, number) for number, item in enumerate(measures, 1)]
        heard = tuple(question for question in asked if question.kpi == SENTIMENT)
        columns = _columns(_table(whole, "columns"))
        named = dict.fromkeys(question.column for question in heard if question.column not in columns.comments)
        comments = (*columns.comments, *named)
        return cls(
            _source(_table(whole, "source")),
            replace(columns, comments=comments),
            tuple(question for question in asked if question.kpi != SENTIMENT),
            heard,
        )

    def to_toml(self) -> str:
        """The recipe as TOML; what is empty is left out. `Recipe.from_toml` reads the same recipe back."""
        import tomli_w

        whole: dict[str, Any] = {"source": source_table(self.source), "columns": _filled(self.columns, Columns())}
        whole = {name: table for name, table in whole.items() if table}
        whole["measure"] = [question_table(question) for question in (*self.questions, *self.sentiments)]
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


def _table(whole: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = whole.get(name, {})
    if not isinstance(table, dict):
        raise Failure(_("“{name}” in the recipe has to be a table: [{name}].").format(name=name))
    return table


def _source(table: Mapping[str, Any]) -> Source:
    known(table, KEYS, "[source]")
    return read_source(table)


def _columns(table: Mapping[str, Any]) -> Columns:
    where = "[columns]"
    single = ("touchpoint", "date", "date_format", "respondent", "weight")
    lists = ("segments", "comments", "drop", "pseudonymise")
    known(table, {*single, *lists, *_NAMES}, where)
    texts = {name: text(table, name, where) for name in single}
    return Columns(
        touchpoint=texts["touchpoint"],
        date=texts["date"],
        date_format=texts["date_format"],
        respondent=texts["respondent"],
        weight=texts["weight"],
        segments=listed(table, "segments", where, as_text),
        comments=listed(table, "comments", where, as_text),
        drop=listed(table, "drop", where, as_text),
        pseudonymise=listed(table, "pseudonymise", where, as_text),
        **{name: _names(table.get(name, {}), example) for name, example in _NAMES.items()},
    )


_NAMES: Final = {
    "touchpoints": 'touchpoints = { "Chk-in" = "Check-in", "Test" = "" }',
    "renamed": 'renamed = { "Overall (1-5)" = "Overall" }',
}


def _names(value: Any, example: str) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise Failure(_("[columns] says what names mean: {example}.").format(example=example))
    return tuple(value.items())


# ---------------------------------------------------------------- writing tables


def _filled(thing: Columns, plain: Columns) -> dict[str, Any]:
    names = [name for name in thing.__struct_fields__ if getattr(thing, name) != getattr(plain, name)]
    return {name: dict(getattr(thing, name)) if name in _NAMES else written(getattr(thing, name)) for name in names}
