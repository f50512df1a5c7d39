"""Whose words stand on the map: the customer's, or the company's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from journeymap.i18n import _, ngettext
from journeymap.model.checker.remark import Remark, Sight

COMPANY: Final = re.compile(
    r"\b(crm|erp|sla|kpi|roi|b2c|lead (generation|nurturing|qualif\w*|scoring)|leads?|up-?sell\w*|cross-?sell\w*|conversion|funnel"
    r"|ticket (creation|escalation|routing)|escalation|back ?end|front ?end|workflow|stakeholders?|fulfil?ment|provision\w*"
    r"|compliance|kyc|data entry|batch|case handling|process(ing)? (of )?(the )?(order|claim|application|payment|request)s?"
    r"|customer (onboarding|acquisition|retention|data|record|segment\w*|identif\w*|contact is)|user (onboarding|registration|flow)"
    r"|leadgenerierung|neukundengewinnung|kundengewinnung|bestandskunden\w*|kundendaten|datenerfassung|stammdaten|vorgangsbearbeitung"
    r"|antragsbearbeitung|auftragsbearbeitung|sachbearbeit\w*|prozess\w*|freigabe\w*|eskalation\w*|mandant\w*|verprovision\w*)\b",
    re.IGNORECASE,
)
"""What no customer says of herself. German and English; a list of examples, not a dictionary."""

THIRD: Final = re.compile(
    r"^(the )?(customer|client|user|consumer|prospect|passenger|patient|visitor|guest)s? (is|are|has|have|was|gets?|receives?|will|\w+s)\b"
    r"|^(der|die|ein|eine) (kunde|kundin|nutzer|nutzerin|besteller|interessent|patient|patientin|gast|fahrgast)\b|^kunden? (\w+t|wird|ist|hat)\b",
    re.IGNORECASE,
)
"""The customer spoken of, as a company does: “Customer receives confirmation”, »Kunde erhält Bestätigung«."""


def company_words(seen: Sight) -> Iterator[Remark]:
    """Touchpoints named as the organisation names its processes."""
    found = [one for one in seen.touchpoints if COMPANY.search(one.name) or THIRD.search(one.name.strip())]
    if not found:
        return
    many = len(found)
    some = ", ".join(f"“{one.name}”" for one in found[:3])
    text = ngettext(
        "{count} touchpoint speaks the company's language: {names}.",
        "{count} touchpoints speak the company's language: {names}.",
        many,
    ).format(count=many, names=some + (", …" if many > 3 else ""))
    yield Remark(
        "company words",
        text,
        _("Say what the customer does, in her words: not “order processing”, but “wait for the parcel”."),
        tuple(one.id for one in found),
    )
