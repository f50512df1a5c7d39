"""A map as slides, phase by phase: pictures of 1600 × 900 units from the same drawing list as canvas and paper.

Nothing on a slide is smaller than 27 units, three per cent of its height, so that it can be read from the back of a
room. What does not fit goes to a further slide.
"""

from journeymap.model.slides.deck import Deck, Slide
from journeymap.model.slides.sizes import HIGH, LEAST, WIDE

__all__ = ["HIGH", "LEAST", "WIDE", "Deck", "Slide"]
