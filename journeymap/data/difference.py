"""How a refresh differs from the data before, in words and for `--json`: shown before anything is changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from journeymap.data import account
from journeymap.failure import Failure
from journeymap.i18n import _, ngettext
from journeymap.model import comparison, kpi, wording
from journeymap.model.measured import period_text
from journeymap.model.moves import Move
from journeymap.model.records import DataSet, Measure
from journeymap.model.tally import Period, day_number

if TYPE_CHECKING:
    from journeymap.data.recognising import Fit
    from journeymap.data.refresh import Refresh, Said

_NAMED = 6
"""So many names stand in a sentence; of more only how many there are."""


def title(before: DataSet) -> str:
    """What the file is taken for."""
    return _("This looks like the next period of “{name}”.").format(name=before.name)


def sentences(found: Refresh) -> list[str]:
    """Everything that differs, most important first; nothing that stays as it was."""
    said = [*names(found), *scales(found), *days(found), rows(found), *moved(found.moves)]
    return [sentence for sentence in said if sentence]


def names(found: Refresh) -> Iterator[str]:
    """Columns and touchpoints that came, went, or are called otherwise."""
    for old, new in found.renamed.items():
        yield _("“{new}” is read as “{old}”.").format(new=new, old=old)
    if found.vanished:
        yield ngettext(
            "A column is gone: {names}. What it told stays on the map as it was.",
            "{n} columns are gone: {names}. What they told stays on the map as it was.",
            len(found.vanished),
        ).format(n=len(found.vanished), names=_list(found.vanished))
    if found.new:
        yield ngettext(
            "A new column looks like a question: {names}. It is not counted yet.",
            "{n} new columns look like questions: {names}. They are not counted yet.",
            len(found.new),
        ).format(n=len(found.new), names=_list(question.column for question in found.new))
    if found.new_touchpoints:
        yield ngettext(
            "A touchpoint is not on the map yet: {names}.",
            "{n} touchpoints are not on the map yet: {names}.",
            len(found.new_touchpoints),
        ).format(n=len(found.new_touchpoints), names=_list(found.new_touchpoints))
    for new, old in found.touchpoints.items():
        yield _("“{new}” looks like “{old}”, which is in no row of this file.").format(new=new, old=old)
    gone = [name for name in found.vanished_touchpoints if name not in found.touchpoints.values()]
    if gone:
        yield ngettext(
            "A touchpoint has no answers any more: {names}.",
            "{n} touchpoints have no answers any more: {names}.",
            len(gone),
        ).format(n=len(gone), names=_list(gone))


def scales(found: Refresh) -> Iterator[str]:
    """Codes off the scale, labels without a code, questions that are defined otherwise."""
    for column, what in found.strange.items():
        yield _("“{column}” has answers that its scale does not know: {answers}. They are not counted.").format(
            column=column, answers=", ".join(what)
        )
    for old, new in found.redefined:
        yield _(
            "“{column}” is measured otherwise now ({before}; {after}): the two are neither put together nor compared."
        ).format(column=new.column, before=_defined(old), after=_defined(new))


def days(found: Refresh) -> Iterator[str]:
    """How the two periods lie to one another."""
    before, after = found.before, found.intake.data_set
    if not (before.last_day and after.last_day):
        yield _("Without dates only the order of import tells which data are newer.")
        return
    if after.last_day < before.last_day:
        yield _("These data end before “{name}” does: they join the trend, the map goes on showing “{name}”.").format(
            name=before.name
        )
    shared = found.overlap
    if shared is None:
        return
    if shared.alike == shared.count:
        same = _("with the same number of answers on each of them")
    elif shared.alike:
        same = ngettext(
            "with the same number of answers on {n} of them",
            "with the same number of answers on {n} of them",
            shared.alike,
        ).format(n=shared.alike)
    else:
        same = _("with other numbers of answers")
    yield ngettext(
        "{n} day is in both ({days}), {same}: it counts once, as the newer data have it.",
        "{n} days are in both ({days}), {same}: they count once, as the newer data have them.",
        shared.count,
    ).format(n=wording.count(shared.count), days=period_text(shared.days), same=same)


def rows(found: Refresh) -> str:
    """How many rows, then and now."""
    told = account.told_of(found.before)
    now, then = found.intake.account, told.get("rows_used")
    used = ngettext("{n} row used of {read}", "{n} rows used of {read}", now["rows_used"]).format(
        n=wording.count(now["rows_used"]), read=wording.count(now["rows_read"])
    )
    if not isinstance(then, int):
        return _("{used}.").format(used=used)
    return _("{used}; {then} used of {read} before.").format(
        used=used, then=wording.count(then), read=wording.count(int(told.get("rows_read", then)))
    )


def moved(moves: Sequence[Move]) -> Iterator[str]:
    """What moved beyond chance, and how much did not."""
    for move in moves:
        if move.word in {"better", "worse"}:
            yield _("{place}: {figure} {before} → {after} ({gap}): {word}.").format(
                place=move.place or _("The whole journey"),
                figure=move.after.name,
                before=wording.value(move.before),
                after=wording.value(move.after),
                gap=gap(move),
                word=comparison.spoken(move.word),
            )
    still = sum(move.word == "no clear change" for move in moves)
    if still:
        yield ngettext("{n} figure: no clear change.", "{n} figures: no clear change.", still).format(n=still)


def gap(move: Move) -> str:
    """The difference with its 95 % interval: "−14, −20 … −8"; "" where there is none."""
    found = move.difference
    if found is None:
        return ""
    places = wording.digits(move.after)
    text = wording.number(found.value, places, sign=True)
    if found.low is None or found.high is None:
        return text
    low, high = (wording.number(end, places, sign=True) for end in (found.low, found.high))
    return _("{value}, {low} … {high}").format(value=text, low=low, high=high)


def period(data_set: DataSet) -> str:
    """The days of a data set in words; "" without dates."""
    if not (data_set.first_day and data_set.last_day):
        return ""
    return period_text(Period(day_number(data_set.first_day), day_number(data_set.last_day)))


def proposal(name: str, columns: dict[str, str], touchpoints: dict[str, str]) -> str:
    """The sentence with which a refresh without a person is refused: what is proposed, and how to take it or not.

    `columns`: old → new; `touchpoints`: new → old.
    """
    found = list(columns.items()) + [(old, new) for new, old in touchpoints.items()]
    what = "; ".join(_("“{new}” looks like “{old}”").format(old=old, new=new) for old, new in found)
    take = " ".join(f'--rename "{old}={new}"' for old, new in found)
    leave = " ".join(f'--rename "{old}="' for old, _new in found)
    return _("{file}: {what}. If it is the same, add {take}; if it is not, {leave}.").format(
        file=name, what=what, take=take, leave=leave
    )


def _defined(measure: Measure) -> str:
    scale = f"{measure.scale[0]:g}–{measure.scale[-1]:g}" if len(measure.scale) > 1 else ""
    try:
        how = kpi.formula(measure)
    except Failure:
        how = measure.statistic
    return ", ".join(part for part in (how, scale if scale not in how else "") if part)


def _list(found: Iterable[str]) -> str:
    all_ = list(found)
    shown = ", ".join(f"“{name}”" for name in all_[:_NAMED])
    more = len(all_) - _NAMED
    return shown if more <= 0 else _("{names} and {n} more").format(names=shown, n=more)


def as_json(found: Refresh, fit: Fit, said: Said) -> dict[str, Any]:
    """What differs, for `journeymap import --json` under "difference"."""
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
