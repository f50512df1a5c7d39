"""What people say, as the map keeps it: the themes in the accounts of data sets. Words and counts, no comment.

Comments are not stored. An import leaves behind what can be shown without them: themes that enough people spoke of (the
privacy limit), with count, share, trend and touchpoints. Quotes need the source once more (`data.comments.listen`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from journeymap.model import series
from journeymap.model.document import Document
from journeymap.model.records import Id


class Theme(Struct, frozen=True):
    """A theme of a column of comments. `share` (0..1) with its 95 % interval; `trend`: (period, share), oldest first;
    `change`: rising, falling or ""; `touchpoints`: (name, comments), most first; `good`, `bad`: comments that praise and
    blame, None where sentiment does not hold.
    """

    name: str
    count: int
    share: float
    low: float
    high: float
    trend: tuple[tuple[str, float], ...]
    change: str
    touchpoints: tuple[tuple[str, int], ...]
    good: int | None
    bad: int | None


class Said(Struct, frozen=True):
    """What was heard in one column: how many comments, of which only every so-manieth was read, at how many of its
    touchpoints sentiment holds, and the themes, the most frequent first.
    """

    data_set_id: Id
    data_set: str
    column: str
    comments: int
    every: int
    places: int
    holds: int
    themes: tuple[Theme, ...]


def said(document: Document) -> list[Said]:
    """What was heard in the newest data sets of the map, column by column. What cannot be read is left out."""
    found = []
    for data_set in series.newest(document):
        for one in _comments(data_set.account):
            try:
                found.append(_said(data_set.id, data_set.name, one))
            except (KeyError, TypeError, ValueError):
                continue  # written by another version, or by another hand
    return found


def _comments(account: str) -> Iterator[dict[str, Any]]:
    try:
        told = json.loads(account).get("comments", []) if account else []
    except (ValueError, AttributeError):
        return
    yield from (one for one in told if isinstance(one, dict))


def _said(data_set_id: Id, name: str, one: dict[str, Any]) -> Said:
    judged = one.get("sentiment", [])
    return Said(
        data_set_id,
        name,
        str(one["column"]),
        int(one["comments"]),
        int(one.get("read_every", 1)),
        len(judged),
        sum(bool(each["holds"]) for each in judged),
        tuple(_theme(theme) for theme in one["themes"]),
    )


def _theme(theme: dict[str, Any]) -> Theme:
    return Theme(
        str(theme["name"]),
        int(theme["count"]),
        float(theme["share"]),
        float(theme["low"]),
        float(theme["high"]),
        tuple((str(period), float(share)) for period, share in theme["trend"]),
        str(theme["change"]),
        tuple((str(place), int(n)) for place, n in theme["touchpoints"]),
        theme["good"],
        theme["bad"],
    )
