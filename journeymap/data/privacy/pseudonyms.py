"""Pseudonyms: a keyed hash in the place of a value, so that the same customer stays the same without being named.

Pseudonymised data is still personal data (GDPR, recital 26): whoever has the key can try values until one fits. So the
key is never in a map, a log or an export. It lives in a file of the user's configuration folder that only this user
can read (mode 0600), by default `~/.config/journeymap/pseudonym.key` on Linux; JOURNEYMAP_KEY names another place. Two
people whose figures have to fit together need the same key: copy the file to the colleague's configuration folder by a
way that you trust with the data itself. A lost key cannot be had again; new pseudonyms then differ from the old ones.

Why a file and no keyring of the system: it is there without a desktop too, on a server as on a laptop, never asks
in the middle of an import, and moves to a colleague by being copied. HMAC-SHA-256 (RFC 2104), cut to 80 bits: among
ten million customers two share a pseudonym with a chance of one in twenty thousand million.
"""

from __future__ import annotations

import hmac
import os
import secrets
from base64 import b32encode
from collections.abc import Callable
from pathlib import Path

from journeymap.failure import Failure
from journeymap.i18n import _

_BYTES = 32
_KEPT = 10


def key_file() -> Path:
    """Where the key is, or will be when it is first needed."""
    said = os.environ.get("JOURNEYMAP_KEY")
    if said:
        return Path(said)
    from platformdirs import user_config_path

    return user_config_path("journeymap", appauthor=False) / "pseudonym.key"


def pseudonymiser(path: Path | None = None) -> Callable[[str], str]:
    """The function that gives a value its pseudonym; the key is made where there is none yet.

    Equal values but for case and white space have the same pseudonym, in every column, file and map under the same
    key; an empty one stays empty. Raises Failure where the key can be neither read nor made, or is none.
    """
    key = _key(path or key_file())

    def pseudonym(value: str) -> str:
        plain = " ".join(value.split()).casefold()
        if not plain:
            return ""
        return "p-" + b32encode(hmac.digest(key, plain.encode(), "sha256")[:_KEPT]).decode().lower()

    return pseudonym


def _key(path: Path) -> bytes:
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        return _made(path)
    except OSError as error:
        raise Failure(
            _("The key of the pseudonyms, {path}, cannot be read: {reason}.").format(path=path, reason=error.strerror)
        ) from error
    except ValueError:
        key = b""
    if len(key) < _BYTES:
        raise Failure(
            _("{path} is not a key of pseudonyms; put the right file there, or move it away for a new key.").format(
                path=path
            )
        )
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise Failure(
            _("Other users can read the key of the pseudonyms; forbid it with: chmod 600 {path}").format(path=path)
        )
    return key


def _made(path: Path) -> bytes:
    """A new key, on the disk before it is used; another process may have been faster, then its key counts."""
    key = secrets.token_bytes(_BYTES)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        number = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(number, "w", encoding="ascii") as file:
                file.write(key.hex() + "\n")
                file.flush()
                os.fsync(file.fileno())
            os.link(beside, path)
        except FileExistsError:
            return _key(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise Failure(
            _("The key of the pseudonyms cannot be kept in {path}: {reason}.").format(path=path, reason=error.strerror)
        ) from error
    return key
