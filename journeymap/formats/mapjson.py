"""The whole map as JSON: every record by kind, and what is computed from its data.

{"format": "journeymap", "version": 1, "records": {"Map": [{"id", …}], …}, "kpis": [rows of `kpis --json`],
"emotion": [{"persona", "touchpoint", "value", "low", "high", "n", "kpi"}]}. Records keep their ids and their order on
the map; the same map gives the same bytes. Counts of data sets stay in the map file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from journeymap.model.breakdown import Row, as_json
from journeymap.model.document import Document
from journeymap.model.figures import Figure, Figures
from journeymap.model.records import KINDS, DataSet, Phase, Record, State, Touchpoint, field_names

FORMAT = "journeymap"
VERSION = 1


def map_json(document: Document, figures: Figures) -> bytes:
    """The JSON document, UTF-8, indented."""
    records = {name: [_row(record) for record in _sorted(document, kind)] for name, kind in KINDS.items()}
    whole = {
        "format": FORMAT,
        "version": VERSION,
        "records": {name: rows for name, rows in records.items() if rows},
        "kpis": _kpis(document, figures),
        "emotion": _emotion(figures),
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _sorted(document: Document, kind: type[Record]) -> list[Record]:
    found = document.all(kind)
    return found if "order" in field_names(kind) else sorted(found, key=lambda record: record.id)


def _row(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in field_names(type(record))}


def _kpis(document: Document, figures: Figures) -> list[dict[str, Any]]:
    """The journey's figures, then those of every phase and its touchpoints in their order."""
    found = [*figures.journey]
    for phase in _phases(document):
        found += figures.phase.get(phase.id, ())
        for touchpoint in document.referring(Touchpoint, "phase_id", phase.id):
            found += figures.at(touchpoint.id)
    return [as_json(_named(document, figure)) for figure in found]


def _phases(document: Document) -> Iterator[Phase]:
    for state in document.all(State):
        yield from document.referring(Phase, "state_id", state.id)


def _named(document: Document, figure: Figure) -> Row:
    touchpoint = document.get(Touchpoint, figure.touchpoint_id)
    phase = document.get(Phase, figure.phase_id)
    data_set = document.get(DataSet, figure.data_set_id)
    return Row(
        figure,
        touchpoint.name if touchpoint else None,
        phase.name if phase else None,
        data_set.name if data_set else None,
    )


def _emotion(figures: Figures) -> list[dict[str, Any]]:
    return [
        {
            "persona": mood.persona_id,
            "touchpoint": mood.touchpoint_id,
            "value": mood.value,
            "low": mood.low,
            "high": mood.high,
            "n": mood.n,
            "kpi": mood.kpi,
        }
        for _key, mood in sorted(figures.emotion.items())
    ]
