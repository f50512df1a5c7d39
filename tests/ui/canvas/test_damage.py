"""What a change says it has left stale is all that must be painted: moves of touchpoints, pixel by pixel."""

from __future__ import annotations

from math import ceil
from random import Random

import pytest
from PySide6.QtGui import QImage, QPainter

from journeymap.model import commands, metrics
from journeymap.model.change import Change
from journeymap.model.document import Document
from journeymap.model.draft import Draft
from journeymap.model.figures import Figures
from journeymap.model.layout import Layout
from journeymap.model.records import Card, Emotion, Lane, Persona, Phase, Touchpoint
from journeymap.ui.canvas import marks
from journeymap.ui.canvas.drawing import Drawing
from journeymap.ui.canvas.view import View
from journeymap.ui.selection import Cell


def some_map(chance: Random) -> Document:
    """Three phases with links, owners, moods with gaps, and cards over several columns."""
    draft = Draft(commands.new_map("Trial"))
    phases = [draft.do(commands.add_phase, f"Phase {n}") for n in range(3)]
    points = [draft.do(commands.add_touchpoint, chance.choice(phases), f"Touchpoint {n}") for n in range(14)]
    people = [draft.do(commands.add_persona, f"Persona {n}") for n in range(2)]
    lane = {one.kind: one.id for one in draft.document.all(Lane)}
    for point in points:
        for person in people:
            if chance.random() < 0.7:
                draft.do(commands.set_emotion, person, point, chance.uniform(-2, 2))
        draft.do(commands.set_department, point, chance.choice(["Web", "Shop", "Rail", None]))
        for kind in ("thoughts", "support", "back_stage"):
            if chance.random() < 0.5:
                text = f"Something about {point[:4]} that may take more room than one column has"
                draft.do(commands.add_card, lane[kind], point, text, span=chance.randint(1, 3))
        if chance.random() < 0.5:
            draft.do(commands.add_pain, point, "It hurts", severity=chance.randint(1, 5))
    for _n in range(3):
        source, target = chance.sample(points, 2)
        draft.do(commands.link, source, target, label="a way round")
    return draft.document


