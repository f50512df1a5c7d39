"""What a person has chosen for each column of a source; from a guess or a recipe, and back to a recipe. No Qt.

A column has one role. Date, respondent, weight and touchpoint exist once: choosing one takes it from its former column.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from journeymap.data import Columns, Guess, Question, Recipe, Sample
from journeymap.i18n import _
from journeymap.model import kpi
from journeymap.model.document import Document
from journeymap.model.records import Measure, Phase, Touchpoint

SINGLE = ("date", "respondent", "weight", "touchpoint")
MEASURE = "measure"
IGNORED = "other"


@dataclass(frozen=True, slots=True)
class Role:
    """How a role looks: its icon, name, and whether it is plain structure, a figure or personal."""

    kind: str
    icon: str
    name: str
    tone: str = "plain"


def roles() -> dict[str, Role]:
    """Every role that a column can have, in the order of the menu."""
    return {
        role.kind: role
        for role in (
            Role(MEASURE, "gauge", _("Figure"), "brand"),
            Role("touchpoint", "flag", _("Touchpoint")),
            Role("date", "calendar", _("Date")),
            Role("respondent", "hash", _("Respondent")),
            Role("segment", "people", _("Segment")),
            Role("weight", "target", _("Weight")),
            Role("comment", "quotes", _("Comment")),
            Role("personal", "prohibit", _("Left out"), "personal"),
            Role(IGNORED, "minus", _("Not used")),
        )
    }


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its role, why, and the question that it asks where it is a figure."""

    name: str
    kind: str = IGNORED
    reason: str = ""
    question: Question | None = None


@dataclass
class Choices:
    """The columns in the order of the file, and how the file is read. `changed` is called after each choice."""

    sample: Sample
    recipe: Recipe
    columns: list[Column] = field(default_factory=list)
    personal: dict[str, str] = field(default_factory=dict)
    offered: str = ""
    """A column that looks like a weight; never applied unasked."""
    changed: Callable[[], None] = lambda: None

    # ------------------------------------------------------------ from and to

    @classmethod
    def guessed(cls, sample: Sample, guess: Guess) -> Choices:
        """As the guess has it."""
        columns = []
        for role in guess.roles:
            kind = role.kind if role.kind in roles() and role.kind != "weight" else IGNORED
            columns.append(Column(role.column, kind, role.reason, role.question))
        return cls(sample, guess.recipe, columns, dict(guess.personal), guess.weight)

    @classmethod
    def recipes(cls, sample: Sample, recipe: Recipe, personal: dict[str, str] | None = None) -> Choices:
        """As a recipe has it; columns that it does not name are not used."""
        known = recipe.columns
        kinds = dict.fromkeys(known.segments, "segment") | dict.fromkeys(known.comments, "comment")
        kinds |= dict.fromkeys(known.drop, "personal") | {getattr(known, kind): kind for kind in SINGLE}
        kinds |= {question.column: MEASURE for question in recipe.questions}
        questions = {question.column: question for question in recipe.questions}
        columns = [
            Column(name, kinds.get(name, IGNORED), _("as in the recipe") if name in kinds else "", questions.get(name))
            for name in sample.columns
        ]
        return cls(sample, recipe, columns, dict(personal or {}))

    def to_recipe(self) -> Recipe:
        """Everything that was chosen, as a recipe."""

        def named(kind: str) -> tuple[str, ...]:
            return tuple(column.name for column in self.columns if column.kind == kind)

        def one(kind: str) -> str:
            return next(iter(named(kind)), "")

        date = one("date")
        same = date == self.recipe.columns.date
        columns = Columns(
            touchpoint=one("touchpoint"), date=date, date_format=self.recipe.columns.date_format if same else "",
            respondent=one("respondent"), weight=one("weight"), segments=named("segment"), comments=named("comment"),
            drop=named("personal"), pseudonymise=self.recipe.columns.pseudonymise,
        )  # fmt: skip
        questions = tuple(c.question for c in self.columns if c.kind == MEASURE and c.question is not None)
        questions += tuple(question for question in self.recipe.questions if question.composed)  # they have no column
        return replace(self.recipe, columns=columns, questions=questions)

    # ------------------------------------------------------------ choosing

    def place(self, name: str) -> int:
        """The number of a column."""
        return next(number for number, column in enumerate(self.columns) if column.name == name)

    def choose(self, name: str, kind: str) -> None:
        """Gives a column a role."""
        place = self.place(name)
        column = self.columns[place]
        if kind in SINGLE:
            self.columns = [replace(one, kind=IGNORED) if one.kind == kind else one for one in self.columns]
        question = column.question
        if kind == MEASURE and question is None:
            question = Question("csat", name, scale=self._scale(name))
        self.columns[place] = replace(column, kind=kind, question=question, reason=_("chosen by you"))
        self.changed()

    def ask(self, name: str, question: Question) -> None:
        """Sets the question of a figure's column."""
        place = self.place(name)
        if self.columns[place].question != question:
            self.columns[place] = replace(self.columns[place], question=question)
            self.changed()

    def write_dates(self, date_format: str) -> None:
        """Says how dates are written; "" sees for itself."""
        self.recipe = replace(
            self.recipe, columns=replace(self.recipe.columns, date_format=date_format, date=self._date())
        )
        self.changed()

    def _date(self) -> str:
        return next((column.name for column in self.columns if column.kind == "date"), "")

    def _scale(self, name: str) -> tuple[float, ...]:
        found = codes(self.sample, name)
        return (found[0], found[-1]) if 2 <= len(found) <= 11 else (1.0, 5.0)


