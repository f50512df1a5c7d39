"""What follows from the map: owners, a finding, actions that answer the pains."""

from __future__ import annotations

from collections.abc import Iterator

from journeymap.i18n import _, ngettext
from journeymap.model.checker.remark import Remark, Sight
from journeymap.model.records import Action, Answer, PainPoint


def no_owner(seen: Sight) -> Iterator[Remark]:
    """Touchpoints that nobody looks after."""
    alone = [one for one in seen.touchpoints if not one.owner.strip() and one.department_id is None]
    if not alone:
        return
    many = len(alone)
    text = ngettext("{count} touchpoint has no owner.", "{count} touchpoints have no owner.", many).format(count=many)
    yield Remark(
        "no owner",
        text,
        _("What belongs to nobody is mended by nobody. Give each touchpoint a department or a person."),
        tuple(one.id for one in alone),
        "mistake" if many * 2 > len(seen.touchpoints) else "hint",
    )


def only_a_poster(seen: Sight) -> Iterator[Remark]:
    """The workshop's output, taken as the result: no finding, no pain, no action."""
    document = seen.document
    if seen.map.example or document.all(Action):
        return
    if not seen.map.finding.strip() and not document.all(PainPoint):
        yield Remark(
            "workshop output as the result",
            _("Nothing follows from this map."),
            _(
                "A map is not the result, it is where the work begins: name what hurts, say the one finding, and answer it."
            ),
            (seen.map.id,),
        )


def unanswered(seen: Sight) -> Iterator[Remark]:
    """Severe pains without an action, the worst first."""
    document = seen.document
    severe = sorted(
        (pain for pain in document.all(PainPoint) if pain.severity >= 4), key=lambda pain: (-pain.severity, pain.number)
    )
    open_ = [pain for pain in severe if not document.referring(Answer, "pain_id", pain.id)]
    if open_:
        many = len(open_)
        text = ngettext(
            "{count} severe pain has no answer.", "{count} severe pains have no answer.", many
        ).format(count=many)  # fmt: skip
        why = _("Whoever names a pain and does nothing has made it worse. Answer it with an action, or say why not.")
        yield Remark("pains without an answer", text, why, tuple(pain.id for pain in open_), "hint")
