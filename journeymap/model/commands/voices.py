"""What customers say and want: user stories (quotes are in `measured`, needs and thoughts are cards)."""

from __future__ import annotations

from typing import Any

from journeymap.i18n import _
from journeymap.model import stories
from journeymap.model.change import Change, updating
from journeymap.model.commands import rows
from journeymap.model.document import Document
from journeymap.model.records import Id, Touchpoint, UserStory, new_id, with_fields


def add_story(document: Document, /, touchpoint_id: Id, text: str, **fields: Any) -> Change:
    """A user story as it is told (see `model.stories`); `persona_id` says whose it is where the text names nobody."""
    rows.wanted(document, Touchpoint, touchpoint_id)
    told = stories.read(text)
    who = stories.person(document, told.who)
    fields |= {"persona_id": who.id} if who is not None else {}
    words = {"want": told.want, "benefit": told.benefit, "expectation": told.expectation}
    story = UserStory(new_id(), touchpoint_id, **{**words, **fields})
    place = rows.into(document, story, None)
    made = with_fields(story, {"order": place.keys[0]})
    return Change(_("Add user story"), {made.id: made}, rows.reordered(document, place))


def tell_story(document: Document, story_id: Id, text: str) -> Change:
    """A user story told anew. Whose it is stays, unless the text names a persona of the map, or begins without one."""
    story = rows.wanted(document, UserStory, story_id)
    told = stories.read(text)
    who = stories.person(document, told.who)
    whose = who.id if who is not None else story.persona_id if told.who else None
    words = {"want": told.want, "benefit": told.benefit, "expectation": told.expectation}
    return updating(_("Edit user story"), story, persona_id=whose, **words)
