"""Measurements in: a source and a recipe become a data set, its measures and its count cube.

The counting engine is imported by the function that counts, and what leads to it when it is asked for, so that this
package costs nothing at start-up and a first guess is shown before anything is counted.
"""

from typing import TYPE_CHECKING

from journeymap.data.guessing.guess import Guess, guess
from journeymap.data.recipe import Columns, Question, Recipe, Source, read_recipe, write_recipe
from journeymap.data.sources import Sample, peek

if TYPE_CHECKING:
    from journeymap.data.intake import AlreadyImported, Intake, Stopped, prepare

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


def __getattr__(name: str) -> object:
    if name not in {"AlreadyImported", "Intake", "Stopped", "prepare"}:
        raise AttributeError(name)
    from journeymap.data import intake

    return getattr(intake, name)
