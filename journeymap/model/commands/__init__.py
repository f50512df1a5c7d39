"""The verbs: (document, …) → Change with a label for the undo menu. They touch nothing; `Session.perform` does.

The record that a command makes stands first in the Change's `added`: `made(change)` is its id. To do several
things as one step, see `journeymap.model.draft`.
"""

from __future__ import annotations

from journeymap.model.change import Change
from journeymap.model.commands.attaching import HUNG, Thing, add_attachments, hang, holds
from journeymap.model.commands.editing import delete, duplicate, edit, move, rename
from journeymap.model.commands.grid import (
    add_phase,
    add_state,
    add_touchpoint,
    move_phase,
    move_touchpoint,
    split_phase,
)
from journeymap.model.commands.lanes import (
    add_card,
    add_lane,
    clear_lane,
    colour_lane,
    fold_lane,
    move_card,
    show_lane,
    span_card,
)
from journeymap.model.commands.links import kind_between, link, reroute, unlink
from journeymap.model.commands.measured import accept, add_quote, attach, detach, dismiss, set_target, type_kpi
from journeymap.model.commands.organisation import (
    add_channel,
    add_department,
    channel,
    department,
    icon_for,
    set_channel,
    set_department,
)
from journeymap.model.commands.people import (
    HUES,
    add_persona,
    add_slider,
    add_trait,
    add_traits,
    emotion,
    set_emotion,
)
from journeymap.model.commands.plan import add_action, add_opportunity, add_pain, answer, unanswer
from journeymap.model.commands.register import (
    add_entries,
    add_entry,
    dismiss_offer,
    move_entry,
    say_no_data,
    set_entry,
    take_offer,
)
from journeymap.model.commands.several import carry, copy_touchpoints, move_touchpoints
from journeymap.model.commands.views import add_to_be, rename_view, save_view, update_view
from journeymap.model.commands.voices import add_story, tell_story
from journeymap.model.commands.whole import new_map, restore
from journeymap.model.records import Id

__all__ = [
    "HUES",
    "HUNG",
    "Thing",
    "accept",
    "add_action",
    "add_attachments",
    "add_card",
    "add_channel",
    "add_department",
    "add_entries",
    "add_entry",
    "add_lane",
    "add_opportunity",
    "add_pain",
    "add_persona",
    "add_phase",
    "add_quote",
    "add_slider",
    "add_state",
    "add_story",
    "add_to_be",
    "add_touchpoint",
    "add_trait",
    "add_traits",
    "answer",
    "attach",
    "carry",
    "channel",
    "clear_lane",
    "colour_lane",
    "copy_touchpoints",
    "delete",
    "department",
    "detach",
    "dismiss",
    "dismiss_offer",
    "duplicate",
    "edit",
    "emotion",
    "fold_lane",
    "hang",
    "holds",
    "icon_for",
    "kind_between",
    "link",
    "made",
    "move",
    "move_card",
    "move_entry",
    "move_phase",
    "move_touchpoint",
    "move_touchpoints",
    "new_map",
    "rename",
    "rename_view",
    "reroute",
    "restore",
    "save_view",
    "say_no_data",
    "set_channel",
    "set_department",
    "set_emotion",
    "set_entry",
    "set_target",
    "show_lane",
    "span_card",
    "split_phase",
    "take_offer",
    "tell_story",
    "type_kpi",
    "unanswer",
    "unlink",
    "update_view",
]  # fmt: skip


def made(change: Change) -> Id:
    """The id of the record that a command has made. Raises ValueError where it made none."""
    for id_ in change.added:
        return id_
    raise ValueError(f"“{change.label}” made nothing")
