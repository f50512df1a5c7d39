"""Passwords of databases: from the environment or the system's keyring, kept only there.

`keyring` (MIT) speaks to the Secret Service, KWallet, the macOS Keychain and the Windows Credential Locker. Where a
system has none, a password is asked for each time.
"""

from __future__ import annotations

import os
from typing import Final

from journeymap.data.address import Address, Secret
from journeymap.failure import Failure

VARIABLE: Final = "JOURNEYMAP_DATABASE_PASSWORD"
_SERVICE: Final = "Journeymap"


class PasswordNeeded(Failure):
    """The database wants a password, or another one than the one it was given."""


def known(address: Address) -> Secret | None:
    """The password of an address: typed just now, in the environment, or in the keyring."""
    if address.secret is not None:
        return address.secret
    if text := os.environ.get(VARIABLE):
        return Secret(text)
    return _kept(address)


def keep(address: Address, password: str) -> bool:
    """Puts a password into the system's keyring; whether there is one that took it."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(_SERVICE, _entry(address), password)
    except (KeyringError, RuntimeError, OSError):
        return False
    return True


def forget(address: Address) -> None:
    """Takes a password out of the keyring, where it is in it."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.delete_password(_SERVICE, _entry(address))
    except (KeyringError, RuntimeError, OSError):
        return


def _kept(address: Address) -> Secret | None:
    if not address.user:
        return None
    import keyring
    from keyring.errors import KeyringError

    try:
        text = keyring.get_password(_SERVICE, _entry(address))
    except (KeyringError, RuntimeError, OSError):
        return None
    return Secret(text) if text else None


def _entry(address: Address) -> str:
    """One entry for a user on a server, whatever database and table is asked."""
    port = f":{address.port}" if address.port is not None else ""
    return f"{address.kind}://{address.user}@{address.place}{port}"
