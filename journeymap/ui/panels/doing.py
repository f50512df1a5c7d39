"""How panels change a map: one command, one Change, and the reason in words where it is refused."""

from __future__ import annotations

from collections.abc import Callable

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model.change import Change
from journeymap.model.document import Conflict, Document
from journeymap.ui.map import OpenMap


def attempt(open_map: OpenMap, make: Callable[[Document], Change]) -> str:
    """Makes a change and puts it into effect; "" or the sentence why not. A change of nothing is not performed."""
    if open_map.session.read_only:
        return _("This version can only be read. Open the map itself to change it.")
    try:
        change = make(open_map.document)
        if change:
            open_map.session.perform(change)
    except Failure as problem:
        return str(problem)
    except (Conflict, KeyError):
        return _("This was changed or deleted meanwhile, perhaps in another window. Look again and repeat it.")
    return ""
