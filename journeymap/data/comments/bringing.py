"""What was heard goes on the map: themes into the account of the data set, sentiment as a measure where it holds."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from journeymap.data.answers.readings import week_and_month
from journeymap.data.comments.hearing import LIMIT, Heard, Listened
from journeymap.data.making import Intake
from journeymap.i18n import _
from journeymap.model.change import Change
from journeymap.model.cube import EVERYBODY, UNDATED, Block, BlockKey
from journeymap.model.order import several
from journeymap.model.records import DataSet, Measure, Touchpoint, new_id

_MOST_VALUES = 500
_MOST_DOUBTS = 4


def bring(intake: Intake, heard: Sequence[Listened], touchpoints: Sequence[Touchpoint]) -> Intake:
    """The intake with what was heard in its comments: `account["comments"]` (themes, languages, how good the sentiment
    is), and a sentiment measure at each touchpoint where the sentiment holds. `touchpoints`: those of the map.
    """
    if not heard:
        return intake
    told = {**intake.account, "comments": [_told(one) for one in heard]}
    data_set = replace(intake.data_set, account=json.dumps(told, ensure_ascii=False))
    places = {_key(one.name): one for one in touchpoints}
    places |= {_key(one.name): one for one in intake.change.added.values() if isinstance(one, Touchpoint)}
    measures, blocks, where = list(intake.measures), dict(intake.blocks), dict(intake.places)
    for one in heard:
        for place, judged in one.judged.items():
            here = places.get(_key(place))
            if judged.holds and (here or not place):
                measure = _measure(one, place, here, data_set, measures)
                measures.append(measure)
                blocks |= _blocks(one, place, measure, data_set)
                where[measure.id] = (here.name if here else None, None)
    # The order of attaching is settled by the change already; only the data set and new measures differ.
    added = dict(intake.change.added)
    added[data_set.id] = replace(data_set, order=_order(added[data_set.id]))
    added |= {measure.id: measure for measure in measures[len(intake.measures) :]}
    change = Change(intake.change.label, added, intake.change.updated, intake.change.removed)
    return replace(
        intake,
        change=change,
        blocks=blocks,
        data_set=data_set,
        measures=tuple(measures),
        account=told,
        warnings=(*intake.warnings, *_doubts(heard)),
        places=where,
    )


def _doubts(heard: Sequence[Listened]) -> list[str]:
    """Where sentiment is no figure, and why; where there are very many places, in one sentence."""
    doubts = [(place, judged.why) for one in heard for place, judged in one.judged.items() if not judged.holds]
    if len(doubts) > _MOST_DOUBTS:
        return [
            _("At {n} touchpoints sentiment is no figure: it could not be shown to hold there.").format(n=len(doubts))
        ]
    return [_("{place}: {why}").format(place=place, why=why) if place else why for place, why in doubts]


def _told(one: Listened) -> dict[str, Any]:
    """What the account keeps: counts and words, no comment."""
    return {
        "column": one.said.column,
        "comments": one.count,
        "read_every": one.said.every,
        "languages": one.languages,
        "sentiment": [
            {
                "touchpoint": place,
                "balanced_accuracy": judged.value,
                "low": judged.low,
                "high": judged.high,
                "majority": judged.majority,
                "n": judged.n,
                "holds": judged.holds,
            }
            for place, judged in one.judged.items()
            if judged.n >= LIMIT
        ],
        "themes": [theme_json(theme) for theme in one.themes],
    }


def theme_json(theme: Heard) -> dict[str, Any]:
    """A theme as JSON; its quotes are not among it, they are stored only when accepted."""
    return {
        "name": theme.name,
        "words": list(theme.words),
        "count": theme.count,
        "share": theme.share,
        "low": theme.low,
        "high": theme.high,
        "trend": [list(part) for part in theme.trend],
        "change": theme.change,
        "touchpoints": [list(part) for part in theme.touchpoints],
        "good": theme.good,
        "bad": theme.bad,
    }


def _measure(
    one: Listened, place: str, here: Touchpoint | None, data_set: DataSet, others: Sequence[Measure]
) -> Measure:
    rows = [number for number, where in enumerate(one.said.places) if where == place]
    n = sum(one.sentiments[number] is not None for number in rows)
    last = max((measure.order for measure in others), default=None)
    return Measure(
        new_id(),
        data_set.id,
        several(last, None, 1)[0],
        touchpoint_id=here.id if here else None,
        kpi="sentiment",
        name=one.said.named,
        column=one.said.column,
        statistic="share",
        scale=(-1.0, 1.0),
        positive=(1.0,),
        rows=len(rows),
        n=n,
        unreadable=len(rows) - n,
    )


def _blocks(one: Listened, place: str, measure: Measure, data_set: DataSet) -> dict[BlockKey, Block]:
    """The counts by day (or the data set's coarser grain), for everybody and by each segment column."""
    said = one.said
    rows = [n for n, where in enumerate(said.places) if where == place and one.sentiments[n] is not None]
    days = [_day(said.days[n], data_set.grain) for n in rows]
    codes = [one.sentiments[n] or 0.0 for n in rows]
    found = {(measure.id, EVERYBODY): _block(days, codes, [""] * len(rows))}
    for index, column in enumerate(data_set.segments):
        values = [said.groups[n][index] for n in rows]
        if len(set(values)) <= _MOST_VALUES:
            found[measure.id, column] = _block(days, codes, values)
    return found


def _block(days: Sequence[int], codes: Sequence[float], values: Sequence[str]) -> Block:
    names, kinds = tuple(sorted(set(values))), (-1.0, 0.0, 1.0)
    places, numbers = {name: i for i, name in enumerate(names)}, {code: i for i, code in enumerate(kinds)}
    cells = sorted(Counter((d, places[v], numbers[c]) for d, v, c in zip(days, values, codes, strict=True)).items())
    return Block(
        values=names,
        codes=kinds,
        day=array("i", [key[0] for key, _n in cells]),
        value=array("i", [key[1] for key, _n in cells]),
        code=array("i", [key[2] for key, _n in cells]),
        n=array("q", [n for _key, n in cells]),
        w=array("d"),
        w2=array("d"),
    )


def _day(day: int, grain: str) -> int:
    if grain == "all":
        return UNDATED
    if grain == "day" or day == UNDATED:
        return day
    return week_and_month(day)[0 if grain == "week" else 1]


def _order(record: Any) -> str:
    return str(record.order)


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
