"""Which data set a file continues: next month's file is recognised by its columns, and by days that go on behind.

A file continues a data set where most of the columns that the recipe needs are there. What is called otherwise is
proposed and never taken by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from journeymap.data import account
from journeymap.data.address import Address
from journeymap.data.guessing.alike import pairs
from journeymap.data.recipe import Recipe, Source
from journeymap.data.recipe.question import Question
from journeymap.data.recipe.renaming import renamed
from journeymap.data.recipe.resolve import column
from journeymap.data.sources import Sample, peek
from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model import series
from journeymap.model.document import Document
from journeymap.model.records import DataSet

ENOUGH = 0.5
"""Of the columns that a recipe needs, so many have to be there for a file to look like its next one."""


class Fit(Struct, frozen=True):
    """A file that may be the next of a data set. `proposed`: the recipe's name → the file's column that looks like it;
    `vanished`: the recipe's columns that the file lacks; `new`: questions that the file seems to ask and no recipe named.
    """

    data_set: DataSet
    recipe: Recipe
    proposed: Mapping[str, str] = field(default_factory=dict)
    vanished: tuple[str, ...] = ()
    new: tuple[Question, ...] = ()
    share: float = 1.0


def candidates(path: Path | Address, document: Document, source: Source | None = None) -> list[Fit]:
    """The data sets whose next file this may be, the likeliest first: those of which it has most columns. `source` is
    how a person says that it is to be read: another table of a database is no next file.
    """
    found = []
    for data_set in reversed(series.newest(document)):
        try:
            fit = fits(path, document, data_set)
            if source is not None and _elsewhere(source, fit.recipe.source):
                continue
        except Failure:
            continue
        if fit.share >= ENOUGH and any(_asked(fit, question) for question in fit.recipe.questions):
            found.append(fit)
    return sorted(found, key=lambda fit: -fit.share)


def _elsewhere(said: Source, kept: Source) -> bool:
    return (said.table, said.query) not in {("", ""), (kept.table, kept.query)}


def fits(path: Path | Address, document: Document, data_set: DataSet) -> Fit:
    """How a file lies to the recipe of a data set. Raises Failure where it cannot be read, or there is no recipe."""
    recipe = Recipe.from_toml(data_set.recipe)
    sample = renamed(peek(path, recipe.source), recipe)
    needed = list(dict.fromkeys(needed_columns(recipe)))
    gone = [name for name in needed if not _there(sample, name)]
    before = {folded(name) for name in account.told_of(data_set).get("columns", [])}
    known = {folded(name) for name in needed} | {folded(name) for name in recipe.columns.drop}
    fresh = [
        name
        for name in sample.columns
        if folded(name) not in known and folded(account.shown_name(name)) not in before | {folded(one) for one in gone}
    ]
    proposed = pairs(gone, fresh, [*needed, *sample.columns])
    rest = {name for name in fresh if name not in proposed.values()}
    asked = _new_questions(sample, document, rest) if before else ()
    vanished = tuple(name for name in gone if name not in proposed)
    share = 1 - len(vanished) / len(needed) if needed else 0.0
    return Fit(data_set, recipe, proposed, vanished, asked, share if len(gone) < len(needed) else 0.0)


def later(path: Path | Address, fit: Fit) -> bool:
    """Whether the file's own days, as far as its first rows tell, go on behind those of the data set."""
    from journeymap.data import answers

    wanted = fit.recipe.columns
    if not wanted.date or not fit.data_set.last_day:
        return False
    sample = renamed(peek(path, fit.recipe.source), fit.recipe)
    name = fit.proposed.get(wanted.date, wanted.date)
    if not _there(sample, name):
        return False
    texts = [text for text in sample.column(column(sample, name)) if text.strip()]
    known = [wanted.date_format] if wanted.date_format else answers.date_formats(texts)
    days = [day for text in texts if known and (day := answers.day(text, known[0])) is not None]
    return bool(days) and account.iso(max(days)) > fit.data_set.last_day


def _asked(fit: Fit, question: Question) -> bool:
    return not set(question.names()) & set(fit.vanished)


def _new_questions(sample: Sample, document: Document, columns: set[str]) -> tuple[Question, ...]:
    if not columns:
        return ()
    from journeymap.data.guessing.guess import guess  # seldom needed: an import begins without it

    try:
        roles = guess(sample, document).roles
    except Failure:
        return ()
    return tuple(role.question for role in roles if role.column in columns and role.question is not None)


def needed_columns(recipe: Recipe) -> list[str]:
    """The columns that a recipe reads, as it names them."""
    columns = recipe.columns
    single = (columns.touchpoint, columns.date, columns.respondent, columns.weight)
    several = (*columns.segments, *columns.comments, *columns.pseudonymise)
    return [
        name
        for name in (*single, *several, *(name for question in recipe.questions for name in question.names()))
        if name
    ]


def _there(sample: Sample, name: str) -> bool:
    try:
        column(sample, name)
    except Failure:
        return False
    return True


def folded(name: str) -> str:
    """A name without what does not count: case and white space."""
    return " ".join(name.split()).casefold()


def chosen(
    document: Document,
    paths: Sequence[Path | Address],
    *,
    recipe: Recipe | None = None,
    named: str = "",
    separate: bool = False,
    source: Source | None = None,
) -> tuple[Fit | None, str]:
    """The data set that files continue, decided without a person; and a sentence where only a person can tell.

    `named` is the data set as a person has called it. Else a file continues one with its recipe (with `recipe` only one
    that keeps the same), if the file's days go on behind it: two branches' files of the same days are no series.
    Raises Failure.
    """
    newest = [] if separate else series.newest(document)
    if named:
        return _named(document, paths[0], named, recipe), ""
    if recipe is not None:
        fitting = [fits(paths[0], document, one) for one in reversed(newest) if _keeps(one, recipe)]
    else:
        fitting = candidates(paths[0], document, source) if newest else []
    for fit in fitting:
        if any(later(path, fit) for path in paths):
            return fit, ""
    if not fitting:
        return None, ""
    return None, _(
        "This has the columns of “{name}” but no later days; if it is its next period, import it with --refresh “{name}”."
    ).format(name=fitting[0].data_set.name)


def _named(document: Document, path: Path | Address, named: str, recipe: Recipe | None) -> Fit:
    sets = [one for one in document.all(DataSet) if folded(one.name) == folded(named)]
    if not sets:
        known = ", ".join(f"“{one.name}”" for one in series.newest(document))
        raise Failure(
            _("The map has no data set “{name}”; it has: {known}.").format(name=named, known=known or _("none"))
        )
    newest = series.members(document, series.series_of(sets[-1]))[-1]
    return fits(path, document, replace(newest, recipe=recipe.to_toml()) if recipe is not None else newest)


def _keeps(data_set: DataSet, recipe: Recipe) -> bool:
    """Whether a data set was read by this recipe, whatever is called otherwise by now."""

    def bare(one: Recipe) -> Recipe:
        return replace(one, columns=replace(one.columns, renamed=(), touchpoints=()))

    try:
        return bare(Recipe.from_toml(data_set.recipe)) == bare(recipe)
    except Failure:
        return False
