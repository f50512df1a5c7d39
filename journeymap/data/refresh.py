"""Next month's file: which data set it continues, under which names, and how it differs. Before anything is changed.

A file continues a data set where most of the columns that the recipe needs are there. What is called otherwise is
proposed and never taken by itself; what is gone is said and left out; what is new is named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from journeymap.data import account
from journeymap.data.address import Address
from journeymap.data.guessing.alike import pairs
from journeymap.data.guessing.guess import guess
from journeymap.data.intake import Progress, known_as, prepare
from journeymap.data.making import Intake
from journeymap.data.recipe import Recipe, Source
from journeymap.data.recipe.question import Question
from journeymap.data.recipe.renaming import renamed
from journeymap.data.recipe.resolve import column
from journeymap.data.sources import Sample, peek
from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model import series
from journeymap.model.cube import EVERYBODY, Block
from journeymap.model.document import Document
from journeymap.model.moves import Move, Overlap, moves, overlap, redefined
from journeymap.model.records import DataSet, Id, Measure, Phase, Touchpoint

ENOUGH = 0.5
"""Of the columns that a recipe needs, so many have to be there for a file to look like its next one."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A file that may be the next of a data set. `proposed`: the recipe's name → the file's column that looks like it;
    `vanished`: the recipe's columns that the file lacks; `new`: questions that the file seems to ask and no recipe named.
    """

    data_set: DataSet
    recipe: Recipe
    proposed: Mapping[str, str] = field(default_factory=dict)
    vanished: tuple[str, ...] = ()
    new: tuple[Question, ...] = ()
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Said:
    """What a person has decided. `columns`: the recipe's name → the file's column, "" where it is gone; `touchpoints`:
    the name in the file → the touchpoint that it means (itself, where it is a new one); `add`: new columns to be counted; `gone`: touchpoints that are called by no other name.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    touchpoints: Mapping[str, str] = field(default_factory=dict)
    add: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refresh:
    """A counted refresh: hand `intake` to `Session.perform`; the rest says what differs from the data set before.

    `touchpoints`: a name in the file that is not on the map → the touchpoint that the file lacks and that it looks like.
    """

    intake: Intake
    before: DataSet
    recipe: Recipe
    renamed: Mapping[str, str]
    vanished: tuple[str, ...]
    new: tuple[Question, ...]
    new_touchpoints: tuple[str, ...]
    vanished_touchpoints: tuple[str, ...]
    touchpoints: Mapping[str, str]
    strange: Mapping[str, tuple[str, ...]]
    redefined: tuple[tuple[Measure, Measure], ...]
    moves: tuple[Move, ...]
    overlap: Overlap | None
    places: Mapping[Id, str] = field(default_factory=dict)


