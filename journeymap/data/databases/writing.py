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
    """SQLite takes names of columns after the name of a CTE, and only there; sqlglot leaves them out everywhere."""
    from ibis.backends.sql import compilers
    from sqlglot import exp

    base = compilers.sqlite.compiler.dialect

    class Generator(base.Generator):  # type: ignore[misc,name-defined]
        def tablealias_sql(self, expression: exp.TableAlias) -> str:
            names = self.expressions(expression, key="columns", flat=True)
            if names and isinstance(expression.parent, exp.CTE):
                return f"{self.sql(expression, 'this')}({names})"
            return str(super().tablealias_sql(expression))

    return type("JourneymapSQLite", (base,), {"Generator": Generator})
