"""The work of the import dialog, without Qt: look at the file, guess, count, and say what would come of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from journeymap.data import Recipe, Sample, Source, peek
from journeymap.data.account import fingerprints
from journeymap.data.address import Address
from journeymap.data.guessing.guess import described
from journeymap.data.privacy import personal
from journeymap.data.recipe.renaming import renamed
from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model import hiding
from journeymap.model.change import Change, merged
from journeymap.model.commands.measured import detach
from journeymap.model.cube import EVERYBODY, Cube
from journeymap.model.document import Document
from journeymap.model.figures import Figure, Figures, figures
from journeymap.model.records import DataSet, Id, Measure, Phase, Record, Touchpoint
from journeymap.model.series import series_of
from journeymap.model.tally import tally
from journeymap.ui.dialogs.choices import Choices, satisfied
from journeymap.ui.dialogs.work import Cancelled, Progress

if TYPE_CHECKING:  # what counts is imported by the thread that counts: rows and roles are on the screen by then
    from journeymap.data.comments import Listened
    from journeymap.data.making import Intake
    from journeymap.model.proposals import Proposal


class Looked(Struct, frozen=True):
    """A source that has been looked at: its choices, and whether the map has these very data already."""

    choices: Choices
    recipe_name: str = ""
    known_as: str = ""
    problem: str = ""  # why nothing could be guessed; the roles are chosen by hand then


class Counted(Struct, frozen=True):
    """What an import would bring: the intake, its figures with their places, and the pains it would propose."""

    intake: Intake
    recipe: Recipe
    figures: tuple[tuple[str, Figure], ...] = ()
    bars: Mapping[str, list[tuple[int, str]]] = field(default_factory=dict)
    proposals: tuple[Proposal, ...] = ()
    heard: tuple[Listened, ...] = ()


def look(
    path: Path | Address,
    document: Document,
    source: Source | None = None,
    recipe: tuple[str, Recipe] | None = None,
    *,
    guessed: bool = False,
    kept: Choices | None = None,
    cancelled: Cancelled | None = None,
) -> Looked:
    """Reads the beginning of a file and suggests roles: by the recipe given, by what was chosen before (`kept`) where
    its columns are still there, by a recipe of the map that fits (unless `guessed`), or by a guess.

    Raises Failure where the file cannot be read as a table, or nobody waits for it any more (`cancelled`).
    """
    sample = peek(path, source, cancelled)
    known = next((one.name for one in document.all(DataSet) if sample.fingerprint in fingerprints(one.account)), "")
    if kept is not None and kept.to_recipe().questions and used(kept.to_recipe()) <= set(sample.columns):
        return Looked(_kept(sample, kept, source), "", known)
    fitting = recipe or (None if guessed else _fitting(sample, document))
    if fitting is not None:
        name, wanted = fitting
        wanted = replace(wanted, source=source or wanted.source)
        sample = renamed(sample, wanted)
        return Looked(Choices.recipes(sample, wanted, personal(sample)), name, known)
    found = described(sample, document)
    choices = Choices.guessed(sample, found)
    if source is not None:
        choices.recipe = replace(choices.recipe, source=source)
    return Looked(
        choices,
        "",
        known,
        ""
        if found.recipe.questions
        else sample.facts.refusal
        or _(
            "No column looks like answers. Press a role above a column and make it a figure, or add one from several columns."
        ),
    )


def _kept(sample: Sample, kept: Choices, source: Source | None) -> Choices:
    """What was chosen before, for the same columns read in another way."""
    recipe = replace(kept.to_recipe(), source=source or kept.recipe.source)
    reasons = {column.name: column.reason for column in kept.columns}
    return replace(Choices.recipes(sample, recipe, personal(sample), reasons), offered=kept.offered)


def recipes(document: Document) -> list[tuple[str, Recipe]]:
    """The recipes that the map keeps, by the name of their data set, the newest first."""
    found = []
    for data_set in reversed(document.all(DataSet)):
        try:
            found.append((data_set.name, Recipe.from_toml(data_set.recipe)))
        except Failure:
            continue
    return found


def _fitting(sample: Sample, document: Document) -> tuple[str, Recipe] | None:
    """Last month's recipe, where every column that it names is in this file."""
    for name, recipe in recipes(document):
        if recipe.questions and used(recipe) <= set(renamed(sample, recipe).columns):
            return name, recipe
    return None


def used(recipe: Recipe) -> set[str]:
    """Every column that a recipe names."""
    columns = recipe.columns
    single = {columns.touchpoint, columns.date, columns.respondent, columns.weight}
    several = {*columns.segments, *columns.comments, *columns.drop, *columns.pseudonymise}
    asked = {name for question in recipe.questions for name in question.names()}
    return (single | several | asked) - {""}


