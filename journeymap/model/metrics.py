"""Sizes per medium: one frozen record that the layout reads, so that screen and paper are one drawing.

Lengths of the screen are pixels at 100 %, those of paper are points; `k` is the size of one point on A3 in these
units (1.5625 px on the screen, 1 on A3, 2.92 on A0), for the small measures that scale alike everywhere.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Final

from msgspec import Struct
from msgspec.structs import replace


class Metrics(Struct, frozen=True):
    """Everything the layout needs to know about a medium."""

    medium: str  # screen | paper
    k: float
    s: float  # type: captions, units, cells
    m: float  # body, card titles, thoughts
    l: float  # noqa: E741 - the type step's name: KPI value, phase name
    pitch: float  # column to column
    gap: float  # between cards
    phase_gap: float  # extra between phases
    names: float  # lane-name column with its margin
    pad: float  # inner padding
    lane_pad: float  # above and below a lane's content
    radius: float  # cards, chips
    radius_bar: float  # bars, owners
    hair: float
    line: float
    chevron: float
    head: float  # height of the band of phases
    card: float
    arc_step: float  # between arcs above the cards
    emotion: float
    chip: float
    opportunity: float
    bar: float
    owner: float
    empty: float  # height of a lane without content
    folded: float
    level: str = "full"  # full | summary | sketch: how much is drawn

    @property
    def card_width(self) -> float:
        """Width of a card in its column."""
        return self.pitch - self.gap

    @property
    def paper(self) -> bool:
        """Whether this is print: nothing to click, empty lanes are left out."""
        return self.medium == "paper"


SCREEN: Final = Metrics(
    medium="screen", k=1.5625, s=11, m=13, l=16, pitch=136, gap=12, phase_gap=12, names=120, pad=10, lane_pad=8,
    radius=6, radius_bar=3, hair=1, line=1, chevron=36, head=52, card=88, arc_step=18, emotion=222, chip=66,
    opportunity=38, bar=28, owner=24, empty=32, folded=30,
)  # fmt: skip

SUMMARY_BELOW: Final = 0.7
"""Under this zoom the screen shows summaries: type keeps its size while the geometry shrinks."""

SKETCH_BELOW: Final = 0.35
"""Under this zoom, and in thumbnails, the screen shows no text at all."""

_A3: Final = Metrics(
    medium="paper", k=1, s=7, m=8.4, l=10, pitch=64.6, gap=5.6, phase_gap=6, names=80, pad=4.4, lane_pad=5,
    radius=3, radius_bar=2, hair=0.5, line=0.75, chevron=24, head=40, card=52, arc_step=11.5, emotion=143, chip=41,
    opportunity=21, bar=18, owner=16, empty=16, folded=18,
)  # fmt: skip

PITCHES: Final = {"compact": 112.0, "normal": 136.0, "wide": 176.0}
"""Column pitches of the screen, px."""

LEAST_SCREEN_PITCH: Final = 104.0
MOST_PITCH: Final = 320.0
"""Between these a person may set the pitch of the columns (`Map.column_width`), px."""

MOST_ROW: Final = 1000
"""The highest that a person may make a lane, px."""

LEAST_PITCH: Final = 52.0
"""The narrowest column on paper, pt at k = 1: a card's title still has nine letters a line."""


@cache
def screen(pitch: str | float = "normal", emotion: float = 0.0) -> Metrics:
    """Metrics of the screen in px at 100 %; `pitch` is compact (112), normal (136), wide (176) or a number of px,
    `emotion` the height of the curves where it is not the usual one.
    """
    wide = PITCHES[pitch] if isinstance(pitch, str) else min(MOST_PITCH, max(LEAST_SCREEN_PITCH, pitch))
    return replace(SCREEN, pitch=wide, emotion=max(emotion, SCREEN.emotion))


def summary(zoom: float, pitch: str | float = "normal") -> Metrics:
    """Metrics of the screen for a zoom of 35 to 70 %: columns as at 100 %, type and rows as large as `zoom` undoes.

    Painted at `zoom`, captions are 11 px and tiles 98 px high, and every column stands where it does in full. Narrow
    tiles have less room around their words, so that a short word or a value is whole down to 35 %.
    """
    px = 1 / zoom
    full = screen(pitch)
    pad = min(6.0, max(3.0, (full.card_width * zoom - 38) / 2))
    return replace(
        full, level="summary", k=1.25 * px, s=11 * px, m=11 * px, l=13 * px, pad=pad * px, lane_pad=5 * px,
        radius=5 * px, radius_bar=3 * px, hair=px, line=px, chevron=28 * px, head=40 * px, card=98 * px, arc_step=0.0,
        emotion=164 * px, owner=20 * px, empty=0.0, folded=0.0,
    )  # fmt: skip


def sketch(zoom: float, pitch: str | float = "normal") -> Metrics:
    """Metrics of the screen for a zoom under 35 % and for thumbnails: phases, card blocks, curves and status blocks."""
    px = 1 / zoom
    return replace(
        screen(pitch), level="sketch", k=0.8 * px, s=4 * px, m=4 * px, l=4 * px, pad=2 * px, lane_pad=2.5 * px,
        radius=2 * px, radius_bar=px, hair=px, line=px, chevron=10 * px, head=14 * px, card=16 * px, arc_step=0.0,
        emotion=64 * px, chip=7 * px, owner=5 * px, empty=0.0, folded=0.0,
    )  # fmt: skip


def at_zoom(zoom: float, pitch: str | float = "normal", emotion: float = 0.0) -> Metrics:
    """The screen's metrics for a zoom: everything, summaries, or sketches. Zooms are rounded to steps of a tenth part,
    so that a layout serves many of them. `pitch` and `emotion` as in `screen`.
    """
    if zoom >= SUMMARY_BELOW:
        return screen(pitch, emotion)
    return _afar(round(math.log(max(0.02, zoom), 1.1)), pitch, near=zoom >= SKETCH_BELOW)


@cache
def _afar(tenths: int, pitch: str | float, *, near: bool) -> Metrics:
    return summary(1.1**tenths, pitch) if near else sketch(1.1**tenths, pitch)


def paper(k: float = 1.0, pitch: float | None = None) -> Metrics:
    """Metrics of paper in pt: A3 scaled by `k`; `pitch` in pt at k = 1 (64.6 where None)."""
    scaled = {
        name: getattr(_A3, name) * k for name in Metrics.__struct_fields__ if name not in {"medium", "k", "level"}
    }
    made = replace(_A3, k=k, **scaled)
    return made if pitch is None else replace(made, pitch=pitch * k)


def fitting(columns: int, phases: int, width: float, k: float = 1.0) -> Metrics:
    """The widest paper metrics at which `columns` in `phases` and the lane names fit into `width` pt.

    The pitch stays within 52 … 110 pt × k; whether the map then really fits is the layout's width against `width`.
    """
    base = paper(k)
    room = width - base.names - max(0, phases - 1) * base.phase_gap
    pitch = room / max(1, columns) / k
    return paper(k, min(110.0, max(LEAST_PITCH, pitch)))
