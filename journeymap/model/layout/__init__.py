"""From records and figures to a picture: columns under phases, lanes as rows, everything a group with a meaning.

`Layout` is kept for as long as a map is open and follows it change by change: heights of cells are known for every
column, drawings are made where somebody looks, and both are forgotten only where a change touches them. What it
shows equals a fresh layout of the same document. Coordinates are those of the whole picture.
"""

from journeymap.model.layout.columns import Column
from journeymap.model.layout.damage import Damage
from journeymap.model.layout.grid import Rect, Row
from journeymap.model.layout.sheet import Layout

__all__ = ["Column", "Damage", "Layout", "Rect", "Row"]
