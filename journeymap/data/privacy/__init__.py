"""Personal data: found by the names of columns and by what texts hold; left out, pseudonymised or masked."""

from journeymap.data.privacy.columns import Found, found, kind_of, personal, reason
from journeymap.data.privacy.masking import Masked, mask, mask_identifiers
from journeymap.data.privacy.pseudonyms import key_file, pseudonymiser
from journeymap.data.privacy.recipes import cleaned, kept_of

__all__ = [
    "Found",
    "Masked",
    "cleaned",
    "found",
    "kept_of",
    "key_file",
    "kind_of",
    "mask",
    "mask_identifiers",
    "personal",
    "pseudonymiser",
    "reason",
]
