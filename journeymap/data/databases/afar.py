"""The counting engine, where the rows are in a database: the same questions, and only counts come back.

It has the doors of `engine.Engine`. What that one works out into a table, this one writes into each question as a
common table expression (WITH …): no table is made there, and the right to read is enough. What texts mean goes along as
VALUES. The cube, once counted, lies in an embedded engine (`here`), where its grain is settled as for files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from journeymap.data.counting.engine import Arrow, Engine, Interrupted
from journeymap.data.databases.connection import Connection, Refused
from journeymap.data.databases.relation import SOURCE
from journeymap.data.databases.writing import spoken, writer
from journeymap.failure import Failure
from journeymap.i18n import _

if TYPE_CHECKING:
    import ibis
    from sqlglot import exp


MOST_MEANINGS: Final = 20_000
"""So many texts with their meaning are sent along with a question."""


_TOLD: Final = frozenset({"postgres", "duckdb"})


class Afar(Engine):
    """Asks `connection` about the rows of the query `rows`. `folder` is private; the caller removes it."""

    far = True

    def __init__(self, connection: Connection, rows: exp.Query, folder: Path) -> None:
        self._connection, self._here = connection, Engine(folder)
        self._dialect = spoken(connection.dialect)
        self._steps: dict[str, exp.Query] = {}
        self._once: set[str] = set()
        self._add(SOURCE, rows)
        self._stopped = False

    @property
    def here(self) -> Engine:
        """The engine on this machine, for what was brought."""
        return self._here

    def close(self) -> None:
        """Ends the connection, and lets go of memory and files."""
        self.here.close()
        self._connection.close()

    def interrupt(self) -> None:
        """Stops the question that is being answered, and every later one; callable from another thread."""
        self._stopped = True
        self._connection.interrupt()
        self.here.interrupt()

    def keep(self, name: str, expression: ibis.Table) -> ibis.Table:
        """Gives `expression` a name for later questions; nothing is asked yet."""
        import ibis

        self._add(name, self._compiled(expression))
        return ibis.table(expression.schema(), name=name)

    def once(self, name: str, expression: ibis.Table) -> ibis.Table:
        """As `keep`, and to be worked out only once in a question, where the database can be told so."""
        self._once.add(name)
        return self.keep(name, expression)

    def show(self, name: str, expression: ibis.Table) -> ibis.Table:
        """As `keep`."""
        return self.keep(name, expression)

    def drop(self, name: str) -> None:
        """Nothing is kept there that could be dropped."""

    def put(self, name: str, types: dict[str, str], rows: Iterable[Sequence[str | int | float]]) -> ibis.Table:
        """A small table from Python, sent along with every question that needs it; in `here` as well."""
        known = [tuple(row) for row in rows]
        if len(known) > MOST_MEANINGS:
            raise Failure(
                _(
                    "A column holds more than {most} different texts, too many to be sent along; let a query make dates"
                    " of times, or groups of texts."
                ).format(most=MOST_MEANINGS)
            )
        self._add(name, self._values(tuple(types), known))
        return self.here.put(name, types, known)

    def bring(self, name: str, expression: ibis.Table) -> ibis.Table:
        """Works `expression` out there, and puts the answer into a table of `here`."""
        return self.here.take(name, self.ask(expression))

    def ask(self, expression: ibis.Table) -> Arrow:
        """The answer to `expression` as an Arrow table. Raises Failure where the database refuses it."""
        return arrow(self._asked(self._compiled(expression))[1], expression.schema())

    def stream(self, expression: ibis.Table, rows: int = 100_000) -> Iterable[Arrow]:
        """The answer to `expression` in pieces of `rows`."""
        with self._asking():
            for piece in self._connection.pieces(self.sql(self._compiled(expression)), rows):
                yield arrow(piece, expression.schema())

    def first(self, count: int) -> tuple[tuple[str, ...], Sequence[Sequence[Any]]]:
        """The names of the columns of what is read, and its first rows as the driver gives them. Raises Failure."""
        from sqlglot import exp

        wanted = exp.select("*").from_(exp.to_table(SOURCE, quoted=True)).limit(count)
        return self._asked(wanted)

    def _asked(self, query: exp.Query) -> tuple[tuple[str, ...], Sequence[Sequence[Any]]]:
        with self._asking():
            return self._connection.ask(self.sql(query))

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Turns what the database refuses into words, and what was stopped into `Interrupted`."""
        if self._stopped:
            raise Interrupted
        try:
            yield
        except Refused as error:
            if self._stopped:
                raise Interrupted from None
            raise Failure(
                _("{database} cannot answer: {reason}.").format(database=self._connection.address.name, reason=error)
            ) from None
        if self._stopped:
            raise Interrupted

    # ------------------------------------------------------------ writing

    def sql(self, query: exp.Query) -> str:
        """The question as it is sent."""
        from sqlglot import exp

        own = _apart("", query)
        needed: dict[str, exp.Query] = {}
        for part in own.values():
            self._need(part, needed)
        steps = {name: step for name, step in self._steps.items() if name in needed} | own
        *before, (_last, body) = steps.items()
        body = body.copy()
        if before:
            ctes = [
                exp.CTE(
                    this=step.copy(),
                    alias=exp.TableAlias(this=exp.to_identifier(name, quoted=True)),
                    materialized=True if name in self._once and self._connection.dialect in _TOLD else None,
                )
                for name, step in before
            ]
            body.set("with_", exp.With(expressions=ctes))
        return str(body.sql(dialect=self._dialect))

    def _compiled(self, expression: ibis.Table) -> exp.Query:
        found: exp.Query = writer(self._connection.dialect).to_sqlglot(expression.unbind())
        return found

    def _add(self, name: str, query: exp.Query) -> None:
        self._steps |= _apart(name, query)

    def _need(self, query: exp.Expression, needed: dict[str, exp.Query]) -> None:
        from sqlglot import exp

        for table in query.find_all(exp.Table):
            step = self._steps.get(table.name) if not table.db else None
            if step is not None and table.name not in needed:
                needed[table.name] = step
                self._need(step, needed)

    def _values(self, names: Sequence[str], rows: list[tuple[str | int | float, ...]]) -> exp.Query:
        from sqlglot import exp

        shown: list[Any] = [exp.to_identifier(name, quoted=True) for name in names]
        if self._connection.dialect == "sqlite":  # has no names for the columns of VALUES but its own
            columns = [
                exp.alias_(exp.column(f"column{place}"), name) for place, name in enumerate(shown, 1)
            ]  # fmt: skip
            return exp.select(*columns).from_(exp.values(rows, alias="given"))
        return exp.select(*(exp.column(name) for name in shown)).from_(exp.values(rows, alias="given", columns=shown))


