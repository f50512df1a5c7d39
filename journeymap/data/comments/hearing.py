"""Listening to the comments of a source: languages, themes with their trend and typical quotes, and sentiment.

Nothing of a comment is kept but the words of themes and counts. Quotes are offered with personal data taken out; one is
stored only when a person accepts it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from journeymap.data.address import Address
from journeymap.data.comments.judgement import Judgement, judgement
from journeymap.data.comments.language import SPOKEN, languages
from journeymap.data.comments.rows import Said, read
from journeymap.data.comments.sentiment import NEGATIVE, POSITIVE, asked, sentiment
from journeymap.data.comments.themes import Theme, themes
from journeymap.data.intake import Stopped
from journeymap.data.privacy import mask
from journeymap.data.privacy.names import names
from journeymap.data.recipe import Recipe
from journeymap.i18n import _
from journeymap.model.cube import UNDATED
from journeymap.model.intervals import wilson
from journeymap.model.tally import period_at

LIMIT: Final = 5
"""What fewer people said is neither shown nor kept (the map's limit can be higher)."""
QUOTES: Final = 5
_SHORT, _LONG = 25, 260
_STEP = 1000
_LOOKS = 8
"""Comments that are looked at to see whether a word is a name."""

Progress = Callable[[float, str], None]


class Heard(Struct, frozen=True):
    """A theme of one column of comments. `share` (0..1) of the column's comments with its 95 % interval; `trend`: the
    share by month or quarter, oldest first; `change` rising, falling or "" where chance would do; `bad`, `good`:
    comments by sentiment, None where sentiment does not hold; `touchpoints`: name → comments; `quotes`: typical comments
    with personal data taken out, each with its touchpoint.
    """

    column: str
    words: tuple[str, ...]
    count: int
    share: float
    low: float
    high: float
    trend: tuple[tuple[str, float], ...]
    change: str
    touchpoints: tuple[tuple[str, int], ...]
    quotes: tuple[tuple[str, str], ...]
    good: int | None = None
    bad: int | None = None

    @property
    def name(self) -> str:
        """Its first words."""
        return ", ".join(self.words[:3])


class Listened(Struct):
    """Everything that was heard in one column: how many comments, how many of which language, the sentiment of each
    (None where the language is not spoken), by touchpoint whether it holds, and the themes.
    """

    said: Said
    count: int
    languages: dict[str, int]
    sentiments: list[float | None]
    judged: dict[str, Judgement]
    themes: tuple[Heard, ...]


def listen(
    paths: Sequence[Path | Address],
    recipe: Recipe,
    touchpoints: Sequence[str],
    *,
    limit: int = LIMIT,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[Listened]:
    """Listens to every comment column of the recipe. `progress` is told how far it is (0..1) and what is being done.

    Raises Failure where a source cannot be read, and `intake.Stopped` when `cancelled` says so.
    """
    step = _steps(progress, cancelled)
    step(0.0, _("Reading the comments"))
    columns = read(paths, recipe, touchpoints, lambda part: step(0.2 * part, _("Reading the comments")), cancelled)
    found = []
    for number, said in enumerate(columns):
        found.append(_listened(said, limit, _part(step, 0.2 + 0.8 * number / len(columns), 0.8 / len(columns))))
    step(1.0, _("Done"))
    return found


def _steps(progress: Progress | None, cancelled: Callable[[], bool] | None) -> Progress:
    def step(part: float, text: str) -> None:
        if cancelled is not None and cancelled():
            raise Stopped(_("Listening to the comments was stopped."))
        if progress is not None:
            progress(part, text)

    return step


def _part(step: Progress, begin: float, width: float) -> Progress:
    """The progress of a part of the work."""
    return lambda part, text: step(begin + width * part, text)


def _listened(said: Said, limit: int, step: Progress) -> Listened:
    spoken = languages(said.texts)
    sentiments = _sentiments(said, spoken, lambda part: step(0.4 * part, _("Hearing praise and blame")))
    judged = _judged(said, sentiments)
    held = themes(
        said.texts,
        spoken,
        lambda part: step(0.4 + 0.4 * part, _("Finding themes")),
        lambda word, comments: _is_person(word, comments, said.texts),
    )
    kept = []
    for number, theme in enumerate(held):
        step(0.8 + 0.2 * number / len(held), _("Choosing quotes"))
        if len(theme.comments) >= limit:
            kept.append(_heard(theme, said, sentiments, judged, limit, len(held)))
    return Listened(said, len(said.texts), dict(Counter(spoken)), sentiments, judged, tuple(kept))


def _sentiments(said: Said, spoken: Sequence[str], step: Callable[[float], None]) -> list[float | None]:
    """The sentiment of each comment, what was asked seen touchpoint by touchpoint."""
    kinds: dict[tuple[str, str], Any] = {}
    rows: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, key in enumerate(zip(said.places, spoken, strict=True)):
        if key[1] in SPOKEN and len(rows[key]) < 2000:
            rows[key].append(number)
    for (place, language), numbers in rows.items():
        kinds[place, language] = asked(f"{said.column} {place}", [said.texts[n] for n in numbers], language)
    found: list[float | None] = []
    for number, (text, place, language) in enumerate(zip(said.texts, said.places, spoken, strict=True)):
        if number % _STEP == 0:
            step(number / len(said.texts))
        found.append(sentiment(text, language, kinds[place, language]) if language in SPOKEN else None)
    return found


def _judged(said: Said, sentiments: Sequence[float | None]) -> dict[str, Judgement]:
    """Touchpoint by touchpoint: one question's comments say nothing about another's."""
    pairs: dict[str, list[tuple[float, float]]] = {place: [] for place in said.places}
    for place, seen, label in zip(said.places, sentiments, said.labels, strict=True):
        if seen is not None and label is not None:
            pairs[place].append((seen, label))
    return {place: judgement(found) for place, found in pairs.items()}


def _is_person(word: str, comments: Sequence[int], texts: Sequence[str]) -> bool:
    """Whether a word is somebody: where most of the comments that hold it have it within a name."""
    seen = named = 0
    for number in comments[:: max(1, len(comments) // _LOOKS)][:_LOOKS]:
        at = texts[number].casefold().find(word)
        if at >= 0:
            seen += 1
            named += any(span.start <= at < span.end for span in names(texts[number]))
    return named * 2 > seen


def _heard(
    theme: Theme,
    said: Said,
    sentiments: Sequence[float | None],
    judged: dict[str, Judgement],
    limit: int,
    looks: int,
) -> Heard:
    count, whole = len(theme.comments), len(said.texts)
    low, high = wilson(count / whole, whole)
    places = Counter(said.places[number] for number in theme.comments)
    trend, change = _trend(theme, said, limit, looks)
    checked = [sentiments[n] for n in theme.comments if judged[said.places[n]].holds]
    sure = len(checked) == count
    return Heard(
        said.column,
        theme.words,
        count,
        count / whole,
        low,
        high,
        trend,
        change,
        tuple((place, n) for place, n in places.most_common() if place and n >= limit),
        tuple(_quotes(theme, said)),
        sum(one == POSITIVE for one in checked) if sure else None,
        sum(one == NEGATIVE for one in checked) if sure else None,
    )


def _trend(theme: Theme, said: Said, limit: int, looks: int) -> tuple[tuple[tuple[str, float], ...], str]:
    """The share by month (by quarter over two years), and whether it rises or falls between the two halves of the time:
    Newcombe's interval of the difference, at a level corrected for the number of themes (Bonferroni).
    """
    days = [day for day in said.days if day != UNDATED]
    if not days or max(days) - min(days) < 28:
        return (), ""
    length = "quarter" if max(days) - min(days) > 730 else "month"
    names_of = {day: period_at(day, length).key for day in set(days)}
    about = set(theme.comments)
    whole: Counter[str] = Counter()
    part: Counter[str] = Counter()
    first: dict[str, int] = {}
    middle = sorted(days)[len(days) // 2]
    halves = [[0, 0], [0, 0]]
    for number, day in enumerate(said.days):
        if day == UNDATED:
            continue
        name = names_of[day]
        first[name] = min(day, first.get(name, day))
        whole[name] += 1
        part[name] += number in about
        half = halves[day >= middle]
        half[0] += number in about
        half[1] += 1
    shown = tuple(
        (name, part[name] / whole[name]) for name in sorted(whole, key=first.__getitem__) if whole[name] >= limit
    )
    return shown, _moved(halves[0], halves[1], looks)


def _moved(before: Sequence[int], after: Sequence[int], looks: int) -> str:
    from journeymap.model.intervals import normal_quantile

    if not (before[1] and after[1]):
        return ""
    z = normal_quantile(1 - 0.025 / max(looks, 1))
    one, other = before[0] / before[1], after[0] / after[1]
    (low1, high1), (low2, high2) = wilson(one, before[1], z), wilson(other, after[1], z)
    least = other - one - ((other - low2) ** 2 + (high1 - one) ** 2) ** 0.5
    most = other - one + ((high2 - other) ** 2 + (one - low1) ** 2) ** 0.5
    return "rising" if least > 0 else "falling" if most < 0 else ""


def _quotes(theme: Theme, said: Said) -> list[tuple[str, str]]:
    """Typical comments: of a length that can be read, with the most of the theme's words for it; no two alike."""
    ranked = []
    for number in theme.comments[:20_000]:
        text = " ".join(said.texts[number].split())
        if _SHORT <= len(text) <= _LONG:
            folded = text.casefold()
            hits = sum(1 / (place + 1) for place, word in enumerate(theme.words) if word in folded)
            ranked.append((-hits / (40 + len(text)), number, text))
    found: dict[str, tuple[str, str]] = {}
    for _rank, number, text in sorted(ranked)[: 4 * QUOTES]:
        masked = mask(text).text
        found.setdefault(masked.casefold(), (masked, said.places[number]))
    return list(found.values())[:QUOTES]
