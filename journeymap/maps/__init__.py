"""Maps from elsewhere: what other tools write becomes phases, touchpoints and what hangs on them.

One module a format; each reads text into a `Brought`, which says in words what it could not take along. `adding` puts
a `Brought` onto a map as one Change, or makes a new one of it.
"""

from journeymap.maps.adding import add, records
from journeymap.maps.brought import Brought, Loss
from journeymap.maps.opening import is_map, read

__all__ = ["Brought", "Loss", "add", "is_map", "read", "records"]
