"""The register of personal data: what each touchpoint processes, why, on what basis, how long, who receives it (D17)."""

from journeymap.model.register.offers import Offer, offers
from journeymap.model.register.pasted import names_columns, pasted
from journeymap.model.register.places import FIELDS, Gaps, Place, gaps, lacking, places, told
from journeymap.model.register.terms import (
    BASES,
    CONDITIONS,
    bases,
    basis,
    condition,
    condition_short,
    conditions,
    field_name,
    looks_special,
    no_data,
    read_basis,
    read_condition,
    retentions,
)

__all__ = [
    "BASES", "CONDITIONS", "FIELDS", "Gaps", "Offer", "Place", "bases", "basis", "condition", "condition_short", "conditions", "field_name",
    "gaps", "lacking", "looks_special", "names_columns", "no_data", "offers", "pasted", "places", "read_basis", "read_condition", "retentions", "told",
]  # fmt: skip