def shot(drawing: Drawing, view: View, layout: Layout, ratio: float = 1.0, tinted: str | None = None) -> bytes:
    """The grid, the phases and the lane names as they are shown, with the column of the touchpoint `tinted`."""
    image = QImage(ceil(view.width * ratio), ceil(view.height * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(0)
    painter = QPainter(image)
    drawing.paint_body(painter, view, layout, ratio, marks.column_rect(layout, Cell(None, tinted)))
    drawing.paint_edges(painter, view, layout, ratio)
    painter.end()
    return bytes(image.constBits())


def differing(one: bytes, other: bytes) -> int:
    """How many pixels differ by more than what rounding of edges makes."""
    import numpy as np

    first, second = (np.frombuffer(each, np.uint8).reshape(-1, 4)[:, :3].astype(int) for each in (one, other))
    return int((abs(first - second) > 24).any(axis=1).sum())


@pytest.mark.parametrize("seed", range(4))
def test_after_a_move_only_the_damage_has_to_be_painted(qapp, seed: int) -> None:
    chance = Random(seed)
    document = some_map(chance)
    layout = Layout(document, Figures(), metrics.SCREEN)
    view = View(0.6, 0, 0, int(layout.width * 0.6) + 20, int(layout.height * 0.6) + 20)
    drawing, parts = Drawing(), 0
    shot(drawing, view, layout)
    moods = [(one.id, other.id) for one in document.all(Persona) for other in document.all(Touchpoint)]
    for step in range(8):
        point, phase = chance.choice(document.all(Touchpoint)), chance.choice(document.all(Phase))
        if step % 4 == 3:
            change = commands.set_emotion(document, *chance.choice(moods), chance.uniform(-2, 2))
        else:
            row = [one.id for one in document.referring(Touchpoint, "phase_id", phase.id) if one.id != point.id]
            change = commands.move_touchpoint(document, point.id, phase.id, chance.choice([None, *row]))
        document.apply(change)
        damage = layout.follow(change, Figures())
        parts += not damage.everything
        drawing.damage(damage, layout)
        kept, drawing = shot(drawing, view, layout), Drawing()
        assert differing(kept, shot(drawing, view, layout)) < 120, change
    assert parts >= 2


def an_edit(document: Document, chance: Random) -> Change:
    """Something that fills, changes or empties a cell."""
    point = chance.choice(document.all(Touchpoint)).id
    deed = chance.choice(("mood", "mood", "no mood", "card", "away"))
    if deed == "mood":
        return commands.set_emotion(document, chance.choice(document.all(Persona)).id, point, chance.uniform(-2, 2))
    found = document.all(Emotion if deed == "no mood" else Card)
    if deed == "card" or not found:
        lane = chance.choice([one for one in document.all(Lane) if one.kind in {"thoughts", "support"}])
        return commands.add_card(document, lane.id, point, "A thought")
    return commands.delete(document, chance.choice(found).id)


@pytest.mark.parametrize("seed", range(4))
def test_words_over_empty_phases_and_in_place_of_cells_are_painted_anew(qapp, seed: int) -> None:
    """Labels reach over empty phases; folded and empty lanes say something at the left, wherever the change was."""
    chance = Random(seed)
    draft = Draft(commands.new_map("Trial"))
    phases = [draft.do(commands.add_phase, f"Phase {n}") for n in range(4)]
    for n in range(3):
        draft.do(commands.add_touchpoint, phases[1 if n < 2 else 3], f"A touchpoint with a long name {n}")
    for n in range(2):
        draft.do(commands.add_persona, f"Persona {n}")
    lane = {one.kind: one.id for one in draft.document.all(Lane)}
    draft.do(commands.edit, lane["support"], folded=True)
    draft.do(commands.edit, lane["thoughts"], height=200)  # stays as high, filled or not
    document = draft.document
    layout = Layout(document, Figures(), metrics.SCREEN)
    view = View(0.6, 0, 0, int(layout.width * 0.6) + 20, int(layout.height * 0.6) + 20)
    drawing, parts = Drawing(), 0
    shot(drawing, view, layout)
    for _step in range(24):
        change = an_edit(document, chance)
        document.apply(change)
        damage = layout.follow(change, Figures())
        parts += not damage.everything
        drawing.damage(damage, layout)
        kept, drawing = shot(drawing, view, layout), Drawing()
        assert differing(kept, shot(drawing, view, layout)) < 40, change
    assert parts >= 8


def an_upheaval(document: Document, chance: Random) -> Change:
    """Something that makes columns come, go or change places, or rows higher or lower."""
    points, phases = document.all(Touchpoint), document.all(Phase)
    deed = chance.choice(("new", "copy", "gone", "elsewhere", "phase", "phase away", "card", "link", "mood", "high"))
    if deed == "copy" and points:
        return commands.duplicate(document, chance.choice(points).id)
    if deed == "gone" and len(points) > 4:
        return commands.delete(document, chance.choice(points).id)
    if deed == "elsewhere" and points:
        point, phase = chance.choice(points), chance.choice(phases)
        row = [one.id for one in document.referring(Touchpoint, "phase_id", phase.id) if one.id != point.id]
        return commands.move_touchpoint(document, point.id, phase.id, chance.choice([None, *row]))
    if deed == "phase":
        return commands.add_phase(
            document, "Another phase", before_id=chance.choice([None, *(one.id for one in phases)])
        )
    if deed == "phase away" and len(phases) > 2:
        return commands.move_phase(document, phases[0].id, chance.choice([None, phases[-1].id]))
    if deed == "link" and len(points) > 1:
        source, target = chance.sample([one.id for one in points], 2)
        return commands.link(document, source, target, label="round about")
    if deed == "mood" and points:
        person = chance.choice(document.all(Persona)).id
        return commands.set_emotion(document, person, chance.choice(points).id, chance.uniform(-2, 2))
    if deed in {"card", "high"} and points:
        lane = chance.choice([one for one in document.all(Lane) if one.kind in {"thoughts", "support", "front_stage"}])
        text = (
            "A thought" if deed == "card" else "A thought that takes many lines, for there is much to be said about it"
        )
        return commands.add_card(document, lane.id, chance.choice(points).id, text, span=chance.randint(1, 3))
    return commands.add_touchpoint(document, chance.choice(phases).id, "Another touchpoint")


@pytest.mark.parametrize("zoom", [1.0, 0.5])
@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_what_has_moved_shows_what_painting_anew_shows(qapp, ratio: float, zoom: float) -> None:
    """Columns come, go and change places, rows grow: the kept picture moves, and only what is new is painted."""
    moved = 0
    for seed in range(3):
        chance = Random(f"{seed} {ratio} {zoom}")
        document = some_map(chance)
        layout = Layout(document, Figures(), metrics.at_zoom(zoom))
        drawing = Drawing()
        for _step in range(8):
            wide, high = int(layout.width * zoom * 0.7), int(layout.height * zoom * 0.9)
            view = View(zoom, chance.randint(0, wide // 3), chance.choice([0, 0, 33]), wide, high)
            points = [one.id for one in document.all(Touchpoint)]
            selected = chance.choice([None, *points])
            shot(drawing, view, layout, ratio, selected)
            change = an_upheaval(document, chance)
            document.apply(change)
            damage = layout.follow(change, Figures())
            moved += damage.slides
            drawing.damage(damage, layout)
            selected = chance.choice([selected, *change.added]) if selected not in change.removed else None
            kept, drawing = shot(drawing, view, layout, ratio, selected), Drawing()
            assert differing(kept, shot(drawing, view, layout, ratio, selected)) < 120 * ratio**2, change
    assert moved >= 12


def test_what_was_painted_moves_and_is_not_painted_again(qapp) -> None:
    """A touchpoint is put in between: of what stands on either side of it, the rows that show no numbers are kept."""
    chance = Random(7)
    document = some_map(chance)
    layout = Layout(document, Figures(), metrics.SCREEN)
    view, drawing = View(1.0, 0, 0, 1500, int(layout.height)), Drawing()
    shot(drawing, view, layout)
    painted = painted_by(drawing)
    change = commands.duplicate(document, layout.columns[3].touchpoint_id)
    document.apply(change)
    drawing.damage(layout.follow(change, Figures()), layout)
    shot(drawing, view, layout)
    assert 0 < sum(painted) < 0.75 * view.width * view.height


def painted_by(drawing: Drawing) -> list[int]:
    """The pixels of every rectangle that is painted anew from now on."""
    painted: list[int] = []
    fill = drawing._fill
    drawing._fill = lambda on, rect, *rest: (painted.append(rect.width() * rect.height()), fill(on, rect, *rest))[1]
    return painted


def test_columns_that_change_places_take_their_picture_along(qapp) -> None:
    """Within a phase a touchpoint goes one on: only the phases, and what shows numbers, are painted."""
    draft = Draft(commands.new_map("Trial"))
    phase = draft.do(commands.add_phase, "Phase")
    points = [draft.do(commands.add_touchpoint, phase, f"Touchpoint {n}") for n in range(10)]
    lane = {one.kind: one.id for one in draft.document.all(Lane)}
    for n, point in enumerate(points):
        for kind in ("thoughts", "front_stage", "back_stage", "support"):
            draft.do(commands.add_card, lane[kind], point, f"Text {n} of {kind}")
    document = draft.document
    layout = Layout(document, Figures(), metrics.SCREEN)
    view, drawing = View(1.0, 0, 0, 1500, int(layout.height)), Drawing()
    shot(drawing, view, layout, tinted=points[4])
    painted = painted_by(drawing)
    change = commands.move_touchpoint(document, points[4], phase, points[6])
    document.apply(change)
    drawing.damage(layout.follow(change, Figures()), layout)
    kept = shot(drawing, view, layout, tinted=points[4])
    assert 0 < sum(painted) < 0.15 * view.width * view.height
    assert differing(kept, shot(Drawing(), view, layout, tinted=points[4])) == 0
