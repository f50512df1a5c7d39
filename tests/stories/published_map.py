"""The published map of veterans' journeys, rebuilt by the commands that the window uses.

Its three phases are our phases and its 42 moments our touchpoints. Its ten life stages stand between the two; our
grid has no such level, so they are cards of a lane of their own ("Life stage") that span the moments they hold:
they are read as bars over the columns, move with them, and no phase name has to be invented twice. "Moments that
matter" are moments of truth with their reason as description; each service is a card in a lane "Services".
"""

from __future__ import annotations

import csv
from itertools import groupby
from pathlib import Path

from journeymap.model import commands
from journeymap.model.draft import Draft
from journeymap.model.records import Lane

EMPTY_LANES = ("thoughts", "storyboard", "emotion", "figures", "pains", "opportunities", "front_stage", "staff",
               "back_stage", "departments", "line_interaction", "line_visibility", "line_internal")  # fmt: skip


def rebuilt(folder: Path) -> Draft:
    """The map from the transcribed CSV."""
    with (folder / "va_journeys_of_veterans_map.csv").open(encoding="utf-8", newline="") as file:
        moments = list(csv.DictReader(file))
    draft = Draft(commands.new_map("Journeys of Veterans", client="Department of Veterans Affairs"))
    draft.do(commands.add_persona, "Veteran", line="From joining to being remembered")
    lanes = {lane.kind: lane for lane in draft.document.all(Lane)}
    stages = draft.do(commands.add_lane, "text", "Life stage", before_id=lanes["thoughts"].id)
    services = lanes["support"].id
    draft.do(commands.rename, services, "Services")
    for phase, in_phase in groupby(moments, key=lambda row: row["phase"]):
        phase_id = draft.do(commands.add_phase, phase)
        for stage, in_stage in groupby(in_phase, key=lambda row: row["stage"]):
            points = [_moment(draft, phase_id, services, row) for row in in_stage]
            draft.do(commands.add_card, stages, points[0], stage, span=len(points))
    for kind in EMPTY_LANES:
        draft.do(commands.show_lane, lanes[kind].id, shown=False)
    return draft


def _moment(draft: Draft, phase_id: str, services: str, row: dict[str, str]) -> str:
    point = draft.do(
        commands.add_touchpoint,
        phase_id,
        row["moment"],
        moment_of_truth=row["moment_that_matters"] == "yes",
        description=row["why_it_matters"],
    )
    for service in filter(None, (part.strip() for part in row["services"].split(";"))):
        draft.do(commands.add_card, services, point, service)
    return point
