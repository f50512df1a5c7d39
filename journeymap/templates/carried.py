"""What of a map goes into a template, and how a new map comes of it.

A template carries what a team would do the same way next time: phases, touchpoints, links, lanes and their texts,
personas with what they are like, moods, user stories, pains, opportunities, actions, targets, tags and saved views.
It does not carry what belongs to one map only: data sets and figures, quotes, notes, pictures and files, the register of
personal data, self-checks, versions and history, the client with brand, team and finding, names of owners, shares of
customers, dates and costs, and where a persona is known from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from journeymap.model.document import Document
from journeymap.model.records import (
    Action,
    Answer,
    Card,
    Channel,
    Department,
    Emotion,
    Id,
    KpiTarget,
    Lane,
    Link,
    Map,
    Opportunity,
    PainPoint,
    Persona,
    Phase,
    Record,
    Slider,
    State,
    Tag,
    Tagging,
    Touchpoint,
    Trait,
    UserStory,
    View,
    new_id,
    references,
    with_fields,
)

CARRIED: Final = (
    Map, State, Persona, Trait, Slider, Phase, Department, Channel, Touchpoint, Link, Lane, Card, Emotion, UserStory, Tag,
    Tagging, PainPoint, Opportunity, Action, Answer, KpiTarget, View,
)  # fmt: skip
"""The records that a template carries. A new kind stays behind until somebody decides that it comes along."""

CLEARED: Final[Mapping[type[Record], Mapping[str, Any]]] = {
    Map: {"finding": "", "client": "", "team": "", "owner": "", "brand_id": None},
    Persona: {
        "picture_hash": "", "interviews": None, "segment_column": "", "segment_value": "", "evidence": "",
        "origin_id": "", "origin_map": "",
    },
    Touchpoint: {"owner": "", "reach": None},
    Link: {"share": None},
    PainPoint: {
        "frequency": None, "frequency_low": None, "frequency_high": None, "frequency_n": None, "evidence": "",
        "source": "",
    },
    Action: {
        "owner": "", "start": "", "due": "", "cost": None, "expected_low": None, "expected_high": None,
        "status": "proposed",
    },
}  # fmt: skip
"""Fields that stay behind, with what stands in their place."""

_LISTS: Final = ("lanes", "personas", "phases", "departments", "channels", "tags", "states")
"""The fields of a view that list ids."""


def carried(document: Document) -> list[Record]:
    """What a template of this map holds, with the ids that it has on the map."""
    return [with_fields(one, CLEARED.get(type(one), {})) for one in document if isinstance(one, CARRIED)]


def begun(records: Iterable[Record], title: str) -> list[Record]:
    """The records of a new map of that title: the same under new ids."""
    known = list(records)
    ids = {record.id: new_id() for record in known}
    return [_moved(record, ids, title) for record in known]


def _moved(record: Record, ids: Mapping[Id, Id], title: str) -> Record:
    values: dict[str, Any] = {"id": ids[record.id]}
    for field, _kind, _gone in references(type(record)):
        values[field] = ids.get(getattr(record, field))
    if isinstance(record, View):
        values |= {name: tuple(ids[id_] for id_ in getattr(record, name) if id_ in ids) for name in _LISTS}
    if isinstance(record, Map):
        values["title"] = title
    return with_fields(record, values)
