"""Quantities in the engine: cells as numbers, and log-spaced bins for those with very many different values.

Bins are a fiftieth of a decade wide (their centre is at most 2.3 % off), so that medians and percentiles can be told
from counts; the exact sums stand beside them. The same reading as `answers.reader`, as an expression over a column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.data.answers import LONGEST_NUMBER, MISSING, NOT_APPLICABLE, UNREADABLE, tidy
from journeymap.data.recipe.question import Question
from journeymap.data.recipe.tables import Code
from journeymap.model.cube import PER_DECADE

if TYPE_CHECKING:
    from ibis.expr.types import NumericValue, StringValue

ZERO = 100_000
"""The number of the bin for 0; positive quantities lie above it, negative ones below."""
_SMALLEST = -300  # decades; the logarithm of the smallest quantity that is told from zero
OUTSIDE = -4

# Written so that RE2 and the expressions of Java, PostgreSQL, ICU and Python mean the same by it.
_SPACES = "[\\s\u00a0\u2000-\u200a\u202f\u3000]+"
_PLAIN = r"^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,2})?$"
_GROUPED = {".": r"^[-+]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?$", ",": r"^[-+]?[0-9]{1,3}([. '][0-9]{3})+(,[0-9]*)?$"}
_THOUSANDS = r"^[-+]?[1-9][0-9]{0,2}(\.[0-9]{3})+$"


def number_of(text: StringValue, decimal: str) -> NumericValue:
    """The number that each cell is, NULL where it is none; `answers.number` as an expression."""
    return number_in(bare(text), decimal)


def bare(text: StringValue) -> StringValue:
    """A cell without what may stand beside a number."""
    text = text.re_replace(_SPACES, " ").strip().replace("−", "-")
    return text.re_replace(r"\s?[%€$£¥]+$", "").re_replace(r"^[€$£¥]+\s?", "")


def number_in(text: StringValue, decimal: str) -> NumericValue:
    """The number that a bare cell is."""
    import ibis

    plain = ibis.ifelse(text.contains("."), text, text.replace(",", ".")) if decimal == "," else text
    joined = text.replace(" ", "").replace("'", "")
    grouped = joined.replace(".", "").replace(",", ".") if decimal == "," else joined.replace(",", "")
    thousands = [(text.re_search(_THOUSANDS), grouped)] if decimal == "," else []
    found = ibis.cases(*thousands, (plain.re_search(_PLAIN), plain), (text.re_search(_GROUPED[decimal]), grouped))
    return ibis.ifelse(text.length() <= LONGEST_NUMBER, found, ibis.null("string")).cast("float64")


def quantity(
    text: StringValue,
    question: Question,
    decimal: str,
    line: tuple[float, float] = (1.0, 0.0),
    value: NumericValue | None = None,
) -> tuple[NumericValue, NumericValue]:
    """The value of each cell (NULL where it is no answer) and its bin, or the status in its place.

    `line`: factor and offset from what stands in the cell to the value. `value`: the number of the cell, where it is
    known already.
    """
    import ibis

    value = number_of(text, decimal) if value is None else value
    said = folded(text)
    outside = ibis.literal(value=False)
    if question.scale:  # no database knows infinity as a number that is written down
        low, high = question.scale
        outside = (outside | (value < low)) if low > float("-inf") else outside
        outside = (outside | (value > high)) if high < float("inf") else outside
    status = ibis.cases(
        (said == "", MISSING),
        (is_one_of(said, value, question.missing), MISSING),
        (is_one_of(said, value, question.not_applicable), NOT_APPLICABLE),
        (value.isnull(), UNREADABLE),
        (outside, OUTSIDE),
        else_=0,
    )
    value = value * line[0] + line[1]
    bins = ibis.ifelse(status == 0, binned(value), status).cast("int32")
    return ibis.ifelse(status == 0, value, ibis.null("float64")), bins


def folded(text: StringValue) -> StringValue:
    """The text of a cell to be compared: without doubled white space and capitals, "" where it is empty."""
    return text.fill_null("").re_replace(_SPACES, " ").strip().lower()


def binned(value: NumericValue) -> NumericValue:
    """The number of the bin of a value."""
    import ibis

    above = (value.abs().log10() * PER_DECADE + 0.5).floor().cast("int32") - _SMALLEST * PER_DECADE
    return ibis.cases((value > 0, above + ZERO), (value < 0, ZERO - above), else_=ZERO)


def centre(number: int) -> float:
    """The geometric centre of a bin, as its code."""
    if number == ZERO:
        return 0.0
    size = float(10.0 ** (abs(number - ZERO) / PER_DECADE + _SMALLEST))
    return size if number > ZERO else -size


def is_one_of(said: StringValue, value: NumericValue, codes: tuple[Code, ...]) -> NumericValue:
    """Whether a cell (folded, and as a number) is one of the codes of a recipe."""
    import ibis

    texts = [tidy(code).casefold() for code in codes if isinstance(code, str)]
    numbers = [code for code in codes if not isinstance(code, str)]
    among = ibis.literal(value=False)
    if texts:
        among = among | said.isin(texts)
    if numbers:
        among = among | value.isin(numbers).fill_null(False)
    return among