class Ears(Struct):
    """What was heard last and in what: comments are not listened to again while that is the same."""

    kept: tuple[object, list[Listened]] = field(default_factory=lambda: (None, []))

    def listen(
        self, document: Document, path: Path | Address, recipe: Recipe, progress: Progress, cancelled: Cancelled
    ) -> list[Listened]:
        """Every comment column of the recipe. What is heard depends on the rows, on what stands beside a comment and on
        the scores that sentiment is checked against, and on nothing else.
        """
        if not recipe.columns.comments:
            return []
        from journeymap.data.comments import listen
        from journeymap.data.comments.rows import SCORED

        names = tuple(one.name for one in document.all(Touchpoint))
        limit = hiding.limit(document)
        scores = tuple(question for question in recipe.questions if question.kpi in SCORED)
        key = (path, recipe.source, recipe.columns, recipe.sentiments, scores, names, limit)
        known, heard = self.kept
        if key != known:
            only = replace(recipe, questions=scores or recipe.questions[:1])
            heard = listen([path], only, names, limit=limit, progress=progress, cancelled=cancelled)
            self.kept = (key, heard)
        return heard


def count(
    document: Document,
    path: Path | Address,
    recipe: Recipe,
    name: str,
    progress: Progress,
    cancelled: Cancelled,
    *,
    again: bool,
    ears: Ears | None = None,
    instead: Id = "",
) -> Counted:
    """Counts the whole file under a recipe. `document` is a copy that no other thread touches; `instead` is a data set
    that goes when this one comes. Raises Failure.
    """
    from journeymap.data import prepare
    from journeymap.data.comments import bring
    from journeymap.model.proposals import proposals

    former = document.get(DataSet, instead) if instead else None
    gone = detach(document, instead) if former is not None else None
    if former is not None and gone is not None:
        document.apply(gone)
        name = former.name
    intake = prepare(document, [path], recipe, name=name, again=again, progress=progress, cancelled=cancelled)
    heard = (ears or Ears()).listen(document, path, recipe, progress, cancelled)
    intake = bring(intake, heard, document.all(Touchpoint))
    after = Document(document)
    after.apply(intake.change)
    if former is not None and gone is not None:
        intake = _in_place(intake, former, gone)
    cube = Cube(intake.blocks, intake.pairs)
    mine = {measure.id for measure in intake.measures}
    found = _only(figures(_alone(after, intake.data_set), lambda _id: cube), mine)
    listed = [
        *((_("The whole journey"), figure) for figure in found.journey),
        *((_name(after, Phase, id_), figure) for id_, group in found.phase.items() for figure in group),
        *((_name(after, Touchpoint, id_), figure) for id_, group in found.touchpoint.items() for figure in group),
    ]
    order = {"missed": 0, "open": 1, "met": 2}
    asked = {measure.id: place for place, measure in enumerate(intake.measures)}
    listed.sort(key=lambda row: (order.get(row[1].status, 3), asked.get(row[1].measure_id or "", 0)))
    return Counted(
        intake,
        recipe,
        tuple(listed),
        _bars(intake, recipe),
        tuple(proposals(after, found, lambda _id: cube)),
        tuple(heard),
    )


def _in_place(intake: Intake, former: DataSet, gone: Change) -> Intake:
    """The intake as one step with the going of the data that it stands for, in the same series."""
    added = intake.change.added[intake.data_set.id]
    assert isinstance(added, DataSet)
    data_set = replace(added, series=series_of(former))
    coming = replace(intake.change, added={**intake.change.added, data_set.id: data_set})
    label = _("Import {name} again").format(name=former.name)
    return replace(intake, change=merged(label, [gone, coming]), data_set=data_set)


def _alone(document: Document, data_set: DataSet) -> Document:
    """The map with these data only: the other cubes lie in a file that belongs to the main thread."""

    def stays(record: Record) -> bool:
        return not isinstance(record, Measure) or record.data_set_id == data_set.id

    return Document(record for record in document if stays(record))


def _only(found: Figures, measures: set[Id]) -> Figures:
    def mine(group: tuple[Figure, ...]) -> tuple[Figure, ...]:
        return tuple(figure for figure in group if figure.measure_id in measures)

    return Figures(
        {id_: group for id_, all_ in found.touchpoint.items() if (group := mine(all_))},
        {id_: group for id_, all_ in found.phase.items() if (group := mine(all_))},
        mine(found.journey),
    )


def _name(document: Document, kind: type[Touchpoint] | type[Phase], id_: Id) -> str:
    record = document.get(kind, id_)
    return record.name if record is not None else ""


def _bars(intake: Intake, recipe: Recipe) -> dict[str, list[tuple[int, str]]]:
    """The distribution of each column of answers: (count, colour), satisfied codes in the brand's colour."""
    found: dict[str, list[tuple[int, str]]] = {}
    questions = {question.column: question for question in recipe.questions}
    for measure in intake.measures:
        block = intake.blocks.get((measure.id, EVERYBODY))
        if block is None or measure.column in found or measure.column not in questions:
            continue
        question = questions[measure.column]
        counts = tally(block)
        scale = (
            [float(code) for code in range(int(measure.scale[0]), int(measure.scale[-1]) + 1)] if measure.scale else []
        )
        codes = scale if 0 < len(scale) <= 11 else list(counts.codes)[:24]
        known = dict(zip(counts.codes, counts.n, strict=False))
        good = satisfied(replace(question, scale=measure.scale, positive=measure.positive or question.positive))
        found[measure.column] = [(int(known.get(code, 0)), _tint(question.kpi, code, good)) for code in codes]
    return found


def _tint(kpi: str, code: float, good: frozenset[float]) -> str:
    if kpi == "nps":
        return "brand" if code >= 9 else "missed" if code <= 6 else "border"
    return "brand" if code in good else "border"