def _apart(name: str, query: exp.Query) -> dict[str, exp.Query]:
    """A query as steps, the inner ones first: its own WITH is taken out, under names that no other query has.

    Spark refuses the same name within another; and a step that is needed twice is written once.
    """
    from sqlglot import exp

    query = query.copy()
    ctes = list(query.ctes)
    if not ctes or name == SOURCE:
        return {name: query}
    query.set("with_", None)
    renamed = {cte.alias: f"{name}_{cte.alias}" for cte in ctes}
    steps = {renamed[cte.alias]: cte.this for cte in ctes} | {name: query}
    for step in steps.values():
        for table in step.find_all(exp.Table):
            if table.name in renamed and not table.db:
                if not table.alias:
                    table.set("alias", exp.TableAlias(this=exp.to_identifier(table.name, quoted=True)))
                table.set("this", exp.to_identifier(renamed[table.name], quoted=True))
    return steps


def arrow(rows: Sequence[Sequence[Any]], schema: Any) -> Arrow:
    """Rows as an Arrow table of a schema; drivers give sums as whole or decimal numbers as they like."""
    import pyarrow as pa

    wanted = schema.to_pyarrow()
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(wanted)
    made = [
        pa.array([None if value is None else _SHAPES.get(_kind(kind), _same)(value) for value in column], kind.type)
        for column, kind in zip(columns, wanted, strict=True)
    ]
    return pa.table(made, schema=wanted)


def _kind(field: Any) -> str:
    import pyarrow.types as kinds

    if kinds.is_integer(field.type):
        return "whole"
    if kinds.is_boolean(field.type):
        return "yes or no"
    return "real" if kinds.is_floating(field.type) else "text" if kinds.is_string(field.type) else "other"


def _same(value: Any) -> Any:
    return value


_SHAPES: Final[dict[str, Any]] = {"whole": int, "real": float, "text": str, "yes or no": bool, "other": _same}