# ---------------------------------------------------------------- recognising


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
    needed = list(dict.fromkeys(_needed(recipe)))
    gone = [name for name in needed if not _there(sample, name)]
    before = {_key(name) for name in account.told_of(data_set).get("columns", [])}
    known = {_key(name) for name in needed} | {_key(name) for name in recipe.columns.drop}
    fresh = [
        name
        for name in sample.columns
        if _key(name) not in known and _key(account.shown_name(name)) not in before | {_key(one) for one in gone}
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
    try:
        roles = guess(sample, document).roles
    except Failure:
        return ()
    return tuple(role.question for role in roles if role.column in columns and role.question is not None)


def _needed(recipe: Recipe) -> list[str]:
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


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


# ---------------------------------------------------------------- counting


def refresh(
    document: Document,
    past: Mapping[Id, Block],
    paths: Sequence[Path | Address],
    fit: Fit,
    said: Said = Said(),
    *,
    name: str | None = None,
    again: bool = False,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Refresh:
    """Counts the file as the next of `fit.data_set` and says what differs. Changes nothing.

    `past`: the blocks of the series so far (`model.moves.past_blocks`). A proposal that `said.columns` does not decide
    counts as not taken. Raises Failure, also where a column is gone without which nothing can be told: date, weight,
    touchpoint.
    """
    kept, recipe, vanished = _recipes(fit, said)
    intake = prepare(
        document, paths, recipe, name=name, again=again, follows=fit.data_set, kept=kept, progress=progress,
        cancelled=cancelled,
    )  # fmt: skip
    after = Document(document)
    after.apply(intake.change)
    new_touchpoints, gone = _touchpoints(document, fit.data_set, intake)
    undecided = (
        [one for one in new_touchpoints if one not in said.touchpoints.values()] if recipe.columns.touchpoint else []
    )

    missed, names = [one for one in gone if one not in said.gone], [one.name for one in after.all(Touchpoint)]

    def block_of(measure: Measure) -> Block | None:
        return intake.blocks.get((measure.id, EVERYBODY)) or past.get(measure.id)

    return Refresh(
        intake,
        fit.data_set,
        recipe,
        {old: new for old, new in said.columns.items() if new},
        vanished,
        tuple(question for question in fit.new if question.column not in said.add),
        tuple(new_touchpoints),
        tuple(gone),
        {new: old for old, new in pairs(missed, undecided, names).items()},
        _strange(fit.data_set, intake),
        tuple(redefined(after, intake.measures)),
        tuple(moves(after, intake.measures, block_of)),
        overlap(after, fit.data_set, intake.data_set, block_of),
        {one.id: _place(after, one) for one in intake.measures},
    )


def _recipes(fit: Fit, said: Said) -> tuple[Recipe, Recipe, tuple[str, ...]]:
    """The recipe that the map keeps, the one that this file is counted by, and what it lacks of the last file."""
    columns = fit.recipe.columns
    questions = (*fit.recipe.questions, *(question for question in fit.new if question.column in said.add))
    kept = replace(with_names(fit.recipe, said), questions=questions)
    gone = {*fit.vanished, *(old for old in fit.proposed if not said.columns.get(old))}
    for one in (columns.date, columns.touchpoint, columns.weight):
        if one in gone:
            raise Failure(
                _("The file has no column “{name}”, without which its answers cannot be told apart as before.").format(
                    name=one
                )
            )
    left = tuple(question for question in questions if not gone & set(question.names()))
    if not left:
        raise Failure(_("None of the questions of “{name}” is in this file.").format(name=fit.data_set.name))

    def there(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in names if name not in gone)

    lean = replace(
        kept.columns,
        respondent="" if columns.respondent in gone else columns.respondent,
        segments=there(columns.segments), comments=there(columns.comments), pseudonymise=there(columns.pseudonymise),
    )  # fmt: skip
    last = {_key(name) for name in account.told_of(fit.data_set).get("columns", [])}
    lost = [name for name in dict.fromkeys(_needed(fit.recipe)) if name in gone]
    lost = [name for name in lost if not last or _key(account.shown_name(name)) in last]
    return kept, replace(kept, columns=lean, questions=left), tuple(lost)


def _touchpoints(document: Document, before: DataSet, intake: Intake) -> tuple[list[str], list[str]]:
    """Names that the map does not have yet, and touchpoints where the data set before had answers and this has none."""
    here = {one.touchpoint_id for one in intake.measures if one.n}
    old = [one.touchpoint_id for one in document.referring(Measure, "data_set_id", before.id) if one.n]
    gone = [document.get(Touchpoint, id_) for id_ in dict.fromkeys(old) if id_ not in here]
    return list(intake.created.get("touchpoints", [])), [one.name for one in gone if one is not None]


def _strange(before: DataSet, intake: Intake) -> dict[str, tuple[str, ...]]:
    """Per column of answers the codes off the scale and the labels without a code that the last file did not have."""
    known = account.told_of(before).get("strange", {})
    found = {}
    for name, what in intake.account.get("strange", {}).items():
        old = known.get(name, {}) if isinstance(known, dict) else {}
        codes = [f"{code:g}" for code in what["codes"] if code not in old.get("codes", [])]
        texts = [f"“{text}”" for text in what["texts"] if text not in old.get("texts", [])]
        if codes or texts:
            found[name] = (*codes, *texts)
    return found


def _place(document: Document, measure: Measure) -> str:
    record = document.get(Touchpoint, measure.touchpoint_id) or document.get(Phase, measure.phase_id)
    return record.name if record is not None else ""


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
    sets = [one for one in document.all(DataSet) if _key(one.name) == _key(named)]
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


def decided(document: Document, fit: Fit | None, wanted: Sequence[str], recipe: Recipe | None = None) -> Said:
    """What `--rename OLD=NEW` says: OLD is a column of the recipe or a touchpoint, NEW what the file calls it, "" where
    it is gone. Raises Failure.
    """
    kept = fit.recipe if fit is not None else recipe
    columns = {_key(name): name for name in _needed(kept)} if kept is not None else {}
    touchpoints = {_key(one.name): one.name for one in document.all(Touchpoint)}
    said_columns: dict[str, str] = {}
    said_touchpoints: dict[str, str] = {}
    gone: list[str] = []
    for text in wanted:
        splits = [(text[:place], text[place + 1 :].strip()) for place, sign in enumerate(text) if sign == "="]
        for known, new in splits:
            if _key(known) in columns:
                said_columns[columns[_key(known)]] = new
                break
            if _key(known) in touchpoints:
                old = touchpoints[_key(known)]
                gone += [] if new else [old]
                said_touchpoints |= {new: old} if new else {}
                break
        else:
            raise Failure(
                _("--rename “{text}” names no column of the recipe and no touchpoint; it is OLD=NEW.").format(text=text)
            )
    return Said(said_columns, said_touchpoints, gone=tuple(gone))


def with_names(recipe: Recipe, said: Said) -> Recipe:
    """A recipe that knows what is called otherwise."""
    names = dict(recipe.columns.renamed) | {new: old for old, new in said.columns.items() if new}
    meant = dict(recipe.columns.touchpoints) | dict(said.touchpoints)
    columns = replace(recipe.columns, renamed=tuple(names.items()), touchpoints=tuple(meant.items()))
    return replace(recipe, columns=columns)


def already(document: Document, paths: Sequence[Path | Address]) -> str:
    """The sentence that says that one of the files is on the map already; "" where none is."""
    return known_as(document, [peek(path) for path in paths])


def as_json(found: Refresh, fit: Fit, said: Said) -> dict[str, Any]:
    """What differs, for `journeymap import --json` under "difference"."""
    from journeymap.data.difference import sentences

    told = account.told_of(found.before)
    sets = ((found.before, told), (found.intake.data_set, found.intake.account))
    days = found.overlap
    return {
        "follows": found.before.name,
        **{
            name: {
                "dataset": one.name, "first_day": one.first_day or None, "last_day": one.last_day or None,
                "rows_read": here.get("rows_read"), "rows_used": here.get("rows_used"),
            }
            for name, (one, here) in zip(("before", "after"), sets, strict=True)
        },
        "overlap": None if days is None else {
            "first_day": account.iso(days.days.first), "last_day": account.iso(days.days.last),
            "days": days.count, "days_alike": days.alike,
        },
        "columns": {
            "renamed": dict(found.renamed),
            "proposed": {old: new for old, new in fit.proposed.items() if old not in said.columns},
            "vanished": list(found.vanished),
            "new": [question.column for question in found.new],
        },
        "touchpoints": {
            "new": list(found.new_touchpoints), "vanished": list(found.vanished_touchpoints),
            "proposed": dict(found.touchpoints),
        },
        "scales": {name: list(what) for name, what in found.strange.items()},
        "redefined": [new.column for _old, new in found.redefined],
        "moves": [_move(move) for move in found.moves],
        "sentences": sentences(found),
    }  # fmt: skip


def _move(move: Move) -> dict[str, Any]:
    gap = move.difference
    before, after = move.before, move.after
    return {
        "place": move.place or None, "kpi": after.kpi, "name": after.name, "unit": after.unit,
        "before": before.value, "n_before": before.n, "after": after.value, "n_after": after.n,
        "difference": gap.value if gap else None, "low": gap.low if gap else None, "high": gap.high if gap else None,
        "word": move.word,
    }  # fmt: skip
