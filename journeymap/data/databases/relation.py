"""What of a database is read: a table, or the one SELECT of a recipe. Checked before anything is sent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from journeymap.data.databases.writing import spoken
from journeymap.data.recipe.source import Source
from journeymap.failure import Failure
from journeymap.i18n import _

if TYPE_CHECKING:
    from sqlglot import exp

SOURCE: Final = "journeymap_source"
"""What the rows are called in the questions that are sent."""
_PART: Final = r'(?:[^\W\d][\w$]*|"(?:[^"]|"")+"|`[^`]+`)'
_NAME: Final = re.compile(rf"{_PART}(?:\.{_PART}){{0,3}}")
_LONGEST: Final = 100_000
_FOR_FILES: Final = ("encoding", "delimiter", "header_rows", "sheet", "join")


def check_source(source: Source) -> None:
    """Raises Failure where a recipe speaks of a file, or does not say what to read."""
    for key in _FOR_FILES:
        if getattr(source, key) not in {"", None, ()}:
            raise Failure(
                _("“{key}” in [source] is for files; for a database, write a query that says the same.").format(key=key)
            )
    if bool(source.table) == bool(source.query):
        raise Failure(
            _('Say in [source] what to read of the database: table = "crm.visits" or query = "select …".')
            if not source.table
            else _("[source] names a table and a query; only one of them can be meant.")
        )


def relation(source: Source, dialect: str) -> exp.Query:
    """The rows of a source as a query. Raises Failure for what is no table's name and no single SELECT."""
    return _table(source.table, dialect) if source.table else _query(source.query, dialect)


def _table(name: str, dialect: str) -> exp.Query:
    from sqlglot import exp
    from sqlglot.errors import SqlglotError

    try:
        found = exp.to_table(name, dialect=spoken(dialect)) if _NAME.fullmatch(name) else None
    except (SqlglotError, ValueError):
        found = None
    if found is None:
        raise Failure(_("“{name}” is no name of a table, such as crm.visits.").format(name=name[:80]))
    return exp.select("*").from_(found)


def _query(text: str, dialect: str) -> exp.Query:
    import sqlglot
    from sqlglot import exp
    from sqlglot.errors import SqlglotError

    if len(text) > _LONGEST:
        raise Failure(_("The query in [source] is longer than {most} characters.").format(most=_LONGEST))
    try:
        found = [one for one in sqlglot.parse(text, read=spoken(dialect)) if one is not None]
    except (SqlglotError, RecursionError) as error:
        raise Failure(
            _("The query in [source] cannot be understood: {reason}.").format(
                reason=str(error).splitlines()[0].replace("\x1b[4m", "").replace("\x1b[0m", "")
            )
        ) from error
    writes = (exp.DML, exp.DDL, exp.Command, exp.Into, exp.Lock)
    if len(found) != 1 or not isinstance(found[0], exp.Query):
        raise Failure(_("The query in [source] has to be one SELECT; nothing is ever written into a database."))
    for part in found[0].walk():
        if isinstance(part, writes) and not isinstance(part, exp.Query):
            raise Failure(_("The query in [source] has to be one SELECT; nothing is ever written into a database."))
    return found[0]
