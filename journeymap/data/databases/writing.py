"""The writers of SQL, by dialect: those of ibis and sqlglot, and what two of them lack."""

from __future__ import annotations

from functools import cache
from typing import Any


def spoken(dialect: str) -> Any:
    """The dialect of sqlglot for a dialect of ibis."""
    from ibis.backends.sql import compilers

    return _sqlite() if dialect == "sqlite" else getattr(compilers, dialect).compiler.dialect


def writer(dialect: str) -> Any:
    """What turns an expression of ibis into a tree of sqlglot for a dialect."""
    from ibis.backends.sql import compilers

    return _mysql() if dialect == "mysql" else getattr(compilers, dialect).compiler


def _mysql() -> Any:
    """MySQL has had REGEXP_REPLACE since version 8; ibis does not write it yet."""
    from ibis.backends.sql.compilers.mysql import MySQLCompiler
    from ibis.expr import operations as ops

    class Writer(MySQLCompiler):  # type: ignore[misc]
        __slots__ = ()
        UNSUPPORTED_OPS = tuple(op for op in MySQLCompiler.UNSUPPORTED_OPS if op is not ops.RegexReplace)

        def visit_RegexReplace(self, _op: Any, *, arg: Any, pattern: Any, replacement: Any) -> Any:  # noqa: N802  (ibis's name)
            return self.f.anon.regexp_replace(arg, pattern, replacement)

    return Writer()


@cache
def _sqlite() -> Any:
    """SQLite takes names of columns after the name of a CTE, and has none elsewhere; sqlglot leaves them out everywhere."""
    from sqlglot.dialects.sqlite import SQLite

    class Named(SQLite):
        class Generator(SQLite.Generator):
            SUPPORTS_TABLE_ALIAS_COLUMNS = True

    return Named
