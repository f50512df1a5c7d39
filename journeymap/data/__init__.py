"""Measurements in: a source and a recipe become a data set, its measures and its count cube.

What is named here is imported when it is asked for, so that this package costs nothing at start-up, a large source is
begun with before the rest is there, and a first guess is shown before anything is counted.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from journeymap.data.guessing.guess import Guess, guess
    from journeymap.data.intake import AlreadyImported, Stopped, prepare
    from journeymap.data.making import Intake
    from journeymap.data.recipe import Columns, Question, Recipe, Source, read_recipe, write_recipe
    from journeymap.data.sources import Sample, peek

__all__ = [
    "AlreadyImported",
    "Columns",
    "Guess",
    "Intake",
    "Question",
    "Recipe",
    "Sample",
    "Source",
    "Stopped",
    "guess",
    "peek",
    "prepare",
    "read_recipe",
    "write_recipe",
]

_ROOMS: Final = {
    "guessing.guess": ("Guess", "guess"),
    "intake": ("AlreadyImported", "Stopped", "prepare"),
    "making": ("Intake",),
    "recipe": ("Columns", "Question", "Recipe", "Source", "read_recipe", "write_recipe"),
    "sources": ("Sample", "peek"),
}


def __getattr__(name: str) -> object:
    for room, names in _ROOMS.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{room}"), name)
    raise AttributeError(name)
