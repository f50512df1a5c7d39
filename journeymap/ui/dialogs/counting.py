"""The work of the import dialog, without Qt: look at the file, guess, count, and say what would come of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from journeymap.data import Intake, Recipe, Sample, Source, guess, peek, prepare
from journeymap.data.account import fingerprints
from journeymap.data.comments import Listened, bring, listen
from journeymap.data.privacy import personal
from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model.cube import EVERYBODY, Cube
from journeymap.model.document import Document
from journeymap.model.figures import Figure, Figures, figures
from journeymap.model.measured import privacy_limit
from journeymap.model.proposals import Proposal, proposals
from journeymap.model.records import DataSet, Id, Measure, Phase, Record, Touchpoint
from journeymap.model.tally import tally
from journeymap.ui.dialogs.choices import Choices, satisfied
from journeymap.ui.dialogs.work import Cancelled, Progress


@dataclass(frozen=True, slots=True)
class Looked:
    """A source that has been looked at: its choices, and whether the map has these very data already."""

    choices: Choices
    recipe_name: str = ""
    known_as: str = ""
    problem: str = ""  # why nothing could be guessed; the roles are chosen by hand then


@dataclass(frozen=True, slots=True)
class Counted:
    """What an import would bring: the intake, its figures with their places, and the pains it would propose."""

    intake: Intake
    recipe: Recipe
    figures: tuple[tuple[str, Figure], ...] = ()
    bars: Mapping[str, list[tuple[int, str]]] = field(default_factory=dict)
    proposals: tuple[Proposal, ...] = ()
    heard: tuple[Listened, ...] = ()


def look(
    path: Path,
    document: Document,
    source: Source | None = None,
    recipe: tuple[str, Recipe] | None = None,
    *,
    guessed: bool = False,
) -> Looked:
    """Reads the beginning of a file and suggests roles: by the recipe given, by one of the map that fits (unless
    `guessed`), or by a guess.

    Raises Failure where the file cannot be read as a table.
    """
    sample = peek(path, source)
    known = next((one.name for one in document.all(DataSet) if sample.fingerprint in fingerprints(one.account)), "")
    fitting = recipe or (None if guessed else _fitting(sample, document))
    if fitting is not None:
        name, wanted = fitting
        wanted = replace(wanted, source=source or wanted.source)
        return Looked(Choices.recipes(sample, wanted, personal(sample)), name, known)
    try:
        choices = Choices.guessed(sample, guess(sample, document))
    except Failure as problem:
        nothing = Recipe(source or Source())
        return Looked(Choices.recipes(sample, nothing, personal(sample)), "", known, str(problem))
    if source is not None:
        choices.recipe = replace(choices.recipe, source=source)
    return Looked(choices, "", known)


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
        if recipe.questions and used(recipe) <= set(sample.columns):
            return name, recipe
    return None


def used(recipe: Recipe) -> set[str]:
    """Every column that a recipe names."""
    columns = recipe.columns
    single = {columns.touchpoint, columns.date, columns.respondent, columns.weight}
    several = {*columns.segments, *columns.comments, *columns.drop, *(question.column for question in recipe.questions)}
    return (single | several) - {""}


def count(
    document: Document, path: Path, recipe: Recipe, name: str, progress: Progress, cancelled: Cancelled, *, again: bool
) -> Counted:
    """Counts the whole file under a recipe. `document` is a copy that no other thread touches. Raises Failure."""
    intake = prepare(document, [path], recipe, name=name, again=again, progress=progress, cancelled=cancelled)
    touchpoints, heard = document.all(Touchpoint), []
    if recipe.columns.comments:
        names = [one.name for one in touchpoints]
        limit = privacy_limit(document)
        heard = listen([path], recipe, names, limit=limit, progress=progress, cancelled=cancelled)
    intake = bring(intake, heard, touchpoints)
    after = Document(document)
    after.apply(intake.change)
    cube = Cube(intake.blocks, intake.pairs)
    mine = {measure.id for measure in intake.measures}
    found = _only(figures(_alone(after, intake.data_set), lambda _id: cube), mine)
    listed = [
        *((_("The whole journey"), figure) for figure in found.journey),
        *((_name(after, Phase, id_), figure) for id_, group in found.phase.items() for figure in group),
        *((_name(after, Touchpoint, id_), figure) for id_, group in found.touchpoint.items() for figure in group),
    ]
    order = {"missed": 0, "open": 1, "met": 2}
    listed.sort(key=lambda row: order.get(row[1].status, 3))
    return Counted(
        intake,
        recipe,
        tuple(listed),
        _bars(intake, recipe),
        tuple(proposals(after, found, lambda _id: cube)),
        tuple(heard),
    )


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
