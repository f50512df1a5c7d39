"""Next month's file as the next period of a data set: counted under the names that were decided, and how it differs. Before
anything is changed.

What is called otherwise is taken where a person said so; what is gone is said and left out; what is new is named. (Which
data set a file continues: `recognising`.)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from journeymap.data import account
from journeymap.data.address import Address
from journeymap.data.guessing.alike import pairs
from journeymap.data.intake import Progress, known_as, prepare
from journeymap.data.making import Intake
from journeymap.data.recipe import Recipe
from journeymap.data.recipe.question import Question
from journeymap.data.recognising import Fit, folded, needed_columns
from journeymap.data.sources import peek
from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model.cube import EVERYBODY, Block
from journeymap.model.document import Document
from journeymap.model.moves import Move, Overlap, moves, overlap, redefined
from journeymap.model.records import DataSet, Id, Measure, Phase, Touchpoint


class Said(Struct, frozen=True):
    """What a person has decided. `columns`: the recipe's name → the file's column, "" where it is gone; `touchpoints`:
    the name in the file → the touchpoint that it means (itself, where it is a new one); `add`: new columns to be counted; `gone`: touchpoints that are called by no other name.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    touchpoints: Mapping[str, str] = field(default_factory=dict)
    add: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


NOTHING_SAID: Final = Said()


class Refresh(Struct, frozen=True):
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


def refresh(
    document: Document,
    past: Mapping[Id, Block],
    paths: Sequence[Path | Address],
    fit: Fit,
    said: Said = NOTHING_SAID,
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
    last = {folded(name) for name in account.told_of(fit.data_set).get("columns", [])}
    lost = [name for name in dict.fromkeys(needed_columns(fit.recipe)) if name in gone]
    lost = [name for name in lost if not last or folded(account.shown_name(name)) in last]
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


def decided(document: Document, fit: Fit | None, wanted: Sequence[str], recipe: Recipe | None = None) -> Said:
    """What `--rename OLD=NEW` says: OLD is a column of the recipe or a touchpoint, NEW what the file calls it, "" where
    it is gone. Raises Failure.
    """
    kept = fit.recipe if fit is not None else recipe
    columns = {folded(name): name for name in needed_columns(kept)} if kept is not None else {}
    touchpoints = {folded(one.name): one.name for one in document.all(Touchpoint)}
    said_columns: dict[str, str] = {}
    said_touchpoints: dict[str, str] = {}
    gone: list[str] = []
    for text in wanted:
        splits = [(text[:place], text[place + 1 :].strip()) for place, sign in enumerate(text) if sign == "="]
        for known, new in splits:
            if folded(known) in columns:
                said_columns[columns[folded(known)]] = new
                break
            if folded(known) in touchpoints:
                old = touchpoints[folded(known)]
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
