"""Links that people type or paste: an address, with a name before or behind it."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.model.commands.attaching import Thing

_URL: Final = re.compile(r"(?:https?://|mailto:|www\.)[^\s<>\"]+", re.IGNORECASE)


def is_link(text: str) -> bool:
    """Whether a text holds an address."""
    return _URL.search(text) is not None


def read(text: str) -> Thing:
    """The link in a text; what stands around the address is its name. Raises Failure where there is none."""
    found = _URL.search(text)
    if found is None:
        raise Failure(
            _(
                "“{text}” is no link; it begins with https://, http:// or mailto:. Press Ctrl+Shift+U to attach a file."
            ).format(text=text[:60])
        )
    address = found[0].rstrip(".,;)")
    url = f"https://{address}" if address.lower().startswith("www.") else address
    name = " ".join((text[: found.start()] + " " + text[found.start() + len(address) :]).split()).strip(" :–-|")
    return Thing(name, url=url)


def place(url: str) -> str:
    """Where a link leads, short: the host, or the address of a mail."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return parts.netloc.rpartition("@")[2].removeprefix("www.") or parts.path
