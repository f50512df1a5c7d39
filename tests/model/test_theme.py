"""Colours: tokens, contrast, brand kits, and that colour blindness takes nothing away."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeymap.model import theme

THEMES = {"light": theme.LIGHT, "dark": theme.DARK, "print": theme.PRINT}
TEXTS = [
    ("text", "stage3"), ("text2", "stage3"), ("text3", "stage2"), ("brand", "stage0"), ("on_brand", "brand"), ("brand_hi", "brand3"),
    ("on_phase", "phase"), ("on_phase2", "phase"), ("mett", "stage0"), ("opent", "openb"), ("missedt", "missedb"), ("pain", "stage0"),
    ("nonet", "noneb"), ("text", "trough"), ("text2", "metb"), ("text2", "openb"), ("text2", "missedb"), ("card", "pain"),
    *((f"p{i}t", "wash") for i in range(1, 7)),
]  # fmt: skip
SHAPES = [("control", "stage0"), ("met", "stage0"), ("open", "stage0"), ("missed", "missedb"), ("met", "metb"), ("open", "openb"),
          *((f"p{i}", "stage0") for i in range(1, 7))]  # fmt: skip

# Machado, Oliveira, Fernandes: "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009), severity 1.
BLINDNESS = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def seen(colour: str, matrix: tuple[tuple[float, ...], ...]) -> str:
    linear = [theme._linear(part) for part in theme.rgb(colour)]
    return theme._hex(*(theme._gamma(sum(m * v for m, v in zip(row, linear, strict=True))) for row in matrix))


def distance(one: str, other: str) -> float:
    points = []
    for colour in (one, other):
        lightness, chroma, hue = theme.oklch(colour)
        points.append((lightness, chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))))
    return 100 * math.dist(*points)


def test_every_theme_has_every_token() -> None:
    assert theme.LIGHT.keys() == theme.DARK.keys() == theme.PRINT.keys()


def test_the_tokens_are_those_of_the_design(shared) -> None:
    import json

    design = json.loads((shared / "design" / "look" / "tokens.json").read_text())
    for name, tokens in design.items():
        assert {token: THEMES[name][token] for token in tokens} == tokens


@pytest.mark.parametrize("name", THEMES)
def test_text_and_shapes_stand_out_from_their_ground(name: str) -> None:
    colours = THEMES[name]
    weak = [(ink, ground) for ink, ground in TEXTS if theme.contrast(colours[ink], colours[ground]) < 4.5]
    faint = [(ink, ground) for ink, ground in SHAPES if theme.contrast(colours[ink], colours[ground]) < 3.0]
    assert not weak
    assert not faint


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("eye", BLINDNESS)
def test_personas_and_statuses_differ_for_every_eye(name: str, eye: str) -> None:
    for tokens in ([f"p{i}" for i in range(1, 7)], ["met", "open", "missed"]):
        colours = [seen(THEMES[name][token], BLINDNESS[eye]) for token in tokens]
        assert min(distance(one, other) for one, other in combinations(colours, 2)) > 10


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}"), st.sampled_from(sorted(THEMES)))
def test_any_clients_colour_makes_a_readable_kit(colour: str, name: str) -> None:
    kit = theme.branded(THEMES[name], colour)
    assert theme.contrast(kit["on_phase"], kit["phase"]) >= 4.5
    assert theme.contrast(kit["on_phase2"], kit["phase"]) >= 4.5
    assert theme.contrast(kit["on_brand"], kit["brand"]) >= 4.5
    assert theme.contrast(kit["brand"], kit["stage0"]) >= 2.99
    kept = set(kit) - {
        "brand",
        "on_brand",
        "brand_hi",
        "brand1",
        "brand2",
        "brand3",
        "wash",
        "phase",
        "on_phase",
        "on_phase2",
    }
    assert {token: kit[token] for token in kept} == {token: THEMES[name][token] for token in kept}


def test_a_pale_brand_serves_the_phases_only() -> None:
    kit = theme.branded(theme.LIGHT, "#FFE100")
    assert kit["phase"] == "#FFE100"
    assert kit["brand"] == theme.LIGHT["text"]


def test_contrast_is_that_of_wcag() -> None:
    assert theme.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert theme.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@given(st.floats(0.45, 0.85), st.floats(0, 0.05), st.floats(0, 359))
def test_oklch_and_back(lightness: float, chroma: float, hue: float) -> None:
    back = theme.oklch(theme.from_oklch(lightness, chroma, hue))
    assert back[0] == pytest.approx(lightness, abs=0.01)
    assert back[1] == pytest.approx(chroma, abs=0.012)


def test_what_is_no_colour_is_refused() -> None:
    with pytest.raises(ValueError, match="RRGGBB"):
        theme.rgb("teal")
