"""`filter` of a recipe: which rows of the source are used. A small language, read by sqlglot, that is not handed to any
database as it stands: comparisons of columns with texts, numbers and other columns, IN, BETWEEN, LIKE, IS NULL, AND, OR, NOT.

    Status != 'Survey Preview' and "Duration (in seconds)" >= 30

A text in single quotes is compared without regard to white space around it; a number compares numbers, and a cell that
is none is never greater or less. An empty cell is the empty text. Column names with blanks stand in double quotes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from journeymap.data.counting.quantities import number_of
from journeymap.failure import Failure
from journeymap.i18n import _

if TYPE_CHECKING:
    import ibis
    from sqlglot import exp

_LONGEST = 2000


def columns_of(filter_: str) -> list[str]:
    """The columns that a filter names, in its order. Raises Failure where it cannot be understood."""
    from sqlglot import exp

    tree = _tree(filter_)
    _Reading(lambda name: name, {}, ".").check(tree, filter_)
    return list(dict.fromkeys(found.name for found in _in_order(tree, exp.Column)))


def condition(filter_: str, table: ibis.Table, place: dict[str, int], decimal: str) -> Any:
    """The filter as a condition on the staged table; `place` says which of its columns `c…` a name is."""
    return _Reading(lambda name: table[f"c{place[name]}"].fill_null(""), place, decimal).boolean(_tree(filter_))


def _in_order(tree: exp.Expression, kind: type[Any]) -> list[Any]:
    return [found for found in tree.walk(bfs=False) if isinstance(found, kind)]


def _tree(filter_: str) -> exp.Expression:
    import sqlglot
    from sqlglot.errors import SqlglotError

    if len(filter_) > _LONGEST:
        raise Failure(_("The filter of the recipe is longer than {most} characters.").format(most=_LONGEST))
    try:
        found = sqlglot.parse(filter_, read="duckdb")
    except (SqlglotError, RecursionError) as error:
        raise _not_understood(filter_) from error
    if len(found) != 1 or found[0] is None:
        raise _not_understood(filter_)
    return found[0]


def _not_understood(filter_: str) -> Failure:
    return Failure(
        _(
            "The filter “{filter}” cannot be understood; write it like: Status != 'Survey Preview' and Age >= 18."
        ).format(filter=filter_[:80])
    )


class _Reading:
    """Turns the tree of a filter into conditions. `cell` gives the text of a column."""

    def __init__(self, cell: Callable[[str], Any], place: dict[str, int], decimal: str) -> None:
        self.cell, self.place, self.decimal = cell, place, decimal

    def check(self, tree: exp.Expression, filter_: str) -> None:
        """Whether the filter is made of what is known. Raises Failure."""
        from sqlglot import exp

        known = (exp.Column, exp.Identifier, exp.Literal, exp.And, exp.Or, exp.Not, exp.Paren, exp.EQ, exp.NEQ, exp.GT, exp.GTE,
                 exp.LT, exp.LTE, exp.In, exp.Between, exp.Like, exp.Is, exp.Null, exp.Boolean, exp.Neg)  # fmt: skip
        for part in tree.walk():
            if not isinstance(part, known) or (isinstance(part, exp.Column) and part.table):
                raise _not_understood(filter_)
        if not isinstance(tree, (exp.And, exp.Or, exp.Not, exp.Paren, exp.Predicate, exp.Boolean)):
            raise _not_understood(filter_)

    def boolean(self, tree: exp.Expression) -> Any:  # noqa: C901  (one case for each sign of the language)
        """The tree as a condition."""
        import ibis
        from sqlglot import exp

        match tree:
            case exp.And():
                return self.boolean(tree.left) & self.boolean(tree.right)
            case exp.Or():
                return self.boolean(tree.left) | self.boolean(tree.right)
            case exp.Not():
                return ~self.boolean(tree.this)
            case exp.Paren():
                return self.boolean(tree.this)
            case exp.Boolean():
                return ibis.literal(bool(tree.this))
            case exp.In():
                return ibis.or_(*(self._compared(exp.EQ, tree.this, one) for one in tree.expressions))
            case exp.Between():
                low, high = tree.args["low"], tree.args["high"]
                return self._compared(exp.GTE, tree.this, low) & self._compared(exp.LTE, tree.this, high)
            case exp.Is():
                return self._text(tree.this) == ""
            case exp.Like():
                return self._text(tree.this).like(str(tree.expression.this))
            case exp.EQ() | exp.NEQ() | exp.GT() | exp.GTE() | exp.LT() | exp.LTE():
                return self._compared(type(tree), tree.left, tree.right)
        raise _not_understood(str(tree))

    def _compared(self, how: type[Any], left: exp.Expression, right: exp.Expression) -> Any:
        from sqlglot import exp

        signs: dict[type[Any], Callable[[Any, Any], Any]] = {
            exp.EQ: lambda a, b: a == b, exp.NEQ: lambda a, b: a != b, exp.GT: lambda a, b: a > b,
            exp.GTE: lambda a, b: a >= b, exp.LT: lambda a, b: a < b, exp.LTE: lambda a, b: a <= b,
        }  # fmt: skip
        if _is_number(left) or _is_number(right):
            found = signs[how](self._number(left), self._number(right))
            return found.fill_null(how is exp.NEQ)
        one, other = self._text(left), self._text(right)
        found = signs[how](one, other)
        if how in {exp.GT, exp.GTE, exp.LT, exp.LTE}:  # nothing is known of an empty cell
            found = found & (one != "") & (other != "")
        return found

    def _number(self, part: exp.Expression) -> Any:
        import ibis
        from sqlglot import exp

        if isinstance(part, exp.Column):
            return number_of(self.cell(part.name), self.decimal)
        if isinstance(part, exp.Neg):
            return -self._number(part.this)
        try:
            return ibis.literal(float(part.this))
        except (TypeError, ValueError) as error:
            raise _not_understood(str(part)) from error

    def _text(self, part: exp.Expression) -> Any:
        import ibis
        from sqlglot import exp

        if isinstance(part, exp.Column):
            return self.cell(part.name).strip()
        if isinstance(part, exp.Literal):
            return ibis.literal(str(part.this).strip())
        raise _not_understood(str(part))


def _is_number(part: exp.Expression) -> bool:
    from sqlglot import exp

    return isinstance(part, exp.Neg) or (isinstance(part, exp.Literal) and not part.is_string)
