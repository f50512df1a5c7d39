"""What a person has chosen for each column of a source; from a guess or a recipe, and back to a recipe. No Qt.

A column has one role, and may divide people or be pseudonymised besides. Date, respondent, weight and touchpoint exist
once: choosing one takes it from its former column. Figures that stand in no single column are a list of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from journeymap.data import Guess, Question, Recipe, Sample, Source
from journeymap.data.answers import tidy
from journeymap.data.guessing.guess import asked
from journeymap.data.recipe.question import SENTIMENT, fault
from journeymap.i18n import _
from journeymap.model import kpi
from journeymap.model.document import Document
from journeymap.model.records import Measure, Phase, Touchpoint

SINGLE = ("date", "respondent", "weight", "touchpoint")
MEASURE = "measure"
IGNORED = "other"
COMMENT = "comment"
PSEUDONYM = "pseudonym"
DIVIDING = frozenset({MEASURE, "touchpoint", "respondent", "comment", PSEUDONYM})
"""Roles beside which a column may be a segment too."""
HASHABLE = frozenset({"touchpoint", "respondent", "segment"})
"""Roles whose values may be replaced by pseudonyms."""


class Role(Struct, frozen=True):
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
            Role(PSEUDONYM, "fingerprint", _("Pseudonym"), "personal"),
            Role("personal", "prohibit", _("Left out"), "personal"),
            Role(IGNORED, "minus", _("Not used")),
        )
    }


class Column(Struct, frozen=True):
    """One column: its role, why, and the question that it asks where it is a figure.

    `segment`: it divides people as well; `hashed`: its values are replaced by pseudonyms.
    """

    name: str
    kind: str = IGNORED
    reason: str = ""
    question: Question | None = None
    segment: bool = False
    hashed: bool = False


class Choices(Struct):
    """The columns in the order of the file, and how the file is read. `changed` is called after each choice."""

    sample: Sample
    recipe: Recipe
    columns: list[Column] = field(default_factory=list)
    personal: dict[str, str] = field(default_factory=dict)
    offered: str = ""
    """A column that looks like a weight; never applied unasked."""
    figures: list[Question] = field(default_factory=list)
    """Figures from several columns, and further ones of a column that is a figure already."""
    changed: Callable[[], None] = lambda: None

    # ------------------------------------------------------------ from and to

    @classmethod
    def guessed(cls, sample: Sample, guess: Guess) -> Choices:
        """As the guess has it."""
        columns, known = [], roles()
        for role in guess.roles:
            kind = role.kind if role.kind in known and role.kind != "weight" else IGNORED
            columns.append(Column(role.column, kind, role.reason, role.question))
        mine = {role.question for role in guess.roles}
        figures = [question for question in guess.recipe.questions if question not in mine]
        return cls(sample, guess.recipe, columns, dict(guess.personal), guess.weight, figures)

    @classmethod
    def recipes(
        cls,
        sample: Sample,
        recipe: Recipe,
        personal: dict[str, str] | None = None,
        reasons: Mapping[str, str] | None = None,
    ) -> Choices:
        """As a recipe has it; columns that it does not name are not used, for the `reasons` that a guess has."""
        known, actual = recipe.columns, _Names(sample)
        kinds = dict.fromkeys(actual.all(known.pseudonymise), PSEUDONYM)
        kinds |= dict.fromkeys(actual.all(known.segments), "segment") | dict.fromkeys(
            actual.all(known.comments), "comment"
        )
        kinds |= dict.fromkeys(actual.all(known.drop), "personal")
        kinds |= {actual.one(getattr(known, kind)): kind for kind in SINGLE}
        questions: dict[str, Question] = {}
        figures: list[Question] = []
        for question in recipe.questions:
            column = "" if question.composed else actual.one(question.column)
            if column and column not in questions:
                questions[column] = replace(question, column=column)
            else:
                figures.append(question)
        kinds |= dict.fromkeys(questions, MEASURE)
        for heard in recipe.sentiments:
            if kinds.get(actual.one(heard.column)) == COMMENT:
                questions[actual.one(heard.column)] = heard
        dividing, hashed = {*actual.all(known.segments)}, {*actual.all(known.pseudonymise)}
        why = reasons or {}
        columns = [
            Column(
                name,
                kinds.get(name, IGNORED),
                _("as in the recipe") if name in kinds else why.get(name, ""),
                questions.get(name),
                name in dividing and kinds.get(name) != "segment",
                name in hashed,
            )
            for name in sample.columns
        ]
        return cls(sample, recipe, columns, dict(personal or {}), figures=figures)

    def to_recipe(self) -> Recipe:
        """Everything that was chosen, as a recipe."""

        def named(*kinds: str) -> tuple[str, ...]:
            return tuple(column.name for column in self.columns if column.kind in kinds)

        def one(kind: str) -> str:
            return next(iter(named(kind)), "")

        date = one("date")
        former = self.recipe.columns
        same = date == former.date
        columns = replace(
            former,
            touchpoint=one("touchpoint"), date=date, date_format=former.date_format if same else "",
            respondent=one("respondent"), weight=one("weight"),
            segments=_as_before((c.name for c in self.columns if c.segment or c.kind == "segment"), former.segments),
            comments=_as_before(named("comment"), former.comments), drop=_as_before(named("personal"), former.drop),
            pseudonymise=_as_before((c.name for c in self.columns if c.hashed), former.pseudonymise),
        )  # fmt: skip
        questions = [c.question for c in self.columns if c.kind == MEASURE and c.question is not None] + self.figures
        before = {question: place for place, question in enumerate(self.recipe.questions)}
        questions.sort(key=lambda question: before.get(question, len(before)))
        heard = tuple(
            c.question for c in self.columns if c.kind == COMMENT and c.question and c.question.kpi == SENTIMENT
        )
        return replace(self.recipe, columns=columns, questions=tuple(questions), sentiments=heard)

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
        if question is not None and (question.kpi == SENTIMENT) != (kind == COMMENT):
            question = None  # what is heard in comments is no answer, and the other way round
        if kind == MEASURE and question is None:
            question = asked(self.sample, name)
        self.columns[place] = replace(
            column, kind=kind, question=question, reason=_("chosen by you"),
            segment=column.segment and kind in DIVIDING, hashed=kind == PSEUDONYM or (column.hashed and kind in HASHABLE),
        )  # fmt: skip
        self.changed()

    def divide(self, name: str, *, on: bool) -> None:
        """Makes a column a segment beside its role, or no more."""
        place = self.place(name)
        self.columns[place] = replace(self.columns[place], segment=on)
        self.changed()

    def pseudonymise(self, name: str, *, on: bool) -> None:
        """Replaces the values of a column by pseudonyms, or no more."""
        place = self.place(name)
        self.columns[place] = replace(self.columns[place], hashed=on)
        self.changed()

    def ask(self, name: str, question: Question) -> None:
        """Sets the question of a figure's column."""
        place = self.place(name)
        if self.columns[place].question != question:
            self.columns[place] = replace(self.columns[place], question=question)
            self.changed()

    def add(self, question: Question) -> int:
        """Adds a figure that stands in no single column; its place among them."""
        self.figures.append(question)
        self.changed()
        return len(self.figures) - 1

    def ask_figure(self, place: int, question: Question) -> None:
        """Sets a figure that stands in no single column."""
        if self.figures[place] != question:
            self.figures[place] = question
            self.changed()

    def remove_figure(self, place: int) -> None:
        """Takes such a figure away."""
        del self.figures[place]
        self.changed()

    def read_as(self, source: Source) -> None:
        """Another way of reading that leaves the columns as they are: filter, time zone."""
        self.recipe = replace(self.recipe, source=source)
        self.changed()

    def write_dates(self, date_format: str) -> None:
        """Says how dates are written; "" sees for itself."""
        self.recipe = replace(
            self.recipe, columns=replace(self.recipe.columns, date_format=date_format, date=self.single("date"))
        )
        self.changed()

    def place_name(self, name: str, meant: str | None) -> None:
        """Says which touchpoint a name of the file means: "" leaves its rows out, None the name itself."""
        rest = tuple(pair for pair in self.recipe.columns.touchpoints if pair[0] != name)
        pairs = rest if meant is None else (*rest, (name, meant))
        self.recipe = replace(self.recipe, columns=replace(self.recipe.columns, touchpoints=pairs))
        self.changed()

    # ------------------------------------------------------------ asking

    def single(self, kind: str) -> str:
        """The column of a role, or ""."""
        return next((column.name for column in self.columns if column.kind == kind), "")

    def texts(self, name: str) -> list[str]:
        """The different texts of a column in the sample, the most frequent first; empty where there is none."""
        if name not in self.sample.columns:
            return []
        return [text for text, _n in Counter(filter(None, map(tidy, self.sample.column(name)))).most_common()]


