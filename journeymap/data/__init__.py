"""Measurements in: a source and a recipe become a data set, its measures and its count cube.

The counting engine is imported by the function that counts, so that this package costs nothing at start-up.
"""

from journeymap.data.guess import Guess, guess
from journeymap.data.intake import AlreadyImported, Intake, Stopped, prepare
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
