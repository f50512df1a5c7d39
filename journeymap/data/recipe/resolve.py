"""From a recipe's column names to columns of the source: what is to be counted, or a sentence about what is not there."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from journeymap.data.answers import tidy
from journeymap.data.counting.rows import columns_of
from journeymap.data.counting.wanted import Wanted
from journeymap.data.guessing.alike import nearest
from journeymap.data.recipe import Code, Recipe
from journeymap.data.recipe.question import Question, expanded
from journeymap.data.sources import Sample
from journeymap.data.sources.sample import nameless
from journeymap.failure import Failure
from journeymap.i18n import _


def resolve(samples: Sequence[Sample], recipe: Recipe) -> Wanted:
    """What the recipe wants counted of these sources, which have to have the same columns. Raises Failure."""
    first = samples[0]
    names: list[str] = []

    def place(name: str) -> int:
        found = column(first, name)
        if found not in names:
            names.append(found)
        return names.index(found)

    columns = recipe.columns
    _agree(recipe)
    for known in (columns.respondent, *columns.comments, *columns.pseudonymise):
        if known:
            column(first, known)
    filter_ = recipe.source.filter
    filtered = {name: place(name) for name in columns_of(filter_)} if filter_ else {}
    wanted = Wanted(
        (),
        tuple(
            (place(question.column), _with_codes(samples, question)) if question.column else (-1, question)
            for each in recipe.questions
            for question in expanded(each)
        ),
        tuple(dict.fromkeys(place(name) for name in columns.segments)),
        place(columns.touchpoint) if columns.touchpoint else None,
        place(columns.date) if columns.date else None,
        columns.date_format,
        place(columns.weight) if columns.weight else None,
        _decimal(samples, recipe),
        frozenset(place(name) for name in columns.pseudonymise if _key(name) in {_key(one) for one in _used(recipe)}),
        day_first=first.delimiter == ";" or _decimal(samples, recipe) == ",",
        timezone=recipe.source.timezone,
        filter=filter_,
        labels={names.index(name): labels for name, labels in first.facts.labels.items() if name in names},
        filtered=filtered,
        names={_key(name): tidy(meant) for name, meant in columns.touchpoints},
    )
    wanted.places.update({name: place(name) for each in recipe.questions for name in each.names()})
    for sample in samples[1:]:
        for name in names:
            if name not in sample.columns:
                raise Failure(
                    _("{path} has no column “{name}”, but {first} has; import them as two data sets.").format(
                        path=sample.path.name, name=name, first=first.path.name
                    )
                )
    return Wanted(tuple(names), *(getattr(wanted, part) for part in Wanted.__struct_fields__[1:]))


def _with_codes(samples: Sequence[Sample], question: Question) -> Question:
    """The question with the codes that the file itself declares as no answer, unless the recipe says what they are."""
    declared: dict[Code, None] = {}
    for sample in samples:
        declared |= dict.fromkeys(sample.facts.missing.get(column(sample, question.column), ()))
    known = {*question.missing, *question.not_applicable}
    return replace(question, missing=(*question.missing, *(code for code in declared if code not in known)))


def _agree(recipe: Recipe) -> None:
    """Raises Failure where a column is left out and wanted all the same."""
    used, hashed = {_key(name) for name in _used(recipe)}, {_key(name) for name in recipe.columns.pseudonymise}
    for name in recipe.columns.drop:
        if _key(name) in used:
            raise Failure(_("The recipe both uses and drops the column “{name}”.").format(name=name))
        if _key(name) in hashed:
            raise Failure(_("The recipe both drops and pseudonymises the column “{name}”.").format(name=name))


def column(sample: Sample, name: str) -> str:
    """The column that `name` means: exactly, or but for case and white space. Raises Failure, with what comes near."""
    if name in sample.columns:
        return name
    for said in (name, nameless(name)):
        alike = [known for known in sample.columns if _key(known) == _key(said)]
        if len(alike) == 1:
            return alike[0]
    other = {_key(known): column for known, column in sample.facts.aliases.items()}
    if _key(name) in other:
        return other[_key(name)]
    file = sample.path.name
    if len(sample.columns) == 1 and sample.delimiter:
        raise Failure(
            _(
                "{path} has no column “{name}”: read with the delimiter “{delimiter}” it has only one column, “{only}”."
            ).format(path=file, name=name, delimiter=sample.delimiter.replace("\t", "TAB"), only=sample.columns[0][:60])
        )
    if near := nearest(name, sample.columns, 60):
        raise Failure(_("{path} has no column “{name}”; is “{near}” meant?").format(path=file, name=name, near=near))
    shown = ", ".join(sample.columns[:12]) + ("…" if len(sample.columns) > 12 else "")
    raise Failure(_("{path} has no column “{name}”. It has: {shown}.").format(path=file, name=name, shown=shown))


def used_columns(sample: Sample, recipe: Recipe) -> set[str]:
    """The columns of the sample that the recipe counts by."""
    return {column(sample, name) for name in _used(recipe)}


def _used(recipe: Recipe) -> list[str]:
    columns = recipe.columns
    single = [columns.touchpoint, columns.date, columns.weight, *columns.segments]
    return [name for name in single if name] + [name for question in recipe.questions for name in question.names()]


def _key(name: str) -> str:
    return tidy(name).casefold()


def _decimal(samples: Sequence[Sample], recipe: Recipe) -> str:
    if recipe.source.decimal:
        return recipe.source.decimal
    return "," if any(sample.decimal == "," for sample in samples) else "."
