"""A first recipe for a source nobody has described yet: from names and values, with a reason for every column.

A guess, to be shown and corrected. A weight that is found is offered, never applied; what looks personal is left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from journeymap.data import answers, privacy
from journeymap.data.answers import declared, labels, scales
from journeymap.data.guessing import kinds, questions, suggested
from journeymap.data.guessing.naming import best_match, subject
from journeymap.data.guessing.profile import Profile, profiles
from journeymap.data.recipe import Columns, Question, Recipe
from journeymap.data.sources import Sample
from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model.document import Document
from journeymap.model.records import Touchpoint

MOST_SEGMENTS = 8

_OVERALL = r"overall|all|total|in general|gesamt\w*|insgesamt|alles in allem|satisfaction|zufriedenheit|satisfied|csat|rating|score|customer|kunden?"
_WHOLE = r"overall|as a whole|all in all|gesamt(zufriedenheit|eindruck|bewertung|note)|insgesamt"
_DATE = r"date|day|time|timestamp|submitted\w*|completed|recorded|created|ended|datum|tag|zeitstempel|zeitpunkt|abgeschickt|eingereicht"
_WHO = r"(respondent|response|record|case|customer|user|session|participant|antwort|teilnehmer|kunden?|fall)"
_RESPONDENT = (
    rf"{_WHO}s? ?(id|no|nr|num|number|key|code|nummer)|{_WHO}|resp ?(num|id|no)|respnum|ccgid|id|uuid|guid|token"
)
_WEIGHT = r"weights?|weighting|wgt|wt|gewicht\w*"
_TOUCHPOINT = (
    r"touch ?points?|contact ?points?|kontaktpunkt\w*|berührungspunkt\w*|journey (step|stage)|step|stage|moment|station"
)
_DIGIT = re.compile(r"\d")
_FIRST, _LAST = 7305, 47481  # 1990 to 2099, as days since 1970
_ANYWHERE = {"nps", "number", "churn", "conversion", "bounce", "clv", "response_time"}
"""KPIs whose column is not called after a touchpoint."""


class Role(Struct, frozen=True):
    """What a column is taken for, and why. `kind` is one of measure, touchpoint, date, respondent, weight, segment,
    comment, duration, money, id, personal, constant, other; `question` is there for a measure.
    """

    column: str
    kind: str
    reason: str
    question: Question | None = None


class Guess(Struct, frozen=True):
    """A recipe to be corrected, the role of each column in the order of the file, and what was only offered."""

    recipe: Recipe
    roles: tuple[Role, ...]
    personal: dict[str, str]
    weight: str = ""

    @property
    def reasons(self) -> dict[str, str]:
        """Column → why it is taken for what it is taken for."""
        return {role.column: role.reason for role in self.roles}


def guess(sample: Sample, document: Document) -> Guess:
    """A recipe for `sample`, fitted to the touchpoints of `document`. Raises Failure where no column holds answers."""
    if sample.facts.refusal:
        raise Failure(_("{path}: {reason}").format(path=sample.path.name, reason=sample.facts.refusal))
    found = described(sample, document)
    if not found.recipe.questions:
        raise Failure(
            _("No column of {path} looks like answers to a question; describe it in a recipe.").format(
                path=sample.path.name
            )
        )
    return found


def described(sample: Sample, document: Document) -> Guess:
    """What each column is, also where none holds answers. Rows that are sums already are no answers: no question then."""
    guessing = _Guessing(sample, document)
    roles = guessing.roles()
    if sample.facts.refusal:
        roles = [replace(role, kind="other", question=None) if role.question else role for role in roles]
        guessing.composed = []
    recipe = _recipe(sample, roles, guessing.composed)
    weight = next((role.column for role in roles if role.kind == "weight"), "")
    return Guess(recipe, tuple(roles), {role.column: role.reason for role in roles if role.kind == "personal"}, weight)


def asked(sample: Sample, column: str) -> Question:
    """The question of a column that somebody says is a figure: on its scale, else a quantity."""
    profile = next(one for one in profiles(sample) if one.name == column)
    seen = (
        suggested.question(profile)
        or questions.worded(profile)
        or questions.numbered(profile, scales.scale_of(profile))
    )
    if seen is not None:
        return declared.question(sample, *seen)[0]
    words = labels.worded(profile.texts)
    if words is not None:  # yes and no
        return Question(
            "csat", column, scale=words.scale, labels=words.labels, positive=(words.scale[1],), missing=words.missing
        )
    if profile.numeric >= 0.5 and (len(profile.numbers) > 11 or not profile.whole or sample.facts.refusal):
        return Question("number", column, aggregate=bool(sample.facts.refusal))
    low, high = (min(profile.numbers), max(profile.numbers)) if profile.numbers else (0.0, 0.0)
    return Question("csat", column, scale=(low, high) if low < high else (1.0, 5.0))


def _recipe(sample: Sample, roles: Sequence[Role], composed: Sequence[Question]) -> Recipe:
    named: dict[str, list[str]] = defaultdict(list)
    for role in roles:
        named[role.kind].append(role.column)
    columns = Columns(
        touchpoint=next(iter(named["touchpoint"]), ""),
        date=next(iter(named["date"]), ""),
        respondent=next(iter(named["respondent"]), ""),
        segments=tuple(named["segment"]),
        comments=tuple(named["comment"]),
        drop=tuple(named["personal"]),
    )
    measures = (*(role.question for role in roles if role.question), *composed)
    return Recipe(replace(sample.given, decimal="," if sample.decimal == "," else ""), columns, measures)


class _Guessing(Struct):
    """Goes through the columns: first what is certain, then answers, then what divides people."""

    sample: Sample
    document: Document
    found: dict[str, Role] = field(default_factory=dict)
    composed: list[Question] = field(default_factory=list)
    state: str = ""

    def roles(self) -> list[Role]:
        columns = profiles(self.sample)
        self.state = suggested.churned(columns)
        for profile in columns:
            self._certain(profile)
            self._declared(profile)
        self._one_date(columns)
        self._touchpoint(columns)
        batteries = questions.batteries([profile for profile in columns if profile.name not in self.found])
        for profile in columns:
            if profile.name not in self.found:
                role = self._answers(profile, batteries.get(profile.name))
                if role:
                    self.found[profile.name] = role
        segments = 0
        for profile in columns:
            if profile.name not in self.found:
                kind, reason = kinds.rest(profile, full=segments >= MOST_SEGMENTS)
                segments += kind == "segment"
                self._say(profile, kind, reason)
        self._compose(columns)
        return [self.found[profile.name] for profile in columns]

    def _compose(self, columns: Sequence[Profile]) -> None:
        """Figures from several columns; where a state says who left, no other column says it once more."""
        used = [one for one in columns if self.found[one.name].kind != "personal"]
        dates = [
            one.name
            for one in used
            if self.found[one.name].reason == another_date() or self.found[one.name].kind == "date"
        ]
        self.composed = suggested.composed(used, dates, {name: role.kind for name, role in self.found.items()})

    def _certain(self, profile: Profile) -> None:
        kind = privacy.kind_of(profile.name, profile.cells, tidied=True)
        if kind:
            self._say(profile, "personal", privacy.reason(kind))
        elif not profile.cells:
            self._say(profile, "constant", _("is empty in the first rows"))
        elif len(profile.texts) == 1 and profile.rows > 1:
            self._say(profile, "constant", _("always “{text}”").format(text=next(iter(profile.texts))[:40]))
        elif profile.called(_WEIGHT) and profile.numeric == 1 and min(profile.numbers) >= 0:
            self._say(profile, "weight", _("called a weight; not applied unless you say so"))
        elif self._is_id(profile):
            self._say(profile, "respondent", _("a different value in every row"))

    def _declared(self, profile: Profile) -> None:
        """What the dialect of the file knows; what looks personal stays so."""
        kind, reason = self.sample.facts.kinds.get(profile.name, ("", ""))
        known = self.found.get(profile.name)
        if kind and kind != "nps" and (kind == "respondent" or not (known and known.kind == "personal")):
            self._say(profile, kind, reason)

    def _is_id(self, profile: Profile) -> bool:
        if any(role.kind == "respondent" for role in self.found.values()):
            return False
        return profile.unique and re.fullmatch(_RESPONDENT, profile.words) is not None

    def _one_date(self, columns: Sequence[Profile]) -> None:
        dated = [p for p in columns if p.name not in self.found and _is_date(p)]
        # When an answer was given counts, not when the questionnaire was opened.
        dated.sort(
            key=lambda p: (
                p.called(r"start\w*|begin\w*|birth\w*|beginn|anfang\w*"),
                not p.called(r"submit\w*|complet\w*|record\w*|end\w*|abge\w*"),
            )
        )
        if any(role.kind == "date" for role in self.found.values()):
            for profile in dated:
                self._say(profile, "other", another_date())
            return
        for profile in dated[:1]:
            day_first = self.sample.delimiter == ";" or self.sample.decimal == ","
            formats = answers.date_formats(list(profile.texts), day_first=day_first)
            self._say(profile, "date", _("dates, written as {format}").format(format=formats[0]))
        for profile in dated[1:]:
            self._say(profile, "other", another_date())

    def _touchpoint(self, columns: Sequence[Profile]) -> None:
        known = {answers.tidy(one.name).casefold() for one in self.document.all(Touchpoint)}
        for profile in columns:
            if profile.name in self.found or profile.numeric > 0.2 or not 2 <= len(profile.texts) <= 200:
                continue
            shared = sum(text.casefold() in known for text in profile.texts)
            if shared * 2 >= len(profile.texts):
                self._say(profile, "touchpoint", _("names touchpoints of this map"))
                return
        for profile in columns:
            few = len(profile.texts) * 3 <= max(len(profile.cells), 9)
            if profile.name not in self.found and profile.called(_TOUCHPOINT) and profile.numeric < 0.2 and few:
                self._say(profile, "touchpoint", _("names a touchpoint in each row"))
                return

    def _answers(self, profile: Profile, battery: scales.Scale | None) -> Role | None:
        seen = (
            self._suggested(profile)
            or questions.worded(profile)
            or questions.numbered(profile, battery)
            or questions.quantity(profile)
        )
        if seen is None:
            return None
        question, reason = declared.question(self.sample, *seen)
        if "touchpoint" not in {role.kind for role in self.found.values()} and question.kpi not in _ANYWHERE:
            question, reason = self._placed(profile, question, reason)
        return Role(profile.name, "measure", reason, question)

    def _suggested(self, profile: Profile) -> tuple[Question, str] | None:
        """A figure by its name, each KPI once; where a column of states says who left, that one tells more."""
        seen = suggested.question(profile)
        said = {role.question.kpi for role in self.found.values() if role.question}
        if seen is None or seen[0].kpi in said or (seen[0].kpi == "churn" and self.state):
            return None
        return seen

    def _placed(self, profile: Profile, question: Question, reason: str) -> tuple[Question, str]:
        """Wide form: the column's name says where the question belongs."""
        about = subject(profile.text or profile.name)
        if re.fullmatch(_OVERALL, about.casefold()) or profile.called(_WHOLE):
            return question, _("{reason}; for the journey as a whole").format(reason=reason)
        match = best_match(about, [one.name for one in self.document.all(Touchpoint)])
        return replace(question, touchpoint=match or about), reason

    def _say(self, profile: Profile, kind: str, reason: str) -> None:
        self.found[profile.name] = Role(profile.name, kind, reason)


def another_date() -> str:
    """Why a date is not the date of the answers."""
    return _("another date")


def _is_date(profile: Profile) -> bool:
    texts = list(profile.texts)[:300]
    if sum(5 < len(text) < 70 and _DIGIT.search(text) is not None for text in texts) * 2 < len(texts):
        return False
    formats = answers.date_formats(texts)
    if not formats:
        return False
    days = [day for text in texts if (day := answers.day(text, formats[0])) is not None]
    if not all(_FIRST <= day <= _LAST for day in days):  # a time of day with a spreadsheet's zero date, for one
        return False
    read = len(days) / len(texts)
    bare = all(text.isdigit() for text in texts)
    return read >= 0.8 and (profile.called(_DATE) or (read >= 0.95 and not bare))
