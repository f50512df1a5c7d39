"""Comments: their language, what they are about, how they judge; and what of it goes on the map."""

from journeymap.data.comments.again import again
from journeymap.data.comments.bringing import bring
from journeymap.data.comments.hearing import Heard, Listened, listen
from journeymap.data.comments.judgement import Judgement, judgement
from journeymap.data.comments.sentiment import asked, sentiment

__all__ = ["Heard", "Judgement", "Listened", "again", "asked", "bring", "judgement", "listen", "sentiment"]
