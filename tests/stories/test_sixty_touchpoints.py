"""A whole workshop by keys alone: sixty touchpoints in six phases, what two personas think and feel, and the channels."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from journeymap.model.records import Card, Channel, Emotion, Persona, Phase, Touchpoint
from journeymap.session import Session

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier

PHASES = ("Notice", "Choose", "Buy", "Use", "Ask for help", "Leave")
STEPS = [[f"{phase} {n}" for n in range(1, 11)] for phase in PHASES]
CHANNELS = ("Web", "Shop", "App", "Phone")
FELT = {"Ines": [(1, 0, -1, 0, 2, 1)[n % 6] for n in range(60)], "Otto": [(0, 1, 0, -1)[n % 4] for n in range(60)]}


def add_people(fingers) -> None:
    for name in ("Ines", "Otto"):
        fingers.key(Qt.Key.Key_K, held=CTRL)
        fingers.type("add persona")
        fingers.key(Qt.Key.Key_Return)
        fingers.type(name)
        fingers.key(Qt.Key.Key_Return)


def add_grid(fingers) -> None:
    for phase, steps in zip(PHASES, STEPS, strict=True):
        fingers.key(Qt.Key.Key_Return, held=CTRL | SHIFT)
        fingers.type(phase)
        fingers.key(Qt.Key.Key_Return)  # down into the empty phase
        for step in steps[:-1]:
            fingers.type(step)
            fingers.key(Qt.Key.Key_Tab)
        fingers.type(steps[-1])
        fingers.key(Qt.Key.Key_Return)


def down_to(fingers, kind: str) -> None:
    """To the first cell of a row, by keys."""
    fingers.key(Qt.Key.Key_Up, held=CTRL)
    fingers.key(Qt.Key.Key_Home)
    for _n in range(20):
        if fingers.window.selection.cell.lane == fingers.lane(kind):
            return
        fingers.key(Qt.Key.Key_Down)
    raise AssertionError(kind)


def think(fingers) -> None:
    """The first half is what Ines thinks; then a digit in the row of emotions makes the keys Otto's."""
    down_to(fingers, "emotion")
    fingers.key(Qt.Key.Key_1)
    down_to(fingers, "thoughts")
    for n in range(30):
        fingers.type(f"I{n}?")
        fingers.key(Qt.Key.Key_Tab)
    here = fingers.window.selection.cell.touchpoint
    down_to(fingers, "emotion")
    fingers.key(Qt.Key.Key_2)
    down_to(fingers, "thoughts")
    fingers.key(*[Qt.Key.Key_Right] * 3, held=CTRL)
    assert fingers.window.selection.cell.touchpoint == here
    for n in range(30, 60):
        fingers.type(f"O{n}!")
        fingers.key(Qt.Key.Key_Tab)


def feel(fingers) -> None:
    for key, name in ((Qt.Key.Key_1, "Ines"), (Qt.Key.Key_2, "Otto")):
        down_to(fingers, "emotion")
        fingers.key(key)
        for value in FELT[name]:
            if value:
                fingers.key(*[Qt.Key.Key_Plus if value > 0 else Qt.Key.Key_Minus] * (2 * abs(value)))
            else:
                fingers.key(Qt.Key.Key_Plus, Qt.Key.Key_Minus)
            fingers.key(Qt.Key.Key_Right)


def meet(fingers) -> None:
    """A quick field for the channel: what is known already needs its first letter only."""
    down_to(fingers, "journey")
    for n in range(60):
        name = CHANNELS[n % 4]
        fingers.key(Qt.Key.Key_C, held=CTRL | SHIFT)
        fingers.type(name if n < 4 else name[0].lower())
        fingers.key(Qt.Key.Key_Return, Qt.Key.Key_Right)


def test_sixty_touchpoints_with_thoughts_moods_and_channels_by_keys_alone(open_window, blank_file: Path, hands, qtbot):
    window = open_window(blank_file, size=(1366, 768))
    fingers = hands(window)
    fingers.key(Qt.Key.Key_F9, Qt.Key.Key_F10)  # room for the map: outline and inspector are shut
    for act in (add_people, add_grid, think, feel, meet):
        act(fingers)
    qtbot.waitUntil(lambda: window.status.saved_text() == "Saved on this computer", timeout=10_000)
    window.close()
    with Session.open(blank_file, read_only=True) as session:
        document = session.document
        assert [one.name for one in document.all(Phase)] == list(PHASES)
        rows = [document.referring(Touchpoint, "phase_id", one.id) for one in document.all(Phase)]
        assert [[one.name for one in row] for row in rows] == STEPS
        order = [one for row in rows for one in row]
        assert [document.one(Channel, one.channel_id or "").name for one in order] == [
            CHANNELS[n % 4] for n in range(60)
        ]
        assert not [name for name in CHANNELS if [one.name for one in document.all(Channel)].count(name) != 1]
        people = {one.id: one.name for one in document.all(Persona)}
        assert list(people.values()) == ["Ines", "Otto"]
        thoughts = {card.touchpoint_id: card for card in document.all(Card)}
        assert len(document.all(Card)) == 60
        said = [(people[thoughts[one.id].persona_id or ""], thoughts[one.id].text) for one in order]
        assert said == [("Ines", f"I{n}?") if n < 30 else ("Otto", f"O{n}!") for n in range(60)]
        felt = {(people[one.persona_id], one.touchpoint_id): one.value for one in document.all(Emotion)}
        assert len(felt) == 120
        for name, values in FELT.items():
            assert [felt[name, one.id] for one in order] == [float(value) for value in values]