class _Names:
    """The columns of a sample that the names of a recipe mean; a name that means none stays itself."""

    def __init__(self, sample: Sample) -> None:
        self._exact = {*sample.columns}
        self._alike = {tidy(name).casefold(): name for name in reversed(sample.columns)}
        self._alike |= {tidy(name).casefold(): column for name, column in sample.facts.aliases.items()}

    def one(self, name: str) -> str:
        """The column, or "" where the file has none."""
        return name if name in self._exact else self._alike.get(tidy(name).casefold(), "") if name else ""

    def all(self, names: Iterable[str]) -> list[str]:
        return [found for name in names if (found := self.one(name))]


def _as_before(names: Iterable[str], before: Sequence[str]) -> tuple[str, ...]:
    """Names in the order of the former recipe, new ones behind them."""
    return tuple(sorted(names, key=lambda name: before.index(name) if name in before else len(before)))


def lacking(question: Question) -> str:
    """What a figure still lacks to be counted, in one sentence, or ""."""
    known = kpi.KPIS.get(question.kpi)
    said = question.name or (known.label() if known else question.kpi)
    return fault(question, _("“{figure}”").format(figure=said))


def date_words(pattern: str, *, begins: bool = True) -> str:
    """A date format in words: "Day.month.year", "Day.month.year hour:minute"; a capital where a line `begins` with it."""
    words = {"%Y": _("year"), "%y": _("year"), "%m": _("month"), "%d": _("day"), "%b": _("month"), "%B": _("month")}
    words |= {"%H": _("hour"), "%I": _("hour"), "%M": _("minute"), "%S": _("second"), "%p": _("a.m.")}
    for code, word in words.items():
        pattern = pattern.replace(code, word)
    return pattern[:1].upper() + pattern[1:] if begins else pattern


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
