"""Which kind of database an address names; its driver is imported when it is wanted."""

from __future__ import annotations

from journeymap.data.address import Address
from journeymap.data.databases import passwords
from journeymap.data.databases.connection import Connection


def connect(address: Address) -> Connection:
    """Connects with what is known of a password. Raises Failure, PasswordNeeded where one is wanted."""
    secret = passwords.known(address)
    if address.kind == "duckdb":
        from journeymap.data.databases.local import LocalFile

        return LocalFile(address)
    if address.kind == "spark":
        from journeymap.data.databases.spark import Spark

        return Spark(address)
    from journeymap.data.databases.relational import Relational

    return Relational(address, secret)
