"""What an import brings: its records, the blocks of its cube, and an account of every row, made of what was counted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from journeymap.data import account, privacy
from journeymap.data.guessing.alike import nearest
from journeymap.data.measures import measure_of
from journeymap.data.places import Places
from journeymap.data.recipe import Question, Recipe
from journeymap.data.recipe.resolve import column
from journeymap.data.sources import Sample
from journeymap.i18n import _
from journeymap.model import kpi, series
from journeymap.model.change import Change
from journeymap.model.commands.measured import attach
from journeymap.model.cube import EVERYBODY, Block, BlockKey, Pair
from journeymap.model.document import Document
from journeymap.model.order import several
from journeymap.model.records import DataSet, Id, Measure, Phase, Touchpoint, new_id

if TYPE_CHECKING:
    from journeymap.data.counting.aggregate import Counted
    from journeymap.data.counting.wanted import Meant, Wanted


class Intake(Struct, frozen=True):
    """What an import brings: hand `change`, `blocks` and `pairs` to `Session.perform`.

    `account` is what the data set keeps (JSON-ready); `created` names the new phases and touchpoints; `personal` maps
    columns that look personal to the reason, `warnings` are sentences.
    """

    change: Change
    blocks: dict[BlockKey, Block]
    pairs: tuple[Pair, ...]
    data_set: DataSet
    measures: tuple[Measure, ...]
    account: dict[str, Any]
    created: dict[str, list[str]]
    warnings: tuple[str, ...]
    personal: dict[str, str]
    places: dict[Id, tuple[str | None, str | None]] = field(default_factory=dict)  # measure → touchpoint, phase

    def as_json(self) -> dict[str, Any]:
        """The report of `journeymap import --json`, as the contract has it."""
        return {
            "dataset": self.data_set.name,
            **{key: self.account[key] for key in ("rows_read", "rows_used", "rows_dropped", "no_touchpoint")},
            "measures": [self._measure(measure) for measure in self.measures],
            "personal": [*self.personal, *self.account["pseudonymised"]],
            "pseudonymised": list(self.account["pseudonymised"]),
            "created": {
                **{kind: len(self.created.get(kind, [])) for kind in ("phases", "touchpoints")},
                "kpis": len(self.measures),
                "pain_points": 0,
                "quotes": 0,
            },
            "warnings": list(self.warnings),
            "comments": self.account.get("comments", []),
        }

    def _measure(self, measure: Measure) -> dict[str, Any]:
        touchpoint, phase = self.places[measure.id]
        counts = {name: getattr(measure, name) for name in ("rows", "n", "missing", "not_applicable", "unreadable")}
        named = {"kpi": measure.kpi, "touchpoint": touchpoint, "phase": phase, "column": measure.column}
        still = self.account["open"].get(measure.id)
        return {**named, "unit": measure.counted, **counts, **({} if still is None else {"open": still})}


class Counts(Struct, frozen=True):
    """What was counted: nothing of it needs the engine any more.

    `sums` are those of pairs of questions (see `blocks.sums`), `lost` the rows that were left out, by reason.
    """

    wanted: Wanted
    meant: Meant
    counted: Counted
    sums: Any
    lost: dict[str, int]


class Making:
    """Makes the records of one import."""

    def __init__(
        self,
        document: Document,
        samples: Sequence[Sample],
        recipe: Recipe,
        name: str | None,
        follows: DataSet | None,
        kept: Recipe,
    ) -> None:
        self.document, self.samples, self.recipe, self.name = document, samples, recipe, name or _name(samples)
        self.series = series.series_of(follows) if follows is not None else ""
        self.kept = kept
        self.places = Places(document, account.places(series.members(document, self.series)) if self.series else {})
        self.data_set_id = new_id()
        self.measures: dict[tuple[int, int], Measure] = {}
        self.where: dict[Id, tuple[str | None, str | None]] = {}

    def intake(self, counts: Counts) -> Intake:
        """What the counts bring to the map."""
        from journeymap.data.counting import blocks, repeats
        from journeymap.data.counting.composing import STILL_OPEN

        wanted, meant, counted = counts.wanted, counts.meant, counts.counted
        self._measure(meant, counted)
        meant.warnings += [*repeats.repeated(self.samples, self.recipe), *privacy.kept_of(self.recipe)]
        told, warnings = account.account(self.samples, self.recipe, meant, counted, counts.lost)
        told["open"] = {
            self.measures[place].id: found.get(STILL_OPEN, 0)
            for place, found in counted.statuses.items()
            if place[0] in meant.open_codes
        }
        told["places"] = self.places.used
        found = privacy.found(self.samples[0], self.recipe)
        told["personal"] = found.dropped
        told["pseudonymised"] = found.pseudonymised
        columns = [EVERYBODY, *self._segments(wanted)]
        cube = {
            (self.measures[place].id, columns[segment]): block
            for place, segment, block in blocks.blocks(meant, counted)
        }
        pairs = blocks.pairs(counts.sums, meant, wanted, self._id)
        data_set = self._data_set(told, counted, tuple(columns[1:]), weighted=wanted.weight is not None)
        measures = tuple(self.measures.values())
        return Intake(
            attach(self.document, data_set, measures, self.places.made),
            cube,
            tuple(pairs),
            data_set,
            measures,
            told,
            self._created(),
            (*warnings, *found.kept, *self._alike()),
            found.dropped,
            self.where,
        )

    def _alike(self) -> list[str]:
        """New touchpoints that are called almost like one of the map. A refresh asks about them itself."""
        if self.series:
            return []
        known = [one.name for one in self.document.all(Touchpoint) if one.id not in self.places.used.values()]
        pairs = ((new, nearest(new, known)) for new in self._created()["touchpoints"])
        return [
            _(
                "“{new}” is new on the map; if it is “{old}”, import it with --rename “{old}={new}” or choose it in the dialog."
            ).format(new=new, old=old)
            for new, old in pairs
            if old
        ]

    def _segments(self, wanted: Wanted) -> list[str]:
        """The names of the segment columns: of a series always the recipe's, to which personas are bound."""
        if not self.series:
            return [wanted.columns[index] for index in wanted.segments]
        ours = {column(self.samples[0], name): name for name in reversed(self.recipe.columns.segments)}
        return [ours[wanted.columns[index]] for index in wanted.segments]

    def _id(self, place: tuple[int, int]) -> Id | None:
        measure = self.measures.get(place)
        return measure.id if measure else None

    def _measure(self, meant: Meant, counted: Counted) -> None:
        """One Measure for each question and place that any row looked at, in the order of the recipe."""
        keys = several(None, None, len(counted.statuses))
        for order, place in zip(keys, sorted(counted.statuses), strict=True):
            question = meant.questions[place[0]]
            touchpoint, phase = self._place(question, meant.places[place[1]] if place[1] >= 0 else "")
            measure = measure_of(question, self.document.map.currency)
            counts: dict[str, Any] = account.statuses(counted.statuses[place])
            measure = replace(
                measure,
                data_set_id=self.data_set_id,
                order=order,
                touchpoint_id=touchpoint.id if touchpoint else None,
                phase_id=phase.id if phase else None,
                **counts,
            )
            kpi.check(measure)
            self.measures[place] = measure
            self.where[measure.id] = (touchpoint.name if touchpoint else None, phase.name if phase else None)

    def _place(self, question: Question, row: str) -> tuple[Touchpoint | None, Phase | None]:
        name = question.touchpoint or row
        if name:
            return self.places.touchpoint(name), None
        return None, self.places.phase(question.phase) if question.phase else None

    def _created(self) -> dict[str, list[str]]:
        return {
            "phases": [one.name for one in self.places.made if isinstance(one, Phase)],
            "touchpoints": [one.name for one in self.places.made if isinstance(one, Touchpoint)],
        }

    def _data_set(
        self, told: dict[str, Any], counted: Counted, segments: tuple[str, ...], *, weighted: bool
    ) -> DataSet:
        return DataSet(
            self.data_set_id,
            "",
            name=self.name,
            source=", ".join(sample.origin for sample in self.samples),
            fingerprint=_fingerprint(self.samples),
            recipe=self.kept.to_toml(),
            account=json.dumps(told, ensure_ascii=False),
            imported=datetime.now(UTC).isoformat(timespec="seconds"),
            first_day=account.iso(counted.first_day),
            last_day=account.iso(counted.last_day),
            grain=counted.grain,
            weighted=weighted,
            segments=segments,
            series=self.series,
        )


def _fingerprint(samples: Sequence[Sample]) -> str:
    """The SHA-256 of one file's bytes; of several, that of their sorted fingerprints."""
    if len(samples) == 1:
        return samples[0].fingerprint
    return sha256("\n".join(sorted(sample.fingerprint for sample in samples)).encode()).hexdigest()


def _name(samples: Sequence[Sample]) -> str:
    first = samples[0].title
    return first if len(samples) == 1 else _("{first} and {count} more").format(first=first, count=len(samples) - 1)