def date_words(pattern: str) -> str:
    """A date format in words: "Day.month.year"."""
    words = {"%Y": _("year"), "%y": _("year"), "%m": _("month"), "%d": _("day"), "%b": _("month"), "%B": _("month")}
    for code, word in words.items():
        pattern = pattern.replace(code, word)
    return pattern[:1].upper() + pattern[1:]


def codes(sample: Sample, name: str) -> list[float]:
    """The whole numbers that stand in a column, ascending."""
    from journeymap.data.answers import number

    values = {number(text, sample.decimal or ".") for text in sample.column(name)}
    return sorted(value for value in values if value is not None and value == int(value))


def steps(question: Question) -> list[float]:
    """The codes of a question's scale, one by one; empty for quantities."""
    if len(question.scale) < 2 or question.scale[1] - question.scale[0] > 10:
        return []
    low, high = int(question.scale[0]), int(question.scale[1])
    return [float(code) for code in range(low, high + 1)]


def satisfied(question: Question) -> frozenset[float]:
    """The codes that count as satisfied (or promoters), as they stand in the file; empty where none are defined."""
    from journeymap.failure import Failure

    if question.kpi == "nps":
        return frozenset({9.0, 10.0})
    if question.kpi not in {"csat", "ces"} and not question.positive:
        return frozenset()
    measure = Measure(
        "", "", kpi=question.kpi, column=question.column, scale=question.scale, positive=question.positive,
        is_reversed=question.reversed,
    )  # fmt: skip
    try:
        return kpi.positive(measure)
    except Failure:
        return frozenset()


def places(document: Document) -> list[tuple[str, str]]:
    """Where a figure can belong: (key, name). The key is "" for the journey, else "phase NAME" or "touchpoint NAME"."""
    found = [("", _("The whole journey"))]
    for phase in document.all(Phase):
        if phase.name:
            found.append((f"phase {phase.name}", _("Phase: {name}").format(name=phase.name)))
        names = [one.name for one in document.referring(Touchpoint, "phase_id", phase.id) if one.name]
        found.extend((f"touchpoint {name}", name) for name in names)
    return found


def where(question: Question) -> str:
    """The key of a question's place."""
    if question.touchpoint:
        return f"touchpoint {question.touchpoint}"
    return f"phase {question.phase}" if question.phase else ""
