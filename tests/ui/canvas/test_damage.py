"""What a change says it has left stale is all that must be painted: moves of touchpoints, pixel by pixel."""

from __future__ import annotations

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
from journeymap.ui.canvas.drawing import Drawing
from journeymap.ui.canvas.view import View


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


def shot(drawing: Drawing, view: View, layout: Layout) -> bytes:
    """The grid, the phases and the lane names as they are shown."""
    image = QImage(view.width, view.height, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    drawing.paint_body(painter, view, layout, 1.0)
    drawing.paint_edges(painter, view, layout, 1.0)
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
